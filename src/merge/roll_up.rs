//! Ratings of the register's entries, rolled up by group.
//!
//! A group is as bad as its worst entry; without a worse one, a missing answer makes it *not reported*.

use crate::model::{Group, RegisterRow};
use crate::round::Round;
use crate::schema::{OutputKind, Ratings};

/// The roll-up of every output of that kind, indexed like the schema's outputs.
pub(super) fn groups(round: &Round, register: &[RegisterRow]) -> Vec<Vec<Group>> {
    let outputs = round.schema.outputs.iter().map(|output| match &output.kind {
        OutputKind::RollUp { table, group, show } => roll_up(round, register, *table, group, show),
        OutputKind::Summary { table: Some(table), group: Some(group), chart, .. } => {
            let show: Vec<String> = chart.iter().cloned().collect();
            roll_up(round, register, *table, group, &show)
        }
        _ => Vec::new(),
    });
    outputs.collect()
}

fn roll_up(
    round: &Round,
    register: &[RegisterRow],
    table: usize,
    group: &str,
    show: &[String],
) -> Vec<Group> {
    let Some(heading) = round.plan.heading(group) else { return Vec::new() };
    let ratings = Ratings::new(&round.schema, table);
    let shown: Vec<Option<usize>> = show.iter().map(|name| round.plan.heading(name)).collect();
    let mut groups: Vec<Group> = Vec::new();
    for entry in register {
        let name = entry.columns.get(heading).map_or("", String::as_str);
        let place = groups.iter().position(|group| group.name == name).unwrap_or_else(|| {
            groups.push(Group {
                name: name.to_owned(),
                show: shown
                    .iter()
                    .map(|heading| heading.and_then(|at| entry.columns.get(at)).cloned().unwrap_or_default())
                    .collect(),
                by_rating: vec![0; ratings.count()],
                ..Group::default()
            });
            groups.len() - 1
        });
        let group = &mut groups[place];
        group.entries += 1;
        match ratings.entry(entry) {
            Some(rating) if usize::from(rating) < ratings.count() => {
                group.by_rating[usize::from(rating)] += 1;
            }
            _ => group.not_reported += 1,
        }
    }
    for group in &mut groups {
        group.rolled = rolled(group);
    }
    groups
}

fn rolled(group: &Group) -> Option<u16> {
    let worst = group.by_rating.iter().position(|&count| count > 0)?;
    let is_best = worst + 1 == group.by_rating.len();
    if is_best && group.not_reported > 0 { None } else { u16::try_from(worst).ok() }
}

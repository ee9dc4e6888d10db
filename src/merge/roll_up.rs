//! Ratings of the register's entries, rolled up by group.
//!
//! A group is as bad as its worst entry; without a worse one, a missing answer makes it *not reported*. What was answered on
//! the same entries in the round before is rolled up by the same rule, so that the two can be held against each other.

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
    let mut before: Vec<Vec<Option<u16>>> = Vec::new();
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
            before.push(Vec::new());
            groups.len() - 1
        });
        before[place].push(entry_before(round, &ratings, entry));
        let group = &mut groups[place];
        group.entries += 1;
        match ratings.entry(entry) {
            Some(rating) if usize::from(rating) < ratings.count() => {
                group.by_rating[usize::from(rating)] += 1;
            }
            _ => group.not_reported += 1,
        }
    }
    for (group, before) in groups.iter_mut().zip(before) {
        group.rolled = rolled(group);
        group.before = ratings.worst(before);
    }
    groups
}

/// The rating of an entry in the round before; `None` if that round is of the same period, or did not have it.
fn entry_before(round: &Round, ratings: &Ratings<'_>, entry: &RegisterRow) -> Option<u16> {
    let before = round.before()?;
    ratings.worst(entry.responses.iter().map(|response| {
        let answer = before.answers.get(&(response.partner, entry.key.clone()))?;
        ratings.used_before(answer.rating.as_deref(), answer.status.as_deref())
    }))
}

fn rolled(group: &Group) -> Option<u16> {
    let worst = group.by_rating.iter().position(|&count| count > 0)?;
    let is_best = worst + 1 == group.by_rating.len();
    if is_best && group.not_reported > 0 { None } else { u16::try_from(worst).ok() }
}

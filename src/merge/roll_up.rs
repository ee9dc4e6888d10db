//! Ratings of the register's entries, rolled up by group.
//!
//! Source: domain rules for roll-ups. An entry has the worst rating that a partner gave it. It is *not reported* if an
//! answer is missing and nothing worse than the best rating was given. A group is as bad as its worst entry; without a
//! worse one, a missing answer makes it *not reported*: blank is never green.

use crate::model::{Group, RegisterRow, ResponseRow};
use crate::round::Round;
use crate::schema::{OutputKind, Role};

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
    let ratings = rating_count(round, table);
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
                by_rating: vec![0; ratings],
                ..Group::default()
            });
            groups.len() - 1
        });
        let group = &mut groups[place];
        group.entries += 1;
        match entry_rating(round, table, entry) {
            Some(rating) if usize::from(rating) < ratings => group.by_rating[usize::from(rating)] += 1,
            _ => group.not_reported += 1,
        }
    }
    for group in &mut groups {
        group.rolled = rolled(group);
    }
    groups
}

/// The rating of one entry: the worst given, or `None` for *not reported*. Index into the rating's code list, which is
/// ordered from worst to best.
#[must_use]
pub fn entry_rating(round: &Round, table: usize, entry: &RegisterRow) -> Option<u16> {
    let best = u16::try_from(rating_count(round, table)).unwrap_or(u16::MAX).checked_sub(1)?;
    let mut worst = best;
    let mut missing = entry.responses.is_empty();
    for response in &entry.responses {
        match response.row.and_then(|row| rating_used(round, table, row)) {
            Some(rating) => worst = worst.min(rating),
            None => missing = true,
        }
    }
    (worst < best || !missing).then_some(worst)
}

/// The rating that a response counts for: the one given, or the best if it is complete and gave none.
#[must_use]
pub fn rating_used(round: &Round, table: usize, row: ResponseRow) -> Option<u16> {
    let best = || u16::try_from(rating_count(round, table)).ok()?.checked_sub(1);
    row.rating.or_else(|| if is_complete(round, table, row.status?) { best() } else { None })
}

fn is_complete(round: &Round, table: usize, status: u16) -> bool {
    let schema = &round.schema.tables[table];
    let list = schema.role(Role::Status).and_then(|field| schema.fields[field].list);
    list.and_then(|list| round.schema.lists[list].categories.get(usize::from(status)))
        .is_some_and(|category| category.means.as_deref() == Some("complete"))
}

fn rating_count(round: &Round, table: usize) -> usize {
    let schema = &round.schema.tables[table];
    let list = schema.role(Role::Rating).and_then(|field| schema.fields[field].list);
    list.map_or(0, |list| round.schema.lists[list].categories.len())
}

fn rolled(group: &Group) -> Option<u16> {
    let worst = group.by_rating.iter().position(|&count| count > 0)?;
    let is_best = worst + 1 == group.by_rating.len();
    if is_best && group.not_reported > 0 { None } else { u16::try_from(worst).ok() }
}

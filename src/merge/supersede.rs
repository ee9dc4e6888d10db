//! Two returns of one partner: which is used, and where they differ.

use crate::model::{FileId, Identity, Origin, Reading, Record, Submission};
use crate::round::Round;
use crate::schema::TableSchema;
use std::cmp::Ordering;

/// Most places in which two returns are compared as differing; more are not listed.
const MOST_DIFFERENCES: usize = 500;

/// Chooses among returns of one partner (each with its file's name): the place of the one to use, and why in words.
///
/// Source: catalogue item F08; in order: the later completion date, the higher version in the file's name, the later
/// name.
#[must_use]
pub fn choose(returns: &[(FileId, &str, &Identity)]) -> (usize, String) {
    let mut best = 0;
    let mut why = String::from("its name comes last");
    for candidate in 1..returns.len() {
        let (order, reason) = compare(&returns[candidate], &returns[best]);
        if order == Ordering::Greater {
            best = candidate;
        }
        why = reason;
    }
    (best, why)
}

fn compare(a: &(FileId, &str, &Identity), b: &(FileId, &str, &Identity)) -> (Ordering, String) {
    if let (Some(first), Some(second)) = (a.2.completed, b.2.completed)
        && first != second
    {
        let later = first.max(second);
        return (first.cmp(&second), format!("it was completed later, on {}", later.strftime("%-d %B %Y")));
    }
    let (first, second) = (version(a.1), version(b.1));
    if first != second {
        return (first.cmp(&second), "its name says that it is the newer version".to_owned());
    }
    (a.1.cmp(b.1), "its name comes last".to_owned())
}

/// What a file's name says of its version: `v3`, `(2)`, `final`.
fn version(name: &str) -> (u32, bool) {
    let name = name.to_lowercase();
    let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
    let numbered = stem
        .split(|c: char| !c.is_alphanumeric())
        .filter_map(|word| word.strip_prefix('v').and_then(|digits| digits.parse().ok()))
        .chain(stem.rsplit_once('(').and_then(|(_, rest)| rest.strip_suffix(')')?.trim().parse().ok()))
        .max();
    (numbered.unwrap_or(0), stem.contains("final"))
}

/// The cells in which two returns differ (old, new), rows matched by primary key or, without one, by their order.
#[must_use]
pub fn differences(round: &Round, old: &Submission, new: &Submission) -> Vec<(Origin, Origin)> {
    let mut found = Vec::new();
    for before in &old.tables {
        let Some(after) = new.tables.iter().find(|table| table.table == before.table) else { continue };
        let schema = &round.schema.tables[before.table];
        for (index, record) in before.records.iter().enumerate() {
            let other = if schema.primary_key.is_empty() {
                after.records.get(index)
            } else {
                after.records.iter().find(|other| same_key(schema, record, other))
            };
            let Some(other) = other else {
                found.push((record.at, after.records.first().map_or(record.at, |first| first.at)));
                continue;
            };
            for (a, b) in record.cells.iter().zip(&other.cells) {
                if !same(&a.reading, &b.reading) {
                    found.push((a.at, b.at));
                }
            }
            if found.len() >= MOST_DIFFERENCES {
                return found;
            }
        }
    }
    found
}

fn same_key(schema: &TableSchema, a: &Record, b: &Record) -> bool {
    schema.primary_key.iter().all(|&field| match (a.cells.get(field), b.cells.get(field)) {
        (Some(a), Some(b)) => same(&a.reading, &b.reading),
        _ => false,
    })
}

/// Equal as values: amounts are compared as pounds, whatever unit they were typed in.
fn same(a: &Reading, b: &Reading) -> bool {
    use crate::model::Value::Money;
    match (a, b) {
        (Reading::Value(Money(a)), Reading::Value(Money(b))) => a.pounds == b.pounds,
        _ => a == b,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_later_completion_date_wins_over_the_name() {
        let early = Identity { completed: Some(date(2014, 4, 3)), ..Identity::default() };
        let late = Identity { completed: Some(date(2014, 4, 9)), ..Identity::default() };
        let (best, why) = choose(&[(FileId(0), "return v9.xlsx", &late), (FileId(1), "return.xlsx", &early)]);
        assert_eq!(best, 0);
        assert_eq!(why, "it was completed later, on 9 April 2014");
    }

    #[test]
    fn versions_in_names_are_numbers() {
        let none = Identity::default();
        let names = ["Q4 v10.xlsx", "Q4 v9.xlsx"];
        let (best, _) = choose(&[(FileId(0), names[0], &none), (FileId(1), names[1], &none)]);
        assert_eq!(best, 0);
        let (best, _) = choose(&[(FileId(0), "YOS Q4 (2).xlsx", &none), (FileId(1), "YOS Q4.xlsx", &none)]);
        assert_eq!(best, 0);
    }
}

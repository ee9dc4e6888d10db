//! Two returns of one partner: which is used, and where they differ.

use crate::model::{
    FileId, Identity, MOST_DIFFERENCES, Origin, PartnerId, Reading, Record, Submission, Table,
};
use crate::round::Round;
use crate::round::held::{Key, same_value};
use crate::schema::TableSchema;
use std::collections::{BTreeMap, VecDeque};

/// Chooses among returns of one partner (each with its file's name): the place of the one to use, and why in words.
///
/// Source: catalogue item F08; in order: a completion date later than that of every file with our list of what to fix; our
/// list, which is only in files made from an earlier return; that list's own word on which file it was made from; the latest
/// completion date (if every return has one), notes of ours,
/// which stay where our list was deleted, of files with our list the one that was saved last, the highest version in the
/// file's name, the word *final* in it, the last name. The words name every rule that ruled a return out. A file with our
/// list in which nothing was changed counts as the one that it was made from.
#[must_use]
pub fn choose(returns: &[(FileId, &str, &Identity)]) -> (usize, String) {
    let mut left: Vec<usize> = (0..returns.len()).collect();
    let mut why = Vec::new();
    let several = returns.len() > 2;
    if narrow(&mut left, |place| !returns[place].2.unchanged).is_some() {
        let same = returns.iter().filter(|one| one.2.unchanged).map(|one| one.1);
        why.push(format!(
            "nothing was changed in {}, which we gave back",
            same.collect::<Vec<_>>().join(" and ")
        ));
    }
    if let Some(latest) = completed_after_our_list(returns, &mut left) {
        let later = if several { "last" } else { "later" };
        why.push(format!("it was completed {later}, on {}", latest.strftime("%-d %B %Y")));
    }
    if narrow(&mut left, |place| returns[place].2.mended).is_some() {
        why.push(HAS_OUR_LIST.to_owned());
    }
    let made_from =
        |old: usize| returns.iter().position(|one| is_made_from(one.2, returns[old].1, returns[old].2));
    if let Some(old) = left.iter().copied().find(|old| made_from(*old).is_some_and(|new| left.contains(&new)))
        && narrow(&mut left, |place| made_from(place).is_none()).is_some()
    {
        why.push(format!("the list of what to fix in it was made from {}", returns[old].1));
    }
    if let Some(dates) = returns.iter().map(|one| one.2.completed).collect::<Option<Vec<_>>>()
        && let Some(latest) = narrow(&mut left, |place| dates[place])
    {
        let later = if several { "last" } else { "later" };
        why.push(format!("it was completed {later}, on {}", latest.strftime("%-d %B %Y")));
    }
    if narrow(&mut left, |place| returns[place].2.noted).is_some() {
        why.push(
            "it has our notes on what to fix in it, so it was made from a file that we gave back".to_owned(),
        );
    }
    if let Some(when) = saved_last(returns, &mut left) {
        why.push(format!(
            "its file was saved {}, on {}",
            if several { "last" } else { "later" },
            when.strftime("%-d %B %Y at %H:%M")
        ));
    }
    if let Some(version) = narrow(&mut left, |place| version(returns[place].1)) {
        why.push(format!("its name says that it is the newer version ({version})"));
    }
    if narrow(&mut left, |place| stem(returns[place].1).contains("final")).is_some() {
        why.push("its name says that it is final".to_owned());
    }
    if narrow(&mut left, |place| returns[place].1).is_some() || why.is_empty() {
        why.push("its name comes last".to_owned());
    }
    let best = left.last().copied().unwrap_or(0);
    let same = |one: &(FileId, &str, &Identity)| {
        one.2.unchanged && one.2.made_from.as_deref() == Some(returns[best].1)
    };
    match returns.iter().position(same) {
        Some(back) if back != best => (back, HAS_OUR_LIST.to_owned()),
        _ => (best, why.join(" and ")),
    }
}

const HAS_OUR_LIST: &str = "it has our list of what to fix in it, so it was made from an earlier return";

/// Keeps the one with our list that was saved after all others, and gives when.
fn saved_last(returns: &[(FileId, &str, &Identity)], left: &mut Vec<usize>) -> Option<jiff::civil::DateTime> {
    let last = |place: usize| {
        let after =
            |other: &usize| *other == place || returns[place].2.saved_after(returns[*other].2).is_some();
        returns[place].2.mended && left.iter().all(after)
    };
    let place = left.iter().copied().find(|place| left.len() > 1 && last(*place))?;
    let when = left.iter().find_map(|other| returns[place].2.saved_after(returns[*other].2))?;
    *left = vec![place];
    Some(when)
}

/// Keeps those that were completed last, if that was after every file with our list was: it was corrected elsewhere since.
fn completed_after_our_list(
    returns: &[(FileId, &str, &Identity)],
    left: &mut Vec<usize>,
) -> Option<jiff::civil::Date> {
    let mended = || left.iter().filter(|&&place| returns[place].2.mended);
    let of_list = mended().map(|&place| returns[place].2.completed).collect::<Option<Vec<_>>>()?;
    let (of_list, latest) =
        (of_list.into_iter().max()?, left.iter().filter_map(|&place| returns[place].2.completed).max()?);
    (latest > of_list).then(|| {
        left.retain(|&place| returns[place].2.completed == Some(latest));
        latest
    })
}

/// True if a return was made from another one, or from what we made of that: nobody adds the two.
#[must_use]
pub const fn was_made_from(new: &Identity, old: &Identity) -> bool {
    new.mended || (new.noted && !old.noted)
}

/// True if a return bears our list, and that says that it was made from a file of this name, whose own list does not say
/// the same of itself.
fn is_made_from(new: &Identity, old_name: &str, old: &Identity) -> bool {
    new.made_from.as_deref() == Some(old_name) && old.mended && old.made_from.as_deref() != Some(old_name)
}

/// Keeps the places that have the greatest of some measure; gives it if that ruled any out.
fn narrow<T: Ord + Clone>(left: &mut Vec<usize>, of: impl Fn(usize) -> T) -> Option<T> {
    let greatest = left.iter().map(|&place| of(place)).max()?;
    let before = left.len();
    left.retain(|&place| of(place) == greatest);
    (left.len() < before).then_some(greatest)
}

fn stem(name: &str) -> String {
    let name = name.to_lowercase();
    name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem).to_owned()
}

/// The number of a version in a file's name, `v3` or `(2)`; 0 without one.
fn version(name: &str) -> u32 {
    let stem = stem(name);
    let words = stem.split(|c: char| !c.is_alphanumeric());
    let numbered = words
        .filter_map(|word| word.strip_prefix('v').and_then(|digits| digits.parse().ok()))
        .chain(stem.rsplit_once('(').and_then(|(_, rest)| rest.strip_suffix(')')?.trim().parse().ok()))
        .max();
    numbered.unwrap_or(0)
}

/// The places in which two returns differ (old, new). Rows are matched by their key over all sheets of a table; those
/// without a whole key by their order. A row that only one return has is one place.
#[must_use]
pub fn differences(
    round: &Round,
    old: &Submission,
    new: &Submission,
) -> Vec<(Option<Origin>, Option<Origin>)> {
    let mut found = Vec::new();
    for (number, schema) in round.schema.tables.iter().enumerate() {
        let (before, after) = (rows_of(old, number), rows_of(new, number));
        for pair in pairs(schema, old.identity.partner, before, after) {
            match pair {
                (Some(before), Some(after)) => {
                    let cells = before.cells.iter().zip(&after.cells);
                    let differ = cells.filter(|(a, b)| !same(&a.reading, &b.reading));
                    found.extend(differ.map(|(a, b)| (Some(a.at), Some(b.at))));
                }
                (before, after) => found.push((before.map(|row| row.at), after.map(|row| row.at))),
            }
            if found.len() >= MOST_DIFFERENCES {
                found.truncate(MOST_DIFFERENCES);
                return found;
            }
        }
    }
    found
}

/// True if two returns of one partner say the same in every table, total rows included: one is a copy of the other.
#[must_use]
pub fn is_copy(old: &Submission, new: &Submission, differences: &[(Option<Origin>, Option<Origin>)]) -> bool {
    let totals = |submission: &Submission| -> Vec<(usize, Vec<Reading>)> {
        let of = |table: &Table| {
            let readings = table.totals.iter().flat_map(|total| &total.record.cells);
            (table.table, readings.map(|cell| cell.reading.clone()).collect())
        };
        submission.tables.iter().map(of).collect()
    };
    differences.is_empty() && totals(old) == totals(new)
}

fn rows_of(submission: &Submission, table: usize) -> impl Iterator<Item = &Record> {
    submission.tables.iter().filter(move |found| found.table == table).flat_map(|found| &found.records)
}

type Pair<'s> = (Option<&'s Record>, Option<&'s Record>);

/// Rows of one table in two returns: those of the old one with their counterparts, then those that only the new one has.
fn pairs<'s>(
    schema: &TableSchema,
    sender: Option<PartnerId>,
    old: impl Iterator<Item = &'s Record>,
    new: impl Iterator<Item = &'s Record>,
) -> Vec<Pair<'s>> {
    let key = Key::of(schema, sender);
    let mut waiting: BTreeMap<Option<u64>, VecDeque<&Record>> = BTreeMap::new();
    for row in new {
        waiting.entry(key.hash(row)).or_default().push_back(row);
    }
    let mut pairs: Vec<Pair<'s>> = Vec::new();
    for row in old {
        let hash = key.hash(row);
        let other = waiting.get_mut(&hash).and_then(|rows| {
            let place = rows.iter().position(|other| hash.is_none() || key.same(row, other))?;
            rows.remove(place)
        });
        pairs.push((Some(row), other));
    }
    let mut added: Vec<&Record> = waiting.into_values().flatten().collect();
    added.sort_by_key(|row| row.at);
    pairs.extend(added.into_iter().map(|row| (None, Some(row))));
    pairs
}

/// Equal as values: amounts are compared as pounds, whatever unit they were typed in.
fn same(a: &Reading, b: &Reading) -> bool {
    match (a, b) {
        (Reading::Value(a), Reading::Value(b)) => same_value(a, b),
        _ => a == b,
    }
}

#[cfg(test)]
#[path = "supersede/tests.rs"]
mod tests;

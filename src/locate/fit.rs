//! Headings of some rows + a table → which column is which field.

use super::headings::Head;
use super::near;
use super::words::{TableWords, rank};
use crate::model::{Heading, Match, Sheet, Unmapped, column_letters, is_reminder};

/// How headings fit a table.
#[derive(Debug, Clone, Default)]
pub(super) struct Fit {
    /// One entry a field: place among the heads, and how it was matched.
    pub fields: Vec<Option<(usize, Match)>>,
    /// Heads of a field that another head names better.
    pub repeated: Vec<(usize, usize, Match)>,
}

/// How many heads name fields of the table without guessing.
pub(super) fn count(table: &TableWords<'_>, heads: &[Head]) -> usize {
    let mut fields: Vec<usize> = heads.iter().filter_map(|head| Some(find(table, head)?.0)).collect();
    fields.sort_unstable();
    fields.dedup();
    fields.len()
}

/// True if the second headings are those of another list of the same sort, with columns in other places than in the first.
/// Without a key more of them must be.
pub(super) fn is_moved(
    table: &TableWords<'_>,
    fields: usize,
    first: &[Head],
    second: &[Head],
    key: &[usize],
) -> bool {
    let places = columns(table, fields, first).into_iter().zip(columns(table, fields, second));
    let moved = places.filter(|(a, b)| a.is_some() && b.is_some() && a != b).count();
    moved >= if key.is_empty() { 2 } else { 1 } && is_whole(table, fields, second, key)
}

/// True if headings are a whole list's: nearly all of them the table's, its key among them or, without one, at least three.
pub(super) fn is_whole(table: &TableWords<'_>, fields: usize, heads: &[Head], key: &[usize]) -> bool {
    let found = columns(table, fields, heads);
    let known = found.iter().flatten().count();
    let keyed = key.iter().all(|field| found.get(*field).is_some_and(Option::is_some));
    // One heading more may be the other list's own.
    let most = known * 10 >= heads.len() * 8 || known >= 3 && heads.len() - known <= 1;
    keyed && known >= if key.is_empty() { 3 } else { 2 } && most
}

/// The columns of the fields that headings name without guessing.
fn columns(table: &TableWords<'_>, fields: usize, heads: &[Head]) -> Vec<Option<u16>> {
    let column = |found: &Option<(usize, Match)>| {
        let (head, how) = (*found)?;
        (!how.is_unsure()).then(|| heads.get(head).map(|head| head.at.column)).flatten()
    };
    Fit::new(table, fields, heads).fields.iter().map(column).collect()
}

fn find(table: &TableWords<'_>, head: &Head) -> Option<(usize, Match)> {
    let joined = (head.joined != head.own).then(|| table.find(&head.joined)).flatten();
    joined.or_else(|| table.find(&head.own))
}

impl Fit {
    /// Matches heads to the fields of a table of `fields` fields.
    pub(super) fn new(table: &TableWords<'_>, fields: usize, heads: &[Head]) -> Self {
        let mut fit = Self { fields: vec![None; fields], repeated: Vec::new() };
        let mut free = Vec::new();
        for (index, head) in heads.iter().enumerate() {
            if is_reminder(&head.own) {
                continue;
            }
            match find(table, head) {
                Some((field, how)) => fit.take(field, index, how),
                None => free.push(index),
            }
        }
        for (field, index, likeness) in near::matches(table, heads, &free, &fit.fields) {
            fit.take(field, index, Match::Near(likeness));
        }
        fit
    }

    fn take(&mut self, field: usize, head: usize, how: Match) {
        let Some(slot) = self.fields.get_mut(field) else { return };
        match *slot {
            Some((_, before)) if rank(before) <= rank(how) => self.repeated.push((field, head, how)),
            Some((other, before)) => {
                self.repeated.push((field, other, before));
                *slot = Some((head, how));
            }
            None => *slot = Some((head, how)),
        }
    }

    /// Fields that were found, near matches included.
    pub(super) fn found(&self) -> usize {
        self.fields.iter().flatten().count()
    }

    /// The headings by field, as a layout keeps them.
    pub(super) fn columns(&self, sheet: &Sheet, heads: &[Head]) -> Vec<Option<Heading>> {
        self.fields.iter().map(|found| found.map(|(head, how)| heading(sheet, heads, head, how))).collect()
    }

    /// The headings of fields that were found a second time.
    pub(super) fn repeated(&self, sheet: &Sheet, heads: &[Head]) -> Vec<(usize, Heading)> {
        self.repeated.iter().map(|&(field, head, how)| (field, heading(sheet, heads, head, how))).collect()
    }

    /// Heads that are no field's.
    pub(super) fn unmapped(&self, sheet: &Sheet, heads: &[Head]) -> Vec<Unmapped> {
        let used = |index: usize| self.fields.iter().flatten().any(|(head, _)| *head == index);
        let free = heads.iter().enumerate();
        let free = free.filter(|(index, head)| !used(*index) && !is_reminder(&head.own));
        free.map(|(_, head)| Unmapped {
            heading: head.joined.clone(),
            at: sheet.origin(head.at),
            blank: false,
            filled: 0,
        })
        .collect()
    }
}

/// Heads of columns that show what was said in an earlier round. They are ours, and nobody's answer.
pub(super) fn reminders(sheet: &Sheet, heads: &[Head]) -> Vec<Heading> {
    let ours = heads.iter().filter(|head| is_reminder(&head.own));
    ours.map(|head| Heading { at: sheet.origin(head.at), text: head.own.clone(), how: Match::Exact })
        .collect()
}

fn heading(sheet: &Sheet, heads: &[Head], head: usize, how: Match) -> Heading {
    let head = &heads[head];
    Heading { at: sheet.origin(head.at), text: head.joined.clone(), how }
}

/// A column with something in it but no heading.
pub(super) fn blank_heading(sheet: &Sheet, at: crate::model::CellRef) -> Unmapped {
    Unmapped { heading: column_letters(at.column), at: sheet.origin(at), blank: true, filled: 0 }
}

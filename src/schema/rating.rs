//! How the ratings of a table count: which is best, what a missing one comes to, what is closed.
//!
//! Source: the domain's rules for roll-ups. A rating's code list is ordered from worst to best. An entry has the worst
//! rating that a partner gave it. It is *not reported* if an answer is missing and nothing worse than the best rating was
//! given: blank is never green.

use super::{CodeList, Role, Schema};
use crate::model::{RegisterRow, ResponseRow};

/// The code lists of a table's rating and status.
#[derive(Debug, Clone, Copy)]
pub struct Ratings<'a> {
    /// The rating's list, if the table has a rating.
    pub ratings: Option<&'a CodeList>,
    /// The status's list, if the table has a status.
    pub statuses: Option<&'a CodeList>,
}

impl<'a> Ratings<'a> {
    /// Finds the code lists of a table's rating and status, by the roles of its fields.
    #[must_use]
    pub fn new(schema: &'a Schema, table: usize) -> Self {
        let of = |role| {
            let table = schema.tables.get(table)?;
            schema.lists.get(table.fields.get(table.role(role)?)?.list?)
        };
        Self { ratings: of(Role::Rating), statuses: of(Role::Status) }
    }

    /// How many ratings there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.ratings.map_or(0, |list| list.categories.len())
    }

    /// The ratings from worst to best; empty if the table has none.
    #[must_use]
    pub fn labels(&self) -> Vec<&'a str> {
        let words = |category: &'a super::Category| {
            if category.label.is_empty() { category.value.as_str() } else { category.label.as_str() }
        };
        self.ratings.map_or_else(Vec::new, |list| list.categories.iter().map(words).collect())
    }

    /// The colour of a rating, as the schema writes it.
    #[must_use]
    pub fn colour(&self, rating: usize) -> Option<&'a str> {
        self.ratings?.categories.get(rating)?.colour.as_deref()
    }

    /// The best rating.
    #[must_use]
    pub fn best(&self) -> Option<u16> {
        u16::try_from(self.count()).ok()?.checked_sub(1)
    }

    /// The rating that a response counts for: the one given, or the best if it is complete and gave none.
    #[must_use]
    pub fn used(&self, row: ResponseRow) -> Option<u16> {
        row.rating.or_else(|| if self.means(row.status?, &["complete"]) { self.best() } else { None })
    }

    /// The rating that words of an earlier round counted for, by the same rule.
    #[must_use]
    pub fn used_before(&self, rating: Option<&str>, status: Option<&str>) -> Option<u16> {
        let place = |list: Option<&CodeList>, label: Option<&str>| {
            let place =
                list?.categories.iter().position(|category| Some(category.label.as_str()) == label)?;
            u16::try_from(place).ok()
        };
        let complete =
            || place(self.statuses, status).is_some_and(|status| self.means(status, &["complete"]));
        place(self.ratings, rating).or_else(|| if complete() { self.best() } else { None })
    }

    /// The rating of an entry of the register; `None` for *not reported*.
    #[must_use]
    pub fn entry(&self, entry: &RegisterRow) -> Option<u16> {
        self.worst(entry.responses.iter().map(|response| response.row.and_then(|row| self.used(row))))
    }

    /// The worst of some answers; without one worse than the best, a missing answer makes it *not reported*.
    #[must_use]
    pub fn worst(&self, answers: impl IntoIterator<Item = Option<u16>>) -> Option<u16> {
        let best = self.best()?;
        let (mut worst, mut missing, mut any) = (best, false, false);
        for answer in answers {
            any = true;
            match answer {
                Some(rating) => worst = worst.min(rating),
                None => missing = true,
            }
        }
        (worst < best || any && !missing).then_some(worst)
    }

    /// True if a passed target date makes the row overdue: not if it is complete, withdrawn or re-scheduled by decision,
    /// nor if it has the best rating (control A3).
    #[must_use]
    pub fn can_be_overdue(&self, row: ResponseRow) -> bool {
        let closed =
            row.status.is_some_and(|status| self.means(status, &["complete", "withdrawn", "rescheduled"]));
        !closed && (self.used(row).is_none() || self.used(row) != self.best())
    }

    /// True if a row was answered and what it is about is not over: by its status, or where it has none, by a rating that is
    /// not the best.
    #[must_use]
    pub fn is_open(&self, row: ResponseRow) -> bool {
        match (row.status, row.rating) {
            (Some(status), _) => !self.means(status, &["complete", "withdrawn"]),
            (None, Some(rating)) => Some(rating) != self.best(),
            (None, None) => false,
        }
    }

    /// True if a status means one of these.
    pub(crate) fn means(&self, status: u16, words: &[&str]) -> bool {
        let category = self.statuses.and_then(|list| list.categories.get(usize::from(status)));
        category.and_then(|category| category.means.as_deref()).is_some_and(|word| words.contains(&word))
    }
}

//! Ratings and statuses of the register's entries, as the roll-ups count them.

use super::cells::Item;
use super::context::Context;
use crate::model::{RegisterRow, ResponseRow};
use crate::schema::{CodeList, Role};

/// What the outputs about one table's ratings need to know.
pub(super) struct Ratings<'a> {
    list: usize,
    codes: Option<&'a CodeList>,
    statuses: Option<&'a CodeList>,
    status_list: usize,
}

impl<'a> Ratings<'a> {
    /// Finds the code lists of a table's rating and status.
    pub(super) fn new(cx: &Context<'a>, table: usize) -> Self {
        let lists = &cx.round.schema.lists;
        let of = |role| {
            let table = cx.round.schema.tables.get(table)?;
            table.fields.get(table.role(role)?)?.list
        };
        let (rating, status) = (of(Role::Rating), of(Role::Status));
        Self {
            list: rating.unwrap_or(usize::MAX),
            codes: rating.and_then(|list| lists.get(list)),
            statuses: status.and_then(|list| lists.get(list)),
            status_list: status.unwrap_or(usize::MAX),
        }
    }

    /// The ratings from worst to best; empty if the table has none.
    pub(super) fn labels(&self) -> Vec<&'a str> {
        let words = |category: &'a crate::schema::Category| {
            if category.label.is_empty() { category.value.as_str() } else { category.label.as_str() }
        };
        self.codes.map_or_else(Vec::new, |list| list.categories.iter().map(words).collect())
    }

    /// The colour of a rating.
    pub(super) fn colour(&self, rating: usize) -> Option<&'a str> {
        self.codes?.categories.get(rating)?.colour.as_deref()
    }

    /// The best rating.
    pub(super) fn best(&self) -> Option<u16> {
        u16::try_from(self.codes?.categories.len()).ok()?.checked_sub(1)
    }

    /// A rating as something to write; `None` is *not reported*.
    pub(super) fn item(&self, rating: Option<u16>) -> Item<'a> {
        match rating.and_then(|code| Some((code, *self.labels().get(usize::from(code))?))) {
            Some((code, label)) => Item::Code { list: self.list, code, label },
            None => Item::Unknown("not reported"),
        }
    }

    /// A status as something to write.
    pub(super) fn status(&self, cx: &Context<'a>, status: Option<u16>) -> Item<'a> {
        match status {
            Some(code) => Item::Code {
                list: self.status_list,
                code,
                label: super::cells::label(cx.round, self.status_list, code),
            },
            None => Item::Blank,
        }
    }

    /// The rating that a response counts for: the one given, or the best if it is complete and gave none.
    pub(super) fn used(&self, row: ResponseRow) -> Option<u16> {
        row.rating.or_else(|| if self.means(row.status?, &["complete"]) { self.best() } else { None })
    }

    /// The worst rating of an entry; `None` if an answer is missing and nothing worse than the best was given.
    pub(super) fn entry(&self, entry: &RegisterRow) -> Option<u16> {
        let best = self.best()?;
        let mut worst = best;
        let mut missing = entry.responses.is_empty();
        for response in &entry.responses {
            match response.row.and_then(|row| self.used(row)) {
                Some(rating) => worst = worst.min(rating),
                None => missing = true,
            }
        }
        (worst < best || !missing).then_some(worst)
    }

    /// True if nothing more is to be done on a row: its status says so, or it has the best rating and no status.
    pub(super) fn is_closed(&self, row: ResponseRow) -> bool {
        match row.status {
            Some(status) => self.means(status, &["complete", "withdrawn"]),
            None => row.rating.is_some() && row.rating == self.best(),
        }
    }

    fn means(&self, status: u16, words: &[&str]) -> bool {
        let category = self.statuses.and_then(|list| list.categories.get(usize::from(status)));
        category.and_then(|category| category.means.as_deref()).is_some_and(|word| words.contains(&word))
    }
}

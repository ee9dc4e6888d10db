//! Ratings and statuses of the register's entries, as the roll-ups count them.

use super::cells::Item;
use super::context::Context;
use crate::model::{RegisterRow, ResponseRow};
use crate::schema::{self, Role};

/// What the outputs about one table's ratings need to know.
pub(super) struct Ratings<'a> {
    rules: schema::Ratings<'a>,
    list: usize,
    status_list: usize,
}

impl<'a> Ratings<'a> {
    /// Finds the code lists of a table's rating and status.
    pub(super) fn new(cx: &Context<'a>, table: usize) -> Self {
        let of = |role| {
            let table = cx.round.schema.tables.get(table)?;
            table.fields.get(table.role(role)?)?.list
        };
        Self {
            rules: schema::Ratings::new(&cx.round.schema, table),
            list: of(Role::Rating).unwrap_or(usize::MAX),
            status_list: of(Role::Status).unwrap_or(usize::MAX),
        }
    }

    /// The ratings from worst to best; empty if the table has none.
    pub(super) fn labels(&self) -> Vec<&'a str> {
        self.rules.labels()
    }

    /// The colour of a rating.
    pub(super) fn colour(&self, rating: usize) -> Option<&'a str> {
        self.rules.colour(rating)
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

    /// The best rating.
    pub(super) fn best(&self) -> Option<u16> {
        self.rules.best()
    }

    /// The rating that a response counts for.
    pub(super) fn used(&self, row: ResponseRow) -> Option<u16> {
        self.rules.used(row)
    }

    /// The rating of an entry; `None` is *not reported*.
    pub(super) fn entry(&self, entry: &RegisterRow) -> Option<u16> {
        self.rules.entry(entry)
    }

    /// True if a passed target date makes the row overdue.
    pub(super) fn can_be_overdue(&self, row: ResponseRow) -> bool {
        self.rules.can_be_overdue(row)
    }
}

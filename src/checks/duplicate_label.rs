//! Two columns have the same heading.
//!
//! ## What it does
//!
//! Tells headings that are found twice for one column of the template. The first is used.
//!
//! ## Why it matters
//!
//! The two columns may differ, and only one of them is in the merged table.
//!
//! ## Example
//!
//! ```sheet Finance
//! A1: Budget line | Budget | Actual | Actual
//! A2: Training | 1000 | 400 | 500
//! ! D1 duplicate-label: Actual is found twice, in C1 and D1. We used C1.
//! ```
//!
//! ## How to fix
//!
//! Rename or delete one of the columns.
//!
//! ## Settings
//!
//! None beside the severity in `round.toml`.

use super::common::words::list;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Location, Severity};
use crate::model::{CellRef, Match, Submission, Table};

pub(super) struct DuplicateLabel;

const META: Meta = Meta {
    name: "duplicate-label",
    severity: Severity::Query,
    effort: Effort::LookUp,
    source: include_str!("duplicate_label.rs"),
};

/// Where a list and another one at its right begin: at least two headings stand again, all behind the last that is used.
fn beside(table: &Table) -> Option<(CellRef, CellRef)> {
    let used = table.layout.columns.iter().flatten().filter(|heading| heading.how != Match::Context);
    let (mut first, mut last) = (None, 0);
    for at in used.map(|heading| heading.at.cell) {
        last = last.max(at.column);
        first = first.filter(|first: &CellRef| first.column <= at.column).or(Some(at));
    }
    let again = || table.layout.repeated.iter().map(|(_, heading)| heading.at.cell);
    let second = again().min_by_key(|at| (at.column, at.row))?;
    (again().count() >= 2 && second.column > last).then_some((first?, second))
}

impl Check for DuplicateLabel {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn table(&self, cx: &Context<'_>, _: &Submission, table: &Table, out: &mut Findings<'_>) {
        let schema = cx.schema(table);
        if let Some((first, second)) = beside(table) {
            let titles = table.layout.repeated.iter().filter_map(|(field, _)| schema.fields.get(*field));
            let titles: Vec<&str> = titles.map(|field| field.title.as_str()).collect();
            let message = format!(
                "There are two lists beside one another: {} stand again from {second} on. We used the one starting at {first}.",
                list(&titles)
            );
            let at = table.layout.repeated.iter().map(|(_, heading)| heading.at).find(|at| at.cell == second);
            if let Some(at) = at {
                out.add(Location::Cell(at), message)
                    .help("Put the second list on a sheet of its own, or say that it is to be left out.");
            }
            return;
        }
        for (field, repeated) in &table.layout.repeated {
            let title = schema.fields.get(*field).map_or("A column", |field| field.title.as_str());
            let used = table.layout.columns.get(*field).and_then(Option::as_ref);
            let message = match used {
                Some(used) => format!(
                    "{title} is found twice, in {} and {}. We used {}.",
                    used.at.cell, repeated.at.cell, used.at.cell
                ),
                None => format!("{title} is found more than once, in {} among others.", repeated.at.cell),
            };
            out.add(Location::Cell(repeated.at), message).field(title);
        }
    }
}

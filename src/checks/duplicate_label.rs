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

use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Location, Severity};
use crate::model::{Submission, Table};

pub(super) struct DuplicateLabel;

const META: Meta = Meta {
    name: "duplicate-label",
    severity: Severity::Query,
    effort: Effort::LookUp,
    source: include_str!("duplicate_label.rs"),
};

impl Check for DuplicateLabel {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn table(&self, cx: &Context<'_>, _: &Submission, table: &Table, out: &mut Findings<'_>) {
        let schema = cx.schema(table);
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

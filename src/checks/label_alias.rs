//! A heading is another known name for a column.
//!
//! ## What it does
//!
//! Notes headings that the template knows as another name for one of its columns.
//!
//! ## Why it matters
//!
//! The merged table shows the template's own heading; this says what stood in the return.
//!
//! ## Example
//!
//! ```sheet Finance
//! A1: Budget line | Budget | Spent
//! A2: Training | 1000 | 400
//! ! C1 label-alias: We read “Spent” as Actual.
//! ```
//!
//! ## How to fix
//!
//! Nothing needs to be done if the reading is right.
//!
//! ## Settings
//!
//! `aliases` of a field.

use super::common::words::quote;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Location, Severity};
use crate::model::{Match, Submission, Table};

pub(super) struct LabelAlias;

const META: Meta = Meta {
    name: "label-alias",
    severity: Severity::Note,
    effort: Effort::LookUp,
    source: include_str!("label_alias.rs"),
};

impl Check for LabelAlias {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn table(&self, cx: &Context<'_>, _: &Submission, table: &Table, out: &mut Findings<'_>) {
        let schema = cx.schema(table);
        for (field, heading) in schema.fields.iter().zip(&table.layout.columns) {
            let Some(heading) = heading.as_ref().filter(|heading| heading.how == Match::Alias) else {
                continue;
            };
            let message = format!("We read {} as {}.", quote(&heading.text), field.title);
            out.add(Location::Cell(heading.at), message)
                .change(&heading.text, &field.title)
                .field(&field.title);
        }
    }
}

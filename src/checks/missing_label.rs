//! A column of the template is missing.
//!
//! ## What it does
//!
//! Tells every declared column for which no heading was found. A required column is a query; the others are a note.
//!
//! ## Why it matters
//!
//! Its cells are shown as *not reported*. One missing heading is told once, not for every row.
//!
//! ## Example
//!
//! ```sheet Finance
//! A1: Budget | Actual
//! A2: 1000 | 400
//! ! A1 missing-label: There is no column for Budget line.
//! ```
//!
//! ## How to fix
//!
//! Add the column, or correct its heading.
//!
//! ## Settings
//!
//! `aliases` of a field name other headings; `computed = true` says that a column is never asked for.

use super::common::layout;
use super::common::words::list;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Severity};
use crate::model::{Submission, Table};
use crate::schema::{FieldType, LayoutKind};

pub(super) struct MissingLabel;

const META: Meta = Meta {
    name: "missing-label",
    severity: Severity::Query,
    effort: Effort::Add,
    source: include_str!("missing_label.rs"),
};

impl Check for MissingLabel {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn table(&self, cx: &Context<'_>, submission: &Submission, table: &Table, out: &mut Findings<'_>) {
        let schema = cx.schema(table);
        let what = if schema.layout == LayoutKind::Form { "line" } else { "column" };
        let mut optional = Vec::new();
        for (index, field) in schema.fields.iter().enumerate() {
            let found = table.layout.columns.get(index).is_some_and(Option::is_some);
            let from_sender = field.kind == FieldType::Agency && submission.identity.partner.is_some();
            let filled = Some(index) == schema.sheet_field || Some(index) == schema.subheading_fill;
            if found
                || field.computed
                || filled
                || (from_sender && !field.many && schema.primary_key.contains(&index))
            {
                continue;
            }
            if field.constraints.required || schema.primary_key.contains(&index) {
                out.add(layout::place(table), format!("There is no {what} for {}.", field.title))
                    .field(&field.title)
                    .help("Its cells are shown as not reported. Add it and send the return again.");
            } else {
                optional.push(field.title.as_str());
            }
        }
        if !optional.is_empty() {
            let message = format!("There is no {what} for {}. Shown as not reported.", list(&optional));
            out.add(layout::place(table), message).severity(Severity::Note);
        }
    }
}

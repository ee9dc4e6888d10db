//! A cell says that its question does not apply.
//!
//! ## What it does
//!
//! Notes cells that say *n/a* or the like. Where the schema counts it as blank it was read as blank, elsewhere it was kept.
//! In a column that must be filled it is a query.
//!
//! ## Why it matters
//!
//! Nobody can see from *n/a* whether the question was considered.
//!
//! ## Example
//!
//! ```schema
//! [schema]
//! name = "small"
//! title = "Small"
//! version = "1"
//!
//! [[table]]
//! name = "plan"
//! title = "Plan"
//! sheet = ["Plan"]
//! missingValues = ["", "n/a"]
//!
//! [[table.fields]]
//! name = "action"
//! title = "Action"
//! type = "string"
//! constraints = { required = true }
//!
//! [[table.fields]]
//! name = "evidence"
//! title = "Evidence"
//! type = "string"
//! ```
//! ```sheet Plan
//! A1: Action | Evidence
//! A2: Train staff | n/a
//! ! B2 not-applicable: “n/a” in Evidence was read as blank.
//! ```
//!
//! ## How to fix
//!
//! Say why it does not apply, or leave the cell blank.
//!
//! ## Settings
//!
//! `constraints = { required = true }` makes it a query; `missingValues` says which words count as blank without a
//! note.

use super::common::words::quote;
use super::{Check, Context, Findings, Meta, Seen};
use crate::finding::{Effort, Severity};
use crate::model::ChangeKind;

pub(super) struct NotApplicable;

const META: Meta = Meta {
    name: "not-applicable",
    severity: Severity::Note,
    effort: Effort::LookUp,
    source: include_str!("not_applicable.rs"),
};

impl Check for NotApplicable {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn cells(&self, _: &Context<'_>, cells: &[Seen<'_>], out: &mut Findings<'_>) {
        for seen in cells {
            let Some(change) = seen.changed(ChangeKind::NotApplicable) else { continue };
            let (typed, title) = (quote(&change.typed), &seen.field.title);
            let (message, severity) = if seen.field.constraints.required {
                (format!("{typed} in {title}. Say why it does not apply."), Severity::Query)
            } else if seen.cell.is_blank() {
                (format!("{typed} in {title} was read as blank."), META.severity)
            } else {
                (format!("{typed} in {title} was kept as it is. Say why it does not apply."), META.severity)
            };
            let finding = out.add(seen.at(), message).field(title).severity(severity);
            if seen.cell.is_blank() {
                finding.change(&change.typed, "");
            }
        }
    }
}

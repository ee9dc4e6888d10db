//! A table of the template is on no sheet.
//!
//! ## What it does
//!
//! Tells required tables that were found on no sheet, neither under their tab's name nor by their headings.
//!
//! ## Why it matters
//!
//! Everything that the table should say is missing from the merged table.
//!
//! ## Example
//!
//! ```schema
//! [schema]
//! name = "small"
//! title = "Small return"
//! version = "1"
//!
//! [[table]]
//! name = "finance"
//! title = "Finance"
//! sheet = ["Finance", "Money"]
//! required = true
//!
//! [[table.fields]]
//! name = "line"
//! title = "Budget line"
//! type = "string"
//!
//! [[table.fields]]
//! name = "budget"
//! title = "Budget"
//! type = "money"
//!
//! [[table]]
//! name = "plan"
//! title = "Plan"
//! sheet = ["Plan"]
//! required = true
//!
//! [[table.fields]]
//! name = "ref"
//! title = "Ref"
//! type = "string"
//!
//! [[table.fields]]
//! name = "action"
//! title = "Action"
//! type = "string"
//! ```
//! ```file nhs.xlsx
//! ! missing-sheet: There is no Finance sheet, and its headings are on no other sheet.
//! ```
//! ```sheet Plan
//! A1: Ref | Action
//! A2: a1 | Train staff
//! ```
//!
//! ## How to fix
//!
//! Add the sheet from the template, fill it in, and send the return again.
//!
//! ## Settings
//!
//! `required` of a table; `from` limits it to some partners; `sheet` lists the tabs it may stand under.

use super::header_not_found;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Location, Severity};
use crate::model::{PartnerId, Submission};
use crate::schema::TableSchema;

pub(super) struct MissingSheet;

const META: Meta = Meta {
    name: "missing-sheet",
    severity: Severity::Error,
    effort: Effort::Add,
    source: include_str!("missing_sheet.rs"),
};

impl Check for MissingSheet {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn submission(&self, cx: &Context<'_>, submission: &Submission, out: &mut Findings<'_>) {
        for index in &submission.absent {
            let Some(schema) = cx.round.schema.tables.get(*index) else { continue };
            let meant = |sheet| header_not_found::is_meant(cx, submission, sheet) == Some(*index);
            if !is_due(cx, schema, submission.identity.partner) || submission.sheets.iter().any(meant) {
                continue;
            }
            let title = &schema.title;
            let message = format!("There is no {title} sheet, and its headings are on no other sheet.");
            out.add(Location::File(submission.file), message)
                .help("Add the sheet from the template, fill it in, and send the return again.");
        }
    }
}

/// True if this sender must send the table.
pub(super) fn is_due(cx: &Context<'_>, schema: &TableSchema, sender: Option<PartnerId>) -> bool {
    let code = sender.and_then(|id| cx.round.partners.get(usize::from(id.0))).map(|partner| &partner.code);
    let asked = schema.from.is_empty() || code.is_none_or(|code| schema.from.contains(code));
    schema.required && asked
}

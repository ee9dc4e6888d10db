//! A sheet of the template has no headings that we know.
//!
//! ## What it does
//!
//! Tells sheets whose name is that of one of the template's tables, but on which its headings were not found.
//!
//! ## Why it matters
//!
//! Without headings nobody can tell what the figures mean, so nothing on the sheet is merged.
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
//! ```
//! ```sheet Plan
//! A1: Ref | Action
//! A2: a1 | Train staff
//! ```
//! ```sheet Finance
//! A1: What we spent
//! A2: Training | a lot
//! ! sheet header-not-found: We could not find the headings of Finance on the sheet Finance. They are Budget line and Budget.
//! ```
//!
//! ## How to fix
//!
//! Copy the row of headings from the template above the table.
//!
//! ## Settings
//!
//! `aliases` of fields; `headerRows` in `[schema]` says how many rows are searched.

use super::common::words::list;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Location, Severity};
use crate::model::{SheetUse, Submission, folds_alike};

pub(super) struct HeaderNotFound;

const META: Meta = Meta {
    name: "header-not-found",
    severity: Severity::Error,
    effort: Effort::Add,
    source: include_str!("header_not_found.rs"),
};

impl Check for HeaderNotFound {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn submission(&self, cx: &Context<'_>, submission: &Submission, out: &mut Findings<'_>) {
        for sheet in &submission.sheets {
            let Some(index) = is_meant(cx, submission, sheet) else { continue };
            let schema = &cx.round.schema.tables[index];
            let asked =
                schema.fields.iter().filter(|field| !field.computed).map(|field| field.title.as_str());
            let titles: Vec<_> = asked.collect();
            let shown = if titles.len() > 5 {
                format!("They begin {}", titles[..5].join(", "))
            } else {
                format!("They are {}", list(&titles))
            };
            let message = format!(
                "We could not find the headings of {} on the sheet {}. {shown}.",
                schema.title, sheet.name
            );
            out.add(Location::Sheet(submission.file, sheet.sheet), message)
                .help("Copy the row of headings from the template above the table.");
        }
    }
}

/// The absent table that a filled sheet is named after, if there is one.
pub(super) fn is_meant(cx: &Context<'_>, submission: &Submission, sheet: &SheetUse) -> Option<usize> {
    if !sheet.tables.is_empty() || sheet.filled_rows == 0 || sheet.hidden {
        return None;
    }
    submission.absent.iter().copied().find(|index| {
        let schema = cx.round.schema.tables.get(*index);
        schema.is_some_and(|schema| schema.sheet.iter().any(|name| folds_alike(name, &sheet.name)))
    })
}

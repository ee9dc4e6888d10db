//! A hidden sheet holds something.
//!
//! ## What it does
//!
//! Tells hidden sheets with anything in them, whether or not one of the template's tables is on them.
//!
//! ## Why it matters
//!
//! What is hidden was perhaps not meant to be sent, or belongs in the return and was overlooked.
//!
//! ## Example
//!
//! ```sheet Finance
//! A1: Budget line | Budget | Actual
//! A2: Training | 1000 | 400
//! ```
//! ```sheet Old (hidden)
//! A1: Last year
//! A2: 17
//! ! sheet hidden-content: There is a hidden sheet called Old with 2 filled cells. We did not use it. Unhide it if it belongs in the return.
//! ```
//!
//! ## How to fix
//!
//! Unhide the sheet if it belongs in the return; otherwise delete it.
//!
//! ## Settings
//!
//! None beside the severity in `round.toml`.

use super::common::words::{count, list};
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Location, Severity};
use crate::model::Submission;

pub(super) struct HiddenContent;

const META: Meta = Meta {
    name: "hidden-content",
    severity: Severity::Query,
    effort: Effort::LookUp,
    source: include_str!("hidden_content.rs"),
};

impl Check for HiddenContent {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn submission(&self, cx: &Context<'_>, submission: &Submission, out: &mut Findings<'_>) {
        for sheet in submission.sheets.iter().filter(|sheet| sheet.hidden && sheet.filled_rows > 0) {
            let rows = count(sheet.filled_cells as usize, "filled cell", "filled cells");
            let name = &sheet.name;
            let message = if sheet.tables.is_empty() {
                format!(
                    "There is a hidden sheet called {name} with {rows}. We did not use it. Unhide it if it belongs in the return."
                )
            } else {
                let tables = &cx.round.schema.tables;
                let titles: Vec<_> = sheet
                    .tables
                    .iter()
                    .filter_map(|table| tables.get(*table))
                    .map(|table| &table.title)
                    .collect();
                format!(
                    "The sheet {name} is hidden. We read {} from it. Confirm that it belongs in the return.",
                    list(&titles)
                )
            };
            out.add(Location::Sheet(submission.file, sheet.sheet), message);
        }
    }
}

//! A sheet was not used.
//!
//! ## What it does
//!
//! Notes sheets with something on them on which none of the template's tables was found. A second sheet with the
//! headings of a table that was found elsewhere is asked about instead: `second-sheet`.
//!
//! ## Why it matters
//!
//! Nothing is left out silently.
//!
//! ## Example
//!
//! ```sheet Finance
//! A1: Budget line | Budget | Actual
//! A2: Training | 1000 | 400
//! ```
//! ```sheet Workings
//! A1: How we got there
//! ! sheet unused-sheet: We did not use the sheet Workings (1 filled row): none of the template's tables is on it. It is listed on the sheet Not used.
//! ```
//!
//! ## How to fix
//!
//! Nothing needs to be done, unless the sheet was meant for one of the template's.
//!
//! ## Settings
//!
//! `sheet` of a table names the tabs it may stand under.

use super::common::words::count;
use super::{Check, Context, Findings, Meta};
use super::{header_not_found, second_sheet};
use crate::finding::{Effort, Location, Severity};
use crate::model::{Submission, is_own_sheet};

pub(super) struct UnusedSheet;

const META: Meta = Meta {
    name: "unused-sheet",
    severity: Severity::Note,
    effort: Effort::LookUp,
    source: include_str!("unused_sheet.rs"),
};

impl Check for UnusedSheet {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn submission(&self, cx: &Context<'_>, submission: &Submission, out: &mut Findings<'_>) {
        for sheet in &submission.sheets {
            // Those of our own form hold nothing of a partner's.
            let told_elsewhere = sheet.hidden
                || is_own_sheet(&sheet.name)
                || header_not_found::is_meant(cx, submission, sheet).is_some()
                || second_sheet::used_instead(submission, sheet).is_some();
            if told_elsewhere || sheet.filled_rows == 0 || !sheet.tables.is_empty() {
                continue;
            }
            let message = format!(
                "We did not use the sheet {} ({}): none of the template's tables is on it. It is listed on the sheet Not used.",
                sheet.name,
                count(sheet.filled_rows as usize, "filled row", "filled rows")
            );
            out.add(Location::Sheet(submission.file, sheet.sheet), message);
        }
    }
}

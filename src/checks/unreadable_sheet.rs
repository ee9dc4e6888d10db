//! A sheet could not be read; the others were.
//!
//! ## What it does
//!
//! Tells sheets that are damaged or built in a way that we could not follow.
//!
//! ## Why it matters
//!
//! Whatever stands on the sheet is missing from the merged table.
//!
//! ## Example
//!
//! ```file nhs.xlsx
//! unreadable sheet: Plan
//! ! unreadable-sheet: The sheet Plan could not be read (its part of the file is cut short). Open the file in Excel, save it, and send it again.
//! ```
//! ```sheet Finance
//! A1: Budget line | Budget | Actual
//! A2: Training | 1000 | 400
//! ```
//!
//! ## How to fix
//!
//! Open the file in Excel, save it as Excel Workbook (.xlsx), and send it again.
//!
//! ## Settings
//!
//! None beside the severity in `round.toml`.

use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Location, Severity};
use crate::model::{Oddity, Submission};

pub(super) struct UnreadableSheet;

const META: Meta = Meta {
    name: "unreadable-sheet",
    severity: Severity::Error,
    effort: Effort::FillIn,
    source: include_str!("unreadable_sheet.rs"),
};

impl Check for UnreadableSheet {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn submission(&self, _: &Context<'_>, submission: &Submission, out: &mut Findings<'_>) {
        for oddity in &submission.oddities {
            let Oddity::UnreadableSheet { sheet, why } = oddity else { continue };
            let why = why.trim_end_matches('.');
            let message = format!(
                "The sheet {sheet} could not be read ({why}). Open the file in Excel, save it, and send it again."
            );
            out.add(Location::File(submission.file), message);
        }
    }
}

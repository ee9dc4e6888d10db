//! A sheet is as long as the old format allows.
//!
//! ## What it does
//!
//! Tells sheets of 65,536 rows in the format of Excel 97 to 2003.
//!
//! ## Why it matters
//!
//! What did not fit was cut off without a word when the file was saved.
//!
//! ## Example
//!
//! ```file nhs.xls
//! kind: xls
//! full: Finance
//! ! old-format
//! ```
//! ```sheet Finance
//! A1: Budget line | Budget | Actual
//! A2: Training | 1000 | 400
//! ! sheet row-limit-reached: Finance is as long as the old format allows. Check that nothing was cut off.
//! ```
//!
//! ## How to fix
//!
//! Compare the sheet with where it came from, and save it as Excel Workbook (.xlsx).
//!
//! ## Settings
//!
//! None beside the severity in `round.toml`.

use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Location, Severity};
use crate::model::{Oddity, Submission};

pub(super) struct RowLimitReached;

const META: Meta = Meta {
    name: "row-limit-reached",
    severity: Severity::Query,
    effort: Effort::FillIn,
    source: include_str!("row_limit_reached.rs"),
};

impl Check for RowLimitReached {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn submission(&self, cx: &Context<'_>, submission: &Submission, out: &mut Findings<'_>) {
        for oddity in &submission.oddities {
            let Oddity::OldFormatFull(sheet) = oddity else { continue };
            let name = cx.places.sheet(submission.file, *sheet);
            let message =
                format!("{name} is as long as the old format allows. Check that nothing was cut off.");
            out.add(Location::Sheet(submission.file, *sheet), message);
        }
    }
}

//! A sheet is not a worksheet, so nothing on it was read.
//!
//! ## What it does
//!
//! Notes chart sheets, dialog sheets and macro sheets.
//!
//! ## Why it matters
//!
//! They hold no cells. Whatever can only be seen there is not in the merged table.
//!
//! ## Example
//!
//! ```file nhs.xlsx
//! other sheet: Chart1
//! ! not-a-worksheet: The sheet Chart1 is a chart or a macro sheet. It holds no cells, so nothing was read from it.
//! ```
//! ```sheet Finance
//! A1: Budget line | Budget | Actual
//! A2: Training | 1000 | 400
//! ```
//!
//! ## How to fix
//!
//! Nothing needs to be done if the figures are on a worksheet too.
//!
//! ## Settings
//!
//! None beside the severity in `round.toml`.

use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Location, Severity};
use crate::model::{Oddity, Submission};

pub(super) struct NotAWorksheet;

const META: Meta = Meta {
    name: "not-a-worksheet",
    severity: Severity::Note,
    effort: Effort::LookUp,
    source: include_str!("not_a_worksheet.rs"),
};

impl Check for NotAWorksheet {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn submission(&self, _: &Context<'_>, submission: &Submission, out: &mut Findings<'_>) {
        for oddity in &submission.oddities {
            let Oddity::OtherSheet(name) = oddity else { continue };
            let message = format!(
                "The sheet {name} is a chart or a macro sheet. It holds no cells, so nothing was read from it."
            );
            out.add(Location::File(submission.file), message);
        }
    }
}

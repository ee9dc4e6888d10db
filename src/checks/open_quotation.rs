//! A quotation mark of a text file runs over many lines or is never closed.
//!
//! ## What it does
//!
//! Tells a value of a `.csv` that runs over more than a thousand lines, or to the end of the file because nothing closes its
//! quotation mark.
//!
//! ## Why it matters
//!
//! A mark that was forgotten makes one value of all the rows behind it. None of them is read.
//!
//! ## Example
//!
//! ```file nhs.csv
//! quotation: B2 open 14
//! kind: csv
//! ! csv-format
//! ```
//! ```sheet Finance
//! A1: Budget line | Budget | Actual
//! A2: Training | 1000 | 400
//! ! B2 open-quotation: The quotation mark in B2 is never closed, so the 14 lines from there to the end of the file were read as one value.
//! ```
//!
//! ## How to fix
//!
//! Put the missing quotation mark where it belongs. Better: send the Excel workbook.
//!
//! ## Settings
//!
//! None beside the severity in `round.toml`.

use super::common::words::count;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Location, Severity};
use crate::model::{Oddity, Submission};

pub(super) struct OpenQuotation;

const META: Meta = Meta {
    name: "open-quotation",
    severity: Severity::Error,
    effort: Effort::LookUp,
    source: include_str!("open_quotation.rs"),
};

impl Check for OpenQuotation {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn submission(&self, _: &Context<'_>, submission: &Submission, out: &mut Findings<'_>) {
        for oddity in &submission.oddities {
            let Oddity::OpenQuotation { at, lines, closed } = oddity else { continue };
            let lines = *lines as usize;
            let message = if *closed {
                format!(
                    "The quotation mark in {} is closed only {} further down, so they were read as one value.",
                    at.cell,
                    count(lines, "line", "lines")
                )
            } else {
                format!(
                    "The quotation mark in {} is never closed, so the {} from there to the end of the file were read as one value.",
                    at.cell,
                    count(lines, "line", "lines")
                )
            };
            out.add(Location::Cell(*at), message);
        }
    }
}

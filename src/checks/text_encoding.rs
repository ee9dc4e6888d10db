//! A text file is in an older character set.
//!
//! ## What it does
//!
//! Notes `.csv` files that are not in Unicode, and the character set that they were read in.
//!
//! ## Why it matters
//!
//! Letters with accents and the pound sign may have come out wrong.
//!
//! ## Example
//!
//! ```file nhs.csv
//! encoding: Windows-1252
//! kind: csv
//! ! text-encoding: This file is not in Unicode. We read it as Windows-1252. Check pound signs and accents.
//! ! csv-format
//! ```
//! ```sheet Finance
//! A1: Budget line | Budget | Actual
//! A2: Training | 1000 | 400
//! ```
//!
//! ## How to fix
//!
//! Check a pound sign and an accented letter in the merged table. Better: send the Excel workbook.
//!
//! ## Settings
//!
//! None beside the severity in `round.toml`.

use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Location, Severity};
use crate::model::{Oddity, Submission};

pub(super) struct TextEncoding;

const META: Meta = Meta {
    name: "text-encoding",
    severity: Severity::Note,
    effort: Effort::LookUp,
    source: include_str!("text_encoding.rs"),
};

impl Check for TextEncoding {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn submission(&self, _: &Context<'_>, submission: &Submission, out: &mut Findings<'_>) {
        for oddity in &submission.oddities {
            let Oddity::Encoding(name) = oddity else { continue };
            let message =
                format!("This file is not in Unicode. We read it as {name}. Check pound signs and accents.");
            out.add(Location::File(submission.file), message);
        }
    }
}

//! A cell holds something that we cannot read.
//!
//! ## What it does
//!
//! Tells cells whose stored value is of a kind that we do not know, such as an error value newer than this program, or is
//! not what the cell says it is.
//!
//! ## Why it matters
//!
//! The cell counts as blank, which it is not.
//!
//! ## Example
//!
//! ```file nhs.xlsx
//! unreadable cell: B2 it shows “#BLOCKED!”
//! ```
//! ```sheet Finance
//! A1: Budget line | Budget | Actual
//! A2: Training | 1000 | 400
//! ! B2 unreadable-cell: B2 holds “#BLOCKED!”, which we cannot read.
//! ```
//!
//! ## How to fix
//!
//! Type the value again, and send the file again.
//!
//! ## Settings
//!
//! None beside the severity in `round.toml`.

use super::common::words::quote;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Location, Severity};
use crate::model::{Oddity, Submission};

pub(super) struct UnreadableCell;

const META: Meta = Meta {
    name: "unreadable-cell",
    severity: Severity::Query,
    effort: Effort::LookUp,
    source: include_str!("unreadable_cell.rs"),
};

impl Check for UnreadableCell {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn submission(&self, _: &Context<'_>, submission: &Submission, out: &mut Findings<'_>) {
        for oddity in &submission.oddities {
            let Oddity::UnreadableCell { at, why } = oddity else { continue };
            // Readers say what is wrong in words; what the cell shows stands between quotation marks.
            let shown = why.strip_prefix("it shows “").and_then(|rest| rest.strip_suffix('”'));
            let message = match shown.filter(|shown| !shown.is_empty()) {
                Some(shown) => format!("{} holds {}, which we cannot read.", at.cell, quote(shown)),
                None => format!("Something is wrong with {}: {}.", at.cell, why.trim_end_matches('.')),
            };
            out.add(Location::Cell(*at), message).help("Type the value again, and send the file again.");
        }
    }
}

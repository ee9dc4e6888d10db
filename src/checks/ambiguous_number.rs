//! An amount or a number can be read in more than one way.
//!
//! ## What it does
//!
//! Tells amounts and numbers with more than one reading, such as `1.234` with a comma elsewhere for pennies, or a
//! reading that would have to be guessed.
//!
//! ## Why it matters
//!
//! A wrong guess changes money silently. The cell is held as it was typed until somebody says which reading is
//! right.
//!
//! ## Example
//!
//! ```sheet Finance
//! A1: Budget line | Budget | Actual
//! A2: Training | 1000 | 1,23
//! ! C2 ambiguous-number
//! ```
//!
//! ## How to fix
//!
//! Type the figure without separators, or with a full stop for the pennies.
//!
//! ## Settings
//!
//! None beside the severity in `round.toml`.

use super::common::tell_unreadable;
use super::common::words::{either, quote};
use super::engine::is_figure;
use super::{Check, Context, Findings, Meta, Seen};
use crate::finding::{Effort, Severity};
use crate::model::Misread;

pub(super) struct AmbiguousNumber;

const META: Meta = Meta {
    name: "ambiguous-number",
    severity: Severity::Query,
    effort: Effort::Retype,
    source: include_str!("ambiguous_number.rs"),
};

impl Check for AmbiguousNumber {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn cells(&self, _: &Context<'_>, cells: &[Seen<'_>], out: &mut Findings<'_>) {
        let help = "Type the figure again, with a full stop before the pennies.";
        tell_unreadable(cells, help, out, |seen, held| {
            let Misread::Ambiguous(readings) = &held.why else { return None };
            if !is_figure(seen.field.kind) {
                return None;
            }
            Some(said(&held.raw, readings))
        });
    }
}

/// What it may be, in one sentence.
pub(super) fn said(raw: &str, readings: &[String]) -> String {
    match readings {
        [one] => format!("{} has no clear reading. Did you mean {one}?", quote(raw)),
        readings => format!("{} can be read as {}.", quote(raw), either(readings)),
    }
}

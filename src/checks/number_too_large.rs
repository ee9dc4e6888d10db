//! A number is too large to be added up.
//!
//! ## What it does
//!
//! Tells numbers above ten million million (10,000,000,000,000), whatever their sign.
//!
//! ## Why it matters
//!
//! Such a number is almost always a slip, and adding it would spoil every total it is in.
//!
//! ## Example
//!
//! ```sheet Finance
//! A1: Budget line | Budget | Actual
//! A2: Training | 1000 | 99999999999999999999999999999999
//! ! C2 number-too-large
//! ```
//!
//! ## How to fix
//!
//! Check the figure and type it again.
//!
//! ## Settings
//!
//! None beside the severity in `round.toml`.

use super::common::tell_unreadable;
use super::common::words::quote;
use super::{Check, Context, Findings, Meta, Seen};
use crate::finding::{Effort, Severity};
use crate::model::Misread;

pub(super) struct NumberTooLarge;

const META: Meta = Meta {
    name: "number-too-large",
    severity: Severity::Query,
    effort: Effort::Retype,
    source: include_str!("number_too_large.rs"),
};

impl Check for NumberTooLarge {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn cells(&self, _: &Context<'_>, cells: &[Seen<'_>], out: &mut Findings<'_>) {
        let help = "Check the figure and type it again.";
        tell_unreadable(cells, help, out, |seen, held| {
            if held.why != Misread::OutOfRange {
                return None;
            }
            Some(format!("{} in {} is larger than any amount we add up.", quote(&held.raw), seen.field.title))
        });
    }
}

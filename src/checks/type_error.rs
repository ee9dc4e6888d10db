//! A cell does not hold the kind of value that its column asks for.
//!
//! ## What it does
//!
//! Tells every cell that could not be read as an amount, a number, a date or whatever its column is declared to
//! hold, and for which no other check knows a nearer reason.
//!
//! ## Why it matters
//!
//! Figures made from the column would lack this one. The cell is kept as it was typed and marked; nothing is put in
//! its place.
//!
//! ## Example
//!
//! ```sheet Finance
//! A1: Budget line | Budget | Actual
//! A2: Training | 1000 | as last year
//! ! C2 type-error: “as last year” in Actual is not an amount.
//! ```
//!
//! ## How to fix
//!
//! Write one amount, one date, or one of the listed words. Enter 0 where an amount is nothing.
//!
//! ## Settings
//!
//! A field's `type` says what its cells hold, `missingValues` which words count as blank, `allow` which words may
//! stand in place of a value, and `help` what is said to whoever fills the cell in.

use super::common::tell_unreadable;
use super::common::words::quote;
use super::{Check, Context, Findings, Meta, Seen};
use crate::finding::{Effort, Severity};
use crate::model::Misread;

pub(super) struct TypeError;

const META: Meta = Meta {
    name: "type-error",
    severity: Severity::Query,
    effort: Effort::Retype,
    source: include_str!("type_error.rs"),
};

impl Check for TypeError {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn cells(&self, _: &Context<'_>, cells: &[Seen<'_>], out: &mut Findings<'_>) {
        let help = "Write one value of that kind in the cell, or leave it blank.";
        tell_unreadable(cells, help, out, |seen, held| {
            if held.why != Misread::NotThis {
                return None;
            }
            Some(format!("{} in {} is not {}.", quote(&held.raw), seen.field.title, seen.field.kind.words()))
        });
    }
}

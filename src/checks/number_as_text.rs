//! An amount or number was held as text.
//!
//! ## What it does
//!
//! Notes figures that the workbook holds as text and that we read as figures.
//!
//! ## Why it matters
//!
//! Excel leaves text out of a SUM without a word, so the sheet's own total may be too low.
//!
//! ## Example
//!
//! ```sheet Finance
//! A1: Budget line | Budget | Actual
//! A2: Training | 1000 | "400"
//! ! C2 number-as-text: The figure in C2 was text. We read it as £400. Excel leaves text out of a total.
//! ```
//!
//! ## How to fix
//!
//! In Excel, select the cell, choose Convert to Number, and save.
//!
//! ## Settings
//!
//! None beside the severity in `round.toml`.

use super::common::tell_changes;
use super::{Check, Context, Findings, Meta, Seen};
use crate::finding::{Effort, Severity};
use crate::model::ChangeKind;

pub(super) struct NumberAsText;

const META: Meta = Meta {
    name: "number-as-text",
    severity: Severity::Note,
    effort: Effort::Retype,
    source: include_str!("number_as_text.rs"),
};

impl Check for NumberAsText {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn cells(&self, cx: &Context<'_>, cells: &[Seen<'_>], out: &mut Findings<'_>) {
        tell_changes(cx, cells, ChangeKind::NumberAsText, out, |seen, _, used| {
            format!(
                "The figure in {} was text. We read it as {used}. Excel leaves text out of a total.",
                seen.cell.at.cell
            )
        });
    }
}

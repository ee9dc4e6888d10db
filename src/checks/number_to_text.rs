//! A number stands where text such as a reference is asked for.
//!
//! ## What it does
//!
//! Notes references and other texts that the workbook holds as numbers.
//!
//! ## Why it matters
//!
//! Excel shortens 4.10 to 4.1, so two references may have become one.
//!
//! ## Example
//!
//! ```sheet Plan
//! A1: Ref | Action | Lead | Status | RAG rating | Target date | Update
//! A2: 1.2 | Train staff | Wyevale Council | In progress | Green | 2014-03-31 | Done so far
//! ! A2 number-to-text: The Ref in A2 is a number. We read it as “1.2”. If a zero is missing at its end, write it as text.
//! ```
//!
//! ## How to fix
//!
//! Format the column as text before typing references.
//!
//! ## Settings
//!
//! None beside the severity in `round.toml`.

use super::common::tell_changes;
use super::common::words::quote;
use super::{Check, Context, Findings, Meta, Seen};
use crate::finding::{Effort, Severity};
use crate::model::ChangeKind;

pub(super) struct NumberToText;

const META: Meta = Meta {
    name: "number-to-text",
    severity: Severity::Note,
    effort: Effort::LookUp,
    source: include_str!("number_to_text.rs"),
};

impl Check for NumberToText {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn cells(&self, cx: &Context<'_>, cells: &[Seen<'_>], out: &mut Findings<'_>) {
        tell_changes(cx, cells, ChangeKind::NumberToText, out, |seen, _, used| {
            format!(
                "The {} in {} is a number. We read it as {}. If a zero is missing at its end, write it as text.",
                seen.field.title,
                seen.cell.at.cell,
                quote(used)
            )
        });
    }
}

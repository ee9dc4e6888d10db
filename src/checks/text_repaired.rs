//! Stray characters were taken out of a text.
//!
//! ## What it does
//!
//! Notes cells in which characters left by copying between programs were repaired, such as `Â£` for £.
//!
//! ## Why it matters
//!
//! The meaning is the same, but the text is not letter for letter what was sent.
//!
//! ## Example
//!
//! ```sheet Plan
//! A1: Ref | Action | Lead | Status | RAG rating | Target date | Update
//! A2: 1.1.1 | Train staff | Wyevale Council | In progress | Green | 2014-03-31 | Cost Â£500
//! ! G2 text-repaired
//! ```
//!
//! ## How to fix
//!
//! Nothing needs to be done.
//!
//! ## Settings
//!
//! None beside the severity in `round.toml`.

use super::common::tell_changes;
use super::common::words::quote;
use super::{Check, Context, Findings, Meta, Seen};
use crate::finding::{Effort, Severity};
use crate::model::ChangeKind;

pub(super) struct TextRepaired;

const META: Meta = Meta {
    name: "text-repaired",
    severity: Severity::Note,
    effort: Effort::LookUp,
    source: include_str!("text_repaired.rs"),
};

impl Check for TextRepaired {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn cells(&self, cx: &Context<'_>, cells: &[Seen<'_>], out: &mut Findings<'_>) {
        tell_changes(cx, cells, ChangeKind::Repaired, out, |seen, _, used| {
            format!("Stray characters in {} were repaired. It reads {}.", seen.cell.at.cell, quote(used))
        });
    }
}

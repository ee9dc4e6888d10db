//! A sign drawn with a symbol font was read.
//!
//! ## What it does
//!
//! Notes letters of Wingdings, Webdings and Symbol, which show as arrows and ticks, in columns with a list that has a word
//! for them.
//!
//! ## Why it matters
//!
//! Without its typeface the sign is only a letter. This says which letter stood there and what it was read as.
//!
//! ## Example
//!
//! ```sheet Plan
//! A1: Ref | Action | Lead | Status | RAG rating | Target date | Update
//! A2: 1.1.1 | Train staff | Wyevale Council | ü | Green | 2014-03-31 | Done so far
//! font D2 Wingdings
//! ! D2 symbol-read: The sign in D2 was drawn with a symbol font. We read it as Complete.
//! ```
//!
//! ## How to fix
//!
//! Type the word instead of the sign, if you can.
//!
//! ## Settings
//!
//! `synonyms` of a category: *up*, *level*, *down*, *yes* and *no*, or the arrows themselves.

use super::common::tell_changes;
use super::{Check, Context, Findings, Meta, Seen};
use crate::finding::{Effort, Severity};
use crate::model::ChangeKind;

pub(super) struct SymbolRead;

const META: Meta = Meta {
    name: "symbol-read",
    severity: Severity::Note,
    effort: Effort::Retype,
    source: include_str!("symbol_read.rs"),
};

impl Check for SymbolRead {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn cells(&self, cx: &Context<'_>, cells: &[Seen<'_>], out: &mut Findings<'_>) {
        tell_changes(cx, cells, ChangeKind::Symbol, out, |seen, _, used| {
            format!("The sign in {} was drawn with a symbol font. We read it as {used}.", seen.cell.at.cell)
        });
    }
}

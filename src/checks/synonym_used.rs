//! Another word for an entry of a list was used.
//!
//! ## What it does
//!
//! Notes words that the list knows as another word, letter or spelling for one of its entries.
//!
//! ## Why it matters
//!
//! The merged table shows the list's own word; this says what stood in the return.
//!
//! ## Example
//!
//! ```sheet Plan
//! A1: Ref | Action | Lead | Status | RAG rating | Target date | Update
//! A2: 1.1.1 | Train staff | Wyevale Council | In progress | g | 2014-03-31 | Done so far
//! ! E2 synonym-used: “g” was read as Green.
//! ```
//!
//! ## How to fix
//!
//! Nothing needs to be done if the reading is right.
//!
//! ## Settings
//!
//! `synonyms` of a category.

use super::common::tell_changes;
use super::common::words::quote;
use super::{Check, Context, Findings, Meta, Seen};
use crate::finding::{Effort, Severity};
use crate::model::ChangeKind;

pub(super) struct SynonymUsed;

const META: Meta = Meta {
    name: "synonym-used",
    severity: Severity::Note,
    effort: Effort::LookUp,
    source: include_str!("synonym_used.rs"),
};

impl Check for SynonymUsed {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn cells(&self, cx: &Context<'_>, cells: &[Seen<'_>], out: &mut Findings<'_>) {
        tell_changes(cx, cells, ChangeKind::Synonym, out, |_, typed, used| {
            format!("{} was read as {used}.", quote(typed))
        });
    }
}

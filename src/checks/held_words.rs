//! Our own words stand in a cell, in place of what the partner wrote.
//!
//! ## What it does
//!
//! Tells cells in which `[held: …]` stands. It is what the program puts in the place of something that may identify a person,
//! in every workbook that it writes. A workbook came back without the words being written again.
//!
//! ## Why it matters
//!
//! What the partner had to say is not in the return any more. The field counts as not reported.
//!
//! ## Example
//!
//! ```sheet Plan
//! A1: Ref | Action | Lead | Status | RAG rating | Target date | Update
//! A2: 1.1.1 | Train staff | Wyevale Council | In progress | Green | 31/03/2014 | [held: NHS number]
//! ! F2 date-as-text
//! ! G2 held-words: G2 still has our words in place of what was written there.
//! ```
//!
//! ## How to fix
//!
//! Write it again, without naming a child or anything else that says who somebody is.
//!
//! ## Settings
//!
//! None beside the severity in `round.toml`.

use super::common::tell_unreadable;
use super::{Check, Context, Findings, Meta, Seen};
use crate::finding::{Effort, Severity};
use crate::model::Misread;

pub(super) struct HeldWords;

const META: Meta = Meta {
    name: "held-words",
    severity: Severity::Error,
    effort: Effort::Retype,
    source: include_str!("held_words.rs"),
};

impl Check for HeldWords {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn cells(&self, _: &Context<'_>, cells: &[Seen<'_>], out: &mut Findings<'_>) {
        let help = "Write it again without naming a child, and send the return again.";
        tell_unreadable(cells, help, out, |seen, held| {
            let ours = held.why == Misread::OurWords;
            let cell = seen.cell.at.cell;
            ours.then(|| format!("{cell} still has our words in place of what was written there."))
        });
    }
}

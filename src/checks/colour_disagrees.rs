//! The word and the colour of a rating say different things.
//!
//! ## What it does
//!
//! Asks about cells of a column with a colour key whose word is one rating and whose fill is clearly another's. The worse
//! of the two is shown until somebody answers.
//!
//! ## Why it matters
//!
//! One of them was forgotten when the other was changed, and nobody can tell which.
//!
//! ## Example
//!
//! ```sheet Plan
//! A1: Ref | Action | Lead | Status | RAG rating | Target date | Update
//! A2: 1.1.1 | Train staff | Wyevale Council | In progress | Green | 2014-03-31 | Done so far
//! fill E2 C00000
//! ! E2 colour-disagrees: 1.1.1 says “Green” in a red cell. Which is right? We show Red until you tell us.
//! ```
//!
//! ## How to fix
//!
//! Change the word or the fill, so that they agree.
//!
//! ## Settings
//!
//! `colour` of each category in the list, and `combine = "worst"`.

use super::common::tell_changes;
use super::common::words::quote;
use super::{Check, Context, Findings, Meta, Seen};
use crate::finding::{Effort, Severity};
use crate::model::ChangeKind;

pub(super) struct ColourDisagrees;

const META: Meta = Meta {
    name: "colour-disagrees",
    severity: Severity::Query,
    effort: Effort::LookUp,
    source: include_str!("colour_disagrees.rs"),
};

impl Check for ColourDisagrees {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn cells(&self, cx: &Context<'_>, cells: &[Seen<'_>], out: &mut Findings<'_>) {
        tell_changes(cx, cells, ChangeKind::ColourDisagrees, out, |seen, typed, used| {
            let name = cx.row_name(seen.schema, seen.record);
            let (word, colour) = typed.split_once(" in a ").unwrap_or((typed, "coloured cell"));
            format!(
                "{name} says {} in a {colour}. Which is right? We show {used} until you tell us.",
                quote(word)
            )
        });
    }
}

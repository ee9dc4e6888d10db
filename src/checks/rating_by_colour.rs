//! A rating is shown by the colour of its cell alone.
//!
//! ## What it does
//!
//! Notes cells of a column with a colour key that are empty but filled, where the fill is near to one colour of the key
//! and clearly farther from the others.
//!
//! ## Why it matters
//!
//! A colour says nothing to a program that only reads words, and little to somebody who cannot tell red from green.
//!
//! ## Example
//!
//! ```sheet Plan
//! A1: Ref | Action | Lead | Status | RAG rating | Target date | Update
//! A2: 1.1.1 | Train staff | Wyevale Council | In progress |  | 2014-03-31 | Done so far
//! fill E2 E03C31
//! ! E2 rating-by-colour: The rating for 1.1.1 is shown by colour only. We read the red fill as Red.
//! ```
//!
//! ## How to fix
//!
//! Type the word as well as filling the cell.
//!
//! ## Settings
//!
//! `colour` of each category in the list.

use super::common::tell_changes;
use super::{Check, Context, Findings, Meta, Seen};
use crate::finding::{Effort, Severity};
use crate::model::ChangeKind;
use crate::schema::{Field, Role};

pub(super) struct RatingByColour;

const META: Meta = Meta {
    name: "rating-by-colour",
    severity: Severity::Note,
    effort: Effort::LookUp,
    source: include_str!("rating_by_colour.rs"),
};

impl Check for RatingByColour {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn cells(&self, cx: &Context<'_>, cells: &[Seen<'_>], out: &mut Findings<'_>) {
        tell_changes(cx, cells, ChangeKind::ByColour, out, |seen, typed, used| {
            let name = cx.row_name(seen.schema, seen.record);
            let what = what(seen.field);
            format!("{what} for {name} is shown by colour only. We read the {typed} as {used}.")
        });
    }
}

/// What the field is called in a sentence.
pub(super) fn what(field: &Field) -> String {
    if field.role == Some(Role::Rating) { "The rating".to_owned() } else { format!("The {}", field.title) }
}

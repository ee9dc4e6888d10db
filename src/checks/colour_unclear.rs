//! A rating is shown by a colour that the key does not tell.
//!
//! ## What it does
//!
//! Asks about cells of a column with a colour key that are empty but filled, where the fill is in none of the colours of
//! the key or nearly as close to one as to another. White counts as no fill, and so does grey where a cell beside it is
//! grey too.
//!
//! ## Why it matters
//!
//! A colour means different things on different boards. It is not guessed: the rating counts as not reported.
//!
//! ## Example
//!
//! ```sheet Plan
//! A1: Ref | Action | Lead | Status | RAG rating | Target date | Update
//! A2: 1.1.1 | Train staff | Wyevale Council | Complete |  | 2014-03-31 | Done so far
//! fill E2 0070C0
//! ! E2 colour-unclear: The rating for 1.1.1 is shown by a blue fill only. Blue is not in this board's key, which has Red, Amber and Green. Type the rating as a word.
//! ```
//!
//! ## How to fix
//!
//! Type the rating as a word.
//!
//! ## Settings
//!
//! `colour` of each category in the list; another category, such as *Complete* in blue, can be added there.

use super::common::tell_unreadable;
use super::common::words::list;
use super::rating_by_colour::what;
use super::{Check, Context, Findings, Meta, Seen};
use crate::finding::{Effort, Severity};
use crate::model::Misread;

pub(super) struct ColourUnclear;

const META: Meta = Meta {
    name: "colour-unclear",
    severity: Severity::Query,
    effort: Effort::Retype,
    source: include_str!("colour_unclear.rs"),
};

impl Check for ColourUnclear {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn cells(&self, cx: &Context<'_>, cells: &[Seen<'_>], out: &mut Findings<'_>) {
        tell_unreadable(cells, "Type the rating as a word.", out, |seen, held| {
            let Misread::Colour(near) = &held.why else { return None };
            let name = cx.row_name(seen.schema, seen.record);
            let what = what(seen.field);
            let colour = held.raw.trim_end_matches(" fill");
            Some(if let [first, second, ..] = near.as_slice() {
                format!(
                    "{what} for {name} is shown by a fill in {colour} only, which is nearly as close to {first} as to {second}. Type the rating as a word."
                )
            } else {
                let capital = colour.chars().next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
                let rest = colour.get(1..).unwrap_or_default();
                format!(
                    "{what} for {name} is shown by a {colour} fill only. {capital}{rest} is not in this board's key{}. Type the rating as a word.",
                    key(cx, seen)
                )
            })
        });
    }
}

/// The labels of the key, if they are few.
fn key(cx: &Context<'_>, seen: &Seen<'_>) -> String {
    let Some(codes) = seen.field.list.and_then(|place| cx.round.schema.lists.get(place)) else {
        return String::new();
    };
    let labels: Vec<_> = codes.categories.iter().map(|category| category.label.as_str()).collect();
    if labels.len() > 8 { String::new() } else { format!(", which has {}", list(&labels)) }
}

//! A small number of children stands in a text.
//!
//! ## What it does
//!
//! Asks about a number from 1 to 5 within six words of *child*, *young person*, *family* and the like, in a text that says
//! how an action goes. A number of days, sessions, staff and such is left alone.
//!
//! ## Why it matters
//!
//! In a small county a count can say who the child is. National tables leave out counts from 1 to 5 for that reason.
//!
//! ## Example
//!
//! ```sheet Plan
//! A1: Ref | Action | Lead | Status | RAG rating | Target date | Update
//! A2: 1.1.1 | Train staff | NHS Wyevale | In progress | Green | 2014-03-31 | Support was given to 2 young people
//! ! G2 small-number: G2 speaks of a small number: “2 young people”. Small numbers can identify a child. Give “fewer than 6” or a range.
//! ```
//!
//! ## How to fix
//!
//! Write *fewer than 6*, or a range, in place of the number.
//!
//! ## Settings
//!
//! Every text is looked at but those of fields that are declared `staff`, `locked` or with a `pattern`.

use super::common::words::quote;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Location, Severity};
use crate::model::{Record, Table};

pub(super) struct SmallNumber;

const META: Meta =
    Meta { name: "small-number", severity: Severity::Query, source: include_str!("small_number.rs") };

/// How far from the number the child may stand, in words.
const REACH: usize = 6;
/// Words for one of those who could be told.
const CHILDREN: [&str; 14] = [
    "child",
    "children",
    "person",
    "people",
    "family",
    "families",
    "girl",
    "girls",
    "boy",
    "boys",
    "baby",
    "babies",
    "teenager",
    "teenagers",
];
/// What else is counted in texts of this kind.
const OTHERS: &[&str] = &[
    "day", "days", "week", "weeks", "month", "months", "year", "years", "hour", "hours", "session",
    "sessions", "meeting", "meetings", "event", "events", "course", "courses", "agency", "agencies",
    "partner", "partners", "school", "schools", "staff", "audit", "audits", "action", "actions", "team",
    "teams", "quarter", "working", "out",
];
const WORDS: [&str; 5] = ["one", "two", "three", "four", "five"];

impl Check for SmallNumber {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn rows(&self, cx: &Context<'_>, table: &Table, rows: &[Record], out: &mut Findings<'_>) {
        let schema = cx.schema(table);
        for record in rows {
            for (field, cell) in schema.fields.iter().zip(&record.cells) {
                if field.staff || field.locked || field.constraints.pattern.is_some() {
                    continue;
                }
                let Some(words) = cell.text().and_then(small) else { continue };
                let message = format!(
                    "{} speaks of a small number: {}. Small numbers can identify a child. Give “fewer than 6” or a range.",
                    cell.at.cell,
                    quote(&words)
                );
                out.add(Location::Cell(cell.at), message).field(&field.title);
            }
        }
    }
}

/// The first small number of children in a text, with the words up to them.
fn small(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let plain: Vec<String> = words.iter().map(|word| bare(word)).collect();
    for (place, word) in plain.iter().enumerate() {
        let spelt = WORDS.contains(&word.as_str());
        if !(spelt || matches!(word.as_str(), "1" | "2" | "3" | "4" | "5")) {
            continue;
        }
        // A sentence that ends between them parts them.
        let ends = |word: &&str| word.ends_with(['.', ';', ':', '!', '?']);
        let reach = if spelt && word == "one" { 2 } else { REACH };
        let after = words.get(place..)?.iter().take(reach + 1);
        let whole = after.clone().position(ends).map_or(reach, |end| end.min(reach));
        let near = plain.get(place + 1..).unwrap_or_default().iter().take(whole);
        let first_other = near.clone().position(|word| OTHERS.contains(&word.as_str()));
        let first_child = near.clone().position(|word| CHILDREN.contains(&word.as_str()));
        if let Some(child) = first_child.filter(|child| first_other.is_none_or(|other| *child < other)) {
            let said = words.get(place..=place + 1 + child)?.join(" ");
            return Some(said.trim_end_matches([',', '.', ';', ')']).trim_start_matches('(').to_owned());
        }
    }
    None
}

/// A word in small letters without the marks around it; `2.1`, `Q2` and `2%` stay what they are.
fn bare(word: &str) -> String {
    word.trim_matches(['(', ')', ',', '"', '\'', '“', '”']).trim_end_matches(['.', ';', ':']).to_lowercase()
}

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
//! ! G2 small-number: G2 speaks of a small number: “2 young people”. Small numbers can identify a child. Give fewer than 6 or a range.
//! ```
//!
//! ## How to fix
//!
//! Write *fewer than 6*, or a range, in place of the number.
//!
//! ## Settings
//!
//! Every text is looked at but those of fields that are declared `staff`, `locked` or with a `pattern`.

use super::common::few::few_children;
use super::common::words::quote;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Location, Severity};
use crate::model::{Record, Table};

pub(super) struct SmallNumber;

const META: Meta = Meta {
    name: "small-number",
    severity: Severity::Query,
    effort: Effort::Retype,
    source: include_str!("small_number.rs"),
};

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
                let Some(words) = cell.text().and_then(few_children) else { continue };
                let message = format!(
                    "{} speaks of a small number: {}. Small numbers can identify a child. Give fewer than 6 or a range.",
                    cell.at.cell,
                    quote(&words)
                );
                out.add(Location::Cell(cell.at), message).field(&field.title);
            }
        }
    }
}

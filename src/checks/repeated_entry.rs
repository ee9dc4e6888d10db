//! An entry of the plan appears twice in one return.
//!
//! ## What it does
//!
//! Tells every row whose reference an earlier row of the return has, with the ratings where they differ.
//!
//! ## Why it matters
//!
//! Only one of them can be counted. The first is merged and the later one is held until the partner says which is
//! right.
//!
//! ## Example
//!
//! ```schema
//! [schema]
//! name = "plan"
//! title = "Plan"
//! version = "1"
//!
//! [[list]]
//! name = "rating"
//! title = "Rating"
//! ordered = true
//! categories = [{ value = "red", label = "Red" }, { value = "green", label = "Green" }]
//!
//! [[table]]
//! name = "plan"
//! title = "Plan"
//! sheet = ["Plan"]
//! primaryKey = ["ref"]
//! register = { key = "ref", title = "action" }
//!
//! [[table.fields]]
//! name = "ref"
//! title = "Ref"
//! type = "string"
//!
//! [[table.fields]]
//! name = "action"
//! title = "Action"
//! type = "string"
//! role = "title"
//!
//! [[table.fields]]
//! name = "rating"
//! title = "Rating"
//! type = "code"
//! list = "rating"
//! role = "rating"
//! ```
//! ```plan
//! ref,action,agencies
//! 1.1.1,Update procedures,NHS
//! 1.2.1,Say how children are heard,NHS
//! 1.2.2,Report what was heard and what changed,NHS
//! ```
//! ```file nhs.xlsx
//! ```
//! ```sheet Plan
//! A1: Ref | Action | Rating
//! A2: 1.1.1 | Update procedures | Green
//! A3: 1.1.1 | Update procedures | Red
//! ! A3 repeated-entry: 1.1.1 appears twice with different ratings (Green, Red). Which is right?
//! ```
//!
//! ## How to fix
//!
//! Delete one of the rows. A reference such as 4.10 may have become 4.1: then write it as text.
//!
//! ## Settings
//!
//! `register` and `primaryKey` of a table.

use super::common::keys;
use super::{Check, Context, Findings, Meta};
use crate::finding::Severity;
use crate::model::{Reading, Record, Submission, Table};
use crate::schema::Role;

pub(super) struct RepeatedEntry;

const META: Meta =
    Meta { name: "repeated-entry", severity: Severity::Query, source: include_str!("repeated_entry.rs") };

impl Check for RepeatedEntry {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn table(&self, cx: &Context<'_>, submission: &Submission, table: &Table, out: &mut Findings<'_>) {
        let schema = cx.schema(table);
        let Some(register) = schema.register else { return };
        let key = [register.key];
        if !schema.primary_key.is_empty() && schema.primary_key != key {
            return;
        }
        let rating = schema.role(Role::Rating);
        for (first, row) in keys::repeats(cx, submission, table, &key) {
            let shown = |record: &Record| {
                let field = rating?;
                match &record.cells.get(field)?.reading {
                    Reading::Value(value) => Some(cx.show(value, &schema.fields[field]).into_owned()),
                    Reading::Unreadable(held) => Some(held.raw.clone()),
                    Reading::Blank => None,
                }
            };
            let name = cx.row_name(schema, row);
            let message = match (shown(first), shown(row)) {
                (Some(a), Some(b)) if a != b => {
                    format!("{name} appears twice with different ratings ({a}, {b}). Which is right?")
                }
                _ => format!(
                    "{name} appears twice, in rows {} and {}. Which is right?",
                    first.at.cell.row + 1,
                    row.at.cell.row + 1
                ),
            };
            out.add(keys::place(row, &key), message)
                .related([(keys::place(first, &key), "the first of them".to_owned())]);
        }
    }
}

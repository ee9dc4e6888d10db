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
use crate::finding::{Effort, Severity};
use crate::model::{HeldReason, Origin, Reading, Record, Submission};
use crate::round::held::Held;
use crate::schema::{Role, TableSchema};

pub(super) struct RepeatedEntry;

const META: Meta = Meta {
    name: "repeated-entry",
    severity: Severity::Query,
    effort: Effort::LookUp,
    source: include_str!("repeated_entry.rs"),
};

impl Check for RepeatedEntry {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn held(&self, cx: &Context<'_>, submission: &Submission, held: &[Held<'_>], out: &mut Findings<'_>) {
        for row in held {
            let HeldReason::Repeats { first } = row.why else { continue };
            let schema = cx.schema(row.table);
            let Some(register) = schema.register.filter(|_| goes_by_reference(schema)) else { continue };
            let rating = schema.role(Role::Rating);
            let shown = |record: &Record| {
                let field = rating?;
                match &record.cells.get(field)?.reading {
                    Reading::Value(value) => Some(cx.show(value, &schema.fields[field]).into_owned()),
                    Reading::Unreadable(held) => Some(held.raw.clone()),
                    Reading::Blank => None,
                }
            };
            let name = cx.row_name(schema, row.record);
            let before = keys::record_at(submission, row.table.table, first);
            let message = match (before.and_then(shown), shown(row.record)) {
                (Some(a), Some(b)) if a != b => {
                    format!("{name} appears twice with different ratings ({a}, {b}). Which is right?")
                }
                _ if first.sheet == row.record.at.sheet => format!(
                    "{name} appears twice, in rows {} and {}. Which is right?",
                    first.cell.row + 1,
                    row.record.at.cell.row + 1
                ),
                _ => format!(
                    "{name} appears twice, in {} and here. Which is right?",
                    tell_place(submission, row.record.at, first)
                ),
            };
            let key = [register.key];
            out.add(keys::place(row.record, &key), message)
                .help("The first is used and the later row is held. Delete the one that is wrong.")
                .related([(keys::first_place(submission, row, first, &key), "the first of them".to_owned())]);
        }
    }
}

/// True if rows of a table are told apart by the plan's reference and nothing else.
pub(super) fn goes_by_reference(schema: &TableSchema) -> bool {
    let key = schema.primary_key.as_slice();
    schema.register.is_some_and(|register| key.is_empty() || *key == [register.key])
}

/// `row 3`, with the sheet where that is another than the one of the row told.
pub(super) fn tell_place(submission: &Submission, at: Origin, first: Origin) -> String {
    let row = first.cell.row + 1;
    let sheet = submission.sheets.iter().find(|used| used.sheet == first.sheet && first.sheet != at.sheet);
    sheet.map_or_else(|| format!("row {row}"), |used| format!("row {row} of the sheet {}", used.name))
}

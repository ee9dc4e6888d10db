//! Two rows hold the same value where every row must have its own.
//!
//! ## What it does
//!
//! Tells every row that repeats an earlier row's value in a field with `unique`, or in the fields of one of the
//! table's `uniqueKeys`. Rows with a blank in them are passed over.
//!
//! ## Why it matters
//!
//! Two rows with one value are often one thing entered twice.
//!
//! ## Example
//!
//! ```schema
//! [schema]
//! name = "risks"
//! title = "Risks"
//! version = "1"
//!
//! [[table]]
//! name = "risks"
//! title = "Risks"
//! sheet = ["Risks"]
//! primaryKey = ["year", "ref"]
//! uniqueKeys = [["owner", "title"]]
//!
//! [[table.fields]]
//! name = "year"
//! title = "Year"
//! type = "integer"
//!
//! [[table.fields]]
//! name = "ref"
//! title = "Ref"
//! type = "string"
//!
//! [[table.fields]]
//! name = "owner"
//! title = "Owner"
//! type = "string"
//!
//! [[table.fields]]
//! name = "title"
//! title = "Title"
//! type = "string"
//!
//! [[table.fields]]
//! name = "code"
//! title = "Code"
//! type = "string"
//! constraints = { unique = true }
//! ```
//! ```sheet Risks
//! A1: Year | Ref | Owner | Title | Code
//! A2: 2013 | R1 | | | X
//! A3: 2013 | R2 | | | X
//! ! E3 unique-error: Row 3 has the same Code as row 2: X.
//! ```
//!
//! ## How to fix
//!
//! Delete the copy, or correct the value.
//!
//! ## Settings
//!
//! `constraints = { unique = true }` of a field; `uniqueKeys` of a table.

use super::common::keys;
use super::common::words::list;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Severity};
use crate::model::{Submission, Table};

pub(super) struct UniqueError;

const META: Meta = Meta {
    name: "unique-error",
    severity: Severity::Query,
    effort: Effort::LookUp,
    source: include_str!("unique_error.rs"),
};

impl Check for UniqueError {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn table(&self, cx: &Context<'_>, submission: &Submission, table: &Table, out: &mut Findings<'_>) {
        let schema = cx.schema(table);
        let fields = schema.fields.iter().enumerate();
        let unique = fields.filter(|(_, field)| field.constraints.unique).map(|(index, _)| vec![index]);
        for key in unique.chain(schema.unique_keys.iter().cloned()) {
            if key == schema.primary_key {
                continue;
            }
            for (first, row) in keys::repeats(cx, submission, table, &key) {
                let titles: Vec<_> = key.iter().map(|field| schema.fields[*field].title.as_str()).collect();
                let message = format!(
                    "Row {} has the same {} as row {}: {}.",
                    row.at.cell.row + 1,
                    list(&titles),
                    first.at.cell.row + 1,
                    list(&keys::shown(cx, schema, row, &key))
                );
                out.add(keys::place(row, &key), message)
                    .rule("unique")
                    .related([(keys::place(first, &key), "the same".to_owned())]);
            }
        }
    }
}

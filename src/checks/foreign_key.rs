//! A row refers to something that is not in the other table.
//!
//! ## What it does
//!
//! Tells every row whose reference is not found among the rows of the table that it refers to, in the same return.
//! If that table is missing altogether, that is told instead.
//!
//! ## Why it matters
//!
//! A reference that leads nowhere was mistyped, or the row that it means was left out.
//!
//! ## Example
//!
//! ```schema
//! [schema]
//! name = "plan"
//! title = "Plan"
//! version = "1"
//!
//! [[table]]
//! name = "plan"
//! title = "Plan"
//! sheet = ["Plan"]
//! foreignKeys = [{ fields = ["risk"], reference = { table = "risks", fields = ["ref"] } }]
//!
//! [[table.fields]]
//! name = "action"
//! title = "Action"
//! type = "string"
//!
//! [[table.fields]]
//! name = "risk"
//! title = "Risk"
//! type = "string"
//!
//! [[table]]
//! name = "risks"
//! title = "Risks"
//! sheet = ["Risks"]
//!
//! [[table.fields]]
//! name = "ref"
//! title = "Risk ref"
//! type = "string"
//!
//! [[table.fields]]
//! name = "title"
//! title = "Title"
//! type = "string"
//! ```
//! ```sheet Plan
//! A1: Action | Risk
//! A2: Train staff | R9
//! ! B2 foreign-key: “R9” in Risk is not among the rows of Risks.
//! ```
//! ```sheet Risks
//! A1: Risk ref | Title
//! A2: R1 | Staff leave
//! ```
//!
//! ## How to fix
//!
//! Correct the reference, or add the row.
//!
//! ## Settings
//!
//! `foreignKeys` of a table.

use super::common::keys;
use super::common::words::{list, quote};
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Severity};
use crate::model::{Submission, Table};

pub(super) struct ForeignKey;

const META: Meta = Meta {
    name: "foreign-key",
    severity: Severity::Query,
    effort: Effort::LookUp,
    source: include_str!("foreign_key.rs"),
};

impl Check for ForeignKey {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn table(&self, cx: &Context<'_>, submission: &Submission, table: &Table, out: &mut Findings<'_>) {
        let schema = cx.schema(table);
        for key in &schema.foreign_keys {
            let others: Vec<_> = submission.tables.iter().filter(|other| other.table == key.table).collect();
            if others.is_empty() {
                continue;
            }
            let known: Vec<_> =
                others.iter().map(|other| keys::hashes(&other.records, &key.references)).collect();
            for record in &table.records {
                let Some(hash) = keys::hash(record, &key.fields) else { continue };
                if known.iter().any(|hashes| hashes.binary_search_by_key(&hash, |(hash, _)| *hash).is_ok()) {
                    continue;
                }
                let titles: Vec<_> =
                    key.fields.iter().map(|field| schema.fields[*field].title.as_str()).collect();
                let message = format!(
                    "{} in {} is not among the rows of {}.",
                    quote(&list(&keys::shown(cx, schema, record, &key.fields))),
                    list(&titles),
                    cx.round.schema.tables[key.table].title
                );
                out.add(keys::place(record, &key.fields), message);
            }
        }
    }
}

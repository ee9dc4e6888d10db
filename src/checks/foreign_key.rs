//! A row refers to something that is not in the other table.
//!
//! ## What it does
//!
//! Tells every row whose reference is not found among the rows of the table that it refers to, in the same return.
//! If that table is missing altogether, that is told instead. Where only some partners send that table, such as a risk
//! register that the Business Unit keeps, the references of the others are looked for in what these have sent.
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
//! `foreignKeys` of a table; `from` of the table that is referred to.

use super::common::keys;
use super::common::words::{list, quote};
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Location, Severity};
use crate::model::{Cell, Consolidated, PartnerId, Submission, Table};
use crate::schema::{ForeignKey as ForeignKeys, TableSchema};
use std::collections::BTreeSet;

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
                out.add(keys::place(record, &key.fields), message(cx, schema, key, &record.cells));
            }
        }
    }

    /// References to what only other partners send.
    fn round(&self, cx: &Context<'_>, whole: &Consolidated, out: &mut Findings<'_>) {
        for (own, schema) in whole.kept.iter().zip(&cx.round.schema.tables) {
            let tables = &cx.round.schema.tables;
            for key in schema.foreign_keys.iter().filter(|key| !tables[key.table].from.is_empty()) {
                let others = whole.kept.get(key.table).map(Vec::as_slice).unwrap_or_default();
                // Who sends that table too has been looked at.
                let senders: BTreeSet<PartnerId> = others.iter().map(|row| row.partner).collect();
                let known: BTreeSet<u64> =
                    others.iter().filter_map(|row| keys::hash_of(&row.cells, &key.references)).collect();
                for row in own.iter().filter(|row| !senders.is_empty() && !senders.contains(&row.partner)) {
                    let Some(hash) = keys::hash_of(&row.cells, &key.fields) else { continue };
                    if !known.contains(&hash) && !must_send(cx, key.table, row.partner) {
                        let cell = key.fields.last().and_then(|field| row.cells.get(*field));
                        let at = Location::Cell(cell.map_or(row.at, |cell| cell.at));
                        out.add(at, message(cx, schema, key, &row.cells)).partner(Some(row.partner));
                    }
                }
            }
        }
    }
}

/// True if a partner is one of those that send a table.
fn must_send(cx: &Context<'_>, table: usize, partner: PartnerId) -> bool {
    let code = cx.round.partners.get(usize::from(partner.0)).map(|partner| &partner.code);
    code.is_some_and(|code| cx.round.schema.tables[table].from.contains(code))
}

fn message(cx: &Context<'_>, schema: &TableSchema, key: &ForeignKeys, cells: &[Cell]) -> String {
    let fields = || key.fields.iter().filter_map(|at| Some((schema.fields.get(*at)?, cells.get(*at)?)));
    let titles: Vec<&str> = fields().map(|(field, _)| field.title.as_str()).collect();
    let shown: Vec<_> = fields().filter_map(|(field, cell)| Some(cx.show(cell.value()?, field))).collect();
    format!(
        "{} in {} is not among the rows of {}.",
        quote(&list(&shown)),
        list(&titles),
        cx.round.schema.tables[key.table].title
    )
}

//! A row refers to something that is not in the other table.
//!
//! ## What it does
//!
//! Tells every row whose reference is not found among the rows of the table that it refers to, in the same return.
//! If that table is missing altogether, that is told instead. Where only some partners send that table, such as a risk
//! register that the Business Unit keeps, references are looked for in all that these have sent. Capital letters and blanks
//! make no difference, and a cell that says that nothing applies is left alone.
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
//! Correct the reference, or add the row. Where only some partners send that table, ask the Business Unit to add it.
//!
//! ## Settings
//!
//! `foreignKeys` of a table; `from` of the table that is referred to.

use super::common::keys;
use super::common::words::{list, quote};
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Location, Severity};
use crate::model::{Cell, ChangeKind, Consolidated, Submission, Table, Value, fold};
use crate::round::held::hash_value;
use crate::schema::{ForeignKey as ForeignKeys, TableSchema};
use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

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
        // What only some partners send is looked up among all that they have sent.
        for key in schema.foreign_keys.iter().filter(|key| !is_shared(cx, key)) {
            let others: Vec<_> = submission.tables.iter().filter(|other| other.table == key.table).collect();
            if others.is_empty() {
                continue;
            }
            let rows = others.iter().flat_map(|other| &other.records);
            let known: BTreeSet<u64> = rows.filter_map(|row| hash(&row.cells, &key.references)).collect();
            for record in &table.records {
                if hash(&record.cells, &key.fields).is_some_and(|hash| !known.contains(&hash)) {
                    out.add(keys::place(record, &key.fields), message(cx, schema, key, &record.cells));
                }
            }
        }
    }

    /// References to what only some partners send.
    fn round(&self, cx: &Context<'_>, whole: &Consolidated, out: &mut Findings<'_>) {
        for (own, schema) in whole.kept.iter().zip(&cx.round.schema.tables) {
            for key in schema.foreign_keys.iter().filter(|key| is_shared(cx, key)) {
                let others = whole.kept.get(key.table).map(Vec::as_slice).unwrap_or_default();
                // Where nobody sent it, that is told.
                if others.is_empty() {
                    continue;
                }
                let known: BTreeSet<u64> =
                    others.iter().filter_map(|row| hash(&row.cells, &key.references)).collect();
                for row in own {
                    if hash(&row.cells, &key.fields).is_none_or(|hash| known.contains(&hash)) {
                        continue;
                    }
                    let cell = key.fields.last().and_then(|field| row.cells.get(*field));
                    let at = Location::Cell(cell.map_or(row.at, |cell| cell.at));
                    let help = "Correct the reference, or ask the Business Unit to add it.";
                    out.add(at, message(cx, schema, key, &row.cells)).help(help).partner(Some(row.partner));
                }
            }
        }
    }
}

/// True if only some partners send the table that is referred to.
fn is_shared(cx: &Context<'_>, key: &ForeignKeys) -> bool {
    cx.round.schema.tables.get(key.table).is_some_and(|table| !table.from.is_empty())
}

/// The hash of a reference; `None` if a part of it holds no value or says that none applies. Letters and blanks are folded:
/// “r 2” refers to R2.
fn hash(cells: &[Cell], fields: &[usize]) -> Option<u64> {
    let mut hasher = DefaultHasher::new();
    for field in fields {
        let cell = cells.get(*field)?;
        if cell.change.as_ref().is_some_and(|change| change.kind == ChangeKind::NotApplicable) {
            return None;
        }
        match cell.value()? {
            Value::Text(text) => {
                let letters: String = fold(text).split_whitespace().collect();
                letters.hash(&mut hasher);
            }
            value => hash_value(value, &mut hasher),
        }
    }
    Some(hasher.finish())
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

//! What stands in a column does not suit its heading.
//!
//! ## What it does
//!
//! Asks about a column of the template in which at least four of five filled cells, and no fewer than four, hold
//! something of another kind: numbers where ratings are expected, sentences where dates or amounts are. It is asked once
//! for the column, not for each cell. Words of another column's list are told as such. Two columns of text or of dates are
//! asked about when at least three rows, and four of five, have in each what the plan has for the other.
//!
//! ## Why it matters
//!
//! A column that is read as another one changes every row: a rank read as a score puts the last first.
//!
//! ## Example
//!
//! ```sheet Plan
//! A1: Ref | Action | Lead | Status | RAG rating | Target date | Update
//! A2: a | Train staff | Wyevale Council | In progress | 1 | 2014-03-31 | Booked
//! A3: b | Train more | Wyevale Council | In progress | 9 | 2014-03-31 | Booked
//! A4: c | Train all | Wyevale Council | In progress | 17 | 2014-03-31 | Booked
//! A5: d | Train again | Wyevale Council | In progress | 24 | 2014-03-31 | Booked
//! ! E1 unlikely-column: The column read as RAG rating holds numbers 1 to 24. It may be a different column.
//! ```
//!
//! ## How to fix
//!
//! Give the column its own heading, or put the right values under it.
//!
//! ## Settings
//!
//! None beside the severity in `round.toml`.

use super::common::unlikely;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Location, Severity};
use crate::model::{Cell, Reading, Submission, Table, Value, folds_alike};
use crate::schema::{FieldType, TableSchema};

/// Rows from which on columns can be told to have changed places.
const FEWEST: usize = 3;
/// Rows that are compared with the plan.
const MOST_ROWS: usize = 200;

pub(super) struct UnlikelyColumn;

const META: Meta = Meta {
    name: "unlikely-column",
    severity: Severity::Query,
    effort: Effort::LookUp,
    source: include_str!("unlikely_column.rs"),
};

impl Check for UnlikelyColumn {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn table(&self, cx: &Context<'_>, _: &Submission, table: &Table, out: &mut Findings<'_>) {
        let schema = cx.schema(table);
        for (index, (field, heading)) in schema.fields.iter().zip(&table.layout.columns).enumerate() {
            let Some(heading) = heading else { continue };
            let Some(contents) = unlikely::contents(&cx.round.schema, table, index, field) else { continue };
            let message =
                format!("The column read as {} holds {contents}. It may be a different column.", field.title);
            out.add(Location::Cell(heading.at), message)
                .field(&field.title)
                .help("Give the column its own heading, or put the right values under it.");
        }
        for (one, other) in swapped(cx, schema, table) {
            let (Some(heading), Some(second)) = (&table.layout.columns[one], &table.layout.columns[other])
            else {
                continue;
            };
            let (one, other) = (&schema.fields[one].title, &schema.fields[other].title);
            let message = format!(
                "The columns read as {one} and {other} ({}) may have changed places: each says what the plan has for the other.",
                second.at.cell
            );
            out.add(Location::Cell(heading.at), message)
                .field(one)
                .help("Give each column its own heading, or put the right values under it.");
        }
    }
}

/// Pairs of columns of one kind of which nearly all rows, and no fewer than three, have in each what the plan has for the
/// other.
fn swapped(cx: &Context<'_>, schema: &TableSchema, table: &Table) -> Vec<(usize, usize)> {
    let plan = &cx.round.plan;
    let Some(register) = schema.register.filter(|_| !plan.entries.is_empty()) else { return Vec::new() };
    let planned: Vec<(usize, usize)> = schema
        .fields
        .iter()
        .enumerate()
        .filter(|(index, field)| {
            let found = table.layout.columns.get(*index).is_some_and(Option::is_some);
            found && matches!(field.kind, FieldType::String | FieldType::Date) && *index != register.key
        })
        .filter_map(|(index, field)| Some((index, plan.heading(&field.name)?)))
        .collect();
    let rows: Vec<_> = table
        .records
        .iter()
        .filter_map(|record| {
            let entry = plan.entries.get(*plan.by_key.get(record.cells.get(register.key)?.text()?)?)?;
            Some((record, entry))
        })
        .take(MOST_ROWS)
        .collect();
    let mut pairs = Vec::new();
    for (place, &(one, heading)) in planned.iter().enumerate() {
        for &(other, second) in planned.iter().skip(place + 1) {
            if schema.fields[one].kind != schema.fields[other].kind {
                continue;
            }
            let (mut compared, mut crossed) = (0, 0);
            for (record, entry) in &rows {
                let (Some(a), Some(b)) = (entry.cells.get(heading), entry.cells.get(second)) else {
                    continue;
                };
                let (Some(here), Some(there)) = (record.cells.get(one), record.cells.get(other)) else {
                    continue;
                };
                if a.trim().is_empty() || b.trim().is_empty() || folds_alike(a, b) {
                    continue;
                }
                compared += 1;
                crossed += usize::from(says(here, b) && says(there, a));
            }
            if crossed >= FEWEST && crossed * 5 >= compared * 4 {
                pairs.push((one, other));
            }
        }
    }
    pairs
}

/// True if a cell has what the plan has: the same words, or the same day.
fn says(cell: &Cell, planned: &str) -> bool {
    match &cell.reading {
        Reading::Value(Value::Text(text)) => folds_alike(text, planned),
        Reading::Value(Value::Date(found)) => found.date.to_string() == planned.trim(),
        _ => false,
    }
}

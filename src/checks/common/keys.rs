//! Rows that are alike in some fields, found by hashing values: nothing is copied.

use crate::checks::Context;
use crate::finding::Location;
use crate::model::{Cell, Origin, Record, Submission, Table, Value};
use crate::round::held::{self, Held, hash_value, same_value};
use crate::schema::TableSchema;
use std::collections::hash_map::DefaultHasher;
use std::hash::Hasher as _;

/// Rows whose fields hash alike, in order: hash and row (zero-based place among the records).
pub(in crate::checks) type Hashes = Vec<(u64, u32)>;

/// The hashes of all rows in which every one of these fields holds a value, sorted.
pub(in crate::checks) fn hashes(records: &[Record], fields: &[usize]) -> Hashes {
    let mut hashes: Hashes =
        records.iter().zip(0u32..).filter_map(|(record, row)| Some((hash(record, fields)?, row))).collect();
    hashes.sort_unstable();
    hashes
}

/// The hash of a row's fields; `None` if one of them holds no value.
pub(in crate::checks) fn hash(record: &Record, fields: &[usize]) -> Option<u64> {
    hash_of(&record.cells, fields)
}

/// The same of a row's cells.
pub(in crate::checks) fn hash_of(cells: &[Cell], fields: &[usize]) -> Option<u64> {
    let mut hasher = DefaultHasher::new();
    for field in fields {
        hash_value(cells.get(*field)?.value()?, &mut hasher);
    }
    Some(hasher.finish())
}

fn value(record: &Record, field: usize) -> Option<&Value> {
    record.cells.get(field).and_then(Cell::value)
}

/// True if two rows hold equal values in these fields (of the first) and those (of the second).
pub(in crate::checks) fn alike(a: &Record, fields: &[usize], b: &Record, others: &[usize]) -> bool {
    fields.iter().zip(others).all(|(field, other)| match (value(a, *field), value(b, *other)) {
        (Some(a), Some(b)) => same_value(a, b),
        _ => false,
    })
}

/// Every row of a table that repeats an earlier one: the earlier row and the repeating one. Rows that are held for another
/// reason repeat nothing.
pub(in crate::checks) fn repeats<'t>(
    cx: &Context<'_>,
    submission: &Submission,
    table: &'t Table,
    fields: &[usize],
) -> Vec<(&'t Record, &'t Record)> {
    let hashes = hashes(&table.records, fields);
    let mut pairs = Vec::new();
    let mut held = None;
    for group in hashes.chunk_by(|a, b| a.0 == b.0).filter(|group| group.len() > 1) {
        let held = held.get_or_insert_with(|| held::rows(cx.round, submission));
        let number = submission.tables.iter().position(|other| std::ptr::eq(other, table));
        let covered = |row: &Record| {
            number.is_some_and(|number| super::held::covers(held, number, Location::Cell(row.at)))
        };
        let rows = group.iter().filter_map(|(_, row)| table.records.get(*row as usize));
        let mut rows = rows.filter(|row| !covered(row));
        let Some(first) = rows.next() else { continue };
        pairs.extend(rows.filter(|row| alike(first, fields, row, fields)).map(|row| (first, row)));
    }
    pairs.sort_by_key(|(_, row)| row.at);
    pairs
}

/// Where to look for a row's key: its last field's cell, which is the most particular.
pub(in crate::checks) fn place(record: &Record, key: &[usize]) -> Location {
    let cell = key.last().and_then(|field| record.cells.get(*field));
    Location::Cell(cell.map_or(record.at, |cell| cell.at))
}

/// The row of a table that begins at this place.
pub(in crate::checks) fn record_at(submission: &Submission, table: usize, at: Origin) -> Option<&Record> {
    let on_sheet = submission.tables.iter().filter(|found| found.table == table && found.sheet == at.sheet);
    on_sheet.into_iter().find_map(|found| {
        let place = found.records.binary_search_by_key(&at.cell.row, |record| record.at.cell.row);
        place.ok().and_then(|place| found.records.get(place)).filter(|record| record.at == at)
    })
}

/// Where to look for the key of the row that another repeats.
pub(in crate::checks) fn first_place(
    submission: &Submission,
    row: &Held<'_>,
    first: Origin,
    key: &[usize],
) -> Location {
    record_at(submission, row.table.table, first).map_or(Location::Cell(first), |record| place(record, key))
}

/// A row's key in words, one a field.
pub(in crate::checks) fn shown(
    cx: &Context<'_>,
    schema: &TableSchema,
    record: &Record,
    key: &[usize],
) -> Vec<String> {
    key.iter()
        .filter_map(|field| {
            let value = value(record, *field)?;
            Some(cx.show(value, schema.fields.get(*field)?).into_owned())
        })
        .collect()
}

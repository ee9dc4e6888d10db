//! Rows that are alike in some fields, found by hashing values: nothing is copied.

use crate::checks::Context;
use crate::finding::Location;
use crate::model::{Cell, Record, Submission, Table, Value};
use crate::schema::TableSchema;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash as _, Hasher as _};

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
    let mut hasher = DefaultHasher::new();
    for field in fields {
        hash_value(value(record, *field)?, &mut hasher);
    }
    Some(hasher.finish())
}

fn value(record: &Record, field: usize) -> Option<&Value> {
    record.cells.get(field).and_then(Cell::value)
}

fn hash_value(value: &Value, hasher: &mut DefaultHasher) {
    match value {
        Value::Text(text) => text.hash(hasher),
        Value::Code(code) | Value::Word(code) => code.hash(hasher),
        Value::Codes(codes) => codes.hash(hasher),
        Value::Agency(agency) => agency.hash(hasher),
        Value::Agencies(agencies) => agencies.hash(hasher),
        Value::Date(date) => date.date.hash(hasher),
        Value::Period(period) => period.hash(hasher),
        Value::Money(money) => money.pounds.hash(hasher),
        Value::Number(number) | Value::Percent(number) => number.hash(hasher),
        Value::Integer(number) => number.hash(hasher),
        Value::Boolean(value) => value.hash(hasher),
    }
}

/// True if two rows hold equal values in these fields (of the first) and those (of the second).
pub(in crate::checks) fn alike(a: &Record, fields: &[usize], b: &Record, others: &[usize]) -> bool {
    fields.iter().zip(others).all(|(field, other)| match (value(a, *field), value(b, *other)) {
        (Some(Value::Money(a)), Some(Value::Money(b))) => a.pounds == b.pounds,
        (Some(Value::Date(a)), Some(Value::Date(b))) => a.date == b.date,
        (Some(a), Some(b)) => a == b,
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
    for group in hashes.chunk_by(|a, b| a.0 == b.0).filter(|group| group.len() > 1) {
        let rows = group.iter().filter_map(|(_, row)| table.records.get(*row as usize));
        let mut rows =
            rows.filter(|row| !super::held::is_held(cx, submission, table, Location::Cell(row.at)));
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

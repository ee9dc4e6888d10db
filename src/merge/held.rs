//! Which rows are held, and why.

use crate::model::{Cell, HeldRow, PartnerId, Reading, Record, Table, Value};
use crate::round::Round;
use crate::schema::{FieldType, Role, TableSchema};
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash as _, Hasher as _};

/// Keys of a table's rows so far: hash of the key to the row (zero-based) that had it first.
pub(super) type Seen = BTreeMap<u64, u32>;

/// Why a row is not merged, in a plain sentence; `None` if it is.
pub(super) fn reason(
    round: &Round,
    schema: &TableSchema,
    partner: PartnerId,
    record: &Record,
    seen: &mut Seen,
) -> Option<String> {
    other_board(round, schema, record)
        .or_else(|| other_partner(round, schema, partner, record))
        .or_else(|| unreadable_key(schema, record))
        .or_else(|| not_in_plan(round, schema, partner, record))
        .or_else(|| repeated(schema, record, seen))
}

/// The text of the register's key in a record, if the table has a register and the cell holds one.
pub(super) fn register_key<'r>(schema: &TableSchema, record: &'r Record) -> Option<&'r str> {
    record.cells.get(schema.register?.key)?.text()
}

/// A record as it is listed among the rows held.
pub(super) fn row(
    round: &Round,
    table: &Table,
    partner: PartnerId,
    record: &Record,
    why: String,
    pounds: Decimal,
) -> HeldRow {
    let fields = &round.schema.tables[table.table].fields;
    let cells = record.cells.iter().zip(fields).map(|(cell, field)| match &cell.reading {
        Reading::Blank => String::new(),
        Reading::Value(value) => {
            crate::schema::show_value(value, field, &round.schema, &round.partners).into_owned()
        }
        Reading::Unreadable(held) => held.raw.clone(),
    });
    HeldRow { table: table.table, partner: Some(partner), at: record.at, why, cells: cells.collect(), pounds }
}

fn other_board(round: &Round, schema: &TableSchema, record: &Record) -> Option<String> {
    let field = schema.role(Role::Board)?;
    let named = match record.cells.get(field)?.value()? {
        Value::Text(text) => text.to_string(),
        Value::Code(code) => {
            let list = &round.schema.lists[schema.fields[field].list?];
            let category = list.categories.get(usize::from(*code))?;
            if category.value.eq_ignore_ascii_case(&round.code) {
                return None;
            }
            category.label.clone()
        }
        _ => return None,
    };
    let ours = [&round.code, &round.board].into_iter().any(|name| name.eq_ignore_ascii_case(named.trim()));
    (!ours).then(|| format!("It is for another board ({named})."))
}

fn other_partner(round: &Round, schema: &TableSchema, partner: PartnerId, record: &Record) -> Option<String> {
    let named = schema.primary_key.iter().find_map(|&field| match record.cells.get(field)?.value()? {
        Value::Agency(named) => Some(*named),
        _ => None,
    })?;
    (named != partner).then(|| {
        format!("It names {} in the return of {}.", round.partner(named).name, round.partner(partner).name)
    })
}

fn unreadable_key(schema: &TableSchema, record: &Record) -> Option<String> {
    let keys = schema.primary_key.iter().copied().chain(schema.register.map(|register| register.key));
    let field = keys.into_iter().find(|&field| {
        matches!(record.cells.get(field).map(|cell| &cell.reading), Some(Reading::Unreadable(_)))
    })?;
    Some(format!("{} could not be read, so the row cannot be placed.", schema.fields[field].title))
}

fn not_in_plan(round: &Round, schema: &TableSchema, partner: PartnerId, record: &Record) -> Option<String> {
    let register = schema.register?;
    let title = &schema.fields[register.key].title;
    let Some(key) = register_key(schema, record) else {
        return Some(format!("There is no {title}, so the row cannot be placed."));
    };
    let Some(&entry) = round.plan.by_key.get(key) else {
        return Some(format!("{title} {key} is not in the plan."));
    };
    (!round.plan.entries[entry].agencies.contains(&partner))
        .then(|| format!("The plan does not ask {} about {key}.", round.partner(partner).name))
}

fn repeated(schema: &TableSchema, record: &Record, seen: &mut Seen) -> Option<String> {
    let hash = key_hash(schema, record)?;
    match seen.entry(hash) {
        std::collections::btree_map::Entry::Vacant(entry) => {
            entry.insert(record.at.cell.row);
            None
        }
        std::collections::btree_map::Entry::Occupied(entry) => {
            Some(format!("The same entry is already in row {}.", entry.get() + 1))
        }
    }
}

/// A hash of the primary key; `None` without a key, or if all of it is blank. Agencies may be blank: that is the sender.
fn key_hash(schema: &TableSchema, record: &Record) -> Option<u64> {
    let mut hasher = DefaultHasher::new();
    let mut filled = false;
    for &field in &schema.primary_key {
        let cell: &Cell = record.cells.get(field)?;
        field.hash(&mut hasher);
        match &cell.reading {
            Reading::Blank | Reading::Unreadable(_) => continue,
            Reading::Value(Value::Text(text)) => text.hash(&mut hasher),
            Reading::Value(Value::Code(code)) => code.hash(&mut hasher),
            // The sender's own name adds nothing: a blank agency is the same row.
            Reading::Value(Value::Agency(_)) if schema.fields[field].kind == FieldType::Agency => {}
            Reading::Value(other) => format!("{other:?}").hash(&mut hasher),
        }
        filled = true;
    }
    filled.then(|| hasher.finish())
}

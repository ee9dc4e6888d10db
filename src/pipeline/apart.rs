//! Sheets that would go on with a list but name another partner: they are not added.
//!
//! `locate` knows no partners; only typed rows tell that `CCG` and `NHS Herefordshire` are one and that `CAFCASS` is
//! another. A row of another partner would be held anyway, but the totals of its sheet would count as the sender's.

use crate::model::{PartnerId, Reading, Record, RowRole, Table, Value};
use crate::round::{Round, held};
use crate::schema::{FieldType, TableSchema};

/// Takes out the tables that go on with another sheet's list and whose rows speak against it.
pub(super) fn other_partners(round: &Round, sender: Option<PartnerId>, tables: &mut Vec<Table>) {
    let mut place = 0;
    while let Some(table) = tables.get(place) {
        let first = table.layout.continues.and_then(|sheet| {
            tables.iter().position(|first| first.table == table.table && first.sheet == sheet)
        });
        let schema = round.schema.tables.get(table.table);
        let named = first.zip(schema).and_then(|(first, schema)| {
            let first = tables.get(first)?;
            another(schema, sender, &first.records, &table.records)
        });
        match first.zip(named) {
            Some((first, named)) => take_out(tables, place, first, named),
            None => place += 1,
        }
    }
}

/// The other partner that rows name; `None` if nothing speaks against their going on with the first ones.
fn another(
    schema: &TableSchema,
    sender: Option<PartnerId>,
    first: &[Record],
    more: &[Record],
) -> Option<PartnerId> {
    if let Some(field) = held::sender_field(schema) {
        let known: Vec<PartnerId> = sender.map_or_else(|| names(first, field), |sender| vec![sender]);
        let other = |name: &PartnerId| !known.is_empty() && !known.contains(name);
        return names(more, field).into_iter().find(other);
    }
    // An agency that is no part of a key may be anybody's: it tells only where the first rows all name the sender.
    let of_agencies = |field: &usize| {
        schema.fields.get(*field).is_some_and(|field| field.kind == FieldType::Agency && !field.many)
    };
    (0..schema.fields.len()).filter(of_agencies).find_map(|field| {
        let (here, there) = (names(first, field), names(more, field));
        let [own] = here.as_slice() else { return None };
        let speaks = sender.is_none_or(|sender| sender == *own) && !there.contains(own);
        speaks.then(|| there.first().copied()).flatten()
    })
}

/// The partners that a field of some rows names, each once.
fn names(records: &[Record], field: usize) -> Vec<PartnerId> {
    let mut found = Vec::new();
    for record in records {
        if let Some(Reading::Value(Value::Agency(name))) = record.cells.get(field).map(|cell| &cell.reading)
            && !found.contains(name)
        {
            found.push(*name);
        }
    }
    found
}

/// The sheet is told as one that was not used. Rows of it that lie between those of another table stay in sight there.
fn take_out(tables: &mut Vec<Table>, place: usize, first: usize, named: PartnerId) {
    let sheet = tables.get(place).map(|table| table.sheet);
    if let (Some(sheet), Some(first)) = (sheet, tables.get_mut(first)) {
        first.layout.unused.push(sheet);
        first.layout.foreign.push((sheet, named));
    }
    let gone = tables.remove(place);
    if let Some(beside) = tables.iter_mut().find(|table| table.sheet == gone.sheet) {
        let rows = gone.layout.rows.into_iter().map(|(row, _)| (row, RowRole::SecondList));
        beside.layout.rows.extend(rows);
        beside.layout.rows.sort_by_key(|(row, _)| *row);
    }
}

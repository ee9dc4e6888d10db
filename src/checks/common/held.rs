//! Rows that are not merged for a reason that has its own finding.

use crate::checks::Context;
use crate::finding::Location;
use crate::model::{PartnerId, Reading, Record, Submission, Table, Value, folds_alike};
use crate::schema::{Role, TableSchema};

/// True if the row at this place is held because its key could not be read, or because nobody asked for it.
pub(in crate::checks) fn is_held(
    cx: &Context<'_>,
    submission: &Submission,
    table: &Table,
    at: Location,
) -> bool {
    let Location::Cell(at) = at else { return false };
    let row = |record: &Record| record.at.cell.row;
    let Ok(index) = table.records.binary_search_by_key(&at.cell.row, row) else { return false };
    let (schema, record) = (cx.schema(table), &table.records[index]);
    has_unreadable_key(schema, record)
        || names_other_board(cx, schema, record).is_some()
        || submission
            .identity
            .partner
            .is_some_and(|sender| names_other_partner(schema, record, sender).is_some())
        || is_unexpected(cx, schema, record, submission.identity.partner)
}

fn has_unreadable_key(schema: &TableSchema, record: &Record) -> bool {
    let keys = schema.primary_key.iter().copied().chain(schema.register.map(|register| register.key));
    let mut readings = keys.filter_map(|field| record.cells.get(field)).map(|cell| &cell.reading);
    readings.any(|reading| matches!(reading, Reading::Unreadable(_)))
}

/// The board that a row is for, if it is not this round's.
pub(in crate::checks) fn names_other_board(
    cx: &Context<'_>,
    schema: &TableSchema,
    record: &Record,
) -> Option<String> {
    let field = schema.role(Role::Board)?;
    let names: [&str; 2] = match record.cells.get(field)?.value()? {
        Value::Text(text) => [text, text],
        Value::Code(code) => {
            let list = cx.round.schema.lists.get(schema.fields[field].list?)?;
            let category = list.categories.get(usize::from(*code))?;
            [&category.label, &category.value]
        }
        _ => return None,
    };
    let ours = [cx.round.code.as_str(), cx.round.board.as_str()];
    let is_ours = names.iter().any(|name| ours.iter().any(|our| folds_alike(name, our)));
    (!is_ours).then(|| names[0].trim().to_owned())
}

/// The partner that a row's key names, if it is not the sender.
pub(in crate::checks) fn names_other_partner(
    schema: &TableSchema,
    record: &Record,
    sender: PartnerId,
) -> Option<(usize, PartnerId)> {
    let named = schema.primary_key.iter().find_map(|&field| match record.cells.get(field)?.value()? {
        Value::Agency(named) => Some((field, *named)),
        _ => None,
    });
    named.filter(|(_, named)| *named != sender)
}

fn is_unexpected(cx: &Context<'_>, schema: &TableSchema, record: &Record, sender: Option<PartnerId>) -> bool {
    let plan = &cx.round.plan;
    let Some(register) = schema.register.filter(|_| !plan.entries.is_empty()) else { return false };
    let Some(Value::Text(key)) = record.cells.get(register.key).and_then(crate::model::Cell::value) else {
        return false;
    };
    match plan.by_key.get(&**key).and_then(|entry| plan.entries.get(*entry)) {
        None => true,
        Some(entry) => sender.is_some_and(|sender| !entry.agencies.contains(&sender)),
    }
}

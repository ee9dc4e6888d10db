//! Who sent a return, for which period and on which template: from its cover, else its file's name, else its rows.

use super::Context;
use super::agency::Agencies;
use crate::model::{Cell, Identity, IdentitySource, Misread, PartnerId, Reading, Table, Value};
use crate::schema::{Field, FieldRef, FieldType};

/// Tells what a return says of itself.
pub(super) fn identity(tables: &[Table], file_name: &str, cx: &Context<'_>) -> Identity {
    let fields = &cx.schema.identity;
    let mut identity = Identity::default();
    if let Some(cell) = cell(tables, fields.agency) {
        match &cell.reading {
            Reading::Value(Value::Agency(id)) => {
                identity.partner = Some(*id);
                identity.partner_from = Some(IdentitySource::Cell(cell.at));
            }
            Reading::Unreadable(held) => {
                identity.unknown_partner = Some(held.raw.clone());
                if let Misread::Unknown { nearest } = &held.why {
                    identity.nearest_partner.clone_from(nearest);
                }
            }
            Reading::Value(_) | Reading::Blank => {}
        }
    }
    if let Some(cell) = cell(tables, fields.period)
        && let Some(Value::Period(period)) = cell.value()
    {
        identity.period = Some((*period, cell.at));
    }
    identity.template = words(tables, fields.template, cx);
    identity.board = words(tables, fields.board, cx);
    if let Some(Value::Date(found)) = cell(tables, fields.completed).and_then(Cell::value) {
        identity.completed = Some(found.date);
    }
    if let Some(power) = unit(tables, cx) {
        identity.unit = power.max(0);
        identity.rounded = power >= 0;
    }
    if identity.partner.is_none() && identity.unknown_partner.is_none() {
        let by_name = || cx.schema.identity.file_name.then(|| from_file_name(file_name, cx)).flatten();
        let found = by_name().map(|id| (id, IdentitySource::FileName));
        if let Some((id, from)) = found.or_else(|| from_rows(tables, cx).map(|id| (id, IdentitySource::Rows)))
        {
            identity.partner = Some(id);
            identity.partner_from = Some(from);
        }
    }
    identity
}

/// The cell of an identity field: the first that is filled.
fn cell(tables: &[Table], field: Option<FieldRef>) -> Option<&Cell> {
    let field = field?;
    let cells = tables
        .iter()
        .filter(|table| table.table == field.table)
        .flat_map(|table| &table.records)
        .filter_map(|record| record.cells.get(field.field));
    let mut cells = cells.filter(|cell| !cell.is_blank());
    cells.next()
}

/// What an identity field says in words: a text, or the label of a category.
fn words(
    tables: &[Table],
    field: Option<FieldRef>,
    cx: &Context<'_>,
) -> Option<(String, crate::model::Origin)> {
    let cell = cell(tables, field)?;
    let text = match &cell.reading {
        Reading::Value(Value::Text(text)) => text.to_string(),
        Reading::Value(Value::Code(code)) => {
            let list = cx.schema.lists.get(declared(field?, cx)?.list?)?;
            list.categories.get(usize::from(*code))?.label.clone()
        }
        Reading::Unreadable(held) => held.raw.clone(),
        _ => return None,
    };
    Some((text, cell.at))
}

fn declared<'a>(field: FieldRef, cx: &Context<'a>) -> Option<&'a Field> {
    cx.schema.tables.get(field.table)?.fields.get(field.field)
}

fn unit(tables: &[Table], cx: &Context<'_>) -> Option<i8> {
    let field = cx.schema.identity.units?;
    let code = cell(tables, Some(field))?.code()?;
    let list = cx.schema.lists.get(declared(field, cx)?.list?)?;
    list.categories.get(usize::from(code))?.unit
}

/// The partner with the longest name, other name or abbreviation in the file's name; none if two partners' are as long.
fn from_file_name(file_name: &str, cx: &Context<'_>) -> Option<PartnerId> {
    let stem = file_name.rsplit_once('.').map_or(file_name, |(stem, _)| stem);
    let agencies = Agencies::new(cx.partners, cx.bodies);
    if agencies.names_other_body(stem, cx.bodies) {
        return None;
    }
    let found = agencies.by_length(stem);
    match found.as_slice() {
        [(_, only)] => Some(*only),
        [(longest, first), (next, second), ..] if longest > next || first == second => Some(*first),
        _ => None,
    }
}

/// The partner that every row of the return names, in agency columns that are part of a key.
fn from_rows(tables: &[Table], cx: &Context<'_>) -> Option<PartnerId> {
    let mut named = None;
    for table in tables {
        let Some(declared) = cx.schema.tables.get(table.table) else { continue };
        let keys = declared.primary_key.iter().copied().filter(|index| {
            declared.fields.get(*index).is_some_and(|field| field.kind == FieldType::Agency && !field.many)
        });
        for key in keys {
            for record in &table.records {
                let Some(Value::Agency(id)) = record.cells.get(key).and_then(Cell::value) else {
                    return None;
                };
                if *named.get_or_insert(*id) != *id {
                    return None;
                }
            }
        }
    }
    named
}

//! What is known before a partner fills anything in: the plan, the ledger, the settings and the earlier round.

use super::content::{Before, Entry, Filled, Row};
use super::known::Known;
use crate::model::PartnerId;
use crate::round::{self, LedgerLine, RegisterEntry, Round};
use crate::schema::{ControlKind, FieldType, LayoutKind, TableSchema};

/// Blank rows of a table of which nothing is known.
const SPARE: u32 = 8;

/// The tables that a partner is asked for, with what is known of them.
pub(super) fn tables(round: &Round, partner: PartnerId) -> Vec<Filled> {
    let code = &round.partner(partner).code;
    let asked = |table: &TableSchema| table.from.is_empty() || table.from.contains(code);
    let tables = round.schema.tables.iter().enumerate().filter(|(_, table)| asked(table));
    tables.map(|(index, table)| filled(round, partner, index, table)).collect()
}

fn filled(round: &Round, partner: PartnerId, index: usize, table: &TableSchema) -> Filled {
    let known = Known::new(round, partner, index, table);
    let rows = if table.layout == LayoutKind::Form {
        vec![known.row(true)]
    } else if table.register.is_some() {
        planned(round, partner, table, &known)
    } else {
        let lines = ledgered(round, partner, index, table, &known);
        if lines.is_empty() { single(table, &known) } else { lines }
    };
    let spare = if rows.is_empty() { SPARE } else { 0 };
    Filled { table: index, rows, spare, ..Filled::default() }
}

/// The rows of the plan that the partner is asked about.
fn planned(round: &Round, partner: PartnerId, table: &TableSchema, known: &Known<'_>) -> Vec<Row> {
    let headings = round::headings(round, table);
    let entries = round.plan.entries.iter().filter(|entry| entry.agencies.contains(&partner));
    entries
        .map(|entry| {
            let mut row = known.row(true);
            for (field, slot) in row.slots.iter_mut().enumerate() {
                let cell = headings.get(field).copied().flatten().and_then(|place| entry.cells.get(place));
                let Some(text) = cell.map(|cell| cell.trim()).filter(|cell| !cell.is_empty()) else {
                    continue;
                };
                if let Some(entry) = known.entry(field, text) {
                    slot.entry = Some(entry);
                    slot.locked = known.is_fixed(field);
                }
            }
            row.before = before(round, partner, entry);
            row
        })
        .collect()
}

fn before(round: &Round, partner: PartnerId, entry: &RegisterEntry) -> Before {
    let said = || {
        let earlier = round.earlier.as_ref().filter(|earlier| earlier.period != round.period)?;
        earlier.answers.get(&(partner, entry.cells.get(round.plan.key)?.clone()))
    };
    let Some(said) = said() else { return Before::default() };
    let state: Vec<&str> = [&said.status, &said.rating].into_iter().flatten().map(String::as_str).collect();
    Before { update: said.update.clone(), state: (!state.is_empty()).then(|| state.join(", ")) }
}

/// A row for each line of the ledger that a control of the table holds this partner's rows against.
fn ledgered(
    round: &Round,
    partner: PartnerId,
    index: usize,
    table: &TableSchema,
    known: &Known<'_>,
) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for control in round.schema.controls.iter().filter(|control| control.table == index) {
        let ControlKind::Ledger { amount, by, ledger, column, .. } = &control.kind else { continue };
        let is_ours = |line: &&LedgerLine| {
            line.table == *ledger && line.partner.map_or(table.from.len() == 1, |other| other == partner)
        };
        for line in round.ledger.lines.iter().filter(is_ours) {
            let mut row = known.row(true);
            for &field in by.iter().filter(|field| table.fields[**field].kind != FieldType::Agency) {
                let name = line.names.get(&table.fields[field].name);
                if let Some(entry) = name.and_then(|name| known.entry(field, name)) {
                    row.slots[field].entry = Some(entry);
                    row.slots[field].locked = known.is_fixed(field);
                }
            }
            for (field, spec) in table.fields.iter().enumerate().filter(|(_, spec)| spec.locked) {
                let stated = *amount == field;
                let figure = line
                    .amounts
                    .iter()
                    .find(|(heading, _)| if stated { *heading == column } else { spec.is_called(heading) });
                if let Some((_, figure)) = figure.filter(|_| spec.kind == FieldType::Money) {
                    row.slots[field].entry = Some(Entry::Number(*figure));
                    row.slots[field].locked = true;
                }
            }
            let twice = |other: &Row| by.iter().all(|field| other.slots[*field] == row.slots[*field]);
            if !rows.iter().any(twice) {
                rows.push(row);
            }
        }
    }
    rows
}

/// The one row of a table whose key is known: who sends it, for which board and year.
fn single(table: &TableSchema, known: &Known<'_>) -> Vec<Row> {
    let row = known.row(true);
    let keyed = !table.primary_key.is_empty()
        && table.primary_key.iter().all(|field| row.slots[*field].entry.is_some());
    if keyed { vec![known.opening(row)] } else { Vec::new() }
}

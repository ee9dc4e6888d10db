//! An earlier round's returns → what was said in them.

use super::{Input, merge};
use crate::error::Error;
use crate::model::{PartnerId, Record, RegisterRow, Sink, Value};
use crate::round::{Earlier, EarlierAmounts, EarlierAnswer, EarlierEntry, Round, fate, held, row_key};
use crate::schema::{ControlKind, Ratings, Role, TableSchema, show_value};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// Most rows whose amounts are kept.
const MOST_ROWS: usize = 100_000;

/// Reads what partners said in an earlier round. Partners are matched by their code; one that is no longer on the list is
/// left out.
///
/// # Errors
///
/// If that round cannot be merged.
pub fn earlier(round: &Round, before: &Round, inputs: &[&dyn Input]) -> Result<Earlier, Error> {
    let taken = vec![(0, Decimal::ZERO); before.schema.tables.len()];
    let amounts = EarlierAmounts::new();
    let mut memory =
        Memory { round, before, answers: BTreeMap::new(), wanted: wanted(round), amounts, taken };
    let run = merge(before, inputs, Vec::new(), &mut memory, &|_| {})?;
    let plan = plan(before, &run.consolidated.register);
    let register = before.schema.register_table().and_then(|(_, table)| table.columns.reason.as_deref());
    let has_reasons = register.is_some_and(|name| before.plan.heading(name).is_some());
    let (answers, amounts) = (memory.answers, memory.amounts);
    Ok(Earlier { period: before.period, answers, amounts, plan, has_reasons })
}

/// What was to become of the entries of that round's plan.
fn plan(before: &Round, register: &[RegisterRow]) -> Vec<EarlierEntry> {
    let Some((index, schema)) = before.schema.register_table() else { return Vec::new() };
    let ratings = Ratings::new(&before.schema, index);
    let plan = &before.plan;
    let entries = plan.entries.iter().zip(register).map(|(entry, row)| {
        let cell = |column: Option<usize>| {
            column.and_then(|column| entry.cells.get(column)).map_or("", String::as_str).to_owned()
        };
        let named = |column: &Option<String>| cell(column.as_deref().and_then(|name| plan.heading(name)));
        let decision = named(&schema.columns.decision);
        let answers = row.responses.iter().filter_map(|response| response.row);
        EarlierEntry {
            line: entry.line,
            key: row.key.clone(),
            title: cell(plan.title),
            fate: fate(&before.schema, schema, &decision),
            decision,
            next: named(&schema.columns.next),
            reason: named(&schema.columns.reason),
            left_open: answers.into_iter().any(|answer| ratings.is_open(answer)),
        }
    });
    entries.collect()
}

/// Names of the tables whose amounts a control holds against an earlier round.
fn wanted(round: &Round) -> BTreeSet<&str> {
    let compares = |kind: &ControlKind| matches!(kind.name(), "prior-year" | "restatement");
    let controls = round.schema.controls.iter().filter(|control| compares(&control.kind));
    controls
        .filter_map(|control| round.schema.tables.get(control.table))
        .map(|table| table.name.as_str())
        .collect()
}

/// Keeps the answers and lets the rows go.
struct Memory<'a> {
    round: &'a Round,
    before: &'a Round,
    answers: BTreeMap<(PartnerId, String), EarlierAnswer>,
    /// Tables whose amounts are kept.
    wanted: BTreeSet<&'a str>,
    amounts: EarlierAmounts,
    taken: Vec<(u32, Decimal)>,
}

impl Memory<'_> {
    fn partner(&self, before: PartnerId) -> Option<PartnerId> {
        let code = &self.before.partners.get(usize::from(before.0))?.code;
        self.round.partners().find(|(_, partner)| partner.code == *code).map(|(id, _)| id)
    }

    fn remember(&mut self, schema: &TableSchema, partner: PartnerId, record: &Record) {
        if !self.wanted.contains(schema.name.as_str()) || self.amounts.len() >= MOST_ROWS {
            return;
        }
        let Some(key) = row_key(self.before, schema, record) else { return };
        let amounts =
            schema.fields.iter().zip(&record.cells).filter_map(|(field, cell)| match cell.value()? {
                Value::Money(money) => Some((field.name.clone(), money.pounds)),
                _ => None,
            });
        self.amounts.insert((partner, schema.name.clone(), key), amounts.collect());
    }

    fn answer(&self, schema: &TableSchema, record: &Record) -> EarlierAnswer {
        let shown = |role| {
            let field = schema.role(role)?;
            let value = record.cells.get(field)?.value()?;
            let shown =
                show_value(value, schema.fields.get(field)?, &self.before.schema, &self.before.partners);
            Some(shown.into_owned())
        };
        EarlierAnswer {
            update: shown(Role::Update),
            rating: shown(Role::Rating),
            status: shown(Role::Status),
        }
    }
}

impl Sink for Memory<'_> {
    fn merged(&mut self, table: usize, _: u32, partner: PartnerId, record: &Record) -> Result<(), Error> {
        if let Some(taken) = self.taken.get_mut(table) {
            taken.0 += 1;
            for cell in &record.cells {
                if let Some(Value::Money(money)) = cell.value() {
                    taken.1 += money.pounds;
                }
            }
        }
        let before = self.before;
        let Some(schema) = before.schema.tables.get(table) else { return Ok(()) };
        let Some(partner) = self.partner(partner) else { return Ok(()) };
        self.remember(schema, partner, record);
        if let Some(key) = held::register_key(before, schema, record) {
            let answer = self.answer(schema, record);
            self.answers.insert((partner, key.into_owned()), answer);
        }
        Ok(())
    }

    fn taken(&self) -> Vec<(u32, Decimal)> {
        self.taken.clone()
    }
}

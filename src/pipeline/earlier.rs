//! An earlier round's returns → what was said in them.

use super::{Input, merge};
use crate::error::Error;
use crate::model::{PartnerId, Record, Sink, Value};
use crate::round::{Earlier, EarlierAnswer, Round, held};
use crate::schema::{Role, TableSchema, show_value};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// Reads what partners said in an earlier round. Partners are matched by their code; one that is no longer on the list is
/// left out.
///
/// # Errors
///
/// If that round cannot be merged.
pub fn earlier(round: &Round, before: &Round, inputs: &[&dyn Input]) -> Result<Earlier, Error> {
    let taken = vec![(0, Decimal::ZERO); before.schema.tables.len()];
    let mut memory = Memory { round, before, answers: BTreeMap::new(), taken };
    merge(before, inputs, Vec::new(), &mut memory, &|_| {})?;
    Ok(Earlier { period: before.period, answers: memory.answers })
}

/// Keeps the answers and lets the rows go.
struct Memory<'a> {
    round: &'a Round,
    before: &'a Round,
    answers: BTreeMap<(PartnerId, String), EarlierAnswer>,
    taken: Vec<(u32, Decimal)>,
}

impl Memory<'_> {
    fn partner(&self, before: PartnerId) -> Option<PartnerId> {
        let code = &self.before.partners.get(usize::from(before.0))?.code;
        self.round.partners().find(|(_, partner)| partner.code == *code).map(|(id, _)| id)
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
        if let Some(schema) = self.before.schema.tables.get(table)
            && let Some(partner) = self.partner(partner)
            && let Some(key) = held::register_key(self.before, schema, record)
        {
            let answer = self.answer(schema, record);
            self.answers.insert((partner, key.into_owned()), answer);
        }
        Ok(())
    }

    fn taken(&self) -> Vec<(u32, Decimal)> {
        self.taken.clone()
    }
}

//! What partners said in an earlier round.

use super::Round;
use crate::model::{PartnerId, Period, Record, Value, fold};
use crate::schema::{FieldType, Role, TableSchema, show_value};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// Rows of an earlier round by partner, table and what they are called.
pub type EarlierAmounts = BTreeMap<(PartnerId, String, String), BTreeMap<String, Decimal>>;

/// The answers of an earlier round, as far as this one compares with them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Earlier {
    /// The period of that round.
    pub period: Period,
    /// By partner of this round and key of the plan.
    pub answers: BTreeMap<(PartnerId, String), EarlierAnswer>,
    /// The amounts of tables with a control that compares them, in pounds, by the names of fields; no more than 100,000
    /// rows.
    pub amounts: EarlierAmounts,
}

/// What one partner said about one entry of the plan.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EarlierAnswer {
    /// The words.
    pub update: Option<String>,
    /// The rating, by its label.
    pub rating: Option<String>,
    /// Where it stood, by its label.
    pub status: Option<String>,
}

/// What a row is called whatever the round: its key without the partner, the board and the round's own year.
#[must_use]
pub fn row_key(round: &Round, schema: &TableSchema, record: &Record) -> Option<String> {
    let year = round.period.whole_year();
    let mut words = Vec::new();
    for &field in &schema.primary_key {
        let spec = schema.fields.get(field)?;
        if spec.kind == FieldType::Agency || spec.role == Some(Role::Board) {
            continue;
        }
        match record.cells.get(field)?.value()? {
            Value::Period(period) if period.whole_year() == year => {}
            Value::Text(text) if Period::parse(text) == Some(year) => {}
            value => words.push(fold(&show_value(value, spec, &round.schema, &round.partners))),
        }
    }
    Some(words.join(" | "))
}

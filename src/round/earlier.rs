//! What partners said in an earlier round.

use super::Round;
use crate::model::{PartnerId, Period, Record, Value, fold};
use crate::schema::{FieldType, Role, Schema, TableSchema, show_value};
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
    /// Its plan, in file order.
    pub plan: Vec<EarlierEntry>,
}

/// One entry of an earlier round's plan, and what was to become of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EarlierEntry {
    /// Its line in that round's `plan.csv` (one-based, headings are line 1).
    pub line: u32,
    /// Its key.
    pub key: String,
    /// Its wording; blank if the register has none.
    pub title: String,
    /// What was decided, as written; blank if nothing was.
    pub decision: String,
    /// Whether that means that it goes on; `None` if nothing was decided.
    pub goes_on: Option<bool>,
    /// As which entries of the next plan, as written.
    pub next: String,
    /// Why not, as written.
    pub reason: String,
    /// True if a partner that was asked left it open.
    pub left_open: bool,
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

/// Whether what a register says of next year means that an entry goes on; `None` if it says nothing. A category of the
/// column's list that `means` withdrawn ends it.
#[must_use]
pub fn goes_on(schema: &Schema, table: &TableSchema, decision: &str) -> Option<bool> {
    if decision.trim().is_empty() {
        return None;
    }
    let column = table.columns.decision.as_deref().and_then(|name| table.field(name));
    let list = column.and_then(|field| table.fields.get(field)?.list).and_then(|list| schema.lists.get(list));
    let said = fold(decision);
    let category = list.into_iter().flat_map(|list| &list.categories).find(|category| {
        let words = [&category.value, &category.label].into_iter().chain(&category.synonyms);
        words.map(|word| fold(word)).any(|word| word == said)
    });
    Some(category.and_then(|category| category.means.as_deref()) != Some("withdrawn"))
}

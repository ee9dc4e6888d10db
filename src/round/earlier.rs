//! What partners said in an earlier round.

use super::Round;
use crate::model::{PartnerId, Period, Record, Value, fold};
use crate::schema::{Category, CodeList, FieldType, Role, Schema, TableSchema, show_value};
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
    /// True if that plan has a column for why an entry does not go on.
    pub has_reasons: bool,
}

/// What a register says is to become of an entry.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Fate {
    /// Nothing is said.
    #[default]
    Unsaid,
    /// It goes on.
    GoesOn,
    /// It ends before it is done.
    Dropped,
    /// It is done.
    Complete,
    /// What is said is not known.
    Unknown,
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
    /// What that means.
    pub fate: Fate,
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

/// True for a mark that says nothing: a dash, *n/a*, *none*, *to be confirmed*.
#[must_use]
pub fn says_nothing(text: &str) -> bool {
    let text = text.trim();
    !text.chars().any(char::is_alphanumeric)
        || [
            "n/a",
            "na",
            "n.a.",
            "none",
            "nil",
            "not applicable",
            "tbc",
            "tbd",
            "to be confirmed",
            "to be decided",
        ]
        .contains(&text.to_lowercase().trim_end_matches('.'))
        || text.eq_ignore_ascii_case("n.a.")
}

/// What the words of a register's decision mean, by the list of its column: a category that `means` withdrawn or complete ends
/// the entry, any other carries it on. Yes and no, and words that another list of the schema calls complete, are understood
/// too; any other word is not.
#[must_use]
pub fn fate(schema: &Schema, table: &TableSchema, decision: &str) -> Fate {
    if says_nothing(decision) {
        return Fate::Unsaid;
    }
    let said = fold(decision);
    let find = |list: &'_ CodeList| {
        let is_it = |category: &&Category| {
            let words = [&category.value, &category.label].into_iter().chain(&category.synonyms);
            words.map(|word| fold(word)).any(|word| word == said)
        };
        list.categories.iter().find(is_it).map(|category| category.means.clone().unwrap_or_default())
    };
    let column = table.columns.decision.as_deref().and_then(|name| table.field(name));
    let list = column.and_then(|field| table.fields.get(field)?.list).and_then(|list| schema.lists.get(list));
    match list.and_then(find).as_deref() {
        Some("withdrawn") => return Fate::Dropped,
        Some("complete") => return Fate::Complete,
        Some(_) => return Fate::GoesOn,
        None => {}
    }
    let means_complete = |list| find(list).as_deref() == Some("complete");
    match decision.trim().to_lowercase().as_str() {
        "yes" | "y" => Fate::GoesOn,
        "no" | "n" => Fate::Dropped,
        "complete" | "completed" | "done" | "finished" => Fate::Complete,
        _ if schema.lists.iter().any(means_complete) => Fate::Complete,
        _ => Fate::Unknown,
    }
}

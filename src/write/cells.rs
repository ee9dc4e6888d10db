//! Values of the model as things that a cell can show.

use super::styles::Look;
use crate::model::{Cell, Reading, Value};
pub(super) use crate::overview::{heading_title, partner_name};
use crate::round::Round;
use crate::schema::{Field, FieldType};
use jiff::civil::Date;
use rust_decimal::Decimal;

/// Something to write into one cell.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Item<'a> {
    /// Nothing.
    Blank,
    /// Text.
    Text(&'a str),
    /// Text that was put together.
    Owned(String),
    /// Text kept as it was typed because it could not be read.
    Held(&'a str),
    /// A word that says whether a check passes.
    Flag(String, bool),
    /// A word for what was not reported.
    Unknown(&'a str),
    /// A category.
    Code {
        /// Its list.
        list: usize,
        /// Its place in the list.
        code: u16,
        /// Its words.
        label: &'a str,
    },
    /// A number or an amount in pounds.
    Number(Decimal),
    /// A share: 61.01 for 61.01%.
    Share(Decimal),
    /// A whole number.
    Whole(i64),
    /// A day.
    Date(Date),
    /// Words that lead to another cell of the workbook.
    Link {
        /// Where to.
        to: String,
        /// The words.
        text: String,
    },
    /// A number that leads to another cell of the workbook.
    LinkedNumber {
        /// Where to.
        to: String,
        /// The number.
        number: Decimal,
    },
    /// A live formula.
    Formula {
        /// With its equals sign.
        formula: String,
        /// What it gives.
        result: String,
    },
}

impl Item<'_> {
    /// Roughly how many characters it takes up.
    pub(super) fn length(&self) -> usize {
        match self {
            Self::Blank => 0,
            Self::Text(text) | Self::Held(text) | Self::Unknown(text) => text.len(),
            Self::Owned(text) | Self::Flag(text, _) | Self::Link { text, .. } => text.len(),
            Self::Code { label, .. } => label.len(),
            Self::Number(number) | Self::LinkedNumber { number, .. } => digits(*number),
            Self::Share(_) => 8,
            Self::Whole(number) => digits(Decimal::from(*number)),
            Self::Date(_) => 11,
            Self::Formula { result, .. } => match result.parse::<Decimal>() {
                Ok(number) => digits(number) + 1,
                Err(_) => result.len() + 4,
            },
        }
    }
}

/// Letters of an amount with its pound sign, separators and pennies.
fn digits(number: Decimal) -> usize {
    let whole = number.trunc().abs().normalize();
    let digits = whole.mantissa().unsigned_abs().checked_ilog10().map_or(1, |tens| tens as usize + 1);
    1 + digits + (digits - 1) / 3 + PENNIES
}

/// Letters of pennies with their point.
pub(super) const PENNIES: usize = 3;

/// A cell of a record as something to write.
pub(super) fn item<'a>(cell: &'a Cell, field: &Field, round: &'a Round) -> Item<'a> {
    match &cell.reading {
        Reading::Blank => Item::Blank,
        Reading::Unreadable(unread) => Item::Held(&unread.raw),
        Reading::Value(value) => value_item(value, field, round),
    }
}

fn value_item<'a>(value: &'a Value, field: &Field, round: &'a Round) -> Item<'a> {
    match value {
        Value::Text(text) => Item::Text(text),
        Value::Code(code) => {
            let list = field.list.unwrap_or(usize::MAX);
            Item::Code { list, code: *code, label: label(round, list, *code) }
        }
        Value::Agency(partner) => Item::Text(partner_name(round, *partner)),
        Value::Date(day) => Item::Date(day.date),
        Value::Money(money) => Item::Number(money.pounds),
        Value::Integer(number) => Item::Whole(*number),
        Value::Number(number) => Item::Number(*number),
        Value::Percent(percent) => Item::Share(*percent),
        Value::Boolean(yes) => Item::Text(if *yes { "Yes" } else { "No" }),
        Value::Codes(codes) => {
            Item::Owned(join(codes.iter().map(|code| label(round, field.list.unwrap_or(usize::MAX), *code))))
        }
        Value::Agencies(partners) => {
            Item::Owned(join(partners.iter().map(|partner| partner_name(round, *partner))))
        }
        Value::Period(period) => Item::Owned(period.to_string()),
        Value::Word(word) => Item::Owned(field.allow.get(usize::from(*word)).cloned().unwrap_or_default()),
    }
}

fn join<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words.collect::<Vec<_>>().join("; ")
}

/// A cell as running text.
pub(super) fn words(cell: &Cell, field: &Field, round: &Round) -> String {
    match item(cell, field, round) {
        Item::Text(text) | Item::Held(text) | Item::Unknown(text) => text.to_owned(),
        Item::Owned(text) | Item::Flag(text, _) => text,
        Item::Code { label, .. } => label.to_owned(),
        Item::Number(number) if field.kind == FieldType::Money => crate::model::pounds(number),
        Item::Number(number) | Item::LinkedNumber { number, .. } => number.normalize().to_string(),
        Item::Share(percent) => format!("{}%", percent.normalize()),
        Item::Whole(number) => number.to_string(),
        Item::Date(day) => day_words(day),
        Item::Blank | Item::Link { .. } | Item::Formula { .. } => String::new(),
    }
}

/// A day as people here write it: 31/03/2014.
pub(super) fn day_words(day: Date) -> String {
    format!("{:02}/{:02}/{:04}", day.day(), day.month(), day.year())
}

/// A category's words; blank if there is no such category.
pub(super) fn label(round: &Round, list: usize, code: u16) -> &str {
    let category = round.schema.lists.get(list).and_then(|list| list.categories.get(usize::from(code)));
    category.map_or("", |category| if category.label.is_empty() { &category.value } else { &category.label })
}

/// How a field's column looks.
pub(super) fn look(field: &Field) -> Look {
    match field.kind {
        FieldType::Integer => Look::Whole,
        FieldType::Number => Look::Number,
        FieldType::Percent => Look::Percent,
        FieldType::Money => Look::Money,
        FieldType::Date => Look::Date,
        FieldType::Boolean | FieldType::Period => Look::Centre,
        FieldType::Code if !field.many => Look::Centre,
        FieldType::Agency if !field.many => Look::Text,
        FieldType::String if field.constraints.pattern.is_some() => Look::Text,
        FieldType::String | FieldType::Code | FieldType::Agency => Look::Wrap,
    }
}

/// The look of amounts in some fields of merged rows.
pub(super) fn money_look(rows: &[crate::model::Kept], fields: &[usize]) -> Look {
    let cells = rows.iter().flat_map(|row| fields.iter().filter_map(|field| row.cells.get(*field)));
    let amounts: Vec<Decimal> = cells.filter_map(Cell::money).map(|money| money.pounds).collect();
    Look::money(&amounts)
}

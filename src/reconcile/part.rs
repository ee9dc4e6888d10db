//! Cells that name a line: compared with each other without allocating, and with the words of the ledger.

use super::words::value_in_words;
use crate::model::{Cell, PartialDate, PartnerId, Period, Reading, Value, folds_alike};
use crate::round::Round;
use crate::schema::{Field, TableSchema};
use rust_decimal::Decimal;

/// What one cell contributes to the name of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part<'a> {
    /// Blank, or a word such as *not stated*.
    Blank,
    /// It could not be read.
    Unread,
    Code(u16),
    Codes(&'a [u16]),
    Agency(PartnerId),
    Agencies(&'a [PartnerId]),
    Text(&'a str),
    Integer(i64),
    Number(Decimal),
    Date(PartialDate),
    Period(Period),
    Boolean(bool),
}

impl<'a> Part<'a> {
    /// The part that a cell contributes.
    pub(super) fn of(cell: Option<&'a Cell>) -> Self {
        let Some(cell) = cell else { return Self::Blank };
        match &cell.reading {
            Reading::Blank | Reading::Value(Value::Word(_)) => Self::Blank,
            Reading::Unreadable(_) => Self::Unread,
            Reading::Value(value) => match value {
                Value::Word(_) => Self::Blank,
                Value::Text(text) => Self::Text(text),
                Value::Code(code) => Self::Code(*code),
                Value::Codes(codes) => match **codes {
                    [code] => Self::Code(code),
                    _ => Self::Codes(codes),
                },
                Value::Agency(partner) => Self::Agency(*partner),
                Value::Agencies(partners) => match **partners {
                    [partner] => Self::Agency(partner),
                    _ => Self::Agencies(partners),
                },
                Value::Date(date) => Self::Date(*date),
                Value::Period(period) => Self::Period(*period),
                Value::Money(money) => Self::Number(money.pounds),
                Value::Integer(number) => Self::Integer(*number),
                Value::Number(number) | Value::Percent(number) => Self::Number(*number),
                Value::Boolean(yes) => Self::Boolean(*yes),
            },
        }
    }

    /// The text, where the cell is one.
    pub(super) fn text(self) -> Option<&'a str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// True if nothing is named.
    pub(super) fn is_unnamed(self) -> bool {
        matches!(self, Self::Blank | Self::Unread)
    }

    /// True if a text of the ledger (or of a control) means this part.
    pub(super) fn is(self, text: &str, field: &Field, round: &Round) -> bool {
        match self {
            Self::Blank | Self::Unread | Self::Codes(_) | Self::Agencies(_) => false,
            Self::Text(own) => folds_alike(own, text),
            Self::Code(code) => field
                .list
                .and_then(|list| round.schema.lists.get(list)?.categories.get(usize::from(code)))
                .is_some_and(|category| {
                    folds_alike(&category.value, text)
                        || folds_alike(&category.label, text)
                        || category.synonyms.iter().any(|synonym| folds_alike(synonym, text))
                }),
            Self::Agency(partner) => round.partners.get(usize::from(partner.0)).is_some_and(|partner| {
                let others = partner.aliases.iter().chain(&partner.abbreviations).chain(&partner.formerly);
                [&partner.code, &partner.name].into_iter().chain(others).any(|name| folds_alike(name, text))
            }),
            Self::Integer(number) => text.trim().parse() == Ok(number),
            Self::Number(number) => text.trim().parse() == Ok(number),
            Self::Date(date) => text.trim().parse().ok() == Some(date.date),
            Self::Period(period) => Period::parse(text) == Some(period),
            Self::Boolean(yes) => folds_alike(text, if yes { "yes" } else { "no" }),
        }
    }
}

/// Cells as the name of a line in words, without those that name nothing.
pub(super) fn in_words(
    round: &Round,
    schema: &TableSchema,
    cells: &[Cell],
    fields: impl Iterator<Item = usize>,
) -> String {
    let names = fields.filter_map(|field| {
        let value = cells.get(field).and_then(Cell::value)?;
        value_in_words(round, &schema.fields[field], value)
    });
    names.collect::<Vec<_>>().join(" · ")
}

//! A row that is held, as it is listed.

use crate::model::{HeldRow, Reading, Submission, Value};
use crate::round::Round;
use crate::round::held::{Held, in_words};
use crate::schema::show_value;
use rust_decimal::Decimal;

/// A row as it is listed among those held.
pub(super) fn row(round: &Round, submission: &Submission, held: &Held<'_>, pounds: Decimal) -> HeldRow {
    let fields = &round.schema.tables[held.table.table].fields;
    let cells = held.record.cells.iter().zip(fields).map(|(cell, field)| match &cell.reading {
        Reading::Blank => String::new(),
        Reading::Value(value) => show_value(value, field, &round.schema, &round.partners).into_owned(),
        Reading::Unreadable(unread) => unread.raw.clone(),
    });
    let amounts = held.record.cells.iter().enumerate().filter_map(|(field, cell)| match cell.value()? {
        Value::Money(money) => Some((field, money.pounds)),
        Value::Integer(number) => Some((field, Decimal::from(*number))),
        Value::Number(number) | Value::Percent(number) => Some((field, *number)),
        _ => None,
    });
    HeldRow {
        table: held.table.table,
        partner: submission.identity.partner,
        at: held.record.at,
        reason: held.why.clone(),
        why: in_words(round, submission, held),
        cells: cells.collect(),
        pounds,
        amounts: amounts.collect(),
    }
}

//! Shares in percent. Excel stores 61% as 0.61; a column of plain figures holds 61.

use super::cell::Got;
use super::number;
use crate::model::{ChangeKind, Misread, Raw, Value};
use rust_decimal::Decimal;

/// A percent field. `fractions` is true if every number of the column is at most one, so that they are fractions.
pub(super) fn read(raw: Raw<'_>, fractions: bool) -> Got {
    match raw {
        Raw::Number(stored) => match number::from_stored(stored) {
            Some(value) if fractions => match value.checked_mul(Decimal::ONE_HUNDRED) {
                Some(percent) => {
                    // 0.61 may have been typed for less than one percent; 0.6101 or 1 is what Excel stores.
                    let doubtful = (1..=2).contains(&value.scale());
                    Got::Value(Value::Percent(percent.normalize()), doubtful.then_some(ChangeKind::Fraction))
                }
                None => Got::Held(Misread::OutOfRange),
            },
            Some(value) => Got::Value(Value::Percent(value), None),
            None => Got::Held(Misread::OutOfRange),
        },
        Raw::Text(text) => {
            let text = text.trim();
            let bare = text.strip_suffix('%').or_else(|| text.strip_suffix("per cent")).unwrap_or(text);
            match number::plain(bare) {
                Ok(value) => Got::Value(Value::Percent(value), Some(ChangeKind::NumberAsText)),
                Err(why) => Got::Held(why),
            }
        }
        _ => Got::Held(Misread::NotThis),
    }
}

/// True if a number cannot be a fraction.
#[must_use]
pub(super) fn is_plain(number: f64) -> bool {
    number.abs() > 1.0
}

//! Shares in percent. Excel stores 61% as 0.61; a column of plain figures holds 61.

use super::cell::Got;
use super::number;
use crate::model::{ChangeKind, Misread, Raw, Value};
use rust_decimal::Decimal;

/// A percent field. `fractions` is true if every number of the column is at most one, so that they are fractions.
pub(super) fn read(raw: Raw<'_>, fractions: bool) -> Got {
    match raw {
        Raw::Number(stored) => match crate::model::stored_decimal(stored)
            .filter(|value| number::within(*value))
        {
            Some(value) if fractions => match value.checked_mul(Decimal::ONE_HUNDRED) {
                Some(percent) if number::within(percent) => {
                    // 0.61 may have been typed for less than one percent; 0.6101 or 1 is what Excel stores.
                    let doubtful = (1..=2).contains(&value.scale());
                    Got::Value(Value::Percent(percent.normalize()), doubtful.then_some(ChangeKind::Fraction))
                }
                _ => Got::Held(Misread::OutOfRange),
            },
            Some(value) => Got::Value(Value::Percent(value), None),
            None => Got::Held(Misread::OutOfRange),
        },
        Raw::Text(text) => {
            let text = text.trim();
            let bare = text.strip_suffix('%').or_else(|| text.strip_suffix("per cent")).unwrap_or(text);
            match number::plain(bare) {
                Ok(value) if !number::within(value) => Got::Held(Misread::OutOfRange),
                Ok(value) => Got::Value(Value::Percent(value), Some(ChangeKind::NumberAsText)),
                Err(why) => Got::Held(number::why_not(bare, why)),
            }
        }
        _ => Got::Held(Misread::NotThis),
    }
}

/// A number that its cell shows with a percent sign.
pub(super) fn shown(stored: f64) -> Got {
    let value =
        crate::model::stored_decimal(stored).and_then(|value| value.checked_mul(Decimal::ONE_HUNDRED));
    match value.filter(|value| number::within(*value)) {
        Some(percent) => Got::Value(Value::Percent(percent.normalize()), None),
        None => Got::Held(Misread::OutOfRange),
    }
}

/// True if a number cannot be a fraction.
#[must_use]
pub(super) fn is_plain(number: f64) -> bool {
    number.abs() > 1.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_large_to_add_up_is_held() {
        for raw in
            [Raw::Number(7e28), Raw::Number(-7e28), Raw::Text("70,000,000,000,000%"), Raw::Text("7E+28%")]
        {
            assert_eq!(read(raw, false), Got::Held(Misread::OutOfRange), "{raw:?}");
        }
        assert_eq!(read(Raw::Number(9e12), true), Got::Held(Misread::OutOfRange));
        assert_eq!(read(Raw::Number(61.0), false), Got::Value(Value::Percent(Decimal::from(61)), None));
    }
}

//! Money: exact pounds, with the unit that they were given to.

use super::amount::{self, Written};
use super::cell::Got;
use super::number;
use crate::model::{ChangeKind, Misread, Money, Raw, Value};
use rust_decimal::Decimal;

/// What plain amounts of a column mean.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Unit {
    /// Power of ten: 0 pounds, 3 thousands.
    pub power: i8,
    /// True if amounts without pennies were rounded to whole pounds.
    pub rounded: bool,
    /// True if an amount below zero is held.
    pub query_negatives: bool,
}

/// A money field.
pub(super) fn money(raw: Raw<'_>, unit: Unit) -> Got {
    match raw {
        Raw::Number(stored) => match crate::model::stored_decimal(stored).map(number::without_noise) {
            Some(value) => settle(value, digits_after_point(value), None, unit),
            None => Got::Held(Misread::OutOfRange),
        },
        Raw::Text(text) => match amount::read(text) {
            Ok(written) => from_text(written, unit),
            Err(Misread::Ambiguous(readings)) => Got::Held(Misread::Ambiguous(in_pounds(readings))),
            Err(why) => Got::Held(number::why_not(text, why)),
        },
        _ => Got::Held(Misread::NotThis),
    }
}

fn from_text(written: Written, unit: Unit) -> Got {
    let value = if written.negative { -written.digits.value } else { written.digits.value };
    if written.digits.value.is_zero() {
        let kind = if written.plain { ChangeKind::NumberAsText } else { ChangeKind::Amount };
        return Got::Value(Value::Money(Money::ZERO), Some(kind));
    }
    if let Some(power) = written.multiplier {
        let unit = Unit { power, ..unit };
        return settle(value, written.digits.decimals, Some(ChangeKind::Unit), unit);
    }
    if unit.power != 0 && written.pounds {
        // A pound sign in a column of thousands: £645 may be pounds or thousands.
        let scaled = scale(value, unit.power).map_or_else(String::new, crate::model::pounds);
        return Got::Held(Misread::Ambiguous(vec![crate::model::pounds(value), scaled]));
    }
    let kind = if written.plain { ChangeKind::NumberAsText } else { ChangeKind::Amount };
    settle(value, written.digits.decimals, Some(kind), unit)
}

/// Brings a value to pounds and says how precisely it was given.
fn settle(value: Decimal, decimals: u8, change: Option<ChangeKind>, unit: Unit) -> Got {
    let pounds = scale(value, unit.power).filter(|pounds| number::within(*pounds));
    let Some(pounds) = pounds else { return Got::Held(Misread::OutOfRange) };
    let decimals = i8::try_from(decimals).unwrap_or(i8::MAX);
    let coarse = if unit.power != 0 {
        unit.power.saturating_sub(decimals).max(-2)
    } else if unit.rounded && decimals == 0 {
        0
    } else {
        -2
    };
    let money = Money { pounds, unit: coarse };
    if unit.query_negatives && pounds.is_sign_negative() && !pounds.is_zero() {
        return Got::Held(Misread::Minus(money));
    }
    let change = if unit.power == 0 { change } else { Some(ChangeKind::Unit) };
    Got::Value(Value::Money(money), change)
}

fn scale(value: Decimal, power: i8) -> Option<Decimal> {
    if power == 0 {
        return Some(value);
    }
    let factor = Decimal::from(10_i64.checked_pow(u32::try_from(power).ok()?)?);
    value.checked_mul(factor).map(|value| value.normalize())
}

fn digits_after_point(value: Decimal) -> u8 {
    // Stored numbers come without trailing zeros.
    u8::try_from(value.scale()).unwrap_or(u8::MAX)
}

fn in_pounds(readings: Vec<String>) -> Vec<String> {
    readings
        .into_iter()
        .map(|reading| reading.parse::<Decimal>().map_or(reading, crate::model::pounds))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text(text: &str) -> Got {
        money(Raw::Text(text), Unit::default())
    }

    fn amount(got: &Got) -> Option<(String, i8)> {
        match got {
            Got::Value(Value::Money(money), _) => Some((money.pounds.normalize().to_string(), money.unit)),
            _ => None,
        }
    }

    #[test]
    fn amounts_are_read_as_written() {
        for (typed, pounds, unit) in [
            ("£1,234.50", "1234.5", -2),
            ("£ 4,612", "4612", -2),
            ("4612", "4612", -2),
            ("(500)", "-500", -2),
            ("£(500)", "-500", -2),
            ("(£4,612)", "-4612", -2),
            ("500-", "-500", -2),
            ("-£500.05", "-500.05", -2),
            ("£-500", "-500", -2),
            ("500 CR", "-500", -2),
            ("500 DR", "500", -2),
            ("£20k", "20000", 3),
            ("£20.5K", "20500", 2),
            ("£1.2m", "1200000", 5),
            ("1.25 million", "1250000", 4),
            ("nil", "0", -2),
            ("-", "0", -2),
            ("NIL", "0", -2),
            ("£500 paid Jan", "500", -2),
            ("£500 paid 12 Jan 2014", "500", -2),
            ("£36,198 inc VAT", "36198", -2),
            ("GBP 500", "500", -2),
            ("0.645", "0.645", -2),
            (".50", "0.5", -2),
            ("£500.", "500", -2),
            ("11 300.75", "11300.75", -2),
            ("11,300.75 pounds", "11300.75", -2),
            ("£11,300.75p", "11300.75", -2),
            ("£500 (invoiced)", "500", -2),
            ("None", "0", -2),
            ("£11,300.75 (14/01/14)", "11300.75", -2),
            ("£11,300.75 - paid 14 January", "11300.75", -2),
            ("£11,300.75 inv 4471", "11300.75", -2),
            ("approx £11,300.75", "11300.75", -2),
        ] {
            assert_eq!(amount(&text(typed)), Some((pounds.to_owned(), unit)), "{typed}");
        }
    }

    #[test]
    fn words_that_say_no_are_no_words_beside_an_amount() {
        for said in ["no £7,541.25", "No cash £500", "£7,541.25 no", "No £500 received"] {
            assert_eq!(amount(&text(said)), None, "{said}");
        }
        assert_eq!(amount(&text("£500 inv no 1234")), Some(("500".to_owned(), -2)));
    }

    #[test]
    fn what_may_mean_two_things_is_held() {
        let held = |typed: &str| match text(typed) {
            Got::Held(why) => why,
            other => panic!("{typed} was read as {other:?}"),
        };
        assert_eq!(held("£45,203 paid Jan, £500 to follow"), Misread::TwoAmounts);
        assert_eq!(held("500 / 600"), Misread::TwoAmounts);
        assert_eq!(held("61%"), Misread::PercentInMoney);
        assert_eq!(held("12,34"), Misread::Ambiguous(vec!["£12.34".into(), "£1,234".into()]));
        assert_eq!(held("£12.345"), Misread::Ambiguous(vec!["£12.345".into(), "£12,345".into()]));
        for typed in [
            "as last year",
            "approx £500",
            "£500 to follow",
            "£500 less VAT",
            "(500",
            "--5",
            "£500?",
            "$500",
            "500 paid",
            "1e5",
            "£5-£10",
            "£500 (less VAT)",
            "£500 (50)",
            "500p",
            "£500 250",
            "£500 - 50",
            "£500 - less VAT",
            "£500 no 4k",
            "£500 (32/01/14)",
        ] {
            assert!(matches!(held(typed), Misread::NotThis | Misread::TwoAmounts), "{typed}");
        }
    }

    #[test]
    fn units_come_from_the_sheet_or_from_the_cell() {
        let thousands = Unit { power: 3, ..Unit::default() };
        assert_eq!(amount(&money(Raw::Number(0.645), thousands)), Some(("645".into(), 0)));
        assert_eq!(amount(&money(Raw::Number(127.0), thousands)), Some(("127000".into(), 3)));
        assert_eq!(amount(&money(Raw::Text("£20k"), thousands)), Some(("20000".into(), 3)));
        assert!(matches!(money(Raw::Text("£645"), thousands), Got::Held(Misread::Ambiguous(_))));
        let rounded = Unit { rounded: true, ..Unit::default() };
        assert_eq!(amount(&money(Raw::Number(11301.0), rounded)), Some(("11301".into(), 0)));
        assert_eq!(amount(&money(Raw::Number(11300.75), rounded)), Some(("11300.75".into(), -2)));
    }

    #[test]
    fn a_minus_is_held_where_it_is_asked_about() {
        let query = Unit { query_negatives: true, ..Unit::default() };
        let minus = Misread::Minus(Money::exact(Decimal::from(-4612)));
        for raw in [Raw::Number(-4612.0), Raw::Text("(4,612)"), Raw::Text("4,612 CR")] {
            assert_eq!(money(raw, query), Got::Held(minus.clone()));
        }
        assert!(matches!(money(Raw::Number(0.0), query), Got::Value(..)));
    }

    #[test]
    fn what_is_too_large_to_add_up_is_held() {
        let sevens = format!("£7{}", "0".repeat(28));
        for raw in [
            Raw::Number(7e28),
            Raw::Number(-7e28),
            Raw::Number(10_000_000_000_001.0),
            Raw::Text(&sevens),
            Raw::Text("(10,000,000,000,000.01)"),
            Raw::Text("£10000001m"),
        ] {
            assert_eq!(money(raw, Unit::default()), Got::Held(Misread::OutOfRange), "{raw:?}");
        }
        let query = Unit { query_negatives: true, ..Unit::default() };
        assert_eq!(money(Raw::Number(-7e28), query), Got::Held(Misread::OutOfRange));
        let thousands = Unit { power: 3, ..Unit::default() };
        assert_eq!(money(Raw::Number(1e11), thousands), Got::Held(Misread::OutOfRange));
        assert_eq!(text("7E+28"), Got::Held(Misread::OutOfRange));
        assert_eq!(amount(&money(Raw::Number(1e13), Unit::default())), Some(("10000000000000".into(), -2)));
    }

    proptest! {
        #[test]
        fn printed_amounts_read_back(pennies in -10_000_000_000_000_i64..10_000_000_000_000) {
            let pounds = Decimal::new(pennies, 2);
            let printed = crate::model::pounds(pounds);
            let read = text(&printed);
            prop_assert_eq!(amount(&read), Some((pounds.normalize().to_string(), -2)), "{}", printed);
        }

        #[test]
        fn whatever_is_read_is_what_the_digits_say(typed in "[-(]?£?[0-9]{1,4}(,[0-9]{1,4})?(\\.[0-9]{0,3})?\\)?k?") {
            if let Got::Value(Value::Money(money), _) = text(&typed) {
                let digits: String = typed.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
                let digits = digits.trim_end_matches('.');
                let mut exact: Decimal = digits.parse().expect("digits");
                if typed.contains('k') { exact *= Decimal::ONE_THOUSAND; }
                if typed.starts_with('-') || typed.starts_with('(') { exact = -exact; }
                prop_assert_eq!(money.pounds, exact, "{}", typed);
            }
        }

        #[test]
        fn no_text_panics(typed in "\\PC{0,30}") {
            let _ = text(&typed);
        }
    }
}

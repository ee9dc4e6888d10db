//! Numbers: the decimal that Excel shows for a stored number, and numbers written as text.

use crate::model::{ChangeKind, Misread, Raw, Value};
use rust_decimal::Decimal;

use super::cell::Got;

/// The decimal that Excel shows for a stored number: fifteen significant digits. `None` if it is not finite or has more
/// digits than a decimal holds.
pub(super) fn from_stored(number: f64) -> Option<Decimal> {
    whole_pennies(number).or_else(|| from_digits(number))
}

/// Numbers that are the nearest stored form of whole pennies, which nearly all amounts are. The division gives the
/// nearest stored form of the pennies; if that is the number, its fifteen digits are the pennies.
#[expect(
    clippy::float_arithmetic,
    reason = "only asks whether a stored number is the nearest one to whole pennies"
)]
fn whole_pennies(number: f64) -> Option<Decimal> {
    const MOST: f64 = 1e14;
    let pennies = (number * 100.0).round();
    if !number.is_finite() || pennies.abs() >= MOST || (pennies / 100.0).to_bits() != number.to_bits() {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "below 1e14 in size and whole")]
    let pennies = pennies as i64;
    let (pounds, rest) = (pennies / 100, pennies % 100);
    Some(match (rest, rest % 10) {
        (0, _) => Decimal::from(pounds),
        (_, 0) => Decimal::new(pennies / 10, 1),
        _ => Decimal::new(pennies, 2),
    })
}

/// An amount without what binary fractions leave behind where amounts were taken from one another: a difference of pennies
/// stored as −110.539999999997 is −110.54. Nobody states a hundred-millionth of a pound.
pub(super) fn without_noise(value: Decimal) -> Decimal {
    const SCALE: u32 = 6;
    let kept = value.round_dp(SCALE);
    let noise = value.scale() > SCALE && (value - kept).abs() < Decimal::new(1, 8);
    if noise { kept.normalize() } else { value }
}

fn from_digits(number: f64) -> Option<Decimal> {
    if !number.is_finite() {
        return None;
    }
    let shown = Decimal::from_scientific(&format!("{number:.14e}")).ok();
    // Residue of a calculation may be smaller than fifteen digits of a decimal reach: kept as far as a decimal goes.
    let residue = || Decimal::from_str_exact(&format!("{number:.28}")).ok().filter(|_| number.abs() < 1e-9);
    shown.or_else(residue).map(|value| value.normalize())
}

/// The largest amount that is taken: any sum over as many rows as a sheet has stays exact.
const MOST: i64 = 10_000_000_000_000;

/// True if a value is small enough to be added up.
pub(super) fn within(value: Decimal) -> bool {
    value.abs() <= Decimal::from(MOST)
}

/// Why a text is no number: one that was cut short to `7E+28` on its way is too large, whatever else it looks like.
pub(super) fn why_not(text: &str, why: Misread) -> Misread {
    let shape = |letter: char| letter.is_ascii_digit() || matches!(letter, '.' | '+' | '-' | 'e' | 'E');
    let text = text.trim();
    let parts = text.split_once(['e', 'E']).filter(|_| text.chars().all(shape));
    let Some((digits, power)) = parts else { return why };
    let large = digits.contains(|letter: char| letter.is_ascii_digit())
        && power.parse::<i32>().is_ok_and(|power| power > 0)
        && Decimal::from_scientific(text).map_or(power.len() > 2, |value| !within(value));
    if large { Misread::OutOfRange } else { why }
}

/// A number field.
pub(super) fn number(raw: Raw<'_>) -> Got {
    match raw {
        Raw::Number(number) => match from_stored(number).filter(|value| within(*value)) {
            Some(value) => Got::Value(Value::Number(value), None),
            None => Got::Held(Misread::OutOfRange),
        },
        Raw::Text(text) => match plain(text) {
            Ok(value) if !within(value) => Got::Held(Misread::OutOfRange),
            Ok(value) => Got::Value(Value::Number(value), Some(ChangeKind::NumberAsText)),
            Err(why) => Got::Held(why_not(text, why)),
        },
        _ => Got::Held(Misread::NotThis),
    }
}

/// A whole-number field.
pub(super) fn integer(raw: Raw<'_>) -> Got {
    let whole = |value: Decimal| value.is_integer().then(|| i64::try_from(value).ok()).flatten();
    match number(raw) {
        Got::Value(Value::Number(value), change) => match whole(value) {
            Some(whole) => Got::Value(Value::Integer(whole), change),
            None => Got::Held(Misread::NotThis),
        },
        other => other,
    }
}

/// A number written plainly: an optional sign, digits with well-formed thousands separators, a decimal point.
pub(super) fn plain(text: &str) -> Result<Decimal, Misread> {
    let text = text.trim();
    let (negative, digits) = match text.strip_prefix(['-', '\u{2212}', '\u{2013}']) {
        Some(rest) => (true, rest.trim_start()),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let value = digits_with_separators(digits)?;
    Ok(if negative { -value.value } else { value.value })
}

/// Digits as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Digits {
    pub value: Decimal,
    /// Digits after the point, zeros included.
    pub decimals: u8,
}

/// Reads `1,234.50`. Separators that could mean two things make it ambiguous; anything else is no number.
pub(super) fn digits_with_separators(text: &str) -> Result<Digits, Misread> {
    if !text.bytes().any(|byte| byte.is_ascii_digit())
        || !text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b',' | b'.'))
    {
        return Err(Misread::NotThis);
    }
    if text.len() > 40 {
        return Err(Misread::OutOfRange);
    }
    let (whole, part) = text.split_once('.').map_or((text, None), |(whole, part)| (whole, Some(part)));
    let bare = |text: &str| text.replace(',', "");
    if part.is_some_and(|part| part.contains(['.', ','])) {
        // 1.234,50 or 1.234.567: written the continental way, or a slip.
        return Err(Misread::Ambiguous(continental(text)));
    }
    if whole.contains(',') && !well_formed(whole) {
        return Err(Misread::Ambiguous(misplaced(whole, part)));
    }
    let decimals = part.map_or(0, str::len);
    let whole = bare(whole);
    let written = match part {
        Some(part) if !part.is_empty() => format!("{whole}.{part}"),
        _ => whole,
    };
    let value = Decimal::from_str_exact(
        written.strip_prefix('.').map_or(written.clone(), |part| format!("0.{part}")).as_str(),
    )
    .map_err(|_| Misread::OutOfRange)?;
    Ok(Digits { value, decimals: u8::try_from(decimals).unwrap_or(u8::MAX) })
}

/// Groups of exactly three digits after a first of one to three.
fn well_formed(whole: &str) -> bool {
    whole
        .split(',')
        .enumerate()
        .all(|(index, group)| if index == 0 { (1..=3).contains(&group.len()) } else { group.len() == 3 })
}

/// The readings of `12,34`: the comma for a point, and the digits without it.
fn misplaced(whole: &str, part: Option<&str>) -> Vec<String> {
    let tail = part.map_or(String::new(), |part| format!(".{part}"));
    let mut readings = Vec::new();
    if let Some((before, after)) = whole.split_once(',')
        && part.is_none()
        && !after.contains(',')
        && !after.is_empty()
        && !before.is_empty()
    {
        readings.push(format!("{before}.{after}"));
    }
    readings.push(format!("{}{tail}", whole.replace(',', "")));
    readings
}

fn continental(text: &str) -> Vec<String> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let mut readings = Vec::new();
    if let Some((before, after)) = text.rsplit_once(['.', ',']) {
        let before: String = before.chars().filter(char::is_ascii_digit).collect();
        readings.push(format!("{before}.{after}"));
    }
    readings.push(digits);
    readings
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().expect("a decimal")
    }

    #[test]
    fn stored_numbers_are_what_excel_shows() {
        for (number, shown) in [
            (0.1 + 0.2, "0.3"),
            (1.005, "1.005"),
            (2.675, "2.675"),
            (11300.75, "11300.75"),
            (-4612.0, "-4612"),
            (0.645, "0.645"),
            (1e13, "10000000000000"),
            (1.454_999_999_999_999_8, "1.455"),
            (123_456_789_012_345.0, "123456789012345"),
            (0.0, "0"),
            (-0.0, "0"),
        ] {
            assert_eq!(from_stored(number), Some(decimal(shown)), "{number}");
        }
        for (stated, meant) in [
            ("-110.539999999997", "-110.54"),
            ("-0.0000000000055", "0"),
            ("652.660000000002", "652.66"),
            ("0.3333333", "0.3333333"),
            ("0.645", "0.645"),
        ] {
            assert_eq!(without_noise(decimal(stated)), decimal(meant), "{stated}");
        }
        assert_eq!(from_stored(f64::NAN), None);
        assert_eq!(from_stored(f64::INFINITY), None);
        assert_eq!(from_stored(1e300), None);
        assert_eq!(from_stored(5.5e-12), Some(decimal("0.0000000000055")));
    }

    #[test]
    fn what_is_too_large_to_add_up_is_held() {
        let sevens = format!("7{}", "0".repeat(28));
        for raw in [
            Raw::Number(7e28),
            Raw::Number(-7e28),
            Raw::Number(1.000_001e13),
            Raw::Text(&sevens),
            Raw::Text("-10,000,000,000,001"),
        ] {
            assert_eq!(number(raw), Got::Held(Misread::OutOfRange), "{raw:?}");
            assert_eq!(integer(raw), Got::Held(Misread::OutOfRange), "{raw:?}");
        }
        for cut in ["7E+28", "-7.5e28", "1E+99", "1E+999"] {
            assert_eq!(number(Raw::Text(cut)), Got::Held(Misread::OutOfRange), "{cut}");
        }
        for other in ["1e5", "7E+", "E+28", "7E-28", "7E+28x"] {
            assert_eq!(number(Raw::Text(other)), Got::Held(Misread::NotThis), "{other}");
        }
        assert!(matches!(number(Raw::Number(1e13)), Got::Value(..)));
        assert!(matches!(integer(Raw::Text("10,000,000,000,000")), Got::Value(..)));
    }

    #[test]
    fn separators_are_never_guessed() {
        assert_eq!(plain("1,234.50"), Ok(decimal("1234.5")));
        assert_eq!(plain("-1234567"), Ok(decimal("-1234567")));
        assert_eq!(plain("12,34"), Err(Misread::Ambiguous(vec!["12.34".into(), "1234".into()])));
        assert!(matches!(plain("1234,567"), Err(Misread::Ambiguous(_))));
        assert!(matches!(plain("1.234,50"), Err(Misread::Ambiguous(_))));
        for text in ["", "1e5", "0x1F", "1 2", "--5", ".", ",", "12a", "½"] {
            assert_eq!(plain(text), Err(Misread::NotThis), "{text}");
        }
    }

    proptest! {
        #[test]
        fn both_ways_agree(pennies in -99_999_999_999_999_i64..99_999_999_999_999) {
            let number: f64 = Decimal::new(pennies, 2).to_string().parse().expect("a number");
            prop_assert_eq!(from_stored(number), Some(Decimal::new(pennies, 2)));
            prop_assert_eq!(from_digits(number), Some(Decimal::new(pennies, 2)));
        }

        #[test]
        fn the_quick_way_never_differs(bits in any::<u64>()) {
            let number = f64::from_bits(bits);
            if let Some(quick) = whole_pennies(number) {
                prop_assert_eq!(Some(quick), from_digits(number));
            }
        }

        #[test]
        fn nearly_whole_pennies_keep_their_fraction(pennies in 1_i64..1_000_000_000, steps in 1_u64..4_000_000) {
            let near = f64::from_bits(Decimal::new(pennies, 2).to_string().parse::<f64>().expect("a number").to_bits() + steps);
            prop_assert_eq!(from_stored(near), from_digits(near));
        }
    }
}

//! Numbers: the decimal that Excel shows for a stored number, and numbers written as text.

use crate::model::{ChangeKind, Misread, Raw, Value, stored_decimal};
use rust_decimal::Decimal;

use super::cell::Got;

/// An amount without what binary fractions leave behind where amounts were taken from one another: a difference of pennies
/// stored as −110.539999999997 is −110.54. Nobody states a hundred-millionth of a pound.
pub(super) fn without_noise(value: Decimal) -> Decimal {
    const SCALE: u32 = 6;
    let kept = value.round_dp(SCALE);
    let noise = value.scale() > SCALE && (value - kept).abs() < Decimal::new(1, 8);
    if noise { kept.normalize() } else { value }
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
        Raw::Number(number) => match stored_decimal(number).filter(|value| within(*value)) {
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

    fn decimal(text: &str) -> Decimal {
        text.parse().expect("a decimal")
    }

    #[test]
    fn what_binary_fractions_leave_is_no_amount() {
        for (stated, meant) in [
            ("-110.539999999997", "-110.54"),
            ("-0.0000000000055", "0"),
            ("652.660000000002", "652.66"),
            ("0.3333333", "0.3333333"),
            ("0.645", "0.645"),
        ] {
            assert_eq!(without_noise(decimal(stated)), decimal(meant), "{stated}");
        }
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
}

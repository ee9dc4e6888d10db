//! Values as they stand in the comma-separated files: exact, and nothing that a spreadsheet program would run.

use rust_decimal::Decimal;

/// What stands before a text that would otherwise be taken for a formula.
pub const GUARD: char = '\'';

/// True if a text gets the guard: it starts, after white space and signs that nobody sees, as a formula does, or it starts
/// with the guard itself, so that taking one guard away always gives the text back.
#[must_use]
pub fn is_guarded(text: &str) -> bool {
    let Some(first) = text.as_bytes().first() else { return false };
    if first.is_ascii_alphanumeric() {
        return false;
    }
    if *first == b'\'' || matches!(first, b'\t' | b'\r') {
        return true;
    }
    let unseen = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
    };
    text.trim_start_matches(unseen)
        .starts_with(['=', '+', '-', '@', '\'', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'])
}

/// The text that a cell of text stands for: one guard at its start is taken away.
#[must_use]
pub fn unguarded(cell: &str) -> &str {
    cell.strip_prefix(GUARD).unwrap_or(cell)
}

/// Writes a text as a cell: guarded, and in quotation marks where it must be.
pub(super) fn text(into: &mut Vec<u8>, text: &str) {
    let bytes = text.as_bytes();
    // Without a way out of the loop, so that many letters are looked at at once.
    let quoted = bytes.iter().fold(false, |found, &byte| found | matches!(byte, b',' | b'"' | b'\n' | b'\r'));
    if quoted {
        into.push(b'"');
    }
    if is_guarded(text) {
        into.push(b'\'');
    }
    if quoted {
        for (number, part) in text.split('"').enumerate() {
            if number > 0 {
                into.extend_from_slice(b"\"\"");
            }
            into.extend_from_slice(part.as_bytes());
        }
        into.push(b'"');
    } else {
        into.extend_from_slice(bytes);
    }
}

/// Writes a whole number.
pub(super) fn whole(into: &mut Vec<u8>, number: i64) {
    if number < 0 {
        into.push(b'-');
    }
    digits(into, number.unsigned_abs().into(), 0, 0);
}

/// Writes a number without separators and with at least `places` decimal places; further ones only where they are not
/// zero.
pub(super) fn decimal(into: &mut Vec<u8>, number: Decimal, places: u32) {
    let (mut mantissa, mut scale) = (number.mantissa().unsigned_abs(), number.scale());
    if let Ok(mut short) = u64::try_from(mantissa) {
        while scale > places && short.is_multiple_of(10) {
            short /= 10;
            scale -= 1;
        }
        mantissa = short.into();
    } else {
        while scale > places && mantissa.is_multiple_of(10) {
            mantissa /= 10;
            scale -= 1;
        }
    }
    if number.is_sign_negative() && mantissa != 0 {
        into.push(b'-');
    }
    digits(into, mantissa, scale, places);
}

/// Writes digits with a point before the last `scale` of them, and zeros up to `places`.
fn digits(into: &mut Vec<u8>, number: u128, scale: u32, places: u32) {
    let mut text = [b'0'; 48];
    let mut at = text.len();
    let mut put = |digit: u8| {
        at -= 1;
        if let Some(place) = text.get_mut(at) {
            *place = b'0' + digit;
        }
    };
    let mut written = 0;
    let mut short = |mut rest: u64, least: u32, put: &mut dyn FnMut(u8)| {
        while rest > 0 || written < least {
            put(u8::try_from(rest % 10).unwrap_or(0));
            rest /= 10;
            written += 1;
        }
    };
    if let Ok(number) = u64::try_from(number) {
        short(number, scale + 1, &mut put);
    } else {
        let mut rest = number;
        while rest > 0 || written < scale + 1 {
            put(u8::try_from(rest % 10).unwrap_or(0));
            rest /= 10;
            written += 1;
        }
    }
    let shown = text.get(at..).unwrap_or_default();
    let (whole, part) = shown.split_at(shown.len() - scale as usize);
    into.extend_from_slice(whole);
    if scale.max(places) > 0 {
        into.push(b'.');
        into.extend_from_slice(part);
        into.extend(std::iter::repeat_n(b'0', places.saturating_sub(scale) as usize));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(number: &str, places: u32) -> String {
        let mut into = Vec::new();
        decimal(&mut into, number.parse().expect("a decimal"), places);
        String::from_utf8(into).expect("text")
    }

    #[test]
    fn numbers_are_plain() {
        for (number, places, wanted) in [
            ("1234.5", 2, "1234.50"),
            ("-0.00", 2, "0.00"),
            ("-7", 2, "-7.00"),
            ("0.005", 2, "0.005"),
            ("12.3400", 2, "12.34"),
            ("61.010", 0, "61.01"),
            ("5.00", 0, "5"),
            ("0", 0, "0"),
            ("79228162514264337593543950335", 0, "79228162514264337593543950335"),
            ("-7.9228162514264337593543950335", 0, "-7.9228162514264337593543950335"),
        ] {
            assert_eq!(shown(number, places), wanted);
        }
        let mut into = Vec::new();
        whole(&mut into, i64::MIN);
        assert_eq!(into, i64::MIN.to_string().into_bytes());
    }

    fn read_back(cell: &[u8]) -> String {
        let mut line = cell.to_vec();
        line.extend_from_slice(b",x\n");
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(line.as_slice());
        let record = reader.records().next().expect("a record").expect("sound");
        assert_eq!(&record[1], "x");
        record[0].to_owned()
    }

    #[test]
    fn nothing_that_is_opened_runs() {
        for (typed, cell) in [
            ("=1+1", "'=1+1"),
            ("-see note", "'-see note"),
            (" \u{feff}@x", "' \u{feff}@x"),
            ("'tis", "''tis"),
            ("\tx", "'\tx"),
            ("\u{ff1d}1", "'\u{ff1d}1"),
            ("a=b", "a=b"),
            ("£5", "£5"),
            ("", ""),
        ] {
            let mut into = Vec::new();
            text(&mut into, typed);
            assert_eq!(read_back(&into), cell);
            assert_eq!(unguarded(cell), typed);
        }
    }

    proptest! {
        #[test]
        fn a_text_comes_back_as_it_was(typed in "[-=+@' \t\r\n\",a\u{200b}]{0,6}\\PC*") {
            let mut into = Vec::new();
            text(&mut into, &typed);
            let cell = read_back(&into);
            prop_assert_eq!(unguarded(&cell), typed.as_str());
            prop_assert!(!cell.trim_start().starts_with(['=', '+', '-', '@']));
        }

        #[test]
        fn a_number_comes_back_as_it_was(mantissa in -99_999_999_999_999_999_999_i128..99_999_999_999_999_999_999, scale in 0..12_u32) {
            let number = Decimal::from_i128_with_scale(mantissa, scale);
            let mut into = Vec::new();
            decimal(&mut into, number, 2);
            let back: Decimal = String::from_utf8(into).expect("text").parse().expect("a decimal");
            prop_assert_eq!(back, number);
        }
    }
}

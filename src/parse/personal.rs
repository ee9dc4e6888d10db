//! Numbers that identify a person: found by their official check digits and the words around them, and never passed on.

use crate::model::PersonalKind;

/// How far before a number a word is looked for that says what it is, in bytes.
const CONTEXT: usize = 40;

/// The kind of number that identifies a person in a text, if one surely does.
pub(super) fn found(text: &str) -> Option<PersonalKind> {
    // Nearly every text has too few digits to be looked at more closely.
    if text.bytes().filter(u8::is_ascii_digit).count() < 6 {
        return None;
    }
    let tokens = numbers(text);
    let any = |is: &dyn Fn(&Token<'_>) -> bool| tokens.iter().any(is);
    if any(&|token| is_nhs(text, token)) {
        Some(PersonalKind::NhsNumber)
    } else if words(text).any(is_upn) {
        Some(PersonalKind::PupilNumber)
    } else if is_national_insurance(text) {
        Some(PersonalKind::NationalInsurance)
    } else {
        None
    }
}

/// A run of digits, perhaps in groups.
struct Token<'a> {
    at: usize,
    digits: Vec<u8>,
    groups: Vec<usize>,
    before: &'a str,
}

fn numbers(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let start = at;
        let (mut digits, mut groups, mut group) = (Vec::new(), Vec::new(), 0);
        while let Some(byte) = bytes.get(at) {
            if byte.is_ascii_digit() {
                digits.push(byte - b'0');
                group += 1;
            } else if matches!(byte, b' ' | b'-')
                && group > 0
                && bytes.get(at + 1).is_some_and(u8::is_ascii_digit)
            {
                groups.push(std::mem::take(&mut group));
            } else {
                break;
            }
            at += 1;
        }
        groups.push(group);
        tokens.push(Token { at: start, digits, groups, before: text.get(..start).unwrap_or_default() });
    }
    tokens
}

/// Ten digits whose last is the check digit, written as 3-3-4 or after the letters NHS. Source: NHS Data Dictionary, NHS
/// number: weights 10 to 2, the remainder of 11, 11 counts as 0, and 10 is never issued.
fn is_nhs(text: &str, token: &Token<'_>) -> bool {
    let Ok(digits): Result<[u8; 10], _> = token.digits.as_slice().try_into() else { return false };
    let sum: u32 = digits.iter().zip((2..=10).rev()).map(|(digit, weight)| u32::from(*digit) * weight).sum();
    let check = match 11 - sum % 11 {
        11 => 0,
        check => check,
    };
    let glued = token.before.ends_with(|letter: char| letter.is_alphanumeric() || letter == '+');
    let spaced = token.groups == [3, 3, 4] && digits[0] != 0;
    let end = (token.at + CONTEXT).min(text.len());
    let start = token.at.saturating_sub(CONTEXT);
    let near = text.as_bytes().get(start..end).unwrap_or_default().to_ascii_lowercase();
    let named = memchr::memmem::find(&near, b"nhs").is_some();
    check == u32::from(digits[9]) && !glued && (spaced || named)
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty())
}

/// A letter and twelve digits, or eleven and a letter. Source: the Department for Education's guide to unique pupil numbers:
/// characters after the first weighted 2 to 13, the sum's remainder of 23 gives the first letter of an alphabet without I, O
/// and S.
fn is_upn(word: &str) -> bool {
    const LETTERS: &[u8; 23] = b"ABCDEFGHJKLMNPQRTUVWXYZ";
    let word = word.to_ascii_uppercase();
    let Ok(word): Result<[u8; 13], _> = word.as_bytes().try_into() else { return false };
    let letter = |byte: u8| LETTERS.iter().position(|known| *known == byte);
    let Some(check) = letter(word[0]) else { return false };
    let mut sum = 0;
    for (place, byte) in word.iter().enumerate().skip(1) {
        let value = match byte {
            b'0'..=b'9' => usize::from(byte - b'0'),
            _ if place == 12 => match letter(*byte) {
                Some(value) => value,
                None => return false,
            },
            _ => return false,
        };
        sum += value * (place + 1);
    }
    sum % 23 == check
}

/// Two letters, six digits and a letter, after words that say what it is; there is no check digit. Source: HMRC's manual of
/// National Insurance numbers, which names the prefixes that are not used.
fn is_national_insurance(text: &str) -> bool {
    let upper = text.to_ascii_uppercase();
    if !words(&upper).any(|word| matches!(word, "NI" | "NINO" | "INSURANCE")) {
        return false;
    }
    let packed: Vec<u8> = upper.bytes().filter(|byte| !matches!(byte, b' ' | b'-')).collect();
    packed.windows(9).any(|number| {
        let (prefix, rest) = number.split_at(2);
        let refused = |letter: &u8| b"DFIQUV".contains(letter) || !letter.is_ascii_uppercase();
        let unused: [&[u8]; 7] = [b"BG", b"GB", b"KN", b"NK", b"NT", b"TN", b"ZZ"];
        !prefix.iter().any(refused)
            && prefix[1] != b'O'
            && !unused.contains(&prefix)
            && rest[..6].iter().all(u8::is_ascii_digit)
            && (b'A'..=b'D').contains(&rest[6])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn official_numbers_are_found() {
        for (text, kind) in [
            ("seen on Monday (999 000 0018, DOB on file)", PersonalKind::NhsNumber),
            ("NHS no 9990000018", PersonalKind::NhsNumber),
            ("her nhs number: 999-000-0018.", PersonalKind::NhsNumber),
            ("UPN B801200005001", PersonalKind::PupilNumber),
            ("pupil P207000016049", PersonalKind::PupilNumber),
            ("NI AB 12 34 56 C", PersonalKind::NationalInsurance),
        ] {
            assert_eq!(found(text), Some(kind), "{text}");
        }
    }

    #[test]
    fn other_numbers_are_not() {
        for text in [
            "999 000 0019",
            "9990000018 was the reference of the order",
            "Q207000016049",
            "call 01632 960 123 or 07700 900123",
            "Plough Lane, HR4 0LE",
            "£127,016 of £208,191 for 2013/14 (61.01%)",
            "AB 12 34 56 C",
            "actions 1.2.1, 1.2.2 and 3.4.1 by 31/03/2014 or 30/09/2014",
            "",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }
}

//! Numbers that identify a person: found by their official check digits and the words around them, and never passed on.

use crate::model::PersonalKind;

/// How far before a number a word is looked for that says what it is, in bytes.
const CONTEXT: usize = 40;

/// The kind of number that identifies a person in a text, if one surely does.
pub(super) fn found(text: &str) -> Option<PersonalKind> {
    // Nearly every text has too few digits to be looked at more closely.
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    if digits < 6 {
        return (digits >= 3 && has_birth(text)).then_some(PersonalKind::BirthDate);
    }
    let tokens = numbers(text);
    let any = |is: &dyn Fn(&Token<'_>) -> bool| tokens.iter().any(is);
    if any(&|token| is_nhs(text, token)) {
        Some(PersonalKind::NhsNumber)
    } else if has_upn(text) {
        Some(PersonalKind::PupilNumber)
    } else if is_national_insurance(text) {
        Some(PersonalKind::NationalInsurance)
    } else if has_birth(text) {
        Some(PersonalKind::BirthDate)
    } else {
        None
    }
}

/// `DOB 12/03/2004`, `born on 3 April 2001`: words for a birth with a day close behind.
fn has_birth(text: &str) -> bool {
    /// How far behind the words the day may begin, in bytes.
    const REACH: usize = 24;
    // Every one of the words has such a pair of letters, and hardly any other text does.
    let pair = |at: usize| {
        let next = text.as_bytes().get(at + 1).map_or(0, u8::to_ascii_lowercase);
        let before = at.checked_sub(1).and_then(|before| text.as_bytes().get(before)).copied().unwrap_or(0);
        matches!(next, b'o' | b'i') || matches!(before, b'o' | b'O' | b'.')
    };
    if !memchr::memchr2_iter(b'b', b'B', text.as_bytes()).any(pair) {
        return false;
    }
    let lower = text.to_lowercase();
    ["d.o.b", "dob", "date of birth", "born"].iter().any(|word| {
        lower.match_indices(word).any(|(at, word)| {
            let whole = !lower.get(..at).is_some_and(|before| before.ends_with(char::is_alphanumeric));
            let behind = lower.get(at + word.len()..).unwrap_or_default();
            let end = behind.char_indices().nth(REACH).map_or(behind.len(), |(end, _)| end);
            let near = behind.get(..end).unwrap_or_default();
            // Those born between two days are many.
            let many = word == "born"
                && ["between", "before", "after", "since", "from", "in "]
                    .iter()
                    .any(|start| near.trim_start().starts_with(start));
            whole && !many && !near.starts_with(char::is_alphanumeric) && is_day(near)
        })
    })
}

/// True if a day stands in a text: `12/03/2004`, `3.4.01`, `3 April 2001`.
fn is_day(text: &str) -> bool {
    let parts: Vec<&str> = text
        .split(|letter: char| !letter.is_alphanumeric())
        .map(|part| {
            part.trim_end_matches(|letter: char| {
                letter.is_ascii_alphabetic() && part.starts_with(|first: char| first.is_ascii_digit())
            })
        })
        .filter(|part| !part.is_empty())
        .collect();
    let number = |part: &str, most: u16| part.parse::<u16>().is_ok_and(|number| (1..=most).contains(&number));
    let month = |part: &str| number(part, 12) || super::date_words::month(part).is_some();
    let year = |part: &str| matches!(part.len(), 2 | 4) && part.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = parts.into_iter().filter(|part| !matches!(*part, "of" | "the" | "on")).collect();
    parts.windows(3).any(|window| {
        let [a, b, c] = window else { return false };
        let day_first = number(a, 31) && month(b) && year(c);
        let month_first = super::date_words::month(a).is_some() && number(b, 31) && year(c);
        let year_first = a.len() == 4 && year(a) && number(b, 12) && number(c, 31);
        day_first || month_first || year_first
    })
}

/// Groups of digits that follow one another, a few separating marks between them at most.
struct Token<'a> {
    /// Where it begins and ends in the text, in bytes.
    span: (usize, usize),
    /// The groups: the digits of each.
    groups: Vec<Vec<u8>>,
    before: &'a str,
}

/// Marks that people, and programs they copy from, put between groups of digits.
fn separates(letter: char) -> bool {
    letter.is_whitespace()
        || matches!(
            letter,
            '-' | '.' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{200b}' | '\u{2060}' | '\u{feff}'
        )
}

fn numbers(text: &str) -> Vec<Token<'_>> {
    const MOST_MARKS: usize = 3;
    let mut tokens: Vec<Token<'_>> = Vec::new();
    let (mut open, mut marks) = (false, 0);
    for (at, letter) in text.char_indices() {
        let Some(digit) = letter.to_digit(10).and_then(|digit| u8::try_from(digit).ok()) else {
            marks += 1;
            open = open && separates(letter) && marks <= MOST_MARKS;
            continue;
        };
        if !open {
            let before = text.get(..at).unwrap_or_default();
            tokens.push(Token { span: (at, at), groups: Vec::new(), before });
        }
        if let Some(token) = tokens.last_mut() {
            match token.groups.last_mut().filter(|_| open && marks == 0) {
                Some(group) => group.push(digit),
                None => token.groups.push(vec![digit]),
            }
            token.span.1 = at;
        }
        (open, marks) = (true, 0);
    }
    tokens
}

/// Ten digits whose last is the check digit, written as 3-3-4 or near the letters NHS. Other digits, such as a date's, may
/// stand on either side. Source: NHS Data Dictionary, NHS number: weights 10 to 2, the remainder of 11, 11 counts as 0, and
/// 10 is never issued.
fn is_nhs(text: &str, token: &Token<'_>) -> bool {
    let start = token.span.0.saturating_sub(CONTEXT);
    let end = (token.span.1 + CONTEXT).min(text.len());
    let near = text.as_bytes().get(start..end).unwrap_or_default().to_ascii_lowercase();
    let named = memchr::memmem::find(&near, b"nhs").is_some();
    let glued = token.before.ends_with(|letter: char| letter.is_alphanumeric() || letter == '+');
    (0..token.groups.len()).filter(|first| !(glued && *first == 0)).any(|first| {
        (1..=3).filter_map(|count| token.groups.get(first..first + count)).any(|groups| {
            let lengths: Vec<usize> = groups.iter().map(Vec::len).collect();
            let digits = groups.concat();
            let spaced = lengths == [3, 3, 4] && digits.first() != Some(&0);
            let usual = matches!(lengths.as_slice(), [10] | [3, 7] | [6, 4] | [3, 3, 4]);
            (spaced || named && usual) && passes(&digits)
        })
    })
}

/// True for ten digits of which the last is the check digit of the others.
fn passes(digits: &[u8]) -> bool {
    let Ok(digits): Result<[u8; 10], _> = digits.try_into() else { return false };
    let sum: u32 = digits.iter().zip((2..=10).rev()).map(|(digit, weight)| u32::from(*digit) * weight).sum();
    let check = match 11 - sum % 11 {
        11 => 0,
        check => check,
    };
    check == u32::from(digits[9])
}

/// True if a word, or a few that follow one another, make a pupil number.
fn has_upn(text: &str) -> bool {
    const LENGTH: usize = 13;
    let all: Vec<&str> = words(text).collect();
    (0..all.len()).any(|first| {
        let mut joined = String::new();
        all.iter().skip(first).take(5).any(|word| {
            joined.push_str(word);
            joined.len() == LENGTH && is_upn(&joined)
        })
    })
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
        // QQ is the sample of the manuals.
        (prefix == b"QQ" || !prefix.iter().any(refused))
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
            ("Young person, DOB 12/03/2004, gave views", PersonalKind::BirthDate),
            ("d.o.b. 3.4.2001 added to the list", PersonalKind::BirthDate),
            ("she was born on 3rd April 2001", PersonalKind::BirthDate),
            ("d.o.b. 3.4.01", PersonalKind::BirthDate),
            ("DOB 2004-03-12", PersonalKind::BirthDate),
            ("DOB: March 12 2004", PersonalKind::BirthDate),
            ("DOB the 12th of March 2004", PersonalKind::BirthDate),
            ("NI number QQ 12 34 56 A", PersonalKind::NationalInsurance),
            ("seen on Monday (999 000 0018, DOB on file)", PersonalKind::NhsNumber),
            ("NHS no 9990000018", PersonalKind::NhsNumber),
            ("her nhs number: 999-000-0018.", PersonalKind::NhsNumber),
            ("seen 03/02/2014 999 000 0018", PersonalKind::NhsNumber),
            ("999 000 0018 12/03/2014", PersonalKind::NhsNumber),
            ("NHS 9990000018 03/02/2001", PersonalKind::NhsNumber),
            ("999\u{a0}000\u{a0}0018", PersonalKind::NhsNumber),
            ("999  000  0018", PersonalKind::NhsNumber),
            ("999.000.0018", PersonalKind::NhsNumber),
            ("999\u{2011}000\u{2011}0018", PersonalKind::NhsNumber),
            ("UPN B801 2000 05001", PersonalKind::PupilNumber),
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
            "0300 123 4567",
            "0161 496 0000 NHS direct",
            "NHS call 01632 960123",
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

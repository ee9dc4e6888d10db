//! National Insurance numbers.
//!
//! Source: HMRC, *National Insurance Manual* NIM39110: two letters, six digits and a letter A to D; D, F, I, Q, U and V are in
//! neither place, O is not second, and some prefixes are not used. There is no check digit. QQ 12 34 56 A is the manual's
//! sample.

use super::plain::words;
use crate::model::{PersonalKind, Sure, Suspect};

/// The length without marks.
const LENGTH: usize = 9;

/// A National Insurance number in a text: sure beside words for it (`headed` says that its heading has them).
pub(super) fn found(text: &str, headed: bool) -> Option<Suspect> {
    let starts = text.char_indices().filter(|(at, letter)| {
        letter.is_ascii_alphabetic()
            && text.get(..*at).is_some_and(|before| ends_word(before) || is_glued(before))
    });
    let (is_sample, running) = starts.filter_map(|(at, _)| number(text.get(at..)?)).min()?;
    let has =
        |any_of: &[&str]| words(text).any(|word| any_of.iter().any(|known| word.eq_ignore_ascii_case(known)));
    let named = headed
        || has(&["ni", "nino", "nin"])
        || has(&["national", "nat", "natl"]) && has(&["insurance", "ins"])
        || has_glued(text)
        || text.to_ascii_lowercase().contains("n.i");
    let kind = if is_sample { PersonalKind::SampleInsurance } else { PersonalKind::NationalInsurance };
    // Small letters in running words (*at 10 20 30 a day*) are no number unless it is called so.
    (named || !running).then_some(Suspect { kind, sure: if named { Sure::Strong } else { Sure::Medium } })
}

/// True for a text in which a number stands right against the word for it.
fn has_glued(text: &str) -> bool {
    text.char_indices().any(|(at, _)| {
        text.get(..at).is_some_and(is_glued) && text.get(at..).is_some_and(|rest| number(rest).is_some())
    })
}

fn ends_word(text: &str) -> bool {
    !text.ends_with(char::is_alphanumeric)
}

/// True for words that end in one for such a number, and that the number may be written against.
fn is_glued(text: &str) -> bool {
    ["nino", "ni", "nin"].iter().any(|word| {
        let at = text.len().saturating_sub(word.len());
        text.get(at..).is_some_and(|end| end.eq_ignore_ascii_case(word))
            && text.get(..at).is_some_and(ends_word)
    })
}

/// If a text begins with such a number, whether it is the sample, and whether it may be running words.
fn number(text: &str) -> Option<(bool, bool)> {
    const MOST_MARKS: usize = 3;
    let (mut packed, mut marks, mut apart, mut end) = ([0_u8; LENGTH], 0, 0, 0);
    let mut length = 0;
    for (at, byte) in text.bytes().enumerate() {
        end = at;
        if length == LENGTH {
            break;
        }
        if byte.is_ascii_alphanumeric() {
            packed[length] = byte;
            (length, marks) = (length + 1, 0);
            end = at + 1;
        } else if matches!(byte, b' ' | b'-' | b'.' | b'/' | b'_') && marks < MOST_MARKS {
            (marks, apart) = (marks + 1, apart + 1);
        } else {
            break;
        }
    }
    if length < LENGTH || text.get(end..).is_some_and(|rest| rest.starts_with(char::is_alphanumeric)) {
        return None;
    }
    let number = packed.map(|byte| byte.to_ascii_uppercase());
    let (prefix, rest) = number.split_at(2);
    let refused = |letter: &u8| b"DFIQUV".contains(letter) || !letter.is_ascii_uppercase();
    let unused: [&[u8]; 7] = [b"BG", b"GB", b"KN", b"NK", b"NT", b"TN", b"ZZ"];
    let is_sample = prefix == b"QQ";
    let sound = (is_sample || !prefix.iter().any(refused))
        && prefix[1] != b'O'
        && !unused.contains(&prefix)
        && rest[..6].iter().all(u8::is_ascii_digit)
        && (b'A'..=b'D').contains(&rest[6]);
    sound.then_some((is_sample, apart > 0 && !packed[0].is_ascii_uppercase()))
}

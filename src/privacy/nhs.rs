//! NHS numbers.
//!
//! Source: NHS Data Dictionary, *NHS number*: weights 10 to 2 on the first nine digits, 11 less the remainder of 11 is the
//! tenth, 11 counts as 0 and 10 is never issued. 400 to 499 and 600 to 799 million are issued in England; 999 million and above never, but for
//! tests; others belong to Scotland and Northern Ireland.

use super::plain::{OF_MONEY, Token, after, before, has_word, loose_tokens, tokens, words};
use crate::model::{PersonalKind, Sure, Suspect};

/// How near a word has to stand to say what a number is, in bytes.
const NEAR: usize = 40;

/// Groups of digits that make a number: five of two, or ten of one where it is called one.
const GROUPS: usize = 5;
const LABELLED_GROUPS: usize = 10;

/// The surest NHS number of a text. `headed` says that the heading above it calls it so.
pub(super) fn found(text: &str, headed: bool) -> Option<Suspect> {
    let surest = |tokens: &[Token<'_>], most: usize| {
        tokens.iter().flat_map(|token| of_token(text, token, headed, most)).max_by_key(|suspect| suspect.sure)
    };
    let found = surest(&tokens(text), GROUPS);
    if found.is_some_and(|suspect| suspect.sure == Sure::Strong) {
        return found;
    }
    // Behind a word for it a number is one however it is written.
    let called = headed || plain_label(text).contains("nhs");
    let loose = called.then(|| surest(&loose_tokens(text), LABELLED_GROUPS)).flatten();
    loose.filter(|suspect| suspect.sure == Sure::Strong).or(found)
}

/// A text in small letters, the dots taken out of *N.H.S.*
fn plain_label(text: &str) -> String {
    text.to_ascii_lowercase().replace("n.h.s.", "nhs").replace("n.h.s", "nhs").replace("n h s ", "nhs ")
}

fn of_token<'t>(
    text: &'t str,
    token: &'t Token<'_>,
    headed: bool,
    most: usize,
) -> impl Iterator<Item = Suspect> + 't {
    let all = token.groups.len();
    let windows =
        (0..all).flat_map(move |first| (first + 1..=all.min(first + most)).map(move |end| (first, end)));
    windows.filter_map(move |(first, end)| {
        let groups = token.groups.get(first..end)?;
        let digits: String = groups.iter().map(|(_, digits)| *digits).collect();
        if digits.len() != 10 || !passes(digits.as_bytes()) {
            return None;
        }
        let (start, _) = groups.first()?;
        let (last, last_digits) = groups.last()?;
        of_digits(text, (*start, last + last_digits.len()), groups, &digits, headed)
    })
}

fn of_digits(
    text: &str,
    (start, end): (usize, usize),
    groups: &[(usize, &str)],
    digits: &str,
    headed: bool,
) -> Option<Suspect> {
    let ahead = plain_label(&before(text, start, NEAR));
    let labelled = headed || is_label(&ahead);
    let previous = text.get(..start).and_then(|before| before.chars().next_back());
    let glued =
        |letter: char| letter.is_alphanumeric() && !is_label(&ahead) || matches!(letter, '£' | '$' | '€');
    if previous.is_some_and(|letter| glued(letter) || letter == '+' && !labelled) {
        return None;
    }
    if text.get(end..).is_some_and(|rest| rest.starts_with(|c: char| c.is_alphabetic() || c == '%')) {
        return None;
    }
    // The name of a body has the letters in it, and may stand beside its order numbers.
    let of_money = has_word(&before(text, start, 30), OF_MONEY);
    if !labelled && is_of_order(&ahead) {
        return None;
    }
    let near =
        labelled || !of_money && (has_word(&ahead, &["nhs"]) || has_word(&after(text, end, NEAR), &["nhs"]));
    let lengths: Vec<usize> = groups.iter().map(|(_, digits)| digits.len()).collect();
    let spaced = lengths == [3, 3, 4] && !digits.starts_with('0');
    let usual = matches!(lengths.as_slice(), [10] | [3, 7] | [6, 4] | [3, 3, 4]);
    let issued = is_issued(digits);
    // A mobile's number without its zero passes one time in eleven.
    let phone = matches!(digits.as_bytes()[0], b'1' | b'2' | b'7') && usual && !spaced;
    let (kind, sure) = if labelled || near && usual && issued || spaced && issued && !of_money {
        (PersonalKind::NhsNumber, Sure::Strong)
    } else if spaced || near && usual {
        (PersonalKind::NhsNumber, Sure::Medium)
    } else if lengths != [10] || of_money {
        return None;
    } else if phone {
        (PersonalKind::PhoneOrNhs, Sure::Medium)
    } else {
        (PersonalKind::NhsNumber, if issued { Sure::Medium } else { Sure::Weak })
    };
    Some(Suspect { kind, sure })
}

/// True if words that end here call what follows an NHS number.
fn is_label(ahead: &str) -> bool {
    let Some(at) = ahead.rfind("nhs") else { return false };
    let whole = !ahead.get(..at).is_some_and(|before| before.ends_with(char::is_alphanumeric));
    let rest = ahead.get(at + 3..).unwrap_or_default();
    let named = |word: &str| {
        matches!(
            word,
            "no" | "nos"
                | "nº"
                | "number"
                | "numbers"
                | "num"
                | "id"
                | "n"
                | "is"
                | "was"
                | "s"
                | "of"
                | "chi"
        )
    };
    whole && rest.len() <= 24 && words(rest).all(named)
}

/// True if the words right before a number say that it is one of an order, grant or the like.
fn is_of_order(ahead: &str) -> bool {
    let all: Vec<&str> = words(ahead).collect();
    let called = |word: &&&str| {
        matches!(**word, "no" | "nos" | "number" | "ref" | "reference" | "id" | "code" | "of" | "is")
    };
    let first = all.iter().rev().find(|word| !called(word));
    first.is_some_and(|word| OF_MONEY.contains(word))
}

fn is_issued(digits: &str) -> bool {
    let start: u16 = digits.get(..3).and_then(|start| start.parse().ok()).unwrap_or_default();
    matches!(start, 400..=499 | 600..=799 | 999)
}

/// True for ten digits of which the last is the check digit of the others.
fn passes(digits: &[u8]) -> bool {
    let Ok(digits): Result<[u8; 10], _> = digits.try_into() else { return false };
    let value = |digit: &u8| u32::from(digit - b'0');
    let sum: u32 = digits.iter().zip((2..=10).rev()).map(|(digit, weight)| value(digit) * weight).sum();
    let check = match 11 - sum % 11 {
        11 => 0,
        check => check,
    };
    // Ten equal digits are typed by those who test a form; 0000000000 passes.
    check == value(&digits[9]) && digits.iter().any(|digit| *digit != digits[0])
}

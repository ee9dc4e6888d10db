//! References of social care, the police and courts: eight digits or more behind *ref*, *LCS*, *crime no* and the like.

use super::plain::{OF_MONEY, after, before, has_word};
use crate::model::{PersonalKind, Sure, Suspect};

/// Words that a reference follows by themselves, and those that need *no* or the like behind them.
const ALONE: &[&str] = &[
    "ref",
    "refs",
    "reference",
    "lcs",
    "ics",
    "case",
    "crime",
    "urn",
    "pnc",
    "crn",
    "mosaic",
    "frameworki",
    "carefirst",
    "liquidlogic",
];
const NUMBERED: &[&str] = &["court", "incident", "custody", "client", "person", "care", "logic"];
/// Words for a number.
const NUMBER: &[&str] = &["no", "number", "num", "id", "ref", "reference", "case"];
const LEAST: usize = 8;

/// A case's reference in a text.
pub(super) fn found(text: &str) -> Option<Suspect> {
    let start = text.as_ptr().addr();
    let is = super::plain::words(text).any(|word| {
        let known = |list: &[&str]| list.iter().any(|known| known.eq_ignore_ascii_case(word));
        let end = word.as_ptr().addr() - start + word.len();
        let alone = known(ALONE);
        if !alone && !known(NUMBERED) {
            return false;
        }
        let behind = after(text, end, 40);
        let numbered = || super::plain::words(&behind).next().is_some_and(|next| NUMBER.contains(&next));
        // A reference of any kind may begin with its year.
        let plain = word.len() >= 3 && word.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("ref"));
        (alone || numbered()) && is_reference(&behind, plain) && !has_word(&before(text, end, 34), OF_MONEY)
    });
    is.then_some(Suspect { kind: PersonalKind::CaseReference, sure: Sure::Medium })
}

/// True if the next that stands there is a number of so many digits, and no day.
fn is_reference(behind: &str, with_year: bool) -> bool {
    let start = behind.find(|letter: char| letter.is_ascii_digit()).unwrap_or(behind.len());
    let (words, _) = behind.split_at(start);
    if words.len() > 18 || words.contains(['£', '@']) || has_word(words, OF_MONEY) {
        return false;
    }
    let rest = behind.get(start..).unwrap_or_default();
    let mut digits = String::new();
    let (mut marks, mut letters) = (0, 0);
    for letter in rest.chars() {
        match letter {
            '0'..='9' => {
                digits.push(letter);
                (marks, letters) = (0, 0);
            }
            '/' | '-' | ' ' | '.' | '_' if marks == 0 => marks += 1,
            letter if letter.is_ascii_alphabetic() && letters < 2 && marks < 2 => {
                letters += 1;
                // A word after a space is no part of it.
                if marks > 0 && letters > 1 {
                    break;
                }
            }
            _ => break,
        }
    }
    let year = rest.bytes().take_while(u8::is_ascii_digit).count() == 4
        && (rest.starts_with("19") || rest.starts_with("20"));
    if with_year && year {
        digits.drain(..4);
    }
    let is_day = !super::birth::days(rest, None).is_empty() && digits.len() <= 10;
    digits.len() >= LEAST && !is_day
}

/// True for what stands under a heading of case numbers: six digits are enough there.
pub(super) fn headed(text: &str) -> bool {
    text.bytes().filter(u8::is_ascii_digit).count() >= 6 && super::birth::days(text, None).is_empty()
}

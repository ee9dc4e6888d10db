//! Words of dates: months, quarters, and words for *no date*.

pub(super) use crate::model::month;

/// True for `TBC` and the like, folded.
pub(super) fn is_to_be_confirmed(folded: &str) -> bool {
    matches!(
        folded,
        "tbc"
            | "tba"
            | "tbd"
            | "tobeconfirmed"
            | "tobeagreed"
            | "tobedecided"
            | "tobeadvised"
            | "datetobeconfirmed"
            | "datetbc"
            | "notyetknown"
            | "notknown"
    )
}

/// True for words that say there is no end, folded.
pub(super) fn is_without_end(folded: &str) -> bool {
    matches!(
        folded,
        "ongoing"
            | "continuous"
            | "continuing"
            | "continual"
            | "bau"
            | "businessasusual"
            | "rolling"
            | "permanent"
            | "noenddate"
            | "rollingprogramme"
            | "ongoingwork"
            | "ongoingthroughouttheyear"
            | "throughouttheyear"
    )
}

/// Words before a date that do not change it.
pub(super) fn is_lead_in(word: &str) -> bool {
    const WORDS: [&str; 23] = [
        "by",
        "before",
        "no",
        "later",
        "than",
        "end",
        "of",
        "the",
        "due",
        "on",
        "to",
        "be",
        "completed",
        "mon",
        "tue",
        "wed",
        "thu",
        "fri",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
    ];
    WORDS.iter().any(|known| known.eq_ignore_ascii_case(word))
}

/// A word, a number or a mark of a date's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// Letters.
    Word(&'a str),
    /// Digits: their value and how many there are.
    Number(u16, usize),
    /// Anything else but spaces, commas and full stops after words.
    Mark(char),
}

/// The tokens of a text; `None` if it is too long to be a date or holds a number that no date does.
pub(super) fn tokens(text: &str) -> Option<Vec<Token<'_>>> {
    if text.len() > 80 {
        return None;
    }
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        if letter.is_ascii_digit() {
            let length = rest.bytes().take_while(u8::is_ascii_digit).count();
            let (digits, after) = rest.split_at_checked(length)?;
            if length > 4 {
                return None;
            }
            tokens.push(Token::Number(digits.parse().ok()?, length));
            rest = without_ordinal(after);
        } else if letter.is_alphabetic() {
            let length = rest.find(|next: char| !next.is_alphabetic()).unwrap_or(rest.len());
            let (word, after) = rest.split_at_checked(length)?;
            tokens.push(Token::Word(word));
            rest = after;
        } else {
            if !matches!(letter, ' ' | '\n' | ',') {
                tokens.push(Token::Mark(letter));
            }
            rest = rest.get(letter.len_utf8()..)?;
        }
    }
    Some(tokens)
}

/// `28th` is 28.
fn without_ordinal(after: &str) -> &str {
    for ending in ["st", "nd", "rd", "th"] {
        if let Some((head, rest)) = after.split_at_checked(2)
            && head.eq_ignore_ascii_case(ending)
            && !rest.starts_with(char::is_alphanumeric)
        {
            return rest;
        }
    }
    after
}

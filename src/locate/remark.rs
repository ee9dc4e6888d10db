//! Remarks, keys and figures told apart by their words alone.

use crate::model::Raw;
use crate::schema::{Field, FieldType};

/// Text longer than this in a key's column is a note, not a key.
const LONGEST_KEY: usize = 60;

/// Words that remarks under a table begin with.
const REMARKS: [&str; 13] = [
    "note",
    "notes",
    "nb",
    "source",
    "sources",
    "key",
    "prepared",
    "completed",
    "signed",
    "please",
    "see",
    "approved",
    "guidance",
];

/// True if a text begins as remarks do.
pub(super) fn begins(text: &str) -> bool {
    let first = text.trim().split(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default();
    REMARKS.iter().any(|word| first.eq_ignore_ascii_case(word))
}

/// True if a field holds figures.
pub(super) fn is_of_figures(field: &Field) -> bool {
    matches!(field.kind, FieldType::Money | FieldType::Number | FieldType::Integer | FieldType::Percent)
}

/// True if a text looks like a value of a key field rather than like a remark.
pub(super) fn key_like(field: &Field, text: &str) -> bool {
    if let Some((_, pattern)) = &field.constraints.pattern {
        return pattern.is_match(text.trim());
    }
    if is_of_figures(field) {
        return has_digit(text) && text.len() <= 20;
    }
    let text = text.trim();
    !is_sentence(text) && !begins(text) && !text.starts_with('*') && !text.ends_with(':')
}

/// True if a text is too long for a title or a key, or ends as sentences do.
pub(super) fn is_sentence(text: &str) -> bool {
    let text = text.trim();
    text.len() > LONGEST_KEY || text.ends_with(['.', ';']) && text.split_whitespace().count() > 4
}

/// True if a value in a column of figures may be one. A day is when a remark was written.
pub(super) fn may_be_figure(raw: Raw<'_>) -> bool {
    match raw {
        Raw::Text(text) => has_digit(text),
        Raw::Number(_) | Raw::Error(_) | Raw::Uncached => true,
        Raw::Date(_) | Raw::IsoDate(_) | Raw::Duration(_) | Raw::Boolean(_) => false,
    }
}

/// True if words that stand alone in a column of figures may state one.
pub(super) fn may_state_figure(text: &str) -> bool {
    has_digit(text) && (text.len() <= LONGEST_KEY || text.contains('\u{a3}'))
}

/// True for nothing but an amount: `(\u{a3}1,234.50)`, `20k`, `61%`.
pub(super) fn is_amount(text: &str) -> bool {
    let sign = |letter: char| ",.()+-%kKmM\u{a3}\u{2212}\u{2013}".contains(letter);
    has_digit(text)
        && text.chars().all(|letter| letter.is_ascii_digit() || letter.is_whitespace() || sign(letter))
}

fn has_digit(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit())
}

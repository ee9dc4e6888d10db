//! A formula's text in pieces, each with the bytes that it stands in.

use rust_decimal::Decimal;
use std::ops::Range;

/// The longest formula that is taken apart, in bytes; Excel's own limit is 8,192 characters.
pub(in crate::reconcile) const MOST_BYTES: usize = 32_768;

/// One piece.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    Number(Decimal),
    Text(String),
    /// A name, a cell address, a function or a sheet: letters, digits, `$`, `.`, `_`, `\`, `?`.
    Word(String),
    /// A sheet's name in quotation marks.
    Quoted(String),
    /// An error value such as `#REF!`.
    Error,
    /// An operator or a mark; those of two letters are `<=`, `>=` and `<>`.
    Mark(&'static str),
}

const MARKS: [&str; 20] =
    ["<=", ">=", "<>", "+", "-", "*", "/", "^", "&", "=", "<", ">", "(", ")", ",", ":", "!", "%", "{", "}"];
const ERRORS: [&str; 8] =
    ["#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA"];

/// Takes a formula apart; `None` for what is not understood (names of tables, other workbooks, lists).
pub(super) fn tokens(text: &str) -> Option<Vec<(Token, Range<usize>)>> {
    if text.len() > MOST_BYTES {
        return None;
    }
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let first = rest.chars().next()?;
        let (token, length) = match first {
            c if c.is_whitespace() => {
                at += c.len_utf8();
                continue;
            }
            '"' => quoted(rest, '"').map(|(text, length)| (Token::Text(text), length))?,
            '\'' => quoted(rest, '\'').map(|(text, length)| (Token::Quoted(text), length))?,
            '#' => {
                let error = ERRORS.iter().find(|error| rest.starts_with(**error))?;
                (Token::Error, error.len())
            }
            c if c.is_ascii_digit() || c == '.' => number(rest)?,
            c if is_word(c) => {
                let length = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
                (Token::Word(rest[..length].to_owned()), length)
            }
            _ => {
                let mark = MARKS.iter().find(|mark| rest.starts_with(**mark))?;
                (Token::Mark(mark), mark.len())
            }
        };
        found.push((token, at..at + length));
        at += length;
    }
    Some(found)
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '$' | '_' | '.' | '\\' | '?')
}

/// What stands between two marks, of which two in a row are one of the text.
fn quoted(rest: &str, mark: char) -> Option<(String, usize)> {
    let mut text = String::new();
    let mut letters = rest.char_indices().skip(1).peekable();
    while let Some((at, c)) = letters.next() {
        if c != mark {
            text.push(c);
        } else if letters.peek().is_some_and(|(_, next)| *next == mark) {
            letters.next();
            text.push(mark);
        } else {
            return Some((text, at + mark.len_utf8()));
        }
    }
    None
}

/// A number, or the row numbers of whole rows (`5:8`), which are words.
fn number(rest: &str) -> Option<(Token, usize)> {
    let digits =
        |from: usize| rest.get(from..).map_or(0, |rest| rest.bytes().take_while(u8::is_ascii_digit).count());
    let mut length = digits(0);
    if rest.get(length..)?.starts_with('.') {
        length += 1;
        length += digits(length);
    }
    let mut exponent = 0;
    if rest.get(length..)?.starts_with(['e', 'E']) {
        let sign = usize::from(rest.get(length + 1..)?.starts_with(['+', '-']));
        let more = digits(length + 1 + sign);
        if more > 0 {
            exponent = 1 + sign + more;
        }
    }
    let text = rest.get(..length + exponent)?;
    let value = if exponent > 0 { Decimal::from_scientific(text).ok()? } else { exact(text)? };
    Some((Token::Number(value), length + exponent))
}

/// A decimal of which no digit is lost.
fn exact(text: &str) -> Option<Decimal> {
    let text = text.trim_end_matches('.');
    let text = if text.starts_with('.') { format!("0{text}") } else { text.to_owned() };
    Decimal::from_str_exact(&text).ok()
}

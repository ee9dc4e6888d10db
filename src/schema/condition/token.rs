//! Conditions cut into words, numbers, dates, texts and signs.

use super::Fault;
use jiff::civil::Date;
use rust_decimal::Decimal;
use std::ops::Range;

/// A piece of a condition.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    /// A field's name, or a word of the language.
    Word(String),
    /// Text in quotes.
    Text(String),
    /// A number.
    Number(Decimal),
    /// A date.
    Date(Date),
    /// A sign: `( ) , = != < <= > >= + - * /`.
    Sign(&'static str),
}

const SIGNS: [&str; 14] = ["!=", "<>", "<=", ">=", "(", ")", ",", "=", "<", ">", "+", "-", "*", "/"];

/// Cuts a condition into pieces with their places. What cannot be read is told, and something stands in for it.
pub(super) fn tokens(text: &str, faults: &mut Vec<Fault>) -> Vec<(Token, Range<usize>)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..)
        && let Some(first) = rest.chars().next()
    {
        if first.is_whitespace() {
            at += first.len_utf8();
            continue;
        }
        match next(rest, first, at) {
            Ok((token, length)) => {
                found.push((token, at..at + length));
                at += length;
            }
            Err(fault) => {
                at = fault.span.end.max(at + first.len_utf8());
                let stand_in = match first {
                    '0'..='9' if is_date_like(rest) => Some(Token::Date(Date::ZERO)),
                    '0'..='9' | '£' => Some(Token::Number(Decimal::ZERO)),
                    other if closing(other).is_some() => Some(Token::Text(String::new())),
                    _ => None,
                };
                found.extend(stand_in.map(|token| (token, fault.span.clone())));
                faults.push(fault);
            }
        }
    }
    found
}

fn next(rest: &str, first: char, at: usize) -> Result<(Token, usize), Fault> {
    if first.is_alphabetic() || first == '_' {
        let length = run(rest, |c| c.is_alphanumeric() || c == '_' || c == '.');
        return Ok((Token::Word(rest.get(..length).unwrap_or_default().to_owned()), length));
    }
    if first.is_ascii_digit() || first == '£' {
        return number(rest, at);
    }
    if let Some(close) = closing(first) {
        let inside = rest.get(first.len_utf8()..).unwrap_or_default();
        let Some(end) = inside.find(close) else {
            return Err(Fault {
                span: at..at + rest.len(),
                message: "The text is not closed: a quotation mark is missing at its end.".to_owned(),
                hint: None,
            });
        };
        let text = inside.get(..end).unwrap_or_default();
        return Ok((Token::Text(text.to_owned()), first.len_utf8() + end + close.len_utf8()));
    }
    if let Some(sign) = SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
        return Ok((Token::Sign(if *sign == "<>" { "!=" } else { sign }), sign.len()));
    }
    let (span, hint) = (at..at + first.len_utf8(), None);
    Err(Fault { span, message: format!("The sign {first} has no meaning in a condition."), hint })
}

/// The mark that closes a text.
const fn closing(open: char) -> Option<char> {
    match open {
        '"' => Some('"'),
        '\'' => Some('\''),
        '\u{201c}' => Some('\u{201d}'),
        _ => None,
    }
}

fn number(rest: &str, at: usize) -> Result<(Token, usize), Fault> {
    let pound = if rest.starts_with('£') { '£'.len_utf8() } else { 0 };
    let digits = rest.get(pound..).unwrap_or_default();
    let fault = |length: usize, message: &str, hint: Option<&str>| Fault {
        span: at..at + length,
        message: message.to_owned(),
        hint: hint.map(str::to_owned),
    };
    if pound == 0 && is_date_like(digits) {
        let length = run(digits, |c| c.is_ascii_digit() || c == '-');
        let date = digits.get(..length).and_then(|text| text.parse::<Date>().ok());
        return date
            .map(|date| (Token::Date(date), length))
            .ok_or_else(|| fault(length, "There is no such date.", Some("Write it as 2014-03-31.")));
    }
    let length = run(digits, |c| c.is_ascii_digit() || c == '.');
    let number = digits.get(..length).and_then(|text| text.parse::<Decimal>().ok());
    let percent = usize::from(digits.get(length..).is_some_and(|after| after.starts_with('%')));
    number.map(|number| (Token::Number(number), pound + length + percent)).ok_or_else(|| {
        fault(
            pound + length.max(usize::from(pound == 0)),
            "This is not a number.",
            Some("Write it as 1234.50."),
        )
    })
}

/// True for four digits, a hyphen, two digits and a hyphen.
fn is_date_like(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() >= 8
        && bytes.get(4) == Some(&b'-')
        && bytes.get(7) == Some(&b'-')
        && bytes.get(..4).is_some_and(|year| year.iter().all(u8::is_ascii_digit))
}

/// Bytes of the characters at the start that fit.
fn run(text: &str, fits: impl Fn(char) -> bool) -> usize {
    text.find(|c: char| !fits(c)).unwrap_or(text.len())
}

//! Lines of a `sheet` block and the values in them.

use super::marks::{self, Mark};
use super::notation::{Expected, expected};
use jiff::civil::Date;
use quarterday::model::{CellRef, ErrorValue};
use std::fmt;

/// One line of a sheet.
pub enum Line {
    /// Values from an address to the right.
    Cells(Vec<(CellRef, Cell)>),
    /// A merged area.
    Merged(CellRef, CellRef),
    /// An expected finding.
    Expected(Expected),
    /// How cells look, what is hidden, or what stands beside them.
    Mark(Mark),
}

/// A value as written in the notation.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Text.
    Text(String),
    /// A number.
    Number(f64),
    /// A real date.
    Date(Date),
    /// True or false.
    Boolean(bool),
    /// An error value.
    Error(ErrorValue),
    /// A formula without its `=`, and its stored value.
    Formula(String, Option<Box<Cell>>),
}

/// Reads a line; `None` if it is not one.
pub fn line(text: &str, sheet: &str, file: &str) -> Option<Line> {
    if let Some(rest) = text.strip_prefix("! ") {
        return expected(rest, Some(file), Some(sheet)).map(Line::Expected);
    }
    if let Some(rest) = text.strip_prefix("merge ") {
        let (first, last) = rest.trim().split_once(':')?;
        return Some(Line::Merged(CellRef::parse(first)?, CellRef::parse(last)?));
    }
    if let Some(mark) = marks::mark(text) {
        return Some(Line::Mark(mark));
    }
    let (address, rest) = text.split_once(':')?;
    let first = CellRef::parse(address.trim())?;
    let mut cells = Vec::new();
    for (index, part) in split(rest)?.into_iter().enumerate() {
        let column = first.column + u16::try_from(index).ok()?;
        if let Some(cell) = part {
            cells.push((CellRef::new(first.row, column), cell));
        }
    }
    Some(Line::Cells(cells))
}

fn split(text: &str) -> Option<Vec<Option<Cell>>> {
    let mut parts = Vec::new();
    let mut rest = text.trim();
    loop {
        let (part, after) = if rest.starts_with('"') {
            let (quoted, after) = unquote(rest)?;
            let (quoted, after) = repeated(quoted, after.trim_start())?;
            (Some(Cell::Text(quoted)), if after.is_empty() { None } else { Some(after.strip_prefix('|')?) })
        } else {
            let (part, after) =
                rest.split_once('|').map_or((rest, None), |(part, after)| (part, Some(after)));
            (if part.trim().is_empty() { None } else { Some(cell(part.trim())?) }, after)
        };
        parts.push(part);
        match after {
            Some(after) => rest = after.trim(),
            None => return Some(parts),
        }
    }
}

/// `"x" * 300`: a long text.
fn repeated(quoted: String, after: &str) -> Option<(String, &str)> {
    let Some(rest) = after.strip_prefix("* ") else { return Some((quoted, after)) };
    let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    Some((quoted.repeat(rest[..digits].parse().ok()?), rest[digits..].trim_start()))
}

fn unquote(text: &str) -> Option<(String, &str)> {
    let mut quoted = String::new();
    let mut chars = text.char_indices().skip(1);
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return Some((quoted, &text[at + 1..])),
            '\\' => match chars.next()?.1 {
                'n' => quoted.push('\n'),
                't' => quoted.push('\t'),
                'u' => {
                    let digits: String =
                        chars.by_ref().skip(1).map(|(_, c)| c).take_while(|c| *c != '}').collect();
                    quoted.push(char::from_u32(u32::from_str_radix(&digits, 16).ok()?)?);
                }
                other => quoted.push(other),
            },
            other => quoted.push(other),
        }
    }
    None
}

fn cell(text: &str) -> Option<Cell> {
    if let Some(formula) = text.strip_prefix('=') {
        let (formula, value) = match formula.rsplit_once("->") {
            Some((formula, value)) => (formula.trim(), Some(value.trim())),
            None => (formula, None),
        };
        let value = match value {
            Some(quoted) if quoted.starts_with('"') => Some(Box::new(Cell::Text(unquote(quoted)?.0))),
            Some(value) => Some(Box::new(plain(value))),
            None => None,
        };
        return Some(Cell::Formula(formula.to_owned(), value));
    }
    Some(plain(text))
}

fn plain(text: &str) -> Cell {
    if let Some(error) = ErrorValue::from_text(text) {
        return Cell::Error(error);
    }
    if text == "TRUE" || text == "FALSE" {
        return Cell::Boolean(text == "TRUE");
    }
    let digits = text.strip_prefix('-').unwrap_or(text);
    let numeric = digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        && digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.ends_with(|c: char| c.is_ascii_digit());
    if numeric && let Ok(number) = text.parse() {
        return Cell::Number(number);
    }
    if text.len() == 10
        && text.as_bytes()[4] == b'-'
        && let Ok(date) = text.parse()
    {
        return Cell::Date(date);
    }
    Cell::Text(text.to_owned())
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) if plain(text) == *self && is_plain(text) => f.write_str(text),
            Self::Text(text) => {
                let escaped = text
                    .replace('\\', "\\\\")
                    .replace('"', "\\\"")
                    .replace('\n', "\\n")
                    .replace('\t', "\\t")
                    .replace('\u{a0}', "\\u{a0}");
                write!(f, "\"{escaped}\"")
            }
            Self::Number(number) => write!(f, "{number}"),
            Self::Date(date) => write!(f, "{date}"),
            Self::Boolean(value) => f.write_str(if *value { "TRUE" } else { "FALSE" }),
            Self::Error(error) => f.write_str(error.text()),
            Self::Formula(formula, Some(value)) => write!(f, "={formula} -> {value}"),
            Self::Formula(formula, None) => write!(f, "={formula}"),
        }
    }
}

fn is_plain(text: &str) -> bool {
    !text.is_empty()
        && text.trim() == text
        && !text.starts_with(['=', '"'])
        && !text.contains(['|', '\n', '\t', '\u{a0}'])
}

//! A formula as a tree: operators, calls and references, by precedence climbing.
//!
//! The one parser library that is looked after keeps numbers as binary fractions, which money must not pass through, and
//! does not say where in the text a range stands, which a corrected formula needs.

mod reader;

use super::token::tokens;
use crate::model::{CellRef, MAX_COLUMNS, MAX_ROWS, column_letters};
use reader::Reader;
use rust_decimal::Decimal;
use std::fmt::Write as _;
use std::ops::Range;

/// How deep a formula may go: brackets in brackets, and operators one after another.
pub(in crate::reconcile) const MOST_DEPTH: usize = 200;

/// A formula or a part of one.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Expr {
    Number(Decimal),
    Text(String),
    Boolean(bool),
    Error,
    /// An argument that is left out.
    Omitted,
    Area(Area),
    /// A defined name.
    Name(String),
    Minus(Box<Expr>),
    Plus(Box<Expr>),
    Percent(Box<Expr>),
    Binary(&'static str, Box<Expr>, Box<Expr>),
    /// A function, its name in capitals.
    Call(String, Vec<Expr>),
}

/// A cell or a range of cells.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Area {
    /// The sheet as written, if one is named.
    pub(super) sheet: Option<String>,
    pub(super) first: Point,
    pub(super) last: Point,
    pub(super) shape: Shape,
    /// Where the cells stand in the text, without the sheet.
    pub(super) span: Range<usize>,
}

/// How an area is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Cell,
    Range,
    Columns,
    Rows,
}

/// A corner of an area, and what of it a `$` holds fast.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Point {
    pub(super) at: CellRef,
    pub(super) row_fixed: bool,
    pub(super) column_fixed: bool,
}

impl Point {
    /// The same corner as a copy of the formula would have it so far away; `None` outside the sheet.
    pub(super) fn moved(self, down: i64, right: i64) -> Option<Self> {
        let row = i64::from(self.at.row) + if self.row_fixed { 0 } else { down };
        let column = i64::from(self.at.column) + if self.column_fixed { 0 } else { right };
        let (row, column) = (u32::try_from(row).ok()?, u16::try_from(column).ok()?);
        (row < MAX_ROWS && column < MAX_COLUMNS).then_some(Self { at: CellRef::new(row, column), ..self })
    }

    fn show(self) -> String {
        let dollar = |fixed: bool| if fixed { "$" } else { "" };
        let letters = column_letters(self.at.column);
        format!("{}{letters}{}{}", dollar(self.column_fixed), dollar(self.row_fixed), self.at.row + 1)
    }
}

impl Area {
    /// True if a cell of the same sheet lies in it.
    pub(super) fn holds(&self, at: CellRef) -> bool {
        (self.first.at.row..=self.last.at.row).contains(&at.row)
            && (self.first.at.column..=self.last.at.column).contains(&at.column)
    }

    /// The area as a copy of the formula would have it.
    pub(super) fn moved(&self, down: i64, right: i64) -> Option<Self> {
        let (down_rows, right_columns) = match self.shape {
            Shape::Columns => (0, right),
            Shape::Rows => (down, 0),
            Shape::Cell | Shape::Range => (down, right),
        };
        Some(Self {
            first: self.first.moved(down_rows, right_columns)?,
            last: self.last.moved(down_rows, right_columns)?,
            ..self.clone()
        })
    }

    /// The cells as written, without the sheet.
    pub(super) fn cells(&self) -> String {
        let dollar = |fixed: bool| if fixed { "$" } else { "" };
        let column =
            |point: Point| format!("{}{}", dollar(point.column_fixed), column_letters(point.at.column));
        let row = |point: Point| format!("{}{}", dollar(point.row_fixed), point.at.row + 1);
        match self.shape {
            Shape::Cell => self.first.show(),
            Shape::Range => format!("{}:{}", self.first.show(), self.last.show()),
            Shape::Columns => format!("{}:{}", column(self.first), column(self.last)),
            Shape::Rows => format!("{}:{}", row(self.first), row(self.last)),
        }
    }

    /// The area as written, with its sheet.
    pub(super) fn show(&self) -> String {
        match &self.sheet {
            Some(sheet) if is_plain_name(sheet) => format!("{sheet}!{}", self.cells()),
            Some(sheet) => format!("'{}'!{}", sheet.replace('\'', "''"), self.cells()),
            None => self.cells(),
        }
    }
}

/// True if a sheet's name stands in a formula without quotation marks: letters, digits and lines that are no address.
fn is_plain_name(name: &str) -> bool {
    let upper = name.to_uppercase();
    let numbered =
        |text: &str| text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'R' || byte == b'C');
    name.starts_with(|letter: char| letter.is_ascii_alphabetic() || letter == '_')
        && name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
        && CellRef::parse(name).is_none()
        && !numbered(&upper)
        && !["TRUE", "FALSE"].contains(&upper.as_str())
}

impl Expr {
    /// Reads a formula without its `=`; `None` for what is not understood, or is too long or too deep.
    pub(super) fn read(text: &str) -> Option<Self> {
        Reader::new(tokens(text)?).whole()
    }

    /// The formula as text, every reference shown by `area`.
    pub(super) fn show(&self, area: &dyn Fn(&Area) -> String) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::Text(text) => format!("\"{}\"", text.replace('"', "\"\"")),
            Self::Boolean(true) => "TRUE".to_owned(),
            Self::Boolean(false) => "FALSE".to_owned(),
            Self::Error => "#REF!".to_owned(),
            Self::Omitted => String::new(),
            Self::Area(one) => area(one),
            Self::Name(name) => name.clone(),
            Self::Minus(inner) => format!("-{}", inner.operand(area)),
            Self::Plus(inner) => format!("+{}", inner.operand(area)),
            Self::Percent(inner) => format!("{}%", inner.operand(area)),
            Self::Binary(mark, left, right) => {
                let binds = binding(mark).unwrap_or(0);
                let side = |one: &Self, least: u8| match one {
                    Self::Binary(inner, ..) if binding(inner).unwrap_or(0) < least => {
                        format!("({})", one.show(area))
                    }
                    _ => one.show(area),
                };
                format!("{}{mark}{}", side(left, binds), side(right, binds + 1))
            }
            Self::Call(name, arguments) => {
                let mut text = format!("{name}(");
                for (place, argument) in arguments.iter().enumerate() {
                    // Writing to a String cannot fail.
                    let _ = write!(text, "{}{}", if place > 0 { "," } else { "" }, argument.show(area));
                }
                text + ")"
            }
        }
    }

    fn operand(&self, area: &dyn Fn(&Area) -> String) -> String {
        match self {
            Self::Binary(..) | Self::Minus(_) | Self::Plus(_) => format!("({})", self.show(area)),
            _ => self.show(area),
        }
    }

    /// The parts directly below.
    pub(super) fn parts(&self) -> Vec<&Self> {
        match self {
            Self::Minus(inner) | Self::Plus(inner) | Self::Percent(inner) => vec![inner],
            Self::Binary(_, left, right) => vec![left, right],
            Self::Call(_, arguments) => arguments.iter().collect(),
            _ => Vec::new(),
        }
    }

    /// Every reference in it.
    pub(super) fn areas(&self) -> Vec<&Area> {
        let mut found = Vec::new();
        self.gather(&mut found);
        found
    }

    fn gather<'e>(&'e self, found: &mut Vec<&'e Area>) {
        match self {
            Self::Area(area) => found.push(area),
            _ => self.parts().into_iter().for_each(|part| part.gather(found)),
        }
    }

    /// The formula as a copy of it would be so many rows down and columns to the right.
    pub(super) fn moved(&self, down: i64, right: i64) -> Option<Self> {
        let inner = |one: &Self| one.moved(down, right).map(Box::new);
        Some(match self {
            Self::Area(area) => Self::Area(area.moved(down, right)?),
            Self::Minus(one) => Self::Minus(inner(one)?),
            Self::Plus(one) => Self::Plus(inner(one)?),
            Self::Percent(one) => Self::Percent(inner(one)?),
            Self::Binary(mark, left, right) => Self::Binary(mark, inner(left)?, inner(right)?),
            Self::Call(name, arguments) => {
                let moved = arguments.iter().map(|argument| argument.moved(down, right));
                Self::Call(name.clone(), moved.collect::<Option<_>>()?)
            }
            other => other.clone(),
        })
    }

    /// The formula with every area of one column put into another column.
    pub(super) fn over_column(&self, column: u16) -> Self {
        let inner = |one: &Self| Box::new(one.over_column(column));
        match self {
            Self::Area(area) => {
                let mut area = area.clone();
                (area.first.at.column, area.last.at.column) = (column, column);
                Self::Area(area)
            }
            Self::Minus(one) => Self::Minus(inner(one)),
            Self::Plus(one) => Self::Plus(inner(one)),
            Self::Percent(one) => Self::Percent(inner(one)),
            Self::Binary(mark, left, right) => Self::Binary(mark, inner(left), inner(right)),
            Self::Call(name, arguments) => {
                Self::Call(name.clone(), arguments.iter().map(|one| one.over_column(column)).collect())
            }
            other => other.clone(),
        }
    }
}

/// How tightly an operator binds.
fn binding(mark: &str) -> Option<u8> {
    Some(match mark {
        "=" | "<" | ">" | "<=" | ">=" | "<>" => 1,
        "&" => 2,
        "+" | "-" => 3,
        "*" | "/" => 4,
        "^" => 5,
        _ => return None,
    })
}

#[cfg(test)]
mod tests;

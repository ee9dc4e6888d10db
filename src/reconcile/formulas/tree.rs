//! A formula as a tree: operators, calls and references, by precedence climbing.
//!
//! The one parser library that is looked after keeps numbers as binary fractions, which money must not pass through, and
//! does not say where in the text a range stands, which a corrected formula needs.

use super::token::{Token, tokens};
use crate::model::{CellRef, MAX_COLUMNS, MAX_ROWS, column_letters};
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
            Some(sheet) => format!("'{}'!{}", sheet.replace('\'', "''"), self.cells()),
            None => self.cells(),
        }
    }
}

impl Expr {
    /// Reads a formula without its `=`; `None` for what is not understood, or is too long or too deep.
    pub(super) fn read(text: &str) -> Option<Self> {
        let mut reader = Reader { tokens: tokens(text)?, at: 0, depth: 0 };
        let (expr, _) = reader.binary(0)?;
        (reader.at == reader.tokens.len()).then_some(expr)
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

struct Reader {
    tokens: Vec<(Token, Range<usize>)>,
    at: usize,
    depth: usize,
}

impl Reader {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at).map(|(token, _)| token)
    }

    fn is(&self, mark: &str) -> bool {
        matches!(self.peek(), Some(Token::Mark(found)) if *found == mark)
    }

    fn take(&mut self, mark: &str) -> Option<()> {
        self.is(mark).then(|| self.at += 1)
    }

    /// Operators that bind at least so tightly; gives how deep the tree is too.
    fn binary(&mut self, least: u8) -> Option<(Expr, usize)> {
        self.depth += 1;
        if self.depth > MOST_DEPTH {
            return None;
        }
        let (mut left, mut depth) = self.signed()?;
        while let Some(Token::Mark(mark)) = self.peek() {
            let mark = *mark;
            let Some(binds) = binding(mark).filter(|binds| *binds >= least) else { break };
            self.at += 1;
            let (right, deep) = self.binary(binds + 1)?;
            depth = depth.max(deep) + 1;
            if depth > MOST_DEPTH {
                return None;
            }
            left = Expr::Binary(mark, Box::new(left), Box::new(right));
        }
        self.depth -= 1;
        Some((left, depth))
    }

    /// Signs, which bind tighter than any operator, a value, and per cent behind it.
    fn signed(&mut self) -> Option<(Expr, usize)> {
        let mut signs = Vec::new();
        while self.is("-") || self.is("+") {
            signs.push(self.is("-"));
            self.at += 1;
        }
        let (mut expr, mut depth) = self.value()?;
        while self.take("%").is_some() {
            expr = Expr::Percent(Box::new(expr));
            depth += 1;
            if depth > MOST_DEPTH {
                return None;
            }
        }
        depth += signs.len();
        if depth > MOST_DEPTH {
            return None;
        }
        for minus in signs.into_iter().rev() {
            expr = if minus { Expr::Minus(Box::new(expr)) } else { Expr::Plus(Box::new(expr)) };
        }
        Some((expr, depth))
    }

    fn value(&mut self) -> Option<(Expr, usize)> {
        let (token, span) = self.tokens.get(self.at)?.clone();
        let expr = match token {
            Token::Number(_) if self.after_is(1, ":") => self.area(None)?,
            Token::Number(number) => self.step(Expr::Number(number)),
            Token::Text(text) => self.step(Expr::Text(text)),
            Token::Error => self.step(Expr::Error),
            Token::Quoted(name) => {
                self.at += 1;
                self.take("!")?;
                self.area(Some(name))?
            }
            Token::Mark("(") => {
                self.at += 1;
                let (inner, depth) = self.binary(0)?;
                self.take(")")?;
                return Some((inner, depth + 1));
            }
            Token::Mark(_) => return None,
            Token::Word(name) if self.after_is(1, "!") => {
                self.at += 2;
                self.area(Some(name))?
            }
            Token::Word(name) if self.after_is(1, "(") && self.tokens[self.at + 1].1.start == span.end => {
                self.at += 2;
                let (arguments, depth) = self.arguments()?;
                let name = name.to_ascii_uppercase();
                let name = name.trim_start_matches("_XLFN.").trim_start_matches("_XLWS.").to_owned();
                return Some((Expr::Call(name, arguments), depth + 1));
            }
            Token::Word(name) => match name.to_ascii_uppercase().as_str() {
                "TRUE" => self.step(Expr::Boolean(true)),
                "FALSE" => self.step(Expr::Boolean(false)),
                _ if point(&name).is_some() || self.after_is(1, ":") => self.area(None)?,
                _ => self.step(Expr::Name(name)),
            },
        };
        Some((expr, 1))
    }

    fn step(&mut self, expr: Expr) -> Expr {
        self.at += 1;
        expr
    }

    fn after_is(&self, ahead: usize, mark: &str) -> bool {
        matches!(self.tokens.get(self.at + ahead), Some((Token::Mark(found), _)) if *found == mark)
    }

    fn arguments(&mut self) -> Option<(Vec<Expr>, usize)> {
        let (mut arguments, mut depth) = (Vec::new(), 0);
        if self.take(")").is_some() {
            return Some((arguments, depth));
        }
        loop {
            if self.is(",") || self.is(")") {
                arguments.push(Expr::Omitted);
            } else {
                let (argument, deep) = self.binary(0)?;
                depth = depth.max(deep);
                arguments.push(argument);
            }
            if self.take(",").is_none() {
                self.take(")")?;
                return Some((arguments, depth));
            }
        }
    }

    /// A cell, a range, whole columns or whole rows.
    fn area(&mut self, sheet: Option<String>) -> Option<Expr> {
        let (first, span) = self.corner()?;
        if !self.is(":") {
            let Corner::Cell(first) = first else { return None };
            return Some(Expr::Area(Area { sheet, first, last: first, shape: Shape::Cell, span }));
        }
        self.at += 1;
        let (last, end) = self.corner()?;
        let span = span.start..end.end;
        let point = |row: u32, column: u16, row_fixed: bool, column_fixed: bool| Point {
            at: CellRef::new(row, column),
            row_fixed,
            column_fixed,
        };
        let (first, last, shape) = match (first, last) {
            (Corner::Cell(a), Corner::Cell(b)) => {
                let (top, bottom) = ordered((a.at.row, a.row_fixed), (b.at.row, b.row_fixed));
                let (left, right) = ordered((a.at.column, a.column_fixed), (b.at.column, b.column_fixed));
                let first = point(top.0, left.0, top.1, left.1);
                (first, point(bottom.0, right.0, bottom.1, right.1), Shape::Range)
            }
            (Corner::Column(a, fixed_a), Corner::Column(b, fixed_b)) => {
                let (left, right) = ordered((a, fixed_a), (b, fixed_b));
                let last = point(MAX_ROWS - 1, right.0, false, right.1);
                (point(0, left.0, false, left.1), last, Shape::Columns)
            }
            (Corner::Row(a, fixed_a), Corner::Row(b, fixed_b)) => {
                let (top, bottom) = ordered((a, fixed_a), (b, fixed_b));
                let last = point(bottom.0, MAX_COLUMNS - 1, bottom.1, false);
                (point(top.0, 0, top.1, false), last, Shape::Rows)
            }
            _ => return None,
        };
        Some(Expr::Area(Area { sheet, first, last, shape, span }))
    }

    fn corner(&mut self) -> Option<(Corner, Range<usize>)> {
        let (token, span) = self.tokens.get(self.at)?.clone();
        self.at += 1;
        let corner = match token {
            Token::Word(word) => corner(&word)?,
            Token::Number(number) => corner(&number.to_string())?,
            _ => return None,
        };
        Some((corner, span))
    }
}

fn ordered<T: PartialOrd>(a: (T, bool), b: (T, bool)) -> ((T, bool), (T, bool)) {
    if b.0 < a.0 { (b, a) } else { (a, b) }
}

enum Corner {
    Cell(Point),
    Column(u16, bool),
    Row(u32, bool),
}

fn corner(word: &str) -> Option<Corner> {
    if let Some(point) = point(word) {
        return Some(Corner::Cell(point));
    }
    let (bare, fixed) = word.strip_prefix('$').map_or((word, false), |bare| (bare, true));
    if bare.bytes().all(|byte| byte.is_ascii_digit()) {
        return CellRef::parse(&format!("A{bare}")).map(|cell| Corner::Row(cell.row, fixed));
    }
    CellRef::parse(&format!("{bare}1"))
        .filter(|_| bare.bytes().all(|byte| byte.is_ascii_alphabetic()))
        .map(|cell| Corner::Column(cell.column, fixed))
}

/// A cell's address with its `$`.
fn point(word: &str) -> Option<Point> {
    let (rest, column_fixed) = word.strip_prefix('$').map_or((word, false), |rest| (rest, true));
    let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (name, rest) = rest.split_at(letters);
    let (digits, row_fixed) = rest.strip_prefix('$').map_or((rest, false), |rest| (rest, true));
    let at = CellRef::parse(&format!("{name}{digits}")).filter(|_| !name.is_empty())?;
    Some(Point { at, row_fixed, column_fixed })
}

#[cfg(test)]
mod tests;

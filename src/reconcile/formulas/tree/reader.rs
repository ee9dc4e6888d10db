//! Pieces of a formula to a tree, by precedence climbing.

use super::{Area, Expr, MOST_DEPTH, Point, Shape, binding};
use crate::model::{CellRef, MAX_COLUMNS, MAX_ROWS};
use crate::reconcile::formulas::token::Token;
use std::ops::Range;

/// Goes through the pieces of a formula.
pub(super) struct Reader {
    tokens: Vec<(Token, Range<usize>)>,
    at: usize,
    depth: usize,
}

impl Reader {
    pub(super) const fn new(tokens: Vec<(Token, Range<usize>)>) -> Self {
        Self { tokens, at: 0, depth: 0 }
    }

    /// All of it as one formula.
    pub(super) fn whole(mut self) -> Option<Expr> {
        let (expr, _) = self.binary(0)?;
        (self.at == self.tokens.len()).then_some(expr)
    }

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

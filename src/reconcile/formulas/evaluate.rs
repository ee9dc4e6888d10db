//! Simple arithmetic worked out exactly: `+ − × ÷`, per cent, SUM, SUBTOTAL, SUMIF, SUMIFS, ROUND and ABS. What is beyond
//! that is not worked out, and nothing is said of it.

use super::book::{Book, Value};
use super::tree::{Area, Expr};
use crate::model::CellRef;
use rust_decimal::{Decimal, RoundingStrategy};

/// A formula's result, and the largest number that went into it (which tells how much of it rounding may change).
pub(super) struct Result {
    pub(super) number: Decimal,
    pub(super) largest: Decimal,
}

/// Works a formula of a sheet out from the stored values of the cells it uses; `None` if it is not a number that can be.
pub(super) fn number(book: &Book<'_>, sheet: usize, expr: &Expr) -> Option<Result> {
    let mut work = Work { book, sheet, largest: Decimal::ZERO };
    let number = work.number(expr)?;
    Some(Result { number, largest: work.largest })
}

/// True if the stored result is what the formula comes to, but for the last digits of binary fractions.
pub(super) fn agrees(stored: Decimal, result: &Result) -> bool {
    let most = result.largest.max(stored.abs());
    let slack = Decimal::new(1, 6).max(most.checked_mul(Decimal::new(1, 11)).unwrap_or(Decimal::ONE));
    stored.checked_sub(result.number).is_some_and(|apart| apart.abs() <= slack)
}

struct Work<'b, 'w> {
    book: &'b Book<'w>,
    sheet: usize,
    largest: Decimal,
}

impl<'w> Work<'_, 'w> {
    fn number(&mut self, expr: &Expr) -> Option<Decimal> {
        let number = match expr {
            Expr::Number(number) => *number,
            Expr::Area(area) => match self.single(area)? {
                Value::Number(number) => number,
                Value::Blank => Decimal::ZERO,
                _ => return None,
            },
            Expr::Minus(inner) => -self.number(inner)?,
            Expr::Plus(inner) => self.number(inner)?,
            Expr::Percent(inner) => self.number(inner)?.checked_div(Decimal::ONE_HUNDRED)?,
            Expr::Binary(mark, left, right) => {
                let (left, right) = (self.number(left)?, self.number(right)?);
                match *mark {
                    "+" => left.checked_add(right)?,
                    "-" => left.checked_sub(right)?,
                    "*" => left.checked_mul(right)?,
                    "/" => left.checked_div(right)?,
                    _ => return None,
                }
            }
            Expr::Call(name, arguments) => self.call(name, arguments)?,
            _ => return None,
        };
        self.largest = self.largest.max(number.abs());
        Some(number)
    }

    fn call(&mut self, name: &str, arguments: &[Expr]) -> Option<Decimal> {
        match (name, arguments) {
            ("SUM", arguments) => {
                arguments.iter().try_fold(Decimal::ZERO, |sum, one| sum.checked_add(self.summed(one, None)?))
            }
            ("SUBTOTAL", [Expr::Number(code), areas @ ..]) => {
                let code = [Decimal::from(9), Decimal::from(109)].iter().position(|known| known == code)?;
                let skip = Skip { hidden: code == 1 };
                areas
                    .iter()
                    .try_fold(Decimal::ZERO, |sum, one| sum.checked_add(self.summed(one, Some(skip))?))
            }
            ("ABS", [one]) => Some(self.number(one)?.abs()),
            ("ROUND" | "ROUNDUP" | "ROUNDDOWN", [one, digits]) => {
                let digits = i32::try_from(self.number(digits)?).ok()?;
                let how = match name {
                    "ROUNDUP" => RoundingStrategy::AwayFromZero,
                    "ROUNDDOWN" => RoundingStrategy::ToZero,
                    _ => RoundingStrategy::MidpointAwayFromZero,
                };
                let number = self.number(one)?;
                // A product in binary fractions may lie a hair to the other side of where rounding turns.
                let is_exact = matches!(one, Expr::Area(_) | Expr::Number(_));
                if !is_exact && turns(number, digits, how)? {
                    return None;
                }
                round(number, digits, how)
            }
            // What the error would be replaced by is not wanted where there is none.
            ("IFERROR" | "IFNA", [one, _]) => self.number(one),
            ("IF", [condition, yes, no]) => {
                let chosen = if self.holds(condition)? { yes } else { no };
                self.number(chosen)
            }
            ("SUMIF", [tested, criterion]) => self.sum_if(tested, &[(tested, criterion)]),
            ("SUMIF", [tested, criterion, summed]) => self.sum_if(summed, &[(tested, criterion)]),
            ("SUMIFS", [summed, rest @ ..]) if !rest.is_empty() && rest.len().is_multiple_of(2) => {
                let pairs: Vec<_> = rest.chunks(2).map(|pair| (&pair[0], &pair[1])).collect();
                self.sum_if(summed, &pairs)
            }
            _ => None,
        }
    }

    /// What SUM makes of an argument: text and yes or no in cells count as nothing.
    fn summed(&mut self, argument: &Expr, skip: Option<Skip>) -> Option<Decimal> {
        let Expr::Area(area) = argument else {
            return if skip.is_some() { None } else { self.number(argument) };
        };
        let sheet = self.book.sheet_of(self.sheet, area)?;
        let mut sum = Some(Decimal::ZERO);
        let mut largest = self.largest;
        let book = self.book;
        let page = book.pages.iter().find(|page| page.sheet == sheet);
        let facts = &book.sheets.get(sheet)?.facts;
        let filtered = facts.filter.is_some_and(|filter| filter.active);
        book.each(sheet, area, |at, value| {
            if let Some(skip) = skip {
                let nested =
                    page.and_then(|page| page.expr(at)).is_some_and(|expr| holds_call(expr, "SUBTOTAL"));
                let hidden = facts.is_row_hidden(at.row);
                if nested || (hidden && skip.hidden) {
                    return;
                }
                if hidden && filtered {
                    // Rows that the filter hides are left out, others are not, and the file does not tell them apart.
                    sum = None;
                    return;
                }
            }
            match value {
                Value::Number(number) => {
                    largest = largest.max(number.abs());
                    sum = sum.and_then(|sum| sum.checked_add(number));
                }
                Value::Error | Value::Unknown => sum = None,
                _ => {}
            }
        })?;
        self.largest = largest;
        sum
    }

    /// Whether a comparison holds; `None` if that cannot be told, or hangs on a hair.
    fn holds(&mut self, condition: &Expr) -> Option<bool> {
        let (mark, left, right) = match condition {
            Expr::Boolean(value) => return Some(*value),
            Expr::Binary(mark, left, right) => (*mark, left.as_ref(), right.as_ref()),
            _ => return None,
        };
        match (self.words(left), self.words(right)) {
            (Some(left), Some(right)) => match mark {
                "=" => Some(left.eq_ignore_ascii_case(right)),
                "<>" => Some(!left.eq_ignore_ascii_case(right)),
                _ => None,
            },
            (None, None) => {
                let is_stored = |expr: &Expr| matches!(expr, Expr::Area(_) | Expr::Number(_));
                let apart = self.number(left)?.checked_sub(self.number(right)?)?;
                if apart.abs() < Decimal::new(1, 6) && !(is_stored(left) && is_stored(right)) {
                    return None;
                }
                Some(match mark {
                    "=" => apart.is_zero(),
                    "<>" => !apart.is_zero(),
                    "<" => apart < Decimal::ZERO,
                    ">" => apart > Decimal::ZERO,
                    "<=" => apart <= Decimal::ZERO,
                    ">=" => apart >= Decimal::ZERO,
                    _ => return None,
                })
            }
            // A blank cell is no words beside words, and nought beside a number.
            (Some(""), None) | (None, Some("")) => match (mark, self.blank(left), self.blank(right)) {
                (_, true, _) | (_, _, true) => None,
                ("=", ..) => Some(false),
                ("<>", ..) => Some(true),
                _ => None,
            },
            _ => None,
        }
    }

    /// The words of a text or of a cell with text; a blank cell has none.
    fn words<'e>(&self, expr: &'e Expr) -> Option<&'e str>
    where
        'w: 'e,
    {
        match expr {
            Expr::Text(text) => Some(text),
            Expr::Area(area) => match self.single(area)? {
                Value::Text(text) => Some(text),
                Value::Blank => Some(""),
                _ => None,
            },
            _ => None,
        }
    }

    fn blank(&self, expr: &Expr) -> bool {
        matches!(expr, Expr::Area(area) if self.single(area) == Some(Value::Blank))
    }

    /// The value of one cell.
    fn single(&self, area: &Area) -> Option<Value<'w>> {
        let sheet = self.book.sheet_of(self.sheet, area)?;
        (area.first.at == area.last.at).then(|| self.book.value(sheet, area.first.at))
    }

    fn sum_if(&mut self, summed: &Expr, pairs: &[(&Expr, &Expr)]) -> Option<Decimal> {
        let Expr::Area(summed) = summed else { return None };
        let summed_sheet = self.book.sheet_of(self.sheet, summed)?;
        let mut tests = Vec::new();
        for (tested, criterion) in pairs {
            let Expr::Area(tested) = tested else { return None };
            tests.push((self.book.sheet_of(self.sheet, tested)?, tested, self.criterion(criterion)?));
        }
        let (_, shape, _) = tests.first()?;
        let origin = shape.first.at;
        let from = summed.first.at;
        let mut wanted = summed.clone();
        // The cells added up begin at the range's first and reach as far as those tested.
        let place = |at: CellRef, to: CellRef| -> Option<CellRef> {
            let row = (at.row + to.row).checked_sub(origin.row)?;
            let column = (at.column + to.column).checked_sub(origin.column)?;
            Some(CellRef::new(row, column))
        };
        wanted.last.at = place(shape.last.at, from)?;
        let mut amounts = Vec::new();
        self.book.each(summed_sheet, &wanted, |at, value| amounts.push((at, value)))?;
        let mut sum = Decimal::ZERO;
        for (at, value) in amounts {
            self.book.spend(tests.len())?;
            let mut meets = true;
            for (sheet, tested, criterion) in &tests {
                let row = (at.row + tested.first.at.row).checked_sub(from.row)?;
                let column = (at.column + tested.first.at.column).checked_sub(from.column)?;
                meets &= criterion.met(&self.book.value(*sheet, CellRef::new(row, column)))?;
            }
            match value {
                Value::Number(number) if meets => {
                    self.largest = self.largest.max(number.abs());
                    sum = sum.checked_add(number)?;
                }
                Value::Error | Value::Unknown if meets => return None,
                _ => {}
            }
        }
        Some(sum)
    }

    /// What a SUMIF asks for, if it is plainly a number or a word.
    fn criterion(&self, expr: &Expr) -> Option<Criterion> {
        let said = match expr {
            Expr::Number(number) => return Some(Criterion::Number("=", *number)),
            Expr::Text(text) => text.as_str(),
            Expr::Area(area) => match self.single(area)? {
                Value::Number(number) => return Some(Criterion::Number("=", number)),
                Value::Text(text) => text,
                _ => return None,
            },
            _ => return None,
        };
        let mark = ["<=", ">=", "<>", "=", "<", ">"].into_iter().find(|mark| said.starts_with(mark));
        let rest = mark.map_or(said, |mark| &said[mark.len()..]);
        if let Ok(number) = Decimal::from_str_exact(rest) {
            return Some(Criterion::Number(mark.unwrap_or("="), number));
        }
        // Stars stand for anything, and what looks like a date or a share is turned into a number.
        let plain = !rest.is_empty()
            && !rest.contains(['*', '?', '~'])
            && !rest.starts_with(|c: char| c.is_ascii_digit());
        match mark {
            None | Some("=") if plain => Some(Criterion::Word(true, rest.to_lowercase())),
            Some("<>") if plain => Some(Criterion::Word(false, rest.to_lowercase())),
            _ => None,
        }
    }
}

/// What SUBTOTAL leaves out beside other sub-totals.
#[derive(Clone, Copy)]
struct Skip {
    hidden: bool,
}

/// What a SUMIF asks of a cell.
enum Criterion {
    Number(&'static str, Decimal),
    Word(bool, String),
}

impl Criterion {
    /// Whether a cell meets it; `None` if that cannot be told.
    fn met(&self, value: &Value<'_>) -> Option<bool> {
        Some(match (self, value) {
            (_, Value::Unknown) => return None,
            (Self::Number(mark, limit), Value::Number(number)) => match *mark {
                "=" => number == limit,
                "<>" => number != limit,
                "<" => number < limit,
                "<=" => number <= limit,
                ">" => number > limit,
                _ => number >= limit,
            },
            // Excel takes text that is a number for that number here.
            (Self::Number(..), Value::Text(text))
                if text.trim().starts_with(|c: char| !c.is_alphabetic()) =>
            {
                return None;
            }
            (Self::Number(mark, _), _) => *mark == "<>",
            (Self::Word(equal, word), Value::Text(text)) => (text.to_lowercase() == *word) == *equal,
            (Self::Word(equal, _), _) => !equal,
        })
    }
}

/// True if a function of that name is called anywhere in a formula.
pub(super) fn holds_call(expr: &Expr, name: &str) -> bool {
    matches!(expr, Expr::Call(found, _) if found == name)
        || expr.parts().into_iter().any(|part| holds_call(part, name))
}

/// True if the least change of a number could change what it is rounded to.
fn turns(number: Decimal, digits: i32, how: RoundingStrategy) -> Option<bool> {
    let hair = Decimal::new(1, 9);
    Some(round(number.checked_add(hair)?, digits, how)? != round(number.checked_sub(hair)?, digits, how)?)
}

fn round(number: Decimal, digits: i32, how: RoundingStrategy) -> Option<Decimal> {
    if let Ok(digits) = u32::try_from(digits) {
        return Some(number.round_dp_with_strategy(digits, how));
    }
    let unit = (0..digits.unsigned_abs().min(20))
        .try_fold(Decimal::ONE, |unit, _| unit.checked_mul(Decimal::TEN))?;
    number.checked_div(unit)?.round_dp_with_strategy(0, how).checked_mul(unit)
}

#[cfg(test)]
mod tests;

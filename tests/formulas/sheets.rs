//! Sheets with formulas for tests: worked out here, by other means than the program's own.

use quarterday::model::{
    CellRef, ErrorValue, FileId, FileKind, Raw, Sheet, SheetId, Workbook, column_letters,
};
use std::collections::BTreeMap;

/// A place: row and column, zero-based.
pub type At = (u32, u16);

/// A formula, as a thing that can be worked out and written.
#[derive(Debug, Clone)]
pub enum Formula {
    /// SUM over ranges, plus a number of pennies.
    Sum(Vec<(At, At)>, i64),
    /// SUBTOTAL(9) over a range.
    Subtotal(At, At),
    /// Cells added with plus signs.
    Plus(Vec<At>),
    /// One cell less another.
    Less(At, At),
    /// One cell by another; the result is not followed up.
    By(At, At),
    /// Anything else, with the number that it comes to.
    Other(String, f64),
}

/// What a cell holds.
#[derive(Debug, Clone)]
pub enum Cell {
    Words(String),
    Pence(i64),
    Year(i64),
    Error,
    Formula(Formula),
    /// A formula whose saved result is another.
    Stale(Formula, i64),
}

/// A sheet that is being made.
#[derive(Debug, Clone, Default)]
pub struct Page {
    pub cells: BTreeMap<At, Cell>,
    pub hidden: Vec<u32>,
    /// `$` before rows or columns of ranges, now and then.
    pub dollars: bool,
}

/// What a cell comes to in pennies; `None` for an error value.
type Worth = Option<i64>;

impl Page {
    pub fn set(&mut self, at: At, cell: Cell) {
        self.cells.insert(at, cell);
    }

    pub fn words(&mut self, at: At, words: &str) {
        self.set(at, Cell::Words(words.to_owned()));
    }

    pub fn formula(&mut self, at: At, formula: Formula) {
        self.set(at, Cell::Formula(formula));
    }

    /// What a cell adds to a sum: text adds nothing.
    pub fn worth(&self, at: At) -> Worth {
        match self.cells.get(&at) {
            None | Some(Cell::Words(_)) => Some(0),
            Some(Cell::Pence(pence) | Cell::Stale(_, pence)) => Some(*pence),
            Some(Cell::Year(year)) => Some(year * 100),
            Some(Cell::Error) => None,
            Some(Cell::Formula(formula)) => self.result(formula),
        }
    }

    pub fn result(&self, formula: &Formula) -> Worth {
        match formula {
            Formula::Sum(ranges, more) => {
                let cells = ranges.iter().flat_map(|(first, last)| range(*first, *last));
                cells.map(|at| self.worth(at)).try_fold(*more, |sum, one| Some(sum + one?))
            }
            Formula::Subtotal(first, last) => {
                let is_subtotal =
                    |at: &At| matches!(self.cells.get(at), Some(Cell::Formula(Formula::Subtotal(..))));
                let cells = range(*first, *last).filter(|at| !is_subtotal(at));
                cells.map(|at| self.worth(at)).try_fold(0, |sum, one| Some(sum + one?))
            }
            Formula::Plus(cells) => {
                cells.iter().map(|at| self.worth(*at)).try_fold(0, |sum, one| Some(sum + one?))
            }
            Formula::Less(a, b) => Some(self.worth(*a)? - self.worth(*b)?),
            Formula::By(..) | Formula::Other(..) => Some(0),
        }
    }

    pub fn text(&self, formula: &Formula) -> String {
        let area = |(first, last): &(At, At)| {
            if self.dollars {
                format!("{}:{}", name(*first).replacen(|c: char| c.is_ascii_digit(), "$", 0), name(*last))
            } else {
                format!("{}:{}", name(*first), name(*last))
            }
        };
        match formula {
            Formula::Sum(ranges, more) => {
                let ranges: Vec<String> = ranges.iter().map(area).collect();
                let more = if *more == 0 { String::new() } else { format!("+{}", pounds(*more)) };
                format!("SUM({}){more}", ranges.join(","))
            }
            Formula::Subtotal(first, last) => format!("SUBTOTAL(9,{})", area(&(*first, *last))),
            Formula::Plus(cells) => cells.iter().map(|at| name(*at)).collect::<Vec<_>>().join("+"),
            Formula::Less(a, b) => format!("{}-{}", name(*a), name(*b)),
            Formula::By(a, b) => format!("{}/{}", name(*a), name(*b)),
            Formula::Other(text, _) => text.clone(),
        }
    }

    /// The sheet as a grid.
    pub fn grid(&self) -> Workbook {
        let mut sheet = Sheet::new(FileId(0), SheetId(0), "Finance");
        for (&(row, column), cell) in &self.cells {
            let at = CellRef::new(row, column);
            match cell {
                Cell::Words(words) => sheet.push(at, Raw::Text(words)),
                Cell::Pence(pence) => sheet.push(at, number(*pence)),
                Cell::Year(year) => sheet.push(at, number(year * 100)),
                Cell::Error => sheet.push(at, Raw::Error(ErrorValue::Reference)),
                Cell::Stale(formula, stored) => {
                    sheet.push(at, number(*stored));
                    sheet.push_formula(at, self.text(formula));
                }
                Cell::Formula(formula) => {
                    let value = match formula {
                        Formula::Other(_, result) => Raw::Number(*result),
                        Formula::By(a, b) => match (self.worth(*a), self.worth(*b)) {
                            (Some(a), Some(b)) if b != 0 => Raw::Number(a as f64 / b as f64),
                            _ => Raw::Error(ErrorValue::DivideByZero),
                        },
                        other => self.result(other).map_or(Raw::Error(ErrorValue::Reference), number),
                    };
                    sheet.push(at, value);
                    sheet.push_formula(at, self.text(formula));
                }
            }
        }
        sheet.facts.hidden_rows = self.hidden.iter().map(|row| (*row, *row)).collect();
        sheet.finish();
        let mut workbook = Workbook::new(FileId(0), FileKind::Xlsx);
        workbook.sheets.push(sheet);
        workbook
    }
}

fn number(pence: i64) -> Raw<'static> {
    Raw::Number(pounds(pence).parse().expect("a number"))
}

/// `12.5` for 1,250 pennies.
pub fn pounds(pence: i64) -> String {
    let sign = if pence < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", pence.abs() / 100, pence.abs() % 100)
}

fn range(first: At, last: At) -> impl Iterator<Item = At> {
    (first.0..=last.0).flat_map(move |row| (first.1..=last.1).map(move |column| (row, column)))
}

pub fn name((row, column): At) -> String {
    format!("{}{}", column_letters(column), row + 1)
}

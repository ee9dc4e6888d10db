//! What partners' own formulas say: short ranges, sub-totals counted twice, typed totals, the odd one out.
//!
//! Looked at are the formulas of the sheets that tables were read from. A formula that is not understood, or calls a function
//! that is not worked out here, is left alone: nothing is said on a guess. Every audit is a file; they look at a formula in
//! this order, and a formula that one of the first four explains is not told again as unlike its neighbours.

mod book;
mod error_in_range;
mod evaluate;
mod hidden_in_sum;
mod includes_subtotal;
mod lines;
mod odd_one_out;
mod range_too_short;
mod relative;
mod stale_result;
mod sums;
mod text_in_sum;
mod token;
mod tree;
mod typed_total;

use crate::model::{
    CellRef, FormulaFault, FormulaFaultKind, MOST_FAULT_CELLS, Origin, Sheet, SheetId, Table, Unseen,
};
use book::{Book, Formula, Page, Role, Value};
use lines::Lines;
use rust_decimal::Decimal;
use std::collections::BTreeSet;

/// The most faults of a workbook that are listed.
const MOST_FAULTS: usize = 2_000;

/// What is wrong with a workbook's formulas, and what of them was not looked at.
#[derive(Debug, Default)]
pub struct Audit {
    /// In the order of the cells.
    pub faults: Vec<FormulaFault>,
    /// In words, if something was left out for its size.
    pub unseen: Option<Unseen>,
    /// Sheets that a list's rows take figures from: the sheet of the list, and the other.
    pub linked: BTreeSet<(SheetId, SheetId)>,
}

/// Looks at the formulas of a workbook on the sheets that tables stand on.
#[must_use]
pub fn audit(sheets: &[Sheet], tables: &[Table]) -> Audit {
    let book = Book::new(sheets, tables);
    let mut faults = Vec::new();
    for page in &book.pages {
        let lines = Lines::new(&book, page);
        let scene = Scene { book: &book, page, lines: &lines };
        for formula in &page.formulas {
            if faults.len() >= MOST_FAULTS {
                book.spent.set(true);
                break;
            }
            scene.look(formula, &mut faults);
        }
        typed_total::find(&scene, &mut faults);
    }
    faults.sort_by_key(|fault| (fault.at, fault.kind));
    for fault in &mut faults {
        in_pounds(&book, tables, fault);
    }
    let beyond =
        || Unseen::Part("formulas beyond the first 50,000, or those that add up very many cells".to_owned());
    Audit { unseen: book.spent.get().then(beyond), faults, linked: linked(&book) }
}

/// The sheets that formulas in the rows of lists refer to, beside their own.
fn linked(book: &Book<'_>) -> BTreeSet<(SheetId, SheetId)> {
    let mut found = BTreeSet::new();
    for page in &book.pages {
        let in_rows = page.formulas.iter().filter(|formula| page.role(formula.at.row) == Some(Role::Data));
        for area in in_rows.filter_map(|formula| formula.expr.as_ref()).flat_map(tree::Expr::areas) {
            let other = area.sheet.as_ref().and_then(|name| book.sheet_named(name));
            if let (Some(here), Some(other)) =
                (book.sheets.get(page.sheet), other.and_then(|other| book.sheets.get(other)))
                && here.id() != other.id()
            {
                found.insert((here.id(), other.id()));
            }
        }
    }
    found
}

/// A sheet that is looked at.
struct Scene<'b, 'w> {
    book: &'b Book<'w>,
    page: &'b Page<'w>,
    lines: &'b Lines,
}

impl Scene<'_, '_> {
    fn look(&self, formula: &Formula<'_>, faults: &mut Vec<FormulaFault>) {
        let Some(expr) = &formula.expr else { return };
        let broken = error_in_range::find(self, formula, expr);
        let is_broken = broken.is_some();
        faults.extend(broken);
        let twice = includes_subtotal::find(self, formula, expr);
        let short = range_too_short::find(self, formula, expr);
        let explained = twice.is_some() || short.is_some();
        faults.extend(twice);
        faults.extend(short);
        if !explained {
            faults.extend(odd_one_out::find(self, formula, expr));
        }
        faults.extend(hidden_in_sum::find(self, formula, expr));
        faults.extend(text_in_sum::find(self, formula, expr));
        if !is_broken {
            faults.extend(stale_result::find(self, formula, expr));
        }
    }

    fn sheet(&self) -> &Sheet {
        &self.book.sheets[self.page.sheet]
    }

    fn origin(&self, at: CellRef) -> Origin {
        self.sheet().origin(at)
    }

    fn value(&self, at: CellRef) -> Value<'_> {
        self.book.value(self.page.sheet, at)
    }

    fn number(&self, at: CellRef) -> Option<Decimal> {
        self.value(at).number()
    }

    /// A fault in the sheet's own figures; its stored result and effect become pounds later.
    fn fault(&self, kind: FormulaFaultKind, at: CellRef, formula: &str, cells: &[Origin]) -> FormulaFault {
        FormulaFault {
            at: self.origin(at),
            kind,
            formula: formula.into(),
            corrected: None,
            cells: cells.iter().copied().take(MOST_FAULT_CELLS).collect(),
            effect: None,
            stored: self.number(at),
            recomputed: None,
        }
    }

    fn origins(&self, cells: &[CellRef]) -> Vec<Origin> {
        cells.iter().take(MOST_FAULT_CELLS).map(|at| self.origin(*at)).collect()
    }
}

/// Says what a fault is worth, from its effect: the result without it is the stored one less the effect.
fn with_effect(mut fault: FormulaFault, effect: Option<Decimal>) -> FormulaFault {
    fault.effect = effect;
    fault.recomputed = fault.stored.zip(effect).and_then(|(stored, effect)| stored.checked_sub(effect));
    fault
}

/// Turns the figures of a sheet in thousands into pounds.
fn in_pounds(book: &Book<'_>, tables: &[Table], fault: &mut FormulaFault) {
    let sheet = book.sheets.iter().find(|sheet| sheet.id() == fault.at.sheet);
    let Some(scale) = sheet.and_then(|sheet| book::pounds_in(tables, sheet, fault.at.cell)) else { return };
    for figure in [&mut fault.effect, &mut fault.stored, &mut fault.recomputed] {
        *figure = figure.and_then(|figure| figure.checked_mul(scale));
    }
}

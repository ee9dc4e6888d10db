//! R33: a sum counts figures in rows that are hidden.

use super::book::Formula;
use super::range_too_short::total;
use super::tree::Expr;
use super::{Scene, evaluate, sums, with_effect};
use crate::model::{CellRef, FormulaFault, FormulaFaultKind};

pub(super) fn find(scene: &Scene<'_, '_>, formula: &Formula<'_>, expr: &Expr) -> Option<FormulaFault> {
    let facts = &scene.sheet().facts;
    // SUBTOTAL leaves some hidden rows out; which, the file does not always tell.
    if facts.hidden_rows.is_empty()
        || facts.is_row_hidden(formula.at.row)
        || evaluate::holds_call(expr, "SUBTOTAL")
    {
        return None;
    }
    let areas = sums::down(expr, formula.at.column);
    // One cell of the column is carried on, not added up.
    if areas.len() < 2 && areas.iter().all(|area| !sums::is_range(area)) {
        return None;
    }
    let mut hidden = Vec::new();
    for area in areas {
        scene.book.each(scene.page.sheet, area, |at, value| {
            let counts = value.number().is_some_and(|number| !number.is_zero());
            if counts && facts.is_row_hidden(at.row) {
                hidden.push(at);
            }
        })?;
    }
    let effect = total(hidden.iter().filter_map(|at: &CellRef| scene.number(*at)))?;
    let cells = scene.origins(&hidden);
    let fault = scene.fault(FormulaFaultKind::HiddenInSum, formula.at, formula.text, &cells);
    Some(with_effect(fault, Some(effect)))
}

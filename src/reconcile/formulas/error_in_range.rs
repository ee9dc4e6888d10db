//! R36: a formula uses cells that show an error value.

use super::book::{Formula, Value};
use super::tree::Expr;
use super::{Scene, sums};
use crate::model::{FormulaFault, FormulaFaultKind};

pub(super) fn find(scene: &Scene<'_, '_>, formula: &Formula<'_>, expr: &Expr) -> Option<FormulaFault> {
    // Other functions may well do without the cell: those that look things up, count, or ask for errors.
    if !sums::is_plain(expr) || sums::functions(expr).iter().any(|name| !STOPPED.contains(name)) {
        return None;
    }
    let mut broken = Vec::new();
    for area in expr.areas() {
        let sheet = scene.book.sheet_of(scene.page.sheet, area)?;
        scene.book.each(sheet, area, |at, value| {
            if value == Value::Error {
                broken.push(scene.book.sheets[sheet].origin(at));
            }
        })?;
    }
    (!broken.is_empty())
        .then(|| scene.fault(FormulaFaultKind::ErrorInRange, formula.at, formula.text, &broken))
}

/// Functions that an error value stops.
const STOPPED: [&str; 11] =
    ["SUM", "SUBTOTAL", "ROUND", "ROUNDUP", "ROUNDDOWN", "ABS", "AVERAGE", "MIN", "MAX", "PRODUCT", "INT"];

//! The stored result is not what the formula comes to.

use super::book::Formula;
use super::tree::Expr;
use super::{Scene, evaluate};
use crate::model::{FormulaFault, FormulaFaultKind};

pub(super) fn find(scene: &Scene<'_, '_>, formula: &Formula<'_>, expr: &Expr) -> Option<FormulaFault> {
    let stored = scene.number(formula.at)?;
    let result = evaluate::number(scene.book, scene.page.sheet, expr)?;
    if evaluate::agrees(stored, &result) {
        return None;
    }
    let mut fault = scene.fault(FormulaFaultKind::StaleResult, formula.at, formula.text, &[]);
    fault.recomputed = Some(result.number);
    fault.effect = stored.checked_sub(result.number);
    Some(fault)
}

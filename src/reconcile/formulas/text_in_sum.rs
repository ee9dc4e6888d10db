//! R34: a sum passes over text that reads as an amount.

use super::book::{Formula, Role, Value, amount_in};
use super::range_too_short::total;
use super::tree::Expr;
use super::{Scene, sums, with_effect};
use crate::model::{FormulaFault, FormulaFaultKind};
use rust_decimal::Decimal;

pub(super) fn find(scene: &Scene<'_, '_>, formula: &Formula<'_>, expr: &Expr) -> Option<FormulaFault> {
    let mut cells = Vec::new();
    let mut amounts = Vec::new();
    for area in sums::added(expr)?.into_iter().filter(|area| sums::is_range(area)) {
        let sheet = scene.book.sheet_of(scene.page.sheet, area)?;
        let page = scene.book.pages.iter().find(|page| page.sheet == sheet);
        let origin = |at| scene.book.sheets[sheet].origin(at);
        scene.book.each(sheet, area, |at, value| {
            let Value::Text(text) = value else { return };
            let Some(amount) = amount_in(text).filter(|amount| !amount.is_zero()) else { return };
            // Headings are no figures.
            let role = page.and_then(|page| page.role(at.row));
            if role != Some(Role::Other) && (role.is_some() || !is_year(amount)) {
                cells.push(origin(at));
                amounts.push(amount);
            }
        })?;
    }
    let short = total(amounts.into_iter())?;
    let fault = scene.fault(FormulaFaultKind::TextInSum, formula.at, formula.text, &cells);
    Some(with_effect(fault, Some(-short)))
}

fn is_year(amount: Decimal) -> bool {
    amount.is_integer() && (Decimal::from(1900)..=Decimal::from(2100)).contains(&amount)
}

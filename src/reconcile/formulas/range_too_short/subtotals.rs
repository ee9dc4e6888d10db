//! A total of sub-totals that forgets one of them.

use super::corrected::with_also;
use super::{Short, is_balance, label};
use crate::model::CellRef;
use crate::reconcile::formulas::book::{Formula, Role};
use crate::reconcile::formulas::tree::{Area, Expr};
use crate::reconcile::formulas::{Scene, sums};

/// Words of a total over everything.
const OVER_ALL: [&str; 6] = ["total", "grand", "overall", "of", "all", "the"];

/// True if a row's words call it a total of everything.
pub(super) fn is_over_all(scene: &Scene<'_, '_>, row: u32) -> bool {
    let words = label(scene, row).unwrap_or_default();
    let mut words = words.split(|letter: char| !letter.is_alphabetic()).filter(|word| !word.is_empty());
    words.clone().any(|word| word == "total") && words.all(|word| OVER_ALL.contains(&word))
}

/// Words of a sub-total that a total of spending leaves out on purpose.
const APART: [&str; 16] = [
    "in kind",
    "memo",
    "memorandum",
    "memoranda",
    "of which",
    "last year",
    "prior year",
    "previous year",
    "income",
    "reserve",
    "reserves",
    "transfer",
    "transfers",
    "recharge",
    "recharges",
    "recharged",
];

/// True if a sub-total says that it is no part of the spending.
fn stands_apart(scene: &Scene<'_, '_>, row: u32) -> bool {
    let words = label(scene, row).unwrap_or_default();
    let words: Vec<&str> =
        words.split(|letter: char| !letter.is_alphabetic()).filter(|word| !word.is_empty()).collect();
    let words = format!(" {} ", words.join(" "));
    APART.iter().any(|apart| words.contains(&format!(" {apart} ")))
}

/// Sub-totals of the list above a total that it leaves out. It has to add up sub-totals and nothing
/// else, and its words must name no part of the lines: a total of spending leaves out the income on purpose.
pub(super) fn forgotten(
    scene: &Scene<'_, '_>,
    formula: &Formula<'_>,
    expr: &Expr,
    areas: &[&Area],
) -> Option<Short> {
    let (row, column) = (formula.at.row, formula.at.column);
    if scene.page.role(row) != Some(Role::Total) || !is_over_all(scene, row) {
        return None;
    }
    let own = |area: &&&Area| area.sheet.is_none() && area.first.at == area.last.at;
    let added: Vec<CellRef> = areas.iter().filter(own).map(|area| area.first.at).collect();
    let is_subtotal = |at: CellRef| {
        let ranges = scene.page.expr(at).map(|expr| sums::down(expr, column)).unwrap_or_default();
        let sums_up = ranges.iter().any(|area| sums::is_range(area) && area.last.at.row < at.row);
        scene.page.role(at.row) == Some(Role::Total)
            && sums_up
            && !ranges.iter().any(|area| added.iter().any(|own| *own != at && area.holds(*own)))
    };
    if added.len() != areas.len() || !added.iter().all(|at| at.row < row && is_subtotal(*at)) {
        return None;
    }
    let first = added.iter().map(|at| at.row).min()?;
    if scene.page.is_ended_between(first, row) || row - first > super::REACH {
        return None;
    }
    let goes_on = |above: &u32| {
        let is_heading = |(first, last): &(u32, u32)| (*first..=*last).contains(above);
        !scene.page.headings.iter().any(is_heading)
            && !scene.page.is_ended_between(*above, first)
            && !is_balance(scene, *above)
    };
    let from = (first.saturating_sub(super::REACH)..first).rev().take_while(goes_on).last().unwrap_or(first);
    // What a sub-total that is added up takes in is not left out.
    let taken_in = |at: CellRef| {
        let added = added.iter().filter_map(|own| scene.page.expr(*own));
        added.flat_map(|expr| sums::down(expr, column)).any(|area| area.holds(at))
    };
    let rows = (from..row).map(|row| CellRef::new(row, column));
    let left_out: Vec<CellRef> = rows
        .filter(|at| !added.contains(at) && is_subtotal(*at) && !taken_in(*at))
        .filter(|at| !stands_apart(scene, at.row))
        .filter(|at| scene.number(*at).is_some_and(|number| !number.is_zero()))
        .collect();
    let corrected = with_also(formula.text, expr, areas, &left_out)?;
    (!left_out.is_empty()).then_some(Short { left_out, corrected })
}

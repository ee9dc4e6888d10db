//! R31: a sum takes in a sub-total of figures that it adds up too.

use super::book::{Formula, Role};
use super::range_too_short::{replaced, total};
use super::tree::{Area, Expr};
use super::{Scene, evaluate, sums, with_effect};
use crate::model::{CellRef, FormulaFault, FormulaFaultKind};
use rust_decimal::Decimal;

pub(super) fn find(scene: &Scene<'_, '_>, formula: &Formula<'_>, expr: &Expr) -> Option<FormulaFault> {
    let areas: Vec<&Area> = sums::added(expr)?.into_iter().filter(|area| area.sheet.is_none()).collect();
    let wide: Vec<&Area> = areas.iter().copied().filter(|area| area.first.at != area.last.at).collect();
    if wide.is_empty() {
        return None;
    }
    let is_subtotal = evaluate::holds_call(expr, "SUBTOTAL");
    let mut twice = Vec::new();
    for area in &wide {
        // Formulas stand in row order.
        let from = scene.page.formulas.partition_point(|other| other.at.row < area.first.at.row);
        let inside =
            scene.page.formulas.iter().skip(from).take_while(|other| other.at.row <= area.last.at.row);
        for other in inside {
            scene.book.spend(1)?;
            let Some(inner) = other.expr.as_ref().filter(|_| area.holds(other.at) && other.at != formula.at)
            else {
                continue;
            };
            // SUBTOTAL passes over other sub-totals.
            let nested = is_subtotal && evaluate::holds_call(inner, "SUBTOTAL");
            if !nested && repeats(inner, other.at, &areas) {
                twice.push(other.at);
            }
        }
        twice.extend(typed(scene, area));
    }
    twice.sort_unstable();
    twice.dedup();
    let effect = total(twice.iter().filter_map(|at| scene.number(*at)))?;
    if effect.is_zero() {
        return None;
    }
    let cells = scene.origins(&twice);
    let fault = scene.fault(FormulaFaultKind::IncludesSubtotal, formula.at, formula.text, &cells);
    let corrected = match wide[..] {
        [only] => without(only, &twice).map(|cells| replaced(formula.text, expr, only, &cells).into()),
        _ => None,
    };
    // A column of running totals is left as it is: what to add up instead is not known.
    if wide.len() == 1 && corrected.is_none() && is_line(wide[0]) {
        return None;
    }
    Some(FormulaFault { corrected, ..with_effect(fault, Some(effect)) })
}

/// True if a formula adds up cells that these areas add up too: two or more, or all it has.
fn repeats(inner: &Expr, at: CellRef, areas: &[&Area]) -> bool {
    let Some(added) = sums::added(inner) else { return false };
    if added.iter().any(|area| area.sheet.is_some() || area.holds(at)) {
        return false;
    }
    let size = |a: CellRef, b: CellRef| u64::from(b.row - a.row + 1) * u64::from(b.column - a.column + 1);
    let shared = |a: &Area, b: &Area| -> u64 {
        let first =
            CellRef::new(a.first.at.row.max(b.first.at.row), a.first.at.column.max(b.first.at.column));
        let last = CellRef::new(a.last.at.row.min(b.last.at.row), a.last.at.column.min(b.last.at.column));
        if first.row > last.row || first.column > last.column { 0 } else { size(first, last) }
    };
    let common: u64 = added.iter().flat_map(|one| areas.iter().map(|area| shared(one, area))).sum();
    let all: u64 = added.iter().map(|one| size(one.first.at, one.last.at)).sum();
    common >= 2 || (common > 0 && common == all && added.iter().all(|one| sums::is_range(one)))
}

/// Typed sub-totals in a column: on a total row, and equal to the rows since the last one.
fn typed(scene: &Scene<'_, '_>, area: &Area) -> Vec<CellRef> {
    let mut found = Vec::new();
    if area.first.at.column != area.last.at.column {
        return found;
    }
    let (mut sum, mut rows) = (Decimal::ZERO, 0);
    let _ = scene.book.each(scene.page.sheet, area, |at, value| {
        let Some(number) = value.number() else { return };
        if scene.page.role(at.row) == Some(Role::Total) {
            if scene.page.formula(at).is_none() && rows >= 2 && sum == number {
                found.push(at);
            }
            (sum, rows) = (Decimal::ZERO, 0);
        } else {
            sum = sum.checked_add(number).unwrap_or(Decimal::ZERO);
            rows += 1;
        }
    });
    found
}

fn is_line(area: &Area) -> bool {
    area.first.at.column == area.last.at.column || area.first.at.row == area.last.at.row
}

/// A line of cells without some of them: `C5:C8,C10:C12`.
fn without(area: &Area, out: &[CellRef]) -> Option<String> {
    if !is_line(area) {
        return None;
    }
    let down = area.first.at.column == area.last.at.column;
    let place = |at: CellRef| if down { at.row } else { u32::from(at.column) };
    let mut pieces: Vec<(u32, u32)> = Vec::new();
    let mut from = place(area.first.at);
    let edges = out.iter().map(|at| place(*at)).chain(std::iter::once(place(area.last.at) + 1));
    for edge in edges {
        if edge > from {
            pieces.push((from, edge - 1));
        }
        from = edge + 1;
    }
    let shown = pieces.iter().map(|(from, to)| {
        let mut piece = area.clone();
        piece.shape = super::tree::Shape::Range;
        if down {
            (piece.first.at.row, piece.last.at.row) = (*from, *to);
        } else {
            let column = |place: u32| u16::try_from(place).unwrap_or(u16::MAX);
            (piece.first.at.column, piece.last.at.column) = (column(*from), column(*to));
        }
        if from == to {
            piece.shape = super::tree::Shape::Cell;
        }
        piece.cells()
    });
    let shown: Vec<String> = shown.collect();
    // As many sub-totals as figures is a column of running totals.
    let left: u32 = pieces.iter().map(|(from, to)| to - from + 1).sum();
    (left as usize > out.len()).then(|| shown.join(","))
}

//! R32: a formula differs in relative form from its neighbours, which are alike.

use super::book::{Formula, Role};
use super::lines::{self, Item};
use super::tree::{Area, Expr};
use super::{Scene, evaluate, relative, sums};
use crate::model::{CellRef, FormulaFault, FormulaFaultKind};

pub(super) fn find(scene: &Scene<'_, '_>, formula: &Formula<'_>, expr: &Expr) -> Option<FormulaFault> {
    let is_total = scene.page.role(formula.at.row) == Some(Role::Total);
    if !sums::is_plain(expr) || (is_total && runs_on(scene, formula.at.column)) {
        return None;
    }
    if let Some((model, theirs)) = copied_fast(scene, formula, expr) {
        return Some(fault(scene, formula, &[model], &theirs));
    }
    if scene.lines.has_alike(formula.at, is_total) {
        return None;
    }
    let down = scene.lines.down(formula.at).and_then(|(line, place)| {
        expected(scene, formula, expr, (line, place), |model, at_end, theirs| {
            let begins = begins_block(line, place);
            fits_down(expr, formula.at, model, (at_end, begins), theirs)
        })
    });
    let (model, theirs) = down.or_else(|| {
        let (line, place) = scene.lines.along(formula.at)?;
        expected(scene, formula, expr, (line, place), |model, at_end, theirs| {
            fits_along(scene, expr, line, (formula.at, model, at_end), theirs)
        })
    })?;
    Some(fault(scene, formula, &[model.at], &theirs))
}

fn fault(scene: &Scene<'_, '_>, formula: &Formula<'_>, near: &[CellRef], theirs: &Expr) -> FormulaFault {
    let cells = scene.origins(near);
    let mut fault = scene.fault(FormulaFaultKind::OddOneOut, formula.at, formula.text, &cells);
    fault.corrected = Some(theirs.show(&|area| area.show()).into());
    fault.recomputed = evaluate::number(scene.book, scene.page.sheet, theirs).map(|result| result.number);
    fault.effect = fault.stored.zip(fault.recomputed).and_then(|(stored, anew)| stored.checked_sub(anew));
    fault
}

/// A total that was copied along its row with its column held fast: it adds up another column's rows, which that column's
/// own total adds up too, while its own has figures in them. Gives the formula over its own column.
fn copied_fast(scene: &Scene<'_, '_>, formula: &Formula<'_>, expr: &Expr) -> Option<(CellRef, Expr)> {
    let at = formula.at;
    let [area] = sums::added(expr)?[..] else { return None };
    let column = area.first.at.column;
    let is_fast = area.first.column_fixed && area.last.column_fixed && column == area.last.at.column;
    if scene.page.role(at.row) != Some(Role::Total) || !is_fast || area.sheet.is_some() || column == at.column
    {
        return None;
    }
    let first = CellRef::new(at.row, column);
    if !relative::alike(scene.page.expr(first)?, expr) {
        return None;
    }
    let theirs = expr.over_column(at.column);
    let own = *sums::added(&theirs)?.first()?;
    let mut figures = 0;
    scene.book.each(scene.page.sheet, own, |cell, value| {
        figures += usize::from(cell.row != at.row && value.number().is_some_and(|number| !number.is_zero()));
    })?;
    (figures > 0).then_some((first, theirs))
}

/// True if a column holds running totals, of which no total adds up the rows: most formulas of its lines carry on the one
/// above, or add up a range that grows from row to row.
fn runs_on(scene: &Scene<'_, '_>, column: u16) -> bool {
    let lines = scene.lines.formulas_in(column);
    let (mut all, mut running) = (0, 0);
    if scene.book.spend(lines.len()).is_none() {
        return true;
    }
    for at in lines.iter().filter(|at| scene.page.role(at.row) == Some(Role::Data)) {
        let Some(expr) = scene.page.expr(*at) else { continue };
        all += 1;
        let above = |area: &Area| {
            area.sheet.is_none() && area.last.at.column == column && area.last.at.row + 1 == at.row
        };
        let grows = |area: &Area| {
            sums::is_range(area) && area.first.row_fixed && !area.last.row_fixed && area.first.at.row < at.row
        };
        let first = |area: &Area| area.first.row_fixed && !area.last.row_fixed && area.first.at.row == at.row;
        let carries = |area: &&Area| above(area) || grows(area) || first(area);
        running += usize::from(expr.areas().iter().any(carries));
    }
    running * 2 > all
}

/// The formula that the place asks for, if this one is another.
fn expected(
    scene: &Scene<'_, '_>,
    formula: &Formula<'_>,
    expr: &Expr,
    (line, place): (&[Item], usize),
    fits: impl Fn(Item, bool, &Expr) -> bool,
) -> Option<(Item, Expr)> {
    let (model, at_end) = lines::model(line, place, 3)?;
    let original = scene.page.expr(model.at)?;
    let own = scene.lines.form(formula.at);
    scene.book.spend(line.len())?;
    // Who decides by an IF in one row alone means it.
    let decides = |expr: &Expr| {
        let bare = sums::bare(expr);
        evaluate::holds_call(&bare, "IF") || caps(&bare)
    };
    if (decides(expr) || decides(original)) && !same_functions(expr, original) {
        return None;
    }
    let plenty = lines::count(line, model.form) >= 2 * lines::count(line, own);
    if !plenty || !sums::is_plain(original) || !fits(model, at_end, original) {
        return None;
    }
    let theirs = relative::copied(original, model.at, formula.at)?;
    let turned = relative::alike(&Expr::Minus(Box::new(theirs.clone())), expr);
    if turned && is_income(scene, formula.at.row) {
        return None;
    }
    (!relative::alike(&theirs, expr)).then_some((model, theirs))
}

/// True if the row above is not one of the line: a sub-total or a heading parts them.
fn begins_block(line: &[Item], place: usize) -> bool {
    let above = place.checked_sub(1).and_then(|above| line.get(above));
    let own = line.get(place).map_or(0, |item| item.at.row);
    above.is_none_or(|above| above.at.row + 1 != own)
}

/// Down a column: not a sub-total among rows; at an end only the same with other cells; and a row that begins a block may
/// begin what the others carry on.
fn fits_down(expr: &Expr, at: CellRef, model: Item, (at_end, begins): (bool, bool), theirs: &Expr) -> bool {
    let sums_up = |expr: &Expr, at: CellRef| {
        sums::down(expr, at.column).iter().any(|area| area.first.at.row != area.last.at.row)
    };
    if sums_up(expr, at) != sums_up(theirs, model.at) {
        return false;
    }
    let carries_on = |expr: &Expr, column: u16| {
        expr.areas().iter().any(|area| area.first.at.column <= column && column <= area.last.at.column)
    };
    let carried = carries_on(expr, at.column) || carries_on(theirs, model.at.column);
    !(carried && (at_end || begins)) && (!at_end || skeleton(expr) == skeleton(theirs))
}

/// Along a row: sums of their own columns; of other formulas only the one among many alike.
fn fits_along(
    scene: &Scene<'_, '_>,
    expr: &Expr,
    line: &[Item],
    (at, model, at_end): (CellRef, Item, bool),
    theirs: &Expr,
) -> bool {
    let same = same_functions(expr, theirs);
    if !sums::down(theirs, model.at.column).is_empty() {
        let own = expr.areas().iter().any(|area| {
            area.first.at.column == at.column && area.last.at.column == at.column && area.sheet.is_none()
        });
        let adds = sums::added(expr).is_some();
        return own && (adds || same) && (!at_end || adds);
    }
    same && !at_end
        && scene.page.role(at.row) != Some(Role::Total)
        && lines::count(line, model.form) >= 3
        && lines::count(line, scene.lines.form(at)) == 1
        && skeleton(expr) == skeleton(theirs)
}

/// True if a formula keeps a figure above or below a typed number, which an IF could do too.
fn caps(expr: &Expr) -> bool {
    let own = match expr {
        Expr::Call(name, arguments) if name == "MIN" || name == "MAX" => {
            arguments.iter().any(|one| matches!(one, Expr::Number(_)))
        }
        _ => false,
    };
    own || expr.parts().into_iter().any(caps)
}

/// Words of a row that takes money in, whose variance is the other way round.
const INCOME: [&str; 12] = [
    "income",
    "grant",
    "grants",
    "fees",
    "receipts",
    "contribution",
    "contributions",
    "interest",
    "sales",
    "donations",
    "recharge",
    "recharges",
];

/// True if a row's words call it income.
fn is_income(scene: &Scene<'_, '_>, row: u32) -> bool {
    let words = scene.book.words(scene.page.sheet, row).unwrap_or_default();
    words.split(|letter: char| !letter.is_alphabetic()).any(|word| INCOME.contains(&word))
}

/// True if two formulas call the same functions, whatever IFs, IFERRORs and rounding are around their parts.
fn same_functions(a: &Expr, b: &Expr) -> bool {
    sums::functions(&sums::bare(a)) == sums::functions(&sums::bare(b))
}

/// A formula without its references.
fn skeleton(expr: &Expr) -> String {
    expr.show(&|area| if sums::is_range(area) { "@:@".to_owned() } else { "@".to_owned() })
}

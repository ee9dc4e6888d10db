//! R30: a sum leaves out figures that stand next to its range.

mod corrected;
mod subtotals;

use super::book::{Formula, Role, Value, amount_in};
use super::tree::{Area, Expr};
use super::{Scene, lines, relative, sums, with_effect};
use crate::model::{CellRef, FormulaFault, FormulaFaultKind, begins_like_a_month};
pub(super) use corrected::replaced;
use corrected::with_also;
use rust_decimal::Decimal;

/// How far beyond a range rows are looked at.
const REACH: u32 = 1_000;

/// Figures left out, and the formula that takes them in.
struct Short {
    left_out: Vec<CellRef>,
    corrected: String,
}

pub(super) fn find(scene: &Scene<'_, '_>, formula: &Formula<'_>, expr: &Expr) -> Option<FormulaFault> {
    let areas = sums::added(expr)?;
    let short = by_neighbours(scene, formula, expr, &areas).or_else(|| {
        let short = beside_rows(scene, formula, expr, &areas)
            .or_else(|| beside_columns(scene, formula, expr, &areas))
            .or_else(|| elsewhere(scene, formula, expr, &areas))
            .or_else(|| subtotals::forgotten(scene, formula, expr, &areas))?;
        (!is_meant(scene, formula, &areas, &short.left_out)).then_some(short)
    })?;
    let left_out = short.left_out.iter().filter_map(|at| scene.number(*at));
    let sum = left_out.map(Some).reduce(|a, b| a?.checked_add(b?)).flatten()?;
    let cells = scene.origins(&short.left_out);
    let fault = scene.fault(FormulaFaultKind::RangeTooShort, formula.at, formula.text, &cells);
    let corrected = Some(short.corrected.into());
    Some(FormulaFault { corrected, ..with_effect(fault, Some(-sum)) })
}

/// A range that is part of the one that the neighbours have.
fn by_neighbours(
    scene: &Scene<'_, '_>,
    formula: &Formula<'_>,
    expr: &Expr,
    areas: &[&Area],
) -> Option<Short> {
    let [own] = areas else { return None };
    let is_total = scene.page.role(formula.at.row) == Some(Role::Total);
    if scene.lines.has_alike(formula.at, is_total) {
        return None;
    }
    let lines = [scene.lines.along(formula.at), scene.lines.down(formula.at)];
    lines.into_iter().flatten().find_map(|(line, place)| {
        let (model, _) = lines::model(line, place, 2)?;
        let theirs = relative::copied(scene.page.expr(model.at)?, model.at, formula.at)?;
        if sums::functions(&theirs) != sums::functions(expr) {
            return None;
        }
        let [wide] = sums::added(&theirs)?[..] else { return None };
        let inside = wide.holds(own.first.at) && wide.holds(own.last.at) && wide.sheet == own.sheet;
        // Over the same columns or rows: a block is not a longer column.
        let straight = wide.first.at.column == wide.last.at.column || wide.first.at.row == wide.last.at.row;
        if !inside || !straight || wide.sheet.is_some() {
            return None;
        }
        let left_out = figures(scene, wide, own)?;
        (!left_out.is_empty())
            .then(|| Short { left_out, corrected: replaced(formula.text, expr, own, &wide.cells()) })
    })
}

/// Figures that are not nought, in one area and not in the other.
fn figures(scene: &Scene<'_, '_>, wide: &Area, own: &Area) -> Option<Vec<CellRef>> {
    let mut found = Vec::new();
    scene.book.each(scene.page.sheet, wide, |at, value| {
        if !own.holds(at) && value.number().is_some_and(|number| !number.is_zero()) {
            found.push(at);
        }
    })?;
    found.sort_unstable();
    Some(found)
}

/// Rows next to a range in the formula's own column.
fn beside_rows(scene: &Scene<'_, '_>, formula: &Formula<'_>, expr: &Expr, areas: &[&Area]) -> Option<Short> {
    let column = formula.at.column;
    let in_column = |area: &&Area| {
        area.sheet.is_none()
            && area.first.at.column == column
            && area.last.at.column == column
            && !area.holds(formula.at)
    };
    if !areas.iter().all(in_column) || areas.iter().any(|area| area.last.at.row - area.first.at.row > 100_000)
    {
        return None;
    }
    let first = areas.iter().map(|area| area.first.at.row).min()?;
    let last = areas.iter().map(|area| area.last.at.row).max()?;
    let rows: u32 = areas.iter().map(|area| area.last.at.row - area.first.at.row + 1).sum();
    // Sub-totals that are added up stand apart.
    if rows != last - first + 1 || (rows == 1 && !sums::is_range(areas.first()?)) {
        return None;
    }
    let mut below = Vec::new();
    for row in last + 1..=last.saturating_add(REACH) {
        match beyond(scene, CellRef::new(row, column), formula.at, areas, row == last + 1) {
            Beyond::Figure(at) => below.push(at),
            Beyond::Nothing => {}
            Beyond::End => break,
        }
    }
    let mut above = Vec::new();
    for row in (first.saturating_sub(REACH)..first).rev() {
        // Above a range a figure may be a year or a balance, so that only rows of a table count.
        let at = CellRef::new(row, column);
        if formula.at.row < first {
            break;
        }
        match scene.page.role(row) {
            Some(Role::Data) => {}
            None if goes_on_above(scene, row, formula.at.row) => continue,
            _ => break,
        }
        match beyond(scene, at, formula.at, areas, false) {
            Beyond::Figure(at) => above.push(at),
            Beyond::Nothing => {}
            Beyond::End => break,
        }
    }
    if above.iter().any(|at| is_balance(scene, at.row)) {
        above.clear();
    }
    let left_out: Vec<CellRef> = above.iter().rev().chain(&below).copied().collect();
    let (from, to) = (left_out.first()?.row.min(first), left_out.last()?.row.max(last));
    let corrected = match areas {
        [own] if sums::is_range(own) => replaced(formula.text, expr, own, &stretched(own, from, to).cells()),
        _ => with_also(formula.text, expr, areas, &left_out)?,
    };
    Some(Short { left_out, corrected })
}

/// Rows below a range in a column that is not the formula's own: a total that stands beside its table. It has to be called a
/// total and to begin with the table's first row; a part that is added up by itself is none.
fn elsewhere(scene: &Scene<'_, '_>, formula: &Formula<'_>, expr: &Expr, areas: &[&Area]) -> Option<Short> {
    let [own] = areas else { return None };
    let (first, last) = (own.first.at, own.last.at);
    let is_data = |row: u32| scene.page.role(row) == Some(Role::Data);
    let one_column = first.column == last.column && first.column != formula.at.column;
    let begins = is_data(first.row) && !first.row.checked_sub(1).is_some_and(is_data);
    if own.sheet.is_some()
        || !sums::is_range(own)
        || !one_column
        || !begins
        || !is_called_total(scene, formula.at, first.column)
    {
        return None;
    }
    let rows = (last.row + 1..=last.row.saturating_add(REACH)).take_while(|row| is_data(*row));
    let cells = rows.map(|row| CellRef::new(row, first.column)).filter(|at| {
        let adds_up = scene.page.expr(*at).is_some_and(|expr| !sums::down(expr, at.column).is_empty());
        !adds_up && scene.number(*at).is_some_and(|number| !number.is_zero())
    });
    let left_out: Vec<CellRef> = cells.collect();
    let to = left_out.last()?.row;
    let corrected = replaced(formula.text, expr, own, &stretched(own, first.row, to).cells());
    Some(Short { left_out, corrected })
}

/// Words beside *total* that name no part of the lines.
const OF_ALL: [&str; 14] = [
    "total", "grand", "overall", "of", "all", "the", "in", "for", "to", "date", "year", "spent", "spend",
    "spending",
];

/// True if the words next to a cell on the left, or above it, call it a total, of nothing but the column that it adds up.
fn is_called_total(scene: &Scene<'_, '_>, at: CellRef, column: u16) -> bool {
    let left = (0..at.column).rev().take(2).map(|column| CellRef::new(at.row, column));
    let above = at.row.checked_sub(1).map(|row| CellRef::new(row, at.column));
    let text = |cell: CellRef| match scene.value(cell) {
        Value::Text(text) if amount_in(text).is_none() => Some(text.to_lowercase()),
        _ => None,
    };
    let letters = |letter: char| !letter.is_alphabetic();
    let Some(words) = left.chain(above).find_map(text) else { return false };
    let heading = scene.page.headings.iter().filter_map(|(_, last)| text(CellRef::new(*last, column)));
    let heading: Vec<String> = heading.collect();
    let known = |word: &str| {
        OF_ALL.contains(&word) || heading.iter().any(|text| text.split(letters).any(|own| own == word))
    };
    let mut words = words.split(letters).filter(|word| !word.is_empty());
    let is_total = words.clone().any(|word| word == "total");
    is_total && words.all(known)
}

enum Beyond {
    Figure(CellRef),
    Nothing,
    End,
}

/// What a cell beyond a range is to the sum.
fn beyond(scene: &Scene<'_, '_>, at: CellRef, total: CellRef, areas: &[&Area], next: bool) -> Beyond {
    if at == total {
        return Beyond::End;
    }
    let role = scene.page.role(at.row);
    match role {
        Some(Role::Total) => return if at.row > total.row { Beyond::End } else { Beyond::Nothing },
        Some(Role::Other) => return Beyond::End,
        // A blank row inside a list, above its total.
        None if at.row < total.row && goes_on_below(scene, at.row, total.row) => return Beyond::Nothing,
        // Outside tables only what follows at once, stands above the total and has words beside it.
        None if at.row > total.row
            || !next && scene.number(CellRef::new(at.row - 1, at.column)).is_none() =>
        {
            return Beyond::End;
        }
        None if label(scene, at.row).is_none_or(|words| is_total(&words)) => return Beyond::End,
        Some(Role::Data) | None => {}
    }
    if let Some(expr) = scene.page.expr(at) {
        let own = sums::down(expr, at.column);
        if own.iter().any(|area| sums::is_range(area) || areas.iter().any(|range| range.holds(area.first.at)))
        {
            return if role.is_none() { Beyond::End } else { Beyond::Nothing };
        }
    }
    match scene.value(at) {
        Value::Number(number) if !number.is_zero() => Beyond::Figure(at),
        Value::Text(text) if role.is_none() && amount_in(text).is_none() => Beyond::End,
        Value::Blank if role.is_none() => Beyond::End,
        _ => Beyond::Nothing,
    }
}

/// True if a row has nothing in it, the one above is a row of a list, and so is the one below, which is no balance.
fn goes_on_below(scene: &Scene<'_, '_>, row: u32, total: u32) -> bool {
    let is_data = |row: u32| scene.page.role(row) == Some(Role::Data);
    scene.sheet().row(row).is_empty()
        && row + 1 < total
        && row.checked_sub(1).is_some_and(is_data)
        && is_data(row + 1)
        && !is_balance(scene, row + 1)
}

/// True if the list goes on above a row with nothing in it, and the total below is one of everything.
fn goes_on_above(scene: &Scene<'_, '_>, row: u32, total: u32) -> bool {
    let above = row.checked_sub(1);
    goes_on_below(scene, row, total)
        && above.is_some_and(|above| !is_balance(scene, above))
        && subtotals::is_over_all(scene, total)
}

/// Columns next to a range in the formula's own row, whose headings go on as those of the range do (Q1, Q2, Q3 · Q4).
fn beside_columns(
    scene: &Scene<'_, '_>,
    formula: &Formula<'_>,
    expr: &Expr,
    areas: &[&Area],
) -> Option<Short> {
    let [own] = areas else { return None };
    let row = formula.at.row;
    let (first, last) = (own.first.at, own.last.at);
    let in_row = first.row == row && last.row == row && own.sheet.is_none() && !own.holds(formula.at);
    if !in_row || first.column == last.column || scene.page.role(row) != Some(Role::Data) {
        return None;
    }
    let heading = scene.page.headings.iter().filter(|(_, last)| *last < row).max()?.1;
    let series = |column: u16| match scene.value(CellRef::new(heading, column)) {
        Value::Text(text) => series(text),
        _ => None,
    };
    let kind = series(first.column)?;
    if !(first.column..=last.column).all(|column| series(column).as_ref() == Some(&kind)) {
        return None;
    }
    let goes_on = |column: &u16| *column != formula.at.column && series(*column).as_ref() == Some(&kind);
    let after = (last.column + 1..=last.column.saturating_add(12)).take_while(goes_on);
    let before = (first.column.saturating_sub(12)..first.column).rev().take_while(goes_on);
    let columns: Vec<u16> = before.collect::<Vec<_>>().into_iter().rev().chain(after).collect();
    let cells = columns.into_iter().map(|column| CellRef::new(row, column));
    let left_out: Vec<CellRef> =
        cells.filter(|at| scene.number(*at).is_some_and(|number| !number.is_zero())).collect();
    let mut wide = (*own).clone();
    wide.first.at.column = wide.first.at.column.min(left_out.first()?.column);
    wide.last.at.column = wide.last.at.column.max(left_out.last()?.column);
    Some(Short { left_out, corrected: replaced(formula.text, expr, own, &wide.cells()) })
}

/// What headings of a series share: `q#` for Q1, a word for names of months.
fn series(heading: &str) -> Option<String> {
    let text = heading.trim().to_lowercase();
    if let Some(digit) = text.find(|c: char| c.is_ascii_digit()) {
        return Some(format!("{}#", &text[..digit]));
    }
    begins_like_a_month(&text).then(|| "month".to_owned())
}

/// True if another formula shows that the figures are left out on purpose: it adds them up apart from the range, adds up
/// both, or takes the total and them together.
fn is_meant(scene: &Scene<'_, '_>, formula: &Formula<'_>, areas: &[&Area], left_out: &[CellRef]) -> bool {
    let touches = |area: &Area| areas.iter().any(|own| overlap(own, area));
    // Of a sum along a row only the formulas of that row can say so.
    let row = formula.at.row;
    let along = areas.iter().all(|area| area.first.at.row == row && area.last.at.row == row);
    let all = scene.page.formulas.as_slice();
    let from = if along { all.partition_point(|other| other.at.row < row) } else { 0 };
    let to = if along { all.partition_point(|other| other.at.row <= row) } else { all.len() };
    let others = all.get(from..to).unwrap_or_default();
    if scene.book.spend(others.len()).is_none() {
        return true;
    }
    // What stands between a range and its total belongs to the block, whatever adds up both: a total over totals does.
    let between = |at: &CellRef| at.row < row && areas.iter().all(|own| own.last.at.row < at.row);
    let in_block = !along && left_out.iter().all(between);
    others.iter().any(|other| {
        let Some(expr) =
            other.expr.as_ref().filter(|_| other.at != formula.at && !left_out.contains(&other.at))
        else {
            return false;
        };
        let here = |area: &&Area| area.sheet.is_none();
        let all: Vec<&Area> = expr.areas().into_iter().filter(here).collect();
        let takes_total = all.iter().any(|area| area.holds(formula.at));
        let apart = |area: &&&Area| !area.holds(formula.at) && !touches(area);
        if takes_total && all.iter().filter(apart).any(|area| left_out.iter().any(|at| area.holds(*at))) {
            return true;
        }
        let Some(added) = sums::added(expr) else { return false };
        if in_block && added.iter().any(|area| here(area) && area.holds(formula.at)) {
            return false;
        }
        let in_line = other.at.column == formula.at.column || other.at.row == formula.at.row;
        let covers = left_out.iter().all(|at| added.iter().any(|area| here(area) && area.holds(*at)));
        let whole = areas
            .iter()
            .all(|own| added.iter().any(|area| area.holds(own.first.at) && area.holds(own.last.at)));
        let sums_along = added.iter().any(|area| area.first.at.column == area.last.at.column);
        let same_way = sums_along == areas.iter().any(|area| area.first.at.column == area.last.at.column);
        in_line && covers && same_way && (whole || !added.iter().any(|area| touches(area)))
    })
}

fn overlap(a: &Area, b: &Area) -> bool {
    let (a1, a2, b1, b2) = (a.first.at, a.last.at, b.first.at, b.last.at);
    a1.row <= b2.row && b1.row <= a2.row && a1.column <= b2.column && b1.column <= a2.column
}

/// The first words of a row.
fn label(scene: &Scene<'_, '_>, row: u32) -> Option<String> {
    scene.book.words(scene.page.sheet, row)
}

fn is_total(words: &str) -> bool {
    ["total", "sum ", "balance", "net ", "check", "difference"].iter().any(|word| words.contains(word))
}

/// True for a row that carries an amount in or out, which sums beside it leave alone.
pub(super) fn is_balance(scene: &Scene<'_, '_>, row: u32) -> bool {
    let known = ["opening", "brought forward", "b/f", "balance", "carried forward", "c/f"];
    label(scene, row).is_some_and(|words| known.iter().any(|word| words.contains(word)))
}

/// A range over more rows.
fn stretched(area: &Area, from: u32, to: u32) -> Area {
    let mut wide = area.clone();
    wide.shape = super::tree::Shape::Range;
    wide.first.at.row = from.min(area.first.at.row);
    wide.last.at.row = to.max(area.last.at.row);
    wide
}

/// The sum of some figures; `None` if it is too large or there is none.
pub(super) fn total(figures: impl Iterator<Item = Decimal>) -> Option<Decimal> {
    figures.map(Some).reduce(|a, b| a?.checked_add(b?)).flatten()
}

//! R29: a figure was typed where its neighbours are formulas.

use super::book::Role;
use super::lines::{self, Item};
use super::range_too_short::is_balance;
use super::tree::{Area, Expr};
use super::{Scene, evaluate, relative, sums};
use crate::model::{CellRef, FormulaFault, FormulaFaultKind, Shown};

/// Rows longer than this are no total rows of people.
const MOST_COLUMNS: usize = 500;

/// Looks along total rows and down the columns of a sheet.
pub(super) fn find(scene: &Scene<'_, '_>, faults: &mut Vec<FormulaFault>) {
    let mut found: Vec<FormulaFault> = Vec::new();
    for line in scene.lines.along.iter().filter(|line| line.len() <= MOST_COLUMNS) {
        found.extend(figures(line).filter_map(|place| in_totals(scene, line, place)));
    }
    for line in &scene.lines.down {
        let formulas = line.iter().filter(|item| item.form.is_some()).count();
        let is_typed = |item: &&Item| item.form.is_none() && !is_balance(scene, item.at.row);
        let typed = line.iter().filter(is_typed).take(formulas).count();
        if typed * 2 <= formulas {
            found.extend(figures(line).filter_map(|place| in_column(scene, line, place)));
        }
    }
    found.sort_by_key(|fault| fault.at);
    found.dedup_by_key(|fault| fault.at);
    faults.extend(found.into_iter().take(super::MOST_FAULTS.saturating_sub(faults.len())));
}

fn figures(line: &[Item]) -> impl Iterator<Item = usize> {
    line.iter().enumerate().filter(|(_, item)| item.form.is_none()).map(|(place, _)| place)
}

/// A figure among formulas that add up their columns.
fn in_totals(scene: &Scene<'_, '_>, line: &[Item], place: usize) -> Option<FormulaFault> {
    let at = line.get(place)?.at;
    let is_total = scene.page.role(at.row) == Some(Role::Total);
    let adds = |item: &&Item| {
        let ranges = scene.page.expr(item.at).map(|expr| sums::down(expr, item.at.column));
        ranges.is_some_and(|ranges| ranges.iter().any(|area| sums::is_range(area)))
    };
    let sums_here = line.iter().filter(adds).count();
    let (before, after) = lines::neighbours(line, place);
    let model = match (before, after) {
        (Some(before), Some(after)) if before.form == after.form => before,
        (Some(near), None) | (None, Some(near)) if sums_here >= 2 || (is_total && line.len() == 2) => near,
        (Some(near), Some(other)) if is_total => [near, other].into_iter().find(|item| adds(&item))?,
        _ => return None,
    };
    // Outside tables only among several sums.
    if !adds(&&model) || (!is_total && (scene.page.role(at.row).is_some() || sums_here < 2)) {
        return None;
    }
    if scene.sheet().look(at).shown == Shown::Percent {
        return None;
    }
    let theirs = relative::copied(scene.page.expr(model.at)?, model.at, at)?;
    let mut amounts = 0;
    for area in sums::down(&theirs, at.column) {
        scene.book.each(scene.page.sheet, area, |cell, value| {
            let shares = scene.sheet().look(cell).shown == Shown::Percent;
            amounts += usize::from(!shares && value.number().is_some_and(|number| !number.is_zero()));
        })?;
    }
    (amounts > 0).then(|| fault(scene, at, model, &theirs))
}

/// A figure in a column of formulas that are alike, in a row that has what they are worked out from, here or on another sheet.
fn in_column(scene: &Scene<'_, '_>, line: &[Item], place: usize) -> Option<FormulaFault> {
    let at = line.get(place)?.at;
    let (model, at_end) = lines::model(line, place, 2).or_else(|| written_apart(scene, line, place))?;
    let original = scene.page.expr(model.at)?;
    let own_column = |area: &&Area| area.first.at.column <= at.column && at.column <= area.last.at.column;
    let carries_on = original.areas().iter().any(own_column);
    if !sums::is_plain(original) || (at_end && (carries_on || scene.page.role(at.row) != Some(Role::Data))) {
        return None;
    }
    if is_balance(scene, at.row) {
        return None;
    }
    let theirs = relative::copied(original, model.at, at)?;
    let mut inputs = 0;
    for (area, near) in theirs.areas().into_iter().zip(original.areas()) {
        let sheet = scene.book.sheet_of(scene.page.sheet, area)?;
        // A line of our own among links that bear the names of what they link to is no link that was typed over.
        if sheet != scene.page.sheet
            && bears_its_name(scene, at.row, sheet, area) == Some(false)
            && bears_its_name(scene, model.at.row, sheet, near) == Some(true)
        {
            continue;
        }
        scene.book.each(sheet, area, |cell, value| {
            let here = cell.row == at.row || sheet != scene.page.sheet;
            inputs += usize::from(here && value.number().is_some_and(|number| !number.is_zero()));
        })?;
    }
    (inputs > 0).then(|| fault(scene, at, model, &theirs))
}

/// True if the words of a row begin as those beside what it links to; `None` where either has none.
fn bears_its_name(scene: &Scene<'_, '_>, row: u32, sheet: usize, area: &Area) -> Option<bool> {
    let first = |sheet: usize, row: u32| {
        let words = scene.book.words(sheet, row)?;
        words.split(|letter: char| !letter.is_alphabetic()).find(|word| !word.is_empty()).map(str::to_owned)
    };
    if area.first.at.row != area.last.at.row {
        return None;
    }
    Some(first(sheet, area.first.at.row)? == first(scene.page.sheet, row)?)
}

/// The nearest formulas, if they are two ways to write the same.
fn written_apart(scene: &Scene<'_, '_>, line: &[Item], place: usize) -> Option<(Item, bool)> {
    let at = line.get(place)?.at;
    let formulas =
        |items: &[Item]| items.iter().filter(|item| item.form.is_some()).copied().collect::<Vec<_>>();
    let near = |from: usize, to: usize| formulas(line.get(from..to.min(line.len())).unwrap_or_default());
    let (before, after) = (near(place.saturating_sub(4), place), near(place + 1, place + 5));
    let (first, second) = match (before.as_slice(), after.as_slice()) {
        ([.., first], [second, ..]) | ([.., second, first], []) | ([], [first, second, ..]) => {
            (*first, *second)
        }
        _ => return None,
    };
    let here = |item: Item| relative::copied(scene.page.expr(item.at)?, item.at, at);
    relative::alike(&here(first)?, &here(second)?).then_some((first, before.is_empty() || after.is_empty()))
}

fn fault(scene: &Scene<'_, '_>, at: CellRef, model: Item, theirs: &Expr) -> FormulaFault {
    let mut fault = scene.fault(FormulaFaultKind::TypedTotal, at, "", &scene.origins(&[model.at]));
    fault.corrected = Some(theirs.show(&|area| area.show()).into());
    fault.recomputed = evaluate::number(scene.book, scene.page.sheet, theirs).map(|result| result.number);
    fault.effect = fault.stored.zip(fault.recomputed).and_then(|(stored, anew)| stored.checked_sub(anew));
    fault
}

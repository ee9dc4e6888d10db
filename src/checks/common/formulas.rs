//! What the checks of partners' own formulas share.

use crate::checks::Context;
use crate::finding::{Location, Severity};
use crate::model::{
    CellRef, Comparison, Consolidated, FormulaFault, FormulaFaultKind, Origin, Submission, Table, pounds,
};
use crate::schema::{Control, FieldType};
use rust_decimal::{Decimal, RoundingStrategy};
use std::collections::{BTreeMap, BTreeSet};

/// The faults of one kind, those of one cause together: sums over the same rows that stand in one row, or over the same
/// columns that stand in one column.
pub(in crate::checks) fn grouped(submission: &Submission, kind: FormulaFaultKind) -> Vec<Vec<&FormulaFault>> {
    let mut groups: Vec<Vec<&FormulaFault>> = Vec::new();
    let mut places = BTreeMap::new();
    for fault in submission.formula_faults.iter().filter(|fault| fault.kind == kind) {
        let at = fault.at.cell;
        let along = fault.cells.iter().all(|cell| cell.cell.row == at.row);
        let line = |cell: CellRef| if along { u32::from(cell.column) } else { cell.row };
        let lines: Vec<u32> = fault.cells.iter().map(|cell| line(cell.cell)).collect();
        let key = (fault.at.sheet, along, line(at), lines);
        let place = *places.entry(key).or_insert(groups.len());
        match groups.get_mut(place) {
            Some(group) => group.push(fault),
            None => groups.push(vec![fault]),
        }
    }
    groups
}

/// A figure of a cell as people write it: with a pound sign in a column of money.
pub(in crate::checks) fn figure(
    cx: &Context<'_>,
    submission: &Submission,
    at: Origin,
    figure: Decimal,
) -> String {
    let money = submission.tables.iter().filter(|table| table.sheet == at.sheet).any(|table| {
        let columns = table.layout.columns.iter().zip(&cx.schema(table).fields);
        let mut here = columns.filter_map(|(heading, field)| Some((heading.as_ref()?, field)));
        here.any(|(heading, field)| {
            heading.at.cell.column == at.cell.column && field.kind == FieldType::Money
        })
    });
    // Money to the penny, unless that would leave nothing of it.
    let pennies = figure.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
    let to_the_penny = money && (figure.is_zero() || !pennies.is_zero());
    let shown = pounds(if to_the_penny { pennies } else { figure.round_dp(6) });
    if money { shown } else { shown.replace('£', "") }
}

/// Cells as people name them, with what their rows are called: `C9 (Additional costs)`, `C5 to C7`.
pub(in crate::checks) fn named(cx: &Context<'_>, submission: &Submission, cells: &[Origin]) -> String {
    if let [only] = cells {
        let name = row_name(cx, submission, *only);
        return match name {
            Some(name) => format!("{} ({name})", only.cell),
            None => only.cell.to_string(),
        };
    }
    let (Some(first), Some(last)) = (cells.first(), cells.last()) else { return String::new() };
    let down = cells.windows(2).all(|pair| pair[1].cell.row == pair[0].cell.row + 1);
    let along = cells.windows(2).all(|pair| pair[1].cell.column == pair[0].cell.column + 1);
    let one_line = first.cell.column == last.cell.column || first.cell.row == last.cell.row;
    if cells.len() > 2 && one_line && (down || along) {
        return format!("{} to {}", first.cell, last.cell);
    }
    let shown: Vec<String> = cells.iter().take(6).map(|at| at.cell.to_string()).collect();
    match cells.len().saturating_sub(shown.len()) {
        0 => super::words::list(&shown),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

/// What the row of a cell is called, where it is a row or a total of a table.
fn row_name(cx: &Context<'_>, submission: &Submission, at: Origin) -> Option<String> {
    let tables = submission.tables.iter().filter(|table: &&Table| table.sheet == at.sheet);
    let found = tables
        .flat_map(|table| {
            let totals = table.totals.iter().map(|total| &total.record);
            table.records.iter().chain(totals).map(move |record| (table, record))
        })
        .find(|(_, record)| record.at.cell.row == at.cell.row)?;
    let name = cx.row_name(cx.schema(found.0), found.1);
    if !name.starts_with("row ") {
        return Some(name);
    }
    let words = found.1.cells.iter().find_map(crate::model::Cell::text)?.trim();
    (!words.is_empty() && words.chars().count() <= 60).then(|| words.to_owned())
}

/// ` So does C5 (£20).`, or nothing.
pub(in crate::checks) fn so_do(others: &[(CellRef, Option<String>)]) -> String {
    let shown: Vec<String> = others
        .iter()
        .take(6)
        .map(|(at, figure)| {
            figure.as_ref().map_or_else(|| at.to_string(), |figure| format!("{at} ({figure})"))
        })
        .collect();
    match others.len() {
        0 => String::new(),
        1 => format!(" So does {}.", shown[0]),
        all if all > shown.len() => format!(" So do {} and {} more.", shown.join(", "), all - shown.len()),
        _ => format!(" So do {}.", super::words::list(&shown)),
    }
}

/// ` Its formula is “=SUM(C5:C8)”; it should be “=SUM(C5:C9)”.`
pub(in crate::checks) fn should_be(fault: &FormulaFault) -> String {
    let quoted = |text: &str| super::words::quote(&format!("={text}"));
    match &fault.corrected {
        Some(corrected) => {
            format!(" Its formula is {}; it should be {}.", quoted(&fault.formula), quoted(corrected))
        }
        None => format!(" Its formula is {}.", quoted(&fault.formula)),
    }
}

/// The cells that faults are about and the other cells with the same fault, as places of a finding.
pub(in crate::checks) fn places(
    group: &[&FormulaFault],
    what: &str,
) -> impl Iterator<Item = (Location, String)> {
    let cells = group.iter().flat_map(|fault| &fault.cells).map(|at| (Location::Cell(*at), what.to_owned()));
    let others = group.iter().skip(1).map(|fault| (Location::Cell(fault.at), "the same".to_owned()));
    others.chain(cells).collect::<Vec<_>>().into_iter()
}

/// Cells with a formula that only passes an error value on.
pub(in crate::checks) fn broken(submission: &Submission) -> BTreeSet<Origin> {
    let faults = submission.formula_faults.iter();
    faults.filter(|fault| fault.kind == FormulaFaultKind::ErrorInRange).map(|fault| fault.at).collect()
}

/// True if the stated figure's own formula explains the whole difference, which is told as a fault of the formula. An *error*
/// stays one.
pub(in crate::checks) fn explains(
    whole: &Consolidated,
    control: &Control,
    comparison: &Comparison,
    difference: Decimal,
) -> bool {
    let Some(at) = comparison.stated.at.filter(|_| control.severity != Severity::Error) else { return false };
    let from = whole.formula_faults.partition_point(|fault| fault.at < at);
    let here = whole.formula_faults.iter().skip(from).take_while(|fault| fault.at == at);
    let effects: Vec<Decimal> = here
        .filter(|fault| fault.kind != FormulaFaultKind::HiddenInSum)
        .filter_map(|fault| fault.effect)
        .collect();
    effects.contains(&difference)
        || (!effects.is_empty() && effects.iter().copied().sum::<Decimal>() == difference)
}

//! Rows of a table are hidden.
//!
//! ## What it does
//!
//! Asks about hidden rows among the data of a table, each run of them once, and says whether a total on the sheet counts
//! their amounts. Rows that the formula of a total adds up are told there, by `hidden-in-sum`.
//!
//! ## Why it matters
//!
//! A hidden row is read like any other, but the person who sent it does not see it.
//!
//! ## Example
//!
//! ```sheet Finance
//! A1: Budget line | Budget | Actual
//! A2: Training | 1000 | 400
//! A3: Travel | 200 | 50
//! A4: Total | 1200 | 450
//! hide row 3
//! ! A3 hidden-rows: Row 3 is hidden. We read it because the total in B4 counts it. Confirm that it belongs in the return.
//! ```
//!
//! ## How to fix
//!
//! Unhide the rows, and delete those that do not belong in the return.
//!
//! ## Settings
//!
//! None beside the severity in `round.toml`.

use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Location, Severity};
use crate::model::{CellRef, FormulaFaultKind, Origin, Record, Submission, Table};
use crate::schema::LayoutKind;
use rust_decimal::Decimal;
use std::ops::RangeInclusive;

pub(super) struct HiddenRows;

const META: Meta = Meta {
    name: "hidden-rows",
    severity: Severity::Query,
    effort: Effort::LookUp,
    source: include_str!("hidden_rows.rs"),
};

impl Check for HiddenRows {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn table(&self, cx: &Context<'_>, submission: &Submission, table: &Table, out: &mut Findings<'_>) {
        let Some(sheet) = submission.sheets.iter().find(|sheet| sheet.sheet == table.sheet) else { return };
        for (run, (first, last)) in sheet.beside.hidden_rows.iter().enumerate() {
            if cx.schema(table).layout == LayoutKind::Form {
                lines(table, *first..=*last, out);
                continue;
            }
            let inside = |record: &Record| (*first..=*last).contains(&record.at.cell.row);
            // Rows of a table stand in the order of the sheet.
            let from = table.records.partition_point(|record| record.at.cell.row < *first);
            let to = table.records.partition_point(|record| record.at.cell.row <= *last);
            let hidden = table.records.get(from..to).unwrap_or_default();
            let (Some(top), Some(bottom)) = (hidden.first(), hidden.last()) else { continue };
            if in_sum(submission, table, *first..=*last) {
                continue;
            }
            let (from, to) = (top.at.cell.row + 1, bottom.at.cell.row + 1);
            let (rows, are, them, belong) = if from == to {
                (format!("Row {from}"), "is", "it", "it belongs")
            } else {
                (format!("Rows {from} to {to}"), "are", "them", "they belong")
            };
            let why = match (run < MOST_TESTED).then(|| counted(table, &inside)).flatten() {
                Some((total, true)) => format!("We read {them} because the total in {total} counts {them}."),
                Some((total, false)) => {
                    format!("We read {them}, though the total in {total} leaves {them} out.")
                }
                None => format!("We read {them} like the others."),
            };
            out.add(
                Location::Cell(top.at),
                format!("{rows} {are} hidden. {why} Confirm that {belong} in the return."),
            );
        }
    }
}

/// True if a formula adds up figures of these rows, which is told at the total.
fn in_sum(submission: &Submission, table: &Table, rows: RangeInclusive<u32>) -> bool {
    submission.formula_faults.iter().filter(|fault| fault.kind == FormulaFaultKind::HiddenInSum).any(
        |fault| fault.cells.iter().any(|cell| cell.sheet == table.sheet && rows.contains(&cell.cell.row)),
    )
}

/// Asks about hidden lines of a form that are filled.
fn lines(table: &Table, hidden: RangeInclusive<u32>, out: &mut Findings<'_>) {
    let cells = table.records.iter().flat_map(|record| &record.cells);
    let mut inside: Vec<Origin> = cells
        .filter(|cell| !cell.is_blank() && hidden.contains(&cell.at.cell.row))
        .map(|cell| cell.at)
        .collect();
    inside.sort_unstable();
    inside.dedup_by_key(|at| at.cell.row);
    let (Some(first), Some(last)) = (inside.first(), inside.last()) else { return };
    let (from, to) = (first.cell.row + 1, last.cell.row + 1);
    let message = if from == to {
        format!("Row {from} is hidden. We read it like the others. Confirm that it belongs in the return.")
    } else {
        format!(
            "Rows {from} to {to} are hidden. We read them like the others. Confirm that they belong in the return."
        )
    };
    out.add(Location::Cell(*first), message);
}

/// Runs of hidden rows for which it is found out whether totals count them.
const MOST_TESTED: usize = 200;

/// A total that holds only with the hidden rows, or only without them, and which of the two.
fn counted(table: &Table, hidden: &impl Fn(&Record) -> bool) -> Option<(CellRef, bool)> {
    for total in &table.totals {
        let covered = table.records.get(total.covers.clone())?;
        for (index, cell) in total.record.cells.iter().enumerate() {
            let Some(stated) = cell.money() else { continue };
            let amounts = |hide: bool| -> Decimal {
                let wanted = covered.iter().filter(|record| !hide || !hidden(record));
                wanted.filter_map(|record| Some(record.cells.get(index)?.money()?.pounds)).sum()
            };
            let (with, without) = (amounts(false), amounts(true));
            if with != without && (stated.pounds == with || stated.pounds == without) {
                return Some((cell.at.cell, stated.pounds == with));
            }
        }
    }
    None
}

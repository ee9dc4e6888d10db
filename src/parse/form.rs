//! A form's single record: each value is the next filled cell to the right of its label.

use super::cell;
use super::plan::Plan;
use super::record::blank;
use crate::model::{Cell, CellRef, Raw, Record, Sheet, Table, Unmapped, column_letters};

/// Reads the record of a form, and keeps what else stands in its labelled rows.
pub(super) fn read(sheet: &Sheet, plan: &Plan<'_>, table: &mut Table) {
    let mut labels: Vec<CellRef> =
        table.layout.columns.iter().flatten().map(|heading| heading.at.cell).collect();
    labels.extend(table.layout.repeated.iter().map(|(_, heading)| heading.at.cell));
    labels.sort_unstable();
    let Some(first) = labels.first().copied() else { return };
    let at = sheet.origin(first);
    let mut used = labels.clone();
    let mut cells: Vec<Cell> = Vec::with_capacity(plan.fields.len());
    for (field, heading) in plan.fields.iter().zip(&table.layout.columns) {
        let Some(heading) = heading else {
            cells.push(blank(at));
            continue;
        };
        let place = value_cell(sheet, heading.at.cell, &labels);
        cells.push(match sheet.value(place) {
            Some(raw) => cell::read(plan, field, raw, sheet.origin(place)),
            None => blank(sheet.origin(place)),
        });
        used.push(place);
    }
    used.sort_unstable();
    let extra = rest(sheet, plan, &labels, &used, &mut table.layout.unmapped);
    table.records.push(Record { at, cells: cells.into_boxed_slice(), extra });
}

/// The next filled cell to the right of a label; the cell beside the label if another label or nothing follows.
fn value_cell(sheet: &Sheet, label: CellRef, labels: &[CellRef]) -> CellRef {
    let last = sheet.merged_area(label).map_or(label.column, |(_, last)| last.column);
    let beside = CellRef::new(label.row, last.saturating_add(1));
    let filled =
        sheet.row(label.row).iter().find(|cell| cell.at.column > last && !sheet.raw(cell).is_blank());
    match filled {
        Some(cell) if labels.binary_search(&cell.at).is_err() => cell.at,
        _ => beside,
    }
}

/// Filled cells of the labelled rows that are neither a label nor its value.
fn rest(
    sheet: &Sheet,
    plan: &Plan<'_>,
    labels: &[CellRef],
    used: &[CellRef],
    unmapped: &mut Vec<Unmapped>,
) -> Vec<(usize, String)> {
    let mut rows: Vec<u32> = labels.iter().map(|label| label.row).collect();
    rows.dedup();
    let mut extra = Vec::new();
    for cell in rows.iter().flat_map(|row| sheet.row(*row)) {
        let raw = sheet.raw(cell);
        if raw.is_blank() || used.binary_search(&cell.at).is_ok() {
            continue;
        }
        // A text that ends in a colon is a label which the schema does not know.
        if matches!(raw, Raw::Text(text) if text.trim_end().ends_with(':')) {
            continue;
        }
        extra.push((unmapped.len(), cell::typed(plan, raw)));
        let heading = column_letters(cell.at.column);
        unmapped.push(Unmapped { heading, at: sheet.origin(cell.at), blank: true, filled: 1 });
    }
    extra
}

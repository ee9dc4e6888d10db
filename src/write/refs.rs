//! How formulas and links speak of cells.

use crate::model::CellRef;

/// A reference to a cell of a sheet: `'By agency'!A7`.
pub(crate) fn reference(sheet: &str, row: u32, column: u16) -> String {
    format!("'{}'!{}", sheet.replace('\'', "''"), CellRef::new(row, column))
}

/// The target of a link to a cell of a sheet.
pub(crate) fn link(sheet: &str, row: u32, column: u16) -> String {
    format!("internal:{}", reference(sheet, row, column))
}

/// A range in one column of the same sheet: `F7:F59`.
pub(super) fn range(column: u16, first: u32, last: u32) -> String {
    format!("{}:{}", CellRef::new(first, column), CellRef::new(last, column))
}

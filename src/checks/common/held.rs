//! Rows that are held, as checks look for them.

use crate::finding::Location;
use crate::model::Origin;
use crate::round::held::Held;

/// True if the row at this place of a table is held for a reason besides which nothing else that it says matters.
pub(in crate::checks) fn covers(held: &[Held<'_>], table: usize, at: Location) -> bool {
    let Location::Cell(at) = at else { return false };
    let place = |row: &Held<'_>| (row.place.0, row.record.at.cell.row);
    let found = held.binary_search_by_key(&(table, at.cell.row), place);
    found.ok().and_then(|index| held.get(index)).is_some_and(|row| row.why.comes_first())
}

/// A cell of a held row, or the row's first.
pub(in crate::checks) fn cell(row: &Held<'_>, field: usize) -> Origin {
    row.record.cells.get(field).map_or(row.record.at, |cell| cell.at)
}

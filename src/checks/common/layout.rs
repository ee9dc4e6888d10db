//! Places in tables.

use crate::finding::Location;
use crate::model::{Match, Table};

/// The first heading of a table: where to look for one that is missing.
pub(in crate::checks) fn place(table: &Table) -> Location {
    let headings = table.layout.columns.iter().flatten();
    headings
        .filter(|heading| heading.how != Match::Context)
        .map(|heading| heading.at)
        .min()
        .map_or(Location::Sheet(table.file, table.sheet), Location::Cell)
}

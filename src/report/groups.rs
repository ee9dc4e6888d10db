//! Equal findings on neighbouring cells, shown as one.

use crate::finding::{Finding, Location};
use crate::model::{CellRef, FileId, SheetId};
use std::collections::BTreeMap;

/// Findings that say the same about cells of one sheet.
pub(super) struct Group<'a> {
    /// The first of them.
    pub(super) first: &'a Finding,
    /// Their cells, in the order in which they were found; empty if the place is not a cell.
    pub(super) cells: Vec<CellRef>,
}

/// A file and sheet, or `None` for what is about the round.
pub(super) type Spot = (Option<FileId>, Option<SheetId>);

/// Gathers findings by file and sheet, equal ones together at the place of the first.
pub(super) fn gather<'a>(findings: impl IntoIterator<Item = &'a Finding>) -> BTreeMap<Spot, Vec<Group<'a>>> {
    let mut spots: BTreeMap<Spot, Vec<Group<'a>>> = BTreeMap::new();
    let mut seen: BTreeMap<(Spot, &str, &str), usize> = BTreeMap::new();
    for finding in findings {
        let (spot, cell) = match finding.at {
            Location::Cell(at) => ((Some(at.file), Some(at.sheet)), Some(at.cell)),
            Location::Sheet(file, sheet) => ((Some(file), Some(sheet)), None),
            Location::File(file) => ((Some(file), None), None),
            _ => ((None, None), None),
        };
        let groups = spots.entry(spot).or_default();
        let Some(cell) = cell else {
            groups.push(Group { first: finding, cells: Vec::new() });
            continue;
        };
        let index = *seen.entry((spot, finding.code.as_str(), &finding.message)).or_insert(groups.len());
        match groups.get_mut(index) {
            Some(group) if same(group.first, finding) => group.cells.push(cell),
            _ => groups.push(Group { first: finding, cells: vec![cell] }),
        }
    }
    spots
}

fn same(a: &Finding, b: &Finding) -> bool {
    let related = |finding: &Finding| finding.detail.as_ref().map_or(0, |detail| detail.related.len());
    a.severity == b.severity && a.help == b.help && related(a) == 0 && related(b) == 0
}

/// Cells as ranges: `B5:B9, D5`; after six ranges, how many cells are left.
pub(super) fn ranges(cells: &[CellRef]) -> String {
    let mut cells = cells.to_vec();
    cells.sort_unstable_by_key(|cell| (cell.column, cell.row));
    cells.dedup();
    let blocks = beside(&below(&cells));
    let mut text = String::new();
    for (index, (first, last)) in blocks.iter().enumerate() {
        if index == MOST {
            let left: usize = blocks.iter().skip(MOST).map(size).sum();
            text.extend([" and ", &super::count(left, "more cell", "more cells")]);
            break;
        }
        if index > 0 {
            text.push_str(", ");
        }
        text.push_str(&first.to_string());
        if first != last {
            text.extend([":", &last.to_string()]);
        }
    }
    text
}

/// Ranges named before the rest is counted.
const MOST: usize = 6;

type Block = (CellRef, CellRef);

fn size(block: &Block) -> usize {
    let rows = block.1.row - block.0.row + 1;
    let columns = u32::from(block.1.column - block.0.column) + 1;
    rows as usize * columns as usize
}

/// Runs down each column.
fn below(cells: &[CellRef]) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    for &cell in cells {
        match blocks.last_mut() {
            Some((_, last)) if last.column == cell.column && last.row + 1 == cell.row => *last = cell,
            _ => blocks.push((cell, cell)),
        }
    }
    blocks
}

/// Runs of the same rows in neighbouring columns, joined into one block each; in reading order.
fn beside(blocks: &[Block]) -> Vec<Block> {
    let mut order = blocks.to_vec();
    order.sort_unstable_by_key(|(first, last)| (first.row, last.row, first.column));
    let mut joined: Vec<Block> = Vec::new();
    for (first, last) in order {
        match joined.last_mut() {
            Some((start, end))
                if start.row == first.row && end.row == last.row && end.column + 1 == first.column =>
            {
                *end = last;
            }
            _ => joined.push((first, last)),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cells(text: &str) -> Vec<CellRef> {
        text.split(' ').map(|cell| CellRef::parse(cell).expect("an address")).collect()
    }

    #[test]
    fn neighbours_are_named_as_a_range() {
        assert_eq!(ranges(&cells("B5 B6 B7 B8 B9")), "B5:B9");
        assert_eq!(ranges(&cells("B5 C5 D5")), "B5:D5");
        assert_eq!(ranges(&cells("B5 C5 B6 C6 F9")), "B5:C6, F9");
        assert_eq!(ranges(&cells("A1 A3 A5 A7 A9 A11 A13 A14")), "A1, A3, A5, A7, A9, A11 and 2 more cells");
    }

    proptest! {
        #[test]
        fn no_cell_is_lost_or_added(picked in prop::collection::btree_set((0u32..12, 0u16..6), 1..40)) {
            let mut cells: Vec<CellRef> =
                picked.iter().map(|&(row, column)| CellRef::new(row, column)).collect();
            cells.sort_unstable_by_key(|cell| (cell.column, cell.row));
            let mut covered = Vec::new();
            for (first, last) in beside(&below(&cells)) {
                for row in first.row..=last.row {
                    for column in first.column..=last.column {
                        covered.push((row, column));
                    }
                }
            }
            covered.sort_unstable();
            prop_assert_eq!(covered, picked.into_iter().collect::<Vec<_>>());
        }
    }
}

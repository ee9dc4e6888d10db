//! R02: each column adds down to the total row, and to the sub-total rows the rows above them.

use crate::model::Table;
use crate::reconcile::figure::Cast;
use crate::reconcile::scene::{Results, Scene, has_column};
use crate::reconcile::words;
use std::ops::Range;

/// Casts every column once for every total row. A total row's blank cell states nothing and is passed over.
pub(super) fn test(scene: &Scene<'_>, sums: &[usize], results: &mut Results) {
    for table in scene.tables() {
        let columns: Vec<usize> = sums.iter().copied().filter(|&field| has_column(table, field)).collect();
        let mut running = Running { from: 0, to: 0, casts: vec![Cast::default(); columns.len()] };
        for total in &table.totals {
            running.reach(scene, table, &columns, total.covers.clone());
            for (&column, cast) in columns.iter().zip(&running.casts) {
                let stated = total.record.cells.get(column).filter(|cell| !cell.is_blank());
                let Some(stated) = stated else { continue };
                let field = scene.field(column);
                let line = format!("{} · {}", total.label.trim(), words::lower_first(&field.title));
                results.list(scene.compare(line, stated, field, cast.clone()));
            }
        }
    }
}

/// Sums that go on where the last ones ended, so that many total rows do not each start from the top.
struct Running {
    from: usize,
    to: usize,
    /// One a column.
    casts: Vec<Cast>,
}

impl Running {
    fn reach(&mut self, scene: &Scene<'_>, table: &Table, columns: &[usize], covers: Range<usize>) {
        let to = covers.end.min(table.records.len());
        let from = covers.start.min(to);
        if from != self.from || to < self.to {
            self.casts.fill(Cast::default());
            (self.from, self.to) = (from, from);
        }
        for record in &table.records[self.to..to] {
            for (&column, cast) in columns.iter().zip(&mut self.casts) {
                if let Some(cell) = record.cells.get(column) {
                    cast.add(cell, scene.field(column));
                }
            }
        }
        self.to = to;
    }
}

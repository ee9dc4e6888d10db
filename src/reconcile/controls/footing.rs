//! R02: each column adds down to the total row, and to the sub-total rows the rows above them.

use crate::model::{Cell, Table};
use crate::reconcile::figure::Cast;
use crate::reconcile::scene::{Results, Scene, has_column};
use crate::reconcile::words;

/// Casts every column once for every total row. A total row's blank cell states nothing and is passed over.
pub(super) fn test(scene: &Scene<'_>, sums: &[usize], results: &mut Results) {
    for table in scene.tables() {
        for &column in sums.iter().filter(|&&column| has_column(table, column)) {
            cast_down(scene, table, column, results);
        }
    }
}

fn cast_down(scene: &Scene<'_>, table: &Table, column: usize, results: &mut Results) {
    let field = scene.field(column);
    let mut running = Running { from: 0, to: 0, cast: Cast::default() };
    for total in &table.totals {
        let Some(stated) = total.record.cells.get(column).filter(|cell| !cell.is_blank()) else { continue };
        running.reach(table, total.covers.clone(), |cell, cast| cast.add(cell, field), column);
        let line = format!("{} · {}", total.label.trim(), words::lower_first(&field.title));
        results.list(scene.compare(line, stated, field, running.cast.clone()));
    }
}

/// A sum that goes on where the last one ended, so that many total rows do not each start from the top.
struct Running {
    from: usize,
    to: usize,
    cast: Cast,
}

impl Running {
    fn reach(
        &mut self,
        table: &Table,
        covers: std::ops::Range<usize>,
        add: impl Fn(&Cell, &mut Cast),
        column: usize,
    ) {
        let to = covers.end.min(table.records.len());
        let from = covers.start.min(to);
        if from != self.from || to < self.to {
            *self = Self { from, to: from, cast: Cast::default() };
        }
        for record in &table.records[self.to..to] {
            if let Some(cell) = record.cells.get(column) {
                add(cell, &mut self.cast);
            }
        }
        self.to = to;
    }
}

//! R02: each column adds down to the total row, and to the sub-total rows the rows above them.

use super::in_kind;
use crate::model::{Outcome, Table};
use crate::reconcile::figure::Cast;
use crate::reconcile::scene::{Results, Scene, has_column};
use crate::reconcile::words;
use std::ops::Range;

/// Casts every column once for every total row. A total row's blank cell states nothing and is passed over. On the last
/// sheet of a list that goes on over several, a total may be that of its own rows or of all of them; one over amounts in kind
/// may be that of the cash alone.
pub(super) fn test(scene: &Scene<'_>, sums: &[usize], results: &mut Results) {
    // The rows of a list so far, where it goes on over several sheets.
    let mut before: Vec<&Table> = Vec::new();
    for table in scene.tables() {
        if table.layout.continues.is_none() {
            before.clear();
        }
        let columns: Vec<usize> = sums.iter().copied().filter(|&field| has_column(table, field)).collect();
        let mut running = Running { from: 0, to: 0, casts: vec![Cast::default(); columns.len()] };
        for total in &table.totals {
            running.reach(scene, table, &columns, total.covers.clone());
            for (&column, cast) in columns.iter().zip(&running.casts) {
                let stated = total.record.cells.get(column).filter(|cell| !cell.is_blank());
                let Some(stated) = stated else { continue };
                let field = scene.field(column);
                let line = format!("{} · {}", total.label.trim(), words::lower_first(&field.title));
                let own = scene.compare(line.clone(), stated, field, cast.clone());
                let differs = matches!(own.outcome, Outcome::Differs { .. });
                let over = (differs && !total.subtotal && !before.is_empty()).then(|| {
                    let mut cast = cast.clone();
                    let rows = before.iter().flat_map(|table| &table.records);
                    rows.filter_map(|row| row.cells.get(column)).for_each(|cell| cast.add(cell, field));
                    scene.compare(line, stated, field, cast)
                });
                let cash = || in_kind::cash(scene, table, total, column);
                let over = over.or_else(|| {
                    let cash = differs.then(cash).flatten()?;
                    Some(scene.compare(own.line.clone(), stated, field, cash))
                });
                let agrees = over.filter(|over| !matches!(over.outcome, Outcome::Differs { .. }));
                results.list(agrees.unwrap_or(own));
            }
        }
        before.push(table);
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

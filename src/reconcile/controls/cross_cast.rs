//! R03: the sum of the row totals is the sum of the column totals, on each total row.

use crate::model::Cell;
use crate::reconcile::figure::Cast;
use crate::reconcile::scene::{Results, Scene, has_column};
use crate::reconcile::words;

/// Tests every total row that gives a total of totals and at least one column total.
pub(super) fn test(scene: &Scene<'_>, sums: &[usize], total: usize, results: &mut Results) {
    for table in scene.tables() {
        let columns: Vec<usize> = sums.iter().copied().filter(|&field| has_column(table, field)).collect();
        for row in &table.totals {
            let cells = &row.record.cells;
            let filled = |field: usize| cells.get(field).is_some_and(|cell: &Cell| !cell.is_blank());
            if !filled(total) || !columns.iter().any(|&field| filled(field)) {
                continue;
            }
            let mut cast = Cast::default();
            for &field in &columns {
                cast.add_filled(&cells[field], scene.field(field));
            }
            let line = format!("{} · {}", row.label.trim(), words::lower_first(&scene.field(total).title));
            results.list(scene.compare(line, &cells[total], scene.field(total), cast));
        }
    }
}

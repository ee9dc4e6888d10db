//! R11: the opening balance, what came in and what went out give the closing balance.

use crate::model::Record;
use crate::reconcile::figure::Cast;
use crate::reconcile::scene::{Results, Scene, has_column};

/// The fields of a balance that rolls forward.
pub(super) struct Movement<'a> {
    pub(super) opening: usize,
    pub(super) add: &'a [usize],
    pub(super) less: &'a [usize],
    pub(super) closing: usize,
}

/// Tests every row, and lists every one: a balance that cannot be tested is news.
pub(super) fn test(scene: &Scene<'_>, movement: &Movement<'_>, results: &mut Results) {
    for table in scene.tables() {
        for record in &table.records {
            let mut cast = Cast::default();
            cast_forward(scene, movement, record, &mut cast);
            for field in [movement.opening].iter().chain(movement.add).chain(movement.less) {
                if !has_column(table, *field) && scene.field(*field).constraints.required {
                    cast.lacks(scene.field(*field));
                }
            }
            let Some(stated) = record.cells.get(movement.closing) else { continue };
            let line = scene.line(record, movement.closing);
            results.list(scene.compare(line, stated, scene.field(movement.closing), cast));
        }
    }
}

fn cast_forward(scene: &Scene<'_>, movement: &Movement<'_>, record: &Record, cast: &mut Cast) {
    if let Some(opening) = record.cells.get(movement.opening) {
        cast.add_filled(opening, scene.field(movement.opening));
    }
    for &field in movement.add {
        if let Some(cell) = record.cells.get(field) {
            cast.add(cell, scene.field(field));
        }
    }
    for &field in movement.less {
        if let Some(cell) = record.cells.get(field) {
            cast.subtract(cell, scene.field(field));
        }
    }
}

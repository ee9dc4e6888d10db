//! R19: what is given in kind is in no total of cash.

use crate::model::{Outcome, Record, Table, Total};
use crate::reconcile::figure::Cast;
use crate::reconcile::part::Part;
use crate::reconcile::scene::{Results, Scene, has_column};
use crate::reconcile::words;
use crate::schema::{ControlKind, Given};

/// Tests every total over rows of which some are in kind: it differs if it counts them.
pub(super) fn test(scene: &Scene<'_>, given: &Given, results: &mut Results) {
    for table in scene.tables() {
        for total in &table.totals {
            for &column in given.fields("sums").iter().filter(|&&column| has_column(table, column)) {
                let stated = total.record.cells.get(column).filter(|cell| !cell.is_blank());
                let Some(stated) = stated else { continue };
                let Some((cash, all)) = casts(scene, given, table, total, column) else { continue };
                let field = scene.field(column);
                let line = format!("{} · {}", total.label.trim(), words::lower_first(&field.title));
                let with = scene.compare(line.clone(), stated, field, all);
                let without = scene.compare(line, stated, field, cash);
                // A total that is neither is a matter of adding down.
                if !matches!(with.outcome, Outcome::Differs { .. })
                    || !matches!(without.outcome, Outcome::Differs { .. })
                {
                    results.list(without);
                }
            }
        }
    }
}

/// The cash under a total, and all that stands under it; `None` if nothing there is in kind.
fn casts(
    scene: &Scene<'_>,
    given: &Given,
    table: &Table,
    total: &Total,
    column: usize,
) -> Option<(Cast, Cast)> {
    let covers = total.covers.start.min(table.records.len())..total.covers.end.min(table.records.len());
    let rows = table.records.get(covers)?;
    let in_kind = |record: &&Record| is_in_kind(scene, given, record);
    if !rows.iter().filter(in_kind).any(|record| super::rows::some(record, column).is_some()) {
        return None;
    }
    let (mut cash, mut all) = (Cast::default(), Cast::default());
    for record in rows {
        let Some(cell) = record.cells.get(column) else { continue };
        all.add(cell, scene.field(column));
        if !in_kind(&record) {
            cash.add(cell, scene.field(column));
        }
    }
    Some((cash, all))
}

fn is_in_kind(scene: &Scene<'_>, given: &Given, record: &Record) -> bool {
    let (Some(field), Some(word)) = (given.field("basis"), given.words("in_kind")) else { return false };
    Part::of(record.cells.get(field)).is(word, scene.field(field), scene.round)
}

/// The cash under a total, where the table has a control of this kind and some of the rows are in kind.
pub(super) fn cash(scene: &Scene<'_>, table: &Table, total: &Total, column: usize) -> Option<Cast> {
    let given = scene.round.schema.controls.iter().find_map(|control| match &control.kind {
        ControlKind::Named(given) if given.kind == "in-kind" && control.table == scene.control.table => {
            Some(given)
        }
        _ => None,
    })?;
    let counted = given.fields("sums").contains(&column);
    casts(scene, given, table, total, column).filter(|_| counted).map(|(cash, _)| cash)
}

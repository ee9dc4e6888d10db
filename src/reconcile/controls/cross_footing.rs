//! R01: the figures across a row add to the row's total.

use crate::model::{Cell, Money, Record, Value};
use crate::reconcile::figure::{Cast, Figure, Sum, figure};
use crate::reconcile::scene::{Results, Scene, has_column};
use crate::schema::Field;
use rust_decimal::Decimal;

/// Tests every row. Rows that agree are counted, not listed.
pub(super) fn test(scene: &Scene<'_>, sums: &[usize], total: usize, results: &mut Results) {
    for table in scene.tables() {
        if table.records.is_empty() || !has_column(table, total) && !must_be_filled(scene.field(total)) {
            continue;
        }
        let needed: Vec<usize> = sums.iter().copied().chain([total]).collect();
        if let Some(field) = scene.missing(table, &needed) {
            let line = format!("{} · {}", scene.schema.title, scene.field(total).title);
            results.list(scene.without_column(line, field));
            continue;
        }
        for record in &table.records {
            match quickly(scene.schema.fields.as_slice(), record, sums, total) {
                Quick::Agrees => results.agrees(),
                Quick::Nothing => {}
                Quick::Look => look(scene, record, sums, total, results),
            }
        }
    }
}

enum Quick {
    /// Equal to the penny.
    Agrees,
    /// The row states no total and need not.
    Nothing,
    /// Anything else.
    Look,
}

/// The row's sum against its total, without an allocation.
fn quickly(fields: &[Field], record: &Record, sums: &[usize], total: usize) -> Quick {
    let Some(stated) = record.cells.get(total) else { return Quick::Nothing };
    let Some(stated) = pounds(stated) else {
        let nothing = stated.is_blank()
            && (!must_be_filled(&fields[total]) || sums.iter().all(|&field| is_blank(record, field)));
        return if nothing { Quick::Nothing } else { Quick::Look };
    };
    let mut sum = Sum::default();
    let mut counted = false;
    for &field in sums {
        let Some(cell) = record.cells.get(field) else { return Quick::Look };
        match pounds(cell) {
            Some(pounds) if sum.add(pounds).is_some() => counted = true,
            None if cell.is_blank() && !fields[field].constraints.required => {}
            Some(_) | None => return Quick::Look,
        }
    }
    if counted && sum.is(stated) { Quick::Agrees } else { Quick::Look }
}

fn look(scene: &Scene<'_>, record: &Record, sums: &[usize], total: usize, results: &mut Results) {
    let mut cast = Cast::default();
    for &field in sums {
        if let Some(cell) = record.cells.get(field) {
            cast.add(cell, scene.field(field));
        }
    }
    let stated = &record.cells[total];
    if cast.counted == 0 && cast.is_whole() {
        if matches!(figure(stated), Figure::Amount(Money { pounds, .. }) if pounds.is_zero()) {
            return results.agrees();
        }
        // Every quarter is blank: that is a gap in the row, not a sum of nought.
        for &field in sums {
            if let Some(cell) = record.cells.get(field) {
                cast.add_filled(cell, scene.field(field));
            }
        }
    }
    results.row(scene.compare(scene.line(record, total), stated, scene.field(total), cast));
}

fn pounds(cell: &Cell) -> Option<Decimal> {
    match cell.value() {
        Some(Value::Money(money)) => Some(money.pounds),
        _ => None,
    }
}

fn is_blank(record: &Record, field: usize) -> bool {
    record.cells.get(field).is_none_or(Cell::is_blank)
}

fn must_be_filled(field: &Field) -> bool {
    field.constraints.required && !field.computed
}

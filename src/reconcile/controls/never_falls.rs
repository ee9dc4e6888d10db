//! R09: a cumulative figure never falls, unless a credit is explained.

use crate::model::{Cell, Comparison, Money, Outcome, Record, Side, Value};
use crate::reconcile::figure::{Figure, figure, judge, why_blocked};
use crate::reconcile::scene::{Results, Scene};
use crate::reconcile::words;
use rust_decimal::Decimal;

/// Tests every row. Rows that do not fall are counted, not listed; a row that falls is listed once, at its first fall.
pub(super) fn test(scene: &Scene<'_>, columns: &[usize], explained: Option<usize>, results: &mut Results) {
    for record in scene.tables().flat_map(|table| &table.records) {
        let explained =
            explained.and_then(|field| record.cells.get(field)).is_some_and(|cell| !cell.is_blank());
        match rises(record, columns) {
            Rise::Nothing => {}
            Rise::Steady => results.agrees(),
            Rise::Blocked(_) | Rise::Falls(..) if explained => results.agrees(),
            Rise::Blocked(field) => results.row(blocked(scene, record, field)),
            Rise::Falls(earlier, later) => results.row(fall(scene, record, earlier, later)),
        }
    }
}

enum Rise {
    /// Fewer than two figures.
    Nothing,
    /// Each figure is at least the one before.
    Steady,
    /// The field could not be read.
    Blocked(usize),
    /// The second field is below the first.
    Falls(usize, usize),
}

fn rises(record: &Record, columns: &[usize]) -> Rise {
    let mut last: Option<(usize, Decimal)> = None;
    let mut compared = false;
    for &field in columns {
        let Some(cell) = record.cells.get(field) else { continue };
        let pounds = match cell.value() {
            Some(Value::Money(money)) => money.pounds,
            _ => match figure(cell) {
                Figure::Amount(money) => money.pounds,
                Figure::Blank => continue,
                Figure::Blocked => return Rise::Blocked(field),
            },
        };
        if let Some((earlier, before)) = last {
            compared = true;
            if pounds < before {
                return Rise::Falls(earlier, field);
            }
        }
        last = Some((field, pounds));
    }
    if compared { Rise::Steady } else { Rise::Nothing }
}

fn fall(scene: &Scene<'_>, record: &Record, earlier: usize, later: usize) -> Comparison {
    let (before, after) = (&record.cells[earlier], &record.cells[later]);
    let (was, is) = (money(before), money(after));
    let slack = was.slack().saturating_add(is.slack());
    let outcome = judge(is.pounds, was.pounds, scene.control.tolerance, slack);
    let stated = Side { amount: Some(is.pounds), at: Some(after.at), ledger_line: None };
    let expected = Side { amount: Some(was.pounds), at: Some(before.at), ledger_line: None };
    let line =
        format!("{} after {}", scene.line(record, later), words::lower_first(&scene.field(earlier).title));
    scene.comparison(line, stated, expected, Vec::new(), outcome)
}

fn blocked(scene: &Scene<'_>, record: &Record, field: usize) -> Comparison {
    let cell = &record.cells[field];
    let outcome =
        Outcome::Untestable { blocked_by: vec![cell.at], why: why_blocked(cell, scene.field(field)) };
    let stated = Side { amount: None, at: Some(cell.at), ledger_line: None };
    scene.comparison(scene.line(record, field), stated, Side::default(), Vec::new(), outcome)
}

fn money(cell: &Cell) -> Money {
    match figure(cell) {
        Figure::Amount(money) => money,
        Figure::Blank | Figure::Blocked => Money::ZERO,
    }
}

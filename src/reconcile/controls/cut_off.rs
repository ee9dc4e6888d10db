//! R38: a payment is of the round's year, or is marked as accrued.

use super::rows::{self, Amount};
use crate::model::{Money, PartialDate, Side, Value};
use crate::reconcile::part::Part;
use crate::reconcile::scene::{Results, Scene};
use crate::reconcile::words;
use crate::schema::Given;

/// Tests every row with a date: the amount of a payment outside the year counts as nothing in it.
pub(super) fn test(scene: &Scene<'_>, given: &Given, results: &mut Results) {
    let (Some(amount), Some(date)) = (given.field("amount"), given.field("date")) else { return };
    let year = scene.round.period.whole_year();
    let first = scene.round.schema.year_start;
    let (start, end) = (year.start(first), year.end(first));
    for record in rows::ours(scene) {
        let Some(cell) = record.cells.get(date) else { continue };
        let Some(Value::Date(PartialDate { date: day, .. })) = cell.value() else { continue };
        let accrued = given.field("status").is_some_and(|field| {
            let word = given.words("accrued").unwrap_or("Accrued");
            Part::of(record.cells.get(field)).is(word, scene.field(field), scene.round)
        });
        let paid = rows::amount(record, amount).map_or(Money::ZERO, |amount| amount.money);
        if accrued || start <= *day && *day <= end || paid.pounds.is_zero() {
            results.agrees();
            continue;
        }
        let name = words::record(scene.round, scene.schema, record);
        let name = name.map(|name| format!("{name} · ")).unwrap_or_default();
        let title = words::lower_first(&scene.field(date).title);
        let line = format!("{name}{title} {}", day.strftime("%-d %B %Y"));
        let nothing = Side { amount: Some(rust_decimal::Decimal::ZERO), ..Side::default() };
        results.row(rows::differs(scene, line, Amount { money: paid, at: cell.at }, nothing));
    }
}

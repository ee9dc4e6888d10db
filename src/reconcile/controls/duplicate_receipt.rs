//! R25: the same receipt twice: as much, from the same partner, within a few days.

use super::rows::{self, Amount};
use crate::model::{Side, Value};
use crate::reconcile::part::Part;
use crate::reconcile::scene::{Results, Scene};
use crate::schema::Given;
use jiff::civil::Date;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// Most earlier receipts of the same amount that one is held against.
const MOST_ALIKE: usize = 50;
/// How far apart the same receipt may stand, days.
const DAYS: i32 = 7;

/// What receipts have in common: the fields that must be alike, and the amount.
type Alike<'a> = (Vec<Part<'a>>, Decimal);

/// Tests every row with an amount and a date against the rows before it.
pub(super) fn test(scene: &Scene<'_>, given: &Given, results: &mut Results) {
    let (Some(amount), Some(date)) = (given.field("amount"), given.field("date")) else { return };
    let days = given.words("days").and_then(|days| days.parse().ok()).unwrap_or(DAYS);
    let mut seen: BTreeMap<Alike<'_>, Vec<(Date, Amount)>> = BTreeMap::new();
    for record in rows::ours(scene) {
        let Some(received) = rows::some(record, amount) else { continue };
        let Some(Value::Date(day)) = record.cells.get(date).and_then(|cell| cell.value()) else { continue };
        let alike = given.fields("by").iter().map(|&field| Part::of(record.cells.get(field)));
        let before = seen.entry((alike.collect(), received.pounds().normalize())).or_default();
        let near = |other: &&(Date, Amount)| {
            day.date.since(other.0).is_ok_and(|apart| apart.get_days().abs() <= days)
        };
        match before.iter().rev().take(MOST_ALIKE).find(near) {
            Some((_, first)) => {
                let expected = Side { amount: Some(Decimal::ZERO), at: Some(first.at), ledger_line: None };
                results.row(rows::differs(scene, scene.line(record, amount), received, expected));
            }
            None => results.agrees(),
        }
        before.push((day.date, received));
    }
}

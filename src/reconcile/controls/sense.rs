//! R14: the forecast is at least what is spent, and what is committed beside it; in the last quarter it is what was spent.

use super::rows::{self, Amount};
use crate::model::{Comparison, Outcome, Record, Side};
use crate::reconcile::scene::{Results, Scene};
use crate::schema::Given;

/// Tests every row with a forecast and an actual, unless the row explains itself. Rows that agree are counted.
pub(super) fn test(scene: &Scene<'_>, given: &Given, results: &mut Results) {
    let (Some(forecast), Some(actual)) = (given.field("forecast"), given.field("actual")) else { return };
    for record in rows::ours(scene) {
        let (Some(expects), Some(spent)) = (rows::amount(record, forecast), rows::amount(record, actual))
        else {
            continue;
        };
        if rows::is_filled(record, given.field("explained")) {
            results.agrees();
            continue;
        }
        let line = scene.line(record, forecast);
        match look(scene, given, record, line, expects, spent) {
            Some(one) => results.row(one),
            None => results.agrees(),
        }
    }
}

fn look(
    scene: &Scene<'_>,
    given: &Given,
    record: &Record,
    line: String,
    forecast: Amount,
    spent: Amount,
) -> Option<Comparison> {
    let committed = given.field("committed").and_then(|field| rows::some(record, field));
    let both = committed.map_or(spent.pounds(), |more| more.pounds().saturating_add(spent.pounds()));
    let over = scene.round.period.quarter == Some(4);
    if forecast.pounds() < spent.pounds() || over && committed.is_none() {
        return Some(rows::against(scene, line, forecast, spent.side()));
    }
    if forecast.pounds() >= both && !over || over && forecast.pounds() == spent.pounds() {
        return None;
    }
    let expected = Side { amount: Some(both), ..Side::default() };
    let mut one = rows::against(scene, line, forecast, expected);
    one.addends = [spent.at].into_iter().chain(committed.map(|more| more.at)).collect();
    Some(one).filter(|one| one.outcome != Outcome::Agrees)
}

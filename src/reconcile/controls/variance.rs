//! R13: the forecast less the budget is the variance, and the word for it agrees with its sign.

use super::rows::{self, Amount};
use crate::model::{Money, Outcome, Record, Side};
use crate::reconcile::figure::Cast;
use crate::reconcile::part::Part;
use crate::reconcile::scene::{Results, Scene};
use crate::schema::Given;
use rust_decimal::Decimal;

/// Tests every row that states a variance beside a forecast and a budget; where the variance is right, its word too.
pub(super) fn test(scene: &Scene<'_>, given: &Given, results: &mut Results) {
    let field = |property| given.field(property).unwrap_or(usize::MAX);
    let (forecast, budget, variance) = (field("forecast"), field("budget"), field("variance"));
    for record in rows::ours(scene) {
        if ![forecast, budget, variance].iter().all(|&field| rows::is_filled(record, Some(field))) {
            continue;
        }
        let mut cast = Cast::default();
        cast.add(&record.cells[forecast], scene.field(forecast));
        cast.subtract(&record.cells[budget], scene.field(budget));
        let stated = &record.cells[variance];
        let one = scene.compare(scene.line(record, variance), stated, scene.field(variance), cast);
        let right = !matches!(one.outcome, Outcome::Differs { .. });
        results.row(one);
        if right {
            word(scene, given, record, variance, results);
        }
    }
}

/// The word against the sign: what it says is the variance with the sign that the word stands for.
fn word(scene: &Scene<'_>, given: &Given, record: &Record, variance: usize, results: &mut Results) {
    let Some(field) = given.field("word") else { return };
    let (Some(cell), Some(is)) = (record.cells.get(field), rows::some(record, variance)) else { return };
    let said = Part::of(Some(cell));
    let means =
        |property, usual| said.is(given.words(property).unwrap_or(usual), scene.field(field), scene.round);
    let sign = match (means("adverse", "Adverse"), means("favourable", "Favourable")) {
        (true, _) => Decimal::ONE,
        (_, true) => Decimal::NEGATIVE_ONE,
        _ => return,
    };
    let claimed = Amount { money: Money { pounds: is.pounds().abs() * sign, ..is.money }, at: cell.at };
    let expected = Side { amount: Some(is.pounds()), at: Some(is.at), ledger_line: None };
    results.row(rows::against(scene, scene.line(record, field), claimed, expected));
}

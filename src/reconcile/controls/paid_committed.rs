//! R37: what is spent and what is committed are counted once, in one column.

use super::rows::{self, Amount};
use crate::model::{Record, Side};
use crate::reconcile::scene::{Results, Scene};
use crate::schema::Given;

/// Tests every row with something committed: it differs here if the very amount is spent already, in all or, in the last
/// quarter, in that quarter.
pub(super) fn test(scene: &Scene<'_>, given: &Given, results: &mut Results) {
    let Some(committed) = given.field("committed") else { return };
    for record in rows::ours(scene) {
        let Some(stated) = rows::some(record, committed) else { continue };
        match spent(scene, given, record, stated) {
            Some(spent) => {
                let nothing =
                    Side { amount: Some(rust_decimal::Decimal::ZERO), at: Some(spent.at), ledger_line: None };
                results.row(rows::differs(scene, scene.line(record, committed), stated, nothing));
            }
            None => results.agrees(),
        }
    }
}

/// The amount among what is spent that is the committed one.
fn spent(scene: &Scene<'_>, given: &Given, record: &Record, committed: Amount) -> Option<Amount> {
    let quarters = given.fields("quarters");
    let over = scene.round.period.quarter.is_some_and(|quarter| usize::from(quarter) == quarters.len());
    let last = quarters.last().copied().filter(|_| over);
    let fields = given.field("actual").into_iter().chain(last);
    fields.filter_map(|field| rows::amount(record, field)).find(|spent| spent.pounds() == committed.pounds())
}

//! A total that differs only because amounts are shown as a minus: that is asked about at the amounts, not again at the total.

use crate::model::{Cell, Comparison, Origin, Outcome, Reading};
use crate::reconcile::figure::{MOST_LISTED, minus};
use crate::reconcile::scene::{Results, Scene, place};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// Makes comparisons untestable that agree once the amounts that are held for their minus are counted without it.
pub(super) fn set_aside(scene: &Scene<'_>, results: &mut Results) {
    let is_differing = |one: &Comparison| matches!(one.outcome, Outcome::Differs { .. });
    if !results.comparisons.iter().any(is_differing) {
        return;
    }
    let held = held(scene);
    if held.is_empty() {
        return;
    }
    for one in results.comparisons.iter_mut().filter(|one| is_differing(one)) {
        if let Some(cells) = agree_without_minus(one, &held) {
            results.tally[place(&one.outcome)] -= 1;
            one.outcome = Outcome::Untestable {
                blocked_by: cells,
                why: "Amounts in it are shown as a minus, which is asked about; without the minus it agrees."
                    .to_owned(),
            };
            results.tally[place(&one.outcome)] += 1;
        }
    }
}

/// Amounts of the return that are held for their minus, pounds below zero.
fn held(scene: &Scene<'_>) -> BTreeMap<Origin, Decimal> {
    let amount = |cell: &Cell| match &cell.reading {
        Reading::Unreadable(held) => minus(held).map(|money| (cell.at, money.pounds)),
        _ => None,
    };
    let tables = scene.submission.tables.iter();
    let records =
        tables.flat_map(|table| table.records.iter().chain(table.totals.iter().map(|total| &total.record)));
    records.flat_map(|record| &record.cells).filter_map(amount).collect()
}

/// The cells whose minus makes the whole difference.
fn agree_without_minus(one: &Comparison, held: &BTreeMap<Origin, Decimal>) -> Option<Vec<Origin>> {
    if one.addends.len() >= MOST_LISTED {
        return None;
    }
    let minuses: Vec<Origin> = one.addends.iter().copied().filter(|at| held.contains_key(at)).collect();
    let added: Decimal = minuses.iter().filter_map(|at| held.get(at)).sum();
    let turned = |amount: Decimal, at: Option<Origin>| {
        if at.is_some_and(|at| held.contains_key(&at)) { -amount } else { amount }
    };
    let stated = turned(one.stated.amount?, one.stated.at);
    let expected = turned(one.expected.amount?, one.expected.at).checked_sub(added.checked_add(added)?)?;
    let single = one.stated.at.into_iter().chain(one.expected.at).filter(|at| held.contains_key(at));
    let cells: Vec<Origin> = minuses.iter().copied().chain(single).collect();
    (!cells.is_empty() && stated == expected).then_some(cells)
}

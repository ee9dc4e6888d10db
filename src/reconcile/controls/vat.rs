//! R22: an amount that is what was agreed with VAT added, or with VAT taken off.

use super::rows;
use crate::reconcile::part::Part;
use crate::reconcile::scene::{Results, Scene};
use crate::schema::Given;
use rust_decimal::{Decimal, RoundingStrategy};

/// Tests every row that has both amounts: they differ here only if VAT is the whole difference, to the penny or to what
/// the amount was rounded to.
pub(super) fn test(scene: &Scene<'_>, given: &Given, results: &mut Results) {
    let (Some(amount), Some(agreed)) = (given.field("amount"), given.field("against")) else { return };
    let rate = given.words("rate").and_then(|rate| rate.parse().ok()).unwrap_or(Decimal::from(20));
    for record in rows::ours(scene) {
        let (Some(stated), Some(agreed)) = (rows::some(record, amount), rows::some(record, agreed)) else {
            continue;
        };
        let slack = stated.money.slack().max(Decimal::new(1, 2));
        let Some(way) = way(stated.pounds(), agreed.pounds(), rate, slack) else {
            results.agrees();
            continue;
        };
        let mut one = rows::differs(scene, scene.line(record, amount), stated, agreed.side());
        one.note = said(scene, given.field("included").and_then(|field| record.cells.get(field)), given, way);
        results.row(one);
    }
}

/// How VAT makes the difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Added,
    TakenOff,
}

fn way(stated: Decimal, agreed: Decimal, rate: Decimal, slack: Decimal) -> Option<Way> {
    let factor = Decimal::ONE.checked_add(rate.checked_div(Decimal::ONE_HUNDRED)?)?;
    let is = |wanted: Decimal| {
        let wanted = wanted.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
        stated.checked_sub(wanted).is_some_and(|off| off.abs() <= slack)
    };
    if stated.checked_sub(agreed).is_none_or(|off| off.abs() <= slack) {
        None
    } else if is(agreed.checked_mul(factor)?) {
        Some(Way::Added)
    } else {
        is(agreed.checked_div(factor)?).then_some(Way::TakenOff)
    }
}

/// What the row itself says of VAT, in words.
fn said(scene: &Scene<'_>, cell: Option<&crate::model::Cell>, given: &Given, way: Way) -> Option<String> {
    let part = Part::of(cell);
    let field = scene.field(given.field("included")?);
    let yes = part.is("yes", field, scene.round);
    let no = part.is("no", field, scene.round);
    match (yes, no, way) {
        (true, _, Way::Added) => Some(format!("The return says so itself: {} is yes.", field.title)),
        (_, true, Way::Added) => Some(format!("The return says otherwise: {} is no.", field.title)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vat_is_added_or_taken_off_and_nothing_else() {
        let penny = Decimal::new(1, 2);
        let way = |stated: i64, agreed: i64| {
            super::way(Decimal::new(stated, 2), Decimal::new(agreed, 2), Decimal::from(20), penny)
        };
        assert_eq!(way(3_619_800, 3_016_500), Some(Way::Added));
        assert_eq!(way(2_513_750, 3_016_500), Some(Way::TakenOff));
        assert_eq!(way(2_513_751, 3_016_500), Some(Way::TakenOff));
        assert_eq!(way(3_619_802, 3_016_500), None);
        assert_eq!(way(3_016_500, 3_016_500), None);
        // Nothing but a penny lies between them: that is no VAT.
        assert_eq!(way(1, 0), None);
        assert_eq!(super::way(Decimal::MAX, Decimal::ONE, Decimal::from(20), penny), None);
    }
}

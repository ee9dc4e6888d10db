//! R20: an amount that is what was agreed in other units: pounds for thousands, a decimal point that slid.

use super::rows;
use crate::reconcile::scene::{Results, Scene};
use crate::schema::Given;
use rust_decimal::Decimal;

/// Tests every row that has both amounts: they differ here only if one is a power of ten of the other, to a thousandth.
pub(super) fn test(scene: &Scene<'_>, given: &Given, results: &mut Results) {
    let (Some(amount), Some(agreed)) = (given.field("amount"), given.field("against")) else { return };
    for record in rows::ours(scene) {
        let (Some(stated), Some(agreed)) = (rows::some(record, amount), rows::some(record, agreed)) else {
            continue;
        };
        if is_slide(stated.pounds(), agreed.pounds()) {
            results.row(rows::differs(scene, scene.line(record, amount), stated, agreed.side()));
        } else {
            results.agrees();
        }
    }
}

/// True if one amount is 10, 100 or 1,000 times the other, to a thousandth of it.
fn is_slide(stated: Decimal, agreed: Decimal) -> bool {
    let (stated, agreed) = (stated.abs(), agreed.abs());
    let (large, small) = if stated > agreed { (stated, agreed) } else { (agreed, stated) };
    [10, 100, 1000].iter().any(|&times| {
        let Some(wanted) = small.checked_mul(Decimal::from(times)) else { return false };
        (large - wanted).abs() <= large / Decimal::ONE_THOUSAND
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_of_ten_are_slides_and_nothing_else_is() {
        let is = |a: i64, b: i64| is_slide(Decimal::new(a, 2), Decimal::new(b, 2));
        // £645 typed as 0.645 thousand pounds, and £59.95 as £59,395 is none.
        assert!(is_slide(Decimal::new(645, 3), Decimal::from(645)));
        assert!(is(4_520_300, 45_203) && is(45_203, 452_030) && is(4_612_000, 461_200));
        assert!(!is(5_939_500, 5_995) && !is(45_203, 45_203) && !is(54_243, 45_203));
        // One pound in a thousand is within, two are not.
        assert!(is(100_100, 10_000) && !is(1_002_000, 10_000));
        assert!(!is_slide(Decimal::MAX, Decimal::MAX));
    }
}

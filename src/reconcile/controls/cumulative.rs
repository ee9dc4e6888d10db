//! R28: figures to date typed in the columns of quarters.

use super::rows::{self, Amount};
use crate::model::Side;
use crate::reconcile::figure::Sum;
use crate::reconcile::scene::{Results, Scene};
use crate::schema::Given;

/// Tests every row whose quarters so far are filled: they differ here if they never fall, the last is the total, and they
/// do not add up to it.
pub(super) fn test(scene: &Scene<'_>, given: &Given, results: &mut Results) {
    let Some(total) = given.field("total") else { return };
    let all = given.fields("quarters");
    let so_far = scene.round.period.quarter.map_or(all.len(), usize::from).min(all.len());
    let quarters = &all[..so_far];
    for record in rows::ours(scene) {
        let Some(stated) = rows::some(record, total) else { continue };
        let amounts: Option<Vec<Amount>> =
            quarters.iter().map(|&field| rows::amount(record, field)).collect();
        let Some(amounts) = amounts.filter(|amounts| amounts.len() > 1) else { continue };
        let mut sum = Sum::default();
        let whole = amounts.iter().try_for_each(|amount| sum.add(amount.pounds()));
        let Some(sum) = whole.and_then(|()| sum.pounds()) else { continue };
        let rising = amounts.windows(2).all(|pair| pair[0].pounds() <= pair[1].pounds());
        let last = amounts.last().is_some_and(|last| last.pounds() == stated.pounds());
        if rising && last && sum != stated.pounds() {
            let expected = Side { amount: Some(sum), ..Side::default() };
            let mut one = rows::differs(scene, scene.line(record, total), stated, expected);
            one.addends = amounts.iter().map(|amount| amount.at).collect();
            results.row(one);
        } else {
            results.agrees();
        }
    }
}

//! R08: the year to date is the sum of the quarters so far.

use super::cross_footing;
use crate::reconcile::scene::{Results, Scene};

/// Tests every row against the quarters up to the round's. Rows that agree are counted, not listed.
pub(super) fn test(scene: &Scene<'_>, quarters: &[usize], to_date: usize, results: &mut Results) {
    let so_far = scene.round.period.quarter.map_or(quarters.len(), usize::from).min(quarters.len());
    cross_footing::test(scene, &quarters[..so_far], to_date, results);
}

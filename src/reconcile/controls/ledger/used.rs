//! What is merged for one line of the ledger, for controls that compare it with something else.

use super::Line;
use crate::reconcile::controls::Across;
use rust_decimal::Decimal;

/// The sum that returns in use state on a line, as a control of the kind *ledger* adds it up; `None` if there is nothing.
pub(in crate::reconcile::controls) fn used_on(
    across: &Across<'_>,
    control: usize,
    place: usize,
) -> Option<Decimal> {
    let total = across.gathered.typed.get(&(control, Line::Ledger(place)))?;
    total.used.pounds()
}

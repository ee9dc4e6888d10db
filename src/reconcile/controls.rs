//! One kind of control a file.

mod agreed;
mod conservation;
mod cross_cast;
mod cross_footing;
mod footing;
mod ledger;
mod never_falls;
mod one_return;
mod opening;
mod roll_forward;
mod roll_up;
mod shares;
mod signs;
mod year_to_date;

#[cfg(test)]
mod tests;

pub(super) use ledger::{Line, Total, Typed};
pub(super) use shares::Shares;

use super::scene::{Results, Scene};
use crate::model::{Comparison, Consolidated, FileId, Ledgered, SheetId};
use crate::round::Round;
use crate::schema::{Control, ControlKind};
use std::collections::{BTreeMap, BTreeSet};

/// Applies a control inside one return. Controls that look across returns have nothing to say here.
pub(super) fn within(scene: &Scene<'_>) -> Results {
    let mut results = Results::default();
    match &scene.control.kind {
        ControlKind::CrossFooting { sums, total } => {
            cross_footing::test(scene, sums, *total, &mut results);
        }
        ControlKind::Footing { sums } => footing::test(scene, sums, &mut results),
        ControlKind::CrossCast { sums, total } => cross_cast::test(scene, sums, *total, &mut results),
        ControlKind::YearToDate { quarters, to_date } => {
            year_to_date::test(scene, quarters, *to_date, &mut results);
        }
        ControlKind::NeverFalls { columns, explained } => {
            never_falls::test(scene, columns, *explained, &mut results);
        }
        ControlKind::Opening { opening, ledger, column } => {
            opening::test(scene, *opening, ledger, column, &mut results);
        }
        ControlKind::RollForward { opening, add, less, closing } => {
            let movement = roll_forward::Movement { opening: *opening, add, less, closing: *closing };
            roll_forward::test(scene, &movement, &mut results);
        }
        ControlKind::RollUp { amount, by, part, total } => {
            let whole = roll_up::Whole { amount: *amount, by, part: *part, total };
            roll_up::test(scene, &whole, &mut results);
        }
        ControlKind::Ledger { .. }
        | ControlKind::Agreed { .. }
        | ControlKind::OneReturn
        | ControlKind::Shares { .. }
        | ControlKind::Conservation => {}
    }
    signs::set_aside(scene, &mut results);
    results.finish()
}

/// What one return typed on the lines of a ledger control; `None` for other controls.
pub(super) fn typed(scene: &Scene<'_>) -> Option<Typed> {
    match &scene.control.kind {
        ControlKind::Ledger { amount, by, ledger, .. } => Some(ledger::typed(scene, *amount, by, ledger)),
        _ => None,
    }
}

/// The shares that one return states; `None` for other controls.
pub(super) fn shares(scene: &Scene<'_>) -> Option<Shares> {
    match &scene.control.kind {
        ControlKind::Shares { share, amount } => Some(shares::stated(scene, *share, *amount)),
        _ => None,
    }
}

/// What the returns of a round said, for the controls that look across them.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    /// Sums by control and ledger line.
    pub(super) typed: BTreeMap<(usize, Line), Total>,
    /// Rows of returns that are used with an amount on no line, by control: file, sheet and row.
    pub(super) uncounted: BTreeMap<usize, BTreeSet<(FileId, SheetId, u32)>>,
    /// Shares by control, in file order.
    pub(super) shares: BTreeMap<usize, Shares>,
}

/// One control before the whole round.
#[derive(Debug, Clone, Copy)]
pub(super) struct Across<'a> {
    pub(super) round: &'a Round,
    pub(super) index: usize,
    pub(super) control: &'a Control,
    pub(super) gathered: &'a Gathered,
    pub(super) consolidated: &'a Consolidated,
}

/// Applies a control across the returns of a round. Controls that look inside one return have nothing to say here.
pub(super) fn across(across: &Across<'_>) -> (Vec<Comparison>, Option<Ledgered>) {
    let comparisons = match &across.control.kind {
        ControlKind::Ledger { amount, by, ledger, column, agreed, complete } => {
            let (amount, agreed, complete) = (*amount, agreed.as_deref(), *complete);
            let wanted = ledger::Wanted { amount, by, ledger, column, agreed, complete };
            let (comparisons, ledgered) = ledger::test(across, &wanted);
            return (comparisons, Some(ledgered));
        }
        ControlKind::Agreed { ledger, column, agreed } => agreed::test(across, ledger, column, agreed),
        ControlKind::OneReturn => one_return::test(across),
        ControlKind::Shares { amount, .. } => shares::test(across, *amount),
        ControlKind::Conservation => conservation::test(across),
        _ => Vec::new(),
    };
    (comparisons, None)
}

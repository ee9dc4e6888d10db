//! One kind of control a file.

mod agreed;
mod annual_report;
mod apportionment;
mod conservation;
mod coupled_line;
mod cross_cast;
mod cross_footing;
mod cumulative;
mod cut_off;
mod duplicate_receipt;
mod earlier;
mod footing;
mod in_kind;
mod ledger;
mod never_falls;
mod one_return;
mod opening;
mod paid_committed;
mod recharge_pairs;
mod roll_forward;
mod roll_up;
mod rows;
mod sense;
mod shares;
mod sign;
mod signs;
mod unit;
mod variance;
mod vat;
mod words_against_table;
mod year_to_date;

#[cfg(test)]
mod tests;

pub(super) use ledger::{Line, Total, Typed, line_in_words};
pub(super) use recharge_pairs::{Charges, extend};
pub(super) use shares::Shares;

use super::explain::LineFacts;
use super::scene::{Results, Scene};
use crate::model::{Comparison, Consolidated, FileId, Ledgered, SheetId};
use crate::round::Round;
use crate::schema::{Control, ControlKind, Given};
use std::collections::{BTreeMap, BTreeSet};

/// Tests one return.
type Inside = fn(&Scene<'_>, &Given, &mut Results);
/// Tests across returns.
type Beyond = fn(&Across<'_>, &Given) -> Vec<Comparison>;

/// The kinds that are known by their names and look inside one return.
const INSIDE: &[(&str, Inside)] = &[
    ("variance", variance::test),
    ("sense", sense::test),
    ("in-kind", in_kind::test),
    ("unit", unit::test),
    ("sign", sign::test),
    ("vat", vat::test),
    ("duplicate-receipt", duplicate_receipt::test),
    ("coupled-line", coupled_line::test),
    ("prior-year", earlier::prior_year),
    ("cumulative", cumulative::test),
    ("paid-committed", paid_committed::test),
    ("cut-off", cut_off::test),
    ("restatement", earlier::restatement),
    ("words-against-table", words_against_table::test),
];

/// Those that look across returns.
const ACROSS: &[(&str, Beyond)] = &[
    ("apportionment", apportionment::test),
    ("recharge-pairs", recharge_pairs::test),
    ("annual-report", annual_report::test),
];

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
        ControlKind::Named(given) => {
            if let Some((_, test)) = INSIDE.iter().find(|(kind, _)| *kind == given.kind) {
                test(scene, given, &mut results);
            }
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
        ControlKind::Ledger { amount, by, ledger, column, .. } => {
            Some(ledger::typed(scene, *amount, by, ledger, column))
        }
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

/// The recharges that one return states; `None` for other controls.
pub(super) fn charges(scene: &Scene<'_>) -> Option<Charges> {
    match &scene.control.kind {
        ControlKind::Named(given) if given.kind == "recharge-pairs" => {
            Some(recharge_pairs::stated(scene, given))
        }
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
    /// Recharges by control.
    pub(super) charges: BTreeMap<usize, Charges>,
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

/// Applies a control across the returns of a round. Controls that look inside one return have nothing to say here. The
/// facts are those of the first comparisons, one each.
pub(super) fn across(across: &Across<'_>) -> (Vec<Comparison>, Option<Ledgered>, Vec<LineFacts>) {
    let comparisons = match &across.control.kind {
        ControlKind::Ledger { amount, by, ledger, column, agreed, complete } => {
            let (amount, agreed, complete) = (*amount, agreed.as_deref(), *complete);
            let wanted = ledger::Wanted { amount, by, ledger, column, agreed, complete };
            let (comparisons, ledgered, facts) = ledger::test(across, &wanted);
            return (comparisons, Some(ledgered), facts);
        }
        ControlKind::Agreed { ledger, column, agreed } => agreed::test(across, ledger, column, agreed),
        ControlKind::OneReturn => one_return::test(across),
        ControlKind::Shares { amount, .. } => shares::test(across, *amount),
        ControlKind::Conservation => conservation::test(across),
        ControlKind::Named(given) => ACROSS
            .iter()
            .find(|(kind, _)| *kind == given.kind)
            .map_or_else(Vec::new, |(_, test)| test(across, given)),
        _ => Vec::new(),
    };
    (comparisons, None, Vec::new())
}

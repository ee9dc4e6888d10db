//! A sum counts a sub-total beside the figures that the sub-total adds up.
//!
//! ## What it does
//!
//! Finds cells in the range of a sum that add up other cells of the same range.
//!
//! ## Why it matters
//!
//! Every figure under the sub-total is in the total twice.
//!
//! ## Example
//!
//! ```sheet Finance
//! A1: Budget line | Budget | Actual
//! A2: Training | 1000 | 400
//! A3: Travel | 200 | 50
//! A4: Sub-total | =SUM(B2:B3) -> 1200 | 450
//! A5: Post | 30 | 20
//! A6: Total | =SUM(B2:B5) -> 2430 | 470
//! ! B6 double-counted-subtotal: The total in B6 counts B4 beside the figures that B4 adds up, £1,200 too much. Its formula is “=SUM(B2:B5)”; it should be “=SUM(B2:B3,B5)”.
//! ! C4 hardcoded-total
//! ! C6 hardcoded-total
//! ```
//!
//! ## How to fix
//!
//! Leave the sub-total out of the range, or add up the sub-totals only.
//!
//! ## Settings
//!
//! None beside the severity in `round.toml`.

use super::common::formulas;
use super::common::words::list;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Location, Severity};
use crate::model::{FormulaFault, FormulaFaultKind, Submission};

pub(super) struct DoubleCountedSubtotal;

const META: Meta = Meta {
    name: "double-counted-subtotal",
    severity: Severity::Query,
    effort: Effort::LookUp,
    source: include_str!("double_counted_subtotal.rs"),
};

impl Check for DoubleCountedSubtotal {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn submission(&self, cx: &Context<'_>, submission: &Submission, out: &mut Findings<'_>) {
        for group in formulas::grouped(submission, FormulaFaultKind::IncludesSubtotal) {
            let [first, rest @ ..] = group.as_slice() else { continue };
            let figure = |fault: &FormulaFault| {
                let effect = fault.effect?.abs();
                Some(formulas::figure(cx, submission, fault.at, effect))
            };
            let others: Vec<_> = rest.iter().map(|fault| (fault.at.cell, figure(fault))).collect();
            let worth = figure(first).map(|figure| format!(", {figure}")).unwrap_or_default();
            let message = format!(
                "The total in {} counts {what} beside the figures that {what} {adds} up{} too much.{}{}",
                first.at.cell,
                worth,
                formulas::should_be(first),
                formulas::so_do(&others),
                what = named(first),
                adds = if first.cells.len() == 1 { "adds" } else { "add" }
            );
            out.add(Location::Cell(first.at), message)
                .help("Correct the range, and check what else used the total.")
                .related(formulas::places(&group, "counted twice"));
        }
    }
}

/// The sub-totals that are counted twice.
fn named(fault: &FormulaFault) -> String {
    let cells: Vec<String> = fault.cells.iter().take(6).map(|at| at.cell.to_string()).collect();
    list(&cells)
}

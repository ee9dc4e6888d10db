//! A sum stops short of figures next to its range.
//!
//! ## What it does
//!
//! Compares the range of every formula that only adds up with the rows of its table, with figures that stand next to the
//! range, and with the ranges of the sums beside it. A figure that another formula adds up is not missing.
//!
//! ## Why it matters
//!
//! A row that was added under the others is in nobody's total.
//!
//! ## Example
//!
//! ```sheet Finance
//! A1: Budget line | Budget | Actual
//! A2: Training | 1000 | 400
//! A3: Travel | 200 | 50
//! A4: Post | 30 | 20
//! A5: Total | =SUM(B2:B3) -> 1200 | =SUM(C2:C3) -> 450
//! ! B5 range-too-short: The total in B5 leaves out B4 (Post), £30. Its formula is “=SUM(B2:B3)”; it should be “=SUM(B2:B4)”. So does C5 (£20).
//! ```
//!
//! ## How to fix
//!
//! Correct the range, and check what else used the total.
//!
//! ## Settings
//!
//! None beside the severity in `round.toml`.

use super::common::formulas;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Location, Severity};
use crate::model::{FormulaFault, FormulaFaultKind, Submission};

pub(super) struct RangeTooShort;

const META: Meta = Meta {
    name: "range-too-short",
    severity: Severity::Query,
    effort: Effort::LookUp,
    source: include_str!("range_too_short.rs"),
};

impl Check for RangeTooShort {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn submission(&self, cx: &Context<'_>, submission: &Submission, out: &mut Findings<'_>) {
        for group in formulas::grouped(submission, FormulaFaultKind::RangeTooShort) {
            let [first, rest @ ..] = group.as_slice() else { continue };
            let figure = |fault: &FormulaFault| {
                let effect = fault.effect?.abs();
                Some(formulas::figure(cx, submission, fault.at, effect))
            };
            let others: Vec<_> = rest.iter().map(|fault| (fault.at.cell, figure(fault))).collect();
            let worth = figure(first).map(|figure| format!(", {figure}")).unwrap_or_default();
            let message = format!(
                "The total in {} leaves out {}{worth}.{}{}",
                first.at.cell,
                formulas::named(cx, submission, &first.cells),
                formulas::should_be(first),
                formulas::so_do(&others)
            );
            out.add(Location::Cell(first.at), message)
                .help(
                    "Correct the range and send the return again, or tell us why the figure does not count.",
                )
                .related(formulas::places(&group, "left out"));
        }
    }
}

//! A total passes over an amount that is written as text.
//!
//! ## What it does
//!
//! Finds text in the range of a SUM that reads as an amount, such as 21,901 in a cell formatted as text.
//!
//! ## Why it matters
//!
//! Excel adds numbers only: the total is short by the amount, and nothing shows it.
//!
//! ## Example
//!
//! ```sheet Finance
//! A1: Budget line | Budget | Actual
//! A2: Training | 1000 | 400
//! A3: Travel | 200 | "50"
//! A4: Total | =SUM(B2:B3) -> 1200 | =SUM(C2:C3) -> 400
//! ! C3 number-as-text
//! ! C4 text-in-sum: The total in C4 leaves out C3 (Travel), £50, because it is written as text. Excel adds numbers only.
//! ```
//!
//! ## How to fix
//!
//! Type the amount again as a number.
//!
//! ## Settings
//!
//! None beside the severity in `round.toml`.

use super::common::formulas;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Location, Severity};
use crate::model::{FormulaFaultKind, Submission};

pub(super) struct TextInSum;

const META: Meta = Meta {
    name: "text-in-sum",
    severity: Severity::Query,
    effort: Effort::LookUp,
    source: include_str!("text_in_sum.rs"),
};

impl Check for TextInSum {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn submission(&self, cx: &Context<'_>, submission: &Submission, out: &mut Findings<'_>) {
        let faults = submission.formula_faults.iter();
        for fault in faults.filter(|fault| fault.kind == FormulaFaultKind::TextInSum) {
            let worth = fault.effect.map(|effect| formulas::figure(cx, submission, fault.at, -effect));
            let worth = worth.map(|worth| format!(", {worth}")).unwrap_or_default();
            let (it, is) = if fault.cells.len() == 1 { ("it", "is") } else { ("they", "are") };
            let message = format!(
                "The total in {} leaves out {}{worth}, because {it} {is} written as text. Excel adds numbers only.",
                fault.at.cell,
                formulas::named(cx, submission, &fault.cells)
            );
            out.add(Location::Cell(fault.at), message)
                .help("Type the amount again as a number, and send the return again.")
                .related(formulas::places(&[fault], "written as text"));
        }
    }
}

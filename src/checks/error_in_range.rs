//! A formula uses cells that show an error value.
//!
//! ## What it does
//!
//! Finds formulas that add up or calculate with cells that show an error value such as #REF!. What depends on such a formula
//! in turn is not told again.
//!
//! ## Why it matters
//!
//! One broken cell takes every total above it with it.
//!
//! ## Example
//!
//! ```sheet Finance
//! A1: Budget line | Budget | Actual
//! A2: Training | 1000 | #REF!
//! A3: Travel | 200 | 50
//! A4: Total | =SUM(B2:B3) -> 1200 | =SUM(C2:C3) -> #REF!
//! ! C2 formula-error
//! ! C4 error-in-range: The formula in C4 uses C2 (Training), which shows an error value, so that it has no sound result.
//! ```
//!
//! ## How to fix
//!
//! Mend the cell that shows the error value; what uses it then comes right.
//!
//! ## Settings
//!
//! None beside the severity in `round.toml`.

use super::common::formulas;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Location, Severity};
use crate::model::{FormulaFaultKind, Submission};
use std::collections::BTreeSet;

pub(super) struct ErrorInRange;

const META: Meta = Meta {
    name: "error-in-range",
    severity: Severity::Query,
    effort: Effort::LookUp,
    source: include_str!("error_in_range.rs"),
};

impl Check for ErrorInRange {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn submission(&self, cx: &Context<'_>, submission: &Submission, out: &mut Findings<'_>) {
        let broken: BTreeSet<_> = formulas::broken(submission);
        let faults = submission.formula_faults.iter();
        for fault in faults.filter(|fault| fault.kind == FormulaFaultKind::ErrorInRange) {
            // Those that only pass it on are told where it begins.
            let roots: Vec<_> = fault.cells.iter().copied().filter(|at| !broken.contains(at)).collect();
            if roots.is_empty() {
                continue;
            }
            let (shows, values) =
                if roots.len() == 1 { ("shows", "an error value") } else { ("show", "error values") };
            let message = format!(
                "The formula in {} uses {}, which {shows} {values}, so that it has no sound result.",
                fault.at.cell,
                formulas::named(cx, submission, &roots)
            );
            out.add(Location::Cell(fault.at), message)
                .help("Mend what shows the error value, and send the return again.")
                .related(formulas::places(&[fault], "shows an error value"));
        }
    }
}

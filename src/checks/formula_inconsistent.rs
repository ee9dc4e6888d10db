//! A formula is not like its neighbours, which are alike.
//!
//! ## What it does
//!
//! Compares formulas in their relative form (what a copy of them shares) down columns and along total rows. Other ways to
//! write the same are not told, and neither are first rows that begin what the others carry on.
//!
//! ## Why it matters
//!
//! One row that is worked out in another way is nearly always a slip, and looks like the others.
//!
//! ## Example
//!
//! ```sheet Finance
//! A1: Budget line | Budget | Actual
//! A2: Training | 1000 | =B2*0.5 -> 500
//! A3: Travel | 200 | =B3*0.5 -> 100
//! A4: Post | 40 | =B3*0.5 -> 100
//! A5: Printing | 60 | =B5*0.5 -> 30
//! ! C4 formula-inconsistent: The formula in C4, “=B3*0.5”, is not like those next to it, which would be “=B4*0.5” here. It gives £100 in place of £20.
//! ```
//!
//! ## How to fix
//!
//! Copy the formula from its neighbour, or say why it differs.
//!
//! ## Settings
//!
//! None beside the severity in `round.toml`.

use super::common::formulas;
use super::common::words::quote;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Location, Severity};
use crate::model::{FormulaFault, FormulaFaultKind, Submission, column_letters};

pub(super) struct FormulaInconsistent;

const META: Meta = Meta {
    name: "formula-inconsistent",
    severity: Severity::Query,
    effort: Effort::LookUp,
    source: include_str!("formula_inconsistent.rs"),
};

/// The letters of the column that a formula adds up, if it is the very formula of that column's own total, whose `$` held it
/// fast: its neighbours look the same.
fn held_fast(fault: &FormulaFault) -> Option<String> {
    let column = fault.cells.first()?.cell.column;
    let (other, own) = (column_letters(column), column_letters(fault.at.cell.column));
    let over = fault.formula.to_uppercase().replace(&format!("${other}"), &format!("${own}"));
    (other != own && fault.corrected.as_deref() == Some(over.as_str())).then_some(other)
}

impl Check for FormulaInconsistent {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn submission(&self, cx: &Context<'_>, submission: &Submission, out: &mut Findings<'_>) {
        let faults = submission.formula_faults.iter();
        for fault in faults.filter(|fault| fault.kind == FormulaFaultKind::OddOneOut) {
            let theirs = fault.corrected.as_deref().unwrap_or_default();
            let figure = |amount| formulas::figure(cx, submission, fault.at, amount);
            let (own, theirs) = (quote(&format!("={}", fault.formula)), quote(&format!("={theirs}")));
            let cell = fault.at.cell;
            let message = if let Some(column) = held_fast(fault) {
                let comes_to =
                    fault.recomputed.map(|anew| format!("; its own column comes to {}", figure(anew)));
                format!(
                    "The formula in {cell}, {own}, adds up column {column}{}. It should be {theirs}.",
                    comes_to.unwrap_or_default()
                )
            } else {
                let apart = match (fault.stored.map(figure), fault.recomputed.map(figure)) {
                    (Some(stored), Some(anew)) if stored != anew => {
                        format!(" It gives {stored} in place of {anew}.")
                    }
                    _ => String::new(),
                };
                format!(
                    "The formula in {cell}, {own}, is not like those next to it, which would be {theirs} here.{apart}"
                )
            };
            out.add(Location::Cell(fault.at), message)
                .help("Copy the formula from its neighbour, or tell us why it differs.")
                .related(formulas::places(&[fault], "a neighbour"));
        }
    }
}

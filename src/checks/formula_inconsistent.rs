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
use crate::model::{FormulaFaultKind, Submission};

pub(super) struct FormulaInconsistent;

const META: Meta = Meta {
    name: "formula-inconsistent",
    severity: Severity::Query,
    effort: Effort::LookUp,
    source: include_str!("formula_inconsistent.rs"),
};

impl Check for FormulaInconsistent {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn submission(&self, cx: &Context<'_>, submission: &Submission, out: &mut Findings<'_>) {
        let faults = submission.formula_faults.iter();
        for fault in faults.filter(|fault| fault.kind == FormulaFaultKind::OddOneOut) {
            let theirs = fault.corrected.as_deref().unwrap_or_default();
            let apart = match (fault.stored, fault.recomputed) {
                (Some(stored), Some(anew)) if stored != anew => {
                    let figure = |amount| formulas::figure(cx, submission, fault.at, amount);
                    format!(" It gives {} in place of {}.", figure(stored), figure(anew))
                }
                _ => String::new(),
            };
            let message = format!(
                "The formula in {}, {}, is not like those next to it, which would be {} here.{apart}",
                fault.at.cell,
                quote(&format!("={}", fault.formula)),
                quote(&format!("={theirs}"))
            );
            out.add(Location::Cell(fault.at), message)
                .help("Copy the formula from its neighbour, or tell us why it differs.")
                .related(formulas::places(&[fault], "a neighbour"));
        }
    }
}

//! A figure was typed where the cells beside it are formulas.
//!
//! ## What it does
//!
//! Looks for typed figures among the sums of a total row, and in columns where the other rows hold formulas that are alike.
//! Nothing is said where all totals of a sheet are typed.
//!
//! ## Why it matters
//!
//! A typed total stays as it is when the rows change.
//!
//! ## Example
//!
//! ```sheet Finance
//! A1: Budget line | Budget | Actual
//! A2: Training | 1000 | 400
//! A3: Travel | 200 | 50
//! A4: Total | =SUM(B2:B3) -> 1200 | 460
//! ! C4 hardcoded-total: C4 holds a typed figure, £460, where the cells beside it hold formulas. A formula like theirs, “=SUM(C2:C3)”, comes to £450.
//! ```
//!
//! ## How to fix
//!
//! Put the formula in place of the figure.
//!
//! ## Settings
//!
//! None beside the severity in `round.toml`.

use super::common::formulas;
use super::common::words::quote;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Location, Severity};
use crate::model::{FormulaFaultKind, Submission};

pub(super) struct HardcodedTotal;

const META: Meta = Meta {
    name: "hardcoded-total",
    severity: Severity::Query,
    effort: Effort::LookUp,
    source: include_str!("hardcoded_total.rs"),
};

impl Check for HardcodedTotal {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn submission(&self, cx: &Context<'_>, submission: &Submission, out: &mut Findings<'_>) {
        let faults = submission.formula_faults.iter();
        for fault in faults.filter(|fault| fault.kind == FormulaFaultKind::TypedTotal) {
            let figure = |amount| formulas::figure(cx, submission, fault.at, amount);
            let Some(stored) = fault.stored else { continue };
            let theirs =
                fault.corrected.as_deref().map_or_else(String::new, |text| quote(&format!("={text}")));
            let anew = match fault.recomputed {
                Some(anew) if anew == stored => {
                    format!("A formula like theirs, {theirs}, comes to the same.")
                }
                Some(anew) => format!("A formula like theirs, {theirs}, comes to {}.", figure(anew)),
                None => format!("A formula like theirs is {theirs}."),
            };
            let message = format!(
                "{} holds a typed figure, {}, where the cells beside it hold formulas. {anew}",
                fault.at.cell,
                figure(stored)
            );
            out.add(Location::Cell(fault.at), message)
                .help("Put the formula in its place, or tell us why the figure was typed.")
                .related(formulas::places(&[fault], "a formula"));
        }
    }
}

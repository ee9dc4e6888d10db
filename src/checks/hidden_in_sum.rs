//! A total counts figures in hidden rows.
//!
//! ## What it does
//!
//! Finds figures in hidden rows that a SUM adds up. Rows that only SUBTOTAL adds up are left out or counted as Excel does
//! it, and are told as hidden rows.
//!
//! ## Why it matters
//!
//! Nobody who looks at the sheet can add the total up.
//!
//! ## Example
//!
//! ```sheet Finance
//! A1: Budget line | Budget | Actual
//! A2: Training | 1000 | 400
//! A3: Travel | 200 | 50
//! A4: Total | =SUM(B2:B3) -> 1200 | =SUM(C2:C3) -> 450
//! hide row 3
//! ! B4 hidden-in-sum: The total in B4 counts row 3, which is hidden: £200 of its £1,200. So does C4 (£50).
//! ```
//!
//! ## How to fix
//!
//! Show the row, or delete it if it does not belong in the return.
//!
//! ## Settings
//!
//! None beside the severity in `round.toml`.

use super::common::formulas;
use super::common::words::rows;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Location, Severity};
use crate::model::{FormulaFault, FormulaFaultKind, Submission};

pub(super) struct HiddenInSum;

const META: Meta = Meta {
    name: "hidden-in-sum",
    severity: Severity::Query,
    effort: Effort::LookUp,
    source: include_str!("hidden_in_sum.rs"),
};

impl Check for HiddenInSum {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn submission(&self, cx: &Context<'_>, submission: &Submission, out: &mut Findings<'_>) {
        for group in formulas::grouped(submission, FormulaFaultKind::HiddenInSum) {
            let [first, rest @ ..] = group.as_slice() else { continue };
            let figure =
                |fault: &FormulaFault| Some(formulas::figure(cx, submission, fault.at, fault.effect?));
            let others: Vec<_> = rest.iter().map(|fault| (fault.at.cell, figure(fault))).collect();
            let mut hidden: Vec<u32> = first.cells.iter().map(|at| at.cell.row).collect();
            hidden.dedup();
            let whole = first.stored.map(|stored| formulas::figure(cx, submission, first.at, stored));
            let of = whole.map(|whole| format!(" of its {whole}")).unwrap_or_default();
            let message = format!(
                "The total in {} counts {}, which {} hidden: {}{of}.{}",
                first.at.cell,
                rows(&hidden),
                if hidden.len() == 1 { "is" } else { "are" },
                figure(first).unwrap_or_default(),
                formulas::so_do(&others)
            );
            out.add(Location::Cell(first.at), message)
                .help("Show what is hidden and confirm that it belongs in the return, or delete it.")
                .related(formulas::places(&group, "hidden"));
        }
    }
}

//! The saved result of a formula is not what the formula comes to.
//!
//! ## What it does
//!
//! Works simple formulas out anew from the saved values of the cells that they use and compares. Told once a sheet.
//!
//! ## Why it matters
//!
//! We read saved results. In a file that was changed without being worked out again, totals are those of before.
//!
//! ## Example
//!
//! ```sheet Finance
//! A1: Budget line | Budget | Actual
//! A2: Training | 1000 | 400
//! A3: Travel | 200 | 50
//! A4: Total | =SUM(B2:B3) -> 1200 | =SUM(C2:C3) -> 410
//! ! C4 formula-stale: The saved result of C4, £410, is not what its formula “=SUM(C2:C3)” comes to, £450.
//! ```
//!
//! ## How to fix
//!
//! Open the file in Excel, press Ctrl+Alt+F9 to work everything out, save it and send it again.
//!
//! ## Settings
//!
//! None beside the severity in `round.toml`.

use super::common::formulas;
use super::common::words::quote;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Location, Severity};
use crate::model::{FormulaFault, FormulaFaultKind, SheetId, Submission};
use std::collections::BTreeMap;

pub(super) struct FormulaStale;

const META: Meta = Meta {
    name: "formula-stale",
    severity: Severity::Query,
    effort: Effort::LookUp,
    source: include_str!("formula_stale.rs"),
};

impl Check for FormulaStale {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn submission(&self, cx: &Context<'_>, submission: &Submission, out: &mut Findings<'_>) {
        let mut sheets: BTreeMap<SheetId, Vec<&FormulaFault>> = BTreeMap::new();
        for fault in &submission.formula_faults {
            if fault.kind == FormulaFaultKind::StaleResult {
                sheets.entry(fault.at.sheet).or_default().push(fault);
            }
        }
        for group in sheets.values() {
            let [first, rest @ ..] = group.as_slice() else { continue };
            let figure = |amount: Option<_>| {
                amount.map(|amount| formulas::figure(cx, submission, first.at, amount)).unwrap_or_default()
            };
            let more = match rest.len() {
                0 => String::new(),
                1 => " The same is true of one more cell of the sheet.".to_owned(),
                more => format!(" The same is true of {more} more cells of the sheet."),
            };
            let message = format!(
                "The saved result of {}, {}, is not what its formula {} comes to, {}.{more}",
                first.at.cell,
                figure(first.stored),
                quote(&format!("={}", first.formula)),
                figure(first.recomputed)
            );
            out.add(Location::Cell(first.at), message)
                .help("Open the file in Excel, press Ctrl+Alt+F9, save it and send it again.")
                .related(formulas::places(group, ""));
        }
    }
}

//! Cells hold formulas that were saved without their results.
//!
//! ## What it does
//!
//! Counts the cells of a return that hold a formula with no stored result and tells them once, at the first of
//! them.
//!
//! ## Why it matters
//!
//! We read the results that Excel stores and never work out a partner's formulas ourselves. A file made by another
//! program may hold none.
//!
//! ## Example
//!
//! ```sheet Finance
//! A1: Budget line | Budget | Actual
//! A2: Training | 1000 | =B2-600
//! ! C2 formula-uncached: 1 cell contains a formula with no saved result. Open the file in Excel, save it, and send it again.
//! ```
//!
//! ## How to fix
//!
//! Open the file in Excel, save it, and send it again.
//!
//! ## Settings
//!
//! None beside the severity in `round.toml`.

use super::common::others;
use super::{Check, Context, Findings, Meta, Seen};
use crate::finding::{Effort, Severity};
use crate::model::Misread;

pub(super) struct FormulaUncached;

const META: Meta = Meta {
    name: "formula-uncached",
    severity: Severity::Query,
    effort: Effort::LookUp,
    source: include_str!("formula_uncached.rs"),
};

impl Check for FormulaUncached {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn cells(&self, _: &Context<'_>, cells: &[Seen<'_>], out: &mut Findings<'_>) {
        let blank: Vec<_> =
            cells.iter().copied().filter(|seen| seen.misread(&Misread::Uncached).is_some()).collect();
        let [first, rest @ ..] = blank.as_slice() else { return };
        let what = match rest.len() {
            0 => "1 cell contains a formula with no saved result".to_owned(),
            more => format!("{} cells contain formulas with no saved result", more + 1),
        };
        out.add(first.at(), format!("{what}. Open the file in Excel, save it, and send it again."))
            .related(others(rest));
    }
}

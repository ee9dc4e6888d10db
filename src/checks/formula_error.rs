//! A cell shows an error value such as #REF! instead of a figure.
//!
//! ## What it does
//!
//! Tells every cell whose stored value is one of Excel's error values, in data rows and in figures of total rows.
//!
//! ## Why it matters
//!
//! Whatever adds this cell up is broken too. The cell is held; no figure is made up for it.
//!
//! ## Example
//!
//! ```sheet Finance
//! A1: Budget line | Budget | Actual
//! A2: Training | 1000 | #REF!
//! ! C2 formula-error: C2 shows #REF!: a cell that its formula used was deleted.
//! ```
//!
//! ## How to fix
//!
//! Mend the formula, or type the figure.
//!
//! ## Settings
//!
//! None beside the severity in `round.toml`.

use super::common::tell_unreadable;
use super::{Check, Context, Findings, Meta, Seen};
use crate::finding::{Effort, Severity};
use crate::model::Misread;

pub(super) struct FormulaError;

const META: Meta = Meta {
    name: "formula-error",
    severity: Severity::Query,
    effort: Effort::LookUp,
    source: include_str!("formula_error.rs"),
};

impl Check for FormulaError {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn cells(&self, _: &Context<'_>, cells: &[Seen<'_>], out: &mut Findings<'_>) {
        let help = "Mend the formula, or type the figure in its place.";
        tell_unreadable(cells, help, out, |seen, held| {
            if held.why != Misread::ErrorValue {
                return None;
            }
            let shown = held.raw.trim();
            Some(format!("{} shows {shown}: {}.", seen.cell.at.cell, cause(shown)))
        });
    }
}

fn cause(shown: &str) -> &'static str {
    match shown {
        "#REF!" => "a cell that its formula used was deleted",
        "#VALUE!" => "its formula uses words where it needs a number",
        "#N/A" => "its formula did not find what it looked for",
        "#DIV/0!" => "its formula divides by nothing",
        "#NAME?" => "its formula uses a name that Excel does not know",
        "#NUM!" => "its formula gives a number that is too large or cannot be",
        "#NULL!" => "its formula uses two areas that do not meet",
        _ => "its formula does not work",
    }
}

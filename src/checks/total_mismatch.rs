//! A total does not equal the sum of its rows.
//!
//! ## What it does
//!
//! Adds up every column that a *footing* control names and compares the sum with the table's total row, and sub-
//! total rows with the rows above them. A total whose own formula explains all of the difference is told as that, by
//! `range-too-short` and the like.
//!
//! ## Why it matters
//!
//! A total is what people read. If it leaves a row out, a figure is lost that nobody misses.
//!
//! ## Example
//!
//! ```schema
//! [schema]
//! name = "small"
//! title = "Small"
//! version = "1"
//!
//! [[table]]
//! name = "finance"
//! title = "Finance"
//! sheet = ["Finance"]
//! primaryKey = ["line"]
//! totals = { field = "line", matches = ["Total"] }
//!
//! [[table.fields]]
//! name = "line"
//! title = "Budget line"
//! type = "string"
//!
//! [[table.fields]]
//! name = "actual"
//! title = "Actual"
//! type = "money"
//!
//! [[table.controls]]
//! name = "add-down"
//! title = "Lines add to the total"
//! kind = "footing"
//! sums = ["actual"]
//! severity = "query"
//! ```
//! ```file nhs.xlsx
//! ```
//! ```sheet Finance
//! A1: Budget line | Actual
//! A2: Staff | 400
//! A3: Travel | 50
//! A4: Total | 451
//! ! B4 total-mismatch: Total · actual: £451 is stated, and the rows add to £450. The total is £1 too high.
//! ```
//!
//! ## How to fix
//!
//! Check the range of the total's formula, and whether a figure was typed over; correct what is wrong.
//!
//! ## Settings
//!
//! `severity` and `tolerance` of the control; `[tolerance]` in `round.toml`.

use super::common::{compare, formulas};
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Severity};
use crate::model::{Comparison, Consolidated, pounds};
use crate::schema::ControlKind;

pub(super) struct TotalMismatch;

const META: Meta = Meta {
    name: "total-mismatch",
    severity: Severity::Query,
    effort: Effort::Sum,
    source: include_str!("total_mismatch.rs"),
};

impl Check for TotalMismatch {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn comparison(
        &self,
        cx: &Context<'_>,
        whole: &Consolidated,
        comparison: &Comparison,
        out: &mut Findings<'_>,
    ) {
        let kind = |kind: &ControlKind| matches!(kind, ControlKind::Footing { .. });
        let Some(found) = compare::differing(cx, comparison, kind) else { return };
        if formulas::explains(whole, found.control, comparison, found.difference) {
            return;
        }
        let message = format!(
            "{}: {} is stated, and the rows add to {}. The total is {}.",
            comparison.line,
            pounds(found.stated),
            pounds(found.expected),
            compare::too(found.difference)
        );
        compare::add(out, found.control, comparison, message);
    }
}

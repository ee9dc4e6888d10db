//! A cumulative figure falls.
//!
//! ## What it does
//!
//! Compares each cumulative figure with the one before it. A fall is no finding where the field for explanations is
//! filled.
//!
//! ## Why it matters
//!
//! Spending to date can only fall by a credit. Otherwise a quarter's own figure may stand in the column.
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
//! name = "q1"
//! title = "To Q1"
//! type = "money"
//!
//! [[table.fields]]
//! name = "q2"
//! title = "To Q2"
//! type = "money"
//!
//! [[table.fields]]
//! name = "comment"
//! title = "Comment"
//! type = "string"
//!
//! [[table.controls]]
//! name = "never-falls"
//! title = "Cumulative figures do not fall"
//! kind = "never-falls"
//! columns = ["q1", "q2"]
//! explained = "comment"
//! severity = "query"
//! ```
//! ```file nhs.xlsx
//! ```
//! ```sheet Finance
//! A1: Budget line | To Q1 | To Q2 | Comment
//! A2: Staff | 400 | 300
//! ! C2 cumulative-decrease: Staff · to Q2 after to Q1: £300 comes after £400. A cumulative figure does not fall.
//! ```
//!
//! ## How to fix
//!
//! Correct the figure, or explain the credit.
//!
//! ## Settings
//!
//! `explained` of the control; `severity` and `tolerance` of the control; `[tolerance]` in `round.toml`.

use super::common::compare;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Severity};
use crate::model::{Comparison, Consolidated, pounds};
use crate::schema::ControlKind;

pub(super) struct CumulativeDecrease;

const META: Meta = Meta {
    name: "cumulative-decrease",
    severity: Severity::Query,
    effort: Effort::LookUp,
    source: include_str!("cumulative_decrease.rs"),
};

impl Check for CumulativeDecrease {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn comparison(
        &self,
        cx: &Context<'_>,
        _: &Consolidated,
        comparison: &Comparison,
        out: &mut Findings<'_>,
    ) {
        let kind = |kind: &ControlKind| matches!(kind, ControlKind::NeverFalls { .. });
        let Some(found) = compare::differing(cx, comparison, kind) else { return };
        let message = format!(
            "{}: {} comes after {}. A cumulative figure does not fall.",
            comparison.line,
            pounds(found.stated),
            pounds(found.expected)
        );
        compare::add(out, found.control, comparison, message);
    }
}

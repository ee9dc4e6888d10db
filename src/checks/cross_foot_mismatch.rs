//! A row's figures do not add across to its total.
//!
//! ## What it does
//!
//! Adds the figures of a row that a *cross-footing* control names and compares the sum with the row's own total;
//! for *cross-cast* controls, those of the total row.
//!
//! ## Why it matters
//!
//! One of the figures or the total was mistyped, or a quarter was left out.
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
//! title = "Q1"
//! type = "money"
//!
//! [[table.fields]]
//! name = "q2"
//! title = "Q2"
//! type = "money"
//!
//! [[table.fields]]
//! name = "year"
//! title = "Year"
//! type = "money"
//!
//! [[table.controls]]
//! name = "add-across"
//! title = "Quarters add to the year"
//! kind = "cross-footing"
//! sums = ["q1", "q2"]
//! total = "year"
//! severity = "query"
//! ```
//! ```file nhs.xlsx
//! ```
//! ```sheet Finance
//! A1: Budget line | Q1 | Q2 | Year
//! A2: Staff | 400 | 50 | 540
//! ! D2 cross-foot-mismatch: Staff · year: £540 is stated, and the figures across add to £450. The difference is £90. £540 is £450 plus 20% VAT.
//! ```
//!
//! ## How to fix
//!
//! Compare each figure with its source, and correct the one that is wrong.
//!
//! ## Settings
//!
//! `severity` and `tolerance` of the control; `[tolerance]` in `round.toml`.

use super::common::{compare, formulas};
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Severity};
use crate::model::{Comparison, Consolidated, pounds};
use crate::schema::ControlKind;

pub(super) struct CrossFootMismatch;

const META: Meta = Meta {
    name: "cross-foot-mismatch",
    severity: Severity::Query,
    effort: Effort::Sum,
    source: include_str!("cross_foot_mismatch.rs"),
};

impl Check for CrossFootMismatch {
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
        let kind = |kind: &ControlKind| {
            matches!(kind, ControlKind::CrossFooting { .. } | ControlKind::CrossCast { .. })
        };
        let Some(found) = compare::differing(cx, comparison, kind) else { return };
        if formulas::explains(whole, found.control, comparison, found.difference) {
            return;
        }
        // A total row's figure that its column does not add up to is told as that.
        if matches!(found.control.kind, ControlKind::CrossCast { .. })
            && compare::is_told_by_footing(cx, comparison)
        {
            return;
        }
        let message = format!(
            "{}: {} is stated, and the figures across add to {}. The difference is {}.",
            comparison.line,
            pounds(found.stated),
            pounds(found.expected),
            pounds(found.difference)
        );
        compare::add(out, found.control, comparison, message);
    }
}

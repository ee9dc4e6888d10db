//! Figures differ by no more than their rounding allows.
//!
//! ## What it does
//!
//! Notes every comparison that does not agree to the penny but lies within what the rounding of the figures, or the
//! control's tolerance, allows.
//!
//! ## Why it matters
//!
//! It is listed so that a mistyped pound can still be seen.
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
//! tolerance = "2.00"
//! ```
//! ```file nhs.xlsx
//! ```
//! ```sheet Finance
//! A1: Budget line | Q1 | Q2 | Year
//! A2: Staff | 400 | 50 | 451
//! ! D2 rounding-difference: Staff · year: £451 is stated and £450 expected. The difference of £1 is within the £2 that rounding or the tolerance allows.
//! ```
//!
//! ## How to fix
//!
//! Nothing needs to be done.
//!
//! ## Settings
//!
//! `tolerance` of a control: `"interval"` allows what the rounding of the figures explains, an amount allows that
//! much.

use super::common::compare;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Severity};
use crate::model::{Comparison, Consolidated, Outcome, pounds};
use crate::schema::ControlKind;
use rust_decimal::Decimal;

pub(super) struct RoundingDifference;

const META: Meta = Meta {
    name: "rounding-difference",
    severity: Severity::Note,
    effort: Effort::Sum,
    source: include_str!("rounding_difference.rs"),
};

impl Check for RoundingDifference {
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
        let Outcome::WithinRounding { difference, allowed } = comparison.outcome else { return };
        let Some(control) = cx.round.schema.controls.get(comparison.control) else { return };
        let is_share = matches!(control.kind, ControlKind::Shares { .. });
        let shown = |amount: Decimal| {
            if is_share { format!("{}%", amount.round_dp(2).normalize()) } else { pounds(amount) }
        };
        let message = format!(
            "{}: {} is stated and {} expected. The difference of {} is within the {} that rounding or the tolerance allows.",
            comparison.line,
            shown(comparison.stated.amount.unwrap_or_default()),
            shown(comparison.expected.amount.unwrap_or_default()),
            shown(difference),
            shown(allowed)
        );
        compare::add(out, control, comparison, message).severity(META.severity);
    }
}

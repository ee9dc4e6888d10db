//! A variance is not the forecast less the budget, or its word says the opposite.
//!
//! ## What it does
//!
//! For rows that state a variance, takes the budget from the forecast, as a control of the kind *variance* says, and
//! compares. Where the variance is right, the word beside it (adverse, favourable) must go with its sign.
//!
//! ## Why it matters
//!
//! A variance is what is decided on. With the wrong sign an overspend reads as money left over.
//!
//! ## Example
//!
//! ```schema
//! [schema]
//! name = "small"
//! title = "Small"
//! version = "1"
//!
//! [[list]]
//! name = "word"
//! title = "Word"
//! categories = [
//!   { value = "adverse", label = "Adverse" },
//!   { value = "favourable", label = "Favourable" },
//! ]
//!
//! [[table]]
//! name = "finance"
//! title = "Finance"
//! sheet = ["Finance"]
//! primaryKey = ["line"]
//!
//! [[table.fields]]
//! name = "line"
//! title = "Budget line"
//! type = "string"
//!
//! [[table.fields]]
//! name = "budget"
//! title = "Budget"
//! type = "money"
//!
//! [[table.fields]]
//! name = "forecast"
//! title = "Forecast"
//! type = "money"
//!
//! [[table.fields]]
//! name = "variance"
//! title = "Variance"
//! type = "money"
//!
//! [[table.fields]]
//! name = "word"
//! title = "Adverse or favourable"
//! type = "code"
//! list = "word"
//!
//! [[table.controls]]
//! name = "variance"
//! title = "The forecast less the budget is the variance"
//! kind = "variance"
//! forecast = "forecast"
//! budget = "budget"
//! variance = "variance"
//! word = "word"
//! severity = "query"
//! ```
//! ```file nhs.xlsx
//! ```
//! ```sheet Finance
//! A1: Budget line | Budget | Forecast | Variance | Adverse or favourable
//! A2: Staff | 400 | 450 | -50 | Adverse
//! A3: Travel | 100 | 90 | -10 | Adverse
//! ! D2 variance-mismatch: Staff · variance: −£50 is stated, and the forecast less the budget is £50.
//! ! E3 variance-mismatch: Travel · adverse or favourable: the word stands for £10, and the variance is −£10.
//! ```
//!
//! ## How to fix
//!
//! Take the current budget from the forecast: what is above the budget is a plus.
//!
//! ## Settings
//!
//! `severity` and `tolerance` of the control; `[tolerance]` in `round.toml`.

use super::common::compare;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Severity};
use crate::model::{Comparison, Consolidated, pounds};

pub(super) struct VarianceMismatch;

const META: Meta = Meta {
    name: "variance-mismatch",
    severity: Severity::Query,
    effort: Effort::Sum,
    source: include_str!("variance_mismatch.rs"),
};

impl Check for VarianceMismatch {
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
        let Some(found) = compare::named(cx, comparison, "variance") else { return };
        // The word is held against the variance, which stands in a cell.
        let message = if comparison.expected.at.is_some() {
            format!(
                "{}: the word stands for {}, and the variance is {}.",
                comparison.line,
                pounds(found.stated),
                pounds(found.expected)
            )
        } else {
            format!(
                "{}: {} is stated, and the forecast less the budget is {}.",
                comparison.line,
                pounds(found.stated),
                pounds(found.expected)
            )
        };
        compare::add(out, found.control, comparison, message);
    }
}

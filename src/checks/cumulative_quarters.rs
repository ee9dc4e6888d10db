//! Figures to date stand in the columns of quarters.
//!
//! ## What it does
//!
//! Tells rows whose quarters never fall, end at the total and add up to more, as a control of the kind *cumulative* says.
//! Where another check tells of the same total, that one is enough.
//!
//! ## Why it matters
//!
//! Added up, such a row counts the first quarter four times.
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
//! name = "q3"
//! title = "Q3"
//! type = "money"
//!
//! [[table.fields]]
//! name = "q4"
//! title = "Q4"
//! type = "money"
//!
//! [[table.fields]]
//! name = "year"
//! title = "Year"
//! type = "money"
//!
//! [[table.controls]]
//! name = "cumulative"
//! title = "Quarters are for the quarter only"
//! kind = "cumulative"
//! quarters = ["q1", "q2", "q3", "q4"]
//! total = "year"
//! severity = "query"
//! ```
//! ```file nhs.xlsx
//! ```
//! ```sheet Finance
//! A1: Budget line | Q1 | Q2 | Q3 | Q4 | Year
//! A2: Grant | 100 | 200 | 300 | 400 | 400
//! ! F2 cumulative-quarters: Grant · year: the quarters rise to £400 and add up to £1,000. They look like figures to date.
//! ```
//!
//! ## How to fix
//!
//! Enter what belongs to each quarter alone.
//!
//! ## Settings
//!
//! `severity` of the control.

use super::common::compare;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Severity};
use crate::model::{Comparison, Consolidated, pounds};

pub(super) struct CumulativeQuarters;

const META: Meta = Meta {
    name: "cumulative-quarters",
    severity: Severity::Query,
    effort: Effort::LookUp,
    source: include_str!("cumulative_quarters.rs"),
};

impl Check for CumulativeQuarters {
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
        let Some(found) = compare::pattern(cx, comparison, "cumulative") else { return };
        let message = format!(
            "{}: the quarters rise to {} and add up to {}. They look like figures to date.",
            comparison.line,
            pounds(found.stated),
            pounds(found.expected)
        );
        compare::add(out, found.control, comparison, message);
    }
}

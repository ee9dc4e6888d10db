//! The year to date is not the sum of the quarters so far.
//!
//! ## What it does
//!
//! Adds the quarters up to the one collected and compares the sum with the year to date.
//!
//! ## Why it matters
//!
//! Either a quarter or the year to date was not brought up to date.
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
//! name = "ytd"
//! title = "Year to date"
//! type = "money"
//!
//! [[table.controls]]
//! name = "to-date"
//! title = "Quarters add to the year to date"
//! kind = "year-to-date"
//! quarters = ["q1", "q2", "q3", "q4"]
//! to_date = "ytd"
//! severity = "query"
//! ```
//! ```file nhs.xlsx
//! ```
//! ```sheet Finance
//! A1: Budget line | Q1 | Q2 | Q3 | Q4 | Year to date
//! A2: Staff | 10 | 10 | 10 | 10 | 30
//! ! F2 year-to-date-mismatch: Staff · year to date: £30 is stated, and the quarters so far add to £40. The difference is −£10. The total is without Staff, Q1 (B2): £10.
//! ```
//!
//! ## How to fix
//!
//! Compare each quarter with the ledger, and correct the one that is wrong.
//!
//! ## Settings
//!
//! `severity` and `tolerance` of the control; `[tolerance]` in `round.toml`.

use super::common::compare;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Severity};
use crate::model::{Comparison, Consolidated, pounds};
use crate::schema::ControlKind;

pub(super) struct YearToDateMismatch;

const META: Meta = Meta {
    name: "year-to-date-mismatch",
    severity: Severity::Query,
    effort: Effort::Sum,
    source: include_str!("year_to_date_mismatch.rs"),
};

impl Check for YearToDateMismatch {
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
        let kind = |kind: &ControlKind| matches!(kind, ControlKind::YearToDate { .. });
        let Some(found) = compare::differing(cx, comparison, kind) else { return };
        let message = format!(
            "{}: {} is stated, and the quarters so far add to {}. The difference is {}.",
            comparison.line,
            pounds(found.stated),
            pounds(found.expected),
            pounds(found.difference)
        );
        compare::add(out, found.control, comparison, message);
    }
}

//! The opening balance is not last year's closing balance.
//!
//! ## What it does
//!
//! Compares opening balances with last year's closing balances in `ledger.csv`, to the penny.
//!
//! ## Why it matters
//!
//! Money does not come or go between the last day of one year and the first of the next.
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
//! name = "open"
//! title = "Opening balance"
//! type = "money"
//!
//! [[table.controls]]
//! name = "opening"
//! title = "Opening is last year's closing"
//! kind = "opening"
//! opening = "open"
//! ledger = "fund"
//! column = "closing_last_year"
//! severity = "error"
//! ```
//! ```ledger
//! table,agency,closing_last_year
//! fund,NHS,100
//! ```
//! ```file nhs.xlsx
//! ```
//! ```sheet Finance
//! A1: Budget line | Opening balance
//! A2: Fund | 90
//! ! B2 opening-mismatch: Fund · opening balance: £90 is stated, and last year closed with £100. The difference is −£10.
//! ```
//!
//! ## How to fix
//!
//! Correct the balance, or explain the adjustment.
//!
//! ## Settings
//!
//! `severity` and `tolerance` of the control; `[tolerance]` in `round.toml`.

use super::common::compare;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Severity};
use crate::model::{Comparison, Consolidated, pounds};
use crate::schema::ControlKind;

pub(super) struct OpeningMismatch;

const META: Meta = Meta {
    name: "opening-mismatch",
    severity: Severity::Query,
    effort: Effort::Sum,
    source: include_str!("opening_mismatch.rs"),
};

impl Check for OpeningMismatch {
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
        let kind = |kind: &ControlKind| matches!(kind, ControlKind::Opening { .. });
        let Some(found) = compare::differing(cx, comparison, kind) else { return };
        let message = format!(
            "{}: {} is stated, and last year closed with {}. The difference is {}.",
            comparison.line,
            pounds(found.stated),
            pounds(found.expected),
            pounds(found.difference)
        );
        compare::add(out, found.control, comparison, message);
    }
}

//! What is committed is spent already.
//!
//! ## What it does
//!
//! Tells rows in which the very amount that is committed is also spent: all that is spent to date, or, when the year is
//! over, that of its last quarter. A control of the kind *paid-committed* says which columns these are.
//!
//! ## Why it matters
//!
//! An order that was paid and still stands under commitments is counted twice in every forecast.
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
//! name = "actual"
//! title = "Actual"
//! type = "money"
//!
//! [[table.fields]]
//! name = "committed"
//! title = "Committed"
//! type = "money"
//!
//! [[table.controls]]
//! name = "once"
//! title = "Spent and committed are counted once"
//! kind = "paid-committed"
//! actual = "actual"
//! committed = "committed"
//! severity = "query"
//! ```
//! ```file nhs.xlsx
//! ```
//! ```sheet Finance
//! A1: Budget line | Actual | Committed
//! A2: Venue | 900 | 900
//! ! C2 paid-and-committed: Venue · committed: £900 is committed, and the same amount is spent already. Is it counted twice?
//! ```
//!
//! ## How to fix
//!
//! Take out of the commitments what has been paid or accrued.
//!
//! ## Settings
//!
//! `severity` of the control.

use super::common::compare;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Severity};
use crate::model::{Comparison, Consolidated, pounds};

pub(super) struct PaidAndCommitted;

const META: Meta = Meta {
    name: "paid-and-committed",
    severity: Severity::Query,
    effort: Effort::LookUp,
    source: include_str!("paid_and_committed.rs"),
};

impl Check for PaidAndCommitted {
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
        let Some(found) = compare::named(cx, comparison, "paid-committed") else { return };
        let message = format!(
            "{}: {} is committed, and the same amount is spent already. Is it counted twice?",
            comparison.line,
            pounds(found.stated)
        );
        compare::add(out, found.control, comparison, message);
    }
}

//! A balance does not roll forward.
//!
//! ## What it does
//!
//! Adds what came in to the opening balance, takes off what went out, and compares the result with the closing
//! balance.
//!
//! ## Why it matters
//!
//! Money has come or gone that no line shows.
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
//! allow = ["not stated"]
//!
//! [[table.fields]]
//! name = "in"
//! title = "Income"
//! type = "money"
//!
//! [[table.fields]]
//! name = "out"
//! title = "Spending"
//! type = "money"
//!
//! [[table.fields]]
//! name = "close"
//! title = "Closing balance"
//! type = "money"
//! allow = ["not stated"]
//!
//! [[table.controls]]
//! name = "fund-rolls"
//! title = "The fund rolls forward"
//! kind = "roll-forward"
//! opening = "open"
//! add = ["in"]
//! less = ["out"]
//! closing = "close"
//! severity = "error"
//! ```
//! ```file nhs.xlsx
//! ```
//! ```sheet Finance
//! A1: Budget line | Opening balance | Income | Spending | Closing balance
//! A2: Fund | 100 | 50 | 30 | 130
//! ! E2 roll-forward-mismatch: Fund · closing balance: £130 is stated, but opening, income and spending give £120. The difference is £10.
//! ```
//!
//! ## How to fix
//!
//! Find the movement that no line shows and give it a line, or correct the balance.
//!
//! ## Settings
//!
//! `severity` and `tolerance` of the control; `[tolerance]` in `round.toml`.

use super::common::compare;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Severity};
use crate::model::{Comparison, Consolidated, pounds};
use crate::schema::ControlKind;

pub(super) struct RollForwardMismatch;

const META: Meta = Meta {
    name: "roll-forward-mismatch",
    severity: Severity::Query,
    effort: Effort::Sum,
    source: include_str!("roll_forward_mismatch.rs"),
};

impl Check for RollForwardMismatch {
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
        let kind = |kind: &ControlKind| matches!(kind, ControlKind::RollForward { .. });
        let Some(found) = compare::differing(cx, comparison, kind) else { return };
        let message = format!(
            "{}: {} is stated, but opening, income and spending give {}. The difference is {}.",
            comparison.line,
            pounds(found.stated),
            pounds(found.expected),
            pounds(found.difference)
        );
        compare::add(out, found.control, comparison, message);
    }
}

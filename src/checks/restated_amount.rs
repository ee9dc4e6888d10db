//! A final figure is not the provisional one.
//!
//! ## What it does
//!
//! Where `previous` in `round.toml` names the provisional round of the same period, compares every amount with that of the
//! same cell then, as a control of the kind *restatement* says.
//!
//! ## Why it matters
//!
//! Provisional figures have been reported. Whoever reads the final ones must know what has moved.
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
//! name = "paid"
//! title = "Paid"
//! type = "money"
//!
//! [[table.controls]]
//! name = "restated"
//! title = "Final against provisional"
//! kind = "restatement"
//! columns = ["paid"]
//! severity = "query"
//! ```
//! ```earlier
//! period 2013-14 Q4
//! NHS | finance | grant | paid=400
//! NHS | finance | levy | paid=70
//! ```
//! ```file nhs.xlsx
//! ```
//! ```sheet Finance
//! A1: Budget line | Paid
//! A2: Grant | 420
//! A3: Levy | 70
//! ! B2 restated-amount: Grant · paid: £420 is stated, and £400 was provisional. It has moved by £20.
//! ```
//!
//! ## How to fix
//!
//! Say why the figure has moved.
//!
//! ## Settings
//!
//! `severity` and `tolerance` of the control; `previous` in `round.toml`.

use super::common::compare;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Severity};
use crate::model::{Comparison, Consolidated, pounds};

pub(super) struct RestatedAmount;

const META: Meta = Meta {
    name: "restated-amount",
    severity: Severity::Query,
    effort: Effort::LookUp,
    source: include_str!("restated_amount.rs"),
};

impl Check for RestatedAmount {
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
        let Some(found) = compare::named(cx, comparison, "restatement") else { return };
        let message = format!(
            "{}: {} is stated, and {} was provisional. It has moved by {}.",
            comparison.line,
            comparison.stated.amount.map_or_else(|| "nothing".to_owned(), pounds),
            pounds(found.expected),
            pounds(found.difference)
        );
        compare::add(out, found.control, comparison, message);
    }
}

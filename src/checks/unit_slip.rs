//! An amount is what was agreed in another unit.
//!
//! ## What it does
//!
//! Compares an amount with what was agreed, as a control of the kind *unit* says, and tells where one is 10, 100 or 1,000
//! times the other, to a thousandth. Where another check tells of the same cell, that one is enough.
//!
//! ## Why it matters
//!
//! Pounds typed for thousands, or a decimal point that slid, is the largest of the small mistakes.
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
//! name = "agreed"
//! title = "Agreed"
//! type = "money"
//!
//! [[table.fields]]
//! name = "paid"
//! title = "Paid"
//! type = "money"
//!
//! [[table.controls]]
//! name = "unit"
//! title = "Amounts are in pounds"
//! kind = "unit"
//! amount = "paid"
//! against = "agreed"
//! severity = "query"
//! ```
//! ```file nhs.xlsx
//! ```
//! ```sheet Finance
//! A1: Budget line | Agreed | Paid
//! A2: Grant | 400 | 400000
//! A3: Levy | 5000 | 500
//! ! C2 unit-slip: Grant · paid: £400,000 is stated, and £400 was agreed. That is 1,000 times as much.
//! ! C3 unit-slip: Levy · paid: £500 is stated, and £5,000 was agreed. That is one part in 10.
//! ```
//!
//! ## How to fix
//!
//! Enter the amount in the unit that the cover names.
//!
//! ## Settings
//!
//! `severity` of the control.

use super::common::compare;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Severity};
use crate::model::{Comparison, Consolidated, pounds};

pub(super) struct UnitSlip;

const META: Meta = Meta {
    name: "unit-slip",
    severity: Severity::Query,
    effort: Effort::LookUp,
    source: include_str!("unit_slip.rs"),
};

impl Check for UnitSlip {
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
        let Some(found) = compare::pattern(cx, comparison, "unit") else { return };
        let (stated, agreed) = (found.stated.abs(), found.expected.abs());
        let more = stated > agreed;
        let times = if more { stated.checked_div(agreed) } else { agreed.checked_div(stated) };
        let times = pounds(times.unwrap_or_default().round()).replace('£', "");
        let message = format!(
            "{}: {} is stated, and {} was agreed. That is {}.",
            comparison.line,
            pounds(found.stated),
            pounds(found.expected),
            if more { format!("{times} times as much") } else { format!("one part in {times}") }
        );
        compare::add(out, found.control, comparison, message);
    }
}

//! A payment lies outside the financial year.
//!
//! ## What it does
//!
//! Looks at the date of each payment, as a control of the kind *cut-off* says. One before or after the round's year must be
//! marked as accrued.
//!
//! ## Why it matters
//!
//! Money belongs to the year in which it was earned. Counted in two years, or in neither, both are off.
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
//! name = "status"
//! title = "Status"
//! categories = [
//!   { value = "paid", label = "Paid" },
//!   { value = "accrued", label = "Accrued" },
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
//! name = "paid"
//! title = "Paid"
//! type = "money"
//!
//! [[table.fields]]
//! name = "on"
//! title = "Paid on"
//! type = "date"
//!
//! [[table.fields]]
//! name = "status"
//! title = "Status"
//! type = "code"
//! list = "status"
//!
//! [[table.controls]]
//! name = "cut-off"
//! title = "Payments are of the year"
//! kind = "cut-off"
//! amount = "paid"
//! date = "on"
//! status = "status"
//! severity = "query"
//! ```
//! ```file nhs.xlsx
//! ```
//! ```sheet Finance
//! A1: Budget line | Paid | Paid on | Status
//! A2: Grant | 400 | 2014-05-03 | Paid
//! ! C2 outside-year: Grant · paid on 3 May 2014: the £400 lies outside the financial year. If it belongs to the year, mark it Accrued.
//! ```
//!
//! ## How to fix
//!
//! Move the payment to the year that it belongs to, or mark it as accrued.
//!
//! ## Settings
//!
//! `severity` of the control, and `accrued`, the word for it.

use super::common::compare;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Severity};
use crate::model::{Comparison, Consolidated, pounds};
use crate::schema::ControlKind;

pub(super) struct OutsideYear;

const META: Meta = Meta {
    name: "outside-year",
    severity: Severity::Query,
    effort: Effort::LookUp,
    source: include_str!("outside_year.rs"),
};

impl Check for OutsideYear {
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
        let Some(found) = compare::named(cx, comparison, "cut-off") else { return };
        let accrued = match &found.control.kind {
            ControlKind::Named(given) => given.words("accrued").unwrap_or("Accrued"),
            _ => return,
        };
        let message = format!(
            "{}: the {} lies outside the financial year. If it belongs to the year, mark it {accrued}.",
            comparison.line,
            pounds(found.stated)
        );
        compare::add(out, found.control, comparison, message);
    }
}

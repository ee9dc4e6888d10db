//! The same receipt stands in a return twice.
//!
//! ## What it does
//!
//! Looks for rows with the same amount within a few days of each other, as a control of the kind *duplicate-receipt* says;
//! `by` names the fields in which they must be alike too.
//!
//! ## Why it matters
//!
//! An invoice that was entered twice is income that will not come.
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
//! [[table.fields]]
//! name = "on"
//! title = "Paid on"
//! type = "date"
//!
//! [[table.controls]]
//! name = "receipts"
//! title = "No receipt stands there twice"
//! kind = "duplicate-receipt"
//! amount = "paid"
//! date = "on"
//! severity = "query"
//! ```
//! ```file nhs.xlsx
//! ```
//! ```sheet Finance
//! A1: Budget line | Paid | Paid on
//! A2: Grant | 400 | 2013-07-01
//! A3: Grant again | 400 | 2013-07-05
//! ! B3 duplicate-receipt: Grant again · paid: £400 was received within a few days of another £400. Is it the same receipt?
//! ```
//!
//! ## How to fix
//!
//! Take one of the rows out, or say in a comment what each is for.
//!
//! ## Settings
//!
//! `severity`, `days` (7 unless said) and `by` of the control.

use super::common::compare;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Location, Severity};
use crate::model::{Comparison, Consolidated, pounds};

pub(super) struct DuplicateReceipt;

const META: Meta = Meta {
    name: "duplicate-receipt",
    severity: Severity::Query,
    effort: Effort::LookUp,
    source: include_str!("duplicate_receipt.rs"),
};

impl Check for DuplicateReceipt {
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
        let Some(found) = compare::named(cx, comparison, "duplicate-receipt") else { return };
        let amount = pounds(found.stated);
        let message = format!(
            "{}: {amount} was received within a few days of another {amount}. Is it the same receipt?",
            comparison.line
        );
        let first = comparison.expected.at.map(|at| (Location::Cell(at), "the other one".to_owned()));
        compare::add(out, found.control, comparison, message).related(first);
    }
}

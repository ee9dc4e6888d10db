//! An amount is what was agreed with VAT added or taken off.
//!
//! ## What it does
//!
//! Compares an amount with what was agreed, as a control of the kind *vat* says, and tells where VAT is the whole
//! difference, to the penny. Where another check tells of the same cell, that one is enough.
//!
//! ## Why it matters
//!
//! Contributions are agreed net. A partner that invoices gross shows a fifth more than it gives.
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
//! name = "vat"
//! title = "Amounts are net of VAT"
//! kind = "vat"
//! amount = "paid"
//! against = "agreed"
//! severity = "query"
//! ```
//! ```file nhs.xlsx
//! ```
//! ```sheet Finance
//! A1: Budget line | Agreed | Paid
//! A2: Grant | 400 | 480
//! A3: Levy | 500 | 416.67
//! ! C2 vat-difference: Grant · paid: £480 is stated, which is the agreed £400 with VAT added.
//! ! C3 vat-difference: Levy · paid: £416.67 is stated, which is the agreed £500 with VAT taken off.
//! ```
//!
//! ## How to fix
//!
//! Enter the amount without VAT, or on the basis that the cover names.
//!
//! ## Settings
//!
//! `severity` and `rate` (percent; 20 unless said) of the control.

use super::common::compare;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Severity};
use crate::model::{Comparison, Consolidated, pounds};

pub(super) struct VatDifference;

const META: Meta = Meta {
    name: "vat-difference",
    severity: Severity::Query,
    effort: Effort::LookUp,
    source: include_str!("vat_difference.rs"),
};

impl Check for VatDifference {
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
        let Some(found) = compare::pattern(cx, comparison, "vat") else { return };
        let way = if found.stated.abs() > found.expected.abs() { "added" } else { "taken off" };
        let message = format!(
            "{}: {} is stated, which is the agreed {} with VAT {way}.",
            comparison.line,
            pounds(found.stated),
            pounds(found.expected)
        );
        compare::add(out, found.control, comparison, message);
    }
}

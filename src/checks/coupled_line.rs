//! One amount is that of two partners together.
//!
//! ## What it does
//!
//! Compares an amount with what ledger.csv has for its partner, as a control of the kind *coupled-line* says, and tells
//! where it is that and what another partner has, to the penny. Where another check tells of the same cell, that one is
//! enough.
//!
//! ## Why it matters
//!
//! A line pasted from a list may bring the next line along. Counted here, it is counted twice.
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
//! name = "coupled"
//! title = "No amount is that of two partners"
//! kind = "coupled-line"
//! amount = "paid"
//! ledger = "contributions"
//! column = "agreed"
//! severity = "query"
//! ```
//! ```ledger
//! table,agency,agreed
//! contributions,NHS,400
//! contributions,POL,150
//! ```
//! ```file nhs.xlsx
//! ```
//! ```sheet Finance
//! A1: Budget line | Paid
//! A2: Grant | 550
//! ! B2 coupled-line: Grant · paid: £550 is stated, and £400 was agreed. That is the amounts of two partners together. It is £400 for NHS Wyevale and £150 for Wyevale Police together.
//! ```
//!
//! ## How to fix
//!
//! Enter your own amount only.
//!
//! ## Settings
//!
//! `severity` of the control.

use super::common::compare;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Severity};
use crate::model::{Comparison, Consolidated, pounds};

pub(super) struct CoupledLine;

const META: Meta = Meta {
    name: "coupled-line",
    severity: Severity::Query,
    effort: Effort::LookUp,
    source: include_str!("coupled_line.rs"),
};

impl Check for CoupledLine {
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
        let Some(found) = compare::pattern(cx, comparison, "coupled-line") else { return };
        let message = format!(
            "{}: {} is stated, and {} was agreed. That is the amounts of two partners together.",
            comparison.line,
            pounds(found.stated),
            pounds(found.expected)
        );
        compare::add(out, found.control, comparison, message);
    }
}

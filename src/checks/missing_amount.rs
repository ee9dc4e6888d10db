//! The ledger expects an amount that no return gives.
//!
//! ## What it does
//!
//! Tells every line of the ledger for which a partner's return came without an amount. Nothing is told of partners
//! whose whole return is missing.
//!
//! ## Why it matters
//!
//! Blank is not zero: the amount may have been paid or not.
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
//! name = "contributions"
//! title = "Contributions"
//! sheet = ["Contributions"]
//!
//! [[table.fields]]
//! name = "stream"
//! title = "Stream"
//! type = "string"
//!
//! [[table.fields]]
//! name = "paid"
//! title = "Paid"
//! type = "money"
//!
//! [[table.controls]]
//! name = "contributions-ledger"
//! title = "Contributions against the ledger"
//! kind = "ledger"
//! amount = "paid"
//! by = ["stream"]
//! ledger = "contributions"
//! column = "actual"
//! complete = true
//! severity = "error"
//! ```
//! ```ledger
//! table,agency,stream,actual
//! contributions,NHS,Wellbeing,100
//! contributions,NHS,Health,50
//! ```
//! ```file nhs.xlsx
//! ```
//! ```sheet Contributions
//! A1: Stream | Paid
//! A2: Wellbeing | 100
//! ```
//! ```findings
//! ! ledger 3 missing-amount: NHS Wyevale gives no amount for Health · paid. The ledger has £50. Enter 0 if nothing was paid.
//! ```
//!
//! ## How to fix
//!
//! Enter the amount, or 0 if nothing was paid.
//!
//! ## Settings
//!
//! `complete = true` of a *ledger* control.

use super::common::compare;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Severity};
use crate::model::{Comparison, Consolidated, pounds};
use crate::schema::ControlKind;

pub(super) struct MissingAmount;

const META: Meta = Meta {
    name: "missing-amount",
    severity: Severity::Query,
    effort: Effort::LookUp,
    source: include_str!("missing_amount.rs"),
};

impl Check for MissingAmount {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn comparison(
        &self,
        cx: &Context<'_>,
        whole: &Consolidated,
        comparison: &Comparison,
        out: &mut Findings<'_>,
    ) {
        let kind = |kind: &ControlKind| matches!(kind, ControlKind::Ledger { .. });
        let Some(found) = compare::differing(cx, comparison, kind) else { return };
        let (Some(partner), None) = (compare::partner(comparison), comparison.stated.amount) else { return };
        // A cell that could not be read, and a return that did not come, have their own findings.
        if comparison.stated.at.is_some() || whole.missing.contains(&partner) {
            return;
        }
        let message = format!(
            "{} gives no amount for {}. The ledger has {}. Enter 0 if nothing was paid.",
            cx.partner(partner),
            comparison.line,
            pounds(found.expected)
        );
        compare::add(out, found.control, comparison, message);
    }
}

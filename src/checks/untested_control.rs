//! Two figures could not be held against each other.
//!
//! ## What it does
//!
//! Notes comparisons that could not be made because the ledger lacks a figure, or because the parts of a whole are
//! not given. A cell that could not be read or was left blank has its own finding.
//!
//! ## Why it matters
//!
//! What was not tested has not been found to agree.
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
//! name = "agreed"
//! title = "Ledger against the agreed amounts"
//! kind = "agreed"
//! ledger = "contributions"
//! severity = "error"
//! ```
//! ```ledger
//! table,agency,stream,agreed,actual
//! contributions,NHS,Wellbeing,90,
//! ```
//! ```file nhs.xlsx
//! ```
//! ```sheet Contributions
//! A1: Stream | Paid
//! A2: Wellbeing | 100
//! ```
//! ```findings
//! ! ledger 2 untested-control: Wellbeing · actual against agreed: this could not be tested. Line 2 of the ledger has no actual amount.
//! ```
//!
//! ## How to fix
//!
//! Fill in the figure.
//!
//! ## Settings
//!
//! `[[table.controls]]`, and `ledger.csv`.

use super::common::compare;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Audience, Effort, Location, Severity};
use crate::model::{Comparison, Consolidated, Outcome};
use crate::schema::ControlKind;

pub(super) struct UntestedControl;

const META: Meta = Meta {
    name: "untested-control",
    severity: Severity::Note,
    effort: Effort::LookUp,
    source: include_str!("untested_control.rs"),
};

impl Check for UntestedControl {
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
        let Outcome::Untestable { blocked_by, why } = &comparison.outcome else { return };
        let Some(control) = cx.round.schema.controls.get(comparison.control) else { return };
        // Other kinds are blocked only by cells and columns, which have their own findings.
        let tells = matches!(
            control.kind,
            ControlKind::Agreed { .. }
                | ControlKind::Opening { .. }
                | ControlKind::Ledger { .. }
                | ControlKind::RollUp { .. }
                | ControlKind::Shares { .. }
        ) || matches!(control.kind.name(), "recharge-pairs" | "annual-report");
        if tells && blocked_by.is_empty() {
            let message = format!("{}: this could not be tested. {why}", comparison.line);
            let told = compare::add(out, control, comparison, message).severity(META.severity);
            // A line of the ledger that lacks a figure is for whoever keeps it.
            if Location::of(comparison).is_of_business_unit() {
                told.audience(Audience::BusinessUnit);
            }
        }
    }
}

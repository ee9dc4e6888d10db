//! A declared control tested nothing in the whole round.
//!
//! ## What it does
//!
//! Notes every control of the schema that made no comparison at all.
//!
//! ## Why it matters
//!
//! A control that never runs looks like one that always agrees.
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
//! totals = { field = "line", matches = ["Total"] }
//!
//! [[table.fields]]
//! name = "line"
//! title = "Budget line"
//! type = "string"
//!
//! [[table.fields]]
//! name = "budget"
//! title = "Budget"
//! type = "money"
//!
//! [[table.controls]]
//! name = "add-down"
//! title = "Lines add to the total"
//! kind = "footing"
//! sums = ["budget"]
//! severity = "query"
//! ```
//! ```file nhs.xlsx
//! ```
//! ```sheet Finance
//! A1: Budget line | Budget
//! A2: Training | 1000
//! ```
//! ```findings
//! ! returns unused-control: The control Lines add to the total tested nothing in this round.
//! ```
//!
//! ## How to fix
//!
//! Correct the control, or take it out.
//!
//! ## Settings
//!
//! `[[table.controls]]`.

use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Location, Severity};
use crate::model::Consolidated;
use crate::schema::ControlKind;

pub(super) struct UnusedControl;

const META: Meta = Meta {
    name: "unused-control",
    severity: Severity::Note,
    effort: Effort::LookUp,
    source: include_str!("unused_control.rs"),
};

/// Kinds that test something a round need not have: an earlier round, a column of the ledger, a recharge, a commitment, a
/// date of payment, a gift in kind, an amount in a sentence.
const WAIT: [&str; 9] = [
    "prior-year",
    "restatement",
    "apportionment",
    "annual-report",
    "recharge-pairs",
    "paid-committed",
    "cut-off",
    "in-kind",
    "words-against-table",
];

impl Check for UnusedControl {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn round(&self, cx: &Context<'_>, whole: &Consolidated, out: &mut Findings<'_>) {
        if !whole.returns.iter().any(|entry| super::is_accepted(&entry.state)) {
            return;
        }
        for (control, tally) in cx.round.schema.controls.iter().zip(&whole.tallies) {
            let always = matches!(control.kind, ControlKind::OneReturn | ControlKind::Conservation);
            if !always && !WAIT.contains(&control.kind.name()) && tally.iter().all(|count| *count == 0) {
                let message = format!("The control {} tested nothing in this round.", control.title);
                out.add(Location::Returns, message).rule(&control.name);
            }
        }
    }
}

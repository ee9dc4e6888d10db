//! A partner's figure is not the ledger's.
//!
//! ## What it does
//!
//! Compares what each partner states with the line of `ledger.csv` that it belongs to, to the penny. Amounts that
//! did not come at all are told by `missing-amount`. The round's control total has its finding only if no single
//! line explains it.
//!
//! ## Why it matters
//!
//! These figures are published by name and set by a formula: there is no difference too small to ask about.
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
//! contributions,NHS,Wellbeing,45203
//! ```
//! ```file nhs.xlsx
//! ```
//! ```sheet Contributions
//! A1: Stream | Paid
//! A2: Wellbeing | 45230
//! ! B2 control-total-mismatch: NHS Wyevale, Wellbeing · paid: £45,230 is stated, and the ledger has £45,203. That is £27 too high. £45,230 is £45,203 with its last two digits swapped.
//! ```
//!
//! ## How to fix
//!
//! Compare the figure with the remittance, and correct the return or the ledger.
//!
//! ## Settings
//!
//! `severity` and `tolerance` of the control; `[tolerance]` in `round.toml`.

use super::common::compare;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Severity};
use crate::model::{Comparison, Consolidated, pounds};
use crate::schema::ControlKind;

pub(super) struct ControlTotalMismatch;

const META: Meta = Meta {
    name: "control-total-mismatch",
    severity: Severity::Query,
    effort: Effort::Sum,
    source: include_str!("control_total_mismatch.rs"),
};

impl Check for ControlTotalMismatch {
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
        if comparison.stated.amount.is_none() || compare::is_explained_total(whole, comparison) {
            return;
        }
        let who = compare::partner(comparison).map_or_else(String::new, |id| format!("{}, ", cx.partner(id)));
        let message = match comparison.expected.amount {
            // That the ledger has no such line, or no figure on it, is said beside the comparison.
            None => format!("{who}{}: {} is stated.", comparison.line, pounds(found.stated)),
            Some(_) => format!(
                "{who}{}: {} is stated, and the ledger has {}. That is {}.",
                comparison.line,
                pounds(found.stated),
                pounds(found.expected),
                compare::too(found.difference)
            ),
        };
        compare::add(out, found.control, comparison, message);
    }
}

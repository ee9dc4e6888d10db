//! The ledger is not what was agreed.
//!
//! ## What it does
//!
//! Compares the ledger's actual figures with the amounts that were agreed.
//!
//! ## Why it matters
//!
//! If the ledger is out, a partner's right figure looks wrong.
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
//! contributions,NHS,Wellbeing,90,100
//! ```
//! ```file nhs.xlsx
//! ```
//! ```sheet Contributions
//! A1: Stream | Paid
//! A2: Wellbeing | 100
//! ```
//! ```findings
//! ! ledger 2 agreed-mismatch: Wellbeing · actual against agreed: the ledger has £100, and £90 was agreed. The difference is £10.
//! ```
//!
//! ## How to fix
//!
//! Correct the ledger, or note what changed the agreement.
//!
//! ## Settings
//!
//! `severity` and `tolerance` of the control; `[tolerance]` in `round.toml`.

use super::common::compare;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Severity};
use crate::model::{Comparison, Consolidated, pounds};
use crate::schema::ControlKind;

pub(super) struct AgreedMismatch;

const META: Meta = Meta {
    name: "agreed-mismatch",
    severity: Severity::Query,
    effort: Effort::Sum,
    source: include_str!("agreed_mismatch.rs"),
};

impl Check for AgreedMismatch {
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
        let kind = |kind: &ControlKind| matches!(kind, ControlKind::Agreed { .. });
        let Some(found) = compare::differing(cx, comparison, kind) else { return };
        let message = format!(
            "{}: the ledger has {}, and {} was agreed. The difference is {}.",
            comparison.line,
            pounds(found.stated),
            pounds(found.expected),
            pounds(found.difference)
        );
        compare::add(out, found.control, comparison, message);
    }
}

//! Differences cancel each other out, so that the total hides them.
//!
//! ## What it does
//!
//! Tells every control against the ledger whose differences, counted without their signs, are more than twice what
//! is left of them in the total, or that is nil in total although something differs.
//!
//! ## Why it matters
//!
//! A total that agrees is often taken as proof. Here it is not.
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
//! contributions,NHS,Health,100
//! ```
//! ```file nhs.xlsx
//! ```
//! ```sheet Contributions
//! A1: Stream | Paid
//! A2: Wellbeing | 130
//! A3: Health | 70
//! ! B2 control-total-mismatch
//! ! B3 control-total-mismatch
//! ```
//! ```findings
//! ! returns compensating-differences: The differences of Contributions against the ledger come to £0 in all, but to £60 without their signs. They cancel each other out.
//! ```
//!
//! ## How to fix
//!
//! Look at the single differences; each has its own finding.
//!
//! ## Settings
//!
//! None beside the severity in `round.toml`.

use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Location, Severity};
use crate::model::{Consolidated, pounds};

pub(super) struct CompensatingDifferences;

const META: Meta = Meta {
    name: "compensating-differences",
    severity: Severity::Query,
    effort: Effort::Sum,
    source: include_str!("compensating_differences.rs"),
};

impl Check for CompensatingDifferences {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn round(&self, cx: &Context<'_>, whole: &Consolidated, out: &mut Findings<'_>) {
        for ledgered in whole.ledgered.iter().filter(|ledgered| ledgered.compensates()) {
            let Some(control) = cx.round.schema.controls.get(ledgered.control) else { continue };
            let message = format!(
                "The differences of {} come to {} in all, but to {} without their signs. They {}cancel each other out.",
                control.title,
                pounds(ledgered.net),
                pounds(ledgered.gross),
                if ledgered.net.is_zero() { "" } else { "partly " }
            );
            out.add(Location::Returns, message).rule(&control.name);
        }
    }
}

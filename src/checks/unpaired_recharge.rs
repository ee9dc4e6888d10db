//! A recharge stands on one side only, or with another amount.
//!
//! ## What it does
//!
//! Adds up what one partner says it recharges to another and what that other says it takes over, as a control of the kind
//! *recharge-pairs* says, and compares the two. Where the other is not asked for the table nothing is compared.
//!
//! ## Why it matters
//!
//! What one gives up and the other does not take is in nobody's books.
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
//! name = "direction"
//! title = "Direction"
//! categories = [
//!   { value = "out", label = "Out" },
//!   { value = "in", label = "In" },
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
//! name = "cost"
//! title = "Cost"
//! type = "money"
//!
//! [[table.fields]]
//! name = "party"
//! title = "Recharge with"
//! type = "agency"
//!
//! [[table.fields]]
//! name = "way"
//! title = "Direction"
//! type = "code"
//! list = "direction"
//!
//! [[table.controls]]
//! name = "recharges"
//! title = "Recharges pair"
//! kind = "recharge-pairs"
//! amount = "cost"
//! party = "party"
//! direction = "way"
//! outgoing = "Out"
//! incoming = "In"
//! severity = "query"
//! ```
//! ```file nhs.xlsx
//! ```
//! ```sheet Finance
//! A1: Budget line | Cost | Recharge with | Direction
//! A2: Venue | 900 | Wyevale Police | Out
//! ! B2 unpaired-recharge: Recharge from NHS Wyevale to Wyevale Police: £900 goes out, and £0 comes in. The difference is £900. Only the partner that charges has the £900: the other return says nothing of it.
//! ```
//!
//! ## How to fix
//!
//! Agree the amount with the other partner; it must stand in both returns.
//!
//! ## Settings
//!
//! `severity` and `tolerance` of the control; `[tolerance]` in `round.toml`.

use super::common::compare;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Severity};
use crate::model::{Comparison, Consolidated, pounds};

pub(super) struct UnpairedRecharge;

const META: Meta = Meta {
    name: "unpaired-recharge",
    severity: Severity::Query,
    effort: Effort::Sum,
    source: include_str!("unpaired_recharge.rs"),
};

impl Check for UnpairedRecharge {
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
        let Some(found) = compare::named(cx, comparison, "recharge-pairs") else { return };
        let message = format!(
            "{}: {} goes out, and {} comes in. The difference is {}.",
            comparison.line,
            pounds(found.stated),
            pounds(found.expected),
            pounds(found.difference)
        );
        compare::add(out, found.control, comparison, message);
    }
}

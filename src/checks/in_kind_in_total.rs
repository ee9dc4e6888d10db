//! A total of cash counts what is given in kind.
//!
//! ## What it does
//!
//! For totals over rows of which some are in kind, as a control of the kind *in-kind* says, adds up the cash alone and
//! compares. A total of the cash alone agrees, and is not told as one that leaves rows out.
//!
//! ## Why it matters
//!
//! Staff time and rooms are worth something, and pay for nothing. A total that mixes them with cash promises money that is
//! not there.
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
//! name = "basis"
//! title = "Basis"
//! categories = [
//!   { value = "cash", label = "Cash" },
//!   { value = "in-kind", label = "In kind" },
//! ]
//!
//! [[table]]
//! name = "finance"
//! title = "Finance"
//! sheet = ["Finance"]
//! primaryKey = ["line"]
//! totals = { field = "line", matches = ["Total"] }
//!
//! [[table.fields]]
//! name = "line"
//! title = "Budget line"
//! type = "string"
//!
//! [[table.fields]]
//! name = "basis"
//! title = "Basis"
//! type = "code"
//! list = "basis"
//!
//! [[table.fields]]
//! name = "paid"
//! title = "Paid"
//! type = "money"
//!
//! [[table.controls]]
//! name = "in-kind"
//! title = "Totals are of cash"
//! kind = "in-kind"
//! sums = ["paid"]
//! basis = "basis"
//! in_kind = "In kind"
//! severity = "query"
//! ```
//! ```file nhs.xlsx
//! ```
//! ```sheet Finance
//! A1: Budget line | Basis | Paid
//! A2: Grant | Cash | 400
//! A3: Room | In kind | 50
//! A4: Total | | 450
//! ! C4 in-kind-in-total: Total · paid: £450 is stated, and the cash is £400. £50 of it is given in kind.
//! ```
//!
//! ## How to fix
//!
//! Take what is given in kind out of the total and show it beside it.
//!
//! ## Settings
//!
//! `severity` and `tolerance` of the control; `[tolerance]` in `round.toml`.

use super::common::compare;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Severity};
use crate::model::{Comparison, Consolidated, pounds};

pub(super) struct InKindInTotal;

const META: Meta = Meta {
    name: "in-kind-in-total",
    severity: Severity::Query,
    effort: Effort::LookUp,
    source: include_str!("in_kind_in_total.rs"),
};

impl Check for InKindInTotal {
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
        let Some(found) = compare::named(cx, comparison, "in-kind") else { return };
        let message = format!(
            "{}: {} is stated, and the cash is {}. {} of it is given in kind.",
            comparison.line,
            pounds(found.stated),
            pounds(found.expected),
            pounds(found.difference)
        );
        compare::add(out, found.control, comparison, message);
    }
}

//! An agreed amount is not its share of the whole.
//!
//! ## What it does
//!
//! Shares the agreed amounts of ledger.csv out again, as a control of the kind *apportionment* says: each line's share in
//! percent of the budget, in whole pounds; pounds that rounding leaves over go to the amounts that lost most by it. Shares must
//! add up to 100%. The budget is what the ledger's column `whole` says; all agreed amounts must come to it. Where it is not
//! stated it is what they come to, and if changing one line makes all fit, only that line is told.
//!
//! ## Why it matters
//!
//! What each partner is asked for follows from a formula that all agreed. An amount beside it will be challenged.
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
//! name = "shares"
//! title = "Agreed amounts follow from their shares"
//! kind = "apportionment"
//! ledger = "contributions"
//! severity = "error"
//! ```
//! ```ledger
//! table,agency,share,agreed
//! contributions,NHS,60,603
//! contributions,POL,40,400
//! ```
//! ```file nhs.xlsx
//! ```
//! ```sheet Finance
//! A1: Budget line | Paid
//! A2: Grant | 601
//! ```
//! ```findings
//! ! ledger 2 apportionment-mismatch [error]: NHS Wyevale, 60% of £1,003: £603 is agreed, and the share comes to £602.
//! ! ledger 3 apportionment-mismatch [error]: Wyevale Police, 40% of £1,003: £400 is agreed, and the share comes to £401.
//! ```
//!
//! ## How to fix
//!
//! Correct the amount or the share in ledger.csv.
//!
//! ## Settings
//!
//! `severity`, `tolerance`, `whole` (the column of ledger.csv with the agreed budget) and `unit` (what amounts are rounded to, pounds) of the control.

use super::common::compare;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Severity};
use crate::model::{ALL_AGREED, Comparison, Consolidated, pounds};
use crate::schema::Measure;

pub(super) struct ApportionmentMismatch;

const META: Meta = Meta {
    name: "apportionment-mismatch",
    severity: Severity::Error,
    effort: Effort::Sum,
    source: include_str!("apportionment_mismatch.rs"),
};

impl Check for ApportionmentMismatch {
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
        let Some(found) = compare::named(cx, comparison, "apportionment") else { return };
        if compare::is_explained_total(whole, comparison) {
            return;
        }
        // Beside the lines there is one comparison of all shares, which are percent.
        let message = if found.control.measure(comparison) == Measure::Percent {
            format!("The shares of the agreed amounts add up to {}%, not to 100%.", found.stated.normalize())
        } else if comparison.line == ALL_AGREED {
            format!(
                "All agreed amounts come to {}, and the agreed budget is {}.",
                pounds(found.stated),
                pounds(found.expected)
            )
        } else {
            format!(
                "{}{}: {} is agreed, and the share comes to {}.",
                compare::who(cx, comparison),
                comparison.line,
                pounds(found.stated),
                pounds(found.expected)
            )
        };
        compare::add(out, found.control, comparison, message);
    }
}

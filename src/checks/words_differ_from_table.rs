//! An amount in words is not what the ledger has for that partner.
//!
//! ## What it does
//!
//! Looks in text for sentences that speak of paying, name one partner and give one amount, and compares it with what
//! ledger.csv has for that partner: each line and all together. A control of the kind *words-against-table* says which text
//! and which column. What the row itself states is fine too.
//!
//! ## Why it matters
//!
//! People quote the sentence, not the table.
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
//! [[table.fields]]
//! name = "comment"
//! title = "Comment"
//! type = "string"
//!
//! [[table.controls]]
//! name = "words"
//! title = "Amounts in words are those of the ledger"
//! kind = "words-against-table"
//! texts = ["comment"]
//! ledger = "contributions"
//! column = "agreed"
//! severity = "note"
//! ```
//! ```ledger
//! table,agency,agreed
//! contributions,NHS,400
//! contributions,POL,150
//! ```
//! ```file nhs.xlsx
//! ```
//! ```sheet Finance
//! A1: Budget line | Paid | Comment
//! A2: Grant | 400 | Wyevale Police paid £170 in July.
//! ! C2 words-differ-from-table: Grant · comment: £170 is said of a partner for whom the ledger has £150.
//! ```
//!
//! ## How to fix
//!
//! Correct the sentence, or say what else the amount is for.
//!
//! ## Settings
//!
//! `severity` of the control.

use super::common::compare;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Severity};
use crate::model::{Comparison, Consolidated, pounds};

pub(super) struct WordsDifferFromTable;

const META: Meta = Meta {
    name: "words-differ-from-table",
    severity: Severity::Note,
    effort: Effort::Sum,
    source: include_str!("words_differ_from_table.rs"),
};

impl Check for WordsDifferFromTable {
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
        let Some(found) = compare::named(cx, comparison, "words-against-table") else { return };
        let message = format!(
            "{}: {} is said of a partner for whom the ledger has {}.",
            comparison.line,
            pounds(found.stated),
            pounds(found.expected)
        );
        compare::add(out, found.control, comparison, message);
    }
}

//! An amount is shown as a minus where a plus is expected.
//!
//! ## What it does
//!
//! Tells amounts below zero in a column that is declared to ask about them. The amount is held, not counted.
//!
//! ## Why it matters
//!
//! Some ledgers show income as a minus. Counting it as it stands would take twice the amount off the total.
//!
//! ## Example
//!
//! ```schema
//! [schema]
//! name = "money-return"
//! title = "Money return"
//! version = "1"
//!
//! [[table]]
//! name = "money"
//! title = "Money"
//! sheet = ["Money"]
//!
//! [[table.fields]]
//! name = "line"
//! title = "Line"
//! type = "string"
//!
//! [[table.fields]]
//! name = "paid"
//! title = "Paid"
//! type = "money"
//! money = { negatives = "query" }
//! ```
//! ```sheet Money
//! A1: Line | Paid
//! A2: Contribution | (4,612)
//! ! B2 minus-amount: “(4,612)” is shown as a minus. We expected a plus. If this is how your ledger shows income, say so and we will count it as £4,612.
//! ```
//!
//! ## How to fix
//!
//! Enter the amount without a minus, or tell us that your ledger shows income as a minus.
//!
//! ## Settings
//!
//! `money = { negatives = "query" }` on a field asks for this; `"read"` takes a minus as it is.

use super::common::others;
use super::common::words::quote;
use super::{Check, Context, Findings, Meta, Seen};
use crate::finding::{Effort, Severity};
use crate::model::{Misread, Unreadable, pounds};

pub(super) struct MinusAmount;

const META: Meta = Meta {
    name: "minus-amount",
    severity: Severity::Query,
    effort: Effort::Retype,
    source: include_str!("minus_amount.rs"),
};

impl Check for MinusAmount {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn cells(&self, _: &Context<'_>, cells: &[Seen<'_>], out: &mut Findings<'_>) {
        let help = "Enter the amount without a minus, or tell us how your ledger shows income.";
        let mut minus: Vec<_> = cells
            .iter()
            .filter_map(|seen| match seen.unreadable() {
                Some(Unreadable { raw, why: Misread::Minus(money) }) => Some((*seen, raw, money)),
                _ => None,
            })
            .collect();
        // A whole table in minus has one cause: how its sender's ledger shows income.
        minus.sort_by_key(|(seen, ..)| (seen.table.sheet, seen.table.table));
        let tables = minus
            .chunk_by(|(a, ..), (b, ..)| (a.table.sheet, a.table.table) == (b.table.sheet, b.table.table));
        for table in tables {
            let [(first, raw, money), rest @ ..] = table else { continue };
            let rest: Vec<_> = rest.iter().map(|(seen, ..)| *seen).collect();
            let more = match rest.len() {
                0 => String::new(),
                1 => " One more amount on this sheet is a minus too.".to_owned(),
                more => format!(" {more} more amounts on this sheet are a minus too."),
            };
            let message = format!(
                "{} is shown as a minus. We expected a plus. If this is how your ledger shows income, say so and we will count it as {}.{more}",
                quote(raw),
                pounds(money.pounds.abs())
            );
            out.add(first.at(), message)
                .typed(raw)
                .field(&first.field.title)
                .help(first.field.help.as_deref().unwrap_or(help))
                .related(others(&rest));
        }
    }
}

//! A percentage stands in a money column.
//!
//! ## What it does
//!
//! Tells money cells that hold a percentage.
//!
//! ## Why it matters
//!
//! A share is not an amount; adding it up would make nonsense of the total.
//!
//! ## Example
//!
//! ```sheet Finance
//! A1: Budget line | Budget | Actual
//! A2: Training | 1000 | 61%
//! ! C2 percent-in-money: “61%” is in the column Actual, which holds amounts.
//! ```
//!
//! ## How to fix
//!
//! Write the amount in pounds.
//!
//! ## Settings
//!
//! None beside the severity in `round.toml`.

use super::common::tell_unreadable;
use super::common::words::quote;
use super::{Check, Context, Findings, Meta, Seen};
use crate::finding::{Effort, Severity};
use crate::model::Misread;

pub(super) struct PercentInMoney;

const META: Meta = Meta {
    name: "percent-in-money",
    severity: Severity::Query,
    effort: Effort::LookUp,
    source: include_str!("percent_in_money.rs"),
};

impl Check for PercentInMoney {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn cells(&self, _: &Context<'_>, cells: &[Seen<'_>], out: &mut Findings<'_>) {
        let help = "Write the amount in pounds.";
        tell_unreadable(cells, help, out, |seen, held| {
            if held.why != Misread::PercentInMoney {
                return None;
            }
            let is = if held.raw.contains('%') { "is" } else { "is shown as a percentage" };
            Some(format!(
                "{} {is} in the column {}, which holds amounts.",
                quote(&held.raw),
                seen.field.title
            ))
        });
    }
}

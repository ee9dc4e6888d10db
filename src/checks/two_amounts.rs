//! There are two amounts in one cell.
//!
//! ## What it does
//!
//! Tells money cells in which more than one amount is written.
//!
//! ## Why it matters
//!
//! Which of them counts cannot be known. Neither is used.
//!
//! ## Example
//!
//! ```sheet Finance
//! A1: Budget line | Budget | Actual
//! A2: Training | 1000 | £45,203 paid Jan, £500 to follow
//! ! C2 two-amounts: There are two amounts in C2: “£45,203 paid Jan, £500 to follow”. We used neither.
//! ```
//!
//! ## How to fix
//!
//! Put one amount in each cell, and the words in a comment column.
//!
//! ## Settings
//!
//! None beside the severity in `round.toml`.

use super::common::tell_unreadable;
use super::common::words::quote;
use super::{Check, Context, Findings, Meta, Seen};
use crate::finding::{Effort, Severity};
use crate::model::Misread;

pub(super) struct TwoAmounts;

const META: Meta = Meta {
    name: "two-amounts",
    severity: Severity::Query,
    effort: Effort::Retype,
    source: include_str!("two_amounts.rs"),
};

impl Check for TwoAmounts {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn cells(&self, _: &Context<'_>, cells: &[Seen<'_>], out: &mut Findings<'_>) {
        let help = "Put one amount in each cell.";
        tell_unreadable(cells, help, out, |seen, held| {
            if held.why != Misread::TwoAmounts {
                return None;
            }
            Some(format!(
                "There are two amounts in {}: {}. We used neither.",
                seen.cell.at.cell,
                quote(&held.raw)
            ))
        });
    }
}

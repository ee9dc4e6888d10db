//! A date is probably not what was typed: Excel turns “Mar 15” into a day of March.
//!
//! ## What it does
//!
//! Tells dates that look as if a month and a year had been typed and Excel had made a day and a month of them.
//!
//! ## Why it matters
//!
//! An action due in March 2015 would be shown as due in March 2014 and called overdue. The date is held until
//! somebody confirms it.
//!
//! ## Example
//!
//! ```sheet Plan
//! A1: Ref | Action | Lead | Status | RAG rating | Target date | Update
//! A2: 1.1.1 | Train staff | Wyevale Council | In progress | Green | 15-Mar | Done so far
//! ! F2 date-to-confirm
//! ```
//!
//! ## How to fix
//!
//! Type the whole date, such as 31/03/2015.
//!
//! ## Settings
//!
//! None beside the severity in `round.toml`.

use super::common::tell_unreadable;
use super::common::words::quote;
use super::{Check, Context, Findings, Meta, Seen};
use crate::finding::Severity;
use crate::model::Misread;

pub(super) struct DateToConfirm;

const META: Meta =
    Meta { name: "date-to-confirm", severity: Severity::Query, source: include_str!("date_to_confirm.rs") };

impl Check for DateToConfirm {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn cells(&self, _: &Context<'_>, cells: &[Seen<'_>], out: &mut Findings<'_>) {
        let help = "Type the whole date, such as 31/03/2015.";
        tell_unreadable(cells, help, out, |seen, held| {
            let Misread::DateToConfirm(meant) = &held.why else { return None };
            Some(format!(
                "{} shows {}. If a month and a year were typed, Excel changed them. Did you mean {meant}?",
                seen.cell.at.cell,
                quote(&held.raw)
            ))
        });
    }
}

//! A date is one that no calendar has.
//!
//! ## What it does
//!
//! Tells dates such as 31 June, and years that are far from the plan.
//!
//! ## Why it matters
//!
//! The date was mistyped, and which day was meant is not known. It is held as it was typed.
//!
//! ## Example
//!
//! ```sheet Plan
//! A1: Ref | Action | Lead | Status | RAG rating | Target date | Update
//! A2: 1.1.1 | Train staff | Wyevale Council | In progress | Green | 31/06/2014 | Done so far
//! ! F2 no-such-date: “31/06/2014” is not a day of the calendar.
//! ```
//!
//! ## How to fix
//!
//! Give the date again.
//!
//! ## Settings
//!
//! None beside the severity in `round.toml`.

use super::common::planned::plan_has;
use super::common::tell_days;
use super::common::words::quote;
use super::{Check, Context, Findings, Meta, Seen};
use crate::finding::{Effort, Severity};
use crate::model::Misread;

pub(super) struct NoSuchDate;

const META: Meta = Meta {
    name: "no-such-date",
    severity: Severity::Query,
    effort: Effort::Retype,
    source: include_str!("no_such_date.rs"),
};

impl Check for NoSuchDate {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn cells(&self, cx: &Context<'_>, cells: &[Seen<'_>], out: &mut Findings<'_>) {
        let help = "Give the date again, day first.";
        tell_days(cx, cells, help, out, |_, held, planned| {
            if held.why != Misread::NoSuchDate {
                return None;
            }
            let plan = planned.map_or_else(String::new, |day| format!(" {}", plan_has(day)));
            Some(format!("{} is not a day of the calendar.{plan}", quote(&held.raw)))
        });
    }
}

//! A cell says that its value is to be confirmed.
//!
//! ## What it does
//!
//! Tells cells that hold *TBC*, *TBA*, *?* and the like where a value is asked for.
//!
//! ## Why it matters
//!
//! It is neither a value nor a blank: somebody meant to come back to it.
//!
//! ## Example
//!
//! ```sheet Plan
//! A1: Ref | Action | Lead | Status | RAG rating | Target date | Update
//! A2: 1.1.1 | Train staff | Wyevale Council | In progress | Green | TBC | Done so far
//! ! F2 to-be-confirmed: Target date is “TBC”.
//! ```
//!
//! ## How to fix
//!
//! Give the value, or the date by which it will be known.
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

pub(super) struct ToBeConfirmed;

const META: Meta = Meta {
    name: "to-be-confirmed",
    severity: Severity::Query,
    effort: Effort::LookUp,
    source: include_str!("to_be_confirmed.rs"),
};

impl Check for ToBeConfirmed {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn cells(&self, cx: &Context<'_>, cells: &[Seen<'_>], out: &mut Findings<'_>) {
        let help = "Give the value, or say by when it will be known.";
        tell_days(cx, cells, help, out, |seen, held, planned| {
            if held.why != Misread::ToBeConfirmed {
                return None;
            }
            let plan = planned.map_or_else(String::new, |day| format!(" {}", plan_has(day)));
            Some(format!("{} is {}.{plan}", seen.field.title, quote(&held.raw)))
        });
    }
}

//! A date can be read in more than one way, or is not in the order used here.
//!
//! ## What it does
//!
//! Tells dates for which the day, month and year cannot be told apart with certainty, such as `03/28/2014`, which
//! only makes sense with the month first.
//!
//! ## Why it matters
//!
//! An action may look overdue, or not, because of a guess. The date is held as it was typed.
//!
//! ## Example
//!
//! ```sheet Plan
//! A1: Ref | Action | Lead | Status | RAG rating | Target date | Update
//! A2: 1.1.1 | Train staff | Wyevale Council | In progress | Green | 03/28/2014 | Done so far
//! ! F2 ambiguous-date: “03/28/2014” is not a UK date. Did you mean 28 March 2014?
//! ```
//!
//! ## How to fix
//!
//! Write the day first, or write the month in letters: 28 March 2014.
//!
//! ## Settings
//!
//! None beside the severity in `round.toml`.

use super::common::planned::plan_has;
use super::common::tell_days;
use super::common::words::{either, quote};
use super::{Check, Context, Findings, Meta, Seen};
use crate::finding::{Effort, Severity};
use crate::model::Misread;
use crate::schema::FieldType;

pub(super) struct AmbiguousDate;

const META: Meta = Meta {
    name: "ambiguous-date",
    severity: Severity::Query,
    effort: Effort::Retype,
    source: include_str!("ambiguous_date.rs"),
};

impl Check for AmbiguousDate {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn cells(&self, cx: &Context<'_>, cells: &[Seen<'_>], out: &mut Findings<'_>) {
        let help = "Write the day first, or the month in letters: 28 March 2014.";
        tell_days(cx, cells, help, out, |seen, held, planned| {
            let readings = match &held.why {
                Misread::Ambiguous(readings) => readings.as_slice(),
                Misread::DateToConfirm(meant) if is_turned(&held.raw) => std::slice::from_ref(meant),
                _ => return None,
            };
            if !matches!(seen.field.kind, FieldType::Date | FieldType::Period) {
                return None;
            }
            let raw = quote(&held.raw);
            Some(match (readings, planned.map(plan_has)) {
                ([_], Some(plan)) => format!("{raw} is not a UK date. {plan}"),
                ([one], None) => format!("{raw} is not a UK date. Did you mean {one}?"),
                (readings, plan) => {
                    let plan = plan.map_or_else(String::new, |plan| format!(" {plan}"));
                    format!("{raw} can be read as {}.{plan}", either(readings))
                }
            })
        });
    }
}

/// True for a date in figures with the month before the day, such as `03/28/2014`.
pub(super) fn is_turned(raw: &str) -> bool {
    let mut parts = raw.trim().split(['/', '-', '.']).map(str::parse::<u16>);
    let (first, second, third) = (parts.next(), parts.next(), parts.next());
    matches!((first, second, third, parts.next()), (Some(Ok(1..=12)), Some(Ok(13..=31)), Some(Ok(_)), None))
}

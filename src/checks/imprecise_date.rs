//! A date was given to the month, quarter or term; its last day is used.
//!
//! ## What it does
//!
//! Notes dates that name no day, and the last day that they were read as.
//!
//! ## Why it matters
//!
//! An action due in October is not overdue before November. The merged table shows that last day; this says how
//! precisely it was given.
//!
//! ## Example
//!
//! ```sheet Plan
//! A1: Ref | Action | Lead | Status | RAG rating | Target date | Update
//! A2: 1.1.1 | Train staff | Wyevale Council | In progress | Green | by Oct 14 | Done so far
//! ! F2 imprecise-date
//! ```
//!
//! ## How to fix
//!
//! Give the day, if there is one.
//!
//! ## Settings
//!
//! None beside the severity in `round.toml`.

use super::common::tell_changes;
use super::common::words::quote;
use super::{Check, Context, Findings, Meta, Seen};
use crate::finding::{Effort, Severity};
use crate::model::{ChangeKind, Precision, Value};

pub(super) struct ImpreciseDate;

const META: Meta = Meta {
    name: "imprecise-date",
    severity: Severity::Note,
    effort: Effort::Retype,
    source: include_str!("imprecise_date.rs"),
};

impl Check for ImpreciseDate {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn cells(&self, cx: &Context<'_>, cells: &[Seen<'_>], out: &mut Findings<'_>) {
        tell_changes(cx, cells, ChangeKind::EndOfPeriod, out, |seen, typed, used| {
            let typed = quote(typed);
            let Some(Value::Date(read)) = seen.cell.value() else {
                return format!("{typed} was read as {used}, the end of that time.");
            };
            let day = read.date.strftime("%-d %B %Y");
            match read.precision {
                Precision::Month => format!("{typed} was read as {day}, the end of the month."),
                _ if typed.to_lowercase().contains('q') => {
                    format!("{typed} was read as {day}, the end of {used} (financial year).")
                }
                _ => format!("{typed} was read as {day}, the end of that time."),
            }
        });
    }
}

//! An action has no end date.
//!
//! ## What it does
//!
//! Notes cells that say *Ongoing*, *Continuous* or the like where a date is asked for.
//!
//! ## Why it matters
//!
//! Such an action is never overdue and never done.
//!
//! ## Example
//!
//! ```sheet Plan
//! A1: Ref | Action | Lead | Status | RAG rating | Target date | Update
//! A2: 1.1.1 | Train staff | Wyevale Council | In progress | Green | Ongoing | Done so far
//! ! F2 no-end-date: “Ongoing” has no end date. The action stays open and is never overdue.
//! ```
//!
//! ## How to fix
//!
//! Give a review date if there is one.
//!
//! ## Settings
//!
//! None beside the severity in `round.toml`.

use super::common::tell_changes;
use super::common::words::quote;
use super::{Check, Context, Findings, Meta, Seen};
use crate::finding::{Effort, Severity};
use crate::model::ChangeKind;

pub(super) struct NoEndDate;

const META: Meta = Meta {
    name: "no-end-date",
    severity: Severity::Note,
    effort: Effort::LookUp,
    source: include_str!("no_end_date.rs"),
};

impl Check for NoEndDate {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn cells(&self, cx: &Context<'_>, cells: &[Seen<'_>], out: &mut Findings<'_>) {
        tell_changes(cx, cells, ChangeKind::NoEndDate, out, |_, typed, _| {
            format!("{} has no end date. The action stays open and is never overdue.", quote(typed))
        });
    }
}

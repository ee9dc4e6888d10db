//! Two dates stand in one cell.
//!
//! ## What it does
//!
//! Notes cells that give a first date and a revised one. Where the table has a field for the revised date and nothing stands
//! in it, each goes into its own; otherwise the later one is used.
//!
//! ## Why it matters
//!
//! The revised date decides whether an action is late; the first date says how long it has been planned.
//!
//! ## Example
//!
//! ```sheet Plan
//! A1: Ref | Action | Lead | Status | RAG rating | Target date | Update
//! A2: 1.1.1 | Train staff | Wyevale Council | In progress | Green | Sept 13 (revised Dec 13) | Done so far
//! ! F2 revised-date
//! ```
//!
//! ## How to fix
//!
//! Put the new date into the column for revised dates.
//!
//! ## Settings
//!
//! The roles *target-date* and *revised-date* say which fields are meant.

use super::common::words::quote;
use super::common::{shown, tell_changes};
use super::{Check, Context, Findings, Meta, Seen};
use crate::finding::{Effort, Severity};
use crate::model::ChangeKind;
use crate::schema::Role;

pub(super) struct RevisedDate;

const META: Meta = Meta {
    name: "revised-date",
    severity: Severity::Note,
    effort: Effort::LookUp,
    source: include_str!("revised_date.rs"),
};

impl Check for RevisedDate {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn cells(&self, cx: &Context<'_>, cells: &[Seen<'_>], out: &mut Findings<'_>) {
        tell_changes(cx, cells, ChangeKind::RevisedDate, out, |_, typed, used| {
            format!("{} gives two dates. We used the later, {used}.", quote(typed))
        });
        tell_changes(cx, cells, ChangeKind::FirstAndRevised, out, |seen, typed, used| {
            let revised = seen.schema.role(Role::RevisedDate);
            let new = revised.and_then(|field| shown(cx, seen, field)).unwrap_or_default();
            format!(
                "{} gives two dates. We recorded {used} as the first date and {new} as the new one.",
                quote(typed)
            )
        });
    }
}

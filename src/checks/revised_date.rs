//! Two dates stand in one cell; the later one is used.
//!
//! ## What it does
//!
//! Notes cells that give a first date and a revised one.
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
//! None beside the severity in `round.toml`.

use super::common::tell_changes;
use super::common::words::quote;
use super::{Check, Context, Findings, Meta, Seen};
use crate::finding::Severity;
use crate::model::{ChangeKind, Value};
use crate::schema::{Role, show_value};

pub(super) struct RevisedDate;

const META: Meta =
    Meta { name: "revised-date", severity: Severity::Note, source: include_str!("revised_date.rs") };

impl Check for RevisedDate {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn cells(&self, cx: &Context<'_>, cells: &[Seen<'_>], out: &mut Findings<'_>) {
        tell_changes(cx, cells, ChangeKind::RevisedDate, out, |seen, typed, used| match new_date(cx, seen) {
            Some(new) => {
                format!(
                    "{} gives two dates. We recorded {used} as the first date and {new} as the new one.",
                    quote(typed)
                )
            }
            None => format!("{} gives two dates. We used the later, {used}.", quote(typed)),
        });
    }
}

/// The date that was put into the field for it.
fn new_date(cx: &Context<'_>, seen: &Seen<'_>) -> Option<String> {
    if seen.field.role != Some(Role::TargetDate) {
        return None;
    }
    let revised = seen.schema.role(Role::RevisedDate)?;
    let cell = seen.record.cells.get(revised)?;
    let (value, used) = (cell.value()?, seen.cell.value()?);
    // A date that was typed there itself was not put there by this cell: then the later of the two stands here.
    let (Value::Date(new), Value::Date(first)) = (value, used) else { return None };
    if !seen
        .changed(ChangeKind::RevisedDate)
        .is_some_and(|change| change.typed.contains(&new.date.strftime("%y").to_string()))
        || new.date < first.date
    {
        return None;
    }
    Some(show_value(value, &seen.schema.fields[revised], &cx.round.schema, &cx.round.partners).into_owned())
}

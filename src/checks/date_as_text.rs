//! A date was written as text.
//!
//! ## What it does
//!
//! Notes dates that the workbook holds as text, and the day that they were read as, day first.
//!
//! ## Why it matters
//!
//! Sorting and filtering in Excel treat such a date as a word; and the day and the month may have been meant the
//! other way round.
//!
//! ## Example
//!
//! ```sheet Plan
//! A1: Ref | Action | Lead | Status | RAG rating | Target date | Update
//! A2: 1.1.1 | Train staff | Wyevale Council | In progress | Green | 31/03/2014 | Done so far
//! ! F2 date-as-text: “31/03/2014” was text and was read as 31 March 2014.
//! ```
//!
//! ## How to fix
//!
//! Type the date again in a cell that is formatted as a date.
//!
//! ## Settings
//!
//! None beside the severity in `round.toml`.

use super::common::tell_changes;
use super::common::words::quote;
use super::{Check, Context, Findings, Meta, Seen};
use crate::finding::{Effort, Severity};
use crate::model::ChangeKind;

pub(super) struct DateAsText;

const META: Meta = Meta {
    name: "date-as-text",
    severity: Severity::Note,
    effort: Effort::Retype,
    source: include_str!("date_as_text.rs"),
};

impl Check for DateAsText {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn cells(&self, cx: &Context<'_>, cells: &[Seen<'_>], out: &mut Findings<'_>) {
        tell_changes(cx, cells, ChangeKind::DateAsText, out, |_, typed, used| {
            format!("{} was text and was read as {used}.", quote(typed))
        });
    }
}

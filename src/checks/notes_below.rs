//! Notes under the table were left out.
//!
//! ## What it does
//!
//! Notes how many lines of words under a table were not taken for rows of it. A line with something in a column of
//! figures is never one of them, unless it begins like a remark (`Prepared by:`) and holds no figure.
//!
//! ## Why it matters
//!
//! A row that looks like a note would be missing from the figures; whoever checks can see which lines were left
//! out.
//!
//! ## Example
//!
//! ```sheet Finance
//! A1: Budget line | Budget | Actual
//! A2: Training | 1000 | 400
//! B5: Figures are provisional until the accounts close.
//! ! sheet notes-below: We left 1 line of notes under Finance out of it: row 5.
//! ```
//!
//! ## How to fix
//!
//! Nothing needs to be done if the lines are notes.
//!
//! ## Settings
//!
//! None beside the severity in `round.toml`.

use super::common::words::{count, rows};
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Location, Severity};
use crate::model::{RowRole, Submission, Table};

pub(super) struct NotesBelow;

const META: Meta = Meta {
    name: "notes-below",
    severity: Severity::Note,
    effort: Effort::LookUp,
    source: include_str!("notes_below.rs"),
};

impl Check for NotesBelow {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn table(&self, cx: &Context<'_>, _: &Submission, table: &Table, out: &mut Findings<'_>) {
        let notes: Vec<u32> = table
            .layout
            .rows
            .iter()
            .filter(|(_, role)| *role == RowRole::Note)
            .map(|(row, _)| *row)
            .collect();
        if notes.is_empty() {
            return;
        }
        let message = format!(
            "We left {} of notes under {} out of it: {}.",
            count(notes.len(), "line", "lines"),
            cx.schema(table).title,
            rows(&notes)
        );
        out.add(Location::Sheet(table.file, table.sheet), message);
    }
}

//! A text is longer than a cell can hold.
//!
//! ## What it does
//!
//! Notes texts of more than 32,767 characters, the most that an Excel cell holds. The workbook shows the beginning;
//! the whole text is kept in a file beside it.
//!
//! ## Why it matters
//!
//! Nothing is lost, but whoever reads the workbook sees part of it.
//!
//! ## Example
//!
//! ```sheet Plan
//! A1: Ref | Action | Lead | Status | RAG rating | Target date | Update
//! A2: a | Train staff | Wyevale Council | In progress | Green | 2014-03-31 | Long
//! ```
//!
//! ## How to fix
//!
//! Shorten the text, or put it in a document and give its reference.
//!
//! ## Settings
//!
//! None beside the severity in `round.toml`.

use super::common::tell_changes;
use super::{Check, Context, Findings, Meta, Seen};
use crate::finding::Severity;
use crate::model::ChangeKind;

pub(super) struct TextTooLong;

const META: Meta =
    Meta { name: "text-too-long", severity: Severity::Note, source: include_str!("text_too_long.rs") };

impl Check for TextTooLong {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn cells(&self, cx: &Context<'_>, cells: &[Seen<'_>], out: &mut Findings<'_>) {
        tell_changes(cx, cells, ChangeKind::Shortened, out, |seen, _, _| {
            format!(
                "The text in {} is longer than a cell can hold. The workbook shows its beginning; all of it is kept beside the workbook.",
                seen.cell.at.cell
            )
        });
    }
}

//! A text is longer than a cell can hold.
//!
//! ## What it does
//!
//! Notes texts of more than 32,767 characters, the most that an Excel cell holds, also where one could not be read and
//! is shown as it was typed. The workbook shows the beginning; the whole text is kept in a file beside it.
//!
//! ## Why it matters
//!
//! Nothing is lost, but whoever reads the workbook sees part of it.
//!
//! ## Example
//!
//! ```sheet Plan
//! A1: Ref | Action | Lead | Status | RAG rating | Target date | Update
//! A2: a | Train staff | Wyevale Council | In progress | Green | 2014-03-31 | "x" * 32768
//! ! G2 text-too-long: The text in G2 is longer than a cell can hold. The workbook shows its beginning; all of it is kept beside the workbook.
//! ```
//!
//! ## How to fix
//!
//! Shorten the text, or put it in a document and give its reference.
//!
//! ## Settings
//!
//! None beside the severity in `round.toml`.

use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Location, Severity};
use crate::model::{Reading, Record, Table};

pub(super) struct TextTooLong;

const META: Meta = Meta {
    name: "text-too-long",
    severity: Severity::Note,
    effort: Effort::LookUp,
    source: include_str!("text_too_long.rs"),
};

/// The most characters that an Excel cell holds.
const MOST: usize = 32_767;

impl Check for TextTooLong {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn rows(&self, cx: &Context<'_>, table: &Table, rows: &[Record], out: &mut Findings<'_>) {
        let held = rows.iter().flat_map(|record| &record.cells).filter_map(|cell| match &cell.reading {
            Reading::Unreadable(held) => Some((cell, held.raw.as_str())),
            Reading::Blank | Reading::Value(_) => None,
        });
        for (cell, text) in super::common::texts(cx, table, rows).chain(held) {
            // A text has at most as many characters as bytes, so hardly any needs counting.
            if text.len() <= MOST || text.chars().map(char::len_utf16).sum::<usize>() <= MOST {
                continue;
            }
            let message = format!(
                "The text in {} is longer than a cell can hold. The workbook shows its beginning; all of it is kept beside the workbook.",
                cell.at.cell
            );
            out.add(Location::Cell(cell.at), message);
        }
    }
}

//! A text stops at a length at which programs cut texts off.
//!
//! ## What it does
//!
//! Tells texts of exactly 255 or 32,767 characters.
//!
//! ## Why it matters
//!
//! Older forms and exports cut texts at these lengths without a word, so the end of an update may be missing.
//!
//! ## Example
//!
//! ```sheet Plan
//! A1: Ref | Action | Lead | Status | RAG rating | Target date | Update
//! A2: 2.2.1 | Train staff | Wyevale Council | Complete | Green | 2014-03-31 | "x" * 255
//! ! G2 truncated-value: The text in G2 stops at 255 characters. It may have been cut short.
//! ```
//!
//! ## How to fix
//!
//! Compare the text with where it came from, and complete it.
//!
//! ## Settings
//!
//! None beside the severity in `round.toml`.

use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Location, Severity};
use crate::model::{Record, Table};

pub(super) struct TruncatedValue;

const META: Meta = Meta {
    name: "truncated-value",
    severity: Severity::Query,
    effort: Effort::FillIn,
    source: include_str!("truncated_value.rs"),
};

impl Check for TruncatedValue {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn rows(&self, cx: &Context<'_>, table: &Table, rows: &[Record], out: &mut Findings<'_>) {
        for (cell, text) in super::common::texts(cx, table, rows) {
            let Some(cut) = CUTS.into_iter().find(|cut| is_as_long_as(text, *cut)) else { continue };
            let cut = if cut == CUTS[0] { "255" } else { "32,767" };
            let message = format!(
                "The text in {} stops at {cut} characters. It may have been cut short.",
                cell.at.cell
            );
            out.add(Location::Cell(cell.at), message);
        }
    }
}

/// Lengths at which texts are cut: old cells and database columns, and today's cells.
const CUTS: [usize; 2] = [255, 32_767];

/// True if a text has exactly so many characters as Excel counts them. Plain letters need no counting.
fn is_as_long_as(text: &str, length: usize) -> bool {
    if text.is_ascii() {
        return text.len() == length;
    }
    let possible = (length..=length * 3).contains(&text.len());
    possible && text.chars().map(char::len_utf16).sum::<usize>() == length
}

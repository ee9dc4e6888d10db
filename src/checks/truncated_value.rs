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
use crate::finding::{Location, Severity};
use crate::model::{Record, Table, Value};

pub(super) struct TruncatedValue;

const META: Meta =
    Meta { name: "truncated-value", severity: Severity::Query, source: include_str!("truncated_value.rs") };

impl Check for TruncatedValue {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn rows(&self, _: &Context<'_>, _: &Table, rows: &[Record], out: &mut Findings<'_>) {
        let cells = rows.iter().flat_map(|record| &record.cells);
        for cell in cells {
            let Some(Value::Text(text)) = cell.value() else { continue };
            // Characters are counted only where there can be exactly so many.
            let Some(cut) = CUTS.into_iter().find(|cut| {
                (*cut..=*cut * 4).contains(&text.len())
                    && text.chars().map(char::len_utf16).sum::<usize>() == *cut
            }) else {
                continue;
            };
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

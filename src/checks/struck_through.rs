//! Text is crossed out.
//!
//! ## What it does
//!
//! Asks about cells of a table whose text is crossed out.
//!
//! ## Why it matters
//!
//! Somebody crossed it out instead of deleting it. A program that reads words alone takes it for what still holds.
//!
//! ## Example
//!
//! ```sheet Plan
//! A1: Ref | Action | Lead | Status | RAG rating | Target date | Update
//! A2: 1.1.1 | Train staff | Wyevale Council | In progress | Green | 2014-03-31 | Done so far
//! strike G2
//! ! G2 struck-through: Text in G2 is crossed out. We kept it. Delete it if it no longer applies.
//! ```
//!
//! ## How to fix
//!
//! Delete it if it no longer applies; otherwise take the line away.
//!
//! ## Settings
//!
//! None beside the severity in `round.toml`.

use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Location, Severity};
use crate::model::{Record, Submission};
use crate::schema::LayoutKind;

pub(super) struct StruckThrough;

const META: Meta = Meta {
    name: "struck-through",
    severity: Severity::Query,
    effort: Effort::LookUp,
    source: include_str!("struck_through.rs"),
};

impl Check for StruckThrough {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn submission(&self, cx: &Context<'_>, submission: &Submission, out: &mut Findings<'_>) {
        for sheet in &submission.sheets {
            for origin in &sheet.beside.struck {
                let cell = origin.cell;
                let used = submission.tables.iter().filter(|table| table.sheet == sheet.sheet).any(|table| {
                    // The record of a form stands in many rows.
                    let form = cx.schema(table).layout == LayoutKind::Form;
                    let row = |record: &&Record| form || record.at.cell.row == cell.row;
                    let cells = table.records.iter().filter(row).flat_map(|record| &record.cells);
                    cells.into_iter().any(|held| held.at == *origin)
                });
                if used {
                    out.add(
                        Location::Cell(*origin),
                        format!(
                            "Text in {cell} is crossed out. We kept it. Delete it if it no longer applies."
                        ),
                    );
                }
            }
        }
    }
}

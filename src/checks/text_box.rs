//! Words stand in a box over the cells.
//!
//! ## What it does
//!
//! Tells boxes and shapes with words in them, with the cell under their corner. Pictures without words are passed over.
//!
//! ## Why it matters
//!
//! What stands in a box is in no cell, so it is not merged.
//!
//! ## Example
//!
//! ```sheet Plan
//! A1: Ref | Action | Lead | Status | RAG rating | Target date | Update
//! A2: 1.1.1 | Train staff | Wyevale Council | In progress | Green | 2014-03-31 | Done so far
//! text box D4: See the annex.
//! ! D4 text-box: There is a text box near D4. We cannot read text boxes. Put the words in a cell.
//! ```
//!
//! ## How to fix
//!
//! Put the words in a cell.
//!
//! ## Settings
//!
//! None beside the severity in `round.toml`.

use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Location, Severity};
use crate::model::Submission;

pub(super) struct TextBox;

const META: Meta = Meta {
    name: "text-box",
    severity: Severity::Note,
    effort: Effort::LookUp,
    source: include_str!("text_box.rs"),
};

impl Check for TextBox {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn submission(&self, _: &Context<'_>, submission: &Submission, out: &mut Findings<'_>) {
        for sheet in &submission.sheets {
            for origin in &sheet.beside.text_boxes {
                let (at, cell) = (Location::Cell(*origin), origin.cell);
                out.add(
                    at,
                    format!(
                        "There is a text box near {cell}. We cannot read text boxes. Put the words in a cell."
                    ),
                );
            }
        }
    }
}

//! A sheet carries comments on its cells.
//!
//! ## What it does
//!
//! Counts the comments on each sheet, conversations included, and names their cells. Their words are copied nowhere.
//!
//! ## Why it matters
//!
//! Some partners write their update into a comment. Comments are not merged, and they often name people.
//!
//! ## Example
//!
//! ```sheet Plan
//! A1: Ref | Action | Lead | Status | RAG rating | Target date | Update
//! A2: 1.1.1 | Train staff | Wyevale Council | In progress | Green | 2014-03-31 | Done so far
//! comment G2: The course in May is full.
//! ! sheet comments-present: There is 1 comment on the sheet Plan, at G2. Comments are not merged. Put in a cell what belongs in the return.
//! ```
//!
//! ## How to fix
//!
//! Put what belongs in the return into a cell.
//!
//! ## Settings
//!
//! None beside the severity in `round.toml`.

use super::common::words::{count, list};
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Location, Severity};
use crate::model::{CellRef, Submission};

pub(super) struct CommentsPresent;

const META: Meta = Meta {
    name: "comments-present",
    severity: Severity::Note,
    effort: Effort::LookUp,
    source: include_str!("comments_present.rs"),
};

impl Check for CommentsPresent {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn submission(&self, _: &Context<'_>, submission: &Submission, out: &mut Findings<'_>) {
        for sheet in &submission.sheets {
            let (cells, all) = &sheet.beside.comments;
            if *all == 0 {
                continue;
            }
            let verb = if *all == 1 { "is" } else { "are" };
            let message = format!(
                "There {verb} {} on the sheet {}, at {}. Comments are not merged. Put in a cell what belongs in the return.",
                count(*all, "comment", "comments"),
                sheet.name,
                places(cells, *all)
            );
            out.add(Location::Sheet(submission.file, sheet.sheet), message);
        }
    }
}

/// The first cells by their addresses.
pub(super) fn places(cells: &[CellRef], all: usize) -> String {
    const SHOWN: usize = 6;
    let mut names: Vec<String> = cells.iter().take(SHOWN).map(CellRef::to_string).collect();
    if all > SHOWN {
        names.push(format!("{} more", all - SHOWN));
    }
    list(&names)
}

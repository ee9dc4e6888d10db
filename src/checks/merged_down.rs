//! One value is merged across several rows and was given to all of them.
//!
//! ## What it does
//!
//! Notes each area of cells merged downwards whose value was used for every row of it. Amounts are never spread.
//!
//! ## Why it matters
//!
//! In the merged table every row stands by itself, so each needs the value.
//!
//! ## Example
//!
//! ```sheet Plan
//! A1: Ref | Action | Lead | Status | RAG rating | Target date | Update
//! A2: a | Train staff | Wyevale Council | In progress | Green | 2014-03-31 | Done so far
//! A3: b | Train more | | In progress | Green | 2014-03-31 | Done so far
//! merge C2:C3
//! ! C2 merged-down: Lead “Wyevale Council” is merged across 2 rows. We gave it to all of them.
//! ```
//!
//! ## How to fix
//!
//! Nothing needs to be done. Unmerged cells are easier to check.
//!
//! ## Settings
//!
//! None beside the severity in `round.toml`.

use super::common::words::quote;
use super::{Check, Context, Findings, Meta, Seen};
use crate::finding::{Effort, Severity};
use crate::model::ChangeKind;

pub(super) struct MergedDown;

const META: Meta = Meta {
    name: "merged-down",
    severity: Severity::Note,
    effort: Effort::LookUp,
    source: include_str!("merged_down.rs"),
};

impl Check for MergedDown {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn cells(&self, cx: &Context<'_>, cells: &[Seen<'_>], out: &mut Findings<'_>) {
        let mut spread: Vec<_> =
            cells.iter().filter(|seen| seen.changed(ChangeKind::MergedDown).is_some()).collect();
        // Every cell of an area carries the place of the area's first cell.
        spread.sort_by_key(|seen| seen.cell.at);
        for area in spread.chunk_by(|a, b| a.cell.at == b.cell.at) {
            let (first, used) = (area[0], area[0].used(cx));
            let rows = area.len() + 1;
            let message = format!(
                "{} {} is merged across {rows} rows. We gave it to all of them.",
                first.field.title,
                quote(&used)
            );
            out.add(first.at(), message).change("", &used).field(&first.field.title);
        }
    }
}

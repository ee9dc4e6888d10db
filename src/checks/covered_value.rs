//! Values stand under merged cells, where Excel does not show them.
//!
//! ## What it does
//!
//! Asks, once a sheet, about filled cells that a merged cell covers.
//!
//! ## Why it matters
//!
//! Whoever sent the return sees only the first cell of a merged area. An amount under it is counted and seen by nobody.
//!
//! ## Example
//!
//! ```sheet Finance
//! A1: Budget line | Budget | Actual
//! A2: Training | 1000 | 400
//! A4: Checked by the treasurer | 450
//! merge A4:C4
//! ! B4 covered-value: B4 lies under merged cells, so Excel does not show what it holds. Unmerge them and delete what does not belong there.
//! ```
//!
//! ## How to fix
//!
//! Unmerge the cells and delete what does not belong there, or move it to where it can be seen.
//!
//! ## Settings
//!
//! None beside the severity in `round.toml`.

use super::comments_present::places;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Location, Severity};
use crate::model::Submission;

pub(super) struct CoveredValue;

const META: Meta = Meta {
    name: "covered-value",
    severity: Severity::Query,
    effort: Effort::LookUp,
    source: include_str!("covered_value.rs"),
};

impl Check for CoveredValue {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn submission(&self, _: &Context<'_>, submission: &Submission, out: &mut Findings<'_>) {
        for sheet in &submission.sheets {
            let (cells, all) = &sheet.beside.covered;
            let Some(first) = cells.first() else { continue };
            let named: Vec<_> = cells.iter().map(|origin| origin.cell).collect();
            let (lie, hold) = if *all == 1 { ("lies", "it holds") } else { ("lie", "they hold") };
            let message = format!(
                "{} {lie} under merged cells, so Excel does not show what {hold}. Unmerge them and delete what does not belong there.",
                places(&named, *all)
            );
            out.add(Location::Cell(*first), message);
        }
    }
}

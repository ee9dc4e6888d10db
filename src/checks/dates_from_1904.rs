//! Dates in the file were counted from 1904.
//!
//! ## What it does
//!
//! Notes once for a return that its dates used the Mac calendar and were converted.
//!
//! ## Why it matters
//!
//! Without that, every date would be four years out.
//!
//! ## Example
//!
//! ```sheet Plan (1904)
//! A1: Ref | Action | Lead | Status | RAG rating | Target date | Update
//! A2: 1.1.1 | Train staff | Wyevale Council | In progress | Green | 2014-03-31 | Done so far
//! ! F2 dates-from-1904: Dates in this file used the Mac calendar. We converted 1 date.
//! ```
//!
//! ## How to fix
//!
//! Nothing needs to be done. To stop the note, clear “Use 1904 date system” in Excel's options.
//!
//! ## Settings
//!
//! None beside the severity in `round.toml`.

use super::common::others;
use super::common::words::count;
use super::{Check, Context, Findings, Meta, Seen};
use crate::finding::{Effort, Severity};
use crate::model::ChangeKind;

pub(super) struct DatesFrom1904;

const META: Meta = Meta {
    name: "dates-from-1904",
    severity: Severity::Note,
    effort: Effort::LookUp,
    source: include_str!("dates_from_1904.rs"),
};

impl Check for DatesFrom1904 {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn cells(&self, _: &Context<'_>, cells: &[Seen<'_>], out: &mut Findings<'_>) {
        let dates: Vec<_> =
            cells.iter().copied().filter(|seen| seen.changed(ChangeKind::Date1904).is_some()).collect();
        let [first, rest @ ..] = dates.as_slice() else { return };
        let dates = count(dates.len(), "date", "dates");
        out.add(first.at(), format!("Dates in this file used the Mac calendar. We converted {dates}."))
            .related(others(rest));
    }
}

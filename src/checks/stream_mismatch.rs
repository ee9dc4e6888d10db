//! The parts of a whole do not add up to it.
//!
//! ## What it does
//!
//! Adds the rows of the parts, such as a partner's streams, and compares the sum with the row of the whole.
//!
//! ## Why it matters
//!
//! Money for one purpose may be counted under another, or twice.
//!
//! ## Example
//!
//! ```schema
//! [schema]
//! name = "small"
//! title = "Small"
//! version = "1"
//!
//! [[table]]
//! name = "finance"
//! title = "Finance"
//! sheet = ["Finance"]
//! primaryKey = ["line", "stream"]
//! totals = { field = "line", matches = ["Total"] }
//!
//! [[table.fields]]
//! name = "line"
//! title = "Budget line"
//! type = "string"
//!
//! [[table.fields]]
//! name = "stream"
//! title = "Stream"
//! type = "string"
//!
//! [[table.fields]]
//! name = "paid"
//! title = "Paid"
//! type = "money"
//!
//! [[table.controls]]
//! name = "streams"
//! title = "Streams add to the council's total"
//! kind = "roll-up"
//! amount = "paid"
//! by = ["line"]
//! part = "stream"
//! total = "All streams"
//! severity = "error"
//! ```
//! ```file nhs.xlsx
//! ```
//! ```sheet Finance
//! A1: Budget line | Stream | Paid
//! A2: Council | CW | 100
//! A3: Council | AHW | 20
//! A4: Council | All streams | 127
//! ! C4 stream-mismatch: Council · All streams · paid: £127 is stated, and the parts add to £120. The difference is £7.
//! ```
//!
//! ## How to fix
//!
//! Compare each part with its source, and correct the one that is wrong.
//!
//! ## Settings
//!
//! `severity` and `tolerance` of the control; `[tolerance]` in `round.toml`.

use super::common::compare;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Severity};
use crate::model::{Comparison, Consolidated, pounds};
use crate::schema::ControlKind;

pub(super) struct StreamMismatch;

const META: Meta = Meta {
    name: "stream-mismatch",
    severity: Severity::Query,
    effort: Effort::Sum,
    source: include_str!("stream_mismatch.rs"),
};

impl Check for StreamMismatch {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn comparison(
        &self,
        cx: &Context<'_>,
        _: &Consolidated,
        comparison: &Comparison,
        out: &mut Findings<'_>,
    ) {
        let kind = |kind: &ControlKind| matches!(kind, ControlKind::RollUp { .. });
        let Some(found) = compare::differing(cx, comparison, kind) else { return };
        let message = format!(
            "{}: {} is stated, and the parts add to {}. The difference is {}.",
            comparison.line,
            pounds(found.stated),
            pounds(found.expected),
            pounds(found.difference)
        );
        compare::add(out, found.control, comparison, message);
    }
}

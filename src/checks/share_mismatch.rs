//! A printed share does not follow from the amounts.
//!
//! ## What it does
//!
//! Works out each amount's share of the whole and compares it with the share that is stated.
//!
//! ## Why it matters
//!
//! A share that was not worked out again after an amount changed is published beside it.
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
//! primaryKey = ["line"]
//! totals = { field = "line", matches = ["Total"] }
//!
//! [[table.fields]]
//! name = "line"
//! title = "Budget line"
//! type = "string"
//!
//! [[table.fields]]
//! name = "paid"
//! title = "Paid"
//! type = "money"
//!
//! [[table.fields]]
//! name = "share"
//! title = "Share"
//! type = "percent"
//!
//! [[table.controls]]
//! name = "shares"
//! title = "Shares follow from the amounts"
//! kind = "shares"
//! share = "share"
//! amount = "paid"
//! tolerance = "0.05"
//! severity = "query"
//! ```
//! ```file nhs.xlsx
//! ```
//! ```sheet Finance
//! A1: Budget line | Paid | Share
//! A2: Council | 60 | 61
//! A3: NHS | 40 | 39
//! ! C2 share-mismatch: Council · share: 61% is stated, and 60% follows from the amounts.
//! ! C3 share-mismatch: NHS · share: 39% is stated, and 40% follows from the amounts.
//! ```
//!
//! ## How to fix
//!
//! Work the share out again.
//!
//! ## Settings
//!
//! `tolerance` of the control, in percentage points.

use super::common::compare;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Severity};
use crate::model::{Comparison, Consolidated};
use crate::schema::ControlKind;

pub(super) struct ShareMismatch;

const META: Meta = Meta {
    name: "share-mismatch",
    severity: Severity::Query,
    effort: Effort::Sum,
    source: include_str!("share_mismatch.rs"),
};

impl Check for ShareMismatch {
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
        let kind = |kind: &ControlKind| matches!(kind, ControlKind::Shares { .. });
        let Some(found) = compare::differing(cx, comparison, kind) else { return };
        let message = format!(
            "{}: {}% is stated, and {}% follows from the amounts.",
            comparison.line,
            found.stated.normalize(),
            found.expected.round_dp(2).normalize()
        );
        compare::add(out, found.control, comparison, message);
    }
}

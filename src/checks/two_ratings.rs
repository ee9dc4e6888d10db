//! Two ratings stand in one cell; the more cautious one is shown.
//!
//! ## What it does
//!
//! Notes cells such as *Amber/Green* in a column whose list says that the worse rating counts.
//!
//! ## Why it matters
//!
//! A Board should see the more cautious rating until the partner decides. What was given stays visible.
//!
//! ## Example
//!
//! ```sheet Plan
//! A1: Ref | Action | Lead | Status | RAG rating | Target date | Update
//! A2: 1.1.1 | Train staff | Wyevale Council | In progress | Amber/Green | 2014-03-31 | Done so far
//! ! E2 two-ratings: 1.1.1 was rated “Amber/Green”. We show Amber, the more cautious of the two, and keep the original.
//! ```
//!
//! ## How to fix
//!
//! Give one rating.
//!
//! ## Settings
//!
//! `combine = "worst"` on an ordered code list; without it two ratings are a query.

use super::common::tell_changes;
use super::common::words::quote;
use super::{Check, Context, Findings, Meta, Seen};
use crate::finding::{Effort, Severity};
use crate::model::ChangeKind;

pub(super) struct TwoRatings;

const META: Meta = Meta {
    name: "two-ratings",
    severity: Severity::Note,
    effort: Effort::Retype,
    source: include_str!("two_ratings.rs"),
};

impl Check for TwoRatings {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn cells(&self, cx: &Context<'_>, cells: &[Seen<'_>], out: &mut Findings<'_>) {
        tell_changes(cx, cells, ChangeKind::MoreCautious, out, |seen, typed, used| {
            format!(
                "{} was rated {}. We show {used}, the more cautious of the two, and keep the original.",
                cx.row_name(seen.schema, seen.record),
                quote(typed)
            )
        });
    }
}

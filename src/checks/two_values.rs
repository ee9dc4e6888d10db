//! One cell names two values where one is asked for.
//!
//! ## What it does
//!
//! Tells cells that name two partners, or two words of a list, in a column that holds one. Two ratings are no
//! finding where the list says that the worse of them counts.
//!
//! ## Why it matters
//!
//! One amount for two partners would be counted for one of them only, or for both.
//!
//! ## Example
//!
//! ```sheet Plan
//! A1: Ref | Action | Lead | Status | RAG rating | Target date | Update
//! A2: 1.1.1 | Train staff | Wyevale Council | Not started / Complete | Green | 2014-03-31 | Done so far
//! ! D2 two-values: D2 names two values for Status: “Not started / Complete”.
//! ```
//!
//! ## How to fix
//!
//! Split the row so that each is counted once, or name one.
//!
//! ## Settings
//!
//! `many = true` on a field lets a cell hold a list; `combine = "worst"` on a code list reads two ratings as the
//! worse.

use super::common::tell_unreadable;
use super::common::words::quote;
use super::{Check, Context, Findings, Meta, Seen};
use crate::finding::{Effort, Severity};
use crate::model::Misread;
use crate::schema::FieldType;

pub(super) struct TwoValues;

const META: Meta = Meta {
    name: "two-values",
    severity: Severity::Query,
    effort: Effort::Retype,
    source: include_str!("two_values.rs"),
};

impl Check for TwoValues {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn cells(&self, _: &Context<'_>, cells: &[Seen<'_>], out: &mut Findings<'_>) {
        let help = "Split the row so that each is counted once, or name one.";
        tell_unreadable(cells, help, out, |seen, held| {
            if held.why != Misread::TwoValues {
                return None;
            }
            Some(if seen.field.kind == FieldType::Agency {
                format!(
                    "{} names more than one partner: {}. Split it so that each is counted once.",
                    seen.cell.at.cell,
                    quote(&held.raw)
                )
            } else {
                format!(
                    "{} names two values for {}: {}.",
                    seen.cell.at.cell,
                    seen.field.title,
                    quote(&held.raw)
                )
            })
        });
    }
}

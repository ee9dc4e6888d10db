//! A share was written as a fraction and was read as a percentage.
//!
//! ## What it does
//!
//! Notes shares such as 0.61 that were read as 61%.
//!
//! ## Why it matters
//!
//! A share of 0.61% exists too; whoever checks should see what stood there.
//!
//! ## Example
//!
//! ```schema
//! [schema]
//! name = "small-return"
//! title = "Small return"
//! version = "1"
//!
//! [[table]]
//! name = "shares"
//! title = "Shares"
//! sheet = ["Shares"]
//!
//! [[table.fields]]
//! name = "line"
//! title = "Line"
//! type = "string"
//!
//! [[table.fields]]
//! name = "share"
//! title = "Share"
//! type = "percent"
//! ```
//! ```sheet Shares
//! A1: Line | Share
//! A2: Council | 0.61
//! ! B2 fraction-as-percent
//! ```
//!
//! ## How to fix
//!
//! Write the share with a percent sign.
//!
//! ## Settings
//!
//! None beside the severity in `round.toml`.

use super::common::tell_changes;
use super::common::words::quote;
use super::{Check, Context, Findings, Meta, Seen};
use crate::finding::Severity;
use crate::model::ChangeKind;

pub(super) struct FractionAsPercent;

const META: Meta = Meta {
    name: "fraction-as-percent",
    severity: Severity::Note,
    source: include_str!("fraction_as_percent.rs"),
};

impl Check for FractionAsPercent {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn cells(&self, cx: &Context<'_>, cells: &[Seen<'_>], out: &mut Findings<'_>) {
        tell_changes(cx, cells, ChangeKind::Fraction, out, |seen, typed, used| {
            format!("{} in {} was read as {used}.", quote(typed), seen.field.title)
        });
    }
}

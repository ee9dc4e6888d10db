//! A share was written as a fraction and was read as a percentage.
//!
//! ## What it does
//!
//! Notes shares such as 0.61 that were read as 61%, once for each column.
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

use super::common::words::quote;
use super::{Check, Context, Findings, Meta, Seen};
use crate::finding::{Effort, Severity};
use crate::model::{ChangeKind, SheetId};

pub(super) struct FractionAsPercent;

const META: Meta = Meta {
    name: "fraction-as-percent",
    severity: Severity::Note,
    effort: Effort::LookUp,
    source: include_str!("fraction_as_percent.rs"),
};

impl Check for FractionAsPercent {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn cells(&self, cx: &Context<'_>, cells: &[Seen<'_>], out: &mut Findings<'_>) {
        let mut columns: Vec<(usize, SheetId, usize)> = Vec::new();
        for seen in cells {
            let Some(change) = seen.changed(ChangeKind::Fraction) else { continue };
            let column = (seen.table.table, seen.table.sheet, seen.index);
            if columns.contains(&column) {
                continue;
            }
            columns.push(column);
            let (title, used) = (&seen.field.title, seen.used(cx));
            let message = format!("{title} holds fractions: {} was read as {used}.", quote(&change.typed));
            out.add(seen.at(), message).change(&change.typed, &used).field(title);
        }
    }
}

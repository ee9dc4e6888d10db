//! A column is not part of the template.
//!
//! ## What it does
//!
//! Notes every heading that the template does not have and under which something stands.
//!
//! ## Why it matters
//!
//! Its cells are listed on the sheet *Not used*, the first 5,000 of a table's, but they are in no table and no total.
//!
//! ## Example
//!
//! ```sheet Finance
//! A1: Budget line | Budget | Actual | Comments
//! A2: Training | 1000 | 400 | As planned
//! ! D1 extra-label: The column “Comments” is not part of the template. What stands in it (1 cell) is listed on the sheet Not used.
//! ```
//!
//! ## How to fix
//!
//! Nothing needs to be done, unless the column was meant for one of the template's.
//!
//! ## Settings
//!
//! `aliases` of a field name other headings for it.

use super::common::words::{count, quote};
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Location, Severity};
use crate::model::{Origin, Submission, Table};
use crate::schema::LayoutKind;
use std::collections::BTreeMap;

pub(super) struct ExtraLabel;

const META: Meta = Meta {
    name: "extra-label",
    severity: Severity::Note,
    effort: Effort::LookUp,
    source: include_str!("extra_label.rs"),
};

impl Check for ExtraLabel {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn table(&self, cx: &Context<'_>, _: &Submission, table: &Table, out: &mut Findings<'_>) {
        let repeated = &table.layout.repeated;
        let extras = table.layout.unmapped.iter().filter(|extra| !extra.blank && extra.filled > 0);
        let mut extras = extras.peekable();
        if extras.peek().is_none() {
            return;
        }
        let mut listed: BTreeMap<Origin, usize> = BTreeMap::new();
        for cell in table.extra_cells(cx.schema(table).layout == LayoutKind::Form) {
            *listed.entry(cell.under).or_default() += 1;
        }
        for extra in extras {
            // The same heading again is told as such.
            if repeated.iter().any(|(_, heading)| heading.at == extra.at) {
                continue;
            }
            let cells = count(extra.filled as usize, "cell", "cells");
            let kept = match listed.get(&extra.at).copied().unwrap_or(0) {
                kept if kept >= extra.filled as usize => "is listed on the sheet Not used.".to_owned(),
                kept => format!("is too much to be listed in full: the sheet Not used has the first {kept}."),
            };
            let message = format!(
                "The column {} is not part of the template. What stands in it ({cells}) {kept}",
                quote(&extra.heading)
            );
            out.add(Location::Cell(extra.at), message);
        }
    }
}

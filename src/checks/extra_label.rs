//! A column is not part of the template.
//!
//! ## What it does
//!
//! Notes every heading that the template does not have and under which something stands.
//!
//! ## Why it matters
//!
//! Its contents are kept and listed, but they are in no table and no total.
//!
//! ## Example
//!
//! ```sheet Finance
//! A1: Budget line | Budget | Actual | Comments
//! A2: Training | 1000 | 400 | As planned
//! ! D1 extra-label: The column “Comments” is not part of the template. What stands in it (1 cell) is kept on the sheet Not used.
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
use crate::finding::{Location, Severity};
use crate::model::{Submission, Table};

pub(super) struct ExtraLabel;

const META: Meta =
    Meta { name: "extra-label", severity: Severity::Note, source: include_str!("extra_label.rs") };

impl Check for ExtraLabel {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn table(&self, _: &Context<'_>, _: &Submission, table: &Table, out: &mut Findings<'_>) {
        let repeated = &table.layout.repeated;
        for extra in table.layout.unmapped.iter().filter(|extra| !extra.blank && extra.filled > 0) {
            // The same heading again is told as such.
            if repeated.iter().any(|(_, heading)| heading.at == extra.at) {
                continue;
            }
            let cells = count(extra.filled as usize, "cell", "cells");
            let message = format!(
                "The column {} is not part of the template. What stands in it ({cells}) is kept on the sheet Not used.",
                quote(&extra.heading)
            );
            out.add(Location::Cell(extra.at), message);
        }
    }
}

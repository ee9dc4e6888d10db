//! A column has no heading, but something stands in it.
//!
//! ## What it does
//!
//! Tells columns beside the table that hold something and have no heading.
//!
//! ## Why it matters
//!
//! Nobody can tell what the cells mean. They are kept and listed, but they are in no table.
//!
//! ## Example
//!
//! ```sheet Finance
//! A1: Budget line | Budget | Actual
//! A2: Training | 1000 | 400 | 17
//! ! D2 blank-header: Column D has no heading, but 1 cell in it is filled.
//! ```
//!
//! ## How to fix
//!
//! Give the column its heading, or clear it.
//!
//! ## Settings
//!
//! None beside the severity in `round.toml`.

use super::common::words::count;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Location, Severity};
use crate::model::{Submission, Table, column_letters};
use crate::schema::LayoutKind;

pub(super) struct BlankHeader;

const META: Meta = Meta {
    name: "blank-header",
    severity: Severity::Query,
    effort: Effort::LookUp,
    source: include_str!("blank_header.rs"),
};

impl Check for BlankHeader {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn table(&self, cx: &Context<'_>, _: &Submission, table: &Table, out: &mut Findings<'_>) {
        // What stands beside the labels of a form is no column.
        if cx.schema(table).layout == LayoutKind::Form {
            return;
        }
        for extra in table.layout.unmapped.iter().filter(|extra| extra.blank && extra.filled > 0) {
            let verb = if extra.filled == 1 { "is" } else { "are" };
            let message = format!(
                "Column {} has no heading, but {} in it {verb} filled.",
                column_letters(extra.at.cell.column),
                count(extra.filled as usize, "cell", "cells")
            );
            out.add(Location::Cell(extra.at), message).help("Give the column its heading, or clear it.");
        }
    }
}

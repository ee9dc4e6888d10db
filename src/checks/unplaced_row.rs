//! A row cannot be placed, because what tells it apart is not there or could not be read.
//!
//! ## What it does
//!
//! Tells rows without the reference that the plan goes by, and rows in which a part of the key could not be read where
//! that is not told at the cell itself. They are held, not merged.
//!
//! ## Why it matters
//!
//! Without its reference nobody can say which row it is, and whether it came before. Its amounts are not counted until
//! it can be placed.
//!
//! ## Example
//!
//! ```schema
//! [schema]
//! name = "plan"
//! title = "Plan"
//! version = "1"
//!
//! [[list]]
//! name = "rating"
//! title = "Rating"
//! ordered = true
//! categories = [{ value = "red", label = "Red" }, { value = "green", label = "Green" }]
//!
//! [[table]]
//! name = "plan"
//! title = "Plan"
//! sheet = ["Plan"]
//! primaryKey = ["ref"]
//! register = { key = "ref", title = "action" }
//!
//! [[table.fields]]
//! name = "ref"
//! title = "Ref"
//! type = "string"
//!
//! [[table.fields]]
//! name = "action"
//! title = "Action"
//! type = "string"
//! role = "title"
//!
//! [[table.fields]]
//! name = "rating"
//! title = "Rating"
//! type = "code"
//! list = "rating"
//! role = "rating"
//! ```
//! ```plan
//! ref,action,agencies
//! 1.1.1,Update procedures,NHS
//! 1.2.1,Say how children are heard,NHS
//! 1.2.2,Report what was heard and what changed,NHS
//! ```
//! ```file nhs.xlsx
//! ```
//! ```sheet Plan
//! A1: Ref | Action | Rating
//! A2: | Update procedures | Green
//! ! A2 unplaced-row: The cell ‘Ref’ in row 2 is blank, so we cannot tell which action it is about. The words of the row are those of 1.1.1. Is it 1.1.1?
//! ```
//!
//! ## How to fix
//!
//! Fill in or correct what the message names, and send the return again.
//!
//! ## Settings
//!
//! `primaryKey` and `register` of a table.

use super::common::held;
use super::unexpected_row::meant;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Location, Severity};
use crate::model::{HeldReason, Submission};
use crate::round::held::Held;
use std::collections::BTreeSet;

pub(super) struct UnplacedRow;

const META: Meta = Meta {
    name: "unplaced-row",
    severity: Severity::Query,
    effort: Effort::LookUp,
    source: include_str!("unplaced_row.rs"),
};

impl Check for UnplacedRow {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn held(&self, cx: &Context<'_>, submission: &Submission, held: &[Held<'_>], out: &mut Findings<'_>) {
        let unreadable = |row: &Held<'_>| match row.why {
            HeldReason::UnreadableKey { field } => Some(Location::Cell(held::cell(row, field))),
            _ => None,
        };
        let places: BTreeSet<Location> = held.iter().filter_map(unreadable).collect();
        let told = out.add_help(&places, "The whole row is held until this is answered.");
        for row in held {
            let (HeldReason::UnreadableKey { field } | HeldReason::NoKey { field }) = row.why else {
                continue;
            };
            let at = Location::Cell(held::cell(row, field));
            let Some(asked) = cx.schema(row.table).fields.get(field).filter(|_| !told.contains(&at)) else {
                continue;
            };
            let (number, title) = (row.record.at.cell.row + 1, &asked.title);
            let message = match row.why {
                HeldReason::NoKey { .. } => {
                    let words = meant(cx, row, submission.identity.partner);
                    let words = words.map(|meant| format!(" {meant}")).unwrap_or_default();
                    format!(
                        "The cell ‘{title}’ in row {number} is blank, so we cannot tell which action it is about.{words}"
                    )
                }
                _ => format!(
                    "The {title} of row {number} could not be read, so we cannot tell which row it is."
                ),
            };
            out.add(at, message)
                .field(title)
                .help("The row is held. Fill in or correct it, and send the return again.");
        }
    }
}

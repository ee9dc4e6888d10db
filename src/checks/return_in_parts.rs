//! A partner sent its return in several files.
//!
//! ## What it does
//!
//! Where files of one partner have no table in common but the cover, they are read as one return. This tells which file
//! brought which table. A cover in the second file is not merged again.
//!
//! ## Why it matters
//!
//! Without the second file its figures would be missing; if it is an older or another return, they do not belong.
//!
//! ## Example
//!
//! ```file nhs figures.xlsx
//! ! return-in-parts: NHS Wyevale sent its return in 2 files: nhs plan.xlsx (Plan) and nhs figures.xlsx (Finance). We read them as one return and counted nothing twice. Tell us if one of them does not belong.
//! ```
//! ```sheet Finance
//! A1: Budget line | Budget | Actual
//! A2: Training | 1000 | 400
//! ```
//! ```file nhs plan.xlsx
//! ```
//! ```sheet Plan
//! A1: Ref | Action | Lead | Status | RAG rating | Target date | Update
//! A2: 1.1.1 | Train staff | NHS Wyevale | In progress | Green | 2014-03-31 | Done so far
//! ```
//!
//! ## How to fix
//!
//! Send everything in one workbook next time. If a file does not belong, take it out of the folder.
//!
//! ## Settings
//!
//! None beside the severity in `round.toml`.

use super::common::words::{count, list};
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Location, Severity};
use crate::model::{Consolidated, ReturnInfo};
use std::collections::BTreeSet;

pub(super) struct ReturnInParts;

const META: Meta = Meta {
    name: "return-in-parts",
    severity: Severity::Query,
    effort: Effort::LookUp,
    source: include_str!("return_in_parts.rs"),
};

impl Check for ReturnInParts {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn round(&self, cx: &Context<'_>, whole: &Consolidated, out: &mut Findings<'_>) {
        for first in &whole.returns {
            let is_part = |entry: &&ReturnInfo| {
                entry.part_of == Some(first.file) && entry.identity.partner == first.identity.partner
            };
            let parts: Vec<&ReturnInfo> = whole.returns.iter().filter(is_part).collect();
            let Some(part) = parts.first() else { continue };
            let mut told = BTreeSet::new();
            let mut files = Vec::new();
            for entry in std::iter::once(first).chain(parts.iter().copied()) {
                let new = entry.layouts.iter().map(|layout| layout.table).filter(|table| told.insert(*table));
                let titles: Vec<&str> = new
                    .filter_map(|table| cx.round.schema.tables.get(table))
                    .map(|table| table.title.as_str())
                    .collect();
                files.push(format!("{} ({})", cx.places.file(entry.file), list(&titles)));
            }
            let sender = first.identity.partner.map_or("A partner", |partner| cx.partner(partner));
            let message = format!(
                "{sender} sent its return in {}: {}. We read them as one return and counted nothing twice. Tell us if one of them does not belong.",
                count(files.len(), "file", "files"),
                list(&files)
            );
            out.add(Location::File(part.file), message).partner(first.identity.partner);
        }
    }
}

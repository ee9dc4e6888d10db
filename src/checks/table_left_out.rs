//! A return that is not used has a table that the one used in its place lacks.
//!
//! ## What it does
//!
//! Looks at returns in whose place another of the same partner is used, and tells tables that only the other file has.
//!
//! ## Why it matters
//!
//! A partner that sends its plan in one file and its figures in another has sent one return in two files. One of them is
//! not merged, and its amounts are missing from every total.
//!
//! ## Example
//!
//! ```file nhs figures.xlsx
//! ! table-left-out: nhs figures.xlsx has a table that nhs plan.xlsx lacks: Finance. It was not merged. Put both in one workbook and send it again.
//! ! superseded-submission
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
//! Put both files in one workbook and send it again.
//!
//! ## Settings
//!
//! None beside the severity in `round.toml`.

use super::common::words::list;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Location, Severity};
use crate::model::{Consolidated, ReturnState};
use std::collections::BTreeSet;

pub(super) struct TableLeftOut;

const META: Meta =
    Meta { name: "table-left-out", severity: Severity::Error, source: include_str!("table_left_out.rs") };

impl Check for TableLeftOut {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn round(&self, cx: &Context<'_>, whole: &Consolidated, out: &mut Findings<'_>) {
        for entry in &whole.returns {
            let ReturnState::Superseded { by, .. } = &entry.state else { continue };
            let Some(used) = whole.returns.iter().find(|other| other.file == *by) else { continue };
            let only_here: BTreeSet<usize> = entry
                .layouts
                .iter()
                .map(|layout| layout.table)
                .filter(|table| used.absent.contains(table))
                .collect();
            let titles: Vec<&str> = only_here
                .iter()
                .filter_map(|table| cx.round.schema.tables.get(*table))
                .map(|table| table.title.as_str())
                .collect();
            if titles.is_empty() {
                continue;
            }
            let (a, it) = if titles.len() == 1 { ("a table", "It was") } else { ("tables", "They were") };
            let message = format!(
                "{} has {a} that {} lacks: {}. {it} not merged. Put both in one workbook and send it again.",
                cx.places.file(entry.file),
                cx.places.file(*by),
                list(&titles)
            );
            out.add(Location::File(entry.file), message).partner(entry.identity.partner);
        }
    }
}

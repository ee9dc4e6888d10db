//! A return that is not used has a table that the one used in its place lacks.
//!
//! ## What it does
//!
//! Looks at returns in whose place another of the same partner is used, and tells tables that only the other file has.
//!
//! ## Why it matters
//!
//! A newer file with less in it may be a correction of one table only. The older one is not merged, and the amounts that
//! only it has are missing from every total.
//!
//! ## Example
//!
//! ```file nhs v1.xlsx
//! ! table-left-out: nhs v1.xlsx has a table that nhs v2.xlsx lacks: Finance. It was not merged. Put both in one workbook and send it again.
//! ! superseded-submission
//! ```
//! ```sheet Finance
//! A1: Budget line | Budget | Actual
//! A2: Training | 1000 | 400
//! ```
//! ```sheet Plan
//! A1: Ref | Action | Lead | Status | RAG rating | Target date | Update
//! A2: 1.1.1 | Train staff | NHS Wyevale | In progress | Amber | 2014-03-31 | Begun
//! ```
//! ```file nhs v2.xlsx
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
use crate::finding::{Effort, Location, Severity};
use crate::model::{Consolidated, ReturnInfo, ReturnState};
use std::collections::BTreeSet;

pub(super) struct TableLeftOut;

const META: Meta = Meta {
    name: "table-left-out",
    severity: Severity::Error,
    effort: Effort::LookUp,
    source: include_str!("table_left_out.rs"),
};

impl Check for TableLeftOut {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn round(&self, cx: &Context<'_>, whole: &Consolidated, out: &mut Findings<'_>) {
        for entry in &whole.returns {
            let ReturnState::Superseded { by, .. } = &entry.state else { continue };
            // A file may hold returns of other partners too.
            let is_used =
                |other: &&ReturnInfo| other.file == *by && other.identity.partner == entry.identity.partner;
            let Some(used) = whole.returns.iter().find(is_used) else { continue };
            let only_here: BTreeSet<usize> = entry
                .layouts
                .iter()
                .map(|layout| layout.table)
                .filter(|table| !whole.returns.iter().any(|one| is_used_for(one, used, *table)))
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

/// True if a return that is used brings this table of the same partner.
fn is_used_for(one: &ReturnInfo, used: &ReturnInfo, table: usize) -> bool {
    one.state == ReturnState::Accepted
        && one.identity.partner == used.identity.partner
        && one.layouts.iter().any(|layout| layout.table == table)
}

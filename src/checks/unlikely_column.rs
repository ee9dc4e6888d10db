//! What stands in a column does not suit its heading.
//!
//! ## What it does
//!
//! Asks about a column of the template in which at least four of five filled cells, and no fewer than four, hold
//! something of another kind: numbers where ratings are expected, sentences where dates or amounts are. It is asked once
//! for the column, not for each cell.
//!
//! ## Why it matters
//!
//! A column that is read as another one changes every row: a rank read as a score puts the last first.
//!
//! ## Example
//!
//! ```sheet Plan
//! A1: Ref | Action | Lead | Status | RAG rating | Target date | Update
//! A2: a | Train staff | Wyevale Council | In progress | 1 | 2014-03-31 | Booked
//! A3: b | Train more | Wyevale Council | In progress | 9 | 2014-03-31 | Booked
//! A4: c | Train all | Wyevale Council | In progress | 17 | 2014-03-31 | Booked
//! A5: d | Train again | Wyevale Council | In progress | 24 | 2014-03-31 | Booked
//! ! E1 unlikely-column: The column read as RAG rating holds numbers 1 to 24. It may be a different column.
//! ```
//!
//! ## How to fix
//!
//! Give the column its own heading, or put the right values under it.
//!
//! ## Settings
//!
//! None beside the severity in `round.toml`.

use super::common::unlikely;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Location, Severity};
use crate::model::{Submission, Table};

pub(super) struct UnlikelyColumn;

const META: Meta =
    Meta { name: "unlikely-column", severity: Severity::Query, source: include_str!("unlikely_column.rs") };

impl Check for UnlikelyColumn {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn table(&self, cx: &Context<'_>, _: &Submission, table: &Table, out: &mut Findings<'_>) {
        let schema = cx.schema(table);
        for (index, (field, heading)) in schema.fields.iter().zip(&table.layout.columns).enumerate() {
            let Some(heading) = heading else { continue };
            let Some(contents) = unlikely::contents(&cx.round.schema, table, index, field) else { continue };
            let message =
                format!("The column read as {} holds {contents}. It may be a different column.", field.title);
            out.add(Location::Cell(heading.at), message)
                .field(&field.title)
                .help("Give the column its own heading, or put the right values under it.");
        }
    }
}

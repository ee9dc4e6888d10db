//! The status and the rating of a row contradict each other.
//!
//! ## What it does
//!
//! Tells rows whose status means *complete* and whose rating is not the best of its list.
//!
//! ## Why it matters
//!
//! An action that is complete and red is one of the two. Counting it either way may be wrong.
//!
//! ## Example
//!
//! ```sheet Plan
//! A1: Ref | Action | Lead | Status | RAG rating | Target date | Update
//! A2: 2.2.1 | Train staff | Wyevale Council | Complete | Red | 2014-03-31 | Done
//! ! E2 contradictory-status: 2.2.1 is Complete and Red. Change one of them.
//! ```
//!
//! ## How to fix
//!
//! Change the status or the rating.
//!
//! ## Settings
//!
//! `role = "status"` and `role = "rating"` on fields; `means = "complete"` on a category; an `ordered` list whose
//! last category is the best.

use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Location, Severity};
use crate::model::{Cell, ChangeKind, Record, Table};
use crate::schema::{CodeList, Role};

pub(super) struct ContradictoryStatus;

const META: Meta = Meta {
    name: "contradictory-status",
    severity: Severity::Query,
    effort: Effort::LookUp,
    source: include_str!("contradictory_status.rs"),
};

impl Check for ContradictoryStatus {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn rows(&self, cx: &Context<'_>, table: &Table, rows: &[Record], out: &mut Findings<'_>) {
        let schema = cx.schema(table);
        let (Some(status), Some(rating)) = (schema.role(Role::Status), schema.role(Role::Rating)) else {
            return;
        };
        let list = |field: usize| cx.round.schema.lists.get(schema.fields[field].list?);
        let (Some(statuses), Some(ratings)) = (list(status), list(rating)) else { return };
        let Some(best) = best(ratings) else { return };
        for record in rows {
            let code = |field: usize| record.cells.get(field).and_then(Cell::code);
            let (Some(stated), Some(rated)) = (code(status), code(rating)) else { continue };
            // A colour that says something else than its word is asked about by itself.
            let change = record.cells[rating].change.as_ref();
            if change.is_some_and(|change| change.kind == ChangeKind::ColourDisagrees) {
                continue;
            }
            let Some(stated) = statuses.categories.get(usize::from(stated)) else { continue };
            if stated.means.as_deref() != Some("complete") || usize::from(rated) >= best {
                continue;
            }
            let Some(rated) = ratings.categories.get(usize::from(rated)) else { continue };
            let message = format!(
                "{} is {} and {}. Change one of them.",
                cx.row_name(schema, record),
                stated.label,
                rated.label
            );
            out.add(Location::Cell(record.cells[rating].at), message)
                .field(&schema.fields[rating].title)
                .related([(Location::Cell(record.cells[status].at), "status".to_owned())]);
        }
    }
}

/// The best category's place, if the order of the list means something.
fn best(list: &CodeList) -> Option<usize> {
    list.ordered.then(|| list.categories.len().saturating_sub(1))
}

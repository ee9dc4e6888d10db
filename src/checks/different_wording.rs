//! A row has the reference of one action and the words of another.
//!
//! ## What it does
//!
//! Compares the wording of each row with that of the plan's entry of the same reference. It is told if fewer than
//! half of the words of either are in the other.
//!
//! ## Why it matters
//!
//! References are sometimes used again for something else the next year. Counting the row for this year's action
//! would be wrong.
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
//! A2: 1.1.1 | Private fostering arrangements | Green
//! ! B2 different-wording: 1.1.1 is “Update procedures” in the plan, but the return says “Private fostering arrangements”. It may be next year's number.
//! ```
//!
//! ## How to fix
//!
//! Correct the reference, or the wording.
//!
//! ## Settings
//!
//! `register = { key = …, title = … }` of a table, and `plan.csv`.

use super::common::planned::worded;
use super::common::words::quote;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Location, Severity};
use crate::model::{Cell, Submission, Table, words_alike};

pub(super) struct DifferentWording;

const META: Meta = Meta {
    name: "different-wording",
    severity: Severity::Query,
    effort: Effort::LookUp,
    source: include_str!("different_wording.rs"),
};

impl Check for DifferentWording {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn table(&self, cx: &Context<'_>, submission: &Submission, table: &Table, out: &mut Findings<'_>) {
        let schema = cx.schema(table);
        let plan = &cx.round.plan;
        let (Some(register), Some(heading)) = (schema.register, plan.title) else { return };
        let Some(title) = register.title else { return };
        for record in &table.records {
            let Some(key) = record.cells.get(register.key).and_then(Cell::text) else { continue };
            let Some(cell) = record.cells.get(title) else { continue };
            let (Some(said), Some(entry)) = (cell.text(), plan.by_key.get(key)) else { continue };
            let Some(planned) = plan.entries[*entry].cells.get(heading) else { continue };
            if said == planned || words_alike(said, planned) {
                continue;
            }
            let meant = worded(plan, said, submission.identity.partner).map_or_else(
                || "It may be next year's number.".to_owned(),
                |other| format!("Those are the words of {other}. Is it {other}?"),
            );
            let (planned, said) = (quote(planned), quote(said));
            let message = format!("{key} is {planned} in the plan, but the return says {said}. {meant}");
            out.add(Location::Cell(cell.at), message).field(&schema.fields[title].title);
        }
    }
}

//! A reference that Excel has changed was put right by its row's wording.
//!
//! ## What it does
//!
//! Excel keeps 4.10 as 4.1, and takes 3-4 for 3 April. Where the plan has the reference that was probably typed, and the
//! words of the row are those of that entry, the row is matched to it, and the match is asked about.
//!
//! ## Why it matters
//!
//! The row would be taken for another action, or for none.
//!
//! ## Example
//!
//! ```schema
//! [schema]
//! name = "plan"
//! title = "Plan"
//! version = "1"
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
//! ```
//! ```plan
//! ref,action,agencies
//! 3.4,Map every provider in the county,NHS
//! 4.1,Finish the e-learning course,NHS
//! 4.10,Publish the training calendar,NHS
//! ```
//! ```file nhs.xlsx
//! ```
//! ```sheet Plan
//! A1: Ref | Action
//! A2: 3.4 | Map every provider in the county
//! A3: 4.1 | Finish the e-learning course
//! A4: 4.1 | Publish the training calendar
//! ! A3 number-to-text
//! ! A2 number-to-text
//! ! A4 ref-by-wording: The ref in A4 is 4.1. From its wording this is 4.10, which Excel shortens to 4.1. We matched it by its wording.
//! ```
//!
//! ## How to fix
//!
//! Confirm the reference. Format the column as text before typing it next time.
//!
//! ## Settings
//!
//! `register = { key = …, title = … }` of a table, and `plan.csv`.

use super::{Check, Context, Findings, Meta, Seen};
use crate::finding::{Effort, Severity};
use crate::model::ChangeKind;

pub(super) struct RefByWording;

const META: Meta = Meta {
    name: "ref-by-wording",
    severity: Severity::Query,
    effort: Effort::LookUp,
    source: include_str!("ref_by_wording.rs"),
};

impl Check for RefByWording {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn cells(&self, cx: &Context<'_>, cells: &[Seen<'_>], out: &mut Findings<'_>) {
        for seen in cells {
            let Some(change) = seen.changed(ChangeKind::KeyByWording) else { continue };
            let (at, used, typed) = (seen.cell.at.cell, seen.used(cx), &change.typed);
            let message = if used.strip_suffix('0') == Some(typed) {
                format!(
                    "The ref in {at} is {typed}. From its wording this is {used}, which Excel shortens to {typed}. We matched it by its wording."
                )
            } else {
                format!("The ref in {at} became a date. From its wording this is {used}.")
            };
            out.add(seen.at(), message)
                .change(typed, &used)
                .field(&seen.field.title)
                .help("Confirm it. Format the column as text before typing the reference next time.");
        }
    }
}

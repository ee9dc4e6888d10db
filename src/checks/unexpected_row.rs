//! A row is not in the plan.
//!
//! ## What it does
//!
//! Tells rows whose reference the plan does not have, or that the plan asks another partner about. They are held,
//! not merged.
//!
//! ## Why it matters
//!
//! The consolidated plan shows what was agreed. A row of a partner's own may be a new action, or next year's
//! number.
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
//! A2: "3.4" | Private fostering | Green
//! ! A2 unexpected-row: Row 2 is not in the plan: 3.4, “Private fostering”. Should it be added as a new action?
//! ```
//!
//! ## How to fix
//!
//! Tell the Business Unit whether it is a new action. If the reference was mistyped, correct it.
//!
//! ## Settings
//!
//! `register` of a table, and `plan.csv`.

use super::common::held;
use super::common::words::quote;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Location, Severity};
use crate::model::{Cell, HeldReason, Submission};
use crate::round::Register;
use crate::round::held::Held;

pub(super) struct UnexpectedRow;

const META: Meta = Meta {
    name: "unexpected-row",
    severity: Severity::Query,
    effort: Effort::LookUp,
    source: include_str!("unexpected_row.rs"),
};

impl Check for UnexpectedRow {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn held(&self, cx: &Context<'_>, submission: &Submission, held: &[Held<'_>], out: &mut Findings<'_>) {
        for row in held {
            let message = match &row.why {
                HeldReason::NotInPlan { key } => not_in_plan(cx, row, key),
                HeldReason::NotAsked { key } => {
                    let sender =
                        submission.identity.partner.map_or("the sender", |sender| cx.partner(sender));
                    format!("The plan does not ask {sender} about {key}. Should it?")
                }
                _ => continue,
            };
            let Some(register) = cx.schema(row.table).register else { continue };
            out.add(Location::Cell(held::cell(row, register.key)), message)
                .help("The row is held. Tell the Business Unit whether it belongs in the plan.");
        }
    }
}

fn not_in_plan(cx: &Context<'_>, held: &Held<'_>, key: &str) -> String {
    let title = cx.schema(held.table).register.and_then(|register| register.title);
    let title = title.and_then(|field| held.record.cells.get(field)).and_then(Cell::text);
    let title = title.map_or_else(String::new, |title| format!(", {}", quote(title)));
    let row = held.record.at.cell.row + 1;
    let part = parts(&cx.round.plan, key).map_or_else(String::new, |first| {
        format!(" In this plan {key} is the number above {first}; it may be next year's number.")
    });
    format!("Row {row} is not in the plan: {key}{title}.{part} Should it be added as a new action?")
}

/// The first entry of the plan whose number begins with this one, such as 3.4.1 for 3.4.
fn parts<'p>(plan: &'p Register, key: &str) -> Option<&'p str> {
    let below = format!("{key}.");
    let (found, _) = plan.by_key.range(below.clone()..).next()?;
    found.starts_with(&below).then_some(found.as_str())
}

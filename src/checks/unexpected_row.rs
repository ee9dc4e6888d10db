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
use super::common::planned::worded;
use super::common::words::quote;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Location, Severity};
use crate::model::{Cell, HeldReason, PartnerId, Submission};
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
        let sender = submission.identity.partner;
        for row in held {
            let meant = || meant(cx, row, sender);
            let message = match &row.why {
                HeldReason::NotInPlan { key } => not_in_plan(cx, row, key, meant()),
                HeldReason::NotAsked { key } => {
                    let sender = sender.map_or("the sender", |sender| cx.partner(sender));
                    let should = meant().unwrap_or_else(|| "Should it?".to_owned());
                    format!("The plan does not ask {sender} about {key}. {should}")
                }
                _ => continue,
            };
            let Some(register) = cx.schema(row.table).register else { continue };
            out.add(Location::Cell(held::cell(row, register.key)), message)
                .help("The row is held. Correct the reference, or tell the Business Unit whether it belongs in the plan.");
        }
    }
}

/// Asks whether a row is about the action, of another reference than its own, whose words it has.
pub(super) fn meant(cx: &Context<'_>, held: &Held<'_>, sender: Option<PartnerId>) -> Option<String> {
    let title = cx.schema(held.table).register.and_then(|register| register.title)?;
    let said = held.record.cells.get(title).and_then(Cell::text)?;
    let own = match &held.why {
        HeldReason::NotInPlan { key } | HeldReason::NotAsked { key } => key,
        _ => "",
    };
    let key = worded(&cx.round.plan, said, sender).filter(|key| *key != own)?;
    Some(format!("The words of the row are those of {key}. Is it {key}?"))
}

fn not_in_plan(cx: &Context<'_>, held: &Held<'_>, key: &str, meant: Option<String>) -> String {
    let title = cx.schema(held.table).register.and_then(|register| register.title);
    let title = title.and_then(|field| held.record.cells.get(field)).and_then(Cell::text);
    let title = title.map_or_else(String::new, |title| format!(", {}", quote(title)));
    let row = held.record.at.cell.row + 1;
    if let Some(meant) = meant {
        return format!("Row {row} is not in the plan: {key}{title}. {meant}");
    }
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

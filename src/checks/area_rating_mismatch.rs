//! The rating of a whole area is not the one that its actions come to.
//!
//! ## What it does
//!
//! Where a table of a return states ratings of whole areas (or of any other groups of actions), works each out again from
//! the return's own actions: an area is as bad as its worst action. Rows that are held do not count. An action
//! without a rating counts as the best if it is complete; otherwise it leaves open only whether the area is
//! worse than the others say, so that a worse rating is left alone and a better one is still told.
//! What was withdrawn counts for no area. An area of which the return has no action is noted.
//!
//! ## Why it matters
//!
//! Boards and Cabinet read the areas. A green area with a red action in it hides what is not done.
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
//! categories = [
//!   { value = "red", label = "Red" },
//!   { value = "amber", label = "Amber" },
//!   { value = "green", label = "Green" },
//! ]
//!
//! [[table]]
//! name = "plan"
//! title = "Plan"
//! sheet = ["Plan"]
//! primaryKey = ["ref"]
//!
//! [[table.fields]]
//! name = "ref"
//! title = "Ref"
//! type = "string"
//!
//! [[table.fields]]
//! name = "area"
//! title = "Area"
//! type = "string"
//!
//! [[table.fields]]
//! name = "rating"
//! title = "Rating"
//! type = "code"
//! list = "rating"
//! role = "rating"
//!
//! [[table]]
//! name = "areas"
//! title = "Areas"
//! sheet = ["Areas"]
//! primaryKey = ["area"]
//! rates = { table = "plan", by = "area" }
//!
//! [[table.fields]]
//! name = "area"
//! title = "Area"
//! type = "string"
//!
//! [[table.fields]]
//! name = "overall"
//! title = "Overall"
//! type = "code"
//! list = "rating"
//! role = "rating"
//! ```
//! ```sheet Plan
//! A1: Ref | Area | Rating
//! A2: "1.1" | Voice of the child | Green
//! A3: "1.2" | Voice of the child | Red
//! A4: "2.1" | Training | Green
//! ```
//! ```sheet Areas
//! A1: Area | Overall
//! A2: Voice of the child | Amber
//! A3: Training | Green
//! ! B2 area-rating-mismatch: Voice of the child is rated Amber, and its worst action in this return, 1.2, is Red.
//! ```
//!
//! ## How to fix
//!
//! Correct the rating of the area, or that of the action.
//!
//! ## Settings
//!
//! `rates = { table = …, by = … }` of the table with the ratings of areas. `by` is a field of both tables, or of this one and a
//! column of `plan.csv`. Both have a field with the role *rating* and the same list, ordered from worst to best.

use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Location, Severity};
use crate::model::{Record, ResponseRow, Submission, Table, fold};
use crate::round::held;
use crate::schema::{Rates, Ratings, Role, TableSchema};
use std::collections::{BTreeMap, BTreeSet};

pub(super) struct AreaRatingMismatch;

const META: Meta = Meta {
    name: "area-rating-mismatch",
    severity: Severity::Query,
    effort: Effort::LookUp,
    source: include_str!("area_rating_mismatch.rs"),
};

impl Check for AreaRatingMismatch {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn table(&self, cx: &Context<'_>, submission: &Submission, table: &Table, out: &mut Findings<'_>) {
        let schema = cx.schema(table);
        let (Some(rates), Some(rating)) = (schema.rates, schema.role(Role::Rating)) else { return };
        let areas = areas(cx, submission, rates, &schema.fields[rates.by].name);
        let ratings = Ratings::new(&cx.round.schema, rates.table);
        let labels = ratings.labels();
        let label = |rating: u16| labels.get(usize::from(rating)).copied().unwrap_or_default();
        for record in &table.records {
            let Some(name) = shown(cx, schema, record, rates.by) else { continue };
            let Some(cell) = record.cells.get(rating) else { continue };
            let Some(stated) = cell.code() else { continue };
            let Some(area) = areas.get(&fold(&name)) else {
                if !areas.is_empty() {
                    let message =
                        format!("No action in this return is in {name}: its rating was compared with none.");
                    let help = "If there is such an action, write the area as the action has it.";
                    out.add(Location::Cell(cell.at), message).help(help).severity(Severity::Note);
                }
                continue;
            };
            let Some((worst, action)) = &area.worst else { continue };
            if stated == *worst || (area.has_open && stated < *worst) {
                continue;
            }
            let message = format!(
                "{name} is rated {}, and its worst action in this return, {action}, is {}.",
                label(stated),
                label(*worst)
            );
            let help = format!("Correct the rating of {name} or that of {action}.");
            out.add(Location::Cell(cell.at), message).help(help);
        }
    }
}

/// What a return's actions say of an area.
#[derive(Default)]
struct Area {
    /// The worst rating and the first action that has it.
    worst: Option<(u16, String)>,
    /// True if an action has no rating.
    has_open: bool,
}

fn areas(cx: &Context<'_>, submission: &Submission, rates: Rates, by: &str) -> BTreeMap<String, Area> {
    let held: BTreeSet<(usize, usize)> =
        held::rows(cx.round, submission).iter().map(|row| row.place).collect();
    let ratings = Ratings::new(&cx.round.schema, rates.table);
    let mut areas: BTreeMap<String, Area> = BTreeMap::new();
    for (number, table) in
        submission.tables.iter().enumerate().filter(|(_, table)| table.table == rates.table)
    {
        let schema = cx.schema(table);
        for (row, record) in table.records.iter().enumerate() {
            if held.contains(&(number, row)) {
                continue;
            }
            let Some(name) = group(cx, schema, record, (rates.theirs, by)) else { continue };
            let area = areas.entry(fold(&name)).or_default();
            let code = |role| record.cells.get(schema.role(role)?)?.code();
            let answer = ResponseRow {
                at: record.at,
                ordinal: 0,
                rating: code(Role::Rating),
                status: code(Role::Status),
            };
            if answer.status.is_some_and(|status| ratings.means(status, &["withdrawn"])) {
                continue;
            }
            match ratings.used(answer) {
                None => area.has_open = true,
                Some(rating) if area.worst.as_ref().is_none_or(|(worst, _)| rating < *worst) => {
                    area.worst = Some((rating, cx.row_name(schema, record)));
                }
                Some(_) => {}
            }
        }
    }
    areas
}

/// The area of an action: as its row says, or the plan.
fn group(
    cx: &Context<'_>,
    schema: &TableSchema,
    record: &Record,
    (field, by): (Option<usize>, &str),
) -> Option<String> {
    if let Some(said) = field.and_then(|field| shown(cx, schema, record, field)) {
        return Some(said);
    }
    let plan = &cx.round.plan;
    let key = held::register_key(cx.round, schema, record)?;
    let entry = plan.entries.get(*plan.by_key.get(key.as_ref())?)?;
    entry.cells.get(plan.heading(by)?).filter(|cell| !cell.is_empty()).cloned()
}

fn shown(cx: &Context<'_>, schema: &TableSchema, record: &Record, field: usize) -> Option<String> {
    let value = record.cells.get(field)?.value()?;
    Some(cx.show(value, schema.fields.get(field)?).into_owned())
}

//! The direction of travel is not the one that the ratings took.
//!
//! ## What it does
//!
//! Works out from the rating and that of the round before whether an action is better, the same or worse, where the
//! settings name that round, and compares with the direction that the return gives. Movement within a rating, such as
//! better and still amber, is left alone: the colours are too coarse for it. So is a rating that is asked about anyway: two
//! in one cell, a word in another colour, complete and not green.
//!
//! ## Why it matters
//!
//! An arrow that points up beside a rating that went down hides the fall.
//!
//! ## Example
//!
//! ```schema
//! [schema]
//! name = "plan"
//! title = "Plan"
//! version = "1"
//!
//! [identity]
//! fileName = true
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
//! [[list]]
//! name = "direction"
//! title = "Direction"
//! categories = [
//!   { value = "better", label = "Better" },
//!   { value = "same", label = "Same" },
//!   { value = "worse", label = "Worse" },
//!   { value = "new", label = "New" },
//! ]
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
//!
//! [[table.fields]]
//! name = "rating"
//! title = "Rating"
//! type = "code"
//! list = "rating"
//! role = "rating"
//!
//! [[table.fields]]
//! name = "update"
//! title = "Update"
//! type = "string"
//! role = "update"
//!
//! [[table.fields]]
//! name = "direction"
//! title = "Direction"
//! type = "code"
//! list = "direction"
//! role = "direction"
//! ```
//! ```plan
//! ref,action,agencies
//! 1.1.1,Train staff,NHS
//! 1.1.2,Audit cases,NHS
//! 1.1.3,Publish guide,NHS
//! ```
//! ```earlier
//! NHS | 1.1.1 | Green | | Begun
//! NHS | 1.1.2 | Amber | | Begun
//! NHS | 1.1.3 | Red | | Begun
//! ```
//! ```file nhs.xlsx
//! ```
//! ```sheet Plan
//! A1: Ref | Action | Rating | Update | Direction
//! A2: 1.1.1 | Train staff | Amber | Two are left | Better
//! A3: 1.1.2 | Audit cases | Green | Done | New
//! A4: 1.1.3 | Publish guide | Red | Nearly there | Better
//! ! E2 direction-disagrees: 1.1.1 is called Better, and its rating went from Green in 2013-14 Q3 to Amber.
//! ! E3 direction-disagrees: 1.1.2 is called New, and its rating went from Amber in 2013-14 Q3 to Green.
//! ```
//!
//! ## How to fix
//!
//! Correct the direction or the rating, or tell us why both are right.
//!
//! ## Settings
//!
//! `previous` in `round.toml`. The direction is the field with the role *direction*, whose list has the values `better`,
//! `same`, `worse` and `new`.

use super::common::earlier::{self, Moved};
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Location, Severity};
use crate::model::{Submission, Table};
use crate::schema::Role;

pub(super) struct DirectionDisagrees;

const META: Meta = Meta {
    name: "direction-disagrees",
    severity: Severity::Query,
    effort: Effort::LookUp,
    source: include_str!("direction_disagrees.rs"),
};

impl Check for DirectionDisagrees {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn table(&self, cx: &Context<'_>, submission: &Submission, table: &Table, out: &mut Findings<'_>) {
        let Some(before) = &cx.round.earlier else { return };
        let schema = cx.schema(table);
        let Some(field) = schema.role(Role::Direction) else { return };
        let list = schema.fields[field].list.and_then(|list| cx.round.schema.lists.get(list));
        for (record, answer) in earlier::answered(cx, before, submission, table) {
            let Some(moved) = earlier::moved(cx, schema, record, answer) else { continue };
            if earlier::is_in_doubt(cx, schema, record, &moved) {
                continue;
            }
            let cell = &record.cells[field];
            let claimed = cell.code().and_then(|code| list?.categories.get(usize::from(code)));
            let Some(claimed) = claimed.filter(|claimed| contradicts(&claimed.value, &moved)) else {
                continue;
            };
            let message = format!(
                "{} is called {}, and its rating went from {} in {} to {}.",
                cx.row_name(schema, record),
                claimed.label,
                moved.before.label,
                before.period,
                moved.now.label
            );
            out.add(Location::Cell(cell.at), message);
        }
    }
}

/// True if the ratings took another direction than the one that is claimed.
fn contradicts(claimed: &str, moved: &Moved<'_>) -> bool {
    match claimed {
        "better" => moved.steps < 0,
        "worse" => moved.steps > 0,
        "same" => moved.steps != 0,
        "new" => true,
        _ => false,
    }
}

//! A rating improved by two steps and no words say why.
//!
//! ## What it does
//!
//! Holds each rating against that of the round before, where the settings name that round. One that rose by two steps or
//! more, such as from red to green, needs words; words that are still those of the round before say nothing of it.
//!
//! ## Why it matters
//!
//! A leap is good news or a mistyped colour. A board that cannot tell which will ask in the meeting.
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
//! ```
//! ```plan
//! ref,action,agencies
//! 1.1.1,Train staff,NHS
//! 1.1.2,Audit cases,NHS
//! 1.1.3,Publish guide,NHS
//! ```
//! ```earlier
//! NHS | 1.1.1 | Red | | Nobody was trained
//! NHS | 1.1.2 | Red | | Ten audits are late
//! NHS | 1.1.3 | Amber | | Drafted
//! ```
//! ```file nhs.xlsx
//! ```
//! ```sheet Plan
//! A1: Ref | Action | Rating | Update
//! A2: 1.1.1 | Train staff | Green | Nobody was trained.
//! A3: 1.1.2 | Audit cases | Green | All audits are done
//! ! C2 rating-jump: 1.1.1 went from Red to Green since 2013-14 Q3, and the words are still the same. What made the difference?
//! ```
//!
//! ## How to fix
//!
//! Say in a sentence what made the difference, or correct the rating.
//!
//! ## Settings
//!
//! `previous` in `round.toml`. Ratings and words are the fields with the roles *rating* and *update*; the list of ratings is
//! `ordered`, worst first.

use super::common::earlier;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Location, Severity};
use crate::model::{Submission, Table};

pub(super) struct RatingJump;

const META: Meta = Meta {
    name: "rating-jump",
    severity: Severity::Query,
    effort: Effort::LookUp,
    source: include_str!("rating_jump.rs"),
};

impl Check for RatingJump {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn table(&self, cx: &Context<'_>, submission: &Submission, table: &Table, out: &mut Findings<'_>) {
        let Some(before) = &cx.round.earlier else { return };
        let schema = cx.schema(table);
        for (record, answer) in earlier::answered(cx, before, submission, table) {
            let Some(moved) = earlier::jump(cx, schema, record, answer) else { continue };
            let words = if earlier::same_words(schema, record, answer).is_some() {
                "the words are still the same"
            } else {
                "no words say why"
            };
            let message = format!(
                "{} went from {} to {} since {}, and {words}. What made the difference?",
                cx.row_name(schema, record),
                moved.before.label,
                moved.now.label,
                before.period
            );
            out.add(Location::Cell(moved.cell.at), message);
        }
    }
}

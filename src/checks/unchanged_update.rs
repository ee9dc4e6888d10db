//! An update is word for word that of the round before.
//!
//! ## What it does
//!
//! Holds the words about each action against what the same partner said in the round before, where the settings name that
//! round. Capitals, spaces and full stops do not count; an action that was complete and still is, is left alone. If the
//! whole return is the same, that is told instead; so is a rating that rose by two steps without new words.
//!
//! ## Why it matters
//!
//! An update that was copied says nothing about this quarter.
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
//! NHS | 1.1.1 | Amber | | Sixty staff have been trained
//! NHS | 1.1.2 | Green | | Ten audits are done
//! NHS | 1.1.3 | Green | | The guide is drafted
//! ```
//! ```file nhs.xlsx
//! ```
//! ```sheet Plan
//! A1: Ref | Action | Rating | Update
//! A2: 1.1.1 | Train staff | Amber | Sixty staff  have been trained.
//! A3: 1.1.2 | Audit cases | Green | All audits are done
//! A4: 1.1.3 | Publish guide | Green | It is out
//! ! D2 unchanged-update: The update for 1.1.1 has not changed since 2013-14 Q3. Is there any news?
//! ```
//!
//! ## How to fix
//!
//! Write what has happened since, or say that nothing has.
//!
//! ## Settings
//!
//! `previous` in `round.toml` names the folder of the round before. The words are the field with the role *update*.

use super::common::earlier;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Location, Severity};
use crate::model::{Cell, Submission, Table};

pub(super) struct UnchangedUpdate;

const META: Meta = Meta {
    name: "unchanged-update",
    severity: Severity::Query,
    effort: Effort::LookUp,
    source: include_str!("unchanged_update.rs"),
};

impl Check for UnchangedUpdate {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn table(&self, cx: &Context<'_>, submission: &Submission, table: &Table, out: &mut Findings<'_>) {
        let Some(before) = &cx.round.earlier else { return };
        if earlier::unchanged(cx, submission).is_some() {
            return;
        }
        let schema = cx.schema(table);
        for (record, answer) in earlier::answered(cx, before, submission, table) {
            let same = earlier::same_words(schema, record, answer);
            let told = |_: &&Cell| {
                !earlier::is_done(cx, schema, record, answer)
                    && earlier::jump(cx, schema, record, answer).is_none()
            };
            let Some(cell) = same.filter(told) else { continue };
            let message = format!(
                "The update for {} has not changed since {}. Is there any news?",
                cx.row_name(schema, record),
                before.period
            );
            out.add(Location::Cell(cell.at), message);
        }
    }
}

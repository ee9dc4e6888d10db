//! A return says what it said in the round before.
//!
//! ## What it does
//!
//! Asks about a return in which every action has the words, the rating and the status that it had in the round before,
//! where the settings name that round. A return with fewer than three actions is left alone.
//!
//! ## Why it matters
//!
//! It may be last quarter's file sent again.
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
//! ! unchanged-return: Nothing has changed since 2013-14 Q3 in the 3 actions of this return. Is this the new return?
//! ```
//! ```sheet Plan
//! A1: Ref | Action | Rating | Update
//! A2: 1.1.1 | Train staff | Amber | Sixty staff have been trained
//! A3: 1.1.2 | Audit cases | Green | Ten audits are done
//! A4: 1.1.3 | Publish guide | Green | The guide is drafted
//! ```
//!
//! ## How to fix
//!
//! Send this quarter's return, or tell us that nothing has changed.
//!
//! ## Settings
//!
//! `previous` in `round.toml` names the folder of the round before.

use super::common::earlier;
use super::common::words::count;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Location, Severity};
use crate::model::Submission;

pub(super) struct UnchangedReturn;

const META: Meta = Meta {
    name: "unchanged-return",
    severity: Severity::Query,
    effort: Effort::LookUp,
    source: include_str!("unchanged_return.rs"),
};

impl Check for UnchangedReturn {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn submission(&self, cx: &Context<'_>, submission: &Submission, out: &mut Findings<'_>) {
        let Some(before) = &cx.round.earlier else { return };
        let Some(rows) = earlier::unchanged(cx, submission) else { return };
        let message = format!(
            "Nothing has changed since {} in the {} of this return. Is this the new return?",
            before.period,
            count(rows, "action", "actions")
        );
        out.add(Location::File(submission.file), message);
    }
}

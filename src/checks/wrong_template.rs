//! A return is on another template than this round's.
//!
//! ## What it does
//!
//! Compares the template that the return names with the version of this round's.
//!
//! ## Why it matters
//!
//! An older template lacks columns that this year's has, and may mean something else by the same heading.
//!
//! ## Example
//!
//! ```schema
//! [schema]
//! name = "small"
//! title = "Small return"
//! version = "2013-14.2"
//!
//! [identity]
//! agency = "cover.agency"
//! period = "cover.period"
//! board = "cover.board"
//! template = "cover.template"
//!
//! [[table]]
//! name = "cover"
//! title = "Cover"
//! sheet = ["Cover"]
//! layout = "form"
//!
//! [[table.fields]]
//! name = "board"
//! title = "Board"
//! type = "string"
//!
//! [[table.fields]]
//! name = "agency"
//! title = "Agency"
//! type = "agency"
//!
//! [[table.fields]]
//! name = "period"
//! title = "Period"
//! type = "period"
//!
//! [[table.fields]]
//! name = "template"
//! title = "Template"
//! type = "string"
//!
//! [[table]]
//! name = "finance"
//! title = "Finance"
//! sheet = ["Finance"]
//!
//! [[table.fields]]
//! name = "line"
//! title = "Budget line"
//! type = "string"
//!
//! [[table.fields]]
//! name = "budget"
//! title = "Budget"
//! type = "money"
//! ```
//! ```sheet Cover
//! A1: Board | Wyevale Safeguarding Board
//! A2: Agency | NHS Wyevale
//! A3: Period | 2013-14 Q4
//! A4: Template | 2012-13.1
//! ! B4 wrong-template: This is template 2012-13.1. This round uses 2013-14.2.
//! ```
//! ```sheet Finance
//! A1: Budget line | Budget
//! A2: Training | 1000
//! ```
//!
//! ## How to fix
//!
//! Copy the figures into this round's template.
//!
//! ## Settings
//!
//! `template` in `[identity]` names the cell; `version` in `[schema]` is what it should say.

use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Location, Severity};
use crate::model::{Submission, folds_alike};

pub(super) struct WrongTemplate;

const META: Meta = Meta {
    name: "wrong-template",
    severity: Severity::Query,
    effort: Effort::FillIn,
    source: include_str!("wrong_template.rs"),
};

impl Check for WrongTemplate {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn submission(&self, cx: &Context<'_>, submission: &Submission, out: &mut Findings<'_>) {
        let Some((stated, at)) = &submission.identity.template else { return };
        let version = &cx.round.schema.version;
        if version.is_empty() || folds_alike(stated, version) {
            return;
        }
        let message = format!("This is template {}. This round uses {version}.", stated.trim());
        out.add(Location::Cell(*at), message)
            .help("Columns that it does not have are shown as not reported. Copy the figures into this round's template.");
    }
}

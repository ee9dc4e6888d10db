//! A return does not say who sent it; its name or its rows told us.
//!
//! ## What it does
//!
//! Notes returns whose sender was told from the file's name or from the partner named in all of its rows.
//!
//! ## Why it matters
//!
//! A renamed file would be counted for somebody else.
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
//! ```file NHS Wyevale Q4.xlsx
//! ! sender-not-stated: Nothing in this return says who sent it. Its name names NHS Wyevale, so we counted it as theirs.
//! ! own-layout
//! ```
//! ```sheet Finance
//! A1: Budget line | Budget
//! A2: Training | 1000
//! ```
//!
//! ## How to fix
//!
//! Fill in the name of the agency.
//!
//! ## Settings
//!
//! `agency` in `[identity]` names the cell; `fileName = false` stops the file's name from counting.

use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Location, Severity};
use crate::model::{IdentitySource, Submission};

pub(super) struct SenderNotStated;

const META: Meta = Meta {
    name: "sender-not-stated",
    severity: Severity::Note,
    effort: Effort::LookUp,
    source: include_str!("sender_not_stated.rs"),
};

impl Check for SenderNotStated {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn submission(&self, cx: &Context<'_>, submission: &Submission, out: &mut Findings<'_>) {
        let Some(partner) = submission.identity.partner else { return };
        if cx.round.schema.identity.agency.is_none() {
            return;
        }
        let name = cx.partner(partner);
        let source = match submission.identity.partner_from {
            Some(IdentitySource::FileName) => format!("Its name names {name}"),
            Some(IdentitySource::Rows) => format!("Its rows name {name}"),
            Some(IdentitySource::Cell(_)) | None => return,
        };
        let message =
            format!("Nothing in this return says who sent it. {source}, so we counted it as theirs.");
        out.add(Location::File(submission.file), message);
    }
}

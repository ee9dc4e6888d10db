//! A form came back as it was sent.
//!
//! ## What it does
//!
//! Tells a return in which nothing stands but what the form was sent with: references and words of the plan, figures of
//! the ledger, who sends it and for when. Something under a heading of the partner's own, on another sheet or in a comment is
//! something.
//!
//! ## Why it matters
//!
//! It looks like a return and answers nothing. It is not used, and the partner counts as one of whom nothing has come. What
//! the form asks for is not asked cell by cell.
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
//! role = "title"
//!
//! [[table.fields]]
//! name = "progress"
//! title = "Progress"
//! type = "string"
//! constraints = { required = true }
//! ```
//! ```plan
//! ref,action,agencies
//! 1.1.1,Update procedures,NHS
//! 1.2.1,Say how children are heard,NHS
//! ```
//! ```file nhs.xlsx
//! ! nothing-filled-in: nhs.xlsx is the form as it was sent: nothing is filled in. 2 actions are without an answer.
//! ```
//! ```sheet Plan
//! A1: Ref | Action | Progress
//! A2: 1.1.1 | Update procedures |
//! A3: 1.2.1 | Say how children are heard |
//! ```
//!
//! ## How to fix
//!
//! Ask the partner to fill it in. If it was put into the folder by mistake, take it out.
//!
//! ## Settings
//!
//! None beside the severity in `round.toml`.

use super::common::submissions;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Code, Effort, Location, Severity};
use crate::model::Consolidated;

pub(super) struct NothingFilledIn;

const META: Meta = Meta {
    name: Code::BLANK_FORM.as_str(),
    severity: Severity::Error,
    effort: Effort::FillIn,
    source: include_str!("nothing_filled_in.rs"),
};

impl Check for NothingFilledIn {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn round(&self, cx: &Context<'_>, whole: &Consolidated, out: &mut Findings<'_>) {
        for entry in whole.returns.iter().filter(|entry| entry.blank) {
            let file = whole.places.file(entry.file);
            let partner = entry.identity.partner;
            let used = partner.is_some_and(|partner| submissions::is_used(whole, partner));
            let lacking = partner.filter(|_| !used);
            let lacking =
                lacking.map_or_else(String::new, |partner| submissions::lacking(cx, whole, partner));
            let message = format!("{file} is the form as it was sent: nothing is filled in.{lacking}");
            let told = out.add(Location::File(entry.file), message).partner(partner);
            if used {
                // Another return of the partner's is there.
                told.severity(Severity::Note).help("Another return of this partner is used.");
            } else {
                told.help("Fill in the form and send it again.");
            }
        }
    }
}

//! It is not known who sent a return.
//!
//! ## What it does
//!
//! Tells every return whose sender is none of the round's partners, or that does not say who sent it. It is not
//! merged.
//!
//! ## Why it matters
//!
//! Figures without a sender cannot be counted for anybody.
//!
//! ## Example
//!
//! ```file return.xlsx
//! ! unknown-sender: return.xlsx does not say which partner sent it.
//! ```
//! ```sheet Finance
//! A1: Budget line | Budget | Actual
//! A2: Training | 1000 | 400
//! ```
//! ```findings
//! ! partner NHS missing-submission
//! ```
//!
//! ## How to fix
//!
//! Fill in the name of the agency, or add the name to the list of partners.
//!
//! ## Settings
//!
//! `[[partner]]` and its `aliases` in `round.toml`; `agency` in `[identity]`.

use super::common::submissions;
use super::common::words::quote;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Location, Severity};
use crate::model::Consolidated;

pub(super) struct UnknownSender;

const META: Meta = Meta {
    name: "unknown-sender",
    severity: Severity::Error,
    effort: Effort::LookUp,
    source: include_str!("unknown_sender.rs"),
};

impl Check for UnknownSender {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn round(&self, cx: &Context<'_>, whole: &Consolidated, out: &mut Findings<'_>) {
        for entry in whole.returns.iter().filter(|entry| submissions::is_unknown_sender(cx, entry)) {
            let file = cx.places.file(entry.file);
            let near = entry.identity.nearest_partner.as_ref();
            let near = near.map_or_else(String::new, |near| format!(" Did you mean {near}?"));
            let message = match &entry.identity.unknown_partner {
                Some(name) => {
                    format!("{file} is from {}, which is not on the list of partners.{near}", quote(name))
                }
                None => format!("{file} does not say which partner sent it."),
            };
            out.add(Location::File(entry.file), message).help(
                "It was not merged. Fill in the name of the agency, or add the name to the list of partners.",
            );
        }
    }
}

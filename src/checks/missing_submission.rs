//! A partner has sent no return.
//!
//! ## What it does
//!
//! Tells every partner from whom a return is expected and of whom none could be used. If one came and could not be
//! used, that is told instead.
//!
//! ## Why it matters
//!
//! The consolidated figures are without this partner's. The partner's actions are shown as not reported.
//!
//! ## Example
//!
//! ```findings
//! ! partner NHS missing-submission: No return has come from NHS Wyevale. It was due on 18 April 2014.
//! ```
//!
//! ## How to fix
//!
//! Ask the partner for the return, and run again.
//!
//! ## Settings
//!
//! `sends = false` on a partner in `round.toml` says that none is expected; `deadline` is quoted.

use super::common::submissions;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Audience, Code, Effort, Location, Severity};
use crate::model::Consolidated;

pub(super) struct MissingSubmission;

const META: Meta = Meta {
    name: Code::NO_RETURN.as_str(),
    severity: Severity::Error,
    effort: Effort::LookUp,
    source: include_str!("missing_submission.rs"),
};

impl Check for MissingSubmission {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn round(&self, cx: &Context<'_>, whole: &Consolidated, out: &mut Findings<'_>) {
        for partner in &whole.missing {
            let came = whole.returns.iter().any(|entry| entry.identity.partner == Some(*partner));
            if came {
                continue;
            }
            let name = cx.partner(*partner);
            let lacking = submissions::lacking(cx, whole, *partner);
            let due = cx.round.deadline.map_or_else(String::new, |deadline| {
                format!(" It was due on {}.", deadline.strftime("%-d %B %Y"))
            });
            let told = out
                .add(Location::Partner(*partner), format!("No return has come from {name}.{lacking}{due}"))
                .partner(Some(*partner));
            let contact =
                cx.round.partners.get(usize::from(partner.0)).and_then(|known| known.contact.as_ref());
            let help = contact.map_or_else(
                || format!("Ask {name} for it, and run again."),
                |post| format!("Ask the {post} of {name} for it, and run again."),
            );
            told.help(help).audience(Audience::Message);
        }
    }
}

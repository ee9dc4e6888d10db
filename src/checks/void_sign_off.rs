//! What was signed is not what this run has read.
//!
//! ## What it does
//!
//! Compares the fingerprint in `signoff.toml` with that of the run: of all returns, settings, plan, ledger, answers, the
//! schema, and the round before.
//!
//! ## Why it matters
//!
//! A signature stands for the figures that were in front of whoever signed. A return that came later, or one changed
//! answer, was not among them.
//!
//! ## Example
//!
//! ```sign-off
//! fingerprint = "0123 4567 89ab cdef"
//! prepared_by = "Finance Officer"
//! prepared_on = 2014-04-28
//! reviewed_by = "Head of Finance"
//! reviewed_on = 2014-04-30
//! ```
//! ```findings
//! ! partner NHS missing-submission
//! ! sign-off void-sign-off: Head of Finance signed on 30 April 2014. Returns, settings or answers have changed since, so the signature is void.
//! ```
//!
//! ## How to fix
//!
//! Look at what has changed, sign again, and put the new fingerprint into `signoff.toml`.
//!
//! ## Settings
//!
//! `signoff.toml` in the round folder.

use super::{Check, Context, Findings, Last, Meta};
use crate::finding::{Effort, Location, Severity};
use crate::round;

pub(super) struct VoidSignOff;

const META: Meta = Meta {
    name: "void-sign-off",
    severity: Severity::Error,
    effort: Effort::LookUp,
    source: include_str!("void_sign_off.rs"),
};

impl Check for VoidSignOff {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn last(&self, cx: &Context<'_>, _: &Last<'_>, out: &mut Findings<'_>) {
        let Some(signed) = &cx.round.sign_off else { return };
        let now = round::fingerprint(cx.round, cx.places);
        if signed.stands_for(&now) {
            return;
        }
        let message = format!(
            "{} signed on {}. Returns, settings or answers have changed since, so the signature is void.",
            signed.reviewed_by,
            signed.reviewed_on.strftime("%-d %B %Y")
        );
        let help = format!(
            "Look at what has changed and sign again; the fingerprint of this run starts with {}.",
            round::shortened(&now)
        );
        out.add(Location::SignOff, message).help(help);
    }
}

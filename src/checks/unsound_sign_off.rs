//! A sign-off does not keep to its own rules.
//!
//! ## What it does
//!
//! Tells a `signoff.toml` in which one post both prepared and reviewed (whatever its letters and blanks), the review came
//! before the preparation or either before the round's period ended, and one that stands while errors are without an
//! answer. A day that is still to come, and a name in the place of a post, are mistakes of the file: nothing is merged.
//!
//! ## Why it matters
//!
//! A second pair of eyes is the control. One that is the first again, or that passes over what stops sign-off, is none.
//!
//! ## Example
//!
//! ```sign-off
//! fingerprint = "0123 4567 89ab cdef"
//! prepared_by = "Finance Officer"
//! prepared_on = 2014-04-30
//! reviewed_by = "Finance officer"
//! reviewed_on = 2014-04-28
//! ```
//! ```findings
//! ! partner NHS missing-submission
//! ! sign-off void-sign-off
//! ! sign-off unsound-sign-off: Finance Officer prepared the reconciliation and reviewed it.
//! ! sign-off unsound-sign-off: It was reviewed on 28 April 2014, before it was prepared on 30 April 2014.
//! ```
//!
//! ## How to fix
//!
//! Have another post review it; correct the date; answer the errors or have them put right, and sign again.
//!
//! ## Settings
//!
//! `signoff.toml` in the round folder; `answers.csv` holds answers to errors.

use super::common::words::count;
use super::{Check, Context, Findings, Last, Meta};
use crate::finding::{Effort, Finding, Location, Severity};
use crate::round;

pub(super) struct UnsoundSignOff;

const META: Meta = Meta {
    name: "unsound-sign-off",
    severity: Severity::Error,
    effort: Effort::LookUp,
    source: include_str!("unsound_sign_off.rs"),
};

impl Check for UnsoundSignOff {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn last(&self, cx: &Context<'_>, last: &Last<'_>, out: &mut Findings<'_>) {
        let Some(signed) = &cx.round.sign_off else { return };
        if signed.by_one_post() {
            let message = format!("{} prepared the reconciliation and reviewed it.", signed.prepared_by);
            out.add(Location::SignOff, message).help("Have another post review and sign it.");
        }
        if signed.reviewed_on < signed.prepared_on {
            let message = format!(
                "It was reviewed on {}, before it was prepared on {}.",
                signed.reviewed_on.strftime("%-d %B %Y"),
                signed.prepared_on.strftime("%-d %B %Y")
            );
            out.add(Location::SignOff, message).help("Correct the date that is wrong.");
        }
        let end = cx.round.period.end(cx.round.schema.year_start);
        let days = [(signed.prepared_on, "prepared"), (signed.reviewed_on, "reviewed")];
        for (day, done) in days.into_iter().filter(|(day, _)| *day < end) {
            let [day, end] = [day, end].map(|day| day.strftime("%-d %B %Y"));
            let message = format!("It was {done} on {day}, before {} ended on {end}.", cx.round.period);
            out.add(Location::SignOff, message)
                .help("Correct the date, or sign again now that the figures are whole.");
        }
        let is_open = |finding: &&Finding| finding.severity == Severity::Error && finding.answer().is_none();
        let open = last.findings.iter().filter(is_open).count();
        // What is void was not signed for these findings.
        if open > 0 && signed.stands_for(&round::fingerprint(cx.round, cx.places)) {
            let are = if open == 1 { "is" } else { "are" };
            let message =
                format!("It was signed while {} {are} without an answer.", count(open, "error", "errors"));
            out.add(Location::SignOff, message)
                .help("Answer what blocks sign-off in answers.csv or have it put right, and sign again.");
        }
    }
}

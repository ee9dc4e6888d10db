//! Two returns came from one partner; one of them is used.
//!
//! ## What it does
//!
//! Tells every return in whose place another of the same partner is used, why that one, and in how many places they
//! differ. A file with our list of what to fix in it was made from an earlier return and replaces that, which is noted if the
//! list names it and something was changed since. It is asked about if the other was saved later or is one that the list does
//! not name; and if the other says that it was completed later, or nothing was changed in the file with the list, the other
//! one is used. Of two with such a list, that one replaces the other whose list was made from the other, or whose file says
//! that it was saved later; else it is asked.
//!
//! ## Why it matters
//!
//! Both are never added up. If the wrong one was chosen, the figures are those of an earlier draft.
//!
//! ## Example
//!
//! ```file nhs v1.xlsx
//! ! superseded-submission: We have two returns from NHS Wyevale for 2013-14 Q4: nhs v1.xlsx and nhs v2.xlsx. We used nhs v2.xlsx because its name says that it is the newer version (2). They differ in 1 place. Tell us if nhs v1.xlsx is right.
//! ```
//! ```sheet Finance
//! A1: Budget line | Budget | Actual
//! A2: Training | 1000 | 400
//! ```
//! ```file nhs v2.xlsx
//! ```
//! ```sheet Finance
//! A1: Budget line | Budget | Actual
//! A2: Training | 1000 | 401
//! ```
//!
//! ## How to fix
//!
//! Tell us if the other one is right, and take the wrong one out of the folder.
//!
//! ## Settings
//!
//! None beside the severity in `round.toml`.

use super::common::words::count;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Code, Effort, Location, Severity};
use crate::model::{Consolidated, FileId, MOST_DIFFERENCES, ReturnInfo, ReturnState};

pub(super) struct SupersededSubmission;

const META: Meta = Meta {
    name: Code::REPLACED.as_str(),
    severity: Severity::Query,
    effort: Effort::LookUp,
    source: include_str!("superseded_submission.rs"),
};

impl Check for SupersededSubmission {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn round(&self, cx: &Context<'_>, whole: &Consolidated, out: &mut Findings<'_>) {
        for entry in &whole.returns {
            let ReturnState::Superseded { by, why, differences } = &entry.state else { continue };
            let (old, new) = (cx.places.file(entry.file), cx.places.file(*by));
            let sender = entry.identity.partner.map_or("one partner", |partner| cx.partner(partner));
            let differ = match differences.len() {
                0 => "They are the same.".to_owned(),
                MOST_DIFFERENCES.. => format!("They differ in at least {MOST_DIFFERENCES} places."),
                places => format!("They differ in {}.", count(places, "place", "places")),
            };
            let expected = replaces_as_expected(cx, whole, entry, *by);
            let ask = if expected { String::new() } else { format!(" Tell us if {old} is right.") };
            let message = format!(
                "We have two returns from {sender} for {}: {old} and {new}. We used {new} because {why}. {differ}{ask}",
                cx.round.period
            );
            let places = differences.iter().filter_map(|place| match *place {
                (Some(before), Some(after)) => {
                    Some((Location::Cell(after), format!("{} in {old}", before.cell)))
                }
                (Some(before), None) => Some((Location::Cell(before), format!("only in {old}"))),
                (None, Some(after)) => Some((Location::Cell(after), format!("only in {new}"))),
                (None, None) => None,
            });
            let told = out.add(Location::File(entry.file), message);
            let told = told.partner(entry.identity.partner).related(places);
            if expected {
                told.severity(Severity::Note);
            }
        }
    }
}

/// True if a return is the one that was made from another when that was given back, and nothing says otherwise.
fn replaces_as_expected(cx: &Context<'_>, whole: &Consolidated, old: &ReturnInfo, by: FileId) -> bool {
    let partner = old.identity.partner;
    let new = whole.returns.iter().find(|entry| entry.file == by && entry.identity.partner == partner);
    new.is_some_and(|new| {
        let later = old.identity.completed.zip(new.identity.completed).is_some_and(|(old, new)| old > new);
        let saved_since = old.identity.saved_after(&new.identity).is_some();
        new.identity.mended
            && !new.identity.unchanged
            && !later
            && !saved_since
            && made_from(cx, whole, new, old)
    })
}

/// True if our list in a return says that it was made from another, or from one that was made from that. Of two that were
/// made from the same file the newer is the one that was saved later.
fn made_from(cx: &Context<'_>, whole: &Consolidated, new: &ReturnInfo, old: &ReturnInfo) -> bool {
    let of_partner = || whole.returns.iter().filter(|entry| entry.identity.partner == new.identity.partner);
    let (mut from, mut steps) = (new.identity.made_from.as_deref(), of_partner().count());
    if old.identity.mended && new.identity.saved_after(&old.identity).is_some() {
        return true;
    }
    while let Some(name) = from.filter(|_| steps > 0) {
        if name == cx.places.file(old.file) {
            return true;
        }
        let before = of_partner().find(|entry| cx.places.file(entry.file) == name);
        from = before.and_then(|entry| entry.identity.made_from.as_deref());
        steps -= 1;
    }
    false
}

//! What is said of two figures that were held against each other.

use super::{Overview, partner_name};
use crate::model::{Comparison, Ledgered, Outcome, Scope, pounds};
use crate::schema::{Control, ControlKind};
use std::borrow::Cow;
use std::cmp::Reverse;

impl<'a> Overview<'a> {
    /// Every comparison: what differs first, then what could not be tested; of each the ledger's before others, larger
    /// differences before smaller ones.
    #[must_use]
    pub fn comparisons(&self) -> Vec<&'a Comparison> {
        let mut comparisons: Vec<&Comparison> = self.data.comparisons.iter().collect();
        comparisons.sort_by_key(|comparison| {
            let ledger = self.data.ledgered.iter().any(|ledgered| ledgered.control == comparison.control);
            let size = comparison.outcome.difference().map(|difference| difference.abs());
            (rank(&comparison.outcome), !ledger, comparison.control, Reverse(size))
        });
        comparisons
    }

    /// What the figures of a ledger control are called, with how many lines are left out of them.
    #[must_use]
    pub fn ledger_title(&self, ledgered: &Ledgered) -> Cow<'a, str> {
        let control = self.round.schema.controls.get(ledgered.control);
        let title = control.map_or("Money", |control| control.title.as_str());
        match ledgered.untested {
            0 => Cow::Borrowed(title),
            1 => Cow::Owned(format!("{title}: without one line that could not be tested")),
            more => Cow::Owned(format!("{title}: without {more} lines that could not be tested")),
        }
    }
}

/// What comes first in a list of comparisons: what differs, then what could not be tested.
fn rank(outcome: &Outcome) -> u8 {
    match outcome {
        Outcome::Differs { .. } => 0,
        Outcome::Untestable { .. } => 1,
        Outcome::WithinRounding { .. } => 2,
        Outcome::Agrees => 3,
    }
}

/// What must be known to read the figures, in plain sentences; blank if there is nothing.
#[must_use]
pub fn to_know(comparison: &Comparison) -> String {
    let mut words = comparison.note.clone().unwrap_or_default();
    if let Outcome::Untestable { why, .. } = &comparison.outcome
        && words != *why
    {
        words = if words.is_empty() { why.clone() } else { format!("{why} {words}") };
    }
    words
}

/// What is said where no cause is: why there is none to tell.
#[must_use]
pub fn no_cause(control: Option<&Control>, comparison: &Comparison) -> Option<String> {
    match &comparison.outcome {
        Outcome::Agrees => Some(String::new()),
        Outcome::WithinRounding { allowed, .. } => {
            Some(format!("Rounding of the units given: up to {} is allowed.", pounds(*allowed)))
        }
        Outcome::Differs { .. } if is_ledger_total(control, comparison) => {
            Some("It is what the differences of its lines come to.".to_owned())
        }
        Outcome::Differs { .. } if comparison.explanations.is_empty() => {
            // What else is found is a cause itself, which its note tells.
            let looked = control.is_none_or(|control| control.kind.has_causes());
            let nothing = if looked { "No simple explanation found." } else { "" };
            let limit = comparison.limit.as_deref().unwrap_or_default();
            Some([nothing, limit].join(" ").trim().to_owned())
        }
        Outcome::Differs { .. } => None,
        Outcome::Untestable { .. } => Some("Nothing to explain until there is a figure.".to_owned()),
    }
}

/// Every cause that was tested and fits, the likeliest first: what it says, and in brackets what it is and how it is known.
pub fn cause_lines(comparison: &Comparison) -> impl Iterator<Item = (String, String)> {
    let line = |one: &crate::model::Explanation| {
        (one.sentence(), format!("{}, {}", one.cause.replace('-', " "), one.evidence.words()))
    };
    comparison.explanations.iter().map(line)
}

/// True for the total over all lines of a ledger, which its lines explain.
#[must_use]
pub fn is_ledger_total(control: Option<&Control>, comparison: &Comparison) -> bool {
    control.is_some_and(|control| matches!(control.kind, ControlKind::Ledger { .. }))
        && comparison.is_control_total()
}

/// True if something of a difference may be left unexplained: causes were looked for, and its lines do not tell it.
#[must_use]
pub fn has_left(control: Option<&Control>, comparison: &Comparison) -> bool {
    let looked = control.is_none_or(|control| control.kind.has_causes());
    (looked || !comparison.explanations.is_empty()) && !is_ledger_total(control, comparison)
}

/// Who must answer for a comparison; blank if nobody.
#[must_use]
pub fn who(cx: &Overview<'_>, comparison: &Comparison) -> String {
    if matches!(comparison.outcome, Outcome::Agrees | Outcome::WithinRounding { .. }) {
        return String::new();
    }
    match comparison.scope {
        Scope::Round => format!("{} finance", cx.round.code),
        Scope::Partner(partner) => {
            let about = cx.round.partners.get(usize::from(partner.0));
            match about.and_then(|about| about.contact.as_ref()) {
                Some(post) => format!("{post}, {}", partner_name(cx.round, partner)),
                None => partner_name(cx.round, partner).to_owned(),
            }
        }
    }
}

//! What came of each partner.

mod lacking;
mod list;

pub use list::chasing_csv;

use super::count;
use crate::finding::{Audience, Code, Finding, Location, Severity};
use crate::model::{Consolidated, Identity, Partner, PartnerId, REPLACED_RETURN, ReturnInfo, ReturnState};
use crate::round::{Round, answers};
use lacking::{columns_and_sheets, unanswered};
use std::collections::{BTreeMap, BTreeSet};

/// What became of a partner's return.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Received {
    /// Nothing came, or only the form with nothing filled in.
    Missing,
    /// Something came, and none of it could be used.
    Unreadable,
    /// It is used, but rows or tables that were asked for are not in it.
    Partial,
    /// It is used and whole, but was completed after the deadline.
    Late,
    /// It is used and whole.
    Received,
}

impl Received {
    /// The word that people see.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Missing => "not received",
            Self::Unreadable => "unreadable",
            Self::Partial => "partial",
            Self::Late => "late",
            Self::Received => "received",
        }
    }
}

/// Everything that is known of one partner's return.
#[derive(Debug, Clone)]
pub struct Chase<'a> {
    /// The partner.
    pub partner: &'a Partner,
    /// What became of its return.
    pub received: Received,
    /// The names of its files, those that are used first.
    pub files: Vec<&'a str>,
    /// Files of its that are our form with nothing filled in.
    pub blank: Vec<&'a str>,
    /// The names of its files that another of its files replaces.
    pub superseded: Vec<&'a str>,
    /// The names of its files that it sent back as we had given them out.
    pub unchanged: Vec<&'a str>,
    /// Why its files could not be used.
    pub refused: Vec<&'a str>,
    /// Rows of the plan that it was asked for, and how many of them it has answered.
    pub rows: (usize, usize),
    /// What is not in what is used, in sentences: columns, sheets.
    pub lacking: Vec<String>,
    /// The keys of the rows that it has not answered.
    pub unanswered: Vec<&'a str>,
    /// What it is to answer and has no answer yet: errors first.
    pub to_answer: Vec<&'a Finding>,
    /// Those of them that are there only because it sent two returns.
    pub of_two_returns: Vec<&'a Finding>,
    /// What surely identifies a person and has an answer: it is cleared here, and still stands in the partner's own file.
    pub to_take_out: Vec<&'a Finding>,
    /// How many of its errors and queries have an answer that stands.
    pub answered: usize,
    /// How many notes there are beside.
    pub notes: usize,
}

impl Chase<'_> {
    /// How much of what it was asked for is in its return, and what is not; `None` if nothing can be said of that.
    #[must_use]
    pub fn extent(&self) -> Option<String> {
        let lacking = self.lacking.join(" ");
        let rows = match self.rows {
            (0, _) => None,
            (asked, answered) if asked == answered && lacking.is_empty() => {
                Some(format!("Everything that the plan asks you about is answered ({answered} of {asked})."))
            }
            (asked, answered) if asked == answered => {
                let actions = count(asked, "action", "actions");
                Some(format!("It has all {actions} that the plan asks you about, but it is not whole."))
            }
            (asked, answered) => {
                let are = if answered == 1 { "is" } else { "are" };
                Some(format!(
                    "{answered} of {} that the plan asks you about {are} answered. {}",
                    count(asked, "action", "actions"),
                    self.not_answered()
                ))
            }
        };
        match (rows, lacking.is_empty()) {
            (rows, true) => rows,
            (Some(rows), false) => Some(format!("{rows} {lacking}")),
            (None, false) => Some(format!("It is not whole. {lacking}")),
        }
    }

    /// Which rows it has not answered, in a sentence; empty if there are none.
    pub(super) fn not_answered(&self) -> String {
        lacking::not_answered(&self.unanswered)
    }
}

/// What to say to each partner from whom a return is expected, in the round's order.
#[must_use]
pub fn chases<'a>(round: &'a Round, whole: &'a Consolidated, findings: &'a [Finding]) -> Vec<Chase<'a>> {
    let mut of_each: BTreeMap<PartnerId, Vec<&'a Finding>> = BTreeMap::new();
    for finding in findings {
        if let Some(partner) = finding.partner {
            of_each.entry(partner).or_default().push(finding);
        }
    }
    let doubled = of_two_returns(round, whole);
    let senders = round.partners().filter(|(_, partner)| partner.sends);
    senders
        .map(|(id, partner)| {
            let own = of_each.get(&id).map_or(&[][..], Vec::as_slice);
            chase(round, whole, own, &doubled, (id, partner))
        })
        .collect()
}

#[cfg(test)]
impl<'a> Chase<'a> {
    /// A partner whose return is in and of which these things are asked.
    pub(super) fn asking(partner: &'a Partner, found: &'a [Finding]) -> Self {
        Self {
            partner,
            received: Received::Received,
            files: Vec::new(),
            superseded: Vec::new(),
            unchanged: Vec::new(),
            blank: Vec::new(),
            refused: Vec::new(),
            rows: (0, 0),
            lacking: Vec::new(),
            unanswered: Vec::new(),
            to_answer: found.iter().collect(),
            of_two_returns: Vec::new(),
            to_take_out: Vec::new(),
            answered: 0,
            notes: 0,
        }
    }
}

fn chase<'a>(
    round: &'a Round,
    whole: &'a Consolidated,
    own: &[&'a Finding],
    doubled: &BTreeSet<Told<'_>>,
    (id, partner): (PartnerId, &'a Partner),
) -> Chase<'a> {
    let returns = || whole.returns.iter().filter(move |entry| entry.identity.partner == Some(id));
    let file = |entry: &ReturnInfo| whole.places.file(entry.file);
    let used: Vec<&ReturnInfo> = returns().filter(|entry| entry.state == ReturnState::Accepted).collect();
    let asked = || whole.register.iter().flat_map(|row| &row.responses).filter(move |one| one.partner == id);
    let rows = (asked().count(), asked().filter(|one| one.row.is_some()).count());
    // The Business Unit's own figures are no matter of the partner's.
    let asks =
        |finding: &Finding| finding.severity > Severity::Note && finding.audience < Audience::BusinessUnit;
    let asked: Vec<&Finding> = own.iter().copied().filter(|finding| asks(finding)).collect();
    let lacking = if used.is_empty() { Vec::new() } else { columns_and_sheets(&asked) };
    let received = match (used.as_slice(), returns().any(|entry| !entry.blank)) {
        ([], false) => Received::Missing,
        ([], true) => Received::Unreadable,
        _ if rows.1 < rows.0 || !lacking.is_empty() => Received::Partial,
        (used, _) if used.iter().any(|entry| is_late(round, &entry.identity)) => Received::Late,
        _ => Received::Received,
    };
    let (answered, mut to_answer): (Vec<&Finding>, Vec<&Finding>) =
        asked.into_iter().partition(|finding| finding.answer().is_some());
    to_answer.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    let of_two_returns = to_answer.iter().copied().filter(|finding| is_among(doubled, finding));
    let of_two_returns = of_two_returns.collect();
    let surely = |finding: &&&Finding| finding.code == Code::PERSONS && finding.severity == Severity::Error;
    let to_take_out = answered.iter().filter(surely).copied().collect();
    let superseded = returns().filter(|entry| matches!(entry.state, ReturnState::Superseded { .. }));
    let copied = |used: &ReturnInfo| {
        let original =
            |entry: &ReturnInfo| !entry.identity.mended && entry.state == ReturnState::Copy { of: used.file };
        used.identity.mended && returns().any(original)
    };
    let refused = returns().filter_map(|entry| match &entry.state {
        ReturnState::Refused { why } => Some(why.as_str()),
        _ => None,
    });
    Chase {
        partner,
        received,
        blank: returns().filter(|entry| entry.blank).map(file).collect(),
        files: used.iter().map(|entry| file(entry)).collect(),
        superseded: superseded.map(file).collect(),
        unchanged: used.iter().filter(|entry| copied(entry)).map(|entry| file(entry)).collect(),
        refused: refused.collect(),
        rows,
        lacking,
        unanswered: unanswered(whole, id),
        to_answer,
        of_two_returns,
        to_take_out,
        answered: answered.len(),
        notes: own.iter().filter(|finding| finding.severity == Severity::Note).count(),
    }
}

/// What tells one comparison's finding from all others: its place, its control's name, its line with both figures.
type Told<'a> = (Location, &'a str, String);

/// Differences that are there only because two returns of a partner came, which has its own question.
fn of_two_returns<'a>(round: &'a Round, whole: &Consolidated) -> BTreeSet<Told<'a>> {
    let explained = whole.comparisons.iter().filter(|comparison| {
        let first = comparison.explanations.first();
        first.is_some_and(|first| first.cause == REPLACED_RETURN && first.remains.is_zero())
    });
    let told = explained.filter_map(|one| {
        let control = round.schema.controls.get(one.control)?;
        Some((Location::of(one), control.name.as_str(), answers::figures(control, one)))
    });
    told.collect()
}

/// True if a finding is that of one of these comparisons.
fn is_among(told: &BTreeSet<Told<'_>>, finding: &Finding) -> bool {
    let Some(detail) = finding.detail.as_deref().filter(|_| !told.is_empty()) else { return false };
    let (Some(rule), Some(figures)) = (detail.rule.as_deref(), detail.figures.as_ref()) else { return false };
    told.contains(&(finding.at, rule, figures.clone()))
}

fn is_late(round: &Round, identity: &Identity) -> bool {
    identity.completed.zip(round.deadline).is_some_and(|(completed, deadline)| completed > deadline)
}

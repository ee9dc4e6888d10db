//! What came of each partner, and the list of whom to chase.

use super::clean::defused;
use super::count;
use super::csv_files::MARKING;
use crate::finding::{Audience, Effort, Finding, Location, Severity};
use crate::model::{Consolidated, Identity, Partner, PartnerId, ReturnInfo, ReturnState};
use crate::round::{Round, answers};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

/// Tells Excel that a `.csv` is UTF-8.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

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
    /// What it is to answer and has no answer yet: errors first.
    pub to_answer: Vec<&'a Finding>,
    /// Differences that are there only because it sent two returns: its message asks about those instead.
    pub told_elsewhere: Vec<&'a Finding>,
    /// How many of its errors and queries have an answer that stands.
    pub answered: usize,
    /// How many notes there are beside.
    pub notes: usize,
}

impl Chase<'_> {
    /// How much of what the plan asks the partner about has an answer; `None` if it asks nothing.
    #[must_use]
    pub fn extent(&self) -> Option<String> {
        match self.rows {
            (0, _) => None,
            (asked, answered) if asked == answered => {
                Some(format!("Everything that the plan asks you about is answered ({answered} of {asked})."))
            }
            (asked, answered) => {
                let are = if answered == 1 { "is" } else { "are" };
                Some(format!(
                    "{answered} of {} that the plan asks you about {are} answered.",
                    count(asked, "action", "actions")
                ))
            }
        }
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
            to_answer: found.iter().collect(),
            told_elsewhere: Vec::new(),
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
    let lacks = own.iter().any(|finding| finding.effort == Effort::Add);
    let received = match (used.as_slice(), returns().any(|entry| !entry.blank)) {
        ([], false) => Received::Missing,
        ([], true) => Received::Unreadable,
        _ if rows.1 < rows.0 || lacks => Received::Partial,
        (used, _) if used.iter().any(|entry| is_late(round, &entry.identity)) => Received::Late,
        _ => Received::Received,
    };
    // Why a file was refused is told beside it, and that nothing came is what a message opens with; the Business Unit's own figures are no matter of the partner's.
    let asks = |finding: &Finding| {
        finding.severity > Severity::Note
            && finding.code.as_str() != "refused-file"
            && finding.audience < Audience::BusinessUnit
    };
    let asked: Vec<&Finding> = own.iter().copied().filter(|finding| asks(finding)).collect();
    let open = asked.iter().copied().filter(|finding| finding.answer().is_none());
    let (told_elsewhere, mut to_answer): (Vec<&Finding>, Vec<&Finding>) =
        open.partition(|finding| is_among(doubled, finding) || finding.code.as_str() == "missing-submission");
    let answered = asked.len() - to_answer.len() - told_elsewhere.len();
    to_answer.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
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
        to_answer,
        told_elsewhere,
        answered,
        notes: own.iter().filter(|finding| finding.severity == Severity::Note).count(),
    }
}

/// What tells one comparison's finding from all others: its place, its control's name, its line with both figures.
type Told<'a> = (Location, &'a str, String);

/// Differences that are there only because two returns of a partner came, which has its own question.
fn of_two_returns<'a>(round: &'a Round, whole: &Consolidated) -> BTreeSet<Told<'a>> {
    let explained = whole.comparisons.iter().filter(|comparison| {
        let first = comparison.explanations.first();
        first.is_some_and(|first| first.cause == "replaced-return" && first.remains.is_zero())
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

/// Writes one line a partner for the Business Unit: what came, and what is to be asked for. No cell starts a formula.
///
/// # Errors
///
/// If `out` cannot be written.
pub fn chasing_csv(
    round: &Round,
    chases: &[Chase<'_>],
    marking: &str,
    mut out: impl Write,
) -> io::Result<()> {
    out.write_all(BYTE_ORDER_MARK)?;
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record([
        "Partner",
        "Contact",
        "Address",
        "Return",
        "Files used",
        "Files replaced",
        "Why not used",
        "Due",
        "Rows asked for",
        "Rows answered",
        "Errors",
        "Queries",
        "Notes",
        "Answered",
        MARKING,
    ])?;
    for chase in chases {
        let open = || chase.to_answer.iter().chain(&chase.told_elsewhere);
        let errors = open().filter(|finding| finding.severity == Severity::Error).count();
        let partner = chase.partner;
        let texts = [
            partner.name.clone(),
            partner.contact.clone().unwrap_or_default(),
            partner.email.clone().unwrap_or_default(),
            chase.received.word().to_owned(),
            chase.files.join("; "),
            chase.superseded.join("; "),
            chase.refused.join(" "),
            round.deadline.map(|day| day.to_string()).unwrap_or_default(),
        ];
        for text in &texts {
            csv.write_field(defused(text).as_bytes())?;
        }
        let queries = open().count() - errors;
        let counts = [chase.rows.0, chase.rows.1, errors, queries, chase.notes, chase.answered];
        for number in counts {
            csv.write_field(number.to_string())?;
        }
        csv.write_field(marking)?;
        csv.write_record(None::<&[u8]>)?;
    }
    csv.flush()
}

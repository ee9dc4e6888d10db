//! What came of each partner, and the list of whom to chase.

use super::clean::defused;
use crate::finding::{Finding, Location, Severity};
use crate::model::{Consolidated, Identity, Partner, PartnerId, ReturnInfo, ReturnState};
use crate::round::Round;
use std::io::{self, Write};

/// Tells Excel that a `.csv` is UTF-8.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// What became of a partner's return.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Received {
    /// Nothing came.
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
    /// The names of its files that another of its files replaces.
    pub superseded: Vec<&'a str>,
    /// Why its files could not be used.
    pub refused: Vec<&'a str>,
    /// Rows of the plan that it was asked for, and how many of them came.
    pub rows: (usize, usize),
    /// What it is to answer and has no answer yet: errors first.
    pub to_answer: Vec<&'a Finding>,
    /// How many of its errors and queries have an answer that stands.
    pub answered: usize,
    /// How many notes there are beside.
    pub notes: usize,
}

/// What to say to each partner from whom a return is expected, in the round's order.
#[must_use]
pub fn chases<'a>(round: &'a Round, whole: &'a Consolidated, findings: &'a [Finding]) -> Vec<Chase<'a>> {
    let senders = round.partners().filter(|(_, partner)| partner.sends);
    senders.map(|(id, partner)| chase(round, whole, findings, id, partner)).collect()
}

fn chase<'a>(
    round: &'a Round,
    whole: &'a Consolidated,
    findings: &'a [Finding],
    id: PartnerId,
    partner: &'a Partner,
) -> Chase<'a> {
    let returns = || whole.returns.iter().filter(move |entry| entry.identity.partner == Some(id));
    let file = |entry: &ReturnInfo| whole.places.file(entry.file);
    let used: Vec<&ReturnInfo> = returns().filter(|entry| entry.state == ReturnState::Accepted).collect();
    let asked = || whole.register.iter().flat_map(|row| &row.responses).filter(move |one| one.partner == id);
    let rows = (asked().count(), asked().filter(|one| one.row.is_some()).count());
    let own = || findings.iter().filter(move |finding| finding.partner == Some(id));
    let lacks = own().any(|finding| LACKING.contains(&finding.code.as_str()));
    let received = match (used.as_slice(), returns().next().is_some()) {
        ([], false) => Received::Missing,
        ([], true) => Received::Unreadable,
        _ if rows.1 < rows.0 || lacks => Received::Partial,
        (used, _) if used.iter().any(|entry| is_late(round, &entry.identity)) => Received::Late,
        _ => Received::Received,
    };
    let told_elsewhere = |finding: &Finding| {
        finding.code.as_str() == "refused-file" || of_two_returns(whole).contains(&finding.at)
    };
    let mut to_answer: Vec<&Finding> =
        own().filter(|finding| finding.severity > Severity::Note && !told_elsewhere(finding)).collect();
    let asked = to_answer.len();
    to_answer.retain(|finding| finding.answer().is_none());
    let answered = asked - to_answer.len();
    to_answer.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    let superseded = returns().filter(|entry| matches!(entry.state, ReturnState::Superseded { .. }));
    let refused = returns().filter_map(|entry| match &entry.state {
        ReturnState::Refused { why } => Some(why.as_str()),
        _ => None,
    });
    Chase {
        partner,
        received,
        files: used.iter().map(|entry| file(entry)).collect(),
        superseded: superseded.map(file).collect(),
        refused: refused.collect(),
        rows,
        to_answer,
        answered,
        notes: own().filter(|finding| finding.severity == Severity::Note).count(),
    }
}

/// Places of differences that are there only because two returns of a partner came, which has its own question.
fn of_two_returns(whole: &Consolidated) -> Vec<Location> {
    let explained = whole.comparisons.iter().filter(|comparison| {
        let first = comparison.explanations.first();
        first.is_some_and(|first| first.cause == "replaced-return" && first.remains.is_zero())
    });
    explained.filter_map(|one| one.stated.at.or(one.addends.first().copied())).map(Location::Cell).collect()
}

/// Checks that tell of a table or a column that is not there.
const LACKING: [&str; 3] = ["missing-sheet", "missing-label", "header-not-found"];

fn is_late(round: &Round, identity: &Identity) -> bool {
    identity.completed.zip(round.deadline).is_some_and(|(completed, deadline)| completed > deadline)
}

/// Writes one line a partner for the Business Unit: what came, and what is to be asked for. No cell starts a formula.
///
/// # Errors
///
/// If `out` cannot be written.
pub fn chasing_csv(round: &Round, chases: &[Chase<'_>], mut out: impl Write) -> io::Result<()> {
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
        "Rows received",
        "Errors",
        "Queries",
        "Notes",
        "Answered",
    ])?;
    for chase in chases {
        let errors = chase.to_answer.iter().filter(|finding| finding.severity == Severity::Error).count();
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
        let counts =
            [chase.rows.0, chase.rows.1, errors, chase.to_answer.len() - errors, chase.notes, chase.answered];
        for number in counts {
            csv.write_field(number.to_string())?;
        }
        csv.write_record(None::<&[u8]>)?;
    }
    csv.flush()
}

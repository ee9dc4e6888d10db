//! The sentences that stand first.

use super::{Overview, partner_name};
use crate::finding::{Finding, Location, Severity};
use crate::model::{Comparison, Ledgered, PartnerId};

/// The most lines of one kind on the first sheet.
const MOST: usize = 5;

/// A sentence of the first sheet, and where it is told in full.
#[derive(Debug, Clone)]
pub struct Said<'a> {
    /// The words. Without a full stop at the end where the place is to be named behind them.
    pub words: String,
    /// Where it is told in full.
    pub lead: Option<Lead<'a>>,
}

/// Where a sentence is told in full.
#[derive(Debug, Clone, Copy)]
pub enum Lead<'a> {
    /// Beside other findings.
    Finding(&'a Finding),
    /// Beside other comparisons.
    Comparison(&'a Comparison),
    /// The list of what somebody must answer.
    Queries,
    /// The list of comparisons.
    Reconciliation,
    /// The list of areas.
    Areas,
}

impl<'a> Said<'a> {
    pub(super) fn plain(words: impl Into<String>) -> Self {
        Self { words: words.into(), lead: None }
    }

    pub(super) fn rest(words: String, lead: Lead<'a>) -> Self {
        Self { words, lead: Some(lead) }
    }

    /// The whole sentence.
    #[must_use]
    pub fn whole(&self) -> String {
        match self.lead {
            Some(Lead::Queries | Lead::Reconciliation | Lead::Areas) => format!("{}.", self.words),
            _ => self.words.clone(),
        }
    }
}

impl<'a> Overview<'a> {
    /// Who is missing, in one line each; for publication only that figures are missing.
    #[must_use]
    pub fn missing(&self, for_publication: bool) -> Vec<String> {
        let (received, expected) = self.received();
        if self.data.missing.is_empty() {
            return vec![format!("Nobody: {received} of {expected} returns are in.")];
        }
        let line = |partner: &PartnerId| {
            let name = partner_name(self.round, *partner);
            if for_publication {
                return format!("No return of {name} is in these figures.");
            }
            let mut came = self.data.returns.iter().filter(|info| info.identity.partner == Some(*partner));
            let what = match came.next() {
                None => "has sent nothing",
                Some(first) if first.blank && came.all(|info| info.blank) => {
                    "has sent the form with nothing filled in"
                }
                Some(_) => "sent a file that could not be used",
            };
            let about = self.round.partners.get(usize::from(partner.0));
            match about.and_then(|about| about.contact.as_ref()) {
                Some(post) => format!("{name} {what}; ask the {post}."),
                None => format!("{name} {what}."),
            }
        };
        let (one, more) = ("more partner is missing", "more partners are missing");
        shortened(self.data.missing.iter().map(line).collect(), one, more)
    }

    /// What must be put right before sign-off.
    #[must_use]
    pub fn blocks(&self) -> Vec<Said<'a>> {
        let is =
            |severity: Severity| self.findings.iter().filter(move |finding| finding.severity == severity);
        // What has an answer blocks nothing: it is counted, and stands with its answer on the list of queries.
        let (answered, mut errors): (Vec<&Finding>, Vec<&Finding>) =
            is(Severity::Error).partition(|finding| finding.answer().is_some());
        errors.sort_by_key(|finding| (finding.partner.is_none(), finding.partner));
        let line =
            |finding: &&'a Finding| Said { words: self.of_whom(finding), lead: Some(Lead::Finding(finding)) };
        let queries = is(Severity::Query).filter(|finding| finding.answer().is_none()).count();
        let mut lines: Vec<Said<'a>> = errors.iter().take(MOST).map(line).collect();
        match errors.len().saturating_sub(MOST) {
            0 => {}
            1 => lines.push(Said::rest("… and 1 more error".to_owned(), Lead::Queries)),
            more => lines.push(Said::rest(format!("… and {more} more errors"), Lead::Queries)),
        }
        if lines.is_empty() {
            lines.push(Said::plain("Nothing."));
        }
        match answered.len() {
            0 => {}
            1 => lines.push(Said::rest("1 error is answered".to_owned(), Lead::Queries)),
            more => lines.push(Said::rest(format!("{more} errors are answered"), Lead::Queries)),
        }
        lines.extend(untested(&self.data.ledgered).map(Said::plain));
        match queries {
            0 => {}
            1 => lines.push(Said::rest("Beside that, 1 query waits for an answer".to_owned(), Lead::Queries)),
            _ => lines.push(Said::rest(
                format!("Beside that, {queries} queries wait for an answer"),
                Lead::Queries,
            )),
        }
        lines
    }

    /// A finding's message behind the name of the partner that it is about, and before its place, unless it has them
    /// already.
    #[must_use]
    pub fn of_whom(&self, finding: &Finding) -> String {
        let mut words = match finding.partner {
            Some(partner) if !finding.message.contains(partner_name(self.round, partner)) => {
                format!("{}: {}", partner_name(self.round, partner), finding.message)
            }
            _ => finding.message.to_string(),
        };
        if let Location::Cell(at) = finding.at
            && !words.contains(self.data.places.file(at.file))
        {
            let place = self.place(finding.at);
            words = match words.strip_suffix('.') {
                Some(words) => format!("{words} ({place})."),
                None => format!("{words} ({place})"),
            };
        }
        words
    }

    /// How many totals agree, and how many do not.
    #[must_use]
    pub fn totals(&self) -> String {
        let [agree, rounding, differ, untested] = self.tally();
        let all = agree + rounding + differ + untested;
        if all == 0 {
            return "No total was tested.".to_owned();
        }
        let near = match rounding {
            0 => String::new(),
            _ => format!(" ({rounding} of them within rounding)"),
        };
        let off = match differ {
            0 => "; none differs".to_owned(),
            1 => "; here is the one that does not".to_owned(),
            _ => format!("; here are the {differ} that do not"),
        };
        let open = match untested {
            0 => String::new(),
            1 => ", and one that could not be tested".to_owned(),
            _ => format!(", and {untested} that could not be tested"),
        };
        format!("{} of {all} totals agree{near}{off}{open}.", agree + rounding)
    }
}

/// That some of the ledger was not tested, if so: no error speaks of it.
#[must_use]
pub fn untested(ledgers: &[Ledgered]) -> Option<String> {
    match ledgers.iter().fold(0u32, |sum, one| sum.saturating_add(one.untested)) {
        0 => None,
        1 => Some(
            "One line of the ledger was not tested, because an amount could not be read: it is not known to agree."
                .to_owned(),
        ),
        lines => Some(format!(
            "{lines} lines of the ledger were not tested, because amounts could not be read: they are not known to agree."
        )),
    }
}

/// The first lines, and how many more there are: the words for one more, and for several.
fn shortened(mut lines: Vec<String>, one: &str, more: &str) -> Vec<String> {
    let left = lines.len().saturating_sub(MOST);
    lines.truncate(MOST);
    if left > 0 {
        lines.push(format!("… and {left} {}.", if left == 1 { one } else { more }));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_out_is_counted_in_good_english() {
        let lines = |number: usize| vec!["x".to_owned(); number];
        let last = |number: usize| shortened(lines(number), "is missing", "are missing").pop();
        assert_eq!(last(MOST).as_deref(), Some("x"));
        assert_eq!(last(MOST + 1).as_deref(), Some("… and 1 is missing."));
        assert_eq!(last(MOST + 2).as_deref(), Some("… and 2 are missing."));
    }
}

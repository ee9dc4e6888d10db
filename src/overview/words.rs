//! The sentences that stand first.

use super::{Facts, Overview, partner_name};
use crate::finding::{Finding, Location, Severity};
use crate::model::{Comparison, Ledgered, Outcome, PartnerId, Scope, pounds};
use rust_decimal::Decimal;

/// The most lines of one kind on the first sheet.
const MOST: usize = 5;

/// The most differences and areas that are named in what is to be decided.
const SOME: usize = 3;

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
    fn plain(words: impl Into<String>) -> Self {
        Self { words: words.into(), lead: None }
    }

    fn rest(words: String, lead: Lead<'a>) -> Self {
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
        // What has an answer stays in sight, behind what has none.
        let mut errors: Vec<&Finding> = is(Severity::Error).collect();
        errors
            .sort_by_key(|finding| (finding.answer().is_some(), finding.partner.is_none(), finding.partner));
        let line = |finding: &&'a Finding| {
            let mut words = self.of_whom(finding);
            if let Some(answer) = finding.answer() {
                words = format!("{words} Answered by {}: \u{201c}{}\u{201d}", answer.post, answer.text);
            }
            Said { words, lead: Some(Lead::Finding(finding)) }
        };
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

    /// What to decide: the largest differences first, then what is red, then who is missing.
    #[must_use]
    pub fn decisions(&self, facts: &Facts) -> Vec<Said<'a>> {
        let mut lines = self.differences_to_settle();
        match self.data.ledgered.iter().fold(0u32, |sum, ledgered| sum.saturating_add(ledgered.untested)) {
            0 => {}
            1 => lines.push(Said::rest(
                "Ask for an amount that could not be read: one line was not tested".to_owned(),
                Lead::Reconciliation,
            )),
            more => lines.push(Said::rest(
                format!("Ask for amounts that could not be read: {more} lines were not tested"),
                Lead::Reconciliation,
            )),
        }
        if !facts.reds.is_empty() {
            let mut names = facts.reds.iter().take(SOME).cloned().collect::<Vec<_>>().join("; ");
            if facts.reds.len() > SOME {
                names = format!("{names}; and {} more", facts.reds.len() - SOME);
            }
            lines.push(Said::rest(
                format!("What to do about the areas with a {}: {names}", facts.worst),
                Lead::Areas,
            ));
        }
        lines.extend(self.wait_or_go_on().map(Said::plain));
        if lines.is_empty() {
            lines.push(Said::plain("Nothing beyond accepting the figures."));
        }
        lines
    }

    /// The largest differences between returns and ledger, of partners of whom a return is used: nobody else has one to
    /// correct. And how many more there are, with what they come to.
    fn differences_to_settle(&self) -> Vec<Said<'a>> {
        let mut differences = Vec::new();
        for comparison in &self.data.comparisons {
            let (Outcome::Differs { difference }, Scope::Partner(partner)) =
                (&comparison.outcome, comparison.scope)
            else {
                continue;
            };
            let ledgered = self.data.ledgered.iter().any(|one| one.control == comparison.control);
            if ledgered && !self.data.missing.contains(&partner) {
                differences.push((partner, *difference, comparison));
            }
        }
        differences.sort_by_key(|(_, difference, _)| std::cmp::Reverse(difference.abs()));
        let by = self.round.by_corrections();
        let line = |&(partner, difference, comparison): &(PartnerId, Decimal, &'a Comparison)| {
            let name = partner_name(self.round, partner);
            let side = if difference < Decimal::ZERO { "below" } else { "above" };
            let (line, off) = (&comparison.line, pounds(difference.abs()));
            Said {
                words: format!(
                    "{name}: accept, or ask for a corrected return{by}? {line} is {off} {side} the ledger."
                ),
                lead: Some(Lead::Comparison(comparison)),
            }
        };
        let mut lines: Vec<Said<'a>> = differences.iter().take(SOME).map(line).collect();
        let rest = differences.get(SOME..).unwrap_or_default();
        let sum = rest.iter().fold(Decimal::ZERO, |sum, (_, off, _)| sum.saturating_add(off.abs()));
        match rest.len() {
            0 => {}
            1 => lines.push(Said::rest(
                format!("The same for 1 smaller difference of {}", pounds(sum)),
                Lead::Reconciliation,
            )),
            more => lines.push(Said::rest(
                format!(
                    "The same for {more} smaller differences, {} in all without their signs",
                    pounds(sum)
                ),
                Lead::Reconciliation,
            )),
        }
        lines
    }

    /// Partners of whom no return is used are asked for the return itself.
    fn wait_or_go_on(&self) -> Option<String> {
        let names: Vec<&str> =
            self.data.missing.iter().map(|partner| partner_name(self.round, *partner)).collect();
        let (of_whom, it) = match names.as_slice() {
            [] => return None,
            [one] => ((*one).to_owned(), ["its return", "it"]),
            [one, other] => (format!("{one} and {other}"), ["their returns", "them"]),
            [one, other, rest @ ..] => {
                (format!("{one}, {other} and {} more", rest.len()), ["their returns", "them"])
            }
        };
        let [returns, it] = it;
        let until = self.round.by_corrections().replacen(" by ", " until ", 1);
        Some(format!("{of_whom}: ask for {returns} and wait for {it}{until}, or report without {it}?"))
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

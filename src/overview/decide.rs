//! What is to be decided, in sentences: what nobody has answered yet.

use super::{Facts, Lead, Overview, Said, partner_name};
use crate::finding::{Finding, Location, Severity};
use crate::model::{Comparison, Evidence, Outcome, PartnerId, REPLACED_RETURN, Scope, pounds};
use rust_decimal::Decimal;

/// The most differences that are named.
const SOME: usize = 3;

/// The most areas that are named.
const AREAS: usize = 15;

impl<'a> Overview<'a> {
    /// What to decide: the largest differences first, then what is red, then who is missing.
    #[must_use]
    pub fn decisions(&self, facts: &Facts) -> Vec<Said<'a>> {
        let (mut lines, mut answered) = self.differences_to_settle();
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
            let mut names = facts.reds.iter().take(AREAS).cloned().collect::<Vec<_>>().join("; ");
            if facts.reds.len() > AREAS {
                names = format!("{names}; and {} more", facts.reds.len() - AREAS);
            }
            lines.push(Said::rest(
                format!("What to do about the areas with a {}: {names}", facts.worst),
                Lead::Areas,
            ));
        }
        let (waiting, settled): (Vec<PartnerId>, Vec<PartnerId>) =
            self.data.missing.iter().copied().partition(|partner| !self.is_settled(*partner));
        answered += settled.len();
        lines.extend(self.wait_or_go_on(&waiting).map(Said::plain));
        let rest = match (lines.is_empty(), answered) {
            (true, 0) => Said::plain("Nothing beyond accepting the figures."),
            (true, 1) => Said::rest("Nothing: the one question is answered".to_owned(), Lead::Queries),
            (true, all) => Said::rest(format!("Nothing: all {all} questions are answered"), Lead::Queries),
            (false, 0) => return lines,
            (false, 1) => Said::rest("1 more question is answered".to_owned(), Lead::Queries),
            (false, more) => Said::rest(format!("{more} more questions are answered"), Lead::Queries),
        };
        lines.push(rest);
        lines
    }

    /// The largest differences between returns and ledger, of partners of whom a return is used: nobody else has one to
    /// correct. And how many more there are, with what they come to. Not those that are answered, whose number is given,
    /// nor what two returns count twice: what is used of them agrees.
    fn differences_to_settle(&self) -> (Vec<Said<'a>>, usize) {
        let (mut differences, mut answered) = (Vec::new(), 0);
        for comparison in &self.data.comparisons {
            let (Outcome::Differs { difference }, Scope::Partner(partner)) =
                (&comparison.outcome, comparison.scope)
            else {
                continue;
            };
            let ledgered = self.data.ledgered.iter().any(|one| one.control == comparison.control);
            if !ledgered || self.data.missing.contains(&partner) || is_counted_twice(comparison) {
                continue;
            }
            if self.is_answered(comparison) {
                answered += 1;
            } else {
                differences.push((partner, *difference, comparison));
            }
        }
        differences.sort_by_key(|(_, difference, _)| std::cmp::Reverse(difference.abs()));
        let by = self.round.by_corrections();
        let line = |&(partner, difference, comparison): &(PartnerId, Decimal, &'a Comparison)| {
            let name = partner_name(self.round, partner);
            let side = if difference < Decimal::ZERO { "below" } else { "above" };
            let (line, off) = (&comparison.line, pounds(difference.abs()));
            let cause = in_few_words(comparison);
            Said {
                words: format!(
                    "{name}: accept, or ask for a corrected return{by}? {line} is {off} {side} the ledger{cause}."
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
        (lines, answered)
    }

    /// True if all that is asked about the cell of a comparison is answered.
    fn is_answered(&self, comparison: &Comparison) -> bool {
        let at = Location::of(comparison);
        all_answered(self.findings.iter().filter(|finding| finding.at == at && finding.asks()))
    }

    /// True if what keeps a partner's return from being used is answered.
    fn is_settled(&self, partner: PartnerId) -> bool {
        let own =
            |finding: &&Finding| finding.partner == Some(partner) && finding.severity == Severity::Error;
        all_answered(self.findings.iter().filter(own))
    }

    /// Partners of whom no return is used are asked for the return itself.
    fn wait_or_go_on(&self, missing: &[PartnerId]) -> Option<String> {
        let names: Vec<&str> = missing.iter().map(|partner| partner_name(self.round, *partner)).collect();
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
}

/// True if there is a question and none is open.
fn all_answered<'a>(mut findings: impl Iterator<Item = &'a Finding>) -> bool {
    findings.next().is_some_and(|first| first.answer().is_some())
        && findings.all(|finding| finding.answer().is_some())
}

/// True if a difference is there only because two returns of a partner came: what is used of them agrees.
fn is_counted_twice(comparison: &Comparison) -> bool {
    let first = comparison.explanations.first();
    first.is_some_and(|first| first.cause == REPLACED_RETURN && first.remains.is_zero())
}

/// The likeliest cause in brackets: the words of the return that name the amount, else the cause's name.
fn in_few_words(comparison: &Comparison) -> String {
    let known = comparison.explanations.first().filter(|first| first.evidence != Evidence::Possible);
    let Some(first) = known else { return String::new() };
    let quoted = first.words.split_once('\u{201c}').and_then(|(_, rest)| rest.split_once('\u{201d}'));
    match quoted {
        Some((words, _)) => format!(" (\u{201c}{words}\u{201d})"),
        None if first.cause == "vat-in-or-out" => " (VAT)".to_owned(),
        None => format!(" ({})", first.cause.replace('-', " ")),
    }
}

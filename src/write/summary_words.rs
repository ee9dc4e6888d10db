//! The sentences of the first sheet.

use super::cells;
use super::context::Context;
use super::rating::Ratings;
use super::reconciliation;
use crate::finding::Severity;
use crate::model::{Outcome, Scope, pounds};
use crate::schema::OutputKind;
use std::collections::BTreeMap;

/// The most lines of one kind on the first sheet.
const MOST: usize = 5;

/// Numbers by the name under which a headline may ask for them.
pub(super) struct Facts {
    numbers: BTreeMap<&'static str, String>,
    worst: String,
    best: String,
    reds: Vec<String>,
}

impl Facts {
    /// Counts what headlines and tiles show.
    pub(super) fn new(cx: &Context<'_>, output: usize) -> Self {
        let table = match cx.output(output).kind {
            OutputKind::Summary { table, .. } => table,
            _ => None,
        };
        let ratings = table.map(|table| Ratings::new(cx, table));
        let labels = ratings.as_ref().map_or_else(Vec::new, Ratings::labels);
        let best = ratings.as_ref().and_then(Ratings::best);
        let groups = cx.data.groups.get(output).map_or(&[][..], Vec::as_slice);
        let rolled = |rating: Option<u16>| groups.iter().filter(|group| group.rolled == rating).count();
        let red: Vec<String> = groups
            .iter()
            .filter(|group| group.by_rating.first().is_some_and(|count| *count > 0))
            .map(|group| group.name.clone())
            .collect();
        let (received, expected) = cx.received();
        let asked = || cx.data.register.iter().flat_map(|entry| &entry.responses);
        let count = |severity| cx.findings.iter().filter(|finding| finding.severity == severity).count();
        let merged: u64 = table
            .and_then(|table| cx.data.merged_rows.get(table).copied().map(u64::from))
            .unwrap_or_else(|| cx.data.merged_rows.iter().copied().map(u64::from).sum());
        let [agree, rounding, differ, untested] = reconciliation::tally(cx);
        let numbers = [
            ("implemented", best.map_or(0, |best| rolled(Some(best))).to_string()),
            ("red", red.len().to_string()),
            ("areas", groups.len().to_string()),
            ("not-reported", rolled(None).to_string()),
            ("actions", cx.data.register.len().to_string()),
            ("returns", received.to_string()),
            ("expected", expected.to_string()),
            ("missing", cx.data.missing.len().to_string()),
            ("rows", merged.to_string()),
            ("asked", asked().count().to_string()),
            ("answered", asked().filter(|response| response.row.is_some()).count().to_string()),
            ("held", cx.data.held.len().to_string()),
            ("queries", count(Severity::Query).to_string()),
            ("errors", count(Severity::Error).to_string()),
            ("agree", (agree + rounding).to_string()),
            ("differ", differ.to_string()),
            ("tested", (agree + rounding + differ + untested).to_string()),
            ("board", cx.round.board.clone()),
            ("period", cx.round.period.to_string()),
        ];
        Self {
            numbers: numbers.into_iter().collect(),
            worst: labels.first().map_or_else(String::new, |label| label.to_lowercase()),
            best: labels.last().map_or_else(String::new, |label| label.to_lowercase()),
            reds: red,
        }
    }

    /// Fills a sentence: `‹areas›` becomes the number of areas; what is not known stays as it stands.
    pub(super) fn fill(&self, sentence: &str) -> String {
        let mut filled = String::new();
        let mut rest = sentence;
        while let Some(start) = rest.find('‹') {
            let (before, from) = rest.split_at(start);
            filled.push_str(before);
            let Some(end) = from.find('›') else {
                rest = from;
                break;
            };
            let name = from.get('‹'.len_utf8()..end).unwrap_or_default();
            let whole = from.get(..end + '›'.len_utf8()).unwrap_or_default();
            filled.push_str(self.numbers.get(name).map_or(whole, String::as_str));
            rest = from.get(whole.len()..).unwrap_or_default();
        }
        filled + rest
    }

    /// The three numbers: groups with the best rating, groups with a worst one, returns; without groups, what there is.
    pub(super) fn tiles(&self) -> Vec<(String, String)> {
        let number = |name: &str| self.numbers.get(name).cloned().unwrap_or_default();
        let returns =
            (format!("{} of {}", number("returns"), number("expected")), "returns received".to_owned());
        if self.numbers.get("areas").is_some_and(|areas| areas != "0") {
            return vec![
                (
                    format!("{} of {}", number("implemented"), number("areas")),
                    format!("areas wholly {}", self.best),
                ),
                (number("red"), format!("areas with at least one {}", self.worst)),
                returns,
            ];
        }
        vec![
            returns,
            (number("rows"), "rows merged".to_owned()),
            (format!("{} of {}", number("agree"), number("tested")), "totals agree".to_owned()),
        ]
    }
}

/// Who is missing, in one line each.
pub(super) fn missing(cx: &Context<'_>) -> Vec<String> {
    let (received, expected) = cx.received();
    if cx.data.missing.is_empty() {
        return vec![format!("Nobody: {received} of {expected} returns are in.")];
    }
    let line = |partner: &crate::model::PartnerId| {
        let name = cells::partner_name(cx.round, *partner);
        if cx.is_extract() {
            return format!("No return of {name} is in these figures.");
        }
        let refused = cx.data.returns.iter().any(|info| info.identity.partner == Some(*partner));
        let what = if refused { "sent a file that could not be used" } else { "has sent nothing" };
        let about = cx.round.partners.get(usize::from(partner.0));
        match about.and_then(|about| about.contact.as_ref()) {
            Some(post) => format!("{name} {what}; ask the {post}."),
            None => format!("{name} {what}."),
        }
    };
    shortened(cx.data.missing.iter().map(line).collect(), "more partners are missing")
}

/// What must be put right before sign-off.
pub(super) fn blocks(cx: &Context<'_>) -> Vec<String> {
    let errors = cx.findings.iter().filter(|finding| finding.severity == Severity::Error);
    let line = |finding: &crate::finding::Finding| match finding.partner {
        Some(partner) if !finding.message.contains(cells::partner_name(cx.round, partner)) => {
            format!("{}: {}", cells::partner_name(cx.round, partner), finding.message)
        }
        _ => finding.message.to_string(),
    };
    let lines: Vec<String> = errors.map(line).collect();
    let queries = cx.findings.iter().filter(|finding| finding.severity == Severity::Query).count();
    let mut lines = shortened(lines, "more; see the sheet of queries");
    if lines.is_empty() {
        lines.push("Nothing.".to_owned());
    }
    match queries {
        0 => {}
        1 => lines.push("Beside that, 1 query waits for an answer.".to_owned()),
        _ => lines.push(format!("Beside that, {queries} queries wait for an answer.")),
    }
    lines
}

/// At most five things to decide: the largest differences first, then what is red, then who is missing.
pub(super) fn decisions(cx: &Context<'_>, facts: &Facts) -> Vec<String> {
    let mut lines = Vec::new();
    let mut differences: Vec<_> = cx
        .data
        .comparisons
        .iter()
        .filter_map(|comparison| match comparison.outcome {
            Outcome::Differs { difference } if comparison.scope != Scope::Round => {
                Some((difference.abs(), difference, comparison))
            }
            _ => None,
        })
        .filter(|(_, _, comparison)| cx.data.ledgered.iter().any(|l| l.control == comparison.control))
        .collect();
    differences.sort_by_key(|(size, ..)| std::cmp::Reverse(*size));
    for (_, difference, comparison) in differences.iter().take(3) {
        if let Scope::Partner(partner) = comparison.scope {
            lines.push(format!(
                "{}: accept, or ask for a corrected return? {} is {} out.",
                cells::partner_name(cx.round, partner),
                comparison.line,
                pounds(*difference)
            ));
        }
    }
    match cx.data.ledgered.iter().fold(0u32, |sum, ledgered| sum.saturating_add(ledgered.untested)) {
        0 => {}
        1 => lines.push("Ask for an amount that could not be read: one line was not tested.".to_owned()),
        more => lines.push(format!("Ask for amounts that could not be read: {more} lines were not tested.")),
    }
    if !facts.reds.is_empty() {
        let mut names = facts.reds.iter().take(3).cloned().collect::<Vec<_>>().join("; ");
        if facts.reds.len() > 3 {
            names = format!("{names}; and {} more", facts.reds.len() - 3);
        }
        lines.push(format!("What to do about the areas with a {}: {names}.", facts.worst));
    }
    if !cx.data.missing.is_empty() {
        lines.push("Whether to wait for the missing returns, or to report without them.".to_owned());
    }
    if lines.is_empty() {
        lines.push("Nothing beyond accepting the figures.".to_owned());
    }
    lines.truncate(MOST);
    lines
}

fn shortened(mut lines: Vec<String>, more: &str) -> Vec<String> {
    let left = lines.len().saturating_sub(MOST);
    lines.truncate(MOST);
    if left > 0 {
        lines.push(format!("… and {left} {more}."));
    }
    lines
}

/// Breaks a text into lines of about so many characters; a longer word stays whole.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let line = lines.last_mut().expect("the list starts with a line and only grows");
        if line.is_empty() {
            line.push_str(word);
        } else if line.chars().count() + 1 + word.chars().count() <= width {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_filled_and_what_is_not_known_stays() {
        let facts = Facts {
            numbers: [("areas", "11".to_owned()), ("red", "8".to_owned())].into_iter().collect(),
            worst: "red".to_owned(),
            best: "green".to_owned(),
            reds: Vec::new(),
        };
        assert_eq!(
            facts.fill("‹red› of ‹areas› areas, ‹moon› and ‹ open"),
            "8 of 11 areas, ‹moon› and ‹ open"
        );
        assert_eq!(facts.fill("plain"), "plain");
    }

    #[test]
    fn long_sentences_are_broken_between_words() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("", 7), [""]);
        assert_eq!(wrap("unbreakable", 3), ["unbreakable"]);
    }
}

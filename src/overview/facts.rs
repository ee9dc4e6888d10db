//! The numbers that headlines and tiles show.

use super::Overview;
use crate::finding::Severity;
use crate::schema::{OutputKind, Ratings};
use std::collections::BTreeMap;

/// Numbers by the name under which a headline may ask for them.
#[derive(Debug)]
pub struct Facts {
    numbers: BTreeMap<&'static str, String>,
    pub(super) worst: String,
    best: String,
    pub(super) reds: Vec<String>,
}

impl Facts {
    /// Counts what headlines and tiles show.
    #[must_use]
    pub fn new(cx: &Overview<'_>, output: usize) -> Self {
        let table = match cx.round.schema.outputs.get(output).map(|output| &output.kind) {
            Some(OutputKind::Summary { table, .. }) => *table,
            _ => None,
        };
        let ratings = table.map(|table| Ratings::new(&cx.round.schema, table));
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
        // The same count as on the screen: every row of every table.
        let merged: u64 =
            cx.data.returns.iter().filter_map(|info| info.rows.get(1)).map(|rows| u64::from(*rows)).sum();
        let [agree, rounding, differ, untested] = cx.tally();
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
    #[must_use]
    pub fn fill(&self, sentence: &str) -> String {
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
    #[must_use]
    pub fn tiles(&self) -> Vec<(String, String)> {
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
}

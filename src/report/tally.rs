//! Counts of findings and what they mean for the run.

use crate::finding::{Finding, Severity};
use serde::Serialize;

/// How many findings of each severity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, schemars::JsonSchema)]
pub struct Tally {
    /// What stops sign-off.
    pub errors: usize,
    /// What somebody must answer.
    pub queries: usize,
    /// What is listed so that nothing is silent.
    pub notes: usize,
}

/// What a run comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// No error and no query.
    NothingToAnswer,
    /// No error, but queries.
    QueriesToAnswer,
    /// At least one error.
    StopsSignOff,
}

impl Tally {
    /// Counts findings.
    #[must_use]
    pub fn of<'a>(findings: impl IntoIterator<Item = &'a Finding>) -> Self {
        let mut tally = Self::default();
        for finding in findings {
            tally.add(finding.severity);
        }
        tally
    }

    fn add(&mut self, severity: Severity) {
        match severity {
            Severity::Error => self.errors += 1,
            Severity::Query => self.queries += 1,
            Severity::Note => self.notes += 1,
        }
    }

    /// What these counts come to.
    #[must_use]
    pub const fn verdict(self) -> Verdict {
        match self {
            Self { errors: 1.., .. } => Verdict::StopsSignOff,
            Self { queries: 1.., .. } => Verdict::QueriesToAnswer,
            _ => Verdict::NothingToAnswer,
        }
    }
}

/// A count with its word: `1 query`, `1,204 queries`.
#[must_use]
pub fn count(number: usize, one: &str, many: &str) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    let word = if number == 1 { one } else { many };
    if !word.is_empty() {
        text.push(' ');
        text.push_str(word);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_finding_decides() {
        let verdict = |errors, queries, notes| Tally { errors, queries, notes }.verdict();
        assert_eq!(verdict(0, 0, 9), Verdict::NothingToAnswer);
        assert_eq!(verdict(0, 1, 0), Verdict::QueriesToAnswer);
        assert_eq!(verdict(2, 1, 0), Verdict::StopsSignOff);
    }

    #[test]
    fn counts_agree_with_their_words() {
        assert_eq!(count(1, "query", "queries"), "1 query");
        assert_eq!(count(1_234_567, "row", "rows"), "1,234,567 rows");
        assert_eq!(count(0, "", ""), "0");
    }
}

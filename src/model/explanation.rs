//! What would explain a difference.

use super::Origin;
use rust_decimal::Decimal;

/// A cause that was tested against a difference and fits it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// The cause's name, kebab-case: what `quarterday explain` knows it by.
    pub cause: &'static str,
    /// The text of the file that explains the cause, with its page.
    pub page: &'static str,
    /// How it is known.
    pub evidence: Evidence,
    /// The part of the difference that it accounts for, pounds, signed as the difference is.
    pub explains: Decimal,
    /// What is left of the difference after it, pounds.
    pub remains: Decimal,
    /// The cells that show it, the one to open first in front.
    pub cells: Vec<Origin>,
    /// What it says, in a plain sentence or two.
    pub words: String,
}

/// The cause that part of a figure stands in a return that another one of the same partner replaces.
pub const REPLACED_RETURN: &str = "replaced-return";

/// Words that only begin a sentence with a capital.
const BEGINNINGS: [&str; 6] = ["It ", "Its ", "The ", "This ", "That ", "A "];

impl Explanation {
    /// What it says, as a sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        let mut letters = self.words.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
    }

    /// What it says, to stand after a colon.
    #[must_use]
    pub fn after_colon(&self) -> String {
        let mut letters = self.words.chars();
        match letters.next() {
            Some(first) if BEGINNINGS.iter().any(|word| self.words.starts_with(word)) => {
                first.to_lowercase().chain(letters).collect()
            }
            _ => self.words.clone(),
        }
    }
}

/// How an explanation is known; the stronger comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Evidence {
    /// The files show it: a formula's range, a hidden row, words that name the amount, a return that was replaced.
    Shown,
    /// Another figure says the same: a second total, the row's own quarters, the ledger's quarter.
    Confirmed,
    /// One figure fits exactly by a rule that hardly ever fits by chance.
    Exact,
    /// Figures fit that may fit by chance.
    Possible,
}

impl Evidence {
    /// In words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Shown => "shown by the files",
            Self::Confirmed => "confirmed by another figure",
            Self::Exact => "fits one figure exactly",
            Self::Possible => "possible",
        }
    }
}

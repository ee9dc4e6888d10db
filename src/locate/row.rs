//! What can be told of a row from its cells alone.

use crate::model::{Folded, Raw, RawCell, Sheet, fold_hash, is_space};

/// A heading as people see it: one line, one space between words, no escapes.
pub(super) fn tidy(text: &str) -> String {
    let text = text.replace("_x000D_", " ").replace("_x000d_", " ");
    let words: Vec<&str> = text.split(is_space).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// A number that is the same for rows with the same words in the same columns.
pub(super) fn fingerprint(sheet: &Sheet, cells: &[RawCell]) -> u64 {
    cells.iter().fold(0, |sum: u64, cell| {
        let word = match sheet.raw(cell) {
            Raw::Text(text) => fold_hash(text),
            _ => 1,
        };
        (sum ^ word ^ u64::from(cell.at.column)).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(17)
    })
}

/// Words that mark rows, such as *Total*: compared only where the first letter fits.
#[derive(Debug, Clone, Default)]
pub(super) struct Marks {
    words: Vec<String>,
}

impl Marks {
    pub(super) fn new(words: &[String]) -> Self {
        Self {
            words: words
                .iter()
                .map(|word| crate::model::fold(word))
                .filter(|word| !word.is_empty())
                .collect(),
        }
    }

    /// True if the text is one of the words or begins with one of them as a whole word.
    pub(super) fn begin(&self, text: &str) -> bool {
        self.fit(text, |rest| !rest.starts_with(char::is_alphanumeric))
    }

    /// True if the text is one of the words.
    pub(super) fn are(&self, text: &str) -> bool {
        self.fit(text, |rest| Folded::new(rest).next().is_none())
    }

    fn fit(&self, text: &str, rest_fits: impl Fn(&str) -> bool) -> bool {
        let Some(first) = Folded::new(text).next() else { return false };
        self.words.iter().filter(|word| word.starts_with(first)).any(|word| {
            let mut letters = Folded::new(text);
            word.chars().all(|letter| letters.next() == Some(letter)) && rest_fits(letters.rest())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_whole_words() {
        let marks = Marks::new(&["Total".to_owned(), "Sub-total".to_owned()]);
        for text in
            ["Total", "TOTAL:", " total contributions", "Subtotal", "Sub total (police)", "Total\u{a0}"]
        {
            assert!(marks.begin(text), "{text}");
        }
        for text in ["Totals are below", "Totally", "The total", "", "Tot"] {
            assert!(!marks.begin(text), "{text}");
        }
        assert!(marks.are("TOTAL:"));
        assert!(!marks.are("Total contributions"));
    }

    #[test]
    fn a_heading_is_shown_on_one_line() {
        assert_eq!(tidy(" Lead_x000D_\nofficer\u{a0} (post) "), "Lead officer (post)");
    }
}

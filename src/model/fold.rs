//! Words without what people vary: case, spaces, punctuation, line breaks.

use std::collections::BTreeSet;

/// The letters and digits of a text in lower case: `Lead officer (post)` and `LEAD-OFFICER\nPOST` fold alike. Digits that
/// something stands between keep a space (`1.1` is not `11`), `&` is *and*, `%` stays.
#[must_use]
pub fn fold(text: &str) -> String {
    Folded::new(text).collect()
}

/// True if two texts fold alike. Nothing is allocated.
#[must_use]
pub fn folds_alike(a: &str, b: &str) -> bool {
    Folded::new(a).eq(Folded::new(b))
}

/// True if half of the words of the shorter text, or more, are in the longer one.
#[must_use]
pub fn words_alike(a: &str, b: &str) -> bool {
    let words = |text: &str| -> BTreeSet<String> {
        text.split_whitespace().map(fold).filter(|word| !word.is_empty()).collect()
    };
    let (a, b) = (words(a), words(b));
    a.intersection(&b).count() * 2 >= a.len().min(b.len())
}

/// A number that is equal for texts that fold alike, and hardly ever for others.
#[must_use]
pub fn fold_hash(text: &str) -> u64 {
    Folded::new(text).fold(0xcbf2_9ce4_8422_2325, |hash, letter| {
        (hash ^ u64::from(u32::from(letter))).wrapping_mul(0x0100_0000_01b3)
    })
}

/// The folded letters of a text, one after another.
#[derive(Debug, Clone)]
pub struct Folded<'a> {
    rest: &'a str,
    pending: &'static str,
    held: Option<char>,
    after_digit: bool,
    gap: bool,
}

impl<'a> Folded<'a> {
    /// Starts at the beginning of a text.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        Self { rest: text, pending: "", held: None, after_digit: false, gap: false }
    }

    /// The text that was not looked at yet.
    #[must_use]
    pub fn rest(&self) -> &'a str {
        self.rest
    }

    fn letter(&mut self, letter: char) -> char {
        let digit = letter.is_ascii_digit();
        let split = digit && self.after_digit && self.gap;
        self.gap = false;
        self.after_digit = digit;
        if split {
            self.held = Some(letter);
            return ' ';
        }
        letter
    }
}

impl Iterator for Folded<'_> {
    type Item = char;

    fn next(&mut self) -> Option<char> {
        if let Some(letter) = self.held.take() {
            return Some(letter);
        }
        let mut pending = self.pending.chars();
        if let Some(letter) = pending.next() {
            self.pending = pending.as_str();
            return Some(self.letter(letter));
        }
        loop {
            if self.rest.starts_with('_')
                && let Some(length) = escape_length(self.rest)
            {
                self.rest = self.rest.get(length..).unwrap_or_default();
                self.gap = true;
                continue;
            }
            let mut letters = self.rest.chars();
            let letter = letters.next()?;
            self.rest = letters.as_str();
            if letter.is_ascii_alphanumeric() || letter == '%' {
                return Some(self.letter(letter.to_ascii_lowercase()));
            }
            if letter == '&' {
                self.pending = "nd";
                return Some(self.letter('a'));
            }
            if !letter.is_ascii() && letter.is_alphanumeric() {
                return Some(self.letter(letter.to_lowercase().next().unwrap_or(letter)));
            }
            self.gap = true;
        }
    }
}

/// The length of an escape such as `_x000D_` that a text begins with, if it does.
#[must_use]
pub fn escape_length(text: &str) -> Option<usize> {
    let escape = text.as_bytes().get(..7)?;
    let whole = escape.starts_with(b"_x")
        && escape.ends_with(b"_")
        && escape.get(2..6)?.iter().all(u8::is_ascii_hexdigit);
    whole.then_some(7)
}

/// The power of ten of a unit that a heading names (`Q1 (£000)` is 3), and the heading without it.
#[must_use]
pub fn heading_unit(heading: &str) -> Option<(String, i8)> {
    const UNITS: [&str; 9] =
        ["£'000s", "£\u{2019}000s", "£'000", "£\u{2019}000", "£000s", "£000", "£k", "'000s", "'000"];
    let lower = heading.to_ascii_lowercase();
    UNITS.iter().find_map(|unit| {
        let at = lower.find(unit)?;
        let after = lower.get(at + unit.len()..).unwrap_or_default();
        if after.starts_with(|next: char| next.is_alphanumeric()) {
            return None;
        }
        let before = heading.get(..at).unwrap_or_default();
        Some((format!("{before} {}", heading.get(at + unit.len()..).unwrap_or_default()), 3))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn folds_what_people_vary() {
        for (a, b) in [
            ("Lead officer (post)", "LEAD-OFFICER\r\nPost"),
            ("Children's Wellbeing", "Childrens\u{a0}well\u{2019}being"),
            ("Health & Wellbeing", "health and wellbeing"),
            ("Due_x000D_\ndate", "due date"),
            ("", " :\u{200b}- "),
        ] {
            assert!(folds_alike(a, b), "{a} / {b}");
            assert_eq!(fold(a), fold(b));
            assert_eq!(fold_hash(a), fold_hash(b));
        }
        for (a, b) in [("1.1", "11"), ("Q1", "Q2"), ("% complete", "complete"), ("1.1.1", "1.11")] {
            assert!(!folds_alike(a, b), "{a} / {b}");
        }
    }

    #[test]
    fn reads_the_unit_of_a_heading() {
        assert_eq!(heading_unit("Q1 (£000)").map(|(text, unit)| (fold(&text), unit)), Some(("q1".into(), 3)));
        assert_eq!(heading_unit("£k actual").map(|(_, unit)| unit), Some(3));
        assert_eq!(heading_unit("Actual £'000s").map(|(_, unit)| unit), Some(3));
        assert_eq!(heading_unit("Actual (£)"), None);
        assert_eq!(heading_unit("£0001"), None);
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in "\\PC{0,40}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }
    }
}

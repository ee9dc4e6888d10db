//! One cell of a table of a web page, from its tags to its value.
//!
//! Words that people see apart are kept apart: what is crossed out, raised or lowered, and what a page hides, is never glued
//! to what stands beside it, so that no figure is made of two.

use super::html_tags::{add_words, attribute, ends_itself, holds_words};
use crate::model::{MAX_COLUMNS, MAX_ROWS};
use rust_decimal::Decimal;

/// Elements that stand on lines of their own.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "blockquote",
    "center",
    "dd",
    "div",
    "dl",
    "dt",
    "fieldset",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "ol",
    "option",
    "p",
    "pre",
    "section",
    "select",
    "ul",
];
/// Elements that cross their words out.
const CROSSING: &[&str] = &["s", "strike", "del"];
/// Elements that raise or lower their words.
const SHIFTING: &[&str] = &["sup", "sub"];
/// Elements that hold nothing and have no end.
const VOID: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "wbr"];
/// What is raised after the number of a day belongs to it.
const ORDINALS: &[&str] = &["st", "nd", "rd", "th"];
/// Digits after a point to which a number that is shown may be rounded.
const MOST_PLACES: u32 = 15;

/// A cell that is being read.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "what is known of a cell, each alone")]
pub(super) struct Cell {
    pub(super) columns: u16,
    pub(super) rows: u32,
    /// True if the page hides the whole of it.
    pub(super) hidden: bool,
    /// The number that the page says stands behind the words.
    number: Option<String>,
    text: String,
    /// How long the text was before the hidden words with which it ends now.
    shown: Option<usize>,
    hides: Hidden,
    /// True if hidden words were left out.
    left_out: bool,
    /// Elements open that cross their words out, and the letters that are crossed out and others.
    struck: u32,
    letters: (usize, usize),
    /// True if the next words stand apart from those before.
    apart: bool,
    /// True if words in it stand apart.
    broken: bool,
}

/// What a cell holds.
pub(super) struct Content {
    pub(super) text: String,
    /// The number behind the words, if they are that number.
    pub(super) number: Option<f64>,
    /// A number that stands behind a cell which shows nothing.
    pub(super) unshown: Option<String>,
    /// Whether words are crossed out: all of them, or some.
    pub(super) struck: Option<bool>,
    /// True if hidden words were left out.
    pub(super) left_out: bool,
}

impl Cell {
    /// Begins a cell.
    pub(super) fn new(tag: &str) -> Self {
        Self {
            columns: span(tag, "colspan", MAX_COLUMNS.into()).try_into().unwrap_or(MAX_COLUMNS),
            rows: rows(tag),
            hidden: is_hidden(tag),
            number: attribute(tag, "x:num").map(str::trim).filter(|said| !said.is_empty()).map(str::to_owned),
            ..Self::default()
        }
    }

    /// True while what is read is hidden.
    pub(super) fn hides(&self) -> bool {
        self.hidden || self.hides.is_on()
    }

    /// Something opens inside the cell.
    pub(super) fn start(&mut self, name: &str, tag: &str) {
        self.hides.start(name, tag);
        if name == "br" {
            self.new_line();
        } else {
            self.edge(name);
        }
        if CROSSING.contains(&name) && !ends_itself(tag) {
            self.struck = self.struck.saturating_add(1);
        }
    }

    /// Something closes inside it.
    pub(super) fn end(&mut self, name: &str) {
        self.hides.end(name);
        self.edge(name);
        if CROSSING.contains(&name) {
            self.struck = self.struck.saturating_sub(1);
        }
    }

    /// What stands on the two sides of the edge of such an element stands apart.
    fn edge(&mut self, name: &str) {
        if BLOCKS.contains(&name) {
            if !self.text.ends_with('\n') {
                self.new_line();
            }
        } else if CROSSING.contains(&name) || SHIFTING.contains(&name) {
            self.apart = true;
        }
    }

    fn new_line(&mut self) {
        if !self.text.is_empty() {
            self.text.truncate(self.text.trim_end_matches(' ').len());
            self.text.push('\n');
        }
    }

    /// Words.
    pub(super) fn words(&mut self, words: &str) {
        let holds = holds_words(words);
        if self.hides.is_on() {
            self.shown.get_or_insert(self.text.len());
        } else if holds {
            self.leave_out();
        }
        let visible = words.trim();
        if self.apart && !visible.is_empty() {
            self.apart = false;
            let day = self.text.ends_with(|letter: char| letter.is_ascii_digit());
            let ordinal = ORDINALS.iter().any(|ending| ending.eq_ignore_ascii_case(visible));
            if !(self.text.is_empty() || day && ordinal) {
                self.broken = true;
                if !self.text.ends_with([' ', '\n']) {
                    self.text.push(' ');
                }
            }
        }
        if self.struck > 0 {
            self.letters.0 += visible.len();
        } else {
            self.letters.1 += visible.len();
        }
        add_words(&mut self.text, words);
    }

    /// Takes the hidden words away with which the text ends, if it does.
    fn leave_out(&mut self) {
        let Some(shown) = self.shown.take() else { return };
        if self.text.get(shown..).is_some_and(holds_words) {
            self.text.truncate(shown);
            (self.left_out, self.apart) = (true, true);
        }
    }

    /// Ends the cell. `clips` is true for pages that hide the end of a long text, as Excel does where the next cell is
    /// filled; `kept` is true for a hidden cell of a column that is told to be hidden.
    pub(super) fn finish(mut self, clips: bool, kept: bool) -> Content {
        let shown = self.shown.and_then(|shown| self.text.get(..shown)).unwrap_or_default();
        if !(clips && shown.chars().any(char::is_alphabetic)) {
            self.leave_out();
        }
        self.text.truncate(self.text.trim_end().len());
        if self.hidden && !kept {
            self.left_out |= holds_words(&self.text) || self.number.is_some();
            self.text.clear();
            (self.number, self.letters) = (None, (0, 0));
        }
        let number = self.number.take().unwrap_or_default();
        let agrees = !self.broken && !self.left_out && stands_behind(&number, &self.text);
        let value = number.parse::<f64>().ok().filter(|value| value.is_finite());
        let unshown = !agrees && self.text.is_empty() && value.is_some();
        Content {
            number: value.filter(|_| agrees),
            unshown: unshown.then_some(number),
            struck: match self.letters {
                (0, _) => None,
                (_, others) => Some(others == 0),
            },
            left_out: self.left_out,
            text: self.text,
        }
    }
}

/// True if words show this number but for rounding. A number behind a date, a year or a percentage says something else than
/// the words; nothing and a dash are how nought is shown.
fn stands_behind(number: &str, words: &str) -> bool {
    let digits = words.trim_start_matches(['-', '(', '£', ' ']).trim_end_matches([')', ' ']);
    let plain = digits.matches('.').count() <= 1
        && digits.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.' | ' '));
    let digits: String = digits.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
    let shown = if digits.is_empty() { Ok(Decimal::ZERO) } else { digits.parse::<Decimal>() };
    let behind = number.parse::<Decimal>().or_else(|_| Decimal::from_scientific(number));
    let (true, Ok(shown), Ok(behind)) = (plain, shown, behind) else { return false };
    if shown.scale() > MOST_PLACES {
        return false;
    }
    // What is stored as 2.67499… is shown as 2.68. The sign may be shown by colour alone.
    let most = Decimal::new(5, shown.scale() + 1).checked_add(Decimal::new(1, MOST_PLACES));
    let apart = behind.abs().checked_sub(shown);
    apart.zip(most).is_some_and(|(apart, most)| apart.abs() <= most)
}

/// An element that hides what stands in it, and how many of its name are open.
#[derive(Default)]
pub(super) struct Hidden(Option<(String, u32)>);

impl Hidden {
    /// Something opens.
    pub(super) fn start(&mut self, name: &str, tag: &str) {
        if ends_itself(tag) || VOID.contains(&name) {
            return;
        }
        match &mut self.0 {
            Some((open, depth)) if open == name => *depth = depth.saturating_add(1),
            None if is_hidden(tag) => self.0 = Some((name.to_owned(), 1)),
            _ => {}
        }
    }

    /// Something closes.
    pub(super) fn end(&mut self, name: &str) {
        let Some((_, depth)) = self.0.as_mut().filter(|(open, _)| open == name) else { return };
        *depth -= 1;
        if *depth == 0 {
            self.0 = None;
        }
    }

    /// True while it is open.
    pub(super) fn is_on(&self) -> bool {
        self.0.is_some()
    }
}

/// Over how many places a cell goes; those that say nothing sensible go over one.
pub(super) fn span(tag: &str, name: &str, most: u32) -> u32 {
    let value = attribute(tag, name).map(str::trim).unwrap_or_default();
    let digits = value.bytes().all(|byte| byte.is_ascii_digit());
    value.parse::<u32>().unwrap_or(if digits && !value.is_empty() { most } else { 1 }).clamp(1, most)
}

/// Over how many rows a cell goes; nought stands for all that are left of its group.
fn rows(tag: &str) -> u32 {
    let nought = attribute(tag, "rowspan").is_some_and(|rows| rows.trim().parse() == Ok(0));
    if nought { MAX_ROWS } else { span(tag, "rowspan", MAX_ROWS) }
}

/// True for a tag that hides what stands in its element.
pub(super) fn is_hidden(tag: &str) -> bool {
    let mut style = attribute(tag, "style").unwrap_or_default().to_ascii_lowercase();
    style.retain(|letter| !letter.is_whitespace());
    attribute(tag, "hidden").is_some()
        || ["display:none", "visibility:hidden", "visibility:collapse", "mso-hide:all"]
            .iter()
            .any(|said| style.contains(said))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_stands_behind_words_that_show_it() {
        for (number, words) in [
            ("1234.5", "£1,235"),
            ("1234.5", "1,234.50"),
            ("-1234.5", "(1,235)"),
            ("-1234", "1,234"),
            ("2.6749999999999998", "2.68"),
            ("1.2345E3", "1 235"),
            ("0", ""),
            ("0", "-"),
            ("0.004", "0.00"),
        ] {
            assert!(stands_behind(number, words), "{number} {words}");
        }
        for (number, words) in [
            ("41729", "2014"),
            ("41729", "31/03/2014"),
            ("0.25", "25%"),
            ("1234567", "1,235"),
            ("1234.5", "1,233"),
            ("1234", ""),
            ("", "5"),
            ("five", "5"),
            ("1e999", "5"),
            ("1e28", "5"),
            ("5", "5.0000000000000000000000001"),
            ("5", "99999999999999999999999999999999999999"),
            ("1.5", "1.5.0"),
        ] {
            assert!(!stands_behind(number, words), "{number} {words}");
        }
    }
}

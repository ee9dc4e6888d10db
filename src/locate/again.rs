//! Headings of a table that stand again on its sheet: the same list on another page, or a second list.
//!
//! The same headings over the same columns go on with the list where nothing but blank rows, totals, remarks or the words
//! of the page's title stand above them. A year or quarter that the title does not have, or a new title, begins a second
//! list. In a table with sub-headings words alone may head the rows of the same list.
//!
//! Source: catalogue items L08, L09 and L13.

use super::continued::NUMBERING;
use super::headings::Repeats;
use super::row::Marks;
use super::{remark, sections};
use crate::model::{Raw, RawCell, Sheet};
use crate::schema::TableSchema;
use std::collections::BTreeSet;
use std::ops::Range;

/// Filled rows above headings that are looked at.
const MOST_ABOVE: usize = 6;
/// Filled cells of a row that may be a title.
const MOST_CELLS: usize = 2;
/// Rows above the first headings whose words are the page's title.
const TITLE_ROWS: usize = 64;

/// What is known of a list whose headings may stand again.
pub(super) struct List<'s> {
    sheet: &'s Sheet,
    table: &'s TableSchema,
    heading: Repeats<'s>,
    totals: Marks,
    /// What the page's title says, and the sheet's name.
    title: BTreeSet<Word>,
}

impl<'s> List<'s> {
    /// A list with its headings in these rows. Its title is what stands above the first headings of the sheet, and above its
    /// own from a row on.
    pub(super) fn new(
        sheet: &'s Sheet,
        table: &'s TableSchema,
        (top, from): (u32, u32),
        rows: (u32, u32),
    ) -> Self {
        let mut title = words(&sheet.name);
        title.extend(words(&table.title));
        title.extend(table.heading.iter().flat_map(|heading| words(heading)));
        let until = sheet.rows().take_while(|(row, _)| *row <= rows.1);
        let above = until.filter(|(row, _)| *row < top || *row >= from);
        for (_, cells) in above.take(TITLE_ROWS) {
            title.extend(cells.iter().flat_map(|cell| said(sheet.raw(cell))));
        }
        let totals = table.totals.as_ref().map(|totals| {
            let words = totals.matches.iter().chain(&totals.subtotals);
            Marks::new(&words.cloned().collect::<Vec<_>>())
        });
        let heading = Repeats::new(sheet, rows);
        Self { sheet, table, heading, totals: totals.unwrap_or_default(), title }
    }

    /// The rows where the headings stand again under a title of their own, each with its title's first row.
    pub(super) fn second(&self, rows: Range<u32>) -> Vec<(u32, u32)> {
        let under = self.sheet.cells().partition_point(|cell| cell.at.row < rows.start);
        let cells = self.sheet.cells().get(under..).unwrap_or_default();
        let mut found = Vec::new();
        for cells in cells.chunk_by(|a, b| a.at.row == b.at.row) {
            let Some(row) = cells.first().map(|cell| cell.at.row).filter(|row| *row < rows.end) else {
                break;
            };
            if self.heading.is(self.sheet, cells) {
                found.extend(self.new_title(row, rows.start).map(|title| (title, row)));
            }
        }
        found
    }

    /// The first row of a new title above a row, no higher than another one.
    pub(super) fn new_title(&self, row: u32, highest: u32) -> Option<u32> {
        let (mut at, mut new) = (row, None);
        for _ in 0..MOST_ABOVE {
            let Some((above, cells)) = sections::filled_above(self.sheet, at) else { break };
            let filled: Vec<&RawCell> =
                cells.iter().filter(|cell| !self.sheet.raw(cell).is_blank()).collect();
            if above < highest || self.heading.is(self.sheet, cells) || !self.may_be_title(&filled) {
                break;
            }
            match self.says_what_is_new(above, &filled) {
                Some(true) => new = Some(above),
                Some(false) => {}
                None => break,
            }
            at = above;
        }
        new
    }

    /// True for a row of a word or two and nothing else, or of a year alone.
    fn may_be_title(&self, filled: &[&RawCell]) -> bool {
        let text = |cell: &&RawCell| match self.sheet.raw(cell) {
            Raw::Text(text) => !remark::is_amount(text) || !words(text).is_empty(),
            _ => false,
        };
        let total = filled
            .iter()
            .any(|cell| matches!(self.sheet.raw(cell), Raw::Text(text) if self.totals.begin(text)));
        let year = filled.len() == 1 && filled.iter().all(|cell| !said(self.sheet.raw(cell)).is_empty());
        !total && filled.len() <= MOST_CELLS && (year || filled.iter().all(text))
    }

    /// True if a row has words that make another list of what follows, false if it may stand between pages, `None` if it is
    /// a row of the list.
    fn says_what_is_new(&self, row: u32, filled: &[&RawCell]) -> Option<bool> {
        let said: BTreeSet<Word> = filled.iter().flat_map(|cell| said(self.sheet.raw(cell))).collect();
        let new: BTreeSet<&Word> = said.difference(&self.title).collect();
        let first = filled.first()?;
        let text = match self.sheet.raw(first) {
            Raw::Text(text) => text,
            _ => "",
        };
        let apart = sections::filled_above(self.sheet, row).is_none_or(|(above, _)| row - above > 1)
            || self.sheet.merged_area(first.at).is_some_and(|(first, last)| first.column < last.column);
        if new.is_empty() || remark::begins(text) {
            return Some(new.iter().any(|word| word.compares(&said)) && remark::begins(text));
        }
        let time = new.iter().any(|word| matches!(word, Word::Time(_)) || word.compares(&said));
        match filled.len() {
            1 if time => Some(true),
            // Words right under a row may be a row with nothing but its key.
            1 if !apart => None,
            1 => Some(!self.table.subheadings && !remark::is_sentence(text)),
            _ => (apart && time).then_some(true),
        }
    }
}

/// A word of a title, or a year or quarter that it names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Word {
    Time(String),
    Plain(String),
}

impl Word {
    /// True for words that set figures beside others: *for comparison*, *last year*.
    fn compares(&self, beside: &BTreeSet<Self>) -> bool {
        let Self::Plain(word) = self else { return false };
        let has = |other: &str| beside.contains(&Self::Plain(other.to_owned()));
        match word.as_str() {
            "comparison" | "comparative" | "comparatives" | "compare" => true,
            "last" | "previous" | "prior" | "next" => has("year") || has("quarter") || has("years"),
            _ => false,
        }
    }
}

fn said(raw: Raw<'_>) -> BTreeSet<Word> {
    match raw {
        Raw::Text(text) => words(text),
        Raw::Number(_) => {
            words(&raw.as_typed()).into_iter().filter(|word| matches!(word, Word::Time(_))).collect()
        }
        _ => BTreeSet::new(),
    }
}

/// The words of a text that do not only number pages; a financial year by its first, a quarter as `q4`.
fn words(text: &str) -> BTreeSet<Word> {
    let folded = text.to_lowercase();
    let parts: Vec<&str> =
        folded.split(|letter: char| !letter.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    let mut found = BTreeSet::new();
    let mut skip = 0;
    for (index, part) in parts.iter().enumerate() {
        if skip > 0 {
            skip -= 1;
            continue;
        }
        let next = parts.get(index + 1).copied().unwrap_or_default();
        let number =
            |part: &str| part.parse::<u32>().ok().filter(|_| part.bytes().all(|byte| byte.is_ascii_digit()));
        if let Some(value) = number(part) {
            let follows = number(next).is_some_and(|next| next % 100 == (value + 1) % 100);
            let lone = |part: Option<&&str>| part.is_none_or(|part| number(part).is_none());
            let before = index.checked_sub(1).and_then(|before| parts.get(before));
            if part.len() == 4 && (1990..2100).contains(&value) {
                found.insert(Word::Time(value.to_string()));
                skip = usize::from(follows && next.len() != 3 && next.len() > 1);
            } else if part.len() == 2
                && next.len() == 2
                && follows
                && lone(before)
                && lone(parts.get(index + 2))
            {
                found.insert(Word::Time((2000 + value).to_string()));
                skip = 1;
            }
            continue;
        }
        if matches!(*part, "quarter" | "qtr" | "q")
            && number(next).is_some_and(|next| (1..=4).contains(&next))
        {
            found.insert(Word::Time(format!("q{next}")));
            skip = 1;
            continue;
        }
        if matches!(*part, "q1" | "q2" | "q3" | "q4") {
            found.insert(Word::Time((*part).to_owned()));
            continue;
        }
        let letters = part.trim_end_matches(|letter: char| letter.is_ascii_digit());
        if !letters.is_empty() && !NUMBERING.contains(&letters) {
            found.insert(Word::Plain((*part).to_owned()));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_and_quarters_are_told_from_page_numbers() {
        let times = |text: &str| -> Vec<String> {
            let times = words(text).into_iter();
            times.filter_map(|word| if let Word::Time(time) = word { Some(time) } else { None }).collect()
        };
        assert_eq!(times("2012-13 for comparison"), ["2012"]);
        assert_eq!(times("Return for 2013/2014"), ["2013"]);
        assert_eq!(times("12/13"), ["2012"]);
        assert_eq!(times("Quarter 3, Q4"), ["q3", "q4"]);
        assert_eq!(times("Page 2 of 3"), Vec::<String>::new());
        assert_eq!(times("01/02/14"), Vec::<String>::new());
        assert!(words("Page 2 of 3").is_empty());
    }

    #[test]
    fn last_alone_compares_nothing() {
        let compares = |text: &str| words(text).iter().any(|word| word.compares(&words(text)));
        assert!(compares("Last year"));
        assert!(compares("For comparison"));
        assert!(!compares("Last updated by the treasurer"));
    }
}

//! What a partner is to fix in one file, in the order that costs least time.

use super::items::{Item, items};
use super::told::{Called, Told, to_the_partner};
use super::{Chase, Names, clean, count};
use crate::finding::{Finding, Location};
use crate::model::{CellRef, FileId, SheetId};

/// One thing to fix: what one mistake does to several cells of a sheet is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// The sheet, if it is about one.
    pub sheet: Option<SheetId>,
    /// The cells, if it is about some, in reading order.
    pub cells: Vec<CellRef>,
    /// What was found in each of them.
    pub notes: Vec<String>,
    /// Where, in words.
    pub place: String,
    /// What was found.
    pub what: String,
    /// What to do.
    pub how: String,
    /// How long it takes about, in seconds.
    pub seconds: u32,
}

/// How long things take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Effort {
    /// A cell is typed again.
    Retype,
    /// Something is looked up first.
    LookUp,
    /// A sheet, a column or rows are filled in.
    FillIn,
    /// A sum is looked into. It comes last: what is mended before often puts it right.
    Sum,
}

/// Checks whose findings take a sum to look into.
const SUMS: [&str; 16] = [
    "total-mismatch",
    "cross-foot-mismatch",
    "control-total-mismatch",
    "roll-forward-mismatch",
    "opening-mismatch",
    "year-to-date-mismatch",
    "variance-mismatch",
    "share-mismatch",
    "stream-mismatch",
    "agreed-mismatch",
    "apportionment-mismatch",
    "annual-report-mismatch",
    "rounding-difference",
    "words-differ-from-table",
    "compensating-differences",
    "unpaired-recharge",
];

/// Checks whose findings ask for a sheet, a column or rows.
const FILL_IN: [&str; 9] = [
    "missing-sheet",
    "missing-label",
    "header-not-found",
    "wrong-template",
    "own-layout",
    "expected-row-missing",
    "row-limit-reached",
    "truncated-value",
    "unreadable-sheet",
];

/// Checks whose findings are put right by typing a cell again.
const RETYPE: [&str; 18] = [
    "type-error",
    "number-as-text",
    "date-as-text",
    "no-such-date",
    "imprecise-date",
    "ambiguous-date",
    "ambiguous-number",
    "unknown-code",
    "unknown-agency",
    "two-amounts",
    "two-ratings",
    "two-values",
    "minus-amount",
    "number-too-large",
    "small-number",
    "personal-data-suspected",
    "colour-unclear",
    "symbol-read",
];

impl Effort {
    fn of(finding: &Finding) -> Self {
        let code = finding.code.as_str();
        if SUMS.contains(&code) {
            Self::Sum
        } else if FILL_IN.contains(&code) {
            Self::FillIn
        } else if RETYPE.contains(&code) {
            Self::Retype
        } else {
            Self::LookUp
        }
    }

    /// Seconds for the first cell, and for each further one.
    const fn seconds(self) -> (u32, u32) {
        match self {
            Self::Retype => (60, 20),
            Self::LookUp => (120, 30),
            Self::FillIn => (600, 120),
            Self::Sum => (240, 120),
        }
    }
}

/// What the partner is to fix in one of its files. What is in none of these `files` is listed with the first.
#[must_use]
pub fn fixes(names: Names<'_>, chase: &Chase<'_>, file: FileId, files: &[FileId]) -> Vec<Fix> {
    let called = Called::new(names, chase.partner);
    let items = items(chase).into_iter().filter(|item| item.home(files) == Some(file));
    let mut items: Vec<(Effort, Item<'_>)> = items.map(|item| (Effort::of(item.first), item)).collect();
    items.sort_by_key(|(effort, item)| {
        let (sheet, cell) = spot(item.first.at, file);
        (*effort, sheet, cell)
    });
    items.iter().map(|(effort, item)| fix(names, &called, *effort, item, file)).collect()
}

/// The sheet and cell that a place is in, if it is in this file.
fn spot(at: Location, file: FileId) -> (Option<SheetId>, Option<CellRef>) {
    match at {
        Location::Cell(at) if at.file == file => (Some(at.sheet), Some(at.cell)),
        Location::Sheet(own, sheet) if own == file => (Some(sheet), None),
        _ => (None, None),
    }
}

fn fix(names: Names<'_>, called: &Called, effort: Effort, item: &Item<'_>, file: FileId) -> Fix {
    let (what, how) = in_words(called.told(item.first));
    let likewise = item.likewise();
    let what = if likewise.is_empty() { what } else { format!("{what} {likewise}") };
    let each = item.findings().filter_map(|finding| {
        let (_, cell) = spot(finding.at, file);
        Some((cell?, in_words(called.told(finding)).0))
    });
    let (cells, notes) = each.unzip();
    let (one, more) = effort.seconds();
    let others = u32::try_from(item.others.len()).unwrap_or(u32::MAX);
    let seconds = one.saturating_add(more.saturating_mul(others));
    let sheet = spot(item.first.at, file).0;
    Fix { sheet, cells, notes, place: item.place(names, file), what, how, seconds }
}

/// What was found and what to do.
fn in_words(Told { what, how }: Told) -> (String, String) {
    let (what, how) = if what.is_empty() {
        ("We have a question about this.".to_owned(), "Please ask us.".to_owned())
    } else {
        (clean(&what).into_owned(), clean(&how).into_owned())
    };
    let how = if how.is_empty() { "Please correct it, or tell us why it is so.".to_owned() } else { how };
    (what, how)
}

impl Fix {
    /// That a file could not be used.
    #[must_use]
    pub fn refused(why: &str) -> Self {
        Self {
            sheet: None,
            cells: Vec::new(),
            notes: Vec::new(),
            place: "The file".to_owned(),
            what: "We could not use this file.".to_owned(),
            how: clean(&to_the_partner(why)).into_owned(),
            seconds: Effort::FillIn.seconds().0,
        }
    }
}

/// A length of time in words, in whole minutes.
#[must_use]
pub fn minutes(seconds: u32) -> String {
    count(seconds.div_ceil(60) as usize, "minute", "minutes")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks;

    #[test]
    fn efforts_are_those_of_checks_that_there_are() {
        for code in SUMS.iter().chain(&FILL_IN).chain(&RETYPE) {
            assert!(checks::all().any(|check| check.meta().name == *code), "{code}");
        }
    }

    #[test]
    fn times_are_whole_minutes() {
        assert_eq!(minutes(60), "1 minute");
        assert_eq!(minutes(61), "2 minutes");
    }
}

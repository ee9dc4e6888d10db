//! By what our own additions to a partner's workbook are told from the partner's work when it comes back.

use super::{FIX_SHEET, Period, Rgb};

/// The sentence below the title of that sheet.
pub const MARKER: &str = "quarterday made this sheet. You can leave it in or delete it: it is not read when you send the file back.";

/// The author of our notes on cells.
pub const NOTE_AUTHOR: &str = "quarterday";

/// What our notes on cells begin with, before their number.
const NOTE: &str = "Please fix, no. ";

/// The words of our note on a cell: the number on the list, what was found and what to do.
#[must_use]
pub fn note(number: usize, what: &str, how: &str) -> String {
    format!("{NOTE}{number}. {what} {how}")
}

/// True for the words of a note of ours, whoever is said to have written it: LibreOffice keeps no authors.
#[must_use]
pub fn is_our_note(words: &str) -> bool {
    let Some(rest) = words.trim_start().strip_prefix(NOTE) else { return false };
    let after = rest.trim_start_matches(|letter: char| letter.is_ascii_digit());
    after.len() < rest.len() && after.starts_with(". ")
}

/// The fill of marked cells: a lilac that is far from the colours of ratings and in no palette of Excel's.
pub const HIGHLIGHT: Rgb = Rgb::new(0xE4_D3_F4);

/// What is nearest to it among the 56 colours of Excel 2003, which a workbook saved as `.xls` may be left with.
pub const OLD_HIGHLIGHT: Rgb = Rgb::new(0xCC_CC_FF);

/// Rows from the top of a sheet within which the sentence must stand.
const NEAR: u32 = 6;

/// True if a sheet of this name (a number follows where there was one of this name already), with this text in this row (zero-based), is the one that we added.
#[must_use]
pub fn is_our_list(sheet: &str, row: u32, text: &str) -> bool {
    sheet.starts_with(FIX_SHEET) && row < NEAR && text == MARKER
}

/// Rows from the top of that sheet that hold all that is read of it.
pub const LIST_TOP: u32 = 15;

/// What comes before the name of the file in the line that says what a list is about.
const YOUR_FILE: &str = ". Your file: ";

/// The line that says what a list is about: whose return for which period, and the name of its file.
#[must_use]
pub fn list_line(partner: &str, board: &str, period: Period, file: &str) -> String {
    format!("{partner}. {board}, {period}{YOUR_FILE}{file}.")
}

/// What our list in a workbook says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OurList {
    /// The period of the return that it is about.
    pub period: Period,
    /// The name of the file that the workbook was made from.
    pub of: String,
}

/// What such a line says; `None` if it is another line.
#[must_use]
pub fn our_list(line: &str) -> Option<OurList> {
    let (before, file) = line.split_once(YOUR_FILE)?;
    let period = Period::parse(before.rsplit_once(", ")?.1)?;
    Some(OurList { period, of: file.strip_suffix('.').unwrap_or(file).to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_notes_are_known_by_their_words() {
        for number in [1, 40] {
            assert!(is_our_note(&note(number, "H5 is no amount.", "Type it again.")));
        }
        for other in [
            "",
            "Please fix",
            "Please fix, no. one.",
            "Please fix, no. . It",
            "Please fix, no. 3",
            "No. 3. It",
        ] {
            assert!(!is_our_note(other), "{other}");
        }
    }

    #[test]
    fn the_period_and_the_file_of_a_list_are_read_from_its_line() {
        for period in [Period { year: 2013, quarter: Some(4) }, Period { year: 2013, quarter: None }] {
            let line =
                list_line("NHS, Wyevale", "Board, Wyevale", period, "nhs, 2012-13 Q1. Your file: x.xlsx");
            let of = "x.xlsx".to_owned();
            let list =
                our_list(&line).map(|list| (list.period, list.of.rsplit(": ").next().map(str::to_owned)));
            assert_eq!(list, Some((period, Some(of))), "{line}");
        }
        for other in [MARKER, "Your file: nhs.xlsx", "NHS. Board. Your file: nhs.xlsx."] {
            assert_eq!(our_list(other), None, "{other}");
        }
    }
}

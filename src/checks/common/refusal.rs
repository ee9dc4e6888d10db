//! Why a file could not be read, in words.

use crate::model::Refusal;

const MEGABYTE: u64 = 1024 * 1024;

/// One plain sentence or two: what happened, and what to do.
pub(in crate::checks) fn in_words(refusal: &Refusal, file: &str) -> String {
    match refusal {
        Refusal::Password => format!(
            "{file} needs a password, so we could not read it. Ask for a copy without one, by secure email."
        ),
        Refusal::Empty => format!("{file} is empty. It may not have finished copying. Ask for it again."),
        Refusal::TooLarge { size, limit } => format!(
            "{file} is {} MB, and we read files of up to {} MB. Ask for a copy without pictures and unused sheets.",
            size.div_ceil(MEGABYTE),
            limit / MEGABYTE
        ),
        Refusal::NotASpreadsheet(what) => {
            format!("{file} is {what}. Ask for the Excel template, so that the figures can be added.")
        }
        Refusal::Damaged(why) => format!(
            "{file} would not open ({}). It may have been cut short when emailed. Ask for it again.",
            why.trim_end_matches('.')
        ),
        Refusal::Suspicious(why) => format!(
            "{file} is built in a way that no spreadsheet program does ({}), so we did not open it. Ask where it came from before anybody else opens it.",
            why.trim_end_matches('.')
        ),
        Refusal::SeveralSenders(names) => format!(
            "{file} has a cover for each of {}, and we could not tell which sheets are whose. Save one workbook for each of them and send those.",
            super::words::list(names)
        ),
        Refusal::Stopped => format!(
            "{file} was not read, because reading it stopped the reader or took more memory or time than one file is given. Open it in Excel, save it as Excel Workbook (.xlsx), and send that."
        ),
        Refusal::Untried(why) => format!(
            "{file} was not read, because files of its kind are tried out by a second copy of this program first, and that could not be started ({}). Open it in Excel, save it as Excel Workbook (.xlsx), and use that, or run again.",
            why.trim_end_matches('.')
        ),
        Refusal::NoSheets => format!("{file} has no worksheet in it. Ask for the return again."),
        Refusal::Unavailable(why) => format!(
            "{file} could not be taken from the folder ({}). Close it if it is open, and run again.",
            why.trim_end_matches('.')
        ),
    }
}

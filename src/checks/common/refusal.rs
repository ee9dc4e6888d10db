//! Why a file could not be read, in words.

use crate::model::{Limited, Refusal};

/// One plain sentence or two: what happened, and what to do.
pub(in crate::checks) fn in_words(refusal: &Refusal, file: &str) -> String {
    match refusal {
        Refusal::Password => format!(
            "{file} needs a password, so we could not read it. Ask for a copy without one, by secure email."
        ),
        Refusal::Empty => format!("{file} is empty. It may not have finished copying. Ask for it again."),
        Refusal::PastLimit { limited, limit, found } => past_limit(file, *limited, *limit, *found),
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
        Refusal::Stopped { memory, seconds } => {
            let (room, time) = (Limited::WorkerMemory.setting(), Limited::WorkerSeconds.setting());
            format!(
                "{file} was not read, because reading it stopped the reader or took more memory or time than one file is given ({} and {seconds} seconds; {} and {} set other limits). Open it in Excel, save it as Excel Workbook (.xlsx), and send that.",
                room.amount(*memory),
                room.variable,
                time.variable
            )
        }
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

/// What is too much, the limit, and how to read the file all the same.
fn past_limit(file: &str, limited: Limited, limit: u64, found: Option<u64>) -> String {
    let setting = limited.setting();
    let variable = setting.variable;
    let size = found.map_or_else(String::new, |found| format!(" ({})", setting.amount(found)));
    let ask = match limited {
        Limited::Texts | Limited::SheetText | Limited::Text | Limited::Piece => {
            "Ask for a copy without unused sheets and long texts."
        }
        Limited::Record => "Open it in Excel, look at the longest text, and send it again.",
        _ => "Ask for a copy without pictures and unused sheets.",
    };
    let all_the_same = match found {
        Some(found) if found > setting.most => String::new(),
        Some(found) => format!(" If it is right as it is, run again with {variable}={found}."),
        None => format!(" If it is right as it is, run again with {variable} set to more than {limit}."),
    };
    format!("{file} {}{size}, more than we read. {ask}{all_the_same}", setting.says(limit))
}

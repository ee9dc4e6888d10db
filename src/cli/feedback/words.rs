//! What is said on the sheet that lists what to fix, round the list.

use super::{From, Kept, MOST};
use crate::feedback::Unfit;
use crate::model::{FileKind, ReturnInfo, ReturnState, list_line};
use crate::report::{self, Chase, Fix};
use crate::round::Round;

/// The title: by when, how much there is, and how long it takes.
pub(super) fn title(round: &Round, fixes: &[Fix]) -> String {
    let all = fixes.iter().map(|fix| fix.seconds).fold(0, u32::saturating_add);
    let things = report::count(fixes.len(), "thing", "things");
    format!("Please fix{}: {things}, about {}", round.by_corrections(), report::minutes(all))
}

/// Whose file it is, and what came.
pub(super) fn received(from: From<'_>, chase: &Chase<'_>, entry: &ReturnInfo) -> Vec<String> {
    let round = from.round;
    let file = report::clean(from.run.consolidated.places.file(entry.file));
    let mut lines = vec![list_line(&chase.partner.name, &round.board, round.period, &file)];
    if entry.state == ReturnState::Accepted {
        let thanks = "We have your return, thank you.";
        lines.push(match chase.extent() {
            None => thanks.to_owned(),
            Some(extent) => format!("{thanks} {extent}"),
        });
    }
    lines
}

/// How to use the list.
pub(super) const HOW_TO: &str = "Click a place to go to it. Cells to fix are lilac, or have a purple border where they had a colour of their own; most carry a note. A cell that you have put right may keep its colour, which is not read. The quickest come first. Totals come last, because they often come right with what is above them.";
/// The same for a workbook in the template's shape.
pub(super) const HOW_TO_FORM: &str = "Click a place to go to it. Cells to fix are lilac, or have a purple border where they have a colour of their own; most carry a note. Cells that the words name are those of your own file. The quickest come first. Totals come last, because they often come right with what is above them.";

/// What to do then.
pub(super) fn closing(from: From<'_>, fixes: &[Fix]) -> Vec<String> {
    let round = from.round;
    let mut lines = Vec::new();
    if fixes.len() > MOST {
        let more = report::count(fixes.len() - MOST, "further thing", "further things");
        lines.push(format!("There are {more}, which are not listed. Please ask us."));
    }
    let due = round.deadline.map(|day| format!(" The return was due on {}.", day.strftime("%-d %B %Y")));
    lines.push(format!(
        "Correct what is to be corrected in this file, save it and send it back{}, or tell us why it is right as it is.{}",
        round.by_corrections(),
        due.unwrap_or_default()
    ));
    lines.push(match &round.contact {
        Some(contact) => format!("{} Business Unit, {contact}", round.code),
        None => format!("{} Business Unit", round.code),
    });
    lines
}

/// Why the partner does not get its own file back.
pub(super) fn why(kept: &Kept, entry: &ReturnInfo) -> String {
    let why = match kept {
        Kept::Personal => {
            "Your own file is not sent back: something in it looks as if it could identify a person. It is held back here too; take it out of your own file before you send it again."
                .to_owned()
        }
        Kept::Shared => "Your own file is not sent back: it also holds returns of other organisations.".to_owned(),
        Kept::Changed => "Your own file could not be marked up: it was changed while it was read.".to_owned(),
        Kept::Unfit(Unfit::Signed) => {
            "Your own file could not be marked up: it bears a digital signature, which any change would break.".to_owned()
        }
        Kept::Unfit(Unfit::Unusual(how)) => format!("Your own file could not be marked up: {how}."),
        Kept::Unfit(_) => format!("Your own file could not be marked up: {}.", kind(entry.kind)),
    };
    let filled = match entry.state {
        ReturnState::Accepted => ", filled in with what we could read of your return",
        _ => "",
    };
    format!("{why} This workbook has the shape of the template instead{filled}.")
}

fn kind(kind: Option<FileKind>) -> &'static str {
    match kind {
        Some(FileKind::Xlsb) => "it is a binary Excel workbook (.xlsb)",
        Some(FileKind::Xls) => "it is in the format of Excel 2003 and before (.xls)",
        Some(FileKind::Ods) => "it is an OpenDocument spreadsheet (.ods)",
        Some(FileKind::Csv) => "it is a text file",
        Some(FileKind::Html) => "it is a web page",
        Some(FileKind::Xlsx | FileKind::Xlsm) | None => "it could not be opened",
    }
}

//! A cell appears to hold a number that identifies a person.
//!
//! ## What it does
//!
//! Finds NHS numbers and pupil numbers by their check digits, and National Insurance numbers and dates of birth beside
//! words that name them, in cells, comments and text boxes. The whole text of the cell is held back from every output, and
//! what was found is repeated nowhere. The workbook is marked *not for circulation*.
//!
//! ## Why it matters
//!
//! Monitoring sheets report work, not children, and they go to many desks.
//!
//! ## Example
//!
//! ```sheet Plan
//! A1: Ref | Action | Lead | Status | RAG rating | Target date | Update
//! A2: 1.1.1 | Train staff | Wyevale Council | In progress | Green | 2014-03-31 | NHS number 999 000 0018
//! ! G2 personal-data-suspected: G2 appears to contain an NHS number. Remove it and send the return again. We have not copied it anywhere.
//! ```
//!
//! ## How to fix
//!
//! Remove what identifies a person, and send the return again.
//!
//! ## Settings
//!
//! None beside the severity in `round.toml`.

use super::common::tell_unreadable;
use super::{Check, Context, Findings, Meta, Seen};
use crate::finding::{Location, Severity};
use crate::model::{Misread, PersonalKind, Submission};

pub(super) struct PersonalDataSuspected;

const META: Meta = Meta {
    name: "personal-data-suspected",
    severity: Severity::Error,
    source: include_str!("personal_data_suspected.rs"),
};

impl Check for PersonalDataSuspected {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn cells(&self, _: &Context<'_>, cells: &[Seen<'_>], out: &mut Findings<'_>) {
        let help = "Do not forward the file. Ask for a copy without it.";
        tell_unreadable(cells, help, out, |seen, held| {
            let Misread::Personal(kind) = held.why else { return None };
            Some(message(&seen.cell.at.cell.to_string(), kind))
        });
    }

    fn submission(&self, _: &Context<'_>, submission: &Submission, out: &mut Findings<'_>) {
        for (at, kind) in submission.sheets.iter().flat_map(|sheet| &sheet.beside.personal) {
            out.add(Location::Cell(*at), message(&format!("A comment or text box at {}", at.cell), *kind))
                .help("Do not forward the file. Ask for a copy without it.");
        }
    }
}

fn message(place: &str, kind: PersonalKind) -> String {
    let article = if kind == PersonalKind::NhsNumber { "an" } else { "a" };
    format!(
        "{place} appears to contain {article} {}. Remove it and send the return again. We have not copied it anywhere.",
        kind.words()
    )
}

//! A return bears a protective marking that ended on 2 April 2014.
//!
//! ## What it does
//!
//! Notes the marks PROTECT, RESTRICTED and NOT PROTECTIVELY MARKED, also with a word such as *personal* behind them, where they stand by
//! themselves above a table, as the marking of a cover, or at the edge of the printed page. Other words are left alone.
//!
//! ## Why it matters
//!
//! These marks have no meaning now, so nobody can tell how the return may be handled. The outputs bear the mark that is set
//! in `round.toml`: no mark of a return raises or lowers it.
//!
//! ## Example
//!
//! ```sheet Plan
//! A1: PROTECT – PERSONAL
//! A3: Ref | Action | Lead | Status | RAG rating | Target date | Update
//! A4: 1.1.1 | Train staff | Wyevale Council | In progress | Green | 2014-03-31 | Done so far
//! ! A1 old-marking: A1 bears the mark PROTECT, which ended on 2 April 2014. It does not change how the outputs are marked.
//! ```
//!
//! ## How to fix
//!
//! Mark the return OFFICIAL or OFFICIAL-SENSITIVE.
//!
//! ## Settings
//!
//! None beside the severity in `round.toml`; `marking` there is the mark of the outputs.

use super::{Check, Context, Findings, Meta, Seen};
use crate::finding::{Effort, Location, Severity};
use crate::model::{Misread, Submission};
use crate::round::{Marking, ended_mark};

pub(super) struct OldMarking;

const META: Meta = Meta {
    name: "old-marking",
    severity: Severity::Note,
    effort: Effort::LookUp,
    source: include_str!("old_marking.rs"),
};

const HELP: &str = "Please mark the next return OFFICIAL or OFFICIAL-SENSITIVE.";

impl Check for OldMarking {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn cells(&self, cx: &Context<'_>, cells: &[Seen<'_>], out: &mut Findings<'_>) {
        for seen in cells {
            if let Some(mark) = as_marking(cx, seen) {
                out.add(seen.at(), bears(&seen.cell.at.cell.to_string(), mark)).help(HELP);
            }
        }
    }

    fn submission(&self, _: &Context<'_>, submission: &Submission, out: &mut Findings<'_>) {
        // A return has one template, so its sheets have the mark for one reason: the first of them is told.
        let mut places = Vec::new();
        for sheet in &submission.sheets {
            let on_it = submission.tables.iter().filter(|table| table.sheet == sheet.sheet);
            let top = on_it.map(|table| table.layout.header_rows.0).min();
            let above =
                sheet.beside.old_marks.iter().find(|(at, _)| top.is_some_and(|top| at.cell.row < top));
            if let Some((at, mark)) = above {
                places.push((Location::Cell(*at), at.cell.to_string(), *mark));
            } else if let Some(mark) = sheet.beside.printed_mark {
                let at = Location::Sheet(submission.file, sheet.sheet);
                places.push((at, format!("The printed page of the sheet {}", sheet.name), mark));
            }
        }
        let Some((at, place, mark)) = places.first() else { return };
        let more = match places.len() - 1 {
            0 => String::new(),
            1 => " So does 1 other sheet.".to_owned(),
            more => format!(" So do {more} other sheets."),
        };
        out.add(*at, bears(place, mark) + &more).help(HELP);
    }
}

fn bears(place: &str, mark: &str) -> String {
    format!(
        "{place} bears the mark {mark}, which ended on 2 April 2014. It does not change how the outputs are marked."
    )
}

/// The old mark in a cell whose list holds the marks of today.
pub(super) fn as_marking(cx: &Context<'_>, seen: &Seen<'_>) -> Option<&'static str> {
    let held = seen.unreadable().filter(|held| matches!(held.why, Misread::Unknown { .. }))?;
    let list = seen.field.list.and_then(|list| cx.round.schema.lists.get(list))?;
    let today = |category: &crate::schema::Category| Marking::named(&category.value).is_some();
    ended_mark(&held.raw).filter(|_| list.categories.iter().any(today))
}

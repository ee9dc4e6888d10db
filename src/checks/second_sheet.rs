//! A second sheet looks like more of a list that we read.
//!
//! ## What it does
//!
//! Asks about a visible sheet that has at least half of a table's headings with something under them, when the table was
//! read from another sheet. Its rows are added if the headings are the same, its name says no more than a number (`Plan
//! (2)`, `Sheet2`), not one entry stands on both sheets, and its rows name no other partner; otherwise it is not used. A sheet
//! that the list's rows take their figures from is not asked about: they are in it already. A sheet that bears the first one's
//! name (`Plan continued`) may lack columns that need not be filled in.
//!
//! ## Why it matters
//!
//! A list that goes on over a second sheet would be short by its rows, and every total with it.
//!
//! ## Example
//!
//! ```sheet Finance
//! A1: Budget line | Budget | Actual
//! A2: Training | 1000 | 400
//! ```
//! ```sheet Finance 2
//! A1: Budget line | Budget | Actual
//! A2: Travel | 200 | 50
//! ! sheet second-sheet: Finance 2 looks like more of the same list as Finance. We did not use it.
//! ```
//!
//! ## How to fix
//!
//! Put all rows on one sheet, or say that the second one is to be left out.
//!
//! ## Settings
//!
//! `repeat` of a table reads it from every sheet that has its headings.

use super::common::words::count;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Location, Severity};
use crate::model::{SheetUse, Submission};

pub(super) struct SecondSheet;

const META: Meta = Meta {
    name: "second-sheet",
    severity: Severity::Query,
    effort: Effort::LookUp,
    source: include_str!("second_sheet.rs"),
};

impl Check for SecondSheet {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn submission(&self, cx: &Context<'_>, submission: &Submission, out: &mut Findings<'_>) {
        for table in &submission.tables {
            let Some(first) = table.layout.continues else { continue };
            let name = |id| submission.sheets.iter().find(|sheet| sheet.sheet == id);
            let (Some(sheet), Some(first)) = (name(table.sheet), name(first)) else { continue };
            let message = format!(
                "{} looks like more of the same list as {}. We added its {}.",
                sheet.name,
                first.name,
                count(table.records.len(), "row", "rows")
            );
            out.add(Location::Sheet(submission.file, sheet.sheet), message)
                .help("Tell us if they do not belong. Put all rows on one sheet next time.");
        }
        for sheet in &submission.sheets {
            let Some(used) = used_instead(submission, sheet) else { continue };
            let other = foreign(cx, submission, sheet);
            let but = other.map(|name| format!(", but names {name}")).unwrap_or_default();
            let message = format!(
                "{} looks like more of the same list as {}{but}. We did not use it.",
                sheet.name, used.name
            );
            let help = match other {
                Some(_) => "Send each partner's rows in a return of its own, or correct the names.",
                None => "Put all rows on one sheet, or tell us to leave it out.",
            };
            out.add(Location::Sheet(submission.file, sheet.sheet), message).help(help);
        }
    }
}

/// The sheet from which a table was read whose headings stand on this one too, where nothing was read.
pub(super) fn used_instead<'s>(submission: &'s Submission, sheet: &SheetUse) -> Option<&'s SheetUse> {
    if sheet.hidden {
        return None;
    }
    let table = submission.tables.iter().find(|table| table.layout.unused.contains(&sheet.sheet))?;
    submission.sheets.iter().find(|used| used.sheet == table.sheet)
}

/// The other partner whose rows a sheet holds, where that is why it was not used.
fn foreign<'r>(cx: &Context<'r>, submission: &Submission, sheet: &SheetUse) -> Option<&'r str> {
    let mut foreign = submission.tables.iter().flat_map(|table| &table.layout.foreign);
    let (_, named) = foreign.find(|(one, _)| *one == sheet.sheet)?;
    cx.round.partners.get(usize::from(named.0)).map(|partner| partner.name.as_str())
}

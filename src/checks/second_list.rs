//! A sheet holds two lists of the same sort.
//!
//! ## What it does
//!
//! Asks about another list of a table above or below the one that is used on the same sheet: its columns are in other
//! places, fewer or more, or its headings stand again under a title of their own, such as *2012-13 for comparison*. The
//! list with the most of the headings is used, and of equals the first. The headings again over the same columns, as on
//! every page of a long list, are not a second list; nor are they under a sub-heading, where the table has such, unless it
//! names another year or quarter.
//!
//! ## Why it matters
//!
//! Read on as rows of the first, the second list's dates would stand under measures and its ratings under dates, and last
//! year's amounts would be added to this year's.
//!
//! ## Example
//!
//! ```sheet Plan
//! A1: Ref | Action | Lead | Status | RAG rating | Target date | Update
//! A2: 1.1.1 | Train staff | Wyevale Council | Complete | Green | 2014-03-31 | Done
//! A5: Carried over
//! A6: Ref | Action | Target date | Status | Update
//! A7: 5.1.1 | Write to schools | 2013-03-31 | Complete | Sent
//! ! A6 second-list: There are two lists on Plan. We used the one starting at A1, not this one (1 row).
//! ```
//!
//! ## How to fix
//!
//! Put all rows under one list's headings, or say that the other one is to be left out.
//!
//! ## Settings
//!
//! None beside the severity in `round.toml`.

use super::common::words::count;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Location, Severity};
use crate::model::{Match, Submission, Table};

pub(super) struct SecondList;

const META: Meta = Meta {
    name: "second-list",
    severity: Severity::Query,
    effort: Effort::LookUp,
    source: include_str!("second_list.rs"),
};

impl Check for SecondList {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn table(&self, _: &Context<'_>, submission: &Submission, table: &Table, out: &mut Findings<'_>) {
        let headings = table.layout.columns.iter().flatten().filter(|heading| heading.how != Match::Context);
        let Some(first) = headings.map(|heading| heading.at.cell).min_by_key(|at| (at.column, at.row)) else {
            return;
        };
        let sheet = submission.sheets.iter().find(|sheet| sheet.sheet == table.sheet);
        let name = sheet.map_or("this sheet", |sheet| sheet.name.as_str());
        let lists = match table.layout.second.len() {
            1 => "two",
            2 => "three",
            _ => "several",
        };
        for second in &table.layout.second {
            let rows = count(second.rows as usize, "row", "rows");
            let message = format!(
                "There are {lists} lists on {name}. We used the one starting at {first}, not this one ({rows})."
            );
            out.add(Location::Cell(second.at), message)
                .help("Put all rows under one list's headings, or tell us to leave this one out.");
        }
    }
}

//! A column of a table is hidden.
//!
//! ## What it does
//!
//! Tells hidden columns that hold something, whether the template knows them or not. A hidden column of amounts that the
//! template knows is asked about.
//!
//! ## Why it matters
//!
//! What is hidden was perhaps left from another quarter, or was not meant to be sent.
//!
//! ## Example
//!
//! ```sheet Plan
//! A1: Ref | Action | Lead | Status | RAG rating | Target date | Update | Last year
//! A2: 1.1.1 | Train staff | Wyevale Council | In progress | Green | 2014-03-31 | Done so far | Not begun
//! hide column H
//! ! H1 hidden-columns: Column H is hidden. It contains “Last year”. We did not use it.
//! ! H1 extra-label
//! ```
//!
//! ## How to fix
//!
//! Unhide the column, and delete it if it does not belong in the return.
//!
//! ## Settings
//!
//! None beside the severity in `round.toml`.

use super::common::words::quote;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Location, Severity};
use crate::model::{Match, Origin, Record, Submission, Table, column_letters};
use crate::schema::FieldType;

pub(super) struct HiddenColumns;

const META: Meta = Meta {
    name: "hidden-columns",
    severity: Severity::Note,
    effort: Effort::LookUp,
    source: include_str!("hidden_columns.rs"),
};

impl Check for HiddenColumns {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn table(&self, cx: &Context<'_>, submission: &Submission, table: &Table, out: &mut Findings<'_>) {
        let Some(sheet) = submission.sheets.iter().find(|sheet| sheet.sheet == table.sheet) else { return };
        if sheet.beside.hidden_columns.is_empty() {
            return;
        }
        let hidden = |at: Origin| sheet.beside.is_column_hidden(at.cell.column);
        let letters = |at: Origin| column_letters(at.cell.column);
        for (index, extra) in table.layout.unmapped.iter().enumerate() {
            if extra.filled == 0 || !hidden(extra.at) {
                continue;
            }
            let what =
                if extra.blank { "something without a heading".to_owned() } else { quote(&extra.heading) };
            let message =
                format!("Column {} is hidden. It contains {what}. We did not use it.", letters(extra.at));
            let told = out.add(Location::Cell(extra.at), message);
            if holds_figures(table, index) {
                told.severity(Severity::Query);
            }
        }
        let schema = cx.schema(table);
        for (index, heading) in table.layout.columns.iter().enumerate() {
            let Some(heading) =
                heading.as_ref().filter(|heading| heading.how != Match::Context && hidden(heading.at))
            else {
                continue;
            };
            let filled = |record: &Record| record.cells.get(index).is_some_and(|cell| !cell.is_blank());
            if !table.records.iter().any(filled) {
                continue;
            }
            let title = &schema.fields[index].title;
            let column = letters(heading.at);
            if schema.fields[index].kind == FieldType::Money {
                let message = format!(
                    "Column {column} is hidden. It holds the amounts of {title}, which we used. Confirm that they belong in the return."
                );
                out.add(Location::Cell(heading.at), message).severity(Severity::Query);
            } else {
                out.add(
                    Location::Cell(heading.at),
                    format!("Column {column} is hidden. It contains {title}, which we used."),
                );
            }
        }
    }
}

/// True if everything in a column outside the template is a figure that may be an amount.
fn holds_figures(table: &Table, column: usize) -> bool {
    let sign = |letter: char| letter.is_ascii_digit() || " ,.()-£\u{a0}".contains(letter);
    let figure = |text: &str| text.contains(|letter: char| letter.is_ascii_digit()) && text.chars().all(sign);
    let totals = table.totals.iter().map(|total| &total.record);
    let all = table.records.iter().chain(totals).flat_map(|record| &record.extra);
    let mut texts = all.filter(|(index, _)| *index == column).map(|(_, text)| text).peekable();
    texts.peek().is_some() && texts.all(|text| figure(text))
}

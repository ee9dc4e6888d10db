//! Runs the checks: on one return, on a round, and on what was answered and signed.

use super::common::compare::ToldCells;
use super::registry::{CELLS, COMPARISONS, HELD, LAST, RETURNS, ROUNDS, ROWS, TABLES};
use super::{Context, Findings, Last, Likely, Seen};
use crate::finding::Finding;
use crate::model::{Cell, Consolidated, Misread, Reading, Submission};
use crate::round::held;
use crate::schema::FieldType;

/// Rows that are handed to checks at a time.
const BLOCK: usize = 256;

/// Runs every check on one return (records, tables, the return as a whole). Order of findings is that of the sheet.
#[must_use]
pub fn submission(cx: &Context<'_>, submission: &Submission) -> Vec<Finding> {
    let mut out = Findings::new(cx.round, submission.identity.partner);
    for check in RETURNS.iter().chain(CELLS) {
        check.submission(cx, submission, out.of(check.meta()));
    }
    let cells = remarkable(cx, submission);
    for check in CELLS {
        check.cells(cx, &cells, out.of(check.meta()));
    }
    let held = held::rows(cx.round, submission);
    for (number, table) in submission.tables.iter().enumerate() {
        let before = out.count();
        for rows in table.records.chunks(BLOCK) {
            for check in ROWS {
                check.rows(cx, table, rows, out.of(check.meta()));
            }
        }
        // What a row says does not matter where the row is held for another reason, which is told.
        out.retain_from(before, |at| !super::common::held::covers(&held, number, at));
        for check in TABLES {
            check.table(cx, submission, table, out.of(check.meta()));
        }
    }
    for check in HELD {
        check.held(cx, submission, &held, out.of(check.meta()));
    }
    let mut found = out.into_sorted();
    likely(cx, submission).cover(cx.round, &mut found);
    found
}

/// What a return holds that is likely to identify a person: no finding may repeat it, of the round as a whole neither.
#[must_use]
pub fn likely(cx: &Context<'_>, submission: &Submission) -> Likely {
    Likely::of(cx, submission)
}

/// Runs every check on the round as a whole, comparisons included.
#[must_use]
pub fn round(cx: &Context<'_>, consolidated: &Consolidated) -> Vec<Finding> {
    let mut out = Findings::new(cx.round, None);
    for check in ROUNDS.iter().chain(super::registry::ROUNDS_TOO) {
        check.round(cx, consolidated, out.of(check.meta()));
    }
    let told = ToldCells::of(cx.round, consolidated);
    let cx = &Context { told: Some(&told), ..*cx };
    for check in COMPARISONS {
        out.of(check.meta());
        for comparison in &consolidated.comparisons {
            check.comparison(cx, consolidated, comparison, &mut out);
        }
    }
    out.into_sorted()
}

/// Runs the checks of what was answered and signed.
#[must_use]
pub fn last(cx: &Context<'_>, last: &Last<'_>) -> Vec<Finding> {
    let mut out = Findings::new(cx.round, None);
    for check in LAST {
        check.last(cx, last, out.of(check.meta()));
    }
    out.into_sorted()
}

/// The cells of a return that reading changed or could not read, in sheet order. Of a total row only figures count: its
/// words only mark it.
fn remarkable<'s>(cx: &Context<'s>, submission: &'s Submission) -> Vec<Seen<'s>> {
    let mut cells = Vec::new();
    // What only passes an error value on is told where the error begins.
    let broken = super::common::formulas::broken(submission);
    let passes_on = |cell: &Cell| match &cell.reading {
        Reading::Unreadable(held) => held.why == Misread::ErrorValue && broken.contains(&cell.at),
        _ => false,
    };
    for table in &submission.tables {
        let schema = &cx.round.schema.tables[table.table];
        // A column that holds something else is asked about once, as a column.
        let unlikely = |(index, field)| {
            super::common::unlikely::contents(&cx.round.schema, table, index, field).is_some()
        };
        let unlikely: Vec<bool> = schema.fields.iter().enumerate().map(unlikely).collect();
        let totals = table.totals.iter().map(|total| (&total.record, true));
        for (record, is_total) in table.records.iter().map(|record| (record, false)).chain(totals) {
            for (index, cell) in record.cells.iter().enumerate() {
                if cell.change.is_none() && !matches!(cell.reading, Reading::Unreadable(_)) {
                    continue;
                }
                let Some(field) = schema.fields.get(index) else { continue };
                if passes_on(cell) {
                    continue;
                }
                if unlikely.get(index) == Some(&true) && matches!(cell.reading, Reading::Unreadable(_)) {
                    continue;
                }
                if !is_total || is_figure(field.kind) {
                    cells.push(Seen { table, schema, index, field, record, cell });
                }
            }
        }
    }
    cells
}

pub(super) fn is_figure(kind: FieldType) -> bool {
    matches!(kind, FieldType::Money | FieldType::Number | FieldType::Integer | FieldType::Percent)
}

//! What needs attention: errors and queries on a row, not reported, red, overdue; what matters most first.

use super::cells::{self, Item};
use super::context::{Context, Press};
use super::list::{Column, LINKED, List};
use super::rating::Ratings;
use super::register::plan_item;
use super::sheet::link;
use super::styles::Look;
use crate::error::Error;
use crate::finding::{Finding, Location, Severity};
use crate::model::{FileId, Kept, PartnerId, RegisterRow, ResponseRow, SheetId, Value};
use crate::schema::{OutputKind, Role};
use jiff::civil::Date;
use rust_xlsxwriter::Worksheet;
use std::collections::BTreeMap;

/// One row that needs attention, and why.
struct Exception<'a> {
    rank: u8,
    entry: &'a RegisterRow,
    partner: PartnerId,
    row: Option<ResponseRow>,
    reasons: Vec<String>,
}

type Rows = BTreeMap<(FileId, SheetId, u32), Vec<usize>>;

/// Makes the sheet.
pub(super) fn make(cx: &Context<'_>, press: &mut Press, output: usize) -> Result<Vec<Worksheet>, Error> {
    let OutputKind::Exceptions { table, columns: fields } = &cx.output(output).kind else {
        return Ok(Vec::new());
    };
    let about = cx.table(*table);
    let ratings = Ratings::new(cx, *table);
    let exceptions = exceptions(cx, *table, &ratings);
    let plan = &cx.round.plan;
    let mut columns = vec![Column::new("Why", Look::Wrap), Column::new("Partner", Look::Text)];
    for field in fields.iter().filter_map(|field| about.fields.get(*field)) {
        columns.push(Column::new(field.title.clone(), cells::look(field)));
    }
    columns.push(Column::new("Status", Look::Centre));
    columns.push(Column::new("Rating", Look::Centre));
    columns.push(Column::new("Due", Look::Date));
    let linked = exceptions.len() <= LINKED;
    let count = Some(exceptions.len());
    let mut list = List::new(&mut press.book, cx.page(output), &cx.styles, columns, count)?;
    for exception in exceptions {
        let kept = exception.row.and_then(|row| cx.kept(*table, row.ordinal));
        let place = exception.row.and_then(|row| press.anchors.place(*table, row.ordinal));
        let why = exception.reasons.join("; ");
        let name = cells::partner_name(cx.round, exception.partner);
        let mut items = vec![Item::Owned(why)];
        items.push(match place.filter(|_| linked) {
            Some((sheet, row)) => {
                Item::Link { to: link(&cx.pages[sheet].name, row, 0), text: name.to_owned() }
            }
            None => Item::Text(name),
        });
        for field in fields {
            let heading = about.fields.get(*field).and_then(|field| plan.heading(&field.name));
            items.push(
                match (kept.and_then(|kept| kept.cells.get(*field)), about.fields.get(*field), heading) {
                    (Some(cell), Some(field), _) if !cell.is_blank() => cells::item(cell, field, cx.round),
                    (_, _, Some(at)) => plan_item(cx, *table, at, exception.entry.columns.get(at)),
                    _ => Item::Blank,
                },
            );
        }
        items.push(ratings.status(cx, exception.row.and_then(|row| row.status)));
        items.push(ratings.item(exception.row.and_then(|row| ratings.used(row))));
        items.push(due(cx, *table, exception.entry, kept).map_or(Item::Blank, Item::Date));
        list.push(&mut press.book, &items)?;
    }
    list.close()?;
    list.finish()
}

fn exceptions<'a>(cx: &Context<'a>, table: usize, ratings: &Ratings<'_>) -> Vec<Exception<'a>> {
    let open = open_findings(cx);
    let mut found = Vec::new();
    for entry in &cx.data.register {
        for response in &entry.responses {
            let (rank, reasons) = match response.row {
                None => (1, vec!["not reported".to_owned()]),
                Some(row) => reasons(cx, table, ratings, entry, row, &open),
            };
            if !reasons.is_empty() {
                found.push(Exception { rank, entry, partner: response.partner, row: response.row, reasons });
            }
        }
    }
    found.sort_by_key(|exception| exception.rank);
    found
}

/// Errors and queries, by the row of the return that they are about.
fn open_findings(cx: &Context<'_>) -> Rows {
    let mut rows = Rows::new();
    for (index, finding) in cx.findings.iter().enumerate() {
        if let (Location::Cell(at), true) = (finding.at, finding.severity >= Severity::Query) {
            rows.entry((at.file, at.sheet, at.cell.row)).or_default().push(index);
        }
    }
    rows
}

fn reasons(
    cx: &Context<'_>,
    table: usize,
    ratings: &Ratings<'_>,
    entry: &RegisterRow,
    row: ResponseRow,
    open: &Rows,
) -> (u8, Vec<String>) {
    let mut rank = 9;
    let mut reasons = Vec::new();
    let kept = cx.kept(table, row.ordinal);
    let is_worst = ratings.used(row) == Some(0) && ratings.best() != Some(0);
    let late = due(cx, table, entry, kept).filter(|due| *due < cx.round.as_at && ratings.can_be_overdue(row));
    if is_worst {
        let worst = ratings.labels().first().map_or_else(String::new, |label| label.to_lowercase());
        rank = if late.is_some() { 3 } else { 4 };
        reasons.push(worst);
    }
    if let Some(due) = late {
        rank = rank.min(5);
        reasons.push(format!("overdue since {}", cells::day_words(due)));
    }
    for index in open.get(&(row.at.file, row.at.sheet, row.at.cell.row)).into_iter().flatten() {
        let Some(Finding { severity, message, .. }) = cx.findings.get(*index) else { continue };
        rank = rank.min(if *severity == Severity::Error { 0 } else { 2 });
        reasons.push(format!("{}: {message}", severity.word()));
    }
    (rank, reasons)
}

/// The day by which a row is due: the one given in the return, else the register's.
fn due(cx: &Context<'_>, table: usize, entry: &RegisterRow, kept: Option<&Kept>) -> Option<Date> {
    let about = cx.table(table);
    let field = about.role(Role::TargetDate)?;
    if let Some(Value::Date(day)) = kept.and_then(|kept| kept.cells.get(field)?.value()) {
        return Some(day.date);
    }
    let at = cx.round.plan.heading(&about.fields.get(field)?.name)?;
    entry.columns.get(at)?.parse().ok()
}

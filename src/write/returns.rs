//! What was received from whom, and the proof that nothing of it was lost.

use super::cells::Item;
use super::context::{Context, Press};
use super::list::{Column, List};
use super::sheet::{Sheet, range, result};
use super::styles::Look;
use crate::error::Error;
use crate::model::{CellRef, Conservation, FileId, MOST_DIFFERENCES, PartnerId, ReturnInfo, ReturnState};
use crate::schema::OutputKind;
use rust_decimal::Decimal;
use rust_xlsxwriter::Worksheet;
use std::borrow::Cow;

/// The sheet and row where a file stands.
pub(super) fn row_of<'a>(cx: &'a Context<'_>, file: FileId) -> Option<(&'a str, u32)> {
    let output = cx.find(|kind| matches!(kind, OutputKind::Returns))?;
    let place = order(cx).iter().position(|info| info.file == file)?;
    let row = super::sheet::TOP + 1 + u32::try_from(place).ok()?;
    Some((cx.pages.get(output)?.name.as_str(), row))
}

/// Returns by partner, those without one last; in file order within a partner.
fn order<'a>(cx: &Context<'a>) -> Vec<&'a ReturnInfo> {
    let mut returns: Vec<&ReturnInfo> = cx.data.returns.iter().collect();
    returns.sort_by_key(|info| (info.identity.partner.is_none(), info.identity.partner, info.file));
    returns
}

/// Makes the sheet.
pub(super) fn make(cx: &Context<'_>, press: &mut Press, output: usize) -> Result<Vec<Worksheet>, Error> {
    let mut page = cx.page(output);
    if page.description.is_empty() {
        let (received, expected) = cx.received();
        page.description = format!(
            "{received} of {expected} returns accepted. Below the list: the proof that no row and no penny was lost."
        );
    }
    let returns = order(cx);
    let rows = returns.len() + cx.data.missing.len() + cx.data.conservation.len();
    let mut list = List::new(&mut press.book, page, &cx.styles, columns(), Some(rows))?;
    for info in returns {
        let row = list.row(&mut press.book)?;
        return_row(cx, &mut list, row, info)?;
    }
    for partner in &cx.data.missing {
        if !cx.data.returns.iter().any(|info| info.identity.partner == Some(*partner)) {
            let row = list.row(&mut press.book)?;
            missing_row(cx, &mut list, row, *partner)?;
        }
    }
    let next = list.close()?;
    proof(cx, list.sheet(), next + 1)?;
    list.finish()
}

fn columns() -> Vec<Column> {
    vec![
        Column::new("Partner", Look::Text),
        Column::new("File", Look::Wrap),
        Column::new("What became of it", Look::Wrap),
        Column::new("Rows read", Look::Whole).totalled(),
        Column::new("Rows merged", Look::Whole).totalled(),
        Column::new("Rows held", Look::Whole).totalled(),
        Column::new("Rows set aside", Look::Whole).totalled(),
        Column::new("Kind of file", Look::Centre),
        Column::new("Period stated", Look::Centre),
        Column::new("Sheets", Look::Whole),
        Column::new("Used instead, or why not used", Look::Wrap),
        Column::new("Size, bytes", Look::Whole),
        Column::new("Fingerprint (SHA-256)", Look::Wrap),
    ]
}

fn return_row(cx: &Context<'_>, list: &mut List, row: u32, info: &ReturnInfo) -> Result<(), Error> {
    let places = &cx.data.places;
    let file = places.files.get(info.file.0 as usize);
    let (state, why) = match &info.state {
        ReturnState::Accepted => {
            let part = info.part_of.map(|first| format!("Read as one return with {}.", places.file(first)));
            (Item::Flag("accepted".to_owned(), true), part.unwrap_or_default())
        }
        ReturnState::Copy { of } => {
            (Item::Unknown("copy"), format!("It says the same as {}.", places.file(*of)))
        }
        ReturnState::Superseded { by, why, differences } => {
            let cells = match differences.len() {
                0 => String::new(),
                1 => " They differ in 1 cell.".to_owned(),
                MOST_DIFFERENCES.. => format!(" They differ in at least {MOST_DIFFERENCES} cells."),
                count => format!(" They differ in {count} cells."),
            };
            (
                Item::Unknown("superseded"),
                format!(
                    "{} is used instead, because {}.{cells}",
                    places.file(*by),
                    why.trim_end_matches('.')
                ),
            )
        }
        ReturnState::Refused { why } => (Item::Flag("not used".to_owned(), false), why.clone()),
    };
    let partner = match (&info.identity.partner, &info.identity.unknown_partner) {
        (None, Some(unknown)) => unknown.as_str(),
        (partner, _) => cx.partner(*partner),
    };
    list.put(row, 0, &Item::Text(partner))?;
    list.put(row, 1, &Item::Text(places.file(info.file)))?;
    list.put(row, 2, &state)?;
    for (column, count) in (3u16..).zip(info.rows) {
        list.put(row, column, &Item::Whole(i64::from(count)))?;
    }
    list.put(row, 7, &Item::Text(info.kind.map_or("–", crate::model::FileKind::extension)))?;
    let period = info.identity.period.map_or_else(|| "–".to_owned(), |(period, _)| period.to_string());
    list.put(row, 8, &Item::Owned(period))?;
    list.put(row, 9, &Item::Whole(i64::try_from(info.sheets.len()).unwrap_or(0)))?;
    list.put(row, 10, &Item::Owned(why))?;
    let size = file.map_or(0, |file| i64::try_from(file.size).unwrap_or(i64::MAX));
    list.put(row, 11, &Item::Whole(size))?;
    list.put(row, 12, &Item::Text(file.map_or("", |file| file.sha256.as_str())))
}

fn missing_row(cx: &Context<'_>, list: &mut List, row: u32, partner: PartnerId) -> Result<(), Error> {
    list.put(row, 0, &Item::Text(cx.partner(Some(partner))))?;
    list.put(row, 1, &Item::Text("no return"))?;
    list.put(row, 2, &Item::Flag("not received".to_owned(), false))?;
    for column in 3..7 {
        list.put(row, column, &Item::Whole(0))?;
    }
    for column in 7..13 {
        list.put(row, column, &Item::Blank)?;
    }
    Ok(())
}

const PROOF: [(&str, Look); 15] = [
    ("Partner", Look::Text),
    ("File", Look::Wrap),
    ("Sheet", Look::Wrap),
    ("Rows with anything in them", Look::Whole),
    ("Merged", Look::Whole),
    ("Held", Look::Whole),
    ("Set aside", Look::Whole),
    ("Headings, totals, notes", Look::Whole),
    ("On unused sheets", Look::Whole),
    ("Rows", Look::Centre),
    ("Pounds read", Look::Money),
    ("Merged", Look::Money),
    ("Held", Look::Money),
    ("Set aside", Look::Money),
    ("Pounds", Look::Centre),
];

/// Writes the proof: rows and pounds in are rows and pounds accounted for, sheet by sheet, as live formulas.
fn proof(cx: &Context<'_>, sheet: &mut Sheet, top: u32) -> Result<(), Error> {
    let styles = std::sync::Arc::clone(&cx.styles);
    let section = "The proof: every row and every penny read is merged, held, set aside or not data";
    sheet.put_as(top, 0, Some(&styles.lead), &Item::Text(section))?;
    let headings: Vec<(Cow<'_, str>, Look)> =
        PROOF.iter().map(|(title, look)| (Cow::Borrowed(*title), *look)).collect();
    sheet.headings(top + 1, &headings, false)?;
    let first = top + 2;
    let mut row = first;
    let mut all = Sums::default();
    for line in &cx.data.conservation {
        let names = [
            cx.partner(cx.sender(line.file, line.sheet)),
            cx.data.places.file(line.file),
            cx.data.places.sheet(line.file, line.sheet),
        ];
        for (column, name) in (0u16..).zip(names) {
            sheet.also(row, column, PROOF[usize::from(column)].1, &Item::Text(name))?;
        }
        let sums = Sums::of(line);
        for (column, amount) in (3u16..9).zip(sums.rows).chain((10u16..14).zip(sums.pounds)) {
            let look = PROOF[usize::from(column)].1;
            if look == Look::Money {
                sheet.widen(column, &Item::Number(amount));
            }
            sheet.also(row, column, look, &Item::Number(amount))?;
        }
        check(sheet, row, 9, 3, 8, sums.rows_hold())?;
        check(sheet, row, 14, 10, 13, sums.pounds_hold())?;
        all.add(&sums);
        row += 1;
    }
    if row == first {
        return Ok(());
    }
    sheet.put_as(row, 0, Some(styles.total(Look::Text)), &Item::Text("Total"))?;
    for column in 1..3 {
        sheet.put_as(row, column, Some(styles.total(Look::Text)), &Item::Blank)?;
    }
    for (column, amount) in (3u16..9).zip(all.rows).chain((10u16..14).zip(all.pounds)) {
        let formula = format!("=SUM({})", range(column, first, row - 1));
        let item = Item::Formula { formula, result: result(amount) };
        if PROOF[usize::from(column)].1 == Look::Money {
            sheet.widen(column, &item);
        }
        sheet.put_as(row, column, Some(styles.total(PROOF[usize::from(column)].1)), &item)?;
    }
    check(sheet, row, 9, 3, 8, all.rows_hold())?;
    check(sheet, row, 14, 10, 13, all.pounds_hold())
}

/// Writes a check cell: the first column of a span is the sum of the others.
fn check(sheet: &mut Sheet, row: u32, at: u16, whole: u16, last: u16, holds: bool) -> Result<(), Error> {
    let parts = format!("{}:{}", CellRef::new(row, whole + 1), CellRef::new(row, last));
    let formula = format!("=IF(ROUND({}-SUM({parts}),2)=0,\"agrees\",\"differs\")", CellRef::new(row, whole));
    let word = if holds { "agrees" } else { "differs" };
    let styles = std::sync::Arc::clone(&sheet.styles);
    let format = if holds { &styles.good } else { &styles.bad };
    sheet.put_as(row, at, Some(format), &Item::Formula { formula, result: word.to_owned() })
}

/// One line of the proof as numbers: the whole first, then its parts.
#[derive(Default)]
struct Sums {
    rows: [Decimal; 6],
    pounds: [Decimal; 4],
}

impl Sums {
    fn of(line: &Conservation) -> Self {
        Self {
            rows: [line.filled, line.merged, line.held, line.set_aside, line.not_data, line.unused]
                .map(Decimal::from),
            pounds: [line.pounds_read, line.pounds_merged, line.pounds_held, line.pounds_set_aside],
        }
    }

    fn add(&mut self, other: &Self) {
        for (sum, more) in self.rows.iter_mut().zip(other.rows) {
            *sum = sum.saturating_add(more);
        }
        for (sum, more) in self.pounds.iter_mut().zip(other.pounds) {
            *sum = sum.saturating_add(more);
        }
    }

    fn rows_hold(&self) -> bool {
        adds_up(&self.rows)
    }

    fn pounds_hold(&self) -> bool {
        adds_up(&self.pounds)
    }
}

fn adds_up(numbers: &[Decimal]) -> bool {
    let Some((whole, parts)) = numbers.split_first() else { return true };
    *whole == parts.iter().fold(Decimal::ZERO, |sum, part| sum.saturating_add(*part))
}

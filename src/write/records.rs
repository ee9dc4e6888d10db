//! Merged rows, each with the partner, file, sheet and row that it came from.

use super::cells::{self, Item};
use super::context::{Context, Press};
use super::list::{Column, LINKED, List};
use super::sheet::{Page, link};
use super::styles::{Look, Styles};
use crate::error::Error;
use crate::model::{Cell, ChangeKind, FileInfo, Kept, Origin, PartnerId, Places, Precision, Reading, Value};
use crate::round::Round;
use crate::schema::{OutputKind, Role};
use rust_decimal::Decimal;
use rust_xlsxwriter::{Workbook, Worksheet};
use std::sync::Arc;

/// A sheet of merged rows in the making.
pub(super) struct Records {
    list: List,
    table: usize,
    fields: Vec<usize>,
    /// The field with the date that an entry is due: a column of its own says how precisely that is known.
    due: Option<usize>,
}

impl Records {
    /// Starts the sheet of an output of this kind; `rows` is unknown while rows still come.
    pub(super) fn new(
        book: &mut Workbook,
        round: &Round,
        page: Page,
        styles: &Arc<Styles>,
        output: usize,
        rows: Option<&[Kept]>,
    ) -> Result<Option<Self>, Error> {
        let kind = round.schema.outputs.get(output).map(|output| &output.kind);
        let Some(OutputKind::Records { table, columns: fields, total }) = kind else { return Ok(None) };
        let Some(schema) = round.schema.tables.get(*table) else { return Ok(None) };
        let fields: Vec<usize> =
            fields.iter().copied().filter(|field| *field < schema.fields.len()).collect();
        let mut columns = Vec::new();
        for field in &fields {
            let about = &schema.fields[*field];
            let mut column = Column::new(about.title.clone(), look_of(*field, about, rows));
            column.list = about.list;
            columns.push(if total.contains(field) { column.totalled() } else { column });
        }
        let due = fields.iter().copied().find(|field| schema.fields[*field].role == Some(Role::TargetDate));
        if let Some(field) = due {
            columns.push(Column::new(format!("{} known to the", schema.fields[field].title), Look::Text));
        }
        for (title, look) in
            [("Partner", Look::Text), ("File", Look::Wrap), ("Sheet", Look::Text), ("Row", Look::Whole)]
        {
            columns.push(Column::new(title, look));
        }
        let list = List::new(book, page, styles, columns, rows.map(<[Kept]>::len))?;
        Ok(Some(Self { list, table: *table, fields, due }))
    }

    /// Writes one merged row.
    pub(super) fn row(
        &mut self,
        book: &mut Workbook,
        round: &Round,
        from: From<'_>,
        cells: &[Cell],
    ) -> Result<u32, Error> {
        let row = self.list.row(book)?;
        let Some(schema) = round.schema.tables.get(self.table) else { return Ok(row) };
        let mut column = 0;
        for field in &self.fields {
            if let (Some(cell), Some(about)) = (cells.get(*field), schema.fields.get(*field)) {
                let item = cells::item(cell, about, round);
                if item != Item::Blank || !self.list.sheet().long {
                    self.list.put(row, column, &item)?;
                }
            }
            column += 1;
        }
        if let Some(cell) = self.due.map(|due| cells.get(due)) {
            self.list.put(row, column, &Item::Text(cell.map_or("", known_to)))?;
            column += 1;
        }
        self.list.put(row, column, &Item::Text(cells::partner_name(round, from.partner)))?;
        self.list.put(row, column + 1, &Item::Text(from.file))?;
        self.list.put(row, column + 2, &Item::Text(from.sheet))?;
        let number = i64::from(from.at.cell.row) + 1;
        let item = match from.link {
            Some(to) => Item::LinkedNumber { to, number: number.into() },
            None => Item::Whole(number),
        };
        self.list.put(row, column + 3, &item)?;
        Ok(row)
    }

    /// Ends the table and hands over its sheets.
    pub(super) fn finish(mut self) -> Result<Vec<Worksheet>, Error> {
        self.list.close()?;
        self.list.finish()
    }
}

/// How precisely a date is known: to the day, the month or the quarter; *none* where there is no end, and what is held apart
/// because it must be confirmed is never overdue.
fn known_to(cell: &Cell) -> &'static str {
    let without_end = cell.change.as_ref().is_some_and(|change| change.kind == ChangeKind::NoEndDate);
    match &cell.reading {
        Reading::Value(Value::Date(date)) => match date.precision {
            Precision::Day => "day",
            Precision::Month => "month",
            Precision::Quarter => "quarter",
        },
        Reading::Unreadable(_) => "to be confirmed",
        Reading::Value(_) => "none",
        Reading::Blank if without_end => "none",
        Reading::Blank => "",
    }
}

/// Where a merged row came from.
pub(super) struct From<'a> {
    /// Who sent it.
    pub(super) partner: PartnerId,
    /// Its first cell.
    pub(super) at: Origin,
    /// Its file's name.
    pub(super) file: &'a str,
    /// Its sheet's name.
    pub(super) sheet: &'a str,
    /// Where its number leads.
    pub(super) link: Option<String>,
}

impl<'a> From<'a> {
    /// Names a row's place.
    pub(super) fn new(partner: PartnerId, at: Origin, info: Option<&'a FileInfo>) -> Self {
        let sheet = info.and_then(|info| info.sheets.get(usize::from(at.sheet.0)));
        Self {
            partner,
            at,
            file: info.map_or("", |info| info.name.as_str()),
            sheet: sheet.map_or("", String::as_str),
            link: None,
        }
    }
}

/// Makes a short sheet from rows at hand.
pub(super) fn make(cx: &Context<'_>, press: &mut Press, output: usize) -> Result<Vec<Worksheet>, Error> {
    let OutputKind::Records { table, .. } = cx.output(output).kind else { return Ok(Vec::new()) };
    let rows = cx.rows.get(table).copied().unwrap_or_default();
    let started = Records::new(&mut press.book, cx.round, cx.page(output), &cx.styles, output, Some(rows))?;
    let Some(mut records) = started else { return Ok(Vec::new()) };
    for (column, field) in (0u16..).zip(&records.fields) {
        press.anchors.column(output, *field, column);
    }
    for kept in sorted(rows, &cx.output(output).sort) {
        let mut from = From::new(kept.partner, kept.at, file_info(&cx.data.places, kept));
        if rows.len() <= LINKED {
            from.link = super::returns::row_of(cx, kept.at.file).map(|(name, row)| link(name, row, 0));
        }
        let row = records.row(&mut press.book, cx.round, from, &kept.cells)?;
        press.anchors.row(table, kept, output, row);
    }
    records.finish()
}

/// The rows by the declared fields; those alike stay in the order in which they came.
fn sorted<'r>(rows: &'r [Kept], by: &[usize]) -> Vec<&'r Kept> {
    let mut sorted: Vec<&Kept> = rows.iter().collect();
    if !by.is_empty() {
        sorted.sort_by_cached_key(|kept| -> Vec<SortKey> {
            by.iter().map(|field| kept.cells.get(*field).map_or(SortKey::Blank, sort_key)).collect()
        });
    }
    sorted
}

/// What a cell is sorted by; blanks come last.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum SortKey {
    Number(Decimal),
    Day(jiff::civil::Date),
    Code(u16),
    Text(Vec<Part>),
    Blank,
}

/// A part of a text: digits count as a number, so that 1.10 comes after 1.9.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Number(u128),
    Words(String),
}

fn sort_key(cell: &Cell) -> SortKey {
    match cell.value() {
        Some(Value::Text(text)) => SortKey::Text(parts(text)),
        Some(Value::Code(code)) => SortKey::Code(*code),
        Some(Value::Agency(partner)) => SortKey::Code(partner.0),
        Some(Value::Date(day)) => SortKey::Day(day.date),
        Some(Value::Money(money)) => SortKey::Number(money.pounds),
        Some(Value::Integer(number)) => SortKey::Number(Decimal::from(*number)),
        Some(Value::Number(number) | Value::Percent(number)) => SortKey::Number(*number),
        _ => SortKey::Blank,
    }
}

fn parts(text: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    for chunk in text.as_bytes().chunk_by(|a, b| a.is_ascii_digit() == b.is_ascii_digit()) {
        let words = String::from_utf8_lossy(chunk);
        parts.push(match words.parse() {
            Ok(number) => Part::Number(number),
            Err(_) => Part::Words(words.to_lowercase()),
        });
    }
    parts
}

fn file_info<'a>(places: &'a Places, kept: &Kept) -> Option<&'a FileInfo> {
    places.files.get(kept.at.file.0 as usize)
}

/// Amounts are shown in whole pounds where all of them are; rows still to come may have pennies.
fn look_of(field: usize, about: &crate::schema::Field, rows: Option<&[Kept]>) -> Look {
    match (cells::look(about), rows) {
        (Look::Money, Some(rows)) => super::cells::money_look(rows, &[field]),
        (look, _) => look,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_sorted_as_people_count() {
        let mut refs = ["1.10", "1.9", "1.1.2", "A1", "1.1", "é2"];
        refs.sort_by_key(|text| parts(text));
        assert_eq!(refs, ["1.1", "1.1.2", "1.9", "1.10", "A1", "é2"]);
    }
}

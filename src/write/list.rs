//! A sheet that is one table: short as an Excel table, long as rows that leave memory, longer still on further sheets.

use super::cells::Item;
use super::sheet::{Page, Sheet, TOP, failed, range, result};
use super::styles::{Look, Styles};
use crate::error::Error;
use crate::model::{MAX_ROWS, column_letters};
use rust_decimal::Decimal;
use rust_xlsxwriter::{
    ConditionalFormatCell, ConditionalFormatCellRule, Table, TableColumn, TableStyle, Workbook, Worksheet,
};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Rows from which a table is no longer an Excel table: `add_table` keeps an entry a cell.
pub(super) const SHORT: usize = 4_000;

/// Rows up to which figures and places are links: Excel holds 65,530 links a sheet.
pub(super) const LINKED: usize = 10_000;

/// Rows of a sheet in unit tests, which would take minutes to fill a real one.
const ROOM_IN_TESTS: u32 = 30_000;

/// One column of a list.
#[derive(Debug, Clone)]
pub(super) struct Column {
    /// Its heading.
    pub(super) title: Cow<'static, str>,
    /// How its values look.
    pub(super) look: Look,
    /// The code list whose colours its cells take on a long sheet.
    pub(super) list: Option<usize>,
    /// The exact sum so far, if the column has a total.
    pub(super) total: Option<Decimal>,
    /// How many characters it has room for at least.
    pub(super) least: usize,
}

impl Column {
    /// A column of a given look.
    pub(super) fn new(title: impl Into<Cow<'static, str>>, look: Look) -> Self {
        Self { title: title.into(), look, list: None, total: None, least: 0 }
    }

    /// The same with room for what people write into it.
    pub(super) fn with_room_to_write(mut self) -> Self {
        self.least = 28;
        self
    }

    /// The same with a total under it.
    pub(super) fn totalled(mut self) -> Self {
        self.total = Some(Decimal::ZERO);
        self
    }
}

/// A list in the making.
pub(super) struct List {
    page: Page,
    styles: Arc<Styles>,
    columns: Vec<Column>,
    long: bool,
    sheet: Sheet,
    next: u32,
    first: u32,
    part: u32,
    table: String,
    done: Vec<Worksheet>,
    earlier_totals: Vec<String>,
    room: u32,
}

impl List {
    /// Starts a list; `rows` decides whether it is short (or is unknown and long).
    pub(super) fn new(
        book: &mut Workbook,
        page: Page,
        styles: &Arc<Styles>,
        columns: Vec<Column>,
        rows: Option<usize>,
    ) -> Result<Self, Error> {
        let mut list = Self::under(book, page, styles, columns, rows, TOP)?;
        list.head()?;
        Ok(list)
    }

    /// Starts a list whose headings stand further down and are written by [`Self::head`], once what is above them is.
    pub(super) fn under(
        book: &mut Workbook,
        page: Page,
        styles: &Arc<Styles>,
        mut columns: Vec<Column>,
        rows: Option<usize>,
        top: u32,
    ) -> Result<Self, Error> {
        distinct(&mut columns);
        let long = rows.is_none_or(|rows| rows > SHORT);
        let sheet = start(book, &page, styles, &columns, long)?;
        let page_table = page.table.clone();
        Ok(Self {
            page,
            styles: Arc::clone(styles),
            columns,
            long,
            sheet,
            table: page_table,
            next: top + 1,
            first: top + 1,
            part: 1,
            done: Vec::new(),
            earlier_totals: Vec::new(),
            room: if cfg!(test) { ROOM_IN_TESTS } else { MAX_ROWS - 1 },
        })
    }

    /// Writes the headings.
    pub(super) fn head(&mut self) -> Result<(), Error> {
        let top = self.first - 1;
        let headings: Vec<(Cow<'_, str>, Look)> =
            self.columns.iter().map(|column| (Cow::Borrowed(column.title.as_ref()), column.look)).collect();
        self.sheet.headings(top, &headings, top < 12)
    }

    /// How a column's values look.
    pub(super) fn look(&self, column: u16) -> Look {
        self.columns.get(usize::from(column)).map_or(Look::Text, |column| column.look)
    }

    /// The sheet being written.
    pub(super) fn sheet(&mut self) -> &mut Sheet {
        &mut self.sheet
    }

    /// The row that the next call of [`Self::row`] gives, if the sheet has room.
    pub(super) fn next_row(&self) -> u32 {
        self.next
    }

    /// The next row to fill; on a further sheet when this one is full.
    pub(super) fn row(&mut self, book: &mut Workbook) -> Result<u32, Error> {
        if self.next >= self.room {
            self.turn(book)?;
        }
        let row = self.next;
        self.next += 1;
        Ok(row)
    }

    /// Writes one value of a row.
    pub(super) fn put(&mut self, row: u32, column: u16, item: &Item<'_>) -> Result<(), Error> {
        let Some(about) = self.columns.get_mut(usize::from(column)) else { return Ok(()) };
        if let Some(total) = &mut about.total {
            match item {
                Item::Number(number) | Item::LinkedNumber { number, .. } => {
                    *total = total.saturating_add(*number);
                }
                Item::Whole(number) => *total = total.saturating_add(Decimal::from(*number)),
                _ => {}
            }
        }
        let look = about.look;
        self.sheet.put(row, column, look, item)
    }

    /// Writes a whole row.
    pub(super) fn push(&mut self, book: &mut Workbook, items: &[Item<'_>]) -> Result<u32, Error> {
        let row = self.row(book)?;
        for (column, item) in (0u16..).zip(items) {
            self.put(row, column, item)?;
        }
        Ok(row)
    }

    /// Adds what was calculated elsewhere to a column's total.
    pub(super) fn count(&mut self, column: u16, amount: Decimal) {
        if let Some(Some(total)) = self.columns.get_mut(usize::from(column)).map(|c| &mut c.total) {
            *total = total.saturating_add(amount);
        }
    }

    /// Ends the table: totals, filters, colours. Rows written afterwards stand outside of it.
    pub(super) fn close(&mut self) -> Result<u32, Error> {
        if self.next == self.first {
            self.sheet.put_as(self.next, 0, Some(&self.styles.describe), &Item::Text("Nothing to show."))?;
            self.next += 1;
            return Ok(self.next);
        }
        let last = self.next - 1;
        self.totals(last)?;
        self.frame(last)?;
        self.next += 1;
        Ok(self.next)
    }

    /// Hands over the finished sheets in order.
    pub(super) fn finish(mut self) -> Result<Vec<Worksheet>, Error> {
        self.done.push(self.sheet.finish()?);
        Ok(self.done)
    }

    fn turn(&mut self, book: &mut Workbook) -> Result<(), Error> {
        let last = self.next - 1;
        for (column, about) in (0u16..).zip(&self.columns) {
            if about.total.is_some() {
                let name = self.sheet.name.replace('\'', "''");
                self.earlier_totals.push(format!("{column}|'{name}'!{}", range(column, self.first, last)));
            }
        }
        self.frame(last)?;
        self.part += 1;
        let page = Page {
            name: numbered(&self.page.name, self.part),
            title: format!("{} ({})", self.page.title, self.part),
            table: format!("{}_{}", self.page.table, self.part),
            ..self.page.clone()
        };
        let fresh = start(book, &page, &self.styles, &self.columns, self.long)?;
        let full = std::mem::replace(&mut self.sheet, fresh);
        self.done.push(full.finish()?);
        self.table = page.table;
        self.first = TOP + 1;
        self.next = self.first;
        self.head()
    }

    fn totals(&mut self, last: u32) -> Result<(), Error> {
        if self.columns.iter().all(|column| column.total.is_none()) {
            return Ok(());
        }
        let styles = Arc::clone(&self.styles);
        let row = last + 1;
        for (column, about) in (0u16..).zip(self.columns.clone()) {
            let format = Some(styles.total(about.look));
            let item = match about.total {
                Some(total) => {
                    let prefix = format!("{column}|");
                    let mut ranges: Vec<&str> =
                        self.earlier_totals.iter().filter_map(|range| range.strip_prefix(&prefix)).collect();
                    let here = range(column, self.first, last);
                    ranges.push(&here);
                    Item::Formula { formula: format!("=SUM({})", ranges.join(",")), result: result(total) }
                }
                None if column == 0 => Item::Text("Total"),
                None => Item::Blank,
            };
            if about.total.is_some() {
                self.sheet.widen(column, &item);
            }
            self.sheet.put_as(row, column, format, &item)?;
        }
        self.next = row + 1;
        Ok(())
    }

    fn frame(&mut self, last: u32) -> Result<(), Error> {
        let count = u16::try_from(self.columns.len()).unwrap_or(u16::MAX);
        if count == 0 {
            return Ok(());
        }
        let (top, right) = (self.first - 1, count - 1);
        self.sheet.allow_number_text((self.first, last), count);
        let framed = if self.long {
            self.colour(last)?;
            self.sheet.ws.autofilter(top, 0, last, right).map(|_| ())
        } else {
            let headings: Vec<TableColumn> = self
                .columns
                .iter()
                .map(|column| {
                    TableColumn::new()
                        .set_header(column.title.as_ref())
                        .set_header_format(self.styles.heading(column.look))
                })
                .collect();
            let table = Table::new().set_name(&self.table).set_style(TableStyle::None).set_columns(&headings);
            self.sheet.ws.add_table(top, 0, last, right, &table).map(|_| ())
        };
        framed.map_err(|error| failed(&self.sheet.name, error))
    }

    /// Colours the codes of a long sheet by rule: a format a cell would cost more than the cell.
    fn colour(&mut self, last: u32) -> Result<(), Error> {
        let styles = Arc::clone(&self.styles);
        for (column, about) in (0u16..).zip(&self.columns) {
            let Some(codes) = about.list else { continue };
            for (code, label) in (0u16..).zip(styles.rule(codes).unwrap_or_default()) {
                let Some(format) = styles.code(codes, code) else { continue };
                let rule = ConditionalFormatCell::new()
                    .set_rule(ConditionalFormatCellRule::EqualTo(label.replace('"', "\"\"")))
                    .set_format(format);
                self.sheet
                    .ws
                    .add_conditional_format(self.first, column, last, column, &rule)
                    .map_err(|error| failed(&self.sheet.name, error))?;
            }
        }
        Ok(())
    }
}

fn start(
    book: &mut Workbook,
    page: &Page,
    styles: &Arc<Styles>,
    columns: &[Column],
    long: bool,
) -> Result<Sheet, Error> {
    let looks: Vec<Look> = columns.iter().map(|column| column.look).collect();
    let mut sheet = Sheet::new(book, page, styles, &looks, long)?;
    for (place, column) in columns.iter().enumerate() {
        sheet.at_least(place, column.least);
    }
    Ok(sheet)
}

/// Excel allows no two equal headings in a table, whatever their case, and none that is blank.
fn distinct(columns: &mut [Column]) {
    let mut seen = BTreeSet::new();
    for (index, column) in columns.iter_mut().enumerate() {
        if column.title.trim().is_empty() {
            column.title = format!("Column {}", column_letters(u16::try_from(index).unwrap_or(0))).into();
        }
        let plain: String = column.title.chars().take(250).collect();
        let mut title = plain.clone();
        let mut number = 1;
        while !seen.insert(title.to_lowercase()) {
            number += 1;
            title = format!("{plain} {number}");
        }
        column.title = title.into();
    }
}

/// The name of a further sheet, short enough for a tab: `By agency (2)`.
pub(super) fn numbered(name: &str, part: u32) -> String {
    let suffix = format!(" ({part})");
    let room = 31 - suffix.len();
    let mut units = 0;
    let kept: String = name
        .chars()
        .take_while(|letter| {
            units += letter.len_utf16();
            units <= room
        })
        .collect();
    format!("{}{suffix}", kept.trim_end())
}

#[cfg(test)]
mod tests;

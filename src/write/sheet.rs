//! One worksheet in the making: its cells, the widths of its columns, the heights of its rows.

use super::cells::{Item, PENNIES};
use super::cuts::{Cuts, fitting};
use super::fit::{LINE, MOST_LINES, Tall, fit, lines};
use super::number::whole;
pub(crate) use super::number::{float, result, serial};
pub(super) use super::page::Page;
pub(crate) use super::page::printed;
use super::page::set_up;
pub(super) use super::refs::range;
pub(crate) use super::refs::{link, reference};
use super::styles::{COLUMN, Look, ROW, Styles, linked_look, normal};
use crate::error::Error;
use rust_decimal::Decimal;
use rust_xlsxwriter::{Formula, IgnoreError, Url, Workbook, Worksheet, XlsxError};
use std::borrow::Cow;
use std::sync::Arc;

/// The first row under the title block.
pub(super) const TOP: u32 = 4;

/// A worksheet in the making.
pub(super) struct Sheet {
    /// The worksheet.
    pub(super) ws: Worksheet,
    /// The tab's name.
    pub(super) name: String,
    /// True if its rows leave memory as they are written, in order.
    pub(super) long: bool,
    pub(super) styles: Arc<Styles>,
    cuts: Cuts,
    widths: Vec<(Look, usize)>,
    tall: Vec<Tall>,
}

impl Sheet {
    /// Starts a sheet with its page set-up and title block.
    pub(super) fn new(
        book: &mut Workbook,
        page: &Page,
        styles: &Arc<Styles>,
        looks: &[Look],
        long: bool,
    ) -> Result<Self, Error> {
        let ws = if long { book.new_worksheet_with_constant_memory() } else { Ok(Worksheet::new()) };
        let mut ws = ws.map_err(|error| failed(&page.name, error))?;
        if !long {
            // The other kind has it from its workbook.
            let set = ws.set_default_format(&normal(), ROW, COLUMN).map(|_| ());
            set.map_err(|error| failed(&page.name, error))?;
        }
        let widths = looks.iter().map(|look| (*look, 0)).collect();
        set_up(&mut ws, page, styles, if long { looks } else { &[] })
            .map_err(|error| failed(&page.name, error))?;
        let (name, cuts) = (page.name.clone(), page.cuts.clone());
        Ok(Self { ws, name, long, styles: Arc::clone(styles), cuts, widths, tall: Vec::new() })
    }

    /// Writes a value in the look of a table's body.
    pub(super) fn put(&mut self, row: u32, column: u16, look: Look, item: &Item<'_>) -> Result<(), Error> {
        self.widen(column, item);
        if self.long {
            return self.put_as(row, column, None, item);
        }
        if look == Look::Wrap || matches!(item, Item::Held(_)) {
            self.note_height(row, column, item);
        }
        let styles = Arc::clone(&self.styles);
        self.put_as(row, column, Some(styles.ruled(look)), item)
    }

    /// Writes a value of a further table on the sheet: in the look of a table's body, without a say in the widths.
    pub(super) fn also(&mut self, row: u32, column: u16, look: Look, item: &Item<'_>) -> Result<(), Error> {
        if !self.long && look == Look::Wrap {
            self.note_height(row, column, item);
        }
        let styles = Arc::clone(&self.styles);
        self.put_as(row, column, Some(styles.ruled(look)), item)
    }

    /// Writes a value in a format of its own; in the column's if there is none.
    pub(super) fn put_as(
        &mut self,
        row: u32,
        column: u16,
        format: Option<&rust_xlsxwriter::Format>,
        item: &Item<'_>,
    ) -> Result<(), Error> {
        let Self { ws, styles, name, long, cuts, widths, .. } = self;
        // A text that would become a formula when somebody edits it needs a format of its own, with the column's look.
        let look = widths.get(usize::from(column)).map(|(look, _)| styles.plain(*look));
        let string = |ws, row, column, text: &str, format: Option<&rust_xlsxwriter::Format>| {
            let format = format.or(look.filter(|_| starts_a_formula(text)));
            write_string(ws, (row, column), &fitting(text, cuts, name, row, column), format)
        };
        let wrote = match item {
            Item::Blank => match format {
                Some(format) => ws.write_blank(row, column, format),
                None => Ok(ws),
            },
            Item::Text(text) => string(ws, row, column, text, format),
            Item::Owned(text) => string(ws, row, column, text, format),
            Item::Held(text) => string(ws, row, column, text, Some(&styles.held)),
            Item::Flag(text, good) => {
                string(ws, row, column, text, Some(if *good { &styles.good } else { &styles.bad }))
            }
            Item::Unknown(text) => string(ws, row, column, text, Some(&styles.unknown)),
            Item::Code { list, code, label } => {
                let own = if *long { None } else { styles.code(*list, *code) };
                string(ws, row, column, label, own.or(format))
            }
            Item::Number(number) => number_at(ws, row, column, float(*number), format),
            Item::Share(percent) => {
                number_at(ws, row, column, float(*percent / Decimal::ONE_HUNDRED), format)
            }
            Item::Whole(number) => number_at(ws, row, column, whole(*number), format),
            Item::Date(day) => match serial(*day) {
                Some(days) => number_at(ws, row, column, f64::from(days), format),
                None => string(ws, row, column, &day.to_string(), format),
            },
            Item::Link { to, text } => {
                let url = Url::new(to.as_str()).set_text(fitting(text, cuts, name, row, column).as_ref());
                let mut blue = format.map_or_else(|| styles.table_link().clone(), linked_look);
                if starts_a_formula(text) {
                    blue = blue.set_quote_prefix();
                }
                ws.write_url_with_format(row, column, url, &blue)
            }
            Item::LinkedNumber { to, number } => {
                let linked = ws.write_url_with_format(row, column, to.as_str(), styles.table_link());
                let blue = format.map(linked_look);
                match linked {
                    Ok(ws) => number_at(ws, row, column, float(*number), blue.as_ref()),
                    Err(error) => Err(error),
                }
            }
            Item::Formula { formula, result } => {
                let formula = Formula::new(formula).set_result(result);
                match format {
                    Some(format) => ws.write_formula_with_format(row, column, formula, format),
                    None => ws.write_formula(row, column, formula),
                }
            }
        };
        wrote.map(|_| ()).map_err(|error| failed(name, error))
    }

    /// Writes the headings of a table and, if they are the sheet's main ones, freezes and repeats them.
    pub(super) fn headings(
        &mut self,
        row: u32,
        columns: &[(Cow<'_, str>, Look)],
        main: bool,
    ) -> Result<(), Error> {
        let styles = Arc::clone(&self.styles);
        for (column, (title, look)) in (0u16..).zip(columns) {
            if !self.long {
                self.tall.push(Tall::new(row, column, title).bold());
            }
            self.put_as(row, column, Some(styles.heading(*look)), &Item::Text(title))?;
            if let Some((own, widest)) = self.widths.get_mut(usize::from(column)) {
                // A word of a heading is in bold print; what pennies do not need it does.
                let word = title.split(' ').map(str::len).max().unwrap_or(0) + 1;
                *widest = (*widest).max(if own.is_whole() { word + PENNIES } else { word });
            }
        }
        if main {
            let frozen = self.ws.set_freeze_panes(row + 1, 0).and_then(|ws| ws.set_repeat_rows(row, row));
            frozen.map_err(|error| failed(&self.name, error))?;
        }
        Ok(())
    }

    /// Says that texts which look like numbers are meant as text.
    pub(super) fn allow_number_text(&mut self, rows: (u32, u32), columns: u16) {
        let last = columns.saturating_sub(1);
        // Only the little green corner is at stake; a sheet without it is still right.
        let _ = self.ws.ignore_error_range(rows.0, 0, rows.1, last, IgnoreError::NumberStoredAsText);
    }

    /// Sets the columns' widths and the rows' heights from what was written and hands over the worksheet.
    pub(super) fn finish(mut self) -> Result<Worksheet, Error> {
        let widths = fit(&self.widths);
        for (column, width) in (0u16..).zip(&widths) {
            self.width(column, *width)?;
        }
        for (row, lines) in lines(&self.tall, &widths) {
            self.height(row, lines)?;
        }
        Ok(self.ws)
    }

    /// Makes a row so many lines of small print high.
    fn height(&mut self, row: u32, lines: usize) -> Result<(), Error> {
        let lines = u32::try_from(lines).unwrap_or(MOST_LINES).clamp(1, MOST_LINES);
        let set = self.ws.set_row_height_pixels(row, lines * LINE + 4);
        set.map(|_| ()).map_err(|error| failed(&self.name, error))
    }

    /// Makes a row as high as large print needs.
    pub(super) fn large(&mut self, row: u32) -> Result<(), Error> {
        self.height(row, 3)
    }

    /// The column from which so many neighbours are as narrow as can be found.
    pub(super) fn narrow(&self, columns: usize) -> u16 {
        let widths = fit(&self.widths);
        let widest = |window: &[u16]| window.iter().copied().max().unwrap_or(0);
        let places = widths.windows(columns).enumerate().skip(1);
        let best = places.min_by_key(|(_, window)| widest(window));
        best.and_then(|(place, _)| u16::try_from(place).ok()).unwrap_or(1)
    }

    fn note_height(&mut self, row: u32, column: u16, item: &Item<'_>) {
        let text = match item {
            Item::Text(text) | Item::Held(text) => text,
            Item::Owned(text) | Item::Link { text, .. } => text.as_str(),
            _ => return,
        };
        if text.len() > 8 {
            self.tall.push(Tall::new(row, column, text));
        }
    }

    /// Keeps a column at least so wide, for what people write into it.
    pub(super) fn at_least(&mut self, column: usize, characters: usize) {
        if let Some((_, widest)) = self.widths.get_mut(column) {
            *widest = (*widest).max(characters);
        }
    }

    /// Sets one column's width in characters.
    pub(super) fn width(&mut self, column: u16, characters: u16) -> Result<(), Error> {
        let set = self.ws.set_column_width(column, f64::from(characters));
        set.map(|_| ()).map_err(|error| failed(&self.name, error))
    }

    /// Keeps a column wide enough for a value that is written in a format of its own.
    pub(super) fn widen(&mut self, column: u16, item: &Item<'_>) {
        if usize::from(column) >= self.widths.len() {
            self.widths.resize(usize::from(column) + 1, (Look::Number, 0));
        }
        if let Some((_, widest)) = self.widths.get_mut(usize::from(column)) {
            let length = item.length();
            if length > *widest {
                *widest = length;
            }
        }
    }
}

/// A failure of the workbook library in our words.
pub(crate) fn failed(sheet: &str, error: XlsxError) -> Error {
    match error {
        XlsxError::IoError(source) => Error::Io { doing: "write", path: std::path::PathBuf::new(), source },
        other => Error::Workbook { sheet: Some(sheet.to_owned()), why: format!("{other}.") },
    }
}

/// True if a spreadsheet program takes the text for a formula when somebody types it, or edits its cell and leaves it.
fn starts_a_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// Writes a text that stays one, with the quotation mark before it that a person would type where it looks like a formula.
pub(super) fn write_string<'w>(
    ws: &'w mut Worksheet,
    (row, column): (u32, u16),
    text: &str,
    format: Option<&rust_xlsxwriter::Format>,
) -> Result<&'w mut Worksheet, XlsxError> {
    match format {
        Some(format) if starts_a_formula(text) => {
            ws.write_string_with_format(row, column, text, &format.clone().set_quote_prefix())
        }
        Some(format) => ws.write_string_with_format(row, column, text, format),
        None => ws.write_string(row, column, text),
    }
}

fn number_at<'w>(
    ws: &'w mut Worksheet,
    row: u32,
    column: u16,
    number: f64,
    format: Option<&rust_xlsxwriter::Format>,
) -> Result<&'w mut Worksheet, XlsxError> {
    match format {
        Some(format) => ws.write_number_with_format(row, column, number, format),
        None => ws.write_number(row, column, number),
    }
}

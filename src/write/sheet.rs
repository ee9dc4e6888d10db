//! One worksheet in the making: page set-up, title block, cells.

use super::cells::Item;
use super::cuts::{Cuts, fitting};
use super::fit::{LINE, MOST_LINES, Tall, fit, lines};
use super::styles::{Look, Styles, linked_look};
use crate::error::Error;
use crate::model::CellRef;
use jiff::civil::{Date, date};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;
use rust_xlsxwriter::{Formula, IgnoreError, Url, Workbook, Worksheet, XlsxError};
use std::borrow::Cow;
use std::sync::Arc;

/// The first row under the title block.
pub(super) const TOP: u32 = 4;

/// What stands around the cells of every sheet.
#[derive(Debug, Clone)]
pub(super) struct Page {
    /// The tab's name.
    pub(super) name: String,
    /// The title.
    pub(super) title: String,
    /// What the sheet is for.
    pub(super) description: String,
    /// Marking, board, period and state.
    pub(super) strap: String,
    /// The board, for the page's foot.
    pub(super) board: String,
    /// The protective marking.
    pub(super) marking: String,
    /// The name of its Excel table, if it gets one.
    pub(super) table: String,
    /// Where texts are kept that are too long for a cell.
    pub(super) cuts: Cuts,
}

impl Page {
    /// Says what the sheet is for, unless the schema does.
    pub(super) fn describe(&mut self, words: impl Into<String>) {
        if self.description.is_empty() {
            self.description = words.into();
        }
    }
}

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
                self.note_height(row, column, &Item::Text(title));
            }
            self.put_as(row, column, Some(styles.heading(*look)), &Item::Text(title))?;
            if let Some((_, widest)) = self.widths.get_mut(usize::from(column)) {
                *widest = (*widest).max(title.split(' ').map(str::len).max().unwrap_or(0) + 2);
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
            let letters = |line: &str| u16::try_from(line.chars().count()).unwrap_or(u16::MAX);
            let paragraphs: Box<[u16]> = text.split('\n').take(200).map(letters).collect();
            self.tall.push(Tall { row, column, paragraphs });
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

    fn widen(&mut self, column: u16, item: &Item<'_>) {
        if let Some((_, widest)) = self.widths.get_mut(usize::from(column)) {
            let length = item.length();
            if length > *widest {
                *widest = length;
            }
        }
    }
}

/// A reference to a cell of a sheet: `'By agency'!A7`.
pub(crate) fn reference(sheet: &str, row: u32, column: u16) -> String {
    format!("'{}'!{}", sheet.replace('\'', "''"), CellRef::new(row, column))
}

/// The target of a link to a cell of a sheet.
pub(crate) fn link(sheet: &str, row: u32, column: u16) -> String {
    format!("internal:{}", reference(sheet, row, column))
}

/// A range in one column of the same sheet: `F7:F59`.
pub(super) fn range(column: u16, first: u32, last: u32) -> String {
    format!("{}:{}", CellRef::new(first, column), CellRef::new(last, column))
}

/// The result of a formula as text: the number in its shortest form.
pub(crate) fn result(number: Decimal) -> String {
    if number.is_zero() { "0".to_owned() } else { float(number).to_string() }
}

/// A failure of the workbook library in our words.
pub(crate) fn failed(sheet: &str, error: XlsxError) -> Error {
    match error {
        XlsxError::IoError(source) => Error::Io { doing: "write", path: std::path::PathBuf::new(), source },
        other => Error::Workbook { sheet: Some(sheet.to_owned()), why: format!("{other}.") },
    }
}

fn set_up(ws: &mut Worksheet, page: &Page, styles: &Styles, looks: &[Look]) -> Result<(), XlsxError> {
    ws.set_name(&page.name)?;
    ws.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    ws.set_margins(0.5, 0.5, 0.7, 0.6, 0.3, 0.3);
    ws.set_screen_gridlines(false);
    ws.set_header(header(page));
    ws.set_footer(footer(page));
    // A wide sheet is printed small; its mark is not.
    ws.set_header_footer_scale_with_doc(false);
    for (column, look) in (0u16..).zip(looks) {
        ws.set_column_format(column, styles.plain(*look))?;
    }
    let write = |ws: &mut Worksheet, row: u32, text: &str, format| {
        let text = fitting(text, &page.cuts, &page.name, row, 0);
        write_string(ws, (row, 0), &text, Some(format)).map(|_| ())
    };
    write(ws, 0, &page.title, &styles.title)?;
    write(ws, 1, &page.strap, &styles.strap)?;
    write(ws, 2, &page.description, &styles.describe)
}

/// Title and mark over every page. The name of the typeface stands after the size, because a title may start with a digit.
fn header(page: &Page) -> String {
    let title = printed(&page.title, 110);
    format!("&L&8&\"Arial,Regular\"{title}&R&10&\"Arial,Bold\"{}", printed(&page.marking, 60))
}

/// Board, mark and number under every page.
fn footer(page: &Page) -> String {
    let (board, mark) = (printed(&page.board, 60), printed(&page.marking, 60));
    format!("&L&8&\"Arial,Regular\"{board}&C&10&\"Arial,Bold\"{mark}&R&8&\"Arial,Regular\"page &P of &N")
}

/// A text for the edge of a page, where Excel holds 255 characters in all and `&` begins an instruction.
pub(crate) fn printed(text: &str, longest: usize) -> String {
    let text: String = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    let doubled = text.replace('&', "&&");
    if doubled.chars().count() <= longest {
        return doubled;
    }
    let mut kept = String::new();
    let mut room = longest - 1;
    for letter in text.chars() {
        let width = if letter == '&' { 2 } else { 1 };
        if width > room {
            break;
        }
        room -= width;
        kept.extend(std::iter::repeat_n(letter, width));
    }
    kept.truncate(kept.trim_end().len());
    kept.push('…');
    kept
}

/// True if a spreadsheet program takes the text for a formula when somebody types it, or edits its cell and leaves it.
fn starts_a_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// Writes a text that stays one, with the quotation mark before it that a person would type where it looks like a formula.
fn write_string<'w>(
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

/// The nearest number that a cell can hold; amounts up to 90 million million pounds are exact to the penny.
pub(crate) fn float(number: Decimal) -> f64 {
    number.to_f64().unwrap_or(0.0)
}

fn whole(number: i64) -> f64 {
    float(Decimal::from(number))
}

/// Excel's number of a day; `None` for days that its calendar lacks or has wrong (before March 1900).
pub(crate) fn serial(day: Date) -> Option<i32> {
    let days = day.since(date(1899, 12, 30)).ok()?.get_days();
    (days > 60 && day.year() <= 9999).then_some(days)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_edge_of_a_page_holds_any_text() {
        assert_eq!(printed("Updates & more", 60), "Updates && more");
        assert_eq!(printed("a\nb", 60), "a b");
        assert_eq!(printed("&&&&", 5), "&&&&…");
        assert_eq!(printed("1234567", 5), "1234…");
        let page = Page {
            name: String::new(),
            title: "2&".repeat(200),
            description: String::new(),
            strap: String::new(),
            board: "&".repeat(200),
            marking: "NOT FOR CIRCULATION · OFFICIAL-SENSITIVE".into(),
            table: String::new(),
            cuts: Cuts::default(),
        };
        for text in [header(&page), footer(&page)] {
            assert!(text.encode_utf16().count() <= 255 && text.contains(&page.marking), "{text}");
        }
    }

    #[test]
    fn days_are_numbered_as_excel_numbers_them() {
        assert_eq!(serial(date(2014, 3, 31)), Some(41_729));
        assert_eq!(serial(date(1900, 3, 1)), Some(61));
        assert_eq!(serial(date(1900, 2, 28)), None);
        assert_eq!(serial(date(1066, 10, 14)), None);
    }

    #[test]
    fn results_are_the_shortest_form_of_the_number() {
        let shown = |text: &str| result(text.parse().unwrap());
        assert_eq!(shown("16931.00"), "16931");
        assert_eq!(shown("-0.10"), "-0.1");
        assert_eq!(shown("-0.00"), "0");
        assert_eq!(shown("225122.05"), "225122.05");
    }
}

//! Web pages: each of their tables is a sheet of text.
//!
//! Many reporting systems write a web page and call it `.xls`. A table in a cell of another is a sheet of its own, so that
//! the words of the two are not mixed. Looks and formulas are not read, and what a page hides by a style sheet is not known
//! to be hidden.

use super::cells::Intake;
use super::delimited;
use super::html_tags::{Piece, Pieces, add_words, attribute};
use crate::model::{
    CellRef, FileId, FileKind, Limited, Limits, MAX_COLUMNS, MAX_ROWS, Oddity, Refusal, Sheet, SheetId,
    Visibility, Workbook,
};
use calamine::DataRef;
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

const MAX_MERGED: usize = 20_000;
/// How much is looked at to find which encoding the page says it has.
const HEAD: usize = 4 << 10;

/// Reads a web page.
pub(super) fn read(
    file: FileId,
    bytes: &[u8],
    limits: &Limits,
    wanted: &dyn Fn(&str) -> bool,
) -> Result<Workbook, Refusal> {
    let (found, mark) = delimited::encoding(bytes)?;
    let stated = if found == WINDOWS_1252 && mark == 0 { stated(bytes) } else { None };
    let text = delimited::decode(stated.unwrap_or(found), &bytes[mark..])?;
    let mut page = Page {
        workbook: Workbook::new(file, FileKind::Html),
        intake: Intake::new(limits),
        open: Vec::new(),
        words_outside: false,
        ended: false,
        sheets: limits.size(Limited::Sheets),
    };
    for piece in Pieces::new(&text) {
        match piece {
            Piece::Words(words) => page.words(words),
            Piece::Start(name, rest) => {
                page.start(&name, rest, wanted).map_err(|()| Refusal::past(limits, Limited::Sheets))?;
            }
            Piece::End(name) => page.end(&name)?,
        }
    }
    if !page.open.is_empty() && !page.ended {
        return Err(Refusal::Damaged("its last table has no end, so it may have been cut off".to_owned()));
    }
    while !page.open.is_empty() {
        page.end_table()?;
    }
    let mut workbook = page.workbook;
    if workbook.sheets.is_empty() {
        return Err(Refusal::NotASpreadsheet("a web page without a table"));
    }
    if found != UTF_8 && mark == 0 && stated.is_none() {
        workbook.oddities.push(Oddity::Encoding(delimited::name(found)));
    }
    let words_outside = page.words_outside;
    workbook.oddities.insert(0, Oddity::WebPage { tables: workbook.sheets.len(), words_outside });
    Ok(workbook)
}

/// The encoding that a page says it has, where its bytes do not tell.
fn stated(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]).to_ascii_lowercase();
    let (_, after) = head.split_once("charset=")?;
    let label = after.trim_start_matches(['"', '\'']);
    let end = label.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_')))?;
    let encoding = Encoding::for_label(label.get(..end)?.as_bytes())?;
    // It is neither of these: they would have been found.
    encoding.is_single_byte().then_some(encoding)
}

/// A page that is being read.
struct Page {
    workbook: Workbook,
    intake: Intake,
    /// Tables that are open, each in a cell of the one before.
    open: Vec<Table>,
    words_outside: bool,
    /// Whether the page's own end was met.
    ended: bool,
    sheets: usize,
}

/// A table that is being read.
#[derive(Default)]
struct Table {
    /// Its place in the workbook.
    sheet: usize,
    wanted: bool,
    /// The row that is open or comes next, and whether one is open.
    row: u32,
    in_row: bool,
    column: u16,
    next_col: u16,
    /// For each column the first row that no cell further up reaches into.
    free_from: Vec<u32>,
    cell: Option<Cell>,
    /// Why it cannot be read.
    failed: Option<String>,
}

/// A cell that is being read.
struct Cell {
    columns: u16,
    rows: u32,
    number: Option<f64>,
    text: String,
}

impl Page {
    fn words(&mut self, words: &str) {
        match self.open.last_mut() {
            Some(Table { cell: Some(cell), wanted, .. }) => {
                if *wanted {
                    add_words(&mut cell.text, words);
                }
            }
            _ => self.words_outside |= holds_words(words),
        }
    }

    fn start(&mut self, name: &str, tag: &str, wanted: &dyn Fn(&str) -> bool) -> Result<(), ()> {
        if name == "table" {
            return self.begin_table(tag, wanted);
        }
        let Some(table) = self.open.last_mut() else { return Ok(()) };
        let sheet = &mut self.workbook.sheets[table.sheet];
        match name {
            "tr" => {
                table.end_row(sheet, &mut self.intake);
                table.in_row = true;
                if is_hidden(tag) {
                    run(&mut sheet.facts.hidden_rows, table.row);
                }
            }
            "td" | "th" => {
                table.end_cell(sheet, &mut self.intake);
                table.in_row = true;
                table.cell = Some(Cell {
                    columns: span(tag, "colspan", MAX_COLUMNS.into()).try_into().unwrap_or(MAX_COLUMNS),
                    rows: span(tag, "rowspan", MAX_ROWS),
                    number: attribute(tag, "x:num").and_then(|number| number.parse().ok()),
                    text: String::new(),
                });
            }
            "col" => {
                let more: u16 = span(tag, "span", MAX_COLUMNS.into()).try_into().unwrap_or(MAX_COLUMNS);
                let first = table.next_col;
                table.next_col = first.saturating_add(more).min(MAX_COLUMNS);
                if is_hidden(tag) && first < table.next_col {
                    sheet.facts.hidden_columns.push((first, table.next_col - 1));
                }
            }
            "caption" | "thead" | "tbody" | "tfoot" => table.end_row(sheet, &mut self.intake),
            "br" | "p" | "div" | "li" => {
                if let Some(cell) = table.cell.as_mut().filter(|cell| !cell.text.is_empty()) {
                    cell.text.truncate(cell.text.trim_end_matches(' ').len());
                    cell.text.push('\n');
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn begin_table(&mut self, tag: &str, wanted: &dyn Fn(&str) -> bool) -> Result<(), ()> {
        // Only a cell can hold another table; elsewhere the one that is open was not ended.
        if self.open.last().is_some_and(|table| table.cell.is_none()) {
            self.end_table().map_err(|_| ())?;
        }
        let place = self.workbook.sheets.len();
        let id = u16::try_from(place).map_err(|_| ())?;
        if place >= self.sheets {
            return Err(());
        }
        let mut sheet = Sheet::new(self.workbook.file, SheetId(id), format!("Table {}", place + 1));
        if is_hidden(tag) {
            sheet.visibility = Visibility::Hidden;
        }
        self.open.push(Table { sheet: place, wanted: wanted(&sheet.name), ..Table::default() });
        self.workbook.sheets.push(sheet);
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<(), Refusal> {
        self.ended |= matches!(name, "html" | "body");
        if name == "table" {
            return self.end_table();
        }
        if let Some(table) = self.open.last_mut() {
            let sheet = &mut self.workbook.sheets[table.sheet];
            match name {
                "td" | "th" => table.end_cell(sheet, &mut self.intake),
                "tr" | "thead" | "tbody" | "tfoot" => table.end_row(sheet, &mut self.intake),
                _ => {}
            }
        }
        Ok(())
    }

    fn end_table(&mut self) -> Result<(), Refusal> {
        let Some(mut table) = self.open.pop() else { return Ok(()) };
        let sheet = &mut self.workbook.sheets[table.sheet];
        table.end_row(sheet, &mut self.intake);
        // No cell reaches beyond its table, whatever it says.
        for (_, last) in &mut sheet.merged {
            last.row = last.row.min(table.row.max(1) - 1);
        }
        sheet.merged.retain(|(first, last)| first != last);
        let outcome = table.failed.map_or(Ok(()), Err);
        self.intake.close(sheet, outcome, &mut self.workbook.oddities)
    }
}

impl Table {
    fn end_row(&mut self, sheet: &mut Sheet, intake: &mut Intake) {
        self.end_cell(sheet, intake);
        if std::mem::take(&mut self.in_row) {
            self.row = self.row.saturating_add(1);
            self.column = 0;
        }
    }

    fn end_cell(&mut self, sheet: &mut Sheet, intake: &mut Intake) {
        let Some(cell) = self.cell.take().filter(|_| self.wanted && self.failed.is_none()) else { return };
        self.failed = self.put(&cell, sheet, intake).err();
    }

    /// Puts a cell into the first free place of its row. Every place that it covers counts as a cell.
    fn put(&mut self, cell: &Cell, sheet: &mut Sheet, intake: &mut Intake) -> Result<(), String> {
        let reaches = |table: &Self, column: u16| {
            table.free_from.get(usize::from(column)).is_some_and(|free| *free > table.row)
        };
        while reaches(self, self.column) {
            intake.place(self.row, self.column.into())?;
            self.column += 1;
        }
        let at = intake.place(self.row, self.column.into())?;
        self.column = at.column.saturating_add(cell.columns).min(MAX_COLUMNS);
        let last =
            CellRef::new(at.row.saturating_add(cell.rows - 1).min(MAX_ROWS - 1), self.column.max(1) - 1);
        if last.row > at.row {
            if self.free_from.len() < usize::from(self.column) {
                self.free_from.resize(usize::from(self.column), 0);
            }
            for column in at.column..self.column {
                intake.place(self.row, column.into())?;
                let free = &mut self.free_from[usize::from(column)];
                *free = (*free).max(last.row + 1);
            }
        }
        if last != at && sheet.merged.len() < MAX_MERGED {
            sheet.merged.push((at, last));
        }
        let text = cell.text.trim_end();
        match cell.number.filter(|number| number.is_finite() && is_number(text)) {
            Some(number) => intake.put(sheet, at, DataRef::Float(number), false),
            None => intake.put(sheet, at, DataRef::String(text.to_owned()), false),
        }
    }
}

/// True for what a number is shown as. The number behind a date or a percentage says less than its words.
fn is_number(text: &str) -> bool {
    let digits = text.trim_start_matches(['-', '(', '£', ' ']).trim_end_matches([')', ' ']);
    digits.matches('.').count() <= 1
        && digits.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.' | ' '))
}

/// Over how many places a cell goes; those that say nothing sensible go over one.
fn span(tag: &str, name: &str, most: u32) -> u32 {
    let value = attribute(tag, name).map(str::trim).unwrap_or_default();
    let digits = value.bytes().all(|byte| byte.is_ascii_digit());
    value.parse::<u32>().unwrap_or(if digits && !value.is_empty() { most } else { 1 }).clamp(1, most)
}

fn is_hidden(tag: &str) -> bool {
    let style = attribute(tag, "style").unwrap_or_default().to_ascii_lowercase();
    attribute(tag, "hidden").is_some() || style.replace(' ', "").contains("display:none")
}

/// Adds a row to the runs of rows.
fn run(runs: &mut Vec<(u32, u32)>, row: u32) {
    match runs.last_mut() {
        Some(run) if run.1.saturating_add(1) >= row => run.1 = row,
        _ => runs.push((row, row)),
    }
}

fn holds_words(words: &str) -> bool {
    let mut text = String::new();
    add_words(&mut text, words);
    text.chars().any(char::is_alphanumeric)
}

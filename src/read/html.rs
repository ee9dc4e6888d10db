//! Web pages: each of their tables is a sheet of text.
//!
//! Many reporting systems write a web page and call it `.xls`. A table in a cell of another is a sheet of its own, so that
//! the words of the two are not mixed. Formulas and looks are not read but for words that are crossed out, and what a page
//! hides by a style sheet is not known to be hidden. Hidden rows, columns and tables are read and marked, as those of a
//! workbook are; hidden words inside a cell, and cells hidden alone, are left out and told.

use super::attached;
use super::cells::{Intake, quoted};
use super::delimited;
use super::html_cell::{Cell, Hidden, is_hidden, span};
use super::html_tags::{Piece, Pieces, ends_itself, holds_words};
use crate::model::{
    CellRef, FileId, FileKind, Limited, Limits, Look, MAX_COLUMNS, MAX_ROWS, Oddity, Refusal, Sheet, SheetId,
    Unseen, Visibility, Workbook,
};
use calamine::DataRef;
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// What a page names that Excel wrote.
const EXCEL: &str = "urn:schemas-microsoft-com:office:excel";
/// Cells with hidden words, and with words partly crossed out, that are counted of one table.
const MAX_TOLD: usize = 100_000;
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
        begun: None,
        ended: false,
        hides: Hidden::default(),
        clips: text.contains(EXCEL),
        limits: *limits,
    };
    let mut pieces = Pieces::new(&text);
    for piece in pieces.by_ref() {
        match piece {
            Piece::Words(words) => page.words(words),
            Piece::Start(name, rest) => page.start(&name, rest, wanted)?,
            Piece::End(name) => page.end(&name)?,
        }
    }
    page.check_whole(pieces.is_cut())?;
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
    /// The element of the whole page that was opened, `html` or `body`, and whether the end of either was met.
    begun: Option<&'static str>,
    ended: bool,
    /// What hides tables as a whole.
    hides: Hidden,
    /// Whether the page hides the ends of long texts.
    clips: bool,
    limits: Limits,
}

/// A table that is being read.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "what is known of a table, each alone")]
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
    /// Where the merged areas of the group of rows begin that is open, and whether the group is hidden.
    group: usize,
    group_hidden: bool,
    row_hidden: bool,
    /// Cells with hidden words that were left out, and those of which some words are crossed out.
    left_out: Vec<CellRef>,
    partly_struck: Vec<CellRef>,
    /// Why it cannot be read.
    failed: Option<String>,
}

impl Page {
    /// Refuses a page that is not there to its end.
    fn check_whole(&self, cut: bool) -> Result<(), Refusal> {
        let refused = |why: String| Err(Refusal::Damaged(why));
        match self.begun {
            _ if self.ended => Ok(()),
            _ if !self.open.is_empty() => {
                refused("its last table has no end, so it may have been cut off".to_owned())
            }
            Some(name) => refused(format!(
                "it begins with <{name}> and has no </{name}> at its end, so it may have been cut off; if it is whole, saving it from Excel as .xlsx puts that right"
            )),
            None if cut => {
                refused("it ends inside a tag or a comment, so it may have been cut off".to_owned())
            }
            None => Ok(()),
        }
    }

    fn words(&mut self, words: &str) {
        match self.open.last_mut() {
            Some(Table { cell: Some(cell), wanted, .. }) => {
                if *wanted {
                    cell.words(words);
                }
            }
            _ => self.words_outside |= holds_words(words),
        }
    }

    fn start(&mut self, name: &str, tag: &str, wanted: &dyn Fn(&str) -> bool) -> Result<(), Refusal> {
        match name {
            "html" => self.begun = Some("html"),
            "body" => self.begun = self.begun.or(Some("body")),
            "table" => return self.begin_table(tag, wanted),
            _ => {}
        }
        let Some(table) = self.open.last_mut() else {
            self.hides.start(name, tag);
            return Ok(());
        };
        let sheet = &mut self.workbook.sheets[table.sheet];
        match name {
            "tr" => {
                table.end_row(sheet, &mut self.intake, self.clips);
                table.in_row = true;
                table.row_hidden = table.group_hidden || is_hidden(tag);
                if table.row_hidden {
                    run(&mut sheet.facts.hidden_rows, table.row);
                }
            }
            "td" | "th" => {
                table.end_cell(sheet, &mut self.intake, self.clips);
                if !table.in_row && table.group_hidden {
                    run(&mut sheet.facts.hidden_rows, table.row);
                }
                table.in_row = true;
                table.cell = Some(Cell::new(tag));
            }
            "col" => table.columns(tag, sheet),
            "caption" => table.end_row(sheet, &mut self.intake, self.clips),
            "thead" | "tbody" | "tfoot" => {
                table.end_group(sheet, &mut self.intake, self.clips);
                table.group_hidden = is_hidden(tag) && !ends_itself(tag);
            }
            _ => {
                if let Some(cell) = &mut table.cell {
                    cell.start(name, tag);
                }
            }
        }
        Ok(())
    }

    fn begin_table(&mut self, tag: &str, wanted: &dyn Fn(&str) -> bool) -> Result<(), Refusal> {
        // Only a cell can hold another table; elsewhere the one that is open was not ended.
        if self.open.last().is_some_and(|table| table.cell.is_none()) {
            self.end_table()?;
        }
        let place = self.workbook.sheets.len();
        let past = || Refusal::past(&self.limits, Limited::Sheets);
        let id = u16::try_from(place).map_err(|_| past())?;
        if place >= self.limits.size(Limited::Sheets) {
            return Err(past());
        }
        let mut sheet = Sheet::new(self.workbook.file, SheetId(id), format!("Table {}", place + 1));
        let around = self.open.last().is_some_and(|table| {
            table.row_hidden
                || table.cell.as_ref().is_some_and(Cell::hides)
                || self.workbook.sheets[table.sheet].visibility != Visibility::Visible
        });
        if is_hidden(tag) || self.hides.is_on() || around {
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
        let Some(table) = self.open.last_mut() else {
            self.hides.end(name);
            return Ok(());
        };
        let sheet = &mut self.workbook.sheets[table.sheet];
        match name {
            "td" | "th" => table.end_cell(sheet, &mut self.intake, self.clips),
            "tr" => table.end_row(sheet, &mut self.intake, self.clips),
            "thead" | "tbody" | "tfoot" => table.end_group(sheet, &mut self.intake, self.clips),
            _ => {
                if let Some(cell) = &mut table.cell {
                    cell.end(name);
                }
            }
        }
        Ok(())
    }

    fn end_table(&mut self) -> Result<(), Refusal> {
        let Some(mut table) = self.open.pop() else { return Ok(()) };
        let sheet = &mut self.workbook.sheets[table.sheet];
        table.end_group(sheet, &mut self.intake, self.clips);
        let unseen = &mut self.workbook.facts.unseen;
        if let Some((first, rest)) = table.left_out.split_first() {
            let more = if rest.is_empty() { String::new() } else { format!(" and {} more", rest.len()) };
            unseen.push(Unseen::Part(format!(
                "words that the page hides in {first}{more} on the sheet {}",
                sheet.name
            )));
        }
        let struck = attached::partly_struck(&sheet.name, &table.partly_struck);
        unseen.extend(struck.map(Unseen::Part));
        unseen.extend(self.intake.merges_left_out(sheet));
        let outcome = table.failed.map_or(Ok(()), Err);
        self.intake.close(sheet, outcome, &mut self.workbook.oddities)
    }
}

impl Table {
    fn columns(&mut self, tag: &str, sheet: &mut Sheet) {
        let more: u16 = span(tag, "span", MAX_COLUMNS.into()).try_into().unwrap_or(MAX_COLUMNS);
        let first = self.next_col;
        self.next_col = first.saturating_add(more).min(MAX_COLUMNS);
        if is_hidden(tag) && first < self.next_col {
            sheet.facts.hidden_columns.push((first, self.next_col - 1));
        }
    }

    /// Ends a group of rows. No cell reaches beyond its group, whatever it says.
    fn end_group(&mut self, sheet: &mut Sheet, intake: &mut Intake, clips: bool) {
        self.end_row(sheet, intake, clips);
        let most = self.row.max(1) - 1;
        let own = sheet.merged.split_off(self.group);
        let within =
            own.into_iter().map(|(first, last)| (first, CellRef::new(last.row.min(most), last.column)));
        sheet.merged.extend(within.filter(|(first, last)| first != last));
        self.group = sheet.merged.len();
        self.free_from.clear();
        self.group_hidden = false;
    }

    fn end_row(&mut self, sheet: &mut Sheet, intake: &mut Intake, clips: bool) {
        self.end_cell(sheet, intake, clips);
        self.row_hidden = false;
        if std::mem::take(&mut self.in_row) {
            self.row = self.row.saturating_add(1);
            self.column = 0;
        }
    }

    fn end_cell(&mut self, sheet: &mut Sheet, intake: &mut Intake, clips: bool) {
        let Some(cell) = self.cell.take().filter(|_| self.wanted && self.failed.is_none()) else { return };
        self.failed = self.put(cell, sheet, intake, clips).err();
    }

    /// Puts a cell into the first free place of its row. Every place that it covers counts as a cell.
    fn put(&mut self, cell: Cell, sheet: &mut Sheet, intake: &mut Intake, clips: bool) -> Result<(), String> {
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
        if last != at {
            intake.merge(sheet, at, last);
        }
        let hidden = &sheet.facts.hidden_columns;
        let place = hidden.partition_point(|(_, last)| *last < at.column);
        let kept = hidden.get(place).is_some_and(|(first, _)| *first <= at.column);
        let content = cell.finish(clips, kept);
        if content.left_out && self.left_out.len() < MAX_TOLD {
            self.left_out.push(at);
        }
        match content.struck {
            Some(true) => sheet.facts.looks.set(at, Look { struck: true, ..Look::default() }),
            Some(false) if self.partly_struck.len() < MAX_TOLD => self.partly_struck.push(at),
            _ => {}
        }
        if let Some(number) = content.unshown {
            intake.odd(at, format!("it shows nothing, and the number {} stands behind it", quoted(&number)));
        }
        match content.number {
            Some(number) => intake.put(sheet, at, DataRef::Float(number), false),
            None => intake.put(sheet, at, DataRef::String(content.text), false),
        }
    }
}

/// Adds a row to the runs of rows.
fn run(runs: &mut Vec<(u32, u32)>, row: u32) {
    match runs.last_mut() {
        Some(run) if run.1.saturating_add(1) >= row => run.1 = row,
        _ => runs.push((row, row)),
    }
}

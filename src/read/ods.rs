//! `OpenDocument` spreadsheets (`.ods`), in one pass over the part that holds every sheet.
//!
//! calamine makes room for repeated rows and columns cell by cell and waits for ever for the end of a cut table; read here,
//! a sheet costs what it holds.

use super::audit::attribute;
use super::cells::Intake;
use super::ods_book::Book;
use super::ods_cell::{Filled, Open, count, put};
use super::ods_pages;
use super::ods_rules::Rules;
use super::ods_sheet::Around;
use super::ods_styles::Styles;
use super::ooxml::{Tab, check_tabs, clean_name};
use super::open_formula::plain_formula;
use super::package::Package;
use super::pieces::Measured;
use crate::model::{
    CellRef, FileId, FileKind, Limited, Limits, Refusal, Sheet, SheetId, Unseen, Visibility, Workbook,
};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::io::BufReader;

/// Reads an `OpenDocument` spreadsheet.
pub(super) fn read(
    file: FileId,
    package: &Package<'_>,
    wanted: &dyn Fn(&str) -> bool,
) -> Result<Workbook, Refusal> {
    let content =
        package.find("content.xml").ok_or_else(|| Refusal::Damaged("its content is missing".to_owned()))?;
    package.within_budget(std::iter::once(content))?;
    let size = package.entries().get(content).map_or(0, |entry| entry.size);
    let stream = Measured::new(package.stream(content)?, size, package.limits());
    let mut reader = Reader::from_reader(BufReader::with_capacity(64 << 10, stream));
    reader.config_mut().expand_empty_elements = true;
    reader.config_mut().check_end_names = false;
    let mut workbook = Workbook::new(file, FileKind::Ods);
    let styles = Styles::read(package).unwrap_or_else(|_| {
        workbook.facts.unseen.push(Unseen::Formats);
        Styles::default()
    });
    let mut pass = Pass::new(file, wanted, styles, package.limits());
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(tag)) => pass.open(&tag, &mut workbook)?,
            Ok(Event::End(tag)) => pass.close(tag.local_name().as_ref(), &mut workbook)?,
            Ok(Event::Text(text)) => pass.text(&text),
            Ok(Event::CData(text)) => pass.text(&text),
            Ok(Event::GeneralRef(reference)) => pass.reference(&reference)?,
            Ok(Event::DocType(_)) => {
                return Err(Refusal::Suspicious("it declares a document type".to_owned()));
            }
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(quick_xml::Error::Io(why)) => {
                return Err(Refusal::because(package.limits(), why.to_string()));
            }
            Err(_) => return Err(Refusal::Damaged("its inner text is damaged".to_owned())),
        }
    }
    if pass.sheet.is_some() {
        return Err(Refusal::Damaged("it is cut off".to_owned()));
    }
    check_tabs(&pass.tabs, package.limits())?;
    let wanted = pass.any_wanted;
    if wanted {
        pass.book.finish(package, &mut workbook);
        match ods_pages::texts(package) {
            Ok(texts) => {
                if let Some(first) = workbook.sheets.first_mut() {
                    first.facts.header_footer = texts;
                }
            }
            Err(_) => workbook
                .facts
                .unseen
                .push(Unseen::Part("page headers and footers of the workbook".to_owned())),
        }
    }
    Ok(workbook)
}

/// True if the package says that its content is encrypted.
pub(super) fn has_password(package: &Package<'_>) -> Result<bool, Refusal> {
    let manifest = package.read("META-INF/manifest.xml")?.unwrap_or_default();
    let marked = memchr::memmem::find(&manifest, b"encryption-data").is_some();
    Ok(marked || package.find("encrypted-package").is_some())
}

/// Rows inside rows, cells outside of rows or inside cells: what belongs where cannot be told.
const OUT_OF_PLACE: &str = "its rows and cells do not lie inside one another as they must";

struct Pass<'w> {
    file: FileId,
    limits: Limits,
    wanted: &'w dyn Fn(&str) -> bool,
    intake: Intake,
    tabs: Vec<Tab>,
    any_wanted: bool,
    around: Around,
    rules: Rules,
    book: Book,
    sheet: Option<Sheet>,
    /// What stopped the sheet, if anything; its rest is passed over.
    failed: Option<String>,
    skipping: bool,
    row: u32,
    column: u32,
    /// How often the row stands there that is being read. A cell outside of a row has no place.
    row_repeats: Option<u32>,
    filled: Vec<Filled>,
    cell: Option<Open>,
    /// Elements open inside something that is not part of the cells: a note, a drawing, a list of changes.
    outside: usize,
    /// How many of them were open when the comment or box began that is being read, if one is.
    aside: Option<usize>,
    /// True inside the drawings that belong to no cell.
    drawings: bool,
}

impl<'w> Pass<'w> {
    fn new(file: FileId, wanted: &'w dyn Fn(&str) -> bool, styles: Styles, limits: &Limits) -> Self {
        Self {
            file,
            limits: *limits,
            wanted,
            intake: Intake::new(limits),
            tabs: Vec::new(),
            any_wanted: false,
            around: Around::new(styles),
            rules: Rules::default(),
            book: Book::default(),
            sheet: None,
            failed: None,
            skipping: false,
            row: 0,
            column: 0,
            row_repeats: None,
            filled: Vec::new(),
            cell: None,
            outside: 0,
            aside: None,
            drawings: false,
        }
    }

    fn open(&mut self, tag: &BytesStart<'_>, workbook: &mut Workbook) -> Result<(), Refusal> {
        if self.outside > 0 {
            self.outside = self.outside.saturating_add(1);
            if self.aside.is_some() {
                self.around.open_inside(tag.local_name().as_ref());
            } else if self.drawings && self.outside == 2 {
                self.open_aside(tag, None);
            }
            return Ok(());
        }
        match tag.local_name().as_ref() {
            "table" if self.sheet.is_none() => self.open_sheet(tag, workbook)?,
            name @ ("table" | "tracked-changes" | "annotation" | "shapes" | "forms" | "dde-links") => {
                self.outside = 1;
                let read = self.sheet.is_some() && !self.skipping;
                self.drawings = name == "shapes" && read;
                if name == "annotation" && read {
                    let at = self.here();
                    self.open_aside(tag, at);
                }
            }
            _ if self.sheet.is_none() => {
                self.around.styles.open(tag);
                self.book.open(tag, None);
            }
            _ if self.skipping || self.failed.is_some() => {}
            "table-row" if self.row_repeats.is_some() => self.failed = Some(OUT_OF_PLACE.to_owned()),
            "table-cell" | "covered-table-cell" if self.row_repeats.is_none() || self.cell.is_some() => {
                self.failed = Some(OUT_OF_PLACE.to_owned());
            }
            "table-row" => {
                let repeats = count(tag, "number-rows-repeated");
                (self.column, self.row_repeats) = (0, Some(repeats));
                self.around.row(tag, self.row, repeats);
            }
            "table-column" => self.around.column(tag, count(tag, "number-columns-repeated")),
            "table-row-group" | "table-column-group" => self.around.open_group(tag),
            "table-cell" | "covered-table-cell" => self.cell = Some(Open::new(tag)),
            name if self.cell.is_some() => self.inside_cell(name, tag),
            _ => {
                self.rules.open(tag, &self.around.styles);
                let name = self.sheet.as_ref().map(|sheet| sheet.name.as_str());
                self.book.open(tag, name);
            }
        }
        Ok(())
    }

    fn inside_cell(&mut self, name: &str, tag: &BytesStart<'_>) {
        let Some(cell) = &mut self.cell else { return };
        if !cell.open(name, tag, &self.around.styles) {
            self.outside = 1;
            let at = self.here();
            self.open_aside(tag, at);
        }
    }

    /// The cell that is being read, if it lies in a sheet.
    fn here(&self) -> Option<CellRef> {
        let cell = area(self.row, self.column, (1, 1)).map(|(cell, _)| cell);
        cell.filter(|_| self.cell.is_some())
    }

    fn open_aside(&mut self, tag: &BytesStart<'_>, at: Option<CellRef>) {
        self.aside = Some(self.outside);
        self.around.open_aside(tag, at);
    }

    fn text(&mut self, text: &str) {
        if self.aside.is_some() {
            self.around.words(text);
        } else if let Some(cell) = self.cell.as_mut().filter(|_| self.outside == 0) {
            cell.add(text);
        }
    }

    fn reference(&mut self, reference: &quick_xml::events::BytesRef<'_>) -> Result<(), Refusal> {
        let unknown = || Refusal::Damaged("its inner text is damaged".to_owned());
        let whole = format!("&{};", &**reference);
        let text = quick_xml::escape::unescape(&whole).map_err(|_| unknown())?;
        self.text(&text);
        Ok(())
    }

    fn open_sheet(&mut self, tag: &BytesStart<'_>, workbook: &mut Workbook) -> Result<(), Refusal> {
        if self.tabs.len() == self.limits.size(Limited::Sheets) {
            return Err(Refusal::past(&self.limits, Limited::Sheets));
        }
        let named = attribute(tag, "name").unwrap_or_default();
        if named.starts_with('\'') && named.contains("'#") {
            // Copies of what formulas need from another workbook are kept in tables that are not sheets.
            self.book.links_of(&named);
            self.outside = 1;
            return Ok(());
        }
        let name = clean_name(&named);
        let hidden = attribute(tag, "style-name").is_some_and(|style| self.around.styles.hides(&style));
        let visibility = if hidden { Visibility::Hidden } else { Visibility::Visible };
        self.tabs.push(Tab { name: named.clone(), visibility, worksheet: true, part: None });
        let id = SheetId(u16::try_from(workbook.sheets.len()).unwrap_or(u16::MAX));
        self.skipping = !(self.wanted)(&name);
        self.any_wanted |= !self.skipping;
        self.around.begin(tag);
        self.rules = Rules::default();
        let mut sheet = Sheet::new(self.file, id, name);
        sheet.visibility = visibility;
        sheet.set_name_in_file(&named);
        self.sheet = Some(sheet);
        (self.row, self.column, self.row_repeats, self.failed) = (0, 0, None, None);
        Ok(())
    }

    fn close(&mut self, name: &str, workbook: &mut Workbook) -> Result<(), Refusal> {
        if self.outside > 0 {
            if self.aside == Some(self.outside) {
                self.aside = None;
                self.around.close_aside();
            } else if self.aside.is_some() {
                self.around.close_inside(name);
            }
            self.outside -= 1;
            self.drawings &= self.outside > 0;
            return Ok(());
        }
        match name {
            "table" => self.close_sheet(workbook)?,
            _ if self.sheet.is_none() => self.around.styles.close(name),
            "table-row-group" | "table-column-group" => self.around.close_group(),
            "table-row" => {
                if let Err(why) = self.close_row() {
                    self.failed = Some(why);
                }
            }
            "table-cell" | "covered-table-cell" => self.close_cell(),
            name => match &mut self.cell {
                Some(cell) => cell.close(),
                None => self.rules.close(name),
            },
        }
        Ok(())
    }

    fn close_sheet(&mut self, workbook: &mut Workbook) -> Result<(), Refusal> {
        let Some(mut sheet) = self.sheet.take() else { return Ok(()) };
        let outcome = self.failed.take().map_or(Ok(()), Err);
        self.cell = None;
        self.filled.clear();
        if !self.skipping && outcome.is_ok() {
            let missed = self.around.finish(&mut sheet, std::mem::take(&mut self.rules));
            workbook.facts.unseen.extend(missed.into_iter().map(Unseen::Part));
        }
        workbook.facts.unseen.extend(self.intake.merges_left_out(&sheet));
        self.intake.close(&mut sheet, outcome, &mut workbook.oddities)?;
        workbook.sheets.push(sheet);
        Ok(())
    }

    fn close_cell(&mut self) {
        let Some(cell) = self.cell.take() else { return };
        if let Some(sheet) = self.sheet.as_mut().filter(|_| cell.spans != (1, 1))
            && let Some((first, last)) = area(self.row, self.column, cell.spans)
        {
            self.intake.merge(sheet, first, last);
        }
        let (column, repeats) = (self.column, cell.repeats);
        self.column = self.column.saturating_add(repeats);
        let value = cell.value();
        let struck = cell.struck();
        let filled = value.is_some();
        self.around.cells(column, repeats, cell.style.as_deref(), filled, struck == Some(true));
        if let (Some(false), Some((at, _))) = (struck, area(self.row, column, (1, 1))) {
            self.around.note_partly_struck(at);
        }
        if let Some(value) = value {
            if let Some(formula) = &cell.formula {
                self.book.links_of(formula);
            }
            let formula = cell.formula.map(|formula| plain_formula(&formula));
            self.filled.push(Filled { column, repeats, value, formula, kept: None });
        }
    }

    fn close_row(&mut self) -> Result<(), String> {
        let Some(repeats) = self.row_repeats.take() else { return Ok(()) };
        let row = self.row;
        self.row = row.saturating_add(repeats);
        let mut filled = std::mem::take(&mut self.filled);
        let Some(sheet) = self.sheet.as_mut().filter(|_| !filled.is_empty()) else { return Ok(()) };
        for down in 0..repeats {
            for cell in &mut filled {
                for along in 0..cell.repeats {
                    let at =
                        self.intake.place(row.saturating_add(down), cell.column.saturating_add(along))?;
                    put(sheet, &mut self.intake, at, cell)?;
                    self.intake.note_formula(sheet, at, cell.formula.clone());
                }
            }
        }
        Ok(())
    }
}

fn area(row: u32, column: u32, (rows, columns): (u32, u32)) -> Option<(CellRef, CellRef)> {
    let cell = |row: u32, column: u32| {
        let inside = row < crate::model::MAX_ROWS && column < u32::from(crate::model::MAX_COLUMNS);
        inside.then(|| CellRef::new(row, u16::try_from(column).unwrap_or(0)))
    };
    Some((cell(row, column)?, cell(row.checked_add(rows - 1)?, column.checked_add(columns - 1)?)?))
}

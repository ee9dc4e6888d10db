//! `OpenDocument` spreadsheets (`.ods`), in one pass over the part that holds every sheet.
//!
//! calamine makes room for repeated rows and columns cell by cell and waits for ever for the end of a cut table; read here,
//! a sheet costs what it holds.

use super::audit::attribute;
use super::cells::{Intake, iso_days, quoted};
use super::ooxml::{Tab, check_tabs, clean_name};
use super::open_formula::plain_formula;
use super::package::Package;
use super::pieces::Measured;
use crate::model::{
    CellRef, ErrorValue, FileId, FileKind, Limited, Limits, Raw, Refusal, Sheet, SheetId, TextRef,
    Visibility, Workbook,
};
use calamine::DataRef;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::BTreeSet;
use std::io::BufReader;

const MAX_MERGED: usize = 20_000;

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
    let mut pass = Pass::new(file, wanted, package.limits());
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
            Err(quick_xml::Error::Io(why)) => return Err(Refusal::Damaged(why.to_string())),
            Err(_) => return Err(Refusal::Damaged("its inner text is damaged".to_owned())),
        }
    }
    if pass.sheet.is_some() {
        return Err(Refusal::Damaged("it is cut off".to_owned()));
    }
    check_tabs(&pass.tabs, package.limits())?;
    Ok(workbook)
}

/// True if the package says that its content is encrypted.
pub(super) fn has_password(package: &Package<'_>) -> Result<bool, Refusal> {
    let manifest = package.read("META-INF/manifest.xml")?.unwrap_or_default();
    let marked = memchr::memmem::find(&manifest, b"encryption-data").is_some();
    Ok(marked || package.find("encrypted-package").is_some())
}

struct Pass<'w> {
    file: FileId,
    limits: Limits,
    wanted: &'w dyn Fn(&str) -> bool,
    intake: Intake,
    tabs: Vec<Tab>,
    hidden: BTreeSet<String>,
    style: String,
    sheet: Option<Sheet>,
    /// What stopped the sheet, if anything; its rest is passed over.
    failed: Option<String>,
    skipping: bool,
    row: u32,
    column: u32,
    row_repeats: u32,
    filled: Vec<Filled>,
    cell: Option<Open>,
    /// Elements open inside something that is not part of the cells: a note, a drawing, a list of changes.
    outside: usize,
}

/// A cell that is being read.
#[derive(Default)]
struct Open {
    repeats: u32,
    spans: (u32, u32),
    kind: String,
    error: bool,
    value: Option<String>,
    formula: Option<String>,
    text: String,
    paragraphs: u32,
    in_paragraph: u32,
}

/// A filled cell of the row that is being read, by its column.
struct Filled {
    column: u32,
    repeats: u32,
    value: Owned,
    formula: Option<String>,
    /// Where its text is kept, once it is.
    kept: Option<TextRef>,
}

enum Owned {
    Text(String),
    Number(f64),
    Date(String),
    Days(f64),
    Boolean(bool),
    Error(ErrorValue, String),
    Uncached,
}

impl<'w> Pass<'w> {
    fn new(file: FileId, wanted: &'w dyn Fn(&str) -> bool, limits: &Limits) -> Self {
        Self {
            file,
            limits: *limits,
            wanted,
            intake: Intake::new(limits),
            tabs: Vec::new(),
            hidden: BTreeSet::new(),
            style: String::new(),
            sheet: None,
            failed: None,
            skipping: false,
            row: 0,
            column: 0,
            row_repeats: 1,
            filled: Vec::new(),
            cell: None,
            outside: 0,
        }
    }

    fn open(&mut self, tag: &BytesStart<'_>, workbook: &mut Workbook) -> Result<(), Refusal> {
        if self.outside > 0 {
            self.outside += 1;
            return Ok(());
        }
        match tag.local_name().as_ref() {
            "style" => self.style = attribute(tag, "name").unwrap_or_default(),
            "table-properties" if attribute(tag, "display").as_deref() == Some("false") => {
                self.hidden.insert(std::mem::take(&mut self.style));
            }
            "table" if self.sheet.is_none() => self.open_sheet(tag, workbook)?,
            "table" | "tracked-changes" | "annotation" | "shapes" | "forms" | "dde-links" => self.outside = 1,
            _ if self.sheet.is_none() || self.skipping || self.failed.is_some() => {}
            "table-row" => {
                self.column = 0;
                self.row_repeats = count(tag, "number-rows-repeated");
            }
            "table-cell" | "covered-table-cell" => self.cell = Some(open_cell(tag)),
            name => self.inside_cell(name, tag),
        }
        Ok(())
    }

    fn inside_cell(&mut self, name: &str, tag: &BytesStart<'_>) {
        let Some(cell) = &mut self.cell else { return };
        match name {
            "p" if cell.in_paragraph == 0 => {
                if cell.paragraphs > 0 {
                    cell.text.push('\n');
                }
                cell.paragraphs += 1;
                cell.in_paragraph = 1;
            }
            "s" => {
                let spaces = count(tag, "c").min(1_000) as usize;
                cell.text.extend(std::iter::repeat_n(' ', spaces));
                cell.in_paragraph += 1;
            }
            "tab" => {
                cell.text.push('\t');
                cell.in_paragraph += 1;
            }
            "line-break" => {
                cell.text.push('\n');
                cell.in_paragraph += 1;
            }
            // Links, styled runs and fields lie inside a paragraph; anything else is drawn over the cell.
            _ if cell.in_paragraph > 0 => cell.in_paragraph += 1,
            _ => self.outside = 1,
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(cell) = self.cell.as_mut().filter(|cell| self.outside == 0 && cell.in_paragraph > 0) {
            cell.text.extend(text.chars().map(|c| if matches!(c, '\n' | '\r' | '\t') { ' ' } else { c }));
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
        let name = clean_name(&named);
        let hidden = attribute(tag, "style-name").is_some_and(|style| self.hidden.contains(&style));
        let visibility = if hidden { Visibility::Hidden } else { Visibility::Visible };
        self.tabs.push(Tab { name: named.clone(), visibility, worksheet: true, part: None });
        let id = SheetId(u16::try_from(workbook.sheets.len()).unwrap_or(u16::MAX));
        self.skipping = !(self.wanted)(&name);
        let mut sheet = Sheet::new(self.file, id, name);
        sheet.visibility = visibility;
        sheet.set_name_in_file(&named);
        self.sheet = Some(sheet);
        (self.row, self.column, self.failed) = (0, 0, None);
        Ok(())
    }

    fn close(&mut self, name: &str, workbook: &mut Workbook) -> Result<(), Refusal> {
        if self.outside > 0 {
            self.outside -= 1;
            return Ok(());
        }
        match name {
            "table" => {
                let Some(mut sheet) = self.sheet.take() else { return Ok(()) };
                let outcome = self.failed.take().map_or(Ok(()), Err);
                self.cell = None;
                self.filled.clear();
                self.intake.close(&mut sheet, outcome, &mut workbook.oddities)?;
                workbook.sheets.push(sheet);
            }
            "table-row" => {
                if let Err(why) = self.close_row() {
                    self.failed = Some(why);
                }
            }
            "table-cell" | "covered-table-cell" => self.close_cell(),
            _ => {
                if let Some(cell) = &mut self.cell {
                    cell.in_paragraph = cell.in_paragraph.saturating_sub(1);
                }
            }
        }
        Ok(())
    }

    fn close_cell(&mut self) {
        let Some(cell) = self.cell.take() else { return };
        if let Some(sheet) = self.sheet.as_mut().filter(|_| cell.spans != (1, 1)) {
            sheet
                .merged
                .extend(area(self.row, self.column, cell.spans).filter(|_| sheet.merged.len() < MAX_MERGED));
        }
        let (column, repeats) = (self.column, cell.repeats);
        self.column = self.column.saturating_add(repeats);
        if let Some(value) = cell.value() {
            let formula = cell.formula.map(|formula| plain_formula(&formula));
            self.filled.push(Filled { column, repeats, value, formula, kept: None });
        }
    }

    fn close_row(&mut self) -> Result<(), String> {
        let (row, repeats) = (self.row, self.row_repeats);
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

fn put(sheet: &mut Sheet, intake: &mut Intake, at: CellRef, cell: &mut Filled) -> Result<(), String> {
    let value = match &cell.value {
        Owned::Text(text) => return intake.put_text(sheet, at, text, &mut cell.kept),
        Owned::Number(number) => DataRef::Float(*number),
        Owned::Boolean(value) => DataRef::Bool(*value),
        Owned::Uncached => return intake.put(sheet, at, DataRef::Empty, true),
        Owned::Date(date) => DataRef::DateTimeIso(date.clone()),
        Owned::Days(days) => {
            sheet.push(at, Raw::Duration(*days));
            return Ok(());
        }
        Owned::Error(value, shown) => {
            sheet.push(at, Raw::Error(*value));
            if *value == ErrorValue::Other {
                intake.odd(at, format!("it shows {}", quoted(shown)));
            }
            return Ok(());
        }
    };
    intake.put(sheet, at, value, false)
}

impl Open {
    fn value(&self) -> Option<Owned> {
        let stated = self.value.as_deref();
        let shown = self.text.trim();
        if self.error || (self.kind != "string" && shown.starts_with('#')) {
            let value = ErrorValue::from_text(shown);
            if self.error || value.is_some() {
                return Some(Owned::Error(value.unwrap_or(ErrorValue::Other), shown.to_owned()));
            }
        }
        let unreadable = || Owned::Error(ErrorValue::Other, stated.unwrap_or_default().to_owned());
        Some(match self.kind.as_str() {
            "float" | "currency" | "percentage" => {
                stated.and_then(|value| value.parse().ok()).map_or_else(unreadable, Owned::Number)
            }
            "date" => stated.map_or_else(unreadable, |value| Owned::Date(value.to_owned())),
            "time" => stated.and_then(iso_days).map_or_else(unreadable, Owned::Days),
            "boolean" => Owned::Boolean(stated?.eq_ignore_ascii_case("true")),
            _ => {
                let text = stated.unwrap_or(&self.text);
                match (text.is_empty(), self.kind.is_empty() && self.formula.is_some()) {
                    (true, true) => Owned::Uncached,
                    (true, false) => return None,
                    (false, _) => Owned::Text(text.to_owned()),
                }
            }
        })
    }
}

fn open_cell(tag: &BytesStart<'_>) -> Open {
    let mut cell = Open { repeats: 1, spans: (1, 1), ..Open::default() };
    for attribute in tag.attributes().with_checks(false).flatten() {
        let value = || {
            quick_xml::escape::unescape(&attribute.value)
                .map(std::borrow::Cow::into_owned)
                .unwrap_or_default()
        };
        let number = || value().parse::<u32>().unwrap_or(1).max(1);
        match attribute.key.as_ref() {
            "table:number-columns-repeated" => cell.repeats = number(),
            "table:number-columns-spanned" => cell.spans.1 = number(),
            "table:number-rows-spanned" => cell.spans.0 = number(),
            "table:formula" => cell.formula = Some(value()),
            "office:value-type" => cell.kind = value(),
            "calcext:value-type" => cell.error = value() == "error",
            "office:value"
            | "office:date-value"
            | "office:time-value"
            | "office:boolean-value"
            | "office:string-value" => cell.value = Some(value()),
            _ => {}
        }
    }
    cell
}

fn area(row: u32, column: u32, (rows, columns): (u32, u32)) -> Option<(CellRef, CellRef)> {
    let cell = |row: u32, column: u32| {
        let inside = row < crate::model::MAX_ROWS && column < u32::from(crate::model::MAX_COLUMNS);
        inside.then(|| CellRef::new(row, u16::try_from(column).unwrap_or(0)))
    };
    Some((cell(row, column)?, cell(row.checked_add(rows - 1)?, column.checked_add(columns - 1)?)?))
}

fn count(tag: &BytesStart<'_>, name: &str) -> u32 {
    attribute(tag, name).and_then(|value| value.parse().ok()).unwrap_or(1).max(1)
}

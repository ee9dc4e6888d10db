//! Excel 97–2003 workbooks (`.xls`): looked through record by record, then read by calamine a few sheets at a time.
//!
//! calamine makes room for a sheet's whole extent, so the extent is measured first from the cells that are there; what
//! would stop it for the whole file (one error value that it does not know, a sheet of a kind it does not know) is set right
//! in a copy, and told.

use super::biff::{Records, u16_at};
use super::cells::{Intake, guarded};
use super::compound::{self, Compound};
use super::ooxml::{Tab, check_tabs, clean_name};
use super::{xls_book, xls_facts};
use crate::model::{CellRef, FileId, FileKind, Limits, MAX_ROWS, Oddity, Raw, Refusal, Visibility, Workbook};
use calamine::{Data, Range, Reader as _, Xls, XlsError};
use std::io::Cursor;

const BOF: u16 = 0x0809;
/// The kind of what stands before the sheets.
const GLOBALS: u16 = 0x0005;
const EOF: u16 = 0x000A;
const FILE_PASS: u16 = 0x002F;
const BOUND_SHEET: u16 = 0x0085;
const DATE_MODE: u16 = 0x0022;
const CODE_PAGE: u16 = 0x0042;
const DIMENSIONS: u16 = 0x0200;
const BOOLEAN_OR_ERROR: u16 = 0x0205;
const FORMULA: u16 = 0x0006;
/// A record type that means nothing, for records that calamine is not to see.
const NOTHING: u16 = 0x7FFF;
/// The most cells of the extents that calamine makes room for at once, and of one sheet.
const MAX_GROUP: u64 = 4 << 20;
const MAX_SHEET: u64 = 8 << 20;
const ROWS: u32 = 65_536;

/// Reads a workbook of the old format.
pub(super) fn read(
    file: FileId,
    compound: &Compound<'_>,
    limits: &Limits,
    wanted: &dyn Fn(&str) -> bool,
) -> Result<Workbook, Refusal> {
    let damaged = |why: &str| Refusal::Damaged(why.to_owned());
    let stream = compound.stream("Workbook").or_else(|| compound.stream("Book"));
    let mut stream =
        stream.ok_or_else(|| damaged("parts of it are missing, so it may have been cut off on the way"))?;
    let globals = globals(&stream)?;
    let tabs: Vec<Tab> = globals.sheets.iter().map(Bound::tab).collect();
    check_tabs(&tabs, limits)?;
    let mut workbook = Workbook::new(file, FileKind::Xls);
    if compound.has("_VBA_PROJECT_CUR") {
        workbook.oddities.push(Oddity::Macros);
    }
    let chosen = super::list(&mut workbook, &tabs, globals.from_1904, wanted);
    let formats = xls_facts::formats(&stream, &mut workbook.facts);
    let names: Vec<String> = globals.sheets.iter().map(|bound| clean_name(&bound.name)).collect();
    let filters = xls_book::names(&stream, &names, &mut workbook.facts);
    xls_book::about(compound, &mut workbook.facts);
    let mut intake = Intake::new(limits);
    let mut budget = 2 * stream.len() as u64;
    let mut group: Vec<(usize, usize, Found)> = Vec::new();
    for (sheet, tab) in chosen.iter().enumerate() {
        let Some(tab) = *tab else { continue };
        match look_through(&mut stream, &globals.sheets[tab], &mut budget) {
            Ok(found) => {
                let start = globals.sheets[tab].start;
                let filter = filters.get(&tab).copied();
                let unseen = xls_facts::sheet(&stream, start, &formats, filter, &mut workbook.sheets[sheet]);
                workbook.facts.unseen.extend(unseen);
                let area: u64 = group.iter().map(|(_, _, found)| found.area()).sum();
                if area + found.area() > MAX_GROUP {
                    fill(&stream, &globals, &std::mem::take(&mut group), &mut intake, &mut workbook)?;
                }
                group.push((sheet, tab, found));
            }
            Err(why) => intake.close(&mut workbook.sheets[sheet], Err(why), &mut workbook.oddities)?,
        }
    }
    fill(&stream, &globals, &group, &mut intake, &mut workbook)?;
    Ok(workbook)
}

/// What stands before the sheets.
struct Globals {
    sheets: Vec<Bound>,
    from_1904: bool,
    /// Where a record lies that ends a list of cells.
    end: usize,
}

/// One entry of the list of sheets.
struct Bound {
    /// Its place in the list.
    index: usize,
    /// Where its record's content lies.
    at: usize,
    start: usize,
    name: String,
    state: u8,
    kind: u8,
}

impl Bound {
    fn tab(&self) -> Tab {
        Tab {
            name: self.name.clone(),
            visibility: match self.state & 3 {
                1 => Visibility::Hidden,
                2 => Visibility::VeryHidden,
                _ => Visibility::Visible,
            },
            worksheet: self.kind == 0,
            part: Some(self.index),
        }
    }
}

fn globals(stream: &[u8]) -> Result<Globals, Refusal> {
    let lost = || Refusal::Damaged("the list of its sheets cannot be read".to_owned());
    let mut globals = Globals { sheets: Vec::new(), from_1904: false, end: 0 };
    let mut records = Records::new(stream, 0);
    let first = records.next().ok_or_else(lost)?;
    let version = u16_at(&stream[first.place.clone()], 0).unwrap_or(0);
    if first.kind != BOF || !matches!(version, 0 | 0x0500 | 0x0600) {
        return Err(Refusal::NotASpreadsheet("a workbook of a version of Excel before 5"));
    }
    let wide = version != 0x0500;
    let mut encoding = encoding_rs::WINDOWS_1252;
    while let Some(record) = records.next() {
        let content = &stream[record.place.clone()];
        match record.kind {
            FILE_PASS => return Err(Refusal::Password),
            DATE_MODE => globals.from_1904 = u16_at(content, 0) == Some(1),
            CODE_PAGE => encoding = code_page(u16_at(content, 0).unwrap_or(0)),
            BOUND_SHEET => {
                let index = globals.sheets.len();
                let bound = bound(content, index, record.place.start, wide, encoding).ok_or_else(lost)?;
                globals.sheets.push(bound);
            }
            EOF => {
                globals.end = record.at;
                return Ok(globals);
            }
            _ => {}
        }
    }
    Err(lost())
}

fn bound(
    content: &[u8],
    index: usize,
    at: usize,
    wide: bool,
    encoding: &'static encoding_rs::Encoding,
) -> Option<Bound> {
    let start = usize::try_from(u32::from_le_bytes(content.get(..4)?.try_into().ok()?)).ok()?;
    let (state, kind, length) = (*content.get(4)?, *content.get(5)?, usize::from(*content.get(6)?));
    let name = if !wide {
        encoding.decode(content.get(7..7 + length)?).0.into_owned()
    } else if content.get(7)? & 1 == 0 {
        content.get(8..8 + length)?.iter().map(|&byte| char::from(byte)).collect()
    } else {
        let letters = content.get(8..8 + 2 * length)?;
        encoding_rs::UTF_16LE.decode_without_bom_handling(letters).0.into_owned()
    };
    Some(Bound { index, at, start, name, state, kind })
}

fn code_page(number: u16) -> &'static encoding_rs::Encoding {
    match number {
        1250 => encoding_rs::WINDOWS_1250,
        1251 => encoding_rs::WINDOWS_1251,
        1253 => encoding_rs::WINDOWS_1253,
        1254 => encoding_rs::WINDOWS_1254,
        1257 => encoding_rs::WINDOWS_1257,
        10000 | 0x8000 => encoding_rs::MACINTOSH,
        _ => encoding_rs::WINDOWS_1252,
    }
}

/// What looking through a sheet's records found.
#[derive(Default)]
struct Found {
    rows: Option<(u32, u32)>,
    columns: (u32, u32),
    /// Cells with an error value that calamine does not know.
    odd: Vec<CellRef>,
}

impl Found {
    fn area(&self) -> u64 {
        self.rows.map_or(0, |(first, last)| {
            u64::from(last - first + 1) * u64::from(self.columns.1 - self.columns.0 + 1)
        })
    }

    fn see(&mut self, row: u32, first: u32, last: u32) {
        match &mut self.rows {
            None => (self.rows, self.columns) = (Some((row, row)), (first, last)),
            Some(rows) => {
                *rows = (rows.0.min(row), rows.1.max(row));
                self.columns = (self.columns.0.min(first), self.columns.1.max(last));
            }
        }
    }
}

/// Measures a sheet from its cells, hides its own claim of its extent, and sets right the error values that would stop
/// calamine.
fn look_through(stream: &mut [u8], bound: &Bound, budget: &mut u64) -> Result<Found, String> {
    const UNKNOWN_ERROR: u8 = 0x2B;
    let mut found = Found::default();
    let (mut depth, mut at) = (0, bound.start);
    let first = Records::new(stream, at).next().ok_or("it is cut off")?;
    // The kind of a stream is the second word of its first record; that of the list of sheets is no sheet.
    if first.kind != BOF || u16_at(&stream[first.place], 2) == Some(GLOBALS) {
        return Err("the list of sheets points to another place".to_owned());
    }
    loop {
        let Some(record) = Records::new(stream, at).next() else {
            return Err("it is cut off".to_owned());
        };
        at = record.place.end;
        *budget = budget.checked_sub(record.place.len() as u64 + 4).ok_or("it overlaps other sheets")?;
        let content = &mut stream[record.place];
        match record.kind {
            BOF => depth += 1,
            EOF if depth <= 1 => break,
            EOF => depth -= 1,
            _ if depth > 1 => {}
            DIMENSIONS => stream[record.at..record.at + 2].copy_from_slice(&NOTHING.to_le_bytes()),
            0x0203 | 0x0204 | 0x00D6 | 0x027E | 0x00FD | 0x00BD | BOOLEAN_OR_ERROR | FORMULA => {
                let (row, first) = (u16_at(content, 0), u16_at(content, 2));
                let (Some(row), Some(first)) = (row.map(u32::from), first.map(u32::from)) else {
                    return Err("a cell in it is cut off".to_owned());
                };
                let several = record.kind == 0x00BD;
                let last =
                    if several { u16_at(content, content.len() - 2).map_or(first, u32::from) } else { first };
                if last < first || last >= 256 {
                    return Err("a cell in it lies outside the sheet".to_owned());
                }
                found.see(row, first, last);
                if let Some(code) = error_code(record.kind, content).filter(|code| !known_error(**code)) {
                    *code = UNKNOWN_ERROR;
                    found.odd.push(CellRef::new(row, u16::try_from(first).unwrap_or(0)));
                }
            }
            _ => {}
        }
    }
    if found.area() > MAX_SHEET {
        return Err("its cells lie too far apart; saving it as .xlsx puts that right".to_owned());
    }
    Ok(found)
}

/// The code of the error value that a cell holds.
fn error_code(kind: u16, content: &mut [u8]) -> Option<&mut u8> {
    let at = match (kind, &*content) {
        (BOOLEAN_OR_ERROR, [_, _, _, _, _, _, _, 1, ..]) => 6,
        (FORMULA, [_, _, _, _, _, _, 2, _, _, _, _, _, 0xFF, 0xFF, ..]) => 8,
        _ => return None,
    };
    content.get_mut(at)
}

const fn known_error(code: u8) -> bool {
    matches!(code, 0x00 | 0x07 | 0x0F | 0x17 | 0x1D | 0x24 | 0x2A | 0x2B)
}

/// Lets calamine read some sheets; every other is shown to it as empty.
fn fill(
    stream: &[u8],
    globals: &Globals,
    group: &[(usize, usize, Found)],
    intake: &mut Intake,
    workbook: &mut Workbook,
) -> Result<(), Refusal> {
    if group.is_empty() {
        return Ok(());
    }
    let mut shown = stream.to_vec();
    let end = u32::try_from(globals.end).unwrap_or(0).to_le_bytes();
    for bound in &globals.sheets {
        if !group.iter().any(|(_, tab, _)| *tab == bound.index) {
            shown[bound.at..bound.at + 4].copy_from_slice(&end);
        }
        shown[bound.at + 4] = 0;
        shown[bound.at + 5] = 0;
    }
    let file = compound::container("Workbook", &shown);
    drop(shown);
    let opened = guarded(|| Xls::new(Cursor::new(file)).map_err(|why| words(&why)));
    let mut book = match opened {
        Ok(book) => book,
        Err(_) if group.len() > 1 => {
            // One sheet stops the others; alone it only stops itself.
            for (sheet, tab, found) in group {
                let alone = [(*sheet, *tab, Found { odd: found.odd.clone(), ..Found::default() })];
                fill(stream, globals, &alone, intake, workbook)?;
            }
            return Ok(());
        }
        Err(why) => {
            let sheet = &mut workbook.sheets[group[0].0];
            return intake.close(sheet, Err(why), &mut workbook.oddities);
        }
    };
    for (index, tab, found) in group {
        let sheet = &mut workbook.sheets[*index];
        let outcome = guarded(|| cells(&mut book, *tab, sheet, intake));
        if outcome.is_ok() && sheet.cells().iter().any(|cell| cell.at.row + 1 == ROWS) {
            workbook.oddities.push(Oddity::OldFormatFull(sheet.id()));
        }
        for at in &found.odd {
            // It was shown to calamine as another error value.
            sheet.push(*at, Raw::Error(crate::model::ErrorValue::Other));
            intake.odd(*at, "it holds an error value that is not known".to_owned());
        }
        workbook.facts.unseen.extend(intake.merges_left_out(sheet));
        intake.close(sheet, outcome, &mut workbook.oddities)?;
    }
    Ok(())
}

fn cells(
    book: &mut Xls<Cursor<Vec<u8>>>,
    tab: usize,
    sheet: &mut crate::model::Sheet,
    intake: &mut Intake,
) -> Result<(), String> {
    let name = book.sheets_metadata().get(tab).map(|sheet| sheet.name.clone()).ok_or("it is missing")?;
    let range = book.worksheet_range(&name).map_err(|why| words(&why))?;
    for (row, column, value) in used(&range) {
        let at = intake.place(row, column)?;
        intake.put_data(sheet, at, value)?;
    }
    let formulas = book.worksheet_formula(&name).map_err(|why| words(&why))?;
    for (row, column, text) in used(&formulas) {
        let at = intake.place(row, column)?;
        if range.get_value((row, column)).is_none_or(|value| *value == Data::Empty) {
            sheet.push(at, Raw::Uncached);
        }
        let text = (!text.starts_with("Unrecognised formula")).then(|| text.clone());
        intake.note_formula(sheet, at, text);
    }
    for area in book.merge_cells_by_sheet_name(&name).unwrap_or_default() {
        let cell = |(row, column): (u32, u32)| Some(CellRef::new(row, u16::try_from(column).ok()?));
        if let (Some(first), Some(last)) = (cell(area.start), cell(area.end))
            && last.row < MAX_ROWS
        {
            intake.merge(sheet, first, last);
        }
    }
    Ok(())
}

/// The filled cells of an extent with their places in the sheet.
fn used<T: calamine::CellType>(range: &Range<T>) -> impl Iterator<Item = (u32, u32, &T)> {
    let (row, column) = range.start().unwrap_or_default();
    range.used_cells().map(move |(down, along, value)| {
        let place = |from: u32, by: usize| from.saturating_add(u32::try_from(by).unwrap_or(u32::MAX));
        (place(row, down), place(column, along), value)
    })
}

fn words(why: &XlsError) -> String {
    match why {
        XlsError::Password => "it needs a password",
        XlsError::EoStream(_) | XlsError::ContinueRecordTooShort => "it is cut off",
        _ => "it is damaged or written in a way that is not known",
    }
    .to_owned()
}

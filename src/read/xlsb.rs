//! Excel binary workbooks (`.xlsb`): the list of sheets and what calamine leaves out are read here, the cells through
//! calamine's stream.
//!
//! calamine drops a formula whose result is an error, and ends a sheet without a word at a row number that is too high.

use super::attached;
use super::binary::{Records, WHOLE, push_wide, record, u32_at, wide};
use super::cells::{Intake, guarded};
use super::feed::{Feed, Part, Role, plain};
use super::ooxml::{self, Outline, Tab};
use super::package::Package;
use super::scan::Remarkable;
use super::styles::Styles;
use super::xlsb_facts::{self, Seen};
use super::xlsb_styles;
use crate::model::{ErrorValue, FileKind, MAX_ROWS, Raw, Refusal, Sheet, Unseen, Visibility, Workbook};
use calamine::{Reader as _, Xlsb, XlsbError};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::BufReader;
use std::rc::Rc;

const ROW: u16 = 0x0000;
const CELL_ERROR: u16 = 0x0003;
const FORMULA_ERROR: u16 = 0x000B;
const MERGED: u16 = 0x00B0;
const BOOK_PROPERTIES: u16 = 0x0099;
const BUNDLE_SHEET: u16 = 0x009C;
const END_BUNDLE_SHEETS: u16 = 0x0090;
const END_BOOK: u16 = 0x0084;
const END_SHEET_DATA: u16 = 0x0092;

/// Reads the list of sheets whose main document is `document`.
pub(super) fn outline(package: &Package<'_>, document: &str) -> Result<Outline, Refusal> {
    let mut outline = ooxml::frame(package, document, FileKind::Xlsb)?;
    let relations = ooxml::relations(package, document)?.unwrap_or_default();
    let bytes = package.read(document)?.unwrap_or_default();
    let mut records = Records::new(bytes.as_slice());
    let unreadable = |_| Refusal::Damaged("the list of its sheets cannot be read".to_owned());
    let kept = |kind| if matches!(kind, BOOK_PROPERTIES | BUNDLE_SHEET) { WHOLE } else { 0 };
    while let Some(kind) = records.next(kept).map_err(unreadable)? {
        let data = records.data.as_slice();
        match kind {
            BOOK_PROPERTIES => outline.from_1904 = data.first().is_some_and(|flags| flags & 1 == 1),
            BUNDLE_SHEET => {
                let tab = tab(package, &relations, data);
                outline.tabs.extend(tab);
            }
            END_BUNDLE_SHEETS => break,
            _ => {}
        }
    }
    ooxml::check_tabs(&outline.tabs, package.limits())?;
    Ok(outline)
}

fn tab(package: &Package<'_>, relations: &ooxml::Relations, data: &[u8]) -> Option<Tab> {
    let (id, rest) = wide(data.get(8..)?)?;
    let (name, _) = wide(rest)?;
    let relation = relations.get(&id);
    Some(Tab {
        name,
        visibility: match u32_at(data, 0)? {
            1 => Visibility::Hidden,
            2 => Visibility::VeryHidden,
            _ => Visibility::Visible,
        },
        worksheet: relation.is_none_or(|relation| relation.kind.ends_with("/worksheet")),
        part: relation.and_then(|relation| package.find(&relation.target)),
    })
}

/// Fills the sheets of `workbook` whose parts are given, in the workbook's order.
pub(super) fn fill(
    package: &Package<'_>,
    outline: &Outline,
    parts: &[Option<usize>],
    intake: &mut Intake,
    workbook: &mut Workbook,
) -> Result<(), Refusal> {
    package.within_budget(parts.iter().flatten().copied().chain(outline.strings).chain(outline.styles))?;
    let feed = Feed::new(package, layout(outline, parts), &Rc::default());
    let opened = guarded(|| Xlsb::new(feed.clone()).map_err(|why| words(&why)));
    let mut book = match (opened, feed.finish()) {
        (Ok(book), Ok(_)) => book,
        (Err(why), Ok(_)) | (_, Err(why)) => return Err(Refusal::because(package.limits(), why)),
    };
    let styles = xlsb_styles::read(package, outline);
    workbook.facts = xlsb_facts::workbook(package, outline);
    let styles = match styles {
        Ok(styles) => styles,
        Err(why @ Refusal::Suspicious(_)) => return Err(why),
        Err(_) => {
            workbook.facts.unseen.push(Unseen::Formats);
            Styles::default()
        }
    };
    workbook.facts.unseen.extend(styles.unseen());
    let remarkable = Remarkable::new(&styles.cells);
    let mut taken = BTreeSet::new();
    for (index, part) in parts.iter().enumerate() {
        let Some(part) = part else { continue };
        let Some(sheet) = workbook.sheets.get_mut(index) else { continue };
        let mut seen = Seen::new(&remarkable, &styles.rules);
        let read = guarded(|| stream(&mut book, index, sheet, intake));
        let outcome = match (read, feed.finish()) {
            (Ok(()), Ok(_)) => left_out(package, *part, sheet, &mut seen, intake),
            (_, Err(why)) | (Err(why), Ok(_)) => Err(why),
        };
        if outcome.is_ok() {
            let unseen = &mut workbook.facts.unseen;
            seen.finish(sheet, unseen);
            if let Some(entry) = package.entries().get(*part) {
                attached::sheet(package, &entry.name, &sheet.name, &mut sheet.facts, &mut taken, unseen);
            }
        }
        workbook.facts.unseen.extend(intake.merges_left_out(sheet));
        intake.close(sheet, outcome, &mut workbook.oddities)?;
    }
    Ok(())
}

/// The package that calamine sees: only what it needs, under the names that it looks for.
fn layout(outline: &Outline, parts: &[Option<usize>]) -> Vec<(String, Part)> {
    let mut relations = String::new();
    let mut book = record(BOOK_PROPERTIES, &[u8::from(outline.from_1904), 0, 0, 0, 0, 0, 0, 0]);
    let mut shown = Vec::new();
    for (index, part) in parts.iter().enumerate() {
        let Some(part) = part else { continue };
        let _ = write!(relations, r#"<Relationship Id="r{index}" Target="worksheets/{index}.bin"/>"#);
        let mut sheet = vec![0; 8];
        push_wide(&mut sheet, &format!("r{index}"));
        push_wide(&mut sheet, &index.to_string());
        book.extend(record(BUNDLE_SHEET, &sheet));
        shown.push((format!("xl/worksheets/{index}.bin"), Part::Of(*part, Role::Binary)));
    }
    book.extend(record(END_BUNDLE_SHEETS, &[]));
    book.extend(record(END_BOOK, &[]));
    let relations = format!("<Relationships>{relations}</Relationships>");
    shown.push(("xl/workbook.bin".to_owned(), Part::Made(book)));
    shown.push(("xl/_rels/workbook.bin.rels".to_owned(), Part::Made(relations.into_bytes())));
    if let Some(strings) = outline.strings {
        shown.push(("xl/sharedStrings.bin".to_owned(), Part::Of(strings, Role::Binary)));
    }
    if let Some(styles) = outline.styles {
        shown.push(("xl/styles.bin".to_owned(), Part::Of(styles, Role::Binary)));
    }
    shown
}

fn stream(
    book: &mut Xlsb<Feed<'_>>,
    index: usize,
    sheet: &mut Sheet,
    intake: &mut Intake,
) -> Result<(), String> {
    let mut reader = book.worksheet_cells_reader(&index.to_string()).map_err(|why| words(&why))?;
    loop {
        match reader.next_cell() {
            Ok(None) => return Ok(()),
            Ok(Some(cell)) => {
                let (row, column) = cell.get_position();
                let at = intake.place(row, column)?;
                // The cell is ours, so its value may be taken out of it.
                intake.put(sheet, at, cell.get_value().clone(), false)?;
            }
            // An error value that is not known; `left_out` finds its place.
            Err(XlsbError::CellError(_)) => {}
            Err(why) => return Err(words(&why)),
        }
    }
}

/// Adds the error values that calamine leaves out and the merged areas, and refuses rows outside a sheet; `seen` takes in
/// what stands beside the values.
fn left_out(
    package: &Package<'_>,
    part: usize,
    sheet: &mut Sheet,
    seen: &mut Seen<'_>,
    intake: &mut Intake,
) -> Result<(), String> {
    let inner = package.stream(part).map_err(|why| plain(&why, package.limits()))?;
    let mut records = Records::new(BufReader::with_capacity(64 << 10, inner));
    let (mut row, mut in_cells) = (0, true);
    while let Some(kind) = records.next(xlsb_facts::kept).map_err(|why| why.to_string())? {
        let data = records.data.as_slice();
        match kind {
            END_SHEET_DATA => in_cells = false,
            ROW if in_cells => {
                row = u32_at(data, 0)
                    .filter(|row| *row < MAX_ROWS)
                    .ok_or("a row in it lies outside the sheet")?;
                seen.row(row, data);
            }
            CELL_ERROR | FORMULA_ERROR if in_cells => {
                let column = u32_at(data, 0).ok_or("a cell in it is cut off")?;
                let code = *data.get(8).ok_or("a cell in it is cut off")?;
                let value = error(code);
                if kind == FORMULA_ERROR || value.is_none() {
                    let at = intake.place(row, column)?;
                    sheet.push(at, Raw::Error(value.unwrap_or(ErrorValue::Other)));
                    if value.is_none() {
                        intake.odd(at, "it holds an error value that is not known".to_owned());
                    }
                }
                seen.cell(kind, row, data);
            }
            kind if in_cells && xlsb_facts::is_cell(kind) => seen.cell(kind, row, data),
            MERGED => {
                if let Some((first, last)) = xlsb_facts::area(data) {
                    intake.merge(sheet, first, last);
                }
            }
            kind => seen.step(kind, data, &mut sheet.facts),
        }
    }
    Ok(())
}

/// The error value of a code; `None` for one that is not known (43, getting data, is known and has no value of its own).
fn error(code: u8) -> Option<ErrorValue> {
    Some(match code {
        0x00 => ErrorValue::Null,
        0x07 => ErrorValue::DivideByZero,
        0x0F => ErrorValue::Value,
        0x17 => ErrorValue::Reference,
        0x1D => ErrorValue::Name,
        0x24 => ErrorValue::Number,
        0x2A => ErrorValue::NotAvailable,
        0x2B => ErrorValue::GettingData,
        _ => return None,
    })
}

fn words(why: &XlsbError) -> String {
    match why {
        XlsbError::Io(_) | XlsbError::Zip(_) => "it cannot be unpacked or is cut off",
        _ => "it is not built like a sheet",
    }
    .to_owned()
}

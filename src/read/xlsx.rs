//! Excel workbooks (`.xlsx`, `.xlsm`): cells through calamine's stream, one sheet at a time.

use super::Portion;
use super::attached;
use super::audit::{self, Examined};
use super::beside;
use super::cells::{Intake, MAX_MERGED, guarded};
use super::feed::{Ending, Feed, Part, Role, plain};
use super::ooxml::Outline;
use super::package::Package;
use super::padded::Padded;
use super::scan::{Remarkable, slowly};
use super::struck::Struck;
use super::styles::Styles;
use crate::model::{CellRef, ErrorValue, Oddity, Raw, RawCell, Refusal, Sheet, Unseen, Workbook};
use calamine::{DataRef, Reader as _, Xlsx, XlsxError, XlsxFormulaMetadata};
use quick_xml::events::Event;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::BufReader;
use std::rc::Rc;

/// More faults than this in one sheet, and the sheet is not worth reading.
const MAX_FAULTS: usize = 1_000;
/// The name of a sheet that is added with the first shared string in its one cell; other sheets are named by number.
const PROBE: &str = "first";

/// Fills the sheets of `workbook` whose parts are given, in the workbook's order.
pub(super) fn fill(
    package: &Package<'_>,
    outline: &Outline,
    parts: &[Option<usize>],
    portion: &dyn Fn(&str) -> Portion,
    intake: &mut Intake,
    workbook: &mut Workbook,
) -> Result<(), Refusal> {
    let wanted = parts.iter().flatten().copied();
    package.within_budget(wanted.chain(outline.strings).chain(outline.styles))?;
    let styles = Styles::read(package, &outline.document)?;
    workbook.facts.unseen.extend(styles.unseen());
    let remarkable = Remarkable::new(&styles.cells);
    let feed = Feed::new(package, layout(outline, parts), &remarkable);
    let opened = guarded(|| Xlsx::new(feed.clone()).map_err(|why| words(&why)));
    let ending = feed.finish();
    let mut book = match (opened, ending) {
        (Ok(book), Ok(_)) => book,
        (Err(why), Ok(_)) | (_, Err(why)) => return Err(Refusal::because(package.limits(), why)),
    };
    if outline.strings.is_some() {
        guarded(|| probe(&mut book, intake)).map_err(Refusal::Damaged)?;
    }
    let struck = Struck::read(package, outline, &feed);
    let mut taken = BTreeSet::new();
    for (index, part) in parts.iter().enumerate() {
        let Some(part) = part else { continue };
        let Some(sheet) = workbook.sheets.get_mut(index) else { continue };
        let mut doubts = Doubts::default();
        let rows = if let Portion::Top(rows) = portion(&sheet.name) { rows } else { u32::MAX };
        let read = guarded(|| stream(&mut book, index, rows, sheet, intake, &mut doubts));
        if rows < u32::MAX {
            let whole = read.and_then(|()| feed.leave());
            intake.close(sheet, whole, &mut workbook.oddities)?;
            continue;
        }
        let ended = feed.finish();
        let outcome = match (read, ended) {
            (Ok(()), Ok(mut ending)) => {
                let seen = look(package, *part, sheet, &mut ending, &styles, &remarkable, &mut taken);
                workbook.facts.unseen.extend(seen);
                workbook.facts.unseen.extend(struck.told(package, *part, sheet, ending.struck));
                repair(package, *part, sheet, &ending, doubts, &styles, &mut workbook.oddities)
            }
            (_, Err(why)) | (Err(why), Ok(_)) => Err(why),
        };
        intake.close(sheet, outcome, &mut workbook.oddities)?;
    }
    Ok(())
}

/// The package that calamine sees: only what it needs, under the names that it looks for.
fn layout(outline: &Outline, parts: &[Option<usize>]) -> Vec<(String, Part)> {
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let mut sheets = String::new();
    let mut relations = String::new();
    let mut shown = Vec::new();
    let first =
        r#"<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData></worksheet>"#;
    shown.push((format!("xl/worksheets/{PROBE}.xml"), Part::Made(first.as_bytes().to_vec())));
    let _ = write!(sheets, r#"<sheet name="{PROBE}" sheetId="9999" r:id="{PROBE}"/>"#);
    let _ = write!(
        relations,
        r#"<Relationship Id="{PROBE}" Type="{OFFICE}/worksheet" Target="worksheets/{PROBE}.xml"/>"#
    );
    for (index, part) in parts.iter().enumerate() {
        let Some(part) = part else { continue };
        let _ = write!(sheets, r#"<sheet name="{index}" sheetId="{}" r:id="r{index}"/>"#, index + 1);
        let _ = write!(
            relations,
            r#"<Relationship Id="r{index}" Type="{OFFICE}/worksheet" Target="worksheets/{index}.xml"/>"#
        );
        shown.push((format!("xl/worksheets/{index}.xml"), Part::Of(*part, Role::Sheet)));
    }
    let root = format!(
        r#"<Relationships><Relationship Id="r" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
    );
    let from_1904 = u8::from(outline.from_1904);
    let book = format!(
        r#"<workbook xmlns:r="{OFFICE}"><workbookPr date1904="{from_1904}"/><sheets>{sheets}</sheets></workbook>"#
    );
    let relations = format!("<Relationships>{relations}</Relationships>");
    shown.push(("_rels/.rels".to_owned(), Part::Made(root.into_bytes())));
    shown.push(("xl/workbook.xml".to_owned(), Part::Made(book.into_bytes())));
    shown.push(("xl/_rels/workbook.xml.rels".to_owned(), Part::Made(relations.into_bytes())));
    if let Some(strings) = outline.strings {
        shown.push(("xl/sharedStrings.xml".to_owned(), Part::Of(strings, Role::Strings)));
    }
    if let Some(styles) = outline.styles {
        shown.push(("xl/styles.xml".to_owned(), Part::Of(styles, Role::Xml)));
    }
    shown
}

/// Learns where calamine keeps the first shared string, from a sheet that was made for this.
fn probe(book: &mut Xlsx<Feed<'_>>, intake: &mut Intake) -> Result<(), String> {
    let mut reader = book.worksheet_cells_reader(PROBE).map_err(|why| words(&why))?;
    // Without any string the cell is an error, and so is every cell that wants one.
    if let Ok(Some(cell)) = reader.next_cell() {
        intake.watch_for(match cell.get_value() {
            DataRef::SharedString(text) => Some(text),
            _ => None,
        });
    }
    Ok(())
}

/// Cells of one sheet to look at again, by their place in the order of the cells.
#[derive(Default)]
struct Doubts {
    /// Those that calamine refused, with the reason.
    faults: BTreeMap<u64, String>,
    /// The last that held the first shared string, which may be a misread.
    first_string: Option<u64>,
    /// Texts that may be numbers with white space round them.
    padded: Padded,
}

/// Reads one sheet's cells, as far as its first `rows` rows.
fn stream(
    book: &mut Xlsx<Feed<'_>>,
    index: usize,
    rows: u32,
    sheet: &mut Sheet,
    intake: &mut Intake,
    doubts: &mut Doubts,
) -> Result<(), String> {
    let mut reader = book.worksheet_cells_reader(&index.to_string()).map_err(|why| words(&why))?;
    let mut shared = BTreeMap::new();
    let mut ordinal = 0;
    loop {
        match reader.next_cell_with_formula_metadata() {
            Ok(None) => return Ok(()),
            Ok(Some(record)) if record.pos.0 >= rows => return Ok(()),
            Ok(Some(record)) => {
                let at = intake.place(record.pos.0, record.pos.1)?;
                let formula = record.formula.is_some();
                if !formula && matches!(record.value, DataRef::Empty) {
                    // A cell that is only painted.
                    ordinal += 1;
                    continue;
                }
                if let Some(formula) = record.formula {
                    note_formula(sheet, intake, &mut shared, at, formula);
                }
                let padded = match &record.value {
                    DataRef::String(text) => doubts.padded.take(ordinal, at, text)?,
                    _ => false,
                };
                if !padded {
                    intake.put(sheet, at, record.value, formula)?;
                }
                if intake.met_first_string() {
                    doubts.first_string = Some(ordinal);
                }
            }
            Err(why) => {
                let Some(fault) = one_cell(&why) else { return Err(words(&why)) };
                if doubts.faults.len() == MAX_FAULTS {
                    return Err("more than a thousand of its cells cannot be read".to_owned());
                }
                doubts.faults.insert(ordinal, fault);
            }
        }
        ordinal += 1;
    }
}

/// Keeps a formula's text; that of a shared one is worked out from the cell that holds it.
fn note_formula(
    sheet: &mut Sheet,
    intake: &mut Intake,
    shared: &mut BTreeMap<usize, (String, CellRef)>,
    at: CellRef,
    formula: XlsxFormulaMetadata,
) {
    let text = match formula {
        XlsxFormulaMetadata::Normal { formula } => Some(formula),
        XlsxFormulaMetadata::Shared { shared_index, formula, .. } => {
            shared.insert(shared_index, (formula.clone(), at));
            Some(formula)
        }
        XlsxFormulaMetadata::SharedDerived { shared_index } => {
            let anchor = shared.get(&shared_index).filter(|_| intake.room_for_formulas());
            let place = |cell: CellRef| (cell.row, u32::from(cell.column));
            anchor
                .and_then(|(text, from)| calamine::expand_shared_formula(text, place(*from), place(at)).ok())
        }
        _ => None,
    };
    intake.note_formula(sheet, at, text);
}

/// Takes in the merged areas, how the cells look, what is hidden and what stands beside them; gives what could not be made out.
fn look(
    package: &Package<'_>,
    part: usize,
    sheet: &mut Sheet,
    ending: &mut Ending,
    styles: &Styles,
    remarkable: &Rc<Remarkable>,
    taken: &mut BTreeSet<usize>,
) -> Vec<Unseen> {
    let mut unseen = Vec::new();
    let mut miss = |what: &str, name: &str| unseen.push(Unseen::Part(format!("{what} of the sheet {name}")));
    let mut found = std::mem::take(&mut ending.found);
    if found.implicit || !found.begun {
        match package
            .stream(part)
            .map_err(|why| plain(&why, package.limits()))
            .and_then(|inner| slowly(BufReader::new(inner), remarkable))
        {
            Ok(slow) => found = slow,
            Err(_) => miss("formats", &sheet.name),
        }
    }
    if found.looks.is_full() {
        miss("some of the formats", &sheet.name);
    }
    sheet.merged = merged(&ending.tail);
    if sheet.merged.len() > MAX_MERGED {
        sheet.merged.truncate(MAX_MERGED);
        miss("some of the merged cells", &sheet.name);
    }
    let facts = &mut sheet.facts;
    facts.looks = found.looks;
    facts.hidden_rows = found.hidden_rows;
    let head = String::from_utf8_lossy(&ending.head);
    let tail = String::from_utf8_lossy(after_cells(&ending.tail));
    for what in beside::read(&head, &tail, &styles.rules, facts) {
        miss(what, &sheet.name);
    }
    ending.stray = found.stray;
    if let Some(entry) = package.entries().get(part) {
        attached::sheet(package, &entry.name, &sheet.name, facts, taken, &mut unseen);
    }
    unseen
}

/// What follows the cells.
fn after_cells(tail: &[u8]) -> &[u8] {
    let data = memchr::memmem::rfind(tail, b"sheetData").unwrap_or(0);
    let end = memchr::memchr(b'>', &tail[data..]).map_or(data, |end| data + end + 1);
    &tail[end..]
}

/// Flags the cells that calamine refused or misread.
fn repair(
    package: &Package<'_>,
    part: usize,
    sheet: &mut Sheet,
    ending: &Ending,
    doubts: Doubts,
    styles: &Styles,
    oddities: &mut Vec<Oddity>,
) -> Result<(), String> {
    let stray: BTreeSet<CellRef> = ending.stray.iter().copied().collect();
    if !stray.is_empty() {
        let number = |cell: &&RawCell| stray.contains(&cell.at) && matches!(sheet.raw(cell), Raw::Number(_));
        let numbers: BTreeSet<CellRef> = sheet.cells().iter().filter(number).map(|cell| cell.at).collect();
        for at in numbers {
            let why = "its format is missing from the file, so a date would look like a number".to_owned();
            oddities.push(Oddity::UnreadableCell { at: sheet.origin(at), why });
            sheet.push(at, Raw::Error(crate::model::ErrorValue::Other));
        }
    }
    let faults = &doubts.faults;
    let last = if ending.suspect {
        Some(u64::MAX)
    } else {
        faults.keys().last().copied().max(doubts.first_string).max(doubts.padded.last())
    };
    let Some(last) = last else { return Ok(()) };
    let inner = package.stream(part).map_err(|why| plain(&why, package.limits()))?;
    let Examined { suspects, padded } = audit::examine(BufReader::new(inner), faults, last, 2 * MAX_FAULTS)?;
    let settled = faults.keys().filter(|ordinal| padded.contains_key(ordinal)).count();
    if suspects.len() >= MAX_FAULTS || suspects.len() + settled < faults.len() {
        return Err("many of its cells are written in a way that can be misread; opening it in Excel and saving it again \
                    puts that right"
            .to_owned());
    }
    doubts.padded.settle(&padded, styles, sheet, oddities);
    for suspect in suspects {
        let at = suspect.at.ok_or("a cell has no proper address")?;
        sheet.push(at, Raw::Error(shown_error(&suspect.why)));
        oddities.push(Oddity::UnreadableCell { at: sheet.origin(at), why: suspect.why });
    }
    Ok(())
}

/// The error value that a cell shows, if the reason for looking at it again names one of newer programs.
fn shown_error(why: &str) -> ErrorValue {
    let shown = why.split_once('“').and_then(|(_, rest)| Some(rest.split_once('”')?.0));
    shown.and_then(ErrorValue::from_text).unwrap_or(ErrorValue::Other)
}

/// The merged areas, which follow the cells; one more than are kept if there are more.
fn merged(tail: &[u8]) -> Vec<(CellRef, CellRef)> {
    let Some(from) =
        memchr::memmem::rfind(tail, b"<mergeCells").or_else(|| memchr::memmem::find(tail, b":mergeCells"))
    else {
        return Vec::new();
    };
    let from = memchr::memrchr(b'<', &tail[..=from]).unwrap_or(from);
    let mut reader = quick_xml::Reader::from_reader(&tail[from..]);
    reader.config_mut().check_end_names = false;
    let mut areas = Vec::new();
    let mut buffer = Vec::new();
    while areas.len() <= MAX_MERGED {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(tag) | Event::Empty(tag)) if tag.local_name().as_ref() == "mergeCell" => {
                let area = audit::attribute(&tag, "ref").unwrap_or_default();
                let (first, last) = area.split_once(':').unwrap_or((&area, &area));
                if let (Some(first), Some(last)) = (CellRef::parse(first), CellRef::parse(last)) {
                    areas.push((first, last));
                }
            }
            Ok(Event::End(tag)) if tag.local_name().as_ref() == "mergeCells" => break,
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    areas
}

/// What is wrong with one cell, if the error is one that leaves the rest of the sheet readable.
fn one_cell(why: &XlsxError) -> Option<String> {
    Some(match why {
        XlsxError::CellError(text) => format!("it shows {}", super::cells::quoted(text)),
        XlsxError::ParseFloat(_) => "it is stored as a number and is not one".to_owned(),
        XlsxError::CellTAttribute(_) => "it is of a kind that is not known".to_owned(),
        XlsxError::Unrecognized { val, .. } => {
            format!("it is stored as yes or no and holds {}", super::cells::quoted(val))
        }
        XlsxError::Unexpected(_) => "its text or formula is missing from the file".to_owned(),
        XlsxError::UnexpectedNode("v, f, or is") => "it holds something that is not known".to_owned(),
        _ => return None,
    })
}

/// What calamine met, in plain words.
fn words(why: &XlsxError) -> String {
    match why {
        XlsxError::XmlEof(_) => "it is cut off",
        XlsxError::Xml(_) | XlsxError::XmlAttr(_) | XlsxError::Encoding(_) => "its inner text is damaged",
        XlsxError::Zip(_) | XlsxError::Io(_) => "it cannot be unpacked",
        XlsxError::Alphanumeric(_)
        | XlsxError::NumericColumn(_)
        | XlsxError::RangeWithoutColumnComponent
        | XlsxError::RangeWithoutRowComponent
        | XlsxError::ColumnNumberOverflow
        | XlsxError::RowNumberOverflow
        | XlsxError::DimensionCount(_) => "a cell's address in it is not one",
        XlsxError::NotAWorksheet(_) => "it is not a sheet of cells",
        _ => "it is not built like a sheet",
    }
    .to_owned()
}

//! The notation as grids, and grids as the notation.

use super::cells::Cell;
use super::notation::{File, SheetText};
use jiff::civil::{Date, date};
use quarterday::finding::{Location, OwnFile};
use quarterday::model::{
    CellRef, FileId, FileInfo, FileKind, Oddity, Partner, Places, Raw, Refusal, Sheet, SheetId, Unseen,
    Visibility, Workbook,
};
use std::fmt::Write as _;

/// The grids of a file, or why it could not be read.
pub fn workbook(file: &File, id: FileId) -> Result<Workbook, Refusal> {
    if let Some(why) = &file.refused {
        return Err(refusal(why));
    }
    let kind = file.kind.as_deref().map_or(FileKind::Xlsx, kind);
    let sheets = file
        .sheets
        .iter()
        .zip(0u16..)
        .map(|(sheet, place)| grid(sheet, id, SheetId(place)))
        .collect::<Vec<_>>();
    let noticed = file.oddities.iter().filter(|(what, _)| what != "unseen");
    let oddities = noticed.map(|(what, value)| oddity(what, value, kind, &sheets)).collect();
    let mut workbook = Workbook { sheets, oddities, ..Workbook::new(id, kind) };
    let unseen = file.oddities.iter().filter(|(what, _)| what == "unseen");
    workbook.facts.unseen = unseen.map(|(_, value)| Unseen::Part(value.clone())).collect();
    Ok(workbook)
}

/// Words of `file` lines that stand for what reading noticed.
pub const ODDITIES: [&str; 11] = [
    "unseen",
    "quotation",
    "macros",
    "named",
    "web page",
    "encoding",
    "ragged",
    "other sheet",
    "unreadable sheet",
    "unreadable cell",
    "full",
];

fn oddity(what: &str, value: &str, kind: FileKind, sheets: &[Sheet]) -> Oddity {
    let number = |text: &str| text.parse::<u32>().unwrap_or_else(|_| panic!("{what}: {value}"));
    match what {
        "macros" => Oddity::Macros,
        "named" => Oddity::WrongExtension { named: value.to_owned(), kind },
        "web page" => {
            let (tables, outside) = value.split_once(' ').unwrap_or((value, ""));
            let tables = usize::try_from(number(tables)).expect("a few");
            Oddity::WebPage { tables, words_outside: outside == "outside" }
        }
        "encoding" => Oddity::Encoding("Windows-1252"),
        "ragged" => {
            let (count, first) = value.split_once(' ').unwrap_or((value, "1"));
            Oddity::RaggedRows { count: number(count), first: number(first) - 1 }
        }
        "quotation" => {
            let words: Vec<&str> = value.split(' ').collect();
            let [at, closed, lines] = words.as_slice() else { panic!("{what}: {value}") };
            let at = CellRef::parse(at).unwrap_or_else(|| panic!("{what}: {value}"));
            let (lines, closed) = (number(lines), *closed == "closed");
            Oddity::OpenQuotation { at: sheets[0].origin(at), lines, closed }
        }
        "other sheet" => Oddity::OtherSheet(value.to_owned()),
        "unreadable sheet" => Oddity::UnreadableSheet {
            sheet: value.to_owned(),
            why: "its part of the file is cut short".to_owned(),
        },
        "unreadable cell" => {
            let (at, why) = value.split_once(' ').unwrap_or((value, ""));
            let at = CellRef::parse(at).unwrap_or_else(|| panic!("{what}: {value}"));
            Oddity::UnreadableCell { at: sheets[0].origin(at), why: why.to_owned() }
        }
        _ => {
            let sheet = sheets.iter().find(|sheet| sheet.name == value);
            Oddity::OldFormatFull(sheet.unwrap_or_else(|| panic!("{what}: {value}")).id())
        }
    }
}

fn kind(ending: &str) -> FileKind {
    [
        FileKind::Xlsx,
        FileKind::Xlsm,
        FileKind::Xlsb,
        FileKind::Xls,
        FileKind::Ods,
        FileKind::Csv,
        FileKind::Html,
    ]
    .into_iter()
    .find(|kind| kind.extension() == ending)
    .unwrap_or_else(|| panic!("no kind of file ends in {ending}"))
}

fn refusal(why: &str) -> Refusal {
    match why {
        "password" => Refusal::Password,
        "empty" => Refusal::Empty,
        "no sheets" => Refusal::NoSheets,
        "Word" => Refusal::NotASpreadsheet("a Word document"),
        other => Refusal::Damaged(other.to_owned()),
    }
}

/// The grid of one sheet.
pub fn grid(text: &SheetText, file: FileId, id: SheetId) -> Sheet {
    let mut sheet = Sheet::new(file, id, text.name.as_str());
    sheet.visibility = match (text.hidden, text.very_hidden) {
        (_, true) => Visibility::VeryHidden,
        (true, _) => Visibility::Hidden,
        _ => Visibility::Visible,
    };
    sheet.dates_from_1904 = text.from_1904;
    sheet.merged.clone_from(&text.merged);
    super::marks::apply(&text.marks, &text.cells, &mut sheet.facts);
    for (at, cell) in &text.cells {
        match cell {
            Cell::Formula(formula, value) => {
                sheet.push_formula(*at, formula.as_str());
                match value {
                    Some(value) => push(&mut sheet, *at, value),
                    None => sheet.push(*at, Raw::Uncached),
                }
            }
            cell => push(&mut sheet, *at, cell),
        }
    }
    assert_eq!(sheet.finish(), [], "a cell of the sheet {} is given twice", text.name);
    sheet
}

fn push(sheet: &mut Sheet, at: CellRef, cell: &Cell) {
    sheet.push(
        at,
        match cell {
            Cell::Text(text) => Raw::Text(text),
            Cell::Number(number) => Raw::Number(*number),
            Cell::Date(date) if sheet.dates_from_1904 => Raw::Date(days(*date, MAC_EPOCH)),
            Cell::Date(date) => Raw::Date(serial(*date)),
            Cell::Boolean(value) => Raw::Boolean(*value),
            Cell::Error(error) => Raw::Error(*error),
            Cell::Formula(..) => return,
        },
    );
}

const EPOCH: Date = date(1899, 12, 30);
const MAC_EPOCH: Date = date(1904, 1, 1);

/// The serial number of a day, as a workbook whose dates count from 1900 stores it.
pub fn serial(date: Date) -> f64 {
    days(date, EPOCH)
}

fn days(date: Date, epoch: Date) -> f64 {
    f64::from(date.since(epoch).expect("both days are on the calendar").get_days())
}

/// A sheet's cells in the notation, one line a run of neighbouring cells.
pub fn show(sheet: &Sheet) -> String {
    let mut text = String::new();
    for (_, row) in sheet.rows() {
        let mut last: Option<CellRef> = None;
        for raw in row {
            let follows = last.is_some_and(|last| last.column + 1 == raw.at.column);
            let start = if last.is_none() { "" } else { "\n" };
            let _ = if follows {
                write!(text, " | {}", cell(sheet, raw.at))
            } else {
                write!(text, "{start}{}: {}", raw.at, cell(sheet, raw.at))
            };
            last = Some(raw.at);
        }
        text.push('\n');
    }
    for (first, last) in &sheet.merged {
        let _ = writeln!(text, "merge {first}:{last}");
    }
    text
}

fn cell(sheet: &Sheet, at: CellRef) -> Cell {
    let value = match sheet.value(at) {
        Some(Raw::Text(text) | Raw::IsoDate(text)) => Some(Cell::Text(text.to_owned())),
        Some(Raw::Number(number) | Raw::Duration(number)) => Some(Cell::Number(number)),
        Some(Raw::Date(serial)) => {
            #[allow(clippy::cast_possible_truncation, reason = "whole days of the tests' own dates")]
            let day =
                EPOCH.checked_add(jiff::Span::new().days(serial as i64)).expect("a day of the calendar");
            Some(Cell::Date(day))
        }
        Some(Raw::Boolean(value)) => Some(Cell::Boolean(value)),
        Some(Raw::Error(error)) => Some(Cell::Error(error)),
        Some(Raw::Uncached) | None => None,
    };
    match (sheet.formula(at), value) {
        (Some(formula), value) => Cell::Formula(formula.to_owned(), value.map(Box::new)),
        (None, Some(value)) => value,
        (None, None) => Cell::Text(String::new()),
    }
}

/// The names of files and sheets, as the pipeline keeps them.
pub fn places(files: &[File]) -> Places {
    let info = |file: &File| FileInfo {
        name: file.name.clone(),
        sheets: file.sheets.iter().map(|sheet| sheet.name.clone()).collect(),
        ..FileInfo::default()
    };
    Places { files: files.iter().map(info).collect() }
}

/// A finding's place as expected findings write it.
pub fn place(at: Location, places: &Places, partners: &[Partner]) -> String {
    let code = |id: quarterday::model::PartnerId| {
        partners.get(usize::from(id.0)).map_or("?", |partner| partner.code.as_str())
    };
    match at {
        Location::Cell(origin) => places.show(origin),
        Location::Sheet(file, sheet) => format!("{} › {}", places.file(file), places.sheet(file, sheet)),
        Location::File(file) => places.file(file).to_owned(),
        Location::Plan(partner, line) => format!("plan {line} {}", code(partner)),
        Location::Ledger(line) => format!("ledger {line}"),
        Location::Answer(line) => format!("answer {line}"),
        Location::Own(OwnFile::Settings, line) => format!("round {line}"),
        Location::Own(OwnFile::Plan, line) => format!("plan {line}"),
        Location::Own(OwnFile::PlanBefore, line) => format!("plan before {line}"),
        Location::Own(OwnFile::Recommendations, line) => format!("recommendation {line}"),
        Location::SignOff => "sign-off".to_owned(),
        Location::Partner(partner) => format!("partner {}", code(partner)),
        Location::Returns => "returns".to_owned(),
    }
}

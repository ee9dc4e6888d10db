//! What a case expects: an `expect` block, one planted item a line.
//!
//! `C15 Plan!G7: note = 2014-10-31` says that the catalogue's item C15 stands in that cell, that it is answered at least by
//! a note, and what must end up in the merged table. `says "words"` at the end asks for these words in the answer.
//!
//! | Place | Is |
//! |---|---|
//! | `Plan!G7`, `Plan!G7:G9`, `Plan!8`, `Plan!G` | a cell, an area, a row, a column |
//! | `Plan` | the sheet as a whole |
//! | `file`, `anywhere` | the file as a whole; any place in it |
//! | `partner NHS`, `plan NHS`, `ledger NHS`, `returns` | no place in a file |
//! | `sender` | a partner, a plan row or a ledger line of whoever sent the case's files |
//!
//! Places in another file than the case's first begin with its name and ` › `; ` or ` stands between places that are
//! equally right. The value is looked up at the first cell of the first place.
//!
//! | Class | Is |
//! |---|---|
//! | `read` | nothing above a note |
//! | `note`, `query`, `stop` | a finding of that severity or a higher one |
//! | `note|query` | either of them, and what lies between |
//! | `also` | not planted: a consequence that may be told as well |
//!
//! Values are dates as 2014-10-31, amounts as 4612.00, codes of partners, labels of lists, or text; `blank`; `?` for "no
//! value was used"; `held` for "the row was not merged"; ` or ` stands between values that are equally right.

use quarterday::finding::{Location, Severity};
use quarterday::model::{CellRef, Places};
use quarterday::round::Round;

/// How a planted item may be answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Class {
    Read,
    Note,
    Query,
    Stop,
}

impl Class {
    fn of(word: &str) -> Option<Self> {
        Some(match word {
            "read" => Self::Read,
            "note" => Self::Note,
            "query" => Self::Query,
            "stop" => Self::Stop,
            _ => return None,
        })
    }

    /// The least severity that answers it.
    pub(crate) fn least(self) -> Severity {
        match self {
            Self::Read | Self::Note => Severity::Note,
            Self::Query => Severity::Query,
            Self::Stop => Severity::Error,
        }
    }
}

/// One planted item.
#[derive(Debug, Clone)]
pub(crate) struct Planted {
    /// As it stands in the case up to the class: `C15 Plan!G7`.
    pub(crate) name: String,
    pub(crate) places: Vec<Place>,
    /// The least answer that will do; none for a consequence that may be told as well.
    pub(crate) least: Option<Class>,
    /// The loudest answer that is asked for.
    pub(crate) most: Class,
    pub(crate) value: Option<String>,
    pub(crate) says: Option<String>,
}

/// Where it stands.
#[derive(Debug, Clone)]
pub(crate) enum Place {
    Cells { file: String, sheet: String, first: CellRef, last: CellRef },
    Sheet(String, String),
    File(String),
    Anywhere(String),
    Partner(String),
    Plan(String),
    Ledger(String),
    Returns,
    Sender,
}

/// The planted items of an `expect` block; `first` is the name of the case's first file.
pub(crate) fn read(block: &str, first: &str) -> Vec<Planted> {
    let lines = block.lines().filter(|line| !line.trim().is_empty());
    lines.map(|line| planted(line, first).unwrap_or_else(|| panic!("not understood: {line}"))).collect()
}

fn planted(line: &str, first: &str) -> Option<Planted> {
    let (name, rest) = line.split_once(": ")?;
    let (_, places) = name.split_once(' ')?;
    let (rest, says) = match rest.split_once(" says \"") {
        Some((rest, says)) => (rest, Some(says.trim_end().strip_suffix('"')?.to_lowercase())),
        None => (rest, None),
    };
    let (class, value) = match rest.split_once(" = ") {
        Some((class, value)) => (class, Some(value.trim().to_owned())),
        None => (rest, None),
    };
    let classes: Vec<Class> = match class.trim() {
        "also" => Vec::new(),
        words => words.split('|').map(Class::of).collect::<Option<_>>()?,
    };
    let (least, most) = (classes.iter().min().copied(), classes.iter().max().copied().unwrap_or(Class::Stop));
    let places = places.split(" or ").map(|text| place(text.trim(), first)).collect::<Option<_>>()?;
    Some(Planted { name: name.to_owned(), places, least, most, value, says })
}

fn place(text: &str, first: &str) -> Option<Place> {
    let (file, text) = text.split_once(" › ").unwrap_or((first, text));
    let file = file.to_owned();
    if let Some((sheet, part)) = text.split_once('!') {
        let (first, last) = part.split_once(':').unwrap_or((part, part));
        let (first, last) = (corner(first, false)?, corner(last, true)?);
        return Some(Place::Cells { file, sheet: sheet.to_owned(), first, last });
    }
    Some(match text.split_once(' ') {
        Some(("partner", code)) => Place::Partner(code.to_owned()),
        Some(("plan", code)) => Place::Plan(code.to_owned()),
        Some(("ledger", code)) => Place::Ledger(code.to_owned()),
        _ if text == "returns" => Place::Returns,
        _ if text == "sender" => Place::Sender,
        _ if text == "file" => Place::File(file),
        _ if text == "anywhere" => Place::Anywhere(file),
        _ => Place::Sheet(file, text.to_owned()),
    })
}

/// A cell, or the first or last one of a row or a column.
fn corner(text: &str, last: bool) -> Option<CellRef> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        let row = text.parse::<u32>().ok()? - 1;
        return Some(CellRef::new(row, if last { 16_383 } else { 0 }));
    }
    if text.bytes().all(|byte| byte.is_ascii_uppercase()) {
        let column = CellRef::parse(&format!("{text}1"))?.column;
        return Some(CellRef::new(if last { 1_048_575 } else { 0 }, column));
    }
    CellRef::parse(text)
}

impl Place {
    /// True if a finding's place is this one.
    pub(crate) fn takes(&self, at: Location, places: &Places, round: &Round) -> bool {
        let code = |wanted: &str, id| round.partner(id).code == *wanted;
        match (self, at) {
            (Self::Cells { file, sheet, first, last }, Location::Cell(at)) => {
                places.file(at.file) == file
                    && places.sheet(at.file, at.sheet) == sheet
                    && (first.row..=last.row).contains(&at.cell.row)
                    && (first.column..=last.column).contains(&at.cell.column)
            }
            (Self::Sheet(file, sheet), Location::Sheet(at, id)) => {
                places.file(at) == file && places.sheet(at, id) == sheet
            }
            (Self::File(file), Location::File(at)) => places.file(at) == file,
            (Self::Anywhere(file), at) => at.file().is_some_and(|at| places.file(at) == file),
            (Self::Partner(wanted), Location::Partner(id)) | (Self::Plan(wanted), Location::Plan(id, _)) => {
                code(wanted, id)
            }
            (Self::Ledger(wanted), Location::Ledger(number)) => {
                let line = round.ledger.lines.iter().find(|line| line.line == number);
                line.and_then(|line| line.partner).is_some_and(|id| code(wanted, id))
            }
            (Self::Returns, Location::Returns)
            | (Self::Sender, Location::Partner(_) | Location::Plan(..) | Location::Ledger(_)) => true,
            _ => false,
        }
    }

    /// The first cell as the merged values are kept: `nhs.xlsx › Plan!G7`.
    pub(crate) fn first_cell(&self) -> Option<String> {
        match self {
            Self::Cells { file, sheet, first, .. } => Some(format!("{file} › {sheet}!{first}")),
            _ => None,
        }
    }
}

//! What stands beside the cells of binary workbooks (`.xlsb`): looks, hidden parts, filters, comments, names, links.

use super::about;
use super::attached::{self, MAX_COMMENTS, MAX_LINKS, MAX_NAMES};
use super::beside::MAX_TEXTS;
use super::binary::{Records, WHOLE, u16_at, u32_at, wide};
use super::ooxml::{Outline, clean_name, relations};
use super::package::Package;
use super::scan::Remarkable;
use super::xlsb_rules::{self, Rules};
use crate::model::{
    Area, CellRef, Comment, DefinedName, Filter, Looks, MAX_COLUMNS, MAX_ROWS, Refusal, Rgb, Sheet,
    SheetFacts, Unseen, WorkbookFacts,
};

const COLUMN: u16 = 0x3C;
const ROW: u16 = 0x00;
const RICH_TEXT: u16 = 0x3E;
const FILTER: u16 = 0xA1;
const FILTER_COLUMN: u16 = 0xA3;
const PROTECTION: u16 = 0x217;
const NEWER_PROTECTION: u16 = 0x2A6;
const HEADER_FOOTER: u16 = 0x1DF;
const COMMENT: u16 = 0x27B;
const COMMENT_TEXT: u16 = 0x27D;
const CALCULATION: u16 = 0x9D;
const NAME: u16 = 0x27;
const OTHER_BOOK: u16 = 0x163;
/// Hidden rows and columns that are kept of a sheet, in runs.
const MAX_HIDDEN: usize = 1 << 20;

/// True for records that are cells: of a value, of a formula, of text in several typefaces.
pub(super) const fn is_cell(kind: u16) -> bool {
    matches!(kind, 0x01..=0x0B | RICH_TEXT)
}

/// How many bytes are needed of a record of a sheet: of a cell only where it stands and how it looks.
pub(super) const fn kept(kind: u16) -> u64 {
    match kind {
        ROW | 0x01..=0x0B | RICH_TEXT => 16,
        COLUMN | 0xB0 | FILTER | FILTER_COLUMN | PROTECTION | NEWER_PROTECTION => 64,
        HEADER_FOOTER => WHOLE,
        kind => xlsb_rules::kept(kind),
    }
}

/// What was seen of a sheet as its records went by.
pub(super) struct Seen<'a> {
    known: &'a Remarkable,
    /// The number of each look in `looks`, once it is met.
    numbers: Vec<Option<u16>>,
    looks: Looks,
    hidden_rows: Vec<(u32, u32)>,
    rules: Rules<'a>,
    formulas: bool,
    rich: bool,
    full: bool,
}

impl<'a> Seen<'a> {
    pub(super) fn new(known: &'a Remarkable, fills: &'a [Option<Rgb>]) -> Self {
        Self {
            known,
            numbers: Vec::new(),
            looks: Looks::default(),
            hidden_rows: Vec::new(),
            rules: Rules::new(fills),
            formulas: false,
            rich: false,
            full: false,
        }
    }

    /// Takes in a row's own record.
    pub(super) fn row(&mut self, row: u32, data: &[u8]) {
        if data.get(11).is_none_or(|flags| flags & 0x10 == 0) {
            return;
        }
        let room = self.hidden_rows.len() < MAX_HIDDEN;
        match self.hidden_rows.last_mut() {
            Some((_, last)) if *last + 1 == row => *last = row,
            _ if room => self.hidden_rows.push((row, row)),
            _ => self.full = true,
        }
    }

    /// Takes in how a cell looks.
    pub(super) fn cell(&mut self, kind: u16, row: u32, data: &[u8]) {
        self.formulas |= matches!(kind, 0x08..=0x0B);
        self.rich |= kind == RICH_TEXT;
        let (Some(column), Some(style)) = (u32_at(data, 0), u32_at(data, 4)) else { return };
        let style = (style & 0x00FF_FFFF) as usize;
        let Some(look) = self.known.get(style) else { return };
        let Some(column) = u16::try_from(column).ok().filter(|column| *column < MAX_COLUMNS) else { return };
        if self.numbers.len() <= style {
            self.numbers.resize(style + 1, None);
        }
        let Some(slot) = self.numbers.get_mut(style) else { return };
        let number = *slot.get_or_insert_with(|| self.looks.intern(look));
        self.looks.put(CellRef::new(row, column), number);
    }

    /// Takes in a record that is no cell.
    pub(super) fn step(&mut self, kind: u16, data: &[u8], facts: &mut SheetFacts) {
        match kind {
            COLUMN => self.columns(data, facts),
            PROTECTION => facts.protected |= u32_at(data, 2).is_some_and(|locked| locked != 0),
            NEWER_PROTECTION => facts.protected |= u32_at(data, 4).is_some_and(|locked| locked != 0),
            FILTER => facts.filter = area(data).map(|area| Filter { area, active: false }),
            FILTER_COLUMN => {
                if let Some(filter) = &mut facts.filter {
                    filter.active = true;
                }
            }
            HEADER_FOOTER => {
                let mut rest = data.get(2..).unwrap_or_default();
                while facts.header_footer.len() < MAX_TEXTS && !rest.is_empty() {
                    if u32_at(rest, 0) == Some(u32::MAX) {
                        rest = rest.get(4..).unwrap_or_default();
                    } else if let Some((text, next)) = wide(rest) {
                        facts.header_footer.extend(Some(text).filter(|text| !text.trim().is_empty()));
                        rest = next;
                    } else {
                        break;
                    }
                }
            }
            kind => self.rules.step(kind, data),
        }
    }

    fn columns(&mut self, data: &[u8], facts: &mut SheetFacts) {
        let hidden = u16_at(data, 16).is_some_and(|flags| flags & 1 != 0);
        let place =
            |at| u32_at(data, at).and_then(|column| u16::try_from(column.min(u32::from(MAX_COLUMNS))).ok());
        if let (true, Some(first), Some(last)) = (hidden, place(0), place(4))
            && first < MAX_COLUMNS
        {
            if facts.hidden_columns.len() < usize::from(MAX_COLUMNS) {
                facts.hidden_columns.push((first, last.clamp(first, MAX_COLUMNS - 1)));
            } else {
                self.full = true;
            }
        }
    }

    /// Hands over what was seen, and says what could not be.
    pub(super) fn finish(self, sheet: &mut Sheet, unseen: &mut Vec<Unseen>) {
        let mut miss = |what: &str| unseen.push(Unseen::Part(format!("{what} of the sheet {}", sheet.name)));
        if self.looks.is_full() {
            miss("some of the formats");
        }
        if self.full {
            miss("some of the hidden rows or columns");
        }
        if self.formulas {
            miss("formulas");
        }
        if self.rich {
            miss("words that are crossed out inside texts");
        }
        let facts = &mut sheet.facts;
        facts.looks = self.looks;
        facts.hidden_rows = self.hidden_rows;
        facts.hidden_rows.sort_unstable();
        facts.hidden_columns.sort_unstable();
        self.rules.finish(facts, miss);
    }
}

/// First and last cell of an area.
pub(super) fn area(data: &[u8]) -> Option<Area> {
    let cell = |row, column| {
        let (row, column) = (u32_at(data, row)?, u16::try_from(u32_at(data, column)?).ok()?);
        (row < MAX_ROWS && column < MAX_COLUMNS).then(|| CellRef::new(row, column))
    };
    Some((cell(0, 8)?, cell(4, 12)?))
}

/// Reads the comments of a sheet from their own part.
pub(super) fn comments(package: &Package<'_>, part: &str, facts: &mut SheetFacts) -> Result<(), Refusal> {
    let Some(bytes) = package.read(part)? else { return Ok(()) };
    let mut records = Records::new(bytes.as_slice());
    let mut at = None;
    while let Some(kind) = records.next(|_| WHOLE).map_err(|_| cut())? {
        let data = records.data.as_slice();
        match kind {
            _ if facts.comments.len() >= MAX_COMMENTS => break,
            COMMENT => at = data.get(4..).and_then(area).map(|(first, _)| first),
            COMMENT_TEXT => {
                if let (Some(at), Some((text, _))) = (at.take(), data.get(1..).and_then(wide)) {
                    let text = attached::clean(&text);
                    facts.comments.push(Comment { at, text, threaded: false, ours: false });
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// Reads the filter of a table that lies on a sheet; one with a condition is kept, for it may hide rows.
pub(super) fn table(package: &Package<'_>, part: &str, facts: &mut SheetFacts) -> Result<(), Refusal> {
    let Some(bytes) = package.read(part)? else { return Ok(()) };
    let mut records = Records::new(bytes.as_slice());
    let mut found = None;
    while let Some(kind) = records.next(|_| 64).map_err(|_| cut())? {
        match kind {
            FILTER => found = area(&records.data),
            FILTER_COLUMN => {
                if let Some(area) = found.take().filter(|_| facts.filter.is_none_or(|filter| !filter.active))
                {
                    facts.filter = Some(Filter { area, active: true });
                }
            }
            _ => {}
        }
    }
    Ok(())
}

fn cut() -> Refusal {
    Refusal::Damaged("a part beside its cells is cut off".to_owned())
}

/// Reads what belongs to the whole workbook.
pub(super) fn workbook(package: &Package<'_>, outline: &Outline) -> WorkbookFacts {
    let mut facts = WorkbookFacts::default();
    if main(package, outline, &mut facts).is_err() {
        facts.unseen.push(Unseen::Part("defined names of the workbook".to_owned()));
    }
    if !facts.names.is_empty() {
        facts.unseen.push(Unseen::Kind("what defined names stand for"));
    }
    if facts.names.len() >= MAX_NAMES || facts.links.len() >= MAX_LINKS {
        facts.unseen.push(Unseen::Part("some of the defined names or links of the workbook".to_owned()));
    }
    about::about(package, &mut facts);
    facts
}

fn main(package: &Package<'_>, outline: &Outline, facts: &mut WorkbookFacts) -> Result<(), Refusal> {
    let relations = relations(package, &outline.document)?.unwrap_or_default();
    let bytes = package.read(&outline.document)?.unwrap_or_default();
    let mut records = Records::new(bytes.as_slice());
    while let Some(kind) = records.next(|_| WHOLE).map_err(|_| cut())? {
        let data = records.data.as_slice();
        match kind {
            CALCULATION => facts.manual_calculation = u32_at(data, 4) == Some(0),
            NAME if facts.names.len() < MAX_NAMES => {
                let sheet = u32_at(data, 5).and_then(|sheet| outline.tabs.get(sheet as usize));
                if let Some((name, _)) = data.get(9..).and_then(wide) {
                    facts.names.push(DefinedName {
                        name: clean_name(&name),
                        sheet: sheet.map(|tab| clean_name(&tab.name)),
                        refers_to: String::new(),
                    });
                }
            }
            OTHER_BOOK if facts.links.len() < MAX_LINKS => {
                let target = wide(data).and_then(|(id, _)| relations.get(&id));
                let link = target.and_then(|relation| attached::link(package, &relation.target));
                facts.links.push(link.unwrap_or_else(|| "another workbook".to_owned()));
            }
            _ => {}
        }
    }
    Ok(())
}

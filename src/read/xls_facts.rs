//! What an Excel 97–2003 workbook hides and how its cells look, from its own records, which calamine does not show.
//!
//! Source of the layouts: the published description of the binary format (MS-XLS), version 8.

use super::beside::MAX_TEXTS;
use super::biff::{Records, letters, u16_at};
use super::scan::Remarkable;
use super::styles::indexed;
use super::xls_drawn::Drawn;
use super::xls_rules::Rules;
use crate::model::{Area, CellRef, Filter, Look, Rgb, Sheet, Shown, SymbolFont, Unseen, WorkbookFacts};
use std::collections::BTreeMap;
use std::rc::Rc;

const MAX_FONTS: usize = 4_096;
const MAX_FORMATS: usize = 65_536;
const EOF: u16 = 0x000A;
const BOF: u16 = 0x0809;

/// The formats of a workbook.
#[derive(Default)]
pub(super) struct Formats {
    remarkable: Rc<Remarkable>,
    palette: Vec<Rgb>,
    /// True for the version of Excel 97 and those after it.
    newest: bool,
}

impl Formats {
    fn colour(&self, number: u32) -> Option<Rgb> {
        let own = number.checked_sub(8).and_then(|place| self.palette.get(place as usize).copied());
        own.or_else(|| indexed(number))
    }
}

#[derive(Default)]
struct Pass {
    fonts: Vec<(Option<SymbolFont>, bool)>,
    codes: BTreeMap<u16, Shown>,
    palette: Vec<Rgb>,
    /// Font, number format, and colour number if the fill is solid.
    cells: Vec<(u16, u16, Option<u32>)>,
}

/// Reads the formats in front of the sheets.
pub(super) fn formats(stream: &[u8], facts: &mut WorkbookFacts) -> Formats {
    let mut records = Records::new(stream, 0);
    let mut pass = Pass::default();
    let mut version = None;
    while let Some((kind, data)) = records.content() {
        match kind {
            BOF if version.is_none() => version = u16_at(data, 0),
            EOF => break,
            0x000D => facts.manual_calculation = u16_at(data, 0) == Some(0),
            _ if version == Some(0x0600) => pass.step(kind, data),
            _ => {}
        }
    }
    if version != Some(0x0600) {
        facts.unseen.push(Unseen::Kind("colours, typefaces and number formats of cells"));
    }
    if pass.has_struck_words() {
        facts.unseen.push(Unseen::Part("words that are crossed out inside texts".to_owned()));
    }
    let palette = std::mem::take(&mut pass.palette);
    let mut formats = Formats { palette, newest: version == Some(0x0600), remarkable: Rc::default() };
    formats.remarkable = Remarkable::new(&pass.finish(&formats));
    formats
}

impl Pass {
    fn step(&mut self, kind: u16, data: &[u8]) {
        match kind {
            0x0031 if self.fonts.len() < MAX_FONTS => {
                let struck = u16_at(data, 2).is_some_and(|flags| flags & 8 != 0);
                let name = data.get(14).and_then(|length| letters(data.get(15..)?, usize::from(*length)));
                self.fonts.push((name.and_then(|(name, _)| SymbolFont::named(&name)), struck));
            }
            0x041E if self.codes.len() < MAX_FORMATS => {
                let code = u16_at(data, 2).and_then(|length| letters(data.get(4..)?, usize::from(length)));
                if let (Some(number), Some((code, _))) = (u16_at(data, 0), code) {
                    self.codes.insert(number, Shown::of_code(&code));
                }
            }
            0x0092 => {
                let colours = data.get(2..).unwrap_or_default().chunks_exact(4).take(56);
                self.palette = colours.map(|part| Rgb([part[0], part[1], part[2]])).collect();
            }
            0x00E0 if self.cells.len() < MAX_FORMATS => {
                let pattern = data.get(17).map_or(0, |byte| byte >> 2);
                let colour = u16_at(data, 18).map(|colours| u32::from(colours & 0x7F));
                let fill = colour.filter(|_| pattern == 1);
                self.cells.push((u16_at(data, 0).unwrap_or(0), u16_at(data, 2).unwrap_or(0), fill));
            }
            _ => {}
        }
    }

    /// The place of a font in the list: there is none of number 4.
    fn place(font: u16) -> usize {
        usize::from(if font > 4 { font - 1 } else { font })
    }

    /// True if a typeface is crossed out that no cell has as a whole, so that some words inside a text will have it.
    fn has_struck_words(&self) -> bool {
        let used = |at: usize| self.cells.iter().any(|(font, ..)| Self::place(*font) == at);
        self.fonts.iter().enumerate().any(|(at, (_, struck))| *struck && !used(at))
    }

    fn finish(self, formats: &Formats) -> Vec<Look> {
        let looks = self.cells.iter().map(|&(font, format, fill)| {
            let (symbols, struck) = self.fonts.get(Self::place(font)).copied().unwrap_or_default();
            let shown = self.codes.get(&format).copied().or_else(|| Shown::of_number(format.into()));
            let fill = fill.and_then(|number| formats.colour(number));
            Look { fill, symbols, struck, shown: shown.unwrap_or_default() }
        });
        looks.collect()
    }
}

/// Reads what a sheet hides and how its cells look; `start` is where its records begin, `filter` the area of its filter.
/// Gives what could not be seen.
pub(super) fn sheet(
    stream: &[u8],
    start: usize,
    formats: &Formats,
    filter: Option<Area>,
    sheet: &mut Sheet,
) -> Vec<Unseen> {
    let mut records = Records::new(stream, start);
    let (mut depth, mut active) = (0, false);
    let (mut drawn, mut rules) = (Drawn::default(), Rules::default());
    while let Some((kind, data)) = records.content() {
        match kind {
            BOF => depth += 1,
            EOF if depth <= 1 => break,
            EOF => depth -= 1,
            _ if depth > 1 => {}
            0x009B => active = true,
            0x0014 | 0x0015 => sheet.facts.header_footer.extend(page_text(data, formats.newest)),
            _ => {
                rules.step(kind, data, |number| formats.colour(number));
                drawn.step(kind, data, &mut records, formats.newest);
                step(kind, data, formats, sheet);
            }
        }
    }
    let facts = &mut sheet.facts;
    facts.hidden_rows.sort_unstable();
    facts.hidden_columns.sort_unstable();
    facts.header_footer.truncate(MAX_TEXTS);
    facts.filter = filter.map(|area| Filter { area, active });
    let lost = drawn.finish(facts);
    let (rules, newer) = rules.finish();
    facts.rules = rules;
    let unseen = [
        (newer, "some of the colour rules"),
        (lost, "words of some of the comments or text boxes"),
        (active && facts.filter.is_none(), "filter"),
    ];
    let told = |what: &str| Unseen::Part(format!("{what} of the sheet {}", sheet.name));
    unseen.iter().filter(|(is_so, _)| *is_so).map(|(_, what)| told(what)).collect()
}

/// The text at the head or foot of printed pages.
fn page_text(data: &[u8], newest: bool) -> Option<String> {
    let text = if newest {
        letters(data.get(2..)?, usize::from(u16_at(data, 0)?))?.0
    } else {
        data.get(1..)?.iter().map(|byte| char::from(*byte)).collect()
    };
    (!text.trim().is_empty()).then_some(text)
}

fn step(kind: u16, data: &[u8], formats: &Formats, sheet: &mut Sheet) {
    if kind == 0x0012 {
        sheet.facts.protected = u16_at(data, 0).is_some_and(|flag| flag != 0);
        return;
    }
    let (Some(first), Some(second)) = (u16_at(data, 0), u16_at(data, 2)) else {
        return;
    };
    let facts = &mut sheet.facts;
    match kind {
        // Columns: first, last, width, format, flags.
        0x007D if u16_at(data, 8).is_some_and(|flags| flags & 1 != 0) && first < 256 => {
            facts.hidden_columns.push((first, second.clamp(first, 255)));
        }
        0x0208 if u16_at(data, 12).is_some_and(|flags| flags & 0x20 != 0) => {
            let row = u32::from(first);
            match facts.hidden_rows.last_mut() {
                Some((_, last)) if *last + 1 == row => *last = row,
                _ => facts.hidden_rows.push((row, row)),
            }
        }
        0x0201 | 0x0203 | 0x0204 | 0x00D6 | 0x027E | 0x00FD | 0x0205 | 0x0006 => {
            put(sheet, formats, first, second, u16_at(data, 4));
        }
        // Several cells of one row: formats with numbers between them, or formats alone.
        0x00BD | 0x00BE => {
            let step = if kind == 0x00BD { 6 } else { 2 };
            let cells = data.get(4..data.len().saturating_sub(2)).unwrap_or_default().chunks_exact(step);
            for (column, cell) in (second..256).zip(cells) {
                put(sheet, formats, first, column, u16_at(cell, 0));
            }
        }
        _ => {}
    }
}

fn put(sheet: &mut Sheet, formats: &Formats, row: u16, column: u16, format: Option<u16>) {
    if let Some(look) = format.and_then(|format| formats.remarkable.get(format.into()))
        && column < 256
    {
        sheet.facts.looks.set(CellRef::new(row.into(), column), look);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{FileId, SheetId};
    use crate::read::biff::record;
    use proptest::prelude::*;

    fn book() -> Vec<u8> {
        let mut xf = [0u8; 20];
        xf[2..4].copy_from_slice(&16u16.to_le_bytes());
        let mut red = [0u8; 20];
        red[17] = 1 << 2;
        red[18] = 10;
        [
            record(BOF, &[0, 6, 5, 0]),
            record(0x00E0, &[0; 20]),
            record(0x00E0, &xf),
            record(0x00E0, &red),
            record(EOF, &[]),
            record(BOF, &[0, 6, 16, 0]),
            record(0x007D, &[8, 0, 8, 0, 0, 0, 0, 0, 1, 0]),
            record(0x0208, &[13, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x20, 0]),
            record(0x0203, &[11, 0, 4, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
            record(0x00BE, &[2, 0, 1, 0, 2, 0, 2, 0, 2, 0]),
            record(0x001C, &[3, 0, 2, 0, 0, 0, 1, 0]),
            record(0x0014, b"\x05\0\0&CBPQ"),
            record(0x009B, &[]),
            record(0x0012, &[1, 0]),
            record(EOF, &[]),
        ]
        .concat()
    }

    fn read(bytes: &[u8]) -> (Sheet, Vec<Unseen>) {
        let formats = formats(bytes, &mut WorkbookFacts::default());
        let mut read = Sheet::new(FileId(0), SheetId(0), "Plan");
        let start = bytes.len().min(84);
        let area = (CellRef::new(1, 0), CellRef::new(9, 3));
        let unseen = sheet(bytes, start, &formats, Some(area), &mut read);
        (read, unseen)
    }

    #[test]
    fn records_say_what_is_hidden_and_how_cells_look() {
        let (sheet, unseen) = read(&book());
        assert_eq!(sheet.facts.hidden_columns, [(8, 8)]);
        assert_eq!(sheet.facts.hidden_rows, [(13, 13)]);
        assert_eq!(sheet.look(CellRef::new(11, 4)).shown, Shown::DayMonth);
        assert_eq!(sheet.look(CellRef::new(2, 2)).fill, Some(Rgb::new(0xFF_00_00)));
        assert_eq!(sheet.facts.comments.len(), 1);
        assert!(sheet.facts.protected);
        assert_eq!(sheet.facts.header_footer, ["&CBPQ"]);
        assert!(sheet.facts.filter.is_some_and(|filter| filter.active));
        let words = |unseen: &Unseen| matches!(unseen, Unseen::Part(what) if what.starts_with("words of some of the comments"));
        assert!(matches!(unseen.as_slice(), [only] if words(only)), "{unseen:?}");
    }

    proptest! {
        #[test]
        fn damage_stops_nothing(at in 0usize..200, byte: u8, cut in 0usize..260) {
            let mut bytes = book();
            if let Some(place) = bytes.get_mut(at) {
                *place = byte;
            }
            bytes.truncate(cut);
            read(&bytes);
        }
    }
}

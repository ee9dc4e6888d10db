//! What an Excel 97–2003 workbook says of the whole of itself: defined names, other workbooks, properties.

use super::about::MAX_PROPERTIES;
use super::attached::{MAX_LINKS, MAX_NAMES, clean};
use super::biff::{Records, letters, u16_at, u32_at, wide};
use super::compound::Compound;
use super::ooxml::clean_name;
use crate::model::{About, Area, CellRef, DefinedName, Unseen, WorkbookFacts};
use std::collections::BTreeMap;
use std::fmt::Write as _;

const EOF: u16 = 0x000A;
const NAME: u16 = 0x0018;
const SHEET_RANGES: u16 = 0x0017;
const OTHER_BOOK: u16 = 0x01AE;
/// How the area of a filter is called, as a name that programs give.
const FILTER: char = '\u{0D}';
/// Bytes of a text of the properties that are read.
const MAX_PROPERTY: usize = 64 << 10;

/// Reads names and links from the records before the sheets, whose names are `sheets`. Gives the areas of filters, by the
/// place of their sheet.
pub(super) fn names(stream: &[u8], sheets: &[String], facts: &mut WorkbookFacts) -> BTreeMap<usize, Area> {
    let mut links = Links::default();
    let mut names = Vec::new();
    let mut records = Records::new(stream, 0);
    while let Some((kind, data)) = records.content() {
        match kind {
            EOF => break,
            OTHER_BOOK => links.book(data, facts),
            SHEET_RANGES => links.ranges = data.get(2..).unwrap_or_default().to_vec(),
            NAME if names.len() < MAX_NAMES => names.push(data),
            _ => {}
        }
    }
    if names.len() >= MAX_NAMES || facts.links.len() >= MAX_LINKS {
        facts.unseen.push(Unseen::Part("some of the defined names or links of the workbook".to_owned()));
    }
    let mut filters = BTreeMap::new();
    for data in names {
        let Some(name) = Name::read(data) else { continue };
        if !name.by_program {
            let refers_to = refers_to(name.formula, &links, sheets).unwrap_or_default();
            let sheet = name.sheet.and_then(|at| sheets.get(at)).cloned();
            facts.names.push(DefinedName { name: clean_name(&name.words), sheet, refers_to });
        } else if let (true, Some(at), Some((_, area))) =
            (name.words.starts_with(FILTER), name.sheet, area(name.formula))
        {
            filters.insert(at, area);
        }
    }
    filters
}

/// Other workbooks, and how the numbers in formulas lead to sheets.
#[derive(Default)]
struct Links {
    /// For each workbook, whether it is this one.
    own: Vec<bool>,
    /// Six bytes each: the workbook, the first and the last sheet.
    ranges: Vec<u8>,
}

impl Links {
    fn book(&mut self, data: &[u8], facts: &mut WorkbookFacts) {
        const OWN: u16 = 0x0401;
        const ADD_IN: u16 = 0x3A01;
        let length = u16_at(data, 2).unwrap_or(OWN);
        self.own.push(length == OWN);
        if matches!(length, OWN | ADD_IN) || facts.links.len() >= MAX_LINKS {
            return;
        }
        let path = data.get(4..).and_then(|data| letters(data, usize::from(length)));
        // Folders are parted by signs that do not show.
        let file = path.and_then(|(path, _)| {
            path.rsplit(|letter: char| letter.is_control() || "/\\".contains(letter)).next().map(clean_name)
        });
        let file = file.map(|file| file.replace(['[', ']'], "")).filter(|file| !file.is_empty());
        facts.links.push(file.unwrap_or_else(|| "another workbook".to_owned()));
    }

    /// The place of the sheet of this workbook that a number in a formula leads to.
    fn sheet(&self, number: u16) -> Option<usize> {
        let range = self.ranges.get(6 * usize::from(number)..)?;
        let own = self.own.get(usize::from(u16_at(range, 0)?))?;
        let (first, last) = (u16_at(range, 2)?, u16_at(range, 4)?);
        (*own && first == last).then_some(usize::from(first))
    }
}

struct Name<'a> {
    words: String,
    /// True for one that programs give by themselves, such as a print area.
    by_program: bool,
    /// The place of its sheet, if it is not the whole workbook's.
    sheet: Option<usize>,
    formula: &'a [u8],
}

impl<'a> Name<'a> {
    fn read(data: &'a [u8]) -> Option<Self> {
        let (name, formula) = letters(data.get(14..)?, usize::from(*data.get(3)?))?;
        let by_program = u16_at(data, 0)? & 0x20 != 0 || name.is_empty() || name.starts_with("_xlnm");
        let sheet = usize::from(u16_at(data, 8)?).checked_sub(1);
        let formula = formula.get(..usize::from(u16_at(data, 4)?))?;
        Some(Self { words: name, by_program, sheet, formula })
    }
}

/// The area that a formula is, and the number of its sheet.
fn area(formula: &[u8]) -> Option<(u16, Area)> {
    let (kind, rest) = formula.split_first()?;
    let place = |row, column| {
        let column = u16_at(rest, column)? & 0x3FFF;
        (column < 256).then_some(CellRef::new(u16_at(rest, row)?.into(), column))
    };
    let (cells, length) = match kind {
        0x3A | 0x5A | 0x7A => ((place(2, 4)?, place(2, 4)?), 6),
        0x3B | 0x5B | 0x7B => ((place(2, 6)?, place(4, 8)?), 10),
        _ => return None,
    };
    (rest.len() == length).then_some((u16_at(rest, 0)?, cells))
}

/// What a name stands for, if that is an area of this workbook, a number or a text.
fn refers_to(formula: &[u8], links: &Links, sheets: &[String]) -> Option<String> {
    if let Some((number, (first, last))) = area(formula) {
        let sheet = sheets.get(links.sheet(number)?)?;
        let mut words = format!("'{}'!{first}", sheet.replace('\'', "''"));
        if first != last {
            let _ = write!(words, ":{last}");
        }
        return Some(words);
    }
    super::xls_rules::typed(formula)
}

/// Reads what the workbook says of itself; such a stream that cannot be made out is told.
pub(super) fn about(compound: &Compound<'_>, facts: &mut WorkbookFacts) {
    for (stream, set) in [("\u{5}SummaryInformation", SUMMARY), ("\u{5}DocumentSummaryInformation", DOCUMENT)]
    {
        if !compound.has(stream) {
            continue;
        }
        let read = compound.stream(stream).and_then(|bytes| properties(&bytes, set, &mut facts.about));
        if read.is_none() {
            facts.unseen.push(Unseen::Part("properties of the workbook".to_owned()));
        }
    }
}

/// A property of the published sets: its number, and where it is put.
type Known = (u32, fn(&mut About, String));

const SUMMARY: &[Known] = &[
    (0x02, |about, text| about.title = Some(text)),
    (0x03, |about, text| about.others.push(("subject".to_owned(), text))),
    (0x04, |about, text| about.creator = Some(text)),
    (0x05, |about, text| about.others.push(("keywords".to_owned(), text))),
    (0x06, |about, text| about.others.push(("description".to_owned(), text))),
    (0x08, |about, text| about.last_modified_by = Some(text)),
    (0x0C, |about, text| about.created = Some(text)),
    (0x0D, |about, text| about.modified = Some(text)),
    (0x12, |about, text| about.saved_by = Some(text)),
];

const DOCUMENT: &[Known] = &[
    (0x02, |about, text| about.others.push(("category".to_owned(), text))),
    (0x0E, |about, text| about.others.push(("Manager".to_owned(), text))),
    (0x0F, |about, text| about.company = Some(text)),
    (0x17, |about, text| about.saved_by = about.saved_by.take().map(|program| format!("{program} {text}"))),
];

/// Reads a stream of property sets: the first is of the known kind, the second holds what people add.
fn properties(bytes: &[u8], known: &[Known], about: &mut About) -> Option<()> {
    let sets = u32_at(bytes, 24)?.min(2) as usize;
    for set in 0..sets {
        let start = u32_at(bytes, 28 + 20 * set + 16)? as usize;
        let set_bytes = bytes.get(start..)?;
        let count = u32_at(set_bytes, 4)?.min(u32::try_from(MAX_PROPERTIES).unwrap_or(0));
        let entries = (0..count as usize).map_while(|at| {
            let entry = 8 + 8 * at;
            Some((u32_at(set_bytes, entry)?, set_bytes.get(u32_at(set_bytes, entry + 4)? as usize..)?))
        });
        let entries: Vec<(u32, &[u8])> = entries.collect();
        let value = |number| entries.iter().find(|(found, _)| *found == number).map(|(_, value)| *value);
        let utf8 = value(1).and_then(|value| u16_at(value, 4)) == Some(65_001);
        if set == 0 {
            for (number, put) in known {
                if let Some(text) = value(*number).and_then(|value| text(value, utf8)) {
                    put(about, text);
                }
            }
        } else if let Some(dictionary) = value(0) {
            for (number, name) in own_names(dictionary, utf8) {
                if let Some(text) = value(number).and_then(|value| text(value, utf8)) {
                    about.others.push((name, text));
                }
            }
        }
    }
    Some(())
}

/// The names that people gave to properties, with their numbers; they are of one byte a letter.
fn own_names(dictionary: &[u8], utf8: bool) -> Vec<(u32, String)> {
    let count = u32_at(dictionary, 0).unwrap_or(0).min(u32::try_from(MAX_PROPERTIES).unwrap_or(0));
    let mut rest = dictionary.get(4..).unwrap_or_default();
    let mut names = Vec::new();
    for _ in 0..count {
        let (Some(number), Some(length)) = (u32_at(rest, 0), u32_at(rest, 4)) else { break };
        let Some((letters, behind)) = rest.get(8..).and_then(|rest| rest.split_at_checked(length as usize))
        else {
            break;
        };
        names.push((number, clean_name(&narrow(letters, utf8))));
        rest = behind;
    }
    names
}

fn narrow(letters: &[u8], utf8: bool) -> String {
    let end = letters.iter().position(|byte| *byte == 0).unwrap_or(letters.len());
    let encoding = if utf8 { encoding_rs::UTF_8 } else { encoding_rs::WINDOWS_1252 };
    encoding.decode_without_bom_handling(&letters[..end]).0.into_owned()
}

/// The value of a property as text; `None` if it is empty or of a kind that says nothing to people.
fn text(value: &[u8], utf8: bool) -> Option<String> {
    let length = (u32_at(value, 4)? as usize).min(MAX_PROPERTY);
    let text = match u32_at(value, 0)? & 0xFFFF {
        0x1E => narrow(value.get(8..8 + length)?, utf8),
        0x1F => wide(value.get(8..8 + 2 * length)?).trim_end_matches('\0').to_owned(),
        0x40 => time(value)?,
        // A version: the part before the point is the higher half.
        0x03 => format!("{}.{:04}", u32_at(value, 4)? >> 16, u32_at(value, 4)? & 0xFFFF),
        _ => return None,
    };
    let text = clean(&text);
    (!text.is_empty()).then_some(text)
}

/// A time that is counted in steps of a ten-millionth of a second from the year 1601 on.
fn time(value: &[u8]) -> Option<String> {
    let steps = u64::from(u32_at(value, 8)?) << 32 | u64::from(u32_at(value, 4)?);
    let seconds = i64::try_from(steps / 10_000_000).ok()?.checked_sub(11_644_473_600)?;
    if steps == 0 {
        return None;
    }
    Some(jiff::Timestamp::from_second(seconds).ok()?.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::biff::record;
    use proptest::prelude::*;

    fn name(flags: u16, name: &str, sheet: u16, formula: &[u8]) -> Vec<u8> {
        let mut data = flags.to_le_bytes().to_vec();
        data.extend([0, u8::try_from(name.len()).expect("short")]);
        data.extend(u16::try_from(formula.len()).expect("short").to_le_bytes());
        data.extend([0, 0]);
        data.extend(sheet.to_le_bytes());
        data.extend([0; 4]);
        data.push(0);
        data.extend(name.as_bytes());
        data.extend(formula);
        record(NAME, &data)
    }

    fn book() -> Vec<u8> {
        let area = [0x3B, 0, 0, 1, 0, 9, 0, 0, 0, 3, 0];
        [
            record(OTHER_BOOK, &[2, 0, 1, 4]),
            record(OTHER_BOOK, &[[1, 0, 13, 0, 0].as_slice(), b"\x01\x01SFin\x03a.xls "].concat()),
            record(SHEET_RANGES, &[1, 0, 0, 0, 1, 0, 1, 0]),
            name(0, "Spent", 0, &area),
            name(0, "Rate", 1, &[0x1E, 20, 0]),
            name(0x20, "\u{0D}", 2, &area),
            record(EOF, &[]),
        ]
        .concat()
    }

    fn read(bytes: &[u8]) -> (WorkbookFacts, BTreeMap<usize, Area>) {
        let mut facts = WorkbookFacts::default();
        let filters = names(bytes, &["Plan".to_owned(), "Council's money".to_owned()], &mut facts);
        (facts, filters)
    }

    #[test]
    fn names_links_and_filters_are_read() {
        let (facts, filters) = read(&book());
        let names: Vec<(&str, Option<&str>, &str)> = facts
            .names
            .iter()
            .map(|name| (name.name.as_str(), name.sheet.as_deref(), name.refers_to.as_str()))
            .collect();
        assert_eq!(names, [("Spent", None, "'Council''s money'!A2:D10"), ("Rate", Some("Plan"), "20")]);
        assert_eq!(facts.links, ["a.xls "]);
        assert_eq!(filters, BTreeMap::from([(1, (CellRef::new(1, 0), CellRef::new(9, 3)))]));
    }

    /// A stream with one set of known properties and one of a person's own.
    fn set() -> Vec<u8> {
        let text = |words: &str| {
            let mut value = 0x1Eu32.to_le_bytes().to_vec();
            value.extend(u32::try_from(words.len() + 1).expect("short").to_le_bytes());
            value.extend(words.as_bytes());
            value.push(0);
            value.resize(value.len().next_multiple_of(4), 0);
            value
        };
        let set = |values: &[(u32, Vec<u8>)]| {
            let mut offset = 8 + 8 * u32::try_from(values.len()).expect("few");
            let mut head = Vec::new();
            let mut body = Vec::new();
            for (number, value) in values {
                head.extend(number.to_le_bytes());
                head.extend(offset.to_le_bytes());
                offset += u32::try_from(value.len()).expect("short");
                body.extend(value);
            }
            [
                &offset.to_le_bytes()[..],
                &u32::try_from(values.len()).expect("few").to_le_bytes(),
                &head,
                &body,
            ]
            .concat()
        };
        let mut when = 0x40u32.to_le_bytes().to_vec();
        when.extend((13_000_000_000u64 * 10_000_000).to_le_bytes());
        let first =
            set(&[(2, text("Plan")), (4, text("Business Unit")), (0x0C, when), (0x12, text("Excel"))]);
        let mut dictionary = [1u32, 2, 6].map(u32::to_le_bytes).concat();
        dictionary.extend(b"Board\0\0\0");
        let second = set(&[(0, dictionary), (2, text("HSCB"))]);
        let mut bytes = vec![0; 24];
        bytes.extend(2u32.to_le_bytes());
        for start in [68, 68 + first.len()] {
            bytes.extend([0; 16]);
            bytes.extend(u32::try_from(start).expect("short").to_le_bytes());
        }
        [bytes, first, second].concat()
    }

    #[test]
    fn properties_are_read() {
        let mut about = About::default();
        properties(&set(), SUMMARY, &mut about).expect("it is whole");
        assert_eq!(about.title.as_deref(), Some("Plan"));
        assert_eq!(about.creator.as_deref(), Some("Business Unit"));
        assert_eq!(about.saved_by.as_deref(), Some("Excel"));
        assert_eq!(about.created.as_deref(), Some("2012-12-14T23:06:40Z"));
        assert_eq!(about.others, [("Board".to_owned(), "HSCB".to_owned())]);
    }

    proptest! {
        #[test]
        fn damage_stops_nothing(at in 0usize..400, byte: u8, cut in 0usize..400) {
            for mut bytes in [book(), set()] {
                if let Some(place) = bytes.get_mut(at) {
                    *place = byte;
                }
                bytes.truncate(cut);
                read(&bytes);
                properties(&bytes, SUMMARY, &mut About::default());
            }
        }
    }
}

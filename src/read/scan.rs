//! Formats and hidden rows of a sheet, found in the bytes that calamine is being given: no part is unpacked twice.
//!
//! Only what looks different from plain is kept, as runs down a column; a cell of a plain format costs one search.

use super::audit::attribute;
use crate::model::{CellRef, HIGHLIGHT, Look, Looks, MAX_COLUMNS, MAX_ROWS, Shown};
use memchr::memmem::Finder;
use quick_xml::events::Event;
use std::io::BufRead;
use std::rc::Rc;

/// Cells whose format the file does not have; more are not kept.
const MAX_STRAY: usize = 1_000;
/// A tag is never longer; a longer one is passed over.
const LONGEST_TAG: usize = 4_096;

/// The formats of a workbook that matter, by their number.
#[derive(Debug, Default)]
pub(super) struct Remarkable {
    looks: Vec<Option<Look>>,
}

impl Remarkable {
    /// Picks from all formats those that change what a cell means.
    pub(super) fn new(cells: &[Look]) -> Rc<Self> {
        Rc::new(Self { looks: cells.iter().map(remarkable).collect() })
    }

    /// The look of this number, if it matters.
    pub(super) fn get(&self, number: usize) -> Option<Look> {
        self.looks.get(number).copied().flatten()
    }
}

/// What of a look changes what a cell means; `None` if nothing does.
pub(super) fn remarkable(look: &Look) -> Option<Look> {
    let shown = match look.shown {
        Shown::Date | Shown::Time | Shown::Text | Shown::Other => Shown::General,
        shown => shown,
    };
    // Our own mark on a cell says nothing of its value, whichever program saved it since.
    let fill = look.fill.filter(|fill| !fill.is_white() && *fill != HIGHLIGHT);
    let look = Look { fill, shown, ..*look };
    (look != Look::default()).then_some(look)
}

/// What was found in one sheet.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) looks: Looks,
    /// Hidden rows in the order of the file.
    pub(super) hidden_rows: Vec<(u32, u32)>,
    /// Cells whose format the file does not have.
    pub(super) stray: Vec<CellRef>,
    /// True if the beginning of the cells was seen, in the usual dialect.
    pub(super) begun: bool,
    /// True if a cell or hidden row does not say where it stands, so that a slower look is needed.
    pub(super) implicit: bool,
}

/// Looks at a sheet's bytes as they go by.
pub(super) struct Scan {
    known: Rc<Remarkable>,
    numbers: Vec<Option<u16>>,
    cell: Finder<'static>,
    hidden: Finder<'static>,
    found: Found,
    /// Bytes at the end of the last look that belong to an unfinished tag.
    left: usize,
}

impl Scan {
    pub(super) fn new(known: &Rc<Remarkable>) -> Self {
        Self {
            known: Rc::clone(known),
            numbers: vec![None; known.looks.len()],
            cell: Finder::new(b"<c"),
            hidden: Finder::new(b"hidden="),
            found: Found::default(),
            left: 0,
        }
    }

    /// True once the cells have begun.
    pub(super) fn has_begun(&self) -> bool {
        self.found.begun
    }

    /// Looks at a buffer of which the last `fresh` bytes came since the last look.
    pub(super) fn see(&mut self, buffer: &[u8], fresh: usize) {
        let from = buffer.len().saturating_sub(fresh + self.left);
        let seen = buffer.get(from..).unwrap_or_default();
        // What the last tag lacks may come with the next bytes.
        let whole = memchr::memrchr(b'<', seen)
            .filter(|open| memchr::memchr(b'>', &seen[*open..]).is_none())
            .unwrap_or(seen.len());
        self.left = (seen.len() - whole).min(LONGEST_TAG);
        let seen = &seen[..whole];
        self.found.begun = self.found.begun || memchr::memmem::find(seen, b"<sheetData").is_some();
        self.cells(seen);
        self.rows(seen);
    }

    fn cells(&mut self, seen: &[u8]) {
        if self.known.looks.iter().all(Option::is_none) && self.known.looks.len() > 60_000 {
            return;
        }
        let finder = self.cell.clone();
        for place in finder.find_iter(seen) {
            if self.found.implicit {
                return;
            }
            let tag = seen.get(place + 2..).unwrap_or_default();
            if tag.first().is_some_and(u8::is_ascii_whitespace) {
                self.one_cell(tag);
            }
        }
    }

    fn one_cell(&mut self, tag: &[u8]) {
        let Some((at, style)) = usual(tag).or_else(|| place_and_style(tag)) else {
            self.found.implicit = true;
            return;
        };
        let Some(style) = style else { return };
        // What is no number is no format that the file has.
        let style = decimal(style).unwrap_or(u32::MAX);
        let known = match self.known.looks.get(style as usize) {
            Some(None) => return,
            known => known.copied().flatten(),
        };
        let Some(at) = at.and_then(address) else {
            self.found.implicit = true;
            return;
        };
        let Some(look) = known else {
            // Without any styles there is still the plain one.
            if style > 0 && self.found.stray.len() < MAX_STRAY {
                self.found.stray.push(at);
            }
            return;
        };
        let Some(slot) = self.numbers.get_mut(style as usize) else { return };
        let number = *slot.get_or_insert_with(|| self.found.looks.intern(look));
        self.found.looks.put(at, number);
    }

    /// Hidden rows are few: they are found by the word, and their tag is looked for backwards.
    fn rows(&mut self, seen: &[u8]) {
        let finder = self.hidden.clone();
        for place in finder.find_iter(seen) {
            let start = place.saturating_sub(LONGEST_TAG);
            let Some(open) = memchr::memrchr(b'<', &seen[start..place]) else { continue };
            let tag = &seen[start + open..];
            let Some(tag) = tag.strip_prefix(b"<row") else { continue };
            let tag = &tag[..memchr::memchr(b'>', tag).unwrap_or(tag.len())];
            let hides = &seen[place + finder.needle().len()..];
            let hides = hides.strip_prefix(b"\"").or_else(|| hides.strip_prefix(b"'")).unwrap_or_default();
            if !hides.starts_with(b"1") && !hides.starts_with(b"true") {
                continue;
            }
            let Some(row) = value(tag, b'r').and_then(decimal).and_then(|row| row.checked_sub(1)) else {
                self.found.implicit = true;
                continue;
            };
            self.found.hide(row);
        }
    }

    /// What was found.
    pub(super) fn finish(mut self) -> Found {
        self.found.hidden_rows.sort_unstable();
        self.found
    }
}

/// The same, tag by tag, for a sheet in another dialect or one whose cells do not say where they stand.
pub(super) fn slowly(part: impl BufRead, known: &Remarkable) -> Result<Found, String> {
    let mut reader = quick_xml::Reader::from_reader(part);
    reader.config_mut().check_end_names = false;
    let mut found = Found { begun: true, ..Found::default() };
    let (mut row, mut column, mut next_row) = (0u32, 0u32, 0u32);
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        let tag = match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(tag) | Event::Empty(tag)) => tag,
            Ok(Event::End(tag)) if tag.local_name().as_ref() == "sheetData" => break,
            Ok(Event::Eof) => break,
            Ok(_) => continue,
            Err(_) => return Err("its inner text is damaged".to_owned()),
        };
        match tag.local_name().as_ref() {
            "row" => {
                let stated = attribute(&tag, "r").and_then(|r| r.trim().parse::<u32>().ok()?.checked_sub(1));
                row = stated.unwrap_or(next_row);
                (next_row, column) = (row.saturating_add(1), 0);
                if attribute(&tag, "hidden").is_some_and(|value| matches!(value.as_str(), "1" | "true")) {
                    found.hide(row);
                }
            }
            "c" => {
                let stated = attribute(&tag, "r").and_then(|at| CellRef::parse(&at));
                let at = stated.or_else(|| Some(CellRef::new(row, u16::try_from(column).ok()?)));
                let Some(at) = at.filter(|at| at.row < MAX_ROWS && at.column < MAX_COLUMNS) else { continue };
                column = u32::from(at.column) + 1;
                let style = attribute(&tag, "s").map(|s| decimal(s.as_bytes()).unwrap_or(u32::MAX) as usize);
                match style.map(|style| (style, known.looks.get(style))) {
                    Some((_, Some(Some(look)))) => found.looks.set(at, *look),
                    Some((1.., None)) if found.stray.len() < MAX_STRAY => found.stray.push(at),
                    _ => {}
                }
            }
            _ => {}
        }
    }
    found.hidden_rows.sort_unstable();
    Ok(found)
}

impl Found {
    fn hide(&mut self, row: u32) {
        match self.hidden_rows.last_mut() {
            Some((_, last)) if last.checked_add(1) == Some(row) => *last = row,
            _ => self.hidden_rows.push((row, row)),
        }
    }
}

/// The value of an attribute with a name of one letter, inside a tag.
fn value(tag: &[u8], name: u8) -> Option<&[u8]> {
    let mut at = 0;
    loop {
        let equals = at + memchr::memchr(b'=', tag.get(at..)?)?;
        let quote = *tag.get(equals + 1)?;
        if !matches!(quote, b'"' | b'\'') {
            return None;
        }
        let end = equals + 2 + memchr::memchr(quote, tag.get(equals + 2..)?)?;
        let before = |by| equals.checked_sub(by).and_then(|before| tag.get(before).copied());
        if before(1) == Some(name) && before(2).is_none_or(|letter| letter.is_ascii_whitespace()) {
            return tag.get(equals + 2..end);
        }
        at = end + 1;
    }
}

/// An attribute's value, if the tag has it.
type Stated<'a> = Option<&'a [u8]>;

/// The attributes `r` and `s` of a cell's tag as most programs write it: `r`, then perhaps `s`, then perhaps `t`.
fn usual(tag: &[u8]) -> Option<(Stated<'_>, Stated<'_>)> {
    let (place, rest) = short(tag.strip_prefix(b" r=\"")?, u8::is_ascii_alphanumeric)?;
    let (style, rest) = match rest.strip_prefix(b" s=\"") {
        Some(rest) => short(rest, u8::is_ascii_digit).map(|(style, rest)| (Some(style), rest))?,
        None => (None, rest),
    };
    let rest = match rest.strip_prefix(b" t=\"") {
        Some(rest) => short(rest, u8::is_ascii_alphabetic)?.1,
        None => rest,
    };
    matches!(rest.first(), Some(b'>' | b'/')).then_some((Some(place), style))
}

/// A short value of such letters up to its quotation mark, and what follows that.
fn short(rest: &[u8], letter: impl Fn(&u8) -> bool) -> Option<(&[u8], &[u8])> {
    let end = rest.iter().take(12).position(|byte| !letter(byte))?;
    (rest.get(end) == Some(&b'"')).then(|| (&rest[..end], &rest[end + 1..]))
}

/// The attributes `r` and `s` of a cell's tag, from behind its name on; `None` if it is written in an unusual way. They are
/// few and short, so a step for each byte is faster than a search.
fn place_and_style(tag: &[u8]) -> Option<(Stated<'_>, Stated<'_>)> {
    let (mut place, mut style) = (None, None);
    let mut at = 0;
    loop {
        while tag.get(at)?.is_ascii_whitespace() {
            at += 1;
        }
        if matches!(tag.get(at)?, b'>' | b'/') {
            return Some((place, style));
        }
        let name = at;
        while *tag.get(at)? != b'=' {
            // A tag that ends too soon is not searched beyond its end, which keeps a damaged file from costing much.
            if matches!(tag.get(at)?, b'<' | b'>') {
                return None;
            }
            at += 1;
        }
        let quote = tag.get(at + 1).copied().filter(|quote| matches!(quote, b'"' | b'\''))?;
        let start = at + 2;
        let mut end = start;
        while *tag.get(end)? != quote {
            if *tag.get(end)? == b'<' {
                return None;
            }
            end += 1;
        }
        match tag.get(name..at)? {
            b"r" => place = tag.get(start..end),
            b"s" => style = tag.get(start..end),
            [.., b' ' | b'\t' | b'\r' | b'\n'] | [] => return None,
            _ => {}
        }
        at = end + 1;
    }
}

fn decimal(digits: &[u8]) -> Option<u32> {
    if digits.is_empty() || digits.len() > 9 {
        return None;
    }
    digits
        .iter()
        .try_fold(0u32, |sum, digit| digit.is_ascii_digit().then(|| sum * 10 + u32::from(digit - b'0')))
}

/// A cell's address in capitals and digits, as every program writes it.
fn address(text: &[u8]) -> Option<CellRef> {
    let letters = text.iter().take_while(|letter| letter.is_ascii_uppercase()).count();
    let (letters, digits) = text.split_at_checked(letters).filter(|(letters, _)| letters.len() < 4)?;
    let column = letters.iter().fold(0u16, |sum, letter| sum * 26 + u16::from(letter - b'A') + 1);
    let at = CellRef::new(decimal(digits)?.checked_sub(1)?, column.checked_sub(1)?);
    (at.row < MAX_ROWS && at.column < MAX_COLUMNS).then_some(at)
}

#[cfg(test)]
mod tests;

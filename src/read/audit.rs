//! What calamine may misread in a part of XML: a quick look at every byte that passes, and a slow one where the quick one
//! saw something.
//!
//! calamine reads a string index that is not a bare number as string 0, and a number with a comment or a character
//! reference in it only up to there. Neither is an error to it.

use super::feed::Role;
use crate::model::CellRef;
use memchr::memmem::{self, Finder};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::BTreeMap;
use std::io::{self, BufRead};

/// No workbook of 20 million cells has more strings.
const MAX_STRINGS: u64 = 20_000_000;
/// How far back from a reference its value's start is looked for; a number is not longer.
const LOOK_BACK: usize = 64;

/// Watches a part go by.
pub(super) struct Watch {
    role: Role,
    item: Finder<'static>,
    strings: u64,
    suspect: bool,
    started: bool,
}

impl Watch {
    pub(super) fn new(role: Role) -> Self {
        Self { role, item: Finder::new(b"<si"), strings: 0, suspect: false, started: false }
    }

    /// True if a slow look is needed.
    pub(super) fn suspect(&self) -> bool {
        self.suspect
    }

    /// Looks at a buffer of which the last `fresh` bytes came since the last look.
    pub(super) fn see(&mut self, buffer: &[u8], fresh: usize) -> io::Result<()> {
        if self.role == Role::Binary || fresh == 0 {
            return Ok(());
        }
        let first = !std::mem::replace(&mut self.started, true);
        if first {
            self.first(buffer)?;
        }
        let from = buffer.len() - fresh;
        match self.role {
            Role::Sheet if !self.suspect => self.suspect = has_odd_mark(buffer, from, first),
            Role::Strings => self.count(&buffer[from.saturating_sub(2)..])?,
            _ => {}
        }
        Ok(())
    }

    /// A document type comes before everything else, so the first block shows it.
    fn first(&mut self, block: &[u8]) -> io::Result<()> {
        if memmem::find(block, b"<!DOCTYPE").is_some() {
            return Err(io::Error::other("it declares a document type, which no spreadsheet program does"));
        }
        // Another dialect (a name-space prefix, two bytes a letter) is sound but not what the quick look knows.
        let plain = memmem::find(block, b"<worksheet").is_some();
        self.suspect = self.role == Role::Sheet && !plain;
        if self.role == Role::Strings && unique_count(block).is_some_and(|declared| declared > MAX_STRINGS) {
            return Err(io::Error::other("it declares more texts than a workbook can hold"));
        }
        Ok(())
    }

    fn count(&mut self, fresh: &[u8]) -> io::Result<()> {
        self.strings += self.item.find_iter(fresh).count() as u64;
        if self.strings > MAX_STRINGS {
            return Err(io::Error::other("it holds more texts than a workbook can hold"));
        }
        Ok(())
    }
}

/// Whether the buffer, from some place on, holds a mark at which calamine may stop reading a value: a comment, unparsed
/// text, an instruction, or a reference inside a number.
fn has_odd_mark(buffer: &[u8], from: usize, first: bool) -> bool {
    for found in memchr::memchr3_iter(b'!', b'?', b'&', &buffer[from..]) {
        let at = from + found;
        let before = &buffer[..at];
        let odd = match buffer[at] {
            b'&' => in_number(before),
            // The declaration in front of everything is the one instruction that belongs.
            b'?' => before.ends_with(b"<") && !(first && at < 8),
            _ => before.ends_with(b"<"),
        };
        if odd {
            return true;
        }
    }
    false
}

/// Whether a reference after these bytes stands in a value that is not text written out.
fn in_number(before: &[u8]) -> bool {
    let window = &before[before.len().saturating_sub(LOOK_BACK)..];
    let Some(open) = memchr::memrchr(b'<', window) else { return false };
    if !matches!(window[open..], [b'<', b'v', b'>' | b' ' | b'\t' | b'\r' | b'\n', ..]) {
        return false;
    }
    let before = &before[..before.len() - window.len() + open];
    let window = &before[before.len().saturating_sub(1000)..];
    let tag = memmem::rfind(window, b"<c ").map_or(window, |at| &window[at..]);
    let tag = &tag[..memchr::memchr(b'>', tag).unwrap_or(tag.len())];
    memmem::find(tag, b"t=\"str\"").is_none()
}

fn unique_count(block: &[u8]) -> Option<u64> {
    let at = memmem::find(block, b"uniqueCount=")? + 13;
    let digits: Vec<u8> = block.get(at..)?.iter().copied().take_while(u8::is_ascii_digit).collect();
    // A number too long to read is too large.
    Some(std::str::from_utf8(&digits).ok()?.parse().unwrap_or(if digits.is_empty() { 0 } else { u64::MAX }))
}

/// A cell that calamine misreads or could not read, found by a slow look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Suspect {
    /// Its address, if it has one.
    pub(super) at: Option<CellRef>,
    /// What is there, in plain words.
    pub(super) why: String,
}

/// Reads a sheet's cells again, up to that in place `last`, and names those that calamine misreads, and those whose place in
/// the order of the cells is in `faults` (with the reason that is given there).
pub(super) fn examine(
    part: impl BufRead,
    faults: &BTreeMap<u64, String>,
    last: u64,
    most: usize,
) -> Result<Vec<Suspect>, String> {
    let mut reader = Reader::from_reader(part);
    reader.config_mut().expand_empty_elements = true;
    reader.config_mut().check_end_names = false;
    let mut buffer = Vec::new();
    let mut suspects = Vec::new();
    let mut slow = Slow::default();
    while suspects.len() < most {
        buffer.clear();
        let event =
            reader.read_event_into(&mut buffer).map_err(|_| "its inner text is damaged".to_owned())?;
        if matches!(event, Event::Eof) || slow.ended || slow.ordinal > last {
            break;
        }
        if let Some(suspect) = slow.step(&event, faults) {
            suspects.push(suspect);
        }
    }
    Ok(suspects)
}

#[derive(Default)]
struct Slow {
    row: u32,
    column: u32,
    ordinal: u64,
    at: Option<CellRef>,
    kind: String,
    in_value: bool,
    pieces: u32,
    mixed: bool,
    text: String,
    odd: Option<String>,
    ended: bool,
}

impl Slow {
    fn step(&mut self, event: &Event<'_>, faults: &BTreeMap<u64, String>) -> Option<Suspect> {
        match event {
            Event::Start(tag) => match tag.local_name().as_ref() {
                "row" => {
                    let stated = attribute(tag, "r").and_then(|r| r.parse::<u32>().ok());
                    self.row = stated.map_or(self.row, |r| r.saturating_sub(1));
                }
                "c" => self.open_cell(tag),
                "v" => {
                    self.in_value = true;
                    (self.pieces, self.mixed) = (0, false);
                    self.text.clear();
                }
                _ => {}
            },
            Event::End(tag) => match tag.local_name().as_ref() {
                "row" => (self.row, self.column) = (self.row.saturating_add(1), 0),
                "v" => self.close_value(),
                "c" => return self.close_cell(faults),
                "sheetData" => self.ended = true,
                _ => {}
            },
            Event::Text(text) if self.in_value => {
                self.pieces += 1;
                self.text.push_str(text.as_ref());
            }
            Event::Comment(_) | Event::CData(_) | Event::GeneralRef(_) | Event::PI(_) if self.in_value => {
                self.mixed = true;
            }
            _ => {}
        }
        None
    }

    fn open_cell(&mut self, tag: &BytesStart<'_>) {
        self.kind = attribute(tag, "t").unwrap_or_default();
        let stated = attribute(tag, "r");
        self.at = match stated {
            Some(address) => CellRef::parse(&address),
            None => u16::try_from(self.column).ok().map(|column| CellRef::new(self.row, column)),
        };
        if let Some(at) = self.at {
            self.column = u32::from(at.column);
        }
        self.column = self.column.saturating_add(1);
        self.odd = None;
    }

    fn close_value(&mut self) {
        self.in_value = false;
        let number = matches!(self.kind.as_str(), "" | "n");
        let text = self.kind == "s";
        if self.mixed && (number || text) {
            self.odd = Some("its value is written in a way that can be misread".to_owned());
        } else if text && !self.text.is_empty() && !self.text.bytes().all(|byte| byte.is_ascii_digit()) {
            self.odd = Some("it points to its text in a way that can be misread".to_owned());
        }
    }

    fn close_cell(&mut self, faults: &BTreeMap<u64, String>) -> Option<Suspect> {
        let fault = faults.get(&self.ordinal).cloned().or_else(|| self.odd.take());
        self.ordinal += 1;
        fault.map(|why| Suspect { at: self.at, why })
    }
}

/// An attribute's value by its local name, unescaped.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    tag.attributes()
        .with_checks(false)
        .flatten()
        .find(|attribute| attribute.key.local_name().as_ref() == name)
        .and_then(|attribute| Some(quick_xml::escape::unescape(&attribute.value).ok()?.into_owned()))
}

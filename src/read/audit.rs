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
/// A value as long as this is text.
const LONG_VALUE: usize = 1024;

/// Watches a part go by.
pub(super) struct Watch {
    role: Role,
    value: Finder<'static>,
    item: Finder<'static>,
    /// Where in the buffer the next look starts.
    from: usize,
    strings: u64,
    suspect: bool,
    started: bool,
}

impl Watch {
    pub(super) fn new(role: Role) -> Self {
        Self {
            role,
            value: Finder::new(b"<v"),
            item: Finder::new(b"<si"),
            from: 0,
            strings: 0,
            suspect: false,
            started: false,
        }
    }

    /// True if a slow look is needed.
    pub(super) fn suspect(&self) -> bool {
        self.suspect
    }

    /// Looks at a buffer of which the first `dropped` bytes went and the last `fresh` came since the last look.
    pub(super) fn see(&mut self, buffer: &[u8], dropped: usize, fresh: usize) -> io::Result<()> {
        if self.role == Role::Binary {
            return Ok(());
        }
        if !self.started {
            self.started = true;
            self.first(buffer)?;
        }
        self.from = self.from.saturating_sub(dropped);
        match self.role {
            Role::Sheet => self.values(buffer, fresh == 0),
            Role::Strings => self.count(buffer)?,
            Role::Xml | Role::Binary => {}
        }
        Ok(())
    }

    /// A document type comes before everything else, so the first block shows it.
    fn first(&mut self, block: &[u8]) -> io::Result<()> {
        if memmem::find(block, b"<!DOCTYPE").is_some() {
            return Err(io::Error::other("it declares a document type, which no spreadsheet program does"));
        }
        // Another dialect (a name-space prefix, two bytes a letter) is valid but not what the quick look knows.
        let plain = memmem::find(block, b"<worksheet").is_some();
        self.suspect = self.role == Role::Sheet && !plain;
        if self.role == Role::Strings {
            let declared = unique_count(block).unwrap_or(0);
            if declared > MAX_STRINGS {
                return Err(io::Error::other("it declares more texts than a workbook can hold"));
            }
        }
        Ok(())
    }

    fn count(&mut self, buffer: &[u8]) -> io::Result<()> {
        let from = self.from.min(buffer.len());
        self.strings += self.item.find_iter(&buffer[from..]).count() as u64;
        // A mark across the border of two blocks is counted with the second.
        self.from = buffer.len().saturating_sub(2).max(from);
        if self.strings > MAX_STRINGS {
            return Err(io::Error::other("it holds more texts than a workbook can hold"));
        }
        Ok(())
    }

    fn values(&mut self, buffer: &[u8], last: bool) {
        while !self.suspect {
            let Some(found) = self.value.find(&buffer[self.from.min(buffer.len())..]) else {
                self.from = buffer.len().saturating_sub(1).max(self.from);
                return;
            };
            let at = self.from + found;
            let rest = &buffer[at + 2..];
            if rest.len() < LONG_VALUE + 64 && !last {
                // The value may not be here whole yet; what is kept of the buffer holds it next time.
                self.from = at;
                return;
            }
            self.suspect = odd_value(&buffer[..at], rest);
            self.from = at + 2;
        }
    }
}

/// Whether a value may be misread, given what stands before its tag's name and after it.
fn odd_value(before: &[u8], rest: &[u8]) -> bool {
    let content = match rest {
        [b'>', content @ ..] => content,
        [b' ' | b'\t' | b'\r' | b'\n', ..] => {
            let Some(end) = memchr::memchr(b'>', rest) else { return true };
            if rest[..end].ends_with(b"/") {
                return false;
            }
            &rest[end + 1..]
        }
        // An element whose name merely starts with a v, or one that is empty.
        _ => return false,
    };
    let digits = content.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if digits > 0 && content[digits..].starts_with(b"</") {
        return false;
    }
    let Some(end) = memchr::memchr(b'<', &content[..content.len().min(LONG_VALUE)]) else { return false };
    let kind = kind_before(before);
    if !content[end..].starts_with(b"</") {
        return true;
    }
    match kind {
        Kind::Text => end > 0,
        Kind::Written => false,
        Kind::Number => memchr::memchr(b'&', &content[..end]).is_some(),
    }
}

enum Kind {
    /// A shared string.
    Text,
    /// Written out: a formula's text, a date.
    Written,
    Number,
}

/// The type of the cell whose opening tag, perhaps with a formula after it, ends here.
fn kind_before(before: &[u8]) -> Kind {
    let window = &before[before.len().saturating_sub(1000)..];
    let tag = match memchr::memrchr(b'<', window) {
        Some(at) if window[at..].starts_with(b"<c ") => &window[at..],
        // A formula lies between.
        _ => memmem::rfind(window, b"<c ").map_or(window, |at| &window[at..]),
    };
    let tag = &tag[..memchr::memchr(b'>', tag).unwrap_or(tag.len())];
    match tag.windows(3).position(|three| three == b" t=").map(|at| &tag[at + 3..]) {
        Some([_, b's', b'"' | b'\'', ..]) => Kind::Text,
        Some([_, b's' | b'd' | b'i', ..]) => Kind::Written,
        _ => Kind::Number,
    }
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

/// Reads a sheet's cells again and names those that calamine misreads, and those whose place in the order of the cells is
/// in `faults` (with the reason that is given there).
pub(super) fn examine(
    part: impl BufRead,
    faults: &BTreeMap<u64, String>,
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
        if matches!(event, Event::Eof) || slow.ended {
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
                    self.row = attribute(tag, "r")
                        .and_then(|r| r.parse().ok())
                        .map_or(self.row, |r: u32| r.saturating_sub(1))
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

//! What calamine may misread in a part of XML: a quick look at every byte that passes, and a slow one where the quick one
//! saw something.
//!
//! calamine reads a string index that is not a bare number as string 0, and a number with a comment or a character
//! reference in it only up to there. Neither is an error to it.

use super::feed::Role;
use super::padded;
use crate::model::{CellRef, Limited, Limits};
use memchr::memmem::{self, Finder};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::BTreeMap;
use std::io::{self, BufRead};

/// So many strings may pack into nothing, as equal ones do; for each one more there must be a byte.
const MAX_EQUAL_STRINGS: u64 = 2_000_000;
/// The least that a string takes, `<si/>`.
const LEAST_STRING: u64 = 5;
/// How far the first element may lie from a part's beginning.
const MAX_BEGINNING: u64 = 1 << 20;
/// How far a claimed number of strings may lie from its name.
const CLAIM: usize = 64;
/// How far back from a reference its value's start is looked for; a number is not longer.
const LOOK_BACK: usize = 64;

/// Watches a part go by.
pub(super) struct Watch {
    role: Role,
    item: Finder<'static>,
    claim: Finder<'static>,
    strike: Finder<'static>,
    strings: u64,
    most_strings: u64,
    most_claimed: u64,
    limits: Limits,
    suspect: bool,
    /// True if words of a text may be crossed out.
    struck: bool,
    started: bool,
}

impl Watch {
    /// For a part of this size, and of this one as packed. No workbook has more strings than it may have texts.
    pub(super) fn new(role: Role, size: u64, packed: u64, limits: &Limits) -> Self {
        let most = limits.of(Limited::Texts);
        Self {
            role,
            item: Finder::new(b"<si"),
            claim: Finder::new(b"uniqueCount"),
            strike: Finder::new(super::struck::MARK),
            strings: 0,
            most_strings: most.min(packed.saturating_add(MAX_EQUAL_STRINGS)),
            most_claimed: most.min(size / LEAST_STRING),
            limits: *limits,
            suspect: false,
            struck: false,
            started: false,
        }
    }

    /// True if a slow look is needed.
    pub(super) fn suspect(&self) -> bool {
        self.suspect
    }

    /// True for the part that holds the texts of all sheets.
    pub(super) fn holds_texts(&self) -> bool {
        self.role == Role::Strings
    }

    /// True if words of a text may be crossed out.
    pub(super) fn struck(&self) -> bool {
        self.struck
    }

    /// Looks at a buffer of which the last `fresh` bytes came since the last look.
    pub(super) fn see(&mut self, buffer: &[u8], fresh: usize) -> io::Result<()> {
        if self.role == Role::Binary || fresh == 0 {
            return Ok(());
        }
        let first = !std::mem::replace(&mut self.started, true);
        if first {
            // Another dialect (a name-space prefix, two bytes a letter) is sound but not what the quick look knows.
            let plain = memmem::find(buffer, b"<worksheet").is_some();
            self.suspect = self.role == Role::Sheet && !plain;
        }
        let from = buffer.len() - fresh;
        let overlap = from.saturating_sub(super::struck::MARK.len() - 1);
        self.struck = self.struck || self.strike.find(&buffer[overlap..]).is_some();
        match self.role {
            Role::Sheet if !self.suspect => self.suspect = has_odd_mark(buffer, from, first),
            Role::Strings => {
                self.count(&buffer[from.saturating_sub(2)..])?;
                self.claims(&buffer[from.saturating_sub(CLAIM + 11)..])?;
            }
            _ => {}
        }
        Ok(())
    }

    fn count(&mut self, fresh: &[u8]) -> io::Result<()> {
        self.strings += self.item.find_iter(fresh).count() as u64;
        if self.strings > self.most_strings {
            let past = self.strings > self.limits.of(Limited::Texts);
            let why = if past {
                self.limits.passed(Limited::Texts)
            } else {
                "it holds more texts than so small a part can".to_owned()
            };
            return Err(io::Error::other(why));
        }
        Ok(())
    }

    /// calamine makes room for as many strings as are claimed, wherever the claim stands.
    fn claims(&self, seen: &[u8]) -> io::Result<()> {
        for at in self.claim.find_iter(seen) {
            let rest = &seen[at + self.claim.needle().len()..];
            let rest = &rest[..rest.len().min(CLAIM)];
            let said = rest.trim_ascii_start();
            let said = said.strip_prefix(b"=").unwrap_or(said).trim_ascii_start();
            let said = said.strip_prefix(b"\"").or_else(|| said.strip_prefix(b"'")).unwrap_or(said);
            let digits = said.iter().take_while(|byte| byte.is_ascii_digit()).count();
            let number = std::str::from_utf8(&said[..digits]).ok().and_then(|digits| digits.parse().ok());
            // A number too long to read is too large, and so is one that lies too far away.
            let claimed = number.unwrap_or(if digits > 0 || rest.len() == CLAIM && said.is_empty() {
                u64::MAX
            } else {
                0
            });
            if claimed > self.most_claimed {
                return Err(io::Error::other("it declares more texts than it can hold"));
            }
        }
        Ok(())
    }
}

/// Reads a part up to its first element and refuses a document type, which must stand before that.
pub(super) fn beginning(part: impl io::Read) -> Result<(), String> {
    let mut reader = Reader::from_reader(io::BufReader::new(part.take(MAX_BEGINNING)));
    let (mut buffer, mut left) = (Vec::new(), true);
    while left {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::DocType(_)) => {
                return Err("it declares a document type, which no spreadsheet program does".to_owned());
            }
            Ok(Event::Start(_) | Event::Empty(_)) => return Ok(()),
            Ok(Event::Eof) | Err(_) => left = false,
            Ok(_) => {}
        }
    }
    if reader.buffer_position() >= MAX_BEGINNING {
        return Err("its beginning is longer than that of any sheet".to_owned());
    }
    Ok(())
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

/// A cell that calamine misreads or could not read, found by a slow look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Suspect {
    /// Its address, if it has one.
    pub(super) at: Option<CellRef>,
    /// What is there, in plain words.
    pub(super) why: String,
}

/// A number with white space round it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Found {
    /// Its cell.
    pub(super) at: CellRef,
    /// The number.
    pub(super) number: f64,
    /// The number of its format.
    pub(super) style: usize,
}

/// What a slow look came to.
#[derive(Debug, Default)]
pub(super) struct Examined {
    /// Cells that are misread.
    pub(super) suspects: Vec<Suspect>,
    /// Numbers with white space round them, by their place in the order of the cells.
    pub(super) padded: BTreeMap<u64, Found>,
}

/// Reads a sheet's cells again, up to that in place `last`, and names those that calamine misreads, and those whose place in
/// the order of the cells is in `faults` (with the reason that is given there).
pub(super) fn examine(
    part: impl BufRead,
    faults: &BTreeMap<u64, String>,
    last: u64,
    most: usize,
) -> Result<Examined, String> {
    let mut reader = Reader::from_reader(part);
    reader.config_mut().expand_empty_elements = true;
    reader.config_mut().check_end_names = false;
    let mut buffer = Vec::new();
    let mut slow = Slow::default();
    while slow.examined.suspects.len() < most {
        buffer.clear();
        let event =
            reader.read_event_into(&mut buffer).map_err(|_| "its inner text is damaged".to_owned())?;
        if matches!(event, Event::Eof) || slow.ended || slow.ordinal > last {
            break;
        }
        slow.step(&event, faults);
    }
    Ok(slow.examined)
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
    padded: Option<f64>,
    style: usize,
    ended: bool,
    examined: Examined,
}

impl Slow {
    fn step(&mut self, event: &Event<'_>, faults: &BTreeMap<u64, String>) {
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
                "c" => self.close_cell(faults),
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
        self.style = attribute(tag, "s").and_then(|style| style.parse().ok()).unwrap_or(0);
        (self.odd, self.padded) = (None, None);
    }

    fn close_value(&mut self) {
        self.in_value = false;
        let number = matches!(self.kind.as_str(), "" | "n");
        let text = self.kind == "s";
        self.padded = padded::number(&self.text).filter(|_| number && !self.mixed);
        if self.mixed && (number || text) {
            self.odd = Some("its value is written in a way that can be misread".to_owned());
        } else if text && !self.text.is_empty() && !is_index(&self.text) {
            self.odd = Some("it points to its text in a way that can be misread".to_owned());
        }
    }

    fn close_cell(&mut self, faults: &BTreeMap<u64, String>) {
        let ordinal = self.ordinal;
        self.ordinal += 1;
        if let (Some(number), Some(at)) = (self.padded.take(), self.at) {
            self.examined.padded.insert(ordinal, Found { at, number, style: self.style });
        } else if let Some(why) = faults.get(&ordinal).cloned().or_else(|| self.odd.take()) {
            self.examined.suspects.push(Suspect { at: self.at, why });
        }
    }
}

/// Whether calamine reads this as the index that it says: digits alone, and not too many.
fn is_index(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit()) && text.parse::<usize>().is_ok()
}

/// An attribute's value by its local name, unescaped.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    tag.attributes()
        .with_checks(false)
        .flatten()
        .find(|attribute| attribute.key.local_name().as_ref() == name)
        .and_then(|attribute| Some(quick_xml::escape::unescape(&attribute.value).ok()?.into_owned()))
}

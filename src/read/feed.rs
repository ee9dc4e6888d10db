//! A package as calamine is shown it: the few parts that it needs, under the names that it expects, unpacked as it reads.
//!
//! calamine stops at the last cell, so on its own it neither sees a damaged end nor what follows the cells. Here each part
//! is inflated once, watched on the way, and drained to its end afterwards; no part is held in memory whole.

use super::audit::{self, Watch};
use super::package::{Inflate, Package};
use super::pieces::Pieces;
use super::scan::{Found, Remarkable, Scan};
use crate::model::{CellRef, Limits, Refusal};
use std::cell::RefCell;
use std::io::{self, Read, Seek, SeekFrom};
use std::rc::Rc;

const BLOCK: usize = 64 << 10;
/// How much of what was handed over is kept: more than two buffers of calamine's, in which the end of the cells lies.
const KEPT: usize = 20 << 10;
/// More than calamine looks at in the beginning.
const START: usize = 4096;
/// More than a zip file's directory may lie from its end.
const PADDING: usize = 80 << 10;
/// How much is kept of what follows the cells.
const MAX_TAIL: usize = 8 << 20;
/// How much is kept of what stands before the cells.
const MAX_HEAD: usize = 256 << 10;

/// What a part is, which says what to watch for in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// A sheet in XML.
    Sheet,
    /// Shared strings in XML.
    Strings,
    /// Other XML.
    Xml,
    /// Binary.
    Binary,
}

/// One part of the package that calamine sees.
#[derive(Debug)]
pub(super) enum Part {
    /// A part of the file: its place among the entries.
    Of(usize, Role),
    /// Bytes made here.
    Made(Vec<u8>),
}

/// The package that calamine sees. Clones share one position.
#[derive(Clone)]
pub(super) struct Feed<'a>(Rc<RefCell<State<'a>>>);

struct State<'a> {
    package: &'a Package<'a>,
    remarkable: Rc<Remarkable>,
    segments: Vec<Segment>,
    length: u64,
    position: u64,
    open: Option<Open<'a>>,
    fault: Option<String>,
    /// True if words of a shared text may be crossed out.
    struck: bool,
}

struct Segment {
    start: u64,
    length: u64,
    part: Part,
}

struct Open<'a> {
    segment: usize,
    stream: Inflate<'a>,
    watch: Watch,
    pieces: Option<Pieces>,
    scan: Option<Scan>,
    head: Vec<u8>,
    buffer: Vec<u8>,
    next: usize,
    delivered: u64,
}

/// What draining a part to its end brought.
#[derive(Debug, Default)]
pub(super) struct Ending {
    /// From shortly before the last byte handed over to the end, or to 8 MiB.
    pub(super) tail: Vec<u8>,
    /// The part's beginning, to shortly after the first cells.
    pub(super) head: Vec<u8>,
    /// True if the part holds something that calamine may misread.
    pub(super) suspect: bool,
    /// True if words of a text in it may be crossed out.
    pub(super) struck: bool,
    /// Formats and hidden rows, if the part is a sheet.
    pub(super) found: Found,
    /// Cells whose format the file does not have.
    pub(super) stray: Vec<CellRef>,
}

impl<'a> Feed<'a> {
    /// Lays out a package of these parts. The caller has checked that they are within the budget.
    pub(super) fn new(
        package: &'a Package<'a>,
        mut parts: Vec<(String, Part)>,
        remarkable: &Rc<Remarkable>,
    ) -> Self {
        let remarkable = Rc::clone(remarkable);
        // calamine first looks at the start of the file for another kind of container, and must not meet a part there.
        parts.sort_by_key(|(_, part)| matches!(part, Part::Of(..)));
        let mut segments = Vec::new();
        let mut directory = Vec::new();
        let mut at = 0;
        let count = parts.len();
        for (name, part) in parts {
            if at < START as u64 && matches!(part, Part::Of(..)) {
                segments.push(Segment { start: at, length: START as u64, part: Part::Made(vec![0; START]) });
                at += START as u64;
            }
            let (size, crc) = match &part {
                Part::Of(index, _) => {
                    package.entries().get(*index).map_or((0, 0), |entry| (entry.size, entry.crc))
                }
                Part::Made(bytes) => (bytes.len() as u64, crc32fast::hash(bytes)),
            };
            let header = headers(&name, size, crc, at, &mut directory);
            let start = at + header.len() as u64;
            segments.push(Segment { start: at, length: header.len() as u64, part: Part::Made(header) });
            segments.push(Segment { start, length: size, part });
            at = start + size;
        }
        // The zip library looks for the directory backwards in steps that must not reach into the parts.
        segments.push(Segment { start: at, length: PADDING as u64, part: Part::Made(vec![0; PADDING]) });
        at += PADDING as u64;
        let ending = end_record(count, directory.len(), at);
        directory.extend_from_slice(&ending);
        let length = at + directory.len() as u64;
        segments.push(Segment { start: at, length: directory.len() as u64, part: Part::Made(directory) });
        Self(Rc::new(RefCell::new(State {
            package,
            remarkable,
            segments,
            length,
            position: 0,
            open: None,
            fault: None,
            struck: false,
        })))
    }

    /// Reads what is left of the open part and checks it.
    ///
    /// # Errors
    ///
    /// What is wrong with the part, in plain words.
    pub(super) fn finish(&self) -> Result<Ending, String> {
        let mut state = self.0.borrow_mut();
        let ending = state.drain(true);
        match state.fault.take() {
            Some(fault) => Err(fault),
            None => Ok(ending),
        }
    }

    /// True if words of a shared text may be crossed out.
    pub(super) fn has_struck_texts(&self) -> bool {
        self.0.borrow().struck
    }

    /// Leaves the open part where it is, unchecked from there on.
    ///
    /// # Errors
    ///
    /// What is wrong with the part so far, in plain words.
    pub(super) fn leave(&self) -> Result<(), String> {
        let mut state = self.0.borrow_mut();
        state.open = None;
        state.fault.take().map_or(Ok(()), Err)
    }
}

impl State<'_> {
    fn drain(&mut self, wanted: bool) -> Ending {
        let Some(mut open) = self.open.take() else { return Ending::default() };
        if self.fault.is_some() {
            return Ending::default();
        }
        let mut tail = Vec::new();
        let mut from = open.next.saturating_sub(KEPT);
        loop {
            if wanted && tail.len() < MAX_TAIL {
                tail.extend_from_slice(&open.buffer[from..]);
            }
            match open.refill() {
                Ok(0) => break,
                Ok(fresh) => from = open.buffer.len() - fresh,
                Err(why) => {
                    self.fault = Some(why.to_string());
                    break;
                }
            }
        }
        let found = open.scan.map(Scan::finish).unwrap_or_default();
        let struck = open.watch.struck();
        self.struck |= struck && open.watch.holds_texts();
        Ending { tail, head: open.head, suspect: open.watch.suspect(), struck, found, stray: Vec::new() }
    }

    fn segment_at(&self, position: u64) -> usize {
        self.segments.partition_point(|segment| segment.start <= position).saturating_sub(1)
    }

    fn fill(&mut self, index: usize, offset: u64, out: &mut [u8]) -> io::Result<usize> {
        let segment = &self.segments[index];
        let (entry, role) = match &segment.part {
            Part::Made(bytes) => {
                let offset = usize::try_from(offset).unwrap_or(usize::MAX);
                return bytes.get(offset..).unwrap_or_default().read(out);
            }
            Part::Of(entry, role) => (*entry, *role),
        };
        let same = self.open.as_ref().is_some_and(|open| open.segment == index && open.delivered <= offset);
        if !same {
            self.drain(false);
            let stream = || {
                self.package.stream(entry).map_err(|why| io::Error::other(plain(&why, self.package.limits())))
            };
            if role != Role::Binary {
                audit::beginning(stream()?).map_err(io::Error::other)?;
            }
            let stream = stream()?;
            let (size, packed) =
                self.package.entries().get(entry).map_or((0, 0), |entry| (entry.size, entry.packed));
            self.open = Some(Open {
                segment: index,
                stream,
                watch: Watch::new(role, size, packed, self.package.limits()),
                pieces: (role != Role::Binary).then(|| Pieces::new(size, self.package.limits())),
                scan: (role == Role::Sheet).then(|| Scan::new(&self.remarkable)),
                head: Vec::new(),
                buffer: Vec::with_capacity(KEPT + BLOCK),
                next: 0,
                delivered: 0,
            });
        }
        let Some(open) = self.open.as_mut() else { return Ok(0) };
        while open.delivered < offset {
            let skip = open.available(offset - open.delivered)?.len();
            if skip == 0 {
                return Ok(0);
            }
            open.consume(skip);
        }
        let ready = open.available(out.len() as u64)?;
        out[..ready.len()].copy_from_slice(ready);
        let count = ready.len();
        open.consume(count);
        Ok(count)
    }
}

impl Open<'_> {
    fn available(&mut self, most: u64) -> io::Result<&[u8]> {
        if self.next == self.buffer.len() {
            self.refill()?;
        }
        let end =
            self.buffer.len().min(self.next.saturating_add(usize::try_from(most).unwrap_or(usize::MAX)));
        Ok(&self.buffer[self.next..end])
    }

    fn consume(&mut self, count: usize) {
        self.next += count;
        self.delivered += count as u64;
    }

    /// Drops all but the last bytes of the buffer and inflates more after them; returns how many more.
    fn refill(&mut self) -> io::Result<usize> {
        let drop = self.buffer.len().saturating_sub(KEPT);
        self.buffer.drain(..drop);
        let kept = self.buffer.len();
        self.next = kept;
        self.buffer.resize(kept + BLOCK, 0);
        let mut filled = kept;
        let result = loop {
            match self.stream.read(&mut self.buffer[filled..]) {
                Ok(0) => break Ok(()),
                Ok(count) => filled += count,
                Err(why) => break Err(why),
            }
            if filled == self.buffer.len() {
                break Ok(());
            }
        };
        self.buffer.truncate(filled);
        result?;
        if let Some(pieces) = &mut self.pieces {
            pieces.see(&self.buffer[kept..])?;
        }
        self.watch.see(&self.buffer, filled - kept)?;
        if let Some(scan) = &mut self.scan {
            if self.head.len() < MAX_HEAD && !scan.has_begun() {
                self.head.extend_from_slice(&self.buffer[kept..]);
            }
            scan.see(&self.buffer, filled - kept);
        }
        Ok(filled - kept)
    }
}

impl Read for Feed<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let mut state = self.0.borrow_mut();
        let position = state.position;
        if position >= state.length || out.is_empty() {
            return Ok(0);
        }
        let index = state.segment_at(position);
        let offset = position - state.segments[index].start;
        let left = usize::try_from(state.segments[index].length - offset).unwrap_or(usize::MAX);
        let most = out.len().min(left);
        match state.fill(index, offset, &mut out[..most]) {
            Ok(count) => {
                state.position += count as u64;
                Ok(count)
            }
            Err(why) => {
                state.fault.get_or_insert_with(|| why.to_string());
                Err(why)
            }
        }
    }
}

impl Seek for Feed<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let mut state = self.0.borrow_mut();
        let target = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => state.length.checked_add_signed(by),
            SeekFrom::Current(by) => state.position.checked_add_signed(by),
        };
        state.position = target.ok_or_else(|| io::Error::other("it points outside itself"))?;
        Ok(state.position)
    }
}

/// Makes a part's local header, and adds its record to the directory. Sizes are within the budget, so they fit.
fn headers(name: &str, size: u64, crc: u32, at: u64, directory: &mut Vec<u8>) -> Vec<u8> {
    let narrow = |value: u64| u32::try_from(value).unwrap_or(u32::MAX).to_le_bytes();
    let mut shared = Vec::new();
    // Version 2.0, no flags, stored, 1 January 1980.
    for field in [20u16, 0, 0, 0, 0x21] {
        shared.extend_from_slice(&field.to_le_bytes());
    }
    shared.extend_from_slice(&crc.to_le_bytes());
    shared.extend_from_slice(&narrow(size));
    shared.extend_from_slice(&narrow(size));
    shared.extend_from_slice(&u16::try_from(name.len()).unwrap_or(0).to_le_bytes());
    shared.extend_from_slice(&[0; 2]);
    directory.extend_from_slice(b"PK\x01\x02\x14\x00");
    directory.extend_from_slice(&shared);
    directory.extend_from_slice(&[0; 10]);
    directory.extend_from_slice(&narrow(at));
    directory.extend_from_slice(name.as_bytes());
    [b"PK\x03\x04", shared.as_slice(), name.as_bytes()].concat()
}

fn end_record(count: usize, size: usize, at: u64) -> Vec<u8> {
    let count = u16::try_from(count).unwrap_or(u16::MAX).to_le_bytes();
    let size = u32::try_from(size).unwrap_or(u32::MAX).to_le_bytes();
    let at = u32::try_from(at).unwrap_or(u32::MAX).to_le_bytes();
    [b"PK\x05\x06\0\0\0\0".as_slice(), &count, &count, &size, &at, &[0, 0]].concat()
}

/// Says what is wrong with a file for a reader deep inside one sheet.
pub(super) fn plain(refusal: &Refusal, limits: &Limits) -> String {
    match refusal {
        Refusal::Password => "it needs a password".to_owned(),
        Refusal::Damaged(why) | Refusal::Suspicious(why) => why.clone(),
        Refusal::PastLimit { limited, .. } => limits.passed(*limited),
        _ => "it cannot be unpacked".to_owned(),
    }
}

//! The parts of a zip package: its directory walked by hand, each part inflated once and checked to its end.
//!
//! The zip library folds entries of one name together and calamine stops before a part's checksum, so neither tells a
//! tampered or damaged file from a sound one.

use crate::model::{Limited, Limits, Refusal};
use crc32fast::Hasher;
use flate2::bufread::DeflateDecoder;
use std::collections::BTreeMap;
use std::io::{self, Read};

/// The most that a part which is read whole may inflate to, in bytes.
const MAX_SMALL: u64 = 64 << 20;

/// One part of a package.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    /// Its name as written, with forward slashes and no leading one.
    pub(super) name: String,
    /// Bytes when inflated, as declared; more or fewer is an error while reading.
    pub(super) size: u64,
    /// Checksum of the inflated bytes, as declared.
    pub(super) crc: u32,
    /// Bytes as packed.
    pub(super) packed: u64,
    offset: u64,
    method: u16,
    encrypted: bool,
}

/// A zip file whose directory has been checked.
#[derive(Debug)]
pub(super) struct Package<'a> {
    bytes: &'a [u8],
    limits: Limits,
    entries: Vec<Entry>,
    by_name: BTreeMap<String, usize>,
}

impl<'a> Package<'a> {
    /// Walks the directory and refuses what no spreadsheet program writes.
    pub(super) fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, Refusal> {
        let entries = directory(bytes, limits)?;
        let mut by_name = BTreeMap::new();
        let mut spans = Vec::with_capacity(entries.len());
        for (index, entry) in entries.iter().enumerate() {
            if by_name.insert(fold(&entry.name), index).is_some() {
                return Err(Refusal::Suspicious("two of its inner parts have the same name".into()));
            }
            spans.push((entry.offset, entry.offset.saturating_add(entry.packed)));
        }
        spans.sort_unstable();
        if spans.windows(2).any(|pair| pair[0].0 == pair[1].0 || pair[0].1 > pair[1].0) {
            return Err(Refusal::Suspicious("two of its inner parts lie in the same place".into()));
        }
        Ok(Self { bytes, limits: *limits, entries, by_name })
    }

    /// The limits within which it is read.
    pub(super) fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Every part in the directory's order.
    pub(super) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The part of this name, whatever its case, by its place in [`Package::entries`].
    pub(super) fn find(&self, name: &str) -> Option<usize> {
        self.by_name.get(&fold(name)).copied()
    }

    /// Refuses if these parts together, or one of them alone, would inflate too far.
    pub(super) fn within_budget(&self, parts: impl Iterator<Item = usize>) -> Result<(), Refusal> {
        let mut total = 0u64;
        for entry in parts.filter_map(|part| self.entries.get(part)) {
            total = total.saturating_add(entry.size);
            if entry.size > self.limits.bytes(Limited::Part) {
                return Err(Refusal::too_large(&self.limits, Limited::Part, entry.size));
            }
        }
        if total > self.limits.bytes(Limited::Unpacked) {
            return Err(Refusal::too_large(&self.limits, Limited::Unpacked, total));
        }
        Ok(())
    }

    /// Starts inflating a part.
    pub(super) fn stream(&self, part: usize) -> Result<Inflate<'a>, Refusal> {
        let entry = self.entries.get(part).ok_or_else(|| damaged("a part is missing"))?;
        if entry.encrypted {
            return Err(Refusal::Password);
        }
        let data = self.data(entry).ok_or_else(|| damaged("one of its inner parts is cut off"))?;
        let source = match entry.method {
            0 => Source::Stored(data),
            8 => Source::Deflated(Box::new(DeflateDecoder::new(data))),
            _ => return Err(damaged("one of its inner parts is packed in a way spreadsheets do not use")),
        };
        Ok(Inflate { source, left: entry.size, expected: entry.crc, crc: Hasher::new(), done: false })
    }

    fn data(&self, entry: &Entry) -> Option<&'a [u8]> {
        let header = self.bytes.get(usize::try_from(entry.offset).ok()?..)?;
        if header.get(..4)? != b"PK\x03\x04" {
            return None;
        }
        let start = 30 + usize::from(u16_at(header, 26)?) + usize::from(u16_at(header, 28)?);
        header.get(start..start.checked_add(usize::try_from(entry.packed).ok()?)?)
    }

    /// Reads a small part whole, to at most 64 MiB; `None` if there is no such part.
    pub(super) fn read(&self, name: &str) -> Result<Option<Vec<u8>>, Refusal> {
        let Some(part) = self.find(name) else { return Ok(None) };
        let size = self.entries[part].size;
        if size > MAX_SMALL {
            let name = &self.entries[part].name;
            return Err(Refusal::Suspicious(format!("its part {name} is larger than 64 MB")));
        }
        let mut bytes = Vec::new();
        self.stream(part)?
            .read_to_end(&mut bytes)
            .map_err(|why| Refusal::Damaged(format!("{why} (part {})", self.entries[part].name)))?;
        Ok(Some(bytes))
    }
}

/// A part's bytes as they are inflated; its length and checksum are compared with the directory's at the end.
pub(super) struct Inflate<'a> {
    source: Source<'a>,
    left: u64,
    expected: u32,
    crc: Hasher,
    done: bool,
}

enum Source<'a> {
    Stored(&'a [u8]),
    Deflated(Box<DeflateDecoder<&'a [u8]>>),
}

impl Source<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        match self {
            Source::Stored(data) => data.read(out),
            Source::Deflated(decoder) => {
                decoder.read(out).map_err(|_| io::Error::other("it is damaged and cannot be unpacked"))
            }
        }
    }
}

impl Inflate<'_> {
    fn end(&mut self) -> io::Result<usize> {
        if !self.done {
            if self.source.read(&mut [0])? != 0 {
                return Err(io::Error::other("it holds more than it declares"));
            }
            if self.crc.clone().finalize() != self.expected {
                return Err(io::Error::other("it is damaged: its checksum does not agree with its content"));
            }
            self.done = true;
        }
        Ok(0)
    }
}

impl Read for Inflate<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if out.is_empty() {
            return Ok(0);
        }
        if self.left == 0 {
            return self.end();
        }
        let most = usize::try_from(self.left).unwrap_or(usize::MAX).min(out.len());
        let read = self.source.read(&mut out[..most])?;
        if read == 0 {
            return Err(io::Error::other("it is cut off"));
        }
        self.left -= read as u64;
        self.crc.update(&out[..read]);
        Ok(read)
    }
}

fn damaged(why: &str) -> Refusal {
    Refusal::Damaged(why.to_owned())
}

fn fold(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_lowercase()
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_le_bytes(bytes.get(at..at + 8)?.try_into().ok()?))
}

/// Where the directory lies.
struct End {
    count: u64,
    size: u64,
    offset: u64,
    /// Where the directory must end.
    at: u64,
}

fn directory(bytes: &[u8], limits: &Limits) -> Result<Vec<Entry>, Refusal> {
    let end = find_end(bytes)
        .ok_or_else(|| damaged("its end is missing, so it may have been cut off on the way"))?;
    let limit = limits.of(Limited::Parts);
    if end.count > limit {
        return Err(Refusal::PastLimit { limited: Limited::Parts, limit, found: Some(end.count) });
    }
    let lost = || damaged("the list of its inner parts cannot be read");
    let start = end.at.checked_sub(end.size).ok_or_else(lost)?;
    // Bytes put in front of the package shift every place in it.
    let shift = start.checked_sub(end.offset).ok_or_else(lost)?;
    let mut rest = usize::try_from(start).ok().and_then(|start| bytes.get(start..)).ok_or_else(lost)?;
    let mut entries = Vec::new();
    for _ in 0..end.count {
        let (entry, length) = entry(rest, shift).ok_or_else(lost)?;
        rest = rest.get(length..).ok_or_else(lost)?;
        if !entry.name.ends_with('/') {
            entries.push(entry);
        }
    }
    if rest.get(..4) == Some(b"PK\x01\x02") {
        return Err(damaged("the list of its inner parts is longer than it says"));
    }
    Ok(entries)
}

fn find_end(bytes: &[u8]) -> Option<End> {
    let from = bytes.len().saturating_sub(22 + usize::from(u16::MAX));
    let at = from + memchr::memmem::rfind(bytes.get(from..)?, b"PK\x05\x06")?;
    let record = bytes.get(at..).filter(|record| record.len() >= 22)?;
    let (count, size, offset) = (u16_at(record, 10)?, u32_at(record, 12)?, u32_at(record, 16)?);
    if count == u16::MAX || size == u32::MAX || offset == u32::MAX {
        let locator = bytes.get(at.checked_sub(20)?..at)?;
        if locator.get(..4)? == b"PK\x06\x07" {
            let at = usize::try_from(u64_at(locator, 8)?).ok()?;
            let record = bytes.get(at..)?;
            if record.get(..4)? != b"PK\x06\x06" {
                return None;
            }
            let (count, size, offset) = (u64_at(record, 32)?, u64_at(record, 40)?, u64_at(record, 48)?);
            return Some(End { count, size, offset, at: at as u64 });
        }
    }
    Some(End { count: count.into(), size: size.into(), offset: offset.into(), at: at as u64 })
}

/// Reads one record of the directory and its length.
fn entry(record: &[u8], shift: u64) -> Option<(Entry, usize)> {
    if record.get(..4)? != b"PK\x01\x02" {
        return None;
    }
    let name_end = 46 + usize::from(u16_at(record, 28)?);
    let extra_end = name_end + usize::from(u16_at(record, 30)?);
    let length = extra_end + usize::from(u16_at(record, 32)?);
    let name = String::from_utf8_lossy(record.get(46..name_end)?).replace('\\', "/");
    let mut size = u64::from(u32_at(record, 24)?);
    let mut packed = u64::from(u32_at(record, 20)?);
    let mut offset = u64::from(u32_at(record, 42)?);
    widen(record.get(name_end..extra_end)?, [&mut size, &mut packed, &mut offset]);
    let entry = Entry {
        name: name.trim_start_matches('/').to_owned(),
        size,
        crc: u32_at(record, 16)?,
        packed,
        offset: offset.checked_add(shift)?,
        method: u16_at(record, 10)?,
        encrypted: u16_at(record, 8)? & 1 == 1,
    };
    Some((entry, length))
}

/// Replaces sizes that did not fit their field by those of the zip64 record, in its order.
fn widen(mut extra: &[u8], fields: [&mut u64; 3]) {
    while let (Some(id), Some(length)) = (u16_at(extra, 0), u16_at(extra, 2)) {
        let Some(mut data) = extra.get(4..4 + usize::from(length)) else { return };
        if id == 1 {
            for field in fields {
                if *field == u64::from(u32::MAX) {
                    let Some(value) = u64_at(data, 0) else { return };
                    *field = value;
                    data = &data[8..];
                }
            }
            return;
        }
        extra = &extra[4 + usize::from(length)..];
    }
}

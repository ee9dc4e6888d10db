//! The records of Excel 97–2003 workbooks, and the numbers and texts in them.
//!
//! Source of the layouts here and in the modules that use them: the published description of the format (MS-XLS).

use std::ops::Range;

/// The records of a stream from some place on.
pub(super) struct Records<'a> {
    stream: &'a [u8],
    at: usize,
}

/// A record: its kind, where it begins, and where its content lies.
pub(super) struct Record {
    pub(super) kind: u16,
    pub(super) at: usize,
    pub(super) place: Range<usize>,
}

impl<'a> Records<'a> {
    pub(super) const fn new(stream: &'a [u8], at: usize) -> Self {
        Self { stream, at }
    }

    /// The next record; `None` at the end or if it is cut off.
    pub(super) fn next(&mut self) -> Option<Record> {
        let at = self.at;
        let kind = u16_at(self.stream, at)?;
        let start = at.checked_add(4)?;
        let end = start + usize::from(u16_at(self.stream, at + 2)?);
        self.stream.get(start..end)?;
        self.at = end;
        Some(Record { kind, at, place: start..end })
    }

    /// The kind and the content of the next record.
    pub(super) fn content(&mut self) -> Option<(u16, &'a [u8])> {
        let record = self.next()?;
        Some((record.kind, self.stream.get(record.place)?))
    }

    /// The content of the next record if it is of this kind; else it is still the next.
    pub(super) fn content_of(&mut self, wanted: u16) -> Option<&'a [u8]> {
        let before = self.at;
        match self.content() {
            Some((kind, content)) if kind == wanted => Some(content),
            _ => {
                self.at = before;
                None
            }
        }
    }
}

pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

/// A text of this many letters that begins with its own flags (one or two bytes a letter), and what follows it.
pub(super) fn letters(data: &[u8], length: usize) -> Option<(String, &[u8])> {
    let (flags, data) = data.split_first()?;
    if flags & 1 == 0 {
        let (letters, rest) = data.split_at_checked(length)?;
        Some((letters.iter().map(|byte| char::from(*byte)).collect(), rest))
    } else {
        let (letters, rest) = data.split_at_checked(2 * length)?;
        Some((wide(letters), rest))
    }
}

/// Text of two bytes a letter.
pub(super) fn wide(letters: &[u8]) -> String {
    let units = letters.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
    char::decode_utf16(units).map(|letter| letter.unwrap_or('\u{fffd}')).collect()
}

#[cfg(test)]
pub(super) fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len()).expect("a short record");
    [&kind.to_le_bytes()[..], &length.to_le_bytes(), data].concat()
}

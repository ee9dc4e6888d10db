//! The records of a binary workbook's parts (`.xlsb`): read one by one, and made.
//!
//! Source of the layouts: the published description of the format (MS-XLSB).

use std::io::{self, BufRead, Read};

/// The longest content of a record that is kept, in bytes; text of a cell needs 64 KiB.
pub(super) const WHOLE: u64 = 1 << 20;

/// The records of a part.
pub(super) struct Records<R> {
    bytes: R,
    /// What is kept of the content of the record that was reached last.
    pub(super) data: Vec<u8>,
}

impl<R: BufRead> Records<R> {
    pub(super) fn new(bytes: R) -> Self {
        Self { bytes, data: Vec::new() }
    }

    /// Goes to the next record and gives its kind, `None` at the end; `most` says how many bytes of a kind's content are kept.
    pub(super) fn next(&mut self, most: impl Fn(u16) -> u64) -> io::Result<Option<u16>> {
        let Some(low) = self.byte()? else { return Ok(None) };
        let cut = || io::Error::other("it is cut off");
        let mut kind = u16::from(low);
        if low & 0x80 != 0 {
            let high = self.byte()?.ok_or_else(cut)?;
            kind = u16::from(low & 0x7F) | (u16::from(high & 0x7F) << 7);
        }
        let mut length = 0u64;
        for shift in [0, 7, 14, 21] {
            let byte = self.byte()?.ok_or_else(cut)?;
            length |= u64::from(byte & 0x7F) << shift;
            if byte & 0x80 == 0 {
                break;
            }
        }
        self.data.clear();
        let kept = length.min(most(kind)).min(WHOLE);
        let mut read = self.bytes.by_ref().take(kept).read_to_end(&mut self.data)? as u64;
        if kept < length {
            read += io::copy(&mut self.bytes.by_ref().take(length - kept), &mut io::sink())?;
        }
        if read == length { Ok(Some(kind)) } else { Err(cut()) }
    }

    fn byte(&mut self) -> io::Result<Option<u8>> {
        let byte = self.bytes.fill_buf()?.first().copied();
        self.bytes.consume(usize::from(byte.is_some()));
        Ok(byte)
    }
}

/// A record of this kind with this content.
pub(super) fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    if kind < 0x80 {
        bytes.extend(kind.to_le_bytes().first());
    } else {
        bytes.extend(
            [kind & 0x7F | 0x80, kind >> 7].iter().flat_map(|part| part.to_le_bytes().into_iter().take(1)),
        );
    }
    let mut length = data.len();
    while length >= 0x80 {
        bytes.push(0x80 | u8::try_from(length & 0x7F).unwrap_or(0));
        length >>= 7;
    }
    bytes.push(u8::try_from(length).unwrap_or(0));
    bytes.extend_from_slice(data);
    bytes
}

/// Adds a text of two bytes a letter behind its length.
pub(super) fn push_wide(bytes: &mut Vec<u8>, text: &str) {
    bytes.extend_from_slice(&u32::try_from(text.encode_utf16().count()).unwrap_or(0).to_le_bytes());
    bytes.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
}

/// A text of two bytes a letter behind its length, and what follows it.
pub(super) fn wide(data: &[u8]) -> Option<(String, &[u8])> {
    let length = usize::try_from(u32_at(data, 0)?).ok()?;
    let end = length.checked_mul(2)?.checked_add(4)?;
    let letters: Vec<u16> =
        data.get(4..end)?.chunks_exact(2).map(|two| u16::from_le_bytes([two[0], two[1]])).collect();
    Some((String::from_utf16_lossy(&letters), &data[end..]))
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

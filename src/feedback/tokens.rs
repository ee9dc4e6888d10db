//! XML as a stream of pieces that can be written out again byte for byte.

use super::Unfit;
use std::io::Read;

/// The longest tag, text or comment, in bytes. A cell's text has at most 32,767 letters.
const LONGEST: usize = 8 << 20;
/// Bytes read at a time, at least.
const STEP: usize = 64 << 10;

/// What a piece is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// `<a …>`
    Open,
    /// `</a>`
    Close,
    /// `<a …/>`
    Empty,
    /// What stands between tags; a long one may come in several pieces.
    Text,
    /// A comment, a declaration, an instruction.
    Other,
}

/// Takes XML apart without changing a byte of it.
pub(super) struct Tokens<R> {
    inner: R,
    buffer: Vec<u8>,
    /// Where the next piece begins in the buffer.
    at: usize,
    ended: bool,
}

impl<R: Read> Tokens<R> {
    pub(super) fn new(inner: R) -> Self {
        Self { inner, buffer: Vec::new(), at: 0, ended: false }
    }

    /// The next piece, `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<(Kind, &[u8])>, Unfit> {
        if self.at == self.buffer.len() && !self.fill()? {
            return Ok(None);
        }
        let (kind, length) = loop {
            let rest = &self.buffer[self.at..];
            if rest[0] != b'<' {
                break (Kind::Text, memchr::memchr(b'<', rest).unwrap_or(rest.len()));
            }
            if let Some(found) = piece(rest)? {
                break found;
            }
            if rest.len() > LONGEST {
                return Err(Unfit::Unusual("a piece of it is longer than any cell can be"));
            }
            if !self.fill()? {
                return Err(Unfit::Unusual("one of its parts is cut off"));
            }
        };
        let start = self.at;
        self.at += length;
        let found = &self.buffer[start..self.at];
        if kind == Kind::Other && found.starts_with(b"<?xml") {
            let written = value(found, "encoding").unwrap_or_default().to_ascii_lowercase();
            if !["", "utf-8", "utf8", "us-ascii"].contains(&written.as_str()) {
                return Err(Unfit::Unusual("one of its parts is written in an old alphabet"));
            }
        }
        Ok(Some((kind, found)))
    }

    /// Reads more; false at the end.
    fn fill(&mut self) -> Result<bool, Unfit> {
        if self.ended {
            return Ok(false);
        }
        self.buffer.drain(..self.at);
        self.at = 0;
        let held = self.buffer.len();
        // More each time, so that a long piece is not searched from its start too often.
        self.buffer.resize(held + STEP.max(held), 0);
        let mut filled = held;
        while filled < self.buffer.len() {
            let read = self.inner.read(&mut self.buffer[filled..]);
            match read.map_err(|_| Unfit::Unusual("one of its parts is damaged"))? {
                0 => {
                    self.ended = true;
                    break;
                }
                read => filled += read,
            }
        }
        self.buffer.truncate(filled);
        if memchr::memchr(0, &self.buffer[held..]).is_some() {
            return Err(Unfit::Unusual("one of its parts is written in an old alphabet"));
        }
        Ok(filled > held)
    }
}

/// The kind and length of a piece that begins with `<`, if its end is there.
fn piece(bytes: &[u8]) -> Result<Option<(Kind, usize)>, Unfit> {
    let until = |mark: &[u8], from: usize| {
        let found = memchr::memmem::find(bytes.get(from..).unwrap_or_default(), mark);
        found.map(|at| (Kind::Other, from + at + mark.len()))
    };
    match bytes {
        [_] => Ok(None),
        [_, b'?', ..] => Ok(until(b"?>", 2)),
        [_, b'!', b'-', b'-', ..] => Ok(until(b"-->", 4)),
        [_, b'!', b'[', ..] => Ok(until(b"]]>", 3)),
        [_, b'!', b'D' | b'd', ..] => Err(Unfit::Unusual("it declares a document type")),
        [_, b'!', ..] if bytes.len() < 9 => Ok(None),
        [_, b'!', ..] => Err(Unfit::Unusual("one of its parts is written in an unusual way")),
        [_, b'/', ..] => Ok(memchr::memchr(b'>', bytes).map(|at| (Kind::Close, at + 1))),
        _ => Ok(tag(bytes)),
    }
}

fn tag(bytes: &[u8]) -> Option<(Kind, usize)> {
    let mut at = 1;
    loop {
        at += memchr::memchr3(b'>', b'"', b'\'', &bytes[at..])?;
        match bytes[at] {
            b'>' => {
                let kind = if bytes[at - 1] == b'/' { Kind::Empty } else { Kind::Open };
                return Some((kind, at + 1));
            }
            quote => at += 1 + memchr::memchr(quote, &bytes[at + 1..])? + 1,
        }
    }
}

/// A tag's name with its prefix.
pub(super) fn full_name(tag: &[u8]) -> &[u8] {
    let start = if tag.get(1) == Some(&b'/') { 2 } else { 1 };
    let rest = tag.get(start..).unwrap_or_default();
    let end = rest.iter().position(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/'));
    &rest[..end.unwrap_or(rest.len())]
}

/// A tag's name without its prefix.
pub(super) fn name(tag: &[u8]) -> &[u8] {
    let full = full_name(tag);
    memchr::memchr(b':', full).map_or(full, |colon| &full[colon + 1..])
}

/// A tag's prefix with its colon; empty if it has none.
pub(super) fn prefix(tag: &[u8]) -> String {
    let full = full_name(tag);
    let colon = memchr::memchr(b':', full).map_or(0, |colon| colon + 1);
    String::from_utf8_lossy(&full[..colon]).into_owned()
}

/// Where an attribute's value stands in a tag, between its quotation marks; its name has to be the whole name.
pub(super) fn value_at(tag: &[u8], wanted: &str) -> Option<(usize, usize)> {
    attributes(tag).find(|(name, _)| *name == wanted.as_bytes()).map(|(_, place)| place)
}

/// An attribute's value with entities resolved.
pub(super) fn value(tag: &[u8], wanted: &str) -> Option<String> {
    value_at(tag, wanted).map(|(from, to)| unescape(&String::from_utf8_lossy(&tag[from..to])))
}

/// Names of a tag's attributes and where their values stand.
pub(super) fn attributes(tag: &[u8]) -> impl Iterator<Item = (&[u8], (usize, usize))> {
    let mut at = 1 + full_name(tag).len();
    std::iter::from_fn(move || {
        let from = at + tag.get(at..)?.iter().position(|byte| !byte.is_ascii_whitespace())?;
        let equals = from + memchr::memchr(b'=', tag.get(from..)?)?;
        let quote = equals + tag.get(equals..)?.iter().position(|byte| matches!(byte, b'"' | b'\''))?;
        let end = quote + 1 + memchr::memchr(tag[quote], tag.get(quote + 1..)?)?;
        at = end + 1;
        Some((tag[from..equals].trim_ascii_end(), (quote + 1, end)))
    })
}

/// A tag with an attribute set to a value, which needs no escaping.
pub(super) fn with_value(tag: &[u8], name: &str, value: &str) -> Vec<u8> {
    let (from, to, text) = if let Some((from, to)) = value_at(tag, name) {
        (from, to, value.to_owned())
    } else {
        let after = 1 + full_name(tag).len();
        (after, after, format!(" {name}=\"{value}\""))
    };
    [&tag[..from], text.as_bytes(), &tag[to..]].concat()
}

/// An empty tag as an opening one.
pub(super) fn opened(tag: &[u8]) -> Vec<u8> {
    let inside = tag.strip_suffix(b"/>").unwrap_or(tag);
    [inside, b">"].concat()
}

/// Text for between tags and for attributes; signs that XML cannot hold are left out.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' => escaped.push_str("&#10;"),
            '\t' => escaped.push(' '),
            letter if letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}') => {}
            letter => escaped.push(letter),
        }
    }
    escaped
}

fn unescape(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        plain.push_str(before);
        let (name, after) = after.split_once(';').unwrap_or((after, ""));
        let number = |digits: &str, base| u32::from_str_radix(digits, base).ok().and_then(char::from_u32);
        let letter = match name {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            _ => name.strip_prefix("#x").map_or_else(
                || name.strip_prefix('#').and_then(|digits| number(digits, 10)),
                |digits| number(digits, 16),
            ),
        };
        plain.extend(letter);
        rest = after;
    }
    plain + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives as many bytes at a time as it is told to.
    struct Drops<'a>(&'a [u8], usize);

    impl Read for Drops<'_> {
        fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
            let count = self.0.len().min(self.1).min(out.len());
            out[..count].copy_from_slice(&self.0[..count]);
            self.0 = &self.0[count..];
            Ok(count)
        }
    }

    const TEXT: &str = "\u{feff}<?xml version='1.0'?>\r\n<a:b c = \"x>y\" d='\"/>'><!-- <e> --><e/><![CDATA[<f>]]>t&amp;\n</a:b >";

    #[test]
    fn every_byte_comes_out_again() {
        use Kind::{Close, Empty, Open, Other, Text};
        for step in [1, 7, TEXT.len()] {
            let mut tokens = Tokens::new(Drops(TEXT.as_bytes(), step));
            let mut kinds = Vec::new();
            let mut all = Vec::new();
            while let Some((kind, bytes)) = tokens.next().expect("it is sound") {
                kinds.push(kind);
                all.extend_from_slice(bytes);
            }
            assert_eq!(all, TEXT.as_bytes());
            assert_eq!(kinds, [Text, Other, Text, Open, Other, Empty, Other, Text, Close]);
        }
        for cut in ["<a", "<a b=\"", "<!-- ", "<"] {
            assert!(Tokens::new(cut.as_bytes()).next().is_err(), "{cut}");
        }
        assert!(Tokens::new(&b"<!DOCTYPE a>"[..]).next().is_err());
    }

    #[test]
    fn attributes_are_found_by_their_whole_names_and_set() {
        let tag = br#"<x:c xml:r="no" r = 'A1' s="3" t="s&amp;&#x41;"/>"#;
        assert_eq!((name(tag), prefix(tag).as_str()), (&b"c"[..], "x:"));
        assert_eq!(value(tag, "r").as_deref(), Some("A1"));
        assert_eq!(value(tag, "t").as_deref(), Some("s&A"));
        assert_eq!(value(tag, "q"), None);
        assert_eq!(with_value(tag, "s", "12"), br#"<x:c xml:r="no" r = 'A1' s="12" t="s&amp;&#x41;"/>"#);
        assert_eq!(with_value(b"<c/>", "s", "1"), b"<c s=\"1\"/>");
        assert_eq!(opened(b"<row r=\"1\"/>"), b"<row r=\"1\">");
    }
}

//! How long the pieces of a part of XML are: a text, a tag, a comment. Readers hold each of them whole, so that one piece of
//! half a gigabyte, which packs into almost nothing, would cost several times as much memory.

use crate::model::{Limited, Limits};
use std::io::{self, Read};

/// Parts up to this size are not measured: no piece of theirs is longer, and a reader that holds it four times over stays
/// within bounds. Measuring costs a third of reading; hardly any real workbook has so large a part.
const SMALL_PART: u64 = 96 << 20;

/// Measures pieces as they go by. A cell's text has 32,767 letters, and no letter is written with more than twelve, so an
/// honest piece is far shorter than the usual limit.
pub(super) struct Pieces {
    /// False for a part that is too small to matter.
    wanted: bool,
    limits: Limits,
    inside: Inside,
    length: usize,
    /// True if the piece ends with the step just made.
    over: bool,
    /// The last two bytes before those that come next.
    last: [u8; 2],
}

#[derive(Clone, Copy)]
enum Inside {
    Text,
    /// After `<`.
    Opening,
    /// After `<!`, or after `<!-`.
    Declared,
    Tag,
    Quoted(u8),
    Comment,
    Unparsed,
    Instruction,
}

impl Pieces {
    /// For a part of this size when inflated.
    pub(super) fn new(size: u64, limits: &Limits) -> Self {
        Self {
            wanted: size > SMALL_PART,
            limits: *limits,
            inside: Inside::Text,
            length: 0,
            over: false,
            last: [0; 2],
        }
    }

    /// Looks at bytes that follow those of the last look.
    pub(super) fn see(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        while self.wanted && !bytes.is_empty() {
            let step = self.step(bytes);
            let (seen, rest) = bytes.split_at(step.min(bytes.len()));
            self.length += seen.len();
            if self.length > self.limits.size(Limited::Piece) {
                return Err(io::Error::other(self.limits.passed(Limited::Piece)));
            }
            if std::mem::take(&mut self.over) {
                self.length = 0;
            }
            match seen {
                [.., before, end] => self.last = [*before, *end],
                [end] => self.last = [self.last[1], *end],
                [] => {}
            }
            bytes = rest;
        }
        Ok(())
    }

    /// Goes to where this piece may end; gives how far that is.
    fn step(&mut self, bytes: &[u8]) -> usize {
        let to = |found: Option<usize>| found.map_or(bytes.len(), |at| at + 1);
        match self.inside {
            Inside::Text => {
                let found = memchr::memchr(b'<', bytes);
                if found.is_some() {
                    (self.inside, self.over) = (Inside::Opening, true);
                }
                to(found)
            }
            Inside::Opening => {
                self.inside = match bytes[0] {
                    b'?' => Inside::Instruction,
                    b'!' => Inside::Declared,
                    b'>' => Inside::Text,
                    _ => Inside::Tag,
                };
                1
            }
            Inside::Declared => {
                match (self.last[1], bytes[0]) {
                    (b'!', b'-') => {}
                    (b'-', b'-') => self.inside = Inside::Comment,
                    (_, b'[') => self.inside = Inside::Unparsed,
                    _ => self.inside = Inside::Tag,
                }
                1
            }
            Inside::Tag => {
                let found = memchr::memchr3(b'>', b'"', b'\'', bytes);
                match found.map(|at| bytes[at]) {
                    Some(b'>') => (self.inside, self.over) = (Inside::Text, true),
                    Some(mark) => self.inside = Inside::Quoted(mark),
                    None => {}
                }
                to(found)
            }
            Inside::Quoted(mark) => {
                let found = memchr::memchr(mark, bytes);
                if found.is_some() {
                    self.inside = Inside::Tag;
                }
                to(found)
            }
            Inside::Comment => self.until(b"--", bytes),
            Inside::Unparsed => self.until(b"]]", bytes),
            Inside::Instruction => self.until(b"?", bytes),
        }
    }

    /// Goes to the next `>`, which ends the piece if this stands before it.
    fn until(&mut self, mark: &[u8], bytes: &[u8]) -> usize {
        let Some(at) = memchr::memchr(b'>', bytes) else { return bytes.len() };
        let before = |by: usize| match at.checked_sub(by) {
            Some(place) => bytes[place],
            None => self.last[2 + at - by],
        };
        if mark.iter().rev().zip(1..).all(|(wanted, by)| before(by) == *wanted) {
            (self.inside, self.over) = (Inside::Text, true);
        }
        at + 1
    }
}

/// A stream whose pieces are measured as it is read.
pub(super) struct Measured<R> {
    inner: R,
    pieces: Pieces,
}

impl<R: Read> Measured<R> {
    /// For a part of this size when inflated.
    pub(super) fn new(inner: R, size: u64, limits: &Limits) -> Self {
        Self { inner, pieces: Pieces::new(size, limits) }
    }
}

impl<R: Read> Read for Measured<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(out)?;
        self.pieces.see(&out[..count])?;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILLER: &[u8] = b"<a b=\"<<>>\" c='>'>x</a><!-- <a> -> --><![CDATA[ ]> ]]><?a > ?>";

    /// Whether a start, many times a piece and an end pass, however the bytes come.
    fn passes(start: &str, piece: &[u8], end: &str) -> bool {
        let mut whole = start.as_bytes().to_vec();
        while whole.len() < Limits::default().size(Limited::Piece) + 1_000 {
            whole.extend_from_slice(piece);
        }
        whole.extend_from_slice(end.as_bytes());
        let results = [whole.len(), 65_536, 4_099].map(|step| {
            let mut pieces = Pieces::new(SMALL_PART + 1, &Limits::default());
            whole.chunks(step).all(|chunk| pieces.see(chunk).is_ok())
        });
        assert!(results.iter().all(|result| *result == results[0]), "{start}");
        results[0]
    }

    #[test]
    fn long_pieces_of_every_kind_are_found_and_many_short_ones_pass() {
        assert!(passes("<?xml version=\"1.0\"?>", FILLER, ""));
        assert!(passes("<!---->", b"<a/>", ""));
        for (start, piece, end) in [
            ("<a>", "x", "</a>"),
            ("<a b=\"", "<a> ", "\"/>"),
            ("<a b='", "\">", "'/>"),
            ("<a ", "b ", "/>"),
            ("<!--", "<a>->", "-->"),
            ("<![CDATA[", "<a>]>", "]]>"),
            ("<?x ", "<a>", "?>"),
            ("", "x", ""),
        ] {
            assert!(!passes(start, piece.as_bytes(), end), "{start}");
        }
    }

    #[test]
    fn small_parts_are_not_measured() {
        let mut pieces = Pieces::new(SMALL_PART, &Limits::default());
        assert!(pieces.see(&vec![b'x'; Limits::default().size(Limited::Piece) + 1]).is_ok());
    }

    #[test]
    fn another_limit_can_be_set() {
        let text = vec![b'x'; (1 << 20) + 1];
        for (limit, passes) in [(1, false), (2, true)] {
            let mut limits = Limits::default();
            limits.set(Limited::Piece, limit);
            let told = Pieces::new(SMALL_PART + 1, &limits).see(&text);
            assert_eq!(told.is_ok(), passes);
            assert!(told.err().is_none_or(|why| why.to_string().contains("QUARTERDAY_MAX_PIECE_MB")));
        }
    }
}

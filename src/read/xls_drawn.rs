//! Words that lie over the cells of Excel 97–2003 workbooks: comments and text boxes.
//!
//! A shape is a piece of a drawing (where it lies), a record of what it is (with its number) and a record of its words; a
//! comment is a record that names its cell and the number of its shape.

use super::attached::{MAX_BOXES, MAX_COMMENTS, clean};
use super::biff::{Records, u16_at, u32_at, wide};
use crate::model::{CellRef, Comment, SheetFacts, TextBox};
use std::collections::BTreeMap;

const COMMENT: u16 = 0x001C;
const CONTINUED: u16 = 0x003C;
const SHAPE: u16 = 0x005D;
const DRAWING: u16 = 0x00EC;
const WORDS: u16 = 0x01B6;
/// The kind of a shape that holds a comment's words.
const NOTE: u16 = 0x0019;
/// The longest text that is kept, in bytes.
const MAX_TEXT: usize = 64 << 10;

/// What lies over a sheet, as its records go by.
#[derive(Default)]
pub(super) struct Drawn {
    /// The cell under the shape whose drawing came last.
    near: Option<CellRef>,
    /// Kind and number of the shape that came last.
    shape: Option<(u16, u16)>,
    /// Words of comments by the number of their shape.
    notes: BTreeMap<u16, String>,
    /// Cells with a comment, and the number of its shape.
    cells: Vec<(CellRef, u16)>,
    boxes: Vec<TextBox>,
    /// Comments whose words stand in their own record, as before Excel 97.
    own: Vec<Comment>,
    full: bool,
}

impl Drawn {
    /// Takes in a record; the words of a shape go on in the records that follow.
    pub(super) fn step(&mut self, kind: u16, data: &[u8], records: &mut Records<'_>, newest: bool) {
        match kind {
            DRAWING => self.near = anchor(data).or(self.near),
            SHAPE => self.shape = u16_at(data, 4).zip(u16_at(data, 6)),
            WORDS => {
                let text = clean(&words(data, records));
                match self.shape {
                    Some((NOTE, number)) if self.notes.len() < MAX_COMMENTS => {
                        self.notes.insert(number, text);
                    }
                    Some((NOTE, _)) => self.full = true,
                    _ if self.boxes.len() >= MAX_BOXES => self.full = true,
                    _ if text.is_empty() => {}
                    _ => self.boxes.push(TextBox { near: self.near.unwrap_or(CellRef::new(0, 0)), text }),
                }
            }
            COMMENT => self.comment(data, newest),
            _ => {}
        }
    }

    fn comment(&mut self, data: &[u8], newest: bool) {
        let (Some(row), Some(column)) = (u16_at(data, 0), u16_at(data, 2)) else { return };
        if self.cells.len().max(self.own.len()) >= MAX_COMMENTS {
            self.full = true;
            return;
        }
        let at = CellRef::new(row.into(), column);
        if newest {
            self.cells.push((at, u16_at(data, 6).unwrap_or(0)));
            return;
        }
        let more: String = data.get(6..).unwrap_or_default().iter().map(|byte| char::from(*byte)).collect();
        match self.own.last_mut() {
            // A long one goes on in a record of no cell.
            Some(last) if row == u16::MAX && last.text.len() < MAX_TEXT => last.text.push_str(&more),
            _ if row == u16::MAX => {}
            _ if column < 256 => self.own.push(Comment { at, text: more, threaded: false, ours: false }),
            _ => {}
        }
    }

    /// Hands over what was found; gives true if some of it was not kept or has no words.
    pub(super) fn finish(mut self, facts: &mut SheetFacts) -> bool {
        let mut lost = self.full;
        for (at, number) in self.cells {
            let text = self.notes.get(&number).cloned();
            lost |= text.is_none();
            facts.comments.push(Comment { at, text: text.unwrap_or_default(), threaded: false, ours: false });
        }
        for comment in &mut self.own {
            comment.text = clean(&comment.text);
        }
        facts.comments.append(&mut self.own);
        facts.comments.sort_by_key(|comment| comment.at);
        facts.text_boxes = self.boxes;
        lost
    }
}

/// The cell under the top left corner of the last shape of a piece of a drawing.
fn anchor(data: &[u8]) -> Option<CellRef> {
    const ANCHOR: u16 = 0xF010;
    let (mut at, mut found) = (0usize, None);
    while let (Some(head), Some(kind), Some(length)) =
        (u16_at(data, at), u16_at(data, at + 2), u32_at(data, at + 4))
    {
        at += 8;
        if kind == ANCHOR
            && let (Some(column), Some(row)) = (u16_at(data, at + 2), u16_at(data, at + 6))
        {
            found = (column < 256).then_some(CellRef::new(row.into(), column)).or(found);
        }
        // What is inside a group of records follows its head.
        if head & 0xF != 0xF {
            at = at.checked_add(length as usize)?;
        }
    }
    found
}

/// The words of a shape: as many letters as it says, in the records that follow, each with its own width of a letter.
fn words(data: &[u8], records: &mut Records<'_>) -> String {
    let mut left = usize::from(u16_at(data, 10).unwrap_or(0));
    let mut text = String::new();
    while left > 0
        && text.len() < MAX_TEXT
        && let Some((flags, letters)) = records.content_of(CONTINUED).and_then(|data| data.split_first())
    {
        if flags & 1 == 0 {
            let letters = &letters[..letters.len().min(left)];
            text.extend(letters.iter().map(|byte| char::from(*byte)));
            left -= letters.len().max(1);
        } else {
            let letters = &letters[..letters.len().min(2 * left)];
            text.push_str(&wide(letters));
            left -= (letters.len() / 2).max(1);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::biff::record;
    use proptest::prelude::*;

    /// A group that holds the place of a shape: row 4, column C.
    fn drawing() -> Vec<u8> {
        let anchor = [[0, 0, 2, 0, 0, 0, 3, 0].as_slice(), &[0; 10]].concat();
        [
            &[0x0F, 0, 0x04, 0xF0, 200, 0, 0, 0][..],
            &[0, 0, 0x0A, 0xF0, 8, 0, 0, 0],
            &[0; 8],
            &[0, 0, 0x10, 0xF0, 18, 0, 0, 0],
            &anchor,
        ]
        .concat()
    }

    fn shape(kind: u16, number: u8, letters: u8, pieces: &[&[u8]]) -> Vec<u8> {
        let mut words = vec![0; 18];
        words[10] = letters;
        let mut bytes = [
            record(DRAWING, &drawing()),
            record(SHAPE, &[0x15, 0, 0x12, 0, kind.to_le_bytes()[0], 0, number, 0]),
            record(WORDS, &words),
        ]
        .concat();
        for piece in pieces {
            bytes.extend(record(CONTINUED, piece));
        }
        bytes
    }

    fn book() -> Vec<u8> {
        [
            shape(NOTE, 7, 6, &[b"\0See", b"\x01 \x00A\x001\x00", &[0; 16]]),
            shape(6, 8, 4, &[b"\0Note", &[0; 16]]),
            record(COMMENT, &[2, 0, 1, 0, 0, 0, 7, 0]),
            record(COMMENT, &[3, 0, 1, 0, 0, 0, 9, 0]),
        ]
        .concat()
    }

    fn read(bytes: &[u8], newest: bool) -> (SheetFacts, bool) {
        let (mut drawn, mut facts) = (Drawn::default(), SheetFacts::default());
        let mut records = Records::new(bytes, 0);
        while let Some((kind, data)) = records.content() {
            drawn.step(kind, data, &mut records, newest);
        }
        let lost = drawn.finish(&mut facts);
        (facts, lost)
    }

    #[test]
    fn comments_and_boxes_have_their_words() {
        let (facts, lost) = read(&book(), true);
        let comments: Vec<(CellRef, &str)> =
            facts.comments.iter().map(|comment| (comment.at, comment.text.as_str())).collect();
        assert_eq!(comments, [(CellRef::new(2, 1), "See A1"), (CellRef::new(3, 1), "")]);
        assert_eq!(facts.text_boxes, [TextBox { near: CellRef::new(3, 2), text: "Note".to_owned() }]);
        assert!(lost, "one comment has no words");
    }

    #[test]
    fn comments_of_older_workbooks_have_their_words_with_them() {
        let bytes = [
            record(COMMENT, &[[2, 0, 1, 0, 8, 0].as_slice(), b"See"].concat()),
            record(COMMENT, &[[255, 255, 0, 0, 5, 0].as_slice(), b" A1.\0"].concat()),
        ]
        .concat();
        let (facts, lost) = read(&bytes, false);
        assert_eq!(facts.comments.len(), 1);
        assert_eq!(facts.comments[0].text, "See A1.");
        assert!(!lost);
    }

    proptest! {
        #[test]
        fn damage_stops_nothing(at in 0usize..300, byte: u8, cut in 0usize..340) {
            let mut bytes = book();
            if let Some(place) = bytes.get_mut(at) {
                *place = byte;
            }
            bytes.truncate(cut);
            read(&bytes, true);
            read(&bytes, false);
        }
    }
}

//! Notes on cells: their words in one part, their boxes in another, both either new or with ours added at the end.

use super::rewrite::{rewrite, visit};
use super::tokens::{Kind, escape, value};
use super::{Mark, Unfit};
use crate::model::{CellRef, NOTE_AUTHOR, is_our_note};
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// The first number of a box; each block of so many belongs to one drawing.
const BLOCK: u32 = 1_024;
/// Notes that a sheet gets at most: so many boxes are in one block.
pub(super) const MOST: usize = 1_000;

/// What the notes of a sheet say so far.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// Cells with a note that is not ours.
    pub(super) theirs: BTreeSet<CellRef>,
    /// Cells with a note of an earlier feedback.
    ours: BTreeSet<CellRef>,
    authors: usize,
    our_authors: BTreeSet<usize>,
}

impl Known {
    pub(super) fn has_none_of_ours(&self) -> bool {
        self.ours.is_empty()
    }
}

/// Letters of a note by which it is told whose it is.
const BEGINNING: usize = 64;

/// Reads which cells have notes.
pub(super) fn known(comments: &[u8]) -> Result<Known, Unfit> {
    let mut known = Known::default();
    let (mut author, mut words) = (String::new(), String::new());
    let mut noted = None;
    visit(comments, |piece| {
        let inside = |name: &str| {
            piece.kind == Kind::Text && piece.path.last().is_some_and(|last| last == name.as_bytes())
        };
        if inside("author") {
            author.push_str(&String::from_utf8_lossy(piece.bytes));
        } else if inside("t") && words.len() < BEGINNING {
            words.push_str(&String::from_utf8_lossy(piece.bytes));
        } else if piece.is_at(&["comments", "authors", "author"]) && piece.kind != Kind::Open {
            if author.trim() == NOTE_AUTHOR {
                known.our_authors.insert(known.authors);
            }
            known.authors += 1;
            author.clear();
        } else if piece.begins(&["comments", "commentList", "comment"]) {
            let cell = value(piece.bytes, "ref").and_then(|cell| CellRef::parse(cell.trim()));
            let author = value(piece.bytes, "authorId").and_then(|id| id.trim().parse::<usize>().ok());
            let cell = cell.ok_or(Unfit::Unusual("a note is on no cell"))?;
            noted = Some((cell, author.is_some_and(|author| known.our_authors.contains(&author))));
            words.clear();
        }
        let ends = piece.kind != Kind::Open && piece.is_at(&["comments", "commentList", "comment"]);
        if let Some((cell, by_us)) = noted.take_if(|_| ends) {
            let ours = by_us || is_our_note(&words);
            let cells = if ours { &mut known.ours } else { &mut known.theirs };
            cells.insert(cell);
        }
        Ok(())
    })?;
    Ok(known)
}

/// The part with the words of notes: those that are there, without ours of an earlier time, and these.
pub(super) fn comments(
    existing: Option<(&[u8], &Known)>,
    language: &str,
    notes: &[&Mark],
) -> Result<Vec<u8>, Unfit> {
    let Some((xml, known)) = existing else {
        let list = list("", 0, notes);
        let xml = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<comments xmlns=\"{language}\"><authors><author>{NOTE_AUTHOR}</author></authors><commentList>{list}</commentList></comments>"
        );
        return Ok(xml.into_bytes());
    };
    let (mut authors, mut lists) = (0, 0);
    let mut skipping = false;
    let number = known.our_authors.first().copied().unwrap_or(known.authors);
    let out = rewrite(xml, |piece| {
        let at = |path: &[&str]| piece.is_at(path);
        if at(&["comments", "commentList", "comment"]) {
            let cell = value(piece.bytes, "ref").and_then(|cell| CellRef::parse(cell.trim()));
            let ours = cell.is_some_and(|cell| known.ours.contains(&cell));
            let skip = skipping || (ours && piece.kind != Kind::Close);
            skipping = skip && piece.kind == Kind::Open;
            return Ok(skip.then(Vec::new));
        }
        if skipping {
            return Ok(Some(Vec::new()));
        }
        if at(&["comments", "authors"]) && known.our_authors.is_empty() {
            let there = piece.with_last(|p| format!("<{p}author>{NOTE_AUTHOR}</{p}author>"));
            authors += usize::from(there.is_some());
            return Ok(there);
        }
        if at(&["comments", "commentList"]) {
            let there = piece.with_last(|p| list(p, number, notes));
            lists += usize::from(there.is_some());
            return Ok(there);
        }
        Ok(None)
    })?;
    let enough = lists == 1 && (authors == 1 || !known.our_authors.is_empty());
    if enough { Ok(out) } else { Err(Unfit::Unusual("its notes are not as spreadsheet programs write them")) }
}

fn list(p: &str, author: usize, notes: &[&Mark]) -> String {
    let mut text = String::new();
    for note in notes {
        let words = escape(&note.note);
        let _ = write!(
            text,
            "<{p}comment ref=\"{}\" authorId=\"{author}\"><{p}text><{p}t xml:space=\"preserve\">{words}</{p}t></{p}text></{p}comment>",
            note.cell
        );
    }
    text
}

/// The part with the boxes of notes: those that are there and these. `None` if the drawing that is there cannot be added to.
pub(super) fn boxes(existing: Option<&[u8]>, known: Option<&Known>, notes: &[&Mark]) -> Option<Vec<u8>> {
    let Some(drawing) = existing else {
        let mut xml = format!("{HEAD}{KIND}");
        for (number, note) in (BLOCK + 1..).zip(notes) {
            shape(&mut xml, number, note);
        }
        return Some((xml + "</xml>").into_bytes());
    };
    let drawing = std::str::from_utf8(drawing).ok()?;
    let root = drawing.split_once("<xml")?.1.split_once('>')?.0;
    if !["xmlns:v=", "xmlns:o=", "xmlns:x="].iter().all(|language| root.contains(language)) {
        return None;
    }
    let drawing = known.map_or_else(|| drawing.to_owned(), |known| without(drawing, &known.ours));
    let end = drawing.rfind("</xml>")?;
    let last = drawing
        .match_indices("_x0000_s")
        .filter_map(|(at, mark)| leading_number(&drawing[at + mark.len()..]));
    let last = last.max().unwrap_or(BLOCK);
    let free = (last / BLOCK + 1).checked_mul(BLOCK)?.checked_sub(last + 1)?;
    if usize::try_from(free).ok()? < notes.len() {
        return None;
    }
    let mut added = String::new();
    if !drawing.contains("id=\"_x0000_t202\"") {
        added.push_str(KIND);
    }
    for (number, note) in (last + 1..).zip(notes) {
        shape(&mut added, number, note);
    }
    Some([&drawing[..end], &added, &drawing[end..]].concat().into_bytes())
}

fn leading_number(text: &str) -> Option<u32> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    text[..digits].parse().ok()
}

/// A drawing without the boxes of notes on these cells.
fn without(drawing: &str, cells: &BTreeSet<CellRef>) -> String {
    let mut kept = String::with_capacity(drawing.len());
    let mut rest = drawing;
    while let Some(start) = rest.find("<v:shape ").filter(|_| !cells.is_empty()) {
        let Some(length) = rest[start..].find("</v:shape>") else { break };
        let end = start + length + "</v:shape>".len();
        let shape = &rest[start..end];
        let number = |name: &str| {
            let (_, after) = shape.split_once(&format!("<x:{name}>"))?;
            leading_number(after.trim_start())
        };
        let at = number("Row").zip(number("Column"));
        let cell = at.and_then(|(row, column)| Some(CellRef::new(row, u16::try_from(column).ok()?)));
        let ours = shape.contains("\"Note\"") && cell.is_some_and(|cell| cells.contains(&cell));
        kept.push_str(&rest[..if ours { start } else { end }]);
        rest = &rest[end..];
    }
    kept + rest
}

const HEAD: &str = concat!(
    "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\"",
    " xmlns:x=\"urn:schemas-microsoft-com:office:excel\">",
    "<o:shapelayout v:ext=\"edit\"><o:idmap v:ext=\"edit\" data=\"1\"/></o:shapelayout>",
);

/// The kind of box that notes have in every workbook.
const KIND: &str = concat!(
    "<v:shapetype id=\"_x0000_t202\" coordsize=\"21600,21600\" o:spt=\"202\" path=\"m,l,21600r21600,l21600,xe\">",
    "<v:stroke joinstyle=\"miter\"/><v:path gradientshapeok=\"t\" o:connecttype=\"rect\"/></v:shapetype>",
);

fn shape(text: &mut String, number: u32, note: &Mark) {
    let CellRef { row, column } = note.cell;
    let column = u32::from(column);
    // The box stands to the right of its cell, where there is room, and is as tall as its words need.
    let left = if column + 5 < 16_384 { column + 1 } else { column.saturating_sub(5) };
    let lines = u32::try_from(note.note.chars().count() / 38 + 2).unwrap_or(4).clamp(4, 14);
    let top = row.saturating_sub(1).min(1_048_575 - lines);
    let _ = write!(
        text,
        "<v:shape id=\"_x0000_s{number}\" type=\"#_x0000_t202\" style=\"position:absolute;margin-left:80pt;margin-top:5pt;width:200pt;height:{height}pt;z-index:{number};visibility:hidden\" fillcolor=\"#ffffe1\" o:insetmode=\"auto\"><v:fill color2=\"#ffffe1\"/><v:shadow on=\"t\" color=\"black\" obscured=\"t\"/><v:path o:connecttype=\"none\"/><v:textbox style=\"mso-direction-alt:auto\"><div style=\"text-align:left\"></div></v:textbox><x:ClientData ObjectType=\"Note\"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{left}, 15, {top}, 4, {right}, 15, {bottom}, 4</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>",
        height = lines * 15,
        right = left + 4,
        bottom = top + lines,
    );
}

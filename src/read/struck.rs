//! Words that are crossed out inside a text of an Excel workbook; calamine gives the text alone.

use super::attached;
use super::audit::attribute;
use super::feed::Feed;
use super::ooxml::Outline;
use super::package::Package;
use crate::model::{CellRef, Raw, RawCell, Sheet, Unseen};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};

/// What a part holds in which words may be crossed out.
pub(super) const MARK: &[u8] = b"strike";
/// Texts and cells that are kept.
const MOST: usize = 1_000;
/// The longest text that a cell can hold, in bytes.
const MAX_TEXT: usize = 4 * 32_767;

/// Shared texts with words in them that are crossed out.
pub(super) struct Struck {
    texts: BTreeSet<String>,
    more: bool,
}

impl Struck {
    pub(super) fn read(package: &Package<'_>, outline: &Outline, feed: &Feed<'_>) -> Self {
        let part = outline.strings.filter(|_| feed.has_struck_texts());
        let stream = part.and_then(|part| package.stream(part).ok());
        let (texts, more) = stream.map_or_else(Default::default, |part| shared_texts(BufReader::new(part)));
        Self { texts, more }
    }

    /// Says in which cells of a sheet only some words are crossed out; `inside` if it holds such texts itself.
    pub(super) fn told(
        &self,
        package: &Package<'_>,
        part: usize,
        sheet: &Sheet,
        inside: bool,
    ) -> Vec<Unseen> {
        let mut unseen = Vec::new();
        let (mut cells, mut more) = (Vec::new(), self.more);
        if inside && let Ok(stream) = package.stream(part) {
            let (found, left_out) = own_cells(BufReader::new(stream));
            cells = found;
            more |= left_out;
        }
        if !self.texts.is_empty() {
            let has =
                |cell: &&RawCell| matches!(sheet.raw(cell), Raw::Text(text) if self.texts.contains(text));
            cells.extend(sheet.cells().iter().filter(has).map(|cell| cell.at));
        }
        // A cell that is crossed out as a whole is told as such.
        cells.retain(|at| !sheet.look(*at).struck);
        unseen.extend(attached::partly_struck(&sheet.name, &cells).map(Unseen::Part));
        if more {
            let what = format!("more words that are crossed out inside texts of the sheet {}", sheet.name);
            unseen.push(Unseen::Part(what));
        }
        unseen
    }
}

/// The shared texts some words of which are crossed out, and true if there are more than are kept.
fn shared_texts(part: impl BufRead) -> (BTreeSet<String>, bool) {
    let mut found = BTreeSet::new();
    let more = each(part, "si", |text, _| {
        found.insert(text);
        found.len() < MOST
    });
    (found, more)
}

/// The cells that hold their text themselves and have some words of it crossed out.
fn own_cells(part: impl BufRead) -> (Vec<CellRef>, bool) {
    let mut found = Vec::new();
    let more = each(part, "c", |_, at| {
        found.extend(at);
        found.len() < MOST
    });
    (found, more)
}

/// Visits each element of this name with crossed-out words in it, with its text, until told to stop. Gives true if it was
/// stopped or the part cannot be read to its end.
fn each(part: impl BufRead, name: &str, mut visit: impl FnMut(String, Option<CellRef>) -> bool) -> bool {
    let mut reader = Reader::from_reader(part);
    reader.config_mut().check_end_names = false;
    let mut buffer = Vec::new();
    let mut state = State::default();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(tag)) => {
                if tag.local_name().as_ref() == name {
                    let at = attribute(&tag, "r").and_then(|cell| CellRef::parse(&cell));
                    state = State { at, ..State::default() };
                } else {
                    state.open(&tag);
                }
            }
            Ok(Event::Empty(tag)) => state.mark(&tag),
            Ok(Event::End(tag)) => {
                let ended = tag.local_name();
                if ended.as_ref() == name {
                    let done = std::mem::take(&mut state);
                    if done.found && !visit(done.text, done.at) {
                        return true;
                    }
                } else {
                    state.close(ended.as_ref());
                }
            }
            Ok(Event::Text(text)) => state.words(text.as_ref()),
            Ok(Event::CData(text)) => state.words(text.as_ref()),
            Ok(Event::GeneralRef(reference)) => {
                let mut words = attached::Words::default();
                words.refer(&reference);
                state.words(&words.whole());
            }
            Ok(Event::Eof) => return false,
            Err(_) => return true,
            Ok(_) => {}
        }
    }
}

#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "where in a text the reader is, each by itself")]
struct State {
    at: Option<CellRef>,
    text: String,
    /// Inside what says how a run looks.
    looks: bool,
    struck: bool,
    in_text: bool,
    /// Inside a reading aid, which is no part of the text.
    aid: bool,
    /// True if words were met that are crossed out.
    found: bool,
}

impl State {
    fn open(&mut self, tag: &BytesStart<'_>) {
        match tag.local_name().as_ref() {
            "r" => self.struck = false,
            "rPr" => self.looks = true,
            "rPh" => self.aid = true,
            "t" => self.in_text = !self.aid,
            _ => self.mark(tag),
        }
    }

    fn mark(&mut self, tag: &BytesStart<'_>) {
        if self.looks && matches!(tag.local_name().as_ref(), "strike" | "dstrike") {
            let off = attribute(tag, "val").is_some_and(|value| matches!(value.as_str(), "0" | "false"));
            self.struck = !off;
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "rPr" => self.looks = false,
            "rPh" => self.aid = false,
            "r" => self.struck = false,
            "t" => self.in_text = false,
            _ => {}
        }
    }

    fn words(&mut self, words: &str) {
        if self.in_text && self.text.len() < MAX_TEXT {
            self.text.push_str(words);
            self.found |= self.struck && !words.trim().is_empty();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_with_crossed_out_words_are_found() {
        let part = "<sst><si><t>plain strike</t></si>\
            <si><r><t>paid </t></r><r><rPr><b/><strike/></rPr><t>£20 &amp; more</t></r></si>\
            <si><r><rPr><strike val=\"0\"/></rPr><t>not</t></r><rPh><t>x</t></rPh></si>\
            <si><r><rPr><strike/></rPr><t> </t></r><r><t>only a gap</t></r></si>\
            <x:si><x:r><x:rPr><x:strike/></x:rPr><x:t>old</x:t></x:r><x:r><x:t> new</x:t></x:r></x:si></sst>";
        let (found, more) = shared_texts(part.as_bytes());
        assert_eq!(found.iter().map(String::as_str).collect::<Vec<_>>(), ["old new", "paid £20 & more"]);
        assert!(!more);
        assert!(shared_texts(&part.as_bytes()[..150]).1, "it is cut off");
    }

    #[test]
    fn cells_with_crossed_out_words_are_found() {
        let row = "<row><c r=\"B2\" t=\"inlineStr\"><is><r><rPr><strike/></rPr><t>4</t></r><r><t>5</t></r></is></c>\
            <c r=\"C2\"><v>5</v></c></row>";
        assert_eq!(own_cells(row.as_bytes()), (vec![CellRef::new(1, 1)], false));
    }
}

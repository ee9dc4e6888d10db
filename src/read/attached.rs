//! Parts that belong to a sheet or to the whole of an Excel workbook: comments, text boxes, names, links, properties.
//!
//! Nothing here is needed to read the cells, so damage in it is noted and stops nothing.

use super::about;
use super::audit::attribute;
use super::beside::area_of;
use super::ooxml::{Relations, clean_name, each_element_of, relations, xml};
use super::package::Package;
use super::xlsb_facts;
use crate::model::{
    CellRef, Comment, DefinedName, Filter, NOTE_AUTHOR, Refusal, SheetFacts, TextBox, Unseen, WorkbookFacts,
};
use quick_xml::events::{BytesRef, BytesStart, Event};
use std::collections::BTreeSet;

pub(super) const MAX_COMMENTS: usize = 20_000;
pub(super) const MAX_BOXES: usize = 5_000;
pub(super) const MAX_NAMES: usize = 20_000;
pub(super) const MAX_LINKS: usize = 500;
/// The largest part that is read only for the name of another workbook, in bytes.
const MAX_LINK_PART: u64 = 1 << 20;
/// The longest text that is kept of any of these, in bytes.
const MAX_TEXT: usize = 64 << 10;

/// Reads what belongs to the sheet in this part. Parts in `taken` were read for a sheet before: each is read once, so that
/// a file which names one part a thousand times costs no more than one which names it once.
pub(super) fn sheet(
    package: &Package<'_>,
    part: &str,
    name: &str,
    facts: &mut SheetFacts,
    taken: &mut BTreeSet<usize>,
    unseen: &mut Vec<Unseen>,
) {
    let mut told = |what: &str| {
        let what = Unseen::Part(format!("{what} of the sheet {name}"));
        if !unseen.contains(&what) {
            unseen.push(what);
        }
    };
    let relations = match relations(package, part) {
        Ok(relations) => relations.unwrap_or_default(),
        Err(_) => return told("comments or drawings"),
    };
    for relation in relations.values() {
        let known = ["/comments", "/threadedComment", "/drawing", "/table"];
        if !known.iter().any(|kind| relation.kind.ends_with(kind))
            || package.find(&relation.target).is_some_and(|part| !taken.insert(part))
        {
            continue;
        }
        let binary = relation.target.to_ascii_lowercase().ends_with(".bin");
        let read = if binary && relation.kind.ends_with("/comments") {
            xlsb_facts::comments(package, &relation.target, facts).map_err(|_| "comments")
        } else if binary && relation.kind.ends_with("/table") {
            xlsb_facts::table(package, &relation.target, facts).map_err(|_| "filters")
        } else if relation.kind.ends_with("/comments") {
            comments(package, &relation.target, false, facts).map_err(|_| "comments")
        } else if relation.kind.ends_with("/threadedComment") {
            comments(package, &relation.target, true, facts).map_err(|_| "comments")
        } else if relation.kind.ends_with("/table") {
            table(package, &relation.target, facts).map_err(|_| "filters")
        } else {
            boxes(package, &relation.target, facts).map_err(|_| "drawings")
        };
        if let Err(what) = read {
            told(what);
        }
    }
    if facts.comments.len() >= MAX_COMMENTS {
        told("some of the comments");
    }
    if facts.text_boxes.len() >= MAX_BOXES {
        told("some of the text boxes");
    }
    // Excel keeps a note in place of each conversation, for programs that do not know those.
    let threaded: BTreeSet<CellRef> =
        facts.comments.iter().filter(|comment| comment.threaded).map(|comment| comment.at).collect();
    facts.comments.retain(|comment| comment.threaded || !threaded.contains(&comment.at));
    facts.comments.sort_by_key(|comment| comment.at);
}

/// Text that is put together from what stands between tags.
#[derive(Default)]
pub(super) struct Words(String);

impl Words {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn add(&mut self, text: &str) {
        if self.0.len() < MAX_TEXT {
            self.0.push_str(text);
        }
    }

    pub(super) fn refer(&mut self, reference: &BytesRef<'_>) {
        let name: &str = reference.as_ref();
        match name {
            "amp" => self.add("&"),
            "lt" => self.add("<"),
            "gt" => self.add(">"),
            "quot" => self.add("\""),
            "apos" => self.add("'"),
            _ => {
                if let Ok(Some(letter)) = reference.resolve_char_ref() {
                    self.add(letter.encode_utf8(&mut [0; 4]));
                }
            }
        }
    }

    /// The text as it is, with its white space.
    pub(super) fn whole(self) -> String {
        self.0
    }

    pub(super) fn take(&mut self) -> String {
        clean(&std::mem::take(&mut self.0))
    }
}

/// A text without signs that do not show.
pub(super) fn clean(text: &str) -> String {
    let shown = text.chars().filter(|letter| !letter.is_control() || *letter == '\n');
    shown.collect::<String>().trim().to_owned()
}

fn comments(
    package: &Package<'_>,
    part: &str,
    threaded: bool,
    facts: &mut SheetFacts,
) -> Result<(), Refusal> {
    let Some(text) = xml(package, part)? else { return Ok(()) };
    let element = if threaded { "threadedComment" } else { "comment" };
    let (mut at, mut is_ours) = (None, false);
    let (mut words, mut inside) = (Words::default(), false);
    // Our own notes of an earlier feedback are no words of the partner's.
    let (mut authors, mut ours) = (0_usize, None);
    each_element_of(&text, |event| {
        match event {
            Event::Empty(tag) if tag.local_name().as_ref() == "author" => authors += 1,
            Event::Start(tag) => match tag.local_name().as_ref() {
                name if name == element => {
                    let author = attribute(tag, "authorId").and_then(|id| id.trim().parse::<usize>().ok());
                    is_ours = author.is_some() && author == ours;
                    at = attribute(tag, "ref").and_then(|cell| CellRef::parse(&cell));
                    words = Words::default();
                }
                "author" => {
                    words = Words::default();
                    inside = true;
                }
                "t" | "text" => inside = true,
                "rPh" => inside = false,
                _ => {}
            },
            Event::End(tag) => match tag.local_name().as_ref() {
                "author" => {
                    inside = false;
                    if words.take() == NOTE_AUTHOR {
                        ours = Some(authors);
                    }
                    authors += 1;
                }
                name if name == element => {
                    if let Some(at) = at.take() {
                        facts.comments.push(Comment { at, text: words.take(), threaded, ours: is_ours });
                    }
                }
                "t" | "text" => inside = false,
                _ => {}
            },
            Event::Text(text) if inside => words.add(text.as_ref()),
            Event::CData(text) if inside => words.add(text.as_ref()),
            Event::GeneralRef(reference) if inside => words.refer(reference),
            _ => {}
        }
        facts.comments.len() < MAX_COMMENTS
    })
}

/// Says in which cells only some words are crossed out; such a cell is not taken for one that is.
pub(super) fn partly_struck(name: &str, cells: &[CellRef]) -> Option<String> {
    let (first, rest) = cells.split_first()?;
    let more = if rest.is_empty() { String::new() } else { format!(" and {} more", rest.len()) };
    Some(format!("words that are crossed out inside the text of {first}{more} on the sheet {name}"))
}

/// A table on the sheet has a filter of its own; one with a condition is kept, for it may hide rows.
fn table(package: &Package<'_>, part: &str, facts: &mut SheetFacts) -> Result<(), Refusal> {
    let Some(text) = xml(package, part)? else { return Ok(()) };
    let mut area = None;
    each_element_of(&text, |event| {
        let (Event::Start(tag) | Event::Empty(tag)) = event else { return true };
        match tag.local_name().as_ref() {
            "autoFilter" => area = attribute(tag, "ref").and_then(|area| area_of(&area)),
            "filterColumn" => {
                if let Some(area) = area.take().filter(|_| facts.filter.is_none_or(|filter| !filter.active)) {
                    facts.filter = Some(Filter { area, active: true });
                }
            }
            _ => {}
        }
        true
    })
}

/// Boxes with words: where they begin, and what they say.
fn boxes(package: &Package<'_>, part: &str, facts: &mut SheetFacts) -> Result<(), Refusal> {
    let Some(text) = xml(package, part)? else { return Ok(()) };
    let mut state = Boxes::default();
    each_element_of(&text, |event| {
        match event {
            Event::Start(tag) => state.open(tag),
            Event::End(tag) => {
                if let Some(found) = state.close(tag.local_name().as_ref()) {
                    facts.text_boxes.push(found);
                }
            }
            Event::Text(text) => state.text(text.as_ref()),
            Event::GeneralRef(reference) if state.in_text => state.words.refer(reference),
            _ => {}
        }
        facts.text_boxes.len() < MAX_BOXES
    })
}

#[derive(Default)]
struct Boxes {
    from: bool,
    number: Option<bool>,
    row: u32,
    column: u16,
    in_text: bool,
    /// Inside what is meant for programs that cannot draw the box itself.
    fallback: bool,
    words: Words,
}

impl Boxes {
    fn open(&mut self, tag: &BytesStart<'_>) {
        match tag.local_name().as_ref() {
            "from" => self.from = true,
            "row" if self.from => self.number = Some(true),
            "col" if self.from => self.number = Some(false),
            "Fallback" => self.fallback = true,
            "t" => self.in_text = !self.fallback,
            "p" if !self.words.0.is_empty() => self.words.add("\n"),
            "twoCellAnchor" | "oneCellAnchor" | "absoluteAnchor" => *self = Self::default(),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        match self.number {
            Some(true) => self.row = text.trim().parse().unwrap_or(0),
            Some(false) => self.column = text.trim().parse().unwrap_or(0),
            None if self.in_text => self.words.add(text),
            None => {}
        }
    }

    fn close(&mut self, name: &str) -> Option<TextBox> {
        match name {
            "from" => self.from = false,
            "row" | "col" => self.number = None,
            "t" => self.in_text = false,
            "Fallback" => self.fallback = false,
            "twoCellAnchor" | "oneCellAnchor" | "absoluteAnchor" => {
                let text = self.words.take();
                let near = CellRef::new(self.row, self.column);
                return (!text.is_empty()).then_some(TextBox { near, text });
            }
            _ => {}
        }
        None
    }
}

/// Reads what belongs to the whole workbook, whose main document is `document`; `sheets` are its sheets' names in order.
pub(super) fn workbook(package: &Package<'_>, document: &str, sheets: &[&str]) -> WorkbookFacts {
    let mut facts = WorkbookFacts::default();
    let relations = relations(package, document).ok().flatten().unwrap_or_default();
    if main(package, document, sheets, &relations, &mut facts).is_err() {
        facts.unseen.push(Unseen::Part("defined names of the workbook".to_owned()));
    }
    if facts.names.len() >= MAX_NAMES || facts.links.len() >= MAX_LINKS {
        facts.unseen.push(Unseen::Part("some of the defined names or links of the workbook".to_owned()));
    }
    about::about(package, &mut facts);
    facts
}

fn main(
    package: &Package<'_>,
    document: &str,
    sheets: &[&str],
    relations: &Relations,
    facts: &mut WorkbookFacts,
) -> Result<(), Refusal> {
    let Some(text) = xml(package, document)? else { return Ok(()) };
    let mut name: Option<DefinedName> = None;
    let mut words = Words::default();
    each_element_of(&text, |event| {
        match event {
            Event::Start(tag) | Event::Empty(tag) => match tag.local_name().as_ref() {
                "calcPr" => {
                    facts.manual_calculation = attribute(tag, "calcMode").as_deref() == Some("manual");
                }
                "externalReference" if facts.links.len() < MAX_LINKS => {
                    let target = attribute(tag, "id").and_then(|id| relations.get(&id));
                    let link = target.and_then(|relation| link(package, &relation.target));
                    facts.links.push(link.unwrap_or_else(|| "another workbook".to_owned()));
                }
                "definedName" => {
                    let scope = attribute(tag, "localSheetId").and_then(|id| id.parse::<usize>().ok());
                    words = Words::default();
                    name = Some(DefinedName {
                        name: clean_name(&attribute(tag, "name").unwrap_or_default()),
                        sheet: scope.and_then(|at| sheets.get(at)).map(|name| (*name).to_owned()),
                        refers_to: String::new(),
                    });
                }
                _ => {}
            },
            Event::Text(text) if name.is_some() => words.add(text.as_ref()),
            Event::GeneralRef(reference) if name.is_some() => words.refer(reference),
            Event::End(tag) if tag.local_name().as_ref() == "definedName" => {
                facts.names.extend(name.take().map(|name| DefinedName { refers_to: words.take(), ..name }));
            }
            _ => {}
        }
        facts.names.len() < MAX_NAMES
    })
}

/// The name of the workbook that a link leads to, without its folders.
pub(super) fn link(package: &Package<'_>, part: &str) -> Option<String> {
    let (folder, file) = part.rsplit_once('/')?;
    let relations = format!("{folder}/_rels/{file}.rels");
    if package.entries().get(package.find(&relations)?)?.size > MAX_LINK_PART {
        return None;
    }
    let text = xml(package, &relations).ok()??;
    let mut target = None;
    let _ = each_element_of(&text, |event| {
        if let Event::Start(tag) | Event::Empty(tag) = event
            && tag.local_name().as_ref() == "Relationship"
        {
            target = attribute(tag, "Target");
        }
        target.is_none()
    });
    let target = target?.replace("%20", " ");
    let name = target.rsplit(['/', '\\']).next().unwrap_or(&target);
    Some(clean_name(name)).filter(|name| !name.is_empty())
}

//! What is changed in a package, worked out before anything is written.

mod front;

use super::cells::{self, Changes, is_selected};
use super::relations::{Relations, name_of};
use super::rewrite::{rewrite, visit};
use super::styles::{PLAIN, Styles};
use super::tokens::{attributes, value, with_value};
use super::{Additions, Entry, Mark, Unfit, list, notes};
use crate::model::{CellRef, SheetId};
use crate::read::{PartTab, Parts};
use std::collections::BTreeMap;

/// Cells that are marked on a sheet at most.
const MOST_MARKS: usize = 5_000;
/// The longest note, in letters.
const MOST_LETTERS: usize = 1_000;

const SPREADSHEET: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";
const TYPES: &str = "[Content_Types].xml";

/// Addresses by which the two forms of the standard name their languages.
#[derive(Debug, Clone, Copy)]
struct Language {
    sheets: &'static str,
    relations: &'static str,
}

const USUAL: Language = Language {
    sheets: "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    relations: "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
};
const STRICT: Language = Language {
    sheets: "http://purl.oclc.org/ooxml/spreadsheetml/main",
    relations: "http://purl.oclc.org/ooxml/officeDocument/relationships",
};

/// What is changed and added. Names of parts are as the package has them.
pub(super) struct Plan {
    /// Sheets that are rewritten as they go by.
    pub(super) sheets: BTreeMap<String, Changes>,
    /// Other parts, with their new text.
    pub(super) changed: BTreeMap<String, Vec<u8>>,
    /// Parts that were not there, in the order in which they are written.
    pub(super) added: Vec<(String, Vec<u8>)>,
    pub(super) styles: Styles,
    /// Its part is written last.
    pub(super) styles_part: String,
}

/// The ending of a name that suits a workbook.
pub(super) fn ending(parts: &Parts<'_>) -> Result<&'static str, Unfit> {
    match parts.content_type.strip_prefix(SPREADSHEET) {
        Some(".sheet.main+xml") => Ok("xlsx"),
        _ if parts.content_type == "application/vnd.ms-excel.sheet.macroenabled.main+xml" => Ok("xlsm"),
        _ => Err(Unfit::Unusual("it is a pattern for new workbooks and none itself")),
    }
}

impl Plan {
    pub(super) fn new(parts: &Parts<'_>, additions: &Additions) -> Result<Self, Unfit> {
        ending(parts)?;
        refuse_signed(parts)?;
        let book = parts.read(&parts.document)?.ok_or(Unfit::Unusual("it has no main part"))?;
        let language = language(&book)?;
        let mut maker = Maker::new(parts, language)?;
        let (styles_part, styles) = maker.styles()?;
        let mut plan = Self {
            sheets: BTreeMap::new(),
            changed: BTreeMap::new(),
            added: Vec::new(),
            styles,
            styles_part,
        };
        let tabs: Vec<&PartTab> = parts.tabs.iter().filter(|tab| tab.worksheet).collect();
        let earlier = additions.earlier.and_then(|sheet| tabs.get(usize::from(sheet.0)));
        for (number, tab) in (0..).zip(&tabs) {
            let Some(part) = tab.part.as_deref().filter(|_| additions.earlier != Some(SheetId(number)))
            else {
                continue;
            };
            let marks: Vec<&Mark> = additions.marks.iter().filter(|mark| mark.sheet.0 == number).collect();
            let changes = maker.sheet(&mut plan, part, &marks)?;
            if !changes.is_empty() && plan.sheets.insert(part.to_owned(), changes).is_some() {
                return Err(Unfit::Unusual("two of its sheets are one part"));
            }
        }
        for part in parts.tabs.iter().filter_map(|tab| tab.part.as_deref()) {
            if earlier.is_none_or(|tab| tab.part.as_deref() != Some(part))
                && is_selected(parts.stream(part)?)?
            {
                plan.sheets.entry(part.to_owned()).or_default().unselect = true;
            }
        }
        let target = |entry: &Entry| {
            let (sheet, cell) = entry.link?;
            let name = &tabs.get(usize::from(sheet.0))?.name;
            Some(format!("'{}'!{cell}", name.replace('\'', "''")))
        };
        let text = list::part(&additions.list, &plan.styles, language.sheets, &target);
        match earlier.and_then(|tab| tab.part.clone()) {
            Some(part) => {
                let first = parts.tabs.iter().position(|tab| tab.part.as_ref() == Some(&part)).unwrap_or(0);
                plan.changed.insert(parts.document.clone(), shown_first(&book, first, None)?);
                plan.changed.insert(part, text);
            }
            None => maker.front(&mut plan, &book, text)?,
        }
        maker.finish(&mut plan)?;
        Ok(plan)
    }
}

fn refuse_signed(parts: &Parts<'_>) -> Result<(), Unfit> {
    let root = Relations::read("", parts.read("_rels/.rels")?)?;
    if root.all.iter().any(|relation| relation.kind.contains("digital-signature"))
        || parts.names().any(|name| name.to_ascii_lowercase().starts_with("_xmlsignatures/"))
    {
        return Err(Unfit::Signed);
    }
    Ok(())
}

/// Which form of the standard the workbook is written in.
fn language(book: &[u8]) -> Result<Language, Unfit> {
    let mut found = None;
    visit(book, |piece| {
        if piece.begins(&["workbook"]) {
            let has = |address: &str| {
                let mut all = attributes(piece.bytes).map(|(_, (from, to))| &piece.bytes[from..to]);
                all.any(|value| value == address.as_bytes())
            };
            found = [USUAL, STRICT].into_iter().find(|language| has(language.sheets));
        }
        Ok(())
    })?;
    found.ok_or(Unfit::Unusual("its main part is in no language that Excel writes"))
}

/// The main part with another tab shown first, and perhaps a new one in front (its tag, by the prefix of the others).
fn shown_first(book: &[u8], first: usize, front: Option<&dyn Fn(&str) -> String>) -> Result<Vec<u8>, Unfit> {
    let mut done = front.is_none();
    let out = rewrite(book, |piece| {
        if piece.begins(&["workbook", "bookViews", "workbookView"]) {
            let mut tag = piece.bytes.to_vec();
            for (name, number) in [("activeTab", first), ("firstSheet", 0)] {
                if value(&tag, name).is_some() || number > 0 {
                    tag = with_value(&tag, name, &number.to_string());
                }
            }
            return Ok(Some(tag));
        }
        let Some(front) = front else { return Ok(None) };
        if piece.is_at(&["workbook", "sheets"]) {
            let there = piece.with_first(front);
            done |= there.is_some();
            return Ok(there);
        }
        if piece.begins(&["workbook", "definedNames", "definedName"])
            && let Some(sheet) = value(piece.bytes, "localSheetId")
        {
            let sheet: u32 = sheet.trim().parse().map_err(|_| Unfit::Unusual("a name is of no sheet"))?;
            return Ok(Some(with_value(piece.bytes, "localSheetId", &(sheet.saturating_add(1)).to_string())));
        }
        Ok(None)
    })?;
    if done { Ok(out) } else { Err(Unfit::Unusual("its list of sheets is not as Excel writes it")) }
}

/// Makes parts and keeps the lists of them.
struct Maker<'p, 'a> {
    parts: &'p Parts<'a>,
    language: Language,
    book: Relations,
    /// Names of new parts and what they are.
    types: Vec<(String, String)>,
    drawings: bool,
}

impl<'p, 'a> Maker<'p, 'a> {
    fn new(parts: &'p Parts<'a>, language: Language) -> Result<Self, Unfit> {
        let book = Relations::read(&parts.document, parts.read(&name_of(&parts.document))?)?;
        if book.of_kind("revisionHeaders").next().is_some() {
            return Err(Unfit::Unusual("it is shared, with a record of changes"));
        }
        Ok(Self { parts, language, book, types: Vec::new(), drawings: false })
    }

    fn folder(&self) -> String {
        self.parts.document.rsplit_once('/').map(|(folder, _)| format!("{folder}/")).unwrap_or_default()
    }

    /// A name for a new part that no part has yet.
    fn free(&self, start: &str, end: &str) -> Result<String, Unfit> {
        let names = (1..10_000).map(|number| format!("{}{start}{number}{end}", self.folder()));
        let taken = |name: &String| {
            self.parts.find(name).is_some() || self.types.iter().any(|(known, _)| known == name)
        };
        names.into_iter().find(|name| !taken(name)).ok_or(Unfit::Unusual("it has too many parts"))
    }

    fn kind(&self, kind: &str) -> String {
        format!("{}/{kind}", self.language.relations)
    }

    fn styles(&mut self) -> Result<(String, Styles), Unfit> {
        let there = self.book.of_kind("styles").find_map(|relation| relation.target.clone());
        if let Some(part) = there {
            let known = self.parts.find(&part).ok_or(Unfit::Unusual("its list of formats is missing"))?;
            let xml = self.parts.read(known)?.unwrap_or_default();
            return Ok((known.to_owned(), Styles::read(xml)?));
        }
        // Some programs look for it under its usual name and nowhere else.
        let usual = format!("{}styles.xml", self.folder());
        let part = if self.parts.find(&usual).is_none() { usual } else { self.free("styles", ".xml")? };
        self.types.push((part.clone(), format!("{SPREADSHEET}.styles+xml")));
        let kind = self.kind("styles");
        self.book.add(kind, &part)?;
        let plain = PLAIN.replace(USUAL.sheets, self.language.sheets);
        Ok((part, Styles::read(plain.into_bytes())?))
    }

    /// What is to be done with one sheet, whose notes are made here.
    fn sheet(&mut self, plan: &mut Plan, part: &str, marks: &[&Mark]) -> Result<Changes, Unfit> {
        let mut changes = Changes::default();
        for mark in marks.iter().take(MOST_MARKS) {
            changes.mark(mark.cell);
        }
        let mut relations = Relations::read(part, self.parts.read(&name_of(part))?)?;
        let mut words = BTreeMap::new();
        for mark in marks.iter().take(notes::MOST) {
            let text: &mut String = words.entry(mark.cell).or_default();
            if !text.is_empty() {
                text.push_str("\n\n");
            }
            text.push_str(&mark.note);
        }
        self.notes(plan, part, &mut relations, words, &mut changes)?;
        if relations.changed {
            let name = name_of(part);
            let known = self.parts.find(&name).map(str::to_owned);
            match known {
                Some(known) => drop(plan.changed.insert(known, relations.into_xml())),
                None => plan.added.push((name, relations.into_xml())),
            }
        }
        Ok(changes)
    }

    /// Makes the notes of a sheet, where that can be done without touching those that are there.
    fn notes(
        &mut self,
        plan: &mut Plan,
        part: &str,
        relations: &mut Relations,
        words: BTreeMap<CellRef, String>,
        changes: &mut Changes,
    ) -> Result<(), Unfit> {
        let comments = relations.of_kind("comments").find_map(|relation| relation.target.clone());
        let more = relations.of_kind("comments").count() > 1;
        // Another drawing may hold the pictures of the page headers: which one has the notes is told in the sheet itself.
        let tie = match relations.of_kind("vmlDrawing").next() {
            Some(_) => cells::tied_to(self.parts.stream(part)?)?,
            None => None,
        };
        let drawing = relations.all.iter().find(|relation| Some(&relation.id) == tie.as_ref());
        let drawing = drawing.and_then(|relation| relation.target.clone());
        if more || (drawing.is_none() && (comments.is_some() || tie.is_some())) {
            return Ok(());
        }
        let read = |part: &Option<String>| match part {
            Some(part) => self.parts.read(part),
            None => Ok(None),
        };
        let (old_comments, old_drawing) = (read(&comments)?, read(&drawing)?);
        if (comments.is_some() && old_comments.is_none()) || (drawing.is_some() && old_drawing.is_none()) {
            return Ok(());
        }
        let known = old_comments.as_deref().map(notes::known).transpose()?;
        // Which sheet it is no longer matters.
        let sheet = SheetId(0);
        let theirs = |cell: &CellRef| known.as_ref().is_some_and(|known| known.theirs.contains(cell));
        let made: Vec<Mark> = words
            .into_iter()
            .filter(|(cell, _)| !theirs(cell))
            .map(|(cell, note)| Mark { sheet, cell, note: shortened(&note) })
            .collect();
        let made: Vec<&Mark> = made.iter().collect();
        if made.is_empty() && known.as_ref().is_none_or(notes::Known::has_none_of_ours) {
            return Ok(());
        }
        let Some(boxes) = notes::boxes(old_drawing.as_deref(), known.as_ref(), &made) else { return Ok(()) };
        let pair = old_comments.as_deref().zip(known.as_ref());
        let texts = notes::comments(pair, self.language.sheets, &made)?;
        self.place(plan, relations, ("comments", comments, texts), "comments", ".xml")?;
        let id =
            self.place(plan, relations, ("vmlDrawing", drawing, boxes), "drawings/vmlDrawing", ".vml")?;
        changes.notes = id.map(|id| (id, self.language.relations));
        Ok(())
    }

    /// Puts a part in its place; gives the identifier of its relation if it is new.
    fn place(
        &mut self,
        plan: &mut Plan,
        relations: &mut Relations,
        (kind, part, text): (&str, Option<String>, Vec<u8>),
        start: &str,
        end: &str,
    ) -> Result<Option<String>, Unfit> {
        if let Some(part) = part {
            let known = self.parts.find(&part).map(str::to_owned).unwrap_or(part);
            if plan.changed.insert(known, text).is_some() {
                return Err(Unfit::Unusual("two of its sheets have the same notes"));
            }
            return Ok(None);
        }
        let part = self.free(start, end)?;
        let what = if kind == "comments" {
            format!("{SPREADSHEET}.comments+xml")
        } else {
            self.drawings = true;
            String::new()
        };
        self.types.push((part.clone(), what));
        let id = relations.add(self.kind(kind), &part)?;
        plan.added.push((part, text));
        Ok(Some(id))
    }
}

fn shortened(note: &str) -> String {
    if note.chars().count() <= MOST_LETTERS {
        return note.to_owned();
    }
    note.chars().take(MOST_LETTERS).chain(std::iter::once('…')).collect()
}

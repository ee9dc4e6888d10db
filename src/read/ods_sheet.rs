//! What stands beside the cells of an `OpenDocument` sheet: how they look, what is hidden, comments and boxes.

use super::attached::{MAX_BOXES, MAX_COMMENTS, Words};
use super::audit::attribute;
use super::ods_rules::{cell_of, painted};
use super::ods_styles::Styles;
use crate::model::{Area, CellRef, Comment, Look, MAX_COLUMNS, MAX_ROWS, Sheet, SheetFacts, TextBox};
use quick_xml::events::BytesStart;
use std::collections::BTreeMap;

/// Cells without a value that are repeated more often than this are what is left of a row or of the sheet.
const MAX_BLANK: u32 = 1_024;
/// Cells that are given a look, of a whole workbook: a format may be said of a thousand cells in a few bytes.
const MAX_STEPS: u32 = 20_000_000;
/// Areas of cells whose style has conditions, of one sheet.
const MAX_CONDITIONED: usize = 2_000;
/// Runs of hidden rows, of hidden columns, and of columns with a style of their own, of one sheet.
const MAX_RUNS: usize = 100_000;
/// Groups of rows or columns that lie in one another.
const MAX_LEVELS: usize = 64;

/// What is gathered while a sheet is read.
#[derive(Default)]
pub(super) struct Around {
    pub(super) styles: Styles,
    facts: SheetFacts,
    /// First and last column, and the style of their cells.
    columns: Vec<(u32, u32, String)>,
    next_column: u32,
    row: u32,
    row_repeats: u32,
    row_style: Option<String>,
    /// Groups of rows or columns that are open; true for those that are folded.
    groups: Vec<bool>,
    /// How many more are open than are kept.
    deeper: u32,
    /// The numbers of looks that this sheet uses, by style.
    numbers: BTreeMap<String, u16>,
    /// Areas of styles with conditions.
    conditioned: Vec<(String, Area)>,
    steps: u32,
    aside: Option<Aside>,
    /// Cells of which only some words are crossed out.
    partly_struck: Vec<CellRef>,
    full: bool,
    too_many_hidden: bool,
    too_many_beside: bool,
}

/// A comment or a box that is being read.
struct Aside {
    at: CellRef,
    comment: bool,
    words: Words,
    /// Paragraphs that are open, and things inside it that have words of their own.
    paragraphs: u32,
    muted: u32,
}

impl Around {
    /// Starts with the styles of the package.
    pub(super) fn new(styles: Styles) -> Self {
        Self { styles, ..Self::default() }
    }

    /// Begins a sheet.
    pub(super) fn begin(&mut self, tag: &BytesStart<'_>) {
        self.facts = SheetFacts {
            protected: attribute(tag, "protected").as_deref() == Some("true"),
            ..SheetFacts::default()
        };
        self.columns.clear();
        self.groups.clear();
        self.numbers.clear();
        self.conditioned.clear();
        self.partly_struck.clear();
        (self.next_column, self.deeper) = (0, 0);
        (self.full, self.too_many_hidden, self.too_many_beside) = (false, false, false);
    }

    /// A column, or several that are alike.
    pub(super) fn column(&mut self, tag: &BytesStart<'_>, repeats: u32) {
        let first = self.next_column;
        self.next_column = first.saturating_add(repeats).min(MAX_COLUMNS.into());
        let Some(last) = self.next_column.checked_sub(1).filter(|last| *last >= first) else { return };
        if let Some(style) = attribute(tag, "default-cell-style-name") {
            if self.columns.len() < MAX_RUNS {
                self.columns.push((first, last, style));
            } else {
                self.full = true;
            }
        }
        if let (true, Ok(first), Ok(last)) = (self.is_hidden(tag), u16::try_from(first), u16::try_from(last))
        {
            let kept = extend(&mut self.facts.hidden_columns, first, last, |place| place.saturating_add(1));
            self.too_many_hidden |= !kept;
        }
    }

    /// A row, or several that are alike.
    pub(super) fn row(&mut self, tag: &BytesStart<'_>, row: u32, repeats: u32) {
        (self.row, self.row_repeats) = (row, repeats);
        self.row_style = attribute(tag, "default-cell-style-name");
        if self.is_hidden(tag) && row < MAX_ROWS {
            let last = row.saturating_add(repeats - 1).min(MAX_ROWS - 1);
            let kept = extend(&mut self.facts.hidden_rows, row, last, |place| place.saturating_add(1));
            self.too_many_hidden |= !kept;
        }
    }

    fn is_hidden(&self, tag: &BytesStart<'_>) -> bool {
        let shown = attribute(tag, "visibility");
        matches!(shown.as_deref(), Some("collapse" | "filter")) || self.groups.contains(&true)
    }

    /// A group of rows or of columns begins.
    pub(super) fn open_group(&mut self, tag: &BytesStart<'_>) {
        // Excel has eight levels; what lies deeper than this is as hidden as what is around it.
        if self.groups.len() < MAX_LEVELS {
            self.groups.push(attribute(tag, "display").as_deref() == Some("false"));
        } else {
            self.deeper = self.deeper.saturating_add(1);
        }
    }

    /// It ends.
    pub(super) fn close_group(&mut self) {
        if self.deeper > 0 {
            self.deeper -= 1;
        } else {
            self.groups.pop();
        }
    }

    /// Cells of the row, from a column on: what they look like.
    pub(super) fn cells(
        &mut self,
        column: u32,
        repeats: u32,
        style: Option<&str>,
        filled: bool,
        struck: bool,
    ) {
        if !filled && (repeats > MAX_BLANK || self.row_repeats > MAX_BLANK) || self.row >= MAX_ROWS {
            return;
        }
        let last = column.saturating_add(repeats - 1).min(u32::from(MAX_COLUMNS) - 1);
        if let Some(style) = style.map(str::to_owned).or_else(|| self.row_style.clone()) {
            self.alike(column, last, &style, struck);
            return;
        }
        let mut column = column;
        while column <= last {
            if self.steps > MAX_STEPS {
                self.full = true;
                return;
            }
            let place = self.columns.partition_point(|(_, end, _)| *end < column);
            let found = self.columns.get(place).filter(|(first, _, _)| *first <= column);
            let (end, style) = found.map_or((last, String::new()), |(_, end, style)| (*end, style.clone()));
            self.alike(column, end.min(last), &style, struck);
            column = end.min(last) + 1;
        }
    }

    fn alike(&mut self, first: u32, last: u32, style: &str, struck: bool) {
        self.steps = self.steps.saturating_add(1);
        // Only names that a style has are remembered: a file may give any number of others.
        let number = self.numbers.get(style).copied().or_else(|| {
            let number = self.facts.looks.intern(self.styles.look(style)?);
            self.numbers.insert(style.to_owned(), number);
            Some(number)
        });
        let bottom = self.row.saturating_add(self.row_repeats - 1).min(MAX_ROWS - 1);
        let number = if struck {
            let look = Look { struck: true, ..self.styles.look(style).unwrap_or_default() };
            Some(self.facts.looks.intern(look))
        } else {
            number
        };
        if let Some(number) = number {
            for column in first..=last {
                self.steps = self.steps.saturating_add(1);
                self.full |= self.steps > MAX_STEPS;
                let Ok(column) = u16::try_from(column) else { return };
                if self.steps <= MAX_STEPS {
                    self.facts.looks.put_down(CellRef::new(self.row, column), bottom, number);
                }
            }
        }
        if !self.styles.conditions(style).is_empty()
            && let (Ok(first), Ok(last)) = (u16::try_from(first), u16::try_from(last))
        {
            self.condition(style, (CellRef::new(self.row, first), CellRef::new(bottom, last)));
        }
    }

    /// Cells under others of the same style are one area with them.
    fn condition(&mut self, style: &str, area: Area) {
        let room = self.conditioned.len() < MAX_CONDITIONED;
        let above = self.conditioned.iter_mut().rev().take(64).find(|(known, (first, last))| {
            known == style
                && first.column == area.0.column
                && last.column == area.1.column
                && last.row.saturating_add(1) == area.0.row
        });
        match above {
            Some((_, (_, last))) => last.row = area.1.row,
            None if room => self.conditioned.push((style.to_owned(), area)),
            None => self.full = true,
        }
    }

    /// Only some words of a cell are crossed out.
    pub(super) fn note_partly_struck(&mut self, at: CellRef) {
        if self.partly_struck.len() < MAX_CONDITIONED {
            self.partly_struck.push(at);
        } else {
            self.full = true;
        }
    }

    /// A comment on a cell, or a box with words, begins.
    pub(super) fn open_aside(&mut self, tag: &BytesStart<'_>, at: Option<CellRef>) {
        let comment = tag.local_name().as_ref() == "annotation";
        let beneath = || attribute(tag, "end-cell-address").and_then(|cell| cell_of(&cell));
        let at = at.or_else(beneath).unwrap_or(CellRef::new(0, 0));
        self.aside = Some(Aside { at, comment, words: Words::default(), paragraphs: 0, muted: 0 });
    }

    /// Something opens inside it.
    pub(super) fn open_inside(&mut self, name: &str) {
        let Some(aside) = &mut self.aside else { return };
        match name {
            _ if aside.muted > 0 => aside.muted = aside.muted.saturating_add(1),
            "table" | "object" => aside.muted = 1,
            "p" => {
                if aside.paragraphs == 0 && !aside.words.is_empty() {
                    aside.words.add("\n");
                }
                aside.paragraphs = aside.paragraphs.saturating_add(1);
            }
            "s" | "tab" if aside.paragraphs > 0 => aside.words.add(" "),
            "line-break" if aside.paragraphs > 0 => aside.words.add("\n"),
            _ => {}
        }
    }

    /// Something closes inside it.
    pub(super) fn close_inside(&mut self, name: &str) {
        let Some(aside) = &mut self.aside else { return };
        if aside.muted > 0 {
            aside.muted -= 1;
        } else if name == "p" {
            aside.paragraphs = aside.paragraphs.saturating_sub(1);
        }
    }

    /// Words, which count if they stand in a comment or a box.
    pub(super) fn words(&mut self, text: &str) {
        if let Some(aside) = self.speaking() {
            aside.words.add(text);
        }
    }

    fn speaking(&mut self) -> Option<&mut Aside> {
        self.aside.as_mut().filter(|aside| aside.paragraphs > 0 && aside.muted == 0)
    }

    /// It ends.
    pub(super) fn close_aside(&mut self) {
        let Some(mut aside) = self.aside.take() else { return };
        let (at, text, facts) = (aside.at, aside.words.take(), &mut self.facts);
        if aside.comment && facts.comments.len() < MAX_COMMENTS {
            facts.comments.push(Comment { at, text, threaded: false, ours: false });
        } else if !aside.comment && text.is_empty() {
        } else if !aside.comment && facts.text_boxes.len() < MAX_BOXES {
            facts.text_boxes.push(TextBox { near: at, text });
        } else {
            self.too_many_beside = true;
        }
    }

    /// Gives a sheet what was gathered; `own_rules` are those that stand behind its cells. Gives what could not be kept.
    pub(super) fn finish(&mut self, sheet: &mut Sheet, own_rules: super::ods_rules::Rules) -> Vec<String> {
        let mut facts = std::mem::take(&mut self.facts);
        let mut full = own_rules.full;
        facts.rules = own_rules.kept;
        // Newer programs say their rules twice, the second time behind the cells.
        if facts.rules.is_empty() {
            let mut by_style: BTreeMap<&str, Vec<Area>> = BTreeMap::new();
            for (style, area) in &self.conditioned {
                by_style.entry(style).or_default().push(*area);
            }
            for (style, areas) in by_style {
                full |= self.styles.has_more_conditions(style);
                let rules = self.styles.conditions(style).iter();
                facts
                    .rules
                    .extend(rules.map(|(condition, shown)| {
                        painted(condition, self.styles.fill(shown), areas.clone())
                    }));
            }
            full |= facts.rules.len() > 2_000;
            facts.rules.truncate(2_000);
        }
        facts.comments.sort_by_key(|comment| comment.at);
        let name = &sheet.name;
        let mut missed = Vec::new();
        if full {
            missed.push(format!("colour rules of the sheet {name}"));
        }
        if self.full || facts.looks.is_full() || self.styles.full {
            missed.push(format!("some of the formats of the sheet {name}"));
        }
        if self.too_many_hidden {
            missed.push(format!("some of the hidden rows or columns of the sheet {name}"));
        }
        if self.too_many_beside {
            missed.push(format!("some of the comments or text boxes of the sheet {name}"));
        }
        missed.extend(super::attached::partly_struck(name, &self.partly_struck));
        sheet.facts = facts;
        missed
    }
}

/// Adds a run to those before it, with which it is one if it follows them; false if there is no room for it.
fn extend<T: Copy + PartialEq>(runs: &mut Vec<(T, T)>, first: T, last: T, next: impl Fn(T) -> T) -> bool {
    let room = runs.len() < MAX_RUNS;
    match runs.last_mut() {
        Some(run) if next(run.1) == first => run.1 = last,
        _ if room => runs.push((first, last)),
        _ => return false,
    }
    true
}

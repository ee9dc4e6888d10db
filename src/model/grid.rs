//! Sheets of sparse raw cells, nothing interpreted.

use super::{CellRef, ErrorValue, FileId, Look, Origin, PersonalKind, SheetFacts, SheetId};
use std::collections::{BTreeMap, BTreeSet};

/// Whether a sheet can be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Visibility {
    /// Shown.
    Visible,
    /// Hidden; Unhide shows it.
    Hidden,
    /// Hidden so that only a macro or the developer view shows it.
    VeryHidden,
}

/// One worksheet: its filled cells only, in row order.
#[derive(Debug, Clone)]
pub struct Sheet {
    file: FileId,
    id: SheetId,
    /// The tab's name, without characters that do not show.
    pub name: String,
    /// Whether it can be seen.
    pub visibility: Visibility,
    /// True if dates count from 1904 (old Mac workbooks).
    pub dates_from_1904: bool,
    /// Merged areas: first and last cell.
    pub merged: Vec<(CellRef, CellRef)>,
    /// How its cells look, what it hides and what stands beside its cells.
    pub facts: SheetFacts,
    cells: Vec<RawCell>,
    text: String,
    formulas: Vec<(CellRef, Box<str>)>,
    /// The name as the file has it, where that differs.
    named: Option<Box<str>>,
    /// True if cells had to be sorted, so that texts are not kept in the order of the cells.
    sorted: bool,
}

/// One filled cell of a sheet.
#[derive(Debug, Clone, Copy)]
pub struct RawCell {
    /// Its address.
    pub at: CellRef,
    value: Packed,
}

#[derive(Debug, Clone, Copy)]
enum Packed {
    Text { start: u32, length: u32 },
    Number(f64),
    Date(f64),
    Duration(f64),
    IsoDate { start: u32, length: u32 },
    Boolean(bool),
    Error(ErrorValue),
    Uncached,
}

/// Where a sheet keeps a text; means nothing to another sheet.
#[derive(Debug, Clone, Copy)]
pub struct TextRef {
    start: u32,
    length: u32,
}

/// A raw value borrowed from a sheet.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Raw<'a> {
    /// Text as typed.
    Text(&'a str),
    /// A number without a date format.
    Number(f64),
    /// A serial day number shown as a date, in the sheet's own epoch.
    Date(f64),
    /// A length of time in days (`[h]:mm`).
    Duration(f64),
    /// A date written out in ISO form (`.ods`, strict `.xlsx`).
    IsoDate(&'a str),
    /// True or false.
    Boolean(bool),
    /// An error value such as `#REF!`.
    Error(ErrorValue),
    /// A formula saved without its result.
    Uncached,
}

impl Sheet {
    /// Starts an empty sheet. Cells are added in row order with [`Sheet::push`].
    #[must_use]
    pub fn new(file: FileId, id: SheetId, name: impl Into<String>) -> Self {
        Self {
            file,
            id,
            name: name.into(),
            visibility: Visibility::Visible,
            dates_from_1904: false,
            merged: Vec::new(),
            facts: SheetFacts::default(),
            cells: Vec::new(),
            text: String::new(),
            formulas: Vec::new(),
            named: None,
            sorted: false,
        }
    }

    /// Records the tab's name as the file has it, if characters were taken out of it.
    pub fn set_name_in_file(&mut self, name: &str) {
        self.named = (name != self.name).then(|| name.into());
    }

    /// The tab's name as the file has it.
    #[must_use]
    pub fn name_in_file(&self) -> &str {
        self.named.as_deref().unwrap_or(&self.name)
    }

    /// The sheet's place in its workbook.
    #[must_use]
    pub fn id(&self) -> SheetId {
        self.id
    }

    /// The file it belongs to.
    #[must_use]
    pub fn file(&self) -> FileId {
        self.file
    }

    /// The origin of a cell of this sheet, filled or not: the only maker of origins.
    #[must_use]
    pub fn origin(&self, cell: CellRef) -> Origin {
        Origin { file: self.file, sheet: self.id, cell }
    }

    /// Adds a cell. Empty text adds nothing.
    pub fn push(&mut self, at: CellRef, value: Raw<'_>) {
        let value = match value {
            Raw::Text("") => return,
            Raw::Text(text) => {
                let (start, length) = self.keep(text);
                Packed::Text { start, length }
            }
            Raw::IsoDate(text) => {
                let (start, length) = self.keep(text);
                Packed::IsoDate { start, length }
            }
            Raw::Number(number) => Packed::Number(number),
            Raw::Date(serial) => Packed::Date(serial),
            Raw::Duration(days) => Packed::Duration(days),
            Raw::Boolean(value) => Packed::Boolean(value),
            Raw::Error(value) => Packed::Error(value),
            Raw::Uncached => Packed::Uncached,
        };
        self.cells.push(RawCell { at, value });
    }

    /// Adds a cell of text and returns where the text is kept, for cells that hold the same text. Empty text adds nothing.
    pub fn push_text(&mut self, at: CellRef, text: &str) -> TextRef {
        let (start, length) = self.keep(text);
        let kept = TextRef { start, length };
        self.push_again(at, kept);
        kept
    }

    /// Adds a cell with text that this sheet already keeps.
    pub fn push_again(&mut self, at: CellRef, TextRef { start, length }: TextRef) {
        if length > 0 {
            self.cells.push(RawCell { at, value: Packed::Text { start, length } });
        }
    }

    /// Drops every cell, formula, merged area and fact.
    pub fn clear(&mut self) {
        self.cells = Vec::new();
        self.text = String::new();
        self.formulas = Vec::new();
        self.merged = Vec::new();
        self.facts = SheetFacts::default();
    }

    fn keep(&mut self, text: &str) -> (u32, u32) {
        let start = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
        self.text.push_str(text);
        (start, u32::try_from(text.len()).unwrap_or(u32::MAX))
    }

    /// Bytes of text held; a sheet may hold at most 4 GiB, which the reader's limits keep far away.
    #[must_use]
    pub fn text_bytes(&self) -> usize {
        self.text.len()
    }

    /// True if these words stand anywhere in its text.
    #[must_use]
    pub fn mentions(&self, words: &str) -> bool {
        self.text.contains(words)
    }

    /// Records the formula of a cell, without its leading `=`.
    pub fn push_formula(&mut self, at: CellRef, formula: impl Into<Box<str>>) {
        self.formulas.push((at, formula.into()));
    }

    /// Puts cells and formulas into row order and drops spare room. The reader calls it once.
    /// Returns the addresses that were given twice (the later value is kept).
    pub fn finish(&mut self) -> Vec<CellRef> {
        if !self.cells.is_sorted_by_key(|cell| cell.at) {
            self.sorted = true;
            self.cells.sort_by_key(|cell| cell.at);
        }
        let mut twice = Vec::new();
        self.cells.dedup_by(|later, earlier| {
            let same = later.at == earlier.at;
            if same {
                twice.push(later.at);
                *earlier = *later;
            }
            same
        });
        self.formulas.sort_by_key(|(at, _)| *at);
        self.cells.shrink_to_fit();
        self.text.shrink_to_fit();
        twice
    }

    /// Every filled cell in row order.
    #[must_use]
    pub fn cells(&self) -> &[RawCell] {
        &self.cells
    }

    /// The filled cells of one zero-based row.
    #[must_use]
    pub fn row(&self, row: u32) -> &[RawCell] {
        let from = self.cells.partition_point(|cell| cell.at.row < row);
        let to = from + self.cells[from..].partition_point(|cell| cell.at.row == row);
        &self.cells[from..to]
    }

    /// The rows that have a filled cell, each with its cells, in order.
    pub fn rows(&self) -> impl Iterator<Item = (u32, &[RawCell])> {
        self.cells.chunk_by(|a, b| a.at.row == b.at.row).map(|cells| (cells[0].at.row, cells))
    }

    /// A cell's value, if it is filled.
    #[must_use]
    pub fn value(&self, at: CellRef) -> Option<Raw<'_>> {
        let index = self.cells.binary_search_by_key(&at, |cell| cell.at).ok()?;
        Some(self.raw(&self.cells[index]))
    }

    /// The value of one of this sheet's cells.
    #[must_use]
    pub fn raw(&self, cell: &RawCell) -> Raw<'_> {
        match cell.value {
            Packed::Text { start, length } => Raw::Text(self.slice(start, length)),
            Packed::IsoDate { start, length } => Raw::IsoDate(self.slice(start, length)),
            Packed::Number(number) => Raw::Number(number),
            Packed::Date(serial) => Raw::Date(serial),
            Packed::Duration(days) => Raw::Duration(days),
            Packed::Boolean(value) => Raw::Boolean(value),
            Packed::Error(value) => Raw::Error(value),
            Packed::Uncached => Raw::Uncached,
        }
    }

    fn slice(&self, start: u32, length: u32) -> &str {
        let start = start as usize;
        self.text.get(start..start + length as usize).unwrap_or_default()
    }

    /// Where a cell's text is kept, in bytes; cells that share a text give the same.
    #[must_use]
    pub fn text_start(&self, cell: &RawCell) -> Option<usize> {
        match cell.value {
            Packed::Text { start, .. } => Some(start as usize),
            _ => None,
        }
    }

    /// True if a text that no earlier cell has is kept behind those of all earlier cells.
    #[must_use]
    pub fn texts_in_order(&self) -> bool {
        !self.sorted
    }

    /// Puts words in the place of cells that identify a person, and drops formulas that do. Nothing gives the texts back.
    pub fn hold(&mut self, cells: &BTreeMap<CellRef, PersonalKind>, formulas: &BTreeSet<CellRef>) {
        for (at, kind) in cells {
            let (start, length) = self.keep(&kind.in_its_place());
            if let Ok(index) = self.cells.binary_search_by_key(at, |cell| cell.at) {
                self.cells[index].value = Packed::Text { start, length };
            }
        }
        self.facts.held = cells.iter().map(|(at, kind)| (*at, *kind)).collect();
        self.formulas.retain(|(at, _)| !formulas.contains(at));
    }

    /// The formula in a cell, without its `=`, if it has one.
    #[must_use]
    pub fn formula(&self, at: CellRef) -> Option<&str> {
        let index = self.formulas.binary_search_by_key(&at, |(cell, _)| *cell).ok()?;
        Some(&self.formulas[index].1)
    }

    /// Every formula in row order.
    #[must_use]
    pub fn formulas(&self) -> &[(CellRef, Box<str>)] {
        &self.formulas
    }

    /// How a cell looks, filled or not.
    #[must_use]
    pub fn look(&self, at: CellRef) -> Look {
        self.facts.looks.get(at)
    }

    /// The merged area that a cell lies in, first and last cell.
    #[must_use]
    pub fn merged_area(&self, at: CellRef) -> Option<(CellRef, CellRef)> {
        self.merged.iter().copied().find(|(first, last)| {
            (first.row..=last.row).contains(&at.row) && (first.column..=last.column).contains(&at.column)
        })
    }
}

impl Raw<'_> {
    /// True for text of white space only; such a cell counts as blank.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        matches!(self, Raw::Text(text) if text.chars().all(is_space))
    }

    /// The value as a person would have typed it, for messages and for keeping.
    #[must_use]
    pub fn as_typed(&self) -> String {
        match self {
            Raw::Text(text) | Raw::IsoDate(text) => (*text).to_owned(),
            Raw::Number(number) | Raw::Date(number) | Raw::Duration(number) => number.to_string(),
            Raw::Boolean(true) => "TRUE".to_owned(),
            Raw::Boolean(false) => "FALSE".to_owned(),
            Raw::Error(value) => value.text().to_owned(),
            Raw::Uncached => String::new(),
        }
    }
}

/// White space as people paste it: ordinary, no-break, zero-width and byte-order marks.
#[must_use]
pub fn is_space(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{a0}' | '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{feff}')
}

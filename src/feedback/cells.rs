//! A sheet's part as it streams by: the format of marked cells changes, missing ones are put in, the notes are tied to it.

use super::Unfit;
use super::styles::Styles;
use super::tokens::{Kind, Tokens, attributes, full_name, name, opened, prefix, value, with_value};
use crate::model::CellRef;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Write};

/// Elements of a worksheet that stand behind the tie to its notes.
const BEHIND: [&[u8]; 9] = [
    b"legacyDrawingHF",
    b"drawingHF",
    b"picture",
    b"oleObjects",
    b"controls",
    b"webPublishItems",
    b"tableParts",
    b"extLst",
    b"AlternateContent",
];

/// What to do with a sheet's part.
#[derive(Debug, Default)]
pub(super) struct Changes {
    /// Columns of the cells to mark, by row.
    pub(super) marked: BTreeMap<u32, BTreeSet<u16>>,
    /// The relation to the drawing of the notes, and the address of the language of relations, if the sheet has none yet.
    pub(super) notes: Option<(String, &'static str)>,
    /// True if the sheet is no longer the one that is shown first.
    pub(super) unselect: bool,
}

impl Changes {
    pub(super) fn mark(&mut self, cell: CellRef) {
        self.marked.entry(cell.row).or_default().insert(cell.column);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.marked.is_empty() && self.notes.is_none() && !self.unselect
    }
}

/// Copies a sheet's part with its changes.
pub(super) fn copy<W: Write>(
    from: impl Read,
    out: &mut W,
    changes: Changes,
    styles: &mut Styles,
) -> Result<(), Unfit> {
    let mut tokens = Tokens::new(from);
    let mut sheet = Copier {
        out,
        styles,
        unselect: changes.unselect,
        notes: changes.notes,
        rows: changes.marked.into_iter().peekable(),
        columns: Vec::new().into_iter().peekable(),
        depth: 0,
        place: Place::Before,
        prefix: String::new(),
        row: None,
        column: None,
        row_style: None,
        column_styles: Vec::new(),
        tied: false,
    };
    while let Some((kind, bytes)) = tokens.next()? {
        match kind {
            Kind::Open | Kind::Empty => {
                sheet.begins(kind, bytes)?;
                sheet.depth += usize::from(kind == Kind::Open);
            }
            Kind::Close => {
                sheet.depth = sheet.depth.checked_sub(1).ok_or(TANGLED)?;
                sheet.ends(bytes)?;
            }
            Kind::Text | Kind::Other => sheet.put(bytes)?,
        }
    }
    if sheet.depth > 0 || sheet.rows.peek().is_some() || sheet.notes.is_some() {
        return Err(TANGLED);
    }
    Ok(())
}

const TANGLED: Unfit = Unfit::Unusual("a sheet is written in an unusual way");

/// Where in a worksheet's part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Before,
    /// Inside `sheetData`.
    Data,
    After,
}

struct Copier<'a, W> {
    out: &'a mut W,
    styles: &'a mut Styles,
    unselect: bool,
    notes: Option<(String, &'static str)>,
    /// Marked cells of rows that are still to come.
    rows: std::iter::Peekable<std::collections::btree_map::IntoIter<u32, BTreeSet<u16>>>,
    /// Marked cells of this row that are still to come.
    columns: std::iter::Peekable<std::vec::IntoIter<u16>>,
    /// Elements that are open.
    depth: usize,
    place: Place,
    /// That of rows and cells.
    prefix: String,
    /// The row that is open or was last, zero-based.
    row: Option<u32>,
    column: Option<u16>,
    row_style: Option<u32>,
    /// First and last column, zero-based, and their format.
    column_styles: Vec<(u32, u32, u32)>,
    /// True once the tie to the notes has been written.
    tied: bool,
}

impl<W: Write> Copier<'_, W> {
    fn put(&mut self, bytes: &[u8]) -> Result<(), Unfit> {
        self.out.write_all(bytes).map_err(Unfit::Output)
    }

    /// A tag with which an element begins.
    fn begins(&mut self, kind: Kind, tag: &[u8]) -> Result<(), Unfit> {
        match (self.place, self.depth, name(tag)) {
            (Place::Data, 2, b"row") => return self.row(kind, tag),
            (Place::Data, 3, b"c") => return self.cell(tag),
            (Place::Before, 1, b"sheetData") => return self.data(kind, tag),
            (Place::Before, 2, b"sheetView") if self.unselect && value(tag, "tabSelected").is_some() => {
                return self.put(&with_value(tag, "tabSelected", "0"));
            }
            (Place::Before, 2, b"col") => self.column_style(tag),
            (Place::After, 1, found) => {
                if BEHIND.contains(&found) {
                    self.tie()?;
                } else if self.tied || found == b"legacyDrawing" {
                    // The sheet has its elements in another order than it must, or has notes after all.
                    if self.tied || self.notes.is_some() {
                        return Err(TANGLED);
                    }
                }
            }
            _ => {}
        }
        if self.depth == 0 && kind == Kind::Open {
            self.prefix = prefix(tag);
        }
        self.put(tag)
    }

    fn column_style(&mut self, tag: &[u8]) {
        let number = |name| value(tag, name).and_then(|text| text.trim().parse::<u32>().ok());
        if let (Some(first), Some(last), Some(style)) = (number("min"), number("max"), number("style")) {
            self.column_styles.push((first.saturating_sub(1), last.saturating_sub(1), style));
        }
    }

    fn data(&mut self, kind: Kind, tag: &[u8]) -> Result<(), Unfit> {
        self.prefix = prefix(tag);
        if kind == Kind::Open {
            self.place = Place::Data;
            return self.put(tag);
        }
        self.place = Place::After;
        if self.rows.peek().is_none() {
            return self.put(tag);
        }
        self.put(&opened(tag))?;
        self.missing_rows(None)?;
        let end = [b"</", full_name(tag), b">"].concat();
        self.put(&end)
    }

    fn row(&mut self, kind: Kind, tag: &[u8]) -> Result<(), Unfit> {
        let next = self.row.map_or(0, |row| row + 1);
        let number = match value(tag, "r") {
            Some(text) => {
                text.trim().parse::<u32>().ok().and_then(|row| row.checked_sub(1)).ok_or(TANGLED)?
            }
            None => next,
        };
        if number < next {
            return Err(TANGLED);
        }
        self.missing_rows(Some(number))?;
        self.row = Some(number);
        self.column = None;
        let own = matches!(value(tag, "customFormat").as_deref(), Some("1" | "true"));
        self.row_style = value(tag, "s").filter(|_| own).and_then(|style| style.trim().parse().ok());
        let here =
            self.rows.next_if(|(row, _)| *row == number).map(|(_, columns)| columns).unwrap_or_default();
        let tag = &spanned(tag, &here);
        self.columns = here.into_iter().collect::<Vec<_>>().into_iter().peekable();
        if kind == Kind::Open || self.columns.peek().is_none() {
            return self.put(tag);
        }
        self.put(&opened(tag))?;
        self.missing_cells(None)?;
        let end = [b"</", full_name(tag), b">"].concat();
        self.put(&end)
    }

    fn cell(&mut self, tag: &[u8]) -> Result<(), Unfit> {
        let next = self.column.map_or(0, |column| column + 1);
        let column = match value(tag, "r") {
            Some(text) => {
                let at = CellRef::parse(text.trim()).ok_or(TANGLED)?;
                if Some(at.row) != self.row {
                    return Err(TANGLED);
                }
                at.column
            }
            None => next,
        };
        if column < next {
            return Err(TANGLED);
        }
        self.missing_cells(Some(column))?;
        self.column = Some(column);
        if self.columns.next_if_eq(&column).is_none() {
            return self.put(tag);
        }
        let style = match value(tag, "s") {
            Some(text) => text.trim().parse().map_err(|_| TANGLED)?,
            None => 0,
        };
        let style = self.styles.highlighted(style)?;
        self.put(&with_value(tag, "s", &style.to_string()))
    }

    /// Puts in marked rows that the sheet does not have, up to this one.
    fn missing_rows(&mut self, before: Option<u32>) -> Result<(), Unfit> {
        while let Some((row, columns)) = self.rows.next_if(|(row, _)| before.is_none_or(|end| *row < end)) {
            self.row = Some(row);
            self.row_style = None;
            self.columns = columns.into_iter().collect::<Vec<_>>().into_iter().peekable();
            let start = format!("<{}row r=\"{}\">", self.prefix, row + 1);
            self.put(start.as_bytes())?;
            self.missing_cells(None)?;
            let end = format!("</{}row>", self.prefix);
            self.put(end.as_bytes())?;
        }
        Ok(())
    }

    /// Puts in marked cells that the row does not have, up to this one, with the format that Excel would give them.
    fn missing_cells(&mut self, before: Option<u16>) -> Result<(), Unfit> {
        let row = self.row.ok_or(TANGLED)?;
        while let Some(column) = self.columns.next_if(|column| before.is_none_or(|end| *column < end)) {
            let of_column = || {
                let there =
                    |(first, last, _): &&(u32, u32, u32)| (*first..=*last).contains(&u32::from(column));
                self.column_styles.iter().find(there).map(|(_, _, style)| *style)
            };
            let style = self.row_style.or_else(of_column).unwrap_or(0);
            let style = self.styles.highlighted(style)?;
            let cell = format!("<{}c r=\"{}\" s=\"{style}\"/>", self.prefix, CellRef::new(row, column));
            self.put(cell.as_bytes())?;
        }
        Ok(())
    }

    /// Writes the tie to the notes, if it is wanted and not there yet.
    fn tie(&mut self) -> Result<(), Unfit> {
        let Some((id, language)) = self.notes.take() else { return Ok(()) };
        self.tied = true;
        let tie = format!("<{}legacyDrawing xmlns:r=\"{language}\" r:id=\"{id}\"/>", self.prefix);
        self.put(tie.as_bytes())
    }

    /// A tag with which an element ends; `depth` no longer counts it.
    fn ends(&mut self, tag: &[u8]) -> Result<(), Unfit> {
        match (self.place, self.depth, name(tag)) {
            (Place::Data, 1, b"sheetData") => {
                self.missing_rows(None)?;
                self.place = Place::After;
            }
            (Place::Data, 2, b"row") => self.missing_cells(None)?,
            (Place::After, 0, _) => self.tie()?,
            _ => {}
        }
        self.put(tag)
    }
}

/// A row's tag whose hint at its first and last column takes in these.
fn spanned<'t>(tag: &'t [u8], columns: &BTreeSet<u16>) -> Cow<'t, [u8]> {
    let spans = value(tag, "spans").filter(|_| !columns.is_empty());
    let ends = spans.as_deref().and_then(|spans| spans.trim().split_once(':'));
    let number = |text: &str| text.parse::<u32>().ok();
    let ends = ends.and_then(|(first, last)| Some((number(first)?, number(last)?)));
    let Some((first, last)) = ends else { return Cow::Borrowed(tag) };
    let at = |column: Option<&u16>| column.map_or(first, |column| u32::from(*column) + 1);
    let wider = (first.min(at(columns.first())), last.max(at(columns.last())));
    if wider == (first, last) {
        return Cow::Borrowed(tag);
    }
    Cow::Owned(with_value(tag, "spans", &format!("{}:{}", wider.0, wider.1)))
}

/// The identifier of the relation to the drawing of notes and controls that a sheet's part states.
pub(super) fn tied_to(from: impl Read) -> Result<Option<String>, Unfit> {
    let mut tokens = Tokens::new(from);
    while let Some((kind, bytes)) = tokens.next()? {
        if matches!(kind, Kind::Open | Kind::Empty) && name(bytes) == b"legacyDrawing" {
            let id = attributes(bytes).find(|(name, _)| name.ends_with(b":id"));
            return Ok(id.map(|(_, (from, to))| String::from_utf8_lossy(&bytes[from..to]).into_owned()));
        }
    }
    Ok(None)
}

/// True if a sheet's part, as far as its cells, says that the sheet is selected.
pub(super) fn is_selected(from: impl Read) -> Result<bool, Unfit> {
    let mut tokens = Tokens::new(from);
    while let Some((kind, bytes)) = tokens.next()? {
        if !matches!(kind, Kind::Open | Kind::Empty) {
            continue;
        }
        match name(bytes) {
            b"sheetView" if matches!(value(bytes, "tabSelected").as_deref(), Some("1" | "true")) => {
                return Ok(true);
            }
            b"sheetData" | b"cols" | b"sheetFormatPr" | b"pageMargins" => return Ok(false),
            _ => {}
        }
    }
    Ok(false)
}

//! One, two or three heading rows → a heading a column.

use super::words::JOIN;
use crate::model::{CellRef, Heading, Match, Raw, RawCell, Sheet, folds_alike};
use crate::schema::{Field, TableSchema};

/// One column's heading.
#[derive(Debug, Clone)]
pub(super) struct Head {
    /// The lowest heading cell of the column.
    pub at: CellRef,
    /// The words of that cell.
    pub own: String,
    /// All words above one another, joined.
    pub joined: String,
}

/// A heading cell with the columns over which it counts.
struct Piece {
    at: CellRef,
    text: String,
    last_column: u16,
}

/// The headings that these neighbouring rows make, from top to bottom; at most three rows are given.
pub(super) fn heads(sheet: &Sheet, rows: &[&[RawCell]]) -> Vec<Head> {
    let pieces: Vec<Vec<Piece>> = rows
        .iter()
        .enumerate()
        .map(|(index, cells)| pieces(sheet, cells, rows.get(index + 1..).unwrap_or_default()))
        .collect();
    let mut columns: Vec<u16> = pieces.iter().flatten().map(|piece| piece.at.column).collect();
    columns.sort_unstable();
    columns.dedup();
    columns.into_iter().filter_map(|column| head(&pieces, column)).collect()
}

fn head(pieces: &[Vec<Piece>], column: u16) -> Option<Head> {
    let mut joined = String::new();
    let mut own = None;
    let mut last = "";
    for row in pieces {
        let after = row.partition_point(|piece| piece.at.column <= column);
        let Some(piece) = after.checked_sub(1).and_then(|index| row.get(index)) else { continue };
        if piece.last_column < column {
            continue;
        }
        if piece.at.column == column {
            own = Some(piece);
        }
        if piece.text != last {
            if !joined.is_empty() {
                joined.push_str(JOIN);
            }
            joined.push_str(&piece.text);
        }
        last = &piece.text;
    }
    own.map(|piece| Head { at: piece.at, own: piece.text.clone(), joined })
}

fn pieces(sheet: &Sheet, cells: &[RawCell], below: &[&[RawCell]]) -> Vec<Piece> {
    let row = cells.first().map_or(0, |cell| cell.at.row);
    let merged: Vec<(CellRef, CellRef)> =
        sheet.merged.iter().copied().filter(|(first, last)| (first.row..=last.row).contains(&row)).collect();
    let area = |at: CellRef| {
        merged.iter().find(|(first, last)| (first.column..=last.column).contains(&at.column)).copied()
    };
    let mut pieces: Vec<Piece> = Vec::new();
    for cell in cells {
        let Some(text) = words(sheet.raw(cell)) else { continue };
        let area = area(cell.at);
        // What Excel hides under a merged area is not part of the heading that people see.
        if area.is_some_and(|(first, _)| first != cell.at) {
            continue;
        }
        let last_column = area.map_or(cell.at.column, |(_, last)| last.column);
        pieces.push(Piece { at: cell.at, text, last_column });
    }
    let Some(next) = below.first() else { return pieces };
    for index in 0..pieces.len() {
        let until = pieces.get(index + 1).map_or(u16::MAX, |next| next.at.column.saturating_sub(1));
        let Some(piece) = pieces.get_mut(index) else { break };
        let filled_below = next
            .binary_search_by_key(&piece.at.column, |cell| cell.at.column)
            .is_ok_and(|found| !sheet.raw(&next[found]).is_blank());
        if area(piece.at).is_none() && filled_below {
            piece.last_column = until;
        }
    }
    pieces
}

/// The words of a heading cell: text, or a number such as a year.
fn words(raw: Raw<'_>) -> Option<String> {
    match raw {
        Raw::Text(text) if !raw.is_blank() => Some(super::row::tidy(text)),
        Raw::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// The heading rows' cells as typed, by column, to tell where they stand again.
pub(super) struct Repeats<'a> {
    rows: Vec<Vec<Option<&'a str>>>,
    /// What the fields of the columns are called, by column.
    names: Vec<Option<&'a Field>>,
}

impl<'a> Repeats<'a> {
    pub(super) fn new(sheet: &'a Sheet, rows: (u32, u32)) -> Self {
        let row = |row| {
            let mut texts = Vec::new();
            for cell in sheet.row(row) {
                if let Raw::Text(text) = sheet.raw(cell) {
                    let column = usize::from(cell.at.column);
                    if texts.len() <= column {
                        texts.resize(column + 1, None);
                    }
                    if let Some(slot) = texts.get_mut(column) {
                        *slot = Some(text);
                    }
                }
            }
            texts
        };
        Self { rows: (rows.0..=rows.1).map(row).collect(), names: Vec::new() }
    }

    /// The same; a row of other names of the same columns, as in another language, is one too.
    pub(super) fn with_names(mut self, table: &'a TableSchema, columns: &[Option<Heading>]) -> Self {
        for (field, heading) in table.fields.iter().zip(columns) {
            let Some(heading) = heading.as_ref().filter(|heading| heading.how != Match::Context) else {
                continue;
            };
            let column = usize::from(heading.at.cell.column);
            if self.names.len() <= column {
                self.names.resize(column + 1, None);
            }
            if let Some(slot) = self.names.get_mut(column) {
                *slot = Some(field);
            }
        }
        self
    }

    /// True if most cells of a row are those of one of the heading rows.
    pub(super) fn is(&self, sheet: &Sheet, cells: &[RawCell]) -> bool {
        let filled = || cells.iter().filter(|cell| !sheet.raw(cell).is_blank());
        let Some(first) = filled().next() else { return false };
        let same = |heading: &[Option<&str>], cell: &RawCell| {
            let Raw::Text(text) = sheet.raw(cell) else { return false };
            let Some(Some(words)) = heading.get(usize::from(cell.at.column)) else { return false };
            text == *words || text.len().abs_diff(words.len()) <= 8 && folds_alike(text, words)
        };
        let most = |equal: usize| equal >= 2 && equal * 10 >= filled().count() * 6;
        self.rows.iter().any(|heading| {
            same(heading, first) && most(cells.iter().filter(|cell| same(heading, cell)).count())
        }) || self.is_named(sheet, first)
            && most(cells.iter().filter(|cell| self.is_named(sheet, cell)).count())
    }

    /// True if a cell is a name of its column's field.
    fn is_named(&self, sheet: &Sheet, cell: &RawCell) -> bool {
        let Some(Some(field)) = self.names.get(usize::from(cell.at.column)) else { return false };
        let Raw::Text(text) = sheet.raw(cell) else { return false };
        std::iter::once(&field.title)
            .chain(&field.aliases)
            .any(|name| text.len().abs_diff(name.len()) <= 8 && folds_alike(text, name))
    }
}

//! A return as a sheet of cells, and where everything in it stands.

use super::clean::{Block, Id, Look, Return, Role, Row, Sheet};
use crate::support::cells::Cell;
use crate::support::marks::Mark;
use crate::support::notation::{File, SheetText};
use quarterday::model::CellRef;
use std::collections::BTreeMap;

/// Where the parts of a written return stand.
#[derive(Debug, Clone, Default)]
pub struct Map {
    /// A row's sheet and number.
    pub rows: BTreeMap<Id, (usize, u32)>,
    /// A column's place and the row of its heading.
    pub columns: BTreeMap<Id, (usize, u16, u32)>,
    /// A row's first filled cell.
    pub firsts: BTreeMap<Id, CellRef>,
    /// A sheet's place.
    pub sheets: BTreeMap<Id, usize>,
    /// First row of a table's headings, and the columns it lies in, by sheet and block.
    pub heads: BTreeMap<(usize, usize), u32>,
    /// Names of the sheets.
    pub names: Vec<String>,
    /// The file's name.
    pub file: String,
}

impl Map {
    pub fn cell(&self, row: Id, column: Id) -> String {
        let (sheet, number) = self.rows[&row];
        self.show(sheet, CellRef::new(number, self.columns[&column].1))
    }

    pub fn first(&self, row: Id) -> String {
        self.show(self.rows[&row].0, self.firsts[&row])
    }

    pub fn head(&self, column: Id) -> String {
        let (sheet, column, row) = self.columns[&column];
        self.show(sheet, CellRef::new(row, column))
    }

    pub fn sheet(&self, id: Id) -> String {
        format!("{} › {}", self.file, self.names[self.sheets[&id]])
    }

    fn show(&self, sheet: usize, at: CellRef) -> String {
        format!("{} › {}!{at}", self.file, self.names[sheet])
    }
}

/// Writes a return.
pub fn render(source: &Return) -> (File, Map) {
    let mut map = Map { file: source.file.clone(), ..Map::default() };
    let mut file = File { name: source.file.clone(), ..File::default() };
    for (place, sheet) in source.sheets.iter().enumerate() {
        map.sheets.insert(sheet.id, place);
        map.names.push(sheet.name.clone());
        let mut text = SheetText {
            name: sheet.name.clone(),
            hidden: sheet.hidden || sheet.very_hidden,
            very_hidden: sheet.very_hidden,
            ..SheetText::default()
        };
        let mut row = 0;
        for (number, block) in sheet.blocks.iter().enumerate() {
            row = write(sheet, (place, number), block, row, &mut text, &mut map);
            row += 2;
        }
        for look in &sheet.looks {
            mark(look, sheet, place, &map, &mut text);
        }
        text.cells.sort_by_key(|(at, _)| *at);
        file.sheets.push(text);
    }
    (file, map)
}

/// Writes a block from a row on; gives the row after it.
fn write(
    sheet: &Sheet,
    (place, number): (usize, usize),
    block: &Block,
    mut row: u32,
    text: &mut SheetText,
    map: &mut Map,
) -> u32 {
    for line in &block.above {
        text.cells.push((CellRef::new(row, sheet.left), Cell::Text(line.clone())));
        row += 1;
    }
    row += if block.above.is_empty() { 0 } else { block.gap };
    let column = |id: Id| {
        let index = block.columns.iter().position(|column| column.id == id).expect("a column of the block");
        sheet.left + u16::try_from(index).expect("few columns")
    };
    map.heads.insert((place, number), row);
    if !block.form {
        if !block.groups.is_empty() {
            for (words, first, last) in &block.groups {
                let (first, last) = (column(*first), column(*last));
                text.cells.push((CellRef::new(row, first), Cell::Text(words.clone())));
                if first < last {
                    text.merged.push((CellRef::new(row, first), CellRef::new(row, last)));
                }
            }
            row += 1;
        }
        headings(block, row, &column, text);
        row += 1;
    }
    for each in &block.columns {
        map.columns.insert(each.id, (place, column(each.id), row.saturating_sub(1)));
    }
    for each in &block.rows {
        map.rows.insert(each.id, (place, row));
        if let Some(first) = line(block, each, row, &column, text) {
            map.firsts.insert(each.id, first);
        }
        row += 1;
    }
    row
}

fn headings(block: &Block, row: u32, column: &impl Fn(Id) -> u16, text: &mut SheetText) {
    for each in block.columns.iter().filter(|each| !each.heading.is_empty()) {
        text.cells.push((CellRef::new(row, column(each.id)), Cell::Text(each.heading.clone())));
    }
}

/// Writes a row; gives its first filled cell.
fn line(
    block: &Block,
    each: &Row,
    row: u32,
    column: &impl Fn(Id) -> u16,
    text: &mut SheetText,
) -> Option<CellRef> {
    if each.role == Role::Headings {
        headings(block, row, column, text);
        return None;
    }
    let mut first: Option<CellRef> = None;
    for (id, cell) in &each.cells {
        if !block.columns.iter().any(|own| own.id == *id) {
            continue;
        }
        let at = CellRef::new(row, column(*id));
        if !matches!(cell, Cell::Text(text) if text.trim().is_empty()) {
            first = Some(first.map_or(at, |first| first.min(at)));
        }
        text.cells.push((at, cell.clone()));
    }
    first
}

fn mark(look: &Look, sheet: &Sheet, place: usize, map: &Map, text: &mut SheetText) {
    let at = |row: &Id, column: &Id| CellRef::new(map.rows[row].1, map.columns[column].1);
    let one = |row: &Id, column: &Id| (at(row, column), at(row, column));
    let mark = match look {
        Look::Fill(row, column, colour) => Mark::Fill(one(row, column), *colour),
        Look::Format(row, column, code) => Mark::Format(one(row, column), (*code).to_owned()),
        Look::Font(row, column, name) => Mark::Font(one(row, column), (*name).to_owned()),
        Look::Strike(row, column) => Mark::Strike(one(row, column)),
        Look::HideRow(row) => Mark::HideRows(map.rows[row].1, map.rows[row].1),
        Look::HideColumn(column) => Mark::HideColumns(map.columns[column].1, map.columns[column].1),
        Look::Comment(row, column, words) => Mark::Comment(at(row, column), words.clone()),
        Look::TextBox(row, column, words) => Mark::TextBox(at(row, column), words.clone()),
        Look::Protected => Mark::Protected,
        Look::Icons(column) => {
            let (first, last) = span(sheet, *column, map);
            let column = map.columns[column].1;
            Mark::Icons((CellRef::new(first, column), CellRef::new(last, column)), 2.0, 3.0)
        }
        Look::Filter(column) => {
            let (_, last) = span(sheet, *column, map);
            let (own, left, head) = map.columns[column];
            debug_assert_eq!(own, place);
            Mark::Filter((CellRef::new(head, left), CellRef::new(last, left)))
        }
        Look::MergeDown(column, first, last) => {
            text.merged.push((at(first, column), at(last, column)));
            return;
        }
    };
    text.marks.push(mark);
}

/// First and last data row of the block that a column is in.
fn span(sheet: &Sheet, column: Id, map: &Map) -> (u32, u32) {
    let block = sheet.blocks.iter().find(|block| block.columns.iter().any(|own| own.id == column));
    let rows = block.expect("the column is on the sheet").rows.iter();
    let mut numbers = rows.filter(|row| row.role == Role::Data).map(|row| map.rows[&row.id].1);
    let first = numbers.next().expect("a table with rows");
    (first, numbers.next_back().unwrap_or(first))
}

//! A return as its parts, before it is written: tables with columns and rows that keep their identity wherever they are
//! moved.

use crate::support::cells::Cell;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Names a row, a column or a sheet of one return, whatever its place.
pub type Id = u32;

/// What a field holds, as far as operators ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Ref,
    Title,
    Update,
    Text,
    Post,
    Agency,
    Agencies,
    Date,
    Target,
    Code,
    Rating,
    Status,
    Direction,
    Money,
    /// Money for which an amount below zero is asked about.
    Plus,
    Integer,
    Other,
}

/// A column.
#[derive(Debug, Clone)]
pub struct Column {
    pub id: Id,
    /// The field; empty for a column that the schema does not know.
    pub field: &'static str,
    pub heading: String,
    pub kind: Kind,
    pub required: bool,
}

/// What a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Data,
    Total,
    Subtotal,
    Subheading,
    Headings,
    Blank,
    Note,
}

/// A row; of a form, one label with its value.
#[derive(Debug, Clone)]
pub struct Row {
    pub id: Id,
    pub role: Role,
    pub cells: BTreeMap<Id, Cell>,
    /// Of a form: the field.
    pub field: &'static str,
    pub kind: Kind,
}

/// A table or a form.
#[derive(Debug, Clone)]
pub struct Block {
    pub table: &'static str,
    pub form: bool,
    /// Lines above the headings.
    pub above: Vec<String>,
    /// Blank rows between those and the headings.
    pub gap: u32,
    /// Headings over several columns (first and last), which make a heading row of their own.
    pub groups: Vec<(String, Id, Id)>,
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
}

/// What is said of cells, rows and columns beside their values.
#[derive(Debug, Clone)]
pub enum Look {
    Fill(Id, Id, u32),
    Format(Id, Id, &'static str),
    Font(Id, Id, &'static str),
    Strike(Id, Id),
    HideRow(Id),
    HideColumn(Id),
    Comment(Id, Id, String),
    TextBox(Id, Id, String),
    Icons(Id),
    MergeDown(Id, Id, Id),
    Filter(Id),
    Protected,
}

/// A sheet.
#[derive(Debug, Clone)]
pub struct Sheet {
    pub id: Id,
    pub name: String,
    pub hidden: bool,
    pub very_hidden: bool,
    /// Blank columns at the left.
    pub left: u16,
    pub blocks: Vec<Block>,
    pub looks: Vec<Look>,
}

/// What is done to the file as a whole when it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Package {
    #[default]
    Plain,
    Macros,
    From1904,
    /// Only the first half of its bytes.
    Cut,
    Password,
    Word,
    Pdf,
}

/// A return.
#[derive(Debug, Clone)]
pub struct Return {
    /// The sender's code.
    pub partner: &'static str,
    pub file: String,
    pub sheets: Vec<Sheet>,
    pub package: Package,
    pub next: Id,
}

/// A data cell's place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    pub sheet: usize,
    pub block: usize,
    pub row: Id,
    pub column: Id,
    pub table: &'static str,
    pub field: &'static str,
    pub kind: Kind,
    pub required: bool,
}

impl Return {
    pub fn new(partner: &'static str, file: &str) -> Self {
        Self { partner, file: file.to_owned(), sheets: Vec::new(), package: Package::Plain, next: 1 }
    }

    /// A name for something new.
    pub fn id(&mut self) -> Id {
        self.next += 1;
        self.next
    }

    /// Adds a sheet; gives its place.
    pub fn sheet(&mut self, name: &str) -> usize {
        let id = self.id();
        self.sheets.push(Sheet {
            id,
            name: name.to_owned(),
            hidden: false,
            very_hidden: false,
            left: 0,
            blocks: Vec::new(),
            looks: Vec::new(),
        });
        self.sheets.len() - 1
    }

    /// Adds a form to a sheet: field, label, kind, value.
    pub fn form(
        &mut self,
        sheet: usize,
        table: &'static str,
        above: &[&str],
        lines: Vec<(&'static str, &str, Kind, Cell)>,
    ) {
        let (label, value) = (self.id(), self.id());
        let column =
            |id| Column { id, field: "", heading: String::new(), kind: Kind::Other, required: false };
        let mut rows = Vec::new();
        for (field, title, kind, cell) in lines {
            let cells = BTreeMap::from([(label, text(title)), (value, cell)]);
            rows.push(Row { id: self.id(), role: Role::Data, cells, field, kind });
        }
        self.sheets[sheet].blocks.push(Block {
            table,
            form: true,
            above: above.iter().map(|&line| line.to_owned()).collect(),
            gap: 1,
            groups: Vec::new(),
            columns: vec![column(label), column(value)],
            rows,
        });
    }

    /// Adds a table to a sheet: its columns (field, heading, kind, required) and rows with a cell each.
    pub fn table(
        &mut self,
        sheet: usize,
        table: &'static str,
        above: &[&str],
        columns: &[(&'static str, &str, Kind, bool)],
        rows: Vec<(Role, Vec<Option<Cell>>)>,
    ) {
        let columns: Vec<Column> = columns
            .iter()
            .map(|&(field, heading, kind, required)| Column {
                id: self.id(),
                field,
                heading: heading.to_owned(),
                kind,
                required,
            })
            .collect();
        let rows = rows.into_iter().map(|(role, cells)| {
            let named = columns.iter().zip(cells);
            let cells = named.filter_map(|(column, cell)| Some((column.id, cell?))).collect();
            Row { id: self.id(), role, cells, field: "", kind: Kind::Other }
        });
        let rows = rows.collect();
        self.sheets[sheet].blocks.push(Block {
            table,
            form: false,
            above: above.iter().map(|&line| line.to_owned()).collect(),
            gap: 1,
            groups: Vec::new(),
            columns,
            rows,
        });
    }

    /// Every data cell that a field of the schema has a column for, blank ones too.
    pub fn places(&self) -> Vec<Place> {
        let mut places = Vec::new();
        for (sheet, own) in self.sheets.iter().enumerate() {
            for (block, tabled) in own.blocks.iter().enumerate().filter(|(_, block)| !block.table.is_empty())
            {
                for row in tabled.rows.iter().filter(|row| row.role == Role::Data) {
                    if tabled.form {
                        let (column, required) = (tabled.columns[1].id, true);
                        let (table, field, kind) = (tabled.table, row.field, row.kind);
                        places.push(Place {
                            sheet,
                            block,
                            row: row.id,
                            column,
                            table,
                            field,
                            kind,
                            required,
                        });
                        continue;
                    }
                    for column in tabled.columns.iter().filter(|column| !column.field.is_empty()) {
                        places.push(Place {
                            sheet,
                            block,
                            row: row.id,
                            column: column.id,
                            table: tabled.table,
                            field: column.field,
                            kind: column.kind,
                            required: column.required,
                        });
                    }
                }
            }
        }
        places
    }

    pub fn row(&self, id: Id) -> &Row {
        let rows = self.sheets.iter().flat_map(|sheet| &sheet.blocks).flat_map(|block| &block.rows);
        rows.into_iter().find(|row| row.id == id).expect("the row is in the return")
    }

    pub fn row_mut(&mut self, id: Id) -> &mut Row {
        let blocks = self.sheets.iter_mut().flat_map(|sheet| &mut sheet.blocks);
        let mut rows = blocks.flat_map(|block| &mut block.rows);
        rows.find(|row| row.id == id).expect("the row is in the return")
    }

    pub fn column_mut(&mut self, id: Id) -> &mut Column {
        let blocks = self.sheets.iter_mut().flat_map(|sheet| &mut sheet.blocks);
        let mut columns = blocks.flat_map(|block| &mut block.columns);
        columns.find(|column| column.id == id).expect("the column is in the return")
    }

    pub fn cell(&self, place: Place) -> Option<&Cell> {
        self.row(place.row).cells.get(&place.column)
    }

    pub fn set(&mut self, place: Place, cell: Cell) {
        self.row_mut(place.row).cells.insert(place.column, cell);
    }

    pub fn clear(&mut self, place: Place) {
        self.row_mut(place.row).cells.remove(&place.column);
    }

    /// What the merged table must hold: row, field and value in words.
    pub fn truth(&self) -> BTreeMap<(Id, &'static str), String> {
        let places = self.places();
        places
            .into_iter()
            .filter_map(|place| Some(((place.row, place.field), said(self.cell(place)?))))
            .collect()
    }
}

/// A clean cell in words.
pub fn said(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => text.clone(),
        Cell::Date(date) => date.to_string(),
        Cell::Boolean(value) => if *value { "Yes" } else { "No" }.to_owned(),
        Cell::Formula(_, Some(value)) => said(value),
        other => other.to_string(),
    }
}

pub fn text(words: &str) -> Cell {
    Cell::Text(words.to_owned())
}

pub fn number(value: f64) -> Cell {
    Cell::Number(value)
}

pub fn day(year: i16, month: i8, day: i8) -> Cell {
    Cell::Date(Date::new(year, month, day).expect("a day of the calendar"))
}

//! Which table stands where in the workbook.

use super::content::{Content, Filled, Place};
use super::live::{self, Live};
use crate::model::CellRef;
use crate::round::Round;
use crate::schema::{ControlKind, FieldType, LayoutKind, TableSchema};

/// The first row under a sheet's title, the sentence under it and its checker.
pub(super) const TOP: u32 = 5;
/// The longest name of a tab.
const LONGEST_NAME: usize = 31;

/// A workbook's sheets with tables.
pub(super) struct Shape {
    pub(super) sheets: Vec<SheetShape>,
}

/// One sheet and what stands on it.
pub(super) struct SheetShape {
    /// The tab's name.
    pub(super) name: String,
    /// Its tables, one under another.
    pub(super) blocks: Vec<Block>,
}

/// One table on its sheet.
pub(super) struct Block {
    /// Its place in the content.
    pub(super) filled: usize,
    /// Its place in the schema.
    pub(super) table: usize,
    /// True for a label on the left and its value to the right.
    pub(super) form: bool,
    /// The row with the words that stand above its headings.
    pub(super) words: Option<u32>,
    /// The row of its headings; of a form's first label.
    pub(super) head: u32,
    /// Its rows, spare ones included.
    pub(super) rows: u32,
    /// Its columns; of a form, its lines.
    pub(super) columns: Vec<Column>,
    /// How each field is worked out, if it is.
    pub(super) live: Vec<Option<Live>>,
    /// Its total row, and which fields it adds up.
    pub(super) total: Option<(u32, Vec<usize>)>,
}

/// What a column is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    /// A field.
    Field(usize),
    /// The words of the earlier round, beside the field for this one's.
    Update(usize),
    /// Where it stood in the earlier round, beside the field for this one's.
    State(usize),
}

impl Shape {
    pub(super) fn new(content: &Content<'_>) -> Self {
        let mut sheets: Vec<SheetShape> = Vec::new();
        for (index, filled) in content.tables.iter().enumerate() {
            let Some(table) = content.round.schema.tables.get(filled.table) else { continue };
            let name = tab(filled, table);
            let shared = !table.sheet.is_empty() && filled.sheet.is_none();
            let found = sheets.iter().position(|sheet| shared && sheet.name == name);
            let place = found.unwrap_or_else(|| {
                let name = unused(&name, &sheets);
                sheets.push(SheetShape { name, blocks: Vec::new() });
                sheets.len() - 1
            });
            let blocks = &mut sheets[place].blocks;
            let block = block(content, index, filled, table, blocks.last());
            blocks.push(block);
        }
        Self { sheets }
    }

    pub(super) fn stands_at(&self, place: Place) -> Option<(String, CellRef)> {
        self.sheets.iter().find_map(|sheet| {
            let block = sheet.blocks.iter().find(|block| block.filled == place.table)?;
            Some((sheet.name.clone(), block.cell(place.row, place.field)?))
        })
    }
}

impl Block {
    /// The first row with values.
    pub(super) fn first(&self) -> u32 {
        if self.form { self.head } else { self.head + 1 }
    }

    /// The last row with values; the heading's if there are none.
    pub(super) fn last(&self) -> u32 {
        if self.form { self.bottom() } else { self.head + self.rows }
    }

    /// The lowest row of the table.
    pub(super) fn bottom(&self) -> u32 {
        if self.form {
            return self.head + u32::try_from(self.columns.len()).unwrap_or(1).saturating_sub(1);
        }
        self.total.as_ref().map_or(self.head + self.rows, |(row, _)| *row)
    }

    /// The column of a field.
    pub(super) fn column(&self, field: usize) -> Option<u16> {
        let place = self.columns.iter().position(|column| *column == Column::Field(field))?;
        u16::try_from(place).ok()
    }

    /// The cell of a field in a row (zero-based among the table's own), or in its total row.
    pub(super) fn cell(&self, row: usize, field: usize) -> Option<CellRef> {
        let place = self.column(field)?;
        if row == Place::TOTAL {
            return self.total.as_ref().map(|(row, _)| CellRef::new(*row, place));
        }
        if self.form {
            return Some(CellRef::new(self.head + u32::from(place), 1));
        }
        Some(CellRef::new(self.first() + u32::try_from(row).ok()?, place))
    }
}

fn block(
    content: &Content<'_>,
    index: usize,
    filled: &Filled,
    table: &TableSchema,
    above: Option<&Block>,
) -> Block {
    let top = above.map_or(TOP, |above| above.bottom() + 2);
    let form = table.layout == LayoutKind::Form;
    let stacked = above.is_some() || !table.heading.is_empty();
    let words = (stacked && !form).then_some(top);
    let head = words.map_or(top, |words| words + 1);
    let live = live::of(&content.round.schema, filled.table);
    let rows = u32::try_from(filled.rows.len()).unwrap_or(u32::MAX).saturating_add(filled.spare).max(1);
    let sums = if form { Vec::new() } else { summed(content.round, filled.table, table) };
    Block {
        filled: index,
        table: filled.table,
        form,
        words,
        head,
        rows,
        columns: columns(filled, table, &live),
        total: (!sums.is_empty()).then(|| (head + rows + 1, sums)),
        live,
    }
}

fn columns(filled: &Filled, table: &TableSchema, live: &[Option<Live>]) -> Vec<Column> {
    use crate::schema::Role;
    let update = filled.rows.iter().any(|row| row.before.update.is_some());
    let state = filled.rows.iter().any(|row| row.before.state.is_some());
    let role = |role| table.role(role);
    let own = |field: usize| filled.rows.iter().any(|row| row.slots.get(field).is_some_and(|slot| slot.own));
    let mut columns = Vec::new();
    for (field, spec) in table.fields.iter().enumerate() {
        let given = table.sheet_field == Some(field);
        let worked_out = live.get(field).is_some_and(Option::is_some);
        if given || spec.computed && !worked_out && !own(field) {
            continue;
        }
        if update && role(Role::Update) == Some(field) {
            columns.push(Column::Update(field));
        }
        if state && role(Role::Status).or_else(|| role(Role::Rating)) == Some(field) {
            columns.push(Column::State(field));
        }
        columns.push(Column::Field(field));
    }
    columns
}

/// The fields that the table's total row adds up; none without a total row.
pub(super) fn summed(round: &Round, index: usize, table: &TableSchema) -> Vec<usize> {
    if table.totals.as_ref().is_none_or(|totals| totals.matches.is_empty()) {
        return Vec::new();
    }
    let controls = round.schema.controls.iter().filter(|control| control.table == index);
    let mut sums: Vec<usize> = controls
        .filter_map(|control| match &control.kind {
            ControlKind::Footing { sums } => Some(sums.clone()),
            _ => None,
        })
        .flatten()
        .filter(|field| table.fields.get(*field).is_some_and(|field| field.kind != FieldType::Percent))
        .collect();
    sums.sort_unstable();
    sums.dedup();
    sums
}

fn tab(filled: &Filled, table: &TableSchema) -> String {
    if let Some(name) = &filled.sheet {
        return legal(name);
    }
    match (table.sheet.first(), table.sheet_field.and_then(|field| table.fields.get(field))) {
        (Some(name), _) => legal(name),
        (None, Some(field)) => legal(&format!("{} 1", field.title)),
        (None, None) => legal(&table.title),
    }
}

/// A name that a tab may have.
fn legal(name: &str) -> String {
    let name: String = name.chars().filter(|letter| !"[]:*?/\\".contains(*letter)).collect();
    let name: String = name.trim().trim_matches('\'').chars().take(LONGEST_NAME).collect();
    let name = name.trim_end().to_owned();
    if name.is_empty() { "Sheet".to_owned() } else { name }
}

/// The name, with a number behind it if another tab has it or the workbook itself needs it.
fn unused(name: &str, sheets: &[SheetShape]) -> String {
    let taken = |name: &str| {
        crate::model::is_own_sheet(name)
            || sheets.iter().any(|sheet| sheet.name.to_lowercase() == name.to_lowercase())
    };
    if !taken(name) {
        return name.to_owned();
    }
    let short: String = name.chars().take(LONGEST_NAME - 4).collect();
    (2..1000).map(|number| format!("{short} {number}")).find(|name| !taken(name)).unwrap_or(short)
}

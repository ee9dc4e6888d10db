//! Rows of a located table → typed records.

use super::merged::Spread;
use super::plan::{Kind, Plan};
use super::{Context, cell, form, shown, spill, totals};
use crate::model::{
    Cell, CellRef, Layout, Match, Origin, Raw, RawCell, Reading, Record, RowRole, Sheet, Table,
};
use crate::schema::{LayoutKind, TableSchema};

/// Types a located table.
pub(super) fn table(sheet: &Sheet, layout: Layout, cx: &Context<'_>) -> Table {
    let mut table = Table {
        table: layout.table,
        file: sheet.file(),
        sheet: sheet.id(),
        records: Vec::new(),
        totals: Vec::new(),
        layout,
    };
    let Some(declared) = cx.schema.tables.get(table.table) else { return table };
    let plan = Plan::new(sheet, declared, &table.layout, cx);
    match declared.layout {
        LayoutKind::Rows => Rows::new(sheet, declared, &plan, &table.layout).read(&mut table),
        LayoutKind::Form => form::read(sheet, &plan, &mut table),
    }
    table
}

/// What a sheet's column is to the table.
#[derive(Debug, Clone, Copy)]
enum Slot {
    Nothing,
    Field(usize),
    Extra(usize),
}

struct Rows<'a> {
    sheet: &'a Sheet,
    declared: &'a TableSchema,
    plan: &'a Plan<'a>,
    slots: Vec<Slot>,
    spread: Spread,
    /// The sheet's name as a field, and the last sub-heading as a field.
    from_sheet: Option<(usize, Cell)>,
    from_subheading: Option<(usize, Cell)>,
    /// True if any cell of the sheet is shown in a way that bears on what it means.
    shows: bool,
}

impl<'a> Rows<'a> {
    fn new(sheet: &'a Sheet, declared: &'a TableSchema, plan: &'a Plan<'a>, layout: &Layout) -> Self {
        let mut slots = Vec::new();
        let mut set = |column: u16, slot: Slot| {
            let column = usize::from(column);
            if slots.len() <= column {
                slots.resize(column + 1, Slot::Nothing);
            }
            if let Some(place) = slots.get_mut(column) {
                *place = slot;
            }
        };
        for (index, column) in layout.unmapped.iter().enumerate() {
            set(column.at.cell.column, Slot::Extra(index));
        }
        for (index, field) in plan.fields.iter().enumerate() {
            if let Some(column) = field.column {
                set(column, Slot::Field(index));
            }
        }
        let from_sheet = declared.sheet_field.and_then(|index| {
            let heading =
                layout.columns.get(index)?.as_ref().filter(|heading| heading.how == Match::Context)?;
            let field = plan.fields.get(index)?;
            Some((index, cell::read(plan, field, Raw::Text(&sheet.name), heading.at)))
        });
        let spread = Spread::new(sheet, plan);
        let shows = sheet.facts.looks.runs().next().is_some() || !sheet.facts.rules.is_empty();
        Self { sheet, declared, plan, slots, spread, from_sheet, from_subheading: None, shows }
    }

    fn read(mut self, table: &mut Table) {
        let data = table.layout.rows.iter().filter(|(_, role)| *role == RowRole::Data).count();
        let mut records = Vec::with_capacity(data);
        let mut controls = totals::Controls::default();
        let mut rest = self.sheet.cells();
        for (row, role) in &table.layout.rows {
            let cells = take_row(&mut rest, *row);
            match role {
                RowRole::Data => records.extend(self.record(cells)),
                RowRole::Subheading(_) => {
                    controls.subheading(records.len());
                    self.subheading(cells);
                }
                RowRole::Total | RowRole::Subtotal => {
                    if let Some(record) = self.record(cells) {
                        let label = totals::label(self.sheet, self.declared, &table.layout, cells);
                        controls.take(record, *role == RowRole::Subtotal, label, records.len());
                    }
                }
                RowRole::RepeatedHeading
                | RowRole::Heading
                | RowRole::Title
                | RowRole::Note
                | RowRole::SecondList
                | RowRole::Spare => {}
            }
        }
        table.records = records;
        table.totals = controls.finish();
    }

    fn record(&mut self, cells: &[RawCell]) -> Option<Record> {
        let first = cells.iter().find(|cell| !self.sheet.raw(cell).is_blank()).or(cells.first())?;
        let (row, at) = (first.at.row, self.sheet.origin(first.at));
        let mut typed: Vec<Cell> = Vec::with_capacity(self.plan.fields.len());
        for field in &self.plan.fields {
            let at = field.column.map_or(at, |column| self.sheet.origin(CellRef::new(row, column)));
            typed.push(blank(at));
        }
        let mut extra = Vec::new();
        for raw in cells {
            match self.slots.get(usize::from(raw.at.column)) {
                Some(Slot::Field(index)) => {
                    if let (Some(slot), Some(field)) = (typed.get_mut(*index), self.plan.fields.get(*index)) {
                        *slot = cell::read(self.plan, field, self.sheet.raw(raw), slot.at);
                    }
                }
                Some(Slot::Extra(index)) => {
                    let value = self.sheet.raw(raw);
                    if !value.is_blank() {
                        extra.push((*index, cell::typed(self.plan, value)));
                    }
                }
                Some(Slot::Nothing) | None => {}
            }
        }
        self.look(row, &mut typed);
        self.spread.fill(self.sheet, self.plan, row, &mut typed);
        for (index, cell) in self.from_sheet.iter().chain(&self.from_subheading) {
            if let Some(slot) = typed.get_mut(*index)
                && slot.reading == Reading::Blank
            {
                *slot = cell.clone();
            }
        }
        spill::spread(self.plan, &mut typed);
        Some(Record { at, cells: typed.into_boxed_slice(), extra })
    }

    /// Fields with a code list may be shown instead of written.
    fn look(&self, row: u32, typed: &mut [Cell]) {
        if !self.shows {
            return;
        }
        for (field, cell) in self.plan.fields.iter().zip(typed) {
            if let (Kind::Code(codes), Some(column)) = (&field.kind, field.column)
                && !field.field.many
            {
                let at = CellRef::new(row, column);
                shown::look(self.sheet, codes, at, self.sheet.value(at), cell);
            }
        }
    }

    /// A sub-heading fills its field in the rows under it. It is told once, where it stands, not in each of them.
    fn subheading(&mut self, cells: &[RawCell]) {
        let Some(index) = self.declared.subheading_fill else { return };
        let Some(field) = self.plan.fields.get(index) else { return };
        let Some(raw) = cells.iter().find(|cell| !self.sheet.raw(cell).is_blank()) else { return };
        let mut cell = cell::read(self.plan, field, self.sheet.raw(raw), self.sheet.origin(raw.at));
        cell.change = None;
        self.from_subheading = Some((index, cell));
    }
}

/// A cell with nothing in it.
pub(super) fn blank(at: Origin) -> Cell {
    Cell { at, reading: Reading::Blank, change: None }
}

/// The cells of a row that is not above the last one asked for.
fn take_row<'a>(rest: &mut &'a [RawCell], row: u32) -> &'a [RawCell] {
    let from = rest.iter().take_while(|cell| cell.at.row < row).count();
    let after = rest.get(from..).unwrap_or_default();
    let to = after.iter().take_while(|cell| cell.at.row == row).count();
    let (cells, after) = after.split_at_checked(to).unwrap_or((after, &[]));
    *rest = after;
    cells
}

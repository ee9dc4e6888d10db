//! What a return says outside of the form's rows: totals that were stated, and columns of the partner's own.

use super::content::{Beyond, Entry, Filled, OwnColumn, Place, Slot};
use super::returned::{Places, Reader};
use crate::model::{Cell, Record, Table, Total, Unmapped, fold};
use crate::schema::{Field, LayoutKind};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// One table of a return, and what it says outside of its rows.
pub(super) struct Outside<'a, 'r> {
    pub(super) reader: &'a Reader<'r>,
    /// The name of its sheet.
    pub(super) sheet: &'a str,
    pub(super) places: &'a mut Places,
    pub(super) beyond: &'a mut Vec<Beyond>,
}

impl Outside<'_, '_> {
    /// The last total of the whole table goes into the form's total row, if it has one; what others say is listed.
    pub(super) fn totals(&mut self, filled: &mut Filled, index: usize, has_row: bool) {
        let totals = &self.reader.table.totals;
        let main = totals.iter().rposition(|total| !total.subtotal);
        let main = main.filter(|_| has_row && filled.total.is_empty());
        for (number, total) in totals.iter().enumerate() {
            if main == Some(number) {
                filled.total = self.stated(total, index);
            } else {
                self.list(total);
            }
        }
    }

    /// The cells of a total row that say more than that it is one.
    fn said<'c>(&self, total: &'c Total) -> Vec<(usize, &Field, &'c Cell, Entry)> {
        let fields = self.reader.schema.fields.iter().zip(total.record.cells.iter()).enumerate();
        let said = fields.filter_map(|(place, (field, cell))| {
            let said = self.reader.said(field, cell)?;
            let label = matches!(&said, Entry::Text(text) if fold(text) == fold(&total.label));
            (!label).then_some((place, field, cell, said))
        });
        said.collect()
    }

    fn stated(&mut self, total: &Total, index: usize) -> Vec<Slot> {
        let mut slots = vec![Slot::default(); self.reader.schema.fields.len()];
        let mut there = Vec::new();
        for (field, _, cell, said) in self.said(total) {
            if let Some(slot) = slots.get_mut(field) {
                slot.entry = Some(said);
            }
            there.push(((cell.at.sheet, cell.at.cell), Place { table: index, row: Place::TOTAL, field }));
        }
        self.places.extend(there);
        slots
    }

    fn list(&mut self, total: &Total) {
        let said: Vec<String> = self
            .said(total)
            .into_iter()
            .map(|(_, field, _, said)| match said {
                Entry::Text(text) => format!("{}: {text}", field.title),
                Entry::Number(number) => format!("{}: {number}", field.title),
                Entry::Date(day) => format!("{}: {}", field.title, day.strftime("%d/%m/%Y")),
            })
            .collect();
        if !said.is_empty() {
            let place = format!("{}, row {}: {}", self.sheet, total.record.at.cell.row + 1, total.label);
            self.beyond.push(Beyond { place, text: said.join("; ") });
        }
    }

    /// Columns that the template does not have, beside the rows that they belong to. What a form says beside its labels,
    /// and a total row under such a column, has no place in the form and is listed.
    pub(super) fn own(&mut self, filled: &mut Filled, index: usize) {
        let table = self.reader.table;
        let mut columns: BTreeMap<usize, usize> = BTreeMap::new();
        for record in &table.records {
            let row = self.row_of(record, index);
            for (number, text) in &record.extra {
                let Some(unmapped) = table.layout.unmapped.get(*number) else { continue };
                let Some(row) = row else {
                    self.list_extra(record, unmapped, text);
                    continue;
                };
                let column =
                    *columns.entry(*number).or_insert_with(|| column_of(filled, table, *number, unmapped));
                if let Some(own) = filled.own.get_mut(column) {
                    own.cells.insert(row, entry(text));
                }
            }
        }
        for record in table.totals.iter().map(|total| &total.record) {
            for (number, text) in &record.extra {
                if let Some(unmapped) = table.layout.unmapped.get(*number) {
                    self.list_extra(record, unmapped, text);
                }
            }
        }
    }

    /// The row of the form that a record stands in; none if it is a form's.
    fn row_of(&self, record: &Record, index: usize) -> Option<usize> {
        if self.reader.schema.layout == LayoutKind::Form {
            return None;
        }
        let mut cells = record.cells.iter().filter(|cell| cell.at.cell.row == record.at.cell.row);
        let place = cells.find_map(|cell| self.places.get(&(cell.at.sheet, cell.at.cell)))?;
        (place.table == index).then_some(place.row)
    }

    fn list_extra(&mut self, record: &Record, unmapped: &Unmapped, text: &str) {
        let place = if self.reader.schema.layout == LayoutKind::Form {
            format!("{}, {}", self.sheet, unmapped.at.cell)
        } else {
            format!("{}, row {}: {}", self.sheet, record.at.cell.row + 1, unmapped.heading)
        };
        self.beyond.push(Beyond { place, text: text.to_owned() });
    }
}

/// The place among the own columns for one of a table. Two sheets of one table may each have it; two columns of one sheet
/// with the same heading both stay.
fn column_of(filled: &mut Filled, table: &Table, number: usize, unmapped: &Unmapped) -> usize {
    let heading = if unmapped.blank { String::new() } else { unmapped.heading.clone() };
    let twice = table.layout.unmapped.iter().enumerate();
    let twice = twice.filter(|(other, one)| *other != number && one.heading == unmapped.heading).count() > 0;
    let known = filled.own.iter().position(|own| own.heading == heading && !heading.is_empty() && !twice);
    known.unwrap_or_else(|| {
        filled.own.push(OwnColumn { heading, cells: BTreeMap::new() });
        filled.own.len() - 1
    })
}

/// What stood in a cell, as a number where it is written like one and nothing is lost by it.
fn entry(text: &str) -> Entry {
    const DIGITS: usize = 15;
    let number = text.parse::<Decimal>().ok();
    let same = number.filter(|number| number.to_string() == text && text.len() <= DIGITS);
    same.map_or_else(|| Entry::Text(text.to_owned()), Entry::Number)
}

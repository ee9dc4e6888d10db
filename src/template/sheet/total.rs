//! The total row of a table.

use super::super::content::{Entry, Filled};
use super::super::live::row_results;
use super::super::looks::{Kind, State};
use super::super::shape::Column;
use super::Writer;
use crate::model::{CellRef, column_letters};
use crate::schema::TableSchema;
use rust_decimal::Decimal;
use rust_xlsxwriter::XlsxError;

impl Writer<'_, '_> {
    /// Writes the row. What a partner stated there is kept as it is where it is not what the rows above come to.
    pub(super) fn total(&mut self, filled: &Filled, table: &TableSchema) -> Result<(), XlsxError> {
        let block = self.block;
        let (Some((row, sums)), Some(totals)) = (&block.total, &table.totals) else { return Ok(()) };
        let all: Vec<Vec<Option<Entry>>> =
            filled.rows.iter().map(|row| row_results(&block.live, &table.fields, row)).collect();
        let label = totals.field.and_then(|field| block.column(field)).unwrap_or(0);
        let word = totals.matches.first().map_or("Total", String::as_str);
        for (column, what) in (0..).zip(&block.columns) {
            let field = match what {
                Column::Field(field) => *field,
                Column::Update(_) | Column::State(_) => usize::MAX,
            };
            let at = CellRef::new(*row, column);
            let kind = table.fields.get(field).map_or(Kind::Text, Kind::of);
            let stated = filled.total.get(field);
            let marked = stated.is_some_and(|slot| slot.highlight);
            let format = self.looks.cell(kind, if marked { State::Fix } else { State::Total });
            if let Some(slot) = stated {
                self.note(at, slot)?;
            }
            let own = stated.and_then(|slot| slot.entry.as_ref());
            if column == label {
                self.sheet.write_string_with_format(*row, column, word, &format)?;
                continue;
            }
            if !sums.contains(&field) {
                self.entry(at, own, kind, &format)?;
                continue;
            }
            let letters = column_letters(column);
            let formula = format!("=SUM({letters}{}:{letters}{})", block.first() + 1, block.last() + 1);
            let sum = Entry::Number(added_up(&all, field));
            match own.filter(|own| **own != sum) {
                Some(own) => self.entry(at, Some(own), kind, &format)?,
                None => self.formula(at, &formula, Some(&sum), &format)?,
            }
        }
        Ok(())
    }
}

/// The numbers of a field in all rows.
fn added_up(rows: &[Vec<Option<Entry>>], field: usize) -> Decimal {
    let numbers = rows.iter().filter_map(|row| match row.get(field) {
        Some(Some(Entry::Number(number))) => Some(*number),
        _ => None,
    });
    numbers.sum()
}

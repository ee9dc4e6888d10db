//! Notes on cells, and columns that are the partner's own.

use super::super::content::{Entry, Filled, Slot};
use super::super::looks::{self, Kind, State};
use super::Writer;
use crate::model::{CellRef, NOTE_AUTHOR};
use rust_xlsxwriter::{Note, XlsxError};

/// The longest note, in letters.
const MOST_LETTERS: usize = 1_000;
/// Letters of a note beside one another, and the height of a line of them.
const ACROSS: usize = 34;
const LINE: u32 = 18;
/// How wide a note is.
const WIDE: u32 = 260;

impl Writer<'_, '_> {
    /// Puts the note of a cell on it: as in a partner's own file that is given back.
    pub(super) fn note(&mut self, at: CellRef, slot: &Slot) -> Result<(), XlsxError> {
        if slot.note.is_empty() {
            return Ok(());
        }
        let mut words: String = slot.note.chars().take(MOST_LETTERS).collect();
        if words.len() < slot.note.len() {
            words.push('…');
        }
        let lines: usize = words.split('\n').map(|line| line.chars().count() / ACROSS + 1).sum();
        let height = u32::try_from(lines + 1).unwrap_or(20).clamp(4, 20) * LINE;
        let note = Note::new(words)
            .set_author(NOTE_AUTHOR)
            .add_author_prefix(false)
            .set_width(WIDE)
            .set_height(height);
        self.sheet.insert_note(at.row, at.column, &note)?;
        Ok(())
    }

    /// Writes the columns that the partner added.
    pub(super) fn own_columns(&mut self, filled: &Filled) -> Result<(), XlsxError> {
        let block = self.block;
        for (column, own) in (block.columns.len()..).zip(&filled.own) {
            let Ok(column) = u16::try_from(column) else { break };
            if !own.heading.is_empty() {
                let format = looks::earlier_heading();
                self.sheet.write_string_with_format(block.head, column, &own.heading, &format)?;
            }
            for (row, entry) in &own.cells {
                let kind = if matches!(entry, Entry::Number(_)) { Kind::Number } else { Kind::Text };
                let format = self.looks.cell(kind, State::Open);
                let Ok(row) = u32::try_from(*row) else { break };
                self.entry(CellRef::new(block.first() + row, column), Some(entry), kind, &format)?;
            }
        }
        Ok(())
    }
}

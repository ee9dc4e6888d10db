//! The sheet for what a partner's file says and the form has no place for, and texts that are longer than a cell.

use super::content::{Beyond, Content, Entry};
use super::{looks, page};
use crate::model::ALSO_SHEET;
use crate::write::fit::{LINE, MOST_LINES};
use rust_xlsxwriter::{Worksheet, XlsxError};
use std::borrow::Cow;

/// The most UTF-16 units that a cell holds.
const LONGEST: usize = 32_767;
/// What a text ends with whose rest stands elsewhere.
const CUT: &str = " … [cut here: the whole text is on the sheet Also in your file]";
/// Letters of a text beside one another in its column.
const ACROSS: usize = 95;
/// What is said over the list.
const LEAD: &str = "What your file also says, and the other sheets have no place for: it is kept here so that nothing is lost. This sheet is not read when you send the workbook back.";

/// A text as a cell holds it: too long a one ends with where the whole of it is.
pub(super) fn fitting(text: &str) -> Cow<'_, str> {
    if is_too_long(text) {
        let room = LONGEST - CUT.encode_utf16().count();
        Cow::Owned(format!("{}{CUT}", text.get(..end(text, room)).unwrap_or_default()))
    } else {
        Cow::Borrowed(text)
    }
}

fn is_too_long(text: &str) -> bool {
    text.len() > LONGEST && text.encode_utf16().count() > LONGEST
}

/// Where so many UTF-16 units of a text end.
fn end(text: &str, units: usize) -> usize {
    let mut room = units;
    let past = text.char_indices().find(|(_, letter)| {
        let fits = letter.len_utf16() <= room;
        room = room.saturating_sub(letter.len_utf16());
        !fits
    });
    past.map_or(text.len(), |(at, _)| at)
}

impl Content<'_> {
    /// Texts that are longer than a cell of the form holds, with where they stand: all of each is on a sheet of its own.
    #[must_use]
    pub fn too_long(&self) -> Vec<Beyond> {
        let mut found = Vec::new();
        for (table, filled) in self.tables.iter().enumerate() {
            let Some(schema) = self.round.schema.tables.get(filled.table) else { continue };
            for (number, row) in filled.rows.iter().enumerate() {
                for (field, (slot, spec)) in row.slots.iter().zip(&schema.fields).enumerate() {
                    let Some(text) = long(slot.entry.as_ref()) else { continue };
                    let stands = self.stands_at(super::Place { table, row: number, field });
                    let at = stands.map_or_else(String::new, |(sheet, cell)| format!("{sheet}, {cell}, "));
                    found.push(Beyond { place: format!("{at}{}", spec.title), text });
                }
                for own in &filled.own {
                    let Some(text) = long(own.cells.get(&number)) else { continue };
                    let place = format!("{}, row {}, {}", schema.title, number + 1, own.heading);
                    found.push(Beyond { place, text });
                }
            }
        }
        found
    }
}

fn long(entry: Option<&Entry>) -> Option<String> {
    match entry {
        Some(Entry::Text(text)) if is_too_long(text) => Some(text.clone()),
        _ => None,
    }
}

/// Makes the sheet; none if there is nothing for it.
pub(super) fn make(content: &Content<'_>) -> Result<Option<Worksheet>, XlsxError> {
    let long = content.too_long();
    if long.is_empty() && content.beyond.is_empty() {
        return Ok(None);
    }
    let mut sheet = page::start(content, ALSO_SHEET)?;
    page::title(content, &mut sheet, ALSO_SHEET)?;
    sheet.write_string_with_format(3, 0, LEAD, &looks::body())?;
    for (column, heading) in (0..).zip(["Where", "What stands there"]) {
        sheet.write_string_with_format(5, column, heading, &looks::heading())?;
    }
    sheet.set_column_width(0, 40)?.set_column_width(1, 90)?;
    let mut row = 5;
    for Beyond { place, text } in long.iter().chain(&content.beyond) {
        let mut rest = text.as_str();
        let mut place = place.clone();
        loop {
            row += 1;
            let (piece, after) = rest.split_at(end(rest, LONGEST));
            sheet.write_string_with_format(row, 0, fitting(&place).as_ref(), &looks::cell_of_list())?;
            sheet.write_string_with_format(row, 1, piece, &looks::cell_of_list())?;
            let lines: usize = piece.split('\n').map(|line| line.chars().count() / ACROSS + 1).sum();
            let lines = u32::try_from(lines).unwrap_or(MOST_LINES).min(MOST_LINES);
            sheet.set_row_height_pixels(row, lines * LINE + 6)?;
            if after.is_empty() {
                break;
            }
            rest = after;
            "continued".clone_into(&mut place);
        }
    }
    sheet.set_repeat_rows(5, 5)?;
    Ok(Some(sheet))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_only_where_no_cell_holds_it_and_says_so() {
        for fits in ["x".repeat(LONGEST), "é".repeat(LONGEST), String::new()] {
            assert!(matches!(fitting(&fits), Cow::Borrowed(_)));
        }
        for long in ["x".repeat(LONGEST + 1), "\u{1f600}".repeat(20_000)] {
            let shown = fitting(&long);
            assert!(shown.ends_with(CUT) && shown.encode_utf16().count() <= LONGEST);
            assert!(long.starts_with(shown.trim_end_matches(CUT)));
        }
    }
}

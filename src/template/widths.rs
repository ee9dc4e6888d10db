//! Widths of columns and heights of rows.

use super::content::{Content, Entry};
use super::looks::Kind;
use super::shape::{Block, Column, SheetShape};
use crate::schema::{Field, FieldType, Role};
use crate::write::fit::{LINE, MOST_LINES, Tall, lines};
use rust_xlsxwriter::{Worksheet, XlsxError};

/// The width of a column of the partner's own.
const OWN: u16 = 26;

/// The width of each column of a sheet, in characters.
pub(super) fn widths(content: &Content<'_>, place: &SheetShape) -> Vec<u16> {
    let mut widths: Vec<u16> = Vec::new();
    for block in &place.blocks {
        let Some(table) = content.round.schema.tables.get(block.table) else { continue };
        let own: Vec<u16> = if block.form {
            let label = table.fields.iter().map(|field| field.title.chars().count()).max().unwrap_or(0);
            vec![narrow(label + 3, 24, 44), 40]
        } else {
            let column = |column: &Column| match column {
                Column::Field(field) => of(content, block, *field, &table.fields[*field]),
                Column::Update(_) => 34,
                Column::State(_) => 16,
            };
            let own = content.tables.get(block.filled).map_or(0, |filled| filled.own.len());
            block.columns.iter().map(column).chain(std::iter::repeat_n(OWN, own)).collect()
        };
        for (index, width) in own.into_iter().enumerate() {
            match widths.get_mut(index) {
                Some(widest) => *widest = width.max(*widest),
                None => widths.push(width),
            }
        }
    }
    widths
}

fn narrow(width: usize, least: u16, most: u16) -> u16 {
    u16::try_from(width).unwrap_or(most).clamp(least, most)
}

fn of(content: &Content<'_>, block: &Block, field: usize, spec: &Field) -> u16 {
    // A heading may take several lines, a word of it may not.
    let word = spec.title.split(' ').map(|word| word.chars().count()).max().unwrap_or(0);
    let heading = narrow(word + 3, 9, 24);
    let natural = match Kind::of(spec) {
        Kind::Date => 12,
        Kind::Money => 14,
        Kind::Whole | Kind::Number | Kind::Percent => 11,
        Kind::Short => 10,
        Kind::Word => match spec.kind {
            FieldType::Boolean => 9,
            FieldType::Period => 13,
            _ => narrow(longest_word(content, spec) + 4, 11, 24),
        },
        Kind::Text => match spec.role {
            Some(Role::Update) => 46,
            Some(Role::Title) => 36,
            _ if spec.locked => held(content, block, field),
            _ => 26,
        },
    };
    natural.max(heading)
}

fn longest_word(content: &Content<'_>, spec: &Field) -> usize {
    let list = spec.list.and_then(|list| content.round.schema.lists.get(list));
    let listed =
        list.map(|list| list.categories.iter().map(|one| super::words_of(one).chars().count()).max());
    let partners = || content.round.partners.iter().map(|partner| partner.name.chars().count()).max();
    listed.flatten().or_else(partners).unwrap_or(0)
}

/// The width of a column that was filled in beforehand: what stands in it.
fn held(content: &Content<'_>, block: &Block, field: usize) -> u16 {
    let rows = content.tables.get(block.filled).map_or(&[][..], |filled| filled.rows.as_slice());
    let longest = rows.iter().filter_map(|row| match &row.slots.get(field)?.entry {
        Some(Entry::Text(text)) => Some(text.chars().count()),
        _ => None,
    });
    longest.max().map_or(14, |longest| narrow(longest + 2, 11, 30))
}

/// Sets the widths, and heights in which the texts of the sheet's rows can be read.
pub(super) fn set(
    content: &Content<'_>,
    place: &SheetShape,
    widths: &[u16],
    sheet: &mut Worksheet,
) -> Result<(), XlsxError> {
    for (column, width) in (0..).zip(widths) {
        sheet.set_column_width(column, f64::from(*width))?;
    }
    for block in &place.blocks {
        let (Some(filled), Some(table)) =
            (content.tables.get(block.filled), content.round.schema.tables.get(block.table))
        else {
            continue;
        };
        let mut tall: Vec<Tall> = Vec::new();
        for (index, row) in filled.rows.iter().enumerate() {
            let at = block.first() + u32::try_from(index).unwrap_or(0);
            for (number, column) in (0..).zip(&block.columns) {
                let text = match column {
                    Column::Field(field) => {
                        match row.slots.get(*field).and_then(|slot| slot.entry.as_ref()) {
                            Some(Entry::Text(text)) => text,
                            _ => continue,
                        }
                    }
                    Column::Update(_) => match &row.before.update {
                        Some(text) => text,
                        None => continue,
                    },
                    Column::State(_) => match &row.before.state {
                        Some(text) => text,
                        None => continue,
                    },
                };
                let (row, column) =
                    if block.form { (block.head + u32::from(number), 1) } else { (at, number) };
                tall.push(Tall::new(row, column, text));
            }
        }
        let needed = lines(&tall, widths);
        // Room for a few lines of words where words are asked for.
        let least = if !block.form && table.role(Role::Update).is_some() { 3 } else { 1 };
        for row in block.first()..=block.last() {
            let lines = needed.get(&row).copied().unwrap_or(1).max(least);
            let lines = u32::try_from(lines).unwrap_or(MOST_LINES).clamp(1, MOST_LINES);
            sheet.set_row_height_pixels(row, lines * LINE + 6)?;
        }
        if !block.form {
            let titles = block.columns.iter().enumerate().map(|(column, what)| {
                let title = super::sheet::heading_words(content, table, *what);
                let room = usize::from(widths.get(column).copied().unwrap_or(12)).saturating_sub(2).max(4);
                title.chars().count().div_ceil(room)
            });
            let most = u32::try_from(titles.max().unwrap_or(1)).unwrap_or(4).clamp(2, 6);
            sheet.set_row_height_pixels(block.head, most * LINE + 6)?;
        }
    }
    Ok(())
}

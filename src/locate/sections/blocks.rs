//! The lists of a sheet from top to bottom, those that are used and those that are not.

use super::{filled_above, title_start};
use crate::locate::again::List;
use crate::locate::assign::{Again, Placed};
use crate::locate::fit::Fit;
use crate::locate::headings::Head;
use crate::locate::words::Vocabulary;
use crate::locate::{is_filled, remark};
use crate::model::{Raw, Sheet};
use crate::schema::{Schema, TableSchema};
use std::ops::Range;

/// A list on a sheet.
#[derive(Debug, Clone)]
pub(super) struct Block {
    /// The table's place among those placed on the sheet.
    pub placed: usize,
    /// True for a list that is not used.
    pub again: bool,
    /// First and last row of the headings.
    pub rows: (u32, u32),
    /// From its title, or its headings, to the next list.
    pub range: Range<u32>,
}

/// The lists of a sheet with tables, in order.
pub(super) fn on_sheet(
    sheet: &Sheet,
    schema: &Schema,
    words: &Vocabulary<'_>,
    placed: &[Placed],
) -> Vec<Block> {
    let table = |index: usize| schema.tables.get(placed.get(index)?.table);
    let mut blocks = Vec::new();
    for (index, one) in placed.iter().enumerate() {
        blocks.push(Block { placed: index, again: false, rows: one.rows, range: 0..u32::MAX });
        blocks.extend(one.second.iter().map(|again| Block {
            placed: index,
            again: true,
            rows: again.rows,
            range: 0..u32::MAX,
        }));
    }
    arrange(sheet, words, placed, &mut blocks);
    // Only now is it known where each list ends.
    let all = blocks.clone();
    blocks.retain(|block| {
        let Some(again) = unused(placed, block) else { return true };
        table(block.placed).is_some_and(|table| is_list(sheet, words, placed, table, again, block))
            && !is_page(sheet, table(block.placed), placed, again, block, &all)
    });
    arrange(sheet, words, placed, &mut blocks);
    let (mut more, top) = (Vec::new(), blocks.first().map_or(0, |block| block.rows.0));
    for block in blocks.iter().filter(|block| !block.again) {
        let Some(table) = table(block.placed) else { continue };
        let list = List::new(sheet, table, (top, block.range.start), block.rows);
        let found = list.second(block.rows.1.saturating_add(1)..block.range.end);
        more.extend(found.into_iter().map(|(title, row)| Block {
            placed: block.placed,
            again: true,
            rows: (row, row),
            range: title..u32::MAX,
        }));
    }
    blocks.extend(more);
    arrange(sheet, words, placed, &mut blocks);
    blocks
}

/// Sorts lists and finds where each begins and ends. The first of a sheet, if it is used, has all that stands above it.
fn arrange(sheet: &Sheet, words: &Vocabulary<'_>, placed: &[Placed], blocks: &mut [Block]) {
    blocks.sort_by_key(|block| block.rows);
    let mut above = 0;
    for (index, block) in blocks.iter_mut().enumerate() {
        let own = block.range.start;
        let table = placed.get(block.placed).map_or(0, |placed| placed.table);
        let title = title_start(sheet, words, table, block.rows.0);
        let start = if own > 0 { title.min(own) } else { title };
        block.range.start = match (index, block.again) {
            (0, false) => 0,
            // What stands above the first list of a sheet is the page's title, whichever list is used.
            (0, true) => block.rows.0,
            _ => start.max(above),
        };
        above = block.rows.1.saturating_add(1);
    }
    let mut end = u32::MAX;
    for block in blocks.iter_mut().rev() {
        block.range.end = end;
        end = block.range.start;
    }
}

fn unused<'p>(placed: &'p [Placed], block: &Block) -> Option<&'p Again> {
    let one = placed.get(block.placed).filter(|_| block.again)?;
    one.second.iter().find(|again| again.rows == block.rows)
}

/// True if headings further up have a list under them: they are the table's beyond doubt, or an amount stands under one of
/// a column of figures. Those further down are a list whatever they have.
fn is_list(
    sheet: &Sheet,
    words: &Vocabulary<'_>,
    placed: &[Placed],
    table: &TableSchema,
    again: &Again,
    block: &Block,
) -> bool {
    let Some(one) = placed.get(block.placed) else { return false };
    if one.rows.1 < again.rows.0 {
        return true;
    }
    let Some(known) = words.tables.get(one.table) else { return false };
    let mut rows = sheet.rows().filter(|(row, _)| *row > again.rows.1 && block.range.contains(row));
    if again.sure {
        return rows.any(|(_, cells)| is_filled(sheet, cells));
    }
    let fit = Fit::new(known, table.fields.len(), &again.heads);
    let figures: Vec<u16> = fit
        .fields
        .iter()
        .zip(&table.fields)
        .filter(|(_, field)| remark::is_of_figures(field))
        .filter_map(|(found, _)| Some(again.heads.get((*found)?.0)?.at.column))
        .collect();
    rows.any(|(_, cells)| {
        cells.iter().any(|cell| {
            figures.contains(&cell.at.column)
                && match sheet.raw(cell) {
                    Raw::Text(text) => remark::is_amount(text),
                    raw => matches!(raw, Raw::Number(_)),
                }
        })
    })
}

/// True if headings only stand again, on another page of the unused list above them.
fn is_page(
    sheet: &Sheet,
    table: Option<&TableSchema>,
    placed: &[Placed],
    again: &Again,
    block: &Block,
    all: &[Block],
) -> bool {
    let before = all.iter().rfind(|one| one.rows.1 < block.rows.0);
    let Some((before, table)) = before.zip(table).filter(|(one, _)| one.placed == block.placed) else {
        return false;
    };
    let same = unused(placed, before).is_some_and(|one| {
        let texts =
            |heads: &[Head]| heads.iter().map(|head| (head.at.column, head.own.clone())).collect::<Vec<_>>();
        texts(&one.heads) == texts(&again.heads)
    });
    let top = all.first().map_or(0, |block| block.rows.0);
    let list = List::new(sheet, table, (top, before.range.start), before.rows);
    same && filled_above(sheet, block.rows.0).is_some()
        && list.new_title(block.rows.0, before.rows.1 + 1).is_none()
}

//! The tables of a sheet under one another: where each begins and ends.

mod blocks;

use self::blocks::Block;
use super::assign::Placed;
use super::fit::{self, Fit};
use super::is_filled;
use super::roles;
use super::words::Vocabulary;
use crate::model::{
    Heading, Layout, Match, Raw, RawCell, RowRole, SecondList, Sheet, Visibility, Workbook, fold, is_reminder,
};
use crate::schema::Schema;

/// Rows above its headings that may be a table's title.
const TITLE_ROWS: usize = 4;

/// Gives every filled row of the sheets with tables its role.
pub(super) fn layouts(
    workbook: &Workbook,
    schema: &Schema,
    words: &Vocabulary<'_>,
    mut placed: Vec<Placed>,
) -> Vec<Layout> {
    placed.sort_by_key(|table| (table.sheet, table.rows));
    let mut layouts = Vec::new();
    for group in placed.chunk_by(|a, b| a.sheet == b.sheet) {
        let Some(sheet) = group.first().and_then(|table| workbook.sheets.get(table.sheet)) else { continue };
        layouts.extend(on_sheet(sheet, schema, words, group));
    }
    layouts
}

fn on_sheet(sheet: &Sheet, schema: &Schema, words: &Vocabulary<'_>, placed: &[Placed]) -> Vec<Layout> {
    let blocks = blocks::on_sheet(sheet, schema, words, placed);
    let mut layouts: Vec<Option<Layout>> = placed.iter().map(|_| None).collect();
    for block in blocks.iter().filter(|block| !block.again) {
        let Some((table, slot)) = placed.get(block.placed).zip(layouts.get_mut(block.placed)) else {
            continue;
        };
        *slot = layout(sheet, schema, words, table, block.range.clone());
    }
    for block in blocks.iter().filter(|block| block.again) {
        if let Some(Some(layout)) = layouts.get_mut(block.placed) {
            leave_out(sheet, block, layout);
        }
    }
    let mut layouts: Vec<Layout> = layouts.into_iter().flatten().collect();
    titles_above(sheet, &blocks, &mut layouts);
    layouts
}

/// What stands above the first list of a sheet, where that is not used, is a title too.
fn titles_above(sheet: &Sheet, blocks: &[Block], layouts: &mut [Layout]) {
    let first = blocks.first().map_or(0, |block| block.range.start);
    if let Some(layout) = layouts.first_mut() {
        let above = sheet.rows().take_while(|(row, _)| *row < first);
        let titles = above.filter(|(_, cells)| is_filled(sheet, cells));
        layout.rows.extend(titles.map(|(row, _)| (row, RowRole::Title)));
    }
    for layout in layouts {
        layout.rows.sort_by_key(|(row, _)| *row);
    }
}

/// The first row that belongs to a table further down a sheet: its title, or its headings.
pub(super) fn title_start(sheet: &Sheet, words: &Vocabulary<'_>, table: usize, top: u32) -> u32 {
    let mut start = top;
    let above = words.tables.get(table).map_or(&[][..], |table| table.above.as_slice());
    for _ in 0..TITLE_ROWS {
        let Some((row, cells)) = filled_above(sheet, start) else { break };
        let gap = start - row;
        let filled: Vec<&RawCell> = cells.iter().filter(|cell| !sheet.raw(cell).is_blank()).collect();
        let title = match filled.as_slice() {
            [only] => matches!(sheet.raw(only), Raw::Text(_)) && gap <= 2,
            several => gap <= 2 && several.iter().any(|cell| says(sheet.raw(cell), above)),
        };
        if !title {
            break;
        }
        start = row;
    }
    start
}

fn says(raw: Raw<'_>, words: &[String]) -> bool {
    let Raw::Text(text) = raw else { return false };
    text.len() <= 200 && words.iter().any(|word| fold(text).contains(word.as_str()))
}

pub(super) fn filled_above(sheet: &Sheet, row: u32) -> Option<(u32, &[RawCell])> {
    let before = sheet.cells().partition_point(|cell| cell.at.row < row);
    let above = sheet.cells().get(..before)?.last()?.at.row;
    Some((above, sheet.row(above)))
}

fn layout(
    sheet: &Sheet,
    schema: &Schema,
    words: &Vocabulary<'_>,
    placed: &Placed,
    rows: std::ops::Range<u32>,
) -> Option<Layout> {
    let table = schema.tables.get(placed.table)?;
    let known = words.tables.get(placed.table)?;
    let fit = Fit::new(known, table.fields.len(), &placed.heads);
    let mut layout = Layout {
        table: placed.table,
        sheet: sheet.id(),
        header_rows: placed.rows,
        columns: fit.columns(sheet, &placed.heads),
        unmapped: fit.unmapped(sheet, &placed.heads),
        reminders: fit::reminders(sheet, &placed.heads),
        rows: Vec::new(),
        score: u8::try_from((fit.found() * 100 / known.asked.max(1)).min(100)).unwrap_or(100),
        reasons: reasons(sheet, placed, &fit, known.names_sheet(&sheet.name)),
        repeated: fit.repeated(sheet, &placed.heads),
        unused: placed.unused.iter().map(|one| one.id).collect(),
        foreign: Vec::new(),
        continues: placed.continues,
        second: Vec::new(),
    };
    for (row, cells) in sheet.rows() {
        if row > placed.rows.1 {
            break;
        }
        if rows.contains(&row) && is_filled(sheet, cells) {
            let role = if row < placed.rows.0 { RowRole::Title } else { RowRole::Heading };
            layout.rows.push((row, role));
        }
    }
    roles::read(sheet, table, schema.blank_rows, rows.end, &mut layout);
    from_context(sheet, table, &mut layout);
    Some(layout)
}

/// The rows of another list that is not used: they are told as one list, and belong to the layout of the one that is.
fn leave_out(sheet: &Sheet, block: &Block, layout: &mut Layout) {
    let mut under = 0;
    for (row, cells) in sheet.rows().filter(|(row, _)| block.range.contains(row)) {
        if is_filled(sheet, cells) {
            layout.rows.push((row, RowRole::SecondList));
            under += u32::from(row > block.rows.1);
        }
    }
    let at = sheet.row(block.rows.1).iter().find(|cell| !sheet.raw(cell).is_blank());
    layout.second.extend(at.map(|cell| SecondList { at: sheet.origin(cell.at), rows: under }));
}

/// Fields that have no column but are filled from the sheet's name or from sub-headings.
fn from_context(sheet: &Sheet, table: &crate::schema::TableSchema, layout: &mut Layout) {
    let top = sheet.origin(crate::model::CellRef::new(layout.header_rows.0, 0));
    if let Some(slot) = table.sheet_field.and_then(|field| layout.columns.get_mut(field))
        && slot.is_none()
    {
        *slot = Some(Heading { at: top, text: sheet.name.clone(), how: Match::Context });
    }
    let first = layout.rows.iter().find_map(|(row, role)| match role {
        RowRole::Subheading(text) => Some((*row, text.clone())),
        _ => None,
    });
    if let Some((row, text)) = first
        && let Some(slot) = table.subheading_fill.and_then(|field| layout.columns.get_mut(field))
        && slot.is_none()
    {
        let column = sheet.row(row).first().map_or(0, |cell| cell.at.column);
        let at = sheet.origin(crate::model::CellRef::new(row, column));
        *slot = Some(Heading { at, text, how: Match::Context });
    }
}

fn reasons(sheet: &Sheet, placed: &Placed, fit: &Fit, named: bool) -> Vec<String> {
    let (top, bottom) = (placed.rows.0 + 1, placed.rows.1 + 1);
    let place = if top == bottom { format!("row {top}") } else { format!("rows {top} to {bottom}") };
    let sure = fit.fields.iter().flatten().filter(|(_, how)| !how.is_unsure()).count();
    let mut reasons = vec![format!(
        "The headings were found in {place}: {sure} of {} are the template's own.",
        placed.heads.len()
    )];
    let near = fit.found() - sure;
    if near > 0 {
        let verb = if near == 1 { "is a guess" } else { "are guesses" };
        reasons.push(format!("{near} more {verb} that should be confirmed."));
    }
    if named {
        reasons.push(format!("The sheet is named {}, as the template's is.", sheet.name));
    } else {
        reasons.push(format!("The sheet {} was taken because its headings fit best.", sheet.name));
    }
    if !placed.above {
        reasons.push("The words that stand above these headings on the template were not found.".to_owned());
    }
    if sheet.visibility != Visibility::Visible {
        reasons.push("The sheet is hidden; it was used because nothing else fits.".to_owned());
    }
    reasons.extend(placed.others.iter().cloned());
    if placed.heads.iter().any(|head| is_reminder(&head.own)) {
        reasons.push("Columns that show what was said last time are ours and were not read.".to_owned());
    }
    reasons
}

//! A sheet with tables to fill in.

mod own;
mod total;

use super::choices::{self, Lists};
use super::content::{Content, Entry, Filled};
use super::live::{of_row, results};
use super::looks::{self, Kind, Looks, State};
use super::shape::{Block, Column, SheetShape, TOP};
use super::still::{self, Still};
use super::{also, page, widths};
use crate::model::{CellRef, reminder};
use crate::schema::TableSchema;
use crate::write::sheet::{float, serial};
use crate::write::styles::filled as fill_with;
use rust_decimal::Decimal;
use rust_xlsxwriter::{
    ConditionalFormatCell, ConditionalFormatCellRule, ConditionalFormatFormula, Format, Formula, Worksheet,
    XlsxError,
};

/// Columns to the right that are the partner's.
const ROOM: u16 = 20;
/// Units of width that a landscape page holds in print that can be read.
const PAGE: u32 = 170;
/// Rows below a table that take what people add to it.
const BELOW: u32 = 60;

/// Empty columns beside a narrow table that are printed, so that the line under the title is not cut.
fn beside(content: &Content<'_>, width: u32) -> u16 {
    let letters = page::strap(content).chars().count().max(page::NOBODY.chars().count());
    // Bold letters are a little wider than the digits in which widths are counted; an empty column takes eight of those.
    let needed = u32::try_from(letters * 6 / 5).unwrap_or(PAGE).min(PAGE);
    u16::try_from(needed.saturating_sub(width).div_ceil(8)).unwrap_or(0)
}

/// Makes the sheet and counts what is still to be filled in on it.
pub(super) fn make(
    content: &Content<'_>,
    place: &SheetShape,
    lists: &Lists,
    looks: &mut Looks,
) -> Result<(Worksheet, Still), XlsxError> {
    let mut sheet = page::start(content, &place.name)?;
    let widths = widths::widths(content, place);
    let columns = u16::try_from(widths.len()).unwrap_or(1).max(2);
    sheet.set_column_range_format(0, columns + ROOM, &looks::room())?;
    widths::set(content, place, &widths, &mut sheet)?;
    page::title(content, &mut sheet, &title(content, place))?;
    sheet.write_string_with_format(2, 0, page::NOBODY, &looks::strap())?;
    let mut still = Still::default();
    let mut bottom = TOP;
    for block in &place.blocks {
        still.add(still::of(content, block));
        bottom = bottom.max(block.bottom());
        Writer { content, block, lists, looks: &mut *looks, sheet: &mut sheet }.block()?;
    }
    checker(&mut sheet, &still)?;
    if place.blocks.iter().any(|block| !block.form) {
        let hint = "Columns from here to the right are yours.";
        sheet.write_string_with_format(TOP - 2, columns, hint, &looks::strap())?;
    }
    if let [block] = place.blocks.as_slice()
        && !block.form
    {
        let keys = u16::from(block.columns.len() > 6);
        sheet.set_freeze_panes(block.head + 1, keys)?;
        sheet.set_repeat_rows(block.head, block.head)?;
    }
    let all: u32 = widths.iter().copied().map(u32::from).sum();
    sheet.set_print_area(0, 0, bottom, columns - 1 + beside(content, all))?;
    if all > PAGE {
        // More on one page could not be read: the keys are repeated on each, and the title stands over the page.
        let pages = u16::try_from(all.div_ceil(PAGE)).unwrap_or(1);
        sheet.set_print_fit_to_pages(pages, 0).set_repeat_columns(0, 0)?;
        let top = place.blocks.first().map_or(TOP, |block| block.words.unwrap_or(block.head));
        sheet.set_print_area(top, 0, bottom, columns - 1)?;
        page::edges(content, &mut sheet, &title(content, place));
    }
    Ok((sheet, still))
}

fn title(content: &Content<'_>, place: &SheetShape) -> String {
    match place.blocks.as_slice() {
        [only] => content.round.schema.tables[only.table].title.clone(),
        _ => place.name.clone(),
    }
}

/// The cell that says how much is still to be filled in on the sheet.
fn checker(sheet: &mut Worksheet, still: &Still) -> Result<(), XlsxError> {
    let count = still.formula();
    let count = count.trim_start_matches('=');
    let words = "Cells still to fill in on this sheet: ";
    let formula =
        Formula::new(format!("=\"{words}\"&({count})")).set_result(format!("{words}{}", still.count));
    sheet.write_formula_with_format(3, 0, formula, &looks::body().set_bold())?;
    Ok(())
}

/// The words of a column's heading.
pub(super) fn heading_words(content: &Content<'_>, table: &TableSchema, column: Column) -> String {
    let title = |field: usize| table.fields.get(field).map_or("", |field| field.title.as_str());
    match column {
        Column::Field(field) => title(field).to_owned(),
        Column::Update(field) | Column::State(field) => {
            let before =
                content.round.earlier.as_ref().map_or(content.round.period, |earlier| earlier.period);
            reminder(before, title(field))
        }
    }
}

struct Writer<'w, 'a> {
    content: &'w Content<'a>,
    block: &'w Block,
    lists: &'w Lists,
    looks: &'w mut Looks,
    sheet: &'w mut Worksheet,
}

impl Writer<'_, '_> {
    fn block(mut self) -> Result<(), XlsxError> {
        let (Some(filled), Some(table)) = (
            self.content.tables.get(self.block.filled),
            self.content.round.schema.tables.get(self.block.table),
        ) else {
            return Ok(());
        };
        self.headings(table)?;
        for row in 0..self.block.rows {
            self.row(filled, table, row)?;
        }
        self.total(filled, table)?;
        self.own_columns(filled)?;
        for field in 0..table.fields.len() {
            self.choices(filled, table, field)?;
        }
        Ok(())
    }

    fn headings(&mut self, table: &TableSchema) -> Result<(), XlsxError> {
        if let Some(row) = self.block.words {
            let words = table.heading.first().unwrap_or(&table.title);
            self.sheet.write_string_with_format(row, 0, words, &looks::section())?;
        }
        for (number, column) in (0..).zip(&self.block.columns) {
            let words = heading_words(self.content, table, *column);
            if self.block.form {
                let row = self.block.head + u32::from(number);
                self.sheet.write_string_with_format(row, 0, words, &looks::label())?;
                continue;
            }
            let format = match column {
                Column::Field(_) => looks::heading(),
                Column::Update(_) | Column::State(_) => looks::earlier_heading(),
            };
            self.sheet.write_string_with_format(self.block.head, number, words, &format)?;
        }
        Ok(())
    }

    fn row(&mut self, filled: &Filled, table: &TableSchema, number: u32) -> Result<(), XlsxError> {
        let row = filled.rows.get(number as usize);
        let held: Vec<Option<Entry>> = match row {
            Some(row) => row.slots.iter().map(|slot| slot.entry.clone()).collect(),
            None => vec![None; table.fields.len()],
        };
        let live = of_row(&self.block.live, &table.fields, row);
        let values = results(&live, &table.fields, &held);
        for (index, column) in (0..).zip(&self.block.columns) {
            let at = if self.block.form {
                CellRef::new(self.block.head + u32::from(index), 1)
            } else {
                CellRef::new(self.block.first() + number, index)
            };
            let field = match column {
                Column::Field(field) => *field,
                Column::Update(_) | Column::State(_) => {
                    let before = row.map(|row| &row.before);
                    let words = before.and_then(|before| match column {
                        Column::Update(_) => before.update.clone(),
                        _ => before.state.clone(),
                    });
                    let format = self.looks.cell(Kind::Text, State::Earlier);
                    self.entry(at, words.map(Entry::Text).as_ref(), Kind::Text, &format)?;
                    continue;
                }
            };
            let (Some(spec), Some(value)) = (table.fields.get(field), values.get(field)) else { continue };
            let kind = Kind::of(spec);
            let slot = row.and_then(|row| row.slots.get(field));
            if let Some(slot) = slot {
                self.note(at, slot)?;
            }
            let marked = slot.is_some_and(|slot| slot.highlight);
            if let Some(Some(how)) = live.get(field) {
                let format = self.looks.cell(kind, if marked { State::Fix } else { State::Live });
                let block = self.block;
                let cell = |field: usize| block.cell(number as usize, field).map(|at| at.to_string());
                if let Some(formula) = how.formula(kind == Kind::Money, &cell) {
                    self.formula(at, &formula, value.as_ref(), &format)?;
                }
                continue;
            }
            let state = match slot {
                Some(_) if marked => State::Fix,
                Some(slot) if slot.locked => State::Locked,
                _ => State::Open,
            };
            let format = self.looks.cell(kind, state);
            self.entry(at, value.as_ref(), kind, &format)?;
        }
        Ok(())
    }

    fn entry(
        &mut self,
        at: CellRef,
        entry: Option<&Entry>,
        kind: Kind,
        format: &Format,
    ) -> Result<(), XlsxError> {
        let (row, column) = (at.row, at.column);
        match entry {
            None => self.sheet.write_blank(row, column, format)?,
            Some(Entry::Text(text)) => {
                self.sheet.write_string_with_format(row, column, also::fitting(text).as_ref(), format)?
            }
            Some(Entry::Number(number)) => {
                let number = if kind == Kind::Percent { *number / Decimal::ONE_HUNDRED } else { *number };
                self.sheet.write_number_with_format(row, column, float(number), format)?
            }
            Some(Entry::Date(day)) => match serial(*day) {
                Some(days) => self.sheet.write_number_with_format(row, column, f64::from(days), format)?,
                None => self.sheet.write_string_with_format(row, column, day.to_string(), format)?,
            },
        };
        Ok(())
    }

    fn formula(
        &mut self,
        at: CellRef,
        formula: &str,
        result: Option<&Entry>,
        format: &Format,
    ) -> Result<(), XlsxError> {
        let result = match result {
            Some(Entry::Number(number)) => crate::write::sheet::result(*number),
            Some(Entry::Text(text)) => text.clone(),
            _ => String::new(),
        };
        let formula = Formula::new(formula).set_result(result);
        self.sheet.write_formula_with_format(at.row, at.column, formula, format)?;
        Ok(())
    }

    /// What a field's cells take, and how they look while nothing is in them.
    fn choices(&mut self, filled: &Filled, table: &TableSchema, field: usize) -> Result<(), XlsxError> {
        let block = self.block;
        let (Some(spec), Some(from)) = (table.fields.get(field), block.cell(0, field)) else { return Ok(()) };
        let live = block.live.get(field).is_some_and(Option::is_some);
        let open = filled.spare > 0 || filled.rows.iter().any(|row| !row.slots[field].locked);
        if live || !open {
            return Ok(());
        }
        let last = if block.form { from.row } else { block.last() };
        // Under a total row nothing is added; under other tables, and above the next one, there is room.
        let alone = !block.form && block.total.is_none() && block.words.is_none();
        let below = if alone { last + BELOW } else { last };
        let column = from.column;
        if let Some(validation) = choices::of(self.content, spec, self.lists, &from.to_string())? {
            self.sheet.add_data_validation(from.row, column, below, column, &validation)?;
        }
        self.paint_blanks(filled, table, field, last)?;
        self.colours(spec, from, below)
    }

    /// Cells that are asked for are coloured until something stands in them.
    fn paint_blanks(
        &mut self,
        filled: &Filled,
        table: &TableSchema,
        field: usize,
        last: u32,
    ) -> Result<(), XlsxError> {
        let block = self.block;
        let cell = |field: usize| still::first_cell(block, field);
        let (Some(own), Some(from)) = (cell(field), block.cell(0, field)) else { return Ok(()) };
        let key = (0..table.fields.len()).find_map(cell).filter(|key| filled.spare > 0 && *key != own);
        let begun = key.map_or_else(String::new, |key| format!("*({key}<>\"\")"));
        let mut rules: Vec<String> = Vec::new();
        if table.fields[field].constraints.required {
            rules.push(format!("({own}=\"\"){begun}>0"));
        }
        for (asked, when) in still::asked_when(table).filter(|(asked, _)| *asked == field) {
            debug_assert_eq!(asked, field, "only rules of this field are looked at");
            if let Some(condition) = still::condition(self.content.round, table, when, &cell) {
                rules.push(format!("({own}=\"\")*{condition}>0"));
            }
        }
        for rule in rules {
            let paint = ConditionalFormatFormula::new()
                .set_rule(rule.as_str())
                .set_format(Format::new().set_background_color(looks::TO_FILL));
            self.sheet.add_conditional_format(from.row, from.column, last, from.column, &paint)?;
        }
        Ok(())
    }

    /// Words with a colour in the board's key show it.
    fn colours(&mut self, spec: &crate::schema::Field, from: CellRef, until: u32) -> Result<(), XlsxError> {
        let list =
            spec.list.filter(|_| !spec.many).and_then(|list| self.content.round.schema.lists.get(list));
        for category in list.into_iter().flat_map(|one| &one.categories) {
            let Some(colour) = &category.colour else { continue };
            let paint = ConditionalFormatCell::new()
                .set_rule(ConditionalFormatCellRule::EqualTo(super::words_of(category).to_owned()))
                .set_format(fill_with(Format::new(), colour));
            self.sheet.add_conditional_format(from.row, from.column, until, from.column, &paint)?;
        }
        Ok(())
    }
}

//! The sheet that says what is to be done and how far it is, and a further one in front of it.

use super::content::{Content, FirstSheet, Said};
use super::looks::{self, State};
use super::page;
use super::shape::{Shape, SheetShape};
use super::still::{Still, day_words};
use crate::model::{CellRef, START_SHEET, WORDS_SHEET};
use crate::write::fit::{LINE, MOST_LINES, Tall, lines};
use crate::write::sheet::{link, reference};
use rust_xlsxwriter::{ConditionalFormatCell, ConditionalFormatCellRule, Formula, Url, Worksheet, XlsxError};

/// Letters of running text that fit beside one another.
const LETTERS: usize = 130;

/// The widest column of a list, in units.
const WIDEST: u16 = 60;

/// Makes the sheet.
pub(super) fn make(content: &Content<'_>, shape: &Shape, counts: &[Still]) -> Result<Worksheet, XlsxError> {
    let mut sheet = page::start(content, START_SHEET)?;
    page::title(content, &mut sheet, &content.round.schema.title)?;
    for (column, width) in [(0, 34), (1, 58), (2, 16), (3, 22)] {
        sheet.set_column_width(column, width)?;
    }
    let mut row = 3;
    for sentence in sentences(content) {
        sheet.merge_range(row, 0, row, 3, &sentence, &looks::wrapped())?;
        let lines = u32::try_from(sentence.chars().count().div_ceil(LETTERS)).unwrap_or(3);
        sheet.set_row_height_pixels(row, lines * LINE + 4)?;
        row += 1;
    }
    sheet.merge_range(row, 0, row, 3, page::NOBODY, &looks::strong())?;
    row = key(&mut sheet, row + 2)?;
    progress(&mut sheet, shape, counts, content, row + 1)?;
    sheet.set_print_area(0, 0, row + 3 + u32::try_from(counts.len()).unwrap_or(0), 3)?;
    Ok(sheet)
}

fn sentences(content: &Content<'_>) -> Vec<String> {
    let round = content.round;
    let mut sentences = Vec::new();
    // What goes back to a partner is made when returns have come; the deadline is then no day to ask for.
    let asked_by = if content.first.is_some() { round.corrections_by } else { round.deadline };
    let by = asked_by.map_or_else(String::new, |day| format!(" by {}", day_words(day)));
    let to = round.contact.as_ref().map_or_else(String::new, |contact| format!(" to {contact}"));
    sentences.push(format!(
        "This is the return of {} for {}. Please fill in the sheets below and send this workbook{to}{by}.",
        round.partner(content.partner).name,
        round.period
    ));
    sentences.push(
        "Yellow cells are to be filled in; the colour goes once something stands in them. Grey cells were filled in from the plan and the ledger: if something in them is wrong, tell us. White cells are for what applies.".to_owned(),
    );
    sentences.push(format!(
        "Where a cell has a list, choose from it; the words are on the sheet {WORDS_SHEET}. Write days with their year. You may add columns of your own on the right."
    ));
    sentences
}

/// The key to the colours of the form itself; returns the row under it.
fn key(sheet: &mut Worksheet, top: u32) -> Result<u32, XlsxError> {
    sheet.write_string_with_format(top, 0, "Colours of this form", &looks::section())?;
    let rows = [
        ("Fill this", None, "Asked of you this time."),
        (
            "Already filled",
            Some(State::Locked),
            "From the plan, the ledger or worked out. Please leave as it is.",
        ),
        ("If it applies", Some(State::Open), "May stay blank."),
        ("Said last time", Some(State::Earlier), "Only to remind you. Nobody reads it from here."),
    ];
    let mut row = top;
    for (words, state, meaning) in rows {
        row += 1;
        sheet.write_string_with_format(row, 0, words, &looks::sample(state).set_locked())?;
        sheet.write_string_with_format(row, 1, meaning, &looks::body())?;
    }
    Ok(row + 1)
}

/// Which sheets are complete.
fn progress(
    sheet: &mut Worksheet,
    shape: &Shape,
    counts: &[Still],
    content: &Content<'_>,
    top: u32,
) -> Result<(), XlsxError> {
    for (column, heading) in (0..).zip(["Sheet", "What it is", "Cells to fill", "State"]) {
        sheet.write_string_with_format(top, column, heading, &looks::heading())?;
    }
    let mut row = top;
    for (place, still) in shape.sheets.iter().zip(counts) {
        row += 1;
        let titles: Vec<&str> = place
            .blocks
            .iter()
            .map(|block| content.round.schema.tables[block.table].title.as_str())
            .collect();
        let first = first_to_fill(content, place);
        let to = Url::new(link(&place.name, first.row, first.column)).set_text(&place.name);
        sheet.write_url_with_format(row, 0, to, &looks::link())?;
        sheet.write_string_with_format(row, 1, titles.join(", "), &looks::cell_of_list())?;
        let formula =
            Formula::new(elsewhere(&still.formula(), &place.name)).set_result(still.count.to_string());
        sheet.write_formula_with_format(row, 2, formula, &looks::figure_of_list())?;
        let count = CellRef::new(row, 2);
        let state =
            format!("=IF(ISNUMBER({count}),IF({count}=0,\"Complete\",\"To be filled in\"),\"Please look\")");
        let now = if still.count == 0 { "Complete" } else { "To be filled in" };
        let state = Formula::new(state).set_result(now);
        sheet.write_formula_with_format(row, 3, state, &looks::figure_of_list())?;
    }
    for (word, format) in [("Complete", looks::done()), ("To be filled in", looks::to_do())] {
        let rule = ConditionalFormatCell::new()
            .set_rule(ConditionalFormatCellRule::EqualTo(word.to_owned()))
            .set_format(format);
        sheet.add_conditional_format(top + 1, 3, row.max(top + 1), 3, &rule)?;
    }
    Ok(())
}

/// The first cell of a sheet that is asked for and blank; its corner if there is none.
fn first_to_fill(content: &Content<'_>, place: &SheetShape) -> CellRef {
    let asked = place.blocks.iter().find_map(|block| {
        let table = content.round.schema.tables.get(block.table)?;
        let row = content.tables.get(block.filled)?.rows.first()?;
        let blank =
            |field: usize| row.slots.get(field).is_some_and(|slot| slot.entry.is_none() && !slot.locked);
        let mut fields =
            table.fields.iter().enumerate().filter(|(_, spec)| spec.constraints.required && !spec.computed);
        let field = fields.find(|(field, _)| blank(*field)).map(|(field, _)| field)?;
        block.cell(0, field)
    });
    asked.unwrap_or(CellRef::new(0, 0))
}

/// A formula about cells of its own sheet (`$A$1`), as it stands on another.
fn elsewhere(formula: &str, sheet: &str) -> String {
    let quoted = format!("'{}'!", sheet.replace('\'', "''"));
    let mut moved = String::with_capacity(formula.len() * 2);
    let mut text = false;
    let mut before = ' ';
    for letter in formula.chars() {
        text ^= letter == '"';
        // A range's second half belongs to the first, and a dollar before a row to its column.
        if letter == '$' && !text && !before.is_ascii_alphanumeric() && before != ':' {
            moved.push_str(&quoted);
        }
        moved.push(letter);
        before = letter;
    }
    moved
}

/// Makes the sheet in front of all others.
pub(super) fn first(content: &Content<'_>, what: &FirstSheet) -> Result<Worksheet, XlsxError> {
    let mut sheet = page::start(content, &what.name)?;
    page::title(content, &mut sheet, &what.title)?;
    let mut row = 3;
    for sentence in &what.lead {
        sheet.write_string_with_format(row, 0, sentence, &looks::body())?;
        row += 1;
    }
    row += u32::from(!what.lead.is_empty());
    let top = row;
    for (column, heading) in (0..).zip(&what.headings) {
        sheet.write_string_with_format(row, column, heading, &looks::heading())?;
    }
    let mut tall = Vec::new();
    let mut longest: Vec<usize> = what.headings.iter().map(|heading| heading.chars().count()).collect();
    for said in &what.rows {
        row += 1;
        for (column, one) in (0_u16..).zip(said) {
            let text = match one {
                Said::Text(text) | Said::Link { text, .. } => text,
            };
            if let Some(most) = longest.get_mut(usize::from(column)) {
                *most = (*most).max(text.chars().count());
            }
            tall.push(Tall::new(row, column, text));
            match one {
                Said::Text(text) => {
                    sheet.write_string_with_format(row, column, text, &looks::cell_of_list())?
                }
                Said::Link { sheet: tab, cell, text } => {
                    let to = format!("internal:{}", reference(tab, cell.row, cell.column));
                    sheet.write_url_with_format(row, column, Url::new(to).set_text(text), &looks::link())?
                }
            };
        }
    }
    let width = |most: &usize| u16::try_from(*most + 2).unwrap_or(WIDEST).clamp(8, WIDEST);
    let widths: Vec<u16> = longest.iter().map(width).collect();
    for (column, width) in (0..).zip(&widths) {
        sheet.set_column_width(column, f64::from(*width))?;
    }
    for (row, needed) in lines(&tall, &widths) {
        let needed = u32::try_from(needed).unwrap_or(MOST_LINES).min(MOST_LINES);
        sheet.set_row_height_pixels(row, needed * LINE + 6)?;
    }
    if !what.rows.is_empty() {
        sheet.set_repeat_rows(top, top)?;
    }
    Ok(sheet)
}

//! The sheet with the words of the drop-downs and the board's key to the colours.

use super::choices::{self, Lists, PARTNERS, YES_NO};
use super::content::Content;
use super::{looks, page};
use crate::model::WORDS_SHEET;
use crate::write::styles::filled;
use rust_xlsxwriter::{Worksheet, XlsxError};

/// The first row under the title.
const TOP: u32 = 4;

/// A list of words with its name, its title and what each word means.
struct Words {
    name: String,
    title: String,
    /// Each word, its colour and its meaning.
    each: Vec<(String, Option<String>, String)>,
}

/// Makes the sheet; also gives each list's words and where they stand.
pub(super) fn make(content: &Content<'_>) -> Result<(Worksheet, Lists), XlsxError> {
    let mut sheet = page::start(content, WORDS_SHEET)?;
    page::title(content, &mut sheet, WORDS_SHEET)?;
    let why = "The drop-downs offer these words. Colours are the board's key: the word counts, the colour only shows it.";
    sheet.write_string_with_format(2, 0, why, &looks::body())?;
    sheet.set_column_width(0, 46)?.set_column_width(1, 90)?;
    let mut lists = Lists::new();
    let mut row = TOP;
    for list in used(content) {
        sheet.write_string_with_format(row, 0, &list.title, &looks::section())?;
        let first = row + 1;
        for (word, colour, meaning) in &list.each {
            row += 1;
            let plain = looks::cell_of_list();
            let format =
                colour.as_ref().map_or_else(|| plain.clone(), |colour| filled(plain.clone(), colour));
            sheet.write_string_with_format(row, 0, word, &format)?;
            sheet.write_string_with_format(row, 1, meaning, &plain)?;
        }
        let range = format!("'{WORDS_SHEET}'!$A${}:$A${}", first + 1, row + 1);
        let words = list.each.into_iter().map(|(word, ..)| word).collect();
        lists.insert(list.name, (words, range));
        row += 2;
    }
    sheet.set_print_area(0, 0, row.max(TOP), 1)?;
    Ok((sheet, lists))
}

/// The lists that fields of this workbook use, those with colours first.
fn used(content: &Content<'_>) -> Vec<Words> {
    let schema = &content.round.schema;
    let fields = || {
        let tables = content.tables.iter().filter_map(|filled| schema.tables.get(filled.table));
        tables.flat_map(|table| &table.fields)
    };
    let is_used = |name: &str| fields().any(|field| choices::list_of(content, field) == Some(name));
    let mut lists: Vec<Words> = Vec::new();
    for list in schema.lists.iter().filter(|list| is_used(&list.name)) {
        let words = list.categories.iter().map(|category| {
            let meaning = category.meaning.clone().unwrap_or_default();
            (super::words_of(category).to_owned(), category.colour.clone(), meaning)
        });
        let title = if list.title.is_empty() { list.name.clone() } else { list.title.clone() };
        lists.push(Words { name: list.name.clone(), title, each: words.collect() });
    }
    lists.sort_by_key(|list| list.each.iter().all(|(_, colour, _)| colour.is_none()));
    if is_used(PARTNERS) && !content.round.partners.is_empty() {
        let names = content.round.partners.iter().map(|partner| (partner.name.clone(), None, String::new()));
        lists.push(Words { name: PARTNERS.to_owned(), title: "Agencies".to_owned(), each: names.collect() });
    }
    if is_used(YES_NO) {
        let words = ["Yes", "No"].map(|word| (word.to_owned(), None, String::new())).to_vec();
        lists.push(Words { name: YES_NO.to_owned(), title: "Yes or no".to_owned(), each: words });
    }
    lists
}

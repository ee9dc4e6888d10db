//! Columns whose contents do not suit their heading.

use crate::model::{Match, Misread, Reading, Table, begins_like_a_month, folds_alike};
use crate::schema::{CodeList, Field, FieldType, Schema};
use rust_decimal::Decimal;

/// Filled cells from which on a column can be judged.
const FEWEST: usize = 4;
/// Letters of a text that is no word of a list.
const LONG: usize = 40;

/// What a column holds that does not suit its heading, in words; `None` if it suits, or cannot be judged.
pub(in crate::checks) fn contents(
    schema: &Schema,
    table: &Table,
    index: usize,
    field: &Field,
) -> Option<String> {
    let heading = table.layout.columns.get(index)?.as_ref()?;
    if heading.how == Match::Context {
        return None;
    }
    let (mut filled, mut odd) = (0, Vec::new());
    for cell in table.records.iter().filter_map(|record| record.cells.get(index)) {
        match &cell.reading {
            Reading::Blank => {}
            Reading::Value(_) => filled += 1,
            Reading::Unreadable(held) => {
                filled += 1;
                if matches!(held.why, Misread::NotThis | Misread::Unknown { nearest: None }) {
                    odd.push(held.raw.trim());
                }
            }
        }
    }
    if filled < FEWEST || odd.len() * 5 < filled * 4 {
        return None;
    }
    let numbers: Vec<Decimal> = odd.iter().filter_map(|text| text.parse().ok()).collect();
    if numbers.len() == odd.len() {
        return numbers_in_words(schema, field, &numbers);
    }
    if odd.iter().all(|text| is_date(text)) {
        return (field.kind != FieldType::Date).then(|| "dates".to_owned());
    }
    if let Some(title) = words_of_another(schema, table, index, field, &odd) {
        return Some(format!("the words of {title}"));
    }
    let words = matches!(field.kind, FieldType::Code | FieldType::Agency);
    let long = odd.iter().filter(|text| text.chars().count() >= LONG).count();
    let text = odd.iter().filter(|text| text.chars().any(char::is_alphabetic)).count();
    let moved = || text == odd.len() && stands_elsewhere(schema, table, index, field);
    let unsuited =
        if words { long * 5 >= odd.len() * 4 } else { text == odd.len() && distinct(&odd) >= FEWEST }
            || moved();
    unsuited.then(|| "sentences or words".to_owned())
}

/// The field of the same table whose list nearly all the words are from.
fn words_of_another<'s>(
    schema: &'s Schema,
    table: &Table,
    index: usize,
    field: &Field,
    odd: &[&str],
) -> Option<&'s str> {
    if field.kind != FieldType::Code {
        return None;
    }
    let others = schema.tables.get(table.table)?.fields.iter().enumerate();
    let mut others =
        others.filter(|(other, one)| *other != index && one.list.is_some() && one.list != field.list);
    let fits = |one: &Field| {
        let Some(list) = one.list.and_then(|list| schema.lists.get(list)) else { return false };
        odd.iter().filter(|text| is_word_of(list, text)).count() * 5 >= odd.len() * 4
    };
    let (_, first) = others.find(|(_, one)| fits(one))?;
    Some(&first.title)
}

/// True if nearly all that stands in another column, one for text, is what this field asks for: the two have changed places.
fn stands_elsewhere(schema: &Schema, table: &Table, index: usize, field: &Field) -> bool {
    let list = field.list.and_then(|list| schema.lists.get(list));
    let suits = |text: &str| match (field.kind, list) {
        (FieldType::Date, _) => is_date(text) || is_day_in_words(text),
        (FieldType::Code, Some(list)) => is_word_of(list, text),
        _ => false,
    };
    let Some(fields) = schema.tables.get(table.table).map(|table| &table.fields) else { return false };
    fields.iter().enumerate().any(|(other, one)| {
        if other == index || one.kind != FieldType::String {
            return false;
        }
        let texts = table.records.iter().filter_map(|record| record.cells.get(other)?.text());
        let (filled, fitting) = texts
            .fold((0, 0), |(filled, fitting), text| (filled + 1, fitting + usize::from(suits(text.trim()))));
        fitting >= FEWEST && fitting * 5 >= filled * 4
    })
}

fn is_word_of(list: &CodeList, text: &str) -> bool {
    list.categories.iter().any(|category| {
        let mut words = [&category.label, &category.value].into_iter().chain(&category.synonyms);
        words.any(|word| folds_alike(word, text))
    })
}

/// Numbers that are no scale of the list: as many steps as it has words, or fewer.
fn numbers_in_words(schema: &Schema, field: &Field, numbers: &[Decimal]) -> Option<String> {
    let (least, most) = (numbers.iter().min()?.normalize(), numbers.iter().max()?.normalize());
    if let Some(list) = field.list.and_then(|list| schema.lists.get(list))
        && least >= Decimal::ZERO
        && most <= Decimal::from(list.categories.len())
    {
        return None;
    }
    Some(if least == most { format!("the number {least}") } else { format!("numbers {least} to {most}") })
}

/// True for a date as it is kept when it could not be read as something else: `28/03/2014`, or `2014-03-28`.
fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split(['/', '-']).collect();
    parts.len() == 3
        && parts.iter().any(|part| part.len() == 4)
        && parts.iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
}

/// True for a day as it is kept as text: `28 March 2014`.
fn is_day_in_words(text: &str) -> bool {
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = text.split(' ').collect();
    matches!(parts.as_slice(), [day, month, year] if digits(day) && digits(year) && year.len() == 4 && begins_like_a_month(&month.to_lowercase()))
}

fn distinct(texts: &[&str]) -> usize {
    let mut texts = texts.to_vec();
    texts.sort_unstable();
    texts.dedup();
    texts.len()
}

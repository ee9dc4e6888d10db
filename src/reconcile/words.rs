//! What a comparison is about, in plain words.

use crate::model::{Cell, Period, Record, Value};
use crate::round::Round;
use crate::schema::{Field, FieldType, Role, TableSchema};

/// Most characters of a name that a line shows.
const LONGEST_NAME: usize = 60;

/// What a record is called: the key fields that tell it from its neighbours, without the sender and the board; else its
/// first text.
pub(super) fn record(round: &Round, schema: &TableSchema, record: &Record) -> Option<String> {
    let telling = |&field: &usize| {
        let spec = &schema.fields[field];
        spec.kind != FieldType::Agency && spec.role != Some(Role::Board)
    };
    let mut keys: Vec<usize> = schema.primary_key.iter().copied().filter(telling).collect();
    if keys.is_empty() {
        keys.clone_from(&schema.primary_key);
    }
    let mut named: Vec<String> =
        keys.iter().filter_map(|&field| cell(round, schema, record, field)).collect();
    if named.len() > 1 {
        // The round's own year is in every row.
        named.retain(|name| Period::parse(name).is_none_or(|period| period != round.period.whole_year()));
    }
    if !named.is_empty() {
        return Some(named.join(" · "));
    }
    let first = |kinds: &[FieldType]| {
        (0..schema.fields.len())
            .filter(|&field| kinds.contains(&schema.fields[field].kind))
            .find_map(|field| cell(round, schema, record, field))
    };
    first(&[FieldType::String, FieldType::Code]).or_else(|| first(&[FieldType::Agency]))
}

/// One cell of a record in words; `None` if it has none.
pub(super) fn cell(round: &Round, schema: &TableSchema, record: &Record, field: usize) -> Option<String> {
    let value = record.cells.get(field).and_then(Cell::value)?;
    Some(shorten(value_in_words(round, &schema.fields[field], value)?))
}

/// A value in words; `None` for words in place of a value.
pub(super) fn value_in_words(round: &Round, field: &Field, value: &Value) -> Option<String> {
    let category = |code: u16| {
        let list = round.schema.lists.get(field.list?)?;
        list.categories.get(usize::from(code)).map(|category| category.label.clone())
    };
    Some(match value {
        Value::Text(text) => text.trim().to_owned(),
        Value::Code(code) => category(*code)?,
        Value::Codes(codes) => codes.iter().filter_map(|code| category(*code)).collect::<Vec<_>>().join(", "),
        Value::Agency(partner) => partner_name(round, *partner),
        Value::Agencies(partners) => {
            partners.iter().map(|partner| partner_name(round, *partner)).collect::<Vec<_>>().join(", ")
        }
        Value::Date(date) => date.date.strftime("%-d %B %Y").to_string(),
        Value::Period(period) => period.to_string(),
        Value::Money(money) => money.to_string(),
        Value::Integer(number) => number.to_string(),
        Value::Number(number) => number.normalize().to_string(),
        Value::Percent(number) => format!("{}%", number.normalize()),
        Value::Boolean(yes) => if *yes { "Yes" } else { "No" }.to_owned(),
        Value::Word(_) => return None,
    })
}

/// A partner's printed name.
pub(super) fn partner_name(round: &Round, partner: crate::model::PartnerId) -> String {
    round.partners.get(usize::from(partner.0)).map(|partner| partner.name.clone()).unwrap_or_default()
}

/// A heading inside a line: `Annual total` becomes `annual total`, `Q1` and `VAT` stay.
pub(super) fn lower_first(title: &str) -> String {
    let mut chars = title.chars();
    match (chars.next(), chars.next()) {
        (Some(first), Some(second)) if second.is_lowercase() || second == ' ' => {
            first.to_lowercase().chain(title.chars().skip(1)).collect()
        }
        _ => title.to_owned(),
    }
}

/// The beginning of a sentence.
pub(super) fn upper_first(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

fn shorten(text: String) -> String {
    match text.char_indices().nth(LONGEST_NAME) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_lowered_inside_a_line() {
        assert_eq!(lower_first("Annual total"), "annual total");
        assert_eq!(lower_first("Q1"), "Q1");
        assert_eq!(lower_first("VAT included?"), "VAT included?");
        assert_eq!(lower_first(""), "");
    }
}

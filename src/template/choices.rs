//! What a cell lets people put in: drop-downs, days, amounts within limits, texts of a certain length.

use super::content::Content;
use crate::schema::{Bound, Field, FieldType};
use crate::write::sheet::serial;
use jiff::civil::Date;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;
use rust_xlsxwriter::{DataValidation, DataValidationErrorStyle, DataValidationRule, Formula, XlsxError};
use std::collections::BTreeMap;

/// Characters of a prompt's title, and of its text.
const TITLE: usize = 32;
const TEXT: usize = 250;
/// Largest amount that a cell takes where the schema says none.
const MOST: i64 = 1_000_000_000;

/// Excel's limit for the words of a drop-down that stand in the validation itself, with commas between.
const INLINE: usize = 255;

/// The words of each list, and where they stand on the sheet of words, by the list's name.
pub(super) type Lists = BTreeMap<String, (Vec<String>, String)>;

/// The name under which the partners' names stand among the ranges, which no list can have.
pub(super) const PARTNERS: &str = " partners";
/// The same for yes and no.
pub(super) const YES_NO: &str = " yes-no";

/// The name of the list from which a field's words come.
pub(super) fn list_of<'a>(content: &'a Content<'_>, field: &Field) -> Option<&'a str> {
    match field.kind {
        FieldType::Code => content.round.schema.lists.get(field.list?).map(|list| list.name.as_str()),
        FieldType::Agency => Some(PARTNERS),
        FieldType::Boolean => Some(YES_NO),
        _ => None,
    }
}

/// The validation of a field's cells, the first of which is `first`; `None` where anything goes and nothing is to be said.
pub(super) fn of(
    content: &Content<'_>,
    field: &Field,
    lists: &Lists,
    first: &str,
) -> Result<Option<DataValidation>, XlsxError> {
    let validation = DataValidation::new();
    let list = list_of(content, field).and_then(|name| lists.get(name));
    let (validation, why) = match field.kind {
        FieldType::Code | FieldType::Agency | FieldType::Boolean => {
            let Some((words, range)) = list else { return Ok(None) };
            let validation = drop_down(validation, words, range)?;
            if field.many {
                // Several words may stand in the cell, which no drop-down can check.
                let hint = "Choose one, or type several with a semicolon between them.";
                let validation = validation.show_error_message(false);
                return Ok(Some(prompt(validation, field, Some(hint))?));
            }
            (validation, "Choose one of the words from the list.".to_owned())
        }
        FieldType::Date => {
            let (least, most) = days(field);
            let why = format!("Type a day with its year, such as 31/03/2014, from {} on.", shown(least));
            let rule = DataValidationRule::Between(day(least), day(most));
            (validation.allow_date_formula(rule), why)
        }
        FieldType::Money | FieldType::Number | FieldType::Percent | FieldType::Integer => {
            numbers(field, first, validation)
        }
        FieldType::String | FieldType::Period => {
            let Some((validation, why)) = texts(field, validation) else {
                return if field.help.is_some() || field.example.is_some() {
                    Ok(Some(prompt(DataValidation::new().allow_any_value(), field, None)?))
                } else {
                    Ok(None)
                };
            };
            (validation, why)
        }
    };
    let validation = validation
        .set_error_style(DataValidationErrorStyle::Stop)
        .set_error_title(cut(&field.title, TITLE))?
        .set_error_message(cut(&why, TEXT))?;
    Ok(Some(prompt(validation, field, None)?))
}

/// Words that fit stand in the cell's own rule, so that a copy of the table keeps its drop-downs.
fn drop_down(validation: DataValidation, words: &[String], range: &str) -> Result<DataValidation, XlsxError> {
    let fits = words.iter().map(|word| word.encode_utf16().count() + 1).sum::<usize>() <= INLINE;
    if fits && words.iter().all(|word| !word.contains([',', '"'])) {
        return validation.allow_list_strings(words);
    }
    Ok(validation.allow_list_formula(Formula::new(format!("={range}"))))
}

fn prompt(
    validation: DataValidation,
    field: &Field,
    hint: Option<&str>,
) -> Result<DataValidation, XlsxError> {
    let example = field.example.as_ref().map(|example| format!("For example: {example}"));
    let words: Vec<&str> = [field.help.as_deref(), example.as_deref(), hint].into_iter().flatten().collect();
    if words.is_empty() {
        return Ok(validation);
    }
    validation.set_input_title(cut(&field.title, TITLE))?.set_input_message(cut(&words.join(" "), TEXT))
}

fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(most - 1).collect();
    short.push('…');
    short
}

fn days(field: &Field) -> (Date, Date) {
    let date = |bound: Option<Bound>| match bound {
        Some(Bound::Date(date)) => Some(date),
        _ => None,
    };
    let least = date(field.constraints.minimum).unwrap_or(Date::constant(2000, 1, 1));
    let most = date(field.constraints.maximum).unwrap_or(Date::constant(2099, 12, 31));
    (least, most)
}

fn day(day: Date) -> Formula {
    Formula::new(serial(day).unwrap_or(61).to_string())
}

fn shown(day: Date) -> String {
    format!("{:02}/{:02}/{:04}", day.day(), day.month(), day.year())
}

fn numbers(field: &Field, first: &str, validation: DataValidation) -> (DataValidation, String) {
    let limits = &field.constraints;
    let number = |bound: Option<Bound>| match bound {
        Some(Bound::Number(number)) => Some(number),
        _ => None,
    };
    let zero = (field.query_negatives && field.kind == FieldType::Money).then_some(Decimal::ZERO);
    let least = number(limits.minimum).or(zero).unwrap_or(Decimal::from(-MOST));
    let most = number(limits.maximum).unwrap_or(Decimal::from(MOST));
    let what = match field.kind {
        FieldType::Money => "an amount in pounds, figures only",
        FieldType::Percent => "a percentage, such as 61%",
        FieldType::Integer => "a whole number",
        _ => "a number",
    };
    let range = match (number(limits.minimum).or(zero), number(limits.maximum)) {
        (Some(least), Some(most)) => format!(", from {} to {}", least.normalize(), most.normalize()),
        (Some(least), None) => format!(", {} or more", least.normalize()),
        (None, Some(most)) => format!(", {} at most", most.normalize()),
        (None, None) => String::new(),
    };
    let allowed: Vec<String> = field.allow.iter().map(|word| format!("“{word}”")).collect();
    let or = if allowed.is_empty() { String::new() } else { format!(", or {}", allowed.join(" or ")) };
    let why = format!("Type {what}{range}{or}.");
    let share = |number: Decimal| {
        if field.kind == FieldType::Percent { number / Decimal::ONE_HUNDRED } else { number }
    };
    let (least, most) = (share(least).normalize(), share(most).normalize());
    if !allowed.is_empty() {
        let words: Vec<String> =
            field.allow.iter().map(|word| format!("{first}=\"{}\"", word.replace('"', "\"\""))).collect();
        let rule =
            format!("=OR(AND(ISNUMBER({first}),{first}>={least},{first}<={most}),{})", words.join(","));
        return (validation.allow_custom(Formula::new(rule)), why);
    }
    if field.kind == FieldType::Integer {
        let whole = |number: Decimal| number.to_i32().unwrap_or(i32::MAX);
        return (validation.allow_whole_number(DataValidationRule::Between(whole(least), whole(most))), why);
    }
    let number = |number: Decimal| Formula::new(number.to_string());
    (validation.allow_decimal_number_formula(DataValidationRule::Between(number(least), number(most))), why)
}

fn texts(field: &Field, validation: DataValidation) -> Option<(DataValidation, String)> {
    let length = |characters: usize| u32::try_from(characters).unwrap_or(u32::MAX).min(32_767);
    let (least, most) = (field.constraints.min_length, field.constraints.max_length);
    let most = most.map(length)?;
    let why = format!("At most {most} characters fit here. Say it in fewer words.");
    let least = least.map_or(0, length);
    Some((validation.allow_text_length(DataValidationRule::Between(least, most)), why))
}

//! Whether what stands in a column may be a field's.

use super::{Column, Known};
use crate::locate::remark;
use crate::model::{Raw, begins_like_a_month, folds_alike};
use crate::schema::{Field, FieldType, Schema};
use jiff::civil::{Date, date};

/// Bytes of a date in words, at most.
const LONGEST_DATE: usize = 30;

/// True if at least four of five filled cells are such.
fn nearly_all(column: &Column<'_>, such: impl Fn(&Raw<'_>) -> bool) -> bool {
    let fitting = column.cells.iter().filter(|(_, raw)| such(raw)).count();
    fitting > 0 && fitting * 5 >= column.cells.len() * 4
}

/// True for a column that holds figures.
pub(super) fn are_figures(column: &Column<'_>) -> bool {
    nearly_all(column, is_figure)
}

/// True if two fields hold things that look alike.
pub(super) fn same_kind(one: &Field, other: &Field) -> bool {
    one.kind == other.kind || remark::is_of_figures(one) && remark::is_of_figures(other)
}

/// True if a column holds the sort of thing that a field does: words, days or figures.
pub(super) fn may_be(column: &Column<'_>, field: &Field) -> bool {
    match field.kind {
        FieldType::Date => nearly_all(column, is_day),
        _ if remark::is_of_figures(field) => are_figures(column),
        _ => nearly_all(column, is_words),
    }
}

/// True if nearly all that a column holds could be read as the field.
pub(super) fn suits(column: &Column<'_>, field: &Field, schema: &Schema, known: &Known<'_>) -> bool {
    let list = field.list.and_then(|list| schema.lists.get(list));
    match field.kind {
        FieldType::String => match &field.constraints.pattern {
            Some((_, pattern)) => nearly_all(column, |raw| pattern.is_match(raw.as_typed().trim())),
            None => nearly_all(column, is_words),
        },
        FieldType::Code => list.is_some_and(|list| {
            nearly_all(column, |raw| {
                let Raw::Text(text) = raw else { return false };
                list.categories.iter().any(|category| {
                    folds_alike(&category.label, text)
                        || folds_alike(&category.value, text)
                        || category.synonyms.iter().any(|word| folds_alike(word, text))
                })
            })
        }),
        FieldType::Agency => {
            nearly_all(column, |raw| matches!(raw, Raw::Text(text) if (known.is_partner)(text)))
        }
        FieldType::Boolean | FieldType::Period => false,
        _ => may_be(column, field),
    }
}

fn is_words(raw: &Raw<'_>) -> bool {
    matches!(raw, Raw::Text(text) if text.chars().any(char::is_alphabetic)) && !is_day(raw) && !is_figure(raw)
}

fn is_figure(raw: &Raw<'_>) -> bool {
    match raw {
        Raw::Number(_) => true,
        Raw::Text(text) => remark::is_amount(text),
        _ => false,
    }
}

/// True for a day, and for words that tell one: a month or stops, and a number.
fn is_day(raw: &Raw<'_>) -> bool {
    match raw {
        Raw::Date(_) | Raw::IsoDate(_) => true,
        Raw::Text(text) if text.len() <= LONGEST_DATE => {
            let text = text.to_lowercase();
            let number = text.bytes().any(|byte| byte.is_ascii_digit());
            let month = text.split(|letter: char| !letter.is_alphabetic()).any(begins_like_a_month);
            let stops = text.bytes().filter(|byte| matches!(byte, b'/' | b'.' | b'-')).count() == 2
                && !text.bytes().any(|byte| byte.is_ascii_alphabetic());
            number && (month || stops)
        }
        _ => false,
    }
}

/// How a sheet counts its days.
#[derive(Clone, Copy)]
pub(super) struct Days {
    pub(super) from_1904: bool,
}

impl Days {
    /// True if a serial day number is a day written as `2014-03-31`.
    pub(super) fn is(self, serial: f64, iso: &str) -> bool {
        let first = if self.from_1904 { date(1904, 1, 1) } else { date(1899, 12, 30) };
        let Ok(day) = iso.trim().parse::<Date>() else { return false };
        let days = (day - first).get_days();
        (f64::from(days)..f64::from(days.saturating_add(1))).contains(&serial)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_from_either_epoch() {
        assert!(Days { from_1904: false }.is(41_729.0, "2014-03-31"));
        assert!(Days { from_1904: true }.is(40_267.0, "2014-03-31"));
        assert!(!Days { from_1904: false }.is(41_728.0, "2014-03-31"));
    }

    #[test]
    fn words_are_told_from_days() {
        for day in ["31 March 2014", "31/03/2014", "end of Mar 14"] {
            assert!(is_day(&Raw::Text(day)), "{day}");
        }
        assert!(!is_day(&Raw::Text("Two of three")));
        assert!(!is_day(&Raw::Text("4-1-1 a")));
    }
}

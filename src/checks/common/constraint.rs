//! Table Schema constraints: which fields have any, and whether a cell keeps them.

use super::words::{either, quote};
use crate::checks::Context;
use crate::model::{Cell, Reading, Record, Table, Value};
use crate::schema::{Bound, Constraints, Field, FieldType, LayoutKind, Role, TableSchema};
use rust_decimal::Decimal;
use std::cmp::Ordering;

/// A field that has a constraint to test.
pub(in crate::checks) struct Limits<'a> {
    pub(in crate::checks) index: usize,
    pub(in crate::checks) field: &'a Field,
    /// True if the field must be filled and its column is there.
    required: bool,
    /// True if values have limits beyond being there.
    limited: bool,
}

impl<'a> Limits<'a> {
    /// The fields of a table that have a constraint to test.
    pub(in crate::checks) fn of(schema: &'a TableSchema, table: &Table) -> Vec<Self> {
        let fields = schema.fields.iter().enumerate().filter(|(_, field)| !field.computed);
        fields
            .map(|(index, field)| {
                let found = table.layout.columns.get(index).is_some_and(Option::is_some);
                let required = field.constraints.required && found;
                Self { index, field, required, limited: is_limited(&field.constraints) }
            })
            .filter(|limit| limit.required || limit.limited)
            .collect()
    }
}

fn is_limited(constraints: &Constraints) -> bool {
    let Constraints { minimum, maximum, exclusive_minimum, exclusive_maximum, .. } = constraints;
    [minimum, maximum, exclusive_minimum, exclusive_maximum].into_iter().any(Option::is_some)
        || constraints.min_length.is_some()
        || constraints.max_length.is_some()
        || constraints.pattern.is_some()
        || !constraints.allowed.is_empty()
}

/// The first constraint that a cell breaks, by name, and the sentence about it.
pub(in crate::checks) fn broken(
    cx: &Context<'_>,
    schema: &TableSchema,
    record: &Record,
    limit: &Limits<'_>,
    cell: &Cell,
) -> Option<(&'static str, String)> {
    match &cell.reading {
        // A word for "does not apply" is told by its own check.
        Reading::Blank if limit.required && cell.change.is_none() => {
            Some(("required", missing(cx, schema, record, limit.field)))
        }
        Reading::Value(value) if limit.limited => {
            let constraints = &limit.field.constraints;
            bounds(cx, limit.field, value)
                .or_else(|| text(constraints, limit.field, value))
                .or_else(|| allowed(cx, limit.field, value))
        }
        _ => None,
    }
}

fn missing(cx: &Context<'_>, schema: &TableSchema, record: &Record, field: &Field) -> String {
    let row = cx.row_name(schema, record);
    if schema.layout == LayoutKind::Form {
        format!("‘{}’ is not filled in.", field.title)
    } else if field.role == Some(Role::Rating) {
        format!("No rating for {row}. It is shown as Not reported.")
    } else if field.kind == FieldType::Money {
        format!("The amount ‘{}’ of {row} is blank. Enter 0 if it is nothing.", field.title)
    } else if row.starts_with("row ") {
        format!("The cell ‘{}’ in {row} is blank.", field.title)
    } else {
        format!("The cell ‘{}’ of {row} is blank.", field.title)
    }
}

fn bounds(cx: &Context<'_>, field: &Field, value: &Value) -> Option<(&'static str, String)> {
    let Constraints { minimum, maximum, exclusive_minimum, exclusive_maximum, .. } = &field.constraints;
    let test = |bound: &Option<Bound>, broken: &[Ordering]| {
        let bound = bound.as_ref()?;
        broken.contains(&compare(value, bound)?).then(|| show_bound(cx, field, value, *bound))
    };
    let is_date = matches!(value, Value::Date(_));
    let title = &field.title;
    let shown = || cx.show(value, field);
    if let Some(bound) = test(minimum, &[Ordering::Less]) {
        let words = if is_date { ("before", "earliest") } else { ("less than", "least") };
        let message = format!("{} in {title} is {} {bound}, the {} allowed.", shown(), words.0, words.1);
        return Some(("minimum", message));
    }
    if let Some(bound) = test(maximum, &[Ordering::Greater]) {
        let words = if is_date { ("after", "latest") } else { ("more than", "most") };
        let message = format!("{} in {title} is {} {bound}, the {} allowed.", shown(), words.0, words.1);
        return Some(("maximum", message));
    }
    if let Some(bound) = test(exclusive_minimum, &[Ordering::Less, Ordering::Equal]) {
        let word = if is_date { "after" } else { "more than" };
        return Some(("exclusiveMinimum", format!("{} in {title} must be {word} {bound}.", shown())));
    }
    if let Some(bound) = test(exclusive_maximum, &[Ordering::Greater, Ordering::Equal]) {
        let word = if is_date { "before" } else { "less than" };
        return Some(("exclusiveMaximum", format!("{} in {title} must be {word} {bound}.", shown())));
    }
    None
}

fn compare(value: &Value, bound: &Bound) -> Option<Ordering> {
    match (value, bound) {
        (Value::Money(money), Bound::Number(bound)) => Some(money.pounds.cmp(bound)),
        (Value::Number(number) | Value::Percent(number), Bound::Number(bound)) => Some(number.cmp(bound)),
        (Value::Integer(number), Bound::Number(bound)) => Some(Decimal::from(*number).cmp(bound)),
        (Value::Date(date), Bound::Date(bound)) => Some(date.date.cmp(bound)),
        _ => None,
    }
}

fn show_bound(cx: &Context<'_>, field: &Field, value: &Value, bound: Bound) -> String {
    let like = match (value, bound) {
        (Value::Money(_), Bound::Number(bound)) => Value::Money(crate::model::Money::exact(bound)),
        (Value::Percent(_), Bound::Number(bound)) => Value::Percent(bound),
        (_, Bound::Number(bound)) => Value::Number(bound),
        (_, Bound::Date(date)) => {
            Value::Date(crate::model::PartialDate { date, precision: crate::model::Precision::Day })
        }
    };
    cx.show(&like, field).into_owned()
}

fn text(constraints: &Constraints, field: &Field, value: &Value) -> Option<(&'static str, String)> {
    let Value::Text(text) = value else { return None };
    let title = &field.title;
    // A text has at most as many characters as bytes, so most need no counting.
    if let Some(most) = constraints.max_length.filter(|most| text.len() > *most) {
        let length = text.chars().count();
        if length > most {
            let message = format!("{title} has {length} characters; {most} are allowed. Shorten it.");
            return Some(("maxLength", message));
        }
    }
    if let Some(least) = constraints.min_length {
        let length = text.chars().take(least).count();
        if length < least {
            let message = format!("{title} has {length} characters; at least {least} are needed.");
            return Some(("minLength", message));
        }
    }
    let (_, pattern) = constraints.pattern.as_ref()?;
    (!pattern.is_match(text)).then(|| {
        let example =
            field.example.as_ref().map_or_else(String::new, |like| format!(" It should look like {like}."));
        ("pattern", format!("{} in {title} does not look as it should.{example}", quote(text)))
    })
}

fn allowed(cx: &Context<'_>, field: &Field, value: &Value) -> Option<(&'static str, String)> {
    let allowed = &field.constraints.allowed;
    if allowed.is_empty() {
        return None;
    }
    let is_allowed = match value {
        Value::Text(text) => allowed.iter().any(|word| **word == **text),
        Value::Integer(number) => allowed.iter().any(|word| word.parse() == Ok(*number)),
        Value::Number(number) | Value::Percent(number) => {
            allowed.iter().any(|word| word.parse() == Ok(*number))
        }
        Value::Money(money) => allowed.iter().any(|word| word.parse() == Ok(money.pounds)),
        Value::Code(code) => {
            let list = field.list.and_then(|list| cx.round.schema.lists.get(list));
            let category = list.and_then(|list| list.categories.get(usize::from(*code)));
            category.is_none_or(|category| {
                allowed.iter().any(|word| *word == category.value || *word == category.label)
            })
        }
        _ => true,
    };
    (!is_allowed).then(|| {
        let message = format!(
            "{} in {} is not allowed. Use {}.",
            quote(&cx.show(value, field)),
            field.title,
            either(allowed)
        );
        ("enum", message)
    })
}

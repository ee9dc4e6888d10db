//! One raw cell → one typed cell.

use super::date::{self, Dates};
use super::plan::{FieldPlan, Kind, Plan};
use super::{agency, boolean, code, lists, money, number, percent, period, serial, text};
use crate::model::{
    Cell, Change, ChangeKind, ErrorValue, HELD, Misread, Origin, Raw, Reading, Shown, Unreadable, Value,
    folds_alike,
};

/// What a cell was read as, before it has an address.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Got {
    /// Nothing, perhaps because of a word for nothing.
    Blank(Option<ChangeKind>),
    /// One reading, and what was changed for it.
    Value(Value, Option<ChangeKind>),
    /// No reading, or more than one.
    Held(Misread),
}

/// Reads a cell as its field asks.
pub(super) fn read(plan: &Plan<'_>, field: &FieldPlan<'_>, raw: Raw<'_>, at: Origin) -> Cell {
    let shown = plan.facts.looks.get(at.cell).shown;
    let got = match raw {
        Raw::Text(text) if text.contains(HELD) => Got::Held(held(plan, text, at)),
        _ => untold(got(plan, field, raw, shown), raw),
    };
    match got {
        Got::Value(value, Some(ChangeKind::NumberAsText)) if plan.only_text => {
            Cell { at, reading: Reading::Value(value), change: None }
        }
        Got::Blank(None) => Cell { at, reading: Reading::Blank, change: None },
        Got::Blank(Some(kind)) => {
            Cell { at, reading: Reading::Blank, change: Some(Box::new(change(plan, field, (raw, at), kind))) }
        }
        Got::Value(value, kind) => Cell {
            at,
            reading: Reading::Value(value),
            change: kind.map(|kind| Box::new(change(plan, field, (raw, at), kind))),
        },
        Got::Held(why) => {
            let unreadable = Unreadable { raw: passed_on(plan, field, (raw, at)), why };
            Cell { at, reading: Reading::Unreadable(Box::new(unreadable)), change: None }
        }
    }
}

/// Notes a change that nobody is asked about, but that makes the value another than the cell.
fn untold(got: Got, raw: Raw<'_>) -> Got {
    match (got, raw) {
        (Got::Value(Value::Text(used), None), Raw::Text(typed)) => {
            let kind = (*used != *typed).then_some(ChangeKind::WhiteSpace);
            Got::Value(Value::Text(used), kind)
        }
        (Got::Value(value @ Value::Date(_), None), Raw::Date(_) | Raw::IsoDate(_)) => {
            let kind = serial::time(raw).map(|_| ChangeKind::TimeLeftOut);
            Got::Value(value, kind)
        }
        (got, _) => got,
    }
}

/// What was held back when this file was read; else our words of an earlier time, which came back.
fn held(plan: &Plan<'_>, text: &str, at: Origin) -> Misread {
    let now = plan.facts.held(at.cell).filter(|_| text.starts_with(HELD));
    now.map_or(Misread::OurWords, Misread::Personal)
}

fn change(plan: &Plan<'_>, field: &FieldPlan<'_>, typed: (Raw<'_>, Origin), kind: ChangeKind) -> Change {
    Change { typed: passed_on(plan, field, typed), kind }
}

/// What was typed, as later stages may have it: what is likely to identify a person goes no farther than here, because
/// nothing of it is used.
pub(super) fn passed_on(plan: &Plan<'_>, field: &FieldPlan<'_>, (raw, at): (Raw<'_>, Origin)) -> String {
    let likely = plan.likely.at(at.cell).filter(|suspected| !field.field.may_hold(suspected));
    likely.map_or_else(|| typed(plan, raw), |suspected| suspected.kind.in_its_place())
}

/// A raw value as a person would have typed it; dates as days, with the time that stands beside them.
pub(super) fn typed(plan: &Plan<'_>, raw: Raw<'_>) -> String {
    match raw {
        Raw::Text(text) => text.to_owned(),
        Raw::Date(days) => match serial::from_serial(days, plan.dates.from_1904) {
            Ok(date) => {
                let time = serial::time(raw).map(|time| format!(" {time}")).unwrap_or_default();
                format!("{}{time}", date.strftime("%d/%m/%Y"))
            }
            Err(_) => raw.as_typed(),
        },
        Raw::Number(stored) => {
            crate::model::stored_decimal(stored).map_or_else(|| raw.as_typed(), |value| value.to_string())
        }
        _ => raw.as_typed(),
    }
}

fn got(plan: &Plan<'_>, field: &FieldPlan<'_>, raw: Raw<'_>, shown: Shown) -> Got {
    match raw {
        Raw::Date(serial) if matches!(field.kind, Kind::Date) => date::stored(serial, shown, plan.dates),
        Raw::IsoDate(text) if matches!(field.kind, Kind::Date) => date::written(text, shown, plan.dates),
        // 61% is stored as 0.61, which is no amount of pounds.
        Raw::Number(_) if shown == Shown::Percent && matches!(field.kind, Kind::Money(_)) => {
            Got::Held(Misread::PercentInMoney)
        }
        // What is shown as 61% is 0.61 beyond doubt.
        Raw::Number(stored)
            if shown == Shown::Percent
                && matches!(field.kind, Kind::Percent { .. })
                && !percent::is_plain(stored) =>
        {
            percent::shown(stored)
        }
        Raw::Error(_) => Got::Held(Misread::ErrorValue),
        Raw::Uncached => Got::Held(Misread::Uncached),
        Raw::Text(text) => from_text(plan, field, text),
        Raw::Number(_) | Raw::Date(_) | Raw::IsoDate(_) | Raw::Duration(_) | Raw::Boolean(_) => {
            by_kind(plan, field, raw)
        }
    }
}

fn from_text(plan: &Plan<'_>, field: &FieldPlan<'_>, typed: &str) -> Got {
    let (text, repaired) = text::repair(typed);
    if text.is_empty() {
        return Got::Blank(None);
    }
    if field.missing.are(&text) {
        return Got::Blank(Some(ChangeKind::NotApplicable));
    }
    if let Some(word) = field.allow.find(&text) {
        return Got::Value(Value::Word(word), None);
    }
    if !matches!(field.kind, Kind::Text) && text.starts_with('#') && ErrorValue::from_text(&text).is_some() {
        return Got::Held(Misread::ErrorValue);
    }
    let got = by_kind(plan, field, Raw::Text(&text));
    match got {
        Got::Value(value, None) if repaired => Got::Value(value, Some(ChangeKind::Repaired)),
        Got::Value(value, Some(ChangeKind::NumberAsText)) if repaired => {
            Got::Value(value, Some(ChangeKind::Repaired))
        }
        Got::Blank(Some(ChangeKind::NoEndDate)) => match field.no_end {
            Some(word) => Got::Value(Value::Word(word), Some(ChangeKind::NoEndDate)),
            None => got,
        },
        got => got,
    }
}

fn by_kind(plan: &Plan<'_>, field: &FieldPlan<'_>, raw: Raw<'_>) -> Got {
    match &field.kind {
        Kind::Text => string(plan, field, raw),
        Kind::Money(unit) => money::money(raw, *unit),
        Kind::Date => date::read(raw, plan.dates),
        Kind::Code(codes) if field.field.many => lists::codes(codes, &words(plan, raw)),
        Kind::Code(codes) => code::read(codes, &words(plan, raw)),
        Kind::Agency if field.field.many => lists::agencies(&plan.agencies, &words(plan, raw)),
        Kind::Agency => agency::read(&plan.agencies, &words(plan, raw), field.key),
        Kind::Integer => number::integer(raw),
        Kind::Number => number::number(raw),
        Kind::Percent { fractions } => percent::read(raw, *fractions),
        Kind::Boolean => boolean::read(raw),
        Kind::Period => period::read(raw),
    }
}

/// A raw value as words: text is borrowed, the rest is written out.
fn words<'a>(plan: &Plan<'_>, raw: Raw<'a>) -> std::borrow::Cow<'a, str> {
    match raw {
        Raw::Text(text) => std::borrow::Cow::Borrowed(text),
        _ => std::borrow::Cow::Owned(typed(plan, raw)),
    }
}

/// A text field. A number keeps its digits; a reference that Excel has turned into a date is asked about.
fn string(plan: &Plan<'_>, field: &FieldPlan<'_>, raw: Raw<'_>) -> Got {
    match raw {
        Raw::Text(text) => {
            // It stays as it is where the schema does not call it blank, but is no answer either.
            let nothing = text.len() <= 16
                && text.starts_with(['n', 'N'])
                && ["n/a", "not applicable"].iter().any(|words| folds_alike(words, text));
            Got::Value(Value::Text(text.into()), nothing.then_some(ChangeKind::NotApplicable))
        }
        Raw::Date(days) if field.key => match serial::from_serial(days, plan.dates.from_1904) {
            Ok(date) => Got::Held(Misread::DateToConfirm(as_reference(date, plan.dates))),
            Err(why) => Got::Held(why),
        },
        Raw::Date(days) => match serial::from_serial(days, plan.dates.from_1904) {
            Ok(date) => {
                Got::Value(Value::Text(serial::in_words(date).into()), Some(ChangeKind::NumberToText))
            }
            Err(_) => Got::Value(Value::Text(typed(plan, raw).into()), Some(ChangeKind::NumberToText)),
        },
        _ => Got::Value(Value::Text(typed(plan, raw).into()), Some(ChangeKind::NumberToText)),
    }
}

/// The reference that was probably typed: 3 April of the round's year was `3.4`, 1 February 2001 was `1.2.1`.
fn as_reference(date: jiff::civil::Date, cx: Dates) -> String {
    let near = cx.period.is_some_and(|period| (period.year - 1..=period.year + 3).contains(&date.year()));
    if near || cx.period.is_none() {
        format!("{}.{}", date.day(), date.month())
    } else {
        format!("{}.{}.{}", date.day(), date.month(), date.year().rem_euclid(100))
    }
}

//! What a cell says held against what the plan or the ledger has for it.

use super::super::{Context, Seen};
use super::words::quote;
use crate::model::{
    Cell, ChangeKind, Money, PartialDate, PartnerId, Precision, Record, Value, fold, folds_alike, words_alike,
};
use crate::round::{self, LedgerLine, Register, RegisterEntry};
use crate::schema::{Field, FieldType, TableSchema};
use jiff::civil::Date;
use rust_decimal::Decimal;

/// What the plan has for a cell and what the cell says, in words, if they are not the same.
pub(in crate::checks) fn differs(
    cx: &Context<'_>,
    planned: &str,
    field: &Field,
    cell: &Cell,
) -> Option<(String, String)> {
    let planned = planned.trim();
    let said = cell.value().filter(|_| !planned.is_empty() && !is_told(cell))?;
    let wanted = like(cx, planned, field, said)?;
    let same = match (said, &wanted) {
        (Value::Text(said), Value::Text(wanted)) => texts_alike(said, wanted),
        (Value::Date(said), Value::Date(wanted)) => said.date == wanted.date,
        (Value::Money(said), Value::Money(wanted)) => said.pounds == wanted.pounds,
        (Value::Codes(said), Value::Codes(wanted)) => sorted(said) == sorted(wanted),
        (Value::Agencies(said), Value::Agencies(wanted)) => sorted(said) == sorted(wanted),
        (said, wanted) => said == wanted,
    };
    let shown = |value: &Value| match value {
        Value::Text(_) | Value::Code(_) | Value::Codes(_) => quote(&cx.show(value, field)),
        _ => cx.show(value, field).into_owned(),
    };
    (!same).then(|| (shown(&wanted), shown(said)))
}

/// The day that the plan has for a cell that the form is filled in with.
pub(in crate::checks) fn day_of(cx: &Context<'_>, seen: &Seen<'_>) -> Option<Date> {
    let register =
        seen.schema.register.filter(|_| seen.field.locked && seen.field.kind == FieldType::Date)?;
    let key = seen.record.cells.get(register.key)?.text()?;
    let entry = cx.round.plan.entries.get(*cx.round.plan.by_key.get(key)?)?;
    let heading = round::headings(cx.round, seen.schema).get(seen.index).copied().flatten()?;
    day(entry.cells.get(heading)?.trim())
}

/// What to do about a cell for which the plan has this day.
pub(in crate::checks) fn put_back(day: Date) -> String {
    format!("Put {} back, or tell us why it should change.", day.strftime("%d/%m/%Y"))
}

/// That the plan has a day, in a sentence.
pub(in crate::checks) fn plan_has(day: Date) -> String {
    format!("The plan has {}.", day.strftime("%-d %B %Y"))
}

/// A text of the plan as a value of the kind that a cell holds; `None` if it is none, or names all partners, because then
/// each stands for itself.
fn like(cx: &Context<'_>, planned: &str, field: &Field, said: &Value) -> Option<Value> {
    Some(match said {
        Value::Text(_) => Value::Text(planned.into()),
        Value::Code(_) => match codes(cx, field, planned)?.as_slice() {
            [code] => Value::Code(*code),
            _ => return None,
        },
        Value::Codes(_) => Value::Codes(codes(cx, field, planned)?.into()),
        Value::Agency(_) => match partners(cx, planned)?.as_slice() {
            [partner] => Value::Agency(*partner),
            _ => return None,
        },
        Value::Agencies(_) => Value::Agencies(partners(cx, planned)?.into()),
        Value::Date(_) => Value::Date(PartialDate { date: day(planned)?, precision: Precision::Day }),
        Value::Money(said) => Value::Money(Money { pounds: number(planned)?, ..*said }),
        Value::Integer(_) => Value::Integer(planned.parse().ok()?),
        Value::Number(_) => Value::Number(number(planned)?),
        Value::Percent(_) => Value::Percent(number(planned)?),
        Value::Period(_) | Value::Boolean(_) | Value::Word(_) => return None,
    })
}

/// True for cells of which something has been said already: they give two things, or a month where a day is asked for.
fn is_told(cell: &Cell) -> bool {
    cell.change.as_ref().is_some_and(|change| {
        matches!(
            change.kind,
            ChangeKind::RevisedDate
                | ChangeKind::EndOfPeriod
                | ChangeKind::FirstAndRevised
                | ChangeKind::FirstOfSeveral
                | ChangeKind::LeadAndOthers
                | ChangeKind::AllAgencies
        )
    })
}

fn texts_alike(said: &str, planned: &str) -> bool {
    let figures = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric());
        words.filter(|word| word.contains(|c: char| c.is_ascii_digit())).map(str::to_lowercase).collect()
    };
    folds_alike(said, planned) || words_alike(said, planned) && figures(said) == figures(planned)
}

fn sorted<T: Ord + Copy>(several: &[T]) -> Vec<T> {
    let mut sorted = several.to_vec();
    sorted.sort_unstable();
    sorted
}

/// The categories that a text of the plan names; none if one of them is not known.
fn codes(cx: &Context<'_>, field: &Field, planned: &str) -> Option<Vec<u16>> {
    let list = cx.round.schema.lists.get(field.list?)?;
    let code = |text: &str| {
        let found = list.categories.iter().position(|category| {
            let names = [&category.label, &category.value].into_iter().chain(&category.synonyms);
            names.into_iter().any(|name| folds_alike(name, text))
        });
        found.and_then(|place| u16::try_from(place).ok())
    };
    each(planned, code)
}

/// The partners that a text of the plan names; none where all are named, because then each leads for itself.
fn partners(cx: &Context<'_>, planned: &str) -> Option<Vec<PartnerId>> {
    each(planned, |text| cx.round.partners().find(|(_, partner)| partner.is_called(text)).map(|(id, _)| id))
}

fn each<T: Ord + Copy>(text: &str, find: impl Fn(&str) -> Option<T>) -> Option<Vec<T>> {
    if let Some(one) = find(text) {
        return Some(vec![one]);
    }
    let parts = text.split([';', ',', '/', '\n']).map(str::trim).filter(|part| !part.is_empty());
    let found: Option<Vec<T>> = parts.map(find).collect();
    found.filter(|found| !found.is_empty()).map(|found| sorted(&found))
}

/// A day written `2014-03-31` or `31/03/2014`.
fn day(text: &str) -> Option<Date> {
    if let Ok(day) = text.parse::<Date>() {
        return Some(day);
    }
    let parts: Vec<&str> = text.split('/').collect();
    let [day, month, year] = parts.as_slice() else { return None };
    if year.len() != 4 {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

fn number(text: &str) -> Option<Decimal> {
    text.trim_start_matches('£').trim_end_matches('%').replace(',', "").trim().parse().ok()
}

/// The one line of the ledger that a row is about.
pub(in crate::checks) fn ledger_line<'r>(
    cx: &Context<'r>,
    schema: &TableSchema,
    by: &[usize],
    (ledger, sender): (&str, PartnerId),
    record: &Record,
) -> Option<&'r LedgerLine> {
    let names = |line: &LedgerLine| {
        by.iter().filter(|field| schema.fields[**field].kind != FieldType::Agency).all(|&field| {
            let named = line.names.get(&schema.fields[field].name);
            let said = record.cells.get(field).and_then(Cell::value);
            named.zip(said).is_some_and(|(named, said)| match said {
                Value::Code(code) => codes(cx, &schema.fields[field], named).as_deref() == Some(&[*code]),
                said => folds_alike(named, &cx.show(said, &schema.fields[field])),
            })
        })
    };
    let mut lines = cx.round.ledger.of(ledger, Some(sender)).map(|(_, line)| line).filter(|line| names(line));
    lines.next().filter(|_| lines.next().is_none())
}

/// What a row of the ledger's table is about, in words.
pub(in crate::checks) fn named(
    cx: &Context<'_>,
    schema: &TableSchema,
    by: &[usize],
    record: &Record,
) -> String {
    let telling = by.iter().filter(|field| schema.fields[**field].kind != FieldType::Agency);
    let words: Vec<_> = telling
        .filter_map(|&field| Some(cx.show(record.cells.get(field)?.value()?, &schema.fields[field])))
        .collect();
    if words.is_empty() { format!("row {}", record.at.cell.row + 1) } else { words.join(", ") }
}

/// How near a wording must come to the plan's to be asked about.
const NEAR: f64 = 0.85;

/// The reference of the one action that has these words, or nearly: of those that the sender is asked about, or else of all.
pub(in crate::checks) fn worded<'p>(
    plan: &'p Register,
    said: &str,
    sender: Option<PartnerId>,
) -> Option<&'p str> {
    let title = plan.title?;
    let own = |entry: &&RegisterEntry| sender.is_some_and(|sender| entry.agencies.contains(&sender));
    let worded =
        |entry: &&'p RegisterEntry| entry.cells.get(title).is_some_and(|planned| folds_alike(planned, said));
    let near = |entry: &&'p RegisterEntry| {
        let planned = entry.cells.get(title).map(|planned| fold(planned));
        planned.is_some_and(|planned| strsim::normalized_damerau_levenshtein(&planned, &fold(said)) >= NEAR)
    };
    let key = |entry: &'p RegisterEntry| entry.cells.get(plan.key).map(String::as_str);
    let one = |mut found: Vec<&'p RegisterEntry>| if found.len() == 1 { found.pop() } else { None };
    let of = |all: &[&'p RegisterEntry]| {
        let exact: Vec<_> = all.iter().copied().filter(|entry| worded(entry)).collect();
        let found =
            if exact.is_empty() { all.iter().copied().filter(|entry| near(entry)).collect() } else { exact };
        one(found)
    };
    let all: Vec<&RegisterEntry> = plan.entries.iter().collect();
    let asked: Vec<&RegisterEntry> = all.iter().copied().filter(own).collect();
    of(&asked).or_else(|| of(&all)).and_then(key)
}

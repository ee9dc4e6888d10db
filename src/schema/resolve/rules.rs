//! Row rules.

use super::{Item, Told};
use crate::finding::Severity;
use crate::schema::condition::{self, Condition};
use crate::schema::document::At;
use crate::schema::raw::{RawRule, RawTable, RuleName};
use crate::schema::{CodeList, Rule, RuleKind, Schema, TableSchema, template, words};

/// Reads the rules of every table.
pub(super) fn resolve(raw: &[Item<'_, RawTable>], schema: &mut Schema, told: &mut Told) {
    let Schema { tables, lists, .. } = schema;
    for (item, table) in raw.iter().zip(tables) {
        let at = item.at.get("rules");
        let mut rules: Vec<Rule> = Vec::new();
        for (index, raw) in item.raw.rules.iter().enumerate() {
            let item = Item { raw, at: at.item(index) };
            if let Some(name) = raw.name.as_deref()
                && item_names(&rules).any(|other| other == name)
            {
                told.say(
                    item.at.get("name"),
                    format!("Two rules of `{}` are called `{name}`.", table.name),
                    None,
                );
            }
            rules.extend(rule(item, table, lists, told));
        }
        table.rules = rules;
    }
}

fn item_names(rules: &[Rule]) -> impl Iterator<Item = &str> {
    rules.iter().map(|rule| rule.name.as_str())
}

fn rule(item: Item<'_, RawRule>, table: &TableSchema, lists: &[CodeList], told: &mut Told) -> Option<Rule> {
    let (raw, at) = (item.raw, item.at);
    let field = told.optional(table, at.get("field"), raw.field.as_ref());
    let mut read = |name: &str, text: Option<&String>| {
        text.and_then(|text| conditional(text, at.get(name), table, lists, told))
    };
    let when = read("when", raw.when.as_ref());
    let must = read("must", raw.must.as_ref());
    let message = raw.message.clone().unwrap_or_default();
    placeholders(&message, at.get("message"), table, told);
    let kind = match raw.kind? {
        RuleName::RequiredWhen => RuleKind::RequiredWhen,
        RuleName::BlankWhen => RuleKind::BlankWhen,
        RuleName::Must => RuleKind::Must(must?),
    };
    Some(Rule {
        name: raw.name.clone().unwrap_or_default(),
        kind,
        field: field?,
        when,
        written: (raw.when.clone(), raw.must.clone()),
        severity: raw.severity.unwrap_or(Severity::Query),
        message,
        help: raw.help.clone(),
    })
}

fn conditional(
    text: &str,
    at: At<'_>,
    table: &TableSchema,
    lists: &[CodeList],
    told: &mut Told,
) -> Option<Condition> {
    match condition::parse(text, table, lists) {
        Ok(condition) => Some(condition),
        Err(faults) => {
            let start = at.text_start(text);
            for fault in faults {
                let span = match start {
                    Some(start) => start + fault.span.start..start + fault.span.end,
                    None => at.span(),
                };
                told.mistakes.push(at.document().mistake(span, fault.message, fault.hint));
            }
            None
        }
    }
}

/// Every ‹name› in a message is a field.
fn placeholders(message: &str, at: At<'_>, table: &TableSchema, told: &mut Told) {
    let start = at.text_start(message);
    for (name, span) in template::names(message) {
        if table.field(name).is_some() {
            continue;
        }
        let known: Vec<&str> = table.fields.iter().map(|field| field.name.as_str()).collect();
        let place = start.map_or_else(|| at.span(), |start| start + span.start..start + span.end);
        let said = format!("There is no field `{name}` in the table `{}`.", table.name);
        told.mistakes.push(at.document().mistake(place, said, words::hint(name, &known)));
    }
}

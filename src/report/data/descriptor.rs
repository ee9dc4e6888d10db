//! `datapackage.json`: what the package holds, in the words of Data Package and Table Schema v2.

use super::cell;
use super::column::{Column, Kind};
use super::table::{Done, Seen};
use crate::finding::Finding;
use crate::round::Round;
use crate::schema::{Field, FieldType, asked_of};
use serde_json::{Map, Value, json};

const PACKAGE: &str = "https://datapackage.org/profiles/2.0/datapackage.json";
const RESOURCE: &str = "https://datapackage.org/profiles/2.0/dataresource.json";
const DIALECT: &str = "https://datapackage.org/profiles/2.0/tabledialect.json";
const SCHEMA: &str = "https://datapackage.org/profiles/2.0/tableschema.json";

/// How texts are to be read, for people.
const GUARD: &str = "A text that a spreadsheet program would take for a formula, because it starts (after white space or \
                     signs that nobody sees) with = + - @ or one of their wide forms, or with a tab or a line end, has an \
                     apostrophe in front, and so has a text that starts with an apostrophe. To have the text as it was, \
                     take one apostrophe away from a cell of text that starts with one. Numbers, days and true and false \
                     have none.";

/// The descriptor of a package of these tables.
pub(super) fn descriptor<W>(round: &Round, findings: &[Finding], tables: &[Done<W>]) -> Value {
    let stopped = findings.iter().any(Finding::forbids_circulation);
    let state = if round.is_final { "final" } else { "provisional" };
    let mark = json!({ "marking": round.marking.as_str(), "notForCirculation": stopped });
    let resources: Vec<Value> = tables.iter().map(|table| resource(round, table, &mark)).collect();
    let mut package = Map::new();
    let mut put = |name: &str, value: Value| package.insert(name.to_owned(), value);
    put("$schema", json!(PACKAGE));
    put("name", json!(slug(&format!("{} {}", round.schema.name, round.period))));
    put("title", json!(format!("{} {}", round.schema.title, round.period)));
    put("description", json!(description(round, state, stopped)));
    put("version", json!(round.schema.version));
    put("contributors", json!([{ "title": round.board, "roles": ["publisher"] }]));
    put("resources", json!(resources));
    put(
        "quarterday",
        json!({
            "program": format!("quarterday {}", env!("CARGO_PKG_VERSION")),
            "board": round.board,
            "period": round.period.to_string(),
            "status": state,
            "marking": round.marking.as_str(),
            "notForCirculation": stopped,
            "guard": { "prefix": cell::GUARD.to_string(), "meaning": GUARD },
        }),
    );
    Value::Object(package)
}

fn description(round: &Round, state: &str, stopped: bool) -> String {
    let stop = if stopped { "NOT FOR CIRCULATION. " } else { "" };
    let marking = round.marking.as_str();
    let about = round.schema.description.as_deref().map_or(String::new(), |about| format!("{about} "));
    format!("{stop}{marking}. {about}{}, {}, {state}. {GUARD}", round.board, round.period)
}

/// Small letters, digits and hyphens.
fn slug(text: &str) -> String {
    let mut slug = String::new();
    for letter in text.chars() {
        if letter.is_ascii_alphanumeric() {
            slug.push(letter.to_ascii_lowercase());
        } else if !slug.ends_with('-') && !slug.is_empty() {
            slug.push('-');
        }
    }
    slug.trim_end_matches('-').to_owned()
}

/// One table with the mark that it bears wherever it is taken.
fn resource<W>(round: &Round, table: &Done<W>, mark: &Value) -> Value {
    let about = &table.about;
    let fields: Vec<Value> =
        table.columns.iter().zip(&table.seen).map(|(column, seen)| field(round, column, *seen)).collect();
    let mut schema = Map::new();
    let mut put = |name: &str, value: Value| schema.insert(name.to_owned(), value);
    put("$schema", json!(SCHEMA));
    put("fields", json!(fields));
    put("missingValues", json!([""]));
    if !about.primary_key.is_empty() {
        put("primaryKey", json!(about.primary_key));
    }
    if !about.unique_key.is_empty() {
        put("uniqueKeys", json!([about.unique_key]));
    }
    let keys = about.foreign_keys.iter().map(|(column, other, theirs)| {
        json!({ "fields": [column], "reference": { "resource": other, "fields": [theirs] } })
    });
    let keys: Vec<Value> = keys.collect();
    if !keys.is_empty() {
        put("foreignKeys", json!(keys));
    }
    json!({
        "$schema": RESOURCE,
        "name": about.name,
        "type": "table",
        "title": about.title,
        "description": about.description,
        "path": format!("{}.csv", about.name),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": table.bytes,
        "hash": format!("sha256:{}", table.sha256),
        "dialect": {
            "$schema": DIALECT,
            "delimiter": ",",
            "lineTerminator": "\n",
            "quoteChar": "\"",
            "doubleQuote": true,
            "header": true,
        },
        "schema": schema,
        "quarterday": {
            "rows": table.rows,
            "marking": mark["marking"],
            "notForCirculation": mark["notForCirculation"],
        },
    })
}

fn field(round: &Round, column: &Column, seen: Seen) -> Value {
    let of = column.field.and_then(|(table, field)| round.schema.tables.get(table)?.fields.get(field));
    let mut described = Map::new();
    let mut put = |name: &str, value: Value| described.insert(name.to_owned(), value);
    put("name", json!(column.name));
    put("title", json!(column.title));
    let words: Vec<String> = column.description.clone().into_iter().chain(meaning(column, of)).collect();
    if !words.is_empty() {
        put("description", json!(words.join(" ")));
    }
    let plain = match &column.kind {
        Kind::Text | Kind::One { .. } => "string",
        Kind::Whole => "integer",
        Kind::Number | Kind::Percent | Kind::Pounds => "number",
        Kind::Date => "date",
        Kind::Truth => "boolean",
        Kind::Several(_) => "list",
    };
    put("type", json!(plain));
    if let Kind::Several(between) = column.kind {
        put("delimiter", json!(between.to_string()));
        put("itemType", json!("string"));
    }
    let mut constraints = Map::new();
    if column.required && !seen.blank {
        constraints.insert("required".to_owned(), json!(true));
    }
    if let Kind::One { words, ordered } = &column.kind {
        let stands = |value: &str| {
            let guard = if cell::is_guarded(value) { "'" } else { "" };
            format!("{guard}{value}")
        };
        let each = words.iter().map(|(value, label)| json!({ "value": stands(value), "label": label }));
        put("categories", each.collect());
        if *ordered {
            put("categoriesOrdered", json!(true));
        }
        constraints.insert("enum".to_owned(), words.iter().map(|(value, _)| json!(stands(value))).collect());
    }
    if !constraints.is_empty() {
        put("constraints", json!(constraints));
    }
    if let Some(ours) = of.map(ours).filter(|ours| *ours != json!({})) {
        put("quarterday", ours);
    }
    Value::Object(described)
}

/// What a number of this column stands for.
fn meaning(column: &Column, of: Option<&Field>) -> Option<String> {
    match &column.kind {
        Kind::Pounds => Some("Pounds.".to_owned()),
        Kind::Percent => Some("Percent: 61.01 stands for 61.01%.".to_owned()),
        Kind::Several(_) if of.is_some_and(|field| field.kind == FieldType::Agency) => {
            Some("Codes of partners.".to_owned())
        }
        Kind::Text if of.is_some_and(|field| field.kind == FieldType::Agency) => {
            Some("The code of a partner.".to_owned())
        }
        _ => None,
    }
}

/// What was asked of partners: merged rows need not keep it, and where they do not, a finding says so.
fn ours(field: &Field) -> Value {
    let mut ours = Map::new();
    let kind = match field.kind {
        FieldType::Percent => Some("percent"),
        FieldType::Period => Some("period"),
        FieldType::Money => Some("money"),
        FieldType::Agency => Some("agency"),
        FieldType::Code => Some("code"),
        _ => None,
    };
    if let Some(kind) = kind {
        ours.insert("type".to_owned(), json!(kind));
    }
    let asked = asked_of(field);
    if asked.as_object().is_some_and(|asked| !asked.is_empty()) {
        ours.insert("asked".to_owned(), asked);
    }
    if !field.allow.is_empty() {
        ours.insert("allow".to_owned(), json!(field.allow));
    }
    Value::Object(ours)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_has_a_name_of_small_letters() {
        assert_eq!(slug("monitoring-return 2013-14 Q4"), "monitoring-return-2013-14-q4");
        assert_eq!(slug(" (A) "), "a");
    }
}

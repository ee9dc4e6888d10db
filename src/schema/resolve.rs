//! Names to places: what was written becomes a [`Schema`], and every name that leads nowhere a mistake.

mod controls;
mod fields;
mod lists;
mod outputs;
mod rules;
mod tables;

pub(crate) use controls::parse_tolerance;

use super::document::{At, Document};
use super::raw::{RawFile, RawIdentity, RawOutput, RawSchema, RawTable};
use super::{FieldRef, FieldType, IdentityFields, Schema, TableSchema};
use super::{offices, words};
use crate::error::Mistake;

/// One file of a schema: itself, or one that it extends.
pub(crate) struct Layer {
    /// Where everything stands.
    pub(crate) document: Document,
    /// What is written.
    pub(crate) raw: RawFile,
}

/// Something written, and its place.
#[derive(Debug)]
pub(crate) struct Item<'a, T> {
    /// What is written.
    pub(crate) raw: &'a T,
    /// Where.
    pub(crate) at: At<'a>,
}

impl<T> Clone for Item<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Item<'_, T> {}

/// A partner's code in a schema, for the round to look up.
pub(crate) struct FromCode {
    /// The code as written.
    pub(crate) code: String,
    /// What is said if no partner has it; the hint is filled in then.
    pub(crate) mistake: Mistake,
}

/// Mistakes so far.
#[derive(Default)]
pub(crate) struct Told {
    pub(crate) mistakes: Vec<Mistake>,
}

impl Told {
    /// Tells a mistake.
    pub(crate) fn say(&mut self, at: At<'_>, message: impl Into<String>, hint: Option<String>) {
        self.mistakes.push(at.mistake(message, hint));
    }

    /// The place of a field by name; a mistake if there is none.
    fn field(&mut self, table: &TableSchema, at: At<'_>, name: &str) -> Option<usize> {
        if let Some(index) = table.field(name) {
            return Some(index);
        }
        let known: Vec<&str> = table.fields.iter().map(|field| field.name.as_str()).collect();
        let message = format!("There is no field `{name}` in the table `{}`.", table.name);
        self.say(at, message, words::hint(name, &known));
        None
    }

    /// The places of a list of fields.
    fn fields(&mut self, table: &TableSchema, at: At<'_>, names: &[String]) -> Vec<usize> {
        let mut found = Vec::with_capacity(names.len());
        for (index, name) in names.iter().enumerate() {
            let Some(field) = self.field(table, at.item(index), name) else { continue };
            if found.contains(&field) {
                self.say(at.item(index), format!("`{name}` stands in this list twice."), None);
            } else {
                found.push(field);
            }
        }
        found
    }

    /// The place of a field, if one is named.
    fn optional(&mut self, table: &TableSchema, at: At<'_>, name: Option<&String>) -> Option<usize> {
        name.and_then(|name| self.field(table, at, name))
    }
}

/// Looks every name up. The first layer is the earliest schema; a later one replaces what it names again.
pub(crate) fn resolve(layers: &[Layer], told: &mut Told) -> (Schema, Vec<FromCode>) {
    let by_name = IdentityFields { file_name: true, ..IdentityFields::default() };
    let mut schema =
        Schema { header_rows: 60, blank_rows: 20, year_start: 4, identity: by_name, ..Schema::default() };
    for layer in layers {
        if let Some(raw) = &layer.raw.schema {
            head(raw, &mut schema);
            let at = layer.document.root().get("schema");
            schema.offices.extend(offices(&raw.office_postcodes, at, &mut told.mistakes));
        }
    }
    lists::resolve(layers, &mut schema, told);
    let raw_tables = gather(layers, "table", |raw| &raw.table, |table| table.name.as_deref(), told);
    if raw_tables.is_empty()
        && let Some(last) = layers.last()
        && !last.document.root().is_reported("table")
    {
        let at = last.document.root().get("schema");
        told.say(at, "The schema has no table.", Some("Add a part [[table]].".to_owned()));
    }
    let mut from = Vec::new();
    for item in &raw_tables {
        let table = fields::resolve(*item, &mut schema.lists, told);
        from.extend(item.raw.from.0.iter().enumerate().map(|(index, code)| from_code(*item, index, code)));
        schema.tables.push(table);
    }
    tables::resolve(&raw_tables, &mut schema, told);
    rules::resolve(&raw_tables, &mut schema, told);
    controls::resolve(&raw_tables, &mut schema, told);
    for layer in layers {
        if let Some(raw) = &layer.raw.identity {
            identity(Item { raw, at: layer.document.root().get("identity") }, &mut schema, told);
        }
    }
    let raw_outputs = gather(layers, "output", |raw| &raw.output, output_name, told);
    outputs::resolve(&raw_outputs, &mut schema, told);
    (schema, from)
}

fn from_code(item: Item<'_, RawTable>, index: usize, code: &str) -> FromCode {
    let message = format!("No partner of this round has the code `{code}`.");
    FromCode { code: code.to_owned(), mistake: item.at.get("from").item(index).mistake(message, None) }
}

fn output_name(output: &RawOutput) -> Option<&str> {
    output.sheet.as_deref().or_else(|| output.kind.map(outputs::fixed_name).filter(|name| !name.is_empty()))
}

fn head(raw: &RawSchema, schema: &mut Schema) {
    let text = |value: &Option<String>, into: &mut String| {
        if let Some(value) = value {
            into.clone_from(value);
        }
    };
    text(&raw.name, &mut schema.name);
    text(&raw.title, &mut schema.title);
    text(&raw.version, &mut schema.version);
    if raw.description.is_some() {
        schema.description.clone_from(&raw.description);
    }
    schema.header_rows = raw.header_rows.unwrap_or(schema.header_rows);
    schema.blank_rows = raw.blank_rows.unwrap_or(schema.blank_rows);
    schema.year_start = raw.year_start.unwrap_or(schema.year_start);
}

/// The parts of one kind from all layers: a part with a name that came before takes its place.
fn gather<'a, T>(
    layers: &'a [Layer],
    key: &str,
    part: impl Fn(&RawFile) -> &Vec<T>,
    name: impl Fn(&T) -> Option<&str>,
    told: &mut Told,
) -> Vec<Item<'a, T>> {
    let mut found: Vec<Item<'a, T>> = Vec::new();
    for layer in layers {
        let inherited = found.len();
        let at = layer.document.root().get(key);
        for (index, raw) in part(&layer.raw).iter().enumerate() {
            let item = Item { raw, at: at.item(index) };
            let same = |other: &Item<'a, T>| match (name(other.raw), name(raw)) {
                (Some(one), Some(two)) => one.to_lowercase() == two.to_lowercase(),
                _ => false,
            };
            match found.iter().position(same) {
                Some(place) if place < inherited => {
                    if let Some(old) = found.get_mut(place) {
                        *old = item;
                    }
                }
                Some(_) => {
                    let called = name(raw).unwrap_or_default();
                    let words = if key == "output" { "sheets" } else { "parts" };
                    let place = item.at.get(if key == "output" { "sheet" } else { "name" });
                    told.say(place, format!("Two {words} are called `{called}`."), None);
                    found.push(item);
                }
                None => found.push(item),
            }
        }
    }
    found
}

/// Who sent it, for which period, on which template.
fn identity(item: Item<'_, RawIdentity>, schema: &mut Schema, told: &mut Told) {
    let raw = item.raw;
    let mut fields = schema.identity.clone();
    let parts = [
        ("agency", &raw.agency, &mut fields.agency, Some(FieldType::Agency)),
        ("period", &raw.period, &mut fields.period, Some(FieldType::Period)),
        ("board", &raw.board, &mut fields.board, None),
        ("template", &raw.template, &mut fields.template, Some(FieldType::String)),
        ("completed", &raw.completed, &mut fields.completed, Some(FieldType::Date)),
        ("units", &raw.units, &mut fields.units, Some(FieldType::Code)),
    ];
    for (name, value, place, kind) in parts {
        if let Some(value) = value {
            *place = table_field(schema, item.at.get(name), value, kind, told);
        }
    }
    let named = raw.file_name.unwrap_or(fields.file_name);
    schema.identity = IdentityFields { file_name: named, ..fields };
}

/// The field behind `table.field`.
fn table_field(
    schema: &Schema,
    at: At<'_>,
    value: &str,
    kind: Option<FieldType>,
    told: &mut Told,
) -> Option<FieldRef> {
    let Some((table_name, field_name)) = value.split_once('.') else {
        let hint = Some("Write it as \"table.field\", such as \"cover.agency\".".to_owned());
        told.say(at, "A table and a field are needed here.", hint);
        return None;
    };
    let table = find_table(schema, at, table_name, told)?;
    let found = schema.tables.get(table)?;
    let field = told.field(found, at, field_name)?;
    let given = found.fields.get(field)?.kind;
    if let Some(kind) = kind
        && kind != given
    {
        let message = format!("`{value}` is {}; {} is needed here.", given.words(), kind.words());
        told.say(at, message, None);
    }
    Some(FieldRef { table, field })
}

/// The place of a table by name; a mistake if there is none.
fn find_table(schema: &Schema, at: At<'_>, name: &str, told: &mut Told) -> Option<usize> {
    if let Some(index) = schema.tables.iter().position(|table| table.name == name) {
        return Some(index);
    }
    let known: Vec<&str> = schema.tables.iter().map(|table| table.name.as_str()).collect();
    told.say(at, format!("There is no table `{name}`."), words::hint(name, &known));
    None
}

/// Tells if a name that must be legal as an Excel tab is not.
fn legal_sheet(at: At<'_>, name: &str, told: &mut Told) -> bool {
    let problem = if name.trim().is_empty() {
        Some("A sheet's name needs at least one letter.".to_owned())
    } else if name.encode_utf16().count() > 31 {
        Some("A sheet's name has 31 characters at most in Excel.".to_owned())
    } else if let Some(sign) = name.chars().find(|c| "[]:*?/\\".contains(*c) || c.is_control()) {
        Some(format!("Excel allows no `{}` in a sheet's name.", sign.escape_default()))
    } else if name.starts_with('\'') || name.ends_with('\'') {
        Some("A sheet's name neither begins nor ends with ' in Excel.".to_owned())
    } else if name.eq_ignore_ascii_case("history") {
        Some("Excel keeps the sheet name History for itself.".to_owned())
    } else {
        None
    };
    match problem {
        Some(message) => {
            told.say(at, message, None);
            false
        }
        None => true,
    }
}

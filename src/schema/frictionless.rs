//! A schema as a Frictionless data package: plain Data Package and Table Schema v2, what is ours under one key.

use super::{
    Bound, Category, CodeList, Constraints, Control, Field, FieldRef, FieldType, Format, LayoutKind, Role,
    Rule, RuleKind, Schema, TableSchema, Tolerance,
};
use serde_json::{Map, Value, json};

/// The key that everything stands under for which Frictionless has no word.
const OURS: &str = "quarterday";

/// Describes a schema as a Frictionless data package with a Table Schema a table.
#[must_use]
pub fn frictionless(schema: &Schema) -> Value {
    let resources: Vec<Value> = schema.tables.iter().map(|table| resource(schema, table)).collect();
    let mut package = Map::new();
    put(&mut package, "$schema", json!("https://datapackage.org/profiles/2.0/datapackage.json"));
    put(&mut package, "name", json!(schema.name));
    put(&mut package, "title", json!(schema.title));
    put(&mut package, "description", json!(schema.description));
    put(&mut package, "version", json!(schema.version));
    put(&mut package, "resources", json!(resources));
    let outputs = schema.outputs.iter().map(|output| json!({ "sheet": output.sheet, "title": output.title }));
    let ours = json!({
        "yearStart": schema.year_start,
        "officePostcodes": (!schema.offices.is_empty()).then_some(&schema.offices),
        "headerRows": schema.header_rows,
        "blankRows": schema.blank_rows,
        "identity": identity(schema),
        "controls": schema.controls.iter().map(|control| self::control(schema, control)).collect::<Value>(),
        "outputs": outputs.map(without_gaps).collect::<Value>(),
    });
    put(&mut package, OURS, without_gaps(ours));
    Value::Object(package)
}

/// Adds a property unless there is nothing in it.
fn put(map: &mut Map<String, Value>, name: &str, value: Value) {
    let nothing = match &value {
        Value::Null => true,
        Value::Bool(truth) => !truth,
        Value::Array(items) => items.is_empty(),
        Value::Object(inner) => inner.is_empty(),
        Value::String(text) => text.is_empty(),
        Value::Number(_) => false,
    };
    if !nothing {
        map.insert(name.to_owned(), value);
    }
}

/// A group without the properties that have nothing in them.
fn without_gaps(value: Value) -> Value {
    let Value::Object(all) = value else { return value };
    let mut kept = Map::new();
    for (name, value) in all {
        put(&mut kept, &name, value);
    }
    Value::Object(kept)
}

fn identity(schema: &Schema) -> Value {
    let fields = &schema.identity;
    let name = |at: Option<FieldRef>| {
        let table = schema.tables.get(at?.table)?;
        Some(format!("{}.{}", table.name, table.fields.get(at?.field)?.name))
    };
    without_gaps(json!({
        "agency": name(fields.agency),
        "period": name(fields.period),
        "board": name(fields.board),
        "template": name(fields.template),
        "completed": name(fields.completed),
        "units": name(fields.units),
        "fileName": fields.file_name,
    }))
}

fn control(schema: &Schema, control: &Control) -> Value {
    let tolerance = match control.tolerance {
        Tolerance::Within(amount) => amount.to_string(),
        Tolerance::Interval => "interval".to_owned(),
    };
    json!({
        "name": control.name,
        "title": control.title,
        "table": schema.tables.get(control.table).map(|table| &table.name),
        "kind": control.kind.name(),
        "severity": control.severity.word(),
        "tolerance": tolerance,
    })
}

fn resource(schema: &Schema, table: &TableSchema) -> Value {
    let names = |fields: &[usize]| -> Vec<&str> {
        fields.iter().filter_map(|field| table.fields.get(*field)).map(|field| field.name.as_str()).collect()
    };
    let name =
        |field: Option<usize>| field.and_then(|field| table.fields.get(field)).map(|field| &field.name);
    let mut described = Map::new();
    put(&mut described, "$schema", json!("https://datapackage.org/profiles/2.0/tableschema.json"));
    put(&mut described, "fieldsMatch", json!(["subset"]));
    put(&mut described, "fields", table.fields.iter().map(|field| self::field(schema, field)).collect());
    put(&mut described, "primaryKey", json!(names(&table.primary_key)));
    put(&mut described, "uniqueKeys", table.unique_keys.iter().map(|key| json!(names(key))).collect());
    let keys = table.foreign_keys.iter().filter_map(|key| {
        let other = schema.tables.get(key.table)?;
        let theirs: Vec<&str> = key
            .references
            .iter()
            .filter_map(|field| other.fields.get(*field))
            .map(|field| field.name.as_str())
            .collect();
        Some(json!({
            "fields": names(&key.fields),
            "reference": { "resource": other.name, "fields": theirs },
        }))
    });
    put(&mut described, "foreignKeys", keys.collect());
    let rates = table.rates.and_then(|rates| {
        Some(json!({ "table": schema.tables.get(rates.table)?.name, "by": name(Some(rates.by)) }))
    });
    let totals = table.totals.as_ref().map(|totals| {
        let field = name(totals.field);
        without_gaps(json!({ "field": field, "matches": totals.matches, "subtotals": totals.subtotals }))
    });
    let ours = json!({
        "sheet": table.sheet,
        "heading": table.heading,
        "layout": (table.layout == LayoutKind::Form).then_some("form"),
        "required": table.required,
        "from": table.from,
        "repeat": table.repeat,
        "sheetField": name(table.sheet_field),
        "register": register(table),
        "rates": rates,
        "subheadings": table.subheadings.then(|| json!({ "fill": name(table.subheading_fill) })),
        "totals": totals,
        "rules": table.rules.iter().map(|rule| self::rule(table, rule)).collect::<Value>(),
    });
    put(&mut described, OURS, without_gaps(ours));
    json!({ "name": table.name, "title": table.title, "data": [], "schema": described })
}

fn register(table: &TableSchema) -> Option<Value> {
    let name = |field: usize| table.fields.get(field).map(|field| &field.name);
    let (register, columns) = (table.register?, &table.columns);
    Some(without_gaps(json!({
        "key": name(register.key),
        "title": register.title.and_then(name),
        "decision": columns.decision,
        "next": columns.next,
        "reason": columns.reason,
        "before": columns.before,
        "recommendation": columns.recommendation,
        "source": columns.source,
    })))
}

fn rule(table: &TableSchema, rule: &Rule) -> Value {
    let kind = match rule.kind {
        RuleKind::RequiredWhen => "required-when",
        RuleKind::BlankWhen => "blank-when",
        RuleKind::Must(_) => "must",
    };
    without_gaps(json!({
        "name": rule.name,
        "kind": kind,
        "field": table.fields.get(rule.field).map(|field| &field.name),
        "when": rule.written.0,
        "must": rule.written.1,
        "severity": rule.severity.word(),
        "message": rule.message,
        "help": rule.help,
    }))
}

fn field(schema: &Schema, field: &Field) -> Value {
    let mut described = Map::new();
    put(&mut described, "name", json!(field.name));
    put(&mut described, "title", json!(field.title));
    put(&mut described, "description", json!(field.description));
    put(&mut described, "example", json!(field.example));
    let plain = match field.kind {
        FieldType::Integer => "integer",
        FieldType::Number | FieldType::Percent | FieldType::Money => "number",
        FieldType::Boolean => "boolean",
        FieldType::Date => "date",
        FieldType::String | FieldType::Period | FieldType::Code | FieldType::Agency => "string",
    };
    put(&mut described, "type", json!(if field.many { "list" } else { plain }));
    if field.many {
        put(&mut described, "delimiter", json!(";"));
        put(&mut described, "itemType", json!(plain));
    }
    match field.format {
        Format::Email => put(&mut described, "format", json!("email")),
        Format::Uri => put(&mut described, "format", json!("uri")),
        Format::Default | Format::Post => {}
    }
    if field.kind == FieldType::Boolean {
        put(&mut described, "trueValues", json!(["Yes"]));
        put(&mut described, "falseValues", json!(["No"]));
    }
    let list = field.list.and_then(|list| schema.lists.get(list));
    if let Some(list) = list.filter(|_| !field.many) {
        let each = list.categories.iter().map(|one| json!({ "value": one.value, "label": one.label }));
        put(&mut described, "categories", each.collect());
        put(&mut described, "categoriesOrdered", json!(list.ordered));
    }
    put(&mut described, "constraints", constraints(&field.constraints));
    // Left out, it would be the blank cell alone, which is the usual.
    if field.missing_values.iter().any(|text| !text.is_empty()) {
        put(&mut described, "missingValues", json!(field.missing_values));
    }
    put(&mut described, OURS, ours(field, list));
    Value::Object(described)
}

/// What Frictionless has no word for.
fn ours(field: &Field, list: Option<&CodeList>) -> Value {
    let kind = match field.kind {
        FieldType::Percent => Some("percent"),
        FieldType::Period => Some("period"),
        FieldType::Money => Some("money"),
        FieldType::Code => Some("code"),
        FieldType::Agency => Some("agency"),
        _ => None,
    };
    let role = field.role.map(|role| match role {
        Role::Status => "status",
        Role::Rating => "rating",
        Role::Update => "update",
        Role::TargetDate => "target-date",
        Role::RevisedDate => "revised-date",
        Role::Title => "title",
        Role::Comment => "comment",
        Role::Direction => "direction",
        Role::Committed => "committed",
        Role::Board => "board",
    });
    without_gaps(json!({
        "type": kind,
        "aliases": field.aliases,
        "help": field.help,
        "format": (field.format == Format::Post).then_some("post"),
        "list": list.map(code_list),
        "sensitivity": field.staff.then_some("staff"),
        "locked": field.locked,
        "computed": field.computed,
        "allow": field.allow,
        "money": field.query_negatives.then(|| json!({ "negatives": "query" })),
        "role": role,
    }))
}

fn code_list(list: &CodeList) -> Value {
    let category = |one: &Category| {
        without_gaps(json!({
            "value": one.value,
            "label": one.label,
            "synonyms": one.synonyms,
            "letter": one.letter,
            "colour": one.colour,
            "meaning": one.meaning,
            "means": one.means,
            "sign": one.minus.then_some("minus"),
        }))
    };
    without_gaps(json!({
        "name": list.name,
        "title": list.title,
        "combine": list.combine_worst.then_some("worst"),
        "categories": list.categories.iter().map(category).collect::<Value>(),
    }))
}

/// What a field asks of partners, as Table Schema constraints.
#[must_use]
pub fn asked_of(field: &Field) -> Value {
    constraints(&field.constraints)
}

fn constraints(constraints: &Constraints) -> Value {
    let bound = |bound: Option<Bound>| match bound {
        Some(Bound::Number(number)) => number_as_written(&number.normalize().to_string()),
        Some(Bound::Date(date)) => json!(date.to_string()),
        None => Value::Null,
    };
    without_gaps(json!({
        "required": constraints.required,
        "unique": constraints.unique,
        "minimum": bound(constraints.minimum),
        "maximum": bound(constraints.maximum),
        "exclusiveMinimum": bound(constraints.exclusive_minimum),
        "exclusiveMaximum": bound(constraints.exclusive_maximum),
        "minLength": constraints.min_length,
        "maxLength": constraints.max_length,
        "pattern": constraints.pattern.as_ref().map(|(text, _)| text),
        "enum": constraints.allowed,
    }))
}

/// A JSON number with the digits given.
fn number_as_written(digits: &str) -> Value {
    serde_json::from_str(digits).unwrap_or_else(|_| json!(digits))
}

//! Tables and their fields: types, lists, constraints.

use super::{Item, Told, legal_sheet, lists};
use crate::model;
use crate::schema::document::At;
use crate::schema::raw::{
    Layout, Negatives, RawConstraints, RawField, RawTable, RoleName, Scalar, Sensitivity,
};
use crate::schema::words;
use crate::schema::{Bound, CodeList, Constraints, Field, FieldType, LayoutKind, Role, TableSchema, fold};
use rust_decimal::Decimal;

/// Reads a table with its fields; what refers to other tables follows later.
pub(super) fn resolve(item: Item<'_, RawTable>, lists: &mut Vec<CodeList>, told: &mut Told) -> TableSchema {
    let raw = item.raw;
    for (index, name) in raw.sheet.0.iter().enumerate() {
        legal_sheet(item.at.get("sheet").item(index), name, told);
    }
    let mut table = TableSchema {
        name: raw.name.clone().unwrap_or_default(),
        title: raw.title.clone().unwrap_or_default(),
        sheet: raw.sheet.0.clone(),
        heading: raw.heading.0.clone(),
        layout: match raw.layout {
            Some(Layout::Form) => LayoutKind::Form,
            Some(Layout::Rows) | None => LayoutKind::Rows,
        },
        required: raw.required.unwrap_or(false),
        from: raw.from.0.clone(),
        repeat: raw.repeat.unwrap_or(false),
        ..TableSchema::default()
    };
    let at = item.at.get("fields");
    if raw.fields.is_empty() && !item.at.is_reported("fields") {
        let hint = Some("Add a part [[table.fields]] for each column.".to_owned());
        told.say(item.at.get("name"), format!("The table `{}` has no fields.", table.name), hint);
    }
    for (index, raw) in raw.fields.iter().enumerate() {
        let item_field = Item { raw, at: at.item(index) };
        let field = field(item_field, item, lists, told);
        unique(&field, &table, item_field.at, told);
        table.fields.push(field);
    }
    table
}

/// No two fields of a table share a name, a role or a heading.
fn unique(field: &Field, table: &TableSchema, at: At<'_>, told: &mut Told) {
    if !field.name.is_empty() && table.field(&field.name).is_some() {
        told.say(
            at.get("name"),
            format!("Two fields of `{}` are called `{}`.", table.name, field.name),
            None,
        );
        return;
    }
    if let Some(role) = field.role
        && let Some(other) = table.role(role).and_then(|other| table.fields.get(other))
    {
        told.say(at.get("role"), format!("The field `{}` has this role already.", other.name), None);
    }
    let headings = |field: &Field| -> Vec<String> {
        std::iter::once(&field.title).chain(&field.aliases).map(|heading| model::fold(heading)).collect()
    };
    let mine = headings(field);
    for other in table.fields.iter().filter(|other| !other.computed && !field.computed) {
        let theirs = headings(other);
        let Some(shared) = mine.iter().position(|heading| !heading.is_empty() && theirs.contains(heading))
        else {
            continue;
        };
        let place = if shared == 0 { at.get("title") } else { at.get("aliases").item(shared - 1) };
        told.say(place, format!("The field `{}` has this heading already.", other.name), None);
    }
}

fn field(
    item: Item<'_, RawField>,
    table: Item<'_, RawTable>,
    lists: &mut Vec<CodeList>,
    told: &mut Told,
) -> Field {
    let (raw, at) = (item.raw, item.at);
    let kind = raw.kind.map_or(FieldType::String, Into::into);
    let list = list(item, table, kind, lists, told);
    suits(raw, kind, at, told);
    let missing = match (&raw.missing_values, &table.raw.missing_values) {
        (Some(own), _) => own.iter().map(|text| fold(text)).collect(),
        (None, Some(shared)) => shared.iter().map(|text| fold(text)).collect(),
        (None, None) => vec![String::new()],
    };
    Field {
        name: raw.name.clone().unwrap_or_default(),
        title: raw.title.clone().unwrap_or_default(),
        aliases: raw.aliases.0.clone(),
        kind,
        many: raw.many.unwrap_or(false),
        format: raw.format.map(Into::into).unwrap_or_default(),
        description: raw.description.clone(),
        help: raw.help.clone(),
        example: raw.example.clone(),
        list,
        constraints: raw
            .constraints
            .as_ref()
            .map(|raw| constraints(Item { raw, at: at.get("constraints") }, kind, told))
            .unwrap_or_default(),
        missing_values: missing,
        allow: raw.allow.0.clone(),
        staff: raw.sensitivity == Some(Sensitivity::Staff),
        locked: raw.locked.unwrap_or(false),
        computed: raw.computed.unwrap_or(false),
        query_negatives: raw.money.as_ref().and_then(|money| money.negatives) == Some(Negatives::Query),
        role: raw.role.and_then(role),
    }
}

fn role(name: RoleName) -> Option<Role> {
    match name {
        RoleName::Status => Some(Role::Status),
        RoleName::Rating => Some(Role::Rating),
        RoleName::Update => Some(Role::Update),
        RoleName::TargetDate => Some(Role::TargetDate),
        RoleName::RevisedDate => Some(Role::RevisedDate),
        RoleName::Title => Some(Role::Title),
        RoleName::Comment => Some(Role::Comment),
        RoleName::Direction => Some(Role::Direction),
        RoleName::Committed => Some(Role::Committed),
        RoleName::Board => Some(Role::Board),
        RoleName::None => None,
    }
}

/// The field's code list: named, or its own.
fn list(
    item: Item<'_, RawField>,
    table: Item<'_, RawTable>,
    kind: FieldType,
    lists: &mut Vec<CodeList>,
    told: &mut Told,
) -> Option<usize> {
    let (raw, at) = (item.raw, item.at);
    if kind != FieldType::Code {
        for name in ["list", "categories", "ordered"] {
            if at.has(name) && !at.is_reported("type") {
                let hint = Some("Add type = \"code\", or take this out.".to_owned());
                told.say(at.name(name), format!("`{name}` belongs to fields of the type code."), hint);
            }
        }
        return None;
    }
    match (&raw.list, raw.categories.is_empty()) {
        (Some(name), true) => {
            let found = lists.iter().position(|list| list.name == *name);
            if found.is_none() {
                let known: Vec<&str> =
                    lists.iter().map(|list| list.name.as_str()).filter(|name| !name.contains('.')).collect();
                told.say(at.get("list"), format!("There is no list `{name}`."), words::hint(name, &known));
            }
            found
        }
        (None, false) => {
            let table_name = table.raw.name.as_deref().unwrap_or_default();
            lists.push(CodeList {
                name: format!("{table_name}.{}", raw.name.as_deref().unwrap_or_default()),
                title: raw.title.clone().unwrap_or_default(),
                categories: lists::categories(&raw.categories, at.get("categories"), told),
                ordered: raw.ordered.unwrap_or(false),
                combine_worst: false,
            });
            Some(lists.len() - 1)
        }
        (Some(_), false) => {
            told.say(at.name("categories"), "A field has either a `list` or `categories`, not both.", None);
            None
        }
        (None, true) => {
            if !at.is_reported("list") && !at.is_reported("categories") {
                let hint = Some("Add list = \"…\", the name of a [[list]].".to_owned());
                told.say(at.get("type"), "A field of the type code needs a `list`.", hint);
            }
            None
        }
    }
}

/// Tells of properties that do not suit the field's type.
fn suits(raw: &RawField, kind: FieldType, at: At<'_>, told: &mut Told) {
    if at.is_reported("type") {
        return;
    }
    let wrong = |told: &mut Told, name: &str, types: &str| {
        told.say(at.name(name), format!("`{name}` belongs to fields of the type {types}."), None);
    };
    if raw.format.is_some() && kind != FieldType::String {
        wrong(told, "format", "string");
    }
    if raw.many == Some(true) && !matches!(kind, FieldType::Code | FieldType::Agency) {
        wrong(told, "many", "code or agency");
    }
    if raw.money.is_some() && kind != FieldType::Money {
        wrong(told, "money", "money");
    }
    let role_type = match raw.role {
        Some(RoleName::Status | RoleName::Rating | RoleName::Direction) => Some(FieldType::Code),
        Some(RoleName::TargetDate | RoleName::RevisedDate) => Some(FieldType::Date),
        Some(RoleName::Update | RoleName::Title | RoleName::Comment) => Some(FieldType::String),
        Some(RoleName::Committed) => Some(FieldType::Money),
        Some(RoleName::Board | RoleName::None) | None => None,
    };
    if let Some(wanted) = role_type
        && wanted != kind
    {
        let message = format!("A field with this role holds {}, not {}.", wanted.words(), kind.words());
        told.say(at.get("role"), message, None);
    }
    if raw.allow.0.iter().any(|word| model::fold(word).is_empty()) {
        told.say(at.get("allow"), "A word that is allowed needs at least one letter.", None);
    }
}

fn constraints(item: Item<'_, RawConstraints>, kind: FieldType, told: &mut Told) -> Constraints {
    let (raw, at) = (item.raw, item.at);
    let texts = kind == FieldType::String;
    let sized = matches!(
        kind,
        FieldType::Integer | FieldType::Number | FieldType::Percent | FieldType::Money | FieldType::Date
    );
    for name in at.names() {
        let fits = match name {
            "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" => sized,
            "minLength" | "maxLength" | "pattern" => texts,
            "enum" => texts || (sized && kind != FieldType::Date),
            _ => true,
        };
        if !fits {
            let hint = (name == "enum" && kind == FieldType::Code)
                .then(|| "The list of the field says which values there are.".to_owned());
            told.say(
                at.name(name),
                format!("`{name}` does not suit a field that holds {}.", kind.words()),
                hint,
            );
        }
    }
    let mut bound = |name: &str, raw: Option<&Scalar>| {
        raw.filter(|_| sized).and_then(|raw| bound(raw, kind, at.get(name), told))
    };
    let constraints = Constraints {
        required: raw.required.unwrap_or(false),
        unique: raw.unique.unwrap_or(false),
        minimum: bound("minimum", raw.minimum.as_ref()),
        maximum: bound("maximum", raw.maximum.as_ref()),
        exclusive_minimum: bound("exclusiveMinimum", raw.exclusive_minimum.as_ref()),
        exclusive_maximum: bound("exclusiveMaximum", raw.exclusive_maximum.as_ref()),
        min_length: raw.min_length,
        max_length: raw.max_length,
        pattern: raw
            .pattern
            .as_ref()
            .filter(|_| texts)
            .and_then(|text| pattern(text, at.get("pattern"), told)),
        allowed: raw.allowed.iter().flatten().map(|value| value.0.clone()).collect(),
    };
    in_order(&constraints, at, told);
    constraints
}

/// The smallest is not above the largest.
fn in_order(constraints: &Constraints, at: At<'_>, told: &mut Told) {
    let above = |low: Option<Bound>, high: Option<Bound>, equal_too: bool| match (low, high) {
        (Some(Bound::Number(low)), Some(Bound::Number(high))) => low > high || (equal_too && low == high),
        (Some(Bound::Date(low)), Some(Bound::Date(high))) => low > high || (equal_too && low == high),
        _ => false,
    };
    let pairs = [
        ("minimum", constraints.minimum, "maximum", constraints.maximum, false),
        ("minimum", constraints.minimum, "exclusiveMaximum", constraints.exclusive_maximum, true),
        ("exclusiveMinimum", constraints.exclusive_minimum, "maximum", constraints.maximum, true),
        (
            "exclusiveMinimum",
            constraints.exclusive_minimum,
            "exclusiveMaximum",
            constraints.exclusive_maximum,
            true,
        ),
    ];
    for (low_name, low, high_name, high, equal_too) in pairs {
        if above(low, high, equal_too) {
            let message = format!("`{low_name}` and `{high_name}` leave no value between them.");
            told.say(at.get(low_name), message, None);
        }
    }
    if let (Some(low), Some(high)) = (constraints.min_length, constraints.max_length)
        && low > high
    {
        told.say(at.get("minLength"), "`minLength` is above `maxLength`.", None);
    }
}

fn bound(raw: &Scalar, kind: FieldType, at: At<'_>, told: &mut Told) -> Option<Bound> {
    if kind == FieldType::Date {
        let date = raw.0.parse().ok().map(Bound::Date);
        if date.is_none() {
            told.say(at, "A date is needed here.", Some("Write it as 2014-03-31.".to_owned()));
        }
        return date;
    }
    let number = decimal(&raw.0).map(Bound::Number);
    if number.is_none() {
        told.say(at, "A number is needed here.", None);
    }
    number
}

/// An exact decimal, as TOML or a person writes it.
pub(super) fn decimal(text: &str) -> Option<Decimal> {
    text.trim().replace(['£', ',', '_'], "").parse().ok()
}

/// Compiles a pattern between anchors, so that it must match the whole text.
fn pattern(text: &str, at: At<'_>, told: &mut Told) -> Option<(String, regex::Regex)> {
    let built = regex::RegexBuilder::new(&format!("^(?:{text})$")).size_limit(1 << 20).build();
    match built {
        Ok(regex) => Some((text.to_owned(), regex)),
        Err(error) => {
            let why = match &error {
                regex::Error::CompiledTooBig(_) => "it is too large".to_owned(),
                other => {
                    let said = other.to_string();
                    said.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned()
                }
            };
            told.say(at, format!("This pattern cannot be used: {why}."), None);
            None
        }
    }
}

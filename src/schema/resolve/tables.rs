//! What tables say about keys, other tables, the register and total rows.

use super::{Item, Told, find_table};
use crate::schema::raw::{RawForeignKey, RawTable};
use crate::schema::{
    FieldType, ForeignKey, Rates, RegisterColumns, RegisterFields, Role, Schema, TableSchema, TotalRows,
};

/// Looks up what tables refer to. `raw` and the schema's tables stand in the same order.
pub(super) fn resolve(raw: &[Item<'_, RawTable>], schema: &mut Schema, told: &mut Told) {
    let mut registered: Option<String> = None;
    for (index, item) in raw.iter().enumerate() {
        keys(*item, index, schema, told);
        register(*item, index, schema, &mut registered, told);
        rows(*item, index, schema, told);
    }
    // A register may stand in a later table.
    for (index, item) in raw.iter().enumerate() {
        rates(*item, index, schema, told);
    }
}

fn keys(item: Item<'_, RawTable>, index: usize, schema: &mut Schema, told: &mut Told) {
    let Some(table) = schema.tables.get(index) else { return };
    let raw = item.raw;
    let sheet_field = told.optional(table, item.at.get("sheetField"), raw.sheet_field.as_ref());
    if let Some(field) = sheet_field.and_then(|field| table.fields.get(field))
        && !matches!(field.kind, FieldType::String | FieldType::Code | FieldType::Agency)
    {
        let message = format!("A sheet's name cannot be {}.", field.kind.words());
        told.say(item.at.get("sheetField"), message, None);
    }
    let primary_key = told.fields(table, item.at.get("primaryKey"), &raw.primary_key.0);
    let at = item.at.get("uniqueKeys");
    let unique_keys: Vec<Vec<usize>> = raw
        .unique_keys
        .iter()
        .enumerate()
        .map(|(place, names)| told.fields(table, at.item(place), &names.0))
        .collect();
    let at = item.at.get("foreignKeys");
    let foreign_keys: Vec<ForeignKey> = raw
        .foreign_keys
        .iter()
        .enumerate()
        .filter_map(|(place, raw)| foreign_key(Item { raw, at: at.item(place) }, index, schema, told))
        .collect();
    if let Some(table) = schema.tables.get_mut(index) {
        table.sheet_field = sheet_field;
        table.primary_key = primary_key;
        table.unique_keys = unique_keys;
        table.foreign_keys = foreign_keys;
    }
}

fn foreign_key(
    item: Item<'_, RawForeignKey>,
    index: usize,
    schema: &Schema,
    told: &mut Told,
) -> Option<ForeignKey> {
    let own = schema.tables.get(index)?;
    let fields = told.fields(own, item.at.get("fields"), &item.raw.fields.0);
    let reference = item.raw.reference.as_ref()?;
    let at = item.at.get("reference");
    let table = match &reference.table {
        Some(name) => find_table(schema, at.get("table"), name, told)?,
        None if at.is_reported("table") => return None,
        None => {
            told.say(at, "A reference needs a `table`.", None);
            return None;
        }
    };
    let references = told.fields(schema.tables.get(table)?, at.get("fields"), &reference.fields.0);
    if item.raw.fields.0.len() != reference.fields.0.len() {
        told.say(at, "A foreign key has as many fields here as in the other table.", None);
        return None;
    }
    if fields.is_empty() && item.raw.fields.0.is_empty() {
        told.say(item.at, "A foreign key needs `fields`.", None);
        return None;
    }
    Some(ForeignKey { fields, table, references })
}

fn register(
    item: Item<'_, RawTable>,
    index: usize,
    schema: &mut Schema,
    registered: &mut Option<String>,
    told: &mut Told,
) {
    let Some(raw) = &item.raw.register else { return };
    let at = item.at.get("register");
    let Some(table) = schema.tables.get_mut(index) else { return };
    if let Some(other) = registered {
        told.say(at, format!("The table `{other}` has the register already; only one table can."), None);
        return;
    }
    *registered = Some(table.name.clone());
    let key = told.optional(table, at.get("key"), raw.key.as_ref());
    let title = told.optional(table, at.get("title"), raw.title.as_ref());
    table.register = key.map(|key| RegisterFields { key, title });
    table.columns = RegisterColumns {
        decision: raw.decision.clone(),
        next: raw.next.clone(),
        reason: raw.reason.clone(),
        before: raw.before.clone(),
        recommendation: raw.recommendation.clone(),
        source: raw.source.clone(),
    };
}

/// Both tables need a rating of one list, and a field for the group.
fn rates(item: Item<'_, RawTable>, index: usize, schema: &mut Schema, told: &mut Told) {
    let Some(raw) = &item.raw.rates else { return };
    let at = item.at.get("rates");
    let (Some(name), Some(by)) = (&raw.table, &raw.by) else { return };
    let Some(other) = find_table(schema, at.get("table"), name, told) else { return };
    let Some(own) = schema.tables.get(index) else { return };
    let Some(field) = told.optional(own, at.get("by"), Some(by)) else { return };
    let Some(theirs) = schema.tables.get(other) else { return };
    let list = |table: &TableSchema| table.fields.get(table.role(Role::Rating)?)?.list;
    if list(own).is_none() || list(own) != list(theirs) {
        let hint = "Both tables need a field with role = \"rating\" and the same list.".to_owned();
        told.say(at, "The ratings of the two tables cannot be compared.", Some(hint));
        return;
    }
    let column = theirs.field(by);
    if column.is_none() && theirs.register.is_none() {
        let message = format!("The table `{name}` has no field `{by}`, and its rows are not in plan.csv.");
        told.say(at.get("by"), message, None);
        return;
    }
    if let Some(table) = schema.tables.get_mut(index) {
        table.rates = Some(Rates { table: other, by: field, theirs: column });
    }
}

/// Sub-headings and total rows.
fn rows(item: Item<'_, RawTable>, index: usize, schema: &mut Schema, told: &mut Told) {
    let Some(table) = schema.tables.get_mut(index) else { return };
    if let Some(raw) = &item.raw.subheadings {
        table.subheadings = true;
        let at = item.at.get("subheadings").get("fill");
        table.subheading_fill = told.optional(table, at, raw.fill.as_ref());
    }
    if let Some(raw) = &item.raw.totals {
        let at = item.at.get("totals");
        if raw.matches.0.is_empty() && raw.subtotals.0.is_empty() && !at.is_reported("matches") {
            let hint = Some("Add matches = [\"Total\"].".to_owned());
            told.say(at, "Total rows are known by their words.", hint);
        }
        for (name, words) in [("matches", &raw.matches.0), ("subtotals", &raw.subtotals.0)] {
            for (place, word) in words.iter().enumerate() {
                if word.trim().is_empty() {
                    told.say(at.get(name).item(place), "A word that marks a total cannot be blank.", None);
                }
            }
        }
        table.totals = Some(TotalRows {
            field: told.optional(table, at.get("field"), raw.field.as_ref()),
            matches: raw.matches.0.clone(),
            subtotals: raw.subtotals.0.clone(),
        });
    }
}

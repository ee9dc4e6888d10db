//! The sheets of the consolidated workbook.

use super::controls::belongs;
use super::{Item, Told, find_table, legal_sheet};
use crate::schema::document::At;
use crate::schema::raw::{Chart, OUTPUT_KINDS, OutputName, RawOutput};
use crate::schema::words::hint;
use crate::schema::{ControlKind, Field, FieldType, Output, OutputKind, Role, Schema, TableSchema};

/// Properties that every output may have.
const COMMON: [&str; 4] = ["sheet", "kind", "title", "description"];

/// The fixed sheets in their order.
const FIXED: [OutputName; 7] = [
    OutputName::Reconciliation,
    OutputName::Queries,
    OutputName::Returns,
    OutputName::Changes,
    OutputName::Reading,
    OutputName::NotUsed,
    OutputName::Definitions,
];

/// What a sheet is called unless the schema says: empty for kinds that must be named.
pub(super) fn fixed_name(kind: OutputName) -> &'static str {
    match kind {
        OutputName::Summary => "Summary",
        OutputName::Reconciliation => "Reconciliation",
        OutputName::Queries => "Queries",
        OutputName::Returns => "Returns received",
        OutputName::Changes => "Changes made",
        OutputName::Reading => "How we read it",
        OutputName::Formulas => "Formulas",
        OutputName::NotUsed => "Not used",
        OutputName::Definitions => "Definitions",
        _ => "",
    }
}

/// Reads the outputs; without any, those that suit most schemas. Fixed sheets that are left out follow at the end.
pub(super) fn resolve(raw: &[Item<'_, RawOutput>], schema: &mut Schema, told: &mut Told) {
    for item in raw {
        roles(*item, schema, told);
    }
    let mut written: Vec<OutputName> = Vec::new();
    for item in raw {
        let Some(kind) = item.raw.kind else { continue };
        if (FIXED.contains(&kind) || matches!(kind, OutputName::Summary | OutputName::Formulas))
            && written.contains(&kind)
        {
            let message = format!("The sheet `{}` is made once only.", fixed_name(kind));
            told.say(item.at.get("kind"), message, None);
            continue;
        }
        written.push(kind);
        if let Some(output) = output(*item, kind, schema, told) {
            schema.outputs.push(output);
        }
    }
    if raw.is_empty() {
        usual(schema);
    }
    for kind in FIXED.into_iter().filter(|kind| !written.contains(kind)) {
        if let Some(what) = fixed(kind) {
            add(schema, fixed_name(kind), None, what);
        }
    }
}

/// Summary, and one sheet of records a table.
fn usual(schema: &mut Schema) {
    let table = schema.register_table().map(|(place, _)| place);
    let money = schema.controls.iter().position(|control| matches!(control.kind, ControlKind::Ledger { .. }));
    let summary = OutputKind::Summary { table, group: None, chart: None, headline: Vec::new(), money };
    add(schema, "Summary", None, summary);
    for index in 0..schema.tables.len() {
        let Some(table) = schema.tables.get(index) else { continue };
        let title = table.title.clone();
        let columns = shown(table);
        let total = columns.iter().copied().filter(|field| is_money(table, *field)).collect();
        add(schema, &title, Some(title.clone()), OutputKind::Records { table: index, columns, total });
    }
}

fn is_money(table: &TableSchema, field: usize) -> bool {
    table.fields.get(field).is_some_and(|field| field.kind == FieldType::Money)
}

/// Adds a sheet under a name that Excel allows and no other sheet has.
fn add(schema: &mut Schema, name: &str, title: Option<String>, kind: OutputKind) {
    let legal: String = name.chars().filter(|c| !"[]:*?/\\'".contains(*c) && !c.is_control()).collect();
    let mut sheet = shortened(legal.trim(), 31);
    if sheet.is_empty() || sheet.eq_ignore_ascii_case("history") {
        "Sheet".clone_into(&mut sheet);
    }
    let taken = |sheet: &str, schema: &Schema| {
        schema.outputs.iter().any(|other| other.sheet.to_lowercase() == sheet.to_lowercase())
    };
    let base = sheet.clone();
    let mut number = 2;
    while taken(&sheet, schema) {
        let ending = format!(" ({number})");
        sheet = format!("{}{ending}", shortened(&base, 31 - ending.len()));
        number += 1;
    }
    let title = title.filter(|title| *title != sheet);
    schema.outputs.push(Output { sheet, title, description: None, sort: Vec::new(), kind });
}

/// The first characters, as Excel counts them.
fn shortened(name: &str, most: usize) -> String {
    let mut length = 0;
    let kept: String = name
        .chars()
        .take_while(|c| {
            length += c.len_utf16();
            length <= most
        })
        .collect();
    kept.trim_end().to_owned()
}

const fn fixed(kind: OutputName) -> Option<OutputKind> {
    match kind {
        OutputName::Reconciliation => Some(OutputKind::Reconciliation),
        OutputName::Queries => Some(OutputKind::Queries),
        OutputName::Returns => Some(OutputKind::Returns),
        OutputName::Changes => Some(OutputKind::Changes),
        OutputName::Reading => Some(OutputKind::Reading),
        OutputName::Formulas => Some(OutputKind::Formulas),
        OutputName::NotUsed => Some(OutputKind::NotUsed),
        OutputName::Definitions => Some(OutputKind::Definitions),
        _ => None,
    }
}

/// Fields that are shown unless a schema says which.
fn shown(table: &TableSchema) -> Vec<usize> {
    let asked = |(_, field): &(usize, &Field)| !field.computed;
    table.fields.iter().enumerate().filter(asked).map(|(index, _)| index).collect()
}

/// The table that an output is about: named, or the one with the register.
fn table_of(item: Item<'_, RawOutput>, schema: &Schema, told: &mut Told) -> Option<usize> {
    match &item.raw.table {
        Some(name) => find_table(schema, item.at.get("table"), name, told),
        None => schema.register_table().map(|(place, _)| place),
    }
}

/// Gives fields their role where only an output names it: rating, status, due.
fn roles(item: Item<'_, RawOutput>, schema: &mut Schema, told: &mut Told) {
    let raw = item.raw;
    if raw.rating.is_none() && raw.status.is_none() && raw.due.is_none() {
        return;
    }
    let mut quiet = Told::default();
    let Some(index) = table_of(item, schema, &mut quiet) else { return };
    let Some(table) = schema.tables.get_mut(index) else { return };
    let roles = [
        ("rating", &raw.rating, Role::Rating, FieldType::Code),
        ("status", &raw.status, Role::Status, FieldType::Code),
        ("due", &raw.due, Role::TargetDate, FieldType::Date),
    ];
    for (property, name, role, kind) in roles {
        let at = item.at.get(property);
        let Some(field) = told.optional(table, at, name.as_ref()) else { continue };
        match table.role(role) {
            Some(other) if other == field => {}
            Some(other) => {
                let other = table.fields.get(other).map_or("", |field| field.name.as_str());
                let message = format!("The {property} of the table `{}` is `{other}` already.", table.name);
                told.say(at, message, Some("See `role` in its fields.".to_owned()));
            }
            None => {
                let Some(field) = table.fields.get_mut(field) else { continue };
                if field.kind == kind {
                    field.role = Some(role);
                } else {
                    let message = format!(
                        "`{}` is {}; {} is needed here.",
                        field.name,
                        field.kind.words(),
                        kind.words()
                    );
                    told.say(at, message, None);
                }
            }
        }
    }
}

fn output(item: Item<'_, RawOutput>, kind: OutputName, schema: &Schema, told: &mut Told) -> Option<Output> {
    let (raw, at) = (item.raw, item.at);
    if let Some(entry) = OUTPUT_KINDS.iter().find(|entry| entry.kind == kind) {
        belongs(entry, &COMMON, at, "sheet", told);
    }
    let sheet = raw.sheet.clone().unwrap_or_else(|| fixed_name(kind).to_owned());
    if raw.sheet.is_some() {
        legal_sheet(at.get("sheet"), &sheet, told);
    }
    let what = match fixed(kind) {
        Some(fixed) => fixed,
        None => shown_by(item, kind, schema, told)?,
    };
    let sort = match &what {
        OutputKind::Records { table, .. } => {
            schema.tables.get(*table).map(|table| told.fields(table, at.get("sort"), &raw.sort.0))
        }
        _ => None,
    };
    Some(Output {
        sheet,
        title: raw.title.clone(),
        description: raw.description.clone(),
        sort: sort.unwrap_or_default(),
        kind: what,
    })
}

/// What an output that is about a table shows.
fn shown_by(
    item: Item<'_, RawOutput>,
    kind: OutputName,
    schema: &Schema,
    told: &mut Told,
) -> Option<OutputKind> {
    let (raw, at) = (item.raw, item.at);
    let index = table_of(item, schema, told);
    if kind == OutputName::Summary {
        return Some(summary(item, index, schema, told));
    }
    let Some(index) = index else {
        if raw.table.is_none() && !at.is_reported("table") && needs_register(kind) {
            let hint = Some("Give a table a register, or name the table.".to_owned());
            told.say(at.get("kind"), "This sheet is about the register, and no table has one.", hint);
        }
        return None;
    };
    let table = schema.tables.get(index)?;
    let columns =
        if raw.columns.0.is_empty() || matches!(kind, OutputName::Register | OutputName::CarryForward) {
            shown(table)
        } else {
            told.fields(table, at.get("columns"), &raw.columns.0)
        };
    match kind {
        OutputName::RollUp => {
            Some(OutputKind::RollUp { table: index, group: raw.group.clone()?, show: raw.show.0.clone() })
        }
        OutputName::Register => {
            let joined = told.optional(table, at.get("joined"), raw.joined.as_ref());
            Some(OutputKind::Register { table: index, columns: raw.columns.0.clone(), joined })
        }
        OutputName::CarryForward => {
            let why = told.optional(table, at.get("why"), raw.why.as_ref());
            let (decision, columns) = (raw.decision.clone()?, raw.columns.0.clone());
            Some(OutputKind::CarryForward { table: index, decision, columns, why })
        }
        OutputName::Records => {
            let total = told.fields(table, at.get("total"), &raw.total.0);
            Some(OutputKind::Records { table: index, columns, total })
        }
        OutputName::Exceptions => Some(OutputKind::Exceptions { table: index, columns }),
        OutputName::Grid => Some(OutputKind::Grid { table: index, columns }),
        OutputName::Impact | OutputName::Scored => by_fields(item, kind, (index, table), columns, told),
        OutputName::Money => {
            let control = control(at.get("control"), raw.control.as_ref(), "ledger", schema, told)?;
            let quarters = told.fields(table, at.get("quarters"), &raw.quarters.0);
            let chart = raw.chart == Some(Chart::Yes(true));
            Some(OutputKind::Money { table: index, control, quarters, columns, chart })
        }
        OutputName::Fund => {
            let control = control(at.get("control"), raw.control.as_ref(), "roll-forward", schema, told);
            Some(OutputKind::Fund { table: index, control, columns })
        }
        _ => None,
    }
}

fn summary(item: Item<'_, RawOutput>, table: Option<usize>, schema: &Schema, told: &mut Told) -> OutputKind {
    let (raw, at) = (item.raw, item.at);
    let chart = match &raw.chart {
        Some(Chart::Column(column)) => Some(column.clone()),
        Some(Chart::Yes(_)) => {
            told.say(at.get("chart"), "Name the column of plan.csv whose values are the bars.", None);
            None
        }
        None => None,
    };
    let money = control(at.get("money"), raw.money.as_ref(), "ledger", schema, told);
    OutputKind::Summary { table, group: raw.group.clone(), chart, headline: raw.headline.0.clone(), money }
}

/// Sheets that rely on some fields of their table.
fn by_fields(
    item: Item<'_, RawOutput>,
    kind: OutputName,
    (index, table): (usize, &TableSchema),
    columns: Vec<usize>,
    told: &mut Told,
) -> Option<OutputKind> {
    let (raw, at) = (item.raw, item.at);
    let mut field = |name: &str, value: Option<&String>| told.optional(table, at.get(name), value);
    if kind == OutputName::Impact {
        let expected = field("expected", raw.expected.as_ref());
        let on = field("on", raw.on.as_ref());
        let result = field("result", raw.result.as_ref())?;
        return Some(OutputKind::Impact { table: index, expected: expected?, result, on, columns });
    }
    let likelihood = field("likelihood", raw.likelihood.as_ref());
    let impact = field("impact", raw.impact.as_ref())?;
    Some(OutputKind::Scored { table: index, likelihood: likelihood?, impact, columns })
}

/// Kinds whose table is the one with the register unless they name another.
const fn needs_register(kind: OutputName) -> bool {
    matches!(
        kind,
        OutputName::RollUp | OutputName::Register | OutputName::CarryForward | OutputName::Exceptions
    )
}

/// The place of a control of one kind by name.
fn control(at: At<'_>, name: Option<&String>, kind: &str, schema: &Schema, told: &mut Told) -> Option<usize> {
    let name = name?;
    let found = schema.controls.iter().position(|control| control.name == *name);
    match found.and_then(|index| schema.controls.get(index)) {
        Some(control) if control.kind.name() == kind => found,
        Some(control) => {
            let message = format!(
                "The control `{name}` is of the kind {}; {kind} is needed here.",
                control.kind.name()
            );
            told.say(at, message, None);
            None
        }
        None => {
            let known: Vec<&str> = schema
                .controls
                .iter()
                .filter(|control| control.kind.name() == kind)
                .map(|control| control.name.as_str())
                .collect();
            told.say(at, format!("There is no control `{name}`."), hint(name, &known));
            None
        }
    }
}

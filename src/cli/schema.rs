//! `schema`: is a schema sound; exports.

use super::arguments::Schema;
use super::{Status, settings, terminal};
use crate::error::Error;
use crate::report::{clean, count};
use crate::schema;

pub(super) fn run(arguments: &Schema) -> Result<Status, Error> {
    if arguments.for_editors {
        terminal::print(|to| super::merge::json(&schema::json_schema(), to))?;
        return Ok(Status::Clean);
    }
    let Some(path) = &arguments.file else {
        return Err(Error::Usage("Name a schema.".to_owned()));
    };
    let schema = settings::schema(path)?;
    if arguments.frictionless {
        terminal::print(|to| super::merge::json(&schema::frictionless(&schema), to))?;
        return Ok(Status::Clean);
    }
    let fields = schema.tables.iter().map(|table| table.fields.len()).sum();
    let rules = schema.tables.iter().map(|table| table.rules.len()).sum();
    terminal::print(|to| {
        writeln!(
            to,
            "{} is sound: {} {}, with {}, {}, {} and {}.",
            clean(&path.display().to_string()),
            clean(&schema.name),
            clean(&schema.version),
            count(schema.tables.len(), "table", "tables"),
            count(fields, "field", "fields"),
            count(rules, "row rule", "row rules"),
            count(schema.controls.len(), "control", "controls"),
        )
    })?;
    Ok(Status::Clean)
}

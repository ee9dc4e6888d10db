//! `plan.csv` to a [`Register`].

use super::csv::{self, Csv, Row};
use super::{Register, RegisterEntry, Round};
use crate::error::{Error, Mistake};
use crate::model::{self, PartnerId};
use crate::schema::{Field, OutputKind, TableSchema, words};
use std::path::Path;

/// Reads `plan.csv` if the schema has a register.
pub(super) fn load(folder: &Path, round: &Round, mistakes: &mut Vec<Mistake>) -> Result<Register, Error> {
    let Some((index, table)) = round.schema.register_table() else {
        return Ok(Register::default());
    };
    let why = format!("The rows that the schema expects in the table {} stand in it.", table.title);
    let Some(csv) = csv::read(&folder.join("plan.csv"), why, mistakes)? else {
        return Ok(Register::default());
    };
    outputs(&csv, index, round, mistakes);
    Ok(register(&csv, table, round, mistakes).unwrap_or_default())
}

fn register(csv: &Csv, table: &TableSchema, round: &Round, mistakes: &mut Vec<Mistake>) -> Option<Register> {
    let fields = table.register?;
    let key_field = table.fields.get(fields.key)?;
    let key = needed(csv, &key_field.name, mistakes);
    let title = fields
        .title
        .and_then(|title| table.fields.get(title))
        .map(|title| needed(csv, &title.name, mistakes).ok_or(()));
    let agencies = needed(csv, "agencies", mistakes);
    let (key, agencies) = (key?, agencies?);
    let title = title.transpose().ok()?;
    // The column of agencies is taken out, which moves those behind it.
    let moved = |column: usize| if column > agencies { column - 1 } else { column };
    let mut register = Register {
        headings: without(&csv.headings, agencies),
        key: moved(key),
        title: title.map(moved),
        ..Register::default()
    };
    for row in &csv.rows {
        let name = row.cell(key);
        if !sound_key(csv, row, key, key_field, mistakes) {
            continue;
        }
        if let Some(earlier) = register.by_key.get(name).and_then(|place| register.entries.get(*place)) {
            let message = format!("{name} stands on line {} already.", earlier.line);
            mistakes.push(csv.at(row, key, message, None));
            continue;
        }
        let asked = asked(csv, row, agencies, round, mistakes);
        let mut cells = row.cells.clone();
        cells.resize(csv.headings.len(), String::new());
        register.by_key.insert(name.to_owned(), register.entries.len());
        register.entries.push(RegisterEntry {
            line: row.line,
            cells: without(&cells, agencies),
            agencies: asked,
        });
    }
    if csv.rows.is_empty() {
        mistakes.push(csv.at_heading(None, "There is no row under the headings.".to_owned(), None));
    }
    Some(register)
}

fn without(cells: &[String], column: usize) -> Vec<String> {
    cells.iter().enumerate().filter(|(index, _)| *index != column).map(|(_, cell)| cell.clone()).collect()
}

/// A column that must be there.
fn needed(csv: &Csv, heading: &str, mistakes: &mut Vec<Mistake>) -> Option<usize> {
    let column = csv.column(heading);
    if column.is_none() {
        let message = format!("There is no column {heading}.");
        mistakes.push(csv.at_heading(None, message, words::hint(heading, &csv.known())));
    }
    column
}

fn sound_key(csv: &Csv, row: &Row, key: usize, field: &Field, mistakes: &mut Vec<Mistake>) -> bool {
    let name = row.cell(key);
    if name.is_empty() {
        mistakes.push(csv.at(row, key, format!("The {} of this row is blank.", field.title), None));
        return false;
    }
    if let Some((_, pattern)) = &field.constraints.pattern
        && !pattern.is_match(name)
    {
        let message = format!("{name} does not have the form that the schema asks of {}.", field.title);
        let hint = field.example.as_ref().map(|example| format!("It looks like {example}."));
        mistakes.push(csv.at(row, key, message, hint));
    }
    true
}

/// The partners that are asked for a row.
fn asked(csv: &Csv, row: &Row, column: usize, round: &Round, mistakes: &mut Vec<Mistake>) -> Vec<PartnerId> {
    let cell = row.cell(column);
    let mut asked: Vec<PartnerId> = Vec::new();
    for code in cell.split([';', ',', '\n']).map(str::trim).filter(|code| !code.is_empty()) {
        if code.eq_ignore_ascii_case("all") {
            asked.extend(round.partners().filter(|(_, partner)| partner.sends).map(|(id, _)| id));
            continue;
        }
        match partner(round, code) {
            Ok(id) => asked.push(id),
            Err((message, hint)) => mistakes.push(csv.at_words(row, column, code, message, hint)),
        }
    }
    if cell.is_empty() {
        let hint = Some("Write the codes of the partners with ; between them, or all.".to_owned());
        mistakes.push(csv.at(row, column, "No partner is asked for this row.".to_owned(), hint));
    }
    asked.sort_unstable();
    asked.dedup();
    asked
}

/// The partner with a code.
pub(super) fn partner(round: &Round, code: &str) -> Result<PartnerId, (String, Option<String>)> {
    if let Some((id, _)) = round.partners().find(|(_, partner)| partner.code.eq_ignore_ascii_case(code)) {
        return Ok(id);
    }
    let named = round.partners.iter().find(|partner| {
        let mut names = std::iter::once(&partner.name).chain(&partner.aliases).chain(&partner.abbreviations);
        names.any(|name| model::folds_alike(name, code))
    });
    let message = format!("No partner of this round has the code {code}.");
    let codes: Vec<&str> = round.partners.iter().map(|partner| partner.code.as_str()).collect();
    let hint = match named {
        Some(partner) => Some(format!("Did you mean `{}`?", partner.code)),
        None => words::hint(code, &codes),
    };
    Err((message, hint))
}

/// Columns of plan.csv that the sheets of the workbook rely on.
fn outputs(csv: &Csv, table: usize, round: &Round, mistakes: &mut Vec<Mistake>) {
    for output in &round.schema.outputs {
        let named: Vec<&String> = match &output.kind {
            OutputKind::Summary { group, chart, .. } => group.iter().chain(chart).collect(),
            OutputKind::RollUp { table: about, group, show } if *about == table => {
                std::iter::once(group).chain(show).collect()
            }
            OutputKind::CarryForward { table: about, decision, columns, .. } if *about == table => {
                std::iter::once(decision).chain(columns).collect()
            }
            OutputKind::Register { table: about, columns, .. } if *about == table => columns.iter().collect(),
            _ => Vec::new(),
        };
        for name in named.into_iter().filter(|name| csv.column(name).is_none()) {
            let message = format!("The sheet {} needs a column {name}, which is not there.", output.sheet);
            mistakes.push(csv.at_heading(None, message, words::hint(name, &csv.known())));
        }
    }
}

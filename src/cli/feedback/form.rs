//! A workbook in the template's shape, filled with what a partner returned, where its own file cannot be given back.

use super::words;
use super::{FOLDER, From, Kept, MOST};
use crate::cli::outputs::Outputs;
use crate::error::Error;
use crate::model::{
    Cell, CellRef, FIX_SHEET, MARKER, Precision, Reading, Record, ReturnInfo, SheetId, Submission, Table,
    Value,
};
use crate::pipeline::{self, Input as _};
use crate::read::Portion;
use crate::report::{self, Chase, Fix};
use crate::round::Round;
use crate::schema::{Field, LayoutKind, TableSchema, show_value};
use crate::template::{self, Content, Entry, Filled, FirstSheet, Place, Row, Said};
use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use tempfile::TempPath;

/// Where each cell of the return stands in the form.
type Places = BTreeMap<(SheetId, CellRef), Place>;

/// Writes the form.
pub(super) fn instead(
    from: From<'_>,
    outputs: &Outputs,
    chase: &Chase<'_>,
    entry: &ReturnInfo,
    fixes: &[Fix],
    name: &str,
    kept: &Kept,
) -> Result<Option<(String, TempPath)>, Error> {
    let Some(partner) = entry.identity.partner else { return Ok(None) };
    let name = format!("{FOLDER}/{name}.xlsx");
    let mut content = Content::new(from.round, partner);
    let mut places = Places::new();
    // What cannot be read again is not in the form; the list is.
    if let Some((submission, sheets)) = again(from, entry) {
        places = fill(&mut content, from.round, &submission, &sheets);
    }
    content.first = Some(first(from, chase, entry, fixes, kept, &mut content, &places));
    let mut out = outputs.open(&name)?;
    template::workbook(&content, &mut out).map_err(|error| match error {
        Error::Io { source, .. } => outputs.failed(&name, source),
        other => other,
    })?;
    let whole = outputs.close(&name, out)?;
    Ok(Some((name, whole)))
}

/// Reads a return once more: what was read was let go when it was merged.
fn again(from: From<'_>, entry: &ReturnInfo) -> Option<(Submission, Vec<String>)> {
    let input = from.inputs.get(entry.file.0 as usize)?;
    let bytes = pipeline::bytes_of(input).ok()?;
    input.try_out(&bytes).ok()?;
    let own: BTreeSet<SheetId> = entry.sheets.iter().map(|sheet| sheet.sheet).collect();
    let named = |tab: &str| entry.sheets.iter().any(|sheet| sheet.name == tab);
    let portion = |tab: &str| if named(tab) { Portion::Whole } else { Portion::Nothing };
    let read = || {
        let rules = pipeline::rules(from.round);
        let mut workbook = pipeline::read_held(&rules, input, entry.file, &bytes, &portion).ok()?;
        let sheets = workbook.sheets.iter().map(|sheet| sheet.name.clone()).collect();
        workbook.sheets.retain(|sheet| own.contains(&sheet.id()));
        Some((pipeline::submission(from.round, input.name(), workbook), sheets))
    };
    catch_unwind(AssertUnwindSafe(read)).ok().flatten()
}

/// Puts what was returned into the form.
fn fill(content: &mut Content<'_>, round: &Round, submission: &Submission, sheets: &[String]) -> Places {
    let mut places = Places::new();
    let mut begun: BTreeMap<usize, SheetId> = BTreeMap::new();
    for table in &submission.tables {
        let Some(schema) = round.schema.tables.get(table.table) else { continue };
        let Some(first) = content.tables.iter().position(|filled| filled.table == table.table) else {
            continue;
        };
        let known = *begun.entry(first).or_insert(table.sheet);
        let mut index = first;
        if schema.sheet_field.is_some() {
            let name = sheets.get(usize::from(table.sheet.0)).cloned();
            if known == table.sheet {
                content.tables[first].sheet = name;
            } else {
                index = content.tables.len();
                content.tables.push(Filled { table: table.table, sheet: name, ..Filled::default() });
            }
        }
        rows(&mut content.tables[index], index, round, schema, table, &mut places);
    }
    places
}

fn rows(
    filled: &mut Filled,
    index: usize,
    round: &Round,
    schema: &TableSchema,
    table: &Table,
    places: &mut Places,
) {
    let mut taken = BTreeSet::new();
    for record in &table.records {
        let entries = entries(round, schema, record);
        let form = schema.layout == LayoutKind::Form;
        let row = if form && !filled.rows.is_empty() {
            Some(0)
        } else {
            same_key(filled, schema, &entries, &taken)
        };
        let row = row.unwrap_or_else(|| {
            filled.rows.push(Row::open(schema.fields.len()));
            filled.rows.len() - 1
        });
        taken.insert(row);
        for (field, entry) in entries.into_iter().enumerate() {
            let Some(slot) = filled.rows[row].slots.get_mut(field) else { continue };
            // What the plan says stays as the plan says it.
            if entry.is_some() && !(slot.locked && slot.entry.is_some()) {
                slot.entry = entry;
            }
            if let Some(cell) = record.cells.get(field) {
                places.insert((cell.at.sheet, cell.at.cell), Place { table: index, row, field });
            }
        }
    }
    if !filled.rows.is_empty() {
        filled.spare = 0;
    }
}

/// The row of the form that is filled in beforehand for the same thing.
fn same_key(
    filled: &Filled,
    schema: &TableSchema,
    entries: &[Option<Entry>],
    taken: &BTreeSet<usize>,
) -> Option<usize> {
    let key = &schema.primary_key;
    let same = |row: &Row| {
        key.iter().all(|field| {
            match (row.slots.get(*field).and_then(|slot| slot.entry.as_ref()), &entries[*field]) {
                (Some(known), Some(own)) => known == own,
                _ => false,
            }
        })
    };
    if key.is_empty() {
        return None;
    }
    filled.rows.iter().enumerate().position(|(place, row)| !taken.contains(&place) && same(row))
}

fn entries(round: &Round, schema: &TableSchema, record: &Record) -> Vec<Option<Entry>> {
    let field = |(field, cell): (&Field, &Cell)| entry(round, field, cell);
    let mut entries: Vec<_> = schema.fields.iter().zip(record.cells.iter()).map(field).collect();
    entries.resize(schema.fields.len(), None);
    entries
}

/// What stands in a cell; what could not be read, as it was typed. What is held back was put in its place when it was read.
fn entry(round: &Round, field: &Field, cell: &Cell) -> Option<Entry> {
    Some(match &cell.reading {
        Reading::Blank => return None,
        Reading::Unreadable(unreadable) => Entry::Text(unreadable.raw.clone()),
        Reading::Value(Value::Money(money)) => Entry::Number(money.pounds),
        Reading::Value(Value::Number(number) | Value::Percent(number)) => Entry::Number(*number),
        Reading::Value(Value::Integer(number)) => Entry::Number((*number).into()),
        Reading::Value(Value::Date(date)) if date.precision == Precision::Day => Entry::Date(date.date),
        Reading::Value(value) => {
            Entry::Text(show_value(value, field, &round.schema, &round.partners).into_owned())
        }
    })
}

/// The list in front, whose links lead into the form; cells to fix are marked.
fn first(
    from: From<'_>,
    chase: &Chase<'_>,
    entry: &ReturnInfo,
    fixes: &[Fix],
    kept: &Kept,
    content: &mut Content<'_>,
    places: &Places,
) -> FirstSheet {
    let mut rows = Vec::new();
    for (number, fix) in (1_usize..).zip(fixes.iter().take(MOST)) {
        let there = fix
            .sheet
            .into_iter()
            .flat_map(|sheet| fix.cells.iter().filter_map(move |cell| places.get(&(sheet, *cell)).copied()));
        let there: Vec<Place> = there.collect();
        for place in &there {
            let row = content.tables.get_mut(place.table).and_then(|filled| filled.rows.get_mut(place.row));
            if let Some(slot) = row.and_then(|row| row.slots.get_mut(place.field)) {
                slot.highlight = true;
            }
        }
        let stands = there.first().and_then(|place| content.stands_at(*place));
        let place = match stands {
            Some((sheet, cell)) => {
                Said::Link { text: format!("{sheet}, {cell} (in your file: {})", fix.place), sheet, cell }
            }
            None if fix.sheet.is_some() => Said::Text(format!("In your file: {}", fix.place)),
            None => Said::Text(fix.place.clone()),
        };
        let text = |text: &str| Said::Text(text.to_owned());
        rows.push(vec![
            text(&number.to_string()),
            place,
            text(&fix.what),
            text(&fix.how),
            text(&report::minutes(fix.seconds)),
        ]);
    }
    let mut lead = vec![MARKER.to_owned(), words::why(kept, entry)];
    lead.extend(words::received(from, chase, entry));
    if rows.iter().flatten().any(|said| matches!(said, Said::Link { .. })) {
        lead.push(words::HOW_TO_FORM.to_owned());
    }
    lead.extend(words::closing(from, fixes));
    FirstSheet {
        name: FIX_SHEET.to_owned(),
        title: words::title(fixes),
        lead,
        headings: ["No.", "Where", "What", "What to do", "About"].map(str::to_owned).to_vec(),
        rows,
    }
}

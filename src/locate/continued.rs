//! A list that goes on over another sheet.
//!
//! Source: catalogue item L24. Rows are added only where nothing speaks against it: the same fields, a name that says
//! nothing else, rows that have keys, and not one key that the first sheet has too. Everything else stays unused and is
//! asked about.

use super::assign::{Elsewhere, Placed};
use super::fit::Fit;
use super::headings::Head;
use super::row::Marks;
use super::words::Vocabulary;
use crate::model::{CellRef, Raw, Sheet, Workbook, fold};
use crate::schema::{Schema, TableSchema};
use std::collections::BTreeSet;

/// Rows whose keys are compared; a longer list is asked about.
const MOST_ROWS: usize = 50_000;

/// Words of a sheet's name or a title that only number it.
pub(super) const NUMBERING: [&str; 9] =
    ["cont", "contd", "continued", "part", "page", "pt", "sheet", "more", "of"];

/// Takes the unused places that go on with a table's list for that table too.
pub(super) fn add(workbook: &Workbook, schema: &Schema, words: &Vocabulary<'_>, placed: &mut Vec<Placed>) {
    let mut more = Vec::new();
    for first in placed.iter_mut() {
        let Some(table) = schema.tables.get(first.table).filter(|table| !table.repeat) else { continue };
        let Some(sheet) = workbook.sheets.get(first.sheet) else { continue };
        let Some(mut known) = keys(sheet, table, words, first.table, first.rows.1, &first.heads) else {
            continue;
        };
        let mut left = Vec::new();
        for one in std::mem::take(&mut first.unused) {
            let Some(other) = workbook.sheets.get(one.sheet) else { continue };
            let (there, here) = (
                fields(table, words, first.table, &one.heads),
                fields(table, words, first.table, &first.heads),
            );
            // A sheet that bears the first one's name may leave out columns that need not be filled in.
            let enough = there.is_superset(&here)
                || says_the_same(&sheet.name, &other.name)
                    && there.len() * 2 >= here.len()
                    && here.difference(&there).all(|field| {
                        table.fields.get(*field).is_none_or(|field| !field.constraints.required)
                    });
            let goes_on = enough && numbers_on(&sheet.name, &other.name);
            let new = keys(other, table, words, first.table, one.rows.1, &one.heads);
            match new.filter(|new| goes_on && !new.is_empty() && new.is_disjoint(&known)) {
                Some(new) => {
                    known.extend(new);
                    more.push(going_on(sheet, first, one));
                }
                None => left.push(one),
            }
        }
        first.unused = left;
    }
    placed.extend(more);
}

fn going_on(sheet: &Sheet, first: &mut Placed, one: Elsewhere) -> Placed {
    Placed {
        table: first.table,
        sheet: one.sheet,
        rows: one.rows,
        heads: one.heads,
        above: true,
        others: vec![format!(
            "It goes on with the list of the sheet {}: the headings are the same and no entry stands on both.",
            sheet.name
        )],
        unused: Vec::new(),
        continues: Some(sheet.id()),
        second: Vec::new(),
    }
}

/// True if the second name is the first with a number, or says nothing: `Plan (2)`, `Plan continued`, `Sheet2`.
fn numbers_on(first: &str, second: &str) -> bool {
    match (telling(first), telling(second)) {
        (Some(first), Some(second)) => second.is_empty() || second == first,
        _ => false,
    }
}

/// True if two names have the same words, and some: `Plan`, `Plan continued`.
pub(super) fn says_the_same(first: &str, second: &str) -> bool {
    telling(first).is_some_and(|words| {
        let generic = words.len() == 1 && words.contains("table");
        !words.is_empty() && !generic && telling(second).is_some_and(|second| second == words)
    })
}

/// The words of a sheet's name that do not only number it; `None` if it has a year or a quarter.
fn telling(name: &str) -> Option<BTreeSet<String>> {
    let folded = name.to_lowercase();
    let mut words = BTreeSet::new();
    for word in folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let letters = word.trim_end_matches(|c: char| c.is_ascii_digit());
        // A year or a quarter is more than a number.
        if word.len() - letters.len() > 2 || letters == "q" {
            return None;
        }
        if !letters.is_empty() && !NUMBERING.contains(&letters) {
            words.insert(letters.to_owned());
        }
    }
    Some(words)
}

fn fields(table: &TableSchema, words: &Vocabulary<'_>, index: usize, heads: &[Head]) -> BTreeSet<usize> {
    let Some(known) = words.tables.get(index) else { return BTreeSet::new() };
    let fit = Fit::new(known, table.fields.len(), heads);
    fit.fields.iter().enumerate().filter(|(_, found)| found.is_some()).map(|(field, _)| field).collect()
}

/// The keys of the rows under some headings, folded; rows with a blank part are left out. `None` if the table has no key,
/// a part of it no column, or the list is too long.
fn keys(
    sheet: &Sheet,
    table: &TableSchema,
    words: &Vocabulary<'_>,
    index: usize,
    bottom: u32,
    heads: &[Head],
) -> Option<BTreeSet<Vec<String>>> {
    let fit = Fit::new(words.tables.get(index)?, table.fields.len(), heads);
    let key: Vec<usize> = match table.register {
        Some(register) if table.primary_key.is_empty() => vec![register.key],
        _ => table.primary_key.clone(),
    };
    let columns: Option<Vec<u16>> = key
        .iter()
        .map(|&field| {
            let (head, _) = (*fit.fields.get(field)?)?;
            Some(heads.get(head)?.at.column)
        })
        .collect();
    let columns = columns.filter(|columns| !columns.is_empty())?;
    let totals = table.totals.as_ref().map(|totals| Marks::new(&totals.matches)).unwrap_or_default();
    let under = sheet.cells().partition_point(|cell| cell.at.row <= bottom);
    let mut found = BTreeSet::new();
    for (count, cells) in sheet.cells().get(under..)?.chunk_by(|a, b| a.at.row == b.at.row).enumerate() {
        if count >= MOST_ROWS {
            return None;
        }
        let row = cells.first()?.at.row;
        let part = |column: &u16| match sheet.value(CellRef::new(row, *column)) {
            Some(Raw::Text(text)) if !text.trim().is_empty() => Some(fold(text)),
            Some(raw) if !raw.is_blank() => Some(raw.as_typed()),
            _ => None,
        };
        // A total on each sheet is no entry that stands on both.
        let is_total =
            cells.iter().any(|cell| matches!(sheet.raw(cell), Raw::Text(text) if totals.begin(text)));
        if !is_total {
            found.extend(columns.iter().map(part).collect::<Option<Vec<String>>>());
        }
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_says_nothing_is_not_the_same() {
        assert!(says_the_same("Plan", "Plan continued"));
        assert!(!says_the_same("Sheet1", "Sheet2"));
        assert!(!says_the_same("Plan", "Sheet2"));
    }

    #[test]
    fn names_that_number_on_are_told_from_others() {
        for (first, second) in [
            ("Plan", "Plan (2)"),
            ("Plan", "Plan2"),
            ("Plan", "Plan continued"),
            ("Plan page 1", "Plan page 2"),
            ("Plan", "Sheet2"),
            ("Sheet1", "Sheet2"),
        ] {
            assert!(numbers_on(first, second), "{first}, {second}");
        }
        for (first, second) in
            [("Plan", "Plan Q3"), ("Plan", "Plan 2012"), ("Plan", "Example"), ("Plan", "Old plan")]
        {
            assert!(!numbers_on(first, second), "{first}, {second}");
        }
    }
}

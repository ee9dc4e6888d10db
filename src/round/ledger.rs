//! `ledger.csv` to a [`Ledger`].

use super::csv::{self, Csv, Row};
use super::{Ledger, LedgerLine, Round, plan};
use crate::error::{Error, Mistake};
use crate::model;
use crate::schema::{ControlKind, Field, FieldType, Given, OutputKind, words};
use rust_decimal::Decimal;
use std::collections::BTreeSet;
use std::path::Path;

/// What a schema's controls ask of the ledger.
struct Asked<'r> {
    control: &'r str,
    ledger: &'r str,
    /// Columns of amounts that must be there.
    columns: Vec<&'r str>,
    /// Columns of amounts that need not be there.
    may: Vec<&'r str>,
    by: Vec<&'r Field>,
}

/// Reads `ledger.csv` if a control of the schema needs it.
pub(super) fn load(folder: &Path, round: &Round, mistakes: &mut Vec<Mistake>) -> Result<Ledger, Error> {
    let asked = asked(round);
    let Some(first) = asked.first() else { return Ok(Ledger::default()) };
    let why = format!("The control {} compares returns with it.", first.control);
    let Some(csv) = csv::read(&folder.join("ledger.csv"), why, mistakes)? else {
        return Ok(Ledger::default());
    };
    let Some(table) = csv.column("table") else {
        let message = "There is no column table, which says what a line belongs to.".to_owned();
        mistakes.push(csv.at_heading(None, message, words::hint("table", &csv.known())));
        return Ok(Ledger::default());
    };
    columns(&csv, &asked, mistakes);
    let amounts = amount_columns(round, &asked);
    let mut ledger = Ledger::default();
    for row in &csv.rows {
        names(&csv, row, table, &asked, round, mistakes);
        ledger.push(line(&csv, row, table, &amounts, round, mistakes));
    }
    Ok(ledger)
}

fn asked(round: &Round) -> Vec<Asked<'_>> {
    let schema = &round.schema;
    let mut found = Vec::new();
    for control in &schema.controls {
        let fields = schema.tables.get(control.table).map_or(&[] as &[Field], |table| &table.fields);
        let (ledger, columns, by) = match &control.kind {
            ControlKind::Ledger { by, ledger, column, agreed, .. } => {
                let columns = [Some(column), agreed.as_ref()].into_iter().flatten().collect();
                (ledger, columns, by.iter().filter_map(|field| fields.get(*field)).collect())
            }
            ControlKind::Agreed { ledger, column, agreed } => (ledger, vec![column, agreed], Vec::new()),
            ControlKind::Opening { ledger, column, .. } => (ledger, vec![column], Vec::new()),
            ControlKind::Named(given) => {
                found.extend(named(&control.name, given));
                continue;
            }
            _ => continue,
        };
        let columns = columns.into_iter().map(String::as_str).collect();
        found.push(Asked { control: &control.name, ledger, columns, may: Vec::new(), by });
    }
    found
}

/// What a control that is known by its name asks. Shares and published figures come when they are there.
fn named<'r>(control: &'r str, given: &'r Given) -> Option<Asked<'r>> {
    let ledger = given.words("ledger")?;
    let column = given.words("column");
    let (columns, may) = match given.kind {
        "apportionment" => (
            vec![given.words("agreed").unwrap_or("agreed")],
            [Some(column.unwrap_or("share")), given.words("whole")].into_iter().flatten().collect(),
        ),
        "annual-report" => (given.words("actual").into_iter().collect(), column.into_iter().collect()),
        _ => (column.into_iter().collect(), Vec::new()),
    };
    Some(Asked { control, ledger, columns, may, by: Vec::new() })
}

/// The columns that hold amounts: those that a control names, and the quarters beside them, of an output or of a control by
/// which they add to the figure that the ledger has.
fn amount_columns<'r>(round: &'r Round, asked: &[Asked<'r>]) -> BTreeSet<&'r str> {
    let schema = &round.schema;
    let quarters = schema.outputs.iter().flat_map(|output| {
        let (table, quarters) = match &output.kind {
            OutputKind::Money { table, quarters, .. } => (schema.tables.get(*table), quarters.as_slice()),
            _ => (None, &[] as &[usize]),
        };
        quarters.iter().filter_map(move |field| Some(table?.fields.get(*field)?.name.as_str()))
    });
    let across = schema.controls.iter().flat_map(|control| {
        let ControlKind::CrossFooting { sums, total } = &control.kind else { return Vec::new() };
        let held = schema.controls.iter().any(|other| {
            other.table == control.table
                && matches!(&other.kind, ControlKind::Ledger { amount, .. } if amount == total)
        });
        let fields = schema.tables.get(control.table).filter(|_| held).map(|table| &table.fields);
        let named = |field: &usize| Some(fields?.get(*field)?.name.as_str());
        sums.iter().filter_map(named).collect()
    });
    let named = asked.iter().flat_map(|asked| asked.columns.iter().chain(&asked.may).copied());
    named.chain(quarters).chain(across).collect()
}

/// The columns that controls rely on are there.
fn columns(csv: &Csv, asked: &[Asked<'_>], mistakes: &mut Vec<Mistake>) {
    let mut wanted: BTreeSet<&str> = BTreeSet::new();
    for asked in asked {
        let by = asked.by.iter().filter(|field| field.kind != FieldType::Agency);
        for name in by.map(|field| field.name.as_str()).chain(asked.columns.iter().copied()) {
            if csv.column(name).is_none() && wanted.insert(name) {
                let message =
                    format!("The control {} needs a column {name}, which is not there.", asked.control);
                mistakes.push(csv.at_heading(None, message, words::hint(name, &csv.known())));
            }
        }
    }
}

/// The line's table and its names are ones that the schema knows.
fn names(
    csv: &Csv,
    row: &Row,
    table: usize,
    asked: &[Asked<'_>],
    round: &Round,
    mistakes: &mut Vec<Mistake>,
) {
    let name = row.cell(table);
    if name.is_empty() {
        let hint = Some("Write which table of figures the line belongs to.".to_owned());
        mistakes.push(csv.at(row, table, "The table of this line is blank.".to_owned(), hint));
        return;
    }
    let known: Vec<&str> = asked.iter().map(|asked| asked.ledger).collect();
    if !known.contains(&name)
        && let Some(near) = words::nearest(name, known.iter().copied())
    {
        let message = format!("No control reads the table {name}.");
        mistakes.push(csv.at(row, table, message, Some(format!("Did you mean `{near}`?"))));
    }
    let fields = asked.iter().filter(|asked| asked.ledger == name).flat_map(|asked| &asked.by);
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for field in fields.filter(|field| seen.insert(&field.name)) {
        let Some(column) = csv.column(&field.name) else { continue };
        let written = row.cell(column);
        let Some(list) = field.list.and_then(|list| round.schema.lists.get(list)) else { continue };
        let fits = |category: &crate::schema::Category| {
            let mut all = [&category.value, &category.label].into_iter().chain(&category.synonyms);
            all.any(|name| name == written || model::folds_alike(name, written))
        };
        if !written.is_empty() && !list.categories.iter().any(fits) {
            let labels: Vec<&str> = list.categories.iter().map(|category| category.label.as_str()).collect();
            let message = format!("{written} is not on the list {}.", list.title);
            mistakes.push(csv.at(row, column, message, words::hint(written, &labels)));
        }
    }
}

fn line(
    csv: &Csv,
    row: &Row,
    table: usize,
    amounts: &BTreeSet<&str>,
    round: &Round,
    mistakes: &mut Vec<Mistake>,
) -> LedgerLine {
    let mut line = LedgerLine { line: row.line, table: row.cell(table).to_owned(), ..LedgerLine::default() };
    for (column, heading) in csv.headings.iter().enumerate() {
        let cell = row.cell(column);
        if cell.is_empty() || heading.is_empty() || column == table {
            continue;
        }
        if amounts.contains(heading.as_str()) {
            if let Some(amount) = amount(cell) {
                line.amounts.insert(heading.clone(), amount);
            } else {
                let hint = "Write it as 1234.50; an amount below zero as -1234.50 or (1234.50).";
                mistakes.push(csv.at(
                    row,
                    column,
                    format!("{cell} is not an amount."),
                    Some(hint.to_owned()),
                ));
            }
            continue;
        }
        if heading == "agency" {
            match plan::partner(round, cell) {
                Ok(id) => line.partner = Some(id),
                Err((message, hint)) => mistakes.push(csv.at(row, column, message, hint)),
            }
        }
        line.names.insert(heading.clone(), cell.to_owned());
    }
    line
}

/// An exact amount in pounds: `£1,234.50`, `-20`, `(20.00)`.
fn amount(text: &str) -> Option<Decimal> {
    let text = text.trim();
    let (text, negative) = match text.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')) {
        Some(inner) => (inner.trim(), true),
        None => match text.strip_prefix(['-', '\u{2212}']) {
            Some(rest) => (rest.trim(), true),
            None => (text, false),
        },
    };
    let text = text.strip_prefix('£').unwrap_or(text).trim();
    let (text, negative) = match text.strip_prefix(['-', '\u{2212}']) {
        Some(rest) if !negative => (rest, true),
        _ => (text, negative),
    };
    let (whole, pennies) = text.split_once('.').map_or((text, None), |(w, p)| (w, Some(p)));
    let groups: Vec<&str> = whole.split(',').collect();
    let (first, rest) = groups.split_first()?;
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let grouped = !rest.is_empty();
    let sound = !first.is_empty()
        && digits(first)
        && (!grouped || first.len() <= 3)
        && rest.iter().all(|group| group.len() == 3 && digits(group))
        && pennies.is_none_or(|pennies| !pennies.is_empty() && digits(pennies));
    if !sound {
        return None;
    }
    let plain = text.replace(',', "");
    let amount = Decimal::from_str_exact(&plain).ok()?;
    Some(if negative { -amount } else { amount })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_exactly_or_not_at_all() {
        let read = |text: &str| amount(text).map(|amount| amount.to_string());
        for (text, wanted) in [
            ("1234.50", "1234.50"),
            ("£1,234,567.05", "1234567.05"),
            ("-20", "-20"),
            ("-£20", "-20"),
            ("£-20", "-20"),
            ("(20.00)", "-20.00"),
            ("(£1,000)", "-1000"),
            ("\u{2212}5", "-5"),
            ("0", "0"),
        ] {
            assert_eq!(read(text).as_deref(), Some(wanted), "{text}");
        }
        for text in
            ["", "-", "nil", "1,23", "1,2345", "1.", ".5", "12k", "1 000", "(-5)", "1.2.3", "£", "1e3"]
        {
            assert_eq!(read(text), None, "{text}");
        }
    }
}

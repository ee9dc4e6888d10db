//! R21: amounts have the sign that the return declares on its cover.

use super::rows::Amount;
use crate::model::{Cell, Origin, Outcome, Reading, Side, Table, Value};
use crate::reconcile::figure::{Figure, MOST_LISTED, figure};
use crate::reconcile::scene::{Results, Scene};
use crate::schema::Given;

/// Tests every table: one comparison for all amounts that have the other sign, since they have one cause.
pub(super) fn test(scene: &Scene<'_>, given: &Given, results: &mut Results) {
    let Some(minus) = declared(scene) else { return };
    for table in scene.tables() {
        look(scene, given, table, minus, results);
    }
}

/// True if the return says that its amounts are a minus; `None` if it does not say. It says so in the field of codes of
/// which one stands for a minus.
fn declared(scene: &Scene<'_>) -> Option<bool> {
    let tables = scene.submission.tables.iter();
    tables.flat_map(|table| table.records.iter().map(move |record| (table, record))).find_map(
        |(table, record)| {
            let schema = scene.round.schema.tables.get(table.table)?;
            schema.fields.iter().zip(&record.cells).find_map(|(field, cell)| {
                let list = scene.round.schema.lists.get(field.list?)?;
                let signs = list.categories.iter().any(|category| category.minus);
                let Value::Code(code) = cell.value().filter(|_| signs)? else { return None };
                list.categories.get(usize::from(*code)).map(|category| category.minus)
            })
        },
    )
}

fn look(scene: &Scene<'_>, given: &Given, table: &Table, minus: bool, results: &mut Results) {
    let mut wrong: Vec<(Amount, String)> = Vec::new();
    let mut asked: Vec<Origin> = Vec::new();
    let ours = scene.ours();
    for record in table.records.iter().filter(|record| ours(record)) {
        let mut right = None;
        for &field in given.fields("sums") {
            let Some(cell) = record.cells.get(field) else { continue };
            let Figure::Amount(money) = figure(cell) else { continue };
            if money.pounds.is_zero() {
                continue;
            }
            let off = money.pounds.is_sign_negative() != minus;
            right = Some(right.unwrap_or(true) && !off);
            match (off, &cell.reading) {
                (true, Reading::Unreadable(_)) => asked.push(cell.at),
                (true, _) if wrong.len() < MOST_LISTED => {
                    wrong.push((Amount { money, at: cell.at }, scene.line(record, field)));
                }
                _ => {}
            }
        }
        if right == Some(true) {
            results.agrees();
        }
    }
    if let Some((first, line)) = wrong.first() {
        let expected = Side { amount: Some(-first.pounds()), ..Side::default() };
        let difference = first.pounds() + first.pounds();
        let others = wrong.iter().skip(1).map(|(amount, _)| amount.at).collect();
        let outcome = Outcome::Differs { difference };
        results.row(scene.comparison(line.clone(), first.side(), expected, others, outcome));
    }
    if !asked.is_empty() {
        results.row(held(scene, table, asked));
    }
}

/// Amounts that are held for their minus are asked about one by one.
fn held(scene: &Scene<'_>, table: &Table, mut cells: Vec<Origin>) -> crate::model::Comparison {
    let line = scene.schema.title.clone();
    let at = cells.first().copied();
    let stated = Side { amount: minus_of(table, at), at, ledger_line: None };
    cells.truncate(MOST_LISTED);
    let why = "It is shown as a minus, which is asked about.".to_owned();
    let outcome = Outcome::Untestable { blocked_by: cells, why };
    scene.comparison(line, stated, Side::default(), Vec::new(), outcome)
}

fn minus_of(table: &Table, at: Option<Origin>) -> Option<rust_decimal::Decimal> {
    let cell = |cell: &&Cell| Some(cell.at) == at;
    let found = table.records.iter().flat_map(|record| &record.cells).find(cell)?;
    match figure(found) {
        Figure::Amount(money) => Some(money.pounds),
        Figure::Blank | Figure::Blocked => None,
    }
}

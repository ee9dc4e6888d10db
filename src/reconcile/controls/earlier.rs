//! R27 and R40: figures against those of an earlier round.

use super::rows::{self, Amount};
use crate::model::{Comparison, Record, Side};
use crate::reconcile::figure::judge;
use crate::reconcile::scene::{Results, Scene};
use crate::reconcile::words::lower_first;
use crate::round::{Earlier, row_key};
use crate::schema::Given;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// What the same row had in the earlier round, by the names of fields.
fn before<'e>(
    scene: &Scene<'_>,
    earlier: &'e Earlier,
    record: &Record,
) -> Option<&'e BTreeMap<String, Decimal>> {
    let key = row_key(scene.round, scene.schema, record)?;
    earlier.amounts.get(&(scene.sender()?, scene.schema.name.clone(), key))
}

/// R27: last year's figures left in. A row differs if two or more of its amounts are those of the same cells a year ago,
/// and its year is not what was agreed.
pub(super) fn prior_year(scene: &Scene<'_>, given: &Given, results: &mut Results) {
    let Some(earlier) = scene.round.earlier.as_ref() else { return };
    if earlier.period.year >= scene.round.period.year {
        return;
    }
    for record in rows::ours(scene) {
        let Some(was) = before(scene, earlier, record) else { continue };
        let agreed = given.field("against").and_then(|field| rows::amount(record, field));
        let whole = given.field("amount").and_then(|field| rows::some(record, field));
        let as_agreed = whole.zip(agreed).is_some_and(|(whole, agreed)| whole.pounds() == agreed.pounds());
        let same: Vec<(usize, Amount)> = given
            .fields("columns")
            .iter()
            .filter_map(|&field| Some((field, rows::some(record, field)?)))
            .filter(|(field, amount)| was.get(&scene.field(*field).name) == Some(&amount.pounds()))
            .collect();
        match same.as_slice() {
            [(field, first), _, ..] if !as_agreed => {
                let agreed = whole.zip(agreed);
                // It is called by the figure that is held against another.
                let named = given.field("amount").filter(|_| agreed.is_some()).unwrap_or(*field);
                results.row(left_in(scene, scene.line(record, named), agreed, *first, &same));
            }
            _ => results.agrees(),
        }
    }
}

fn left_in(
    scene: &Scene<'_>,
    line: String,
    agreed: Option<(Amount, Amount)>,
    first: Amount,
    same: &[(usize, Amount)],
) -> Comparison {
    // Where something was agreed it is the year that differs from it; else nothing is known of the right figure.
    let (stated, expected) = match agreed {
        Some((whole, agreed)) => (whole, agreed.side()),
        None => (first, Side::default()),
    };
    let mut one = rows::differs(scene, line, stated, expected);
    one.addends = same.iter().map(|(_, amount)| amount.at).collect();
    one
}

/// R40: what has moved since the provisional figures of the same period, cell by cell; a cell that is blank now and a row
/// that has gone have moved too.
pub(super) fn restatement(scene: &Scene<'_>, given: &Given, results: &mut Results) {
    let Some(earlier) = scene.round.earlier.as_ref() else { return };
    if earlier.period != scene.round.period {
        return;
    }
    let mut seen = BTreeSet::new();
    for record in rows::ours(scene) {
        seen.extend(row_key(scene.round, scene.schema, record));
        let Some(was) = before(scene, earlier, record) else { continue };
        for &field in given.fields("columns") {
            let before = was.get(&scene.field(field).name).copied();
            let expected = Side { amount: before, ..Side::default() };
            if let Some(now) = rows::amount(record, field) {
                results.row(rows::against(scene, scene.line(record, field), now, expected));
            } else if let Some(cell) = record.cells.get(field).filter(|cell| cell.is_blank())
                && let Some(before) = before.filter(|before| !before.is_zero())
            {
                let stated = Side { at: Some(cell.at), ..Side::default() };
                results.row(gone(scene, scene.line(record, field), stated, before));
            }
        }
    }
    // Of a table that is not there at all the table is told.
    let Some(sender) = scene.sender().filter(|_| scene.tables().next().is_some()) else { return };
    let first = (sender, scene.schema.name.clone(), String::new());
    let own = earlier
        .amounts
        .range(first..)
        .take_while(|((of, table, _), _)| *of == sender && *table == scene.schema.name);
    for ((.., key), was) in own.filter(|((.., key), _)| !seen.contains(key)) {
        for &field in given.fields("columns") {
            let Some(before) = was.get(&scene.field(field).name).filter(|before| !before.is_zero()) else {
                continue;
            };
            let line = format!("{key} · {}", lower_first(&scene.field(field).title));
            results.row(gone(scene, line, Side::default(), *before));
        }
    }
}

/// A provisional figure in place of which there is nothing now.
fn gone(scene: &Scene<'_>, line: String, stated: Side, before: Decimal) -> Comparison {
    let expected = Side { amount: Some(before), ..Side::default() };
    let outcome = judge(Decimal::ZERO, before, scene.control.tolerance, Decimal::ZERO);
    scene.comparison(line, stated, expected, Vec::new(), outcome)
}

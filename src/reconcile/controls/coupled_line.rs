//! R26: one amount for two partners: what was agreed for this one and for another together.

use super::ledger::line_in_words;
use super::rows::{self, Amount};
use crate::model::{Comparison, PartnerId, Record, Side, pounds};
use crate::reconcile::part::Part;
use crate::reconcile::scene::{Results, Scene};
use crate::reconcile::words::partner_name;
use crate::round::LedgerLine;
use crate::schema::{FieldType, Given};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// Tests every row with an amount whose partner has a line in the ledger.
pub(super) fn test(scene: &Scene<'_>, given: &Given, results: &mut Results) {
    let Some(amount) = given.field("amount") else { return };
    let (Some(ledger), Some(column)) = (given.words("ledger"), given.words("column")) else { return };
    let lines = scene.round.ledger.lines.iter().filter(|line| line.table == ledger);
    let lines = lines.filter_map(|line| {
        let agreed = line.amounts.get(column).copied().filter(|agreed| !agreed.is_zero())?;
        Some((line.partner?, line, agreed))
    });
    let lines: Vec<_> = lines.collect();
    let mut by_partner: BTreeMap<PartnerId, Vec<usize>> = BTreeMap::new();
    let mut by_amount: BTreeMap<Decimal, Vec<usize>> = BTreeMap::new();
    for (place, (of, _, agreed)) in lines.iter().enumerate() {
        by_partner.entry(*of).or_default().push(place);
        by_amount.entry(agreed.normalize()).or_default().push(place);
    }
    for record in rows::ours(scene) {
        let (Some(stated), Some(partner)) = (rows::some(record, amount), partner(scene, record)) else {
            continue;
        };
        let Some(own) = by_partner.get(&partner) else { continue };
        let own = || own.iter().filter_map(|place| lines.get(*place));
        let is_one = own().any(|(.., agreed)| *agreed == stated.pounds());
        let pair = own().find_map(|(_, line, agreed)| {
            let more = stated.pounds().checked_sub(*agreed)?.normalize();
            let mut others = by_amount.get(&more)?.iter().filter_map(|place| lines.get(*place));
            let other = others.find(|(of, ..)| *of != partner)?;
            Some((*line, *agreed, other.0, other.2))
        });
        match pair.filter(|_| !is_one) {
            Some((line, agreed, other, more)) => {
                let name = scene.line(record, amount);
                results.row(coupled(scene, name, stated, (line, agreed), (other, more)));
            }
            None => results.agrees(),
        }
    }
}

fn coupled(
    scene: &Scene<'_>,
    name: String,
    stated: Amount,
    (line, agreed): (&LedgerLine, Decimal),
    (other, more): (PartnerId, Decimal),
) -> Comparison {
    let expected = Side { amount: Some(agreed), at: None, ledger_line: Some(line.line) };
    let mut one = rows::differs(scene, name, stated, expected);
    one.note = Some(format!(
        "It is {} for {} and {} for {} together.",
        pounds(agreed),
        line.partner.map_or_else(
            || line_in_words(scene.round, scene.control.table, line),
            |own| partner_name(scene.round, own)
        ),
        pounds(more),
        partner_name(scene.round, other)
    ));
    one
}

/// Whose row it is: the partner that its key names, else the sender.
fn partner(scene: &Scene<'_>, record: &Record) -> Option<PartnerId> {
    let is_agency = |field: &&usize| scene.field(**field).kind == FieldType::Agency;
    match scene.schema.primary_key.iter().find(is_agency).map(|field| Part::of(record.cells.get(*field))) {
        Some(Part::Agency(partner)) => Some(partner),
        _ => scene.sender(),
    }
}

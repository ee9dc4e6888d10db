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

/// Tests every row with an amount whose partner has a line in the ledger.
pub(super) fn test(scene: &Scene<'_>, given: &Given, results: &mut Results) {
    let Some(amount) = given.field("amount") else { return };
    let (Some(ledger), Some(column)) = (given.words("ledger"), given.words("column")) else { return };
    let book = &scene.round.ledger;
    let Some(by_amount) = book.by_amount(&scene.round.schema, ledger, column) else { return };
    for record in rows::ours(scene) {
        let (Some(stated), Some(partner)) = (rows::some(record, amount), partner(scene, record)) else {
            continue;
        };
        let own = || {
            let lines = book.of(ledger, Some(partner));
            let agreed = lines.filter_map(|(_, line)| Some((line, *line.amounts.get(column)?)));
            agreed.filter(|(_, agreed)| !agreed.is_zero())
        };
        if own().next().is_none() {
            continue;
        }
        let is_one = own().any(|(_, agreed)| agreed == stated.pounds());
        let pair = own().find_map(|(line, agreed)| {
            let more = stated.pounds().checked_sub(agreed)?;
            let mut others =
                by_amount.get(&more.normalize())?.iter().filter_map(|place| book.lines.get(*place));
            let other = others.find_map(|line| line.partner.filter(|of| *of != partner))?;
            Some((line, agreed, other, more))
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

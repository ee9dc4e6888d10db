//! R18: what one partner recharges to another, that other takes over.

use super::Across;
use super::rows;
use crate::model::{Comparison, Origin, Outcome, PartnerId, Scope, Side};
use crate::reconcile::figure::{MOST_LISTED, judge};
use crate::reconcile::part::Part;
use crate::reconcile::scene::Scene;
use crate::reconcile::words::partner_name;
use crate::schema::Given;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// One side of the recharges between two partners.
#[derive(Debug, Clone, Default)]
pub(in crate::reconcile) struct Charged {
    pounds: Decimal,
    at: Vec<Origin>,
}

/// From whom to whom, and whether the one that charges says so.
type Way = (PartnerId, PartnerId, bool);

/// The recharges of the returns, by their way.
pub(in crate::reconcile) type Charges = BTreeMap<Way, Charged>;

/// The recharges that one return states.
pub(super) fn stated(scene: &Scene<'_>, given: &Given) -> Charges {
    let mut charges = Charges::new();
    let (Some(sender), Some(amount)) = (scene.sender(), given.field("amount")) else { return charges };
    let (Some(party), Some(direction)) = (given.field("party"), given.field("direction")) else {
        return charges;
    };
    for record in rows::ours(scene) {
        let Some(row) = rows::some(record, amount) else { continue };
        let Part::Agency(other) = Part::of(record.cells.get(party)) else { continue };
        let said = Part::of(record.cells.get(direction));
        let is = |property| {
            given.words(property).is_some_and(|word| said.is(word, scene.field(direction), scene.round))
        };
        let way = match (is("outgoing"), is("incoming")) {
            (true, _) => (sender, other, true),
            (_, true) => (other, sender, false),
            _ => continue,
        };
        let sum = charges.entry(way).or_default();
        sum.pounds = sum.pounds.saturating_add(row.pounds());
        if sum.at.len() < MOST_LISTED {
            sum.at.push(row.at);
        }
    }
    charges
}

/// Adds the recharges of another return.
pub(in crate::reconcile) fn extend(all: &mut Charges, more: Charges) {
    for (way, charged) in more {
        let sum = all.entry(way).or_default();
        sum.pounds = sum.pounds.saturating_add(charged.pounds);
        sum.at.extend(charged.at);
        sum.at.truncate(MOST_LISTED);
    }
}

/// Tests every pair of partners, each way.
pub(super) fn test(across: &Across<'_>, _: &Given) -> Vec<Comparison> {
    let Some(charges) = across.gathered.charges.get(&across.index) else { return Vec::new() };
    let mut pairs: Vec<(PartnerId, PartnerId)> = charges.keys().map(|(from, to, _)| (*from, *to)).collect();
    pairs.dedup();
    pairs.into_iter().map(|(from, to)| pair(across, charges, from, to)).collect()
}

fn pair(across: &Across<'_>, charges: &Charges, from: PartnerId, to: PartnerId) -> Comparison {
    let (out, taken) = (charges.get(&(from, to, true)), charges.get(&(from, to, false)));
    let side = |charged: Option<&Charged>| Side {
        amount: charged.map(|charged| charged.pounds),
        at: charged
            .and_then(|charged| charged.at.first().copied())
            .filter(|_| charged.is_some_and(|charged| charged.at.len() == 1)),
        ledger_line: None,
    };
    let (stated, expected) = (side(out), side(taken));
    let sends = |partner: PartnerId| {
        let schema = &across.round.schema.tables[across.control.table];
        let code = across.round.partners.get(usize::from(partner.0)).map(|partner| &partner.code);
        schema.from.is_empty() || code.is_some_and(|code| schema.from.contains(code))
    };
    let silent = match (out, taken) {
        (Some(_), None) => Some(to),
        (None, Some(_)) => Some(from),
        _ => None,
    };
    let outcome = match silent.filter(|partner| !sends(*partner)) {
        Some(partner) => Outcome::Untestable {
            blocked_by: Vec::new(),
            why: format!(
                "{} is not asked for {}.",
                partner_name(across.round, partner),
                across.round.schema.tables[across.control.table].title
            ),
        },
        None => judge(
            stated.amount.unwrap_or_default(),
            expected.amount.unwrap_or_default(),
            across.control.tolerance,
            Decimal::ZERO,
        ),
    };
    let (giver, receiver) = (partner_name(across.round, from), partner_name(across.round, to));
    let cells = [out, taken].into_iter().flatten().flat_map(|charged| charged.at.iter().copied());
    Comparison {
        control: across.index,
        scope: Scope::Partner(if out.is_some() { from } else { to }),
        line: format!("Recharge from {giver} to {receiver}"),
        stated,
        expected,
        addends: cells.collect(),
        note: None,
        explanations: Vec::new(),
        limit: None,
        outcome,
    }
}

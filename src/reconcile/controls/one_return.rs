//! R23: one return of each partner is used.

use super::Across;
use crate::model::{Comparison, Outcome, PartnerId, ReturnInfo, ReturnState, Scope, Side};
use crate::reconcile::figure::judge;
use rust_decimal::Decimal;

/// Counts the returns used of each partner that sends one. The figures are returns, not pounds.
pub(super) fn test(across: &Across<'_>) -> Vec<Comparison> {
    let partners = across.round.partners().filter(|(_, partner)| partner.sends);
    partners.map(|(id, partner)| count(across, id, &partner.name)).collect()
}

fn count(across: &Across<'_>, partner: PartnerId, name: &str) -> Comparison {
    let of_partner = |entry: &&ReturnInfo| entry.identity.partner == Some(partner);
    let returns: Vec<&ReturnInfo> = across.consolidated.returns.iter().filter(of_partner).collect();
    // Files of one return are one.
    let is_used = |entry: &&&ReturnInfo| entry.state == ReturnState::Accepted && entry.part_of.is_none();
    let used = returns.iter().filter(is_used).count();
    let stated = Decimal::from(used);
    let outcome = if used == 0 {
        let why = super::ledger::why_nothing(across, partner)
            .unwrap_or_else(|| format!("No return of {name} is used."));
        Outcome::Untestable { blocked_by: Vec::new(), why }
    } else {
        judge(stated, Decimal::ONE, across.control.tolerance, Decimal::ZERO)
    };
    let superseded = returns.iter().filter_map(|entry| match &entry.state {
        ReturnState::Superseded { by, .. } => {
            let places = &across.consolidated.places;
            Some(format!("{} replaces {}.", places.file(*by), places.file(entry.file)))
        }
        ReturnState::Accepted | ReturnState::Copy { .. } | ReturnState::Refused { .. } => None,
    });
    let note = superseded.collect::<Vec<_>>().join(" ");
    Comparison {
        explanations: Vec::new(),
        limit: None,
        control: across.index,
        scope: Scope::Partner(partner),
        line: "Returns used".to_owned(),
        stated: Side { amount: (used > 0).then_some(stated), ..Side::default() },
        expected: Side { amount: Some(Decimal::ONE), ..Side::default() },
        addends: Vec::new(),
        note: (!note.is_empty()).then_some(note),
        outcome,
    }
}

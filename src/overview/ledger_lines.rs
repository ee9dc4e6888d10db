//! A ledger control partner by partner.

use crate::model::{Consolidated, Outcome, PartnerId, Scope};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// What one partner typed against the ledger, in pounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LedgerLine {
    /// What was typed; `None` if no figure came.
    pub typed: Option<Decimal>,
    /// The ledger's figure; `None` if there is none.
    pub ledger: Option<Decimal>,
    /// Typed minus ledger, over the figures that could be tested.
    pub difference: Decimal,
    /// Typed and ledger, over the figures that could be tested.
    pub tested: [Decimal; 2],
    /// Figures that could not be tested.
    pub untested: u32,
}

/// The lines of one ledger control, in partner order.
#[must_use]
pub fn ledger_lines(consolidated: &Consolidated, control: usize) -> BTreeMap<PartnerId, LedgerLine> {
    let mut lines: BTreeMap<PartnerId, LedgerLine> = BTreeMap::new();
    for comparison in &consolidated.comparisons {
        let Scope::Partner(partner) = comparison.scope else { continue };
        if comparison.control != control {
            continue;
        }
        let line = lines.entry(partner).or_default();
        add(&mut line.typed, comparison.stated.amount);
        add(&mut line.ledger, comparison.expected.amount);
        match &comparison.outcome {
            Outcome::Untestable { .. } => line.untested += 1,
            outcome => {
                line.difference += outcome.difference().unwrap_or_default();
                line.tested[0] += comparison.stated.amount.unwrap_or_default();
                line.tested[1] += comparison.expected.amount.unwrap_or_default();
            }
        }
    }
    lines
}

fn add(sum: &mut Option<Decimal>, amount: Option<Decimal>) {
    if let Some(amount) = amount {
        *sum = Some(sum.unwrap_or_default() + amount);
    }
}

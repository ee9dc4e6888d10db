//! R39: what the annual report publishes is what was returned.

use super::Across;
use super::ledger::{line_in_words, used_on};
use crate::model::{Comparison, Outcome, Scope, Side};
use crate::reconcile::figure::judge;
use crate::schema::{ControlKind, Given};
use rust_decimal::Decimal;

/// Tests every line of the ledger that has a published amount against the sum that is merged for it; where no control
/// adds that up, against the ledger's own.
pub(super) fn test(across: &Across<'_>, given: &Given) -> Vec<Comparison> {
    let (Some(ledger), Some(column)) = (given.words("ledger"), given.words("column")) else {
        return Vec::new();
    };
    let schema = &across.round.schema;
    let adds_up = schema.controls.iter().position(|control| {
        control.table == across.control.table
            && matches!(&control.kind, ControlKind::Ledger { ledger: other, .. } if other == ledger)
    });
    let lines = across.round.ledger.lines.iter().enumerate().filter(|(_, line)| line.table == ledger);
    let compared = lines.filter_map(|(place, line)| {
        let published = *line.amounts.get(column)?;
        let merged = match adds_up {
            Some(control) => used_on(across, control, place),
            None => line.amounts.get(given.words("actual").unwrap_or("actual")).copied(),
        };
        let side = |amount, ledger_line| Side { amount, at: None, ledger_line };
        let outcome = match merged {
            Some(merged) => judge(published, merged, across.control.tolerance, Decimal::ZERO),
            None => Outcome::Untestable {
                blocked_by: Vec::new(),
                why: "Nothing was returned that could be used.".to_owned(),
            },
        };
        Some(Comparison {
            control: across.index,
            scope: line.partner.map_or(Scope::Round, Scope::Partner),
            line: match line_in_words(across.round, across.control.table, line) {
                name if name.is_empty() => "Annual report".to_owned(),
                name => format!("{name} · annual report"),
            },
            stated: side(Some(published), Some(line.line)),
            expected: side(merged, None),
            addends: Vec::new(),
            note: None,
            explanations: Vec::new(),
            limit: None,
            outcome,
        })
    });
    compared.collect()
}

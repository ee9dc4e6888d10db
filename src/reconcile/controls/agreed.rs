//! R06: the ledger against what was agreed.

use super::Across;
use super::ledger::line_in_words;
use crate::model::{Comparison, Outcome, Scope, Side};
use crate::reconcile::figure::judge;
use crate::reconcile::words::upper_first;
use rust_decimal::Decimal;

/// Tests every line of the ledger that has an agreed amount, to the penny.
pub(super) fn test(across: &Across<'_>, ledger: &str, column: &str, agreed: &str) -> Vec<Comparison> {
    let words = |column: &str| column.replace(['_', '-'], " ");
    let what = format!("{} against {}", words(column), words(agreed));
    let lines = across.round.ledger.lines.iter().filter(|line| line.table == ledger);
    let comparisons = lines.filter_map(|line| {
        let agreed = *line.amounts.get(agreed)?;
        let actual = line.amounts.get(column).copied();
        let side = |amount| Side { amount, at: None, ledger_line: Some(line.line) };
        let outcome = match actual {
            Some(actual) => judge(actual, agreed, across.control.tolerance, Decimal::ZERO),
            None => Outcome::Untestable {
                blocked_by: Vec::new(),
                why: format!("Line {} of the ledger has no {} amount.", line.line, words(column)),
            },
        };
        Some(Comparison {
            explanations: Vec::new(),
            limit: None,
            control: across.index,
            scope: line.partner.map_or(Scope::Round, Scope::Partner),
            line: match line_in_words(across.round, across.control.table, line) {
                name if name.is_empty() => upper_first(&what),
                name => format!("{name} · {what}"),
            },
            stated: side(actual),
            expected: side(Some(agreed)),
            addends: Vec::new(),
            note: None,
            outcome,
        })
    });
    comparisons.collect()
}

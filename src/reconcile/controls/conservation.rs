//! R43: rows and money read are rows and money accounted for.

use super::Across;
use crate::model::{Comparison, Conservation, Scope, Side};
use crate::reconcile::figure::judge;
use rust_decimal::Decimal;

/// Reports the proof of the whole round in two lines, and every sheet on which it fails.
pub(super) fn test(across: &Across<'_>) -> Vec<Comparison> {
    let proof = &across.consolidated.conservation;
    let failing = proof.iter().filter(|line| !line.holds()).flat_map(|line| {
        let sheet = across.consolidated.places.sheet(line.file, line.sheet);
        let name = format!("{} › {sheet} · ", across.consolidated.places.file(line.file));
        lines(across, &name, std::slice::from_ref(line))
    });
    let mut comparisons: Vec<Comparison> = failing.collect();
    comparisons.extend(lines(across, "", proof));
    comparisons
}

fn lines(across: &Across<'_>, name: &str, proof: &[Conservation]) -> [Comparison; 2] {
    let rows_kept = |line: &Conservation| {
        [line.merged, line.held, line.set_aside, line.not_data, line.unused]
            .map(u64::from)
            .iter()
            .sum::<u64>()
    };
    let kept: u64 = proof.iter().map(rows_kept).sum();
    let read: u64 = proof.iter().map(|line| u64::from(line.filled)).sum();
    let sum = |figure: fn(&Conservation) -> Decimal| {
        proof.iter().fold(Decimal::ZERO, |sum, line| sum.saturating_add(figure(line)))
    };
    let pounds_kept = sum(|line| line.pounds_merged)
        .saturating_add(sum(|line| line.pounds_held))
        .saturating_add(sum(|line| line.pounds_set_aside));
    [
        line(across, &format!("{name}rows accounted for"), Decimal::from(kept), Decimal::from(read)),
        line(across, &format!("{name}money accounted for"), pounds_kept, sum(|line| line.pounds_read)),
    ]
}

fn line(across: &Across<'_>, name: &str, accounted: Decimal, read: Decimal) -> Comparison {
    let mut chars = name.chars();
    let line = chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default();
    Comparison {
        explanations: Vec::new(),
        limit: None,
        control: across.index,
        scope: Scope::Round,
        line,
        stated: Side { amount: Some(accounted), ..Side::default() },
        expected: Side { amount: Some(read), ..Side::default() },
        addends: Vec::new(),
        note: None,
        outcome: judge(accounted, read, across.control.tolerance, Decimal::ZERO),
    }
}

//! R07: each agreed amount is its share of all of them, rounded so that they add up.
//!
//! Rounding each share alone may leave a pound too many or too few. So each is rounded down, and the pounds that are left
//! go one by one to the amounts that lost most by it (the largest remainder; of equal ones the first).

use super::Across;
use super::ledger::line_in_words;
use crate::model::{ALL_SHARES, Comparison, Outcome, Scope, Side, pounds};
use crate::reconcile::figure::judge;
use crate::round::LedgerLine;
use crate::schema::Given;
use rust_decimal::{Decimal, RoundingStrategy};

/// Tests the shares of the ledger's lines, then every line that has one. Without shares nothing is tested.
pub(super) fn test(across: &Across<'_>, given: &Given) -> Vec<Comparison> {
    let share = given.words("column").unwrap_or("share");
    let agreed = given.words("agreed").unwrap_or("agreed");
    let unit = given.words("unit").and_then(|unit| unit.parse().ok()).unwrap_or(Decimal::ONE);
    let lines = across.round.ledger.lines.iter();
    let lines = lines.filter(|line| Some(line.table.as_str()) == given.words("ledger"));
    let with_share = lines.filter_map(|line| Some((line, *line.amounts.get(share)?)));
    let (lines, shares): (Vec<&LedgerLine>, Vec<Decimal>) = with_share.unzip();
    if lines.is_empty() {
        return Vec::new();
    }
    let sum =
        |amounts: &mut dyn Iterator<Item = Decimal>| amounts.fold(Decimal::ZERO, Decimal::saturating_add);
    let hundred = sum(&mut shares.iter().copied());
    let side = |amount, line| Side { amount: Some(amount), at: None, ledger_line: line };
    let first = lines.first().map(|line| line.line);
    let whole = judge(hundred, Decimal::ONE_HUNDRED, across.control.tolerance, Decimal::ZERO);
    let wrong = matches!(whole, Outcome::Differs { .. });
    let mut found = vec![Comparison {
        control: across.index,
        scope: Scope::Round,
        line: ALL_SHARES.to_owned(),
        stated: side(hundred, first),
        expected: side(Decimal::ONE_HUNDRED, None),
        addends: Vec::new(),
        note: None,
        explanations: Vec::new(),
        limit: None,
        outcome: whole,
    }];
    if wrong {
        // With the wrong shares no amount can be right.
        return found;
    }
    let budget = sum(&mut lines.iter().filter_map(|line| line.amounts.get(agreed)).copied());
    let Some(parts) = apportioned(budget, &shares, unit) else { return found };
    for ((line, share), expected) in lines.iter().zip(&shares).zip(parts) {
        let amount = line.amounts.get(agreed).copied();
        found.push(Comparison {
            control: across.index,
            scope: line.partner.map_or(Scope::Round, Scope::Partner),
            line: match line_in_words(across.round, across.control.table, line) {
                name if name.is_empty() => format!("{}% of {}", share.normalize(), pounds(budget)),
                name => format!("{name} · {}% of {}", share.normalize(), pounds(budget)),
            },
            stated: Side { amount, at: None, ledger_line: Some(line.line) },
            expected: side(expected, None),
            addends: Vec::new(),
            note: None,
            explanations: Vec::new(),
            limit: None,
            outcome: judge(amount.unwrap_or_default(), expected, across.control.tolerance, Decimal::ZERO),
        });
    }
    found
}

/// A whole in parts by their shares, each a multiple of the unit, together the whole. `None` if it is too large.
fn apportioned(whole: Decimal, shares: &[Decimal], unit: Decimal) -> Option<Vec<Decimal>> {
    let all = shares.iter().try_fold(Decimal::ZERO, |sum, share| sum.checked_add(*share))?;
    let units = whole.checked_div(unit)?;
    let mut parts = Vec::with_capacity(shares.len());
    let mut lost = Vec::with_capacity(shares.len());
    for (place, share) in shares.iter().enumerate() {
        let exact = units.checked_mul(*share)?.checked_div(all)?;
        let down = exact.round_dp_with_strategy(0, RoundingStrategy::ToNegativeInfinity);
        parts.push(down);
        lost.push((exact.checked_sub(down)?, place));
    }
    let given = parts.iter().try_fold(Decimal::ZERO, |sum, part| sum.checked_add(*part))?;
    let mut left = units.checked_sub(given)?;
    lost.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    for (_, place) in lost {
        if left < Decimal::ONE {
            break;
        }
        parts[place] = parts[place].checked_add(Decimal::ONE)?;
        left -= Decimal::ONE;
    }
    parts.into_iter().map(|part| part.checked_mul(unit)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn numbers(of: &[i64]) -> Vec<Decimal> {
        of.iter().map(|number| Decimal::from(*number)).collect()
    }

    #[test]
    fn what_rounding_leaves_goes_to_the_largest_remainders() {
        // 33.3, 33.3 and 33.4 of 100: 33, 33 and 34.
        let shares = [Decimal::new(333, 1), Decimal::new(333, 1), Decimal::new(334, 1)];
        assert_eq!(apportioned(Decimal::from(100), &shares, Decimal::ONE), Some(numbers(&[33, 33, 34])));
        // Three equal shares of 100: the first gets the pound that is left.
        assert_eq!(
            apportioned(Decimal::from(100), &numbers(&[1, 1, 1]), Decimal::ONE),
            Some(numbers(&[34, 33, 33]))
        );
        assert_eq!(apportioned(Decimal::ONE, &numbers(&[0, 0]), Decimal::ONE), None);
    }

    proptest! {
        #[test]
        fn parts_add_up_and_none_is_a_unit_off(
            whole in 0i64..1_000_000_000,
            shares in prop::collection::vec(1i64..10_000, 1..12),
        ) {
            let (whole, shares) = (Decimal::from(whole), numbers(&shares));
            let all: Decimal = shares.iter().sum();
            let parts = apportioned(whole, &shares, Decimal::ONE).expect("it is not too large");
            prop_assert_eq!(parts.iter().sum::<Decimal>(), whole);
            for (part, share) in parts.iter().zip(&shares) {
                prop_assert!((part - whole * share / all).abs() < Decimal::ONE);
            }
        }
    }
}

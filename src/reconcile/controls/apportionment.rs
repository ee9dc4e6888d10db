//! R07: each agreed amount is its share of the agreed budget, rounded so that they add up.
//!
//! Rounding each share alone may leave a pound too many or too few. So each is rounded down, and the pounds that are left
//! go one by one to the amounts that lost most by it (the largest remainder; of equal ones the first). Where no budget is
//! stated it is what the amounts come to; but then one wrong amount would make every other look wrong, so it is first
//! tried whether one amount alone can be changed so that all fit.

use super::Across;
use super::ledger::line_in_words;
use crate::model::{ALL_AGREED, ALL_SHARES, Comparison, Outcome, Scope, Side, pounds};
use crate::reconcile::figure::judge;
use crate::round::LedgerLine;
use crate::schema::{Given, Tolerance};
use rust_decimal::{Decimal, RoundingStrategy};

/// Most lines among which one wrong amount is looked for.
const MOST_LINES: usize = 200;
/// Most budgets that are tried for it.
const MOST_TRIED: usize = 500;

/// Tests the shares of the ledger's lines, then every line that has one. Without shares nothing is tested.
pub(super) fn test(across: &Across<'_>, given: &Given) -> Vec<Comparison> {
    let share = given.words("column").unwrap_or("share");
    let agreed = given.words("agreed").unwrap_or("agreed");
    let unit = given.words("unit").and_then(|unit| unit.parse().ok()).unwrap_or(Decimal::ONE);
    let all = || {
        let lines = across.round.ledger.lines.iter();
        lines.filter(|line| Some(line.table.as_str()) == given.words("ledger"))
    };
    let with_share = all().filter_map(|line| Some((line, *line.amounts.get(share)?)));
    let (lines, shares): (Vec<&LedgerLine>, Vec<Decimal>) = with_share.unzip();
    if lines.is_empty() {
        return Vec::new();
    }
    let hundred = sum(shares.iter().copied());
    let first = lines.first().map(|line| line.line);
    let whole = compared(
        across,
        (Scope::Round, ALL_SHARES.to_owned()),
        Side { amount: Some(hundred), at: None, ledger_line: first },
        Decimal::ONE_HUNDRED,
    );
    let wrong = matches!(whole.outcome, Outcome::Differs { .. });
    let mut found = vec![whole];
    if wrong {
        // With the wrong shares no amount can be right.
        return found;
    }
    let amounts: Vec<Option<Decimal>> = lines.iter().map(|line| line.amounts.get(agreed).copied()).collect();
    let added = sum(amounts.iter().flatten().copied());
    let figures =
        given.words("whole").map(|column| all().filter_map(|line| line.amounts.get(column)).copied());
    let stated = figures.map(Iterator::collect::<Vec<_>>).filter(|figures| !figures.is_empty()).map(sum);
    let typed: Vec<Decimal> = amounts.iter().map(|amount| amount.unwrap_or_default()).collect();
    let by = By { shares: &shares, unit, tolerance: across.control.tolerance };
    let one = match stated {
        Some(_) => None,
        None => by.parts(added).filter(|parts| !by.fit(&typed, parts)).and_then(|_| by.one_wrong(&typed)),
    };
    let budget = stated.or(one.as_ref().map(|one| one.budget)).unwrap_or(added);
    let Some(parts) = by.parts(budget) else { return found };
    for (place, ((line, share), expected)) in lines.iter().zip(&shares).zip(parts).enumerate() {
        let words = format!("{}% of {}", share.normalize(), pounds(budget));
        let name = match line_in_words(across.round, across.control.table, line) {
            name if name.is_empty() => words,
            name => format!("{name} · {words}"),
        };
        let amount = amounts.get(place).copied().flatten();
        let side = Side { amount, at: None, ledger_line: Some(line.line) };
        let scope = line.partner.map_or(Scope::Round, Scope::Partner);
        let mut comparison = compared(across, (scope, name), side, expected);
        if one.as_ref().is_some_and(|one| one.place == place) {
            comparison.note = Some(only_this(expected, budget));
        }
        found.push(comparison);
    }
    if let Some(budget) = stated {
        let side = Side { amount: Some(added), ..Side::default() };
        found.push(compared(across, (Scope::Round, ALL_AGREED.to_owned()), side, budget));
    }
    found
}

fn only_this(expected: Decimal, budget: Decimal) -> String {
    format!(
        "The agreed budget is not stated. With {} here, every amount is its share of {}; no other line can be changed so \
         that all fit.",
        pounds(expected),
        pounds(budget)
    )
}

fn sum(amounts: impl IntoIterator<Item = Decimal>) -> Decimal {
    amounts.into_iter().fold(Decimal::ZERO, Decimal::saturating_add)
}

fn compared(
    across: &Across<'_>,
    (scope, line): (Scope, String),
    stated: Side,
    expected: Decimal,
) -> Comparison {
    let outcome = judge(stated.amount.unwrap_or_default(), expected, across.control.tolerance, Decimal::ZERO);
    Comparison {
        control: across.index,
        scope,
        line,
        stated,
        expected: Side { amount: Some(expected), ..Side::default() },
        addends: Vec::new(),
        note: None,
        explanations: Vec::new(),
        limit: None,
        outcome,
    }
}

/// By what a budget is shared out.
#[derive(Debug, Clone, Copy)]
struct By<'a> {
    shares: &'a [Decimal],
    unit: Decimal,
    tolerance: Tolerance,
}

/// The only amount that can be changed so that all fit, and the budget of which all are shares then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct OneWrong {
    place: usize,
    budget: Decimal,
}

impl By<'_> {
    fn parts(&self, budget: Decimal) -> Option<Vec<Decimal>> {
        apportioned(budget, self.shares, self.unit)
    }

    fn fits(&self, amount: Decimal, part: Decimal) -> bool {
        !matches!(judge(amount, part, self.tolerance, Decimal::ZERO), Outcome::Differs { .. })
    }

    fn fit(&self, amounts: &[Decimal], parts: &[Decimal]) -> bool {
        amounts.iter().zip(parts).all(|(amount, part)| self.fits(*amount, *part))
    }

    /// The amount, if it is the only one, that alone can be changed so that all fit.
    fn one_wrong(&self, amounts: &[Decimal]) -> Option<OneWrong> {
        if amounts.len() > MOST_LINES {
            return None;
        }
        let mut found = (0..amounts.len()).filter_map(|place| self.without(amounts, place));
        found.next().filter(|_| found.next().is_none())
    }

    /// The budget of which all amounts but one are shares.
    fn without(&self, amounts: &[Decimal], place: usize) -> Option<OneWrong> {
        let all = sum(self.shares.iter().copied());
        // No part is a unit off its exact share, so every other amount says between which budgets the right one lies.
        let (mut from, mut to) = (Decimal::ZERO, Decimal::MAX);
        let others = self.shares.iter().zip(amounts).enumerate().filter(|(other, _)| *other != place);
        for (_, (share, amount)) in others.filter(|(_, (share, _))| !share.is_zero()) {
            let budget = |amount: Decimal| amount.checked_mul(all)?.checked_div(*share);
            from = from.max(budget(amount.checked_sub(self.unit)?)?);
            to = to.min(budget(amount.checked_add(self.unit)?)?);
        }
        if from > to || to == Decimal::MAX {
            return None;
        }
        let mut units = from.checked_div(self.unit)?.floor();
        for _ in 0..MOST_TRIED {
            let budget = units.checked_mul(self.unit)?;
            if budget > to {
                return None;
            }
            let parts = self.parts(budget)?;
            let mut others = amounts.iter().zip(&parts).enumerate().filter(|(other, _)| *other != place);
            if others.all(|(_, (amount, part))| self.fits(*amount, *part)) {
                return Some(OneWrong { place, budget });
            }
            units = units.checked_add(Decimal::ONE)?;
        }
        None
    }
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

    fn by(shares: &[Decimal]) -> By<'_> {
        By { shares, unit: Decimal::ONE, tolerance: Tolerance::Within(Decimal::ZERO) }
    }

    #[test]
    fn one_wrong_amount_is_told_from_the_others() {
        let shares = numbers(&[50, 30, 20]);
        let amounts = numbers(&[5_000, 3_900, 2_000]);
        let found = by(&shares).one_wrong(&amounts).expect("one amount");
        assert_eq!(found, OneWrong { place: 1, budget: Decimal::from(10_000) });
        // Of two amounts either may be the wrong one; where two are wrong, none alone makes all fit.
        assert_eq!(by(&numbers(&[60, 40])).one_wrong(&numbers(&[603, 400])), None);
        assert_eq!(by(&shares).one_wrong(&numbers(&[5_000, 3_900, 2_900])), None);
        assert_eq!(by(&numbers(&[0, 0, 0])).one_wrong(&amounts), None);
    }

    proptest! {
        #[test]
        fn a_typing_mistake_in_one_amount_is_found(
            budget in 10_000i64..1_000_000_000,
            shares in prop::collection::vec(100i64..10_000, 3..12),
            at in 0usize..12,
            off in 100i64..100_000,
        ) {
            let shares = numbers(&shares);
            let parts = apportioned(Decimal::from(budget), &shares, Decimal::ONE).expect("it is not too large");
            let place = at % shares.len();
            let mut typed = parts.clone();
            typed[place] += Decimal::from(off);
            let by = by(&shares);
            if let Some(found) = by.one_wrong(&typed) {
                // What it names makes all fit.
                let mended = by.parts(found.budget).expect("it is not too large");
                let others = typed.iter().zip(&mended).enumerate().filter(|(other, _)| *other != found.place);
                for (_, (typed, mended)) in others {
                    prop_assert_eq!(typed, mended);
                }
            }
            // The planted one can always be changed so that all fit.
            prop_assert!(by.without(&typed, place).is_some());
        }

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

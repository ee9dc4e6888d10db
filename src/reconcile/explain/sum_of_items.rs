//! The difference is the sum of two or three figures.
//!
//! ## How it shows
//!
//! Looked for among at most fifteen figures, and only where such a sum hardly ever fits by chance. It is put forward
//! as possible, never as explained.
//!
//! ## Example
//!
//! ```ledger
//! table,agency,stream,line,actual
//! spending,,,Staff,109623.17
//! spending,,,Chair,15600.40
//! spending,,,Training,21901.33
//! spending,,,Reviews,30921.08
//! spending,,,Rooms,14388.55
//! ```
//! ```file council.xlsx
//! ```
//! ```sheet Spending
//! A1: Budget line | Actual | Committed
//! A2: Staff | 109623.17
//! A3: Chair | 15600.40
//! A4: Training | 21901.33
//! A5: Reviews | 30921.08
//! A6: Rooms | 14388.55
//! A7: Total | 156144.65
//! ```
//! ```explained
//! Wyevale Council, Total · actual: £156,144.65 against £192,434.53
//!   sum-of-items: possibly: it equals the sum of Training, actual (B4) and Rooms, actual (B6): the total may be without them.
//! ```
//!
//! ## What to do
//!
//! Look whether these items have something in common, such as a sheet or a date.
use super::figures::whole;
use super::{Case, Cause, Claim, Hypothesis, Term};
use crate::model::Evidence;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

pub(super) struct SumOfItems;

pub(super) const CAUSE: Cause = Cause { name: "sum-of-items", source: include_str!("sum_of_items.rs") };

impl Hypothesis for SumOfItems {
    fn cause(&self) -> &'static Cause {
        &CAUSE
    }

    fn whole(&self, case: &Case<'_>, off: Decimal, claims: &mut Vec<Claim>) {
        let parts: Vec<&Term<'_>> = case.parts().filter(|term| !term.figure.pounds.is_zero()).collect();
        if case.stated().is_none() || parts.len() < 4 || parts.len() > MOST_ITEMS || by_chance(&parts) {
            return;
        }
        let Some(picked) = picked(&parts, off.abs()) else { return };
        let named: Vec<String> = picked.iter().map(|term| case.entry(term)).collect();
        let how = if off < Decimal::ZERO { "without" } else { "with twice" };
        let words = format!("it equals the sum of {}: the total may be {how} them.", named.join(" and "));
        claims.push(whole(
            Evidence::Possible,
            off,
            picked.iter().map(|term| term.figure.at).collect(),
            words,
        ));
    }
}

/// Most figures among which sums are looked for: among more of them, too many sums fit by chance.
const MOST_ITEMS: usize = 15;

/// True if a sum of two or three of them would fit by chance too often: in one case of twenty.
fn by_chance(parts: &[&Term<'_>]) -> bool {
    let count = parts.len();
    let subsets = count * (count - 1) / 2 + count * (count - 1) * (count - 2) / 6;
    let mut sizes: Vec<Decimal> = parts.iter().map(|term| term.figure.pounds.abs()).collect();
    sizes.sort_unstable();
    let most = sizes.iter().rev().take(3).fold(Decimal::ZERO, |sum, more| sum.saturating_add(*more));
    let least = sizes.iter().take(2).fold(Decimal::ZERO, |sum, more| sum.saturating_add(*more));
    let in_pennies = parts.iter().any(|term| !term.figure.pounds.is_integer());
    let unit = if in_pennies { Decimal::ONE_HUNDRED } else { Decimal::ONE };
    let spread = most.saturating_sub(least).saturating_mul(unit).to_u128().unwrap_or(0);
    // Subsets over spread is to be under a twentieth.
    (subsets as u128).saturating_mul(20) >= spread
}

/// The only two or three figures that come to an amount; none if there are several such.
fn picked<'t, 'a>(parts: &[&'t Term<'a>], amount: Decimal) -> Option<Vec<&'t Term<'a>>> {
    let mut found: Vec<Vec<&'t Term<'a>>> = Vec::new();
    for (i, a) in parts.iter().enumerate() {
        for (j, b) in parts.iter().enumerate().skip(i + 1) {
            let two = a.figure.pounds.checked_add(b.figure.pounds)?;
            if two == amount {
                found.push(vec![a, b]);
            }
            for c in &parts[j + 1..] {
                if two.checked_add(c.figure.pounds) == Some(amount) {
                    found.push(vec![a, b, c]);
                }
            }
        }
    }
    let only = found.pop()?;
    found.is_empty().then_some(only)
}

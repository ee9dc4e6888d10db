//! Arithmetic on figures that causes share. All amounts are exact pounds.

use super::case::{Case, Other};
use super::{Claim, Term};
use crate::model::{Evidence, Origin};
use rust_decimal::{Decimal, RoundingStrategy};

/// Rounded to pennies, a half away from nought.
pub(super) fn to_pennies(pounds: Decimal) -> Decimal {
    pounds.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
}

/// Ten to a power; `None` for a power that no amount needs.
pub(super) fn ten_to(power: u32) -> Option<Decimal> {
    10i64.checked_pow(power).map(Decimal::from)
}

/// The amount without its sign in pennies; `None` if it has fractions of a penny or is too large.
pub(super) fn pennies(pounds: Decimal) -> Option<u128> {
    let pennies = pounds.abs().checked_mul(Decimal::ONE_HUNDRED)?.normalize();
    (pennies.scale() == 0).then(|| pennies.mantissa().unsigned_abs())
}

/// A claim about one figure; what it explains is filled in where it is tested.
pub(super) fn about(term: &Term<'_>, words: String) -> Claim {
    Claim {
        evidence: Evidence::Exact,
        explains: Decimal::ZERO,
        cells: vec![term.figure.at],
        words,
        line: None,
        change: None,
    }
}

/// A claim about the whole difference.
pub(super) fn whole(evidence: Evidence, explains: Decimal, cells: Vec<Origin>, words: String) -> Claim {
    Claim { evidence, explains, cells, words, line: None, change: None }
}

/// The same where another line of the ledger is what explains it.
pub(super) fn by_line(
    case: &Case<'_>,
    other: &Other,
    evidence: Evidence,
    off: Decimal,
    cells: Vec<Origin>,
    words: String,
) -> Claim {
    Claim { line: Some(case.other(other)), ..whole(evidence, off, cells, words) }
}

/// The figure in its row's words, where the row is not the one that the difference is about: ` (Staff, q1, C5)`.
pub(super) fn place(case: &Case<'_>, term: &Term<'_>) -> String {
    let home = case.stated().map(|stated| stated.figure.at);
    if home == Some(term.figure.at) { String::new() } else { format!(" in {}", case.entry(term)) }
}

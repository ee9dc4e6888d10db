//! Arithmetic on figures that causes share. All amounts are exact pounds.

use super::case::{Book, Case, Other};
use super::{Claim, Term};
use crate::model::{Evidence, Origin, pounds};
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

/// The other lines of the ledger, where the whole difference may be a matter of the line: it is more than rounding leaves,
/// which is alike on many lines.
pub(super) fn other_lines<'c>(case: &'c Case<'_>, off: Decimal) -> Option<&'c Book<'c>> {
    case.book.as_ref().filter(|_| off == case.difference && off.abs() > case.rounding())
}

/// A claim for each other line to which the ledger gives what was stated, of those that are wanted. Equal amounts alone show
/// nothing.
pub(super) fn stated_elsewhere(
    case: &Case<'_>,
    off: Decimal,
    wanted: impl Fn(&Other) -> bool,
    more: &str,
    claims: &mut Vec<Claim>,
) {
    let Some(book) = other_lines(case, off) else { return };
    let Some(stated) = case.comparison.stated.amount.filter(|stated| !stated.is_zero()) else { return };
    for other in book.others.with(stated, book.own).filter(|other| wanted(other)) {
        let words = format!("{} is what the ledger has for {}{more}.", pounds(stated), case.other(other));
        let cells = case.comparison.stated.at.into_iter().collect();
        claims.push(by_line(case, other, Evidence::Possible, off, cells, words));
    }
}

/// The figure in its row's words, where the row is not the one that the difference is about: ` (Staff, q1, C5)`.
pub(super) fn place(case: &Case<'_>, term: &Term<'_>) -> String {
    let home = case.stated().map(|stated| stated.figure.at);
    if home == Some(term.figure.at) { String::new() } else { format!(" in {}", case.entry(term)) }
}

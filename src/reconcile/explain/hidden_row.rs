//! A hidden row is counted, or left out of a total.
//!
//! ## How it shows
//!
//! The difference is what stands in the hidden rows.
//!
//! ## Example
//!
//! ```ledger
//! table,agency,stream,line,actual
//! spending,,,Staff,400
//! spending,,,Travel,50
//! spending,,,Rooms,75
//! ```
//! ```file council.xlsx
//! ```
//! ```sheet Spending
//! A1: Budget line | Actual | Committed
//! A2: Staff | 400
//! A3: Travel | 50
//! A4: Rooms | 75
//! A5: Total | 475
//! hide row 3
//! ```
//! ```explained
//! Wyevale Council, Total · actual: £475 against £525
//!   hidden-row-counted: The total is without the hidden rows: Travel, actual (B3).
//!   left-out: The total is without Travel, actual (B3): £50.
//! ```
//!
//! ## What to do
//!
//! Show the hidden rows (select all rows, then Unhide), and decide whether they belong.
use super::figures::{about, whole};
use super::{Case, Cause, Claim, Hypothesis, Term};
use crate::model::{Evidence, Origin, pounds};
use rust_decimal::Decimal;

pub(super) struct HiddenRow;

pub(super) const CAUSE: Cause = Cause { name: "hidden-row-counted", source: include_str!("hidden_row.rs") };

impl Hypothesis for HiddenRow {
    fn cause(&self) -> &'static Cause {
        &CAUSE
    }

    fn figure(&self, case: &Case<'_>, term: &Term<'_>, would_be: Decimal) -> Option<Claim> {
        (term.line.hidden && would_be.is_zero() && case.is_ledger() && !term.figure.pounds.is_zero()).then(
            || {
                let words = format!(
                    "{} of it stands in a hidden row: {}.",
                    pounds(term.figure.pounds),
                    case.entry(term)
                );
                let mut claim = about(term, words);
                claim.evidence = Evidence::Shown;
                claim
            },
        )
    }

    fn whole(&self, case: &Case<'_>, off: Decimal, claims: &mut Vec<Claim>) {
        if case.is_ledger() {
            return;
        }
        let hidden: Vec<_> =
            case.parts().filter(|term| term.line.hidden && !term.figure.pounds.is_zero()).collect();
        let sum = hidden.iter().try_fold(Decimal::ZERO, |sum, term| sum.checked_add(term.figure.pounds));
        if hidden.is_empty() || sum != Some(-off) {
            return;
        }
        let cells: Vec<Origin> = hidden.iter().map(|term| term.figure.at).collect();
        let named: Vec<String> = hidden.iter().take(3).map(|term| case.entry(term)).collect();
        let words = format!("The total is without the hidden rows: {}.", named.join("; "));
        claims.push(whole(Evidence::Shown, off, cells, words));
    }
}

//! Two neighbouring digits are the wrong way round.
//!
//! ## How it shows
//!
//! The difference can be divided by nine. That alone says nothing; here the very digits are shown.
//!
//! ## Example
//!
//! ```ledger
//! table,agency,stream,line,actual
//! contributions,NHS,core,,45203
//! ```
//! ```file nhs.xlsx
//! ```
//! ```sheet Contributions
//! A1: Stream | Agency | Paid on | Q1 | Q2 | Q3 | Q4 | Year
//! A2: Core | NHS Wyevale | | 11300.75 | 11300.75 | 11300.75 | 11300.75 | 45230
//! ```
//! ```explained
//! NHS Wyevale, Core · year: £45,230 against £45,203
//!   digits-swapped: £45,230 is £45,203 with its last two digits swapped.
//! NHS Wyevale, Core · year: £45,230 against £45,203
//!   digits-swapped: £45,230 is £45,203 with its last two digits swapped.
//! ```
//!
//! ## What to do
//!
//! Compare with the remittance and correct the figure.
use super::figures::{about, pennies, place};
use super::{Case, Cause, Claim, Hypothesis, Term};
use crate::model::pounds;
use rust_decimal::Decimal;

pub(super) struct DigitsSwapped;

pub(super) const CAUSE: Cause = Cause { name: "digits-swapped", source: include_str!("digits_swapped.rs") };

impl Hypothesis for DigitsSwapped {
    fn cause(&self) -> &'static Cause {
        &CAUSE
    }

    fn figure(&self, case: &Case<'_>, term: &Term<'_>, would_be: Decimal) -> Option<Claim> {
        let is = term.figure.pounds;
        if is.is_sign_negative() != would_be.is_sign_negative() {
            return None;
        }
        let from_end = swapped(pennies(is)?, pennies(would_be)?)?;
        let whole = is.is_integer() && would_be.is_integer();
        let which = match (whole, from_end) {
            (true, 2) | (false, 0) => "its last two digits swapped",
            _ => "two neighbouring digits swapped",
        };
        Some(about(
            term,
            format!("{} is {} with {which}{}.", pounds(is), pounds(would_be), place(case, term)),
        ))
    }
}

/// If two numbers differ by two neighbouring digits the other way round, the place of the second of them from the end.
fn swapped(is: u128, would_be: u128) -> Option<usize> {
    let digits = |number: u128| number.to_string().into_bytes();
    let (a, b) = (digits(is), digits(would_be));
    let at = a.iter().zip(&b).position(|(a, b)| a != b)?;
    let swapped = a.len() == b.len()
        && at + 1 < a.len()
        && a[at] == b[at + 1]
        && a[at + 1] == b[at]
        && a[at + 2..] == b[at + 2..];
    swapped.then(|| a.len() - at - 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_neighbours_count() {
        assert_eq!(swapped(4_523_000, 4_520_300), Some(2));
        assert_eq!(swapped(1234, 1243), Some(0));
        assert_eq!(swapped(1234, 3214), None, "not neighbours");
        assert_eq!(swapped(1234, 1234), None);
        assert_eq!(swapped(1234, 12340), None);
        assert_eq!(swapped(1234, 2143), None, "two pairs");
        assert_eq!(swapped(5, 6), None);
    }
}

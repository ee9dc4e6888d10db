//! A minus was typed for a plus, or the other way round.
//!
//! ## How it shows
//!
//! The difference is twice the amount. A contribution is income to the board that holds the fund, which some systems
//! show as a minus.
//!
//! ## Example
//!
//! ```ledger
//! table,agency,stream,line,actual
//! contributions,NHS,core,,4612
//! ```
//! ```file nhs.xlsx
//! ```
//! ```sheet Contributions
//! A1: Stream | Agency | Paid on | Q1 | Q2 | Q3 | Q4 | Year
//! A2: Core | NHS Wyevale | | | | | | -4612
//! ```
//! ```explained
//! NHS Wyevale, Core · year: −£4,612 against £4,612
//!   wrong-sign: The difference is twice £4,612, which was entered as a minus.
//! ```
//!
//! ## What to do
//!
//! Enter the amount with the sign that the template means, or say that your ledger shows it so.
use super::figures::{about, place};
use super::{Case, Cause, Claim, Hypothesis, Term};
use crate::model::pounds;
use rust_decimal::Decimal;

pub(super) struct WrongSign;

pub(super) const CAUSE: Cause = Cause { name: "wrong-sign", source: include_str!("wrong_sign.rs") };

impl Hypothesis for WrongSign {
    fn cause(&self) -> &'static Cause {
        &CAUSE
    }

    fn figure(&self, case: &Case<'_>, term: &Term<'_>, would_be: Decimal) -> Option<Claim> {
        let is = term.figure.pounds;
        // A plus that should have been a minus is told by the ledger alone: among figures that add up it would be a guess.
        let fits = !is.is_zero() && would_be == -is && (is.is_sign_negative() || case.is_ledger());
        fits.then(|| {
            let size = pounds(would_be.abs());
            let words = if is.is_sign_negative() {
                format!("The difference is twice {size}, which was entered as a minus{}.", place(case, term))
            } else {
                format!(
                    "The difference is twice {size}, which would have to be a minus{}.",
                    place(case, term)
                )
            };
            about(term, words)
        })
    }
}

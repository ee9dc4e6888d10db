//! A minus was typed for a plus, or the other way round.
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
        let (is, size) = (term.figure.pounds, pounds(would_be.abs()));
        // A plus that should have been a minus is told by the ledger alone: among figures that add up it would be a guess.
        let fits = !is.is_zero() && would_be == -is && (is.is_sign_negative() || case.is_ledger());
        fits.then(|| {
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

//! No return of the partner could be used, so that its figures are missing.
//!
//! ## How it shows
//!
//! The difference is the whole of what the ledger has for the partner: nothing came, or what came could not be opened.
//!
//! ## Example
//!
//! ```ledger
//! table,agency,stream,line,actual
//! contributions,NHS,core,,550
//! ```
//! ```file council.xlsx
//! ```
//! ```sheet Contributions
//! A1: Stream | Year
//! ```
//! ```explained
//! NHS Wyevale, Core · year: nothing against £550
//!   no-return: No return of NHS Wyevale has come. £550 is missing.
//! ```
//!
//! ## What to do
//!
//! Ask for the return, or for a copy that can be opened. Until then the amount is neither agreed nor disputed.
use super::figures::whole;
use super::{Case, Cause, Claim, Hypothesis};
use crate::model::{Evidence, pounds};
use rust_decimal::Decimal;

pub(super) struct NoReturn;

pub(super) const CAUSE: Cause = Cause { name: "no-return", source: include_str!("no_return.rs") };

impl Hypothesis for NoReturn {
    fn cause(&self) -> &'static Cause {
        &CAUSE
    }

    fn whole(&self, case: &Case<'_>, off: Decimal, claims: &mut Vec<Claim>) {
        let Some(book) = &case.book else { return };
        let Some(why) = book.nothing.as_ref().filter(|_| case.comparison.stated.amount.is_none()) else {
            return;
        };
        if off == case.difference {
            let words = format!("{why} {} is missing.", pounds(off.abs()));
            claims.push(whole(Evidence::Shown, off, Vec::new(), words));
        }
    }
}

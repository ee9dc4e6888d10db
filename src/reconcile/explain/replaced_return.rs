//! An earlier return of the partner is counted beside the one that replaces it.
//!
//! ## How it shows
//!
//! Two returns of one partner came. Adding the files up counts the partner twice; only one of them is merged.
//!
//! ## Example
//!
//! ```ledger
//! table,agency,stream,line,actual
//! contributions,NHS,core,,645
//! ```
//! ```file nhs-1.xlsx
//! ```
//! ```sheet Contributions
//! A1: Stream | Agency | Paid on | Q1 | Q2 | Q3 | Q4 | Year
//! A2: Core | NHS Wyevale | | 161.25 | 161.25 | 161.25 | 161.25 | 645
//! ```
//! ```file nhs-2.xlsx
//! ```
//! ```sheet Contributions
//! A1: Stream | Agency | Paid on | Q1 | Q2 | Q3 | Q4 | Year
//! A2: Core | NHS Wyevale | | 161.25 | 161.25 | 161 | 161.5 | 645
//! ```
//! ```explained
//! NHS Wyevale, Core · year: £1,290 against £645
//!   replaced-return: The returns come to that together: £645 of it is in nhs-1.xlsx, which another return of the same partner replaces.
//! ```
//!
//! ## What to do
//!
//! Confirm with the partner which return stands. Nothing in the ledger needs to change.
use super::figures::whole;
use super::{Case, Cause, Claim, Hypothesis};
use crate::model::{Evidence, REPLACED_RETURN, pounds};
use rust_decimal::Decimal;

pub(super) struct ReplacedReturn;

pub(super) const CAUSE: Cause = Cause { name: REPLACED_RETURN, source: include_str!("replaced_return.rs") };

impl Hypothesis for ReplacedReturn {
    fn cause(&self) -> &'static Cause {
        &CAUSE
    }

    fn whole(&self, case: &Case<'_>, off: Decimal, claims: &mut Vec<Claim>) {
        let Some(book) = case.book.as_ref().filter(|_| off == case.difference) else { return };
        let sum = book.superseded.iter().try_fold(Decimal::ZERO, |sum, (_, more)| sum.checked_add(*more));
        let Some(sum) = sum.filter(|sum| !sum.is_zero()) else { return };
        let files: Vec<&str> = book.superseded.iter().map(|(file, _)| case.places.file(*file)).collect();
        let words = format!(
            "The returns come to that together: {} of it is in {}, which another return of the same partner replaces.",
            pounds(sum),
            files.join(" and ")
        );
        claims.push(whole(Evidence::Shown, sum, Vec::new(), words));
    }
}

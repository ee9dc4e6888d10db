//! An earlier return of the partner is counted beside the one that replaces it.
use super::figures::whole;
use super::{Case, Cause, Claim, Hypothesis};
use crate::model::{Evidence, pounds};
use rust_decimal::Decimal;

pub(super) struct ReplacedReturn;

pub(super) const CAUSE: Cause = Cause { name: "replaced-return", source: include_str!("replaced_return.rs") };

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
            "{} of it is in {}, which another return of the same partner replaces: it is counted twice.",
            pounds(sum),
            files.join(" and ")
        );
        claims.push(whole(Evidence::Shown, sum, Vec::new(), words));
    }
}

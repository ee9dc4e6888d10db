//! One line holds the amounts of two partners.
use super::figures::whole;
use super::{Case, Cause, Claim, Hypothesis};
use crate::model::{Evidence, pounds};
use rust_decimal::Decimal;

pub(super) struct TwoPartners;

pub(super) const CAUSE: Cause =
    Cause { name: "two-partners-on-one-line", source: include_str!("two_partners.rs") };

impl Hypothesis for TwoPartners {
    fn cause(&self) -> &'static Cause {
        &CAUSE
    }

    fn whole(&self, case: &Case<'_>, off: Decimal, claims: &mut Vec<Claim>) {
        let Some(book) = &case.book else { return };
        if off <= Decimal::ZERO || case.terms.is_empty() {
            return;
        }
        for other in book.others.with(off, book.own) {
            let Some(partner) = other.partner.filter(|_| other.partner != case.partner()) else { continue };
            let term = case.terms.iter().find(|term| term.line.partners.contains(&partner));
            let missing = other.difference == Some(-other.amount);
            let evidence = match (term, missing) {
                (Some(_), _) => Evidence::Shown,
                (None, true) => Evidence::Confirmed,
                (None, false) => Evidence::Possible,
            };
            let own = if missing { ", which has not come by itself" } else { "" };
            let words =
                format!("{} equals {}{own}: one line may hold the amounts of both.", pounds(off), other.name);
            let cells = case.terms.iter().filter(|term| !term.through).map(|term| term.figure.at).collect();
            claims.push(whole(evidence, off, cells, words));
        }
    }
}

//! One line holds the amounts of two partners.
//!
//! ## How it shows
//!
//! The difference is what the ledger has for another partner, most of all where that partner's own line is short by as
//! much.
//!
//! ## Example
//!
//! ```ledger
//! table,agency,stream,line,actual
//! contributions,NHS,core,,4612
//! contributions,POL,core,,550
//! ```
//! ```file nhs.xlsx
//! ```
//! ```sheet Contributions
//! A1: Stream | Agency | Paid on | Q1 | Q2 | Q3 | Q4 | Year
//! A2: Core | NHS Wyevale, Wyevale Police | | | | | | 5162
//! ```
//! ```explained
//! NHS Wyevale, Core · year: £5,162 against £4,612
//!   two-partners-on-one-line: £550 equals Wyevale Police, Core, which has not come by itself: one line may hold the amounts of both.
//! Wyevale Police, Core · year: nothing against £550
//!   no-return: No return of Wyevale Police has come. £550 is missing.
//! ```
//!
//! ## What to do
//!
//! Ask for a row for each partner.
use super::figures::by_line;
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
            let words = format!(
                "{} equals {}{own}: one line may hold the amounts of both.",
                pounds(off),
                case.other(other)
            );
            let cells = case.terms.iter().filter(|term| !term.through).map(|term| term.figure.at).collect();
            claims.push(by_line(case, other, evidence, off, cells, words));
        }
    }
}

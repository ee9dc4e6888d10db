//! An amount is counted twice.
//!
//! ## How it shows
//!
//! The difference is an amount that stands there twice, or half of the figure.
//!
//! ## Example
//!
//! ```ledger
//! table,agency,stream,line,actual
//! contributions,NHS,core,,1000
//! ```
//! ```file nhs.xlsx
//! ```
//! ```sheet Contributions
//! A1: Stream | Agency | Paid on | Q1 | Q2 | Q3 | Q4 | Year
//! A2: Core | NHS Wyevale | 2013-06-30 | | | | | 500
//! A3: Core | NHS Wyevale | 2013-09-30 | | | | | 500
//! A4: Core | NHS Wyevale | 2013-09-30 | | | | | 500
//! ```
//! ```explained
//! NHS Wyevale, Core · year: £1,500 against £1,000
//!   counted-twice: £500 stands there twice, in H2 and H3.
//!   counted-twice: £500 stands there twice, in H2 and H4.
//! ```
//!
//! ## What to do
//!
//! Look whether one invoice was entered twice, and strike one out.
use super::case::Side;
use super::figures::{about, whole};
use super::workings::Line;
use super::{Case, Cause, Claim, Hypothesis, Term};
use crate::model::{Evidence, pounds};
use rust_decimal::Decimal;

pub(super) struct CountedTwice;

pub(super) const CAUSE: Cause = Cause { name: "counted-twice", source: include_str!("counted_twice.rs") };

impl Hypothesis for CountedTwice {
    fn cause(&self) -> &'static Cause {
        &CAUSE
    }

    fn figure(&self, case: &Case<'_>, term: &Term<'_>, would_be: Decimal) -> Option<Claim> {
        let is = term.figure.pounds;
        if is.is_zero() || term.through || term.side == Side::TakesOff {
            return None;
        }
        // The same amount stands on a second row of the same line.
        let twin = case.terms.iter().find(|other| {
            other.figure.at != term.figure.at
                && other.figure.field == term.figure.field
                && other.figure.pounds == is
                && other.side == term.side
                && !other.through
        });
        if would_be.is_zero()
            && let Some(twin) = twin.filter(|twin| twin.figure.at < term.figure.at)
        {
            let words = format!(
                "{} stands there twice, in {} and {}.",
                pounds(is),
                case.cell(twin.figure.at),
                case.cell(term.figure.at)
            );
            let mut claim = about(term, words);
            claim.evidence =
                if paid_together(twin.line, term.line) { Evidence::Shown } else { Evidence::Confirmed };
            claim.cells.push(twin.figure.at);
            return Some(claim);
        }
        let double = case.is_ledger() && would_be.checked_add(would_be) == Some(is);
        double.then(|| about(term, format!("{} is twice {}.", pounds(is), pounds(would_be))))
    }

    fn whole(&self, case: &Case<'_>, off: Decimal, claims: &mut Vec<Claim>) {
        if case.is_ledger() || case.stated().is_none() {
            return;
        }
        for term in case.parts().filter(|term| term.figure.pounds == off) {
            let words = format!("The total counts {} twice: {}.", case.entry(term), pounds(off));
            claims.push(whole(Evidence::Exact, off, vec![term.figure.at], words));
        }
    }
}

/// How far apart the same payment may be entered, days.
const DAYS: i32 = 7;

/// True if two rows have dates of the same week.
fn paid_together(one: &Line, other: &Line) -> bool {
    let days = one.date.zip(other.date).and_then(|((a, _), (b, _))| a.since(b).ok());
    days.is_some_and(|apart| apart.get_days().abs() <= DAYS)
}

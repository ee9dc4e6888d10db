//! The amount stands on another line.
//!
//! ## How it shows
//!
//! Two lines of one partner are out by the same amount, one too high and one too low.
//!
//! ## Example
//!
//! ```ledger
//! table,agency,stream,line,actual
//! contributions,NHS,children,,300
//! contributions,NHS,adults,,700
//! ```
//! ```file nhs.xlsx
//! ```
//! ```sheet Contributions
//! A1: Stream | Agency | Paid on | Q1 | Q2 | Q3 | Q4 | Year
//! A2: Children's Wellbeing | NHS Wyevale | | | | | | 430
//! A3: Adults' Wellbeing | NHS Wyevale | | | | | | 570
//! ```
//! ```explained
//! NHS Wyevale, Children's Wellbeing · year: £430 against £300
//!   wrong-line: NHS Wyevale, Adults' Wellbeing is out by the same amount the other way: £130 may stand on the wrong line.
//! NHS Wyevale, Adults' Wellbeing · year: £570 against £700
//!   wrong-line: NHS Wyevale, Children's Wellbeing is out by the same amount the other way: £130 may stand on the wrong line.
//! ```
//!
//! ## What to do
//!
//! Ask the partner how the amount is divided between the lines.
use super::case::Other;
use super::figures::{by_line, other_lines, stated_elsewhere};
use super::{Case, Cause, Claim, Hypothesis};
use crate::model::{Evidence, pounds};
use rust_decimal::Decimal;

pub(super) struct WrongLine;

pub(super) const CAUSE: Cause = Cause { name: "wrong-line", source: include_str!("wrong_line.rs") };

impl Hypothesis for WrongLine {
    fn cause(&self) -> &'static Cause {
        &CAUSE
    }

    fn whole(&self, case: &Case<'_>, off: Decimal, claims: &mut Vec<Claim>) {
        let Some(book) = other_lines(case, off) else { return };
        let of_the_same = |other: &Other| other.partner == case.partner();
        // Two lines of the same partner are out by the same amount in opposite directions.
        for other in book.others.off_by(-off, book.own).filter(|other| of_the_same(other)) {
            let words = format!(
                "{} is out by the same amount the other way: {} may stand on the wrong line.",
                case.other(other),
                pounds(off.abs())
            );
            claims.push(by_line(case, other, Evidence::Confirmed, off, Vec::new(), words));
        }
        stated_elsewhere(case, off, of_the_same, "", claims);
    }
}

//! A total counts a sub-total beside the rows that it adds up.
//!
//! ## How it shows
//!
//! The total is too high by just what a sub-total above it says.
//!
//! ## Example
//!
//! ```ledger
//! table,agency,stream,line,actual
//! spending,,,Staff,400
//! spending,,,Travel,55
//! spending,,,Rooms,75
//! ```
//! ```file council.xlsx
//! ```
//! ```sheet Spending
//! A1: Budget line | Actual | Committed
//! A2: Staff | 400
//! A3: Travel | 55
//! A4: Sub-total | 455
//! A5: Rooms | 75
//! A6: Total | 985
//! ```
//! ```explained
//! Wyevale Council, Total · actual: £985 against £530
//!   subtotal-counted: The total also counts Sub-total (B4), £455 in all.
//! ```
//!
//! ## What to do
//!
//! Let the total add the sub-totals, or the rows, but not both.
use super::figures::whole;
use super::{Case, Cause, Claim, Hypothesis};
use crate::model::{Evidence, pounds};
use rust_decimal::Decimal;

pub(super) struct SubtotalCounted;

pub(super) const CAUSE: Cause = Cause { name: "subtotal-counted", source: include_str!("subtotal.rs") };

impl Hypothesis for SubtotalCounted {
    fn cause(&self) -> &'static Cause {
        &CAUSE
    }

    fn whole(&self, case: &Case<'_>, off: Decimal, claims: &mut Vec<Claim>) {
        let Some(term) = case.stated().filter(|_| case.is_footing()) else { return };
        let subtotals: Vec<_> = term
            .grid
            .totals
            .iter()
            .filter(|line| line.subtotal)
            .flat_map(|line| line.figures.iter().map(move |figure| (line, figure)))
            .filter(|(_, figure)| figure.field == term.figure.field && figure.at != term.figure.at)
            .collect();
        let sum = subtotals.iter().try_fold(Decimal::ZERO, |sum, (_, figure)| sum.checked_add(figure.pounds));
        let all = (sum == Some(off) && subtotals.len() > 1).then_some(subtotals.as_slice());
        let one = subtotals.iter().position(|(_, figure)| figure.pounds == off);
        let counted = all.or_else(|| one.map(|place| &subtotals[place..=place]));
        let Some(counted) = counted.filter(|_| !off.is_zero()) else { return };
        let named: Vec<String> = counted
            .iter()
            .map(|(line, figure)| format!("{} ({})", line.name, case.cell(figure.at)))
            .collect();
        let words = format!("The total also counts {}, {} in all.", named.join(" and "), pounds(off));
        claims.push(whole(
            Evidence::Confirmed,
            off,
            counted.iter().map(|(_, figure)| figure.at).collect(),
            words,
        ));
    }
}

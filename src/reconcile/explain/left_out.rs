//! An item is left out.
//!
//! ## How it shows
//!
//! The total is too low by just one of its items, or by the rows at its beginning or end.
//!
//! ## Example
//!
//! ```ledger
//! table,agency,stream,line,actual
//! spending,,,Staff,400
//! spending,,,Travel,50
//! spending,,,Rooms,75
//! ```
//! ```file council.xlsx
//! ```
//! ```sheet Spending
//! A1: Budget line | Actual | Committed
//! A2: Staff | 400
//! A3: Travel | 50
//! A4: Rooms | 75
//! A5: Total | 450
//! ```
//! ```explained
//! Wyevale Council, Total · actual: £450 against £525
//!   left-out: The total is without Rooms, actual (B4): £75.
//! ```
//!
//! ## What to do
//!
//! Look whether the item belongs, and let the total count it.
use super::figures::whole;
use super::{Case, Cause, Claim, Hypothesis, Term};
use crate::model::{Evidence, Origin, pounds};
use rust_decimal::Decimal;

pub(super) struct LeftOut;

pub(super) const CAUSE: Cause = Cause { name: "left-out", source: include_str!("left_out.rs") };

impl Hypothesis for LeftOut {
    fn cause(&self) -> &'static Cause {
        &CAUSE
    }

    fn whole(&self, case: &Case<'_>, off: Decimal, claims: &mut Vec<Claim>) {
        if let Some(book) = &case.book {
            if book.nothing.is_some() || off != case.difference || off >= Decimal::ZERO {
                return;
            }
            let missing = pounds(off.abs());
            let (evidence, words) = match case.comparison.stated.amount {
                None => {
                    (Evidence::Shown, format!("The return has no amount on this line: {missing} is missing."))
                }
                Some(stated) if stated.is_zero() => {
                    (Evidence::Exact, format!("The return gives nothing on this line: {missing} is missing."))
                }
                Some(_) => return,
            };
            claims.push(whole(evidence, off, case.comparison.stated.at.into_iter().collect(), words));
            return;
        }
        if case.stated().is_none() {
            return;
        }
        for term in case.parts().filter(|term| !off.is_zero() && term.figure.pounds == -off) {
            let words = format!("The total is without {}: {}.", case.entry(term), pounds(term.figure.pounds));
            claims.push(whole(Evidence::Exact, off, vec![term.figure.at], words));
        }
        let parts: Vec<&Term<'_>> = case.parts().collect();
        for rows in [at_the_end(&parts, -off), at_the_start(&parts, -off)].into_iter().flatten() {
            let cells: Vec<Origin> = rows.iter().map(|term| term.figure.at).collect();
            let (Some(first), Some(last)) = (rows.first(), rows.last()) else { continue };
            let words = format!(
                "The total is without {} to {}: {}.",
                case.entry(first),
                case.entry(last),
                pounds(off.abs())
            );
            claims.push(whole(Evidence::Exact, off, cells, words));
        }
    }
}

/// Two or more rows at the end, but not more than half of all, that come to an amount.
fn at_the_end<'t, 'a>(parts: &'t [&'t Term<'a>], amount: Decimal) -> Option<&'t [&'t Term<'a>]> {
    let mut sum = Decimal::ZERO;
    for (count, term) in (1..).zip(parts.iter().rev()).take(parts.len() / 2) {
        sum = sum.checked_add(term.figure.pounds)?;
        if count > 1 && sum == amount {
            return parts.get(parts.len() - count..);
        }
    }
    None
}

/// The same at the start.
fn at_the_start<'t, 'a>(parts: &'t [&'t Term<'a>], amount: Decimal) -> Option<&'t [&'t Term<'a>]> {
    let mut sum = Decimal::ZERO;
    for (count, term) in (1..).zip(parts).take(parts.len() / 2) {
        sum = sum.checked_add(term.figure.pounds)?;
        if count > 1 && sum == amount {
            return parts.get(..count);
        }
    }
    None
}

//! A total passes over amounts that are text.
//!
//! ## How it shows
//!
//! Excel leaves text out of a sum, even if it looks like an amount: a stray space or a pound sign that was typed is
//! enough.
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
//! A3: Travel | "50"
//! A4: Rooms | 75
//! A5: Total | 475
//! ```
//! ```explained
//! Wyevale Council, Total · actual: £475 against £525
//!   text-in-total: The total leaves out Travel, actual (B3), which Excel holds as text: £50 in all.
//!   left-out: The total is without Travel, actual (B3): £50.
//! ```
//!
//! ## What to do
//!
//! Type the amounts again as numbers. They are merged as amounts already.
use super::figures::whole;
use super::{Case, Cause, Claim, Hypothesis};
use crate::model::{Evidence, Origin, pounds};
use rust_decimal::Decimal;

pub(super) struct TextInTotal;

pub(super) const CAUSE: Cause = Cause { name: "text-in-total", source: include_str!("text_in_total.rs") };

impl Hypothesis for TextInTotal {
    fn cause(&self) -> &'static Cause {
        &CAUSE
    }

    fn whole(&self, case: &Case<'_>, off: Decimal, claims: &mut Vec<Claim>) {
        if case.is_ledger() || case.stated().is_none_or(|term| term.figure.text) {
            return;
        }
        let text: Vec<_> =
            case.parts().filter(|term| term.figure.text && !term.figure.pounds.is_zero()).collect();
        let sum = text.iter().try_fold(Decimal::ZERO, |sum, term| sum.checked_add(term.figure.pounds));
        let Some(effect) = sum.map(|sum| -sum).filter(|effect| !effect.is_zero()) else { return };
        // What leaves more than there was is no cause of it.
        let helps = off.checked_sub(effect).is_some_and(|rest| rest.abs() < off.abs());
        if !helps || text.len() == case.parts().count() {
            return;
        }
        let cells: Vec<Origin> = text.iter().map(|term| term.figure.at).collect();
        let named: Vec<String> = text.iter().take(3).map(|term| case.entry(term)).collect();
        let words = format!(
            "The total leaves out {}, which Excel holds as text: {} in all.",
            named.join("; "),
            pounds(effect.abs())
        );
        claims.push(whole(Evidence::Shown, effect, cells, words));
    }
}

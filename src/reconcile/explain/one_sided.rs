//! A recharge stands in one partner's return and not in the other's.
//!
//! ## How it shows
//!
//! One return says that it charges the other, or is charged by it; the other return says nothing of it.
//!
//! ## Example
//!
//! ```ledger
//! table,agency,stream,line,actual
//! ```
//! ```file nhs.xlsx
//! ```
//! ```sheet Recharges
//! A1: Recharge | With | Way | Amount
//! A2: Premises | Wyevale Council | Out | 400
//! ```
//! ```explained
//! NHS Wyevale, Recharge from NHS Wyevale to Wyevale Council: £400 against nothing
//!   one-sided-recharge: Only the partner that charges has the £400: the other return says nothing of it.
//! ```
//!
//! ## What to do
//!
//! Ask the other partner whether it agrees to the recharge, and enter it on both returns or on neither.
use super::figures::whole;
use super::{Case, Cause, Claim, Hypothesis};
use crate::model::{Evidence, pounds};
use crate::schema::ControlKind;
use rust_decimal::Decimal;

pub(super) struct OneSidedRecharge;

pub(super) const CAUSE: Cause = Cause { name: "one-sided-recharge", source: include_str!("one_sided.rs") };

impl Hypothesis for OneSidedRecharge {
    fn cause(&self) -> &'static Cause {
        &CAUSE
    }

    fn whole(&self, case: &Case<'_>, off: Decimal, claims: &mut Vec<Claim>) {
        let pairs = matches!(&case.control.kind, ControlKind::Named(given) if given.kind == "recharge-pairs");
        let (out, taken) = (case.comparison.stated.amount, case.comparison.expected.amount);
        let who = match (out, taken) {
            (Some(_), None) => "that charges",
            (None, Some(_)) => "that is charged",
            _ => return,
        };
        if !pairs || off != case.difference {
            return;
        }
        let words = format!(
            "Only the partner {who} has the {}: the other return says nothing of it.",
            pounds(off.abs())
        );
        claims.push(whole(Evidence::Shown, off, case.comparison.addends.clone(), words));
    }
}

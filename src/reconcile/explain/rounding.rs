//! The figures are given in a coarser unit than the ledger's.
//!
//! ## How it shows
//!
//! The difference is no more than rounding every figure to its unit can make. It is listed all the same, so that a
//! mistyped pound can be seen.
//!
//! ## Example
//!
//! ```ledger
//! table,agency,stream,line,actual
//! contributions,NHS,core,,20120
//! ```
//! ```file nhs.xlsx
//! ```
//! ```sheet Contributions
//! A1: Stream | Agency | Paid on | Q1 | Q2 | Q3 | Q4 | Year
//! A2: Core | NHS Wyevale | | £5k | £5k | £5k | £5k | £20k
//! ```
//! ```explained
//! NHS Wyevale, Core · year: £20,000 against £20,120
//!   rounding: The return gives figures in a coarser unit than the ledger: rounding alone may come to £2,000.
//! ```
//!
//! ## What to do
//!
//! Ask for figures to the penny, or accept the difference.
use super::figures::whole;
use super::{Case, Cause, Claim, Hypothesis};
use crate::model::{Evidence, pounds};
use rust_decimal::Decimal;

pub(super) struct Rounding;

pub(super) const CAUSE: Cause = Cause { name: "rounding", source: include_str!("rounding.rs") };

impl Hypothesis for Rounding {
    fn cause(&self) -> &'static Cause {
        &CAUSE
    }

    fn whole(&self, case: &Case<'_>, off: Decimal, claims: &mut Vec<Claim>) {
        if !case.is_ledger() || case.terms.is_empty() {
            return;
        }
        let allowed = case.rounding();
        if off.abs() <= allowed {
            let cells = case.terms.iter().map(|term| term.figure.at).collect();
            let words = format!(
                "The return gives figures in a coarser unit than the ledger: rounding alone may come to {}.",
                pounds(allowed)
            );
            claims.push(whole(Evidence::Shown, off, cells, words));
        }
    }
}

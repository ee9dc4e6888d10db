//! The figure is another partner's.
//!
//! ## How it shows
//!
//! What was typed is to the penny what the ledger has for another partner: a return was made from a copy of somebody else's,
//! or a line was read off the row above.
//!
//! ## Example
//!
//! ```ledger
//! table,agency,stream,line,actual
//! contributions,NHS,core,,4612
//! contributions,POL,core,,30165
//! ```
//! ```file nhs.xlsx
//! ```
//! ```sheet Contributions
//! A1: Stream | Agency | Paid on | Q1 | Q2 | Q3 | Q4 | Year
//! A2: Core | NHS Wyevale | | | | | | 30165
//! ```
//! ```file police.xlsx
//! ```
//! ```sheet Contributions
//! A1: Stream | Agency | Paid on | Q1 | Q2 | Q3 | Q4 | Year
//! A2: Core | Wyevale Police | | | | | | 30165
//! ```
//! ```explained
//! NHS Wyevale, Core · year: £30,165 against £4,612
//!   another-figure: possibly: £30,165 is what the ledger has for Wyevale Police, Core: the figure may be another partner's.
//! ```
//!
//! ## What to do
//!
//! Ask the partner for its own figure. Two partners may agree on the same amount, so this alone shows nothing.
use super::case::Other;
use super::figures::stated_elsewhere;
use super::{Case, Cause, Claim, Hypothesis};
use rust_decimal::Decimal;

pub(super) struct AnotherFigure;

pub(super) const CAUSE: Cause = Cause { name: "another-figure", source: include_str!("another_figure.rs") };

impl Hypothesis for AnotherFigure {
    fn cause(&self) -> &'static Cause {
        &CAUSE
    }

    fn whole(&self, case: &Case<'_>, off: Decimal, claims: &mut Vec<Claim>) {
        let of_another = |other: &Other| other.partner != case.partner();
        stated_elsewhere(case, off, of_another, ": the figure may be another partner's", claims);
    }
}

//! VAT is in a figure that should be without it, or left out of one that should have it.
//!
//! ## How it shows
//!
//! One figure is 1.2 times the other. In one partnership everybody invoiced without VAT but the police.
//!
//! ## Example
//!
//! ```ledger
//! table,agency,stream,line,actual
//! contributions,NHS,core,,30165
//! ```
//! ```file nhs.xlsx
//! ```
//! ```sheet Contributions
//! A1: Stream | Agency | Paid on | Q1 | Q2 | Q3 | Q4 | Year
//! A2: Core | NHS Wyevale | | | | | | 36198
//! ```
//! ```explained
//! NHS Wyevale, Core · year: £36,198 against £30,165
//!   vat-in-or-out: £36,198 is £30,165 plus 20% VAT.
//! ```
//!
//! ## What to do
//!
//! Ask whether the amount was invoiced with VAT, and put the amount without it on the return.
use super::figures::{about, place, to_pennies};
use super::{Case, Cause, Claim, Hypothesis, Term};
use crate::model::pounds;
use rust_decimal::{Decimal, RoundingStrategy};

pub(super) struct Vat;

pub(super) const CAUSE: Cause = Cause { name: "vat-in-or-out", source: include_str!("vat.rs") };

impl Hypothesis for Vat {
    fn cause(&self) -> &'static Cause {
        &CAUSE
    }

    fn figure(&self, case: &Case<'_>, term: &Term<'_>, would_be: Decimal) -> Option<Claim> {
        let is = term.figure.pounds;
        // A few pence are a fifth of too many things.
        if would_be.abs() < Decimal::ONE_HUNDRED || is.abs() < Decimal::ONE_HUNDRED {
            return None;
        }
        let rate = Decimal::new(12, 1);
        // A year whose quarters were each rounded to the penny.
        let parts = case
            .terms
            .iter()
            .filter(|part| part.through && part.figure.at.cell.row == term.figure.at.cell.row);
        let parts = if term.through { 0 } else { parts.count() };
        let slack = Decimal::new(5, 3).saturating_mul(Decimal::from(parts));
        let fits = |pounds: Option<Decimal>| {
            let Some(pounds) = pounds else { return false };
            let whole = pounds.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
            to_pennies(pounds) == is
                || (pounds - is).abs() <= slack
                || is.is_integer() && would_be.is_integer() && whole == is
        };
        let words = if fits(would_be.checked_mul(rate)) {
            format!("{} is {} plus 20% VAT{}.", pounds(is), pounds(would_be), place(case, term))
        } else if fits(would_be.checked_div(rate)) {
            format!("{} is {} without its 20% VAT{}.", pounds(is), pounds(would_be), place(case, term))
        } else {
            return None;
        };
        Some(about(term, words))
    }
}

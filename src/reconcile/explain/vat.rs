//! VAT is in a figure that should be without it, or left out of one that should have it.
//!
//! ## How it shows
//!
//! One figure is 1.2 times the other, or as many times as the rate makes that the schema declares. In one partnership
//! everybody invoiced without VAT but the police.
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
use crate::schema::ControlKind;
use rust_decimal::{Decimal, RoundingStrategy};
use std::cell::LazyCell;

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
        // VAT turns no plus into a minus.
        if would_be.is_sign_negative() != is.is_sign_negative() {
            return None;
        }
        // A year whose quarters were each rounded to the penny.
        let slack = LazyCell::new(|| {
            let same_row = |part: &&Term<'_>| part.figure.at.cell.row == term.figure.at.cell.row;
            let parts = case.terms.iter().filter(|part| part.through).filter(same_row);
            let parts = if term.through { 0 } else { parts.count() };
            Decimal::new(5, 3).saturating_mul(Decimal::from(parts))
        });
        // Nothing is further off than a penny for every figure.
        let far = Decimal::new(1, 2).saturating_mul(Decimal::from(case.terms.len()));
        let fits = |pounds: Option<Decimal>| {
            let Some(pounds) = pounds else { return false };
            let whole = pounds.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
            to_pennies(pounds) == is
                || (pounds - is).abs() <= far && (pounds - is).abs() <= *slack
                || is.is_integer() && would_be.is_integer() && whole == is
        };
        let how = rates(case).into_iter().find_map(|rate| {
            let factor = Decimal::ONE.checked_add(rate.checked_div(Decimal::ONE_HUNDRED)?)?;
            if fits(would_be.checked_mul(factor)) {
                Some(format!("plus {rate}% VAT"))
            } else {
                fits(would_be.checked_div(factor)).then(|| format!("without its {rate}% VAT"))
            }
        })?;
        let words = format!("{} is {} {how}{}.", pounds(is), pounds(would_be), place(case, term));
        Some(about(term, words))
    }
}

/// The rates of VAT, percent: those that controls of the kind *vat* name, on the table of the difference first; else 20.
fn rates(case: &Case<'_>) -> Vec<Decimal> {
    let declared = |own: bool| {
        let controls = case.round.schema.controls.iter();
        let controls = controls.filter(move |control| (control.table == case.control.table) == own);
        controls.filter_map(|control| match &control.kind {
            ControlKind::Named(given) if given.kind == "vat" => given.words("rate")?.parse::<Decimal>().ok(),
            _ => None,
        })
    };
    let mut rates: Vec<Decimal> = Vec::new();
    for rate in declared(true).chain(declared(false)).map(|rate| rate.normalize()) {
        if !rates.contains(&rate) {
            rates.push(rate);
        }
    }
    if rates.is_empty() {
        rates.push(Decimal::from(20));
    }
    rates
}

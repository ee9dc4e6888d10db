//! One or more quarterly instalments are missing.
//!
//! ## How it shows
//!
//! A quarter is empty or nought where the others have the same amount, or the year is a quarter, a half or three
//! quarters of what it should be.
//!
//! ## Example
//!
//! ```ledger
//! table,agency,stream,line,actual
//! contributions,NHS,core,,645
//! ```
//! ```file nhs.xlsx
//! ```
//! ```sheet Contributions
//! A1: Stream | Agency | Paid on | Q1 | Q2 | Q3 | Q4 | Year
//! A2: Core | NHS Wyevale | | 161.25 | 161.25 | | 161.25 | 483.75
//! ```
//! ```explained
//! NHS Wyevale, Core · year: £483.75 against £645
//!   instalment-missing: Nothing stands under Q3 of Core: £161.25 is missing.
//! ```
//!
//! ## What to do
//!
//! Find out whether the instalment was paid; if it was, enter it in its own quarter.
use super::figures::{about, whole};
use super::{Case, Cause, Claim, Hypothesis, Term};
use crate::model::{Evidence, pounds};
use rust_decimal::Decimal;

pub(super) struct InstalmentMissing;

pub(super) const CAUSE: Cause = Cause { name: "instalment-missing", source: include_str!("instalment.rs") };

impl Hypothesis for InstalmentMissing {
    fn cause(&self) -> &'static Cause {
        &CAUSE
    }

    fn figure(&self, case: &Case<'_>, term: &Term<'_>, would_be: Decimal) -> Option<Claim> {
        let is = term.figure.pounds;
        let total = case.across(term.grid.table, term.figure.field);
        if term.through || !case.is_ledger() {
            // A quarter that is nought where the others are not.
            let known = if term.through {
                case.ledger_figure(term.figure.at, term.figure.field)
            } else {
                case.known(term.figure.at, term.figure.field)
            };
            let others = alike(case, term, would_be);
            let fits = is.is_zero() && !would_be.is_zero() && (known == Some(would_be) || others > 0);
            return fits.then(|| {
                let what = case.heading(term.figure.field);
                let evidence = if others > 1 { Evidence::Confirmed } else { Evidence::Exact };
                let claim = about(
                    term,
                    format!(
                        "The instalment of {what} ({}), {}, is missing.",
                        case.cell(term.figure.at),
                        pounds(would_be)
                    ),
                );
                Claim { evidence, ..claim }
            });
        }
        // The year alone is known: it is a quarter, a half or three quarters of what it should be.
        if total.len() != 4 && !total.is_empty() || is.is_zero() {
            return None;
        }
        let paid = (1..4)
            .find(|paid| would_be.checked_mul(Decimal::from(*paid)) == is.checked_mul(Decimal::from(4)))?;
        let words = match paid {
            1 => "one quarter",
            2 => "half",
            _ => "three quarters",
        };
        Some(about(
            term,
            format!(
                "{} is {words} of {}: {} of four instalments may be missing.",
                pounds(is),
                pounds(would_be),
                4 - paid
            ),
        ))
    }

    fn whole(&self, case: &Case<'_>, off: Decimal, claims: &mut Vec<Claim>) {
        for term in case.terms.iter().filter(|term| !term.through) {
            let fields = case.across(term.grid.table, term.figure.field);
            let blank: Vec<usize> =
                fields.iter().copied().filter(|field| term.line.blank.contains(field)).collect();
            let quarters = case.quarters(term.line, term.grid.table, term.figure.field);
            if blank.is_empty() || quarters.is_empty() {
                continue;
            }
            let sum = quarters.iter().try_fold(Decimal::ZERO, |sum, part| sum.checked_add(part.pounds));
            let missing = if case.is_ledger() { -off } else { off };
            if case.is_ledger() && sum != Some(term.figure.pounds) || missing <= Decimal::ZERO {
                continue;
            }
            let known = blank
                .iter()
                .map(|field| {
                    if case.is_ledger() {
                        case.ledger_figure(term.figure.at, *field)
                    } else {
                        case.known(term.figure.at, *field)
                    }
                })
                .try_fold(Decimal::ZERO, |sum, known| sum.checked_add(known?));
            let each = Decimal::from(blank.len());
            let like = quarters.iter().filter(|part| part.pounds.checked_mul(each) == Some(missing)).count();
            let evidence = match (known == Some(missing), like) {
                (true, _) => Evidence::Confirmed,
                (false, 0) => continue,
                // The row's other quarters are all as much.
                (false, _) if like > 1 && like == quarters.len() => Evidence::Confirmed,
                (false, _) => Evidence::Exact,
            };
            let named: Vec<String> = blank.iter().map(|field| case.heading(*field)).collect();
            let words = format!(
                "Nothing stands under {} of {}: {} is missing.",
                named.join(" and "),
                term.line.name,
                pounds(missing)
            );
            claims.push(whole(evidence, off, vec![term.figure.at], words));
        }
    }
}

/// How many other quarters of a row have an amount, if all of those have this one; otherwise none.
fn alike(case: &Case<'_>, term: &Term<'_>, pounds: Decimal) -> usize {
    let beside = case.beside(term.grid.table, term.figure.field);
    let others = term.line.figures.iter().filter(|figure| beside.contains(&figure.field));
    let others: Vec<Decimal> =
        others.map(|figure| figure.pounds).filter(|amount| !amount.is_zero()).collect();
    if others.iter().all(|amount| *amount == pounds) { others.len() } else { 0 }
}

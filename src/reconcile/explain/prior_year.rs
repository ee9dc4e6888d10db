//! Last year's figure is left in.
//!
//! ## How it shows
//!
//! The figure is the one that the same cell had a year ago, and the ledger has another for this year.
//!
//! ## Example
//!
//! ```earlier
//! period 2012-13 Q4
//! HC | spending | staff | actual=1000
//! ```
//! ```ledger
//! table,agency,stream,line,actual
//! spending,HC,,Staff,1234
//! ```
//! ```file council.xlsx
//! ```
//! ```sheet Spending
//! A1: Budget line | Actual | Committed
//! A2: Staff | 1000
//! A3: Total | 1000
//! ```
//! ```explained
//! Wyevale Council, Staff · actual: £1,000 against £1,234
//!   prior-year: £1,000 is what the return for 2012-13 had in the same place.
//! ```
//!
//! ## What to do
//!
//! Ask for this year's figures: the return may have been typed over last year's.
use super::figures::{about, place, whole};
use super::{Case, Cause, Claim, Hypothesis, Term};
use crate::model::{Evidence, pounds};
use crate::reconcile::explain::workings::Line;
use crate::schema::ControlKind;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

pub(super) struct PriorYear;

pub(super) const CAUSE: Cause = Cause { name: "prior-year", source: include_str!("prior_year.rs") };

impl Hypothesis for PriorYear {
    fn cause(&self) -> &'static Cause {
        &CAUSE
    }

    fn figure(&self, case: &Case<'_>, term: &Term<'_>, would_be: Decimal) -> Option<Claim> {
        let was = last_year(case, term)?;
        let is = term.figure.pounds;
        let same = |field: usize, pounds: Decimal| {
            let name = case.schema.fields.get(field).map(|field| &field.name);
            !pounds.is_zero() && name.and_then(|name| was.get(name)) == Some(&pounds)
        };
        // One quarter alone says little, unless the ledger has this year's.
        let known = !term.through || case.ledger_figure(term.figure.at, term.figure.field) == Some(would_be);
        if !case.is_ledger() || !known || !same(term.figure.field, is) {
            return None;
        }
        let alike = term.line.figures.iter().filter(|figure| same(figure.field, figure.pounds)).count();
        let words = format!(
            "{} is what the return for {} had in the same place{}.",
            pounds(is),
            case.round.earlier.as_ref()?.period.whole_year(),
            place(case, term)
        );
        let mut claim = about(term, words);
        claim.evidence = if alike > 1 && !term.through { Evidence::Shown } else { Evidence::Exact };
        Some(claim)
    }

    fn whole(&self, case: &Case<'_>, off: Decimal, claims: &mut Vec<Claim>) {
        let left_in = matches!(&case.control.kind, ControlKind::Named(given) if given.kind == "prior-year");
        let cells = &case.comparison.addends;
        let Some(earlier) = case.round.earlier.as_ref().filter(|_| left_in && off == case.difference) else {
            return;
        };
        let words = format!(
            "{} amounts of the row are what the return for {} had in the same places.",
            cells.len(),
            earlier.period.whole_year()
        );
        claims.push(whole(Evidence::Shown, off, cells.clone(), words));
    }
}

/// What the row of a figure had a year ago, by the names of fields.
fn last_year<'a>(case: &Case<'a>, term: &Term<'a>) -> Option<&'a BTreeMap<String, Decimal>> {
    let earlier =
        case.round.earlier.as_ref().filter(|earlier| earlier.period.year < case.round.period.year)?;
    let table = case.round.schema.tables.get(term.grid.table)?.name.clone();
    let line: &Line = term.line;
    earlier.amounts.get(&(term.own.partner?, table, line.key.clone()?))
}

//! A payment of another year is counted in.
//!
//! ## How it shows
//!
//! Without a row that is dated before or after the year, the figures agree.
//!
//! ## Example
//!
//! ```ledger
//! table,agency,stream,line,actual
//! contributions,NHS,core,,1000
//! ```
//! ```file nhs.xlsx
//! ```
//! ```sheet Contributions
//! A1: Stream | Agency | Paid on | Q1 | Q2 | Q3 | Q4 | Year
//! A2: Core | NHS Wyevale | 2013-06-30 | | | | | 1000
//! A3: Core | NHS Wyevale | 2014-05-02 | | | | | 250
//! ```
//! ```explained
//! NHS Wyevale, Core · 2 May 2014 · paid on 2 May 2014: £250 against £0
//! NHS Wyevale, Core · year: £1,250 against £1,000
//!   outside-the-year: Core · 2 May 2014 counts £250, dated 2 May 2014: it belongs to another year.
//! ```
//!
//! ## What to do
//!
//! Move the payment to the year it belongs to, or say that it was accrued.
use super::figures::about;
use super::{Case, Cause, Claim, Hypothesis, Term};
use crate::model::{Evidence, pounds};
use rust_decimal::Decimal;

pub(super) struct OutsideYear;

pub(super) const CAUSE: Cause = Cause { name: "outside-the-year", source: include_str!("outside_year.rs") };

impl Hypothesis for OutsideYear {
    fn cause(&self) -> &'static Cause {
        &CAUSE
    }

    fn figure(&self, case: &Case<'_>, term: &Term<'_>, would_be: Decimal) -> Option<Claim> {
        let (date, at) = term.line.date?;
        let year = case.round.period.whole_year();
        let first_month = case.round.schema.year_start;
        (would_be.is_zero()
            && !term.through
            && (date < year.start(first_month) || date > year.end(first_month)))
        .then(|| {
            let words = format!(
                "{} counts {}, dated {}: it belongs to another year.",
                term.line.name,
                pounds(term.figure.pounds),
                date.strftime("%-d %B %Y")
            );
            let mut claim = about(term, words);
            claim.evidence = Evidence::Shown;
            claim.cells.push(at);
            claim
        })
    }
}

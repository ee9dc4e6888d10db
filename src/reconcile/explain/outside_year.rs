//! A payment of another year is counted in.
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

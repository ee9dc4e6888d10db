//! Figures for the year so far stand where those of one quarter belong.
//!
//! ## How it shows
//!
//! The quarters rise, and the last is the year. Added up, they come to far too much.
//!
//! ## Example
//!
//! ```ledger
//! table,agency,stream,line,actual
//! contributions,NHS,core,,45203
//! ```
//! ```file nhs.xlsx
//! ```
//! ```sheet Contributions
//! A1: Stream | Agency | Paid on | Q1 | Q2 | Q3 | Q4 | Year
//! A2: Core | NHS Wyevale | | 11300.75 | 22601.5 | 33902.25 | 45203 | 45203
//! ```
//! ```explained
//! NHS Wyevale, Core · year: £45,203 against £113,007.50
//!   cumulative-figures: The figures of Core rise from £11,300.75 (D2) to £45,203 (G2), which is the year: they are for the year so far, not for each quarter.
//! ```
//!
//! ## What to do
//!
//! Ask for each quarter's own figure: what is typed, less the quarter before it.
use super::figures::{about, whole};
use super::workings::Figure;
use super::{Case, Cause, Claim, Hypothesis, Term};
use crate::model::{Evidence, pounds};
use crate::schema::ControlKind;
use rust_decimal::Decimal;

pub(super) struct CumulativeFigures;

pub(super) const CAUSE: Cause = Cause { name: "cumulative-figures", source: include_str!("cumulative.rs") };

impl Hypothesis for CumulativeFigures {
    fn cause(&self) -> &'static Cause {
        &CAUSE
    }

    fn figure(&self, case: &Case<'_>, term: &Term<'_>, would_be: Decimal) -> Option<Claim> {
        // One quarter alone holds the year so far.
        let total = total_of(case, term)?;
        let quarters = case.quarters(term.line, term.grid.table, total);
        let place = quarters.iter().position(|figure| figure.at == term.figure.at)?;
        let before = sum(&quarters[..place])?;
        let fits = place > 0
            && before > Decimal::ZERO
            && would_be > Decimal::ZERO
            && would_be.checked_add(before) == Some(term.figure.pounds);
        fits.then(|| {
            let what = case.heading(term.figure.field);
            about(
                term,
                format!(
                    "{} holds the year so far: {} is {} and the {} of the quarters before it. It would be {} for {what} alone.",
                    case.cell(term.figure.at),
                    pounds(term.figure.pounds),
                    pounds(would_be),
                    pounds(before),
                    pounds(would_be)
                ),
            )
        })
    }

    fn whole(&self, case: &Case<'_>, off: Decimal, claims: &mut Vec<Claim>) {
        for term in case.terms.iter().filter(|term| !term.through) {
            let quarters = case.quarters(term.line, term.grid.table, term.figure.field);
            if quarters.len() < 2 || !rises(&quarters) {
                continue;
            }
            let (Some(sum), Some(last)) = (sum(&quarters), quarters.last()) else { continue };
            // Without the accumulation the row comes to its last figure.
            let too_much = sum.saturating_sub(last.pounds);
            let (fits, sure) = if case.is_ledger() {
                (term.figure.pounds == sum && off == too_much, true)
            } else {
                (term.figure.pounds == last.pounds && off == -too_much, quarters.len() > 2)
            };
            if !fits || too_much.is_zero() {
                continue;
            }
            let evidence = if sure { Evidence::Confirmed } else { Evidence::Exact };
            let words = format!(
                "The figures of {} rise from {} to {}, which is the year: they are for the year so far, not for each quarter.",
                term.line.name,
                case.figure(quarters[0]),
                case.figure(last)
            );
            claims.push(whole(evidence, off, quarters.iter().map(|figure| figure.at).collect(), words));
        }
    }
}

/// The field of the row's total that a quarter adds to.
fn total_of(case: &Case<'_>, term: &Term<'_>) -> Option<usize> {
    case.round.schema.controls.iter().filter(|control| control.table == term.grid.table).find_map(|control| {
        match &control.kind {
            ControlKind::CrossFooting { sums, total } if sums.contains(&term.figure.field) => Some(*total),
            ControlKind::YearToDate { quarters, to_date } if quarters.contains(&term.figure.field) => {
                Some(*to_date)
            }
            _ => None,
        }
    })
}

fn sum(figures: &[&Figure]) -> Option<Decimal> {
    figures.iter().try_fold(Decimal::ZERO, |sum, figure| sum.checked_add(figure.pounds))
}

fn rises(figures: &[&Figure]) -> bool {
    figures.is_sorted_by(|a, b| a.pounds <= b.pounds)
        && figures
            .first()
            .zip(figures.last())
            .is_some_and(|(first, last)| first.pounds > Decimal::ZERO && last.pounds > first.pounds)
}

//! What is only committed is counted as paid.
//!
//! ## How it shows
//!
//! The figure is too high by just what stands under *committed* in the same row.
//!
//! ## Example
//!
//! ```ledger
//! table,agency,stream,line,actual
//! spending,,,Staff,400
//! spending,,,Rooms,75
//! ```
//! ```file council.xlsx
//! ```
//! ```sheet Spending
//! A1: Budget line | Actual | Committed
//! A2: Staff | 460 | 60
//! A3: Rooms | 75 | 0
//! ```
//! ```explained
//! Wyevale Council, Staff · actual: £460 against £400
//!   committed-counted: £460 includes the £60 that is committed and not yet paid (C2).
//! ```
//!
//! ## What to do
//!
//! Show what has been paid and what is committed apart; a commitment counts when it is paid.
use super::figures::about;
use super::{Case, Cause, Claim, Hypothesis, Term};
use crate::model::{Evidence, pounds};
use crate::schema::Role;
use rust_decimal::Decimal;

pub(super) struct CommittedCounted;

pub(super) const CAUSE: Cause = Cause { name: "committed-counted", source: include_str!("committed.rs") };

impl Hypothesis for CommittedCounted {
    fn cause(&self) -> &'static Cause {
        &CAUSE
    }

    fn figure(&self, case: &Case<'_>, term: &Term<'_>, would_be: Decimal) -> Option<Claim> {
        let counted = term.figure.pounds.checked_sub(would_be).filter(|more| *more > Decimal::ZERO)?;
        let schema = case.round.schema.tables.get(term.grid.table)?;
        let committed = schema.role(Role::Committed)?;
        let figure = term.line.figures.iter().find(|figure| figure.field == committed)?;
        (figure.pounds == counted && figure.at != term.figure.at && !term.through).then(|| {
            let mut claim = about(
                term,
                format!(
                    "{} includes the {} that is committed and not yet paid ({}).",
                    pounds(term.figure.pounds),
                    pounds(counted),
                    case.cell(figure.at)
                ),
            );
            claim.evidence = Evidence::Confirmed;
            claim.cells.push(figure.at);
            claim
        })
    }
}

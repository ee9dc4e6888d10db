//! The amount stands on another line, or another partner's stands here.
use super::figures::whole;
use super::{Case, Cause, Claim, Hypothesis};
use crate::model::{Evidence, pounds};
use rust_decimal::Decimal;

pub(super) struct WrongLine;

pub(super) const CAUSE: Cause = Cause { name: "wrong-line", source: include_str!("wrong_line.rs") };

impl Hypothesis for WrongLine {
    fn cause(&self) -> &'static Cause {
        &CAUSE
    }

    fn whole(&self, case: &Case<'_>, off: Decimal, claims: &mut Vec<Claim>) {
        let Some(book) = case.book.as_ref().filter(|_| off == case.difference) else { return };
        // Two lines of the same partner are out by the same amount in opposite directions.
        let opposite = book.others.off_by(-off, book.own).filter(|other| other.partner == case.partner());
        for other in opposite {
            let words = format!(
                "{} is out by the same amount the other way: {} may stand on the wrong line.",
                other.name,
                pounds(off.abs())
            );
            claims.push(whole(Evidence::Confirmed, off, Vec::new(), words));
        }
        let Some(stated) = case.comparison.stated.amount.filter(|stated| !stated.is_zero()) else { return };
        for other in book.others.with(stated, book.own) {
            let words = format!("{} is what the ledger has for {}.", pounds(stated), other.name);
            claims.push(whole(
                Evidence::Possible,
                off,
                case.comparison.stated.at.into_iter().collect(),
                words,
            ));
        }
    }
}

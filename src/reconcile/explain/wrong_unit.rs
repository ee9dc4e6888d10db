//! A decimal point has slipped, or thousands stand for pounds.
//!
//! ## How it shows
//!
//! One figure is ten, a hundred or a thousand times the other.
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
//! A2: Core | NHS Wyevale | | | | | | 301650
//! ```
//! ```explained
//! NHS Wyevale, Core · year: £301,650 against £30,165
//!   wrong-unit: £301,650 is 10 times £30,165: the decimal point has slipped.
//! ```
//!
//! ## What to do
//!
//! Compare with the remittance. If the sheet is in thousands, say so on its cover.
use super::figures::{about, place, ten_to, to_pennies};
use super::{Case, Cause, Claim, Hypothesis, Term};
use crate::model::pounds;
use rust_decimal::Decimal;

pub(super) struct WrongUnit;

pub(super) const CAUSE: Cause = Cause { name: "wrong-unit", source: include_str!("wrong_unit.rs") };

impl Hypothesis for WrongUnit {
    fn cause(&self) -> &'static Cause {
        &CAUSE
    }

    fn figure(&self, case: &Case<'_>, term: &Term<'_>, would_be: Decimal) -> Option<Claim> {
        let is = term.figure.pounds;
        if is.is_zero() || would_be.is_zero() || is == would_be {
            return None;
        }
        [1, 2, 3, 6].into_iter().find_map(|power| {
            let factor = ten_to(power)?;
            let up = would_be.checked_mul(factor) == Some(is);
            let down = is.checked_mul(factor) == Some(would_be)
                || power <= 3
                    && would_be.checked_div(factor).map(to_pennies) == Some(is)
                    && is.abs() >= Decimal::ONE;
            (up || down).then(|| {
                let how = match (up, power) {
                    (true, 3) => "a thousand times".to_owned(),
                    (true, 6) => "a million times".to_owned(),
                    (true, _) => format!("{factor} times"),
                    (false, 3) => "a thousandth of".to_owned(),
                    (false, 6) => "a millionth of".to_owned(),
                    (false, 1) => "a tenth of".to_owned(),
                    (false, _) => "a hundredth of".to_owned(),
                };
                let unit =
                    if power >= 3 { "the unit is probably another" } else { "the decimal point has slipped" };
                about(
                    term,
                    format!("{} is {how} {}{}: {unit}.", pounds(is), pounds(would_be), place(case, term)),
                )
            })
        })
    }
}

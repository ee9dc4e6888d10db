//! The causes, in the order in which equally good ones are put forward.

use super::Hypothesis;
use crate::page;

/// A cause: its name and its documentation.
#[derive(Debug)]
pub struct Cause {
    /// Its name, kebab-case; its file has the same name.
    pub name: &'static str,
    /// The text of its file, whose `//!` lines are its documentation.
    pub source: &'static str,
}

/// Every cause that is tested.
pub(super) const ALL: &[&dyn Hypothesis] = &[
    &super::no_return::NoReturn,
    &super::replaced_return::ReplacedReturn,
    &super::formula::Formula,
    &super::rounding::Rounding,
    &super::text_in_total::TextInTotal,
    &super::cumulative::CumulativeFigures,
    &super::wrong_sign::WrongSign,
    &super::wrong_unit::WrongUnit,
    &super::vat::Vat,
    &super::other_stream::OtherStream,
    &super::two_partners::TwoPartners,
    &super::prior_year::PriorYear,
    &super::one_sided::OneSidedRecharge,
    &super::committed::CommittedCounted,
    &super::outside_year::OutsideYear,
    &super::hidden_row::HiddenRow,
    &super::subtotal::SubtotalCounted,
    &super::counted_twice::CountedTwice,
    &super::instalment::InstalmentMissing,
    &super::digits_swapped::DigitsSwapped,
    &super::left_out::LeftOut,
    &super::wrong_line::WrongLine,
    &super::another_figure::AnotherFigure,
    &super::sum_of_items::SumOfItems,
];

/// The names and pages of all causes.
pub const CAUSES: &[&Cause] = &[
    &super::no_return::CAUSE,
    &super::replaced_return::CAUSE,
    &super::formula::CAUSE,
    &super::rounding::CAUSE,
    &super::text_in_total::CAUSE,
    &super::cumulative::CAUSE,
    &super::wrong_sign::CAUSE,
    &super::wrong_unit::CAUSE,
    &super::vat::CAUSE,
    &super::other_stream::CAUSE,
    &super::two_partners::CAUSE,
    &super::prior_year::CAUSE,
    &super::one_sided::CAUSE,
    &super::committed::CAUSE,
    &super::outside_year::CAUSE,
    &super::hidden_row::CAUSE,
    &super::subtotal::CAUSE,
    &super::counted_twice::CAUSE,
    &super::instalment::CAUSE,
    &super::digits_swapped::CAUSE,
    &super::left_out::CAUSE,
    &super::wrong_line::CAUSE,
    &super::another_figure::CAUSE,
    &super::sum_of_items::CAUSE,
];

impl Cause {
    /// Its page in Markdown.
    #[must_use]
    pub fn docs(&self) -> String {
        page::markdown(self.source)
    }

    /// What it is, in one sentence.
    #[must_use]
    pub fn summary(&self) -> String {
        page::summary(self.source)
    }
}

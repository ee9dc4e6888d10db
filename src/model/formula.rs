//! What is wrong with a partner's own formulas.

use super::Origin;
use rust_decimal::Decimal;

/// Something wrong in a formula of a return, or in a figure that was typed where a formula belongs.
#[derive(Debug, Clone, PartialEq)]
pub struct FormulaFault {
    /// The cell with the formula (or the typed figure).
    pub at: Origin,
    /// What is wrong with it.
    pub kind: FormulaFaultKind,
    /// The formula as the file has it, without its `=`; empty for a typed figure.
    pub formula: Box<str>,
    /// The formula as it should be, without its `=`, where that can be told.
    pub corrected: Option<Box<str>>,
    /// The cells it is about, at most [`MOST_FAULT_CELLS`]: left out, counted twice, text, hidden or with error values; of a
    /// formula that is not like its neighbours, the neighbours.
    pub cells: Vec<Origin>,
    /// The stored result less what it would be without the fault, in pounds and exact, where that can be worked out.
    pub effect: Option<Decimal>,
    /// The result that the file stores.
    pub stored: Option<Decimal>,
    /// The result worked out anew: without the fault, and from the cells' stored values.
    pub recomputed: Option<Decimal>,
}

/// The most cells that a fault lists.
pub const MOST_FAULT_CELLS: usize = 100;

/// What is wrong with a formula.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FormulaFaultKind {
    /// A sum stops short of figures that stand next to its range.
    RangeTooShort,
    /// A sum takes in a sub-total of figures that it also adds up.
    IncludesSubtotal,
    /// A figure was typed where its neighbours are formulas.
    TypedTotal,
    /// A formula differs in relative form from neighbours that are alike.
    OddOneOut,
    /// A sum counts figures in hidden rows.
    HiddenInSum,
    /// A sum passes over text that reads as an amount.
    TextInSum,
    /// A range that is used holds an error value.
    ErrorInRange,
    /// The stored result is not what the formula comes to.
    StaleResult,
}

impl FormulaFaultKind {
    /// The words that people see in a list.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::RangeTooShort => "Sum stops short",
            Self::IncludesSubtotal => "Sub-total counted twice",
            Self::TypedTotal => "Figure typed over a formula",
            Self::OddOneOut => "Formula unlike its neighbours",
            Self::HiddenInSum => "Hidden rows in a sum",
            Self::TextInSum => "Amounts written as text in a sum",
            Self::ErrorInRange => "Error value in a range",
            Self::StaleResult => "Saved result out of date",
        }
    }
}

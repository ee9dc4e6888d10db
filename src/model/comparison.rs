//! Two figures held against each other.

use super::{Evidence, Explanation, Origin, PartnerId};
use rust_decimal::Decimal;

/// One control applied once: a stated figure against the figure it must equal.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// Which control, an index into [`crate::schema::Schema::controls`].
    pub control: usize,
    /// Whose figures they are.
    pub scope: Scope,
    /// What is compared, in words: `All streams · annual total`.
    pub line: String,
    /// The figure that was stated (typed in a return).
    pub stated: Side,
    /// The figure that it must equal: recomputed, or from the ledger.
    pub expected: Side,
    /// Cells that were added up, at most a hundred of them: for `expected` where that is recomputed, for `stated` where a
    /// partner typed several rows on one line of the ledger.
    pub addends: Vec<Origin>,
    /// What must be known to read the figures, in plain sentences: why a figure is missing, what was left out of it.
    pub note: Option<String>,
    /// How it came out.
    pub outcome: Outcome,
    /// What would explain a difference, the likeliest first.
    pub explanations: Vec<Explanation>,
    /// Where causes were not looked for, or which are not listed, in plain sentences.
    pub limit: Option<String>,
}

/// What the comparison of all shares that a whole is divided by is called.
pub const ALL_SHARES: &str = "All shares, percent";
/// What the comparison of all agreed amounts with the agreed budget is called.
pub const ALL_AGREED: &str = "All agreed amounts";

impl Comparison {
    /// True for the total over all lines of a control: it has neither a cell nor a line of its own.
    #[must_use]
    pub fn is_control_total(&self) -> bool {
        let sides = [&self.stated, &self.expected];
        self.scope == Scope::Round
            && self.addends.is_empty()
            && sides.iter().all(|side| side.at.is_none() && side.ledger_line.is_none())
    }

    /// What no tested cause accounts for, pounds, without its sign. A cause that is only possible accounts for nothing.
    #[must_use]
    pub fn unexplained(&self) -> Decimal {
        self.left().abs()
    }

    /// The same with its sign: the difference less what the cause that leaves the least accounts for.
    #[must_use]
    pub fn left(&self) -> Decimal {
        let Outcome::Differs { difference } = self.outcome else { return Decimal::ZERO };
        let sound = self.explanations.iter().filter(|one| one.evidence != Evidence::Possible);
        sound
            .map(|one| one.remains)
            .fold(difference, |least, left| if left.abs() < least.abs() { left } else { least })
    }
}

/// Whose figures a comparison is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// The whole round.
    Round,
    /// One partner.
    Partner(PartnerId),
}

/// One side of a comparison.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Side {
    /// Pounds; `None` if there is no figure, which counts as nothing in the difference. Controls that do not compare
    /// money have their own unit, see [`crate::schema::Control::measure`].
    pub amount: Option<Decimal>,
    /// The cell, if it is one cell of a return.
    pub at: Option<Origin>,
    /// The line of `ledger.csv`, if it is from there (one-based, headings are line 1).
    pub ledger_line: Option<u32>,
}

/// How a comparison came out.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// Exactly equal.
    Agrees,
    /// Not equal, but within what rounding of the stated units allows.
    WithinRounding {
        /// Stated minus expected, pounds.
        difference: Decimal,
        /// The most that rounding allows, pounds.
        allowed: Decimal,
    },
    /// Not equal.
    Differs {
        /// Stated minus expected, pounds.
        difference: Decimal,
    },
    /// A figure is missing or could not be read.
    Untestable {
        /// The cells that stand in the way.
        blocked_by: Vec<Origin>,
        /// Why, in a plain sentence.
        why: String,
    },
}

impl Outcome {
    /// The word that people see.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Agrees => "agrees",
            Self::WithinRounding { .. } => "rounding",
            Self::Differs { .. } => "differs",
            Self::Untestable { .. } => "could not test",
        }
    }

    /// Stated minus expected, pounds; zero where they agree, `None` where it could not be tested.
    #[must_use]
    pub fn difference(&self) -> Option<Decimal> {
        match self {
            Self::Agrees => Some(Decimal::ZERO),
            Self::WithinRounding { difference, .. } | Self::Differs { difference } => Some(*difference),
            Self::Untestable { .. } => None,
        }
    }
}

/// The result of a ledger control over the whole round: typed, ledger, net and gross, all in pounds. Lines with an amount
/// that could not be read are in none of them but `merged`.
#[derive(Debug, Clone, PartialEq)]
pub struct Ledgered {
    /// Which control.
    pub control: usize,
    /// Everything that partners typed, whether or not it was merged.
    pub typed: Decimal,
    /// What was merged.
    pub merged: Decimal,
    /// The ledger's total.
    pub ledger: Decimal,
    /// Typed minus ledger.
    pub net: Decimal,
    /// The sum of every partner's difference without its sign.
    pub gross: Decimal,
    /// What no tested cause accounts for; one that is only possible accounts for nothing.
    pub unexplained: Decimal,
    /// Lines that are left out because an amount could not be read.
    pub untested: u32,
}

impl Ledgered {
    /// True if differences cancel each other out, so that the net difference hides them: gross is more than twice net, or
    /// net is nothing although something differs.
    #[must_use]
    pub fn compensates(&self) -> bool {
        !self.gross.is_zero() && self.gross > self.net.abs().saturating_add(self.net.abs())
    }
}

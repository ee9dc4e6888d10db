//! Controls: totals that must agree.

use crate::finding::Severity;
use crate::model::{ALL_SHARES, Comparison, pounds};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// A declared control.
#[derive(Debug, Clone)]
pub struct Control {
    /// Its name.
    pub name: String,
    /// Title for people.
    pub title: String,
    /// The table it is about.
    pub table: usize,
    /// What it tests.
    pub kind: ControlKind,
    /// How a difference matters.
    pub severity: Severity,
    /// How far off still agrees.
    pub tolerance: Tolerance,
}

/// In what the figures of a comparison are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Pounds.
    Pounds,
    /// Percent: 61 is 61%.
    Percent,
    /// Things that are counted: returns, rows.
    Count,
}

impl Measure {
    /// A figure as people write it.
    #[must_use]
    pub fn shown(self, amount: Decimal) -> String {
        let amount = amount.normalize();
        match self {
            Self::Pounds => pounds(if amount.is_zero() { Decimal::ZERO } else { amount }),
            Self::Percent => format!("{amount}%"),
            Self::Count => amount.to_string(),
        }
    }
}

impl Control {
    /// In what the figures of one of its comparisons are.
    #[must_use]
    pub fn measure(&self, comparison: &Comparison) -> Measure {
        match &self.kind {
            ControlKind::Shares { .. } => Measure::Percent,
            ControlKind::OneReturn | ControlKind::Conservation => Measure::Count,
            ControlKind::Named(given) if given.kind == "apportionment" && comparison.line == ALL_SHARES => {
                Measure::Percent
            }
            _ => Measure::Pounds,
        }
    }
}

/// How far off still agrees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Tolerance {
    /// So many pounds (or percentage points).
    Within(Decimal),
    /// What rounding of the stated units allows.
    Interval,
}

/// What a control tests. Numbers are field indices of the control's table.
#[derive(Debug, Clone)]
pub enum ControlKind {
    /// Each row: the sum of some fields is another field.
    CrossFooting {
        /// The addends.
        sums: Vec<usize>,
        /// The row's total.
        total: usize,
    },
    /// Each column against the table's total and sub-total rows.
    Footing {
        /// The columns.
        sums: Vec<usize>,
    },
    /// The total row's own columns against its total.
    CrossCast {
        /// The columns.
        sums: Vec<usize>,
        /// The column of row totals.
        total: usize,
    },
    /// Partners' figures against the ledger.
    Ledger {
        /// The amount.
        amount: usize,
        /// Fields that, with the agency, name a ledger line.
        by: Vec<usize>,
        /// The ledger's table.
        ledger: String,
        /// The ledger's column.
        column: String,
        /// The ledger's column with what was agreed, if it has one.
        agreed: Option<String>,
        /// True if every ledger line must have an amount, and the round's total is tested.
        complete: bool,
    },
    /// The ledger against what was agreed.
    Agreed {
        /// The ledger's table.
        ledger: String,
        /// The ledger's column with what was paid.
        column: String,
        /// The ledger's column with what was agreed.
        agreed: String,
    },
    /// The year to date is the sum of the quarters so far.
    YearToDate {
        /// The quarters.
        quarters: Vec<usize>,
        /// The year to date.
        to_date: usize,
    },
    /// Cumulative columns do not fall.
    NeverFalls {
        /// The columns in order.
        columns: Vec<usize>,
        /// A field that, when filled, explains a fall.
        explained: Option<usize>,
    },
    /// The opening balance is last year's closing balance.
    Opening {
        /// The opening balance.
        opening: usize,
        /// The ledger's table.
        ledger: String,
        /// The ledger's column.
        column: String,
    },
    /// Opening plus what came in less what went out is closing.
    RollForward {
        /// Opening balance.
        opening: usize,
        /// What came in.
        add: Vec<usize>,
        /// What went out.
        less: Vec<usize>,
        /// Closing balance.
        closing: usize,
    },
    /// Rows of parts add to the row of their whole.
    RollUp {
        /// The amount.
        amount: usize,
        /// Fields that name the whole.
        by: Vec<usize>,
        /// The field that names the part.
        part: usize,
        /// The word in that field that marks the whole.
        total: String,
    },
    /// One accepted return a partner.
    OneReturn,
    /// Printed shares follow from the amounts.
    Shares {
        /// The share, percent.
        share: usize,
        /// The amount.
        amount: usize,
    },
    /// Rows and money read are rows and money accounted for. Always run.
    Conservation,
    /// A kind that is known by its name; its test is in `reconcile/controls`.
    Named(Given),
}

/// The properties of a control whose kind is known by its name.
#[derive(Debug, Clone, Default)]
pub struct Given {
    /// The kind's name in the schema.
    pub kind: &'static str,
    /// Fields of the control's table, by property.
    pub fields: BTreeMap<&'static str, Vec<usize>>,
    /// Words and numbers as they were written, by property.
    pub words: BTreeMap<&'static str, String>,
}

impl Given {
    /// The field that a property names.
    #[must_use]
    pub fn field(&self, property: &str) -> Option<usize> {
        self.fields(property).first().copied()
    }

    /// The fields that a property names; none if it was left out.
    #[must_use]
    pub fn fields(&self, property: &str) -> &[usize] {
        self.fields.get(property).map_or(&[], Vec::as_slice)
    }

    /// The words of a property.
    #[must_use]
    pub fn words(&self, property: &str) -> Option<&str> {
        self.words.get(property).map(String::as_str)
    }
}

impl ControlKind {
    /// Its name in the schema.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::CrossFooting { .. } => "cross-footing",
            Self::Footing { .. } => "footing",
            Self::CrossCast { .. } => "cross-cast",
            Self::Ledger { .. } => "ledger",
            Self::Agreed { .. } => "agreed",
            Self::YearToDate { .. } => "year-to-date",
            Self::NeverFalls { .. } => "never-falls",
            Self::Opening { .. } => "opening",
            Self::RollForward { .. } => "roll-forward",
            Self::RollUp { .. } => "roll-up",
            Self::OneReturn => "one-return",
            Self::Shares { .. } => "shares",
            Self::Conservation => "conservation",
            Self::Named(given) => given.kind,
        }
    }

    /// True if causes are looked for where it differs. Of other kinds what is found is itself the cause: a figure that is
    /// too like another, words, a rule that was not kept.
    #[must_use]
    pub fn has_causes(&self) -> bool {
        match self {
            Self::Ledger { .. }
            | Self::CrossFooting { .. }
            | Self::Footing { .. }
            | Self::CrossCast { .. }
            | Self::YearToDate { .. }
            | Self::RollForward { .. }
            | Self::RollUp { .. } => true,
            Self::Named(given) => matches!(given.kind, "recharge-pairs" | "prior-year"),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    /// The names of kinds in the body of a function, as far as an arm that ends it.
    fn kinds(path: &str, function: &str, until: &str, prefix: &str) -> BTreeSet<String> {
        let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("a source");
        let body =
            text.split_once(function).and_then(|(_, rest)| rest.split_once(until)).expect("it is there").0;
        let variants = body.match_indices(prefix).map(|(at, _)| {
            let name = &body[at + prefix.len()..];
            name.split(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default().to_owned()
        });
        let named = body.split('"').skip(1).step_by(2).map(str::to_owned);
        variants.chain(named).collect()
    }

    #[test]
    fn kinds_with_causes_are_those_that_are_taken_apart() {
        let own = kinds("src/schema/types/control.rs", "pub fn has_causes", "_ => false", "Self::");
        let apart =
            kinds("src/reconcile/explain/case.rs", "fn find_terms", "_ => return None", "ControlKind::");
        assert!(own.len() > 8, "{own:?}");
        assert_eq!(own, apart);
    }
}

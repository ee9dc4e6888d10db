//! The condition language of row rules.

mod evaluate;
mod meaning;
mod token;
mod tree;

pub use evaluate::ConditionContext;
pub(crate) use meaning::parse;

use super::FieldType;
use crate::model::Period;
use jiff::civil::Date;
use rust_decimal::Decimal;

/// A mistake in a condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    /// Where in the condition, in bytes.
    pub(crate) span: std::ops::Range<usize>,
    /// What is wrong.
    pub(crate) message: String,
    /// What was probably meant.
    pub(crate) hint: Option<String>,
}

/// A condition on one record.
#[derive(Debug, Clone)]
pub enum Condition {
    /// Both hold.
    And(Box<Condition>, Box<Condition>),
    /// At least one holds.
    Or(Box<Condition>, Box<Condition>),
    /// It does not hold.
    Not(Box<Condition>),
    /// The field is blank.
    Blank(usize),
    /// The field holds one of these categories, agencies or texts (already resolved).
    IsIn(usize, Vec<Literal>),
    /// The field holds something, but none of these.
    IsNotIn(usize, Vec<Literal>),
    /// Both fields hold something, and it is the same.
    Same(usize, usize),
    /// Both fields hold something, and it differs.
    Differs(usize, usize),
    /// A comparison; false if either side has no value.
    Compare(Expression, Comparator, Expression),
}

/// A text in a condition, resolved for its field's type.
#[derive(Debug, Clone, PartialEq)]
pub enum Literal {
    /// A category's index.
    Code(u16),
    /// An agency by code or name, resolved against the round when evaluated.
    Agency(String),
    /// Text, compared without case.
    Text(String),
    /// Yes or no.
    Boolean(bool),
    /// A quarter or year.
    Period(Period),
    /// A word that the field allows in place of a value (index into `allow`).
    Word(u16),
}

/// How two sides are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparator {
    /// `=`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

/// A number, a date, or something that is calculated.
#[derive(Debug, Clone)]
pub enum Expression {
    /// A field.
    Field(usize),
    /// A number.
    Number(Decimal),
    /// A date.
    Date(Date),
    /// The first day of the round's period.
    PeriodStart,
    /// The last day of the round's period.
    PeriodEnd,
    /// The first day of the plan year.
    YearStart,
    /// The last day of the plan year.
    YearEnd,
    /// A calculation.
    Calculate(Box<Expression>, Operator, Box<Expression>),
}

/// A calculation's sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
}

impl Operator {
    /// What it makes of two numbers; `None` past the limits of decimals and on division by nought.
    #[must_use]
    pub fn apply(self, left: Decimal, right: Decimal) -> Option<Decimal> {
        match self {
            Self::Add => left.checked_add(right),
            Self::Subtract => left.checked_sub(right),
            Self::Multiply => left.checked_mul(right),
            Self::Divide => left.checked_div(right),
        }
    }
}

/// What a field of some type may be compared with, for messages.
#[must_use]
pub const fn is_ordered(kind: FieldType) -> bool {
    matches!(
        kind,
        FieldType::Integer | FieldType::Number | FieldType::Percent | FieldType::Date | FieldType::Money
    )
}

#[cfg(test)]
mod tests;

//! Whether a condition holds for one record. Nothing is allocated here: it runs once a row and rule.

use super::{Comparator, Condition, Expression, Literal, Operator};
use crate::model::{Cell, Partner, PartnerId, Period, Reading, Value};
use jiff::Span;
use jiff::civil::Date;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;
use std::cmp::Ordering;

/// What a condition may refer to beside its record.
#[derive(Debug, Clone, Copy)]
pub struct ConditionContext<'r> {
    /// The round's partners.
    pub partners: &'r [Partner],
    /// First day of the round's period.
    pub period_start: Date,
    /// Last day of the round's period.
    pub period_end: Date,
    /// First day of the plan year.
    pub year_start: Date,
    /// Last day of the plan year.
    pub year_end: Date,
}

impl<'r> ConditionContext<'r> {
    /// The context of a period, for plan years that start in `first_month` (1 to 12).
    #[must_use]
    pub fn new(period: Period, first_month: i8, partners: &'r [Partner]) -> Self {
        let year = period.whole_year();
        Self {
            partners,
            period_start: period.start(first_month),
            period_end: period.end(first_month),
            year_start: year.start(first_month),
            year_end: year.end(first_month),
        }
    }
}

impl Condition {
    /// True if the condition holds. A comparison with a cell that holds no value is false.
    #[must_use]
    pub fn holds(&self, cells: &[Cell], cx: &ConditionContext<'_>) -> bool {
        match self {
            Self::And(left, right) => left.holds(cells, cx) && right.holds(cells, cx),
            Self::Or(left, right) => left.holds(cells, cx) || right.holds(cells, cx),
            Self::Not(inner) => !inner.holds(cells, cx),
            leaf => leaf.test(cells, cx).unwrap_or(false),
        }
    }

    /// True if a field that the condition looks at fits.
    pub fn looks_at(&self, fits: &impl Fn(usize) -> bool) -> bool {
        match self {
            Self::And(left, right) | Self::Or(left, right) => left.looks_at(fits) || right.looks_at(fits),
            Self::Not(inner) => inner.looks_at(fits),
            Self::Blank(field) | Self::IsIn(field, _) | Self::IsNotIn(field, _) => fits(*field),
            Self::Same(one, other) | Self::Differs(one, other) => fits(*one) || fits(*other),
            Self::Compare(..) => false,
        }
    }

    /// Whether the condition holds; `None` if that hangs on a cell that is blank or could not be read. What rows
    /// *must* keep is broken only by `Some(false)`: an empty cell is for `required` to tell, and told once.
    #[must_use]
    pub fn verdict(&self, cells: &[Cell], cx: &ConditionContext<'_>) -> Option<bool> {
        match self {
            Self::And(left, right) => match (left.verdict(cells, cx), right.verdict(cells, cx)) {
                (Some(false), _) | (_, Some(false)) => Some(false),
                (Some(true), Some(true)) => Some(true),
                _ => None,
            },
            Self::Or(left, right) => match (left.verdict(cells, cx), right.verdict(cells, cx)) {
                (Some(true), _) | (_, Some(true)) => Some(true),
                (Some(false), Some(false)) => Some(false),
                _ => None,
            },
            Self::Not(inner) => inner.verdict(cells, cx).map(|held| !held),
            leaf => leaf.test(cells, cx),
        }
    }

    /// Tests one comparison; `None` if a cell holds no value.
    fn test(&self, cells: &[Cell], cx: &ConditionContext<'_>) -> Option<bool> {
        match self {
            Self::Blank(field) => Some(cells.get(*field).is_none_or(|cell| cell.reading == Reading::Blank)),
            Self::IsIn(field, any) => {
                let value = cells.get(*field)?.value()?;
                Some(any.iter().any(|literal| literal.is(value, cx)))
            }
            Self::IsNotIn(field, any) => {
                let value = cells.get(*field)?.value()?;
                Some(!any.iter().any(|literal| literal.is(value, cx)))
            }
            Self::Same(one, other) => same(cells, *one, *other),
            Self::Differs(one, other) => same(cells, *one, *other).map(|same| !same),
            Self::Compare(left, comparator, right) => {
                let order = left.number(cells, cx)?.order(right.number(cells, cx)?)?;
                Some(comparator.fits(order))
            }
            Self::And(..) | Self::Or(..) | Self::Not(..) => None,
        }
    }
}

fn same(cells: &[Cell], one: usize, other: usize) -> Option<bool> {
    let (left, right) = (cells.get(one)?.value()?, cells.get(other)?.value()?);
    Some(match (left, right) {
        (Value::Text(left), Value::Text(right)) => same_text(left, right),
        _ => left == right,
    })
}

impl Literal {
    fn is(&self, value: &Value, cx: &ConditionContext<'_>) -> bool {
        match (self, value) {
            (Self::Code(code), Value::Code(held)) => code == held,
            (Self::Code(code), Value::Codes(held)) => held.contains(code),
            (Self::Agency(name), Value::Agency(held)) => is_partner(name, *held, cx.partners),
            (Self::Agency(name), Value::Agencies(held)) => {
                held.iter().any(|held| is_partner(name, *held, cx.partners))
            }
            (Self::Text(text), Value::Text(held)) => same_text(text, held),
            (Self::Boolean(truth), Value::Boolean(held)) => truth == held,
            (Self::Period(period), Value::Period(held)) => period == held,
            (Self::Word(word), Value::Word(held)) => word == held,
            _ => false,
        }
    }
}

/// True if the partner has this code or name.
fn is_partner(name: &str, id: PartnerId, partners: &[Partner]) -> bool {
    partners.get(usize::from(id.0)).is_some_and(|partner| {
        same_text(name, &partner.code)
            || same_text(name, &partner.name)
            || partner.aliases.iter().chain(&partner.abbreviations).any(|alias| same_text(name, alias))
    })
}

/// Compares without case and without blanks around.
fn same_text(one: &str, other: &str) -> bool {
    let (one, other) = (one.trim(), other.trim());
    if one.is_ascii() && other.is_ascii() {
        return one.eq_ignore_ascii_case(other);
    }
    one.chars().flat_map(char::to_lowercase).eq(other.chars().flat_map(char::to_lowercase))
}

impl Comparator {
    fn fits(self, order: Ordering) -> bool {
        match self {
            Self::Equal => order.is_eq(),
            Self::NotEqual => order.is_ne(),
            Self::Less => order.is_lt(),
            Self::LessOrEqual => order.is_le(),
            Self::Greater => order.is_gt(),
            Self::GreaterOrEqual => order.is_ge(),
        }
    }
}

/// A number or a date.
#[derive(Clone, Copy)]
enum Quantity {
    Number(Decimal),
    Date(Date),
}

impl Quantity {
    fn order(self, other: Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Number(left), Self::Number(right)) => Some(left.cmp(&right)),
            (Self::Date(left), Self::Date(right)) => Some(left.cmp(&right)),
            _ => None,
        }
    }

    fn of(value: &Value) -> Option<Self> {
        match value {
            Value::Money(money) => Some(Self::Number(money.pounds)),
            Value::Integer(number) => Some(Self::Number(Decimal::from(*number))),
            Value::Number(number) | Value::Percent(number) => Some(Self::Number(*number)),
            Value::Date(date) => Some(Self::Date(date.date)),
            _ => None,
        }
    }
}

impl Expression {
    fn number(&self, cells: &[Cell], cx: &ConditionContext<'_>) -> Option<Quantity> {
        match self {
            Self::Field(field) => Quantity::of(cells.get(*field)?.value()?),
            Self::Number(number) => Some(Quantity::Number(*number)),
            Self::Date(date) => Some(Quantity::Date(*date)),
            Self::PeriodStart => Some(Quantity::Date(cx.period_start)),
            Self::PeriodEnd => Some(Quantity::Date(cx.period_end)),
            Self::YearStart => Some(Quantity::Date(cx.year_start)),
            Self::YearEnd => Some(Quantity::Date(cx.year_end)),
            Self::Calculate(left, operator, right) => {
                calculate(left.number(cells, cx)?, *operator, right.number(cells, cx)?)
            }
        }
    }
}

fn calculate(left: Quantity, operator: Operator, right: Quantity) -> Option<Quantity> {
    match (left, right) {
        (Quantity::Number(left), Quantity::Number(right)) => {
            operator.apply(left, right).map(Quantity::Number)
        }
        (Quantity::Date(date), Quantity::Number(days)) => {
            let days = days.trunc().to_i32()?;
            let days = if operator == Operator::Subtract { days.checked_neg()? } else { days };
            date.checked_add(Span::new().try_days(days).ok()?).ok().map(Quantity::Date)
        }
        (Quantity::Date(left), Quantity::Date(right)) => {
            let days = left.duration_since(right).as_hours() / 24;
            Some(Quantity::Number(Decimal::from(days)))
        }
        (Quantity::Number(_), Quantity::Date(_)) => None,
    }
}

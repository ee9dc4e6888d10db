//! Figures out of cells, added up and held against a stated figure.
//!
//! A figure *v* that was given to a unit *u* stands for everything from *v* − *u*/2 to *v* + *u*/2. A sum agrees with a
//! total if they are equal; it differs by *rounding* if the intervals only overlap. Source: the rule by which official
//! statistics test rounded tables for consistency.

use crate::model::{Cell, Misread, Money, Origin, Outcome, Reading, Unreadable, Value};
use crate::schema::{Field, Tolerance};
use rust_decimal::Decimal;

/// Most cells that a comparison lists as added up, or as standing in the way.
pub(super) const MOST_LISTED: usize = 100;

/// What an amount's cell comes to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Figure {
    /// Nothing there.
    Blank,
    /// A figure. One that is held because of its minus sign still has its value.
    Amount(Money),
    /// It could not be read, or has a word in place of an amount, such as *not stated*. Never the same as nought.
    Blocked,
}

/// Reads the figure of a cell. Numbers that are not money are exact.
pub(super) fn figure(cell: &Cell) -> Figure {
    match &cell.reading {
        Reading::Value(Value::Money(money)) => Figure::Amount(*money),
        Reading::Blank => Figure::Blank,
        Reading::Value(Value::Integer(number)) => Figure::Amount(Money::exact(Decimal::from(*number))),
        Reading::Value(Value::Number(number) | Value::Percent(number)) => {
            Figure::Amount(Money::exact(*number))
        }
        Reading::Unreadable(held) => minus(held).map_or(Figure::Blocked, Figure::Amount),
        Reading::Value(_) => Figure::Blocked,
    }
}

/// The amount of a cell that is held only because of its minus sign.
pub(super) fn minus(held: &Unreadable) -> Option<Money> {
    match held.why {
        Misread::Minus(money) => Some(Money { pounds: -money.pounds.abs(), unit: money.unit }),
        _ => None,
    }
}

/// An exact sum. Amounts of up to two decimal places are added as whole pennies, which costs next to nothing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Sum {
    pennies: i128,
    rest: Decimal,
}

impl Sum {
    /// Adds an amount; `None` if the sum is too large.
    pub(super) fn add(&mut self, pounds: Decimal) -> Option<()> {
        match pennies(pounds) {
            Some(pennies) => self.pennies = self.pennies.checked_add(pennies)?,
            None => self.rest = self.rest.checked_add(pounds)?,
        }
        Some(())
    }

    /// Adds another sum; `None` if both together are too large.
    pub(super) fn join(&mut self, other: Self) -> Option<()> {
        self.pennies = self.pennies.checked_add(other.pennies)?;
        self.rest = self.rest.checked_add(other.rest)?;
        Some(())
    }

    /// Takes an amount off; `None` if what is left is too large.
    pub(super) fn subtract(&mut self, pounds: Decimal) -> Option<()> {
        self.add(-pounds)
    }

    /// The sum in pounds; `None` if it is too large.
    pub(super) fn pounds(self) -> Option<Decimal> {
        Decimal::try_from_i128_with_scale(self.pennies, 2).ok()?.checked_add(self.rest)
    }

    /// True if the sum is this amount.
    pub(super) fn is(self, pounds: Decimal) -> bool {
        match pennies(pounds) {
            Some(pennies) if self.rest.is_zero() => self.pennies == pennies,
            _ => self.pounds() == Some(pounds),
        }
    }
}

/// An amount in whole pennies, if it has no more than two decimal places.
fn pennies(pounds: Decimal) -> Option<i128> {
    // At most 96 bits times a hundred: this cannot overflow.
    match pounds.scale() {
        0 => Some(pounds.mantissa() * 100),
        1 => Some(pounds.mantissa() * 10),
        2 => Some(pounds.mantissa()),
        _ => None,
    }
}

/// A sum in the making.
#[derive(Debug, Clone)]
pub(super) struct Cast {
    sum: Sum,
    /// Half the units of everything added, pounds.
    slack: Decimal,
    /// How many figures were added.
    pub(super) counted: usize,
    /// The first cells that were added.
    pub(super) addends: Vec<Origin>,
    /// The first cells that stand in the way.
    pub(super) blocked: Vec<Origin>,
    /// Why the first of them does.
    pub(super) why: Option<String>,
    /// The unit of the last figure and half of it: most figures of a table have the same unit.
    last: (i8, Decimal),
}

impl Default for Cast {
    fn default() -> Self {
        Self {
            sum: Sum::default(),
            slack: Decimal::ZERO,
            counted: 0,
            addends: Vec::new(),
            blocked: Vec::new(),
            why: None,
            last: (-2, Decimal::ZERO),
        }
    }
}

impl Cast {
    /// Adds a cell. A blank counts as nothing, unless its field must be filled.
    pub(super) fn add(&mut self, cell: &Cell, field: &Field) {
        self.take(cell, field, false, field.constraints.required);
    }

    /// Takes a cell off.
    pub(super) fn subtract(&mut self, cell: &Cell, field: &Field) {
        self.take(cell, field, true, field.constraints.required);
    }

    /// Adds a cell that may not be blank, whatever its field says.
    pub(super) fn add_filled(&mut self, cell: &Cell, field: &Field) {
        self.take(cell, field, false, true);
    }

    /// Notes that a column is not there.
    pub(super) fn lacks(&mut self, field: &Field) {
        self.why.get_or_insert_with(|| no_column(field));
    }

    /// Pounds; `None` if the sum is too large.
    pub(super) fn pounds(&self) -> Option<Decimal> {
        self.sum.pounds()
    }

    /// True if the sum can be relied on.
    pub(super) fn is_whole(&self) -> bool {
        self.why.is_none()
    }

    fn take(&mut self, cell: &Cell, field: &Field, off: bool, required: bool) {
        match figure(cell) {
            Figure::Amount(money) => match self.sum.add(if off { -money.pounds } else { money.pounds }) {
                Some(()) => self.count(money.unit, cell.at),
                None => self.block(cell.at, || TOO_LARGE.to_owned()),
            },
            Figure::Blank if !required => {}
            Figure::Blank | Figure::Blocked => self.block(cell.at, || why_blocked(cell, field)),
        }
    }

    fn count(&mut self, unit: i8, at: Origin) {
        self.counted += 1;
        if self.addends.len() < MOST_LISTED {
            self.addends.push(at);
        }
        if unit > -2 {
            if unit != self.last.0 {
                self.last = (unit, Money { pounds: Decimal::ZERO, unit }.slack());
            }
            self.slack = self.slack.saturating_add(self.last.1);
        }
    }

    fn block(&mut self, at: Origin, why: impl FnOnce() -> String) {
        self.why.get_or_insert_with(why);
        if self.blocked.len() < MOST_LISTED {
            self.blocked.push(at);
        }
    }

    /// How far rounding alone may set this sum and its stated total apart, pounds. Nothing for figures in pennies;
    /// reading gives a figure a coarser unit only where the return declares one or the cell itself is abbreviated (£20k).
    pub(super) fn allowed(&self, total: Money) -> Decimal {
        self.slack.saturating_add(total.slack())
    }
}

/// What is said of figures beyond twenty-eight digits.
pub(super) const TOO_LARGE: &str = "The figures are too large to be added up.";

/// Says that a column is not there.
pub(super) fn no_column(field: &Field) -> String {
    format!("There is no column {}.", field.title)
}

/// Says why a cell has no figure.
pub(super) fn why_blocked(cell: &Cell, field: &Field) -> String {
    let (title, at) = (&field.title, cell.at.cell);
    match &cell.reading {
        Reading::Blank => format!("{title} ({at}) is blank."),
        Reading::Value(Value::Word(word)) => match field.allow.get(usize::from(*word)) {
            Some(word) => format!("{title} ({at}) is given as \u{201c}{word}\u{201d}."),
            None => format!("{title} ({at}) has a word in place of a figure."),
        },
        _ => format!("{title} ({at}) could not be read."),
    }
}

/// Holds a stated figure against the figure that it must equal. `slack` is what rounding may explain, pounds.
pub(super) fn judge(stated: Decimal, expected: Decimal, tolerance: Tolerance, slack: Decimal) -> Outcome {
    let Some(difference) = stated.checked_sub(expected) else {
        return Outcome::Untestable { blocked_by: Vec::new(), why: TOO_LARGE.to_owned() };
    };
    let allowed = match tolerance {
        Tolerance::Within(pounds) => pounds,
        Tolerance::Interval => slack,
    };
    if difference.is_zero() {
        Outcome::Agrees
    } else if difference.abs() <= allowed {
        Outcome::WithinRounding { difference, allowed }
    } else {
        Outcome::Differs { difference }
    }
}

//! What controls that look at single rows share.

use crate::model::{Cell, Comparison, Money, Origin, Outcome, Record, Side, Value};
use crate::reconcile::figure::judge;
use crate::reconcile::scene::Scene;
use rust_decimal::Decimal;

/// An amount that can be used, and its cell.
#[derive(Debug, Clone, Copy)]
pub(super) struct Amount {
    pub(super) money: Money,
    pub(super) at: Origin,
}

impl Amount {
    /// Pounds.
    pub(super) fn pounds(self) -> Decimal {
        self.money.pounds
    }

    /// As one side of a comparison.
    pub(super) fn side(self) -> Side {
        Side { amount: Some(self.pounds()), at: Some(self.at), ledger_line: None }
    }
}

/// The rows of this board that a control is about.
pub(super) fn ours<'a>(scene: &Scene<'a>) -> impl Iterator<Item = &'a Record> + use<'a> {
    let ours = scene.ours();
    scene.tables().flat_map(|table| &table.records).filter(move |record| ours(record))
}

/// The amount of a cell; `None` for one that is blank, could not be read or has a word in place of an amount.
pub(super) fn amount(record: &Record, field: usize) -> Option<Amount> {
    let cell = record.cells.get(field)?;
    match cell.value()? {
        Value::Money(money) => Some(Amount { money: *money, at: cell.at }),
        Value::Number(number) => Some(Amount { money: Money::exact(*number), at: cell.at }),
        Value::Integer(number) => Some(Amount { money: Money::exact(Decimal::from(*number)), at: cell.at }),
        _ => None,
    }
}

/// The amount of a cell, if it is not nought.
pub(super) fn some(record: &Record, field: usize) -> Option<Amount> {
    amount(record, field).filter(|amount| !amount.pounds().is_zero())
}

/// True if a field of the row is filled.
pub(super) fn is_filled(record: &Record, field: Option<usize>) -> bool {
    field.and_then(|field| record.cells.get(field)).is_some_and(|cell: &Cell| !cell.is_blank())
}

/// A stated figure of a row that is not what it must be, as the control's tolerance has it.
pub(super) fn against(scene: &Scene<'_>, line: String, stated: Amount, expected: Side) -> Comparison {
    let outcome = judge(
        stated.pounds(),
        expected.amount.unwrap_or_default(),
        scene.control.tolerance,
        stated.money.slack(),
    );
    scene.comparison(line, stated.side(), expected, Vec::new(), outcome)
}

/// A stated figure that differs, whatever the tolerance: what it is too like is the finding.
pub(super) fn differs(scene: &Scene<'_>, line: String, stated: Amount, expected: Side) -> Comparison {
    let difference = stated.pounds().saturating_sub(expected.amount.unwrap_or_default());
    scene.comparison(line, stated.side(), expected, Vec::new(), Outcome::Differs { difference })
}

//! A balance is not stated, so that the fund cannot be rolled forward.
//!
//! ## What it does
//!
//! Tells rows of a *roll-forward* control whose opening or closing balance is given in words such as *not stated*,
//! or is blank where a blank is allowed. It is told once a row.
//!
//! ## Why it matters
//!
//! Not stated is not nothing. What can be said is by how much the balance must have changed.
//!
//! ## Example
//!
//! ```schema
//! [schema]
//! name = "small"
//! title = "Small"
//! version = "1"
//!
//! [[table]]
//! name = "finance"
//! title = "Finance"
//! sheet = ["Finance"]
//! primaryKey = ["line"]
//! totals = { field = "line", matches = ["Total"] }
//!
//! [[table.fields]]
//! name = "line"
//! title = "Budget line"
//! type = "string"
//!
//! [[table.fields]]
//! name = "open"
//! title = "Opening balance"
//! type = "money"
//! allow = ["not stated"]
//!
//! [[table.fields]]
//! name = "in"
//! title = "Income"
//! type = "money"
//!
//! [[table.fields]]
//! name = "out"
//! title = "Spending"
//! type = "money"
//!
//! [[table.fields]]
//! name = "close"
//! title = "Closing balance"
//! type = "money"
//! allow = ["not stated"]
//!
//! [[table.controls]]
//! name = "fund-rolls"
//! title = "The fund rolls forward"
//! kind = "roll-forward"
//! opening = "open"
//! add = ["in"]
//! less = ["out"]
//! closing = "close"
//! severity = "error"
//! ```
//! ```file nhs.xlsx
//! ```
//! ```sheet Finance
//! A1: Budget line | Opening balance | Income | Spending | Closing balance
//! A2: Fund | not stated | 208191 | 192433 | not stated
//! ! B2 balance-not-stated: Opening balance and Closing balance are not stated, so the roll-forward could not be tested. What came in less what went out is £15,758: closing less opening must be the same.
//! ```
//!
//! ## How to fix
//!
//! State the balance, or both where both are missing.
//!
//! ## Settings
//!
//! `allow` of a field lists words that may stand in place of a figure.

use super::common::words::list;
use super::{Check, Context, Findings, Meta};
use crate::finding::{Effort, Location, Severity};
use crate::model::{Cell, Reading, Record, Table, Value, pounds};
use crate::schema::ControlKind;
use rust_decimal::Decimal;

pub(super) struct BalanceNotStated;

const META: Meta = Meta {
    name: "balance-not-stated",
    severity: Severity::Query,
    effort: Effort::LookUp,
    source: include_str!("balance_not_stated.rs"),
};

impl Check for BalanceNotStated {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn rows(&self, cx: &Context<'_>, table: &Table, rows: &[Record], out: &mut Findings<'_>) {
        let schema = cx.schema(table);
        for control in cx.round.schema.controls.iter().filter(|control| control.table == table.table) {
            let ControlKind::RollForward { opening, add, less, closing } = &control.kind else { continue };
            for record in rows {
                let balances = [*opening, *closing].into_iter().filter_map(|field| {
                    let cell = record.cells.get(field)?;
                    let found = table.layout.columns.get(field).is_some_and(Option::is_some);
                    let required = schema.fields[field].constraints.required;
                    let unstated = match &cell.reading {
                        Reading::Value(Value::Word(_)) => true,
                        Reading::Blank => found && !required,
                        _ => false,
                    };
                    unstated.then_some((cell, schema.fields[field].title.as_str()))
                });
                let (cells, titles): (Vec<&Cell>, Vec<&str>) = balances.unzip();
                let Some(first) = cells.first() else { continue };
                let moved = moved(record, add, less).map_or_else(String::new, |moved| {
                    format!(
                        " What came in less what went out is {}: closing less opening must be the same.",
                        pounds(moved)
                    )
                });
                let verb = if titles.len() == 1 { "is" } else { "are" };
                let message = format!(
                    "{} {verb} not stated, so the roll-forward could not be tested.{moved}",
                    list(&titles)
                );
                let help = match titles.as_slice() {
                    [_] => "State the balance, and send the return again.",
                    _ => "State both balances, and send the return again.",
                };
                out.add(Location::Cell(first.at), message).help(help).rule(&control.name).field(titles[0]);
            }
        }
    }
}

/// What came in less what went out, pounds; `None` if one of the figures is missing.
fn moved(record: &Record, add: &[usize], less: &[usize]) -> Option<Decimal> {
    let sum = |fields: &[usize]| {
        fields.iter().try_fold(Decimal::ZERO, |sum, field| {
            let cell = record.cells.get(*field)?;
            match &cell.reading {
                Reading::Blank => Some(sum),
                _ => sum.checked_add(cell.money()?.pounds),
            }
        })
    };
    sum(add)?.checked_sub(sum(less)?)
}

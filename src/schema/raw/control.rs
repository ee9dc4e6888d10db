//! A control as it is written: every property of every kind; which belong to which kind is in `kinds`.

use super::{ControlName, NAME, Scalar, Words};
use crate::finding::Severity;
use schemars::JsonSchema;
use serde::Deserialize;
use validator::Validate;

/// A total that must agree.
#[derive(Debug, Clone, Default, Deserialize, Validate, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct RawControl {
    /// Its name.
    #[validate(required, regex(path = *NAME, message = "A name is made of small letters and digits, joined by - or _, and starts with a letter."))]
    pub(crate) name: Option<String>,
    /// Title for people; made from the name unless said.
    #[validate(length(min = 1, message = "A title needs at least one letter."))]
    pub(crate) title: Option<String>,
    /// What it tests.
    #[validate(required)]
    pub(crate) kind: Option<ControlName>,
    /// How a difference matters; `query` unless said.
    pub(crate) severity: Option<Severity>,
    /// How far off still agrees: pounds, or `interval` for what rounding of the stated units allows.
    pub(crate) tolerance: Option<Scalar>,
    /// cross-footing, footing, cross-cast: the fields that are added.
    pub(crate) sums: Words,
    /// cross-footing, cross-cast: the field with the total. roll-up: the word that marks the whole.
    pub(crate) total: Option<String>,
    /// ledger, roll-up, shares: the field with the amount.
    pub(crate) amount: Option<String>,
    /// ledger, roll-up: the fields that name a line; `agency` is the sender where the table has no such field.
    pub(crate) by: Words,
    /// ledger, agreed, opening: the `table` column of ledger.csv.
    pub(crate) ledger: Option<String>,
    /// ledger, opening: the money column of ledger.csv. agreed: the one with what was paid; `actual` unless said.
    pub(crate) column: Option<String>,
    /// ledger: the column of ledger.csv with what was agreed, if there is one. agreed: the same; `agreed` unless said.
    pub(crate) agreed: Option<String>,
    /// ledger: true if every ledger line must have an amount, and the round's total is tested.
    pub(crate) complete: Option<bool>,
    /// year-to-date: the fields of the quarters, in order.
    pub(crate) quarters: Words,
    /// year-to-date: the field with the year to date.
    pub(crate) to_date: Option<String>,
    /// never-falls: the cumulative fields, in order.
    pub(crate) columns: Words,
    /// never-falls: a field that, when filled, explains a fall.
    pub(crate) explained: Option<String>,
    /// opening, roll-forward: the field with the opening balance.
    pub(crate) opening: Option<String>,
    /// roll-forward: the fields that come in.
    pub(crate) add: Words,
    /// roll-forward: the fields that go out.
    pub(crate) less: Words,
    /// roll-forward: the field with the closing balance.
    pub(crate) closing: Option<String>,
    /// roll-up: the field that names the part.
    pub(crate) part: Option<String>,
    /// shares: the field with the printed share, percent.
    pub(crate) share: Option<String>,
}

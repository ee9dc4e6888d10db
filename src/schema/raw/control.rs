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
    /// cross-footing, footing, cross-cast: the fields that are added. in-kind, sign: the fields with amounts.
    pub(crate) sums: Words,
    /// cross-footing, cross-cast, cumulative: the field with the total. roll-up: the word that marks the whole.
    pub(crate) total: Option<String>,
    /// ledger, roll-up, shares, recharge-pairs, unit, vat, duplicate-receipt, coupled-line, cut-off: the field with the
    /// amount. prior-year: the field that may equal what was agreed.
    pub(crate) amount: Option<String>,
    /// ledger, roll-up: the fields that name a line; `agency` is the sender where the table has no such field.
    /// duplicate-receipt: the fields in which receipts must be alike to be the same.
    pub(crate) by: Words,
    /// ledger, agreed, opening, apportionment, coupled-line, annual-report, words-against-table: the `table` column of
    /// ledger.csv.
    pub(crate) ledger: Option<String>,
    /// ledger, opening, coupled-line, words-against-table: the money column of ledger.csv. agreed: the one with what was
    /// paid; `actual` unless said. apportionment: the one with the shares; `share` unless said. annual-report: the one
    /// with what is published.
    pub(crate) column: Option<String>,
    /// ledger: the column of ledger.csv with what was agreed, if there is one. agreed, apportionment: the
    /// same; `agreed` unless said.
    pub(crate) agreed: Option<String>,
    /// ledger: true if every ledger line must have an amount, and the round's total is tested.
    pub(crate) complete: Option<bool>,
    /// year-to-date, cumulative, paid-committed: the fields of the quarters, in order.
    pub(crate) quarters: Words,
    /// year-to-date: the field with the year to date.
    pub(crate) to_date: Option<String>,
    /// never-falls: the cumulative fields, in order. prior-year, restatement: the fields with amounts.
    pub(crate) columns: Words,
    /// never-falls, sense: a field that, when filled, explains a fall.
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
    /// unit, vat, prior-year: the field with what was agreed.
    pub(crate) against: Option<String>,
    /// variance, sense: the field with the forecast.
    pub(crate) forecast: Option<String>,
    /// variance: the field with the budget.
    pub(crate) budget: Option<String>,
    /// variance: the field with the variance.
    pub(crate) variance: Option<String>,
    /// variance: the field with the word for its sign.
    pub(crate) word: Option<String>,
    /// variance: the word for more than the budget; `Adverse` unless said.
    pub(crate) adverse: Option<String>,
    /// variance: the word for less than the budget; `Favourable` unless said.
    pub(crate) favourable: Option<String>,
    /// sense, paid-committed: the field with what is spent. annual-report: a money column of ledger.csv, where no control
    /// of the kind ledger adds up what was returned.
    pub(crate) actual: Option<String>,
    /// sense, paid-committed: the field with what is committed.
    pub(crate) committed: Option<String>,
    /// recharge-pairs: the field with the other partner.
    pub(crate) party: Option<String>,
    /// recharge-pairs: the field with the direction.
    pub(crate) direction: Option<String>,
    /// recharge-pairs: the word for money that goes out.
    pub(crate) outgoing: Option<String>,
    /// recharge-pairs: the word for money that comes in.
    pub(crate) incoming: Option<String>,
    /// in-kind: the field that tells cash from what is given in kind.
    pub(crate) basis: Option<String>,
    /// in-kind: the word in it for what is given in kind.
    pub(crate) in_kind: Option<String>,
    /// vat: the field that says whether VAT is included.
    pub(crate) included: Option<String>,
    /// vat: percent; 20 unless said.
    pub(crate) rate: Option<Scalar>,
    /// duplicate-receipt, cut-off: the field with the date.
    pub(crate) date: Option<String>,
    /// duplicate-receipt: how many days apart two receipts may be to be the same; 7 unless said.
    pub(crate) days: Option<Scalar>,
    /// cut-off: the field that says whether an amount is accrued.
    pub(crate) status: Option<String>,
    /// cut-off: the word in it for accrued amounts; `Accrued` unless said.
    pub(crate) accrued: Option<String>,
    /// apportionment: what amounts are rounded to, pounds; 1.00 unless said.
    pub(crate) unit: Option<Scalar>,
    /// apportionment: the column of ledger.csv with the agreed budget, which stands once or in parts; what all the agreed
    /// amounts come to unless it is there.
    pub(crate) whole: Option<String>,
    /// words-against-table: the fields with text.
    pub(crate) texts: Words,
}

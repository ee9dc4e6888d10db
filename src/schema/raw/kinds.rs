//! Which properties belong to which kind of control and output.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Kinds of control.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum ControlName {
    /// Each row: the sum of some fields is another field.
    CrossFooting,
    /// Each column against the table's total and sub-total rows.
    Footing,
    /// On the total row: the sum of some fields is another field.
    CrossCast,
    /// Partners' figures against ledger.csv.
    Ledger,
    /// ledger.csv: actual against agreed.
    Agreed,
    /// The year to date is the sum of the quarters so far.
    YearToDate,
    /// Cumulative columns do not fall.
    NeverFalls,
    /// The opening balance is last year's closing balance.
    Opening,
    /// Opening plus what came in less what went out is closing.
    RollForward,
    /// Rows of parts add up to the row of their whole.
    RollUp,
    /// One accepted return a partner.
    OneReturn,
    /// Printed shares follow from the amounts.
    Shares,
    /// Rows and money read are rows and money accounted for; always run.
    Conservation,
    /// ledger.csv: each agreed amount is its share of all of them, in whole pounds that add up.
    Apportionment,
    /// Each row: the forecast less the budget is the variance, and its word agrees with its sign.
    Variance,
    /// Each row: the forecast is at least what is spent, and what is committed beside it.
    Sense,
    /// What one partner recharges, the other takes over.
    RechargePairs,
    /// Contributions in kind are in no total of cash.
    InKind,
    /// An amount is not what was agreed in other units.
    Unit,
    /// Amounts have the sign that the return declares.
    Sign,
    /// An amount is not what was agreed with VAT added or taken off.
    Vat,
    /// No receipt stands there twice.
    DuplicateReceipt,
    /// An amount is not that of two lines of ledger.csv.
    CoupledLine,
    /// Figures are not those of last year.
    PriorYear,
    /// Quarters are for the quarter only.
    Cumulative,
    /// What is committed is not counted as spent too.
    PaidCommitted,
    /// Payments are of the year, or accrued.
    CutOff,
    /// What the annual report says is what was returned.
    AnnualReport,
    /// Final figures against the provisional ones.
    Restatement,
    /// Amounts in words beside a partner's name are that partner's.
    WordsAgainstTable,
}

/// Kinds of output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum OutputName {
    /// Headline, numbers, money line, things to decide, chart.
    Summary,
    /// One row a group of the register.
    RollUp,
    /// One row an expected action.
    Register,
    /// Actions that go on into the next year.
    CarryForward,
    /// Merged rows.
    Records,
    /// What needs attention.
    Exceptions,
    /// Partners down, fields across.
    Grid,
    /// Actions with their expected impact.
    Impact,
    /// Rows by likelihood and impact.
    Scored,
    /// Ledger, return and difference a line.
    Money,
    /// Opening, in, out, closing.
    Fund,
    /// Every total tested.
    Reconciliation,
    /// What somebody must answer.
    Queries,
    /// One row a file.
    Returns,
    /// Every change made in reading.
    Changes,
    /// Headings found and what they were read as.
    Reading,
    /// What is wrong with partners' own formulas.
    Formulas,
    /// What was set aside.
    NotUsed,
    /// Colours, words, tolerances.
    Definitions,
}

/// The properties of one kind.
pub(crate) struct KindOf<K> {
    /// The kind.
    pub(crate) kind: K,
    /// Its name as written.
    pub(crate) name: &'static str,
    /// Properties that it needs.
    pub(crate) needs: &'static [&'static str],
    /// Properties that it may have.
    pub(crate) may: &'static [&'static str],
}

const fn kind<K: Copy>(
    kind: K,
    name: &'static str,
    needs: &'static [&'static str],
    may: &'static [&'static str],
) -> KindOf<K> {
    KindOf { kind, name, needs, may }
}

/// Every kind of control; beside these each has name, title, kind, severity and tolerance.
pub(crate) const CONTROL_KINDS: &[KindOf<ControlName>] = &[
    kind(ControlName::CrossFooting, "cross-footing", &["sums", "total"], &[]),
    kind(ControlName::Footing, "footing", &["sums"], &[]),
    kind(ControlName::CrossCast, "cross-cast", &["sums", "total"], &[]),
    kind(ControlName::Ledger, "ledger", &["amount", "by", "ledger", "column"], &["agreed", "complete"]),
    kind(ControlName::Agreed, "agreed", &["ledger"], &["column", "agreed"]),
    kind(ControlName::YearToDate, "year-to-date", &["quarters", "to_date"], &[]),
    kind(ControlName::NeverFalls, "never-falls", &["columns"], &["explained"]),
    kind(ControlName::Opening, "opening", &["opening", "ledger", "column"], &[]),
    kind(ControlName::RollForward, "roll-forward", &["opening", "add", "less", "closing"], &[]),
    kind(ControlName::RollUp, "roll-up", &["amount", "by", "part", "total"], &[]),
    kind(ControlName::OneReturn, "one-return", &[], &[]),
    kind(ControlName::Shares, "shares", &["share", "amount"], &[]),
    kind(ControlName::Conservation, "conservation", &[], &[]),
    kind(ControlName::Apportionment, "apportionment", &["ledger"], &["column", "agreed", "whole", "unit"]),
    kind(
        ControlName::Variance,
        "variance",
        &["forecast", "budget", "variance"],
        &["word", "adverse", "favourable"],
    ),
    kind(ControlName::Sense, "sense", &["forecast", "actual"], &["committed", "explained"]),
    kind(
        ControlName::RechargePairs,
        "recharge-pairs",
        &["amount", "party", "direction", "outgoing", "incoming"],
        &[],
    ),
    kind(ControlName::InKind, "in-kind", &["sums", "basis", "in_kind"], &[]),
    kind(ControlName::Unit, "unit", &["amount", "against"], &[]),
    kind(ControlName::Sign, "sign", &["sums"], &[]),
    kind(ControlName::Vat, "vat", &["amount", "against"], &["included", "rate"]),
    kind(ControlName::DuplicateReceipt, "duplicate-receipt", &["amount", "date"], &["by", "days"]),
    kind(ControlName::CoupledLine, "coupled-line", &["amount", "ledger", "column"], &[]),
    kind(ControlName::PriorYear, "prior-year", &["columns"], &["amount", "against"]),
    kind(ControlName::Cumulative, "cumulative", &["quarters", "total"], &[]),
    kind(ControlName::PaidCommitted, "paid-committed", &["actual", "committed"], &["quarters"]),
    kind(ControlName::CutOff, "cut-off", &["amount", "date"], &["status", "accrued"]),
    kind(ControlName::AnnualReport, "annual-report", &["ledger", "column"], &["actual"]),
    kind(ControlName::Restatement, "restatement", &["columns"], &[]),
    kind(ControlName::WordsAgainstTable, "words-against-table", &["texts", "ledger", "column"], &[]),
];

/// Every kind of output; beside these each has sheet, kind, title and description.
pub(crate) const OUTPUT_KINDS: &[KindOf<OutputName>] = &[
    kind(
        OutputName::Summary,
        "summary",
        &[],
        &["table", "rating", "status", "group", "chart", "headline", "money"],
    ),
    kind(OutputName::RollUp, "roll-up", &["sheet", "group"], &["table", "show", "rating", "status"]),
    kind(OutputName::Register, "register", &["sheet"], &["table", "columns", "joined", "rating", "status"]),
    kind(OutputName::CarryForward, "carry-forward", &["sheet", "decision"], &["table", "columns", "why"]),
    kind(OutputName::Records, "records", &["sheet", "table"], &["columns", "sort", "total"]),
    kind(OutputName::Exceptions, "exceptions", &["sheet"], &["table", "rating", "status", "due", "columns"]),
    kind(OutputName::Grid, "grid", &["sheet", "table"], &["columns"]),
    kind(OutputName::Impact, "impact", &["sheet", "table", "expected", "result"], &["on", "columns"]),
    kind(OutputName::Scored, "scored", &["sheet", "table", "likelihood", "impact"], &["columns"]),
    kind(OutputName::Money, "money", &["sheet", "table", "control"], &["quarters", "columns", "chart"]),
    kind(OutputName::Fund, "fund", &["sheet", "table"], &["control", "columns"]),
    kind(OutputName::Reconciliation, "reconciliation", &[], &[]),
    kind(OutputName::Queries, "queries", &[], &[]),
    kind(OutputName::Returns, "returns", &[], &[]),
    kind(OutputName::Changes, "changes", &[], &[]),
    kind(OutputName::Reading, "reading", &[], &[]),
    kind(OutputName::Formulas, "formulas", &[], &[]),
    kind(OutputName::NotUsed, "not-used", &[], &[]),
    kind(OutputName::Definitions, "definitions", &[], &[]),
];

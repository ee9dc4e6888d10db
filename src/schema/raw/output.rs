//! A sheet of the consolidated workbook as it is written.

use super::{OutputName, Words};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer};
use std::borrow::Cow;
use std::fmt;
use validator::Validate;

/// A sheet of the consolidated workbook.
#[derive(Debug, Clone, Default, Deserialize, Validate, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct RawOutput {
    /// The tab and printed title. Fixed sheets have one of their own.
    pub(crate) sheet: Option<String>,
    /// What it shows.
    #[validate(required)]
    pub(crate) kind: Option<OutputName>,
    /// Title, if longer than the tab.
    pub(crate) title: Option<String>,
    /// One line under the title.
    pub(crate) description: Option<String>,
    /// The table; the one with the register unless said, where the kind is about the register.
    pub(crate) table: Option<String>,
    /// Fields shown; all that are not computed unless said. For `register` and `carry-forward`: columns of plan.csv.
    pub(crate) columns: Words,
    /// records: fields that the rows are sorted by.
    pub(crate) sort: Words,
    /// records: fields with a total under the table.
    pub(crate) total: Words,
    /// The field with the rating; the one with the role `rating` unless said.
    pub(crate) rating: Option<String>,
    /// The field with the state; the one with the role `status` unless said.
    pub(crate) status: Option<String>,
    /// exceptions: the field with the date due; the one with the role `target-date` unless said.
    pub(crate) due: Option<String>,
    /// summary, roll-up: the column of plan.csv that groups.
    pub(crate) group: Option<String>,
    /// roll-up: columns of plan.csv shown beside the group.
    pub(crate) show: Words,
    /// summary: the column of plan.csv whose values are the chart's bars. money: true for a chart.
    pub(crate) chart: Option<Chart>,
    /// summary: sentences with ‹…› to fill in.
    pub(crate) headline: Words,
    /// summary: the ledger control of the money line.
    pub(crate) money: Option<String>,
    /// register: the field whose words are joined under the partners' names.
    pub(crate) joined: Option<String>,
    /// carry-forward: the column of plan.csv with the decision; lines without one are not listed.
    pub(crate) decision: Option<String>,
    /// carry-forward: the field in which partners say why an action is open.
    pub(crate) why: Option<String>,
    /// impact: the field with what is expected.
    pub(crate) expected: Option<String>,
    /// impact: the field with the result.
    pub(crate) result: Option<String>,
    /// impact: the field with the day of measuring.
    pub(crate) on: Option<String>,
    /// scored: the field with the likelihood, 1 to 5.
    pub(crate) likelihood: Option<String>,
    /// scored: the field with the impact, 1 to 5.
    pub(crate) impact: Option<String>,
    /// money: the ledger control. fund: the roll-forward control.
    pub(crate) control: Option<String>,
    /// money: the fields of the quarters.
    pub(crate) quarters: Words,
}

/// A chart: yes or no, or the column that it shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Chart {
    /// Yes or no.
    Yes(bool),
    /// A column of plan.csv.
    Column(String),
}

impl<'de> Deserialize<'de> for Chart {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ChartVisitor)
    }
}

struct ChartVisitor;

impl Visitor<'_> for ChartVisitor {
    type Value = Chart;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a column of plan.csv in quotes, or true or false")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Chart, E> {
        Ok(Chart::Yes(value))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Chart, E> {
        Ok(Chart::Column(value.to_owned()))
    }
}

impl JsonSchema for Chart {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Chart".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": ["string", "boolean"] })
    }
}

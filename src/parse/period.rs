//! Quarters and years: `2013-14 Q4`, `Q4 2013/14 (January to March 2014)`.

use super::cell::Got;
use crate::model::{Misread, Period, Raw, Value};

/// A period field.
pub(super) fn read(raw: Raw<'_>) -> Got {
    let Raw::Text(text) = raw else { return Got::Held(Misread::NotThis) };
    let without_remark = text.split('(').next().unwrap_or_default().trim().trim_end_matches([':', ',']);
    let period = Period::parse(text).or_else(|| Period::parse(without_remark));
    period.map_or(Got::Held(Misread::NotThis), |period| Got::Value(Value::Period(period), None))
}

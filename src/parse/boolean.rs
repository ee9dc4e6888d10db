//! Yes and no.

use super::cell::Got;
use crate::model::{Misread, Raw, Value};

/// A yes/no field.
pub(super) fn read(raw: Raw<'_>) -> Got {
    let value = match raw {
        Raw::Boolean(value) => Some(value),
        Raw::Text(text) => {
            let text = text.trim().trim_end_matches('.');
            let is = |words: &[&str]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
            if is(&["yes", "y", "true", "✓", "✔"]) {
                Some(true)
            } else {
                is(&["no", "n", "false", "✗", "✘"]).then_some(false)
            }
        }
        _ => None,
    };
    value.map_or(Got::Held(Misread::NotThis), |value| Got::Value(Value::Boolean(value), None))
}

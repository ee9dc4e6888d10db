//! A row rule as it is written.

use super::NAME;
use crate::finding::Severity;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use validator::{Validate, ValidationError};

/// A rule that each row must keep.
#[derive(Debug, Clone, Default, Deserialize, Validate, JsonSchema)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
#[validate(schema(function = "rule_has_its_parts", skip_on_field_errors = false))]
pub(crate) struct RawRule {
    /// Its name.
    #[validate(required, regex(path = *NAME, message = "A name is made of small letters and digits, joined by - or _, and starts with a letter."))]
    pub(crate) name: Option<String>,
    /// What it asks: the field must be filled, must be blank, or a condition must hold.
    #[validate(required)]
    pub(crate) kind: Option<RuleName>,
    /// The field that a finding points at.
    #[validate(required)]
    pub(crate) field: Option<String>,
    /// When it applies.
    pub(crate) when: Option<String>,
    /// What must hold.
    pub(crate) must: Option<String>,
    /// How much it matters; `query` unless said.
    pub(crate) severity: Option<Severity>,
    /// The sentence that people read; ‹field› stands for the row's value.
    #[validate(required, length(min = 1, message = "A message needs at least one word."))]
    pub(crate) message: Option<String>,
    /// What to do.
    pub(crate) help: Option<String>,
}

/// Kinds of rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum RuleName {
    /// The field must be filled when the condition holds.
    RequiredWhen,
    /// The field must be blank when the condition holds.
    BlankWhen,
    /// The condition `must` holds.
    Must,
}

/// A rule has the conditions of its kind and no other.
fn rule_has_its_parts(rule: &RawRule) -> Result<(), ValidationError> {
    let about = |at: &'static str, message: &'static str| {
        let mut error = ValidationError::new("rule").with_message(message.into());
        error.add_param("at".into(), &at);
        Err(error)
    };
    match (rule.kind, &rule.when, &rule.must) {
        (Some(RuleName::Must), _, None) => about("kind", "A rule of the kind must needs a condition `must`."),
        (Some(RuleName::RequiredWhen | RuleName::BlankWhen), None, _) => {
            about("kind", "A rule of this kind needs a condition `when`.")
        }
        (Some(RuleName::RequiredWhen | RuleName::BlankWhen), _, Some(_)) => {
            about("must", "`must` belongs to rules of the kind must.")
        }
        _ => Ok(()),
    }
}

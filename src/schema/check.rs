//! What validator finds in a file that was read, with its places.

use super::document::At;
use super::words;
use crate::error::Mistake;
use std::collections::BTreeMap;
use validator::{Validate, ValidationErrors, ValidationErrorsKind};

/// Tests a file by its own rules; each mistake at its value, or at its table if a property is missing.
pub(crate) fn check(raw: &impl Validate, at: At<'_>, mistakes: &mut Vec<Mistake>) {
    if let Err(errors) = raw.validate() {
        walk(&errors, at, "", mistakes);
    }
}

fn walk(errors: &ValidationErrors, at: At<'_>, within: &str, mistakes: &mut Vec<Mistake>) {
    // Validator keeps its errors in an order that changes from run to run.
    let errors: BTreeMap<_, _> = errors.errors().iter().collect();
    for (name, kind) in errors {
        let name = written(name, at);
        match kind {
            ValidationErrorsKind::Struct(inner) => walk(inner, at.get(&name), &name, mistakes),
            ValidationErrorsKind::List(items) => {
                for (index, inner) in items {
                    walk(inner, at.get(&name).item(*index), &name, mistakes);
                }
            }
            ValidationErrorsKind::Field(errors) => {
                for error in errors {
                    if at.is_reported(&name) {
                        continue;
                    }
                    let place = match error.params.get("at").and_then(|value| value.as_str()) {
                        Some(property) if at.is_reported(property) => continue,
                        Some(property) => at.get(property),
                        None => at.get(&name),
                    };
                    let message = match error.message.as_deref() {
                        Some(message) => message.to_owned(),
                        None => needed(within, &name),
                    };
                    mistakes.push(place.mistake(message, None));
                }
            }
        }
    }
}

/// What is said about a property that is not there.
fn needed(within: &str, name: &str) -> String {
    if within.is_empty() {
        return format!("The part [{name}] is missing.");
    }
    let within = words::within(within);
    let mut letters = within.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{} needs `{name}`.", letters.as_str())
}

/// A property as it is written in the file: serde's name for a field of ours.
fn written(field: &str, at: At<'_>) -> String {
    if at.has(field) {
        return field.to_owned();
    }
    match field {
        "allowed" => "enum".to_owned(),
        "kind" if at.has("type") => "type".to_owned(),
        _ => camel(field),
    }
}

/// `sheet_field` as `sheetField`.
pub(super) fn camel(name: &str) -> String {
    let mut parts = name.split('_');
    let mut camel = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let mut letters = part.chars();
        camel.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        camel.push_str(letters.as_str());
    }
    camel
}

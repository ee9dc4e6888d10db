//! JSON Schema of the notation, for editors that complete and check schema files while they are written.

use super::check::camel;
use super::raw::{
    CONTROL_KINDS, KindOf, OUTPUT_KINDS, RawCategory, RawControl, RawField, RawFile, RawForeignKey, RawList,
    RawOutput, RawRegister, RawRule, RawSchema, RawTable,
};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use validator::{Validate, ValidationErrorsKind};

/// Describes schema files to an editor: every property with its meaning, and which belong to which kind.
#[must_use]
pub fn json_schema() -> Value {
    let mut schema = schemars::schema_for!(RawFile).to_value();
    needed(&mut schema, &RawFile::default());
    // What must be there stands in its place, not among the parts.
    needed(&mut schema["properties"]["schema"], &RawSchema::default());
    if let Some(Value::Object(parts)) = schema.get_mut("$defs") {
        let mut part = |name: &str, needs: &mut dyn FnMut(&mut Value)| {
            if let Some(part) = parts.get_mut(name) {
                needs(part);
            }
        };
        part("RawList", &mut |part| needed(part, &RawList::default()));
        part("RawCategory", &mut |part| needed(part, &RawCategory::default()));
        part("RawTable", &mut |part| needed(part, &RawTable::default()));
        part("RawField", &mut |part| needed(part, &RawField::default()));
        part("RawForeignKey", &mut |part| needed(part, &RawForeignKey::default()));
        part("RawRegister", &mut |part| needed(part, &RawRegister::default()));
        part("RawRule", &mut |part| needed(part, &RawRule::default()));
        part("RawControl", &mut |part| {
            needed(part, &RawControl::default());
            kinds(part, CONTROL_KINDS, &["name", "title", "kind", "severity", "tolerance"]);
        });
        part("RawOutput", &mut |part| {
            needed(part, &RawOutput::default());
            kinds(part, OUTPUT_KINDS, &["sheet", "kind", "title", "description"]);
        });
    }
    tidy(&mut schema);
    schema
}

/// Marks the properties that an empty part is told to lack.
fn needed(part: &mut Value, empty: &impl Validate) {
    let Err(errors) = empty.validate() else { return };
    let lacks = |kind: &ValidationErrorsKind| match kind {
        ValidationErrorsKind::Field(errors) => errors.iter().any(|error| error.code == "required"),
        _ => false,
    };
    let errors: BTreeMap<_, _> = errors.errors().iter().collect();
    let names: Vec<String> =
        errors.into_iter().filter(|(_, kind)| lacks(kind)).map(|(name, _)| camel(name)).collect();
    part["required"] = json!(names);
}

/// Says which properties each kind needs, and that it has none of another kind's.
fn kinds<K>(part: &mut Value, kinds: &[KindOf<K>], common: &[&str]) {
    let names: Vec<String> =
        part["properties"].as_object().map(|all| all.keys().cloned().collect()).unwrap_or_default();
    let each = kinds.iter().map(|entry| {
        let has =
            |name: &str| common.contains(&name) || entry.needs.contains(&name) || entry.may.contains(&name);
        let foreign: Map<String, Value> =
            names.iter().filter(|name| !has(name)).map(|name| (name.clone(), json!(false))).collect();
        json!({
            "if": { "properties": { "kind": { "const": entry.name } }, "required": ["kind"] },
            "then": { "required": entry.needs, "properties": foreign },
        })
    });
    part["allOf"] = each.collect();
}

/// Takes out what only serde needs: a property that is left out is never written as null in TOML.
fn tidy(value: &mut Value) {
    match value {
        Value::Object(map) => {
            if map.get("default").is_some_and(|default| default.is_null() || *default == json!([])) {
                map.remove("default");
            }
            if let Some(Value::Array(types)) = map.get_mut("type") {
                types.retain(|name| name != "null");
                if let [only] = types.as_slice() {
                    let only = only.clone();
                    map.insert("type".to_owned(), only);
                }
            }
            if let Some(Value::Array(any)) = map.get_mut("anyOf") {
                any.retain(|option| *option != json!({ "type": "null" }));
                if let [Value::Object(only)] = any.as_slice() {
                    let only = only.clone();
                    map.remove("anyOf");
                    map.extend(only);
                }
            }
            if let Some(Value::String(reference)) = map.get_mut("$ref") {
                *reference = reference.replace("#/$defs/Raw", "#/$defs/");
            }
            if let Some(Value::Object(parts)) = map.get_mut("$defs") {
                *parts = std::mem::take(parts)
                    .into_iter()
                    .map(|(name, part)| (name.strip_prefix("Raw").map_or(name.clone(), str::to_owned), part))
                    .collect();
            }
            map.values_mut().for_each(tidy);
        }
        Value::Array(items) => items.iter_mut().for_each(tidy),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_is_described_and_nothing_of_ours_shows() {
        let schema = json_schema();
        let text = schema.to_string();
        assert!(!text.contains("Raw") && !text.contains("null"), "{text}");
        assert_eq!(schema["required"], json!(["schema"]));
        let parts = schema["$defs"].as_object().expect("it has parts");
        assert_eq!(schema["properties"]["schema"]["required"], json!(["name", "title", "version"]));
        for name in ["List", "Table", "Field", "Rule", "Control", "Output", "Constraints"] {
            let part = parts.get(name).unwrap_or_else(|| panic!("{name}: {:?}", parts.keys()));
            let properties = part["properties"].as_object().expect("it has properties");
            for (property, described) in properties {
                assert!(described["description"].is_string(), "{name}.{property}");
            }
            assert_eq!(parts[name]["additionalProperties"], json!(false), "{name}");
        }
        assert_eq!(parts["Rule"]["required"], json!(["field", "kind", "message", "name"]));
        assert_eq!(parts["Field"]["required"], json!(["name", "title"]));
    }

    #[test]
    fn each_kind_has_its_own_properties_and_no_other() {
        let schema = json_schema();
        let each = schema["$defs"]["Control"]["allOf"].as_array().expect("a list").clone();
        assert_eq!(each.len(), CONTROL_KINDS.len());
        assert_eq!(each[1]["if"]["properties"]["kind"]["const"], "footing");
        assert_eq!(each[1]["then"]["required"], json!(["sums"]));
        assert_eq!(each[1]["then"]["properties"]["total"], json!(false));
        assert!(each[1]["then"]["properties"].get("tolerance").is_none());
    }

    #[test]
    fn kinds_name_only_properties_that_there_are() {
        let schema = json_schema();
        let there = |part: &str| -> Vec<String> {
            schema["$defs"][part]["properties"].as_object().expect("it has").keys().cloned().collect()
        };
        let (controls, outputs) = (there("Control"), there("Output"));
        for entry in CONTROL_KINDS {
            assert!(entry.needs.iter().chain(entry.may).all(|name| controls.iter().any(|n| n == name)));
        }
        for entry in OUTPUT_KINDS {
            assert!(entry.needs.iter().chain(entry.may).all(|name| outputs.iter().any(|n| n == name)));
        }
    }
}

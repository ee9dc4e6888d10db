//! The tables in `out/data` and the log `findings.sarif`: sound by themselves and, where there is one, by Python's tools.

#![expect(clippy::print_stderr, reason = "what was left out is said")]

use crate::desk::{ALL, CLEAN, Desk, MESSY};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// A Python with what `tests/data/check.py` needs; `.ci/run` makes one.
const PYTHON: &str = "QUARTERDAY_PYTHON";

/// Holds files against other programs, or says that it was not done.
fn held_against_others(kind: &str, places: &[PathBuf]) {
    let Ok(python) = std::env::var(PYTHON) else {
        eprintln!("Not held against other programs: {PYTHON} does not name a Python with frictionless.");
        return;
    };
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/check.py");
    let done = Command::new(python).arg(script).arg(kind).args(places).output().expect("Python runs");
    let (out, err) = (String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    assert!(done.status.success(), "{out}{err}");
    assert_eq!(out.lines().count(), places.len(), "{out}");
}

fn descriptor(desk: &Desk, round: &str) -> Value {
    let bytes = fs::read(desk.path(round).join("out/data/datapackage.json")).expect("the descriptor");
    serde_json::from_slice(&bytes).expect("JSON")
}

#[test]
fn every_round_leaves_a_sound_package() {
    let desk = Desk::new();
    let mut folders = Vec::new();
    for round in ALL {
        desk.run(&["merge", round]);
        let folder = desk.path(round).join("out/data");
        let package = descriptor(&desk, round);
        assert_eq!(package["$schema"], "https://datapackage.org/profiles/2.0/datapackage.json");
        let mut described = BTreeSet::from(["datapackage.json".to_owned()]);
        for resource in package["resources"].as_array().expect("resources") {
            let path = resource["path"].as_str().expect("a path");
            let bytes = fs::read(folder.join(path)).expect("its file");
            assert_eq!(resource["bytes"], bytes.len() as u64, "{round}: {path}");
            let sha256 = quarterday::round::sha256(&bytes);
            assert_eq!(resource["hash"], format!("sha256:{sha256}"), "{round}: {path}");
            described.insert(path.to_owned());
        }
        let there =
            fs::read_dir(&folder).expect("the folder").map(|entry| entry.expect("an entry").file_name());
        let there: BTreeSet<String> = there
            .map(|name| name.to_string_lossy().into_owned())
            .filter(|name| !name.ends_with(".parquet"))
            .collect();
        assert_eq!(described, there, "{round}");
        folders.push(folder);
    }
    held_against_others("package", &folders);
}

/// What a value of a Parquet file is as a cell of text.
#[cfg(feature = "parquet")]
fn as_cell(value: &parquet::record::Field) -> String {
    use parquet::record::Field;
    match value {
        Field::Null => String::new(),
        Field::Str(text) => text.clone(),
        Field::Long(number) => number.to_string(),
        Field::Bool(yes) => yes.to_string(),
        Field::Date(days) => {
            let day =
                jiff::civil::date(1970, 1, 1).checked_add(jiff::Span::new().days(*days)).expect("a day");
            day.to_string()
        }
        Field::Decimal(number) => {
            let negative = number.data().first().is_some_and(|byte| byte & 0x80 != 0);
            let mut bytes = [if negative { 0xff } else { 0 }; 16];
            bytes[16 - number.data().len()..].copy_from_slice(number.data());
            let scale = u32::try_from(number.scale()).expect("a scale");
            rust_decimal::Decimal::from_i128_with_scale(i128::from_be_bytes(bytes), scale)
                .normalize()
                .to_string()
        }
        Field::ListInternal(list) => list.elements().iter().map(as_cell).collect::<Vec<_>>().join(";"),
        other => panic!("{other:?}"),
    }
}

#[cfg(feature = "parquet")]
#[test]
fn parquet_files_hold_the_same_values() {
    use parquet::file::reader::{FileReader as _, SerializedFileReader};
    let desk = Desk::new();
    let mut kinds = BTreeSet::new();
    for round in ALL {
        desk.run(&["merge", round]);
        let package = descriptor(&desk, round);
        for resource in package["resources"].as_array().expect("resources") {
            let name = resource["name"].as_str().expect("a name");
            let path = desk.path(round).join(format!("out/data/{name}.parquet"));
            let reader = SerializedFileReader::new(fs::File::open(path).expect("the file")).expect("Parquet");
            let types: Vec<String> = reader
                .metadata()
                .file_metadata()
                .schema_descr()
                .columns()
                .iter()
                .map(|column| format!("{:?}", column.logical_type_ref()))
                .collect();
            kinds.extend(types);
            let mut csv =
                csv::Reader::from_path(desk.path(round).join(format!("out/data/{name}.csv"))).expect("CSV");
            let fields = resource["schema"]["fields"].as_array().expect("fields");
            let mut rows = reader.get_row_iter(None).expect("rows");
            for record in csv.records() {
                let (record, row) =
                    (record.expect("a row"), rows.next().expect("as many rows").expect("a row"));
                for ((cell, field), (column, value)) in record.iter().zip(fields).zip(row.get_column_iter()) {
                    assert_eq!(field["name"], column.as_str());
                    let wanted = match field["type"].as_str() {
                        Some("number") if !cell.is_empty() => {
                            let number: rust_decimal::Decimal = cell.parse().expect("a number");
                            number.normalize().to_string()
                        }
                        _ => quarterday::report::unguarded(cell).to_owned(),
                    };
                    assert_eq!(as_cell(value), wanted, "{round}: {name}: {column}");
                }
            }
            assert!(rows.next().is_none(), "{round}: {name}");
        }
    }
    let has = |words: &str| kinds.iter().any(|kind| kind.contains(words));
    assert!(has("Date") && has("String") && has("scale: 2, precision: 18"), "{kinds:?}");
}

/// Rows of a table of the package: cells by the name of their column.
fn table(desk: &Desk, round: &str, name: &str) -> Vec<std::collections::BTreeMap<String, String>> {
    let path = desk.path(round).join(format!("out/data/{name}.csv"));
    let mut reader = csv::Reader::from_path(path).expect("the table");
    let headings = reader.headers().expect("headings").clone();
    let rows = reader.records().map(|row| row.expect("a row"));
    rows.map(|row| headings.iter().map(str::to_owned).zip(row.iter().map(str::to_owned)).collect()).collect()
}

#[test]
fn the_tables_say_what_the_workbook_says() {
    let desk = Desk::new();
    desk.run(&["merge", MESSY]);
    let manifest = desk.manifest(MESSY);
    let plan = table(&desk, MESSY, "plan");
    assert!(plan.iter().all(|row| !row["_partner"].is_empty() && !row["_file"].is_empty()));
    let returns = table(&desk, MESSY, "returns");
    assert_eq!(returns.len(), manifest["inputs"].as_array().expect("returns").len());
    assert!(returns.iter().any(|row| row["state"] == "refused" && row["why"].contains("password")));
    let cells = table(&desk, MESSY, "cells");
    let word = cells.iter().find(|row| row["kind"] == "word").expect("a word in place of an amount");
    assert_eq!((word["table"].as_str(), word["typed"].as_str()), ("fund", "not stated"));
    assert_eq!(table(&desk, MESSY, "fund")[0][&word["field"]], "");
    let comparisons = table(&desk, MESSY, "comparisons");
    let explained = &table(&desk, MESSY, "explanations")[0];
    let of = comparisons.iter().find(|row| row["no"] == explained["comparison"]).expect("its comparison");
    assert_eq!(
        (of["outcome"].as_str(), of["difference"].as_str(), of["stated"].as_str()),
        ("differs", "27", "45230")
    );
    let held = u64::try_from(table(&desk, MESSY, "held").len()).expect("few");
    assert_eq!(manifest["rows"]["held"], held);
}

#[test]
fn tables_of_an_earlier_run_go_and_nothing_else() {
    let desk = Desk::new();
    desk.run(&["merge", CLEAN]);
    let folder = desk.path(CLEAN).join("out/data");
    let path = folder.join("datapackage.json");
    let mut package = descriptor(&desk, CLEAN);
    let mut gone = package["resources"][0].clone();
    gone["path"] = "gone.csv".into();
    package["resources"].as_array_mut().expect("resources").push(gone);
    let mut outside = package["resources"][0].clone();
    outside["path"] = "../outside.csv".into();
    package["resources"].as_array_mut().expect("resources").push(outside);
    fs::write(&path, package.to_string()).expect("written");
    for name in ["gone.csv", "gone.parquet", "mine.csv", "../outside.csv"] {
        fs::write(folder.join(name), "x").expect("written");
    }
    desk.run(&["merge", CLEAN]);
    for (name, stays) in
        [("gone.csv", false), ("gone.parquet", false), ("mine.csv", true), ("../outside.csv", true)]
    {
        assert_eq!(folder.join(name).exists(), stays, "{name}");
    }
}

#[test]
fn every_finding_is_in_the_log() {
    let desk = Desk::new();
    let mut logs = Vec::new();
    for round in ALL {
        desk.run(&["merge", round]);
        let path = desk.path(round).join("out/findings.sarif");
        let log: Value = serde_json::from_slice(&fs::read(&path).expect("the log")).expect("JSON");
        let findings = fs::read(desk.path(round).join("out/findings.json")).expect("findings");
        let findings: Value = serde_json::from_slice(&findings).expect("JSON");
        let run = &log["runs"][0];
        let results = run["results"].as_array().expect("results");
        assert_eq!(results.len(), findings["findings"].as_array().expect("findings").len(), "{round}");
        let mut prints = BTreeSet::new();
        for (result, finding) in results.iter().zip(findings["findings"].as_array().expect("findings")) {
            let level = match finding["severity"].as_str() {
                Some("error") => "error",
                Some("query") => "warning",
                _ => "note",
            };
            assert_eq!(result["level"], level);
            assert_eq!(result["ruleId"], finding["check"]);
            let rule = usize::try_from(result["ruleIndex"].as_u64().expect("a rule")).expect("few");
            let rule = &run["tool"]["driver"]["rules"][rule];
            assert_eq!(rule["id"], finding["check"]);
            let help = rule["help"]["text"].as_str().expect("its page");
            assert!(help.contains("Why it matters") && help.contains("How to fix"), "{help}");
            let uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
                .as_str()
                .expect("a place");
            assert!(
                uri.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~%/".contains(&byte)),
                "{uri}"
            );
            let suppressed = !result["suppressions"].as_array().expect("suppressions").is_empty();
            assert_eq!(suppressed, finding["answer"].is_object(), "{result}");
            let print =
                result["partialFingerprints"]["quarterday/v1"].as_str().expect("a fingerprint").to_owned();
            assert!(prints.insert(print), "two results have one fingerprint: {result}");
        }
        logs.push(path);
    }
    held_against_others("sarif", &logs);
}

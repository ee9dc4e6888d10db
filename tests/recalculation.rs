//! LibreOffice recalculates the consolidated workbook and the extract of every sample: each formula must give the value that was stored.
//!
//! It takes a minute, so it must be asked for: `cargo test --test recalculation -- --ignored`. Skipped, with a message, where
//! LibreOffice is not installed; `QUARTERDAY_REQUIRE_LIBREOFFICE=1` makes that a failure.

#![allow(
    clippy::unwrap_used,
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "a test may stop, and compares what programs calculated in floating point"
)]

use calamine::{Data, Range, Reader as _, Xlsx};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Settings of a LibreOffice profile that recalculate every file when it is opened.
const ALWAYS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="ODFRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"#;

struct Sheets {
    names: Vec<String>,
    values: BTreeMap<String, Range<Data>>,
    formulas: BTreeMap<String, Range<String>>,
}

fn office() -> Option<&'static str> {
    let found =
        |name: &&str| Command::new(name).arg("--version").output().is_ok_and(|out| out.status.success());
    ["soffice", "libreoffice"].into_iter().find(found)
}

fn read(path: &Path) -> Sheets {
    let mut book: Xlsx<_> = calamine::open_workbook(path).unwrap();
    let names = book.sheet_names();
    let values = names.iter().map(|name| (name.clone(), book.worksheet_range(name).unwrap())).collect();
    let formulas = names.iter().map(|name| (name.clone(), book.worksheet_formula(name).unwrap())).collect();
    Sheets { names, values, formulas }
}

fn recalculated(office: &str, workbook: &Path, scratch: &Path) -> PathBuf {
    let profile = scratch.join("profile");
    fs::create_dir_all(profile.join("user")).unwrap();
    fs::write(profile.join("user/registrymodifications.xcu"), ALWAYS).unwrap();
    let out = scratch.join("out");
    let run = Command::new(office)
        .arg(format!("-env:UserInstallation=file://{}", profile.display()))
        .args(["--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir"])
        .arg(&out)
        .arg(workbook)
        .output()
        .unwrap();
    let made = out.join(workbook.file_name().unwrap());
    assert!(
        made.exists(),
        "LibreOffice did not convert the workbook: {}",
        String::from_utf8_lossy(&run.stderr)
    );
    made
}

fn same(stored: &Data, fresh: &Data) -> bool {
    let number = |data: &Data| match data {
        Data::Int(number) => Some(*number as f64),
        Data::Float(number) => Some(*number),
        _ => None,
    };
    match (number(stored), number(fresh)) {
        // Sums of pennies are not exact in either program; a hundred-millionth of a pound is.
        (Some(stored), Some(fresh)) => (stored - fresh).abs() <= 1e-8 * stored.abs().max(1.0),
        (None, None) => stored.to_string() == fresh.to_string(),
        _ => false,
    }
}

/// Formulas whose value changed, error values, and how many formulas there are.
fn compare(stored: &Sheets, fresh: &Sheets) -> (Vec<String>, usize) {
    let mut wrong = Vec::new();
    let mut count = 0;
    assert_eq!(stored.names, fresh.names);
    for name in &stored.names {
        let value = |sheets: &Sheets, row, column| {
            sheets.values[name].get_value((row, column)).cloned().unwrap_or(Data::Empty)
        };
        let formulas = &stored.formulas[name];
        let (top, left) = formulas.start().unwrap_or_default();
        for (row, column, formula) in formulas.used_cells() {
            let (row, column) = (top + row as u32, left + column as u32);
            count += 1;
            let (stored, fresh) = (value(stored, row, column), value(fresh, row, column));
            if !same(&stored, &fresh) {
                wrong.push(format!(
                    "{name} row {} column {}: ={formula} stored {stored:?}, now {fresh:?}",
                    row + 1,
                    column + 1
                ));
            }
        }
        for sheets in [stored, fresh] {
            let errors =
                sheets.values[name].used_cells().filter(|(_, _, data)| matches!(data, Data::Error(_)));
            wrong.extend(errors.map(|(row, column, data)| format!("{name} ({row}, {column}): {data:?}")));
        }
    }
    (wrong, count)
}

fn rounds() -> Vec<PathBuf> {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let mut rounds: Vec<PathBuf> = fs::read_dir(samples)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.join("round.toml").exists())
        .collect();
    rounds.sort();
    rounds
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            if entry.file_name() != "out" {
                copy(&entry.path(), &target);
            }
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Answers what stands against an extract.
fn clear(folder: &Path) {
    let to_fill = fs::read_to_string(folder.join("out/answers-to-fill.csv")).unwrap();
    let answered = |line: &str| line.replace(",,,", ",Seen to,Head of Safeguarding,22/04/2014");
    let open = to_fill.lines().filter(|line| line.starts_with("personal-data-suspected"));
    let lines: Vec<String> = to_fill.lines().take(1).map(str::to_owned).chain(open.map(answered)).collect();
    fs::write(folder.join("answers.csv"), lines.join("\n") + "\n").unwrap();
}

#[test]
#[ignore = "takes a minute and needs LibreOffice; .ci/run asks for it"]
fn libreoffice_calculates_what_was_stored() {
    let Some(office) = office() else {
        assert!(std::env::var("QUARTERDAY_REQUIRE_LIBREOFFICE").is_err(), "LibreOffice is not installed");
        println!("skipped: LibreOffice is not installed");
        return;
    };
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let scratch = tempfile::tempdir().unwrap();
    copy(&root.join("schemas"), &scratch.path().join("schemas"));
    let mut all = Vec::new();
    for round in rounds() {
        let name = round.file_name().unwrap().to_string_lossy().into_owned();
        let folder = scratch.path().join("samples").join(&name);
        copy(&round, &folder);
        let merge = || {
            let mut command = Command::new(env!("CARGO_BIN_EXE_quarterday"));
            command.args(["merge", "--extract"]).arg(&folder).output().unwrap()
        };
        let mut run = merge();
        if !folder.join("out/extract.xlsx").exists() {
            clear(&folder);
            run = merge();
        }
        let code = run.status.code();
        assert!(code == Some(0) || code == Some(1), "{name}: {}", String::from_utf8_lossy(&run.stderr));
        for (file, least) in [("consolidated.xlsx", 20), ("extract.xlsx", 4)] {
            let workbook = folder.join("out").join(file);
            let fresh = recalculated(office, &workbook, &scratch.path().join(format!("office-{name}")));
            let (wrong, count) = compare(&read(&workbook), &read(&fresh));
            assert!(count > least, "{name}, {file}: only {count} formulas");
            all.extend(wrong.into_iter().map(|line| format!("{name}, {file}: {line}")));
        }
    }
    assert!(all.is_empty(), "{}", all.join("\n"));
}

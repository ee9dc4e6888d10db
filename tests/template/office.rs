//! Copies that LibreOffice saves, with every formula worked out anew.

use calamine::{Data, Reader as _, Xlsx};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Settings of a LibreOffice profile that recalculate every file when it is opened.
const ALWAYS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"#;

/// The program, or `None` where it is not installed.
pub fn office() -> Option<&'static str> {
    let found =
        |name: &&str| Command::new(name).arg("--version").output().is_ok_and(|out| out.status.success());
    let office = ["soffice", "libreoffice"].into_iter().find(found);
    if office.is_none() {
        assert!(std::env::var("QUARTERDAY_REQUIRE_LIBREOFFICE").is_err(), "LibreOffice is not installed");
    }
    office
}

/// Has the workbooks saved in another format; returns the copies.
pub fn saved(office: &str, files: &[PathBuf], format: &str, scratch: &Path) -> Vec<PathBuf> {
    let profile = scratch.join("profile");
    fs::create_dir_all(profile.join("user")).unwrap();
    fs::write(profile.join("user/registrymodifications.xcu"), ALWAYS).unwrap();
    let ending = format.split(':').next().unwrap();
    let out = scratch.join(format!("as-{ending}"));
    let run = Command::new(office)
        .arg(format!("-env:UserInstallation=file://{}", profile.display()))
        .args(["--headless", "--convert-to", format, "--outdir"])
        .arg(&out)
        .args(files)
        .output()
        .unwrap();
    let copies: Vec<PathBuf> =
        files.iter().map(|file| out.join(file.with_extension(ending).file_name().unwrap())).collect();
    for copy in &copies {
        assert!(copy.exists(), "{}: {}", copy.display(), String::from_utf8_lossy(&run.stderr));
    }
    copies
}

/// Formulas whose stored result is not what the other program works out, and how many were compared.
pub fn stale(stored: &Path, fresh: &Path) -> (usize, Vec<String>) {
    let mut stored: Xlsx<_> = calamine::open_workbook(stored).unwrap();
    let mut fresh: Xlsx<_> = calamine::open_workbook(fresh).unwrap();
    let (mut count, mut wrong) = (0, Vec::new());
    for name in stored.sheet_names() {
        let (values, anew) = (stored.worksheet_range(&name).unwrap(), fresh.worksheet_range(&name).unwrap());
        let formulas = stored.worksheet_formula(&name).unwrap();
        let Some((top, left)) = formulas.start() else { continue };
        for (row, column, formula) in formulas.used_cells() {
            let at = (top + u32::try_from(row).unwrap(), left + u32::try_from(column).unwrap());
            let [before, now] =
                [&values, &anew].map(|range| range.get_value(at).cloned().unwrap_or_default());
            count += 1;
            if !same(&before, &now) {
                wrong.push(format!("{name} {at:?}: ={formula} stored {before:?}, now {now:?}"));
            }
        }
    }
    (count, wrong)
}

#[expect(clippy::float_arithmetic, reason = "sums of pennies are not exact in either program")]
fn same(stored: &Data, fresh: &Data) -> bool {
    match (stored, fresh) {
        (Data::Float(stored), Data::Float(fresh)) => (stored - fresh).abs() <= 1e-6,
        (stored, fresh) => stored.to_string() == fresh.to_string(),
    }
}

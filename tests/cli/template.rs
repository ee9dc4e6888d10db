//! Workbooks to fill in, from the command line.

use crate::desk::{CLEAN, Desk, MESSY};
use std::fs;

#[test]
fn each_partner_gets_a_workbook_with_its_own_name() {
    let desk = Desk::new();
    let done = desk.run(&["template", MESSY]);
    assert_eq!(done.status, 0, "{}{}", done.out, done.err);
    assert!(
        done.out.starts_with("7 workbooks to fill in, in samples/2013-14-q4-messy/out/templates:"),
        "{}",
        done.out
    );
    let folder = desk.path(&format!("{MESSY}/out/templates"));
    let mut names: Vec<String> = fs::read_dir(folder)
        .expect("the folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert_eq!(names.len(), 7, "{names:?}");
    for name in &names {
        assert!(done.out.contains(name.as_str()), "{name}:\n{}", done.out);
    }
    assert_eq!(names[2], "HSCB 2013-14 Q4 - Herefordshire Council.xlsx");
}

#[test]
fn a_form_as_it_was_sent_asks_for_its_cells_and_nothing_else() {
    let desk = Desk::new();
    assert_eq!(desk.run(&["template", CLEAN, "--out", "to-send"]).status, 0);
    let file = "to-send/HSCB 2013-14 Q4 - CAFCASS.xlsx";
    let done = desk.run(&["check", file, "--round", CLEAN, "--format", "json"]);
    assert_eq!(done.status, 0, "{}{}", done.out, done.err);
    for code in ["unused-sheet", "extra-label", "hidden", "formula", "blank-header", "own-layout"] {
        assert!(!done.out.contains(&format!("\"{code}")), "{code}:\n{}", done.out);
    }
    assert!(done.out.contains("constraint-error"), "{}", done.out);
}

#[test]
fn nothing_is_written_over_the_returns() {
    let desk = Desk::new();
    let done = desk.run(&["template", CLEAN, "--out", &format!("{CLEAN}/returns")]);
    assert_eq!(done.status, 2);
    assert!(done.err.contains("holds the returns"), "{}", done.err);
}

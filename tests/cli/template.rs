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

/// The form as it was sent out, dropped among the returns, is no return, and everything says so.
#[test]
fn a_form_as_it_was_sent_is_told_and_does_not_count() {
    let desk = Desk::new();
    assert_eq!(desk.run(&["template", CLEAN, "--out", "to-send"]).status, 0);
    let name = "HSCB 2013-14 Q4 - CAFCASS.xlsx";
    let file = format!("to-send/{name}");
    let done = desk.run(&["check", &file, "--round", CLEAN, "--format", "json"]);
    assert_eq!(done.status, 1, "{}{}", done.out, done.err);
    assert_eq!(done.out.matches("\"check\":").count(), 1, "{}", done.out);
    assert!(done.out.contains("\"nothing-filled-in\""), "{}", done.out);

    fs::copy(desk.path(&file), desk.path(&format!("{CLEAN}/returns/{name}"))).expect("a copy");
    let done = desk.run(&["merge", CLEAN]);
    assert_eq!(done.status, 1, "{}{}", done.out, done.err);
    assert!(done.out.contains("6 of 7 received. Missing:"), "{}", done.out);
    let text = |file: &str| {
        let path = desk.path(&format!("{CLEAN}/out/{file}"));
        fs::read_to_string(path).expect("text")
    };
    let findings = text("findings.csv");
    let own: Vec<&str> = findings.lines().filter(|line| line.contains(name)).collect();
    assert_eq!(own.len(), 1, "{own:?}");
    assert!(own[0].contains("nothing-filled-in") && own[0].contains("nothing is filled in."), "{own:?}");
    let chasing = text("chasing.csv");
    let line = chasing.lines().find(|line| line.starts_with("CAFCASS")).expect("its line");
    assert!(line.contains(",not received,") && line.contains(",6,0,1,0,0,0"), "{line}");
    let message = text("messages/CAF.txt");
    let says = |words: &str| message.contains(words);
    assert!(says("the form came back empty") && says("It is the form as we sent it"), "{message}");
    assert!(says("the form once more") && !says("each place is marked"), "{message}");
    assert!(!says("is answered") && !says("are answered"), "{message}");
    assert_eq!(desk.manifest(CLEAN)["rows"]["returnsAccepted"], 6);
    assert!(text("report.html").contains("CAFCASS has sent the form with nothing filled in"));
    assert!(desk.path(&format!("{CLEAN}/out/feedback/CAF.xlsx")).exists());
}

#[test]
fn nothing_is_written_over_the_returns() {
    let desk = Desk::new();
    let done = desk.run(&["template", CLEAN, "--out", &format!("{CLEAN}/returns")]);
    assert_eq!(done.status, 2);
    assert!(done.err.contains("holds the returns"), "{}", done.err);
}

/// What was held back does not come back as the partner's answer, and the sign-off waits for it.
#[test]
fn a_form_that_comes_back_with_our_words_in_it_answers_nothing_there() {
    let desk = Desk::new();
    desk.run(&["merge", MESSY]);
    let record = desk.manifest(MESSY)["feedback"].as_array().expect("a list").clone();
    let own = record.iter().find(|record| record["partner"] == "WMP").expect("its record");
    assert!(own["whyNotOwn"].as_str().is_some_and(|why| why.contains("identify a person")));
    let made = desk.path(MESSY).join("out").join(own["file"].as_str().expect("a name"));
    let returns = desk.path(MESSY).join("returns");
    fs::copy(made, returns.join("WMP.xlsx")).expect("a copy");
    fs::remove_file(returns.join(own["of"].as_str().expect("a name"))).expect("it is there");
    desk.run(&["merge", MESSY]);
    let text = |file: &str| {
        let path = desk.path(&format!("{MESSY}/out/{file}"));
        fs::read_to_string(path).expect("text")
    };
    let findings = text("findings.csv");
    let told: Vec<&str> = findings.lines().filter(|line| line.contains("held-words")).collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("WMP.xlsx") && told[0].contains("still has our words"), "{told:?}");
    assert!(!text("data/plan.csv").contains("[held"));
}

//! The Business Unit's own files: what identifies a person in them comes out no more than from a return.

use super::outputs::{ROUND, every_byte, run};
use super::resent::{merge, round};
use std::fs;
use std::path::Path;

const NUMBER: &str = "999 000 0018";

fn leaks(folder: &Path, said: &str) -> bool {
    let mut all = said.as_bytes().to_vec();
    if folder.join("round/out").exists() {
        every_byte(&folder.join("round/out"), &mut all);
    }
    memchr::memmem::find(&all, NUMBER.as_bytes()).is_some()
}

#[test]
fn settings_are_held_and_set_the_mark() {
    let planted = format!("NHS no {NUMBER}");
    for (from, to) in [
        ("board = \"Wyevale Safeguarding Board\"", format!("board = \"Board {planted}\"")),
        ("name = \"Wyevale Probation\"", format!("name = \"Probation {planted}\"")),
        ("name = \"Wyevale Probation\"", format!("name = \"Wyevale Probation\"\naliases = [\"{planted}\"]")),
        ("name = \"Wyevale Probation\"", format!("name = \"Wyevale Probation\"\ncontact = \"{planted}\"")),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        let folder = folder.path();
        round(folder);
        assert!(ROUND.contains(from), "{from}");
        fs::write(folder.join("round/round.toml"), ROUND.replace(from, &to)).expect("written");
        let said = merge(folder, &["--extract"]);
        assert!(said.contains("Not for circulation"), "{to}: {said}");
        assert!(said.contains("The extract was not written"), "{to}: {said}");
        assert!(!leaks(folder, &said), "{to}: {said}");
    }
}

#[test]
fn every_column_of_answers_is_held() {
    for column in 0..5 {
        let folder = tempfile::tempdir().expect("a folder");
        let folder = folder.path();
        round(folder);
        let mut cells =
            ["missing-submission", "Wyevale Council", "No return", "It will come", "Head of Finance"]
                .map(str::to_owned);
        cells[column] = match column {
            0 => format!("missing-submission (NHS no {NUMBER})"),
            _ => format!("{} NHS no {NUMBER}", cells[column]),
        };
        let text = format!("finding,cell,value,text,post,date\n{},22/04/2014\n", cells.join(","));
        fs::write(folder.join("round/answers.csv"), text).expect("written");
        let said = merge(folder, &[]);
        assert!(folder.join("round/out/findings.csv").exists(), "{column}: {said}");
        assert!(!leaks(folder, &said), "column {column}: {said}");
    }
}

#[test]
fn mistakes_repeat_no_line_that_may_identify_a_person() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    round(folder);
    let answers = format!(
        "finding,cell,value,text,post,date\nmissing-submision,Wyevale Council,x,NHS no {NUMBER},Head of Finance,22/04/2014\n\
         missing-submission,Wyevale Council,x,y,Head of Finance,NHS no {NUMBER}\n"
    );
    fs::write(folder.join("round/answers.csv"), answers).expect("written");
    for command in ["merge", "template"] {
        let mut said = Vec::new();
        assert_eq!(run(folder, &[command, "round"], &mut said), 2);
        let said = String::from_utf8(said).expect("text");
        assert!(!said.contains(NUMBER), "{said}");
        assert!(said.contains("answers.csv:2:1") && said.contains("2 mistakes to put right"), "{said}");
    }
}

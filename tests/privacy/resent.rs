//! What an answer clears, and what names of files bring about.

use super::outputs::{ROUND, every_byte, run};
use std::fs;
use std::path::Path;

const HEAD: &str = "Ref,Action,Lead,Status,RAG rating,Target date,Update\n";

/// A round with one return of the Police.
pub(crate) fn round(folder: &Path) {
    fs::create_dir_all(folder.join("round/returns")).expect("made");
    fs::write(folder.join("round/round.toml"), ROUND).expect("written");
    fs::write(folder.join("round/schema.toml"), include_str!("../support/default-schema.toml"))
        .expect("written");
    send(folder, "All staff were trained");
}

pub(crate) fn send(folder: &Path, update: &str) {
    send_as(folder, "Wyevale Police Q4.csv", update);
}

pub(crate) fn send_as(folder: &Path, name: &str, update: &str) {
    let row = format!("1.1.1,Train staff,Wyevale Police,In progress,Green,31/03/2014,{update}\n");
    fs::write(folder.join("round/returns").join(name), format!("{HEAD}{row}")).expect("written");
}

/// What the program says of a merge.
pub(crate) fn merge(folder: &Path, more: &[&str]) -> String {
    let mut said = Vec::new();
    run(folder, &[&["merge", "round"], more].concat(), &mut said);
    String::from_utf8(said).expect("text")
}

/// Answers everything that is open and that these checks found; gives how much that is.
pub(crate) fn answer(folder: &Path, checks: &[&str]) -> usize {
    let to_fill = fs::read_to_string(folder.join("round/out/answers-to-fill.csv")).expect("written");
    let open: Vec<&str> =
        to_fill.lines().filter(|line| checks.iter().any(|check| line.starts_with(check))).collect();
    let mut answers = "finding,cell,value,text,post,date\n".to_owned();
    for line in &open {
        let mut reader =
            csv::ReaderBuilder::new().has_headers(false).from_reader(line.as_bytes()).into_records();
        let row = reader.next().expect("a row").expect("sound");
        let mut writer = csv::Writer::from_writer(Vec::new());
        let given = ["It is none", "Head of Safeguarding", "22/04/2014"];
        writer.write_record([&row[0], &row[1], &row[2], given[0], given[1], given[2]]).expect("written");
        answers += std::str::from_utf8(&writer.into_inner().expect("whole")).expect("text");
    }
    fs::write(folder.join("round/answers.csv"), answers).expect("written");
    open.len()
}

#[test]
fn an_answer_clears_no_other_person_in_the_same_place() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    round(folder);
    for (first, second) in [
        ("Seen with NHS no 999 000 0018", "Seen with NHS no 999 000 0026"),
        ("KB (14) lives at home", "JS (13) lives at home"),
    ] {
        fs::write(folder.join("round/answers.csv"), "finding,cell,value,text,post,date\n").expect("written");
        send(folder, first);
        assert!(merge(folder, &["--extract"]).contains("The extract was not written"), "{first}");
        assert_eq!(answer(folder, &["personal-data-suspected"]), 1, "{first}");
        let said = merge(folder, &["--extract"]);
        assert!(folder.join("round/out/extract.xlsx").exists(), "{first}: {said}");
        send(folder, second);
        let said = merge(folder, &["--extract"]);
        assert!(said.contains("The extract was not written: 1 thing"), "{second}: {said}");
        let listed = fs::read_to_string(folder.join("round/out/findings.csv")).expect("written");
        assert!(listed.contains("so the answer no longer applies"), "{second}: {listed}");
        assert!(!folder.join("round/out/extract.xlsx").exists(), "{second}");
    }
}

/// The name of a file of which nothing is used is in every list of what came.
#[test]
fn names_of_refused_and_skipped_files_set_the_mark() {
    for (name, content) in [
        ("NHS no 999 000 0018.xlsx", "no workbook"),
        ("NHS no 999 000 0018.docx", "no workbook"),
        ("NHS no 999 000 0018.xlsx", ""),
        ("NHS no 999 000 0018.bak", "x"),
        ("~$NHS no 999 000 0018.xlsx", "x"),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        let folder = folder.path();
        round(folder);
        assert!(!merge(folder, &["--extract"]).contains("The extract was not written"));
        fs::write(folder.join("round/returns").join(name), content).expect("written");
        let said = merge(folder, &["--extract"]);
        assert!(said.contains("Not for circulation"), "{name}: {said}");
        assert!(said.contains("The extract was not written: 1 thing"), "{name}: {said}");
        assert_eq!(answer(folder, &["personal-data-suspected"]), 1, "{name}: {said}");
        let said = merge(folder, &["--extract"]);
        assert!(folder.join("round/out/extract.xlsx").exists(), "{name}: {said}");
        let mut all = Vec::new();
        every_byte(&folder.join("round/out"), &mut all);
        assert!(memchr::memmem::find(&all, b"999 000 0018").is_none(), "{name}");
    }
}

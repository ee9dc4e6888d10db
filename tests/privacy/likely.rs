//! What is likely to identify a person and is a wrong word besides: findings tell of both and repeat nothing of it.

use super::outputs::every_byte;
use super::resent::{answer, merge, round};
use std::fs;
use std::path::Path;

const HEAD: &str = "Ref,Action,Lead,Status,RAG rating,Target date,Update";

fn send(folder: &Path, lines: &[&str]) {
    fs::write(folder.join("round/returns/Wyevale Police Q4.csv"), lines.join("\n")).expect("written");
}

fn read(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join("round/out").join(name)).expect("written")
}

/// A return whose wrong words are likely to identify somebody: where each stands, the words, what is said of them.
const WRONG: [(&str, &str, &str); 5] = [
    ("C2", "mother Jane Marlow", "unknown-agency"),
    ("D3", "seen 9995493063", "unknown-code"),
    ("E4", "JS (14)", "unknown-code"),
    ("F5", "DOB 12/03/1975 (mother)", "type-error"),
    ("D6", "complete QQ136224C", "unknown-code"),
];

fn wrong(folder: &Path) {
    let row = |number: usize, column: usize, words: &str| {
        let mut cells = ["", "Train staff", "Wyevale Police", "In progress", "Green", "31/03/2014", "Done"];
        let reference = format!("1.1.{number}");
        cells[0] = &reference;
        cells[column] = words;
        cells.join(",")
    };
    let mut lines = vec![HEAD.to_owned()];
    for (number, (cell, words, _)) in (1..).zip(WRONG) {
        let column = usize::from(cell.as_bytes()[0] - b'A');
        lines.push(row(number, column, words));
    }
    send(folder, &lines.iter().map(String::as_str).collect::<Vec<_>>());
}

#[test]
fn a_wrong_word_that_may_identify_somebody_is_in_no_output() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    round(folder);
    wrong(folder);
    let mut said = merge(folder, &[]).into_bytes();
    said.extend(merge(folder, &["--format", "json"]).into_bytes());
    for file in ["round/out/feedback", "round/out/messages"] {
        assert!(folder.join(file).exists(), "{file}");
    }
    every_byte(&folder.join("round/out"), &mut said);
    for word in ["Marlow", "9995493063", "JS (14)", "12/03/1975", "QQ136224C"] {
        assert!(memchr::memmem::find(&said, word.as_bytes()).is_none(), "{word} came out");
    }
    let listed = read(folder, "findings.csv");
    for (cell, _, check) in WRONG {
        let about = |check: &str| {
            listed.lines().any(|line| line.contains(check) && line.contains(&format!(",{cell},")))
        };
        assert!(about("personal-data-suspected"), "{cell}: {listed}");
        assert!(about(check), "{cell} {check}: {listed}");
    }
    assert!(listed.contains("“[held: name of a child or relative]”"), "{listed}");
}

/// How many findings at the rating have an answer.
fn answered(folder: &Path) -> usize {
    let listed = read(folder, "findings.csv");
    let told = listed.lines().filter(|line| line.contains(",E2,") && !line.contains("lapsed-answer"));
    told.filter(|line| line.contains("It is none")).count()
}

/// As another's words in the same place would read alike, an answer is for one state of the file.
#[test]
fn an_answer_to_words_that_are_held_stands_for_no_others() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    round(folder);
    for words in ["JS (14)", "KB (13)"] {
        let row = format!("1.1.1,Train staff,Wyevale Police,In progress,{words},31/03/2014,Done");
        send(folder, &[HEAD, &row]);
        merge(folder, &[]);
        assert_eq!(answered(folder), 0, "{words}");
        assert!(answer(folder, &["personal-data-suspected", "unknown-code"]) >= 2, "{words}");
        merge(folder, &[]);
        assert_eq!(answered(folder), 2, "{words}");
    }
}

/// A text that is kept as what it is may be a wrong one too; what is said of it does not repeat it.
#[test]
fn what_is_said_of_a_text_does_not_repeat_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    round(folder);
    let schema = include_str!("../support/default-schema.toml");
    let by_plan = "primaryKey = [\"ref\"]\nregister = { key = \"ref\", title = \"action\" }";
    let schema = schema.replacen("primaryKey = [\"ref\"]", by_plan, 1);
    fs::write(folder.join("round/schema.toml"), schema).expect("written");
    let plan = "ref,action,agencies\n1.1.1,Train staff,POL\n";
    fs::write(folder.join("round/plan.csv"), plan).expect("written");
    send(
        folder,
        &[HEAD, "1.1.1,Visit mother Jane Marlow at home,Wyevale Police,In progress,Green,31/03/2014,Done"],
    );
    let said = merge(folder, &[]);
    let listed = read(folder, "findings.csv");
    assert!(listed.contains("different-wording"), "{listed}");
    for text in [
        said,
        listed,
        read(folder, "findings.json"),
        read(folder, "findings.sarif"),
        read(folder, "report.html"),
    ] {
        assert!(!text.contains("Marlow"), "{text}");
    }
    // A word of the plan's own stands as it is beside what is held.
    let listed = read(folder, "findings.csv");
    let says =
        "1.1.1 is “Train staff” in the plan, but the return says “[held: name of a child or relative]”.";
    assert!(listed.contains(says), "{listed}");
}

/// Quotation marks in what was typed take nothing out of the sentence's own; no word of the round is a way round them.
#[test]
fn marks_in_what_was_typed_uncover_nothing() {
    for words in [
        "x” is Red “y mother Jane Marlow",
        "” mother Jane Marlow “",
        "Red” mother Jane Marlow “Green",
        "“Red” mother Jane Marlow “Red”",
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        let folder = folder.path();
        round(folder);
        for column in [3, 4, 5] {
            let mut cells =
                ["1.1.1", "Train staff", "Wyevale Police", "In progress", "Green", "31/03/2014", "Done"];
            cells[column] = words;
            send(folder, &[HEAD, &cells.join(",")]);
            let mut said = merge(folder, &[]).into_bytes();
            every_byte(&folder.join("round/out"), &mut said);
            let listed = read(folder, "findings.csv");
            assert!(listed.contains("personal-data-suspected"), "{words}: {listed}");
            // The whole is held back where it stands; in the merged table a query's text is kept.
            for name in ["findings.csv", "findings.json", "findings.sarif", "messages/POL.txt"] {
                assert!(!read(folder, name).contains("Marlow"), "{column} {words}: {name}");
            }
        }
    }
}

//! The Business Unit's own files: what identifies a person in them comes out no more than from a return.

use super::outputs::{ROUND, every_byte, run};
use super::resent::{merge, round, send};
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

/// Names of columns and the words of the schema come out as well: in the page, the template, messages.
#[test]
fn headings_and_the_words_of_the_schema_are_held_and_set_the_mark() {
    let number = NUMBER.replace(' ', "_");
    let plan = format!("ref,action,agencies,nhs_no_{number}\n1.1.1,Train staff,POL,x\n");
    let ordinary = "table,agency,actual,agreed\ncontributions,POL,100,100\n";
    let ledger = format!("table,agency,actual,agreed,nhs_no_{number}\ncontributions,POL,100,100,x\n");
    let schema = include_str!("../support/default-schema.toml");
    let by_plan = "primaryKey = [\"ref\"]\nregister = { key = \"ref\", title = \"action\" }";
    let schema = schema.replacen("primaryKey = [\"ref\"]", by_plan, 1)
        + "\n[[table.controls]]\nname = \"agreed\"\ntitle = \"Agreed\"\nkind = \"agreed\"\nledger = \"contributions\"\n";
    let titled = schema
        .replace("title = \"Update\"", &format!("title = \"Update\"\nhelp = \"As in NHS no {NUMBER}\""));
    assert_ne!(titled, schema);
    for (name, content, place) in [
        ("plan.csv", plan, "plan.csv, the headings"),
        ("ledger.csv", ledger, "ledger.csv, the headings"),
        ("schema.toml", titled, "The schema, the field update of the table plan"),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        let folder = folder.path();
        round(folder);
        fs::write(folder.join("round/schema.toml"), &schema).expect("written");
        fs::write(folder.join("round/plan.csv"), "ref,action,agencies\n1.1.1,Train staff,POL\n")
            .expect("written");
        fs::write(folder.join("round/ledger.csv"), ordinary).expect("written");
        fs::write(folder.join("round").join(name), content).expect("written");
        let mut said = merge(folder, &["--extract"]).into_bytes();
        run(folder, &["template", "round"], &mut said);
        let said = String::from_utf8(said).expect("text");
        assert!(said.contains("Not for circulation"), "{name}: {said}");
        assert!(said.contains("The extract was not written"), "{name}: {said}");
        let listed = fs::read_to_string(folder.join("round/out/findings.csv")).expect("written");
        assert!(
            listed.contains(&format!("{place}, appears to hold an NHS number. Take it out.")),
            "{listed}"
        );
        assert!(!leaks(folder, &said) && !leaks(folder, &listed), "{name}: {said}");
        let mut all = Vec::new();
        every_byte(&folder.join("round/out"), &mut all);
        assert!(memchr::memmem::find(&all, number.as_bytes()).is_none(), "{name}: a heading came out");
    }
}

/// A `.csv` has no header for a protective mark: each of its lines bears it, and the data package says it of each table.
#[test]
fn lists_bear_the_mark() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    round(folder);
    let out = folder.join("round/out");
    for (update, mark, stopped) in [
        ("All staff were trained", "OFFICIAL-SENSITIVE", false),
        ("Seen with NHS no 999 000 0018", "NOT FOR CIRCULATION · OFFICIAL-SENSITIVE", true),
    ] {
        send(folder, update);
        merge(folder, &[]);
        for name in ["answers-to-fill.csv", "chasing.csv", "findings.csv"] {
            let text = fs::read_to_string(out.join(name)).expect("written");
            let mut reader = csv::Reader::from_reader(text.as_bytes());
            assert_eq!(reader.headers().expect("headings").iter().next_back(), Some("Marking"), "{name}");
            let mut rows = reader.records().map(|row| row.expect("a row")).peekable();
            assert!(rows.peek().is_some(), "{name} has rows");
            assert!(rows.all(|row| row.iter().next_back() == Some(mark)), "{name}: {text}");
        }
        let package = fs::read_to_string(out.join("data/datapackage.json")).expect("written");
        let package: serde_json::Value = serde_json::from_str(&package).expect("sound");
        let tables = package["resources"].as_array().expect("tables");
        assert!(tables.iter().all(|table| table["quarterday"]["marking"] == "OFFICIAL-SENSITIVE"));
        assert!(tables.iter().all(|table| table["quarterday"]["notForCirculation"] == stopped));
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

/// What is likely stays in the plan, and no finding repeats it: neither of this round's files nor of the plan before.
#[test]
fn no_finding_repeats_what_is_likely_in_the_rounds_own_files() {
    const ADDRESS: &str = "jane.smith@example.org";
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    round(folder);
    let register = "primaryKey = [\"ref\"]\nregister = { key = \"ref\", title = \"action\", recommendation = \"rec\", \
                    decision = \"decision\", next = \"next\", reason = \"reason\" }";
    let schema =
        include_str!("../support/default-schema.toml").replacen("primaryKey = [\"ref\"]", register, 1);
    fs::write(folder.join("round/schema.toml"), schema).expect("written");
    let head = "ref,action,agencies,rec,decision,next,reason\n";
    let plan = format!("{head}1.1.1,Train staff,POL,Ofsted 1; {ADDRESS},,,\n");
    fs::write(folder.join("round/plan.csv"), plan).expect("written");
    let recommendations =
        format!("ref,recommendation\nOfsted 1,Train\nOfsted 2,Write to {ADDRESS}.\n{ADDRESS} 3,Train\n");
    fs::write(folder.join("round/recommendations.csv"), recommendations).expect("written");
    let before = folder.join("before");
    fs::create_dir_all(before.join("returns")).expect("made");
    let settings = ROUND.replace("2013-14 Q4", "2012-13 Q4").replace("schema.toml", "../round/schema.toml");
    fs::write(before.join("round.toml"), settings).expect("written");
    let earlier = format!(
        "{head}1.1.1,Train staff,POL,,Continue,{ADDRESS},\n1.1.2,Audit,POL,,Dropped by {ADDRESS},,\n"
    );
    fs::write(before.join("plan.csv"), earlier).expect("written");
    let this =
        ROUND.replace("schema = \"schema.toml\"", "schema = \"schema.toml\"\nprevious = \"../before\"");
    fs::write(folder.join("round/round.toml"), this).expect("written");
    let said = merge(folder, &[]);
    let listed =
        fs::read_to_string(folder.join("round/out/findings.csv")).unwrap_or_else(|_| panic!("{said}"));
    for check in ["unknown-recommendation", "recommendation-without-action", "not-carried-forward"] {
        assert!(listed.contains(check), "{check}: {listed}");
    }
    assert!(!listed.contains(ADDRESS), "{listed}");
    assert!(listed.contains("plan.csv of 2012-13 Q4, line 2, may hold an e-mail address"), "{listed}");
    assert!(listed.contains("[held: e-mail address]"), "{listed}");
    for name in ["findings.json", "findings.sarif", "answers-to-fill.csv"] {
        let text = fs::read_to_string(folder.join("round/out").join(name)).expect("written");
        assert!(!text.contains(ADDRESS), "{name}");
    }
}

//! Partners' own workbooks given back by a merge, and what becomes of them when they come back.

use super::desk::{ALL, CLEAN, Desk, MESSY};
use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read as _};

/// Files in the folder of feedback, with their bytes.
fn given_back(desk: &Desk, round: &str) -> BTreeMap<String, Vec<u8>> {
    let Ok(entries) = fs::read_dir(desk.path(round).join("out/feedback")) else { return BTreeMap::new() };
    let entries = entries.map(|entry| entry.expect("an entry"));
    entries
        .map(|entry| {
            (entry.file_name().to_string_lossy().into_owned(), fs::read(entry.path()).expect("a file"))
        })
        .collect()
}

/// All text of a package.
fn unpacked(bytes: &[u8]) -> String {
    let mut from = zip::ZipArchive::new(Cursor::new(bytes)).expect("a package");
    let mut all = Vec::new();
    for place in 0..from.len() {
        from.by_index(place).expect("a part").read_to_end(&mut all).expect("it is whole");
    }
    String::from_utf8_lossy(&all).into_owned()
}

#[test]
fn who_has_something_to_fix_gets_its_file_back_and_nobody_else() {
    let desk = Desk::new();
    desk.run(&["merge", MESSY]);
    let manifest = desk.manifest(MESSY);
    let records = manifest["feedback"].as_array().expect("a list");
    let files = given_back(&desk, MESSY);
    assert_eq!(records.len(), files.len());
    let own = |code: &str| {
        let record = records.iter().find(|record| record["partner"] == code).expect("a record");
        (record["file"].as_str().expect("a name").to_owned(), record.get("whyNotOwn").is_none())
    };
    assert_eq!(own("HC"), ("feedback/HC.xlsx".to_owned(), true));
    assert_eq!(own("YOS"), ("feedback/YOS.xlsx".to_owned(), true));
    for record in records {
        assert!(record["toFix"].as_u64().is_some_and(|number| number > 0));
        let name = record["file"].as_str().expect("a name").trim_start_matches("feedback/");
        assert!(unpacked(&files[name]).contains("Please fix: "), "{name}");
    }
    desk.run(&["merge", MESSY]);
    assert!(given_back(&desk, MESSY) == files, "a second run gives other bytes");
    desk.run(&["merge", MESSY, "--no-feedback"]);
    assert!(given_back(&desk, MESSY).is_empty());
    assert!(desk.manifest(MESSY).get("feedback").is_none());
}

#[test]
fn what_identifies_a_person_is_not_sent_on_and_old_formats_are_filled_into_the_template() {
    let desk = Desk::new();
    let mut forms = 0;
    for round in ALL {
        desk.run(&["merge", round]);
        let files = given_back(&desk, round);
        for record in desk.manifest(round)["feedback"].as_array().into_iter().flatten() {
            let Some(why) = record["whyNotOwn"].as_str() else { continue };
            forms += 1;
            let name = record["file"].as_str().expect("a name").trim_start_matches("feedback/");
            let text = unpacked(&files[name]);
            assert!(
                text.contains("Please fix: ") && text.contains("the shape of the template"),
                "{round}: {why}"
            );
            assert!(!text.contains("999 000 0018") && !text.contains("9990000018"), "{round}: {name}");
        }
    }
    assert!(forms > 0);
}

/// A file that comes back as it was given out says the same as the one that was sent first.
#[test]
fn marked_files_that_come_back_are_read_as_before() {
    for round in ALL {
        let desk = Desk::new();
        desk.run(&["merge", round]);
        let before = desk.outputs(round);
        let mut replaced = 0;
        for record in desk.manifest(round)["feedback"].as_array().into_iter().flatten() {
            if record.get("whyNotOwn").is_some() {
                continue;
            }
            let made = desk.path(round).join("out").join(record["file"].as_str().expect("a name"));
            let of = record["of"].as_str().expect("a name");
            fs::copy(made, desk.path(round).join("returns").join(of)).expect("a copy");
            replaced += 1;
        }
        assert!(replaced > 0, "{round}");
        let first = given_back(&desk, round);
        desk.run(&["merge", round]);
        let after = desk.outputs(round);
        for name in ["findings.csv", "chasing.csv", "answers-to-fill.csv"] {
            let text =
                |outputs: &BTreeMap<String, Vec<u8>>| String::from_utf8(outputs[name].clone()).expect("text");
            assert_eq!(text(&before), text(&after), "{round}: {name}");
        }
        // The list of before was replaced, not joined by another.
        for (name, bytes) in given_back(&desk, round) {
            assert!(first.contains_key(&name));
            assert!(!unpacked(&bytes).contains("name=\"Please fix 2\""), "{round}: {name}");
        }
    }
}

#[test]
fn a_round_without_anything_to_fix_has_no_feedback() {
    let desk = Desk::new();
    fs::create_dir_all(desk.path(CLEAN).join("out/feedback")).expect("a folder");
    fs::write(desk.path(CLEAN).join("out/feedback/OLD.xlsx"), "of a run before").expect("a file");
    desk.run(&["merge", CLEAN]);
    assert!(!given_back(&desk, CLEAN).contains_key("OLD.xlsx"));
}

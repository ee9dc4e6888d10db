//! Partners' own workbooks given back by a merge, and what becomes of them when they come back.

use super::desk::{ALL, CLEAN, Desk, MESSY, retype};
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
    let (mut forms, mut noted) = (0, 0);
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
            noted += usize::from(text.contains("Please fix, no. 1. "));
        }
    }
    assert!(forms > 0 && noted > 0, "{forms} {noted}");
}

/// Takes the return away that another one replaces already.
fn leave_one_return_each(desk: &Desk) {
    fs::remove_file(desk.path(MESSY).join("returns/YOS Q4.xlsx")).expect("it is there");
}

/// A file that comes back as it was given out says the same as the one that was sent first.
#[test]
fn marked_files_that_come_back_are_read_as_before() {
    for round in ALL {
        let desk = Desk::new();
        leave_one_return_each(&desk);
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

/// How many things a message says that there are to answer.
fn in_the_message(text: &str) -> usize {
    let subject = text.lines().find(|line| line.starts_with("Subject: ")).expect("a subject");
    if subject.ends_with("received, one thing to answer") {
        return 1;
    }
    let words: Vec<&str> = subject.split(' ').collect();
    match words.as_slice() {
        [.., number, "things", "to", "answer"] => number.parse().expect("a number"),
        _ => 0,
    }
}

/// Errors and queries of each partner in the list of whom to chase, by code.
fn chased(desk: &Desk, round: &str, list: &[u8]) -> BTreeMap<String, usize> {
    let list = list.strip_prefix("\u{feff}".as_bytes()).expect("a mark that it is UTF-8");
    let settings = fs::read_to_string(desk.path(round).join("round.toml")).expect("settings");
    let settings: toml::Table = settings.parse().expect("TOML");
    let code = |name: &str| {
        let partners = settings["partner"].as_array().expect("partners");
        let partner = partners.iter().find(|partner| partner["name"].as_str() == Some(name));
        partner.expect("it is known")["code"].as_str().expect("a code").to_owned()
    };
    let number = |text: &String| text.parse::<usize>().expect("a number");
    let (names, errors, queries) = (column(list, "Partner"), column(list, "Errors"), column(list, "Queries"));
    let counts = errors.iter().zip(&queries).map(|(errors, queries)| number(errors) + number(queries));
    names.iter().map(|name| code(name)).zip(counts).collect()
}

/// What a partner is told to answer is what the lists for its files come to, also where one of its files is not used.
#[test]
fn the_message_counts_what_is_on_the_lists() {
    let mut several = 0;
    for round in ALL {
        let desk = Desk::new();
        desk.run(&["merge", round]);
        let mut listed: BTreeMap<String, usize> = BTreeMap::new();
        for record in desk.manifest(round)["feedback"].as_array().into_iter().flatten() {
            let partner = record["partner"].as_str().expect("a code").to_owned();
            let number = record["toFix"].as_u64().expect("a number");
            *listed.entry(partner).or_default() += usize::try_from(number).expect("a small one");
        }
        let outputs = desk.outputs(round);
        let chased: BTreeMap<String, usize> = chased(&desk, round, &outputs["chasing.csv"]);
        for (name, bytes) in outputs {
            let Some(partner) = name.strip_prefix("messages/").and_then(|name| name.strip_suffix(".txt"))
            else {
                continue;
            };
            let text = String::from_utf8(bytes).expect("text");
            // What could not be read at all is on the list alone: the message begins with it.
            let unread = usize::from(text.contains("we could not read it"));
            let (said, on) = (in_the_message(&text), listed.get(partner).copied().unwrap_or_default());
            assert_eq!(said, on - unread, "{round}: {partner}");
            assert_eq!(chased[partner], on, "{round}: {partner} in chasing.csv");
            several += usize::from(text.contains("We have two returns from Youth Offending") && said == 2);
        }
    }
    assert_eq!(several, 1, "no partner with a file that is not used");
}

#[test]
fn a_day_for_corrections_is_asked_for_everywhere() {
    let desk = Desk::new();
    let file = desk.path(MESSY).join("round.toml");
    let text = fs::read_to_string(&file)
        .expect("settings")
        .replace("status =", "correctionsBy = 2014-05-09\nstatus =");
    fs::write(file, text).expect("a file");
    desk.run(&["merge", MESSY]);
    let outputs = desk.outputs(MESSY);
    let text = |name: &str| {
        let text = String::from_utf8(outputs[name].clone()).expect("text");
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let asks = text("messages/HC.txt");
    assert!(asks.contains("Please send a corrected return or answer this message by 9 May 2014."), "{asks}");
    let asks = text("messages/CAF.txt");
    assert!(asks.contains("Please send it again by 9 May 2014."), "{asks}");
    for (name, bytes) in given_back(&desk, MESSY) {
        let list = unpacked(&bytes);
        assert!(list.contains("Please fix by 9 May 2014: "), "{name}");
        assert!(list.contains("send it back by 9 May 2014, or tell us"), "{name}");
    }
    let page = text("report.html");
    assert!(page.contains("or ask for a corrected return by 9 May 2014?"), "{page}");
    assert!(
        page.contains("CAFCASS: ask for its return and wait for it until 9 May 2014, or report without"),
        "{page}"
    );
    assert!(unpacked(&outputs["consolidated.xlsx"]).contains("ask for a corrected return by 9 May 2014?"));
}

/// A column of a list that is written for programs.
fn column(list: &[u8], name: &str) -> Vec<String> {
    let mut rows = csv::Reader::from_reader(list);
    let place = rows.headers().expect("headings").iter().position(|heading| heading == name);
    let place = place.unwrap_or_else(|| panic!("no column {name}"));
    rows.records().map(|row| row.expect("a row")[place].to_owned()).collect()
}

/// What the figures of a round come to, apart from where they stand.
fn figures(outputs: &BTreeMap<String, Vec<u8>>) -> Vec<Vec<String>> {
    let columns = ["control", "partner", "line", "stated", "expected"];
    let columns = columns.map(|name| column(&outputs["data/comparisons.csv"], name));
    let row = |place: usize| columns.iter().map(|column| column[place].clone()).collect();
    let mut rows: Vec<Vec<String>> = (0..columns[0].len()).map(row).collect();
    // What was read is more; what is used is not.
    rows.retain(|row| row[0] != "conservation");
    rows.sort();
    rows
}

#[test]
fn a_marked_file_put_beside_its_original_takes_its_place_and_nothing_counts_twice() {
    for round in ALL {
        let desk = Desk::new();
        leave_one_return_each(&desk);
        desk.run(&["merge", round]);
        let before = desk.outputs(round);
        let mut beside = Vec::new();
        for record in desk.manifest(round)["feedback"].as_array().into_iter().flatten() {
            if record.get("whyNotOwn").is_none() {
                let file = record["file"].as_str().expect("a name").trim_start_matches("feedback/");
                // First by its name, so that it loses by every other sign.
                let name = format!("A {file}");
                let made = desk.path(round).join("out/feedback").join(file);
                fs::copy(made, desk.path(round).join("returns").join(&name)).expect("a copy");
                beside.push((name, record["of"].as_str().expect("a name").to_owned()));
            }
        }
        desk.run(&["merge", round]);
        let after = desk.outputs(round);
        assert!(figures(&before) == figures(&after), "{round}");
        let told = column(&after["findings.csv"], "What");
        assert!(!beside.is_empty());
        for (name, of) in beside {
            let says = format!("{of} says the same as {name}. We used it once. {name} has our list");
            assert!(told.iter().any(|message| message.starts_with(&says)), "{round}: {says} {told:#?}");
            let message = |bytes: &Vec<u8>| String::from_utf8_lossy(bytes).replace('\n', " ");
            let says = format!("{name} came back as we sent it to you: nothing in it was changed.");
            assert!(
                after
                    .iter()
                    .any(|(file, bytes)| file.starts_with("messages/") && message(bytes).contains(&says)),
                "{says}"
            );
            assert!(!before.iter().any(
                |(file, bytes)| file.starts_with("messages/") && message(bytes).contains("came back as")
            ));
        }
    }
}

#[test]
fn a_marked_file_in_which_something_was_put_right_replaces_its_original() {
    let desk = Desk::new();
    desk.run(&["merge", MESSY]);
    let original = "HSCB BP Monitoring 2013-14 Q4 - Herefordshire Council v3 FINAL.xlsx";
    let mended = desk.path(MESSY).join("returns/HC.xlsx");
    fs::copy(desk.path(MESSY).join("out/feedback/HC.xlsx"), &mended).expect("a copy");
    retype(&mended, &[("3.4", "3.4.1")]);
    desk.run(&["merge", MESSY]);
    let outputs = desk.outputs(MESSY);
    let told = column(&outputs["findings.csv"], "What");
    let says = "We used HC.xlsx because it has our list of what to fix in it, so it was made from an earlier return.";
    let superseded = told.iter().find(|message| message.contains(says)).expect("it is told");
    assert!(superseded.contains(original) && !superseded.contains("Tell us"), "{superseded}");
    let message = String::from_utf8(outputs["messages/HC.txt"].clone()).expect("text");
    assert!(message.contains("Thank you for your return (HC.xlsx)."), "{message}");
    assert!(!told.iter().any(|message| message.contains("counted twice") && message.contains("Council")));
}

#[test]
fn a_marked_file_as_it_was_made_does_not_replace_a_return_that_was_corrected_elsewhere() {
    let desk = Desk::new();
    desk.run(&["merge", MESSY]);
    let returns = desk.path(MESSY).join("returns");
    let original = "HSCB BP Monitoring 2013-14 Q4 - Herefordshire Council v3 FINAL.xlsx";
    let corrected = "HSCB BP Monitoring 2013-14 Q4 - Herefordshire Council v4 FINAL.xlsx";
    fs::copy(returns.join(original), returns.join(corrected)).expect("a copy");
    retype(&returns.join(corrected), &[("3.4", "3.4.1")]);
    fs::copy(desk.path(MESSY).join("out/feedback/HC.xlsx"), returns.join("HC.xlsx")).expect("a copy");
    desk.run(&["merge", MESSY]);
    let outputs = desk.outputs(MESSY);
    let told = column(&outputs["findings.csv"], "What");
    let says = format!("We used {corrected} because nothing was changed in HC.xlsx, which we gave back.");
    let of_list = told.iter().find(|message| message.contains(&says));
    assert!(of_list.is_some_and(|message| message.contains("Tell us if HC.xlsx is right")), "{told:#?}");
    let message = String::from_utf8(outputs["messages/HC.txt"].clone()).expect("text");
    assert!(message.replace('\n', " ").contains(corrected), "{message}");
}

/// What is given back twice bears our list twice over: the list itself says which was made from which.
#[test]
fn a_file_given_back_twice_replaces_the_one_that_it_was_made_from() {
    let desk = Desk::new();
    let returns = desk.path(MESSY).join("returns");
    let made = desk.path(MESSY).join("out/feedback/HC.xlsx");
    desk.run(&["merge", MESSY]);
    // Last by its name, so that the newer one loses by every other sign.
    fs::copy(&made, returns.join("Z first.xlsx")).expect("a copy");
    retype(&returns.join("Z first.xlsx"), &[("3.4", "3.4.1")]);
    desk.run(&["merge", MESSY]);
    fs::copy(&made, returns.join("A second.xlsx")).expect("a copy");
    retype(&returns.join("A second.xlsx"), &[("3.4.1", "3.4.2")]);
    desk.run(&["merge", MESSY]);
    let outputs = desk.outputs(MESSY);
    let told = column(&outputs["findings.csv"], "What");
    let says = "We used A second.xlsx because the list of what to fix in it was made from Z first.xlsx.";
    let superseded =
        told.iter().find(|message| message.contains(says)).unwrap_or_else(|| panic!("{told:#?}"));
    assert!(!superseded.contains("Tell us"), "{superseded}");
    let used = String::from_utf8(outputs["messages/HC.txt"].clone()).expect("text");
    assert!(used.contains("A second.xlsx"), "{used}");
}

#[test]
fn a_round_without_anything_to_fix_has_no_feedback() {
    let desk = Desk::new();
    fs::create_dir_all(desk.path(CLEAN).join("out/feedback")).expect("a folder");
    fs::write(desk.path(CLEAN).join("out/feedback/OLD.xlsx"), "of a run before").expect("a file");
    desk.run(&["merge", CLEAN]);
    assert!(!given_back(&desk, CLEAN).contains_key("OLD.xlsx"));
}

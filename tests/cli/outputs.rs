//! What is written, what is left alone, and what happens when something is in the way.

use crate::desk::{ALL, CLEAN, Desk, FILES, MESSY, copy, retype};
use assert_cmd::Command;
use std::collections::BTreeMap;
use std::fs;

#[test]
fn a_second_run_gives_the_same_bytes() {
    let desk = Desk::new();
    for round in ALL {
        let first = (desk.run(&["merge", round]), desk.outputs(round)).1;
        let second = (desk.run(&["merge", round]), desk.outputs(round)).1;
        assert!(first.len() > 5, "{round}");
        for (name, bytes) in &first {
            assert!(second.get(name) == Some(bytes), "{round}: {name} is different");
        }
    }
}

#[test]
fn neither_the_number_of_threads_nor_the_folder_matters() {
    const OTHER: &str = "samples/a copy of the round";
    let (desk, other) = (Desk::new(), Desk::new());
    copy(&other.path(MESSY), &other.path(OTHER));
    desk.run_with(&["merge", MESSY], &[("RAYON_NUM_THREADS", "1")]);
    let alone = desk.outputs(MESSY);
    assert_eq!(alone.keys().collect::<Vec<_>>(), FILES);
    for threads in ["1", "2", "8"] {
        let there = other.path(OTHER).to_string_lossy().into_owned();
        other.run_with(&["merge", &there], &[("RAYON_NUM_THREADS", threads)]);
        let outputs = other.outputs(OTHER);
        assert_eq!(outputs.keys().collect::<Vec<_>>(), FILES);
        for (name, bytes) in &outputs {
            assert!(alone.get(name) == Some(bytes), "{name} is different with {threads} threads elsewhere");
        }
    }
    let manifest = String::from_utf8(alone["run.json"].clone()).expect("text");
    for name in ["samples", "2013-14-q4-messy", &*desk.folder.path().to_string_lossy()] {
        assert!(!manifest.contains(name), "run.json names a folder: {name}");
    }
}

/// What stands under a heading that the template does not have is in the workbook, cell by cell.
#[test]
fn nothing_of_an_extra_column_is_lost() {
    use calamine::{Data, Reader as _, Xlsx};
    let desk = Desk::new();
    desk.run(&["merge", MESSY]);
    let open = |path: std::path::PathBuf| {
        Xlsx::new(std::io::Cursor::new(fs::read(path).expect("a file"))).expect("a workbook")
    };
    let mut book: Xlsx<_> = open(desk.path(MESSY).join("out/consolidated.xlsx"));
    let range = book.worksheet_range("Not used").expect("the sheet");
    let rows: Vec<&[Data]> = range.rows().collect();
    let extra = |word: &str| rows.iter().filter(|row| row[0] == *word).count();
    assert!(extra("Extra column") > 0, "there is none");
    let findings = rows_of(&desk, "findings.csv");
    let told: Vec<&csv::StringRecord> = findings.iter().filter(|row| &row[2] == "extra-label").collect();
    assert!(!told.is_empty());
    for finding in &told {
        let heading = finding[8].split(['\u{201c}', '\u{201d}']).nth(1).expect("a heading").to_owned();
        let number = finding[8].split_once('(').expect("how many").1.split(' ').next().expect("a number");
        let under = format!("It stands under \u{201c}{heading}\u{201d}.");
        let listed = rows.iter().filter(|row| row[6] == *under.as_str() && row[2] == finding[4]);
        let listed: Vec<_> = listed.collect();
        assert_eq!(listed.len().to_string(), number, "{heading}: {}", &finding[8]);
        assert!(listed.iter().all(|row| row[7] != Data::Empty), "{heading}");
    }
}

fn rows_of(desk: &Desk, name: &str) -> Vec<csv::StringRecord> {
    let bytes = desk.outputs(MESSY).remove(name).expect("the file");
    let mut reader = csv::Reader::from_reader(&bytes[..]);
    reader.records().map(|row| row.expect("a row")).collect()
}

/// A text that is read, a rating that is none, and a row that is held: none fits a cell.
#[test]
fn texts_too_long_for_a_cell_are_whole_beside_the_workbook() {
    let desk = Desk::new();
    let file = "HSCB 2013-14 Q4 - CAFCASS.xlsx";
    let [update, rating, held] = ["progress ", "reddish ", "nowhere "].map(|word| word.repeat(5_000));
    let old = ["National operating policy was updated and applies locally.", "Red", "4.2.1"];
    let texts: Vec<(&str, &str)> = old.into_iter().zip([&*update, &*rating, &*held]).collect();
    retype(&desk.path(CLEAN).join("returns").join(file), &texts);
    let done = desk.run(&["merge", CLEAN]);
    assert!(done.out.contains("texts are too long for a cell; long-texts.csv"), "{}", done.out);
    let list = desk.outputs(CLEAN).remove("long-texts.csv").expect("the list of long texts");
    let mut reader = csv::Reader::from_reader(&list[..]);
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
    for (text, from, shown) in
        [(&update, "Plan!U", "By agency!"), (&rating, "Plan!W", "By agency!"), (&held, "Plan!A", "Not used!")]
    {
        let row = rows.iter().find(|row| row[3].contains(text.trim())).unwrap_or_else(|| panic!("{from}"));
        assert!(row[0].contains(shown), "{from}: {}", &row[0]);
        assert!(row[1].starts_with(&format!("{file} › {from}")), "{from}: {}", &row[1]);
    }
    let findings = desk.outputs(CLEAN).remove("findings.csv").expect("findings");
    let mut reader = csv::Reader::from_reader(&findings[..]);
    let rows = reader.records().map(|row| row.expect("a row")).filter(|row| &row[2] == "text-too-long");
    let cells: Vec<String> = rows.map(|row| format!("{}!{}", &row[5], &row[6])).collect();
    assert!(["Plan!U5", "Plan!W7"].iter().all(|cell| cells.iter().any(|told| told == cell)), "{cells:?}");
}

#[test]
fn inputs_are_left_as_they_were() {
    let desk = Desk::new();
    let read = |desk: &Desk| {
        let returns = desk.path(MESSY).join("returns");
        let entries = fs::read_dir(returns).expect("returns").map(|entry| entry.expect("an entry").path());
        entries.map(|path| (fs::read(&path).expect("a return"), path)).collect::<Vec<_>>()
    };
    let before = read(&desk);
    desk.run(&["merge", MESSY]);
    assert!(before == read(&desk));
}

#[test]
fn outputs_for_programs_are_sound_and_agree() {
    let desk = Desk::new();
    let printed = desk.run(&["merge", MESSY, "--format", "json"]);
    let outputs = desk.outputs(MESSY);
    assert_eq!(printed.out.as_bytes(), outputs["run.json"], "what is printed is what is written");
    let manifest = desk.manifest(MESSY);
    let findings: serde_json::Value = serde_json::from_slice(&outputs["findings.json"]).expect("JSON");
    let findings = findings["findings"].as_array().expect("a list");
    let of = |severity: &str| findings.iter().filter(|finding| finding["severity"] == severity).count();
    let counts = serde_json::json!({ "errors": of("error"), "queries": of("query"), "notes": of("note") });
    assert_eq!(manifest["findings"], counts);
    let csv = String::from_utf8(outputs["findings.csv"].clone()).expect("text");
    assert!(csv.starts_with("\u{feff}No,Severity,Check,"));
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
    assert_eq!(rows.len(), findings.len());
    for cell in rows.iter().flatten() {
        assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell}");
    }
    let inputs = manifest["inputs"].as_array().expect("a list");
    assert_eq!(inputs.len(), 8);
    assert!(inputs.iter().all(|input| input["sha256"].as_str().is_some_and(|hash| hash.len() == 64)));
    assert!(!printed.out.contains(&desk.folder.path().to_string_lossy().into_owned()));
}

#[test]
fn out_goes_where_it_is_told_but_never_among_the_returns() {
    let desk = Desk::new();
    desk.run(&["merge", CLEAN, "--out", "elsewhere/deep"]);
    assert!(desk.path("elsewhere/deep/consolidated.xlsx").is_file());
    assert!(!desk.path(CLEAN).join("out").exists());
    let said = desk.refused(&["merge", CLEAN, "--out", "samples/2013-14-q4/returns"]);
    assert!(said.contains("holds the returns"), "{said}");
}

#[test]
fn an_output_that_cannot_be_put_in_place_leaves_the_earlier_ones() {
    let desk = Desk::new();
    desk.run(&["merge", CLEAN]);
    let out = desk.path(CLEAN).join("out");
    fs::write(out.join("consolidated.xlsx"), "the earlier workbook").expect("written");
    fs::write(out.join("findings.csv"), "the earlier findings").expect("written");
    fs::remove_file(out.join("run.json")).expect("removed");
    fs::create_dir(out.join("run.json")).expect("a folder in the way");
    let before = desk.outputs(CLEAN);
    let said = desk.refused(&["merge", CLEAN]);
    assert_eq!(
        said,
        "Could not write samples/2013-14-q4/out/run.json: it is a folder, not a file. Earlier outputs are as they were.\n"
    );
    assert_eq!(desk.outputs(CLEAN), before, "nothing is different and nothing is left over");
}

#[test]
fn leftovers_of_a_run_that_was_stopped_are_cleared() {
    let desk = Desk::new();
    let leftover = desk.path(CLEAN).join("out/.unfinished-abc");
    fs::create_dir_all(&leftover).expect("a folder");
    fs::write(leftover.join("lock"), "").expect("written");
    desk.run(&["merge", CLEAN]);
    assert_eq!(desk.outputs(CLEAN).into_keys().collect::<Vec<_>>(), FILES);
}

#[cfg(unix)]
#[test]
fn a_full_disk_is_one_sentence_and_the_earlier_outputs_stay() {
    let desk = Desk::new();
    desk.run(&["merge", CLEAN]);
    let before = desk.outputs(CLEAN);
    let program = assert_cmd::cargo::cargo_bin!("quarterday");
    // A limit on the size of files stands for a disk that is full after 4 KiB.
    let script = format!("trap '' XFSZ; ulimit -f 8; exec '{}' merge {CLEAN}", program.display());
    let output =
        Command::new("bash").args(["-c", &script]).current_dir(desk.folder.path()).output().expect("bash");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.starts_with("Could not write samples/2013-14-q4/out/"), "{said}");
    assert!(said.contains(".xlsx: the file would become larger"), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
    assert_eq!(desk.outputs(CLEAN), before);
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_written_is_one_sentence() {
    use std::os::unix::fs::PermissionsExt as _;
    let desk = Desk::new();
    let out = desk.path("closed");
    fs::create_dir(&out).expect("a folder");
    fs::set_permissions(&out, fs::Permissions::from_mode(0o555)).expect("closed");
    // Whoever may write everywhere, such as root, cannot be refused this way.
    if fs::write(out.join("probe"), "").is_ok() {
        let said = desk.refused(&["merge", CLEAN, "--out", "samples/2013-14-q4/plan.csv/out"]);
        assert!(
            said.starts_with("Could not write into samples/2013-14-q4/plan.csv/out: part of its path"),
            "{said}"
        );
        return;
    }
    let said = desk.refused(&["merge", CLEAN, "--out", "closed"]);
    assert!(said.starts_with("Could not write into closed: you may not do that there"), "{said}");
}

#[test]
fn bad_files_are_refused_and_the_others_merged() {
    let desk = Desk::new();
    let returns = desk.path(CLEAN).join("returns");
    let sound = fs::read(returns.join("HSCB 2013-14 Q4 - CAFCASS.xlsx")).expect("a return");
    fs::write(returns.join("a cut short.xlsx"), &sound[..sound.len() / 2]).expect("written");
    fs::write(returns.join("b nothing in it.xlsx"), "").expect("written");
    fs::write(returns.join("c a letter.xlsx"), "%PDF-1.4 a letter").expect("written");
    fs::create_dir(returns.join("d folder.xlsx")).expect("a folder");
    let done = desk.run(&["merge", CLEAN]);
    let manifest = desk.manifest(CLEAN);
    assert_eq!(manifest["rows"]["answered"], 53, "{}", done.out);
    let listed: BTreeMap<String, String> = manifest["inputs"]
        .as_array()
        .into_iter()
        .chain(manifest["skipped"].as_array())
        .flatten()
        .filter_map(|file| Some((file["name"].as_str()?.to_owned(), file["why"].as_str()?.to_owned())))
        .collect();
    for name in ["a cut short.xlsx", "b nothing in it.xlsx", "c a letter.xlsx", "d folder.xlsx"] {
        let why = listed.get(name).unwrap_or_else(|| panic!("{name} is listed: {listed:?}"));
        assert!(why.ends_with('.') && !why.contains('\n'), "{name}: {why}");
    }
}

#[cfg(unix)]
#[test]
fn a_pipe_is_not_waited_for() {
    let desk = Desk::new();
    let pipe = desk.path(CLEAN).join("returns/pipe.xlsx");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status().expect("mkfifo");
    assert!(made.success());
    desk.run(&["merge", CLEAN]);
    assert_eq!(desk.manifest(CLEAN)["rows"]["answered"], 53);
    let done = desk.run(&["inspect", "samples/2013-14-q4/returns/pipe.xlsx"]);
    assert_eq!(done.status, 1, "{}", done.out);
}

#[test]
fn a_name_cannot_play_tricks_on_the_screen() {
    let desk = Desk::new();
    let name = "a\u{1b}[31mred\u{202e}xslx.xlsx";
    fs::write(desk.path(CLEAN).join("returns").join(name), "no workbook").expect("written");
    let done = desk.run(&["merge", CLEAN]);
    let outputs = desk.outputs(CLEAN);
    for text in
        [done.out.as_bytes(), &outputs["findings.csv"], &outputs["findings.json"], &outputs["run.json"]]
    {
        let text = String::from_utf8_lossy(text);
        assert!(!text.contains('\u{1b}') && !text.contains('\u{202e}') && !text.contains("\\u001b"));
    }
}

/// Every byte of a file, and of the parts of a package.
fn every_byte(path: &std::path::Path) -> Vec<u8> {
    use std::io::Read as _;
    let bytes = std::fs::read(path).expect("written");
    let mut all = bytes.clone();
    if let Ok(mut package) = zip::ZipArchive::new(std::io::Cursor::new(bytes)) {
        for at in 0..package.len() {
            package.by_index(at).expect("listed").read_to_end(&mut all).expect("whole");
        }
    }
    all
}

#[test]
fn a_number_that_identifies_a_person_is_in_no_output() {
    let desk = Desk::new();
    let done = desk.run(&["merge", MESSY]);
    let json = desk.run(&["merge", MESSY, "--format", "json"]);
    let mut said = [done.out, done.err, json.out, json.err].concat().into_bytes();
    for name in desk.outputs(MESSY).keys() {
        said.extend(every_byte(&desk.path(MESSY).join("out").join(name)));
    }
    for number in ["999 000 0018", "9990000018"] {
        assert!(memchr::memmem::find(&said, number.as_bytes()).is_none(), "{number} is in an output");
    }
    assert!(memchr::memmem::find(&said, b"[held: NHS number]").is_some());
}

#[test]
fn each_partner_has_a_message_that_names_no_other() {
    let desk = Desk::new();
    desk.run(&["merge", MESSY]);
    let outputs = desk.outputs(MESSY);
    let message = |code: &str| {
        let bytes =
            outputs.get(&format!("messages/{code}.txt")).unwrap_or_else(|| panic!("no message for {code}"));
        String::from_utf8(bytes.clone()).expect("text").split_whitespace().collect::<Vec<_>>().join(" ")
    };
    assert!(
        message("NHS").contains("£45,230 is £45,203 with its last two digits swapped."),
        "{}",
        message("NHS")
    );
    assert!(message("CAF").contains("we could not read it"), "{}", message("CAF"));
    assert!(message("CAF").contains("Please send a copy without one"), "{}", message("CAF"));
    assert!(message("WMP").contains("appears to contain an NHS number"), "{}", message("WMP"));
    assert!(
        message("YOS").contains("We have two returns from Youth Offending Service"),
        "{}",
        message("YOS")
    );
    let names = ["Herefordshire Council", "NHS Herefordshire", "West Mercia Police", "CAFCASS"];
    for (code, own) in ["HC", "NHS", "WMP", "CAF"].iter().zip(names) {
        for other in names.iter().filter(|other| **other != own) {
            assert!(!message(code).contains(other), "{code} names {other}: {}", message(code));
        }
    }
    let chasing = String::from_utf8(outputs["chasing.csv"].clone()).expect("text");
    for line in [
        "CAFCASS,Practice Support Officer,,unreadable,",
        "West Mercia Police,Partnership Support Officer,,partial,",
    ] {
        assert!(chasing.contains(line), "{line}: {chasing}");
    }
    // A message of an earlier run does not stay.
    let stale = desk.path(MESSY).join("out/messages/GONE.txt");
    std::fs::write(&stale, "old").expect("it can be written");
    desk.run(&["merge", MESSY]);
    assert!(!stale.exists());
}

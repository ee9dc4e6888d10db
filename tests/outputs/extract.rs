//! `merge --extract`: what is in the extract, what is not, and when there is none.

use super::desk::{CLEAN, Desk, MESSY, texts};
use super::look::{Book, parts};
use std::fs;

const SHEETS: [&str; 6] =
    ["Summary", "Areas", "Carry forward", "Contributions", "Expenditure", "Fund balance"];

fn extract(desk: &Desk, round: &str) -> Vec<u8> {
    fs::read(desk.path(round).join("out/extract.xlsx")).expect("the extract")
}

/// Every text of a sheet's cells.
fn words(book: &Book, sheet: &str) -> Vec<String> {
    book.cells(sheet).into_iter().map(|(row, column)| book.value(sheet, row, column).to_string()).collect()
}

#[test]
fn it_has_the_sheets_that_may_be_published_and_the_mark_of_an_extract() {
    let desk = Desk::new();
    let done = desk.run(&["merge", CLEAN, "--extract"]);
    assert_eq!((done.status, done.err.as_str()), (0, ""), "{}", done.out);
    let bytes = extract(&desk, CLEAN);
    let book = Book::open(&bytes);
    assert_eq!(book.sheets(), SHEETS);
    for sheet in SHEETS {
        let strap = book.value(sheet, 1, 0).to_string();
        assert!(strap.starts_with("OFFICIAL · "), "{sheet}: {strap}");
    }
    let parts = parts(&bytes);
    assert!(parts["docProps/core.xml"].contains("<cp:category>OFFICIAL</cp:category>"));
    assert!(parts.values().all(|text| !text.contains("OFFICIAL-SENSITIVE")));
    // The figures are there, and totals are live.
    assert!(book.text("Contributions").contains("=SUM(D6:D11) -> 208191"), "{}", book.text("Contributions"));
    assert!(
        book.text("Carry forward").contains("4.3.1 | Complete the training needs analysis | Replaced | 4.5")
    );
}

#[test]
fn it_repeats_nothing_that_a_partner_wrote_in_words() {
    let desk = Desk::new();
    for round in [CLEAN, "samples/2013-14-q4-compound"] {
        desk.run(&["merge", round, "--extract"]);
        let out = desk.path(round).join("out");
        let working = Book::open(&fs::read(out.join("consolidated.xlsx")).unwrap());
        let published = texts(&extract(&desk, round));
        // The register's own words stand in both.
        let own = fs::read_to_string(desk.path(round).join("plan.csv")).unwrap()
            + &fs::read_to_string(desk.path(round).join("ledger.csv")).unwrap();
        let mut narrative = 0;
        for sheet in ["By agency", "Exceptions", "Voice of the child", "Impact", "Risks", "Learning plan"] {
            for text in words(&working, sheet).into_iter().filter(|text| text.chars().count() > 24) {
                let title = working.value(sheet, 1, 0).to_string() == text || text.ends_with("known to the");
                if !title && !own.contains(&text.replace('"', "\"\"")) {
                    narrative += 1;
                    assert!(!published.contains(&text), "{round}, {sheet}: {text}");
                }
            }
        }
        assert!(narrative > 50, "{round}: only {narrative} texts were looked for");
        for file in fs::read_dir(desk.path(round).join("returns")).unwrap() {
            let name = file.unwrap().file_name().to_string_lossy().into_owned();
            assert!(!published.contains(&name), "{round}: {name}");
        }
        for word in ["ledger.csv", " › ", "Comment", "Explanation", "Earmarked for", "Barriers"] {
            assert!(!published.contains(word), "{round}: {word}");
        }
    }
}

#[test]
fn its_links_and_formulas_stay_inside() {
    let desk = Desk::new();
    for round in [CLEAN, "samples/2013-14-q4-compound", "samples/grant-2024-25-q2"] {
        desk.run(&["merge", round, "--extract"]);
        let bytes = extract(&desk, round);
        let book = Book::open(&bytes);
        let sheets = book.sheets();
        let mut places = 0;
        for text in parts(&bytes).values() {
            let links = text.split("location=\"").skip(1).map(|rest| rest.split('"').next().unwrap());
            let formulas = text.split("<f>").skip(1).map(|rest| rest.split("</f>").next().unwrap());
            let ranges = text.split("<c:f>").skip(1).map(|rest| rest.split("</c:f>").next().unwrap());
            for place in links.chain(formulas).chain(ranges).filter(|place| place.contains('!')) {
                let sheet = place.rsplit_once('!').unwrap().0.trim_matches('\'').to_owned();
                assert!(sheets.contains(&sheet), "{round}: {place}");
                places += 1;
            }
        }
        assert!(places > 0, "{round}");
    }
}

#[test]
fn it_is_refused_while_something_is_uncleared_and_comes_once_that_is_answered() {
    let desk = Desk::new();
    let out = desk.path(MESSY).join("out");
    fs::create_dir_all(&out).unwrap();
    fs::write(out.join("extract.xlsx"), "of an earlier run").unwrap();
    let done = desk.run(&["merge", MESSY, "--extract"]);
    assert_eq!(done.status, 1);
    assert_eq!(
        done.err,
        "The extract was not written: 1 thing that may identify a person waits to be cleared (West Mercia Police HSCB \
         return.xlsm). Ask for a return without it, or answer the finding in answers.csv, and run this again.\n"
    );
    assert!(!out.join("extract.xlsx").exists());
    // The pack bears both marks: one forbids, and the other is what the officer chose.
    let pack = fs::read(out.join("consolidated.xlsx")).unwrap();
    let strap = Book::open(&pack).value("Areas", 1, 0).to_string();
    assert!(strap.starts_with("NOT FOR CIRCULATION · OFFICIAL-SENSITIVE · "), "{strap}");
    let edges = &parts(&pack)["xl/worksheets/sheet2.xml"];
    assert_eq!(edges.matches("NOT FOR CIRCULATION · OFFICIAL-SENSITIVE").count(), 2);

    let to_fill = fs::read_to_string(out.join("answers-to-fill.csv")).unwrap();
    let mut answers = to_fill.lines().next().unwrap().to_owned() + "\n";
    let open: Vec<&str> =
        to_fill.lines().filter(|line| line.starts_with("personal-data-suspected")).collect();
    assert_eq!(open.len(), 1);
    let answer = ",Taken out of the file that was kept,Head of Safeguarding,22/04/2014";
    answers += &(open[0].replace(",,,", answer) + "\n");
    fs::write(desk.path(MESSY).join("answers.csv"), answers).unwrap();
    let done = desk.run(&["merge", MESSY, "--extract"]);
    assert!(out.join("extract.xlsx").exists(), "{}", done.err);
    let strap = Book::open(&extract(&desk, MESSY)).value("Areas", 1, 0).to_string();
    assert!(strap.starts_with("OFFICIAL · "), "{strap}");
    assert!(!texts(&extract(&desk, MESSY)).contains("999 000 0018"));

    // An extract is not left beside the outputs of a later run that has none.
    desk.run(&["merge", MESSY]);
    assert!(!out.join("extract.xlsx").exists());
}

#[test]
fn what_identifies_a_person_cannot_be_made_to_matter_less() {
    let desk = Desk::new();
    let settings = desk.path(MESSY).join("round.toml");
    let text = fs::read_to_string(&settings).unwrap();
    for severity in ["note", "query"] {
        let set = format!("{text}\n[severity]\n\"personal-data-suspected\" = \"{severity}\"\n");
        fs::write(&settings, set).unwrap();
        let done = desk.run(&["merge", MESSY, "--extract"]);
        assert_eq!(done.status, 2, "{}", done.err);
        assert!(done.err.contains("cannot be made to matter less"), "{}", done.err);
        assert!(!desk.path(MESSY).join("out/extract.xlsx").exists());
    }
    fs::write(&settings, format!("{text}\n[severity]\n\"personal-data-suspected\" = \"error\"\n")).unwrap();
    let done = desk.run(&["merge", MESSY, "--extract"]);
    assert!(
        done.err.contains("things that may identify a person wait") || done.err.contains("1 thing"),
        "{}",
        done.err
    );
}

#[test]
fn what_the_registers_hold_of_a_person_stands_against_it() {
    let desk = Desk::new();
    for (register, line) in [("plan.csv", 3), ("ledger.csv", 2)] {
        let place = desk.path(CLEAN).join(register);
        let sound = fs::read_to_string(&place).unwrap();
        let mut lines: Vec<String> = sound.lines().map(str::to_owned).collect();
        let cells = &mut lines[line - 1];
        *cells = match register {
            "plan.csv" => cells.replace("Confirm that", "NHS number 999 000 0018: confirm that"),
            _ => cells.clone() + " NHS number 999 000 0018",
        };
        assert_ne!(lines.join("\n"), sound.trim_end());
        fs::write(&place, lines.join("\n")).unwrap();
        let done = desk.run(&["merge", CLEAN, "--extract"]);
        assert_eq!(done.status, 1, "{register}: {}", done.err);
        assert!(done.err.starts_with("The extract was not written: 1 thing"), "{register}: {}", done.err);
        let listed = fs::read_to_string(desk.path(CLEAN).join("out/findings.csv")).unwrap();
        assert!(
            listed.contains(&format!("{register}, line {line}, appears to hold an NHS number")),
            "{listed}"
        );
        assert!(!desk.path(CLEAN).join("out/extract.xlsx").exists());
        fs::write(&place, sound).unwrap();
    }
}

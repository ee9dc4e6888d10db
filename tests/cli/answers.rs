//! Answers and signatures: they survive a run, and show when they no longer hold.

use crate::desk::{Desk, MESSY, texts};
use std::fs;

const POST: &str = "Head of Finance";
const TEXT: &str = "The ledger is right, the return will be corrected";

pub(crate) type Rows = Vec<Vec<String>>;

fn rows(bytes: &[u8]) -> Rows {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).expect("a mark that it is UTF-8");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes);
    reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect()).collect()
}

fn save(desk: &Desk, rows: &Rows) {
    let mut writer = csv::Writer::from_path(desk.path(MESSY).join("answers.csv")).expect("a file");
    for row in rows {
        writer.write_record(row).expect("a row");
    }
    writer.flush().expect("written");
}

fn to_fill(desk: &Desk) -> Rows {
    rows(&desk.outputs(MESSY)["answers-to-fill.csv"])
}

fn answer(row: &mut [String]) {
    row[3..6].clone_from_slice(&[TEXT, POST, "24/04/2014"].map(str::to_owned));
}

/// A run, and the answers to every finding of one check filled in.
pub(crate) fn answered(desk: &Desk, check: &str) -> (Rows, usize) {
    desk.run(&["merge", MESSY]);
    let mut rows = to_fill(desk);
    let mut number = 0;
    for row in rows.iter_mut().filter(|row| row[0].starts_with(check)) {
        answer(row);
        number += 1;
    }
    save(desk, &rows);
    (rows, number)
}

#[test]
fn an_answer_is_printed_beside_its_finding_and_hides_nothing() {
    let desk = Desk::new();
    let before = desk.run(&["merge", MESSY]);
    let open = desk.manifest(MESSY);
    assert_eq!(open["answered"], serde_json::json!({ "errors": 0, "queries": 0, "notes": 0 }));
    assert!(before.out.contains("0 of 24 answered."), "{}", before.out);
    let (filled, number) = answered(&desk, "control-total-mismatch");
    assert_eq!(number, 5);
    let done = desk.run(&["merge", MESSY]);
    assert_eq!(done.status, before.status);
    assert!(done.out.contains("5 of 24 answered."), "{}", done.out);
    assert!(done.out.contains("5 errors are answered; the Queries sheet has the answers."), "{}", done.out);
    let manifest = desk.manifest(MESSY);
    assert_eq!(manifest["findings"], open["findings"]);
    assert_eq!(manifest["verdict"], open["verdict"]);
    assert_eq!(manifest["answered"]["errors"], 5);
    assert_ne!(manifest["fingerprint"], open["fingerprint"]);

    let outputs = desk.outputs(MESSY);
    let csv = rows(&outputs["findings.csv"]);
    let mut with: Vec<_> =
        csv.iter().filter(|row| row[15] == TEXT).map(|row| (&row[2], &row[16], &row[17])).collect();
    with.dedup();
    assert_eq!(with.len(), 1, "one check was answered: {with:?}");
    assert_eq!((with[0].1.as_str(), with[0].2.as_str()), (POST, "2014-04-24"));
    let json: serde_json::Value = serde_json::from_slice(&outputs["findings.json"]).expect("JSON");
    let list = json["findings"].as_array().expect("a list");
    let said: Vec<_> = list.iter().filter(|finding| finding.get("answer").is_some()).collect();
    assert_eq!(said.len(), 5);
    assert!(said.iter().all(|finding| finding["answer"]["post"] == POST && finding["severity"] == "error"));
    let book = texts(&outputs["consolidated.xlsx"]);
    assert!(book.contains(TEXT) && book.contains("24 to answer, 5 of them answered"), "the workbook");
    // Nobody is asked again for what was answered.
    let message = String::from_utf8(outputs["messages/NHS.txt"].clone()).expect("text");
    assert!(message.contains("1 thing has been answered already."), "{message}");
    assert!(!message.contains("the ledger has £45,203"), "{message}");
    // What is answered is handed on filled in, so that the file can be saved over the old one.
    let mut wanted = filled;
    for cell in wanted.iter_mut().flatten().filter(|cell| *cell == "24/04/2014") {
        "2014-04-24".clone_into(cell);
    }
    assert_eq!(to_fill(&desk), wanted);
}

/// Queries and Reconciliation show the same answer on their lines.
#[test]
fn both_sheets_of_finance_show_the_answer() {
    use calamine::{Data, Reader as _, Xlsx};
    let desk = Desk::new();
    answered(&desk, "control-total-mismatch");
    desk.run(&["merge", MESSY]);
    let bytes = desk.outputs(MESSY).remove("consolidated.xlsx").expect("the workbook");
    let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(bytes)).expect("a workbook");
    for sheet in ["Queries", "Reconciliation"] {
        let range = book.worksheet_range(sheet).expect("the sheet");
        let told = range.rows().filter(|row| row.iter().any(|cell| *cell == Data::String(TEXT.to_owned())));
        let told: Vec<&[Data]> = told.collect();
        assert_eq!(told.len(), 5, "{sheet}");
        for row in told {
            let at = row.iter().position(|cell| *cell == Data::String(TEXT.to_owned())).expect("the answer");
            assert_eq!(row[at + 1].to_string(), POST, "{sheet}");
            assert!(matches!(row[at + 2], Data::DateTime(_) | Data::Float(_)), "{sheet}: {:?}", row[at + 2]);
        }
    }
}

/// What is wrong with the very cell, or why nothing of the partner is used, is what the difference is about.
#[test]
fn an_answer_to_the_cause_stands_beside_the_difference() {
    use calamine::{Data, Reader as _, Xlsx};
    for (check, line) in
        [("range-too-short", "Expenditure"), ("refused-file", "CAFCASS"), ("minus-amount", "Probation")]
    {
        let desk = Desk::new();
        answered(&desk, check);
        desk.run(&["merge", MESSY]);
        let bytes = desk.outputs(MESSY).remove("consolidated.xlsx").expect("the workbook");
        let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(bytes)).expect("a workbook");
        let range = book.worksheet_range("Reconciliation").expect("the sheet");
        let has = |row: &[Data], words: &str| row.iter().any(|cell| cell.to_string().contains(words));
        let told: Vec<&[Data]> = range.rows().filter(|row| has(row, TEXT)).collect();
        assert!(!told.is_empty() && told.iter().all(|row| has(row, line)), "{check}: {told:?}");
    }
}

#[test]
fn an_answer_lapses_when_the_ledger_changes_and_says_so() {
    let desk = Desk::new();
    answered(&desk, "control-total-mismatch");
    let ledger = desk.path(MESSY).join("ledger.csv");
    let text = fs::read_to_string(&ledger).expect("the ledger");
    assert!(text.contains("45203"), "{text}");
    fs::write(&ledger, text.replace("45203", "45204")).expect("written");
    let done = desk.run(&["merge", MESSY]);
    // What was agreed is no longer what the ledger has either.
    assert!(done.out.contains("4 of 25 answered."), "{}", done.out);
    let csv = rows(&desk.outputs(MESSY)["findings.csv"]);
    let lapsed: Vec<_> = csv.iter().filter(|row| row[2] == "lapsed-answer").collect();
    let [note] = lapsed.as_slice() else { panic!("{lapsed:?}") };
    assert_eq!((note[1].as_str(), note[6].as_str()), ("note", "L5"));
    assert!(note[11].ends_with("should be £45,203") && note[12].ends_with("should be £45,204"), "{note:?}");
    assert!(note[8].contains(TEXT), "{note:?}");
    let rows = to_fill(&desk);
    let line = rows.iter().find(|row| row[2].ends_with("should be £45,204")).expect("a line to fill in");
    assert_eq!(line[3..6], ["", "", ""]);
    assert_eq!(rows.last().expect("the old line")[3], TEXT);
}

#[test]
fn what_is_typed_into_an_answer_never_runs() {
    let desk = Desk::new();
    let (mut rows, _) = answered(&desk, "control-total-mismatch");
    for row in rows.iter_mut().filter(|row| row[3] == TEXT) {
        "=HYPERLINK(\"http://example.org\")".clone_into(&mut row[3]);
        "@post".clone_into(&mut row[2]);
    }
    save(&desk, &rows);
    desk.run(&["merge", MESSY]);
    let mut seen = 0;
    for name in ["answers-to-fill.csv", "findings.csv"] {
        for cell in self::rows(&desk.outputs(MESSY)[name]).iter().flatten() {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{name}: {cell}");
            seen += usize::from(cell.starts_with("'=HYPERLINK"));
        }
    }
    assert!(seen > 0);
    // Saved and read again, the apostrophe is not part of the answer.
    save(&desk, &to_fill(&desk));
    let before = to_fill(&desk);
    desk.run(&["merge", MESSY]);
    assert_eq!(to_fill(&desk), before);
}

fn sign(desk: &Desk, fingerprint: &str, reviewer: &str) {
    let text = format!(
        "fingerprint = \"{fingerprint}\"\nprepared_by = \"Finance Officer\"\nprepared_on = 2014-04-28\n\
         reviewed_by = \"{reviewer}\"\nreviewed_on = 2014-04-30\n"
    );
    fs::write(desk.path(MESSY).join("signoff.toml"), text).expect("written");
}

fn told(desk: &Desk, check: &str) -> Vec<String> {
    let rows = rows(&desk.outputs(MESSY)["findings.csv"]);
    rows.into_iter().filter(|row| row[2] == check).map(|row| row[8].clone()).collect()
}

#[test]
fn a_signature_stands_until_something_changes() {
    let desk = Desk::new();
    desk.run(&["merge", MESSY]);
    let mut rows = to_fill(&desk);
    rows.iter_mut().skip(1).for_each(|row| answer(row));
    save(&desk, &rows);
    let done = desk.run(&["merge", MESSY]);
    assert!(done.out.contains("24 of 24 answered.") && !done.out.contains("Sign-off\n"), "{}", done.out);
    nothing_is_asked_again(&desk, &done.out);
    let fingerprint = desk.manifest(MESSY)["fingerprint"].as_str().expect("a fingerprint").to_owned();
    assert_eq!(fingerprint.len(), 64);
    sign(&desk, &fingerprint[..16], POST);
    let words = |out: &str| out.split_whitespace().collect::<Vec<_>>().join(" ");
    let done = desk.run(&["merge", MESSY]);
    let line = "Prepared by Finance Officer on 28 April 2014, signed by Head of Finance on 30 April 2014:";
    assert!(words(&done.out).contains(&format!("{line} still what was signed.")), "{}", done.out);
    assert_eq!(desk.manifest(MESSY)["fingerprint"], *fingerprint, "signing changes nothing");
    assert_eq!(desk.manifest(MESSY)["signOff"]["stands"], true);
    assert_eq!(told(&desk, "void-sign-off"), [""; 0]);
    assert_eq!(told(&desk, "unsound-sign-off"), [""; 0]);
    let book = texts(&desk.outputs(MESSY)["consolidated.xlsx"]);
    assert!(book.contains("still what was signed") && book.contains("0 of 7 errors, 0 of 17 queries"));

    // One more return, one other word in an answer, another line in the round before: each of them voids it.
    let folder = desk.path(MESSY);
    let changes = [
        (folder.join("returns/one more.csv"), "a,b\n1,2\n".to_owned()),
        (folder.join("answers.csv"), {
            let text = fs::read_to_string(folder.join("answers.csv")).expect("answers");
            text.replace("will be corrected", "was corrected")
        }),
        (desk.path("samples/2013-14-q3/ledger.csv"), {
            let text = fs::read_to_string(desk.path("samples/2013-14-q3/ledger.csv")).expect("a ledger");
            format!("{text}\n")
        }),
    ];
    for (path, changed) in changes {
        let before = fs::read(&path).ok();
        fs::write(&path, changed).expect("written");
        let done = desk.run(&["merge", MESSY]);
        assert_eq!(done.status, 1);
        assert!(
            words(&done.out).contains(&format!("{line} void: the inputs have changed since.")),
            "{path:?}"
        );
        assert_eq!(told(&desk, "void-sign-off").len(), 1, "{path:?}");
        assert_eq!(desk.manifest(MESSY)["signOff"]["stands"], false);
        match before {
            Some(before) => fs::write(&path, before).expect("written"),
            None => fs::remove_file(&path).expect("removed"),
        }
        desk.run(&["merge", MESSY]);
        assert_eq!(desk.manifest(MESSY)["signOff"]["stands"], true, "{path:?}");
    }
}

#[test]
fn a_signature_that_passes_over_errors_is_told() {
    let desk = Desk::new();
    desk.run(&["merge", MESSY]);
    let fingerprint = desk.manifest(MESSY)["fingerprint"].as_str().expect("a fingerprint").to_owned();
    sign(&desk, &fingerprint, "Finance officer");
    desk.run(&["merge", MESSY]);
    assert_eq!(
        told(&desk, "unsound-sign-off"),
        [
            "Finance Officer prepared the reconciliation and reviewed it.",
            "It was signed while 7 errors are without an answer."
        ]
    );
    assert!(to_fill(&desk).iter().all(|row| !row[0].contains("sign-off")), "it asks for no answer");
}

/// An answer of a day that is still to come closes nothing: the year was mistyped.
#[test]
fn an_answer_of_a_day_to_come_is_a_mistake() {
    let desk = Desk::new();
    let (mut rows, number) = answered(&desk, "control-total-mismatch");
    assert!(number > 0);
    let line = rows.iter().position(|row| row[3] == TEXT).expect("an answer");
    rows[line][5] = "24/04/2999".to_owned();
    save(&desk, &rows);
    let said = desk.refused(&["merge", MESSY]);
    assert!(said.contains("24/04/2999 is still to come."), "{said}");
    assert!(said.contains(&format!("answers.csv:{}:", line + 1)), "{said}");
    rows[line][5] = "24/04/2014".to_owned();
    save(&desk, &rows);
    assert!(desk.run(&["merge", MESSY]).out.contains(&format!("{number} of ")));
}

/// What is answered blocks nothing and is not to be decided again; it is counted, and stands on *Queries*.
fn nothing_is_asked_again(desk: &Desk, screen: &str) {
    let blocks =
        "What blocks sign-off\n  Nothing.\n  7 errors are answered; the Queries sheet has the answers.\n";
    assert!(screen.contains(blocks), "{screen}");
    let all =
        screen.lines().skip_while(|line| *line != "To be answered").find(|line| line.starts_with("  All "));
    assert_eq!(
        all.map(|line| line.split_whitespace().collect::<Vec<_>>()),
        Some(vec!["All", "0", "0", "24", "62"])
    );
    let page = String::from_utf8(desk.outputs(MESSY)["report.html"].clone()).expect("text");
    assert!(page.contains("<li>7 errors are answered (<a href"), "the page");
    assert!(page.contains("<li>5 more questions are answered (<a href"), "the page");
    for asked in ["accept, or ask for a corrected return", "ask for its return and wait"] {
        assert!(!page.contains(asked), "{asked}");
    }
    let book = texts(&desk.outputs(MESSY)["consolidated.xlsx"]);
    assert!(book.contains("7 errors are answered") && book.contains("24 to answer, 24 of them answered"));
}

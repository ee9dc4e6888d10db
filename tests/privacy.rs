//! What identifies a person is found in every form, and ordinary monitoring prose is left alone.
//!
//! Every number here is from a range that is kept for tests (NHS 999…, telephone 01632 960… and 07700 900…), the sample of a
//! manual (QQ…), or made up. None belongs to anybody.

use quarterday::model::{PersonalKind, Sure};
use quarterday::privacy::{Rules, look};
use std::fmt::Write as _;

#[path = "privacy/likely.rs"]
mod likely;
#[path = "privacy/outputs.rs"]
mod outputs;
#[path = "privacy/own_files.rs"]
mod own_files;
#[path = "privacy/prose.rs"]
mod prose;
#[path = "privacy/replaced.rs"]
mod replaced;
#[path = "privacy/resent.rs"]
mod resent;
#[path = "privacy/sheets.rs"]
mod sheets;

fn rules() -> Rules<'static> {
    Rules {
        report: Some(jiff::civil::date(2014, 3, 31)),
        board: "Herefordshire Safeguarding Children Board, Hereford",
        ..Rules::default()
    }
}

fn sure(word: &str) -> Sure {
    match word {
        "Strong" => Sure::Strong,
        "Medium" => Sure::Medium,
        "Weak" => Sure::Weak,
        other => panic!("{other} is no degree"),
    }
}

#[test]
fn every_identifier_is_found() {
    let listed = include_str!("privacy/identifiers.txt");
    let mut missed = String::new();
    let mut count = 0;
    for line in listed.lines() {
        let [kind, degree, text] = line.splitn(3, '|').collect::<Vec<_>>()[..] else { panic!("{line}") };
        let text = text.replace("\\n", "\n");
        let found = look(&text, &rules());
        let is = found.iter().any(|one| format!("{:?}", one.kind) == kind && one.sure == sure(degree));
        count += 1;
        if !is {
            let _ = writeln!(missed, "{kind} {degree}: {text:?} gave {found:?}");
        }
    }
    assert!(count >= 300, "{count} lines");
    assert!(missed.is_empty(), "{} of {count} missed:\n{missed}", missed.lines().count());
}

/// Ordinary prose: at most one line in two hundred may be asked about, and none be held back.
#[test]
fn ordinary_prose_is_left_alone() {
    let lines = prose::lines();
    assert!(lines.len() >= 2_000, "{} lines", lines.len());
    let (mut asked, mut listed, mut told) = (0, 0, String::new());
    for line in &lines {
        let found = look(line, &rules());
        let Some(first) = found.first() else { continue };
        match first.sure {
            Sure::Weak => listed += 1,
            _ => asked += 1,
        }
        let _ = writeln!(told, "{found:?}: {line}");
        assert!(first.sure != Sure::Strong, "held back: {line}");
    }
    println!("{} lines: {asked} asked about, {listed} listed\n{told}", lines.len());
    assert!((asked + listed) * 200 <= lines.len(), "{asked} asked about, {listed} listed:\n{told}");
}

/// Check digits worked out by another program from the official definitions.
#[test]
fn check_digits_are_those_of_the_definitions() {
    let found = |text: &str| look(text, &rules()).first().map(|one| (one.kind, one.sure));
    // NHS Data Dictionary's example, and the range for tests.
    for valid in
        ["9434765919", "9990000018", "9990000026", "9990000034", "9990001219", "9990012040", "4010232137"]
    {
        assert_eq!(
            found(&format!("NHS number {valid}")),
            Some((PersonalKind::NhsNumber, Sure::Strong)),
            "{valid}"
        );
    }
    // 999 123 456 has check value 10: no tenth digit makes it one.
    for last in 0..10 {
        assert_eq!(found(&format!("NHS number 999123456{last}")), None, "{last}");
    }
    // Of ten last digits one is right.
    for start in ["999000001", "999000002", "401023213", "943476591"] {
        let right = (0..10).filter(|last| found(&format!("NHS number {start}{last}")).is_some()).count();
        assert_eq!(right, 1, "{start}");
    }
    // A vendor's worked example prints Q where the sum of 266 gives P.
    assert_eq!(found("UPN Q207000016049"), None);
    for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ".chars() {
        let is = found(&format!("UPN {letter}207000016049")).is_some();
        assert_eq!(is, letter == 'P', "{letter}");
        assert_eq!(found(&format!("UPN {letter}801200005001")).is_some(), letter == 'B', "{letter}");
    }
    // Prefixes that HMRC does not use, and letters that it never gives.
    for prefix in
        ["BG", "GB", "KN", "NK", "NT", "TN", "ZZ", "DA", "AD", "FA", "IA", "UA", "VA", "AO", "AQ", "QA"]
    {
        assert_eq!(found(&format!("NI number {prefix}123456A")), None, "{prefix}");
    }
    for (number, is) in [("AB123456A", true), ("AB123456D", true), ("AB123456E", false), ("AB12345A", false)]
    {
        assert_eq!(found(&format!("NI number {number}")).is_some(), is, "{number}");
    }
}

/// Surnames that no heading of staff stands beside are asked about; those of an attendance list are not.
#[test]
fn columns_of_names_are_asked_about() {
    use quarterday::model::{CellRef, FileId, FileKind, Holder, Raw, Sheet, SheetId, Workbook};
    let suspected = |headings: [&str; 3]| {
        let mut sheet = Sheet::new(FileId(0), SheetId(0), "Other");
        for (column, heading) in (0..).zip(headings) {
            sheet.push(CellRef::new(0, column), Raw::Text(heading));
        }
        for (column, word) in (0..).zip(["Placeholder", "Zoe", "SAMPLE"]) {
            sheet.push(CellRef::new(1, column), Raw::Text(word));
        }
        let mut workbook = Workbook::new(FileId(0), FileKind::Xlsx);
        workbook.sheets.push(sheet);
        quarterday::privacy::hold(&mut workbook, &rules());
        let found = &workbook.sheets[0].facts.suspected;
        assert!(
            found.iter().all(|one| one.holder == Holder::Column && one.sure == Sure::Medium),
            "{found:?}"
        );
        found.iter().filter_map(|one| one.at.map(|at| at.column)).collect::<Vec<_>>()
    };
    assert_eq!(suspected(["Surname", "First name", "Notes"]), [0, 1]);
    assert!(suspected(["Surname", "First name", "Organisation"]).is_empty());
    assert_eq!(suspected(["Ref", "Forename", "Notes"]), [1]);
    assert!(suspected(["Ref", "Team", "Notes"]).is_empty());
}

/// A number that its format shows in groups of three, three and four is one that people see so.
#[test]
fn a_number_shown_in_groups_is_an_nhs_number() {
    use quarterday::model::{CellRef, FileId, FileKind, Look, Raw, Sheet, SheetId, Shown, Workbook};
    let sureness = |format: &str| {
        let mut sheet = Sheet::new(FileId(0), SheetId(0), "Other");
        let at = CellRef::new(0, 0);
        sheet.push(at, Raw::Number(9_990_000_018.0));
        sheet.facts.looks.set(at, Look { shown: Shown::of_code(format), ..Look::default() });
        let mut workbook = Workbook::new(FileId(0), FileKind::Xlsx);
        workbook.sheets.push(sheet);
        quarterday::privacy::hold(&mut workbook, &rules());
        workbook.sheets[0].facts.suspected[0].sure
    };
    for format in ["000 000 0000", "000\\ 000\\ 0000", "###\" \"###\" \"####", "000-000-0000;@"] {
        assert_eq!(sureness(format), Sure::Strong, "{format}");
    }
    for format in ["0", "#,##0", "General", "0000000000"] {
        assert_eq!(sureness(format), Sure::Medium, "{format}");
    }
}

/// The same in a file that LibreOffice has saved.
#[test]
fn a_number_shown_in_groups_is_sure_in_an_open_document_too() {
    use quarterday::model::FileId;
    let bytes = std::fs::read("tests/excel/grouped.ods").expect("it is there");
    let mut workbook =
        quarterday::read::workbook(FileId(0), "grouped.ods", &bytes, &|_| true).expect("it can be read");
    quarterday::privacy::hold(&mut workbook, &rules());
    let found = &workbook.sheets[0].facts.suspected;
    let sure: Vec<Sure> = found.iter().map(|one| one.sure).collect();
    let [strong, medium] = [Sure::Strong, Sure::Medium];
    assert_eq!(sure, [strong, strong, strong, strong, strong, medium, medium]);
}

/// A letter in place of a name is listed; what is counted behind it is no age, and an office's box nobody's own.
#[test]
fn what_is_only_listed_is_not_asked_about() {
    for text in [
        "Child A (9 agencies) was presented",
        "Child Q, 14 recommendations, all complete",
        "Write to info@example.gov.uk for places",
    ] {
        let found = look(text, &rules());
        assert!(found.iter().all(|one| one.sure == Sure::Weak) && found.len() == 1, "{text}: {found:?}");
    }
}

#[test]
fn a_known_office_is_nobodys_home() {
    let offices = ["HR40LE".to_owned()];
    let known = Rules { offices: [&offices, &[]], ..rules() };
    for text in ["Plough Lane, Hereford HR4 0LE", "address: hr4 0le", "HR40LE"] {
        assert!(look(text, &known).is_empty(), "{text}");
        assert!(!look(text, &rules()).is_empty(), "{text}");
    }
    assert!(!look("Plough Lane, HR4 0LE and HR1 1AA", &known).is_empty());
}

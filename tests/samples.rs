//! The committed samples are what their generator makes, part by part, and of the kind that they claim to be.
//!
//! Workbooks are compared after unpacking: how tightly a part is packed may differ between processors, what it
//! says may not. The two files that need another program are checked by their kind only.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::float_arithmetic,
    clippy::unwrap_used,
    reason = "a workbook holds its numbers so, and these are small; a test may stop at the first surprise"
)]

#[path = "../examples/make_samples/board.rs"]
mod board;
#[path = "../examples/make_samples/clean.rs"]
mod clean;
#[path = "../examples/make_samples/compound.rs"]
mod compound;
#[path = "../examples/make_samples/earlier.rs"]
mod earlier;
#[path = "../examples/make_samples/files.rs"]
mod files;
#[path = "../examples/make_samples/grant.rs"]
mod grant;
#[path = "../examples/make_samples/grant_data.rs"]
mod grant_data;
#[path = "../examples/make_samples/kit.rs"]
mod kit;
#[path = "../examples/make_samples/logo.rs"]
mod logo;
#[path = "../examples/make_samples/messy.rs"]
mod messy;
#[path = "../examples/make_samples/messy_more.rs"]
mod messy_more;
#[path = "../examples/make_samples/money.rs"]
mod money;
#[path = "../examples/make_samples/registers.rs"]
mod registers;
#[path = "../examples/make_samples/registers_data.rs"]
mod registers_data;
#[path = "../examples/make_samples/returns.rs"]
mod returns;
#[path = "../examples/make_samples/rounds.rs"]
mod rounds;
#[path = "../examples/make_samples/vba.rs"]
mod vba;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read as _};
use std::path::{Path, PathBuf};

const OLD_FORMAT: &str = "2013-14-q4-messy/returns/NHS Herefordshire Q4.xls";
const ENCRYPTED: &str = "2013-14-q4-messy/returns/Cafcass.xlsx";

fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples")
}

fn committed(name: &str) -> Vec<u8> {
    std::fs::read(samples().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The parts of a package by name; a file that is no package is one part.
fn parts(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    if !bytes.starts_with(b"PK") {
        return BTreeMap::from([(String::new(), bytes.to_vec())]);
    }
    let mut package = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = BTreeMap::new();
    for at in 0..package.len() {
        let mut part = package.by_index(at).unwrap();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        parts.insert(part.name().unwrap().into_owned(), content);
    }
    parts
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

#[test]
fn committed_files_are_what_the_generator_makes() {
    for (name, made) in files::all().unwrap() {
        let (made, kept) = (parts(&made), parts(&committed(&name)));
        assert_eq!(made.keys().collect::<Vec<_>>(), kept.keys().collect::<Vec<_>>(), "parts of {name}");
        for (part, content) in &made {
            assert!(kept[part] == *content, "{name}: {part} differs; run `cargo run --example make_samples`");
        }
    }
}

#[test]
fn the_generator_makes_the_same_bytes_twice() {
    assert!(files::all().unwrap() == files::all().unwrap());
    assert!(files::sources().unwrap() == files::sources().unwrap());
}

#[test]
fn nothing_else_lies_in_the_rounds() {
    let made = files::all().unwrap().into_iter().map(|(name, _)| name);
    let known: BTreeSet<String> = made.chain([OLD_FORMAT.to_owned(), ENCRYPTED.to_owned()]).collect();
    for folder in [clean::FOLDER, messy::FOLDER, compound::FOLDER, grant::FOLDER] {
        for inside in [folder.to_owned(), format!("{folder}/returns")] {
            for entry in std::fs::read_dir(samples().join(&inside)).unwrap() {
                let entry = entry.unwrap();
                if entry.file_type().unwrap().is_dir() {
                    continue;
                }
                let name = format!("{inside}/{}", entry.file_name().to_string_lossy());
                assert!(known.contains(&name), "{name} is not made by the generator");
            }
        }
    }
}

#[test]
fn files_are_of_the_kind_that_they_claim() {
    let compound_file = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    let wide = |words: &str| words.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let old = committed(OLD_FORMAT);
    assert!(old.starts_with(&compound_file) && contains(&old, &wide("Workbook")));
    let encrypted = committed(ENCRYPTED);
    assert!(encrypted.starts_with(&compound_file) && contains(&encrypted, &wide("EncryptedPackage")));

    let police = parts(&committed("2013-14-q4-messy/returns/West Mercia Police HSCB return.xlsm"));
    assert!(police["xl/vbaProject.bin"].starts_with(&compound_file));
    assert!(contains(&police["[Content_Types].xml"], b"macroEnabled"));
    assert!(contains(&police["xl/styles.xml"], b"Wingdings 3"));
    let letter = parts(&committed("2013-14-q4-compound/returns/Cafcass update Q4.docx"));
    assert!(letter.contains_key("word/document.xml"));
}

#[test]
fn the_plan_expects_fifty_three_rows() {
    let expected: Vec<usize> = board::PARTNERS.iter().map(|one| board::expected_of(one.code).len()).collect();
    assert_eq!(expected, [10, 7, 10, 7, 6, 6, 7]);
    for action in &board::ACTIONS {
        for code in action.expected() {
            assert_eq!(board::update(code, action.key).key, action.key);
        }
    }
}

#[test]
fn ratings_by_action_are_those_of_the_report() {
    let worst = |key: &str| {
        let given = |rating| board::UPDATES.iter().any(|one| one.key == key && one.rating == rating);
        if given('R') {
            'R'
        } else if given('A') {
            'A'
        } else {
            'G'
        }
    };
    let count = |rating| board::ACTIONS.iter().filter(|one| worst(one.key) == rating).count();
    assert_eq!((count('G'), count('A'), count('R')), (8, 4, 9));
    let green = |area: &str| {
        board::ACTIONS.iter().filter(|one| one.area_ref == area).all(|one| worst(one.key) == 'G')
    };
    let red = |area: &str| board::ACTIONS.iter().any(|one| one.area_ref == area && worst(one.key) == 'R');
    let areas = || board::AREAS.iter().map(|one| one.0);
    assert_eq!(areas().filter(|area| green(area)).collect::<Vec<_>>(), ["1.1", "3.1", "3.2"]);
    assert_eq!(areas().filter(|area| red(area)).count(), 8);
}

#[test]
fn the_ledger_comes_to_the_totals_of_the_report() {
    let paid: i64 = board::CONTRIBUTIONS.iter().map(|one| one.3).sum();
    assert_eq!(paid, 20_819_100);
    assert!(board::CONTRIBUTIONS.iter().all(|one| one.2 * 4 == one.3));
    let spent: i64 = board::EXPENDITURE.iter().flat_map(|one| one.1).sum();
    assert_eq!(spent, 192_433);
    assert_eq!(board::EXPENDITURE.iter().map(|one| one.3).sum::<i64>(), 0);
}

/// A finding of a run.
struct Told {
    severity: String,
    check: String,
    file: String,
    cell: String,
}

/// Runs a round in a copy of `samples/` and `schemas/`: the last screen, and the findings as severity and check.
fn merged(round: &str) -> (String, Vec<Told>) {
    let folder = tempfile::tempdir().unwrap();
    let folders = ["2012-13-q4", "2013-14-q3", round]
        .map(|round| [format!("samples/{round}"), format!("samples/{round}/returns")]);
    for part in std::iter::once("schemas".to_owned()).chain(folders.into_iter().flatten()) {
        let to = folder.path().join(&part);
        std::fs::create_dir_all(&to).unwrap();
        for entry in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(&part)).unwrap() {
            let entry = entry.unwrap();
            if entry.file_type().unwrap().is_file() {
                std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
            }
        }
    }
    let place = folder.path().join("samples").join(round);
    let program = assert_cmd::cargo::cargo_bin!("quarterday");
    let output = assert_cmd::Command::new(program).arg("merge").arg(&place).output().unwrap();
    let mut findings = csv::Reader::from_path(place.join("out/findings.csv")).unwrap();
    let found = findings
        .records()
        .map(|row| row.unwrap())
        .map(|row| Told {
            severity: row[1].to_owned(),
            check: row[2].to_owned(),
            file: row[4].to_owned(),
            cell: format!("{}!{}", &row[5], &row[6]),
        })
        .collect();
    (String::from_utf8(output.stdout).unwrap(), found)
}

fn checks_of<'a>(found: &'a [Told], severity: &str) -> Vec<&'a str> {
    found.iter().filter(|one| one.severity == severity).map(|one| one.check.as_str()).collect()
}

/// Everything that is to be answered: file, cell and check; the file by its first word.
fn to_answer(found: &[Told]) -> Vec<String> {
    let above = found.iter().filter(|one| one.severity != "note");
    let mut lines: Vec<String> = above
        .map(|one| format!("{} {} {}", one.file.split(' ').next().unwrap_or_default(), one.cell, one.check))
        .collect();
    lines.sort();
    lines
}

#[test]
fn pack_a_raises_only_the_opening_balance() {
    let (screen, found) = merged(clean::FOLDER);
    assert!(screen.contains("53 expected · 53 merged · 0 not received"), "{screen}");
    assert!(!screen.contains("Not for circulation"), "{screen}");
    assert_eq!(checks_of(&found, "error"), [""; 0]);
    assert_eq!(checks_of(&found, "query"), ["balance-not-stated"]);
}

#[test]
fn the_grant_round_shows_its_one_difference() {
    let (screen, found) = merged(grant::FOLDER);
    assert!(screen.contains("−£2,700.00"), "{screen}");
    assert_eq!(checks_of(&found, "error"), ["control-total-mismatch"]);
    assert_eq!(checks_of(&found, "query"), [""; 0]);
}

#[test]
fn pack_b_comes_to_the_figures_in_the_readme() {
    let (screen, found) = merged(messy::FOLDER);
    for figure in ["£225,122.00", "£208,191.00", "+£16,931.00", "£36,479.00"] {
        assert!(screen.contains(figure), "{figure} is missing in\n{screen}");
    }
    for difference in ["+£20,000.00", "+£27.00", "+£6,033.00", "+£645.00", "−£9,224.00", "−£550.00"]
    {
        assert!(screen.contains(difference), "{difference} is missing in\n{screen}");
    }
    assert!(screen.contains("Not for circulation"), "{screen}");
    // Everything that was planted, and nothing else: samples/README.md says where each comes from.
    assert_eq!(to_answer(&found), PACK_B);
}

/// The council's sum skips a row, and a figure that it takes in is text: two causes, two findings, and no third for the
/// total that they make wrong.
#[test]
fn pack_c_names_the_short_sum_and_the_text() {
    let (_, found) = merged(compound::FOLDER);
    let on_sheet = found.iter().filter(|one| one.cell.starts_with("Expenditure!") && one.severity != "note");
    let told: Vec<_> = on_sheet.map(|one| format!("{} {}", one.cell, one.check)).collect();
    assert_eq!(told, ["Expenditure!J10 range-too-short", "Expenditure!J10 text-in-sum"]);
}

/// Probation left last year's figures in: the round before tells it, and nothing of the contributions is left unexplained.
#[test]
fn pack_c_names_last_years_figures() {
    let (screen, found) = merged(compound::FOLDER);
    let probation = |one: &&Told| one.file.starts_with("Probation") && one.cell == "Contributions!L5";
    let told: Vec<&str> = found.iter().filter(probation).map(|one| one.check.as_str()).collect();
    assert_eq!(told, ["control-total-mismatch"]);
    for words in ["£4,514 is what the return for 2012-13 had", "would explain all of it"] {
        let screen = screen.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(screen.contains(words), "{words} is missing in\n{screen}");
    }
}

const PACK_B: [&str; 24] = [
    " ! compensating-differences",
    "Cafcass.xlsx ! refused-file",
    "HSCB BP Monitoring!A18 unexpected-row",
    "HSCB Contributions!L8 control-total-mismatch",
    "HSCB Expenditure!C10 range-too-short",
    "HSCB Fund balance!C5 balance-not-stated",
    "NHS Contributions!L5 control-total-mismatch",
    "NHS Contributions!L5 cross-foot-mismatch",
    "NHS Contributions!L6 cross-foot-mismatch",
    "NHS Plan!E12 date-to-confirm",
    "NHS Plan!W10 not-applicable",
    "Probation_HSCB_Q4_final.xlsx Contributions!D6 two-values",
    "Probation_HSCB_Q4_final.xlsx Contributions!G5 minus-amount",
    "Probation_HSCB_Q4_final.xlsx Contributions!L5 control-total-mismatch",
    "Probation_HSCB_Q4_final.xlsx Plan!U6 unchanged-update",
    "Probation_HSCB_Q4_final.xlsx Plan!W5 row-constraint",
    "West Contributions!B14 row-constraint",
    "West Contributions!F15 hidden-in-sum",
    "West Contributions!L13 control-total-mismatch",
    "West Monitoring sheet!A7 missing-label",
    "West Monitoring sheet!G14 personal-data-suspected",
    "YOS ! superseded-submission",
    "YOS Contributions!L5 control-total-mismatch",
    "YOS Plan!U6 small-number",
];

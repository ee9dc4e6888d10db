//! Packs: workbooks with the returns of several partners, beside other files of the same partners.

mod support;

use quarterday::model::{ReturnInfo, ReturnState};
use quarterday::pipeline::{self, Input, Run};
use quarterday::round::Round;
use std::fmt::Write as _;
use std::sync::atomic::{AtomicUsize, Ordering};
use support::memory::Counter;
use support::{notation, rounds, settings, workbooks};

const SCHEMA: &str = r#"
[schema]
name = "small"
title = "Small return"
version = "1"

[identity]
agency = "cover.agency"
completed = "cover.completed"

[[table]]
name = "cover"
title = "Cover"
sheet = ["Cover"]
layout = "form"

[[table.fields]]
name = "agency"
title = "Agency"
type = "agency"

[[table.fields]]
name = "completed"
title = "Completed on"
type = "date"

[[table]]
name = "finance"
title = "Finance"
sheet = ["Finance"]
primaryKey = ["line"]

[[table.fields]]
name = "line"
title = "Budget line"
type = "string"

[[table.fields]]
name = "budget"
title = "Budget"
type = "money"

[[table]]
name = "risks"
title = "Risks"
sheet = ["Risks"]
primaryKey = ["risk"]
required = false

[[table.fields]]
name = "risk"
title = "Risk"
type = "string"

[[table.fields]]
name = "score"
title = "Score"
type = "integer"
"#;

/// Sheets of one return: how its tabs are called, whose it is, when it was completed, and what is on its finance sheet.
fn of(tab: &str, who: &str, day: u8, amounts: &[u32]) -> String {
    let mut text = format!(
        "```sheet Cover{tab}\nA1: Agency | {who}\nA2: Completed on | 2014-04-{day:02}\n```\n\
         ```sheet Finance{tab}\nA1: Budget line | Budget\n"
    );
    for (row, amount) in amounts.iter().enumerate() {
        writeln!(text, "A{}: Line {row} | {amount}", row + 2).expect("a text takes all");
    }
    text + "```\n"
}

fn risks(tab: &str, score: u32) -> String {
    format!("```sheet Risks{tab}\nA1: Risk | Score\nA2: Snow | {score}\n```\n")
}

fn file(name: &str, sheets: &[String]) -> String {
    format!("```file {name}\n```\n{}", sheets.concat())
}

fn with_case<R>(files: &[String], act: impl FnOnce(&Round, &notation::Case) -> R) -> R {
    let text = format!("```schema\n{SCHEMA}\n```\n## Case\n{}", files.concat());
    let page = notation::parse(&text).unwrap_or_else(|mistake| panic!("{mistake}\n{text}"));
    let case = &page.cases[0];
    let round = settings::load(&case.settings).expect("the settings are sound");
    act(&round, case)
}

fn merged(files: &[String]) -> Run {
    with_case(files, rounds::run)
}

const NHS: &str = "NHS Wyevale";
const POLICE: &str = "Wyevale Police";
const COUNCIL: &str = "Wyevale Council";

/// What became of each return: file, sender's first letters, state, rows read, merged, held and set aside.
fn fates(run: &Run) -> Vec<String> {
    let state = |info: &ReturnInfo| match &info.state {
        ReturnState::Accepted => "used".to_owned(),
        ReturnState::Superseded { by, .. } => format!("replaced by {}", run.consolidated.places.file(*by)),
        ReturnState::Copy { of } => format!("copy of {}", run.consolidated.places.file(*of)),
        ReturnState::Refused { why } => format!("refused: {why}"),
    };
    let told = run.consolidated.returns.iter().map(|info| {
        let sender = info.identity.partner.map_or("-".to_owned(), |id| id.0.to_string());
        let [read, merged, held, aside] = info.rows;
        let file = run.consolidated.places.file(info.file);
        format!("{file} {sender}: {}, {read} = {merged} + {held} + {aside}", state(info))
    });
    told.collect()
}

fn codes(run: &Run) -> Vec<&str> {
    let told = run.findings.iter().map(|finding| finding.code.as_str());
    told.filter(|code| !matches!(*code, "missing-submission")).collect()
}

/// Sum of what was merged of each sheet, pounds.
fn merged_pounds(run: &Run) -> Vec<String> {
    let places = &run.consolidated.places;
    let lines = run.consolidated.conservation.iter().filter(|line| !line.pounds_merged.is_zero());
    lines
        .map(|line| {
            let sheet = places.sheet(line.file, line.sheet);
            format!("{} {sheet} {}", places.file(line.file), line.pounds_merged)
        })
        .collect()
}

#[test]
fn a_newer_file_of_the_second_partner_replaces_its_part_of_a_pack() {
    let pack = file("joint.xlsx", &[of("", NHS, 1, &[100, 1]), of(" (2)", POLICE, 1, &[200])]);
    let single = file("police.xlsx", &[of("", POLICE, 9, &[250, 2])]);
    let run = merged(&[pack, single]);
    assert_eq!(
        fates(&run),
        [
            "joint.xlsx 1: used, 4 = 4 + 0 + 0",
            "joint.xlsx 2: replaced by police.xlsx, 3 = 0 + 0 + 3",
            "police.xlsx 2: used, 4 = 4 + 0 + 0"
        ]
    );
    assert_eq!(merged_pounds(&run), ["joint.xlsx Finance 101", "police.xlsx Finance 252"]);
    assert_eq!(codes(&run), ["several-returns", "superseded-submission"]);
}

#[test]
fn an_older_file_of_the_second_partner_is_replaced_by_its_part_of_a_pack() {
    let pack = file("joint.xlsx", &[of("", NHS, 1, &[100]), of(" (2)", POLICE, 9, &[200])]);
    // It comes before the pack and after it by name: what counts is when it was completed.
    for name in ["a police.xlsx", "police.xlsx"] {
        let single = file(name, &[of("", POLICE, 1, &[250])]);
        let mut files = [pack.clone(), single];
        files.sort();
        let run = merged(&files);
        assert_eq!(merged_pounds(&run), ["joint.xlsx Finance 100", "joint.xlsx Finance (2) 200"]);
        assert!(
            fates(&run).contains(&format!("{name} 2: replaced by joint.xlsx, 3 = 0 + 0 + 3")),
            "{:?}",
            fates(&run)
        );
        assert_eq!(codes(&run).iter().filter(|code| **code == "superseded-submission").count(), 1);
        assert!(!codes(&run).contains(&"table-left-out"), "{:?}", codes(&run));
    }
}

#[test]
fn of_two_packs_each_partner_s_newer_return_is_used() {
    let early = file("pack 1.xlsx", &[of(" a", NHS, 9, &[100]), of(" b", POLICE, 1, &[200])]);
    let late = file(
        "pack 2.xlsx",
        &[of(" c", POLICE, 9, &[210]), of(" d", COUNCIL, 9, &[300]), of(" e", NHS, 1, &[110])],
    );
    let run = merged(&[early, late]);
    assert_eq!(
        fates(&run),
        [
            "pack 1.xlsx 1: used, 3 = 3 + 0 + 0",
            "pack 1.xlsx 2: replaced by pack 2.xlsx, 3 = 0 + 0 + 3",
            "pack 2.xlsx 2: used, 3 = 3 + 0 + 0",
            "pack 2.xlsx 0: used, 3 = 3 + 0 + 0",
            "pack 2.xlsx 1: replaced by pack 1.xlsx, 3 = 0 + 0 + 3"
        ]
    );
    assert_eq!(
        merged_pounds(&run),
        ["pack 1.xlsx Finance a 100", "pack 2.xlsx Finance c 210", "pack 2.xlsx Finance d 300"]
    );
}

#[test]
fn the_rest_of_a_partner_s_return_beside_a_pack_is_not_a_second_one() {
    // The pack has risks, but they are the police's: those of the NHS are in a file of their own.
    let pack = file("joint.xlsx", &[of("", NHS, 1, &[100]), of(" (2)", POLICE, 1, &[200]), risks(" (2)", 4)]);
    let cover = format!("```sheet Cover\nA1: Agency | {NHS}\nA2: Completed on | 2014-04-01\n```\n");
    let rest = file("nhs risks.xlsx", &[cover, risks("", 9)]);
    let run = merged(&[pack, rest]);
    assert_eq!(
        fates(&run),
        [
            "joint.xlsx 1: used, 3 = 1 + 0 + 2",
            "joint.xlsx 2: used, 4 = 4 + 0 + 0",
            "nhs risks.xlsx 1: used, 3 = 3 + 0 + 0"
        ]
    );
    assert_eq!(codes(&run), ["return-in-parts", "several-returns"]);
    assert_eq!(run.consolidated.merged_rows, [2, 2, 2]);
}

#[test]
fn a_copy_of_one_return_of_a_pack_is_told_as_that() {
    let pack = file("joint.xlsx", &[of("", NHS, 1, &[100]), of(" (2)", POLICE, 1, &[200])]);
    let single = file("police.xlsx", &[of("", POLICE, 1, &[200])]);
    let run = merged(&[pack, single]);
    assert_eq!(merged_pounds(&run), ["joint.xlsx Finance 100", "police.xlsx Finance 200"]);
    let told: Vec<&str> = run
        .findings
        .iter()
        .filter(|finding| finding.code.as_str() == "repeated-file")
        .map(|finding| &*finding.message)
        .collect();
    assert_eq!(
        told,
        ["What joint.xlsx holds of Wyevale Police says the same as police.xlsx. We used it once."]
    );
}

#[test]
fn a_pack_that_cannot_be_told_apart_stands_in_nobody_s_way() {
    let cover = |tab: &str, who: &str| {
        format!("```sheet Cover{tab}\nA1: Agency | {who}\nA2: Completed on | 2014-04-20\n```\n")
    };
    let finance = "```sheet Finance\nA1: Budget line | Budget\nA2: Line 0 | 7\n```\n".to_owned();
    let pack = file("joint.xlsx", &[cover("", NHS), cover(" (2)", POLICE), finance]);
    let single = file("nhs.xlsx", &[of("", NHS, 1, &[100])]);
    let run = merged(&[pack, single]);
    assert_eq!(merged_pounds(&run), ["nhs.xlsx Finance 100"]);
    assert!(codes(&run).contains(&"refused-file"), "{:?}", codes(&run));
    assert!(!codes(&run).contains(&"superseded-submission"), "{:?}", codes(&run));
}

#[test]
fn a_cover_under_another_table_s_name_is_found_by_the_second_look() {
    let second = of(" (2)", POLICE, 9, &[200]).replace("sheet Cover (2)", "sheet Risks");
    let pack = file("joint.xlsx", &[of("", NHS, 1, &[100]), second]);
    let run = merged(std::slice::from_ref(&pack));
    assert_eq!(merged_pounds(&run), ["joint.xlsx Finance 100", "joint.xlsx Finance (2) 200"]);
    // Too late to weigh it against another of the same partner, but never added to it.
    let run = merged(&[file("a police.xlsx", &[of("", POLICE, 1, &[250])]), pack]);
    assert_eq!(merged_pounds(&run), ["joint.xlsx Finance 100", "joint.xlsx Finance (2) 200"]);
    assert!(codes(&run).contains(&"refused-file"), "{:?}", codes(&run));
}

#[test]
fn rounds_merged_side_by_side_on_the_threads_of_one_pool_come_to_an_end() {
    use rayon::prelude::*;
    let (done, ended) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(2).build().expect("a pool");
        let files = [
            file("joint.xlsx", &[of("", NHS, 1, &[100]), of(" (2)", POLICE, 1, &[200])]),
            file("hc.xlsx", &[of("", COUNCIL, 1, &[300])]),
        ];
        let merged = |_| merged_pounds(&merged(&files)).len();
        done.send(pool.install(|| (0..6).into_par_iter().map(merged).collect::<Vec<usize>>()))
    });
    let sheets = ended.recv_timeout(std::time::Duration::from_mins(2)).expect("they come to an end");
    assert_eq!(sheets, [3; 6]);
}

/// A file that somebody saves while the round is merged.
struct Changing {
    name: &'static str,
    before: Vec<u8>,
    after: Vec<u8>,
    /// How many times it is taken before that.
    times: usize,
    taken: AtomicUsize,
}

impl Input for Changing {
    fn name(&self) -> &str {
        self.name
    }
    fn size(&self) -> u64 {
        self.before.len() as u64
    }
    fn load(&self) -> Result<Vec<u8>, String> {
        let before = self.taken.fetch_add(1, Ordering::Relaxed) < self.times;
        Ok(if before { self.before.clone() } else { self.after.clone() })
    }
}

#[test]
fn what_a_file_says_in_the_end_counts() {
    let old = file("nhs v1.xlsx", &[of("", NHS, 1, &[100])]);
    let before = file("nhs v2.xlsx", &[of("", NHS, 2, &[7])]);
    let after = file("later.xlsx", &[of("", NHS, 2, &[1000])]);
    for times in 0..5 {
        with_case(&[old.clone(), before.clone(), after.clone()], |round, case| {
            let bytes: Vec<Vec<u8>> = case.files.iter().map(workbooks::xlsx).collect();
            let [old, before, after] = [0, 1, 2].map(|file| bytes[file].clone());
            let input = |name, before: &[u8], after, times| Changing {
                name,
                before: before.to_vec(),
                after,
                times,
                taken: AtomicUsize::new(0),
            };
            let first = input("nhs v1.xlsx", &old, old.clone(), 9);
            let second = input("nhs v2.xlsx", &before, after, times);
            let mut counter = Counter::of(round);
            let run = pipeline::merge(round, &[&first, &second], Vec::new(), &mut counter, &|_| {})
                .expect("the proof holds");
            // Looked at for who sent it, for its tables, and read.
            assert_eq!(second.taken.load(Ordering::Relaxed), 3);
            let pounds = if times < 3 { "1000" } else { "7" };
            assert_eq!(counter.pounds.to_string(), pounds, "{times}");
            assert!(matches!(run.consolidated.returns[0].state, ReturnState::Superseded { .. }));
        });
    }
}

//! Workbooks for partners: what is filled in comes back, and nothing else is told.
//!
//! Rounds and answers are made by chance, from a seed, within the rules of the quarterly return. Each is filled in, read by
//! the normal way of the data and merged; so are copies of its tables in a blank workbook, copies without drop-downs and
//! protection, and (asked for, because it takes a minute: `cargo test --test template -- --ignored`) copies that LibreOffice
//! has saved.

#![allow(unreachable_pub, dead_code, reason = "parts of one test program, one of them shared")]
#![allow(clippy::unwrap_used, reason = "a test may stop")]

#[path = "template/blank.rs"]
mod blank;
#[path = "template/copies.rs"]
mod copies;
#[path = "mutants/dice.rs"]
mod dice;
#[path = "template/edit.rs"]
mod edit;
#[path = "template/fill.rs"]
mod fill;
#[path = "support/memory.rs"]
mod memory;
#[path = "template/office.rs"]
mod office;
#[path = "template/returned.rs"]
mod returned;

use dice::Dice;
use memory::Memory;
use quarterday::error::Error;
use quarterday::finding::Location;
use quarterday::model::{Cell, FileId, PartnerId, Period, Reading, Record, Sink, Submission, Value};
use quarterday::pipeline::{self, Input, Run};
use quarterday::read;
use quarterday::round::{Earlier, EarlierAmounts, EarlierAnswer, Round};
use quarterday::schema::{Field, FieldType, show_value};
use quarterday::template::{self, Content, Entry};
use rust_decimal::Decimal;
use std::io::Cursor;

#[derive(Default)]
struct Counted(Vec<(u32, Decimal)>);

impl Sink for Counted {
    fn merged(&mut self, table: usize, _: u32, _: PartnerId, record: &Record) -> Result<(), Error> {
        let money = record.cells.iter().filter_map(Cell::money).map(|money| money.pounds);
        self.0[table].0 += 1;
        self.0[table].1 += money.sum::<Decimal>();
        Ok(())
    }

    fn taken(&self) -> Vec<(u32, Decimal)> {
        self.0.clone()
    }
}

fn made(content: &Content<'_>) -> Memory {
    let mut bytes = Vec::new();
    template::workbook(content, Cursor::new(&mut bytes)).unwrap_or_else(|error| panic!("{error}"));
    Memory { name: template::file_name(content.round, content.partner), bytes }
}

fn merged(round: &Round, files: &[Memory]) -> Run {
    let inputs: Vec<&dyn Input> = files.iter().map(|file| file as &dyn Input).collect();
    let mut sink = Counted(vec![(0, Decimal::ZERO); round.schema.tables.len()]);
    pipeline::merge(round, &inputs, Vec::new(), &mut sink, &|_| {}).unwrap_or_else(|error| panic!("{error}"))
}

fn submission(round: &Round, file: &Memory) -> Submission {
    let workbook = read::workbook(FileId(0), &file.name, &file.bytes, &|_| true)
        .unwrap_or_else(|refusal| panic!("{}: {refusal:?}", file.name));
    pipeline::submission(round, &file.name, workbook)
}

fn told(run: &Run) -> Vec<String> {
    let places = &run.consolidated.places;
    let place = |at: Location| match at {
        Location::Cell(at) => {
            format!("{} {} {}", places.file(at.file), places.sheet(at.file, at.sheet), at.cell)
        }
        other => format!("{other:?}"),
    };
    let findings = run.findings.iter();
    findings.map(|one| format!("{} {}: {}", place(one.at), one.code.as_str(), one.message)).collect()
}

/// What a cell should say, as people write it.
fn expected(field: &Field, entry: Option<&Entry>) -> String {
    match entry {
        None => String::new(),
        Some(Entry::Text(text)) => text.clone(),
        Some(Entry::Date(day)) => day.strftime("%-d %B %Y").to_string(),
        Some(Entry::Number(number)) => match field.kind {
            FieldType::Money => quarterday::model::pounds(*number),
            FieldType::Percent => format!("{}%", number.normalize()),
            _ => number.normalize().to_string(),
        },
    }
}

fn said(round: &Round, field: &Field, reading: &Reading) -> String {
    match reading {
        Reading::Blank => String::new(),
        Reading::Unreadable(unread) => format!("unreadable: {}", unread.raw),
        Reading::Value(Value::Text(text)) => text.to_string(),
        Reading::Value(value) => show_value(value, field, &round.schema, &round.partners).into_owned(),
    }
}

/// Every value that was put in and is not what came back, and how many came back.
fn differences(content: &Content<'_>, back: &Submission, whole: bool) -> (usize, Vec<String>) {
    let round = content.round;
    let (mut values, mut wrong) = (0, Vec::new());
    for filled in &content.tables {
        let schema = &round.schema.tables[filled.table];
        let form = schema.layout == quarterday::schema::LayoutKind::Form;
        if !whole && form {
            continue;
        }
        let records: Vec<&Record> = back
            .tables
            .iter()
            .filter(|table| table.table == filled.table)
            .flat_map(|table| &table.records)
            .collect();
        if records.len() != filled.rows.len() {
            wrong.push(format!("{}: {} rows for {}", schema.name, records.len(), filled.rows.len()));
            continue;
        }
        for (row, record) in filled.rows.iter().zip(records) {
            for (index, field) in schema.fields.iter().enumerate() {
                if field.computed || schema.sheet_field == Some(index) {
                    continue;
                }
                let (wanted, got) = (
                    expected(field, row.slots[index].entry.as_ref()),
                    said(round, field, &record.cells[index].reading),
                );
                values += usize::from(!wanted.is_empty());
                if wanted != got {
                    wrong.push(format!("{}.{}: {wanted:?} came back as {got:?}", schema.name, field.name));
                }
            }
        }
    }
    (values, wrong)
}

fn scratch() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

#[test]
fn what_is_filled_in_comes_back_and_nothing_is_told() {
    fill_in(0..10);
}

/// The same, of 504 fills: `cargo test --test template -- --ignored`.
#[test]
#[ignore = "a minute of work"]
fn what_is_filled_in_comes_back_and_nothing_is_told_of_five_hundred() {
    fill_in(10..82);
}

/// Fills in rounds of seven partners, reads each workbook and merges them all.
fn fill_in(seeds: std::ops::Range<u64>) {
    let rounds = seeds.end - seeds.start;
    let (mut filled, mut values) = (0, 0);
    let mut wrong = Vec::new();
    for seed in seeds {
        let folder = scratch();
        let mut dice = Dice::new(seed);
        let (round, sums) = fill::round(&mut dice, folder.path());
        let mut files = Vec::new();
        for partner in fill::senders(&round) {
            let mut content = Content::new(&round, partner);
            fill::fill(&mut dice, &mut content, &sums);
            let file = made(&content);
            let (count, differ) = differences(&content, &submission(&round, &file), true);
            (filled, values) = (filled + 1, values + count);
            wrong.extend(differ.into_iter().map(|line| format!("{seed} {}: {line}", file.name)));
            files.push(file);
        }
        wrong.extend(told(&merged(&round, &files)).into_iter().map(|line| format!("{seed} told: {line}")));
        assert!(wrong.len() < 40, "\n{}", wrong.join("\n"));
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert!(
        filled == rounds * 7 && values > usize::try_from(filled).unwrap() * 90,
        "{filled} filled, {values} values"
    );
}

/// What was said last time stands beside the cells for this time, and is neither read nor told.
#[test]
fn what_was_said_last_time_is_shown_and_not_read() {
    let folder = scratch();
    let mut dice = Dice::new(5_000);
    let (mut round, sums) = fill::round(&mut dice, folder.path());
    let answer = |key: &String| EarlierAnswer {
        update: Some(format!("Said of {key} in the autumn")),
        rating: None,
        status: Some("In progress".to_owned()),
    };
    let keys: Vec<String> = round.plan.by_key.keys().cloned().collect();
    let senders = fill::senders(&round);
    let answers = senders.iter().flat_map(|id| keys.iter().map(|key| ((*id, key.clone()), answer(key))));
    let period = Period { year: 2013, quarter: Some(3) };
    let answers = answers.collect();
    round.earlier = Some(Earlier {
        period,
        answers,
        amounts: EarlierAmounts::new(),
        plan: Vec::new(),
        has_reasons: false,
    });
    let mut files = Vec::new();
    for partner in senders {
        let mut content = Content::new(&round, partner);
        fill::fill(&mut dice, &mut content, &sums);
        let file = made(&content);
        let text = edit::text(&file.bytes);
        let asked =
            content.tables.iter().any(|filled| filled.rows.iter().any(|row| row.before.update.is_some()));
        for words in [
            "Last time (2013-14 Q3): Progress this quarter",
            "Last time (2013-14 Q3): Status",
            "in the autumn",
        ] {
            assert_eq!(text.contains(words), asked, "{words}");
        }
        let back = submission(&round, &file);
        let (_, wrong) = differences(&content, &back, true);
        assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
        let known = back.tables.iter().map(|table| table.layout.reminders.len()).sum::<usize>();
        assert_eq!(known, if asked { 2 } else { 0 });
        let copy = Memory { bytes: edit::pasted(&file.bytes), name: file.name.clone() };
        let (_, wrong) = differences(&content, &submission(&round, &copy), false);
        assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
        files.push(file);
    }
    let told = told(&merged(&round, &files));
    assert!(told.is_empty(), "\n{}", told.join("\n"));
}

/// A form of another shape: tables under one another, lines of a ledger, a sheet for each project.
#[test]
fn the_other_schema_has_a_form_that_is_read_back() {
    let round = quarterday::round::load(std::path::Path::new("samples/grant-2024-25-q2")).unwrap();
    let mut dice = Dice::new(6_000);
    for partner in fill::senders(&round) {
        let mut content = Content::new(&round, partner);
        content.fill(|schema, row, index| {
            let field = &schema.fields[index];
            if row > 2 || field.computed || schema.sheet_field == Some(index) {
                return None;
            }
            let list = field.list.map(|list| &round.schema.lists[list].categories);
            Some(match field.kind {
                FieldType::String => {
                    Entry::Text(format!("{} {}", fill::prose(&mut dice, 3).replace('\n', " "), row + 1))
                }
                FieldType::Date => Entry::Date(jiff::civil::date(2024, 5, 1 + i8::try_from(row).unwrap())),
                FieldType::Code => Entry::Text(dice.pick(list?)?.label),
                FieldType::Integer => Entry::Number(Decimal::from(dice.below(900))),
                FieldType::Money => {
                    Entry::Number(Decimal::new(i64::try_from(dice.below(900_000)).unwrap(), 2))
                }
                _ => return None,
            })
        });
        let file = made(&content);
        let (values, wrong) = differences(&content, &submission(&round, &file), true);
        assert!(wrong.is_empty() && values > 60, "{values}\n{}", wrong.join("\n"));
    }
}

/// Nothing hidden, no macro, no link to elsewhere, no comment, no author; the same bytes every time.
#[test]
fn nothing_is_in_it_but_what_is_seen() {
    let round = quarterday::round::load(std::path::Path::new("samples/2013-14-q4-messy")).unwrap();
    let mut names = std::collections::BTreeSet::new();
    for partner in fill::senders(&round) {
        let content = Content::new(&round, partner);
        let file = made(&content);
        assert_eq!(file.bytes, made(&content).bytes, "{}", file.name);
        for (name, part) in edit::parts(&file.bytes) {
            for word in ["externalLink", "comments", "vba", "pivot", "drawing", "connections", "embeddings"] {
                assert!(!name.contains(word), "{}: {name}", file.name);
            }
            for words in ["hidden=", "veryHidden", "file://", "TargetMode=\"External\""] {
                assert!(!part.contains(words), "{} {name}: {words}", file.name);
            }
            if name == "docProps/core.xml" {
                assert!(part.contains("<dc:creator></dc:creator>"), "{part}");
            }
            if name.starts_with("xl/worksheets/sheet") {
                assert!(part.contains("<sheetProtection ") && !part.contains("password"), "{name}");
            }
        }
        assert!(names.insert(file.name.clone()), "{} twice", file.name);
    }
    assert!(names.contains("HSCB 2013-14 Q4 - West Mercia Police.xlsx"), "{names:?}");
}

fn content_name(content: &Content<'_>) -> String {
    template::file_name(content.round, content.partner)
}

//! A case through the stages: return by return as grids, or as a round of real workbooks.

use super::memory::Memory;
use super::notation::{Case, Expected, File};
use super::{grids, workbooks};
use quarterday::checks::{self, Context};
use quarterday::error::Error;
use quarterday::finding::Finding;
use quarterday::model::{FileId, PartnerId, Places, Record, Sink, SkippedFile, Value, Workbook};
use quarterday::pipeline::{self, Input, Run};
use quarterday::read;
use quarterday::round::Round;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// The grids of every file of a case that can be read.
pub fn grids_of(case: &Case) -> Vec<Workbook> {
    let files = case.files.iter().zip(0u32..);
    files.filter_map(|(file, id)| grids::workbook(file, FileId(id)).ok()).collect()
}

/// The same, written as real workbooks and read back.
pub fn read_back(case: &Case) -> Vec<Workbook> {
    let files = case.files.iter().zip(0u32..);
    files
        .map(|(file, id)| {
            let bytes = workbooks::xlsx(file);
            read::workbook(FileId(id), &file.name, &bytes, &|_| true)
                .unwrap_or_else(|refusal| panic!("{}: {refusal:?}", file.name))
        })
        .collect()
}

/// What the checks of single returns find in these workbooks.
pub fn check(round: &Round, files: &[File], workbooks: Vec<Workbook>) -> (Vec<Finding>, Places) {
    let places = grids::places(files);
    let mut findings = Vec::new();
    for workbook in workbooks {
        let name = places.file(workbook.file).to_owned();
        let submission = pipeline::submission(round, &name, workbook);
        findings.extend(checks::submission(&Context::new(round, &places), &submission));
    }
    (findings, places)
}

/// What merging the case as a round finds.
pub fn merge(round: &Round, case: &Case) -> (Vec<Finding>, Places) {
    let run = run(round, case);
    (run.findings, run.consolidated.places)
}

/// The case merged as a round.
pub fn run(round: &Round, case: &Case) -> Run {
    let inputs: Vec<Memory> = case.files.iter().map(memory).collect();
    let inputs: Vec<&dyn Input> = inputs.iter().map(|input| input as &dyn Input).collect();
    let skipped = case.block("skipped").unwrap_or_default().lines().map(|line| {
        let (name, why) = line.split_once(": ").unwrap_or((line, ""));
        SkippedFile { name: name.to_owned(), held: None, why: why.to_owned() }
    });
    let mut sink = Counted::default();
    let tables = round.schema.tables.len();
    sink.taken.resize(tables, (0, Decimal::ZERO));
    pipeline::merge(round, &inputs, skipped.collect(), &mut sink, &|_| {})
        .unwrap_or_else(|error| panic!("{}: {error}", case.title))
}

fn memory(file: &File) -> Memory {
    let bytes = match file.refused.as_deref() {
        None => workbooks::xlsx(file),
        Some("empty") => Vec::new(),
        Some(other) => panic!("{}: no bytes are refused as {other}", file.name),
    };
    Memory { name: file.name.clone(), bytes }
}

/// A sink that only counts.
#[derive(Default)]
struct Counted {
    taken: Vec<(u32, Decimal)>,
}

impl Sink for Counted {
    fn merged(&mut self, table: usize, _: u32, _: PartnerId, record: &Record) -> Result<(), Error> {
        let money = record.cells.iter().filter_map(|cell| match cell.value() {
            Some(Value::Money(money)) => Some(money.pounds),
            _ => None,
        });
        self.taken[table].0 += 1;
        self.taken[table].1 += money.sum::<Decimal>();
        Ok(())
    }

    fn taken(&self) -> Vec<(u32, Decimal)> {
        self.taken.clone()
    }
}

/// Where the findings are not exactly those that are expected: one line each, empty if they are.
pub fn differences(expected: &[Expected], found: &[Finding], places: &Places, round: &Round) -> Vec<String> {
    let mut left: BTreeMap<usize, &Expected> = expected.iter().enumerate().collect();
    let mut lines = Vec::new();
    for finding in found {
        let place = grids::place(finding.at, places, &round.partners);
        let same = |wanted: &Expected| {
            wanted.place == place
                && wanted.code == finding.code.as_str()
                && wanted.severity.as_deref().is_none_or(|severity| severity == finding.severity.word())
                && (wanted.message.is_empty() || *wanted.message == *finding.message)
        };
        let known = left.iter().find(|(_, wanted)| same(wanted)).map(|(index, _)| *index);
        if known.and_then(|index| left.remove(&index)).is_none() {
            let severity = finding.severity.word();
            lines.push(format!(
                "  found:    {place} {} [{severity}]: {}",
                finding.code.as_str(),
                finding.message
            ));
        }
    }
    for wanted in left.values() {
        let severity = wanted.severity.as_deref().map_or_else(String::new, |word| format!(" [{word}]"));
        lines.push(format!("  expected: {} {}{severity}: {}", wanted.place, wanted.code, wanted.message));
    }
    lines.sort();
    lines
}

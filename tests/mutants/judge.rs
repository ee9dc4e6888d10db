//! Merges a mutant and compares what came out with what must.

use super::compare::Compared;
use super::mutant::{Mutant, Spot};
use super::package;
use super::render::{self, Map};
use crate::support::grids;
use crate::support::memory::Memory;
use quarterday::error::Error;
use quarterday::model::{FileId, PartnerId, Record, Sink};
use quarterday::pipeline::{self, Input, Run};
use rust_decimal::Decimal;

/// What is wrong with a mutant's outcome.
#[derive(Debug, Default)]
pub struct Verdict {
    pub lost: Vec<String>,
    pub silent: Vec<String>,
    pub missed: Vec<String>,
    pub false_alarms: Vec<String>,
    /// Items planted, and whether they were answered.
    pub planted: Vec<(&'static str, bool)>,
    pub cells: usize,
}

impl Verdict {
    pub fn problems(&self) -> Vec<String> {
        let parts = [
            ("lost", &self.lost),
            ("silent", &self.silent),
            ("missed", &self.missed),
            ("false alarm", &self.false_alarms),
        ];
        parts
            .iter()
            .flat_map(|(what, lines)| lines.iter().map(move |line| format!("{what}: {line}")))
            .collect()
    }
}

/// Keeps every merged row, and counts.
#[derive(Default)]
struct Rows {
    merged: Vec<(usize, PartnerId, Record)>,
    taken: Vec<(u32, Decimal)>,
}

impl Sink for Rows {
    fn merged(&mut self, table: usize, _: u32, partner: PartnerId, record: &Record) -> Result<(), Error> {
        let money = record.cells.iter().filter_map(quarterday::model::Cell::money);
        self.taken[table].0 += 1;
        self.taken[table].1 += money.map(|money| money.pounds).sum::<Decimal>();
        self.merged.push((table, partner, record.clone()));
        Ok(())
    }

    fn taken(&self) -> Vec<(u32, Decimal)> {
        self.taken.clone()
    }
}

/// Merges and compares.
pub fn judge(mutant: &Mutant<'_>) -> Verdict {
    let round = &mutant.base.round;
    let mut maps = Vec::new();
    let mut files: Vec<Memory> = Vec::new();
    for source in &mutant.returns {
        let (file, map) = render::render(source);
        files.push(Memory { name: source.file.clone(), bytes: package::bytes(&file, source.package) });
        maps.push(map);
    }
    files.extend(
        mutant.others.iter().map(|(name, bytes)| Memory { name: name.clone(), bytes: bytes.clone() }),
    );
    files.sort_by(|a, b| a.name.cmp(&b.name));
    let inputs: Vec<&dyn Input> = files.iter().map(|file| file as &dyn Input).collect();
    let mut rows = Rows { merged: Vec::new(), taken: vec![(0, Decimal::ZERO); round.schema.tables.len()] };
    let mut verdict = Verdict::default();
    let run = match pipeline::merge(round, &inputs, Vec::new(), &mut rows, &|_| {}) {
        Ok(run) => run,
        Err(error) => {
            verdict.lost.push(format!("the run ended: {error}"));
            return verdict;
        }
    };
    for line in run.consolidated.conservation.iter().filter(|line| !line.holds()) {
        verdict.lost.push(format!("the proof fails: {line:?}"));
    }
    for (index, map) in maps.iter().enumerate() {
        let place = files.iter().position(|file| file.name == map.file).expect("every return is a file");
        let file = FileId(u32::try_from(place).expect("few files"));
        Compared::new(mutant, index, map, file, &rows.merged, &run).all(&mut verdict);
    }
    findings(mutant, &maps[0], &run, &mut verdict);
    verdict
}

/// Holds the findings against what must be answered.
fn findings(mutant: &Mutant<'_>, map: &Map, run: &Run, verdict: &mut Verdict) {
    let round = &mutant.base.round;
    let place = |at| grids::place(at, &run.consolidated.places, &round.partners);
    let mut left: Vec<(String, &str, &str, &str)> = run
        .findings
        .iter()
        .map(|finding| (place(finding.at), finding.code.as_str(), finding.severity.word(), &*finding.message))
        .collect();
    for answer in &mutant.answers {
        let at = where_is(&answer.spot, map);
        let found = left.iter().position(|(place, check, severity, _)| {
            *check == answer.check && *severity == answer.severity && is_at(&answer.spot, &at, place)
        });
        verdict.planted.push((answer.code, found.is_some()));
        match found {
            Some(found) => {
                left.remove(found);
            }
            None => verdict
                .missed
                .push(format!("{} at {at}: {} [{}]", answer.code, answer.check, answer.severity)),
        }
    }
    left.retain(|(place, check, ..)| {
        !mutant
            .asides
            .iter()
            .any(|aside| aside.check == *check && is_at(&aside.spot, &where_is(&aside.spot, map), place))
    });
    for (place, check, severity, message) in left {
        verdict.false_alarms.push(format!("{place} {check} [{severity}]: {message}"));
    }
}

fn where_is(spot: &Spot, map: &Map) -> String {
    match spot {
        Spot::Cell(row, column) => map.cell(*row, *column),
        Spot::Row(row) => map.first(*row),
        Spot::Head(column) => map.head(*column),
        Spot::Sheet(sheet) | Spot::On(sheet) => map.sheet(*sheet),
        Spot::File | Spot::InFile => map.file.clone(),
        Spot::Words(words) => words.clone(),
        Spot::Any => String::new(),
    }
}

fn is_at(spot: &Spot, at: &str, place: &str) -> bool {
    match spot {
        Spot::Any => true,
        Spot::InFile => place.starts_with(&format!("{at} › ")),
        Spot::On(_) => place == at || place.starts_with(&format!("{at}!")),
        _ => place == at,
    }
}

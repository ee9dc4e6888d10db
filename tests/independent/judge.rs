//! What a case's files are answered with, held against what it expects.

use super::expect::{self, Class, Planted};
use crate::support::grids;
use crate::support::notation::Case;
use quarterday::discover::{self, Candidate};
use quarterday::error::Error;
use quarterday::finding::{Finding, Location, Severity};
use quarterday::model::{CellRef, FileId, FileInfo, PartnerId, Places, Reading, Record, Sink, Value};
use quarterday::pipeline::{self, Input, Run};
use quarterday::round::Round;
use quarterday::schema::show_value;
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::fs;

/// What came of a case.
pub(crate) struct Outcome {
    pub(crate) planted: usize,
    pub(crate) misses: Vec<Line>,
    pub(crate) alarms: Vec<Line>,
    pub(crate) louder: Vec<Line>,
}

/// One thing that is not as the catalogue asks.
pub(crate) struct Line {
    pub(crate) page: String,
    pub(crate) case: String,
    pub(crate) what: String,
    pub(crate) how: String,
}

/// What the program made of a case.
pub(crate) struct Answer {
    pub(crate) findings: Vec<Finding>,
    pub(crate) places: Places,
    /// Merged values by their places; none if nothing was merged.
    pub(crate) values: Option<BTreeMap<String, String>>,
    /// Who sent its files.
    pub(crate) senders: Vec<PartnerId>,
}

/// Merges a case's files.
pub(crate) fn answer(round: &Round, files: &[(String, Vec<u8>)]) -> Answer {
    let (run, values) = merged(round, files);
    let senders = run.consolidated.returns.iter().filter_map(|file| file.identity.partner).collect();
    Answer { findings: run.findings, places: run.consolidated.places, values: Some(values), senders }
}

/// Holds the answer against what the case expects; `first` is the name of its first file.
pub(crate) fn judge(page: &str, case: &Case, round: &Round, first: &str, answer: &Answer) -> Outcome {
    let planted = expect::read(case.block("expect").unwrap_or_default(), first);
    let places = &answer.places;
    let ours: Vec<&Finding> =
        answer.findings.iter().filter(|finding| concerns(finding, &answer.senders, round)).collect();
    let at = |item: &Planted| -> Vec<&Finding> {
        let here = |at: Location| item.places.iter().any(|place| place.takes(at, places, round));
        ours.iter().filter(|finding| told_at(finding).any(here)).copied().collect()
    };
    let line =
        |what: String, how: String| Line { page: page.to_owned(), case: case.title.clone(), what, how };
    let mut outcome = Outcome { planted: 0, misses: Vec::new(), alarms: Vec::new(), louder: Vec::new() };
    for item in &planted {
        let Some(least) = item.least else { continue };
        outcome.planted += 1;
        let found = at(item);
        if let Some(how) = missed(item, least, &found, answer.values.as_ref()) {
            let said: Vec<String> = found.iter().map(|finding| told(finding)).collect();
            outcome
                .misses
                .push(line(item.name.clone(), format!("{how}; said there: [{}]", said.join(" | "))));
        }
    }
    for finding in ours.iter().filter(|finding| finding.severity > Severity::Note) {
        let covers = |item: &&Planted| item.places.iter().any(|place| place.takes(finding.at, places, round));
        let here: Vec<&Planted> = planted.iter().filter(covers).collect();
        let what = format!("{} {}", grids::place(finding.at, places, &round.partners), finding.code.as_str());
        if here.is_empty() {
            outcome.alarms.push(line(what, told(finding)));
        } else if here.iter().all(|item| item.most <= Class::Note) {
            outcome.louder.push(line(what, told(finding)));
        }
    }
    outcome
}

/// The place of a finding, and those of which it says that the same stands there.
fn told_at(finding: &Finding) -> impl Iterator<Item = Location> + '_ {
    let related = finding.detail.iter().flat_map(|detail| &detail.related);
    let same = related.filter(|related| related.what == "the same").map(|related| related.at);
    std::iter::once(finding.at).chain(same)
}

fn told(finding: &Finding) -> String {
    format!("{} [{}] {}", finding.code.as_str(), finding.severity.word(), finding.message)
}

/// How a planted item is missed, if it is.
fn missed(
    item: &Planted,
    least: Class,
    found: &[&Finding],
    values: Option<&BTreeMap<String, String>>,
) -> Option<String> {
    let says = |finding: &Finding| {
        let help = finding.help.as_deref().unwrap_or_default();
        let text = format!("{} {help}", finding.message).to_lowercase();
        item.says.as_ref().is_none_or(|words| text.contains(words.as_str()))
    };
    let told = found.iter().any(|finding| finding.severity >= least.least() && says(finding));
    if !told && (least > Class::Read || item.says.is_some()) {
        let words = item.says.as_ref().map_or_else(String::new, |words| format!(" that says {words}"));
        return Some(format!("no {}{words}", least.least().word()));
    }
    let wanted = item.value.as_deref()?;
    let cell = item.places.iter().find_map(expect::Place::first_cell)?;
    let value = values?.get(&cell).map_or("held", String::as_str);
    let right = wanted.split(" or ").any(|wanted| match wanted {
        "?" => value == "held" || value == "blank" || value.starts_with('?'),
        wanted => value == wanted,
    });
    (!right).then(|| format!("merged as {value}, not as {wanted}"))
}

/// True if a finding is about a return that came or its sender; the other partners of the round sent nothing.
fn concerns(finding: &Finding, senders: &[PartnerId], round: &Round) -> bool {
    match finding.at {
        Location::Partner(id) | Location::Plan(id, _) => senders.contains(&id),
        Location::Ledger(number) => {
            let line = round.ledger.lines.iter().find(|line| line.line == number);
            line.and_then(|line| line.partner).is_some_and(|id| senders.contains(&id))
        }
        Location::Answer(_) | Location::Own(..) | Location::SignOff => false,
        Location::Returns | Location::File(_) | Location::Sheet(..) | Location::Cell(_) => true,
    }
}

/// Puts the files into a folder and merges it; also the merged values by their places.
fn merged(round: &Round, files: &[(String, Vec<u8>)]) -> (Run, BTreeMap<String, String>) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, bytes) in files {
        fs::write(folder.path().join(name), bytes).expect("it can be written");
    }
    let (candidates, skipped) = discover::returns(folder.path()).unwrap_or_else(|error| panic!("{error}"));
    let inputs: Vec<OnDisk> = candidates.into_iter().map(OnDisk).collect();
    let inputs: Vec<&dyn Input> = inputs.iter().map(|input| input as &dyn Input).collect();
    let mut sink = Merged {
        round,
        files: BTreeMap::new(),
        values: BTreeMap::new(),
        taken: vec![(0, Decimal::ZERO); round.schema.tables.len()],
    };
    let run = pipeline::merge(round, &inputs, skipped, &mut sink, &|_| {})
        .unwrap_or_else(|error| panic!("{error}"));
    (run, sink.values)
}

struct OnDisk(Candidate);

impl Input for OnDisk {
    fn name(&self) -> &str {
        &self.0.name
    }

    fn size(&self) -> u64 {
        self.0.size
    }

    fn load(&self) -> Result<Vec<u8>, String> {
        fs::read(&self.0.path).map_err(|error| error.to_string())
    }
}

/// Keeps every merged cell as text.
struct Merged<'r> {
    round: &'r Round,
    files: BTreeMap<FileId, FileInfo>,
    values: BTreeMap<String, String>,
    taken: Vec<(u32, Decimal)>,
}

impl Sink for Merged<'_> {
    fn file(&mut self, file: FileId, info: &FileInfo) -> Result<(), Error> {
        self.files.insert(file, info.clone());
        Ok(())
    }

    fn merged(&mut self, table: usize, _: u32, _: PartnerId, record: &Record) -> Result<(), Error> {
        self.taken[table].0 += 1;
        for (cell, field) in record.cells.iter().zip(&self.round.schema.tables[table].fields) {
            if let Some(money) = cell.money() {
                self.taken[table].1 += money.pounds;
            }
            let partner = |id: &PartnerId| self.round.partner(*id).code.clone();
            let text = match &cell.reading {
                Reading::Blank => "blank".to_owned(),
                Reading::Unreadable(unreadable) => format!("?{}", unreadable.raw),
                Reading::Value(Value::Date(date)) => date.date.to_string(),
                Reading::Value(Value::Money(money)) => money.pounds.normalize().to_string(),
                Reading::Value(Value::Agency(id)) => partner(id),
                Reading::Value(Value::Agencies(ids)) => ids.iter().map(partner).collect::<Vec<_>>().join(" "),
                Reading::Value(value) => {
                    show_value(value, field, &self.round.schema, &self.round.partners).into_owned()
                }
            };
            // A value merged over several rows keeps its own place; it is also looked for in each row's.
            let info = &self.files[&cell.at.file];
            let sheet = &info.sheets[usize::from(cell.at.sheet.0)];
            for row in [cell.at.cell.row, record.at.cell.row] {
                let place = CellRef::new(row, cell.at.cell.column);
                let kept = self.values.entry(format!("{} › {sheet}!{place}", info.name)).or_default();
                // A field without a column stands at the first cell of the row, which may be another field's.
                if kept.is_empty() || kept == "blank" {
                    kept.clone_from(&text);
                }
            }
        }
        Ok(())
    }

    fn taken(&self) -> Vec<(u32, Decimal)> {
        self.taken.clone()
    }
}

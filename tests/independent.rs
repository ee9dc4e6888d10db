//! Returns written from the catalogue of what partners send, by somebody who had not seen how the program reads them.
//!
//! The pages in `tests/independent` hold a base return and what each case changes in it; what must be answered was written
//! before the program was run. Counted are the planted items that are answered (at the right place, at least as
//! severely as the catalogue asks, with the right value in the merged table), and queries or errors where nothing is
//! planted. What is known to fail stands in `tests/independent/known.md` with its reason.

#[path = "independent/expect.rs"]
mod expect;
#[path = "independent/returns.rs"]
mod returns;
mod support;

use expect::{Class, Planted};
use quarterday::discover::{self, Candidate};
use quarterday::error::Error;
use quarterday::finding::{Finding, Location, Severity};
use quarterday::model::{CellRef, FileId, FileInfo, PartnerId, Reading, Record, Sink, Value};
use quarterday::pipeline::{self, Input, Run};
use quarterday::round::{self, Round};
use quarterday::schema::show_value;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::thread;
use support::notation::{self, Case, Page, Settings};
use support::{grids, settings};

const SAMPLE: &str = "samples/2013-14-q4";

#[test]
fn the_catalogue_is_answered() {
    let round = round::load(Path::new(SAMPLE)).unwrap_or_else(|error| panic!("{error}"));
    let pages = notation::folder(Path::new("tests/independent"));
    let (base, pages): (Vec<_>, Vec<_>) = pages.into_iter().partition(|(name, _)| name == "base");
    let base = &base[0].1.cases[0].files[0];
    let cases: Vec<(&str, &Case)> = pages
        .iter()
        .flat_map(|(name, page): &(String, Page)| page.cases.iter().map(|case| (name.as_str(), case)))
        .collect();
    let answer = |(page, case): &(&str, &Case)| {
        let own = own_round(case);
        judge(page, case, own.as_ref().unwrap_or(&round), &returns::of(case, base))
    };
    // The program's own threads wait for one another, so the cases are shared out among others.
    let outcomes: Vec<Outcome> = thread::scope(|scope| {
        let share = cases.len().div_ceil(4);
        let threads: Vec<_> = cases
            .chunks(share)
            .map(|cases| scope.spawn(move || cases.iter().map(answer).collect::<Vec<_>>()))
            .collect();
        threads.into_iter().flat_map(|thread| thread.join().expect("a case stopped its thread")).collect()
    });

    let planted: usize = outcomes.iter().map(|outcome| outcome.planted).sum();
    let all = |of: fn(&Outcome) -> &Vec<Line>| {
        outcomes.iter().flat_map(|outcome| of(outcome).iter()).collect::<Vec<_>>()
    };
    let (misses, alarms, louder) =
        (all(|outcome| &outcome.misses), all(|outcome| &outcome.alarms), all(|outcome| &outcome.louder));
    println!(
        "{} cases, {} of them with nothing planted",
        outcomes.len(),
        outcomes.iter().filter(|outcome| outcome.planted == 0).count()
    );
    println!("{} of {planted} planted items are answered", planted - misses.len());
    println!("{} false alarms, {} answered louder than asked", alarms.len(), louder.len());
    for (what, lines) in [("missed", &misses), ("false alarm", &alarms), ("louder", &louder)] {
        for line in lines {
            println!("{what}: {} / {} / {}\n    {}", line.page, line.case, line.what, line.how);
        }
    }
    let known = known();
    let wrong: Vec<String> = [("Missed", &misses), ("False alarms", &alarms), ("Louder", &louder)]
        .into_iter()
        .flat_map(|(list, lines)| against(list, lines, &known))
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// What is known to fail: the list, the page, the case and the item.
type Known = BTreeSet<[String; 4]>;

fn known() -> Known {
    let text = fs::read_to_string("tests/independent/known.md").expect("it is there");
    let mut list = String::new();
    let mut known = Known::new();
    for line in text.lines() {
        if let Some((name, _)) = line.strip_prefix("**").and_then(|line| line.split_once(".**")) {
            name.clone_into(&mut list);
        }
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        if let ["", page, case, item, why, ""] = cells[..]
            && page != "Page"
            && !page.starts_with('-')
        {
            assert!(!why.is_empty(), "without a reason: {line}");
            let new = known.insert([&list, page, case, item].map(str::to_owned));
            assert!(new, "twice: {line}");
        }
    }
    known
}

/// Where what happened is not what is known to happen.
fn against(list: &str, lines: &[&Line], known: &Known) -> Vec<String> {
    let usual = format!("{} › ", returns::USUAL);
    let happened: Known = lines
        .iter()
        .map(|line| [list, &line.page, &line.case, &line.what.replace(&usual, "")].map(str::to_owned))
        .collect();
    let new = happened.difference(known).map(|line| format!("not on the list: {line:?}"));
    let over = known.difference(&happened).filter(|line| line[0] == list);
    new.chain(over.map(|line| format!("on the list, and no longer so: {line:?}"))).collect()
}

/// What came of a case.
struct Outcome {
    planted: usize,
    misses: Vec<Line>,
    alarms: Vec<Line>,
    louder: Vec<Line>,
}

/// One thing that is not as the catalogue asks.
struct Line {
    page: String,
    case: String,
    what: String,
    how: String,
}

/// The round of a case that has a plan of its own.
fn own_round(case: &Case) -> Option<Round> {
    case.settings.plan.as_ref()?;
    let text = |path: &str| fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let round =
        text(&format!("{SAMPLE}/round.toml")).replace("../../schemas/monitoring-return.toml", "schema.toml");
    let own = Settings {
        schema: Some(text("schemas/monitoring-return.toml")),
        round: Some(round),
        plan: case.settings.plan.clone(),
        ledger: Some(text(&format!("{SAMPLE}/ledger.csv"))),
        ..Settings::default()
    };
    Some(settings::load(&own).unwrap_or_else(|mistakes| panic!("{}: {mistakes}", case.title)))
}

/// Merges a case's files and holds the answer against what it expects.
fn judge(page: &str, case: &Case, round: &Round, files: &[(String, Vec<u8>)]) -> Outcome {
    let planted = expect::read(case.block("expect").unwrap_or_default(), &files[0].0);
    let (run, values) = merged(round, files);
    let places = &run.consolidated.places;
    let ours: Vec<&Finding> =
        run.findings.iter().filter(|finding| concerns_the_sender(finding, round)).collect();
    let at = |item: &Planted| -> Vec<&Finding> {
        let here = |at: Location| item.places.iter().any(|place| place.takes(at, places, round));
        ours.iter().filter(|finding| told_at(finding).any(here)).copied().collect()
    };
    let line =
        |what: String, how: String| Line { page: page.to_owned(), case: case.title.clone(), what, how };
    let mut outcome = Outcome { planted: 0, misses: Vec::new(), alarms: Vec::new(), louder: Vec::new() };
    for item in planted.iter().filter(|item| item.class != Class::Also) {
        outcome.planted += 1;
        let found = at(item);
        if let Some(how) = missed(item, &found, &values) {
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
        } else if here.iter().all(|item| item.class == Class::Note) {
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
fn missed(item: &Planted, found: &[&Finding], values: &BTreeMap<String, String>) -> Option<String> {
    let least = item.class.least();
    let says = |finding: &Finding| {
        let help = finding.help.as_deref().unwrap_or_default();
        let text = format!("{} {help}", finding.message).to_lowercase();
        item.says.as_ref().is_none_or(|words| text.contains(words.as_str()))
    };
    if item.class == Class::Read {
        if found.iter().any(|finding| finding.severity > Severity::Note) {
            return Some("asked about, and it can be read".to_owned());
        }
    } else if !found.iter().any(|finding| finding.severity >= least && says(finding)) {
        let words = item.says.as_ref().map_or_else(String::new, |words| format!(" that says {words}"));
        return Some(format!("no {}{words}", least.word()));
    }
    let wanted = item.value.as_deref()?;
    let cell = item.places.iter().find_map(expect::Place::first_cell)?;
    let value = values.get(&cell).map_or("held", String::as_str);
    let right = match wanted {
        "?" => value == "held" || value == "blank" || value.starts_with('?'),
        wanted => value == wanted,
    };
    (!right).then(|| format!("merged as {value}, not as {wanted}"))
}

/// True if a finding is about a return that came or its sender; the other partners of the round sent nothing.
fn concerns_the_sender(finding: &Finding, round: &Round) -> bool {
    let sender = |id: PartnerId| round.partner(id).code == "NHS";
    match finding.at {
        Location::Partner(id) | Location::Plan(id, _) => sender(id),
        Location::Ledger(number) => {
            let line = round.ledger.lines.iter().find(|line| line.line == number);
            line.and_then(|line| line.partner).is_some_and(sender)
        }
        Location::Answer(_) | Location::SignOff => false,
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

//! What merging a round says of the faults in it.

use crate::apply::{self, Verdict};
use crate::board::Board;
use crate::faults::{Broken, Planted};
use crate::support::memory::Memory;
use quarterday::error::Error;
use quarterday::finding::{Finding, Severity};
use quarterday::model::{Comparison, Consolidated, Origin, Outcome, PartnerId, Record, Scope, Sink, Value};
use quarterday::pipeline::{self, Input, Run};
use quarterday::round::Round;
use rust_decimal::Decimal;

struct Counter(Vec<(u32, Decimal)>);

impl Sink for Counter {
    fn merged(&mut self, table: usize, _: u32, _: PartnerId, record: &Record) -> Result<(), Error> {
        let money = record.cells.iter().filter_map(|cell| match cell.value() {
            Some(Value::Money(money)) => Some(money.pounds),
            _ => None,
        });
        self.0[table].0 += 1;
        self.0[table].1 += money.sum::<Decimal>();
        Ok(())
    }

    fn taken(&self) -> Vec<(u32, Decimal)> {
        self.0.clone()
    }
}

/// What files merged as a round come to.
pub fn merge(round: &Round, files: &[(String, Vec<u8>)]) -> Consolidated {
    run(round, files).consolidated
}

/// Files merged as a round.
pub fn run(round: &Round, files: &[(String, Vec<u8>)]) -> Run {
    let files: Vec<Memory> =
        files.iter().map(|(name, bytes)| Memory { name: name.clone(), bytes: bytes.clone() }).collect();
    let inputs: Vec<&dyn Input> = files.iter().map(|file| file as &dyn Input).collect();
    let mut counter = Counter(vec![(0, Decimal::ZERO); round.schema.tables.len()]);
    pipeline::merge(round, &inputs, Vec::new(), &mut counter, &|_| {})
        .unwrap_or_else(|error| panic!("{error}"))
}

/// The files of a round, or of one partner.
pub fn files(board: &Board, of: Option<usize>) -> Vec<(String, Vec<u8>)> {
    let own = board.returns.iter().filter(|own| of.is_none_or(|partner| own.partner == partner));
    own.map(|own| (own.file(), own.bytes(board))).collect()
}

/// What became of one fault.
#[derive(Debug, Clone, Copy, Default)]
pub struct Fate {
    /// Something that it breaks differs, or a finding tells it.
    pub detected: bool,
    /// A true cause is the first that is named.
    pub first: bool,
    /// It is among the first three.
    pub among: bool,
}

/// What became of one round.
#[derive(Debug, Default)]
pub struct Judged {
    /// Of each fault.
    pub fates: Vec<(&'static str, Fate)>,
    /// Claims that close a difference: how many were applied, and how many of them in vain.
    pub applied: usize,
    /// The claims that do not hold.
    pub wrong: Vec<String>,
    /// What was said where a fault was missed.
    pub told: Vec<String>,
}

/// The name of a comparison's control.
pub fn control<'r>(round: &'r Round, comparison: &Comparison) -> &'r str {
    &round.schema.controls[comparison.control].name
}

/// True if a comparison is of what a fault breaks.
fn is_of(round: &Round, broken: &Broken, comparison: &Comparison) -> bool {
    let columns = ["Q1", "Q2", "Q3", "Q4", "year"];
    let (name, partner, line) = match broken {
        Broken::Ledger(partner, line) => ("against-ledger", *partner, format!("{line} · year")),
        Broken::Across(partner, line) => ("across", *partner, format!("{line} · year")),
        Broken::Down(partner, place) => ("down", *partner, format!("Total · {}", columns[*place])),
        Broken::Recharge(partner) => ("recharges", *partner, comparison.line.clone()),
    };
    let own = matches!(comparison.scope, Scope::Partner(id) if usize::from(id.0) == partner);
    let same = comparison.line == line || comparison.line.ends_with(&format!(" · {line}"));
    own && same && control(round, comparison) == name
}

/// Merges a round and judges what is said of its faults; `prove` applies the claims as well.
pub fn judge(board: &Board, planted: &[Planted], prove: bool) -> Judged {
    let round = board.round();
    let run = run(&round, &files(board, None));
    let consolidated = &run.consolidated;
    let mut judged = Judged::default();
    for fault in planted {
        let differs = |broken: &Broken| {
            consolidated
                .comparisons
                .iter()
                .find(|one| matches!(one.outcome, Outcome::Differs { .. }) && is_of(&round, broken, one))
        };
        let found = fault.broken.iter().find_map(differs);
        let true_of = |cause: &str| fault.causes.contains(&cause);
        let mut fate = Fate::default();
        // A figure that cannot be read stands in the way, and a finding in its file says so.
        let told_of = |at: &Origin| {
            let asks = |finding: &Finding| finding.severity != Severity::Note;
            run.findings.iter().any(|one| one.at.file() == Some(at.file) && asks(one))
        };
        let untested = |one: &&Comparison| match &one.outcome {
            Outcome::Untestable { blocked_by, .. } => blocked_by.iter().any(told_of),
            _ => false,
        };
        let mut untested = consolidated.comparisons.iter().filter(untested);
        fate.detected = untested.any(|one| fault.broken.iter().any(|broken| is_of(&round, broken, one)));
        if let Some(found) = found {
            fate.detected = true;
            fate.first = found.explanations.first().is_some_and(|one| true_of(one.cause));
            fate.among = found.explanations.iter().take(3).any(|one| true_of(one.cause));
        }
        if !fate.first {
            judged.told.push(told(board, fault, found));
        }
        judged.fates.push((fault.kind, fate));
    }
    if prove {
        for comparison in &consolidated.comparisons {
            for explanation in &comparison.explanations {
                match apply::apply(board, &round, consolidated, comparison, explanation) {
                    Verdict::Holds => judged.applied += 1,
                    Verdict::Leaves => {}
                    Verdict::Wrong(why) => {
                        judged.wrong.push(format!("{}: {}: {why}", comparison.line, explanation.words));
                    }
                }
            }
        }
    }
    judged
}

fn told(board: &Board, fault: &Planted, found: Option<&Comparison>) -> String {
    let Some(found) = found else { return format!("{} {:?}: not detected", fault.kind, fault.broken) };
    let mut text = format!(
        "{} {:?}: {:?} against {:?}",
        fault.kind, fault.broken, found.stated.amount, found.expected.amount
    );
    for one in &found.explanations {
        text.push_str(&format!("\n      {} ({}): {}", one.cause, one.evidence.words(), one.words));
    }
    if let Some(Broken::Ledger(partner, line) | Broken::Across(partner, line)) = fault.broken.first() {
        for own in board.returns.iter().filter(|own| own.partner == *partner) {
            for row in own.rows.iter().filter(|row| row.name == *line) {
                text.push_str(&format!(
                    "\n      row {:?}",
                    row.amounts.map(|amount| amount.map(crate::board::number))
                ));
            }
        }
        let lines = board.ledger[*partner].iter().filter(|(name, _)| name == line);
        for (_, amounts) in lines {
            text.push_str(&format!("\n      ledger {:?}", amounts.map(crate::board::number)));
        }
    }
    text
}

//! Totals tested, from real workbooks in memory to comparisons: `tests/stages/reconcile/*.md` and the samples.
//!
//! A page's `comparisons` block lists what its returns come to, in order: partner, control, line, stated and expected
//! figure, outcome, and notes under it. Controls that all agree row by row show in their tally only; the proof that
//! nothing was lost is left out unless it fails.

mod support;

use quarterday::error::Error;
use quarterday::model::{
    Comparison, Consolidated, Ledgered, Outcome, PartnerId, Record, Scope, Side, Sink, Value, pounds,
};
use quarterday::pipeline::{self, Input};
use quarterday::round::Round;
use quarterday::schema::ControlKind;
use rust_decimal::Decimal;
use std::path::Path;
use support::{notation, settings, workbooks};

#[test]
fn every_page_comes_to_what_it_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stages/reconcile");
    let mut cases = 0;
    for (page, text) in notation::folder(&folder) {
        for case in text.cases {
            let place = format!("{page}.md:{} {}", case.line, case.title);
            let round =
                settings::load(&case.settings).unwrap_or_else(|mistakes| panic!("{place}\n{mistakes}"));
            let files: Vec<File> = case
                .files
                .iter()
                .map(|file| File { name: file.name.clone(), bytes: workbooks::xlsx(file) })
                .collect();
            let expected =
                case.block("comparisons").unwrap_or_else(|| panic!("{place}: no comparisons block"));
            let found = show(&round, &merge(&round, &files));
            assert!(found == expected, "{place}\nexpected:\n{expected}\nfound:\n{found}");
            cases += 1;
        }
    }
    assert!(cases > 0, "there are no pages in {}", folder.display());
}

/// A return as bytes.
struct File {
    name: String,
    bytes: Vec<u8>,
}

impl Input for File {
    fn name(&self) -> &str {
        &self.name
    }

    fn size(&self) -> u64 {
        self.bytes.len() as u64
    }

    fn load(&self) -> Result<Vec<u8>, String> {
        Ok(self.bytes.clone())
    }
}

/// Counts merged rows and their money.
struct Counter(Vec<(u32, Decimal)>);

impl Sink for Counter {
    fn merged(&mut self, table: usize, _: u32, _: PartnerId, record: &Record) -> Result<(), Error> {
        let (rows, sum) = &mut self.0[table];
        *rows += 1;
        for cell in &record.cells {
            if let Some(Value::Money(money)) = cell.value() {
                *sum += money.pounds;
            }
        }
        Ok(())
    }

    fn taken(&self) -> Vec<(u32, Decimal)> {
        self.0.clone()
    }
}

fn merge(round: &Round, files: &[File]) -> Consolidated {
    let inputs: Vec<&dyn Input> = files.iter().map(|file| file as &dyn Input).collect();
    let mut counter = Counter(vec![(0, Decimal::ZERO); round.schema.tables.len()]);
    let run = pipeline::merge(round, &inputs, Vec::new(), &mut counter, &|_| {});
    run.unwrap_or_else(|error| panic!("{error}")).consolidated
}

/// Everything that was compared, as the pages write it.
fn show(round: &Round, consolidated: &Consolidated) -> String {
    let mut lines = Vec::new();
    for (index, (control, tally)) in round.schema.controls.iter().zip(&consolidated.tallies).enumerate() {
        let compared = consolidated.comparisons.iter().filter(|comparison| comparison.control == index);
        if matches!(control.kind, ControlKind::Conservation) {
            let failing = compared.filter(|comparison| comparison.outcome != Outcome::Agrees);
            lines.extend(failing.map(|comparison| comparison_line(round, consolidated, comparison)));
            continue;
        }
        let [agrees, rounding, differs, untested] = tally;
        lines.push(format!(
            "{}: {agrees} agree, {rounding} rounding, {differs} differ, {untested} could not be tested",
            control.name
        ));
        for comparison in compared {
            lines.push(comparison_line(round, consolidated, comparison));
            if let Outcome::Untestable { why, .. } = &comparison.outcome {
                lines.push(format!("    {why}"));
            }
            lines.extend(comparison.note.iter().map(|note| format!("    {note}")));
        }
        lines.extend(consolidated.ledgered.iter().filter(|entry| entry.control == index).map(ledgered));
    }
    lines.push(String::new());
    lines.join("\n")
}

fn comparison_line(round: &Round, consolidated: &Consolidated, comparison: &Comparison) -> String {
    let who = match comparison.scope {
        Scope::Partner(partner) => round.partner(partner).code.as_str(),
        Scope::Round => "all",
    };
    let side = |side: &Side| {
        let returns = matches!(round.schema.controls[comparison.control].kind, ControlKind::OneReturn);
        let figure = |amount: Decimal| if returns { amount.to_string() } else { pounds(amount) };
        let amount = side.amount.map_or("nothing".to_owned(), figure);
        let at = side.at.map(|at| format!(" in {}", consolidated.places.show(at)));
        let line = side.ledger_line.map(|line| format!(" on line {line}"));
        format!("{amount}{}{}", at.unwrap_or_default(), line.unwrap_or_default())
    };
    let (stated, expected) = (side(&comparison.stated), side(&comparison.expected));
    let outcome = match &comparison.outcome {
        Outcome::Agrees | Outcome::Untestable { .. } => comparison.outcome.word().to_owned(),
        Outcome::WithinRounding { difference, allowed } => {
            format!("rounding {}, allowed {}", pounds(*difference), pounds(*allowed))
        }
        Outcome::Differs { difference } => format!("differs {}", pounds(*difference)),
    };
    format!("  {who} · {} · {stated} against {expected}: {outcome}", comparison.line)
}

fn ledgered(entry: &Ledgered) -> String {
    format!(
        "  typed {}, merged {}, ledger {}, net {}, gross {}, unexplained {}",
        pounds(entry.typed),
        pounds(entry.merged),
        pounds(entry.ledger),
        pounds(entry.net),
        pounds(entry.gross),
        pounds(entry.unexplained)
    )
}

//! Formula auditing on generated workbooks: clean ones with every harmless thing that people do, and the same with one
//! fault of each kind. Recall and precision are counted and held.

#![allow(
    clippy::cast_precision_loss,
    clippy::float_arithmetic,
    clippy::print_stdout,
    clippy::too_many_lines,
    clippy::unnecessary_wraps,
    clippy::unwrap_used,
    unreachable_pub,
    reason = "a sheet holds its numbers so, and these are small; a test may stop at the first surprise"
)]

#[path = "formulas/clean.rs"]
mod clean;
#[path = "mutants/dice.rs"]
#[allow(dead_code, reason = "the mutants use all of it")]
mod dice;
#[path = "formulas/people.rs"]
mod people;
#[path = "formulas/plant.rs"]
mod plant;
#[path = "formulas/shapes.rs"]
mod shapes;
#[path = "formulas/sheets.rs"]
mod sheets;
mod support;

use clean::{BUDGET, Q1, Q4, SUMMED, VARIANCE, YEAR, clean};
use dice::Dice;
use plant::plant;
use quarterday::model::{FormulaFault, FormulaFaultKind as Kind, Submission};
use quarterday::pipeline;
use quarterday::round::Round;
use rust_decimal::Decimal;
use sheets::{Cell, Formula, Page, name};
use std::collections::BTreeMap;
use support::notation::Settings;

const SCHEMA: &str = r#"
[schema]
name = "spending"
title = "Spending"
version = "1"

[[table]]
name = "finance"
title = "Finance"
sheet = ["Finance"]
totals = { field = "line", matches = ["Total", "Sub-total", "Grand total"] }
fields = [
  { name = "line", title = "Budget line", type = "string" },
  { name = "budget", title = "Budget", type = "money" },
  { name = "q1", title = "Q1", type = "money" },
  { name = "q2", title = "Q2", type = "money" },
  { name = "q3", title = "Q3", type = "money" },
  { name = "q4", title = "Q4", type = "money" },
  { name = "year", title = "Year", type = "money" },
  { name = "variance", title = "Variance", type = "money" },
  { name = "share", title = "Share spent", type = "number" },
  { name = "running", title = "Running total", type = "money" },
  { name = "note", title = "Note", type = "string" },
]
"#;

fn read(round: &Round, page: &Page) -> Submission {
    pipeline::submission(round, "nhs.xlsx", page.grid())
}

fn round() -> Round {
    support::settings::load(&Settings { schema: Some(SCHEMA.to_owned()), ..Settings::default() }).unwrap()
}

const KINDS: [Kind; 8] = [
    Kind::RangeTooShort,
    Kind::IncludesSubtotal,
    Kind::TypedTotal,
    Kind::OddOneOut,
    Kind::HiddenInSum,
    Kind::TextInSum,
    Kind::ErrorInRange,
    Kind::StaleResult,
];

fn shown(fault: &FormulaFault) -> String {
    format!(
        "{:?} {} ={} -> {:?} effect {:?} cells {:?}",
        fault.kind,
        fault.at.cell,
        fault.formula,
        fault.corrected,
        fault.effect,
        fault.cells.iter().map(|at| at.cell.to_string()).collect::<Vec<_>>()
    )
}

#[test]
fn clean_workbooks_say_nothing() {
    let round = round();
    let mut loud = Vec::new();
    for seed in 0..600 {
        let made = clean(&mut Dice::new(seed));
        let found = read(&round, &made.page).formula_faults;
        loud.extend(found.iter().map(|fault| format!("{seed}: {}", shown(fault))));
    }
    assert!(loud.is_empty(), "{} on clean workbooks\n{}", loud.len(), loud[..loud.len().min(20)].join("\n"));
}

/// Planted, found, found with the right worth, and found though not planted.
#[derive(Default, Debug)]
struct Score {
    planted: usize,
    found: usize,
    worth: usize,
    wrong: usize,
}

#[test]
fn planted_faults_are_found() {
    measured(1_000, 150);
}

/// The same on many more; `QUARTERDAY_FORMULAS` says from which seed on.
#[test]
#[ignore = "takes minutes; `.ci/run` runs it"]
fn many_planted_faults_are_found() {
    let from = std::env::var("QUARTERDAY_FORMULAS").ok().and_then(|seed| seed.parse().ok());
    println!("{}", measured(from.unwrap_or(100_000), 1_000));
}

/// Plants faults of every kind in so many workbooks each, from a seed on, and says what was found.
fn measured(from: u64, most: usize) -> String {
    let round = round();
    let mut scores: BTreeMap<Kind, Score> = BTreeMap::new();
    let mut misses = Vec::new();
    for kind in KINDS {
        let (mut seed, mut books) = (from, 0);
        while books < most {
            seed += 1;
            let mut dice = Dice::new(seed);
            let mut made = clean(&mut dice);
            let Some(wanted) = plant(kind, &mut made, &mut dice) else { continue };
            books += 1;
            let found = read(&round, &made.page).formula_faults;
            let score = scores.entry(kind).or_default();
            for (kind, at, worth) in &wanted {
                score.planted += 1;
                let hit =
                    found.iter().find(|fault| fault.kind == *kind && fault.at.cell.to_string() == name(*at));
                let right = hit.is_some_and(|fault| {
                    worth.is_none_or(|worth| fault.effect == Some(Decimal::new(worth, 2)))
                });
                score.found += usize::from(hit.is_some());
                score.worth += usize::from(right);
                if !right {
                    misses.push(format!(
                        "{kind:?} {seed}: not {} worth {worth:?}: {:?}",
                        name(*at),
                        hit.map(shown)
                    ));
                }
            }
            for fault in &found {
                let planted = wanted
                    .iter()
                    .any(|(kind, at, _)| fault.kind == *kind && fault.at.cell.to_string() == name(*at));
                // What a broken cell breaks in turn is listed too, and told once.
                if !planted && fault.kind != Kind::ErrorInRange {
                    score.wrong += 1;
                    misses.push(format!("{kind:?} {seed}: also {}", shown(fault)));
                }
            }
        }
    }
    let all = |count: fn(&Score) -> usize| -> usize { scores.values().map(count).sum() };
    let (planted, found, worth, wrong) =
        (all(|s| s.planted), all(|s| s.found), all(|s| s.worth), all(|s| s.wrong));
    let report = format!(
        "planted {planted}, found {found}, with the right worth {worth}, not planted {wrong}\n{scores:#?}\n{}",
        misses[..misses.len().min(40)].join("\n")
    );
    for (kind, score) in &scores {
        assert!(score.found * 100 >= score.planted * 98, "recall of {kind:?}\n{report}");
        assert!(score.found * 100 >= (score.found + score.wrong) * 95, "precision of {kind:?}\n{report}");
    }
    assert!(worth * 100 >= planted * 98, "what faults are worth\n{report}");
    report
}

/// Row after row of ordinary formulas is looked at to the end.
#[test]
fn many_rows_are_all_looked_at() {
    let mut page = Page::default();
    let titles = ["Budget line", "Budget", "Q1", "Q2", "Q3", "Q4", "Year", "Variance"];
    for (column, title) in (0..).zip(titles) {
        page.words((0, column), title);
    }
    for row in 1..6_001 {
        page.words((row, 0), "Line");
        for column in BUDGET..=Q4 {
            page.set((row, column), Cell::Pence(i64::from(row) * 7 + i64::from(column)));
        }
        page.formula((row, YEAR), Formula::Sum(vec![((row, Q1), (row, Q4))], 0));
        page.formula((row, VARIANCE), Formula::Less((row, BUDGET), (row, YEAR)));
    }
    page.words((6_001, 0), "Total");
    for column in SUMMED {
        page.formula((6_001, column), Formula::Sum(vec![((1, column), (6_000, column))], 0));
    }
    let clean = read(&round(), &page);
    assert!(clean.formula_faults.is_empty() && clean.unseen.is_empty(), "{:?}", clean.formula_faults.first());
    // Every row's year leaves a quarter out: found in each, as far as faults are listed.
    for row in 1..6_001 {
        page.formula((row, YEAR), Formula::Sum(vec![((row, Q1), (row, Q4 - 1))], 0));
    }
    let short = read(&round(), &page);
    assert!(short.formula_faults.len() >= 2_000 && !short.unseen.is_empty());
    assert!(short.formula_faults.iter().all(|fault| fault.kind == Kind::RangeTooShort));
}

/// Sums that grow with every row would visit 200 million cells; what is left out is said.
#[test]
fn a_long_sheet_costs_little() {
    let mut page = Page::default();
    for (column, title) in (0..).zip(["Budget line", "Budget", "Q1"]) {
        page.words((0, column), title);
    }
    for row in 1..20_000 {
        page.words((row, 0), "Line");
        page.set((row, BUDGET), Cell::Pence(100));
        let text = format!("SUM(B$2:B{})", row + 1);
        page.formula((row, Q1), Formula::Other(text, f64::from(row)));
    }
    let submission = read(&round(), &page);
    assert!(submission.formula_faults.is_empty(), "{:?}", submission.formula_faults.first());
    let said = |unseen: &quarterday::model::Unseen| format!("{unseen:?}").contains("formulas beyond");
    assert!(submission.unseen.iter().any(said));
}

//! Clean returns with one to five items of the catalogue of mess planted in them: each item is answered where it stands,
//! every other value comes out as it went in, and nothing else is said.
//!
//! `QUARTERDAY_MUTANT=17 cargo test --test mutants` runs the mutant of one seed alone and says all about it.

#![allow(unreachable_pub, reason = "parts of one test program")]

mod support;

#[path = "mutants/bases.rs"]
mod bases;
#[path = "mutants/board.rs"]
mod board;
#[path = "mutants/board_sheets.rs"]
mod board_sheets;
#[path = "mutants/clean.rs"]
mod clean;
#[path = "mutants/compare.rs"]
mod compare;
#[path = "mutants/dates.rs"]
mod dates;
#[path = "mutants/dice.rs"]
mod dice;
#[path = "mutants/entries.rs"]
mod entries;
#[path = "mutants/files.rs"]
mod files;
#[path = "mutants/grant.rs"]
mod grant;
#[path = "mutants/judge.rs"]
mod judge;
#[path = "mutants/layout.rs"]
mod layout;
#[path = "mutants/lines.rs"]
mod lines;
#[path = "mutants/money.rs"]
mod money;
#[path = "mutants/mutant.rs"]
mod mutant;
#[path = "mutants/operators.rs"]
mod operators;
#[path = "mutants/package.rs"]
mod package;
#[path = "mutants/ratings.rs"]
mod ratings;
#[path = "mutants/render.rs"]
mod render;
#[path = "mutants/words.rs"]
mod words;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc;
use std::time::Duration;

/// Seeds of the mutants that every run of the tests tries.
const FEW: u64 = 150;
/// Seeds of all of them.
const ALL: u64 = 1_800;
/// No mutant takes nearly as long.
const LONGEST: Duration = Duration::from_mins(1);

/// What became of one mutant.
struct Outcome {
    seed: u64,
    applied: Vec<(&'static str, &'static str)>,
    verdict: judge::Verdict,
}

fn outcome(seed: u64) -> Outcome {
    let mutant = operators::mutant(seed);
    let verdict = catch_unwind(AssertUnwindSafe(|| judge::judge(&mutant))).unwrap_or_else(|_| {
        judge::Verdict { lost: vec!["the program panicked".to_owned()], ..judge::Verdict::default() }
    });
    Outcome { seed, applied: mutant.applied.clone(), verdict }
}

/// Tries seeds on all processors; a mutant that does not come back in time ends the test.
fn run(seeds: u64) -> Vec<Outcome> {
    bases::all();
    let alone = std::env::var("QUARTERDAY_MUTANT").ok().and_then(|seed| seed.parse::<u64>().ok());
    if let Some(seed) = alone {
        return vec![outcome(seed)];
    }
    let next = std::sync::Arc::new(AtomicU64::new(0));
    let (out, done) = mpsc::channel();
    let threads = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
    for _ in 0..threads {
        let (next, out) = (next.clone(), out.clone());
        std::thread::spawn(move || {
            loop {
                let seed = next.fetch_add(1, Ordering::Relaxed);
                if seed >= seeds || out.send(outcome(seed)).is_err() {
                    return;
                }
            }
        });
    }
    drop(out);
    let mut outcomes = Vec::new();
    for _ in 0..seeds {
        if let Ok(outcome) = done.recv_timeout(LONGEST) {
            outcomes.push(outcome);
        } else {
            let came: Vec<u64> = outcomes.iter().map(|outcome: &Outcome| outcome.seed).collect();
            let first = (0..seeds).find(|seed| !came.contains(seed));
            panic!("a mutant does not come back; the first that did not is {first:?}");
        }
    }
    outcomes.sort_by_key(|outcome| outcome.seed);
    outcomes
}

/// What all of them came to, item by item.
fn tally(outcomes: &[Outcome]) -> String {
    let mut items: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    let sum =
        |of: fn(&judge::Verdict) -> usize| outcomes.iter().map(|outcome| of(&outcome.verdict)).sum::<usize>();
    for outcome in outcomes {
        for (code, _) in &outcome.applied {
            items.entry(code).or_default()[0] += 1;
        }
        for (code, answered) in &outcome.verdict.planted {
            items.entry(code).or_default()[if *answered { 1 } else { 2 }] += 1;
        }
    }
    let mut text = format!(
        "{} mutants, {} items of {} kinds planted, {} cells compared; answered {}, missed {}, changed silently {}, lost {}, false alarms {}\n",
        outcomes.len(),
        outcomes.iter().map(|outcome| outcome.applied.len()).sum::<usize>(),
        items.len(),
        sum(|verdict| verdict.cells),
        items.values().map(|counts| counts[1]).sum::<usize>(),
        sum(|verdict| verdict.missed.len()),
        sum(|verdict| verdict.silent.len()),
        sum(|verdict| verdict.lost.len()),
        sum(|verdict| verdict.false_alarms.len()),
    );
    for (code, [planted, answered, missed]) in items {
        let _ = writeln!(text, "{code}: planted {planted}, findings as expected {answered}, missed {missed}");
    }
    text
}

fn assert_sound(outcomes: &[Outcome]) {
    let mut told = String::new();
    for outcome in outcomes {
        let problems = outcome.verdict.problems();
        if !problems.is_empty() {
            let _ = writeln!(told, "\nQUARTERDAY_MUTANT={} {:?}", outcome.seed, outcome.applied);
            let most = if outcomes.len() == 1 { usize::MAX } else { 12 };
            for problem in problems.iter().take(most) {
                let _ = writeln!(told, "    {problem}");
            }
        }
    }
    assert!(told.is_empty(), "{told}\n{}", tally(outcomes));
}

#[test]
fn the_bases_are_clean() {
    for base in bases::all() {
        let problems = judge::judge(&mutant::Mutant::new(base)).problems();
        assert!(problems.is_empty(), "{}\n{}", base.name, problems.join("\n"));
    }
}

/// Every item of the catalogue is planted by an operator, or left out for a reason.
#[test]
fn every_item_is_planted_or_left_out() {
    let groups = [('F', 1, 20), ('L', 1, 24), ('C', 1, 34), ('C', 40, 50)];
    let items = groups
        .into_iter()
        .flat_map(|(group, first, last)| (first..=last).map(move |number| format!("{group}{number:02}")));
    let planted: Vec<&str> = operators::all().iter().map(|operator| operator.code).collect();
    for item in items {
        let left_out = operators::LEFT_OUT.iter().find(|(code, _)| *code == item);
        assert!(
            planted.contains(&item.as_str()) || left_out.is_some_and(|(_, why)| !why.is_empty()),
            "{item}"
        );
    }
}

#[test]
fn a_slice_of_the_mutants_is_answered() {
    assert_sound(&run(FEW));
}

#[test]
#[ignore = "takes minutes; .ci/run runs it"]
fn every_mutant_is_answered() {
    let outcomes = run(ALL);
    assert_sound(&outcomes);
    if outcomes.len() > 1 {
        insta::assert_snapshot!("mutants", tally(&outcomes));
    }
}

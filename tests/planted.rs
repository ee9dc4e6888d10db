//! Rounds that agree to the penny, with one to three faults planted in them: each is detected, its true cause is named
//! first or nearly first, and no cause that is said to close a difference leaves any of it when it is applied.
//!
//! `QUARTERDAY_PLANTED=17 cargo test --test planted` judges the round of one seed alone and says all about it;
//! `QUARTERDAY_PLANTED_ROUNDS=500` with `-- --ignored` judges so many instead of all, `QUARTERDAY_PLANTED_FROM=90000` from that
//! seed on.

#![expect(
    clippy::format_push_string,
    clippy::print_stdout,
    reason = "what was measured is put together and printed for people"
)]
#![allow(unreachable_pub, reason = "parts of one test program")]

mod support;

#[path = "planted/apply.rs"]
mod apply;
#[path = "planted/board.rs"]
mod board;
#[path = "mutants/dice.rs"]
#[allow(dead_code, reason = "shared with another test program")]
mod dice;
#[path = "planted/faults.rs"]
mod faults;
#[path = "planted/judge.rs"]
mod judge;
#[path = "planted/large.rs"]
mod large;
#[path = "planted/random.rs"]
mod random;
#[path = "planted/tally.rs"]
mod tally;

use board::Board;
use dice::Dice;
use faults::{KINDS, Planted};
use std::sync::atomic::{AtomicU64, Ordering};
use tally::Tally;

/// Rounds that every run of the tests judges.
const FEW: u64 = 150;
/// All of them.
const ALL: u64 = 5_000;
/// The claims of one round in so many are applied.
const PROVED: u64 = 5;

/// The round of a seed: every third has one fault, the others up to three.
fn round_of(seed: u64) -> (Board, Vec<Planted>) {
    let mut dice = Dice::new(seed);
    let mut board = Board::clean(&mut dice);
    let kinds = KINDS.len() as u64;
    let first = usize::try_from(seed % kinds).expect("few kinds");
    let mut planted = vec![faults::plant(&mut dice, &mut board, first)];
    if (seed / kinds) % 2 == 1 {
        for _ in 0..=dice.below(2) {
            let kind = dice.below(KINDS.len());
            planted.push(faults::plant(&mut dice, &mut board, kind));
        }
    }
    (board, planted)
}

/// Judges rounds on all processors.
fn run(seeds: u64) -> Tally {
    let next = AtomicU64::new(0);
    let given = |name: &str| std::env::var(name).ok().and_then(|number| number.parse::<u64>().ok());
    let alone = given("QUARTERDAY_PLANTED");
    let from = given("QUARTERDAY_PLANTED_FROM").unwrap_or(0);
    let work = || {
        let mut tally = Tally::default();
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= seeds {
                return tally;
            }
            let seed = alone.unwrap_or(from + seed);
            let (board, planted) = round_of(seed);
            let judged = judge::judge(&board, &planted, alone.is_some() || seed.is_multiple_of(PROVED));
            tally.take(seed, planted.len(), judged);
            if alone.is_some() {
                return tally;
            }
        }
    };
    let threads = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
    std::thread::scope(|scope| {
        let workers: Vec<_> =
            (0..if alone.is_some() { 1 } else { threads }).map(|_| scope.spawn(work)).collect();
        let mut all = Tally::default();
        for worker in workers {
            all.join(worker.join().expect("no round ends the test"));
        }
        all
    })
}

#[test]
fn clean_rounds_have_nothing_to_explain() {
    for seed in 0..8 {
        let board = Board::clean(&mut Dice::new(1_000_000 + seed));
        assert_clean(seed, &board);
    }
}

fn assert_clean(seed: u64, board: &Board) {
    let consolidated = judge::merge(&board.round(), &judge::files(board, None));
    for one in &consolidated.comparisons {
        let agrees = !matches!(one.outcome, quarterday::model::Outcome::Differs { .. });
        assert!(agrees && one.explanations.is_empty(), "seed {seed}: {one:?}");
    }
    let lines: usize = board.ledger.iter().map(Vec::len).sum();
    let tested: u32 = consolidated.tallies.iter().flatten().sum();
    assert!(tested as usize > 2 * lines, "seed {seed}: {tested} tests of {lines} lines");
    let untested: u32 = consolidated.tallies.iter().map(|tally| tally[3]).sum();
    assert_eq!(untested, 0, "seed {seed}");
}

#[test]
fn a_slice_of_the_faults_is_explained() {
    let tally = run(FEW);
    println!("{tally}");
    tally.assert_sound();
}

#[test]
#[ignore = "takes minutes; .ci/run runs it"]
fn every_fault_is_explained() {
    let rounds = std::env::var("QUARTERDAY_PLANTED_ROUNDS").ok().and_then(|rounds| rounds.parse().ok());
    let tally = run(rounds.unwrap_or(ALL));
    println!("{tally}");
    tally.assert_sound();
    for seed in 0..500 {
        assert_clean(seed, &Board::clean(&mut Dice::new(2_000_000 + seed)));
    }
}

#[test]
fn some_random_differences_are_not_explained() {
    random::assert_few(500);
}

#[test]
#[ignore = "takes a minute; .ci/run runs it"]
fn random_differences_are_not_explained() {
    random::assert_few(10_000);
}

/// What is not looked into is said on the comparison.
#[test]
fn long_returns_say_where_the_search_stopped() {
    let stopped = |lines: usize| -> Vec<String> {
        let board = large::board(1, lines, true);
        let consolidated = judge::merge(&board.round(), &judge::files(&board, None));
        let differing = consolidated.comparisons.iter().filter(|one| one.outcome.word() == "differs");
        let mut said: Vec<String> = differing.filter_map(|one| one.limit.clone()).collect();
        said.dedup();
        said
    };
    assert!(stopped(60).is_empty());
    let long = stopped(150);
    assert_eq!(long, ["Causes were looked for among the first 100 of the figures that are added up."]);
    let cut = stopped(2_100);
    assert_eq!(
        cut,
        ["The return has more than 2,000 rows: causes were looked for among the first 2,000 only."]
    );
}

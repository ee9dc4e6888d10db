//! What it costs to test every total of a round and to look for the causes of what differs, over reading its workbooks: both on
//! one thread, return by return, in the same run. Sixty lines a return; with differences, three lines of every return are
//! wrong, which gives five differences each.
// A program that measures: it prints, divides and stops at the first fault.
#![allow(clippy::pedantic, clippy::unwrap_used, clippy::float_arithmetic, clippy::print_stdout, missing_docs)]
#![allow(dead_code, unreachable_pub, reason = "parts that are shared with the tests")]

#[path = "../tests/support/mod.rs"]
mod support;

#[path = "../tests/planted/apply.rs"]
mod apply;
#[path = "../tests/planted/board.rs"]
mod board;
#[path = "../tests/mutants/dice.rs"]
mod dice;
#[path = "../tests/planted/faults.rs"]
mod faults;
#[path = "../tests/planted/judge.rs"]
mod judge;
#[path = "../tests/planted/large.rs"]
mod large;

use quarterday::model::{FileId, Outcome};
use quarterday::reconcile::{self, Reconciler};
use quarterday::{pipeline, read};
use std::time::{Duration, UNIX_EPOCH};

/// What a round costs, stage by stage, on one thread.
struct Costs {
    /// To make grids of the files.
    read: Duration,
    /// To test what looks inside one return.
    within: Duration,
    /// To test what looks across returns, and to look for causes.
    across: Duration,
    differences: usize,
    explained: usize,
}

/// What a round of so many partners with 60 lines each costs. With `off`, three lines of each return are wrong.
fn measure(partners: usize, off: bool) -> Costs {
    let mut board = large::board(partners, 60, off);
    for own in &mut board.returns {
        own.workbook = true;
    }
    let (round, files) = (board.round(), judge::files(&board, None));
    // What looks across returns asks which of them are used.
    let mut consolidated = judge::merge(&round, &files);
    (consolidated.comparisons, consolidated.ledgered) = (Vec::new(), Vec::new());
    let (mut read, mut within) = (Duration::ZERO, Duration::ZERO);
    let mut reconciler = Reconciler::new(&round);
    for (place, (name, bytes)) in (0u32..).zip(&files) {
        let start = clock();
        let workbook = read::workbook(FileId(place), name, bytes, &|_| true);
        read += clock().saturating_sub(start);
        let submission = pipeline::submission(&round, name, workbook.unwrap());
        let start = clock();
        let found = reconcile::within(&round, &submission);
        reconciler.take(&submission, found, true);
        within += clock().saturating_sub(start);
    }
    let start = clock();
    reconciler.finish(&mut consolidated);
    let across = clock().saturating_sub(start);
    let differs =
        consolidated.comparisons.iter().filter(|one| matches!(one.outcome, Outcome::Differs { .. }));
    let (explained, differences) = differs.fold((0, 0), |(explained, all), one| {
        (explained + usize::from(!one.explanations.is_empty()), all + 1)
    });
    Costs { read, within, across, differences, explained }
}

/// The processor time of this thread where the system tells it, else the time of day.
fn clock() -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let spent = told.split(' ').next().and_then(|spent| spent.parse().ok());
    spent.map_or_else(|| UNIX_EPOCH.elapsed().unwrap_or_default(), Duration::from_nanos)
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let after = |name: &str| arguments.iter().skip_while(|one| *one != name).nth(1);
    let number = |name: &str| after(name).and_then(|given| given.parse().ok());
    let (partners, times) = (number("--partners").unwrap_or(1_000), number("--times").unwrap_or(3));
    for off in [false, true] {
        let mut ratios = Vec::new();
        for _ in 0..times {
            let Costs { read, within, across, differences, explained } = measure(partners, off);
            let ratio = (within + across).as_secs_f64() / read.as_secs_f64();
            println!(
                "{partners} partners, {differences} differences, {explained} explained: read in {read:.0?}, tested inside returns \
                 in {within:.0?}, across them and explained in {across:.0?}: {ratio:.2} of reading"
            );
            ratios.push(ratio);
        }
        ratios.sort_by(f64::total_cmp);
        println!("{:.2} of reading ({:.2} to {:.2})", ratios[times / 2], ratios[0], ratios[times - 1]);
    }
}

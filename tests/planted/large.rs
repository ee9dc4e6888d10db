//! Large rounds: many partners, many lines, three differences in every return.

use crate::board::{Board, POUND, Return, Total};
use crate::dice::Dice;
use crate::judge;
use quarterday::model::{FileId, Outcome};
use quarterday::reconcile::{self, Reconciler};
use quarterday::{pipeline, read};
use std::collections::BTreeMap;
use std::fmt;
use std::time::{Duration, UNIX_EPOCH};

const FIRST: [&str; 10] = ["Ash", "Bram", "Cor", "Dun", "Ever", "Fox", "Gil", "Hart", "Ivel", "Kings"];
const MIDDLE: [&str; 10] = ["al", "bur", "cot", "den", "ing", "les", "mar", "nor", "stow", "wick"];
const LAST: [&str; 10] =
    ["bourne", "combe", "dale", "field", "ham", "ley", "minster", "port", "ton", "worth"];

/// A round of so many partners with so many lines each. With `off`, three lines of each return are wrong.
pub fn board(partners: usize, lines: usize, off: bool) -> Board {
    let mut dice = Dice::new(11);
    let mut board =
        Board { partners: Vec::new(), ledger: Vec::new(), earlier: BTreeMap::new(), returns: Vec::new() };
    for partner in 0..partners {
        let [a, b, c] = [partner % 10, partner / 10 % 10, partner / 100 % 10];
        let name = format!("{}{}{} Council", FIRST[a], MIDDLE[b], LAST[c]);
        let mut ledger = Vec::new();
        for line in 0..lines {
            let quarter = (1 + i64::try_from(dice.below(90_000)).unwrap_or(0)) * POUND;
            let mut amounts = [quarter, quarter + POUND, quarter + 2 * POUND, quarter + 3 * POUND, 0];
            amounts[4] = amounts[..4].iter().sum();
            ledger.push((format!("{} {} {line}", MIDDLE[line % 10], LAST[line / 10 % 10]), amounts));
        }
        let mut own = Return {
            partner,
            name: name.clone(),
            rows: Return::rows_of(&ledger),
            totals: [Total::Follows; 5],
            workbook: false,
            whole_pounds: false,
            recharges: Vec::new(),
            edits: BTreeMap::new(),
        };
        if off {
            let places = [
                dice.below(lines / 3),
                lines / 3 + dice.below(lines / 3),
                lines / 3 * 2 + dice.below(lines / 3),
            ];
            own.rows[places[0]].amounts[4] = own.rows[places[0]].amounts[4].map(|year| year * 10);
            own.rows[places[1]].amounts[1] =
                own.rows[places[1]].amounts[1].map(|quarter| quarter + 17 * POUND);
            own.rows[places[2]].amounts =
                own.rows[places[2]].amounts.map(|amount| amount.map(|amount| -amount));
            own.totals[1] = Total::Typed(own.stated(1).unwrap_or_default() - 17 * POUND);
        }
        board.partners.push(name);
        board.ledger.push(ledger);
        board.returns.push(own);
    }
    board
}

/// What a round costs, stage by stage, on one thread.
pub struct Costs {
    /// To make grids of the files.
    read: Duration,
    /// To test what looks inside one return.
    within: Duration,
    /// To test what looks across returns, and to look for causes.
    across: Duration,
    differences: usize,
    explained: usize,
}

impl Costs {
    /// Asserts that totals are tested and explained in at most the time in which their files are read.
    pub fn assert_within_reading(&self) {
        assert!(self.within + self.across <= self.read, "{self}");
        // The line that a pound was added to has no cause, and neither has the total of all.
        assert!(self.explained * 4 >= self.differences * 3, "{self}");
    }
}

impl fmt::Display for Costs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { read, within, across, differences, explained } = self;
        write!(
            f,
            "{differences} differences, {explained} explained: read in {read:.2?}, tested inside returns in {within:.2?}, across \
             them and explained in {across:.2?}"
        )
    }
}

/// What a round of so many partners with 60 lines each costs, as workbooks or as plain text. With `off`, three lines of
/// each return are wrong.
pub fn measure(partners: usize, workbooks: bool, off: bool) -> Costs {
    let mut board = board(partners, 60, off);
    for own in &mut board.returns {
        own.workbook = workbooks;
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
        let submission = pipeline::submission(&round, name, workbook.unwrap_or_else(|why| panic!("{why:?}")));
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

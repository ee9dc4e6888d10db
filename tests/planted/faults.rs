//! Faults of E1 to E19, each made as a person would make it.

#![expect(clippy::unnecessary_wraps, reason = "all faults have one form")]

use crate::board::{Board, PENNY, POUND, Return, Row, Total, amount};
use crate::dice::Dice;

#[path = "faults/figures.rs"]
mod figures;
#[path = "faults/sheets.rs"]
mod sheets;

use figures::*;
use sheets::*;

/// What a fault breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Broken {
    /// A line of the ledger: partner and line.
    Ledger(usize, String),
    /// A row across.
    Across(usize, String),
    /// A column: its place among the amounts.
    Down(usize, usize),
    /// A recharge between two partners.
    Recharge(usize),
}

/// A fault that was planted.
#[derive(Debug, Clone)]
pub struct Planted {
    /// Which.
    pub kind: &'static str,
    /// The causes that are true of it.
    pub causes: &'static [&'static str],
    /// What it breaks, where it is looked for first in front.
    pub broken: Vec<Broken>,
}

type Plant = fn(&mut Dice, &mut Board, &Spot) -> Option<Vec<Broken>>;

/// Where a fault is planted: a return and a line of it.
pub struct Spot {
    /// The return's place.
    pub at: usize,
    /// The partner.
    pub partner: usize,
    /// The line.
    pub line: String,
}

/// Every kind: its name, the causes that are true of it, and how it is made.
pub const KINDS: &[(&str, &[&str], Plant)] = &[
    ("E1 stream, words beside it", &["other-stream"], stream_named),
    ("E1 stream, no words", &["other-stream", "wrong-line"], stream_silent),
    ("E2 digits, year follows", &["digits-swapped"], swap_followed),
    ("E2 digits, year right", &["digits-swapped"], swap_quarter),
    ("E2 digits of the year", &["digits-swapped"], swap_year),
    ("E3 line left out", &["left-out"], left_out),
    ("E3 no return", &["no-return"], no_return),
    ("E4 row twice", &["counted-twice"], row_twice),
    ("E4 second return", &["replaced-return"], second_return),
    ("E5 minus, whole line", &["wrong-sign"], minus_line),
    ("E5 minus, one quarter", &["wrong-sign"], minus_quarter),
    ("E6 slide, whole line", &["wrong-unit"], slide_line),
    ("E6 slide, one quarter", &["wrong-unit"], slide_quarter),
    ("E6 slide, year right", &["wrong-unit"], slide_inside),
    ("E7 VAT, whole line", &["vat-in-or-out"], vat_line),
    ("E7 VAT, one quarter", &["vat-in-or-out"], vat_quarter),
    ("E8 cumulative, year follows", &["cumulative-figures"], cumulative_followed),
    ("E8 cumulative, year right", &["cumulative-figures"], cumulative),
    ("E9 last year's figures", &["prior-year"], prior_year),
    ("E10 instalment, year follows", &["instalment-missing"], instalment_followed),
    ("E10 instalment, year right", &["instalment-missing"], instalment),
    ("E11 typed total", &["formula-at-fault"], typed_total),
    ("E12 short SUM", &["formula-at-fault"], short_sum),
    ("E13 text in a SUM", &["formula-at-fault", "text-in-total"], text_in_sum),
    ("E14 hidden row left out", &["hidden-row-counted", "formula-at-fault"], hidden_left_out),
    ("E14 hidden row counted", &["hidden-row-counted"], hidden_counted),
    ("E15 committed as paid", &["committed-counted"], committed),
    ("E15 another year", &["outside-the-year"], another_year),
    ("E16 whole pounds", &["rounding"], whole_pounds),
    ("E17 two partners on a line", &["two-partners-on-one-line"], two_partners),
    ("E18 paid twice", &["counted-twice"], paid_twice),
    ("E19 recharge on one side", &["one-sided-recharge"], recharge),
];

/// Plants a fault of a kind somewhere in a round.
pub fn plant(dice: &mut Dice, board: &mut Board, kind: usize) -> Planted {
    let (name, causes, make) = KINDS[kind % KINDS.len()];
    for _ in 0..200 {
        let at = dice.below(board.returns.len());
        let own = &board.returns[at];
        let Some(row) = dice.pick(&own.rows) else { continue };
        let untouched = board.ledger[own.partner]
            .iter()
            .any(|(line, amounts)| *line == row.name && amounts.map(Some) == row.amounts);
        let twice = board.returns.iter().filter(|other| other.partner == own.partner).count() > 1;
        if twice || row.hidden || !untouched || own.name.ends_with("(2)") || own.whole_pounds {
            continue;
        }
        let spot = Spot { at, partner: own.partner, line: row.name.clone() };
        if let Some(broken) = make(dice, board, &spot) {
            return Planted { kind: name, causes, broken };
        }
    }
    panic!("{name} could not be planted")
}

fn row<'b>(board: &'b mut Board, spot: &Spot) -> &'b mut Row {
    board.returns[spot.at].row(&spot.line).expect("the row is there")
}

/// A row's amounts.
fn amounts(board: &Board, spot: &Spot) -> [i64; 5] {
    let row = board.returns[spot.at].rows.iter().find(|row| row.name == spot.line);
    row.expect("the row is there").amounts.map(Option::unwrap_or_default)
}

/// Writes a quarter; the year follows.
fn follow(board: &mut Board, spot: &Spot, quarter: usize, amount: Option<i64>) {
    let row = row(board, spot);
    row.amounts[quarter] = amount;
    row.amounts[4] = Some(row.amounts[..4].iter().flatten().sum());
}

fn ledger(spot: &Spot) -> Broken {
    Broken::Ledger(spot.partner, spot.line.clone())
}

fn across(spot: &Spot) -> Broken {
    Broken::Across(spot.partner, spot.line.clone())
}

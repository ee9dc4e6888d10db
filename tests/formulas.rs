//! Formula auditing on generated workbooks: clean ones with every harmless thing that people do, and the same with one
//! fault of each kind. Recall and precision are counted and held.

#![allow(
    clippy::cast_precision_loss,
    clippy::float_arithmetic,
    clippy::too_many_lines,
    clippy::unnecessary_wraps,
    clippy::unwrap_used,
    unreachable_pub,
    reason = "a sheet holds its numbers so, and these are small; a test may stop at the first surprise"
)]

#[path = "mutants/dice.rs"]
#[allow(dead_code, reason = "the mutants use all of it")]
mod dice;
#[path = "formulas/sheets.rs"]
mod sheets;
mod support;

use dice::Dice;
use quarterday::model::{FormulaFault, FormulaFaultKind as Kind, Submission};
use quarterday::pipeline;
use quarterday::round::Round;
use rust_decimal::Decimal;
use sheets::{At, Cell, Formula, Page, name, pounds};
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

const BUDGET: u16 = 1;
const Q1: u16 = 2;
const Q4: u16 = 5;
const YEAR: u16 = 6;
const VARIANCE: u16 = 7;
const SHARE: u16 = 8;
const RUNNING: u16 = 9;
const NOTE: u16 = 10;
const SUMMED: [u16; 7] = [1, 2, 3, 4, 5, 6, 7];

/// A clean workbook and where its parts are.
struct Made {
    page: Page,
    /// Rows with figures, block by block.
    blocks: Vec<Vec<u32>>,
    /// The sub-total under each block, if there are blocks.
    subtotals: Vec<u32>,
    total: u32,
    /// The cells of total rows that hold sums.
    opening: Option<u32>,
}

impl Made {
    fn rows(&self) -> Vec<u32> {
        self.blocks.concat()
    }
}

/// A clean workbook with harmless things.
fn clean(dice: &mut Dice) -> Made {
    let mut page = Page::default();
    let head = u32::try_from(1 + dice.below(4)).unwrap();
    page.words((0, 0), "Spending of the year");
    if head > 1 && dice.one_in(2) {
        for column in SUMMED {
            page.set((head - 1, column), Cell::Year(2013));
        }
        page.words((head - 1, 0), "Plan year");
    }
    let titles = [
        "Budget line",
        "Budget",
        "Q1",
        "Q2",
        "Q3",
        "Q4",
        "Year",
        "Variance",
        "Share spent",
        "Running total",
        "Note",
    ];
    for (column, title) in (0..).zip(titles) {
        page.words((head, column), title);
    }
    let mut row = head + 1;
    let opening = dice.one_in(4).then_some(row);
    if let Some(at) = opening {
        page.words((at, 0), "Opening balance");
        for column in SUMMED {
            page.set((at, column), Cell::Pence(amount(dice)));
        }
        row += 1;
    }
    let blocked = dice.one_in(3);
    let (mut blocks, mut subtotals) = (Vec::new(), Vec::new());
    let by_function = dice.one_in(2);
    for number in 0..if blocked { 2 + dice.below(2) } else { 1 } {
        let mut rows = Vec::new();
        for _ in 0..3 + dice.below(6) {
            data(&mut page, dice, row, rows.last().copied());
            rows.push(row);
            row += 1;
        }
        if blocked {
            page.words((row, 0), &format!("Sub-total {}", number + 1));
            for column in SUMMED {
                let (first, last) = ((rows[0], column), (row - 1, column));
                let formula = if by_function {
                    Formula::Subtotal(first, last)
                } else {
                    Formula::Sum(vec![(first, last)], 0)
                };
                page.formula((row, column), formula);
            }
            subtotals.push(row);
            row += 1;
        }
        blocks.push(rows);
    }
    let first = blocks[0][0];
    let mut last = row - 1;
    if !blocked && dice.one_in(3) {
        // Room for more rows, inside the range.
        row += u32::try_from(1 + dice.below(3)).unwrap();
        last = row - 1;
    }
    let total = row;
    page.words((total, 0), if blocked { "Grand total" } else { "Total" });
    for column in SUMMED {
        let formula = match (blocked, by_function) {
            (false, _) => Formula::Sum(vec![((first, column), (last, column))], 0),
            (true, true) => Formula::Subtotal((first, column), (last, column)),
            (true, false) => Formula::Plus(subtotals.iter().map(|row| (*row, column)).collect()),
        };
        page.formula((total, column), formula);
    }
    page.formula((total, SHARE), Formula::By((total, YEAR), (total, BUDGET)));
    let made = Made { page, blocks, subtotals, total, opening };
    harmless(made, dice)
}

fn amount(dice: &mut Dice) -> i64 {
    i64::try_from(dice.below(900_000) + 101).unwrap()
}

fn data(page: &mut Page, dice: &mut Dice, row: u32, before: Option<u32>) {
    page.words((row, 0), &format!("Line {row}"));
    for column in BUDGET..=Q4 {
        page.set((row, column), Cell::Pence(amount(dice)));
    }
    page.formula((row, YEAR), Formula::Sum(vec![((row, Q1), (row, Q4))], 0));
    page.formula((row, VARIANCE), Formula::Less((row, BUDGET), (row, YEAR)));
    page.formula((row, SHARE), Formula::By((row, YEAR), (row, BUDGET)));
    // The first row begins what the others carry on.
    let running = match before {
        Some(before) => Formula::Plus(vec![(before, RUNNING), (row, YEAR)]),
        None => Formula::Plus(vec![(row, YEAR)]),
    };
    page.formula((row, RUNNING), running);
}

/// What people add to a sheet and mean.
fn harmless(mut made: Made, dice: &mut Dice) -> Made {
    let rows = made.rows();
    let (first, total) = (rows[0], made.total);
    let page = &mut made.page;
    if let Some(opening) = made.opening {
        page.words((total + 1, 0), "Total with what was brought forward");
        for column in SUMMED {
            page.formula((total + 1, column), Formula::Plus(vec![(opening, column), (total, column)]));
        }
    } else if dice.one_in(3) {
        // A total beside a total, as a check.
        page.words((total + 2, 0), "Check");
        for column in SUMMED {
            page.formula((total + 2, column), Formula::Less((total, column), (total, column)));
        }
    }
    if dice.one_in(3) {
        page.words((total + 3, 0), "Average");
        for column in BUDGET..=Q4 {
            let text = format!("AVERAGE({}:{})", name((first, column)), name((total - 1, column)));
            page.formula((total + 3, column), Formula::Other(text, 7.0));
        }
    }
    for row in &rows {
        if dice.one_in(4) {
            let text = format!("IF({}>0,VLOOKUP(A1,A1:B9,2,FALSE),0)", name((*row, VARIANCE)));
            page.formula((*row, NOTE), Formula::Other(text, 3.0));
        }
    }
    if dice.one_in(3) {
        // Another way to write the same, and money held fast.
        let row = rows[dice.below(rows.len())];
        let same = Formula::Plus((Q1..=Q4).map(|column| (row, column)).collect());
        page.formula((row, YEAR), same);
    }
    if dice.one_in(3) {
        // A quarter that has not come, and a line without any.
        for row in &rows {
            page.cells.remove(&(*row, Q4));
        }
    }
    if dice.one_in(4) {
        page.formula((0, 13), Formula::Other("TODAY()".to_owned(), 41_729.0));
        page.formula((0, 14), Formula::Other("ROUND(B1*1.2,2)".to_owned(), 0.0));
    }
    made
}

/// What must be found: kind, cell and what the fault is worth where that is known.
type Wanted = Vec<(Kind, At, Option<i64>)>;

/// Plants a fault; `None` if this workbook has no place for it.
fn plant(kind: Kind, made: &mut Made, dice: &mut Dice) -> Option<Wanted> {
    match kind {
        Kind::RangeTooShort => short(made, dice),
        Kind::IncludesSubtotal => subtotal(made, dice),
        Kind::TypedTotal => typed(made, dice),
        Kind::OddOneOut => odd(made, dice),
        Kind::HiddenInSum => hidden(made, dice),
        Kind::TextInSum => text(made, dice),
        Kind::ErrorInRange => error(made, dice),
        Kind::StaleResult => stale(made, dice),
    }
}

fn sums_flat(made: &Made) -> bool {
    made.subtotals.is_empty()
}

fn short(made: &mut Made, dice: &mut Dice) -> Option<Wanted> {
    let rows = made.rows();
    let page = &mut made.page;
    let worth = |page: &Page, cells: &[At]| -> i64 { cells.iter().map(|at| page.worth(*at).unwrap()).sum() };
    match dice.below(4) {
        // The rows at the end, in every column.
        0 if made.subtotals.is_empty() && made.opening.is_none() => {
            let out = 1 + dice.below(2);
            let last = rows[rows.len() - 1 - out];
            let mut wanted = Vec::new();
            for column in SUMMED {
                page.formula(
                    (made.total, column),
                    Formula::Sum(vec![((rows[0], column), (last, column))], 0),
                );
                let cells: Vec<At> = rows[rows.len() - out..].iter().map(|row| (*row, column)).collect();
                let left = worth(page, &cells);
                if cells.iter().any(|at| page.worth(*at) != Some(0)) {
                    wanted.push((Kind::RangeTooShort, (made.total, column), Some(-left)));
                }
            }
            Some(wanted)
        }
        // One column, at either end.
        1 | 0 => {
            let column = SUMMED[dice.below(4)];
            let (block, at) = match made.subtotals.first() {
                Some(row) => (made.blocks[0].clone(), *row),
                None => (rows.clone(), made.total),
            };
            let (first, last) = (block[0], block[block.len() - 1]);
            let (from, to, left) =
                if dice.one_in(2) { (first, last - 1, last) } else { (first + 1, last, first) };
            if page.worth((left, column)) == Some(0) {
                return None;
            }
            let range = ((from, column), (to, column));
            let is_function =
                matches!(page.cells.get(&(at, column)), Some(Cell::Formula(Formula::Subtotal(..))));
            let formula =
                if is_function { Formula::Subtotal(range.0, range.1) } else { Formula::Sum(vec![range], 0) };
            page.formula((at, column), formula);
            Some(vec![(Kind::RangeTooShort, (at, column), Some(-worth(page, &[(left, column)])))])
        }
        // One row's year leaves a quarter out.
        2 => {
            let row = rows[dice.below(rows.len())];
            let column = if dice.one_in(2) { Q1 } else { Q4 };
            page.worth((row, column)).filter(|worth| *worth != 0)?;
            let range = if column == Q1 { ((row, Q1 + 1), (row, Q4)) } else { ((row, Q1), (row, Q4 - 1)) };
            page.formula((row, YEAR), Formula::Sum(vec![range], 0));
            Some(vec![(Kind::RangeTooShort, (row, YEAR), Some(-worth(page, &[(row, column)])))])
        }
        // Every row's year leaves the last quarter out.
        _ => {
            let mut wanted = Vec::new();
            for row in rows {
                page.formula((row, YEAR), Formula::Sum(vec![((row, Q1), (row, Q4 - 1))], 0));
                let left = page.worth((row, Q4)).filter(|worth| *worth != 0)?;
                wanted.push((Kind::RangeTooShort, (row, YEAR), Some(-left)));
            }
            Some(wanted)
        }
    }
}

fn subtotal(made: &mut Made, dice: &mut Dice) -> Option<Wanted> {
    let rows = made.rows();
    let by_function = made.subtotals.iter().any(|row| {
        matches!(made.page.cells.get(&(*row, BUDGET)), Some(Cell::Formula(Formula::Subtotal(..))))
    });
    if sums_flat(made) || (by_function && dice.one_in(2)) {
        return None;
    }
    let every = dice.one_in(2);
    let chosen = SUMMED[dice.below(SUMMED.len())];
    let mut wanted = Vec::new();
    for column in SUMMED.into_iter().filter(|column| every || *column == chosen) {
        let range = ((rows[0], column), (made.total - 1, column));
        made.page.formula((made.total, column), Formula::Sum(vec![range], 0));
        let twice = made.subtotals.iter().map(|row| made.page.worth((*row, column)).unwrap()).sum();
        if twice != 0 {
            wanted.push((Kind::IncludesSubtotal, (made.total, column), Some(twice)));
        }
    }
    (!wanted.is_empty()).then_some(wanted)
}

fn typed(made: &mut Made, dice: &mut Dice) -> Option<Wanted> {
    let rows = made.rows();
    let off = if dice.one_in(2) { 0 } else { amount(dice) };
    let at = match dice.below(3) {
        0 => (rows[dice.below(rows.len())], YEAR),
        1 => (rows[dice.below(rows.len())], VARIANCE),
        _ => {
            let row = made.subtotals.first().copied().unwrap_or(made.total);
            (row, SUMMED[dice.below(SUMMED.len())])
        }
    };
    let before = made.page.worth(at)?;
    // Where nothing was spent there is nothing to add up.
    if before == 0 {
        return None;
    }
    let nested = matches!(made.page.cells.get(&at), Some(Cell::Formula(Formula::Subtotal(..))));
    made.page.set(at, Cell::Pence(before + off));
    let mut wanted = vec![(Kind::TypedTotal, at, Some(off))];
    if off == 0 && nested && at.0 != made.total {
        // SUBTOTAL passes over a sub-total only while it is a formula.
        wanted.push((Kind::IncludesSubtotal, (made.total, at.1), Some(before)));
    }
    Some(wanted)
}

fn odd(made: &mut Made, dice: &mut Dice) -> Option<Wanted> {
    let rows = made.rows();
    let inner = rows[1 + dice.below(rows.len() - 2)];
    let (at, formula) = match dice.below(5) {
        0 => ((inner, VARIANCE), Formula::Less((inner - 1, BUDGET), (inner, YEAR))),
        1 => ((inner, VARIANCE), Formula::Less((inner, YEAR), (inner, BUDGET))),
        2 => ((inner, VARIANCE), Formula::Plus(vec![(inner, BUDGET), (inner, YEAR)])),
        3 => ((inner, YEAR), Formula::Sum(vec![((inner, BUDGET), (inner, Q4))], 0)),
        _ => {
            let at = (made.subtotals.first().copied().unwrap_or(made.total), SUMMED[1 + dice.below(4)]);
            let Some(Cell::Formula(Formula::Sum(ranges, _))) = made.page.cells.get(&at).cloned() else {
                return None;
            };
            (at, Formula::Sum(ranges, amount(dice)))
        }
    };
    let before = made.page.worth(at)?;
    made.page.formula(at, formula);
    // The rows beside it must be alike: where another way of writing stands there, there is no pattern to break.
    let effect = made.page.worth(at)? - before;
    (effect != 0).then(|| vec![(Kind::OddOneOut, at, Some(effect))])
}

fn hidden(made: &mut Made, dice: &mut Dice) -> Option<Wanted> {
    if !sums_flat(made) {
        return None;
    }
    let rows = made.rows();
    let row = rows[dice.below(rows.len())];
    made.page.hidden.push(row);
    let wanted = SUMMED.into_iter().filter_map(|column| {
        let worth = made.page.worth((row, column)).filter(|worth| *worth != 0)?;
        Some((Kind::HiddenInSum, (made.total, column), Some(worth)))
    });
    Some(wanted.collect())
}

fn text(made: &mut Made, dice: &mut Dice) -> Option<Wanted> {
    let row = made.blocks[0][dice.below(made.blocks[0].len())];
    let column = Q1 + u16::try_from(dice.below(4)).unwrap();
    let Some(Cell::Pence(pence)) = made.page.cells.get(&(row, column)).cloned() else { return None };
    let plain = pounds(pence);
    let typed = match dice.below(4) {
        0 => plain,
        1 => format!("£{plain}"),
        2 => format!(" {plain}\u{a0}"),
        _ => format!("'{plain}"),
    };
    made.page.words((row, column), &typed);
    // The row's year written with plus signs takes text for a number.
    let mut wanted = Vec::new();
    match made.page.cells.get(&(row, YEAR)) {
        Some(Cell::Formula(Formula::Plus(_))) => return None,
        _ => wanted.push((Kind::TextInSum, (row, YEAR), Some(-pence))),
    }
    for at in [made.subtotals.first().copied(), Some(made.total)].into_iter().flatten() {
        if matches!(
            made.page.cells.get(&(at, column)),
            Some(Cell::Formula(Formula::Sum(..) | Formula::Subtotal(..)))
        ) {
            wanted.push((Kind::TextInSum, (at, column), Some(-pence)));
        }
    }
    Some(wanted)
}

fn error(made: &mut Made, dice: &mut Dice) -> Option<Wanted> {
    let row = made.blocks[0][dice.below(made.blocks[0].len())];
    let column = Q1 + u16::try_from(dice.below(4)).unwrap();
    made.page.set((row, column), Cell::Error);
    let under = made.subtotals.first().copied().unwrap_or(made.total);
    Some(vec![(Kind::ErrorInRange, (row, YEAR), None), (Kind::ErrorInRange, (under, column), None)])
}

fn stale(made: &mut Made, dice: &mut Dice) -> Option<Wanted> {
    let rows = made.rows();
    let at = match dice.below(2) {
        0 => (made.total, SUMMED[dice.below(SUMMED.len())]),
        _ => (rows[dice.below(rows.len())], if dice.one_in(2) { YEAR } else { VARIANCE }),
    };
    let off = amount(dice);
    let Some(Cell::Formula(formula)) = made.page.cells.get(&at).cloned() else { return None };
    let stored = made.page.result(&formula)? + off;
    made.page.set(at, Cell::Stale(formula, stored));
    Some(vec![(Kind::StaleResult, at, Some(off))])
}

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
    let round = round();
    let mut scores: BTreeMap<Kind, Score> = BTreeMap::new();
    let mut misses = Vec::new();
    for kind in KINDS {
        let (mut seed, mut books) = (1_000, 0);
        while books < 150 {
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
}

/// A sheet in words: `B5: 1 | =SUM(B2:B4) -> 9 | text`, a row a line.
fn audited(lines: &str) -> Vec<String> {
    let file = support::notation::parse(&format!("## One\n\n```sheet Finance\n{lines}\n```\n")).unwrap();
    let workbook = support::rounds::grids_of(&file.cases[0]).remove(0);
    let found = pipeline::submission(&round(), "nhs.xlsx", workbook).formula_faults;
    found.iter().map(|fault| format!("{:?} {}", fault.kind, fault.at.cell)).collect()
}

const HEAD: &str = "A1: Budget line | Budget | Q1 | Q2 | Q3 | Q4 | Year | Variance\n";

#[test]
fn what_people_do_on_purpose_is_left_alone() {
    for (what, lines) in [
        (
            "a whole column, from another one",
            "A2: Staff | 5\nA3: Post | 6\nA9: Elsewhere\nJ2: =SUM(B:B) -> 11",
        ),
        (
            "a partial total beside the whole one",
            "A2: Staff | 5\nA3: Post | 6\nA4: Works | 7\nA5: Total without works | =SUM(B2:B3) -> 11\nA6: Total | =SUM(B2:B4) -> 18",
        ),
        (
            "two totals under two kinds of rows",
            "A2: Staff | 5\nA3: Post | 6\nA4: Grant | 7\nA5: Gift | 8\nA6: Total spent | =SUM(B2:B3) -> 11\nA7: Total income | =SUM(B4:B5) -> 15",
        ),
        (
            "halves of the year",
            "A2: Staff | 5 | 1 | 2 | 3 | 4 | =SUM(C2:D2) -> 3 | =SUM(E2:F2) -> 7\nA3: Post | 5 | 1 | 2 | 3 | 4 | =SUM(C3:D3) -> 3 | =SUM(E3:F3) -> 7",
        ),
        (
            "the year to date, before the last quarter has come",
            "A2: Staff | 5 | 1 | 2 | 3 |  | =SUM(C2:E2) -> 6\nA3: Post | 5 | 1 | 2 | 3 |  | =SUM(C3:E3) -> 6",
        ),
        (
            "a running total",
            "A2: Staff | 5 | =SUM(B$2:B2) -> 5\nA3: Post | 6 | =SUM(B$2:B3) -> 11\nA4: Rent | 7 | =SUM(B$2:B4) -> 18",
        ),
        (
            "another year above the headings of the range",
            "A2: Staff | 5\nA3: Post | 6\nA4: Total | =SUM(B1:B3) -> 11",
        ),
        (
            "a check under the total",
            "A2: Staff | 5\nA3: Post | 6\nA4: Total | =SUM(B2:B3) -> 11\nA6: Check | =SUM(B2:B3)-B4 -> 0",
        ),
        (
            "an average among sums",
            "A2: Staff | 5 | 1 | 2\nA3: Post | 6 | 3 | 4\nA4: Total | =SUM(B2:B3) -> 11 | =AVERAGE(C2:C3) -> 2 | =SUM(D2:D3) -> 6",
        ),
        (
            "a first row that begins",
            "A2: Staff | 5 | =B2 -> 5\nA3: Post | 6 | =C2+B3 -> 11\nA4: Rent | 7 | =C3+B4 -> 18\nA5: Food | 8 | =C4+B5 -> 26",
        ),
        (
            "only the year is known of a line",
            "A2: Staff | 5 | 1 | 2 | 3 | 4 | =SUM(C2:F2) -> 10\nA3: Post | 5 |  |  |  |  | 12\nA4: Rent | 5 | 1 | 2 | 3 | 4 | =SUM(C4:F4) -> 10",
        ),
        (
            "a name, a table and a list",
            "A2: Staff | 5 | =SUM(Costs) -> 9\nA3: Post | 6 | =SUM(Table1[Cost]) -> 9\nA4: Rent | 6 | =SUM({1,2}) -> 3",
        ),
        (
            "a label in front of the range's words",
            "A2: Staff | 5\nA3: Post | 6\nA4: Total | =SUM(B2:B3) -> 11\nA5: Memo: staff seconded | 3",
        ),
    ] {
        assert_eq!(audited(&format!("{HEAD}{lines}")), Vec::<String>::new(), "{what}");
    }
}

#[test]
fn what_people_do_by_mistake_is_found() {
    for (what, lines, wanted) in [
        (
            "a chain that stops",
            "A2: Staff | 5\nA3: Post | 6\nA4: Rent | 7\nA5: Food | 8\nA6: Total | =B2+B3+B4 -> 18",
            "RangeTooShort B6",
        ),
        (
            "money held fast",
            "A2: Staff | 5\nA3: Post | 6\nA4: Rent | 7\nA5: Total | =ROUND(SUM($B$2:$B$3),0) -> 11",
            "RangeTooShort B5",
        ),
        (
            "a total above the rows' end",
            "A2: Staff | 5\nA3: Post | 6\nA4: Rent | 7\nA5: Total | =SUBTOTAL(9,B2:B3) -> 11",
            "RangeTooShort B5",
        ),
        (
            "the sub-total and what it adds",
            "A2: Staff | 5\nA3: Post | 6\nA4: Sub-total | =B2+B3 -> 11\nA5: Rent | 7\nA6: Total | =SUM(B2:B5) -> 29",
            "IncludesSubtotal B6",
        ),
        (
            "a typed sub-total in the range",
            "A2: Staff | 5\nA3: Post | 6\nA4: Sub-total | 11\nA5: Rent | 7\nA6: Total | =SUM(B2:B5) -> 29",
            "IncludesSubtotal B6",
        ),
        (
            "text from another program",
            "A2: Staff | 5\nA3: Post | \"1,006.50\"\nA4: Total | =SUM(B2:B3) -> 5",
            "TextInSum B4",
        ),
    ] {
        assert_eq!(audited(&format!("{HEAD}{lines}")), [wanted], "{what}");
    }
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

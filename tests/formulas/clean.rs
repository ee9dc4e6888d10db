//! Clean workbooks with every harmless thing that people do.

use super::dice::Dice;
use super::sheets::{Cell, Formula, Page, name};

pub const BUDGET: u16 = 1;
pub const Q1: u16 = 2;
pub const Q4: u16 = 5;
pub const YEAR: u16 = 6;
pub const VARIANCE: u16 = 7;
pub const SHARE: u16 = 8;
pub const RUNNING: u16 = 9;
pub const NOTE: u16 = 10;
pub const SUMMED: [u16; 7] = [1, 2, 3, 4, 5, 6, 7];

/// A clean workbook and where its parts are.
pub struct Made {
    pub page: Page,
    /// Rows with figures, block by block.
    pub blocks: Vec<Vec<u32>>,
    /// The sub-total under each block, if there are blocks.
    pub subtotals: Vec<u32>,
    pub total: u32,
    /// The cells of total rows that hold sums.
    pub opening: Option<u32>,
}

impl Made {
    pub fn rows(&self) -> Vec<u32> {
        self.blocks.concat()
    }
}

/// A clean workbook with harmless things.
pub fn clean(dice: &mut Dice) -> Made {
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

pub fn amount(dice: &mut Dice) -> i64 {
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
            let text = format!("IF({}<>\"\",VLOOKUP(A1,A1:B9,2,FALSE),0)", name((*row, 0)));
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

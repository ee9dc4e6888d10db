//! A round that agrees to the penny: partners, their lines, the ledger, and the returns as files.

use crate::dice::Dice;
use crate::support::cells::Cell;
use crate::support::marks::Mark;
use crate::support::notation::{File, Settings, SheetText};
use crate::support::{settings, workbooks};
use quarterday::model::{CellRef, fold};
use quarterday::round::Round;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Parts of a pound that amounts are counted in: fine enough for pennies in thousands.
pub const POUND: i64 = 100_000;
/// A penny.
pub const PENNY: i64 = POUND / 100;
/// One row of a return.
#[derive(Debug, Clone, Default)]
pub struct Row {
    /// The budget line.
    pub name: String,
    /// Amounts of the quarters and the year.
    pub amounts: [Option<i64>; 5],
    /// What is committed and not yet paid.
    pub committed: Option<i64>,
    /// When it was paid.
    pub date: Option<(i16, u8, u8)>,
    /// Words beside it.
    pub note: String,
    /// Hidden.
    pub hidden: bool,
    /// Places of amounts that are typed as text.
    pub text: Vec<usize>,
}

/// A figure of the total row.
#[derive(Debug, Clone, Copy)]
pub enum Total {
    /// What the rows come to; a formula where the return has formulas.
    Follows,
    /// A figure that was typed.
    Typed(i64),
    /// A formula over the first so many rows alone.
    Short(usize),
}

/// One return.
#[derive(Debug, Clone)]
pub struct Return {
    /// Whose.
    pub partner: usize,
    /// The file's name without its ending.
    pub name: String,
    /// Its rows.
    pub rows: Vec<Row>,
    /// Its total row.
    pub totals: [Total; 5],
    /// A workbook instead of plain text; its totals are formulas.
    pub workbook: bool,
    /// A cover that says the figures are in whole pounds.
    pub whole_pounds: bool,
    /// Recharges: with whom, whether it goes out, and how much.
    pub recharges: Vec<(usize, bool, i64)>,
    /// What is written over cells: sheet, row, column.
    pub edits: BTreeMap<(String, u32, u16), Option<i64>>,
}

/// The whole round.
#[derive(Debug, Clone)]
pub struct Board {
    /// Names of the partners.
    pub partners: Vec<String>,
    /// The ledger by partner: line and amounts.
    pub ledger: Vec<Vec<(String, [i64; 5])>>,
    /// Last year's amounts by partner and line, if there was a round.
    pub earlier: BTreeMap<(usize, String), [i64; 5]>,
    /// The returns.
    pub returns: Vec<Return>,
}

const PLACES: [&str; 40] = [
    "Ashbourne",
    "Bexmoor",
    "Cawdale",
    "Dunstead",
    "Eltham",
    "Farnworth",
    "Glossop",
    "Haverhill",
    "Ilkeston",
    "Jarrowby",
    "Kendal",
    "Ludlow",
    "Malvern",
    "Northwich",
    "Oakham",
    "Pershore",
    "Quorndon",
    "Rothbury",
    "Skipton",
    "Tenbury",
    "Ulverston",
    "Ventnor",
    "Wareham",
    "Yarmouth",
    "Alnwick",
    "Bromyard",
    "Cirencester",
    "Daventry",
    "Evesham",
    "Fakenham",
    "Godalming",
    "Hexham",
    "Ivybridge",
    "Keswick",
    "Leominster",
    "Matlock",
    "Newquay",
    "Oswestry",
    "Penrith",
    "Romsey",
];
const KINDS: [&str; 4] = ["Council", "Health Trust", "Police", "Probation"];
const HEADS: [&str; 12] = [
    "Staff",
    "Training",
    "Premises",
    "Case reviews",
    "Chair",
    "Printing",
    "Travel",
    "Website",
    "Research",
    "Audit",
    "Catering",
    "Insurance",
];
const AREAS: [&str; 6] = ["north", "south", "east", "west", "central", "county"];

/// An amount for a year, from £10 to £5m, small ones as often as large ones.
pub fn amount(dice: &mut Dice) -> i64 {
    let decade = [10, 100, 1_000, 10_000, 100_000, 1_000_000][dice.below(6)];
    let times = if decade == 1_000_000 { 400 } else { 900 };
    let pounds = decade + i64::try_from(dice.below(times)).unwrap_or(0) * decade / 100;
    let odd = i64::try_from(dice.below(usize::try_from(decade / 10).unwrap_or(1))).unwrap_or(0);
    let pennies = if dice.one_in(3) { 0 } else { i64::try_from(dice.below(100)).unwrap_or(0) };
    (pounds + odd) * POUND + pennies * PENNY
}

/// The quarters of a year of about this amount, and their sum.
fn spread(dice: &mut Dice, year: i64) -> [i64; 5] {
    let unit = if year % POUND == 0 { POUND } else { PENNY };
    let mut amounts = [0; 5];
    if dice.one_in(2) {
        amounts[..4].fill(year / 4 / unit * unit);
    } else {
        for quarter in &mut amounts[..4] {
            let share = 10 + i64::try_from(dice.below(90)).unwrap_or(0);
            *quarter = year / 200 * share / unit * unit + unit;
        }
    }
    amounts[4] = amounts[..4].iter().sum();
    amounts
}

impl Board {
    /// A round in which everything agrees.
    pub fn clean(dice: &mut Dice) -> Self {
        // Small rounds are likelier than large ones.
        let mut skewed = |most: usize| (0..2).fold(most, |most, _| 1 + dice.below(most));
        let (many, long) = (skewed(35), skewed(56));
        let partners = 6 + dice.below(many);
        let mut board = Self {
            partners: (0..partners).map(|place| format!("{} {}", PLACES[place], dice.word(&KINDS))).collect(),
            ledger: Vec::new(),
            earlier: BTreeMap::new(),
            returns: Vec::new(),
        };
        for partner in 0..partners {
            let count = 5 + dice.below(long);
            let mut names: Vec<String> =
                HEADS.iter().flat_map(|head| AREAS.map(|area| format!("{head} {area}"))).collect();
            dice.shuffle(&mut names);
            names.truncate(count);
            let mut lines = Vec::new();
            for name in names {
                let year = amount(dice);
                lines.push((name, spread(dice, year)));
            }
            board.returns.push(Return::of(dice, partner, board.partners[partner].clone(), &lines));
            board.ledger.push(lines);
        }
        if dice.one_in(3) {
            for partner in 0..partners {
                for (name, now) in board.ledger[partner].clone() {
                    let year = amount(dice);
                    let mut last = spread(dice, year);
                    // A figure that is last year's by chance would be asked about, and rightly.
                    for (last, now) in last[..4].iter_mut().zip(now).filter(|(last, now)| **last == *now) {
                        *last = now + POUND;
                    }
                    last[4] = last[..4].iter().sum();
                    board.earlier.insert((partner, name), last);
                }
            }
        }
        if dice.one_in(4) {
            let sum = amount(dice);
            board.returns[0].recharge(1, true, sum);
            board.returns[1].recharge(0, false, sum);
        }
        board
    }

    /// The round's settings.
    pub fn round(&self) -> Round {
        let mut round = String::from(
            "[round]\nboard = \"Wyevale Safeguarding Board\"\ncode = \"WSB\"\nperiod = \"2013-14 Q4\"\n",
        );
        let mut ledger = String::from("table,agency,line,q1,q2,q3,q4,year\n");
        for (place, name) in self.partners.iter().enumerate() {
            let _ =
                write!(round, "\n[[partner]]\ncode = \"P{place}\"\nname = \"{name}\"\ncontact = \"Lead\"\n");
            for (line, amounts) in &self.ledger[place] {
                let amounts: Vec<String> = amounts.iter().map(|amount| number(*amount)).collect();
                let _ = writeln!(ledger, "spend,P{place},{line},{}", amounts.join(","));
            }
        }
        let mut earlier = String::from("period 2012-13 Q4\n");
        for ((partner, line), [q1, q2, q3, q4, year]) in &self.earlier {
            let [q1, q2, q3, q4, year] = [q1, q2, q3, q4, year].map(|amount| number(*amount));
            let line = fold(line);
            let _ = writeln!(earlier, "P{partner}|spend|{line}|q1={q1};q2={q2};q3={q3};q4={q4};year={year}");
        }
        let settings = Settings {
            schema: Some(include_str!("schema.toml").to_owned()),
            round: Some(round),
            ledger: Some(ledger),
            earlier: (!self.earlier.is_empty()).then_some(earlier),
            ..Settings::default()
        };
        settings::load(&settings).unwrap_or_else(|mistakes| panic!("{mistakes}"))
    }
}

impl Return {
    fn of(dice: &mut Dice, partner: usize, name: String, lines: &[(String, [i64; 5])]) -> Self {
        let mut rows = Self::rows_of(lines);
        for row in &mut rows {
            row.committed = dice.one_in(3).then(|| amount(dice));
            let mut month = || {
                (4 + u8::try_from(dice.below(9)).unwrap_or(0), 1 + u8::try_from(dice.below(20)).unwrap_or(0))
            };
            row.date = Some(month()).filter(|_| dice.one_in(2)).map(|(month, day)| (2013, month, day));
        }
        Self::bare(partner, name, rows)
    }

    /// A return of some rows, as plain text.
    pub fn bare(partner: usize, name: String, rows: Vec<Row>) -> Self {
        Self {
            partner,
            name,
            rows,
            totals: [Total::Follows; 5],
            workbook: false,
            whole_pounds: false,
            recharges: Vec::new(),
            edits: BTreeMap::new(),
        }
    }

    /// The rows that a partner's lines of the ledger make.
    pub fn rows_of(lines: &[(String, [i64; 5])]) -> Vec<Row> {
        let row = |(name, amounts): &(String, [i64; 5])| Row {
            name: name.clone(),
            amounts: amounts.map(Some),
            ..Row::default()
        };
        lines.iter().map(row).collect()
    }

    fn recharge(&mut self, other: usize, out: bool, amount: i64) {
        self.workbook = true;
        self.recharges.push((other, out, amount));
    }

    /// The row of a line.
    pub fn row(&mut self, name: &str) -> Option<&mut Row> {
        self.rows.iter_mut().find(|row| row.name == name && !row.hidden)
    }

    /// The file's name.
    pub fn file(&self) -> String {
        format!("{}.{}", self.name, if self.workbook { "xlsx" } else { "csv" })
    }

    /// The file's bytes.
    pub fn bytes(&self, board: &Board) -> Vec<u8> {
        let mut sheets = vec![self.spend()];
        if self.whole_pounds {
            sheets.push(SheetText {
                name: "Cover".to_owned(),
                cells: cells(&[vec![text("Figures are in"), text("Whole pounds")]]),
                ..SheetText::default()
            });
        }
        if !self.recharges.is_empty() {
            let mut rows = vec![vec![text("Recharge"), text("With"), text("Way"), text("Amount")]];
            for (place, (other, out, sum)) in self.recharges.iter().enumerate() {
                let way = text(if *out { "Out" } else { "In" });
                rows.push(vec![text(&format!("R{place}")), text(&board.partners[*other]), way, money(*sum)]);
            }
            sheets.push(SheetText {
                name: "Recharges".to_owned(),
                cells: cells(&rows),
                ..SheetText::default()
            });
        }
        for sheet in &mut sheets {
            for (at, cell) in &mut sheet.cells {
                match self.edits.get(&(sheet.name.clone(), at.row, at.column)) {
                    Some(Some(amount)) => *cell = money(*amount),
                    Some(None) => *cell = text(""),
                    None => {}
                }
            }
            sheet.cells.retain(|(_, cell)| *cell != text(""));
        }
        if self.workbook {
            return workbooks::xlsx(&File { name: self.file(), sheets, ..File::default() });
        }
        plain(&sheets[0], self.rows.len() + 2)
    }

    fn spend(&self) -> SheetText {
        let headings = ["Budget line", "Q1", "Q2", "Q3", "Q4", "Year", "Committed", "Paid on", "Note"];
        let mut rows = vec![headings.map(text).to_vec()];
        for row in &self.rows {
            let mut cells = vec![text(&row.name)];
            for (place, amount) in row.amounts.iter().enumerate() {
                cells.push(match amount {
                    Some(amount) if row.text.contains(&place) => text(&number(*amount)),
                    Some(amount) => money(*amount),
                    None => text(""),
                });
            }
            cells.push(row.committed.map_or_else(|| text(""), money));
            let date = row.date.and_then(|(y, m, d)| {
                jiff::civil::Date::new(y, i8::try_from(m).ok()?, i8::try_from(d).ok()?).ok()
            });
            cells.push(date.map_or_else(|| text(""), Cell::Date));
            cells.push(text(&row.note));
            rows.push(cells);
        }
        let mut total = vec![text("Total")];
        total.extend((0..5).map(|place| self.total(place)));
        rows.push(total);
        let hidden = (1u32..).zip(&self.rows).filter(|(_, row)| row.hidden);
        let marks = hidden.map(|(row, _)| Mark::HideRows(row, row)).collect();
        SheetText { name: "Spend".to_owned(), cells: cells(&rows), marks, ..SheetText::default() }
    }

    /// How many rows a total is over; `None` if it was typed.
    fn over(&self, place: usize) -> Option<usize> {
        match self.totals[place] {
            Total::Typed(_) => None,
            Total::Follows => Some(self.rows.len()),
            Total::Short(rows) => Some(rows),
        }
    }

    /// What the total row states in a column.
    pub fn stated(&self, place: usize) -> Option<i64> {
        let total = self.totals.get(place)?;
        if let Total::Typed(amount) = total {
            return Some(*amount);
        }
        let counts = |row: &&Row| !self.workbook || !row.text.contains(&place);
        let counted = self.rows.iter().take(self.over(place)?).filter(counts);
        Some(counted.filter_map(|row| row.amounts[place]).sum())
    }

    fn total(&self, place: usize) -> Cell {
        let sum = money(self.stated(place).unwrap_or_default());
        let Some(over) = self.over(place).filter(|_| self.workbook) else { return sum };
        let column = ["B", "C", "D", "E", "F"][place];
        Cell::Formula(format!("SUM({column}2:{column}{})", over + 1), Some(Box::new(sum)))
    }
}

/// An amount as it is typed.
pub fn number(amount: i64) -> String {
    let (sign, size) = (if amount < 0 { "-" } else { "" }, amount.unsigned_abs());
    let (pounds, rest) = (size / POUND.unsigned_abs(), size % POUND.unsigned_abs());
    let digits = format!("{rest:05}");
    match digits.trim_end_matches('0') {
        "" => format!("{sign}{pounds}"),
        part => format!("{sign}{pounds}.{part:0<2}"),
    }
}

fn money(amount: i64) -> Cell {
    Cell::Number(number(amount).parse().expect("it is a number"))
}

fn text(words: &str) -> Cell {
    Cell::Text(words.to_owned())
}

fn cells(rows: &[Vec<Cell>]) -> Vec<(CellRef, Cell)> {
    let at = |row: usize, column: usize| CellRef {
        row: u32::try_from(row).expect("few rows"),
        column: u16::try_from(column).expect("few columns"),
    };
    let rows = rows.iter().enumerate();
    rows.flat_map(|(row, cells)| {
        cells.iter().enumerate().map(move |(column, cell)| (at(row, column), cell.clone()))
    })
    .filter(|(_, cell)| *cell != text(""))
    .collect()
}

/// A sheet as plain text with commas.
fn plain(sheet: &SheetText, rows: usize) -> Vec<u8> {
    let mut lines = vec![vec![String::new(); 9]; rows];
    for (at, cell) in &sheet.cells {
        let words = match cell {
            Cell::Text(words) => words.clone(),
            Cell::Number(number) => number.to_string(),
            Cell::Date(date) => date.strftime("%d/%m/%Y").to_string(),
            other => panic!("{other:?} does not stand in plain text"),
        };
        let words = if words.contains(',') { format!("\"{words}\"") } else { words };
        lines[at.row as usize][usize::from(at.column)] = words;
    }
    let lines: Vec<String> = lines.iter().map(|line| line.join(",")).collect();
    (lines.join("\n") + "\n").into_bytes()
}

//! What causes say, done to the files: the other total, the row as the ledger has it, the amount on another line.

use super::{Proof, in_pounds};
use crate::board::{Board, POUND, Return};
use quarterday::model::{Comparison, Origin, Scope};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

impl Proof<'_> {
    /// The total as it is with what is named counted, not counted twice, or worked out by the formula that is proposed.
    pub(super) fn another_total(&self) -> Result<(), String> {
        let (at, stated) = self.comparison.stated.at.zip(self.comparison.stated.amount).ok_or("no total")?;
        let named = self.claim.cells.iter().filter(|cell| **cell != at);
        let sum: Decimal = named.filter_map(|at| self.figure(*at)).sum();
        let said = |words: &[&str]| words.iter().any(|words| self.claim.words.contains(words));
        let corrected = self.claim.words.split("It should be =").nth(1);
        let total = if let Some(formula) = corrected {
            self.worked_out(at, formula.trim_end_matches('.')).ok_or("the formula cannot be worked out")?
        } else if said(&["leaves out", "is without", "passes over"]) {
            stated + sum
        } else if said(&["twice", "counts hidden", "also counts"]) {
            stated - sum
        } else if said(&["was typed", "out of date"]) {
            self.rows_of(at)?
        } else {
            return Err("it does not say what to do".to_owned());
        };
        self.close(&[(at, Some(total))])
    }

    fn return_of(&self, at: Origin) -> Option<&Return> {
        let file = self.consolidated.places.file(at.file);
        self.board.returns.iter().find(|own| own.file() == file)
    }

    /// What all rows come to in the column of a total.
    fn rows_of(&self, at: Origin) -> Result<Decimal, String> {
        let own = self.return_of(at).ok_or("no such file")?;
        let place = usize::from(at.cell.column) - 1;
        Ok(own.rows.iter().filter_map(|row| row.amounts.get(place).copied().flatten()).map(in_pounds).sum())
    }

    /// Sums of ranges and single cells in the column of a total, as a formula has them.
    fn worked_out(&self, at: Origin, formula: &str) -> Option<Decimal> {
        let own = self.return_of(at)?;
        let place = usize::from(at.cell.column) - 1;
        let row = |cell: &str| {
            cell.trim_start_matches(|c: char| c.is_ascii_alphabetic() || c == '$').parse::<usize>().ok()
        };
        let mut sum = Decimal::ZERO;
        for part in formula.trim().trim_start_matches("SUM(").replace(')', "").split(['+', ',']) {
            let (from, to) = part.split_once(':').unwrap_or((part, part));
            let rows = own.rows.get(row(from)?.checked_sub(2)?..row(to)?.checked_sub(1)?)?;
            sum += rows
                .iter()
                .filter_map(|row| row.amounts.get(place).copied().flatten())
                .map(in_pounds)
                .sum::<Decimal>();
        }
        Some(sum)
    }

    /// The partner and the line of the ledger that a comparison is about.
    fn line(&self) -> Result<(usize, String), String> {
        let Scope::Partner(partner) = self.comparison.scope else { return Err("nobody's".to_owned()) };
        Ok((usize::from(partner.0), self.comparison.line.split(" · ").next().unwrap_or_default().to_owned()))
    }

    /// What the ledger has for a line.
    fn ledger_of(&self, partner: usize, line: &str) -> Option<[i64; 5]> {
        let lines = self.board.ledger.get(partner)?;
        lines.iter().find(|(name, _)| name == line).map(|(_, amounts)| *amounts)
    }

    /// The partner and the line that words name as *Partner, line*.
    fn named_line(&self) -> Option<(usize, String)> {
        let mut found: Vec<(usize, String)> = Vec::new();
        for (partner, lines) in self.board.ledger.iter().enumerate() {
            for (line, _) in lines {
                let name = format!("{}, {line}", self.board.partners[partner]);
                if self.claim.words.contains(&name) {
                    found.push((partner, line.clone()));
                }
            }
        }
        found.into_iter().max_by_key(|(_, line)| line.len())
    }

    /// The line's row as the ledger has it, in the return or in one that is to come.
    pub(super) fn as_in_the_ledger(&self) -> Result<(), String> {
        let (partner, line) = self.line()?;
        let amounts = self.ledger_of(partner, &line).ok_or("the ledger has no such line")?;
        let mut board = self.board.clone();
        if !board.returns.iter().any(|own| own.partner == partner) {
            let rows = Return::rows_of(&board.ledger[partner]);
            let name = board.partners[partner].clone();
            board.returns.push(Return::bare(partner, name, rows));
        }
        put(&mut board, partner, &line, amounts);
        self.agrees(&board)
    }

    /// The row with this year's figures in place of last year's; where rows are held against last year, every row of its name.
    pub(super) fn this_year(&self) -> Result<(), String> {
        let (partner, line) = self.line()?;
        let amounts = self.ledger_of(partner, &line).ok_or("the ledger has no such line")?;
        let at = *self.claim.cells.first().ok_or("no cell is named")?;
        let file = self.consolidated.places.file(at.file);
        let mut board = self.board.clone();
        let own = board.returns.iter_mut().find(|own| own.file() == file).ok_or("no such file")?;
        // What the ledger has is what all rows of the line come to.
        let mut left = amounts;
        for (_, other) in (1..).zip(&own.rows).filter(|(row, one)| one.name == line && *row != at.cell.row) {
            for (left, amount) in left.iter_mut().zip(&other.amounts) {
                *left -= amount.unwrap_or_default();
            }
        }
        for (row, own) in (1..).zip(&mut own.rows) {
            if own.name == line && row == at.cell.row {
                own.amounts = left.map(Some);
            }
        }
        self.agrees(&board)
    }

    /// The figure without the amount of another stream or partner, and with it in that one's own return.
    pub(super) fn without_the_other(&self) -> Result<(), String> {
        let at = self.comparison.stated.at.or(self.comparison.addends.first().copied()).ok_or("no figure")?;
        let is = self.figure(at).ok_or("no figure stands there")?;
        let other = self.named_line();
        let named = other.as_ref().and_then(|(partner, line)| self.ledger_of(*partner, line));
        let more = if let Some((_, words)) = self.claim.words.split_once('\u{201c}') {
            amount_in(words).ok_or("no amount stands in the words")?
        } else if let Some(amounts) = named {
            in_pounds(amounts[4])
        } else {
            let other = self.claim.cells.first().filter(|cell| **cell != at).ok_or("nothing is named")?;
            self.figure(*other).ok_or("no figure stands there")?
        };
        self.close(&[(at, Some(is - more))])?;
        let Some((partner, line)) = other.filter(|_| self.claim.words.contains("not come by itself")) else {
            return Ok(());
        };
        // In the other's own return the line then agrees too.
        let mut board = self.board.clone();
        if board.returns.iter().any(|own| own.partner == partner) {
            put(&mut board, partner, &line, named.unwrap_or_default());
            let theirs = self.comparison_of(partner, &line).ok_or("the other line is not tested")?;
            return self.agrees_in(&board, theirs, Some(partner), Decimal::ZERO);
        }
        Ok(())
    }

    fn comparison_of(&self, partner: usize, line: &str) -> Option<&Comparison> {
        self.consolidated.comparisons.iter().find(|other| {
            other.control == self.comparison.control
                && matches!(other.scope, Scope::Partner(id) if usize::from(id.0) == partner)
                && other.line.split(" · ").next() == Some(line)
        })
    }

    /// The amount on the line that it is said to belong to: both agree then.
    pub(super) fn moved(&self) -> Result<(), String> {
        let (partner, name) = self.named_line().ok_or("no line is named")?;
        let other = self.comparison_of(partner, &name).ok_or("the other line is not tested")?;
        let (own_partner, own_line) = self.line()?;
        let mut board = self.board.clone();
        let both = [(self.comparison, own_partner, own_line, -self.off), (other, partner, name, self.off)];
        for (comparison, partner, line, by) in both {
            let Some(at) = comparison.stated.at.or(comparison.addends.first().copied()) else {
                // It has no row yet.
                let year = (by * Decimal::from(POUND)).to_i64().ok_or("too large")?;
                put(&mut board, partner, &line, [0, 0, 0, 0, year]);
                continue;
            };
            let is = self.figure(at).ok_or("no figure stands there")?;
            self.write(&mut board, at, Some(is + by));
        }
        self.agrees(&board)?;
        self.agrees_in(&board, other, Some(partner), Decimal::ZERO)
    }

    /// The row in the unit of the ledger: each figure lies within half a pound of what it was rounded to.
    pub(super) fn to_the_penny(&self) -> Result<(), String> {
        let (partner, line) = self.line()?;
        let amounts = self.ledger_of(partner, &line).ok_or("the ledger has no such line")?;
        let mut board = self.board.clone();
        let own = board.returns.iter_mut().find(|own| own.partner == partner).ok_or("no return")?;
        let row = own.row(&line).ok_or("no row")?;
        let far =
            |(typed, exact): (&Option<i64>, &i64)| (typed.unwrap_or_default() - exact).abs() > POUND / 2;
        if row.amounts.iter().zip(&amounts).take(4).any(far) {
            return Err("a quarter is further off than rounding makes it".to_owned());
        }
        row.amounts = amounts.map(Some);
        self.agrees(&board)
    }

    /// The recharge in the other's return too.
    pub(super) fn on_both_sides(&self) -> Result<(), String> {
        let sum = (self.off.abs() * Decimal::from(POUND)).to_i64().ok_or("too large")?;
        let mut board = self.board.clone();
        let charges = self.board.returns.iter().flat_map(|own| {
            own.recharges.iter().map(move |(with, out, amount)| (own.partner, *with, *out, *amount))
        });
        let mut alone = charges.filter(|(from, with, out, amount)| {
            let theirs = self.board.returns.iter().filter(|own| own.partner == *with);
            !theirs
                .flat_map(|own| &own.recharges)
                .any(|(back, way, same)| back == from && way != out && same == amount)
        });
        let (from, with, out, _) = alone.rfind(|(.., amount)| *amount == sum).ok_or("no such recharge")?;
        let theirs =
            board.returns.iter_mut().find(|own| own.partner == with).ok_or("the other sent nothing")?;
        theirs.workbook = true;
        theirs.recharges.push((from, !out, sum));
        self.agrees_in(&board, self.comparison, None, Decimal::ZERO)
    }
}

/// Sets a row of a partner's first return to some amounts, or adds it.
fn put(board: &mut Board, partner: usize, line: &str, amounts: [i64; 5]) {
    let Some(own) = board.returns.iter_mut().find(|own| own.partner == partner) else { return };
    if let Some(place) = own.rows.iter().position(|row| row.name == line) {
        own.rows[place].amounts = amounts.map(Some);
        own.rows[place].text.clear();
    } else {
        // Below the others, so that no cell that is written over moves.
        own.rows.extend(Return::rows_of(&[(line.to_owned(), amounts)]));
    }
}

/// The first amount in words, pounds: `inc £20k`, `£20,000`.
fn amount_in(words: &str) -> Option<Decimal> {
    let (_, rest) = words.split_once('£')?;
    let end = rest.find(|c: char| !c.is_ascii_digit() && c != ',' && c != '.').unwrap_or(rest.len());
    let number: Decimal = rest[..end].replace(',', "").trim_end_matches('.').parse().ok()?;
    Some(if rest[end..].starts_with('k') { number * Decimal::from(1_000) } else { number })
}

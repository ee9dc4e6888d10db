//! Claims applied to the figures: a claim that says it leaves nothing has to close the difference when what it says is
//! done to the files and they are read again. What it says of figures is worked out here a second time.

use crate::board::{Board, POUND};
use crate::judge;
use quarterday::model::{Comparison, Consolidated, Evidence, Explanation, Origin, Outcome, Scope, pounds};
use quarterday::round::Round;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;
use std::collections::BTreeMap;

/// What became of a claim.
pub enum Verdict {
    /// It closes the difference.
    Holds,
    /// It does not say that it does.
    Leaves,
    /// It says so, and does not.
    Wrong(String),
}

/// The parts of a claim's proof.
struct Proof<'a> {
    board: &'a Board,
    round: &'a Round,
    consolidated: &'a Consolidated,
    comparison: &'a Comparison,
    claim: &'a Explanation,
    off: Decimal,
    /// What an earlier step of the same claim accounts for.
    first: Decimal,
}

/// Cells and what they would have to hold.
type Edits = Vec<(Origin, Option<Decimal>)>;

/// Applies a claim.
pub fn apply(
    board: &Board,
    round: &Round,
    consolidated: &Consolidated,
    comparison: &Comparison,
    claim: &Explanation,
) -> Verdict {
    let Outcome::Differs { difference } = comparison.outcome else {
        return Verdict::Wrong("nothing differs".to_owned());
    };
    if claim.explains + claim.remains != difference && !follows_another(comparison, claim) {
        return Verdict::Wrong(format!("{} and {} are not {difference}", claim.explains, claim.remains));
    }
    if !claim.remains.is_zero() || claim.evidence == Evidence::Possible {
        return Verdict::Leaves;
    }
    let first = difference - claim.explains;
    let proof = Proof { board, round, consolidated, comparison, claim, off: claim.explains, first };
    match proof.prove() {
        Ok(()) => Verdict::Holds,
        Err(why) => Verdict::Wrong(why),
    }
}

/// True for the second of two steps: it is about what the first leaves.
fn follows_another(comparison: &Comparison, claim: &Explanation) -> bool {
    comparison.explanations.iter().any(|first| first.remains == claim.explains + claim.remains)
}

impl Proof<'_> {
    fn prove(&self) -> Result<(), String> {
        if self.claim.words.starts_with("It follows from") {
            return self.several();
        }
        match self.claim.cause {
            "digits-swapped" | "wrong-sign" | "wrong-unit" | "vat-in-or-out" | "committed-counted"
            | "outside-the-year" | "instalment-missing" => self.one_figure(),
            "counted-twice" | "hidden-row-counted" if self.ledger() => self.one_figure(),
            "cumulative-figures" if self.claim.cells.len() == 1 => self.one_figure(),
            "cumulative-figures" => self.accumulated(),
            "prior-year" => self.last_year(),
            "replaced-return" => self.without_the_replaced(),
            "left-out" | "no-return" if self.ledger() => {
                let nothing = self.comparison.stated.amount.is_none_or(|amount| amount.is_zero());
                nothing.then_some(()).ok_or_else(|| "there is an amount".to_owned())
            }
            "formula-at-fault" | "left-out" | "text-in-total" | "hidden-row-counted" | "counted-twice" => {
                self.named_sum()
            }
            "other-stream" | "two-partners-on-one-line" => self.known_amount(),
            "wrong-line" => self.the_other_way(),
            "rounding" => {
                (self.off.abs() <= Decimal::from(10)).then_some(()).ok_or_else(|| "too much".to_owned())
            }
            "one-sided-recharge" => {
                let one =
                    self.comparison.stated.amount.is_none() != self.comparison.expected.amount.is_none();
                one.then_some(()).ok_or_else(|| "both sides are there".to_owned())
            }
            other => Err(format!("{other} is not known here")),
        }
    }

    fn ledger(&self) -> bool {
        judge::control(self.round, self.comparison) == "against-ledger"
    }

    /// The figure in a cell, pounds.
    fn figure(&self, at: Origin) -> Option<Decimal> {
        let file = self.consolidated.places.file(at.file);
        let own = self.board.returns.iter().find(|own| own.file() == file)?;
        if self.consolidated.places.sheet(at.file, at.sheet) == "Recharges" {
            return None;
        }
        let (row, place) = (at.cell.row as usize - 1, usize::from(at.cell.column) - 1);
        match own.rows.get(row) {
            Some(_) if place == 5 => own.rows[row].committed.map(in_pounds),
            Some(row) => row.amounts.get(place).copied().flatten().map(in_pounds),
            None => self.total(own.file().as_str(), place),
        }
    }

    fn total(&self, file: &str, place: usize) -> Option<Decimal> {
        let own = self.board.returns.iter().find(|own| own.file() == file)?;
        own.stated(place).map(in_pounds)
    }

    /// What a figure would have to be.
    fn would_be(&self, at: Origin, is: Decimal) -> Decimal {
        let adds = self.ledger() || self.comparison.stated.at == Some(at);
        if adds { is - self.off } else { is + self.off }
    }

    fn one_figure(&self) -> Result<(), String> {
        let at = *self.claim.cells.first().ok_or("no cell is named")?;
        let is = self.figure(at).unwrap_or_default();
        let would_be = self.would_be(at, is);
        self.rule(is, would_be)?;
        let mut edits = vec![(at, Some(would_be))];
        edits.extend(self.year_beside(at, would_be - is));
        self.close(&edits)
    }

    /// The rule that a cause names, worked out from the two figures.
    fn rule(&self, is: Decimal, would_be: Decimal) -> Result<(), String> {
        let ok = match self.claim.cause {
            "digits-swapped" => {
                let sorted = |amount: Decimal| {
                    let mut digits: Vec<u8> = format!("{:.5}", amount.abs()).bytes().collect();
                    digits.sort_unstable();
                    digits
                };
                sorted(is) == sorted(would_be)
                    && (is - would_be).abs().normalize().mantissa() % 9 == 0
                    && self.names(&[is, would_be])
            }
            "wrong-sign" => is == -would_be && self.names(&[is.abs()]),
            "wrong-unit" => {
                let ratio = if is.abs() > would_be.abs() { is / would_be } else { would_be / is };
                let whole = ratio.round();
                [10, 100, 1_000, 1_000_000].contains(&whole.to_i64().unwrap_or(0))
                    && self.names(&[is, would_be])
            }
            "vat-in-or-out" => {
                let rate = Decimal::new(12, 1);
                let near = |a: Decimal, b: Decimal| (a - b).abs() <= Decimal::new(51, 2);
                (near(is, would_be * rate) || near(would_be, is * rate)) && self.names(&[is, would_be])
            }
            "instalment-missing" => {
                is.is_zero()
                    || (1..4).any(|paid| would_be * Decimal::from(paid) == is * Decimal::from(4))
                    || self.comparison.expected.amount == Some(would_be)
            }
            "counted-twice" => would_be.is_zero() || would_be + would_be == is,
            "hidden-row-counted" | "outside-the-year" => would_be.is_zero(),
            "committed-counted" | "cumulative-figures" => would_be < is,
            _ => false,
        };
        ok.then_some(()).ok_or_else(|| format!("{is} and {would_be} do not fit"))
    }

    fn names(&self, amounts: &[Decimal]) -> bool {
        amounts.iter().all(|amount| self.claim.words.contains(&pounds(*amount)))
    }

    /// Where a quarter changes, the year of its row changes with it.
    fn year_beside(&self, at: Origin, by: Decimal) -> Option<(Origin, Option<Decimal>)> {
        let stated = self.comparison.stated.at.into_iter();
        let year = stated.chain(self.comparison.addends.iter().copied()).find(|year| {
            year.file == at.file
                && year.sheet == at.sheet
                && year.cell.row == at.cell.row
                && year.cell.column == 5
        })?;
        (self.ledger() && at != year && at.cell.column < 5)
            .then(|| (year, self.figure(year).map(|is| is + by)))
    }

    /// Several figures, each as another comparison says.
    fn several(&self) -> Result<(), String> {
        let mut rest = self.off;
        for at in &self.claim.cells {
            let said =
                self.consolidated.comparisons.iter().filter(|other| !std::ptr::eq(*other, self.comparison));
            let moved: Vec<Decimal> = said
                .filter_map(|other| other.explanations.first().map(|first| (other, first)))
                .filter(|(_, first)| first.cells.first() == Some(at) || first.cells.contains(at))
                .map(|(_, first)| first.explains.abs())
                .collect();
            if moved.is_empty() {
                return Err(format!("nothing is said of {}", at.cell));
            }
            let sum = moved
                .iter()
                .find(|moved| **moved == rest.abs())
                .or(moved.first())
                .copied()
                .unwrap_or_default();
            rest = if (rest - sum).abs() < (rest + sum).abs() { rest - sum } else { rest + sum };
        }
        if self.claim.cells.len() == 1 && !rest.is_zero() {
            return Err(format!("{rest} is left"));
        }
        Ok(())
    }

    /// Quarters that hold the year so far become quarters.
    fn accumulated(&self) -> Result<(), String> {
        let mut edits: Edits = Vec::new();
        let mut before = Decimal::ZERO;
        for at in &self.claim.cells {
            let is = self.figure(*at).ok_or("no figure stands there")?;
            edits.push((*at, Some(is - before)));
            before = is;
        }
        if self.ledger() {
            let year =
                self.comparison.stated.at.or(self.comparison.addends.first().copied()).ok_or("no year")?;
            edits.push((year, Some(before)));
        }
        self.close(&edits)
    }

    fn last_year(&self) -> Result<(), String> {
        let Scope::Partner(partner) = self.comparison.scope else { return Err("nobody's".to_owned()) };
        let line = self.comparison.line.split(" · ").next().unwrap_or_default().to_owned();
        let was = self.board.earlier.get(&(usize::from(partner.0), line)).ok_or("there is no last year")?;
        for at in &self.claim.cells {
            let is = self.figure(*at);
            if is != was.get(usize::from(at.cell.column) - 1).map(|amount| in_pounds(*amount)) {
                return Err(format!("{} is not last year's", at.cell));
            }
        }
        Ok(())
    }

    fn without_the_replaced(&self) -> Result<(), String> {
        let mut board = self.board.clone();
        board.returns.retain(|own| !self.claim.words.contains(&format!("{},", own.file())));
        self.agrees(&board)
    }

    /// The figures that are named come to the difference.
    fn named_sum(&self) -> Result<(), String> {
        let total = self.comparison.stated.at;
        let named = self.claim.cells.iter().filter(|at| Some(**at) != total);
        let sum: Decimal = named.filter_map(|at| self.figure(*at)).sum();
        let typed = self.claim.words.contains("was typed");
        let unlike = self.claim.words.contains("unlike its neighbours");
        if sum.abs() != self.off.abs() && !typed && !unlike {
            return Err(format!("what is named comes to {sum}"));
        }
        let (Some(at), Some(stated)) = (total, self.comparison.stated.amount) else { return Ok(()) };
        self.close(&[(at, Some(stated - self.off))])
    }

    /// The amount is one that stands elsewhere: on another line, in another's return, or in words.
    fn known_amount(&self) -> Result<(), String> {
        let ledger = self.board.ledger.iter().flatten().map(|(_, amounts)| in_pounds(amounts[4]));
        let typed = self.claim.cells.iter().filter_map(|at| self.figure(*at));
        let mut known = ledger.chain(typed);
        let noted = self
            .board
            .returns
            .iter()
            .flat_map(|own| &own.rows)
            .any(|row| self.claim.words.contains(&row.note) && !row.note.is_empty());
        let size = self.off.abs();
        (noted || known.any(|amount| amount == size))
            .then_some(())
            .ok_or_else(|| format!("{size} is not known anywhere"))
    }

    /// Another line of the partner is out by as much the other way.
    fn the_other_way(&self) -> Result<(), String> {
        let mut lines =
            self.consolidated.comparisons.iter().filter(|other| {
                other.control == self.comparison.control && other.scope == self.comparison.scope
            });
        lines
            .any(|other| other.outcome.difference() == Some(-self.off))
            .then_some(())
            .ok_or_else(|| "no line is out the other way".to_owned())
    }

    /// Writes figures over cells and reads the partner's files again.
    fn close(&self, edits: &[(Origin, Option<Decimal>)]) -> Result<(), String> {
        let mut board = self.board.clone();
        let mut by_file: BTreeMap<String, Edits> = BTreeMap::new();
        for (at, amount) in edits {
            by_file
                .entry(self.consolidated.places.file(at.file).to_owned())
                .or_default()
                .push((*at, *amount));
        }
        for own in &mut board.returns {
            for (at, amount) in by_file.remove(&own.file()).unwrap_or_default() {
                let amount = amount.and_then(|amount| (amount * Decimal::from(POUND)).to_i64());
                own.edits.insert(("Spend".to_owned(), at.cell.row, at.cell.column), amount);
            }
        }
        self.agrees(&board)
    }

    fn agrees(&self, board: &Board) -> Result<(), String> {
        let Scope::Partner(partner) = self.comparison.scope else { return Err("nobody's".to_owned()) };
        let again = judge::merge(self.round, &judge::files(board, Some(usize::from(partner.0))));
        let same = |one: &&Comparison| {
            one.control == self.comparison.control
                && one.scope == self.comparison.scope
                && one.line == self.comparison.line
        };
        match again.comparisons.iter().find(same).map(|one| &one.outcome) {
            // The second of two steps leaves what the first accounts for.
            Some(Outcome::Differs { difference }) if *difference != self.first => {
                Err(format!("{difference} is left when it is applied"))
            }
            // Rows that agree are not listed.
            _ => Ok(()),
        }
    }
}

fn in_pounds(amount: i64) -> Decimal {
    Decimal::new(amount, 5).normalize()
}

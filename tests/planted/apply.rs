//! Claims applied to the figures: a claim that says it leaves nothing has to close the difference when what it says is
//! done to the files and they are read again. What it says of figures is worked out here a second time.

#[path = "proofs.rs"]
mod proofs;

use crate::board::{Board, POUND};
use crate::judge;
use quarterday::model::{Comparison, Consolidated, Evidence, Explanation, Origin, Outcome, Scope, pounds};
use quarterday::round::Round;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

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
            // Of a row that is held against last year's nothing more is claimed than that it is the same.
            "prior-year" if !self.ledger() => self.last_year(),
            "prior-year" => self.last_year().and_then(|()| self.this_year()),
            "replaced-return" => self.without_the_replaced(),
            "left-out" | "no-return" if self.ledger() => {
                let nothing = self.comparison.stated.amount.is_none_or(|amount| amount.is_zero());
                if nothing { self.as_in_the_ledger() } else { Err("there is an amount".to_owned()) }
            }
            "formula-at-fault" | "left-out" | "text-in-total" | "hidden-row-counted" | "counted-twice" => {
                self.another_total()
            }
            "other-stream" | "two-partners-on-one-line" => self.without_the_other(),
            "wrong-line" => self.moved(),
            "rounding" => self.to_the_penny(),
            "one-sided-recharge" => self.on_both_sides(),
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

    /// Several figures, each changed to what another comparison says of it, all at once.
    fn several(&self) -> Result<(), String> {
        let mut sums: Vec<(Decimal, Edits)> = vec![(Decimal::ZERO, Vec::new())];
        for at in &self.claim.cells {
            let is = self.figure(*at).unwrap_or_default();
            let mut would_be: Vec<Decimal> = Vec::new();
            for other in
                self.consolidated.comparisons.iter().filter(|one| !std::ptr::eq(*one, self.comparison))
            {
                let Some(off) = other.outcome.difference() else { continue };
                let total = other.stated.at == Some(*at);
                let closes = |one: &&Explanation| one.remains.is_zero() && one.evidence != Evidence::Possible;
                let said = other.explanations.iter().filter(closes);
                if said.filter(|one| total || one.cells.first() == Some(at)).count() == 0 {
                    continue;
                }
                let adds = judge::control(self.round, other) == "against-ledger" || total;
                let change = if adds { is - off } else { is + off };
                if !would_be.contains(&change) {
                    would_be.push(change);
                }
            }
            if would_be.is_empty() {
                return Err(format!("nothing is said of {}", at.cell));
            }
            let adds = self.ledger() || self.comparison.stated.at == Some(*at);
            let longer = sums.iter().flat_map(|(sum, edits)| {
                would_be.iter().map(move |change| {
                    let by = if adds { is - change } else { change - is };
                    let mut edits = edits.clone();
                    edits.push((*at, Some(*change)));
                    (sum + by, edits)
                })
            });
            sums = longer.take(1_000).collect();
        }
        let closing = sums.into_iter().find(|(sum, _)| *sum == self.off);
        let (_, mut edits) = closing.ok_or("what is said of them does not come to it")?;
        let years: Vec<_> = edits
            .iter()
            .filter_map(|(at, change)| {
                self.year_beside(*at, (*change)? - self.figure(*at).unwrap_or_default())
            })
            .collect();
        edits.extend(years);
        self.close(&edits)
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

    /// Writes a figure over a cell.
    fn write(&self, board: &mut Board, at: Origin, pounds: Option<Decimal>) {
        let file = self.consolidated.places.file(at.file);
        let amount = pounds.and_then(|amount| (amount * Decimal::from(POUND)).to_i64());
        if let Some(own) = board.returns.iter_mut().find(|own| own.file() == file) {
            own.edits.insert(("Spend".to_owned(), at.cell.row, at.cell.column), amount);
        }
    }

    /// Writes figures over cells and reads the partner's files again.
    fn close(&self, edits: &[(Origin, Option<Decimal>)]) -> Result<(), String> {
        let mut board = self.board.clone();
        for (at, amount) in edits {
            self.write(&mut board, *at, *amount);
        }
        self.agrees(&board)
    }

    fn agrees(&self, board: &Board) -> Result<(), String> {
        let Scope::Partner(partner) = self.comparison.scope else { return Err("nobody's".to_owned()) };
        self.agrees_in(board, self.comparison, Some(usize::from(partner.0)), self.first)
    }

    /// True if a comparison agrees once files are read again, or leaves what an earlier step accounts for.
    fn agrees_in(
        &self,
        board: &Board,
        comparison: &Comparison,
        of: Option<usize>,
        left: Decimal,
    ) -> Result<(), String> {
        let again = judge::merge(self.round, &judge::files(board, of));
        let same = |one: &&Comparison| {
            one.control == comparison.control && one.scope == comparison.scope && one.line == comparison.line
        };
        match again.comparisons.iter().find(same).map(|one| &one.outcome) {
            Some(Outcome::Agrees | Outcome::WithinRounding { .. }) if left.is_zero() => Ok(()),
            Some(Outcome::Differs { difference }) if *difference == left => Ok(()),
            Some(other) => Err(format!("{other:?} when it is applied, {left} was to be left")),
            // Rows that agree are counted and not listed: there has to be one more of them.
            None if left.is_zero() => {
                let agreeing =
                    |found: &Consolidated| found.tallies[comparison.control][..2].iter().sum::<u32>();
                let before = judge::merge(self.round, &judge::files(self.board, of));
                if agreeing(&again) > agreeing(&before) {
                    Ok(())
                } else {
                    Err("it is gone when it is applied".to_owned())
                }
            }
            None => Err(format!("nothing is left when it is applied, {left} was to be")),
        }
    }
}

fn in_pounds(amount: i64) -> Decimal {
    Decimal::new(amount, 5).normalize()
}

//! A mutant in the making: what was changed, what must be answered, and what must come out.

use super::bases::Base;
use super::clean::{Column, Id, Kind, Look, Place, Return, Role};
use super::dice::Dice;
use crate::support::cells::Cell;
use std::collections::{BTreeMap, BTreeSet};

/// A place of the changed return, whatever its address will be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spot {
    Cell(Id, Id),
    /// The first filled cell of a row.
    Row(Id),
    Head(Id),
    Sheet(Id),
    File,
    /// At any cell of the changed return.
    InFile,
    /// As findings show it.
    Words(String),
    /// Anywhere on a sheet of the changed return, or at its headings.
    On(Id),
    /// Anywhere.
    Any,
}

/// What must come of a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Want {
    Is(String),
    Blank,
    /// Held as it was typed, whatever that is shown as.
    Held,
}

/// What must come of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    Held,
    /// It is not in the file any more.
    Gone,
}

/// What must come of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum State {
    #[default]
    Accepted,
    /// None of its rows is merged.
    Unused,
}

/// A finding that must be made.
#[derive(Debug, Clone)]
pub struct Answer {
    pub code: &'static str,
    pub check: &'static str,
    pub severity: &'static str,
    pub spot: Spot,
}

/// A finding that may be made: it follows from what was changed.
#[derive(Debug, Clone)]
pub struct Aside {
    pub check: &'static str,
    pub spot: Spot,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Claim {
    Cell(Id, Id),
    RowUsed(Id),
    Row(Id),
    ColumnUsed(Id),
    Column(Id),
    Name(String),
}

/// A mutant.
#[derive(Clone)]
pub struct Mutant<'b> {
    pub base: &'b Base,
    /// The changed return, its companions, and what was added.
    pub returns: Vec<Return>,
    pub states: Vec<State>,
    /// What each clean return must become.
    pub truths: Vec<BTreeMap<(Id, &'static str), String>>,
    /// What must come of changed cells of the first return.
    pub wants: BTreeMap<(Id, &'static str), Want>,
    pub fates: BTreeMap<Id, Fate>,
    pub answers: Vec<Answer>,
    pub asides: Vec<Aside>,
    /// Files beside the returns that are no returns: name and bytes.
    pub others: Vec<(String, Vec<u8>)>,
    /// What was applied: the item of the catalogue and the operator.
    pub applied: Vec<(&'static str, &'static str)>,
    claims: BTreeSet<Claim>,
    code: &'static str,
}

impl<'b> Mutant<'b> {
    /// The clean round.
    pub fn new(base: &'b Base) -> Self {
        Self {
            base,
            returns: base.returns.clone(),
            states: vec![State::Accepted; base.returns.len()],
            truths: base.returns.iter().map(Return::truth).collect(),
            wants: BTreeMap::new(),
            fates: BTreeMap::new(),
            answers: Vec::new(),
            // Not every partner of the schema is in a base: some of its controls test nothing.
            asides: vec![Aside { check: "unused-control", spot: Spot::Words("returns".to_owned()) }],
            others: Vec::new(),
            applied: Vec::new(),
            claims: BTreeSet::new(),
            code: "",
        }
    }

    /// Says which item of the catalogue is applied next.
    pub fn begin(&mut self, code: &'static str) {
        self.code = code;
    }

    /// The changed return.
    pub fn own(&mut self) -> &mut Return {
        &mut self.returns[0]
    }

    /// Takes a name that only one operator may have; false if it is taken.
    pub fn claim(&mut self, name: &str) -> bool {
        self.claims.insert(Claim::Name(name.to_owned()))
    }

    pub fn is_claimed(&self, name: &str) -> bool {
        self.claims.contains(&Claim::Name(name.to_owned()))
    }

    fn is_free(&self, place: Place) -> bool {
        ![Claim::Cell(place.row, place.column), Claim::Row(place.row), Claim::Column(place.column)]
            .iter()
            .any(|claim| self.claims.contains(claim))
    }

    /// Takes a cell; false if another operator has it, its row or its column.
    pub fn claim_cell(&mut self, place: Place) -> bool {
        if !self.is_free(place) {
            return false;
        }
        self.claims.insert(Claim::Cell(place.row, place.column));
        self.claims.insert(Claim::RowUsed(place.row));
        self.claims.insert(Claim::ColumnUsed(place.column));
        true
    }

    /// Takes a row with everything in it.
    pub fn claim_row(&mut self, row: Id) -> bool {
        let free = !self.claims.contains(&Claim::RowUsed(row)) && !self.claims.contains(&Claim::Row(row));
        if free {
            self.claims.insert(Claim::Row(row));
            self.claims.insert(Claim::RowUsed(row));
        }
        free
    }

    /// Takes a column with everything in it.
    pub fn claim_column(&mut self, column: Id) -> bool {
        let free = !self.claims.contains(&Claim::ColumnUsed(column))
            && !self.claims.contains(&Claim::Column(column))
            && !self.is_claimed(&format!("heading {column}"));
        if free {
            self.claims.insert(Claim::Column(column));
            self.claims.insert(Claim::ColumnUsed(column));
        }
        free
    }

    /// Chooses and takes a data cell of tables and forms that meets a condition.
    pub fn cell(&mut self, dice: &mut Dice, fits: impl Fn(&Place, Option<&Cell>) -> bool) -> Option<Place> {
        let own = &self.returns[0];
        let places = own.places();
        let fitting: Vec<Place> = places
            .into_iter()
            .filter(|place| self.is_free(*place) && fits(place, own.cell(*place)))
            .collect();
        let place = dice.pick(&fitting)?;
        self.claim_cell(place).then_some(place)
    }

    /// The same for filled cells of a kind in tables.
    pub fn filled(&mut self, dice: &mut Dice, kind: Kind) -> Option<Place> {
        self.cell(dice, |place, cell| place.kind == kind && cell.is_some() && place.table != "cover")
    }

    /// Chooses a column of a table (sheet, block, column) that meets a condition and takes it, heading only.
    pub fn heading(
        &mut self,
        dice: &mut Dice,
        fits: impl Fn(&'static str, &Column) -> bool,
    ) -> Option<(usize, usize, Id)> {
        let mut fitting = Vec::new();
        for (sheet, own) in self.returns[0].sheets.iter().enumerate() {
            for (block, tabled) in own.blocks.iter().enumerate().filter(|(_, block)| !block.form) {
                let columns = tabled.columns.iter().filter(|column| fits(tabled.table, column));
                fitting.extend(columns.map(|column| (sheet, block, column.id)));
            }
        }
        fitting.retain(|(.., column)| {
            !self.is_claimed(&format!("heading {column}")) && !self.claims.contains(&Claim::Column(*column))
        });
        let found = dice.pick(&fitting)?;
        self.claim(&format!("heading {}", found.2)).then_some(found)
    }

    /// Chooses a data row of a table in rows and takes it: sheet, block, row.
    pub fn any_row(
        &mut self,
        dice: &mut Dice,
        fits: impl Fn(&'static str, usize) -> bool,
    ) -> Option<(usize, usize, Id)> {
        let mut fitting = Vec::new();
        for (sheet, own) in self.returns[0].sheets.iter().enumerate() {
            for (block, tabled) in own.blocks.iter().enumerate().filter(|(_, block)| !block.form) {
                let rows: Vec<Id> =
                    tabled.rows.iter().filter(|row| row.role == Role::Data).map(|row| row.id).collect();
                if fits(tabled.table, rows.len()) {
                    fitting.extend(rows.into_iter().map(|row| (sheet, block, row)));
                }
            }
        }
        let found = dice.pick(&fitting)?;
        self.claim_row(found.2).then_some(found)
    }

    pub fn look(&mut self, sheet: usize, look: Look) {
        self.own().sheets[sheet].looks.push(look);
    }

    /// Expects a finding.
    pub fn answer(&mut self, check: &'static str, severity: &'static str, spot: Spot) {
        let code = self.code;
        self.answers.push(Answer { code, check, severity, spot });
    }

    /// Allows a finding that follows from the change.
    pub fn aside(&mut self, check: &'static str, spot: Spot) {
        self.asides.push(Aside { check, spot });
    }

    pub fn want(&mut self, place: Place, want: Want) {
        self.wants.insert((place.row, place.field), want);
    }

    /// Sets a cell, what must come of it, and the finding at it.
    pub fn typed(
        &mut self,
        place: Place,
        cell: Cell,
        want: Want,
        check: &'static str,
        severity: &'static str,
    ) {
        self.own().set(place, cell);
        self.want(place, want);
        self.answer(check, severity, Spot::Cell(place.row, place.column));
    }

    /// What stands in a cell of the same row in another field; the table's own names.
    pub fn beside(&self, place: Place, field: &str) -> Option<Place> {
        self.returns[0].places().into_iter().find(|other| other.row == place.row && other.field == field)
    }

    pub fn value(&self, place: Place) -> Option<Cell> {
        self.returns[0].cell(place).cloned()
    }
}

//! One control before one return, and what comes of it.

use super::figure::{Cast, Figure, TOO_LARGE, figure, judge, why_blocked};
use super::part::Part;
use super::words;
use crate::model::{
    Cell, Comparison, Money, Origin, Outcome, PartnerId, Record, Scope, Side, Submission, Table,
};
use crate::round::Round;
use crate::schema::{Control, Field, Role, TableSchema};

/// One control before one return.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scene<'a> {
    pub(super) round: &'a Round,
    pub(super) submission: &'a Submission,
    /// The control's place in the schema.
    pub(super) index: usize,
    pub(super) control: &'a Control,
    /// The table that the control is about.
    pub(super) schema: &'a TableSchema,
}

impl<'a> Scene<'a> {
    /// The tables of the return that the control is about.
    pub(super) fn tables(&self) -> impl Iterator<Item = &'a Table> + use<'a> {
        let wanted = self.control.table;
        self.submission.tables.iter().filter(move |table| table.table == wanted)
    }

    /// A field of the control's table.
    pub(super) fn field(&self, field: usize) -> &'a Field {
        &self.schema.fields[field]
    }

    /// The partner that sent the return.
    pub(super) fn sender(&self) -> Option<PartnerId> {
        self.submission.identity.partner
    }

    /// Whose figures the return's are.
    pub(super) fn scope(&self) -> Scope {
        self.sender().map_or(Scope::Round, Scope::Partner)
    }

    /// Tells rows of this board from those that say they are for another: these are held, and in no sum of this board.
    pub(super) fn ours(&self) -> impl Fn(&Record) -> bool + use<'a> {
        let (round, schema) = (self.round, self.schema);
        let board = schema.role(Role::Board);
        move |record| {
            let Some(field) = board else { return true };
            let part = Part::of(record.cells.get(field));
            let is = |name: &str| part.is(name, &schema.fields[field], round);
            part.is_unnamed() || is(&round.code) || is(&round.board)
        }
    }

    /// The first of some columns that is not there although it must be.
    pub(super) fn missing(&self, table: &Table, fields: &[usize]) -> Option<&'a Field> {
        let fields = fields.iter().map(|&field| (field, self.field(field)));
        fields
            .filter(|(_, field)| field.constraints.required && !field.computed)
            .find(|(place, _)| !has_column(table, *place))
            .map(|(_, field)| field)
    }

    /// A stated cell against what was added up.
    pub(super) fn compare(&self, line: String, stated: &Cell, field: &Field, cast: Cast) -> Comparison {
        let mut side = Side { amount: None, at: Some(stated.at), ledger_line: None };
        let mut expected = Side::default();
        if cast.is_whole() {
            expected.amount = cast.pounds();
        }
        let outcome = match figure(stated) {
            Figure::Amount(total) => {
                side.amount = Some(total.pounds);
                self.outcome(total, &cast)
            }
            Figure::Blank | Figure::Blocked => {
                let mut blocked_by = cast.blocked.clone();
                blocked_by.push(stated.at);
                let first = cast.why.as_ref().map(|why| format!("{why} ")).unwrap_or_default();
                Outcome::Untestable { blocked_by, why: first + &why_blocked(stated, field) }
            }
        };
        self.comparison(line, side, expected, cast.addends, outcome)
    }

    /// A comparison that could not be made for want of a column.
    pub(super) fn without_column(&self, line: String, field: &Field) -> Comparison {
        let why = super::figure::no_column(field);
        let outcome = Outcome::Untestable { blocked_by: Vec::new(), why };
        self.comparison(line, Side::default(), Side::default(), Vec::new(), outcome)
    }

    /// A comparison of this control and partner.
    pub(super) fn comparison(
        &self,
        line: String,
        stated: Side,
        expected: Side,
        addends: Vec<Origin>,
        outcome: Outcome,
    ) -> Comparison {
        Comparison {
            explanations: Vec::new(),
            limit: None,
            control: self.index,
            scope: self.scope(),
            line,
            stated,
            expected,
            addends,
            note: None,
            outcome,
        }
    }

    fn outcome(&self, total: Money, cast: &Cast) -> Outcome {
        if let Some(why) = &cast.why {
            return Outcome::Untestable { blocked_by: cast.blocked.clone(), why: why.clone() };
        }
        match cast.pounds() {
            Some(sum) => judge(total.pounds, sum, self.control.tolerance, cast.allowed(total)),
            None => Outcome::Untestable { blocked_by: Vec::new(), why: TOO_LARGE.to_owned() },
        }
    }

    /// What is compared, in words: the record, then the column.
    pub(super) fn line(&self, record: &Record, field: usize) -> String {
        let column = words::lower_first(&self.field(field).title);
        match words::record(self.round, self.schema, record) {
            Some(name) => format!("{name} · {column}"),
            None => format!("Row {} · {column}", record.at.cell.row.saturating_add(1)),
        }
    }
}

/// True if the table has a column (or another source) for a field.
pub(super) fn has_column(table: &Table, field: usize) -> bool {
    table.layout.columns.get(field).is_some_and(Option::is_some)
}

/// Most comparisons of one kind that one return lists for one control; the rest are counted only.
const MOST_COMPARISONS: usize = 2_000;

/// What comes of one control.
#[derive(Debug, Clone, Default)]
pub(super) struct Results {
    /// What is listed.
    pub(super) comparisons: Vec<Comparison>,
    /// How all came out, listed or not: agrees, rounding, differs, could not test.
    pub(super) tally: [u32; 4],
    untestable: usize,
    testable: usize,
    unlisted: u32,
}

impl Results {
    /// Counts an agreeing row, which is not listed.
    pub(super) fn agrees(&mut self) {
        self.tally[0] += 1;
    }

    /// Takes a comparison of one row: listed unless it agrees.
    pub(super) fn row(&mut self, comparison: Comparison) {
        if comparison.outcome == Outcome::Agrees {
            self.agrees();
        } else {
            self.list(comparison);
        }
    }

    /// Takes a comparison that is always listed.
    pub(super) fn list(&mut self, comparison: Comparison) {
        let place = place(&comparison.outcome);
        self.tally[place] = self.tally[place].saturating_add(1);
        let listed = if place == 3 { &mut self.untestable } else { &mut self.testable };
        *listed += 1;
        if *listed > MOST_COMPARISONS {
            self.unlisted += 1;
        } else {
            self.comparisons.push(comparison);
        }
    }

    /// Ends the list, saying how many are not on it.
    pub(super) fn finish(mut self) -> Self {
        if self.unlisted > 0
            && let Some(last) = self.comparisons.last_mut()
        {
            last.note = Some(format!("{} more of this return are counted but not listed.", self.unlisted));
        }
        self
    }
}

/// Place of an outcome in a tally.
pub(super) fn place(outcome: &Outcome) -> usize {
    match outcome {
        Outcome::Agrees => 0,
        Outcome::WithinRounding { .. } => 1,
        Outcome::Differs { .. } => 2,
        Outcome::Untestable { .. } => 3,
    }
}

/// Place of a scope in lists: partners in their order, then the whole round.
pub(super) fn order(scope: Scope) -> u32 {
    match scope {
        Scope::Partner(partner) => u32::from(partner.0),
        Scope::Round => u32::MAX,
    }
}

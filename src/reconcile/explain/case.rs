//! One difference, with the figures that it is made of.

mod book;

pub(super) use book::{Book, Other, Others};

use super::workings::{Figure, Grid, Line, Workings};
use crate::model::{Comparison, FileId, Origin, PartnerId, Places, Scope, SheetId, pounds};
use crate::reconcile::controls::line_in_words;
use crate::reconcile::words::{lower_first, partner_name};
use crate::round::{LedgerLine, Round};
use crate::schema::{Control, ControlKind, TableSchema};
use rust_decimal::Decimal;

/// Most figures of a difference that are looked at one by one.
pub(super) const MOST_TERMS: usize = 500;

/// One difference.
#[derive(Debug)]
pub(super) struct Case<'a> {
    pub(super) round: &'a Round,
    pub(super) places: &'a Places,
    pub(super) control: &'a Control,
    pub(super) schema: &'a TableSchema,
    pub(super) comparison: &'a Comparison,
    /// Stated less expected, pounds; never nought.
    pub(super) difference: Decimal,
    /// The figures of the returns that it is in.
    pub(super) workings: Vec<&'a Workings>,
    pub(super) terms: Vec<Term<'a>>,
    /// For a comparison with the ledger, what is known of the line.
    pub(super) book: Option<Book<'a>>,
    /// The lines of the ledger that rows are held against.
    pub(super) rows: &'a LedgerRows<'a>,
}

/// The rows that are the only ones on a line of the ledger, in order, each with its control and the places of its lines.
#[derive(Debug, Default)]
pub(super) struct LedgerRows<'a> {
    rows: Vec<(RowAt, usize, &'a [usize])>,
}

/// File, sheet and row.
pub(super) type RowAt = (FileId, SheetId, u32);

impl<'a> LedgerRows<'a> {
    /// Takes them in any order; of several about one row the last counts.
    pub(super) fn new(mut rows: Vec<(RowAt, usize, &'a [usize])>) -> Self {
        rows.reverse();
        rows.sort_by_key(|(at, ..)| *at);
        rows.dedup_by_key(|(at, ..)| *at);
        Self { rows }
    }

    fn get(&self, at: RowAt) -> Option<(usize, &'a [usize])> {
        let place = self.rows.binary_search_by_key(&at, |(at, ..)| *at).ok()?;
        self.rows.get(place).map(|(_, control, lines)| (*control, *lines))
    }
}

/// One figure of the difference.
#[derive(Debug, Clone, Copy)]
pub(super) struct Term<'a> {
    /// The return that it stands in.
    pub(super) own: &'a Workings,
    pub(super) grid: &'a Grid,
    pub(super) line: &'a Line,
    pub(super) figure: &'a Figure,
    /// Where it stands in the difference.
    pub(super) side: Side,
    /// True if it counts through a total of its row that agrees with the figures across.
    pub(super) through: bool,
}

/// Where a figure stands in a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// It is the stated figure or adds to it.
    Adds,
    /// It adds to what the stated figure must equal.
    TakesOff,
}

impl Term<'_> {
    /// What the figure would have to be for the difference to be gone.
    pub(super) fn would_be(&self, difference: Decimal) -> Option<Decimal> {
        match self.side {
            Side::Adds => self.figure.pounds.checked_sub(difference),
            Side::TakesOff => self.figure.pounds.checked_add(difference),
        }
    }
}

impl<'a> Case<'a> {
    /// Takes a comparison that differs apart. `None` if it agrees or is not about money.
    pub(super) fn new(
        round: &'a Round,
        places: &'a Places,
        comparison: &'a Comparison,
        workings: Vec<&'a Workings>,
        book: Option<Book<'a>>,
        rows: &'a LedgerRows<'a>,
    ) -> Option<Self> {
        let difference = comparison.outcome.difference().filter(|off| !off.is_zero())?;
        let control = round.schema.controls.get(comparison.control)?;
        let schema = round.schema.tables.get(control.table)?;
        let mut case = Self {
            round,
            places,
            control,
            schema,
            comparison,
            difference,
            workings,
            terms: Vec::new(),
            book,
            rows,
        };
        case.terms = case.find_terms()?;
        Some(case)
    }

    fn find_terms(&self) -> Option<Vec<Term<'a>>> {
        let (stated, addends) = match &self.control.kind {
            ControlKind::Ledger { .. } => (Side::Adds, Side::Adds),
            ControlKind::CrossFooting { .. }
            | ControlKind::Footing { .. }
            | ControlKind::CrossCast { .. }
            | ControlKind::YearToDate { .. }
            | ControlKind::RollForward { .. }
            | ControlKind::RollUp { .. } => (Side::Adds, Side::TakesOff),
            // Nothing is added up, but the files may show why it differs.
            ControlKind::Named(given) if matches!(given.kind, "recharge-pairs" | "prior-year") => {
                return Some(Vec::new());
            }
            // The others do not add figures up.
            _ => return None,
        };
        let less: &[usize] = match &self.control.kind {
            ControlKind::RollForward { less, .. } => less,
            _ => &[],
        };
        let cells = self.comparison.stated.at.iter().map(|at| (*at, stated));
        let cells = cells.chain(self.comparison.addends.iter().map(|at| (*at, addends)));
        let mut terms = Vec::new();
        for (at, side) in cells.take(MOST_TERMS) {
            let Some((own, grid, line, figure)) = self.find(at) else { continue };
            let side = if less.contains(&figure.field) { Side::Adds } else { side };
            terms.push(Term { own, grid, line, figure, side, through: false });
        }
        if matches!(self.control.kind, ControlKind::Ledger { .. }) {
            let through: Vec<_> = terms.iter().flat_map(|term| self.through(term)).collect();
            terms.extend(through);
        }
        Some(terms)
    }

    /// The figure in a cell, with its row, its table and its return.
    pub(super) fn find(&self, at: Origin) -> Option<(&'a Workings, &'a Grid, &'a Line, &'a Figure)> {
        self.workings.iter().find_map(|own| {
            let (grid, line, figure) = own.at(at)?;
            Some((*own, grid, line, figure))
        })
    }

    /// The figures across a row that add exactly to a figure of it.
    fn through(&self, term: &Term<'a>) -> Vec<Term<'a>> {
        let parts: Vec<&'a Figure> = self
            .across(term.grid.table, term.figure.field)
            .into_iter()
            .filter_map(|field| term.line.figures.iter().find(|figure| figure.field == field))
            .collect();
        let sum = parts.iter().try_fold(Decimal::ZERO, |sum, part| sum.checked_add(part.pounds));
        if parts.len() < 2 || sum != Some(term.figure.pounds) {
            return Vec::new();
        }
        parts.into_iter().map(|figure| Term { figure, through: true, ..*term }).collect()
    }

    /// The fields across a row that must add to a field of it.
    pub(super) fn across(&self, table: usize, total: usize) -> Vec<usize> {
        let controls = self.round.schema.controls.iter().filter(|control| control.table == table);
        let mut found = controls.filter_map(|control| match &control.kind {
            ControlKind::CrossFooting { sums, total: of } if *of == total => Some(sums.clone()),
            ControlKind::YearToDate { quarters, to_date } if *to_date == total => Some(quarters.clone()),
            _ => None,
        });
        found.next().unwrap_or_default()
    }

    /// The fields that add up to a total of their row together with this one.
    pub(super) fn beside(&self, table: usize, field: usize) -> Vec<usize> {
        let controls = self.round.schema.controls.iter().filter(|control| control.table == table);
        let mut found = controls.filter_map(|control| match &control.kind {
            ControlKind::CrossFooting { sums, .. } if sums.contains(&field) => Some(sums.clone()),
            ControlKind::YearToDate { quarters, .. } if quarters.contains(&field) => Some(quarters.clone()),
            _ => None,
        });
        found.next().unwrap_or_default()
    }

    /// What the ledger has for a field of the row of a cell: its figure for the line, less what other rows on the line have.
    pub(super) fn ledger_figure(&self, at: Origin, field: usize) -> Option<Decimal> {
        let ControlKind::Ledger { amount, column, .. } = &self.control.kind else { return None };
        let column = if field == *amount { column } else { &self.schema.fields.get(field)?.name };
        let known = in_ledger(&self.book.as_ref()?.lines, column)?;
        let is_own =
            |other: Origin| (other.file, other.sheet, other.cell.row) == (at.file, at.sheet, at.cell.row);
        let others = self.terms.iter().filter(|term| !term.through && !is_own(term.figure.at));
        let mut figures =
            others.filter_map(|term| term.line.figures.iter().find(|figure| figure.field == field));
        figures.try_fold(known, |left, figure| left.checked_sub(figure.pounds))
    }

    /// What the ledger has for a figure of a row that a line of it is held against.
    pub(super) fn known(&self, at: Origin, field: usize) -> Option<Decimal> {
        let (control, lines) = self.rows.get((at.file, at.sheet, at.cell.row))?;
        let column = match &self.round.schema.controls.get(control)?.kind {
            ControlKind::Ledger { amount, column, .. } if *amount == field => column.as_str(),
            _ => self.schema.fields.get(field)?.name.as_str(),
        };
        let amounts = lines.iter().filter_map(|place| self.round.ledger.lines.get(*place));
        sum_of(amounts.filter_map(|line| line.amounts.get(column)))
    }

    /// Another line of the ledger in words: the partner and the line.
    pub(super) fn other(&self, other: &Other) -> String {
        let Some(line) = self.round.ledger.lines.get(other.line) else { return String::new() };
        let partner = line.partner.map(|id| partner_name(self.round, id));
        let name = [partner, Some(line_in_words(self.round, self.control.table, line))];
        let name: Vec<String> = name.into_iter().flatten().filter(|part| !part.is_empty()).collect();
        name.join(", ")
    }

    /// How far rounding alone may set a line of the ledger apart from the figures on it, pounds.
    pub(super) fn rounding(&self) -> Decimal {
        // The figures that were typed in a coarser unit: the parts where they make up the row's own total.
        let through = self.terms.iter().any(|term| term.through);
        let counted = self.terms.iter().filter(|term| term.through == through && term.side == Side::Adds);
        counted.fold(Decimal::ZERO, |sum, term| sum.saturating_add(term.figure.slack()))
    }

    /// The figures of a term's row across which the row adds, in order, as far as they are filled.
    pub(super) fn quarters(&self, line: &'a Line, table: usize, total: usize) -> Vec<&'a Figure> {
        let fields = self.across(table, total);
        fields.iter().filter_map(|field| line.figures.iter().find(|figure| figure.field == *field)).collect()
    }

    /// A field's heading inside a sentence.
    pub(super) fn heading(&self, field: usize) -> String {
        self.schema.fields.get(field).map(|field| lower_first(&field.title)).unwrap_or_default()
    }

    /// A cell as short as it can be told: `L5` on the sheet of the stated figure, `Cover!C9` in its file, else in full.
    pub(super) fn cell(&self, at: Origin) -> String {
        let first = self.comparison.stated.at.or(self.comparison.addends.first().copied());
        // Where a line is added up over several files, each cell is told with its own.
        let one_file = |home: &Origin| self.comparison.addends.iter().all(|other| other.file == home.file);
        match first.filter(one_file) {
            Some(home) if home.file == at.file && home.sheet == at.sheet => at.cell.to_string(),
            Some(home) if home.file == at.file => {
                format!("{}!{}", self.places.sheet(at.file, at.sheet), at.cell)
            }
            _ => self.places.show(at),
        }
    }

    /// A figure with its cell: `£45,230 (L5)`.
    pub(super) fn figure(&self, figure: &Figure) -> String {
        format!("{} ({})", pounds(figure.pounds), self.cell(figure.at))
    }

    /// A row and one of its figures: `Staff, q1 (C5)`.
    pub(super) fn entry(&self, term: &Term<'_>) -> String {
        format!("{}, {} ({})", term.line.name, self.heading(term.figure.field), self.cell(term.figure.at))
    }

    /// Whom the difference is about.
    pub(super) fn partner(&self) -> Option<PartnerId> {
        match self.comparison.scope {
            Scope::Partner(partner) => Some(partner),
            Scope::Round => None,
        }
    }

    /// True if it is a comparison with the ledger.
    pub(super) const fn is_ledger(&self) -> bool {
        self.book.is_some()
    }

    /// True if the stated figure is a total of a column.
    pub(super) const fn is_footing(&self) -> bool {
        matches!(self.control.kind, ControlKind::Footing { .. })
    }

    /// The term of the stated figure itself, if it is one figure.
    pub(super) fn stated(&self) -> Option<&Term<'a>> {
        let mut stated = self.terms.iter().filter(|term| term.side == Side::Adds && !term.through);
        stated.next().filter(|_| stated.next().is_none())
    }

    /// The figures that the stated one must equal.
    pub(super) fn parts(&self) -> impl Iterator<Item = &Term<'a>> {
        self.terms.iter().filter(|term| term.side == Side::TakesOff)
    }
}

/// What lines of one name have in a column together; `None` if none of them has a figure.
fn in_ledger(lines: &[&LedgerLine], column: &str) -> Option<Decimal> {
    sum_of(lines.iter().filter_map(|line| line.amounts.get(column)))
}

/// The sum of amounts, pounds; `None` if there are none.
fn sum_of<'a>(amounts: impl Iterator<Item = &'a Decimal>) -> Option<Decimal> {
    amounts.copied().reduce(Decimal::saturating_add)
}

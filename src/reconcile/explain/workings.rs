//! A return's own figures, kept for as long as a difference in it has to be explained.

use crate::model::{
    Cell, ChangeKind, FileId, FormulaFault, Mentioned, Money, Origin, PartnerId, Reading, Record, SheetId,
    Submission, Table, Value,
};
use crate::reconcile::figure::{Figure as Read, figure};
use crate::reconcile::part::Part;
use crate::reconcile::words;
use crate::round::{Round, row_key};
use crate::schema::{ControlKind, FieldType, TableSchema};
use jiff::civil::Date;
use rust_decimal::Decimal;

/// Most rows of one return whose figures are kept; causes inside a longer one are looked for among its totals only.
pub(super) const MOST_ROWS: usize = 2_000;

/// The figures of one return.
#[derive(Debug, Clone)]
pub(in crate::reconcile) struct Workings {
    pub(super) file: FileId,
    pub(super) partner: Option<PartnerId>,
    pub(super) grids: Vec<Grid>,
    /// Amounts that stand in words on sheets with amounts.
    pub(super) mentions: Vec<Mentioned>,
    /// What is wrong with its formulas.
    pub(super) faults: Vec<FormulaFault>,
    /// True if the return had more rows than are kept.
    pub(super) cut: bool,
}

/// The figures of one table.
#[derive(Debug, Clone)]
pub(super) struct Grid {
    pub(super) table: usize,
    sheet: SheetId,
    pub(super) lines: Vec<Line>,
    pub(super) totals: Vec<Line>,
}

/// The figures of one row.
#[derive(Debug, Clone)]
pub(super) struct Line {
    /// What the row is called.
    pub(super) name: Box<str>,
    /// The row of its first cell, zero-based; lines are in the order of their rows.
    row: u32,
    pub(super) figures: Box<[Figure]>,
    /// Money fields of the row in which nothing stands.
    pub(super) blank: Box<[usize]>,
    pub(super) hidden: bool,
    /// For a total row: true if it is a sub-total.
    pub(super) subtotal: bool,
    /// The partners that the row names, but the sender.
    pub(super) partners: Vec<PartnerId>,
    /// What the row is called in other rounds too, where there is an earlier one.
    pub(super) key: Option<String>,
    /// When the row's amount was paid, if a control goes by that day and the row is not marked as accrued.
    pub(super) date: Option<(Date, Origin)>,
}

/// One figure.
#[derive(Debug, Clone, Copy)]
pub(super) struct Figure {
    pub(super) field: usize,
    pub(super) at: Origin,
    pub(super) pounds: Decimal,
    /// The power of ten of the unit that it is given to.
    unit: i8,
    /// True if the cell holds text that reads as an amount.
    pub(super) text: bool,
}

impl Figure {
    /// Half of the unit that it is given to, pounds.
    pub(super) fn slack(&self) -> Decimal {
        Money { pounds: self.pounds, unit: self.unit }.slack()
    }
}

impl Workings {
    /// Takes the figures out of a return.
    pub(in crate::reconcile) fn of(round: &Round, submission: &Submission) -> Self {
        let hidden = |sheet: SheetId, row: u32| {
            let beside = submission.sheets.iter().find(|used| used.sheet == sheet);
            beside.is_some_and(|used| used.hidden || used.beside.is_row_hidden(row))
        };
        let mut left = MOST_ROWS;
        let mut grids = Vec::new();
        let mut cut = false;
        for table in &submission.tables {
            let Some(schema) = round.schema.tables.get(table.table) else { continue };
            if !schema.fields.iter().any(|field| field.kind == FieldType::Money) {
                continue;
            }
            cut |= table.records.len() > left;
            let paid = Paid::of(round, table.table);
            let line = |record: &Record, name: Option<&str>, subtotal| {
                let is_hidden = hidden(table.sheet, record.at.cell.row);
                let mut line = line(round, schema, record, name, subtotal, is_hidden);
                line.partners.retain(|partner| Some(*partner) != submission.identity.partner);
                line.partners.shrink_to_fit();
                line.date = paid.as_ref().and_then(|paid| paid.day(round, schema, record));
                line
            };
            let lines: Vec<Line> =
                table.records.iter().take(left).map(|record| line(record, None, false)).collect();
            left -= lines.len();
            let totals = totals(table).map(|(record, label, sub)| line(record, Some(label), sub)).collect();
            grids.push(Grid { table: table.table, sheet: table.sheet, lines, totals });
        }
        let mentions = submission.sheets.iter().flat_map(|used| used.beside.amounts.iter().cloned());
        Self {
            file: submission.file,
            partner: submission.identity.partner,
            mentions: mentions.collect(),
            faults: submission.formula_faults.clone(),
            grids,
            cut,
        }
    }

    /// The figure in a cell, with its row and the table it is in.
    pub(super) fn at(&self, at: Origin) -> Option<(&Grid, &Line, &Figure)> {
        let here = |line: &&Line| line.figures.iter().any(|figure| figure.at == at);
        let found = self.grids.iter().filter(|grid| grid.sheet == at.sheet && self.file == at.file).find_map(
            |grid| {
                let row = grid.lines.binary_search_by_key(&at.cell.row, |line| line.row).ok();
                let row = row.and_then(|place| grid.lines.get(place)).filter(here);
                // The cells of a form stand on other rows than its first.
                let form = || grid.lines.first().filter(|_| grid.lines.len() == 1).filter(here);
                let line = row.or_else(form).or_else(|| grid.totals.iter().find(here))?;
                Some((grid, line))
            },
        );
        let (grid, line) = found?;
        Some((grid, line, line.figures.iter().find(|figure| figure.at == at)?))
    }
}

/// The field with the day of payment, and what marks a row as accrued.
struct Paid<'a> {
    date: usize,
    accrued: Option<(usize, &'a str)>,
}

impl<'a> Paid<'a> {
    /// As a control of the table declares it.
    fn of(round: &'a Round, table: usize) -> Option<Self> {
        round.schema.controls.iter().filter(|control| control.table == table).find_map(|control| {
            let ControlKind::Named(given) = &control.kind else { return None };
            let date = given.field("date").filter(|_| given.kind == "cut-off")?;
            let accrued =
                given.field("status").map(|field| (field, given.words("accrued").unwrap_or("Accrued")));
            Some(Self { date, accrued })
        })
    }

    fn day(&self, round: &Round, schema: &TableSchema, record: &Record) -> Option<(Date, Origin)> {
        let accrued = self.accrued.is_some_and(|(field, word)| {
            let spec = schema.fields.get(field);
            spec.is_some_and(|spec| Part::of(record.cells.get(field)).is(word, spec, round))
        });
        let cell = record.cells.get(self.date).filter(|_| !accrued)?;
        match cell.value() {
            Some(Value::Date(day)) => Some((day.date, cell.at)),
            _ => None,
        }
    }
}

fn totals(table: &Table) -> impl Iterator<Item = (&Record, &str, bool)> {
    table.totals.iter().map(|total| (&total.record, total.label.trim(), total.subtotal))
}

fn line(
    round: &Round,
    schema: &TableSchema,
    record: &Record,
    name: Option<&str>,
    subtotal: bool,
    hidden: bool,
) -> Line {
    let name = name.map(str::to_owned).or_else(|| words::record(round, schema, record));
    let row = record.at.cell.row;
    let (mut figures, mut blank) = (Vec::new(), Vec::new());
    let mut line = Line {
        name: name.unwrap_or_else(|| format!("row {}", row.saturating_add(1))).into(),
        row,
        figures: Box::default(),
        blank: Box::default(),
        hidden,
        subtotal,
        partners: Vec::new(),
        key: round.earlier.as_ref().and_then(|_| row_key(round, schema, record)),
        date: None,
    };
    for (field, cell) in record.cells.iter().enumerate() {
        if schema.fields.get(field).is_some_and(|field| field.kind == FieldType::Money) {
            match figure(cell) {
                Read::Amount(money) => figures.push(Figure {
                    field,
                    at: cell.at,
                    pounds: money.pounds,
                    unit: money.unit,
                    text: is_text(cell),
                }),
                Read::Blank => blank.push(field),
                Read::Blocked => {}
            }
            continue;
        }
        match cell.value() {
            Some(Value::Agency(partner)) => line.partners.push(*partner),
            Some(Value::Agencies(partners)) => line.partners.extend(partners.iter()),
            _ => {}
        }
    }
    line.figures = figures.into();
    line.blank = blank.into();
    line
}

fn is_text(cell: &Cell) -> bool {
    let as_text = |kind: &ChangeKind| matches!(kind, ChangeKind::NumberAsText);
    matches!(cell.reading, Reading::Value(_))
        && cell.change.as_ref().is_some_and(|change| as_text(&change.kind))
}

//! Formulas and figures that stand in a line: down a column of rows alike, or along a row.

use super::book::{Book, Page, Role, Value};
use super::relative;
use crate::model::CellRef;
use std::collections::BTreeMap;

/// One cell of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) at: CellRef,
    /// Its formula's form by number; `None` for a typed figure.
    pub(super) form: Option<u32>,
}

/// The lines of a sheet.
#[derive(Debug, Default)]
pub(super) struct Lines {
    /// Down the columns: data rows of a table, or rows outside tables that follow one another.
    pub(super) down: Vec<Vec<Item>>,
    /// Along the rows that have a formula.
    pub(super) along: Vec<Vec<Item>>,
    /// Where a formula stands in the lines: the line and the place in it, down and along.
    down_at: BTreeMap<CellRef, (usize, usize)>,
    along_at: BTreeMap<CellRef, (usize, usize)>,
    forms: BTreeMap<CellRef, u32>,
    /// The formulas of each column in row order, whatever the rows are.
    columns: BTreeMap<u16, Vec<CellRef>>,
}

impl Lines {
    pub(super) fn new(book: &Book<'_>, page: &Page<'_>) -> Self {
        let mut lines = Self::default();
        let mut known: BTreeMap<String, u32> = BTreeMap::new();
        for formula in &page.formulas {
            let Some(expr) = &formula.expr else { continue };
            let next = u32::try_from(known.len()).unwrap_or(u32::MAX);
            let form = *known.entry(relative::way(expr, formula.at)).or_insert(next);
            lines.forms.insert(formula.at, form);
            lines.columns.entry(formula.at.column).or_default().push(formula.at);
        }
        let sheet = &book.sheets[page.sheet];
        let mut open: BTreeMap<u16, Vec<Item>> = BTreeMap::new();
        for (row, cells) in sheet.rows() {
            let role = page.role(row);
            let mut along = Vec::new();
            for cell in cells {
                let form = lines.forms.get(&cell.at).copied();
                let figure = matches!(book.value(page.sheet, cell.at), Value::Number(_));
                let has_formula = page.formula(cell.at).is_some();
                if form.is_none() && (!figure || has_formula) {
                    continue;
                }
                let item = Item { at: cell.at, form };
                along.push(item);
                if !lines.columns.contains_key(&cell.at.column) || !matches!(role, Some(Role::Data) | None) {
                    continue;
                }
                let line = open.entry(cell.at.column).or_default();
                if line.last().is_some_and(|last| parted(page, last.at.row, row)) {
                    lines.down.push(std::mem::take(line));
                }
                line.push(item);
            }
            if along.iter().any(|item| item.form.is_some()) {
                lines.along.push(along);
            }
        }
        lines.down.extend(open.into_values());
        lines.down_at = places(&lines.down);
        lines.along_at = places(&lines.along);
        lines
    }

    /// The number of a formula's form.
    pub(super) fn form(&self, at: CellRef) -> Option<u32> {
        self.forms.get(&at).copied()
    }

    /// The cells of a column that hold a formula, in row order.
    pub(super) fn formulas_in(&self, column: u16) -> &[CellRef] {
        self.columns.get(&column).map(Vec::as_slice).unwrap_or_default()
    }

    /// The line down in which a cell stands, and its place in it.
    pub(super) fn down(&self, at: CellRef) -> Option<(&[Item], usize)> {
        let (line, place) = self.down_at.get(&at)?;
        Some((self.down.get(*line)?, *place))
    }

    /// The line along in which a cell stands, and its place in it.
    pub(super) fn along(&self, at: CellRef) -> Option<(&[Item], usize)> {
        let (line, place) = self.along_at.get(&at)?;
        Some((self.along.get(*line)?, *place))
    }

    /// True if the nearest formula left or right has the same form, or above or below unless only the row counts: in one of
    /// totals, two blocks of as many rows are alike by chance.
    pub(super) fn has_alike(&self, at: CellRef, along_only: bool) -> bool {
        let form = self.form(at);
        let column = self.formulas_in(at.column);
        let place = column.partition_point(|cell| *cell < at);
        let above = place.checked_sub(1).and_then(|place| column.get(place));
        let beside = self.along(at).map(|(line, place)| {
            let (before, after) = neighbours(line, place);
            [before.map(|item| item.at), after.map(|item| item.at)]
        });
        let below = column.get(place + 1).copied();
        let all = if along_only { [None, None] } else { [above.copied(), below] };
        all.into_iter().chain(beside.into_iter().flatten()).flatten().any(|near| self.form(near) == form)
    }
}

/// The nearest formulas before and after a place of a line.
pub(super) fn neighbours(line: &[Item], place: usize) -> (Option<Item>, Option<Item>) {
    let is_formula = |item: &&Item| item.form.is_some();
    let before = line.get(..place).unwrap_or_default().iter().rev().find(is_formula);
    let after = line.get(place + 1..).unwrap_or_default().iter().find(is_formula);
    (before.copied(), after.copied())
}

/// How many cells of a line have this form.
pub(super) fn count(line: &[Item], form: Option<u32>) -> usize {
    line.iter().filter(|item| item.form == form).count()
}

/// True if two rows of a column do not belong to one line: a heading between them, a total with
/// an empty row, or a gap outside tables.
fn parted(page: &Page<'_>, above: u32, below: u32) -> bool {
    let inside = |row: u32| page.role(row) == Some(Role::Data);
    match (inside(above), inside(below)) {
        (true, true) => {
            page.headings.iter().any(|(first, _)| above < *first && *first < below)
                || page.is_ended_between(above, below)
        }
        (false, false) => below != above + 1,
        _ => true,
    }
}

fn places(lines: &[Vec<Item>]) -> BTreeMap<CellRef, (usize, usize)> {
    let all = lines.iter().enumerate();
    all.flat_map(|(number, line)| {
        line.iter().enumerate().map(move |(place, item)| (item.at, (number, place)))
    })
    .collect()
}

/// The formula that a cell's place in a line asks for: that of the nearest formulas on both sides if they are alike; at an end
/// of the line, that of the nearest `at_end` formulas if all of them are.
pub(super) fn model(line: &[Item], place: usize, at_end: usize) -> Option<(Item, bool)> {
    match neighbours(line, place) {
        (Some(before), Some(after)) if before.form == after.form => Some((before, false)),
        (Some(_), Some(_)) => prevailing(line, place).map(|item| (item, false)),
        (Some(near), None) => {
            let run = line.get(..place)?.iter().rev().filter(|item| item.form.is_some()).take(at_end);
            all_alike(run, near, at_end)
        }
        (None, Some(near)) => {
            let run = line.get(place + 1..)?.iter().filter(|item| item.form.is_some()).take(at_end);
            all_alike(run, near, at_end)
        }
        (None, None) => None,
    }
}

/// How many cells to either side are asked for what prevails.
const WINDOW: usize = 40;

/// The nearest formula of the form that two thirds of a line have, and at least three of its formulas, if such stand on both
/// sides.
fn prevailing(line: &[Item], place: usize) -> Option<Item> {
    let from = place.saturating_sub(WINDOW);
    let line = line.get(from..(place + WINDOW).min(line.len()))?;
    let place = place - from;
    // More than half of the sorted forms reach over their middle.
    let mut forms: Vec<u32> = line.iter().filter_map(|item| item.form).collect();
    forms.sort_unstable();
    let form = Some(*forms.get(forms.len() / 2)?);
    let alike = count(line, form);
    if alike < 3 || alike * 3 < forms.len() * 2 {
        return None;
    }
    let has = |item: &&Item| item.form == form;
    let before = line.get(..place)?.iter().rev().find(has)?;
    line.get(place + 1..)?.iter().find(has)?;
    Some(*before)
}

fn all_alike<'i>(run: impl Iterator<Item = &'i Item>, near: Item, least: usize) -> Option<(Item, bool)> {
    let mut alike = 0;
    for item in run {
        if item.form != near.form {
            return None;
        }
        alike += 1;
    }
    (alike >= least).then_some((near, true))
}

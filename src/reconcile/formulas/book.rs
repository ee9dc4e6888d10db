//! The workbook as formulas see it: values by column, parsed formulas by cell, and what each row is.

use super::tree::{Area, Expr};
use crate::model::{CellRef, Raw, RowRole, Sheet, Table, Value as Typed, stored_decimal};
use rust_decimal::Decimal;
use std::cell::{Cell, OnceCell};
use std::collections::BTreeMap;

/// The most formulas of a workbook that are looked at.
pub(in crate::reconcile) const MOST_FORMULAS: usize = 50_000;
/// The most cells of a workbook that are visited for its formulas.
pub(in crate::reconcile) const MOST_VISITS: u64 = 10_000_000;

/// What a cell holds, exact.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value<'w> {
    Blank,
    Number(Decimal),
    Text(&'w str),
    Boolean(bool),
    Error,
    /// A formula without a result, or something that is not worked with.
    Unknown,
}

impl Value<'_> {
    pub(super) fn number(&self) -> Option<Decimal> {
        if let Self::Number(number) = self { Some(*number) } else { None }
    }
}

/// What a row of a table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Data,
    Total,
    Other,
}

/// A sheet that is read, with its formulas.
pub(super) struct Page<'w> {
    pub(super) sheet: usize,
    /// In row order.
    pub(super) formulas: Vec<Formula<'w>>,
    roles: BTreeMap<u32, Role>,
    /// First and last heading row of each table on it.
    pub(super) headings: Vec<(u32, u32)>,
}

/// One formula.
pub(super) struct Formula<'w> {
    pub(super) at: CellRef,
    pub(super) text: &'w str,
    /// `None` if it is not understood.
    pub(super) expr: Option<Expr>,
}

impl Page<'_> {
    pub(super) fn role(&self, row: u32) -> Option<Role> {
        self.roles.get(&row).copied()
    }

    /// True if a total row and an empty one stand between two rows: what is below is no longer the list.
    pub(super) fn is_ended_between(&self, above: u32, below: u32) -> bool {
        if below <= above + 2 {
            return false;
        }
        let between = self.roles.range(above + 1..below);
        let (filled, totals) = between.fold((0, 0), |(filled, totals), (_, role)| {
            (filled + 1, totals + u32::from(*role == Role::Total))
        });
        totals > 0 && filled < below - above - 1
    }

    pub(super) fn formula(&self, at: CellRef) -> Option<&Formula<'_>> {
        let place = self.formulas.binary_search_by_key(&at, |formula| formula.at).ok()?;
        self.formulas.get(place)
    }

    pub(super) fn expr(&self, at: CellRef) -> Option<&Expr> {
        self.formula(at)?.expr.as_ref()
    }
}

/// A workbook.
pub(super) struct Book<'w> {
    pub(super) sheets: &'w [Sheet],
    pub(super) pages: Vec<Page<'w>>,
    columns: Vec<OnceCell<Vec<Vec<u32>>>>,
    visits: Cell<u64>,
    /// True once something was not looked at because it would have cost too much.
    pub(super) spent: Cell<bool>,
}

impl<'w> Book<'w> {
    /// Reads the formulas of the sheets that tables stand on.
    pub(super) fn new(sheets: &'w [Sheet], tables: &[Table]) -> Self {
        let mut room = MOST_FORMULAS;
        let spent = Cell::new(false);
        let read = |sheet: &Sheet| tables.iter().any(|table| table.sheet == sheet.id());
        let mut pages = Vec::new();
        for (place, sheet) in sheets.iter().enumerate() {
            if sheet.formulas().is_empty() || !read(sheet) {
                continue;
            }
            if sheet.formulas().len() > room {
                spent.set(true);
            }
            // A cell that a damaged file holds twice may have two formulas; neither is trusted.
            let all = sheet.formulas().iter().take(room);
            let mut formulas: Vec<Formula<'_>> =
                all.map(|(at, text)| Formula { at: *at, text, expr: Expr::read(text) }).collect();
            room -= formulas.len();
            formulas.dedup_by(|later, earlier| {
                let same = later.at == earlier.at;
                if same {
                    earlier.expr = None;
                }
                same
            });
            let here = tables.iter().filter(|table| table.sheet == sheet.id());
            let mut page = Page { sheet: place, formulas, roles: BTreeMap::new(), headings: Vec::new() };
            for table in here {
                page.headings.push(table.layout.header_rows);
                page.roles.extend(table.layout.rows.iter().map(|(row, role)| (*row, role_of(role))));
                page.roles.extend(table.records.iter().map(|record| (record.at.cell.row, Role::Data)));
            }
            pages.push(page);
        }
        let columns = sheets.iter().map(|_| OnceCell::new()).collect();
        Self { sheets, pages, columns, visits: Cell::new(MOST_VISITS), spent }
    }

    /// The sheet of that name.
    pub(super) fn sheet_named(&self, name: &str) -> Option<usize> {
        let alike = |sheet: &Sheet| {
            [sheet.name_in_file(), &sheet.name].iter().any(|own| own.to_lowercase() == name.to_lowercase())
        };
        self.sheets.iter().position(alike)
    }

    /// The sheet that an area of a formula on `here` lies on.
    pub(super) fn sheet_of(&self, here: usize, area: &Area) -> Option<usize> {
        area.sheet.as_ref().map_or(Some(here), |name| self.sheet_named(name))
    }

    pub(super) fn value(&self, sheet: usize, at: CellRef) -> Value<'w> {
        self.sheets.get(sheet).and_then(|sheet| sheet.value(at)).map_or(Value::Blank, value)
    }

    /// The first words of a row, in small letters.
    pub(super) fn words(&self, sheet: usize, row: u32) -> Option<String> {
        let cells = self.sheets.get(sheet)?.row(row);
        cells.iter().find_map(|cell| match self.value(sheet, cell.at) {
            Value::Text(text) if amount_in(text).is_none() => Some(text.to_lowercase()),
            _ => None,
        })
    }

    /// The filled cells of an area, column by column; `None` if that would cost too much.
    pub(super) fn each(
        &self,
        sheet: usize,
        area: &Area,
        mut visit: impl FnMut(CellRef, Value<'w>),
    ) -> Option<()> {
        let page = self.sheets.get(sheet)?;
        let columns = self.columns.get(sheet)?.get_or_init(|| by_column(page));
        let (first, last) = (area.first.at, area.last.at);
        for column in
            columns.iter().skip(usize::from(first.column)).take(usize::from(last.column - first.column) + 1)
        {
            let row = |place: &u32| page.cells().get(*place as usize).map_or(u32::MAX, |cell| cell.at.row);
            let from = column.partition_point(|place| row(place) < first.row);
            let to = column.partition_point(|place| row(place) <= last.row);
            self.spend(to - from)?;
            for place in &column[from..to] {
                if let Some(cell) = page.cells().get(*place as usize) {
                    visit(cell.at, value(page.raw(cell)));
                }
            }
        }
        Some(())
    }

    /// Counts cells that are visited; `None` once there were too many.
    pub(super) fn spend(&self, cells: usize) -> Option<()> {
        let left = self.visits.get().checked_sub(cells as u64 + 1);
        if left.is_none() {
            self.spent.set(true);
        }
        self.visits.set(left?);
        Some(())
    }
}

fn by_column(sheet: &Sheet) -> Vec<Vec<u32>> {
    let mut columns: Vec<Vec<u32>> = Vec::new();
    for (place, cell) in sheet.cells().iter().enumerate() {
        let column = usize::from(cell.at.column);
        if columns.len() <= column {
            columns.resize_with(column + 1, Vec::new);
        }
        columns[column].push(u32::try_from(place).unwrap_or(u32::MAX));
    }
    columns
}

fn role_of(role: &RowRole) -> Role {
    match role {
        RowRole::Data => Role::Data,
        RowRole::Total | RowRole::Subtotal => Role::Total,
        _ => Role::Other,
    }
}

fn value(raw: Raw<'_>) -> Value<'_> {
    match raw {
        Raw::Text(text) => Value::Text(text),
        Raw::Number(number) | Raw::Date(number) | Raw::Duration(number) => {
            stored_decimal(number).map_or(Value::Unknown, Value::Number)
        }
        Raw::Boolean(value) => Value::Boolean(value),
        Raw::Error(_) => Value::Error,
        Raw::IsoDate(_) | Raw::Uncached => Value::Unknown,
    }
}

/// The amount that a text plainly is: a sign or brackets, a pound sign, digits with or without separators.
pub(super) fn amount_in(text: &str) -> Option<Decimal> {
    let spaces = |c: char| c.is_whitespace() || crate::model::is_space(c);
    let text = text.trim_matches(|c: char| spaces(c) || c == '\'');
    let (text, minus) = match text.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')) {
        Some(inner) => (inner, true),
        None => text
            .strip_prefix(['-', '\u{2212}'])
            .or_else(|| text.strip_suffix('-'))
            .map_or((text, false), |rest| (rest, true)),
    };
    let text = text.trim_matches(spaces);
    let text = text.strip_prefix('£').unwrap_or(text).trim_matches(spaces);
    let (text, minus) = text.strip_prefix('-').map_or((text, minus), |rest| (rest, true));
    let (whole, part) = text.split_once('.').map_or((text, None), |(whole, part)| (whole, Some(part)));
    let groups: Vec<&str> = whole.split([',', ' ', '\u{a0}']).collect();
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let grouped = groups.len() == 1 || groups.iter().skip(1).all(|group| group.len() == 3);
    let sound = grouped
        && groups.iter().all(|group| digits(group))
        && groups.first().is_some_and(|first| groups.len() == 1 || first.len() <= 3)
        && part.is_none_or(digits);
    // A number with noughts in front is a name.
    if !sound || (groups.len() == 1 && whole.len() > 1 && whole.starts_with('0')) || whole.len() > 18 {
        return None;
    }
    let plain = format!("{}.{}", groups.concat(), part.unwrap_or("0"));
    let amount = Decimal::from_str_exact(&plain).ok()?.normalize();
    Some(if minus { -amount } else { amount })
}

/// What turns the sheet's own figures into pounds, by the typed cell of a table: 1, or 1,000 on a sheet in thousands.
pub(super) fn pounds_in(tables: &[Table], sheet: &Sheet, at: CellRef) -> Option<Decimal> {
    let raw = sheet.value(at).map(value)?.number()?;
    let here = tables.iter().filter(|table| table.sheet == sheet.id());
    let records =
        here.flat_map(|table| table.records.iter().chain(table.totals.iter().map(|total| &total.record)));
    let mut row = records.filter(|record| record.at.cell.row == at.row).flat_map(|record| &record.cells);
    let cell = row.find(|cell| cell.at.cell == at)?;
    let Some(Typed::Money(money)) = cell.value() else { return None };
    let scale = money.pounds.checked_div(raw)?;
    [Decimal::ONE_THOUSAND, Decimal::ONE_THOUSAND * Decimal::ONE_THOUSAND]
        .into_iter()
        .find(|known| *known == scale)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_told_from_names() {
        let read = |text: &str| amount_in(text).map(|amount| amount.to_string());
        for (text, amount) in [
            ("21,901", "21901"),
            ("£4,612\u{a0}", "4612"),
            ("(550)", "-550"),
            ("-20.50", "-20.5"),
            ("1 234", "1234"),
            ("£-3", "-3"),
        ] {
            assert_eq!(read(text).as_deref(), Some(amount), "{text}");
        }
        for text in ["", "n/a", "2.1.1", "1,23", "007", "12 days", "£", "Q1", "10%", "20k", ".", "1,2345"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}

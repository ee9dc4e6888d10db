//! What each row under the headings is. A row that may be data is data.

mod doubt;

use self::doubt::Doubtful;
use super::fit::blank_heading;
use super::headings::Repeats;
use super::row::Marks;
use super::words::JOIN;
use crate::model::{CellRef, Heading, Layout, Raw, RawCell, RowRole, Sheet, folds_alike};
use crate::schema::TableSchema;

/// Fills `layout.rows` for the rows under the headings up to `end`, and counts what stands in columns without a field.
pub(super) fn read(sheet: &Sheet, table: &TableSchema, blank_rows: u32, end: u32, layout: &mut Layout) {
    let mut reader = Reader::new(sheet, table, layout);
    let mut last = layout.header_rows.1;
    let mut over = false;
    let under = sheet.cells().partition_point(|cell| cell.at.row <= layout.header_rows.1);
    let cells = sheet.cells().get(under..).unwrap_or_default();
    for cells in cells.chunk_by(|a, b| a.at.row == b.at.row) {
        let Some(row) = cells.first().map(|cell| cell.at.row).filter(|row| *row < end) else { break };
        let summary = reader.summary(cells);
        if summary.filled == 0 {
            continue;
        }
        if reader.is_spare(cells) {
            reader.rows.push((row, RowRole::Spare));
            continue;
        }
        over |= row - last > blank_rows;
        let place = if over { Place::Beyond } else { Place::apart_if(row - last > 1) };
        reader.take(row, place, cells, summary);
        last = row;
    }
    reader.settle();
    layout.reasons.extend(reader.beyond(blank_rows));
    join_units(sheet, reader.units, &mut layout.columns);
    layout.rows.append(&mut reader.rows);
    layout.unmapped = reader.unmapped;
    layout.unmapped.retain(|column| !column.blank || column.filled > 0);
}

/// The units under the headings are part of them: `Q1 › £000`.
fn join_units(sheet: &Sheet, units: &[RawCell], columns: &mut [Option<Heading>]) {
    for cell in units {
        let heading = columns.iter_mut().flatten().find(|heading| heading.at.cell.column == cell.at.column);
        if let (Some(heading), Raw::Text(unit)) = (heading, sheet.raw(cell)) {
            heading.text.push_str(JOIN);
            heading.text.push_str(unit.trim());
        }
    }
}

/// What a sheet's column is to the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Unknown,
    Field(usize),
    Extra(usize),
    /// What was said in an earlier round.
    Reminder,
}

/// A row in numbers.
#[derive(Debug, Clone, Copy)]
struct Summary {
    filled: u32,
    /// Filled cells in columns of fields.
    mapped: u32,
    /// True if a filled cell is in no field's column.
    extra: bool,
    /// Place of the first filled cell.
    first: usize,
}

/// How a row stands to the one above it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Under,
    /// After a blank row.
    Apart,
    /// Somewhere below so many blank rows that the table should have ended.
    Beyond,
}

impl Place {
    const fn apart_if(apart: bool) -> Self {
        if apart { Self::Apart } else { Self::Under }
    }
}

struct Reader<'a> {
    sheet: &'a Sheet,
    table: &'a TableSchema,
    kinds: Vec<Kind>,
    unmapped: Vec<crate::model::Unmapped>,
    headings: Repeats<'a>,
    totals: Marks,
    subtotals: Marks,
    /// The column whose words mark totals; any of the first text cells if `None`.
    total_column: Option<u16>,
    rows: Vec<(u32, RowRole)>,
    doubtful: Vec<Doubtful>,
    after_total: bool,
    /// The row of units under the headings.
    units: &'a [RawCell],
    /// Place of the last row that is data beyond doubt.
    last_data: Option<usize>,
    /// The same, above the blank rows that end the table.
    last_near: Option<usize>,
    /// Place of the first row below the blank rows that end the table.
    first_beyond: Option<usize>,
}

/// The whole first cell of a total row in a table that declares none: a count at its foot.
const USUAL_TOTALS: [&str; 3] = ["Total", "Totals", "Grand total"];

/// The words for total and sub-total rows: those declared, and the usual ones unless they are declared as the other kind.
fn total_words(declared: &crate::schema::TotalRows) -> (Marks, Marks) {
    const TOTAL: &str = "Grand total";
    const SUBTOTAL: &str = "Sub-total";
    let says = |words: &[String], word: &str| words.iter().any(|own| folds_alike(own, word));
    let mut totals = declared.matches.clone();
    let mut subtotals = declared.subtotals.clone();
    if !says(&subtotals, TOTAL) {
        totals.push(TOTAL.to_owned());
    }
    if !says(&declared.matches, SUBTOTAL) {
        subtotals.push(SUBTOTAL.to_owned());
    }
    (Marks::new(&totals), Marks::new(&subtotals))
}

impl<'a> Reader<'a> {
    fn new(sheet: &'a Sheet, table: &'a TableSchema, layout: &Layout) -> Self {
        let mut kinds = Vec::new();
        let mut set = |column: u16, kind: Kind| {
            let column = usize::from(column);
            if kinds.len() <= column {
                kinds.resize(column + 1, Kind::Unknown);
            }
            if let Some(slot) = kinds.get_mut(column) {
                *slot = kind;
            }
        };
        for (index, column) in layout.unmapped.iter().enumerate() {
            set(column.at.cell.column, Kind::Extra(index));
        }
        for (field, heading) in layout.columns.iter().enumerate() {
            if let Some(heading) = heading {
                set(heading.at.cell.column, Kind::Field(field));
            }
        }
        for heading in &layout.reminders {
            set(heading.at.cell.column, Kind::Reminder);
        }
        let usual = || (Marks::new(&USUAL_TOTALS.map(str::to_owned)), Marks::default());
        let (totals, subtotals) = table.totals.as_ref().map_or_else(usual, total_words);
        let total_column = table
            .totals
            .as_ref()
            .and_then(|totals| layout.columns.get(totals.field?)?.as_ref())
            .map(|heading| heading.at.cell.column);
        Self {
            sheet,
            table,
            kinds,
            unmapped: layout.unmapped.clone(),
            headings: Repeats::new(sheet, layout.header_rows).with_names(table, &layout.columns),
            totals,
            subtotals,
            total_column,
            rows: Vec::new(),
            doubtful: Vec::new(),
            after_total: false,
            units: &[],
            last_data: None,
            last_near: None,
            first_beyond: None,
        }
    }

    fn kind(&self, column: u16) -> Kind {
        self.kinds.get(usize::from(column)).copied().unwrap_or(Kind::Unknown)
    }

    fn summary(&self, cells: &[RawCell]) -> Summary {
        let mut summary = Summary { filled: 0, mapped: 0, extra: false, first: 0 };
        for (index, cell) in cells.iter().enumerate() {
            if self.sheet.raw(cell).is_blank() {
                continue;
            }
            if summary.filled == 0 {
                summary.first = index;
            }
            summary.filled += 1;
            match self.kind(cell.at.column) {
                Kind::Field(_) => summary.mapped += 1,
                Kind::Extra(_) | Kind::Unknown => summary.extra = true,
                Kind::Reminder => {}
            }
        }
        summary
    }

    /// True for a row to fill in in which nothing stands but formulas that a program has saved without their results.
    fn is_spare(&self, cells: &[RawCell]) -> bool {
        let computed = |column: u16| match self.kind(column) {
            Kind::Field(field) => self.table.fields.get(field).is_some_and(|field| field.computed),
            _ => false,
        };
        cells.iter().all(|cell| match self.sheet.raw(cell) {
            Raw::Uncached => computed(cell.at.column),
            raw => raw.is_blank(),
        })
    }

    fn take(&mut self, row: u32, place: Place, cells: &'a [RawCell], summary: Summary) {
        let Some(first) = cells.get(summary.first) else { return };
        let beyond = place == Place::Beyond;
        if beyond && self.first_beyond.is_none() {
            self.first_beyond = Some(self.rows.len());
        }
        if let Some(role) = self.total(cells, first)
            && !(beyond && summary.filled == 1)
        {
            self.after_total = true;
            self.rows.push((row, role));
            return;
        }
        if self.headings.is(self.sheet, cells) {
            self.rows.push((row, RowRole::RepeatedHeading));
            return;
        }
        if self.only_units(cells) {
            self.units = cells;
            self.rows.push((row, RowRole::Heading));
            return;
        }
        let role = self.role(place, cells, first, summary);
        self.rows.push((row, role));
    }

    /// What a row is that is neither a total nor a heading; doubtful ones are data for the moment.
    fn role(&mut self, place: Place, cells: &'a [RawCell], first: &RawCell, summary: Summary) -> RowRole {
        let beyond = place == Place::Beyond;
        let text = match self.sheet.raw(first) {
            Raw::Text(text) => Some(text),
            _ => None,
        };
        let single = summary.filled == 1 && text.is_some();
        let signature = text.is_some_and(|text| self.is_signature(cells, first, text, summary));
        let outside = summary.mapped == 0;
        if single || signature || outside {
            let ended = self.after_total || self.rows.last().is_some_and(|(_, role)| *role == RowRole::Note);
            let place = if place == Place::Under { Place::apart_if(ended) } else { place };
            let index = self.rows.len();
            self.doubtful.push(Doubtful { index, cell: first.at, place, single, outside });
            return RowRole::Data;
        }
        if beyond && !self.looks_like_data(cells, text) {
            return RowRole::Note;
        }
        self.last_data = Some(self.rows.len());
        if !beyond {
            self.last_near = self.last_data;
        }
        self.after_total = false;
        if summary.extra {
            self.count_extra(cells);
        }
        RowRole::Data
    }

    /// Sub-totals are asked first, because *Sub-total* may be declared to begin like a total.
    fn total(&self, cells: &[RawCell], first: &RawCell) -> Option<RowRole> {
        if self.table.totals.is_none() {
            return match self.sheet.raw(first) {
                Raw::Text(text) if self.totals.are(text) => Some(RowRole::Total),
                _ => None,
            };
        }
        let role = |text: &str, fits: fn(&Marks, &str) -> bool| {
            if fits(&self.subtotals, text) {
                Some(RowRole::Subtotal)
            } else {
                fits(&self.totals, text).then_some(RowRole::Total)
            }
        };
        let text = |cell: &RawCell| match self.sheet.raw(cell) {
            Raw::Text(text) => Some(text),
            _ => None,
        };
        if let Some(column) = self.total_column {
            let marked = cells.iter().find(|cell| cell.at.column >= column);
            let marked = marked.filter(|cell| cell.at.column == column).and_then(text);
            return marked
                .and_then(|text| role(text, Marks::begin))
                .or_else(|| text(first).and_then(|text| role(text, Marks::are)));
        }
        cells.iter().filter_map(text).take(2).find_map(|text| role(text, Marks::begin))
    }

    /// True for a row of units just under the headings: `£ | £ | %`.
    fn only_units(&self, cells: &[RawCell]) -> bool {
        let unit = |cell: &RawCell| match self.sheet.raw(cell) {
            Raw::Text(text) => {
                matches!(text.trim(), "£" | "(£)" | "%" | "(%)" | "£000" | "(£000)" | "£'000" | "£k")
            }
            _ => false,
        };
        self.rows.is_empty() && cells.iter().all(|cell| unit(cell) || self.sheet.raw(cell).is_blank())
    }

    fn count_extra(&mut self, cells: &[RawCell]) {
        for cell in cells {
            let kind = self.kind(cell.at.column);
            if matches!(kind, Kind::Field(_) | Kind::Reminder) || self.sheet.raw(cell).is_blank() {
                continue;
            }
            let index = if let Kind::Extra(index) = kind { index } else { self.new_column(cell.at) };
            if let Some(column) = self.unmapped.get_mut(index) {
                column.filled += 1;
            }
        }
    }

    /// A column that holds something but has no heading.
    fn new_column(&mut self, at: CellRef) -> usize {
        let column = usize::from(at.column);
        if self.kinds.len() <= column {
            self.kinds.resize(column + 1, Kind::Unknown);
        }
        if let Some(slot) = self.kinds.get_mut(column) {
            *slot = Kind::Extra(self.unmapped.len());
        }
        self.unmapped.push(blank_heading(self.sheet, at));
        self.unmapped.len() - 1
    }
}

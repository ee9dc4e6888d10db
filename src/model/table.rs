//! Tables found in a return, with the reasoning kept.

use super::{Cell, CellRef, FileId, Origin, PartnerId, SheetId};

/// One table of a return, read and typed.
#[derive(Debug, Clone)]
pub struct Table {
    /// Which table of the schema, zero-based.
    pub table: usize,
    /// The file.
    pub file: FileId,
    /// The sheet.
    pub sheet: SheetId,
    /// Where it was found and how its headings were read.
    pub layout: Layout,
    /// Data rows in sheet order.
    pub records: Vec<Record>,
    /// Total and sub-total rows, kept as control totals.
    pub totals: Vec<Total>,
}

/// One data row (or the single record of a form). `cells` follow the schema's fields one for one.
#[derive(Debug, Clone)]
pub struct Record {
    /// The first cell of its row.
    pub at: Origin,
    /// One cell a field of the schema's table.
    pub cells: Box<[Cell]>,
    /// Filled cells of the row under headings that the schema does not know: column index into `layout.unmapped` and text.
    pub extra: Vec<(usize, String)>,
}

/// The most cells under headings outside the template that are kept of one table.
pub const MOST_EXTRA_CELLS: usize = 5_000;
/// The most letters of theirs, in bytes.
pub const MOST_EXTRA_BYTES: usize = 256 * 1024;

/// A filled cell under a heading that the template does not have, as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExtraCell {
    /// Which table of the schema the heading stands beside, zero-based.
    pub table: usize,
    /// The heading.
    pub under: Origin,
    /// The cell.
    pub at: Origin,
    /// What stands there.
    pub text: String,
}

impl Table {
    /// What stands under headings that the template does not have, row by row, as far as there is room for it:
    /// [`MOST_EXTRA_CELLS`] and [`MOST_EXTRA_BYTES`]. In a form each such cell is a column of its own.
    #[must_use]
    pub fn extra_cells(&self, is_form: bool) -> Vec<ExtraCell> {
        let totals = self.totals.iter().map(|total| &total.record);
        let records = self.records.iter().chain(totals).filter(|record| !record.extra.is_empty());
        let mut bytes = 0;
        let cells = records.flat_map(|record| record.extra.iter().map(move |extra| (record, extra)));
        let mut kept: Vec<ExtraCell> = cells
            .filter_map(|(record, (index, text))| {
                let under = self.layout.unmapped.get(*index)?;
                let row = if is_form { under.at.cell.row } else { record.at.cell.row };
                let mut at = record.at;
                at.cell = CellRef::new(row, under.at.cell.column);
                Some((under.at, at, text))
            })
            .take(MOST_EXTRA_CELLS)
            .take_while(|(_, _, text)| {
                bytes += text.len();
                bytes <= MOST_EXTRA_BYTES
            })
            .map(|(under, at, text)| ExtraCell { table: self.table, under, at, text: text.clone() })
            .collect();
        kept.sort_by_key(|cell| (cell.at.cell.row, cell.at.cell.column));
        kept
    }
}

/// A total row.
#[derive(Debug, Clone)]
pub struct Total {
    /// The row, typed like a record.
    pub record: Record,
    /// A sub-total covers the rows since the last total or sub-heading; a total covers all.
    pub subtotal: bool,
    /// The records it stands under: index range into `records`.
    pub covers: std::ops::Range<usize>,
    /// The words that marked it.
    pub label: String,
}

/// How a table was found: filled by `locate`, shown on *How we read it*.
#[derive(Debug, Clone)]
pub struct Layout {
    /// Which table of the schema, zero-based.
    pub table: usize,
    /// The sheet.
    pub sheet: SheetId,
    /// First and last row of the headings, zero-based.
    pub header_rows: (u32, u32),
    /// One entry a field of the schema's table: where it was found, or `None`.
    pub columns: Vec<Option<Heading>>,
    /// Headings that the schema does not know.
    pub unmapped: Vec<Unmapped>,
    /// What each row under (or between) the headings is, in order, data rows included.
    pub rows: Vec<(u32, RowRole)>,
    /// How well the headings fit: share of the schema's titles found, 0 to 100.
    pub score: u8,
    /// Why this place was taken, in plain sentences.
    pub reasons: Vec<String>,
    /// Headings of columns that show what was said in an earlier round: our own, and not read.
    pub reminders: Vec<Heading>,
    /// The same field under two headings: the field, and the column that was not used.
    pub repeated: Vec<(usize, Heading)>,
    /// Other visible sheets with most of the headings and rows under them, which were not used.
    pub unused: Vec<SheetId>,
    /// Those of them that would go on with this list but name another partner.
    pub foreign: Vec<(SheetId, PartnerId)>,
    /// The sheet whose list goes on here.
    pub continues: Option<SheetId>,
    /// Other such lists above or below on the sheet, which were not used.
    pub second: Vec<SecondList>,
}

/// A list on a table's sheet with the table's headings once more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SecondList {
    /// Its first heading.
    pub at: Origin,
    /// Filled rows under its headings.
    pub rows: u32,
}

impl Layout {
    /// A copy for *How we read it*: without the roles of data rows, which the merged table shows.
    #[must_use]
    pub fn clone_without_rows(&self) -> Self {
        let rows = self.rows.iter().filter(|(_, role)| *role != RowRole::Data).cloned().collect();
        Self {
            rows,
            columns: self.columns.clone(),
            unmapped: self.unmapped.clone(),
            reasons: self.reasons.clone(),
            reminders: self.reminders.clone(),
            repeated: self.repeated.clone(),
            unused: self.unused.clone(),
            foreign: self.foreign.clone(),
            second: self.second.clone(),
            ..*self
        }
    }
}

/// A heading that was read as a field.
#[derive(Debug, Clone, PartialEq)]
pub struct Heading {
    /// Where it stands (the lowest cell of a joined heading).
    pub at: Origin,
    /// The heading as found; joined headings with ` › ` between.
    pub text: String,
    /// How it was matched.
    pub how: Match,
}

/// How a heading was matched to a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Match {
    /// Letter for letter.
    Exact,
    /// A declared other name.
    Alias,
    /// The same but for case, spaces and punctuation.
    Folded,
    /// Near enough to ask about: likeness in percent.
    Near(u8),
    /// Guessed at, because of this; asked about like a near one.
    Guess(Hint),
    /// The field is filled from the sheet's name or a sub-heading, not from a column.
    Context,
}

impl Match {
    /// True if somebody must confirm it.
    #[must_use]
    pub const fn is_unsure(self) -> bool {
        matches!(self, Self::Near(_) | Self::Guess(_))
    }
}

/// What speaks for reading a column as a field whose names its heading does not have, the strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hint {
    /// Its rows have what the plan register has for them.
    Plan,
    /// It holds words of the field's list.
    List,
    /// It holds names of partners.
    Partners,
    /// A word of its heading is one of the field's.
    Words,
    /// It stands where the field should, and nothing else does.
    Place,
}

impl Hint {
    /// The reason in words, to follow *because*.
    #[must_use]
    pub const fn because(self) -> &'static str {
        match self {
            Self::Plan => "its cells say what the plan says there",
            Self::List => "its cells hold the words of that list",
            Self::Partners => "its cells name partners",
            Self::Words => "the headings have a word in common and its cells suit",
            Self::Place => "it stands where that column should and its cells suit",
        }
    }
}

/// A column whose heading is not in the schema.
#[derive(Debug, Clone, PartialEq)]
pub struct Unmapped {
    /// The heading, or its column letter if it has none.
    pub heading: String,
    /// Where it stands.
    pub at: Origin,
    /// True if the column has no heading at all.
    pub blank: bool,
    /// Filled cells under it.
    pub filled: u32,
}

/// What a row is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowRole {
    /// A data row.
    Data,
    /// A total row, with the words that mark it.
    Total,
    /// A sub-total row.
    Subtotal,
    /// A sub-heading.
    Subheading(String),
    /// The headings again.
    RepeatedHeading,
    /// A heading row (first or further).
    Heading,
    /// Something above the table.
    Title,
    /// Notes under the table.
    Note,
    /// A row of a second list, which is not used.
    SecondList,
    /// A row with nothing in it but formulas without results, in columns that are worked out.
    Spare,
}

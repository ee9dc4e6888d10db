//! What stands in one workbook.

use super::prefill;
use super::shape::Shape;
use crate::model::{CellRef, PartnerId};
use crate::round::Round;
use jiff::civil::Date;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// Something that stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Entry {
    /// Words. They are kept as text whatever they look like.
    Text(String),
    /// A number, an amount in pounds, or a share in percent (61.01 for 61.01%).
    Number(Decimal),
    /// A day.
    Date(Date),
}

/// One cell for a partner to look at or to fill in.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Slot {
    /// What stands in it; `None` for nothing.
    pub entry: Option<Entry>,
    /// True if it was filled in beforehand and is not to be changed.
    pub locked: bool,
    /// True if it is the partner's own word on what the form works out: it stands where the two differ.
    pub own: bool,
    /// True if it is to stand out, because something in it is to be put right.
    pub highlight: bool,
    /// What a note on it says; no note if blank.
    pub note: String,
}

/// One row of a table, or a whole form.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Row {
    /// One cell a field of the schema's table. What stands in fields with a live formula is not written: it is worked out.
    pub slots: Vec<Slot>,
    /// What was said in the earlier round of the words of this row, and of where it stood; blank if nothing was.
    pub before: Before,
}

/// What was said of a row in an earlier round.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Before {
    /// The words.
    pub update: Option<String>,
    /// Where it stood, and its rating.
    pub state: Option<String>,
}

/// One table of the workbook.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filled {
    /// Which table of the schema, zero-based.
    pub table: usize,
    /// The tab's name, where it is not the schema's first; for tables with a sheet for each of several things.
    pub sheet: Option<String>,
    /// Its rows; one for a form.
    pub rows: Vec<Row>,
    /// Blank rows to fill in under them.
    pub spare: u32,
    /// What a partner stated in its total row, one cell a field: it stands where it is another than what the form adds up.
    pub total: Vec<Slot>,
    /// Columns of the partner's own, on the right of the form's.
    pub own: Vec<OwnColumn>,
}

/// A column that the form does not have, as a partner had it.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnColumn {
    /// Its heading; blank if it had none.
    pub heading: String,
    /// What stands in it, by row.
    pub cells: BTreeMap<usize, Entry>,
}

/// Something that a partner's file says and that has no place in the form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Beyond {
    /// Where it stands in the file, in words.
    pub place: String,
    /// What stands there.
    pub text: String,
}

/// A cell of a table: which of [`Content::tables`], which of its rows, which field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The place among the workbook's tables, which is not the schema's: see [`Filled::table`].
    pub table: usize,
    /// The row, zero-based; spare rows follow those that are filled in. [`Place::TOTAL`] is the total row.
    pub row: usize,
    /// The field.
    pub field: usize,
}

impl Place {
    /// The row of totals.
    pub const TOTAL: usize = usize::MAX;
}

/// A cell of the first sheet.
#[derive(Debug, Clone, PartialEq)]
pub enum Said {
    /// Words.
    Text(String),
    /// Words that lead to a cell of the workbook.
    Link {
        /// The tab.
        sheet: String,
        /// The cell.
        cell: CellRef,
        /// The words.
        text: String,
    },
}

/// A sheet in front of all others.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FirstSheet {
    /// The tab's name; one that [`crate::model::is_own_sheet`] knows is not told as unused when it comes back.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Sentences under it.
    pub lead: Vec<String>,
    /// Headings of a list; no list if there are none.
    pub headings: Vec<String>,
    /// The list's rows.
    pub rows: Vec<Vec<Said>>,
}

/// What stands in one workbook. [`Content::new`] is the empty form, with what is known already filled in.
///
/// ```no_run
/// # use quarterday::{model::PartnerId, round, template::{self, Content, Entry, FirstSheet}};
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let round = round::load(std::path::Path::new("round"))?;
/// let mut content = Content::new(&round, PartnerId(0));
/// // What is to stand in the cells that are open; locked ones keep what they have.
/// content.fill(|schema, row, field| {
///     (schema.fields[field].name == "progress").then(|| Entry::Text(format!("Row {row} is done.")))
/// });
/// // Rows may also be put together from nothing, for what a partner returned beside the plan.
/// for slot in &mut content.tables[1].rows[0].slots {
///     slot.highlight = true;
/// }
/// content.first = Some(FirstSheet { name: "Please fix".into(), ..FirstSheet::default() });
/// // Where a cell will stand, for links to it.
/// let place = template::Place { table: 1, row: 0, field: 0 };
/// if let Some((sheet, cell)) = content.stands_at(place) {
///     println!("{sheet}!{cell}");
/// }
/// template::workbook(&content, std::io::Cursor::new(Vec::new()))?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Content<'a> {
    /// The round.
    pub round: &'a Round,
    /// Who fills it in.
    pub partner: PartnerId,
    /// The tables that this partner is asked for, in the schema's order.
    pub tables: Vec<Filled>,
    /// A sheet in front of all others.
    pub first: Option<FirstSheet>,
    /// What a partner's file says beside all that, for a sheet behind the form's.
    pub beyond: Vec<Beyond>,
    /// The protective marking, in the head of every page; the round's unless it is changed here.
    pub marking: String,
}

impl<'a> Content<'a> {
    /// The workbook that a partner is sent: what the plan, the ledger and the settings say, and nothing else.
    #[must_use]
    pub fn new(round: &'a Round, partner: PartnerId) -> Self {
        let tables = prefill::tables(round, partner);
        Self { round, partner, tables, first: None, beyond: Vec::new(), marking: round.marking.to_string() }
    }

    /// Fills every cell that is not locked with what `fill` gives for its table, row and field, spare rows included;
    /// `None` leaves it as it is. Spare rows in which something is put become rows.
    pub fn fill(&mut self, mut fill: impl FnMut(&crate::schema::TableSchema, usize, usize) -> Option<Entry>) {
        for filled in &mut self.tables {
            let Some(schema) = self.round.schema.tables.get(filled.table) else { continue };
            let there = filled.rows.len();
            let all = there + filled.spare as usize;
            for row in 0..all {
                let mut spare = Row::open(schema.fields.len());
                let target = if row < there { &mut filled.rows[row] } else { &mut spare };
                for (field, slot) in target.slots.iter_mut().enumerate().filter(|(_, slot)| !slot.locked) {
                    if let Some(entry) = fill(schema, row, field) {
                        slot.entry = Some(entry);
                    }
                }
                if row >= there && spare.slots.iter().any(|slot| slot.entry.is_some()) {
                    filled.rows.push(spare);
                    filled.spare -= 1;
                }
            }
        }
    }

    /// A cell of a table, to be filled or marked.
    pub fn slot_mut(&mut self, place: Place) -> Option<&mut Slot> {
        let filled = self.tables.get_mut(place.table)?;
        match place.row {
            Place::TOTAL => filled.total.get_mut(place.field),
            row => filled.rows.get_mut(row)?.slots.get_mut(place.field),
        }
    }

    /// The tab and the cell where something will stand; `None` for a field that has no column.
    #[must_use]
    pub fn stands_at(&self, place: Place) -> Option<(String, CellRef)> {
        Shape::new(self).stands_at(place)
    }

    /// The same for several places at once.
    #[must_use]
    pub fn all_stand_at(&self, places: &[Place]) -> Vec<Option<(String, CellRef)>> {
        let shape = Shape::new(self);
        places.iter().map(|place| shape.stands_at(*place)).collect()
    }
}

impl Row {
    /// A row in which nothing stands and everything is open.
    #[must_use]
    pub fn open(fields: usize) -> Self {
        Self { slots: vec![Slot::default(); fields], before: Before::default() }
    }
}

//! What a partner returned, put into its form.
//!
//! Where the partner's file had a row, what it says there overrules what was filled in beforehand: nothing that a partner said
//! is lost or changed without a word, and nothing is put into its mouth. What the plan has fixed stays where the partner said
//! the same or nothing; where it said something else, that stands, open and marked. What the file had no column for is
//! left to be asked. A figure that the form works out itself is kept as the partner gave it if the two differ.

use super::content::{Content, Entry, Filled, Place, Row, Slot};
use super::outside::Outside;
use super::shape;
use crate::model::{
    Cell, CellRef, ChangeKind, Misread, Precision, Reading, Record, SheetId, Submission, Table, Value, fold,
};
use crate::round::Round;
use crate::schema::{Field, FieldRef, FieldType, LayoutKind, TableSchema, show_value};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// Where each cell of a return stands in the form.
pub type Places = BTreeMap<(SheetId, CellRef), Place>;

impl Content<'_> {
    /// Puts what was returned into the form. `sheets` are the names of the file's sheets.
    pub fn take(&mut self, submission: &Submission, sheets: &[String]) -> Places {
        let mut places = Places::new();
        let mut begun: BTreeMap<usize, SheetId> = BTreeMap::new();
        let mut taken: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        self.in_unit(submission.identity.unit);
        for table in &submission.tables {
            let Some(schema) = self.round.schema.tables.get(table.table) else { continue };
            let Some(first) = self.tables.iter().position(|filled| filled.table == table.table) else {
                continue;
            };
            let known = *begun.entry(first).or_insert(table.sheet);
            let mut index = first;
            if schema.sheet_field.is_some() {
                let name = sheets.get(usize::from(table.sheet.0)).cloned();
                if known == table.sheet {
                    self.tables[first].sheet = name;
                } else {
                    index = self.tables.len();
                    self.tables.push(Filled { table: table.table, sheet: name, ..Filled::default() });
                }
            }
            let reader = Reader { round: self.round, schema, table, power: submission.identity.unit };
            let sheet = sheets.get(usize::from(table.sheet.0)).map_or("", String::as_str);
            let filled = &mut self.tables[index];
            reader.rows(filled, index, taken.entry(index).or_default(), &mut places);
            let adds_up = schema.layout != LayoutKind::Form
                && !shape::summed(self.round, table.table, schema).is_empty();
            let mut outside =
                Outside { reader: &reader, sheet, places: &mut places, beyond: &mut self.beyond };
            outside.totals(filled, index, adds_up);
            outside.own(filled, index);
        }
        places
    }

    /// Amounts that are filled in beforehand, in the unit that the partner's cover says amounts are in.
    fn in_unit(&mut self, power: i8) {
        if power == 0 {
            return;
        }
        for filled in &mut self.tables {
            let Some(schema) = self.round.schema.tables.get(filled.table) else { continue };
            for slot in filled.rows.iter_mut().flat_map(|row| schema.fields.iter().zip(&mut row.slots)) {
                if let (FieldType::Money, Some(Entry::Number(pounds))) = (slot.0.kind, &mut slot.1.entry) {
                    *pounds = unscaled(*pounds, power);
                }
            }
        }
    }
}

/// One table of a return.
pub(super) struct Reader<'a> {
    round: &'a Round,
    pub(super) schema: &'a TableSchema,
    pub(super) table: &'a Table,
    /// The unit of plain amounts, as a power of ten.
    power: i8,
}

impl Reader<'_> {
    fn rows(&self, filled: &mut Filled, index: usize, taken: &mut BTreeSet<usize>, places: &mut Places) {
        for record in &self.table.records {
            let form = self.schema.layout == LayoutKind::Form && !filled.rows.is_empty();
            let row = if form { Some(0) } else { self.same_key(filled, record, taken) };
            let row = row.unwrap_or_else(|| {
                filled.rows.push(Row::open(self.schema.fields.len()));
                filled.rows.len() - 1
            });
            taken.insert(row);
            let slots = filled.rows[row].slots.iter_mut();
            for (field, (slot, cell)) in slots.zip(record.cells.iter()).enumerate() {
                self.cell(slot, field, cell);
                // What a sub-heading says of several rows is shown in the first of them.
                let place = Place { table: index, row, field };
                places.entry((cell.at.sheet, cell.at.cell)).or_insert(place);
            }
        }
        if !filled.rows.is_empty() {
            filled.spare = 0;
        }
    }

    /// True if the file had a place for the field.
    fn had(&self, field: usize, cell: &Cell) -> bool {
        let heading = self.table.layout.columns.get(field).is_some_and(Option::is_some);
        heading || !cell.is_blank() || cell.change.is_some()
    }

    fn cell(&self, slot: &mut Slot, field: usize, cell: &Cell) {
        let Some(spec) = self.schema.fields.get(field) else { return };
        // Which template it is says the workbook, not the partner.
        if self.round.schema.identity.template == Some(FieldRef { table: self.table.table, field }) {
            return;
        }
        let said = self.said(spec, cell);
        if spec.computed {
            if said.is_some() && !has_no_result(cell) {
                (slot.entry, slot.own) = (said, true);
            }
        } else if !slot.locked {
            slot.entry = said.filter(|_| self.had(field, cell));
        } else if let Some(said) = said
            && self.value(spec, cell) != slot.entry
        {
            slot.highlight |= slot.entry.as_ref().is_some_and(|planned| differs(planned, &said, cell));
            slot.entry = Some(said);
            slot.locked = false;
        }
    }

    /// The row of the form that is filled in beforehand for the same thing. What the file had no column for tells no row
    /// from another.
    fn same_key(&self, filled: &Filled, record: &Record, taken: &BTreeSet<usize>) -> Option<usize> {
        let key = self.schema.primary_key.iter().copied();
        let key: Vec<(usize, Option<Entry>)> = key
            .filter_map(|field| {
                let (spec, cell) = (self.schema.fields.get(field)?, record.cells.get(field)?);
                self.had(field, cell).then(|| (field, self.value(spec, cell)))
            })
            .collect();
        let same = |row: &Row| {
            key.iter().all(|(field, own)| {
                own.is_some() && row.slots.get(*field).is_some_and(|slot| slot.entry == *own)
            })
        };
        if key.is_empty() {
            return None;
        }
        filled.rows.iter().enumerate().position(|(place, row)| !taken.contains(&place) && same(row))
    }

    /// What a cell was read as.
    fn value(&self, field: &Field, cell: &Cell) -> Option<Entry> {
        Some(match &cell.reading {
            Reading::Blank => return None,
            Reading::Unreadable(unreadable) => match &unreadable.why {
                // As a text it would be a date like any other, and the question forgotten.
                Misread::DateToConfirm(_) | Misread::MonthMistaken(_) => {
                    Entry::Text(format!("{}?", unreadable.raw))
                }
                Misread::Uncached => return None,
                _ => Entry::Text(unreadable.raw.clone()),
            },
            Reading::Value(Value::Money(money)) => number(unscaled(money.pounds, self.power)),
            Reading::Value(Value::Number(given) | Value::Percent(given)) => number(*given),
            Reading::Value(Value::Integer(given)) => number((*given).into()),
            Reading::Value(Value::Date(date)) if date.precision == Precision::Day => Entry::Date(date.date),
            Reading::Value(value) => {
                let shown = show_value(value, field, &self.round.schema, &self.round.partners);
                Entry::Text(shown.into_owned())
            }
        })
    }

    /// What is written for a cell: the partner's own words where it used other words for the same, else what was read.
    pub(super) fn said(&self, field: &Field, cell: &Cell) -> Option<Entry> {
        if let Some(change) = &cell.change
            && !change.typed.is_empty()
        {
            let in_words = || change.typed.chars().any(char::is_alphabetic);
            match (change.kind, cell.value()) {
                (kind, _) if keeps_words(kind) => return Some(Entry::Text(change.typed.clone())),
                (ChangeKind::Unit, _) if in_words() => return Some(Entry::Text(change.typed.clone())),
                // A word for nought has no unit.
                (ChangeKind::Amount | ChangeKind::NumberAsText, Some(Value::Money(_))) if self.power != 0 => {
                    return Some(Entry::Text(change.typed.clone()));
                }
                _ => {}
            }
        }
        self.value(field, cell)
    }
}

/// Changes after which what was typed reads the same once more, and says more than what was made of it.
const fn keeps_words(kind: ChangeKind) -> bool {
    matches!(
        kind,
        ChangeKind::NotApplicable
            | ChangeKind::NoEndDate
            | ChangeKind::Synonym
            | ChangeKind::MoreCautious
            | ChangeKind::AgencyAlias
            | ChangeKind::AgencySuccessor
            | ChangeKind::AllAgencies
            | ChangeKind::FirstOfSeveral
            | ChangeKind::RevisedDate
            | ChangeKind::EndOfPeriod
    )
}

/// True for a formula without a usable result, which the form's own takes the place of.
fn has_no_result(cell: &Cell) -> bool {
    let why = |held: &crate::model::Unreadable| matches!(held.why, Misread::ErrorValue | Misread::Uncached);
    matches!(&cell.reading, Reading::Unreadable(held) if why(held))
}

/// True if more than the spelling of what was planned is different.
fn differs(planned: &Entry, said: &Entry, cell: &Cell) -> bool {
    match (planned, said, cell.value()) {
        (Entry::Text(planned), Entry::Text(said), _) => fold(planned) != fold(said),
        (Entry::Date(planned), _, Some(Value::Date(said))) => *planned != said.date,
        _ => planned != said,
    }
}

/// A number as a cell keeps it: one with more digits than Excel has stands as text, so that none is lost.
fn number(number: Decimal) -> Entry {
    const DIGITS: u32 = 15;
    let digits = number.normalize().mantissa().unsigned_abs().checked_ilog10().map_or(1, |log| log + 1);
    if digits > DIGITS { Entry::Text(number.normalize().to_string()) } else { Entry::Number(number) }
}

/// An amount in the unit that it was typed in.
fn unscaled(pounds: Decimal, power: i8) -> Decimal {
    let factor = u32::try_from(power).ok().and_then(|power| 10_i64.checked_pow(power)).unwrap_or(1);
    pounds.checked_div(Decimal::from(factor)).unwrap_or(pounds).normalize()
}

//! Columns whose heading is in no field's names, guessed at from what stands under them, their place and their words.
//!
//! A guess is always asked about. None is made between two fields or two columns that fit alike, and a column of figures
//! is taken only where it is the only one left, for the only field of figures that has none, and where its heading has a
//! word of that field: its place alone says nothing, and figures of a wrong column are worse than none.
//!
//! Source: catalogue item L04.

mod suits;
mod words;

use super::remark;
use crate::model::{CellRef, Heading, Hint, Layout, Match, Raw, RowRole, Sheet, Workbook, words_alike};
use crate::schema::{Field, FieldType, Schema, TableSchema};
use std::collections::BTreeSet;

/// Rows that are looked at.
const MOST_ROWS: usize = 200;

/// What the round knows beside its schema.
#[derive(Clone, Copy)]
pub struct Known<'a> {
    /// What the plan register has for a reference in the field of a table.
    pub plan: &'a dyn Fn(&TableSchema, &str, usize) -> Option<&'a str>,
    /// True if a text is a name of a partner.
    pub is_partner: &'a dyn Fn(&str) -> bool,
}

impl Known<'_> {
    /// Where only the schema is known.
    pub const NOTHING: Self = Self { plan: &|_, _, _| None, is_partner: &|_| false };
}

/// Reads columns without a field as fields without a column, where one fits and nothing else does.
pub fn guess(workbook: &Workbook, schema: &Schema, known: &Known<'_>, layouts: &mut [Layout]) {
    for layout in layouts {
        let Some(table) = schema.tables.get(layout.table) else { continue };
        let Some(sheet) = workbook.sheets.iter().find(|sheet| sheet.id() == layout.sheet) else { continue };
        if layout.unmapped.iter().any(|column| !column.blank && column.filled > 0) {
            one_layout(sheet, schema, table, known, layout);
        }
    }
}

/// A column without a field.
struct Column<'s> {
    /// Its place among the unmapped.
    index: usize,
    number: u16,
    heading: &'s str,
    /// What stands under it on data rows, with the row's reference.
    cells: Vec<(Option<String>, Raw<'s>)>,
}

/// One possible reading.
#[derive(Clone, Copy)]
struct Reading {
    column: usize,
    field: usize,
    evidence: Hint,
}

fn one_layout(sheet: &Sheet, schema: &Schema, table: &TableSchema, known: &Known<'_>, layout: &mut Layout) {
    let columns = columns(sheet, table, layout);
    let open: Vec<(usize, &Field)> = table
        .fields
        .iter()
        .enumerate()
        .filter(|(index, field)| {
            let found = layout.columns.get(*index).is_none_or(Option::is_some);
            !found && !field.computed && table.sheet_field != Some(*index)
        })
        .collect();
    let rows = layout.rows.iter().filter(|(_, role)| *role == RowRole::Data).count().min(MOST_ROWS);
    let one_of_figures = columns.iter().filter(|column| suits::are_figures(column)).count() == 1
        && open.iter().filter(|(_, field)| remark::is_of_figures(field)).count() == 1;
    let looker =
        Looker { schema, table, known, layout, days: suits::Days { from_1904: sheet.dates_from_1904 }, rows };
    let mut readings = Vec::new();
    for column in &columns {
        for &(index, field) in &open {
            if remark::is_of_figures(field) && !one_of_figures {
                continue;
            }
            if let Some(evidence) = looker.evidence(column, index, field) {
                readings.push(Reading { column: column.index, field: index, evidence });
            }
        }
    }
    let taken: Vec<(Reading, Heading)> = clear(&readings, &columns, &open)
        .into_iter()
        .filter_map(|reading| {
            let column = layout.unmapped.get(reading.column)?;
            let how = Match::Guess(reading.evidence);
            Some((reading, Heading { at: column.at, text: column.heading.clone(), how }))
        })
        .collect();
    take(layout, taken);
}

/// Makes columns without a field those of fields.
fn take(layout: &mut Layout, mut taken: Vec<(Reading, Heading)>) {
    if taken.is_empty() {
        return;
    }
    layout.reasons.push(match taken.len() {
        1 => "One column was guessed at from what stands under it; that should be confirmed.".to_owned(),
        several => {
            format!(
                "{several} columns were guessed at from what stands under them; that should be confirmed."
            )
        }
    });
    taken.sort_by_key(|(reading, _)| std::cmp::Reverse(reading.column));
    for (reading, heading) in taken {
        layout.unmapped.remove(reading.column);
        if let Some(slot) = layout.columns.get_mut(reading.field) {
            *slot = Some(heading);
        }
    }
}

/// The columns that may be guessed at: with a heading that is not a field's already, something under it, and in sight.
fn columns<'s>(sheet: &'s Sheet, table: &TableSchema, layout: &'s Layout) -> Vec<Column<'s>> {
    let key = table.register.map(|register| register.key).and_then(|key| layout.columns.get(key)?.as_ref());
    let key = key.filter(|heading| heading.how != Match::Context).map(|heading| heading.at.cell.column);
    let data = || layout.rows.iter().filter(|(_, role)| *role == RowRole::Data).take(MOST_ROWS);
    let reference = |row: u32| Some(sheet.value(CellRef::new(row, key?))?.as_typed().trim().to_owned());
    let open = layout.unmapped.iter().enumerate().filter(|(_, column)| {
        let again = layout.repeated.iter().any(|(_, heading)| heading.at == column.at);
        !column.blank && column.filled > 0 && !again && !sheet.facts.is_column_hidden(column.at.cell.column)
    });
    open.map(|(index, column)| {
        let number = column.at.cell.column;
        let cells = data().filter_map(|(row, _)| {
            let raw = sheet.value(CellRef::new(*row, number)).filter(|raw| !raw.is_blank())?;
            Some((reference(*row), raw))
        });
        Column { index, number, heading: &column.heading, cells: cells.collect() }
    })
    .collect()
}

/// The readings that nothing speaks against: no other field for the column fits as well, and no other column the field.
fn clear(readings: &[Reading], columns: &[Column<'_>], open: &[(usize, &Field)]) -> Vec<Reading> {
    let alone = |reading: &Reading| {
        !readings.iter().any(|other| {
            let same_column = other.column == reading.column;
            let same_field = other.field == reading.field;
            same_column != same_field && other.evidence <= reading.evidence
        })
    };
    let by_place = |reading: &Reading| {
        // A column at a place is only told from others by being the only one that is left.
        let Some(column) = columns.iter().find(|column| column.index == reading.column) else { return false };
        let Some((_, field)) = open.iter().find(|(index, _)| *index == reading.field) else { return false };
        let asked = |other: &Field| other.constraints.required && suits::same_kind(other, field);
        open.iter().filter(|(_, other)| asked(other)).count() == 1
            && columns.iter().filter(|other| suits::may_be(other, field)).count() == 1
            && suits::may_be(column, field)
    };
    readings
        .iter()
        .filter(|reading| alone(reading) && (reading.evidence != Hint::Place || by_place(reading)))
        .copied()
        .collect()
}

struct Looker<'a, 'k> {
    schema: &'a Schema,
    table: &'a TableSchema,
    known: &'a Known<'k>,
    layout: &'a Layout,
    days: suits::Days,
    rows: usize,
}

impl Looker<'_, '_> {
    /// What speaks for a column to be a field's, the strongest of it; `None` if nothing does, or what it holds does not suit.
    fn evidence(&self, column: &Column<'_>, index: usize, field: &Field) -> Option<Hint> {
        if !suits::suits(column, field, self.schema, self.known)
            || words::speaks_of_another(column.heading, field)
        {
            return None;
        }
        let figures = remark::is_of_figures(field);
        if !figures && (self.says_what_the_plan_says(column, index) || self.are_keys(column, index)) {
            return Some(Hint::Plan);
        }
        let asked = field.constraints.required;
        if asked && field.kind == FieldType::Code && self.is_own_list(index, field, column) {
            return Some(Hint::List);
        }
        if asked && field.kind == FieldType::Agency && column.cells.len() >= 2 {
            return Some(Hint::Partners);
        }
        if words::shared(column.heading, self.table, index) {
            return Some(Hint::Words);
        }
        let full = column.cells.len() >= 2 && column.cells.len() * 2 >= self.rows;
        // Numbers of heads or cost centres stand in the place of money as well as money does.
        let judged = matches!(field.kind, FieldType::String | FieldType::Date);
        (asked && judged && full && self.is_at_place(column, index)).then_some(Hint::Place)
    }

    /// True if most rows have there what the plan has for their reference, and not the same on all of them.
    fn says_what_the_plan_says(&self, column: &Column<'_>, field: usize) -> bool {
        let (mut compared, mut alike) = (0, 0);
        let mut different = BTreeSet::new();
        for (key, raw) in &column.cells {
            let Some(planned) = key.as_ref().and_then(|key| (self.known.plan)(self.table, key, field)) else {
                continue;
            };
            if planned.trim().is_empty() {
                continue;
            }
            compared += 1;
            let same = match raw {
                Raw::Text(text) => text.trim() == planned || words_alike(text, planned),
                Raw::Date(serial) => self.days.is(*serial, planned),
                other => other.as_typed().trim() == planned,
            };
            if same {
                alike += 1;
                different.insert(planned);
            }
        }
        different.len() >= 2 && alike * 2 >= compared
    }

    /// True if the table goes by a register and nearly all cells are keys of it.
    fn are_keys(&self, column: &Column<'_>, field: usize) -> bool {
        if self.table.register.is_none_or(|register| register.key != field) {
            return false;
        }
        let is_key = |raw: &Raw<'_>| (self.known.plan)(self.table, raw.as_typed().trim(), field).is_some();
        let keys: BTreeSet<String> =
            column.cells.iter().filter(|(_, raw)| is_key(raw)).map(|(_, raw)| raw.as_typed()).collect();
        keys.len() >= 2 && keys.len() * 5 >= column.cells.len() * 4
    }

    /// True if the field is the only one of its table with its list, and the list says more than yes or no.
    fn is_own_list(&self, index: usize, field: &Field, column: &Column<'_>) -> bool {
        let long = field.list.and_then(|list| self.schema.lists.get(list));
        let others = self.table.fields.iter().enumerate();
        long.is_some_and(|list| list.categories.len() >= 3)
            && column.cells.len() >= 2
            && !others.into_iter().any(|(other, one)| other != index && one.list == field.list)
    }

    /// True if the columns beside it are the fields that stand beside the field in the schema, of those that are there.
    fn is_at_place(&self, column: &Column<'_>, index: usize) -> bool {
        let placed = || {
            let found = self.layout.columns.iter().enumerate();
            found.filter_map(|(field, heading)| {
                let heading = heading.as_ref().filter(|heading| heading.how != Match::Context)?;
                Some((field, heading.at.cell.column))
            })
        };
        let before = placed().filter(|(field, _)| *field < index).max();
        let after = placed().filter(|(field, _)| *field > index).min();
        let left = placed().filter(|(_, at)| *at < column.number).max_by_key(|(_, at)| *at);
        let right = placed().filter(|(_, at)| *at > column.number).min_by_key(|(_, at)| *at);
        before.is_some() && before == left && after == right
    }
}

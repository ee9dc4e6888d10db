//! What stands in a form before a partner fills anything in: keys, the plan's words, the ledger's figures, who sends it.

use super::{Round, held};
use crate::model::{Cell, Misread, Reading, Record, Submission, fold, is_own_sheet};
use crate::schema::{
    ControlKind, Field, FieldRef, FieldType, LayoutKind, RegisterFields, Role, Schema, TableSchema,
};

/// Which fields of a table are filled in beforehand, so that what stands in them is nobody's answer.
#[derive(Debug)]
pub struct Given<'a> {
    round: &'a Round,
    table: &'a TableSchema,
    /// Fields of which it does not matter in which row they are.
    always: Vec<bool>,
    /// The plan's heading for each field.
    planned: Vec<Option<usize>>,
    /// True if a row has a field that is not filled in beforehand.
    open: bool,
}

impl<'a> Given<'a> {
    /// Those of a table of the schema; `None` if there is no such table.
    #[must_use]
    pub fn new(round: &'a Round, index: usize) -> Option<Self> {
        let table = round.schema.tables.get(index)?;
        let fields = 0..table.fields.len();
        let always: Vec<bool> =
            fields.map(|field| is_given(round, FieldRef { table: index, field }, table)).collect();
        let planned =
            if table.register.is_some() { headings(round, table) } else { vec![None; table.fields.len()] };
        let open = always.iter().zip(&planned).any(|(always, planned)| !always && planned.is_none());
        Some(Self { round, table, always, planned, open })
    }

    /// True if a row must have something that is not filled in beforehand.
    #[must_use]
    pub fn asks(&self) -> bool {
        let asked = |(field, spec): (usize, &Field)| {
            spec.constraints.required && !self.always[field] && self.planned[field].is_none()
        };
        self.table.fields.iter().enumerate().any(asked)
    }

    /// True if something stands in a row that was not filled in beforehand. Where nothing else is asked, a row that came is
    /// the answer.
    #[must_use]
    pub fn is_answered(&self, record: &Record) -> bool {
        let mut key = None;
        let mut planned = |field: usize| {
            let Some(heading) = self.planned.get(field).copied().flatten() else { return false };
            let key = key.get_or_insert_with(|| held::register_key(self.round, self.table, record));
            let plan = &self.round.plan;
            let entry = key.as_deref().and_then(|key| plan.entries.get(*plan.by_key.get(key)?));
            let words = entry.and_then(|entry| entry.cells.get(heading));
            entry.is_none() || words.is_some_and(|words| !words.trim().is_empty())
        };
        !self.open
            || record.cells.iter().enumerate().any(|(field, cell)| {
                let always = self.always.get(field).copied().unwrap_or(true);
                !always && says_something(cell) && !planned(field)
            })
    }
}

/// True if somebody has put something into a return: into a field, under a heading of its own, beside the cells or on a
/// sheet of its own.
#[must_use]
pub fn is_filled_in(round: &Round, submission: &Submission) -> bool {
    let answered = || {
        submission.tables.iter().any(|table| {
            let given = Given::new(round, table.table);
            let said = |record: &Record| given.as_ref().is_none_or(|given| given.is_answered(record));
            table.records.iter().any(|record| !record.extra.is_empty() || said(record))
        })
    };
    let beside = || {
        submission.sheets.iter().any(|sheet| {
            let own = sheet.tables.is_empty() && sheet.filled_cells > 0 && !is_own_sheet(&sheet.name);
            own || sheet.beside.comments.1 > 0 || !sheet.beside.text_boxes.is_empty()
        })
    };
    answered() || beside()
}

/// A word for nothing is something that a person typed; words of our own are not.
fn says_something(cell: &Cell) -> bool {
    match &cell.reading {
        Reading::Blank => cell.change.is_some(),
        Reading::Unreadable(held) => held.why != Misread::OurWords,
        Reading::Value(_) => true,
    }
}

fn is_given(round: &Round, at: FieldRef, table: &TableSchema) -> bool {
    let Some(field) = table.fields.get(at.field) else { return true };
    let is_register = |register: RegisterFields| register.key == at.field || register.title == Some(at.field);
    let form = table.layout == LayoutKind::Form;
    field.computed
        || table.primary_key.contains(&at.field)
        || table.register.is_some_and(is_register)
        || says_whose(&round.schema, at)
        || field.role == Some(Role::Board)
        || is_year(round, field)
        || form && field.name == "marking"
        || is_of_ledger(&round.schema, at, field)
}

/// True for the fields of a cover that say whose return it is, and for what.
fn says_whose(schema: &Schema, at: FieldRef) -> bool {
    let identity = &schema.identity;
    [identity.agency, identity.period, identity.board, identity.template].contains(&Some(at))
}

fn is_of_ledger(schema: &Schema, at: FieldRef, field: &Field) -> bool {
    schema.controls.iter().filter(|control| control.table == at.table).any(|control| match &control.kind {
        ControlKind::Ledger { by, .. } => {
            by.contains(&at.field) || field.locked && field.kind == FieldType::Money
        }
        ControlKind::Opening { opening, .. } => *opening == at.field,
        _ => false,
    })
}

/// True for a text field that holds the plan year: its pattern is that of the round's.
#[must_use]
pub fn is_year(round: &Round, field: &Field) -> bool {
    let year = round.period.whole_year().to_string();
    let fits = field.constraints.pattern.as_ref().is_some_and(|(_, pattern)| pattern.is_match(&year));
    let means = || {
        let example = field.example.as_deref().and_then(crate::model::Period::parse);
        example.is_some_and(|example| example.quarter.is_none()) || field.name.contains("year")
    };
    field.kind == FieldType::String && fits && means()
}

/// The plan's heading for each field of a table: its name, its title or another of its headings.
#[must_use]
pub fn headings(round: &Round, table: &TableSchema) -> Vec<Option<usize>> {
    let folded: Vec<String> = round.plan.headings.iter().map(|heading| fold(heading)).collect();
    let heading = |field: &Field| {
        let names: Vec<String> =
            [&field.name, &field.title].into_iter().chain(&field.aliases).map(|name| fold(name)).collect();
        folded.iter().position(|heading| names.contains(heading))
    };
    table.fields.iter().map(heading).collect()
}

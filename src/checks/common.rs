//! What checks share: the sink for findings, words, and the condition language. No check itself.

pub(super) mod carried;
pub(super) mod compare;
pub(super) mod constraint;
pub(super) mod docs;
pub(super) mod earlier;
pub(super) mod few;
pub(super) mod formulas;
pub(super) mod held;
pub(super) mod held_back;
pub(super) mod keys;
pub(super) mod layout;
mod likely;
mod ours;
pub(super) mod planned;
pub(super) mod recommended;
pub(super) mod refusal;
mod set_aside;
mod sink;
pub(super) mod submissions;
pub(super) mod unlikely;
pub(super) mod words;

pub use likely::Likely;
pub use set_aside::{persons_alone, persons_in_replaced};
pub use sink::Findings;
pub(super) use sink::Told;

use super::Context;
use crate::finding::Location;
use crate::model::{Cell, Change, ChangeKind, Misread, PartnerId, Reading, Record, Table, Unreadable, Value};
use crate::schema::{Field, FieldType, Role, TableSchema, show_value};
use jiff::civil::Date;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// A cell that reading changed or could not read, with what stands around it.
#[derive(Debug, Clone, Copy)]
pub struct Seen<'s> {
    /// Its table.
    pub table: &'s Table,
    /// Its table as declared.
    pub schema: &'s TableSchema,
    /// The field's place in the table, zero-based.
    pub index: usize,
    /// The field.
    pub field: &'s Field,
    /// Its row.
    pub record: &'s Record,
    /// The cell.
    pub cell: &'s Cell,
}

impl<'s> Seen<'s> {
    /// Where it stands.
    pub(super) fn at(&self) -> Location {
        Location::Cell(self.cell.at)
    }

    /// What was changed in reading, if it was of this kind.
    pub(super) fn changed(&self, kind: ChangeKind) -> Option<&'s Change> {
        self.cell.change.as_deref().filter(|change| change.kind == kind)
    }

    /// What could not be read, if it could not.
    pub(super) fn unreadable(&self) -> Option<&'s Unreadable> {
        match &self.cell.reading {
            Reading::Unreadable(held) => Some(held),
            Reading::Blank | Reading::Value(_) => None,
        }
    }

    /// As it was typed, if it could not be read for this very reason.
    pub(super) fn misread(&self, why: &Misread) -> Option<&'s str> {
        self.unreadable().filter(|held| held.why == *why).map(|held| held.raw.as_str())
    }

    /// What it was read as, in words; empty for a blank.
    pub(super) fn used(&self, cx: &Context<'s>) -> Cow<'s, str> {
        self.cell.value().map_or(Cow::Borrowed(""), |value| cx.show(value, self.field))
    }
}

impl<'a> Context<'a> {
    /// A table as declared.
    pub(super) fn schema(&self, table: &Table) -> &'a TableSchema {
        &self.round.schema.tables[table.table]
    }

    /// A value as people write it.
    pub(super) fn show<'v>(&self, value: &'v Value, field: &'v Field) -> Cow<'v, str>
    where
        'a: 'v,
    {
        crate::schema::show_value(value, field, &self.round.schema, &self.round.partners)
    }

    /// A partner's name.
    pub(super) fn partner(&self, id: PartnerId) -> &'a str {
        self.round.partners.get(usize::from(id.0)).map_or("a partner", |partner| partner.name.as_str())
    }

    /// What people call a row: its reference, or else its number.
    pub(super) fn row_name(&self, schema: &TableSchema, record: &Record) -> String {
        let key = schema.register.map(|register| register.key);
        // The last field of a key is the most particular; the board is the same in every row.
        let telling = schema.primary_key.iter().rev().copied();
        let telling = telling.filter(|field| schema.fields[*field].role != Some(Role::Board));
        let named =
            key.into_iter().chain(telling).find_map(|field| match record.cells.get(field)?.value()? {
                value @ (Value::Text(_) | Value::Code(_) | Value::Integer(_)) => {
                    Some(self.show(value, &schema.fields[field]).into_owned())
                }
                _ => None,
            });
        named.unwrap_or_else(|| format!("row {}", record.at.cell.row + 1))
    }
}

/// Cells that say the same, told once: the first of them and the others, in sheet order of the first.
pub(super) fn once_each<'s>(
    cells: impl Iterator<Item = (&'s str, Seen<'s>)>,
) -> Vec<(&'s str, Seen<'s>, Vec<Seen<'s>>)> {
    let mut places = BTreeMap::new();
    let mut groups: Vec<(&str, Seen<'_>, Vec<Seen<'_>>)> = Vec::new();
    for (text, seen) in cells {
        match places.entry(text) {
            std::collections::btree_map::Entry::Vacant(entry) => {
                entry.insert(groups.len());
                groups.push((text, seen, Vec::new()));
            }
            std::collections::btree_map::Entry::Occupied(entry) => groups[*entry.get()].2.push(seen),
        }
    }
    groups
}

/// The most other places that a finding lists.
pub(super) const MOST_RELATED: usize = 20;

/// Tells every change of one kind: the message is made from the cell, what was typed and what it is used as.
pub(super) fn tell_changes<'s>(
    cx: &Context<'s>,
    cells: &[Seen<'s>],
    kind: ChangeKind,
    out: &mut Findings<'_>,
    message: impl Fn(&Seen<'s>, &str, &str) -> String,
) {
    for seen in cells {
        let Some(change) = seen.changed(kind) else { continue };
        let used = seen.used(cx);
        out.add(seen.at(), message(seen, &change.typed, &used))
            .change(&change.typed, &used)
            .field(&seen.field.title);
    }
}

/// What another field of the same row holds, as people write it.
pub(super) fn shown(cx: &Context<'_>, seen: &Seen<'_>, field: usize) -> Option<String> {
    let value = seen.record.cells.get(field)?.value()?;
    let declared = seen.schema.fields.get(field)?;
    Some(show_value(value, declared, &cx.round.schema, &cx.round.partners).into_owned())
}

/// Tells every cell that could not be read and for which there is a message; `help` is said unless the field has its own.
pub(super) fn tell_unreadable<'s>(
    cells: &[Seen<'s>],
    help: &str,
    out: &mut Findings<'_>,
    message: impl Fn(&Seen<'s>, &Unreadable) -> Option<String>,
) {
    for seen in cells {
        let Some(unread) = seen.unreadable() else { continue };
        let Some(message) = message(seen, unread) else { continue };
        out.add(seen.at(), message)
            .typed(&unread.raw)
            .field(&seen.field.title)
            .help(seen.field.help.as_deref().unwrap_or(help));
    }
}

/// Tells every such cell that may hold a day. Where the plan has one, that is what is to stand there: the message, which is
/// given it, says so, and nobody is asked for a day that would be asked about again.
pub(super) fn tell_days<'s>(
    cx: &Context<'_>,
    cells: &[Seen<'s>],
    help: &str,
    out: &mut Findings<'_>,
    message: impl Fn(&Seen<'s>, &Unreadable, Option<Date>) -> Option<String>,
) {
    for seen in cells {
        let Some(unread) = seen.unreadable() else { continue };
        let planned = planned::day_of(cx, seen);
        let Some(message) = message(seen, unread, planned) else { continue };
        let shows_no_year = matches!(unread.why, Misread::MonthMistaken(_));
        let help = match planned {
            Some(day) => planned::put_back(day),
            None => seen.field.help.clone().unwrap_or_else(|| help.to_owned()),
        };
        let format =
            if shows_no_year { "Choose a date format that shows the year (Format Cells). " } else { "" };
        out.add(seen.at(), message)
            .typed(&unread.raw)
            .field(&seen.field.title)
            .help(format!("{format}{help}"));
    }
}

/// The other cells of a group, as places of a finding.
pub(super) fn others<'o>(others: &'o [Seen<'_>]) -> impl Iterator<Item = (Location, String)> + 'o {
    others.iter().map(|seen| (seen.at(), "the same".to_owned()))
}

/// ` It stands in 3 more cells.`, or nothing.
pub(super) fn and_more(others: &[Seen<'_>]) -> String {
    match others.len() {
        0 => String::new(),
        1 => " It stands in one more cell.".to_owned(),
        more => format!(" It stands in {more} more cells."),
    }
}

/// Every text of some rows with its cell; only fields that hold text are looked at.
pub(super) fn texts<'r>(
    cx: &Context<'r>,
    table: &Table,
    rows: &'r [Record],
) -> impl Iterator<Item = (&'r Cell, &'r str)> {
    let fields = cx.schema(table).fields.iter().enumerate();
    let texts: Vec<usize> =
        fields.filter(|(_, field)| field.kind == FieldType::String).map(|(index, _)| index).collect();
    texts
        .into_iter()
        .flat_map(move |index| rows.iter().filter_map(move |record| record.cells.get(index)))
        .filter_map(|cell| Some((cell, cell.text()?)))
}

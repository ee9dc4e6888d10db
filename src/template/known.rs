//! Words of the settings as entries of a table's cells.

use super::content::{Entry, Row};
use crate::model::{PartnerId, Period, fold};
use crate::round::{self, Round};
use crate::schema::{CodeList, ControlKind, Field, FieldRef, FieldType, LayoutKind, Role, TableSchema};
use jiff::civil::Date;
use rust_decimal::Decimal;

/// What is known of a table's fields whatever the row.
pub(super) struct Known<'a> {
    round: &'a Round,
    partner: PartnerId,
    index: usize,
    table: &'a TableSchema,
}

impl<'a> Known<'a> {
    pub(super) const fn new(
        round: &'a Round,
        partner: PartnerId,
        index: usize,
        table: &'a TableSchema,
    ) -> Self {
        Self { round, partner, index, table }
    }

    /// A row with what is known whatever the row; without it if `context` is false.
    pub(super) fn row(&self, context: bool) -> Row {
        let mut row = Row::open(self.table.fields.len());
        if context {
            for (field, slot) in row.slots.iter_mut().enumerate() {
                slot.entry = self.context(field);
                slot.locked = slot.entry.is_some() && self.is_fixed(field);
            }
        }
        row
    }

    /// True if a field is not to be changed once it is filled in.
    pub(super) fn is_fixed(&self, field: usize) -> bool {
        let identity = &self.round.schema.identity;
        let at = Some(FieldRef { table: self.index, field });
        let says_who = [identity.agency, identity.period, identity.board, identity.template].contains(&at);
        self.table
            .fields
            .get(field)
            .is_some_and(|spec| spec.locked || says_who || round::is_year(self.round, spec))
            || self.table.primary_key.contains(&field) && self.table.layout == LayoutKind::Rows
    }

    fn context(&self, field: usize) -> Option<Entry> {
        let spec = self.table.fields.get(field)?;
        let identity = &self.round.schema.identity;
        let at = Some(FieldRef { table: self.index, field });
        let text = |text: &str| Some(Entry::Text(text.to_owned()));
        let name = &self.round.partner(self.partner).name;
        if at == identity.agency {
            return text(name);
        }
        if at == identity.period {
            return text(&self.round.period.to_string());
        }
        if at == identity.template {
            return text(&self.round.schema.version);
        }
        if at == identity.board || spec.role == Some(Role::Board) {
            return self.entry(field, &self.round.code).or_else(|| self.entry(field, &self.round.board));
        }
        if round::is_year(self.round, spec) {
            return text(&self.round.period.whole_year().to_string());
        }
        if spec.kind == FieldType::Agency && self.table.primary_key.contains(&field) {
            return text(name);
        }
        let is_marking = self.table.layout == LayoutKind::Form && spec.name == "marking";
        if is_marking { self.entry(field, self.round.marking.as_str()) } else { None }
    }

    /// A text of the settings as an entry of a field; `None` if it does not say one thing.
    pub(super) fn entry(&self, field: usize, text: &str) -> Option<Entry> {
        let spec = self.table.fields.get(field)?;
        match spec.kind {
            FieldType::Code if spec.many => {
                self.list(spec).and_then(|list| joined(text, |part| label(list, part)))
            }
            FieldType::Code => label(self.list(spec)?, text).map(Entry::Text),
            FieldType::Agency if spec.many && is_all(text) => {
                let senders = self.round.partners.iter().filter(|partner| partner.sends);
                let names: Vec<&str> = senders.map(|partner| partner.name.as_str()).collect();
                (!names.is_empty()).then(|| Entry::Text(names.join("; ")))
            }
            FieldType::Agency if spec.many => joined(text, |part| self.called(part)),
            // Where all lead, each leads for itself.
            FieldType::Agency if is_all(text) => {
                Some(Entry::Text(self.round.partner(self.partner).name.clone()))
            }
            FieldType::Agency => self.called(text).map(Entry::Text),
            FieldType::Date => day(text).map(Entry::Date),
            FieldType::Integer | FieldType::Number | FieldType::Percent | FieldType::Money => {
                number(text).map(Entry::Number)
            }
            FieldType::Boolean => match fold(text).as_str() {
                "yes" | "y" | "true" => Some(Entry::Text("Yes".to_owned())),
                "no" | "n" | "false" => Some(Entry::Text("No".to_owned())),
                _ => None,
            },
            FieldType::Period => Period::parse(text).map(|period| Entry::Text(period.to_string())),
            FieldType::String => Some(Entry::Text(text.to_owned())),
        }
    }

    fn list(&self, field: &Field) -> Option<&'a CodeList> {
        self.round.schema.lists.get(field.list?)
    }

    fn called(&self, text: &str) -> Option<String> {
        let partner = self.round.partners.iter().find(|partner| partner.is_called(text));
        partner.map(|partner| partner.name.clone())
    }

    /// The row with the opening balance that the ledger has.
    pub(super) fn opening(&self, mut row: Row) -> Row {
        for control in self.round.schema.controls.iter().filter(|control| control.table == self.index) {
            let ControlKind::Opening { opening, ledger, column } = &control.kind else { continue };
            let lines = self.round.ledger.lines.iter().filter(|line| line.table == *ledger);
            let stated = lines.filter_map(|line| line.amounts.get(column)).copied().next();
            if let Some((figure, slot)) = stated.zip(row.slots.get_mut(*opening)) {
                slot.entry = Some(Entry::Number(figure));
                slot.locked = true;
            }
        }
        row
    }
}

/// A category's words, found by them, its value or another word for it.
fn label(list: &CodeList, text: &str) -> Option<String> {
    let text = fold(text);
    let category = list.categories.iter().find(|category| {
        [&category.label, &category.value]
            .into_iter()
            .chain(&category.synonyms)
            .any(|name| fold(name) == text)
    })?;
    Some(super::words_of(category).to_owned())
}

/// Several things in one text, each of which must be known.
fn joined(text: &str, find: impl Fn(&str) -> Option<String>) -> Option<Entry> {
    if let Some(one) = find(text) {
        return Some(Entry::Text(one));
    }
    let parts = text.split([';', ',', '/', '\n']).map(str::trim).filter(|part| !part.is_empty());
    let found: Option<Vec<String>> = parts.map(find).collect();
    found.filter(|found| !found.is_empty()).map(|found| Entry::Text(found.join("; ")))
}

/// True for *All*, *All six* and the like.
fn is_all(text: &str) -> bool {
    text.split_whitespace().next().is_some_and(|first| first.eq_ignore_ascii_case("all"))
}

/// A day written `2014-03-31` or `31/03/2014`.
fn day(text: &str) -> Option<Date> {
    let text = text.trim();
    if let Ok(day) = text.parse::<Date>() {
        return Some(day);
    }
    let mut parts = text.split('/');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || year.len() != 4 {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

fn number(text: &str) -> Option<Decimal> {
    text.trim().trim_start_matches('£').trim_end_matches('%').replace(',', "").trim().parse().ok()
}

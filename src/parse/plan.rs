//! A table's fields, made ready for reading many cells.

use super::Context;
use super::agency::Agencies;
use super::code::Codes;
use super::date::Dates;
use super::date_words::is_without_end;
use super::money::Unit;
use crate::model::{
    CellRef, Heading, Holder, Layout, Match, Raw, RowRole, Sheet, SheetFacts, Sure, Suspected, fold,
    folds_alike, heading_unit,
};
use crate::schema::{Field, FieldType, Schema, TableSchema};
use std::collections::BTreeMap;

/// Everything that reading the cells of one located table needs.
pub(super) struct Plan<'a> {
    pub fields: Vec<FieldPlan<'a>>,
    pub agencies: Agencies<'a>,
    pub dates: Dates,
    /// True if the sheet holds nothing but text, as every `.csv` does: a figure as text is no change there.
    pub only_text: bool,
    /// How the sheet's cells look and by which rules.
    pub facts: &'a SheetFacts,
    /// What of the sheet's cells is likely to identify a person.
    pub likely: Likely,
}

/// Where something stands that is likely to identify a person.
#[derive(Default)]
pub(super) struct Likely {
    cells: BTreeMap<CellRef, Suspected>,
    /// Columns of names, by the first of them.
    columns: Vec<Suspected>,
}

impl Likely {
    fn of(facts: &SheetFacts) -> Self {
        let mut likely = Self::default();
        for one in facts.suspected.iter().filter(|one| one.sure == Sure::Medium) {
            match (one.at, one.holder) {
                (Some(at), Holder::Cell | Holder::Formula) => {
                    likely.cells.entry(at).or_insert(*one);
                }
                (Some(_), Holder::Column) => likely.columns.push(*one),
                _ => {}
            }
        }
        likely
    }

    /// What of a cell is, the gravest.
    pub(super) fn at(&self, cell: CellRef) -> Option<&Suspected> {
        let under = |first: CellRef| first.column == cell.column && first.row <= cell.row;
        let column = || self.columns.iter().find(|one| one.at.is_some_and(under));
        self.cells.get(&cell).or_else(column)
    }
}

/// One field, ready for reading.
pub(super) struct FieldPlan<'a> {
    pub field: &'a Field,
    pub kind: Kind<'a>,
    pub missing: Words,
    pub allow: Words,
    /// The allowed word that means *no end date*.
    pub no_end: Option<u16>,
    /// True if the field is part of the primary key or the register's key, or says whose the amounts of its row are.
    pub key: bool,
    /// The sheet's column.
    pub column: Option<u16>,
}

/// A field's type with what reading it needs.
pub(super) enum Kind<'a> {
    Text,
    Integer,
    Number,
    Percent { fractions: bool },
    Boolean,
    Date,
    Period,
    Money(Unit),
    Code(Codes<'a>),
    Agency,
}

impl<'a> Plan<'a> {
    pub(super) fn new(sheet: &'a Sheet, table: &'a TableSchema, layout: &Layout, cx: &Context<'a>) -> Self {
        let fields = table.fields.iter().enumerate().map(|(index, field)| {
            let heading = layout.columns.get(index).and_then(Option::as_ref);
            let key = table.primary_key.contains(&index)
                || table.register.is_some_and(|register| register.key == index)
                || names_payer(table, index);
            FieldPlan::new(sheet, field, heading, layout, cx, key)
        });
        Self {
            fields: fields.collect(),
            agencies: Agencies::new(cx.partners, cx.bodies),
            dates: Dates {
                from_1904: sheet.dates_from_1904,
                period: cx.period,
                year_start: cx.schema.year_start.clamp(1, 12),
            },
            facts: &sheet.facts,
            likely: Likely::of(&sheet.facts),
            only_text: sheet.cells().iter().all(|cell| matches!(sheet.raw(cell), Raw::Text(_))),
        }
    }
}

/// True for the first partner of a table of amounts that has neither a register nor a key: whose they are. Two partners there
/// are not one who leads and one who helps.
fn names_payer(table: &TableSchema, index: usize) -> bool {
    let kind = |field: &Field, kind| field.kind == kind;
    table.register.is_none()
        && table.primary_key.is_empty()
        && table.fields.iter().any(|field| kind(field, FieldType::Money))
        && table.fields.iter().position(|field| kind(field, FieldType::Agency)) == Some(index)
}

impl<'a> FieldPlan<'a> {
    fn new(
        sheet: &Sheet,
        field: &'a Field,
        heading: Option<&Heading>,
        layout: &Layout,
        cx: &Context<'a>,
        key: bool,
    ) -> Self {
        let column =
            heading.filter(|heading| heading.how != Match::Context).map(|heading| heading.at.cell.column);
        let kind = match field.kind {
            FieldType::String => Kind::Text,
            FieldType::Integer => Kind::Integer,
            FieldType::Number => Kind::Number,
            FieldType::Percent => Kind::Percent { fractions: fractions(sheet, layout, column) },
            FieldType::Boolean => Kind::Boolean,
            FieldType::Date => Kind::Date,
            FieldType::Period => Kind::Period,
            FieldType::Money => Kind::Money(unit(field, heading, cx)),
            FieldType::Code => codes(field, cx.schema).map_or(Kind::Text, Kind::Code),
            // Without a register of partners a name can only be kept.
            FieldType::Agency if cx.partners.is_empty() => Kind::Text,
            FieldType::Agency => Kind::Agency,
        };
        let no_end = field.allow.iter().position(|word| is_without_end(&fold(word)));
        Self {
            field,
            kind,
            missing: Words::new(&field.missing_values),
            allow: Words::new(&field.allow),
            no_end: no_end.and_then(|index| u16::try_from(index).ok()),
            key,
            column,
        }
    }
}

fn codes<'a>(field: &Field, schema: &'a Schema) -> Option<Codes<'a>> {
    schema.lists.get(field.list?).map(Codes::new)
}

/// A heading that names its unit (`Q1 £000`) outweighs the cover.
fn unit(field: &Field, heading: Option<&Heading>, cx: &Context<'_>) -> Unit {
    let named = heading.and_then(|heading| heading_unit(&heading.text)).map(|(_, power)| power);
    Unit { power: named.unwrap_or(cx.unit), rounded: cx.rounded, query_negatives: field.query_negatives }
}

/// True if all numbers of a column are at most one, as Excel stores percentages.
fn fractions(sheet: &Sheet, layout: &Layout, column: Option<u16>) -> bool {
    let Some(column) = column else { return true };
    let plain = |row: &u32| matches!(sheet.value(crate::model::CellRef::new(*row, column)), Some(Raw::Number(number)) if super::percent::is_plain(number));
    let data = layout.rows.iter().filter(|(_, role)| *role == RowRole::Data).map(|(row, _)| row);
    !data.take(100_000).any(plain)
}

/// Words that stand in place of a value.
pub(super) struct Words {
    words: Vec<(String, String)>,
    longest: usize,
}

impl Words {
    fn new(words: &[String]) -> Self {
        let words: Vec<(String, String)> =
            words.iter().map(|word| (word.trim().to_owned(), fold(word))).collect();
        let longest = words.iter().map(|(word, _)| word.len()).max().unwrap_or(0) + 8;
        Self { longest: if words.is_empty() { 0 } else { longest }, words }
    }

    pub(super) fn find(&self, text: &str) -> Option<u16> {
        if text.len() > self.longest {
            return None;
        }
        let is = |(word, folded): &(String, String)| {
            !word.is_empty() && text.eq_ignore_ascii_case(word)
                || !folded.is_empty() && folds_alike(text, folded)
        };
        self.words.iter().position(is).and_then(|index| u16::try_from(index).ok())
    }

    pub(super) fn are(&self, text: &str) -> bool {
        self.find(text).is_some()
    }
}

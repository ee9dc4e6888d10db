//! The rows and cells of one return against what must come of them.

use super::clean::{Id, Kind, Place, Return, Role, said};
use super::judge::Verdict;
use super::mutant::{Fate, Mutant, State, Want};
use super::render::Map;
use crate::support::cells::Cell as Typed;
use quarterday::model::{Cell, FileId, HeldRow, PartnerId, Precision, Reading, Record, Value};
use quarterday::pipeline::Run;
use quarterday::round::Round;
use quarterday::schema::{Field, FieldType, TableSchema};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// A sheet and a row of it.
type At = (usize, u32);

/// What came of one return.
pub struct Compared<'m> {
    mutant: &'m Mutant<'m>,
    index: usize,
    map: &'m Map,
    source: &'m Return,
    accepted: bool,
    merged: BTreeMap<At, Vec<&'m Record>>,
    forms: BTreeMap<&'m str, &'m Record>,
    held: BTreeMap<At, &'m HeldRow>,
}

impl<'m> Compared<'m> {
    pub fn new(
        mutant: &'m Mutant<'m>,
        index: usize,
        map: &'m Map,
        file: FileId,
        rows: &'m [(usize, PartnerId, Record)],
        run: &'m Run,
    ) -> Self {
        let source = &mutant.returns[index];
        let blocks = || source.sheets.iter().flat_map(|sheet| &sheet.blocks);
        let mut compared = Self {
            mutant,
            index,
            map,
            source,
            accepted: mutant.states[index] == State::Accepted,
            merged: BTreeMap::new(),
            forms: BTreeMap::new(),
            held: BTreeMap::new(),
        };
        for (table, _, record) in rows.iter().filter(|(_, _, record)| record.at.file == file) {
            let name = mutant.base.round.schema.tables[*table].name.as_str();
            if blocks().any(|block| block.form && block.table == name) {
                compared.forms.insert(name, record);
            } else {
                let at = (usize::from(record.at.sheet.0), record.at.cell.row);
                compared.merged.entry(at).or_default().push(record);
            }
        }
        for row in run.consolidated.held.iter().filter(|row| row.at.file == file) {
            compared.held.insert((usize::from(row.at.sheet.0), row.at.cell.row), row);
        }
        compared
    }

    fn table(&self, place: Place) -> &'m TableSchema {
        let tables = &self.mutant.base.round.schema.tables;
        tables.iter().find(|table| table.name == place.table).expect("a table of the schema")
    }

    fn fate(&self, row: Id) -> Option<Fate> {
        self.mutant.fates.get(&row).copied().filter(|_| self.index == 0)
    }

    /// Compares everything.
    pub fn all(&self, verdict: &mut Verdict) {
        let places = self.source.places();
        let mut rows = BTreeSet::new();
        for place in &places {
            let is_form = self.forms.contains_key(place.table) || ["cover", "form"].contains(&place.table);
            if is_form {
                self.form(*place, verdict);
            } else {
                if rows.insert(self.map.rows[&place.row]) {
                    self.row(*place, verdict);
                }
                if let Some(record) = self.merged_row(place.row) {
                    self.cell(place.row, place.field, record, self.table(*place), verdict);
                }
            }
        }
        if self.accepted && self.index == 0 {
            self.filled_from_elsewhere(&places, verdict);
            self.extras(verdict);
        }
        for at in self.merged.keys().filter(|at| !rows.contains(*at)) {
            verdict.lost.push(format!("{}: row {} was merged and is no row of it", self.map.file, at.1 + 1));
        }
    }

    /// The merged row of a row that must be merged.
    fn merged_row(&self, row: Id) -> Option<&'m Record> {
        let at = self.map.rows.get(&row).filter(|_| self.accepted && self.fate(row).is_none())?;
        self.merged.get(at).and_then(|records| records.first().copied())
    }

    fn form(&self, place: Place, verdict: &mut Verdict) {
        match self.forms.get(place.table).filter(|_| self.accepted) {
            Some(record) => self.cell(place.row, place.field, record, self.table(place), verdict),
            None if self.accepted => {
                verdict.lost.push(format!("{}: the form {} is not merged", self.map.file, place.table));
            }
            None => {}
        }
    }

    /// A row is merged once or held once.
    fn row(&self, place: Place, verdict: &mut Verdict) {
        let at = self.map.rows[&place.row];
        let merged = self.merged.get(&at).map_or(0, Vec::len);
        let held = usize::from(self.held.contains_key(&at));
        let wanted = match (self.accepted, self.fate(place.row)) {
            (false, _) => (0, 0),
            (true, Some(Fate::Held)) => (0, 1),
            (true, _) => (1, 0),
        };
        if (merged, held) != wanted {
            verdict.lost.push(format!(
                "{} {}: row {} is merged {merged} times and held {held} times",
                self.map.file,
                place.table,
                at.1 + 1
            ));
        }
        if let Some(row) = self.held.get(&at) {
            self.held_row(place, row, verdict);
        }
    }

    /// A row that is held keeps its texts and its amounts.
    fn held_row(&self, place: Place, held: &HeldRow, verdict: &mut Verdict) {
        let table = self.table(place);
        let mut pounds = Decimal::ZERO;
        for own in self.source.places().into_iter().filter(|own| own.row == place.row) {
            let Some(number) = table.fields.iter().position(|field| field.name == own.field) else {
                continue;
            };
            let Some(typed) = self.source.cell(own) else { continue };
            if let (Typed::Number(amount), FieldType::Money) = (typed, table.fields[number].kind) {
                let amount: Decimal = amount.to_string().parse().expect("a plain number");
                pounds += amount;
            }
            let words = matches!(own.kind, Kind::Text | Kind::Update | Kind::Title | Kind::Post);
            if words && held.cells[number] != said(typed) {
                let (got, wanted) = (&held.cells[number], said(typed));
                verdict.silent.push(format!("held {}: {got:?} should be {wanted:?}", own.field));
            }
        }
        if held.pounds != pounds {
            verdict.silent.push(format!("held {}: {} should be {pounds}", place.table, held.pounds));
        }
    }

    /// Fields that have no column any more and are filled from elsewhere, or are blank.
    fn filled_from_elsewhere(&self, places: &[Place], verdict: &mut Verdict) {
        let there: BTreeSet<(Id, &str)> = places.iter().map(|place| (place.row, place.field)).collect();
        let rows: BTreeMap<Id, Place> = places.iter().map(|place| (place.row, *place)).collect();
        for (row, field) in self.mutant.truths[0].keys() {
            if there.contains(&(*row, *field)) || self.mutant.fates.contains_key(row) {
                continue;
            }
            match rows.get(row) {
                Some(place) => {
                    if let Some(record) = self.merged_row(*row) {
                        self.cell(*row, field, record, self.table(*place), verdict);
                    }
                }
                None => {
                    verdict.lost.push(format!("a row is not in the file and no operator says so: {field}"));
                }
            }
        }
    }

    /// What stands in columns that the schema does not know is kept with its row.
    fn extras(&self, verdict: &mut Verdict) {
        let blocks = self.source.sheets.iter().flat_map(|sheet| &sheet.blocks);
        for block in blocks.filter(|block| !block.form && !block.table.is_empty()) {
            for column in block.columns.iter().filter(|column| column.field.is_empty()) {
                for row in block.rows.iter().filter(|row| row.role == Role::Data) {
                    let (Some(typed), Some(record)) = (row.cells.get(&column.id), self.merged_row(row.id))
                    else {
                        continue;
                    };
                    if !record.extra.iter().any(|(_, kept)| *kept == said(typed)) {
                        verdict.silent.push(format!("{}: an extra cell is not kept", column.heading));
                    }
                }
            }
        }
    }

    fn cell(
        &self,
        row: Id,
        field: &'static str,
        record: &Record,
        table: &TableSchema,
        verdict: &mut Verdict,
    ) {
        let Some(number) = table.fields.iter().position(|own| own.name == field) else { return };
        verdict.cells += 1;
        let got = shown(&record.cells[number], &table.fields[number], &self.mutant.base.round);
        let wanted = match self.mutant.wants.get(&(row, field)).filter(|_| self.index == 0) {
            Some(Want::Is(words)) => words.clone(),
            Some(Want::Blank) => String::new(),
            Some(Want::Held) => "held".to_owned(),
            None => self.mutant.truths[self.index].get(&(row, field)).cloned().unwrap_or_default(),
        };
        if got != wanted {
            let at = record.cells[number].at.cell;
            verdict.silent.push(format!("{} {field}!{at}: {got:?} should be {wanted:?}", self.map.file));
        }
    }
}

/// A merged cell in the words of a clean one.
fn shown(cell: &Cell, field: &Field, round: &Round) -> String {
    let label = |code: u16| {
        let list = field.list.and_then(|list| round.schema.lists.get(list));
        list.and_then(|list| list.categories.get(usize::from(code))).map_or("?", |known| known.label.as_str())
    };
    let partner = |id: PartnerId| round.partners[usize::from(id.0)].name.as_str();
    match &cell.reading {
        Reading::Blank => String::new(),
        Reading::Unreadable(_) => "held".to_owned(),
        Reading::Value(value) => match value {
            Value::Text(text) => text.to_string(),
            Value::Code(code) => label(*code).to_owned(),
            Value::Codes(codes) => codes.iter().map(|code| label(*code)).collect::<Vec<_>>().join("; "),
            Value::Agency(id) => partner(*id).to_owned(),
            Value::Agencies(ids) => ids.iter().map(|id| partner(*id)).collect::<Vec<_>>().join("; "),
            Value::Date(date) => match date.precision {
                Precision::Day => date.date.to_string(),
                Precision::Month => format!("{} to the month", date.date),
                Precision::Quarter => format!("{} to the quarter", date.date),
            },
            Value::Period(period) => period.to_string(),
            Value::Money(money) => money.pounds.normalize().to_string(),
            Value::Integer(number) => number.to_string(),
            Value::Number(number) | Value::Percent(number) => number.normalize().to_string(),
            Value::Boolean(value) => if *value { "Yes" } else { "No" }.to_owned(),
            Value::Word(word) => format!("word {word}"),
        },
    }
}

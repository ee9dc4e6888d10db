//! Which rows of a return are held, and why: the one place that says so, for merging and for telling.

use super::{Register, Round};
use crate::model::{HeldReason, PartnerId, Reading, Record, Submission, Table, Value, folds_alike};
use crate::schema::{self, FieldType, Role, TableSchema};
use std::borrow::Cow;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash as _, Hasher as _};

/// A row that is held.
#[derive(Debug, Clone)]
pub struct Held<'s> {
    /// Its place: of its table among those of the return, and of the row among that table's records.
    pub place: (usize, usize),
    /// Its table.
    pub table: &'s Table,
    /// The row.
    pub record: &'s Record,
    /// Why it is held.
    pub why: HeldReason,
}

/// The rows of a return that are held, in the order of tables and rows. A row repeats another if that stands earlier in any
/// table of the same kind and is merged.
#[must_use]
pub fn rows<'s>(round: &Round, submission: &'s Submission) -> Vec<Held<'s>> {
    let sender = submission.identity.partner;
    let mut held = Vec::new();
    let mut keyed: Vec<Keyed> = Vec::new();
    for (number, table) in submission.tables.iter().enumerate() {
        let Some(schema) = round.schema.tables.get(table.table) else { continue };
        let key = Key::of(schema, sender);
        for (row, record) in table.records.iter().enumerate() {
            let place = (number, row);
            if let Some(why) = reason(round, schema, sender, record) {
                held.push(Held { place, table, record, why });
            } else if let Some(hash) = key.hash(record) {
                let [kind, number, row] =
                    [table.table, number, row].map(|n| u32::try_from(n).unwrap_or(u32::MAX));
                keyed.push((kind, hash, number, row));
            }
        }
    }
    keyed.sort_unstable();
    for group in keyed.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)).filter(|group| group.len() > 1) {
        repeats(round, submission, group, &mut held);
    }
    held.sort_by_key(|row| row.place);
    held
}

/// A row with its key: the kind of table, the key's hash, the table's and the row's place.
type Keyed = (u32, u64, u32, u32);

/// Rows of one kind and hash: those whose keys are the same as an earlier one's.
fn repeats<'s>(round: &Round, submission: &'s Submission, group: &[Keyed], held: &mut Vec<Held<'s>>) {
    let mut firsts: Vec<&Record> = Vec::new();
    for &(_, _, number, row) in group {
        let place = (number as usize, row as usize);
        let Some(table) = submission.tables.get(place.0) else { continue };
        let Some(record) = table.records.get(place.1) else { continue };
        let Some(schema) = round.schema.tables.get(table.table) else { continue };
        let key = Key::of(schema, submission.identity.partner);
        match firsts.iter().find(|first| key.same(first, record)) {
            Some(first) => {
                let why = HeldReason::Repeats { first: first.at };
                held.push(Held { place, table, record, why });
            }
            None => firsts.push(record),
        }
    }
}

/// Why a row is held, other than that it repeats an earlier one.
fn reason(
    round: &Round,
    schema: &TableSchema,
    sender: Option<PartnerId>,
    record: &Record,
) -> Option<HeldReason> {
    other_board(round, schema, record)
        .or_else(|| other_partner(schema, sender?, record))
        .or_else(|| unreadable_key(schema, record))
        .or_else(|| not_in_plan(round, schema, sender, record))
}

fn other_board(round: &Round, schema: &TableSchema, record: &Record) -> Option<HeldReason> {
    let field = schema.role(Role::Board)?;
    let names: [&str; 2] = match record.cells.get(field)?.value()? {
        Value::Text(text) => [text, text],
        Value::Code(code) => {
            let list = round.schema.lists.get(schema.fields.get(field)?.list?)?;
            let category = list.categories.get(usize::from(*code))?;
            [&category.label, &category.value]
        }
        _ => return None,
    };
    let ours = [round.code.as_str(), round.board.as_str()];
    // Without a round no board is another.
    let unknown = ours.iter().all(|our| our.is_empty());
    let is_ours = names.iter().any(|name| ours.iter().any(|our| folds_alike(name, our)));
    let board = || names[0].trim().to_owned();
    (!unknown && !is_ours).then(|| HeldReason::OtherBoard { field, board: board() })
}

fn other_partner(schema: &TableSchema, sender: PartnerId, record: &Record) -> Option<HeldReason> {
    let field = sender_field(schema)?;
    match record.cells.get(field)?.value()? {
        Value::Agency(named) if *named != sender => Some(HeldReason::OtherPartner { field, named: *named }),
        _ => None,
    }
}

fn unreadable_key(schema: &TableSchema, record: &Record) -> Option<HeldReason> {
    let mut keys = schema.primary_key.iter().copied().chain(schema.register.map(|register| register.key));
    let field = keys.find(|&field| {
        matches!(record.cells.get(field).map(|cell| &cell.reading), Some(Reading::Unreadable(_)))
    })?;
    Some(HeldReason::UnreadableKey { field })
}

fn not_in_plan(
    round: &Round,
    schema: &TableSchema,
    sender: Option<PartnerId>,
    record: &Record,
) -> Option<HeldReason> {
    let Register { entries, by_key, .. } = &round.plan;
    let field = schema.register.filter(|_| !entries.is_empty())?.key;
    let Some(key) = register_key(round, schema, record) else { return Some(HeldReason::NoKey { field }) };
    match by_key.get(&*key).and_then(|entry| entries.get(*entry)) {
        None => Some(HeldReason::NotInPlan { key: key.into_owned() }),
        Some(entry) => {
            let asked = sender.is_none_or(|sender| entry.agencies.contains(&sender));
            (!asked).then(|| HeldReason::NotAsked { key: key.into_owned() })
        }
    }
}

/// The reference of a row that the plan goes by, if its table has one and the row holds it.
#[must_use]
pub fn register_key<'r>(
    round: &'r Round,
    schema: &'r TableSchema,
    record: &'r Record,
) -> Option<Cow<'r, str>> {
    let field = schema.register?.key;
    match record.cells.get(field)?.value()? {
        Value::Text(text) => Some(Cow::Borrowed(text)),
        other => Some(schema::show_value(other, schema.fields.get(field)?, &round.schema, &round.partners)),
    }
}

/// The part of a key that names the sender: the first partner in it.
#[must_use]
pub fn sender_field(schema: &TableSchema) -> Option<usize> {
    let is_agency =
        |field: &usize| schema.fields.get(*field).is_some_and(|field| field.kind == FieldType::Agency);
    schema.primary_key.iter().copied().find(is_agency)
}

/// What tells rows of a table apart: its primary key or, without one, the reference that the plan goes by.
#[derive(Debug, Clone)]
pub struct Key<'s> {
    fields: Cow<'s, [usize]>,
    sender: Option<PartnerId>,
    sender_field: Option<usize>,
}

impl<'s> Key<'s> {
    /// The key of a table in the return of a sender.
    #[must_use]
    pub fn of(schema: &'s TableSchema, sender: Option<PartnerId>) -> Self {
        let fields = match schema.register {
            Some(register) if schema.primary_key.is_empty() => Cow::Owned(vec![register.key]),
            _ => Cow::Borrowed(schema.primary_key.as_slice()),
        };
        Self { fields, sender, sender_field: sender_field(schema) }
    }

    /// The fields that it is made of.
    #[must_use]
    pub fn fields(&self) -> &[usize] {
        &self.fields
    }

    /// A hash of a row's key; `None` without a key, or if a part of it holds no value. A blank in place of the sender's name
    /// is the sender.
    #[must_use]
    pub fn hash(&self, record: &Record) -> Option<u64> {
        if self.fields.is_empty() {
            return None;
        }
        let mut hasher = DefaultHasher::new();
        for &field in &*self.fields {
            match self.part(record, field)? {
                Part::Partner(partner) => partner.hash(&mut hasher),
                Part::Value(value) => hash_value(value, &mut hasher),
            }
        }
        Some(hasher.finish())
    }

    /// True if two rows have the same whole key.
    #[must_use]
    pub fn same(&self, a: &Record, b: &Record) -> bool {
        self.fields.iter().all(|&field| match (self.part(a, field), self.part(b, field)) {
            (Some(Part::Partner(a)), Some(Part::Partner(b))) => a == b,
            (Some(Part::Value(a)), Some(Part::Value(b))) => same_value(a, b),
            _ => false,
        })
    }

    fn part<'r>(&self, record: &'r Record, field: usize) -> Option<Part<'r>> {
        let reading = &record.cells.get(field)?.reading;
        let names_sender = self.sender_field == Some(field);
        match reading {
            Reading::Value(Value::Agency(named)) if names_sender => Some(Part::Partner(Some(*named))),
            Reading::Value(value) => Some(Part::Value(value)),
            Reading::Blank if names_sender => Some(Part::Partner(self.sender)),
            Reading::Blank | Reading::Unreadable(_) => None,
        }
    }
}

/// A part of a key.
enum Part<'r> {
    /// The sender's name; `None` if nobody knows it.
    Partner(Option<PartnerId>),
    Value(&'r Value),
}

/// Feeds a value to a hasher; values that are the same by [`same_value`] hash alike.
pub fn hash_value(value: &Value, hasher: &mut DefaultHasher) {
    match value {
        Value::Text(text) => text.hash(hasher),
        Value::Code(code) | Value::Word(code) => code.hash(hasher),
        Value::Codes(codes) => codes.hash(hasher),
        Value::Agency(agency) => agency.hash(hasher),
        Value::Agencies(agencies) => agencies.hash(hasher),
        Value::Date(date) => date.date.hash(hasher),
        Value::Period(period) => period.hash(hasher),
        Value::Money(money) => money.pounds.hash(hasher),
        Value::Number(number) | Value::Percent(number) => number.hash(hasher),
        Value::Integer(number) => number.hash(hasher),
        Value::Boolean(value) => value.hash(hasher),
    }
}

/// True if two values are the same: amounts in pounds, whatever unit they were typed in, and dates by their day.
#[must_use]
pub fn same_value(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Money(a), Value::Money(b)) => a.pounds == b.pounds,
        (Value::Date(a), Value::Date(b)) => a.date == b.date,
        _ => a == b,
    }
}

/// Why a row is held and what to do, in plain sentences. Names of sheets are those of its return.
#[must_use]
pub fn in_words(round: &Round, submission: &Submission, held: &Held<'_>) -> String {
    let schema = round.schema.tables.get(held.table.table);
    let title = |field: usize| {
        let field = schema.and_then(|schema| schema.fields.get(field));
        field.map_or("a field", |field| field.title.as_str())
    };
    let name = |partner: PartnerId| {
        round.partners.get(usize::from(partner.0)).map_or("a partner", |partner| partner.name.as_str())
    };
    let sender = submission.identity.partner.map_or("the sender", name);
    match &held.why {
        HeldReason::OtherBoard { board, .. } => {
            format!(
                "It is for another board ({board}). If it is for {}, correct the board's name.",
                round.code
            )
        }
        HeldReason::OtherPartner { named, .. } => {
            format!("It names {} in the return of {sender}. Take it out, or correct the name.", name(*named))
        }
        HeldReason::UnreadableKey { field } => format!(
            "{} could not be read, so the row cannot be placed. Correct it and send the return again.",
            title(*field)
        ),
        HeldReason::NoKey { field } => {
            format!("The cell ‘{}’ is blank, so the row cannot be placed. Fill it in.", title(*field))
        }
        HeldReason::NotInPlan { key } => {
            format!("{key} is not in the plan. Add it to the plan if it belongs there, or correct it.")
        }
        HeldReason::NotAsked { key } => {
            format!("The plan does not ask {sender} about {key}. Add them to the plan if it should.")
        }
        HeldReason::Repeats { first } => {
            let place = place_of(submission, held, first.sheet, first.cell.row);
            format!("The same entry is already in {place}. Delete one of them, or correct its key.")
        }
    }
}

/// `row 3`, with its sheet where that is another.
fn place_of(submission: &Submission, held: &Held<'_>, sheet: crate::model::SheetId, row: u32) -> String {
    let name = submission.sheets.iter().find(|used| used.sheet == sheet).map(|used| used.name.as_str());
    match name.filter(|_| sheet != held.record.at.sheet) {
        Some(name) => format!("row {} of the sheet {name}", row + 1),
        None => format!("row {}", row + 1),
    }
}

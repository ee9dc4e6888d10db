//! Submissions of a round → consolidated tables.
//!
//! The plan register says which rows are expected; a row that nobody asked for is held, not merged. Rows leave for the
//! [`Sink`] in the order in which they come and are kept only where an output shows them in another form.

mod held;
mod roll_up;
mod supersede;

pub use supersede::{choose, differences, is_copy, was_made_from};

use crate::error::Error;
use crate::model::{
    Conservation, Consolidated, Fate, Kept, PartnerId, Record, RegisterRow, Response, ResponseRow, RowRole,
    Sink, Submission, Table, Value,
};
use crate::round::{self, Given, Round};
use crate::schema::{LayoutKind, OutputKind, Role, TableSchema};
use rust_decimal::Decimal;
use std::collections::BTreeSet;

/// Merges the returns of a round, taken one after the other.
#[derive(Debug)]
pub struct Merger<'a> {
    round: &'a Round,
    keep: Vec<bool>,
    result: Consolidated,
}

impl<'a> Merger<'a> {
    /// Starts with the register and nothing in it.
    #[must_use]
    pub fn new(round: &'a Round) -> Self {
        let tables = round.schema.tables.len();
        let register = round.plan.entries.iter().map(|entry| RegisterRow {
            key: entry.cells.get(round.plan.key).cloned().unwrap_or_default(),
            columns: entry.cells.clone(),
            responses: entry
                .agencies
                .iter()
                .map(|&partner| Response { partner, row: None, came: false })
                .collect(),
        });
        let result = Consolidated {
            register: register.collect(),
            kept: vec![Vec::new(); tables],
            merged_rows: vec![0; tables],
            ..Consolidated::default()
        };
        Self { round, keep: tables_kept(round), result }
    }

    /// Takes an accepted return: every data row is merged or held, but for those of tables that another file of the same
    /// return has brought already (`already`, indices into the schema's tables), which are set aside.
    ///
    /// # Errors
    ///
    /// If the sink cannot take a row.
    pub fn accept(
        &mut self,
        submission: &Submission,
        already: &BTreeSet<usize>,
        sink: &mut dyn Sink,
    ) -> Result<[u32; 4], Error> {
        let Some(partner) = submission.identity.partner else {
            return Ok(self.set_aside(submission));
        };
        let mut proof = Proof::new(submission);
        let mut held = round::held::rows(self.round, submission).into_iter().peekable();
        for (number, table) in submission.tables.iter().enumerate() {
            let schema = &self.round.schema.tables[table.table];
            let rows = rows_of(schema, table);
            let given = schema.register.and_then(|_| Given::new(self.round, table.table));
            for (row, record) in table.records.iter().enumerate() {
                let pounds = money_in(record);
                let fate = match held.next_if(|held| held.place == (number, row)) {
                    _ if already.contains(&table.table) => Fate::SetAside,
                    None => {
                        let answers = given.as_ref().is_none_or(|given| given.is_answered(record));
                        self.merge(table, partner, record, answers, sink)?
                    }
                    Some(row) => {
                        self.result.held.push(held::row(self.round, submission, &row, pounds));
                        Fate::Held
                    }
                };
                proof.count(table, fate, rows, pounds);
            }
        }
        Ok(self.prove(proof))
    }

    /// Takes a return that is not used: superseded, or nobody's. Its rows are counted, not merged.
    pub fn set_aside(&mut self, submission: &Submission) -> [u32; 4] {
        let mut proof = Proof::new(submission);
        for table in &submission.tables {
            let schema = &self.round.schema.tables[table.table];
            for record in &table.records {
                proof.count(table, Fate::SetAside, rows_of(schema, table), money_in(record));
            }
        }
        self.prove(proof)
    }

    /// Works out the roll-ups and gives the result.
    #[must_use]
    pub fn finish(mut self) -> Consolidated {
        self.result.groups = roll_up::groups(self.round, &self.result.register);
        self.result
    }

    fn merge(
        &mut self,
        table: &Table,
        partner: PartnerId,
        record: &Record,
        answers: bool,
        sink: &mut dyn Sink,
    ) -> Result<Fate, Error> {
        let index = table.table;
        let schema = &self.round.schema.tables[index];
        let ordinal = self.result.merged_rows[index];
        sink.merged(index, ordinal, partner, record)?;
        self.result.merged_rows[index] += 1;
        if let Some(key) = round::held::register_key(self.round, schema, record) {
            self.respond(&key, partner, schema, record, answers.then_some(ordinal));
        }
        if self.keep[index] {
            self.result.kept[index].push(Kept {
                partner,
                ordinal,
                at: record.at,
                cells: record.cells.clone(),
            });
        }
        Ok(Fate::Merged(ordinal))
    }

    fn respond(
        &mut self,
        key: &str,
        partner: PartnerId,
        schema: &TableSchema,
        record: &Record,
        ordinal: Option<u32>,
    ) {
        let Some(&entry) = self.round.plan.by_key.get(key) else { return };
        let code = |role| {
            schema.role(role).and_then(|field| record.cells.get(field)).and_then(crate::model::Cell::code)
        };
        let row = ordinal.map(|ordinal| ResponseRow {
            at: record.at,
            ordinal,
            rating: code(Role::Rating),
            status: code(Role::Status),
        });
        let responses = &mut self.result.register[entry].responses;
        if let Some(response) = responses.iter_mut().find(|response| response.partner == partner) {
            response.came = true;
            response.row = row.or(response.row);
        }
    }

    fn prove(&mut self, proof: Proof) -> [u32; 4] {
        let rows = proof.sheets.iter().fold([0; 4], |[read, merged, held, aside], sheet| {
            let data = sheet.merged + sheet.held + sheet.set_aside;
            [read + data, merged + sheet.merged, held + sheet.held, aside + sheet.set_aside]
        });
        self.result.conservation.extend(proof.sheets);
        rows
    }
}

/// Tables whose rows some output shows in another form than the merged table.
fn tables_kept(round: &Round) -> Vec<bool> {
    let mut keep = vec![false; round.schema.tables.len()];
    for output in &round.schema.outputs {
        match output.kind {
            OutputKind::Register { table, joined: Some(_), .. }
            | OutputKind::CarryForward { table, why: Some(_), .. }
            | OutputKind::Exceptions { table, .. }
            | OutputKind::Grid { table, .. }
            | OutputKind::Impact { table, .. }
            | OutputKind::Scored { table, .. }
            | OutputKind::Money { table, .. }
            | OutputKind::Fund { table, .. } => keep[table] = true,
            _ => {}
        }
    }
    // References to what only some partners send are looked up across returns.
    for (index, table) in round.schema.tables.iter().enumerate() {
        for key in table.foreign_keys.iter().filter(|key| !round.schema.tables[key.table].from.is_empty()) {
            (keep[index], keep[key.table]) = (true, true);
        }
    }
    keep
}

/// Sheet rows that a record of this table stands for: all labelled rows of a form, one otherwise.
fn rows_of(schema: &TableSchema, table: &Table) -> u32 {
    match schema.layout {
        LayoutKind::Rows => 1,
        LayoutKind::Form => {
            let rows = table.layout.rows.iter().filter(|(_, role)| *role == RowRole::Data).count();
            u32::try_from(rows).unwrap_or(u32::MAX)
        }
    }
}

/// The sum of a record's money cells, pounds. Cells held with a query count for nothing here.
fn money_in(record: &Record) -> Decimal {
    let mut sum = Decimal::ZERO;
    for cell in &record.cells {
        if let Some(Value::Money(money)) = cell.value() {
            sum += money.pounds;
        }
    }
    sum
}

/// The proof of one return in the making: a line a sheet.
struct Proof {
    sheets: Vec<Conservation>,
}

impl Proof {
    /// Counts rows as reading saw them (`filled`) and, apart from that, rows that are not data and money that was read.
    fn new(submission: &Submission) -> Self {
        let sheets = submission.sheets.iter().map(|sheet| {
            let tables = || submission.tables.iter().filter(|table| table.sheet == sheet.sheet);
            let mut not_data: Vec<u32> = tables()
                .flat_map(|table| &table.layout.rows)
                .filter(|(_, role)| *role != RowRole::Data)
                .map(|(row, _)| *row)
                .collect();
            not_data.sort_unstable();
            not_data.dedup();
            let pounds_read = tables().flat_map(|table| &table.records).map(money_in).sum();
            let used = tables().next().is_some();
            Conservation {
                file: submission.file,
                sheet: sheet.sheet,
                filled: sheet.filled_rows,
                merged: 0,
                held: 0,
                set_aside: 0,
                not_data: u32::try_from(not_data.len()).unwrap_or(u32::MAX),
                unused: if used { 0 } else { sheet.filled_rows },
                pounds_read,
                pounds_merged: Decimal::ZERO,
                pounds_held: Decimal::ZERO,
                pounds_set_aside: Decimal::ZERO,
            }
        });
        Self { sheets: sheets.collect() }
    }

    fn count(&mut self, table: &Table, fate: Fate, rows: u32, pounds: Decimal) {
        let Some(sheet) = self.sheets.iter_mut().find(|sheet| sheet.sheet == table.sheet) else { return };
        let (count, sum) = match fate {
            Fate::Merged(_) => (&mut sheet.merged, &mut sheet.pounds_merged),
            Fate::Held => (&mut sheet.held, &mut sheet.pounds_held),
            Fate::SetAside => (&mut sheet.set_aside, &mut sheet.pounds_set_aside),
        };
        *count += rows;
        *sum += pounds;
    }
}

//! Files in memory, and a sink that counts on its own.

use quarterday::error::Error;
use quarterday::model::{CellRef, PartnerId, Record, Sink, Value};
use quarterday::pipeline::Input;
use quarterday::round::Round;
use rust_decimal::Decimal;

/// A file in memory.
pub struct Memory {
    pub name: String,
    pub bytes: Vec<u8>,
}

impl Input for Memory {
    fn name(&self) -> &str {
        &self.name
    }
    fn size(&self) -> u64 {
        self.bytes.len() as u64
    }
    fn load(&self) -> Result<Vec<u8>, String> {
        Ok(self.bytes.clone())
    }
}

/// Counts on its own what it is given.
#[derive(Default)]
pub struct Counter {
    pub rows: u32,
    pub pounds: Decimal,
    pub seen: Vec<(PartnerId, CellRef)>,
    tables: Vec<(u32, Decimal)>,
}

impl Counter {
    /// One that expects rows of this round's tables.
    pub fn of(round: &Round) -> Self {
        Self { tables: vec![(0, Decimal::ZERO); round.schema.tables.len()], ..Self::default() }
    }
}

impl Sink for Counter {
    fn merged(&mut self, table: usize, _: u32, partner: PartnerId, record: &Record) -> Result<(), Error> {
        self.rows += 1;
        self.tables[table].0 += 1;
        self.seen.push((partner, record.at.cell));
        for cell in &record.cells {
            if let Some(Value::Money(money)) = cell.value() {
                self.pounds += money.pounds;
                self.tables[table].1 += money.pounds;
            }
        }
        Ok(())
    }
    fn taken(&self) -> Vec<(u32, Decimal)> {
        self.tables.clone()
    }
}

//! Consolidated tables, findings and comparisons → xlsx; the only module that knows `rust_xlsxwriter`.

use crate::error::Error;
use crate::finding::Finding;
use crate::model::{Consolidated, PartnerId, Record, Sink};
use crate::round::Round;
use rust_decimal::Decimal;
use std::io::{Seek, Write};
use std::path::Path;

/// The consolidated workbook in the making. Merged rows are taken as they come; the rest is made at the end.
pub struct Book<'a> {
    round: &'a Round,
}

/// A text too long for a cell: cut in the workbook, whole here.
#[derive(Debug, Clone)]
pub struct LongText {
    /// Where it came from, as shown to people.
    pub place: String,
    /// The field's title.
    pub field: String,
    /// The whole text.
    pub text: String,
}

impl<'a> Book<'a> {
    /// Starts a workbook; `scratch` is a folder for temporary files.
    ///
    /// # Errors
    ///
    /// If a sheet cannot be started.
    pub fn new(round: &'a Round, scratch: &Path) -> Result<Self, Error> {
        let _ = scratch;
        Ok(Self { round })
    }

    /// Makes the remaining sheets and writes the workbook; returns the texts that did not fit a cell.
    ///
    /// # Errors
    ///
    /// If a sheet cannot be made or the output cannot be written.
    pub fn finish<W: Write + Seek + Send>(
        self,
        consolidated: &Consolidated,
        findings: &[Finding],
        out: W,
    ) -> Result<Vec<LongText>, Error> {
        let _ = (consolidated, findings, out, self.round);
        todo!()
    }
}

impl Sink for Book<'_> {
    fn merged(
        &mut self,
        table: usize,
        ordinal: u32,
        partner: PartnerId,
        record: &Record,
    ) -> Result<(), Error> {
        let _ = (table, ordinal, partner, record);
        todo!()
    }

    fn taken(&self) -> Vec<(u32, Decimal)> {
        todo!()
    }
}

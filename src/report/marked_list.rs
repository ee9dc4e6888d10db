//! A list for spreadsheet programs that people pass on: its encoding is said in front, no cell starts a formula, and the
//! last cell of every line is the protective marking, for which a `.csv` has no other place.

use super::defused;
use std::io::{self, Write};

/// Tells Excel that a `.csv` is UTF-8.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// The heading of the last column.
const MARKING: &str = "Marking";

/// A list that is being written.
pub(super) struct MarkedList<'a, W: Write> {
    csv: csv::Writer<W>,
    marking: &'a str,
}

impl<'a, W: Write> MarkedList<'a, W> {
    /// Begins a list with its headings, but for that of the marking.
    pub(super) fn begin(mut out: W, headings: &[&str], marking: &'a str) -> io::Result<Self> {
        out.write_all(BYTE_ORDER_MARK)?;
        let mut csv = csv::Writer::from_writer(out);
        csv.write_record(headings.iter().chain([&MARKING]))?;
        Ok(Self { csv, marking })
    }

    /// Adds a cell of a line.
    pub(super) fn cell(&mut self, text: &str) -> io::Result<()> {
        self.made(&defused(text))
    }

    /// Adds a cell whose text is known to start no formula.
    pub(super) fn made(&mut self, text: &str) -> io::Result<()> {
        Ok(self.csv.write_field(text.as_bytes())?)
    }

    /// Ends a line.
    pub(super) fn end(&mut self) -> io::Result<()> {
        self.csv.write_field(self.marking)?;
        Ok(self.csv.write_record(None::<&[u8]>)?)
    }

    /// Ends the list.
    pub(super) fn finish(mut self) -> io::Result<()> {
        self.csv.flush()
    }
}

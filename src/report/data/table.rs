//! One table of the package in the making: a comma-separated file that is written as its rows come.

use super::cell;
use super::column::Column;
use crate::report::hex::hex;
use jiff::civil::Date;
use rust_decimal::Decimal;
use sha2::{Digest as _, Sha256};
use std::io::{self, Write};

/// Bytes that wait before they are written: as many as the writers here hold, so that they are not copied twice.
const WAITING: usize = 1 << 18;

/// What a column turned out to hold.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Seen {
    /// True if a row has nothing in it.
    pub(super) blank: bool,
}

/// What a table is called and what its rows are.
#[derive(Debug, Clone, Default)]
pub(super) struct About {
    /// The resource's name, which is the file's without its ending.
    pub(super) name: String,
    /// Title for people.
    pub(super) title: String,
    /// What a row is.
    pub(super) description: String,
    /// Columns that tell every row from every other.
    pub(super) primary_key: Vec<&'static str>,
    /// Columns that no two rows without a blank in them share.
    pub(super) unique_key: Vec<String>,
    /// Column, other table, column of that.
    pub(super) foreign_keys: Vec<(String, String, &'static str)>,
}

/// A table in the making.
#[derive(Debug)]
pub(super) struct Table<W> {
    pub(super) about: About,
    pub(super) columns: Vec<Column>,
    pub(super) seen: Vec<Seen>,
    /// Rows written.
    pub(super) rows: u32,
    /// Bytes written.
    pub(super) bytes: u64,
    at: usize,
    buffer: Vec<u8>,
    hash: Sha256,
    to: W,
}

/// A table whose file is finished.
#[derive(Debug)]
pub(super) struct Done<W> {
    pub(super) about: About,
    pub(super) columns: Vec<Column>,
    pub(super) seen: Vec<Seen>,
    pub(super) rows: u32,
    pub(super) bytes: u64,
    /// SHA-256 in lower-case hexadecimal.
    pub(super) sha256: String,
    pub(super) to: W,
}

impl<W: Write> Table<W> {
    /// Starts a table with its headings.
    pub(super) fn new(about: About, columns: Vec<Column>, to: W) -> Self {
        let mut buffer = Vec::new();
        for (number, column) in columns.iter().enumerate() {
            if number > 0 {
                buffer.push(b',');
            }
            buffer.extend_from_slice(column.name.as_bytes());
        }
        buffer.push(b'\n');
        let seen = vec![Seen::default(); columns.len()];
        Self { about, columns, seen, rows: 0, bytes: 0, at: 0, buffer, hash: Sha256::new(), to }
    }

    /// The place of the next cell, after a comma if there is one before it.
    fn next(&mut self) -> &mut Vec<u8> {
        if self.at > 0 {
            self.buffer.push(b',');
        }
        self.at += 1;
        &mut self.buffer
    }

    /// Writes a cell with nothing in it.
    pub(super) fn blank(&mut self) {
        self.next();
        if let Some(seen) = self.seen.get_mut(self.at - 1) {
            seen.blank = true;
        }
    }

    /// Writes a text; an empty one is nothing.
    pub(super) fn text(&mut self, text: &str) {
        if text.is_empty() {
            self.blank();
        } else {
            cell::text(self.next(), text);
        }
    }

    /// Writes a text, if there is one.
    pub(super) fn maybe(&mut self, text: Option<&str>) {
        self.text(text.unwrap_or_default());
    }

    /// Writes one or more cells that are made up already, commas included.
    pub(super) fn made_up(&mut self, cells: &[u8], count: usize) {
        self.next().extend_from_slice(cells);
        self.at += count - 1;
    }

    /// Writes a whole number.
    pub(super) fn whole(&mut self, number: i64) {
        cell::whole(self.next(), number);
    }

    /// Writes a number with at least so many decimal places.
    pub(super) fn number(&mut self, number: Decimal, places: u32) {
        cell::decimal(self.next(), number, places);
    }

    /// Writes pounds, if there are any.
    pub(super) fn pounds(&mut self, pounds: Option<Decimal>) {
        match pounds {
            Some(pounds) => self.number(pounds, 2),
            None => self.blank(),
        }
    }

    /// Writes a number, if there is one.
    pub(super) fn maybe_number(&mut self, number: Option<Decimal>) {
        match number {
            Some(number) => self.number(number, 0),
            None => self.blank(),
        }
    }

    /// Writes a whole number, if there is one.
    pub(super) fn maybe_whole(&mut self, number: Option<i64>) {
        match number {
            Some(number) => self.whole(number),
            None => self.blank(),
        }
    }

    /// Writes the address of a cell, whose row is zero-based.
    pub(super) fn address(&mut self, column: &str, row: u32) {
        let into = self.next();
        into.extend_from_slice(column.as_bytes());
        cell::whole(into, i64::from(row) + 1);
    }

    /// Writes yes or no.
    pub(super) fn truth(&mut self, yes: bool) {
        self.next().extend_from_slice(if yes { b"true" } else { b"false" });
    }

    /// Writes a day: 2014-03-31.
    pub(super) fn date(&mut self, day: Date) {
        let into = self.next();
        let two = |into: &mut Vec<u8>, number: i8| {
            if number < 10 {
                into.push(b'0');
            }
            cell::whole(into, number.into());
        };
        if day.year() < 1000 {
            into.extend_from_slice(day.to_string().as_bytes());
            return;
        }
        cell::whole(into, day.year().into());
        into.push(b'-');
        two(into, day.month());
        into.push(b'-');
        two(into, day.day());
    }

    /// Ends the row. Cells that were not written have nothing in them.
    pub(super) fn end(&mut self) -> io::Result<()> {
        debug_assert_eq!(self.at, self.columns.len(), "{}", self.about.name);
        self.buffer.push(b'\n');
        self.at = 0;
        self.rows += 1;
        if self.buffer.len() >= WAITING { self.write() } else { Ok(()) }
    }

    fn write(&mut self) -> io::Result<()> {
        self.hash.update(&self.buffer);
        self.bytes += self.buffer.len() as u64;
        self.to.write_all(&self.buffer)?;
        self.buffer.clear();
        Ok(())
    }

    /// Ends the table.
    pub(super) fn finish(mut self) -> io::Result<Done<W>> {
        self.write()?;
        self.to.flush()?;
        let Self { about, columns, seen, rows, bytes, hash, to, .. } = self;
        let sha256 = hex(&hash.finalize());
        Ok(Done { about, columns, seen, rows, bytes, sha256, to })
    }
}

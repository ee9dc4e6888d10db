//! A settings table: headings in any order, and where every cell stands.

use super::text;
use crate::error::{Error, Mistake};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Rows of a settings file at most.
const MOST_ROWS: usize = 200_000;

/// A table from a CSV file.
#[derive(Debug)]
pub(super) struct Csv {
    path: PathBuf,
    text: Arc<str>,
    delimiter: u8,
    /// Headings in small letters with `_` between words.
    pub(super) headings: Vec<String>,
    head: usize,
    /// Rows with anything in them.
    pub(super) rows: Vec<Row>,
}

/// One row.
#[derive(Debug)]
pub(super) struct Row {
    /// Its line in the file, one-based.
    pub(super) line: u32,
    /// Where it starts, in bytes.
    start: usize,
    /// Its cells without blanks around them, one a heading.
    pub(super) cells: Vec<String>,
}

impl Row {
    /// A cell; blank if the row is short.
    pub(super) fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }
}

impl Csv {
    /// The column under a heading.
    pub(super) fn column(&self, heading: &str) -> Option<usize> {
        self.headings.iter().position(|other| other == heading)
    }

    /// Headings to choose from, for hints.
    pub(super) fn known(&self) -> Vec<&str> {
        self.headings.iter().map(String::as_str).filter(|heading| !heading.is_empty()).collect()
    }

    /// A mistake at a cell.
    pub(super) fn at(&self, row: &Row, column: usize, message: String, hint: Option<String>) -> Mistake {
        self.mistake(field(&self.text, row.start, self.delimiter, column), message, hint)
    }

    /// A mistake at a heading, or at all of them.
    pub(super) fn at_heading(&self, column: Option<usize>, message: String, hint: Option<String>) -> Mistake {
        let first = field(&self.text, self.head, self.delimiter, column.unwrap_or(0));
        let last = column.map_or_else(
            || field(&self.text, self.head, self.delimiter, self.headings.len().saturating_sub(1)),
            |_| first.clone(),
        );
        self.mistake(first.start..last.end, message, hint)
    }

    /// A mistake at some part of a cell: the words given, if they stand in it.
    pub(super) fn at_words(
        &self,
        row: &Row,
        column: usize,
        words: &str,
        message: String,
        hint: Option<String>,
    ) -> Mistake {
        let cell = field(&self.text, row.start, self.delimiter, column);
        let within = self.text.get(cell.clone()).and_then(|text| text.find(words));
        let span = within.map_or(cell.clone(), |at| cell.start + at..cell.start + at + words.len());
        self.mistake(span, message, hint)
    }

    fn mistake(&self, span: Range<usize>, message: String, hint: Option<String>) -> Mistake {
        Mistake { path: self.path.clone(), source: Arc::clone(&self.text), span, message, hint }
    }
}

/// Reads a settings table that need not be there; one without a line is as good as none.
pub(super) fn read_if_there(path: &Path, mistakes: &mut Vec<Mistake>) -> Result<Option<Csv>, Error> {
    match text::read(path) {
        Ok(text) if text.trim().is_empty() => Ok(None),
        Ok(text) => Ok(Some(parse(path, &text, mistakes)).filter(|csv| !csv.headings.is_empty())),
        Err(Error::Io { source, .. }) if source.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Reads a settings table; what is wrong with its shape is told, or why it is needed if it is not there.
pub(super) fn read(path: &Path, why: String, mistakes: &mut Vec<Mistake>) -> Result<Option<Csv>, Error> {
    match text::read(path) {
        Ok(text) => Ok(Some(parse(path, &text, mistakes)).filter(|csv| !csv.headings.is_empty())),
        Err(Error::Io { source, .. }) if source.kind() == std::io::ErrorKind::NotFound => {
            let message = "This file is missing.".to_owned();
            let path = path.to_owned();
            mistakes.push(Mistake { path, source: Arc::from(""), span: 0..0, message, hint: Some(why) });
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// Reads a settings table from its text.
pub(super) fn parse(path: &Path, text: &str, mistakes: &mut Vec<Mistake>) -> Csv {
    let delimiter = delimiter(text);
    let mut table = Csv {
        path: path.to_owned(),
        text: Arc::from(text),
        delimiter,
        headings: Vec::new(),
        head: 0,
        rows: Vec::new(),
    };
    let mut reader = ::csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let mut lines = Lines { text, at: 0, line: 1 };
    for record in reader.records() {
        let Ok(record) = record else { break };
        let start = record.position().map_or(0, |position| usize::try_from(position.byte()).unwrap_or(0));
        let (line, start) = lines.of(start);
        let cells: Vec<String> = record.iter().map(|cell| cell.trim().to_owned()).collect();
        if cells.iter().all(String::is_empty) {
            continue;
        }
        if table.headings.is_empty() {
            table.head = start;
            table.headings = cells.iter().map(|heading| name(heading)).collect();
            headings(&table, mistakes);
            continue;
        }
        let row = Row { line, start, cells };
        let width = table.headings.len();
        if let Some(column) = (width..row.cells.len()).find(|column| !row.cell(*column).is_empty()) {
            let message = "This row has more cells than there are headings.".to_owned();
            let hint = Some("Text with a comma in it stands in \"quotes\".".to_owned());
            mistakes.push(table.at(&row, column, message, hint));
        }
        if table.rows.len() >= MOST_ROWS {
            mistakes.push(table.at(&row, 0, format!("The file has more than {MOST_ROWS} rows."), None));
            break;
        }
        table.rows.push(row);
    }
    if table.headings.is_empty() {
        let message = "The file is empty; it needs a line of headings.".to_owned();
        mistakes.push(table.mistake(0..0, message, None));
    }
    table
}

fn headings(table: &Csv, mistakes: &mut Vec<Mistake>) {
    for (column, heading) in table.headings.iter().enumerate() {
        let before = table.headings.get(..column).unwrap_or_default();
        if !heading.is_empty() && before.contains(heading) {
            let message = format!("Two columns are headed {heading}.");
            mistakes.push(table.at_heading(Some(column), message, None));
        }
    }
}

/// A heading as settings name it: `Target date` is `target_date`.
fn name(heading: &str) -> String {
    let words: Vec<String> = heading
        .split(|c: char| c.is_whitespace() || c == '_' || c == '-')
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.join("_")
}

/// The comma, or what stands in its place in a heading line without one.
fn delimiter(text: &str) -> u8 {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    match () {
        () if first.contains(',') => b',',
        () if first.contains('\t') => b'\t',
        () if first.contains(';') => b';',
        () => b',',
    }
}

/// Counts lines up to rising places in a text.
struct Lines<'t> {
    text: &'t str,
    at: usize,
    line: u32,
}

impl Lines<'_> {
    /// The line of a place, and the place without line ends in front of it.
    fn of(&mut self, start: usize) -> (u32, usize) {
        let bytes = self.text.as_bytes();
        let mut start = start.max(self.at);
        while matches!(bytes.get(start), Some(b'\r' | b'\n')) {
            start += 1;
        }
        let between = bytes.get(self.at..start).unwrap_or_default();
        let ends = between.iter().enumerate().filter(|(index, byte)| {
            **byte == b'\n' || (**byte == b'\r' && bytes.get(self.at + index + 1) != Some(&b'\n'))
        });
        self.line = self.line.saturating_add(u32::try_from(ends.count()).unwrap_or(u32::MAX));
        self.at = start;
        (self.line, start)
    }
}

/// The bytes of a cell, quotes included, in the row that starts somewhere.
fn field(text: &str, start: usize, delimiter: u8, column: usize) -> Range<usize> {
    let bytes = text.as_bytes();
    let (mut at, mut from, mut passed, mut quoted) = (start, start, 0, false);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => break,
            byte if *byte == delimiter && !quoted => {
                if passed == column {
                    break;
                }
                passed += 1;
                from = at + 1;
            }
            _ => {}
        }
        at += 1;
    }
    if passed == column { from..at } else { at..at }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> (Csv, Vec<Mistake>) {
        let mut mistakes = Vec::new();
        (parse(Path::new("x.csv"), text, &mut mistakes), mistakes)
    }

    #[test]
    fn lines_are_those_of_the_file() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["Ref, Target date ,n", "", "1,\"two\nlines\",x", ",,", "2,y"].join(end);
            let (table, mistakes) = read(&text);
            assert_eq!(mistakes, []);
            assert_eq!(table.headings, ["ref", "target_date", "n"]);
            let lines: Vec<u32> = table.rows.iter().map(|row| row.line).collect();
            assert_eq!(lines, [3, 6], "{end:?}");
            let mistake = table.at(&table.rows[0], 1, String::new(), None);
            assert_eq!(&text[mistake.span], "\"two\nlines\"");
            assert_eq!(table.at(&table.rows[1], 2, String::new(), None).span, text.len()..text.len());
        }
    }

    #[test]
    fn other_separators_are_seen() {
        assert_eq!(read("a;b\n1;2").0.rows[0].cells, ["1", "2"]);
        assert_eq!(read("a\tb\n1\t2;3").0.rows[0].cells, ["1", "2;3"]);
    }

    #[test]
    fn what_is_wrong_with_the_shape_is_told() {
        let told = |text: &str| -> Vec<String> { read(text).1.iter().map(ToString::to_string).collect() };
        assert_eq!(told(""), ["x.csv:1:1: The file is empty; it needs a line of headings."]);
        assert_eq!(told("a,A\n"), ["x.csv:1:3: Two columns are headed a."]);
        assert_eq!(
            told("a,b\n1,2,3"),
            [
                "x.csv:2:5: This row has more cells than there are headings. Text with a comma in it stands in \"quotes\"."
            ]
        );
        assert_eq!(told("a,b\n1,2,,\n"), [] as [String; 0]);
    }

    proptest! {
        #[test]
        fn no_text_upsets_it(text in "[a-c\",;\\r\\n é£]{0,60}") {
            let (table, mistakes) = read(&text);
            for row in &table.rows {
                for column in 0..row.cells.len() {
                    let span = table.at(row, column, String::new(), None).span;
                    prop_assert!(text.get(span).is_some());
                }
            }
            for mistake in mistakes {
                prop_assert!(text.get(mistake.span.clone()).is_some());
            }
        }
    }
}

//! A workbook read back as text: values, formulas and package parts.

use calamine::{Data, Range, Reader as _, Xlsx};
use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

/// A workbook as a reader sees it.
pub(crate) struct Book {
    names: Vec<String>,
    values: BTreeMap<String, Range<Data>>,
    formulas: BTreeMap<String, Range<String>>,
}

impl Book {
    /// Reads every sheet.
    pub(crate) fn open(bytes: &[u8]) -> Self {
        let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes.to_vec())).unwrap();
        let names = book.sheet_names();
        let mut values = BTreeMap::new();
        let mut formulas = BTreeMap::new();
        for name in &names {
            values.insert(name.clone(), book.worksheet_range(name).unwrap());
            formulas.insert(name.clone(), book.worksheet_formula(name).unwrap());
        }
        Self { names, values, formulas }
    }

    /// Tab names in order.
    pub(crate) fn sheets(&self) -> Vec<String> {
        self.names.clone()
    }

    /// A sheet's filled cells, a row a line; a formula stands before its value.
    pub(crate) fn text(&self, sheet: &str) -> String {
        let values = &self.values[sheet];
        let (top, left) = values.start().unwrap_or_default();
        let mut lines = Vec::new();
        for (row, cells) in (top..).zip(values.rows()) {
            let filled: Vec<String> = (left..)
                .zip(cells)
                .filter(|(_, value)| **value != Data::Empty)
                .map(|(column, value)| match self.formula(sheet, row, column) {
                    Some(formula) => format!("={formula} -> {value}"),
                    None => value.to_string().replace('\n', "\\n"),
                })
                .collect();
            if !filled.is_empty() {
                lines.push(format!("{}: {}", row + 1, filled.join(" | ")));
            }
        }
        lines.join("\n")
    }

    /// A cell's formula without its equals sign.
    pub(crate) fn formula(&self, sheet: &str, row: u32, column: u32) -> Option<String> {
        self.formulas[sheet].get_value((row, column)).filter(|formula| !formula.is_empty()).cloned()
    }

    /// Every cell of a sheet with something in it.
    pub(crate) fn cells(&self, sheet: &str) -> Vec<(u32, u32)> {
        let (top, left) = self.values[sheet].start().unwrap_or_default();
        let place = |(row, column, _): (usize, usize, &Data)| {
            (top + u32::try_from(row).unwrap(), left + u32::try_from(column).unwrap())
        };
        self.values[sheet].used_cells().map(place).collect()
    }

    /// A cell's value.
    pub(crate) fn value(&self, sheet: &str, row: u32, column: u32) -> Data {
        self.values[sheet].get_value((row, column)).cloned().unwrap_or(Data::Empty)
    }
}

/// The parts of a package by name.
pub(crate) fn parts(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    let read = |name: String| {
        let mut text = Vec::new();
        archive.by_name(&name).unwrap().read_to_end(&mut text).unwrap();
        (name, String::from_utf8_lossy(&text).into_owned())
    };
    names.into_iter().map(read).collect()
}

//! The floor: calamine reads every cell, rust_xlsxwriter writes the merged tables, nothing else.

use calamine::{DataRef, Xlsx};
use rust_xlsxwriter::{Format, Workbook};
use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};

/// Reads every return of a round and writes its two merged tables, lineage columns included.
pub fn run(round: &Path, out: &Path) {
    let mut files: Vec<PathBuf> = fs::read_dir(round.join("returns"))
        .expect("the round was made")
        .map(|file| file.expect("a file").path())
        .collect();
    files.sort();
    let mut workbook = Workbook::new();
    let date = Format::new().set_num_format("dd/mm/yyyy");
    for sheet_name in ["Plan", "Finance"] {
        let sheet = workbook.add_worksheet().set_name(sheet_name).expect("a plain name");
        let mut next = 0u32;
        for path in &files {
            let bytes = fs::read(path).expect("the round was made");
            let mut book: Xlsx<_> =
                calamine::open_workbook_from_rs(Cursor::new(bytes.as_slice())).expect("the round was made");
            let mut cells = book.worksheet_cells_reader(sheet_name).expect("the sheet is there");
            let file = path.file_name().expect("a file").to_string_lossy().into_owned();
            let first = next;
            while let Some(cell) = cells.next_cell().expect("the sheet is sound") {
                let (row, column) = cell.get_position();
                if row < 4 {
                    continue;
                }
                let to = first + row - 4;
                if column == 0 {
                    sheet.write_string(to, 10, &file[..11]).expect("it fits");
                    sheet.write_string(to, 11, &file).expect("it fits");
                    sheet.write_string(to, 12, sheet_name).expect("it fits");
                    sheet.write_number(to, 13, f64::from(row + 1)).expect("it fits");
                }
                let column = u16::try_from(column).expect("ten columns");
                match cell.get_value() {
                    DataRef::SharedString(text) => sheet.write_string(to, column, *text).expect("it fits"),
                    DataRef::String(text) => sheet.write_string(to, column, text).expect("it fits"),
                    DataRef::Float(number) => sheet.write_number(to, column, *number).expect("it fits"),
                    DataRef::DateTime(day) => {
                        sheet.write_number_with_format(to, column, day.as_f64(), &date).expect("it fits")
                    }
                    _ => continue,
                };
                next = next.max(to + 1);
            }
        }
    }
    workbook.save(out).expect("the target folder can be written to");
}

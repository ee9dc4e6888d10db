//! The notation as real workbooks in memory.

use super::cells::Cell;
use super::notation::File;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet, XlsxError};
use std::io::{Cursor, Read as _, Write as _};

/// Stands for "no result" until [`finish`] takes it out: the writer always stores one.
const NO_RESULT: &str = "quarterday-no-result";
/// Stands for "no formula": the writer stores an error value only as a formula's result.
const NO_FORMULA: &str = "QUARTERDAYNOFORMULA";

/// The file as the bytes of an Excel workbook.
pub fn xlsx(file: &File) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let visible = file.sheets.iter().position(|sheet| !sheet.hidden).unwrap_or(0);
    for (index, sheet) in file.sheets.iter().enumerate() {
        let worksheet = workbook.add_worksheet();
        let written = worksheet.set_name(&sheet.name).and_then(|worksheet| {
            worksheet.set_active(index == visible).set_selected(index == visible);
            if sheet.very_hidden {
                worksheet.set_very_hidden(true);
            } else if sheet.hidden {
                worksheet.set_hidden(true);
            }
            for (first, last) in &sheet.merged {
                let blank = Format::new();
                worksheet.merge_range(first.row, first.column, last.row, last.column, "", &blank)?;
            }
            for (at, cell) in &sheet.cells {
                write(worksheet, at.row, at.column, cell)?;
            }
            Ok(())
        });
        written.unwrap_or_else(|error| panic!("{} {}: {error}", file.name, sheet.name));
    }
    finish(&workbook.save_to_buffer().unwrap_or_else(|error| panic!("{}: {error}", file.name)))
}

fn write(sheet: &mut Worksheet, row: u32, column: u16, cell: &Cell) -> Result<(), XlsxError> {
    match cell {
        Cell::Text(text) => sheet.write_string(row, column, text),
        Cell::Number(number) => sheet.write_number(row, column, *number),
        Cell::Boolean(value) => sheet.write_boolean(row, column, *value),
        Cell::Date(date) => {
            let year = u16::try_from(date.year()).expect("the tests' dates are after 1900");
            let day = ExcelDateTime::from_ymd(year, date.month().unsigned_abs(), date.day().unsigned_abs())?;
            sheet.write_datetime_with_format(row, column, day, &Format::new().set_num_format("dd/mm/yyyy"))
        }
        Cell::Error(error) => {
            sheet.write_formula(row, column, Formula::new(NO_FORMULA).set_result(error.text()))
        }
        Cell::Formula(formula, value) => {
            let formula = Formula::new(formula.as_str());
            match value.as_deref() {
                None => sheet.write_formula(row, column, formula.set_result(NO_RESULT)),
                Some(Cell::Text(text)) => sheet.write_formula(row, column, formula.set_result(text.as_str())),
                Some(Cell::Date(date)) => {
                    let format = Format::new().set_num_format("dd/mm/yyyy");
                    let result = super::grids::serial(*date).to_string();
                    sheet.write_formula_with_format(row, column, formula.set_result(result), &format)
                }
                Some(value) => sheet.write_formula(row, column, formula.set_result(value.to_string())),
            }
        }
    }
    .map(|_| ())
}

/// Takes out what only stands in for what the writer cannot leave out.
fn finish(bytes: &[u8]) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("the writer makes a package");
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).expect("the part is listed");
        let name = part.name().expect("the writer names parts in ASCII").into_owned();
        let mut content = Vec::new();
        part.read_to_end(&mut content).expect("the part is whole");
        if name.starts_with("xl/worksheets/sheet") {
            let text = String::from_utf8(content).expect("the writer writes UTF-8");
            content = text
                .replace(&format!("<f>{NO_FORMULA}</f>"), "")
                .replace(&format!("<v>{NO_RESULT}</v>"), "")
                .into_bytes();
        }
        out.start_file(name, zip::write::SimpleFileOptions::default()).expect("the name is new");
        out.write_all(&content).expect("memory takes it");
    }
    out.finish().expect("memory takes it").into_inner()
}

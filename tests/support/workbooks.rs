//! The notation as real workbooks in memory.

use super::cells::Cell;
use super::marks::{self, Mark};
use super::notation::{File, SheetText};
use quarterday::model::CellRef;
use rust_xlsxwriter::{
    Color, ConditionalFormatCell, ConditionalFormatCellRule, ConditionalFormatCustomIcon,
    ConditionalFormatIconSet, ConditionalFormatIconType, ConditionalFormatType, ExcelDateTime, Format,
    Formula, Note, Shape, Workbook, Worksheet, XlsxError,
};
use std::collections::BTreeMap;
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
            let looks = looks(sheet);
            for (at, look) in &looks {
                worksheet.write_blank(at.row, at.column, look)?;
            }
            for (at, cell) in &sheet.cells {
                write(worksheet, at.row, at.column, cell, looks.get(at))?;
            }
            surround(worksheet, sheet)
        });
        written.unwrap_or_else(|error| panic!("{} {}: {error}", file.name, sheet.name));
    }
    finish(&workbook.save_to_buffer().unwrap_or_else(|error| panic!("{}: {error}", file.name)))
}

fn write(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &Cell,
    look: Option<&Format>,
) -> Result<(), XlsxError> {
    let plain = Format::new();
    let format = look.unwrap_or(&plain);
    match cell {
        Cell::Text(text) if look.is_none() => sheet.write_string(row, column, text),
        Cell::Text(text) => sheet.write_string_with_format(row, column, text, format),
        Cell::Number(number) => sheet.write_number_with_format(row, column, *number, format),
        Cell::Boolean(value) => sheet.write_boolean_with_format(row, column, *value, format),
        Cell::Date(date) => {
            let year = u16::try_from(date.year()).expect("the tests' dates are after 1900");
            let day = ExcelDateTime::from_ymd(year, date.month().unsigned_abs(), date.day().unsigned_abs())?;
            sheet.write_datetime_with_format(row, column, day, look.unwrap_or(&dated()))
        }
        Cell::Error(error) => {
            let formula = Formula::new(NO_FORMULA).set_result(error.text());
            sheet.write_formula_with_format(row, column, formula, format)
        }
        Cell::Formula(formula, value) => {
            let formula = Formula::new(formula.as_str());
            let (result, format) = match value.as_deref() {
                None => (NO_RESULT.to_owned(), format.clone()),
                Some(Cell::Text(text)) => (text.clone(), format.clone()),
                Some(Cell::Date(date)) => {
                    (super::grids::serial(*date).to_string(), look.cloned().unwrap_or_else(dated))
                }
                Some(value) => (value.to_string(), format.clone()),
            };
            sheet.write_formula_with_format(row, column, formula.set_result(result), &format)
        }
    }
    .map(|_| ())
}

fn dated() -> Format {
    Format::new().set_num_format("dd/mm/yyyy")
}

/// The formats that a sheet's marks give to its cells.
fn looks(sheet: &SheetText) -> BTreeMap<CellRef, Format> {
    let mut looks: BTreeMap<CellRef, Format> = BTreeMap::new();
    for mark in &sheet.marks {
        let (area, change): (_, Box<dyn Fn(Format) -> Format>) = match mark.clone() {
            Mark::Fill(area, colour) => {
                (area, Box::new(move |format: Format| format.set_background_color(Color::RGB(colour))))
            }
            Mark::Format(area, code) => {
                (area, Box::new(move |format: Format| format.set_num_format(code.as_str())))
            }
            Mark::Font(area, name) => {
                (area, Box::new(move |format: Format| format.set_font_name(name.as_str())))
            }
            Mark::Strike(area) => (area, Box::new(Format::set_font_strikethrough)),
            _ => continue,
        };
        for at in marks::cells(area) {
            let dates = matches!(sheet.cells.iter().find(|(cell, _)| *cell == at), Some((_, Cell::Date(_))));
            let start = if dates { dated() } else { Format::new() };
            let before = looks.remove(&at).unwrap_or(start);
            looks.insert(at, change(before));
        }
    }
    looks
}

/// What a sheet's marks hide, lock and put beside its cells.
fn surround(worksheet: &mut Worksheet, sheet: &SheetText) -> Result<(), XlsxError> {
    for mark in &sheet.marks {
        match mark {
            Mark::HideRows(first, last) => {
                for row in *first..=*last {
                    worksheet.set_row_hidden(row)?;
                }
            }
            Mark::HideColumns(first, last) => {
                for column in *first..=*last {
                    worksheet.set_column_hidden(column)?;
                }
            }
            Mark::Filter((first, last)) => {
                worksheet.autofilter(first.row, first.column, last.row, last.column)?;
            }
            Mark::Comment(at, text) => {
                let note = Note::new(text).set_author("Monitoring Officer").add_author_prefix(false);
                worksheet.insert_note(at.row, at.column, &note)?;
            }
            Mark::TextBox(at, text) => {
                worksheet.insert_shape(at.row, at.column, &Shape::textbox().set_text(text))?;
            }
            Mark::Icons((first, last), second, third) => {
                let icon = |limit: f64| {
                    ConditionalFormatCustomIcon::new().set_rule(ConditionalFormatType::Number, limit)
                };
                let icons = ConditionalFormatIconSet::new()
                    .set_icon_type(ConditionalFormatIconType::ThreeTrafficLights)
                    .set_icons(&[icon(0.0), icon(*second), icon(*third)]);
                worksheet.add_conditional_format(first.row, first.column, last.row, last.column, &icons)?;
            }
            Mark::Paint((first, last), words, colour) => {
                let rule = ConditionalFormatCell::new()
                    .set_rule(ConditionalFormatCellRule::EqualTo(words.as_str()))
                    .set_format(Format::new().set_background_color(Color::RGB(*colour)));
                worksheet.add_conditional_format(first.row, first.column, last.row, last.column, &rule)?;
            }
            Mark::Printed(text) => {
                worksheet.set_header(text);
            }
            Mark::Protected => {
                worksheet.protect();
            }
            Mark::Fill(..) | Mark::Format(..) | Mark::Font(..) | Mark::Strike(..) => {}
        }
    }
    Ok(())
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
            let text =
                text.replace(&format!("<f>{NO_FORMULA}</f>"), "").replace(&format!("<v>{NO_RESULT}</v>"), "");
            content = in_force(&text).into_bytes();
        }
        out.start_file(name, zip::write::SimpleFileOptions::default()).expect("the name is new");
        out.write_all(&content).expect("memory takes it");
    }
    out.finish().expect("memory takes it").into_inner()
}

/// Gives a filter a condition that every row meets, so that it is in force; what is hidden is said apart. The writer would
/// hide rows of its own accord.
fn in_force(text: &str) -> String {
    const CONDITION: &str = r#"<filterColumn colId="0"><customFilters><customFilter operator="notEqual" val="~"/></customFilters></filterColumn>"#;
    let Some(start) = text.find("<autoFilter ref=") else { return text.to_owned() };
    let end = start + text[start..].find("/>").expect("the filter's tag ends");
    format!("{}>{CONDITION}</autoFilter>{}", &text[..end], &text[end + 2..])
}

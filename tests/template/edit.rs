//! Workbooks as they are after somebody has done something to them.

use calamine::{Data, Reader as _, Xlsx};
use quarterday::model::is_own_sheet;
use rust_xlsxwriter::{Format, Workbook};
use std::io::{Cursor, Read as _, Write as _};

/// The same workbook without drop-downs and protection.
pub(crate) fn bare(bytes: &[u8]) -> Vec<u8> {
    each_sheet(bytes, |text| {
        without(&without(text, "<sheetProtection", "/>"), "<dataValidations", "</dataValidations>")
    })
}

/// The same workbook as a program leaves it that does not calculate: formulas have no results, which it writes as `how`.
pub(crate) fn uncalculated(bytes: &[u8], how: &str) -> Vec<u8> {
    each_sheet(bytes, |text| without_results(text, how))
}

/// The same workbook with something done to the XML of each sheet.
fn each_sheet(bytes: &[u8], change: impl Fn(&str) -> String) -> Vec<u8> {
    let mut from = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..from.len() {
        let mut part = from.by_index(index).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        if name.starts_with("xl/worksheets/sheet") {
            content = change(&String::from_utf8(content).unwrap()).into_bytes();
        }
        to.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        to.write_all(&content).unwrap();
    }
    to.finish().unwrap().into_inner()
}

fn without_results(text: &str, how: &str) -> String {
    let mut cells = text.split("<c ");
    let mut out = cells.next().unwrap().to_owned();
    for cell in cells {
        out.push_str("<c ");
        let (own, rest) = cell.split_once("</c>").map_or((cell, ""), |(own, rest)| (own, rest));
        match own.split_once("</f>").filter(|_| own.contains("<f")) {
            Some((formula, _)) => {
                out.push_str(&formula.replacen(" t=\"str\"", "", 1));
                out.push_str("</f>");
                out.push_str(how);
                out.push_str("</c>");
                out.push_str(rest);
            }
            None => out.push_str(cell),
        }
    }
    out
}

fn without(text: &str, from: &str, until: &str) -> String {
    let Some(start) = text.find(from) else { return text.to_owned() };
    let end = start + text[start..].find(until).unwrap() + until.len();
    format!("{}{}", &text[..start], &text[end..])
}

/// The tables of the workbook, headings and all, pasted as values into a blank one; no cover comes with them.
pub(crate) fn pasted(bytes: &[u8]) -> Vec<u8> {
    pasted_without(bytes, &mut |_| false)
}

/// The same without some columns, which their headings tell.
pub(crate) fn pasted_without(bytes: &[u8], leave_out: &mut dyn FnMut(&str) -> bool) -> Vec<u8> {
    let mut from: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes.to_vec())).unwrap();
    let mut to = Workbook::new();
    let date = Format::new().set_num_format("dd/mm/yyyy");
    let percent = Format::new().set_num_format("0.00%");
    for name in from.sheet_names() {
        if is_own_sheet(&name) || name == "Cover" {
            continue;
        }
        let range = from.worksheet_range(&name).unwrap();
        let sheet = to.add_worksheet();
        let mut left_out = std::collections::BTreeMap::new();
        // Everything under the title, the sentence and the checker.
        for (row, column, value) in range.cells() {
            let (start, left) = range.start().unwrap();
            let at = |number: usize, first: u32| u32::try_from(number).unwrap() + first;
            let (row, column) = (at(row, start), at(column, left));
            let Some(row) = row.checked_sub(5) else { continue };
            let column = u16::try_from(column).unwrap();
            let heading =
                range.get_value((5, u32::from(column))).map(ToString::to_string).unwrap_or_default();
            if *left_out.entry(column).or_insert_with(|| leave_out(&heading)) {
                continue;
            }
            match value {
                Data::Empty => {}
                Data::String(text) => {
                    sheet.write_string(row, column, text).unwrap();
                }
                Data::Float(number) if heading.contains("hare") => {
                    sheet.write_number_with_format(row, column, *number, &percent).unwrap();
                }
                Data::Float(number) => {
                    sheet.write_number(row, column, *number).unwrap();
                }
                Data::DateTime(day) => {
                    sheet.write_number_with_format(row, column, day.as_f64(), &date).unwrap();
                }
                other => panic!("{name}: {other:?}"),
            }
        }
    }
    to.save_to_buffer().unwrap()
}

/// The parts of the package that are text, by name.
pub(crate) fn parts(bytes: &[u8]) -> Vec<(String, String)> {
    let mut from = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let names: Vec<String> = from.file_names().map(|name| name.unwrap().into_owned()).collect();
    let part = |name: String| {
        let mut text = String::new();
        from.by_name(&name).unwrap().read_to_string(&mut text).unwrap();
        (name, text)
    };
    names.into_iter().map(part).collect()
}

/// All of them together.
pub(crate) fn text(bytes: &[u8]) -> String {
    parts(bytes).into_iter().map(|(_, text)| text).collect()
}

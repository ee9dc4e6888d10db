//! A workbook as bytes, with what the writer of workbooks cannot do.

use super::clean::Package;
use crate::support::cells::Cell;
use crate::support::notation::File;
use crate::support::workbooks;
use jiff::ToSpan as _;
use std::io::{Cursor, Read as _, Write as _};

/// A sample that needs a password.
const PASSWORD: &str = "samples/2013-14-q4-messy/returns/Cafcass.xlsx";
/// Days between the calendars.
const MAC: i64 = 1462;

/// The bytes of a workbook.
pub fn bytes(file: &File, package: Package) -> Vec<u8> {
    match package {
        Package::Plain => workbooks::xlsx(file),
        Package::Macros => with_macros(&workbooks::xlsx(file)),
        Package::From1904 => from_1904(file),
        Package::Cut => {
            let mut bytes = workbooks::xlsx(file);
            bytes.truncate(bytes.len() / 2);
            bytes
        }
        Package::Password => std::fs::read(PASSWORD).expect("the sample is there"),
        Package::Word => word(),
        Package::Pdf => b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n".to_vec(),
    }
}

/// Every part of a package changed, and parts added.
fn repacked(bytes: &[u8], change: impl Fn(&str, String) -> String, added: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("the writer makes a package");
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let plain = zip::write::SimpleFileOptions::default;
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).expect("the part is listed");
        let name = part.name().expect("the writer names parts in ASCII").into_owned();
        let mut content = Vec::new();
        part.read_to_end(&mut content).expect("the part is whole");
        if let Ok(text) = String::from_utf8(content.clone()) {
            content = change(&name, text).into_bytes();
        }
        out.start_file(name, plain()).expect("the name is new");
        out.write_all(&content).expect("memory takes it");
    }
    for (name, content) in added {
        out.start_file(*name, plain()).expect("the name is new");
        out.write_all(content).expect("memory takes it");
    }
    out.finish().expect("memory takes it").into_inner()
}

fn with_macros(bytes: &[u8]) -> Vec<u8> {
    const SHEET: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";
    const MACROS: &str = "application/vnd.ms-excel.sheet.macroEnabled.main+xml";
    const PART: &str = r#"<Override PartName="/xl/vbaProject.bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>"#;
    const RELATION: &str = r#"<Relationship Id="rIdMacros" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="vbaProject.bin"/></Relationships>"#;
    let change = |name: &str, text: String| match name {
        "[Content_Types].xml" => text.replace(SHEET, MACROS).replace("</Types>", PART),
        "xl/_rels/workbook.xml.rels" => text.replace("</Relationships>", RELATION),
        _ => text,
    };
    repacked(bytes, change, &[("xl/vbaProject.bin", b"no project that anything could run")])
}

fn from_1904(file: &File) -> Vec<u8> {
    let mut moved = file.clone();
    for (_, cell) in moved.sheets.iter_mut().flat_map(|sheet| &mut sheet.cells) {
        if let Cell::Date(date) = cell {
            *date = date.checked_sub(MAC.days()).expect("a day of the calendar");
        }
    }
    let change = |name: &str, text: String| {
        if name == "xl/workbook.xml" {
            text.replace("<workbookPr ", "<workbookPr date1904=\"1\" ")
        } else {
            text
        }
    };
    repacked(&workbooks::xlsx(&moved), change, &[])
}

fn word() -> Vec<u8> {
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let types = r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;
    for (name, text) in [("[Content_Types].xml", types), ("word/document.xml", "<w:document/>")] {
        out.start_file(name, zip::write::SimpleFileOptions::default()).expect("the name is new");
        out.write_all(text.as_bytes()).expect("memory takes it");
    }
    out.finish().expect("memory takes it").into_inner()
}

//! The binary format, from records made here: no writing library makes such files.
#![allow(clippy::unwrap_used, clippy::float_arithmetic)]

use quarterday::model::{CellRef, ErrorValue, FileId, FileKind, Oddity, Raw, Visibility};
use quarterday::read;
use std::io::{Cursor, Write};

fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    let mut bytes = if kind < 0x80 {
        vec![u8::try_from(kind).unwrap()]
    } else {
        vec![u8::try_from(kind & 0x7F | 0x80).unwrap(), u8::try_from(kind >> 7).unwrap()]
    };
    assert!(data.len() < 0x80);
    bytes.push(u8::try_from(data.len()).unwrap());
    bytes.extend_from_slice(data);
    bytes
}

fn wide(text: &str) -> Vec<u8> {
    let letters: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    [u32::try_from(letters.len() / 2).unwrap().to_le_bytes().as_slice(), &letters].concat()
}

/// A cell of some kind in a column, with style 0.
fn cell(kind: u16, column: u8, data: &[u8]) -> Vec<u8> {
    record(kind, &[&[column, 0, 0, 0, 0, 0, 0, 0], data].concat())
}

fn row(number: u32) -> Vec<u8> {
    record(0, &[number.to_le_bytes().as_slice(), &[0; 13]].concat())
}

fn workbook(cells: &[Vec<u8>]) -> Vec<u8> {
    let tab = |state: u32, id: &str, name: &str| {
        record(0x9C, &[&state.to_le_bytes(), &[1, 0, 0, 0], wide(id).as_slice(), &wide(name)].concat())
    };
    let book =
        [record(0x99, &[0; 8]), tab(0, "r1", "Plan"), tab(1, "r2", "Lists"), record(0x90, &[])].concat();
    let strings =
        [record(0x9F, &[1, 0, 0, 0, 1, 0, 0, 0]), record(0x13, &[&[0], wide("NHS").as_slice()].concat())];
    let sheet = |cells: &[Vec<u8>]| {
        let start = [record(0x81, &[]), record(0x94, &[0; 16]), record(0x91, &[])].concat();
        [start, cells.concat(), record(0x92, &[]), record(0xB0, &[0; 16]), record(0x82, &[])].concat()
    };
    let types = br#"<Types><Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>"#;
    let relation = |id: &str, kind: &str, target: &str| {
        format!(r#"<Relationship Id="{id}" Type="http://x/relationships/{kind}" Target="{target}"/>"#)
    };
    let root =
        format!("<Relationships>{}</Relationships>", relation("r1", "officeDocument", "xl/workbook.bin"));
    let relations = [
        relation("r1", "worksheet", "worksheets/sheet1.bin"),
        relation("r2", "worksheet", "worksheets/sheet2.bin"),
        relation("r3", "sharedStrings", "sharedStrings.bin"),
    ];
    let relations = format!("<Relationships>{}</Relationships>", relations.concat());
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in [
        ("[Content_Types].xml", types.as_slice()),
        ("_rels/.rels", root.as_bytes()),
        ("xl/workbook.bin", &book),
        ("xl/_rels/workbook.bin.rels", relations.as_bytes()),
        ("xl/sharedStrings.bin", &strings.concat()),
        ("xl/worksheets/sheet1.bin", &sheet(cells)),
        ("xl/worksheets/sheet2.bin", &sheet(&[row(0), cell(7, 0, &[0; 4])])),
    ] {
        writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn cells_and_the_error_values_that_calamine_leaves_out_are_read() {
    let cells = [
        row(1),
        cell(7, 0, &[0; 4]),
        cell(5, 1, &1234.5f64.to_le_bytes()),
        cell(0x0B, 2, &[0x17, 0, 0, 0, 0, 0, 0]),
        row(4),
        cell(3, 0, &[0x07]),
        cell(3, 1, &[0x99]),
        cell(4, 2, &[1]),
    ];
    let workbook = read::workbook(FileId(0), "a.xlsb", &workbook(&cells), &|_| true).unwrap();
    assert_eq!(workbook.kind, FileKind::Xlsb);
    let plan = &workbook.sheets[0];
    let found: Vec<_> = plan.cells().iter().map(|cell| (cell.at.to_string(), plan.raw(cell))).collect();
    let expected = [
        ("A2", Raw::Text("NHS")),
        ("B2", Raw::Number(1234.5)),
        ("C2", Raw::Error(ErrorValue::Reference)),
        ("A5", Raw::Error(ErrorValue::DivideByZero)),
        ("B5", Raw::Error(ErrorValue::Other)),
        ("C5", Raw::Boolean(true)),
    ];
    assert_eq!(found, expected.map(|(at, value)| (at.to_owned(), value)));
    assert_eq!(plan.merged, [(CellRef::new(0, 0), CellRef::new(0, 0))]);
    let at = plan.origin(CellRef::new(4, 1));
    assert!(matches!(&workbook.oddities[..], [Oddity::UnreadableCell { at: found, .. }] if *found == at));
    assert_eq!(
        (workbook.sheets[1].name.as_str(), workbook.sheets[1].visibility),
        ("Lists", Visibility::Hidden)
    );
    assert_eq!(workbook.sheets[1].cells().len(), 1);
}

#[test]
fn a_row_outside_the_sheet_is_not_the_end_of_it() {
    let cells = [row(0), cell(5, 0, &1f64.to_le_bytes()), row(0x0020_0000), cell(5, 0, &2f64.to_le_bytes())];
    let workbook = read::workbook(FileId(0), "a.xlsb", &workbook(&cells), &|_| true).unwrap();
    assert!(workbook.sheets[0].cells().is_empty());
    assert!(matches!(&workbook.oddities[..], [Oddity::UnreadableSheet { sheet, .. }] if sheet == "Plan"));
}

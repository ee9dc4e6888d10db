//! Reading: every kind of file, told by its content, and what is noticed on the way.
#![allow(clippy::unwrap_used, clippy::float_arithmetic)]

#[path = "read/limits.rs"]
mod limits;
#[path = "read/pages.rs"]
mod pages;

use quarterday::model::{
    CellRef, ErrorValue, FileId, FileKind, Limited, Oddity, Raw, Refusal, Visibility, Workbook,
};
use quarterday::read;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula};
use std::io::{Cursor, Write};

fn open(name: &str, bytes: &[u8]) -> Workbook {
    read::workbook(FileId(3), name, bytes, &|_| true).unwrap()
}

fn value<'a>(workbook: &'a Workbook, sheet: usize, at: &str) -> Option<Raw<'a>> {
    workbook.sheets[sheet].value(CellRef::parse(at).unwrap())
}

fn sample() -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let date = Format::new().set_num_format("dd/mm/yyyy");
    let sheet = book.add_worksheet().set_name("Finance").unwrap();
    sheet.merge_range(0, 0, 0, 3, "Quarter 4 return", &Format::new()).unwrap();
    sheet.write(2, 1, "Budget line").unwrap();
    sheet.write(3, 1, "Staff").unwrap();
    sheet.write(3, 2, 1234.5).unwrap();
    sheet.write(4, 1, "Staff").unwrap();
    sheet.write_with_format(4, 2, ExcelDateTime::from_ymd(2014, 3, 31).unwrap(), &date).unwrap();
    sheet.write_with_format(5, 2, 1.5, &Format::new().set_num_format("[h]:mm")).unwrap();
    sheet.write(6, 2, true).unwrap();
    sheet.write(7, 2, Formula::new("=C4/0").set_result("#DIV/0!")).unwrap();
    sheet.write(8, 2, Formula::new("=SUM(C4:C4)").set_result("1234.5")).unwrap();
    book.add_worksheet().set_name("Lists").unwrap().set_hidden(true).write(0, 0, "Red").unwrap();
    book.add_worksheet().set_name("Empty").unwrap().set_very_hidden(true);
    book.save_to_buffer().unwrap()
}

#[test]
fn an_excel_workbook_is_read_cell_by_cell() {
    let workbook = open("a.xlsx", &sample());
    assert_eq!(workbook.kind, FileKind::Xlsx);
    assert_eq!(workbook.oddities, []);
    let names: Vec<_> = workbook.sheets.iter().map(|sheet| (sheet.name.as_str(), sheet.visibility)).collect();
    assert_eq!(
        names,
        [("Finance", Visibility::Visible), ("Lists", Visibility::Hidden), ("Empty", Visibility::VeryHidden)]
    );
    assert_eq!(value(&workbook, 0, "A1"), Some(Raw::Text("Quarter 4 return")));
    assert_eq!(value(&workbook, 0, "B4"), Some(Raw::Text("Staff")));
    assert_eq!(value(&workbook, 0, "B5"), Some(Raw::Text("Staff")));
    assert_eq!(value(&workbook, 0, "C4"), Some(Raw::Number(1234.5)));
    assert_eq!(value(&workbook, 0, "C5"), Some(Raw::Date(41729.0)));
    assert_eq!(value(&workbook, 0, "C6"), Some(Raw::Duration(1.5)));
    assert_eq!(value(&workbook, 0, "C7"), Some(Raw::Boolean(true)));
    assert_eq!(value(&workbook, 0, "C8"), Some(Raw::Error(ErrorValue::DivideByZero)));
    assert_eq!(value(&workbook, 0, "C9"), Some(Raw::Number(1234.5)));
    assert_eq!(value(&workbook, 0, "D9"), None);
    assert_eq!(value(&workbook, 1, "A1"), Some(Raw::Text("Red")));
    let finance = &workbook.sheets[0];
    assert_eq!(finance.formula(CellRef::new(8, 2)), Some("SUM(C4:C4)"));
    assert_eq!(finance.merged, [(CellRef::new(0, 0), CellRef::new(0, 3))]);
    assert_eq!(finance.origin(CellRef::new(0, 0)).file, FileId(3));
    assert!(
        finance.text_bytes() < "Quarter 4 returnBudget lineStaffStaff".len(),
        "repeated text is kept once"
    );
}

#[test]
fn a_sheet_that_is_not_wanted_is_listed_without_cells() {
    let workbook = read::workbook(FileId(0), "a.xlsx", &sample(), &|name| name == "Lists").unwrap();
    let cells: Vec<_> = workbook.sheets.iter().map(|sheet| sheet.cells().len()).collect();
    assert_eq!(cells, [0, 1, 0]);
}

#[test]
fn text_files_are_read_whatever_their_encoding_and_separator() {
    let workbook = open("plan.csv", b"\xef\xbb\xbfref,agency\n1,NHS\n");
    assert_eq!((workbook.kind, workbook.oddities.len()), (FileKind::Csv, 0));
    assert_eq!(workbook.sheets[0].name, "plan");
    assert_eq!(value(&workbook, 0, "A1"), Some(Raw::Text("ref")));
    assert_eq!(value(&workbook, 0, "A2"), Some(Raw::Text("1")));

    let workbook = open("plan.csv", b"ref;\xa3 amount\r\n\r\n1;\"1,234.50\"\r\n2;3;4\r\n");
    assert_eq!(value(&workbook, 0, "B1"), Some(Raw::Text("£ amount")));
    assert_eq!(value(&workbook, 0, "B3"), Some(Raw::Text("1,234.50")));
    assert_eq!(
        workbook.oddities,
        [Oddity::Encoding("Windows-1252"), Oddity::RaggedRows { count: 1, first: 3 }]
    );

    for mark in [&[0xff, 0xfe][..], &[]] {
        let text = "ref\tname\r\n7\tCafé".encode_utf16().flat_map(u16::to_le_bytes);
        let bytes: Vec<u8> = mark.iter().copied().chain(text).collect();
        let workbook = open("plan.txt", &bytes);
        assert_eq!(workbook.oddities, [Oddity::Encoding("UTF-16")]);
        assert_eq!(value(&workbook, 0, "B2"), Some(Raw::Text("Café")));
    }
}

#[test]
fn a_text_row_keeps_its_number_after_blank_lines_and_long_values() {
    for end in ["\n", "\r\n"] {
        let text = ["", "a,b", "", "", "1,\"x", "", "y\"", "", "2,z", ""].join(end);
        let workbook = open("a.csv", text.as_bytes());
        assert_eq!(value(&workbook, 0, "A2"), Some(Raw::Text("a")), "{end:?}");
        assert_eq!(value(&workbook, 0, "A5"), Some(Raw::Text("1")), "{end:?}");
        assert_eq!(value(&workbook, 0, "A7"), Some(Raw::Text("2")), "{end:?}");
    }
}

#[test]
fn a_file_is_what_it_holds_and_not_what_it_is_called() {
    let workbook = open("return.xls", &sample());
    assert_eq!(workbook.kind, FileKind::Xlsx);
    assert_eq!(workbook.oddities, [Oddity::WrongExtension { named: "xls".into(), kind: FileKind::Xlsx }]);
    for (bytes, what) in [
        (&b"%PDF-1.7"[..], "a PDF document"),
        (b"\r\n<html><body><p>Not today</body></html>", "a web page without a table"),
        (b"{\\rtf1\\ansi", "a Rich Text (Word) document"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
    ] {
        let refusal = read::workbook(FileId(0), "return.xls", bytes, &|_| true).unwrap_err();
        assert_eq!(refusal, Refusal::NotASpreadsheet(what));
    }
    assert_eq!(read::workbook(FileId(0), "a.xlsx", b"", &|_| true).unwrap_err(), Refusal::Empty);
}

fn excel(name: &str) -> Vec<u8> {
    std::fs::read(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/excel").join(name)).unwrap()
}

#[test]
fn an_old_workbook_and_an_open_document_hold_the_same_cells() {
    let expected = open("returns.xlsx", &sample());
    for (name, kind) in [("returns.xls", FileKind::Xls), ("returns.ods", FileKind::Ods)] {
        let workbook = open(name, &excel(name));
        assert_eq!(workbook.kind, kind);
        assert_eq!(workbook.oddities, [], "{name}");
        for (sheet, like) in workbook.sheets.iter().zip(&expected.sheets) {
            assert_eq!(sheet.name, like.name);
            assert_eq!(sheet.visibility == Visibility::Visible, like.visibility == Visibility::Visible);
            assert_eq!(sheet.merged, like.merged, "{name}");
            let places =
                |sheet: &quarterday::model::Sheet| sheet.cells().iter().map(|c| c.at).collect::<Vec<_>>();
            assert_eq!(places(sheet), places(like), "{name}");
            for cell in like.cells() {
                match (sheet.value(cell.at), like.raw(cell)) {
                    (Some(Raw::IsoDate("2014-03-31")), Raw::Date(41729.0)) => {}
                    // LibreOffice keeps yes and no of another program as numbers shown so.
                    (Some(Raw::Number(1.0)), Raw::Boolean(true)) if kind == FileKind::Ods => {}
                    (found, wanted) => assert_eq!(found, Some(wanted), "{name} {}", cell.at),
                }
                if like.raw(cell) == Raw::Boolean(true) {
                    // LibreOffice writes it as a formula.
                    continue;
                }
                let plain = |formula: &str| formula.replace('$', "");
                assert_eq!(
                    sheet.formula(cell.at).map(plain),
                    like.formula(cell.at).map(plain),
                    "{name} {}",
                    cell.at
                );
            }
        }
        assert_eq!(workbook.sheets.len(), 3);
        let listed = read::workbook(FileId(0), name, &excel(name), &|name| name == "Lists").unwrap();
        let cells: Vec<_> = listed.sheets.iter().map(|sheet| sheet.cells().len()).collect();
        assert_eq!(cells, [0, 1, 0], "{name}");
    }
}

#[test]
fn a_file_with_a_password_is_refused_whatever_it_is_called() {
    for name in ["password.xlsx", "password.xls", "password.csv"] {
        let refusal = read::workbook(FileId(0), name, &excel("password.xlsx"), &|_| true).unwrap_err();
        assert_eq!(refusal, Refusal::Password, "{name}");
    }
    let manifest = b"<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>";
    let open_document = zip(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", manifest),
        ("content.xml", b"unreadable"),
    ]);
    let refusal = read::workbook(FileId(0), "a.ods", &open_document, &|_| true).unwrap_err();
    assert_eq!(refusal, Refusal::Password);
}

/// A zip file with these parts.
fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A workbook with one sheet of these cells, whose shared strings are `zero`, `one`, `two`.
fn crafted(cells: &str) -> Vec<u8> {
    let sheet = format!("<worksheet><sheetData>{cells}</sheetData></worksheet>");
    package(&[("xl/worksheets/sheet1.xml", sheet.as_bytes())])
}

const CONTENT_TYPES: &[u8] = br#"<Types><Override PartName="/xl/workbook.xml"
    ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"#;
const ROOT: &[u8] = br#"<Relationships><Relationship Id="r1" Target="xl/workbook.xml"
    Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>"#;
const BOOK: &[u8] = br#"<workbook><sheets><sheet name="Plan" sheetId="1" r:id="r1"/></sheets></workbook>"#;
const RELATIONS: &[u8] = br#"<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"
    Type="http://x/relationships/worksheet"/><Relationship Id="r2" Target="sharedStrings.xml"
    Type="http://x/relationships/sharedStrings"/></Relationships>"#;
const STRINGS: &[u8] = b"<sst><si><t>zero</t></si><si><t>one</t></si><si><t>two</t></si></sst>";

/// The parts of a small workbook, with these instead of or beside them.
fn package(changed: &[(&str, &[u8])]) -> Vec<u8> {
    let mut parts = vec![
        ("[Content_Types].xml", CONTENT_TYPES),
        ("_rels/.rels", ROOT),
        ("xl/workbook.xml", BOOK),
        ("xl/_rels/workbook.xml.rels", RELATIONS),
        ("xl/sharedStrings.xml", STRINGS),
    ];
    for (name, bytes) in changed {
        parts.retain(|(known, _)| known != name);
        parts.push((name, bytes));
    }
    zip(&parts)
}

#[test]
fn a_cell_that_would_be_misread_is_flagged_and_its_neighbours_are_read() {
    for odd in [
        r#"<c r="B2" t="s"><v> 2 </v></c>"#,
        r#"<c r="B2" t="s"><v>-1</v></c>"#,
        r#"<c r="B2" t="s"><v>x</v></c>"#,
        r#"<c r="B2" t="s"><v>99</v></c>"#,
        r#"<c r="B2"><v>12<!-- -->34</v></c>"#,
        r#"<c r="B2"><v>1&#50;3</v></c>"#,
        r#"<c r="B2"><v><![CDATA[123]]></v></c>"#,
        r#"<c r="B2"><v>12<?x y?>34</v></c>"#,
        r#"<c r="B2" t="e"><v>#SPILL!</v></c>"#,
        r#"<c r="B2" t="n"><v>1 2</v></c>"#,
        r#"<c r="B2" t="zz"><v>12</v></c>"#,
        r#"<c r="B2" t="b"><v>7</v></c>"#,
        r#"<c r="B2"><v>NaN</v></c>"#,
        r#"<c r="B2"><v>1e400</v></c>"#,
        r#"<c r="B2"><v>1</v></c><c r="B2"><v>2</v></c>"#,
    ] {
        let cells = format!(
            r#"<row r="1"><c r="A1" t="s"><v>1</v></c></row><row r="2"><c r="A2" t="s"><v>0</v></c>{odd}<c r="C2"><v>3</v></c></row>"#
        );
        let workbook = open("a.xlsx", &crafted(&cells));
        assert_eq!(value(&workbook, 0, "A1"), Some(Raw::Text("one")), "{odd}");
        assert_eq!(value(&workbook, 0, "A2"), Some(Raw::Text("zero")), "{odd}");
        assert_eq!(value(&workbook, 0, "C2"), Some(Raw::Number(3.0)), "{odd}");
        let at = workbook.sheets[0].origin(CellRef::parse("B2").unwrap());
        let [Oddity::UnreadableCell { at: found, .. }] = workbook.oddities.as_slice() else {
            panic!("{odd}: {:?}", workbook.oddities)
        };
        assert_eq!(*found, at, "{odd}");
        let twice = odd.matches("<c ").count() == 2;
        let expected = match (twice, odd.contains("#SPILL!")) {
            (true, _) => Raw::Number(2.0),
            (_, true) => Raw::Error(ErrorValue::Spill),
            _ => Raw::Error(ErrorValue::Other),
        };
        assert_eq!(value(&workbook, 0, "B2"), Some(expected), "{odd}");
    }
}

#[test]
fn what_is_only_unusual_is_read_without_a_word() {
    let cells = r#"<row r="3"><c r="A3" t="str"><f>"a"&amp;"b!"</f><v>a&amp;b</v></c><c r="B3"><f>A1!</f></c>
        <c r="C3" t="str"><f>""</f><v></v></c><c r="D3" t="inlineStr"><is><t>R&amp;D!?</t></is></c><c r="E3" s="1"/>
        <c r="F3" t="s"><v>0</v></c><c r="G3"><v>-1.5E3</v></c></row>"#;
    let workbook = open("a.xlsx", &crafted(cells));
    assert_eq!(workbook.oddities, []);
    let found: Vec<_> = workbook.sheets[0].cells().iter().map(|cell| workbook.sheets[0].raw(cell)).collect();
    let expected =
        [Raw::Text("a&b"), Raw::Uncached, Raw::Text("R&D!?"), Raw::Text("zero"), Raw::Number(-1500.0)];
    assert_eq!(found, expected);
}

#[test]
fn a_sheet_that_cannot_be_trusted_is_named_and_the_others_are_read() {
    let book = BOOK.strip_suffix(b"</sheets></workbook>").unwrap();
    let book = [book, br#"<sheet name="Bad" sheetId="2" r:id="r3"/></sheets></workbook>"#].concat();
    let relations = RELATIONS.strip_suffix(b"</Relationships>").unwrap();
    let bad = br#"<Relationship Id="r3" Target="/xl/worksheets/bad.xml" Type="http://x/relationships/worksheet"/></Relationships>"#;
    let relations = [relations, bad].concat();
    let good = r#"<worksheet><sheetData><row r="1"><c r="A1"><v>5</v></c></row></sheetData></worksheet>"#;
    for bad in [
        r#"<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c>"#,
        r#"<worksheet><sheetData><row r="1"><c r="XFE1"><v>1</v></c></row></sheetData></worksheet>"#,
        r#"<worksheet><sheetData><row r="1"><c r="A1048577"><v>1</v></c></row></sheetData></worksheet>"#,
        r#"<worksheet><sheetData><row r="1"><c r="A99999999999"><v>1</v></c></row></sheetData></worksheet>"#,
        r#"<!DOCTYPE x [<!ENTITY a "b">]><worksheet><sheetData></sheetData></worksheet>"#,
        "<chartsheet/>",
    ] {
        let bytes = package(&[
            ("xl/workbook.xml", &book),
            ("xl/_rels/workbook.xml.rels", &relations),
            ("xl/worksheets/sheet1.xml", good.as_bytes()),
            ("xl/worksheets/bad.xml", bad.as_bytes()),
        ]);
        let workbook = open("a.xlsx", &bytes);
        assert_eq!(value(&workbook, 0, "A1"), Some(Raw::Number(5.0)), "{bad}");
        assert_eq!(workbook.sheets[1].cells().len(), 0, "{bad}");
        assert!(
            matches!(&workbook.oddities[..], [Oddity::UnreadableSheet { sheet, .. }] if sheet == "Bad"),
            "{bad}"
        );
    }
}

#[test]
fn what_no_spreadsheet_program_makes_is_refused() {
    let refusal = |bytes: &[u8]| read::workbook(FileId(0), "a.xlsx", bytes, &|_| true).unwrap_err();
    let twice = BOOK.strip_suffix(b"</sheets></workbook>").unwrap();
    let twice = [twice, br#"<sheet name="PLAN" sheetId="2" r:id="r1"/></sheets></workbook>"#].concat();
    assert!(matches!(refusal(&package(&[("xl/workbook.xml", &twice)])), Refusal::Suspicious(_)));
    let folded = package(&[("XL/Workbook.xml", BOOK)]);
    assert!(matches!(refusal(&folded), Refusal::Suspicious(_)));
    let none = package(&[("xl/workbook.xml", b"<workbook><sheets/></workbook>")]);
    assert_eq!(refusal(&none), Refusal::NoSheets);
    let claims = br#"<sst uniqueCount="999999999999"><si><t>zero</t></si></sst>"#;
    let sheet = b"<worksheet><sheetData/></worksheet>";
    let claims = package(&[("xl/sharedStrings.xml", claims), ("xl/worksheets/sheet1.xml", sheet)]);
    assert!(matches!(refusal(&claims), Refusal::Damaged(_)));
    let entity = package(&[("xl/workbook.xml", b"<!DOCTYPE workbook><workbook/>")]);
    assert!(matches!(refusal(&entity), Refusal::Suspicious(_)));
    let word = [(
        "[Content_Types].xml",
        &CONTENT_TYPES
            .escape_ascii()
            .to_string()
            .replace("spreadsheetml", "wordprocessingml")
            .replace("\\n", " ")
            .replace("\\\"", "\"")
            .into_bytes()[..],
    )];
    assert_eq!(refusal(&package(&word)), Refusal::NotASpreadsheet("a Word document"));
    assert_eq!(refusal(&zip(&[("a.txt", b"x")])), Refusal::NotASpreadsheet("a compressed (zip) folder"));
    assert!(matches!(refusal(&sample()[..3000]), Refusal::Damaged(_)));
}

/// The package with another declared size of a part in its directory.
fn declared(mut bytes: Vec<u8>, part: &str, size: u32) -> Vec<u8> {
    let at = (0..bytes.len())
        .find(|&at| bytes[at..].starts_with(b"PK\x01\x02") && bytes[at + 46..].starts_with(part.as_bytes()))
        .unwrap();
    bytes[at + 24..at + 28].copy_from_slice(&size.to_le_bytes());
    bytes
}

#[test]
fn a_part_that_is_larger_than_allowed_or_than_it_says_is_not_unpacked() {
    let cells = r#"<row r="1"><c r="A1"><v>5</v></c></row>"#;
    let bomb = declared(crafted(cells), "xl/worksheets/sheet1.xml", 800 << 20);
    let refusal = read::workbook(FileId(0), "a.xlsx", &bomb, &|_| true).unwrap_err();
    assert_eq!(refusal, Refusal::PastLimit { limited: Limited::Part, limit: 512, found: Some(800) });
    let listed = read::workbook(FileId(0), "a.xlsx", &bomb, &|_| false).unwrap();
    assert_eq!(listed.sheets.len(), 1);
    for size in [10, 10_000] {
        let workbook = open("a.xlsx", &declared(crafted(cells), "xl/worksheets/sheet1.xml", size));
        assert!(workbook.sheets[0].cells().is_empty(), "{size}");
        assert!(matches!(workbook.oddities[..], [Oddity::UnreadableSheet { .. }]), "{size}");
    }
    let huge = [b"a,b\n".as_slice(), b"\"", &vec![b'x'; 17 << 20]].concat();
    let refusal = read::workbook(FileId(0), "a.csv", &huge, &|_| true).unwrap_err();
    assert_eq!(refusal, Refusal::PastLimit { limited: Limited::Record, limit: 16, found: None });
}

//! Reading: every kind of file, told by its content, and what is noticed on the way.

use quarterday::model::{CellRef, ErrorValue, FileId, FileKind, Oddity, Raw, Refusal, Visibility, Workbook};
use quarterday::read;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula};

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
    sheet.write_with_format(4, 2, &ExcelDateTime::from_ymd(2014, 3, 31).unwrap(), &date).unwrap();
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
        (b"\r\n<html><body><table><tr><td>1", "a web page"),
        (b"{\\rtf1\\ansi", "a Rich Text (Word) document"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
    ] {
        let refusal = read::workbook(FileId(0), "return.xls", bytes, &|_| true).unwrap_err();
        assert_eq!(refusal, Refusal::NotASpreadsheet(what));
    }
    assert_eq!(read::workbook(FileId(0), "a.xlsx", b"", &|_| true).unwrap_err(), Refusal::Empty);
}

#[test]
#[ignore]
fn dump() {
    std::fs::write("/tmp/fx/returns.xlsx", sample()).unwrap();
}

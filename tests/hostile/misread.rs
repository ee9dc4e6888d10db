//! The twelve ways in which workbooks are misread in silence: each is read rightly here, or told.

use crate::forge::{Book, LIST, Part, SHEET};
use crate::run::{Done, Place, faults, refusal_faults};
use crate::{binary, old};

fn inspect(name: &str, bytes: &[u8]) -> Done {
    let done = Place::new().inspect(name, bytes, false);
    assert_eq!(faults(&done), Vec::<String>::new(), "{name}");
    done
}

/// What is printed of a file, without the sheet's name; nothing is said beside it but of cells that are not certain.
fn printed(name: &str, bytes: &[u8]) -> Vec<String> {
    let done = inspect(name, bytes);
    assert_eq!(done.status, Some(0), "{name}");
    let unreadable = done.text().contains("\"unreadable\"");
    assert_eq!(done.err.contains("is not certain"), unreadable, "{name}: {}", done.err);
    let plain = |line: &str| line.trim_start_matches("[\"Plan\",").trim_end_matches(']').to_owned();
    done.text().lines().map(plain).collect()
}

fn refused(name: &str, bytes: &[u8], words: &str) {
    let done = inspect(name, bytes);
    assert_eq!(refusal_faults(&done, name), Vec::<String>::new(), "{name}: {}", done.err);
    assert!(done.err.contains(words), "{name}: {}", done.err);
}

/// The sheet is told to be unreadable, with these words, and nothing of it is printed.
fn sheet_told(name: &str, bytes: &[u8], words: &str) {
    let done = inspect(name, bytes);
    assert_eq!((done.status, done.out.len()), (Some(1), 0), "{name}");
    for words in [name, "Plan", words, "Open it in Excel"] {
        assert!(done.err.contains(words), "{name}: {}", done.err);
    }
}

/// One cell is told to be unreadable, and the texts on either side of it are read.
fn cell_told(cell: &str) {
    let printed = printed("a.xlsx", &Book::around(cell).bytes());
    let wanted = [r#"1,0,"text","one""#, r#"1,1,"error","unreadable""#, r#"1,2,"text","two""#];
    assert_eq!(printed, wanted, "{cell}");
}

#[test]
fn class_01_a_formula_whose_value_is_an_error_is_not_blank() {
    let cells =
        [binary::row(0), binary::number(5.0), binary::formula_error(1, 0x17), binary::formula_error(2, 0x07)];
    let wanted = [r#"0,0,"number",5"#, r##"0,1,"error","#REF!""##, r##"0,2,"error","#DIV/0!""##];
    assert_eq!(printed("a.xlsb", &binary::book(&cells)), wanted);
}

#[test]
fn class_02_an_index_that_is_no_bare_number_is_not_the_first_text() {
    for index in [" 2 ", "\n  2\n", "+2", "-1", "x", "1.5", "99", "&#49;", "1<!-- -->0"] {
        cell_told(&format!(r#"<c r="B2" t="s"><v>{index}</v></c>"#));
    }
}

#[test]
fn class_03_a_row_number_beyond_the_sheet_does_not_end_it() {
    let cells = [binary::row(0), binary::number(5.0), binary::row(0x0010_0001), binary::number(6.0)];
    sheet_told("a.xlsb", &binary::book(&cells), "outside the sheet");
}

#[test]
fn class_04_text_of_two_bytes_a_letter_has_no_nul_in_it() {
    let text = [&[8, 0, 0][..], b"J\0o\0h\0n\0"].concat();
    assert_eq!(printed("a.xls", &old::book(&[old::cell(0x0204, 0, 0, &text)])), [r#"0,0,"text","John""#]);
}

#[test]
fn class_05_checksums_are_compared_and_no_sheet_is_a_refusal() {
    let damaged = |name| Book::new().change(name, |part| part.declaring_crc(1)).bytes();
    sheet_told("a.xlsx", &damaged(SHEET), "checksum");
    for name in ["xl/sharedStrings.xml", "xl/styles.xml", LIST] {
        refused("a.xlsx", &damaged(name), "damaged");
    }
    refused("a.xlsx", &Book::new().without(LIST).bytes(), "missing");
    refused("a.xlsx", &Book::new().with(LIST, b"<workbook><sheets/></workbook>").bytes(), "no worksheet");
}

#[test]
fn class_06_nothing_is_there_twice() {
    for name in [SHEET.to_owned(), SHEET.to_uppercase(), format!("/{SHEET}"), SHEET.replace('/', "\\")] {
        refused("a.xlsx", &Book::new().and(Part::new(&name, b"<worksheet/>")).bytes(), "same name");
    }
    let list = br#"<workbook><sheets><sheet name="Plan" r:id="r1"/><sheet name="plan" r:id="r1"/></sheets></workbook>"#;
    refused("a.xlsx", &Book::new().with(LIST, list).bytes(), "two of its sheets");
    let twice = Book::around(r#"<c r="B2"><v>1</v></c><c r="B2"><v>2</v></c>"#).bytes();
    let done = inspect("a.xlsx", &twice);
    assert!(done.err.contains("Plan!B2") && done.err.contains("twice"), "{}", done.err);
}

#[test]
fn class_07_a_number_in_pieces_is_not_its_first_piece() {
    for value in ["12<!-- -->34", "1&#50;3", "<![CDATA[1234]]>", "12<?x y?>34", "<!-- -->1234"] {
        cell_told(&format!(r#"<c r="B2"><v>{value}</v></c>"#));
    }
}

#[test]
fn class_08_white_space_round_a_number_does_no_harm() {
    for value in [" 5", "5 ", "\n  5\n", "\t5"] {
        for kind in ["", r#" t="n""#] {
            let cell = format!(r#"<c r="B2"{kind}><v>{value}</v></c>"#);
            let printed = printed("a.xlsx", &Book::around(&cell).bytes());
            assert_eq!(printed[1], r#"1,1,"number",5"#, "{cell:?}");
        }
    }
}

#[test]
fn class_09_a_hair_before_midnight_is_the_next_day() {
    let printed = printed("a.xlsx", &Book::around(r#"<c r="B2" s="1"><v>41729.99999999</v></c>"#).bytes());
    assert_eq!(printed[1], r#"1,1,"date","2014-04-01""#);
}

#[test]
fn class_10_an_error_value_that_is_not_known_costs_its_cell_only() {
    for (value, shown) in [("#SPILL!", "#SPILL!"), ("#GETTING_DATA", "#GETTING_DATA"), ("#ERROR!", "#ERROR!")]
    {
        let cell = format!(r#"<c r="B2" t="e"><v>{value}</v></c>"#);
        let done = inspect("a.xlsx", &Book::around(&cell).bytes());
        assert_eq!(done.status, Some(0));
        let wanted = format!(r#"["Plan",1,1,"error","{shown}"]"#);
        assert!(done.text().lines().any(|line| line == wanted), "{}", done.text());
        assert_eq!(done.text().lines().count(), 3, "its neighbours are read");
    }
}

#[test]
fn class_11_a_format_that_the_file_lacks_is_told() {
    for style in ["2", "65535", "4294967296", "x", "-1"] {
        cell_told(&format!(r#"<c r="B2" s="{style}"><v>41729</v></c>"#));
    }
}

#[test]
fn class_12_no_result_is_no_blank_and_no_number_is_without_end() {
    let printed = printed("a.xlsx", &Book::around(r#"<c r="B2"><f>SUM(C1:C9)</f></c>"#).bytes());
    assert_eq!(printed[1], r#"1,1,"error","uncached""#);
    for value in ["NaN", "inf", "-inf", "1e999"] {
        cell_told(&format!(r#"<c r="B2"><v>{value}</v></c>"#));
    }
    let cells = [binary::row(0), binary::number(f64::NAN)];
    let done = inspect("a.xlsb", &binary::book(&cells));
    assert_eq!(done.text(), "[\"Plan\",0,0,\"error\",\"unreadable\"]\n");
}

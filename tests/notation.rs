//! The text notation itself: what is written is what the grid and the workbook hold.

mod support;

use calamine::{Data, Reader as _};
use quarterday::model::{CellRef, FileId, Raw, Visibility};
use std::io::Cursor;
use support::{grids, notation, workbooks};

const PAGE: &str = r#"# A page

```round
[round]
board = "B"
```

## Everything at once

```file nhs.xlsx
! missing-sheet: There is no Finance sheet.
```

```sheet Finance
B4: Budget line | Budget | Actual
B5: Staff | 1000 | =SUM(D8:D9) -> 400
B6: "a | b \"q\"\n2" |  | 61%
B7: 2014-03-31 | TRUE | #REF! | =1/0 -> #DIV/0! | =A1 | =A1&"x" -> "x"
C8: -2.50 | - | £1,234 | 1.2.1
merge B9:C9
! D7 total-mismatch [error]: stated 451, lines sum to 450
! sheet hidden-content:
```

```sheet Old {very hidden}
A1: 1
```

```findings
! partner NHS missing-submission: Nothing came.
```

```mapping
x
```
"#;

fn case() -> notation::Case {
    notation::parse(PAGE).expect("the page is sound").cases.remove(0)
}

#[test]
fn a_page_gives_its_parts() {
    let case = case();
    assert_eq!(case.title, "Everything at once");
    assert_eq!(case.settings.round.as_deref(), Some("[round]\nboard = \"B\"\n"));
    assert_eq!(case.block("mapping"), Some("x\n"));
    let expected: Vec<_> = case
        .all_expected()
        .iter()
        .map(|e| format!("{} {} {:?} {}", e.place, e.code, e.severity, e.message))
        .collect();
    assert_eq!(
        expected,
        [
            "nhs.xlsx missing-sheet None There is no Finance sheet.",
            "nhs.xlsx › Finance hidden-content None ",
            "nhs.xlsx › Finance!D7 total-mismatch Some(\"error\") stated 451, lines sum to 450",
            "partner NHS missing-submission None Nothing came.",
        ]
    );
}

#[test]
fn a_grid_holds_what_is_written() {
    let case = case();
    let workbook = grids::workbook(&case.files[0], FileId(3)).expect("it is not refused");
    let sheet = &workbook.sheets[0];
    let value = |at: &str| sheet.value(CellRef::parse(at).expect("an address"));
    assert_eq!(value("B4"), Some(Raw::Text("Budget line")));
    assert_eq!(value("C5"), Some(Raw::Number(1000.0)));
    assert_eq!(value("D5"), Some(Raw::Number(400.0)));
    assert_eq!(sheet.formula(CellRef::new(4, 3)), Some("SUM(D8:D9)"));
    assert_eq!(value("B6"), Some(Raw::Text("a | b \"q\"\n2")));
    assert_eq!(value("C6"), None);
    assert_eq!(value("D6"), Some(Raw::Text("61%")));
    assert_eq!(value("B7"), Some(Raw::Date(41729.0)));
    assert_eq!(value("F7"), Some(Raw::Uncached));
    assert_eq!(value("D8"), Some(Raw::Text("-")));
    assert_eq!(value("F8"), Some(Raw::Text("1.2.1")));
    assert_eq!(workbook.sheets[1].visibility, Visibility::VeryHidden);
    let again =
        notation::parse(&format!("## x\n```sheet Finance\n{}```\n", grids::show(sheet))).expect("sound");
    let again = grids::workbook(&again.cases[0].files[0], FileId(3)).expect("it is not refused");
    assert_eq!(grids::show(&again.sheets[0]), grids::show(sheet));
}

#[test]
fn a_workbook_holds_what_is_written() {
    let bytes = workbooks::xlsx(&case().files[0]);
    let mut workbook = calamine::Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let range = workbook.worksheet_range("Finance").expect("the sheet is there");
    let value = |row, column| range.get_value((row, column)).cloned().unwrap_or_default();
    assert_eq!(value(4, 3), Data::Float(400.0));
    assert_eq!(value(5, 1), Data::String("a | b \"q\"\n2".to_owned()));
    assert!(matches!(value(6, 1), Data::DateTime(date) if (date.as_f64() - 41729.0).abs() < 1e-9));
    assert_eq!(value(6, 2), Data::Bool(true));
    assert_eq!(value(6, 3), Data::Error(calamine::CellErrorType::Ref));
    assert_eq!(value(6, 4), Data::Error(calamine::CellErrorType::Div0));
    assert_eq!(value(6, 5), Data::Empty);
    assert_eq!(value(7, 2), Data::Float(-2.5));
    assert_eq!(workbook.sheets_metadata()[1].visible, calamine::SheetVisible::VeryHidden);
}

#[test]
fn mistakes_name_their_line() {
    for (text, mistake) in [
        ("## a\n```sheet X\nB4 Budget\n```\n", "3: not understood: B4 Budget"),
        ("## a\n```sheet X\nB4: 1\n", "2: the block is not closed"),
        ("```sheet X\n```\n", "1: a `sheet` block before the first `## title`"),
        ("## a\n```findings\n! D7\n```\n", "3: not understood: ! D7"),
    ] {
        assert_eq!(notation::parse(text).map(|_| ()), Err(mistake.to_owned()), "{text}");
    }
}

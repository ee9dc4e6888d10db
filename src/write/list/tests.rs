//! Headings, names, and tables that need more than one sheet.

use super::*;
use calamine::{Data, Range, Reader as _, Xlsx};
use std::io::Cursor;

#[test]
fn headings_are_made_distinct() {
    let mut columns: Vec<Column> =
        ["Ref", "ref", "", "Ref"].into_iter().map(|title| Column::new(title, Look::Text)).collect();
    distinct(&mut columns);
    let titles: Vec<&str> = columns.iter().map(|column| column.title.as_ref()).collect();
    assert_eq!(titles, ["Ref", "ref 2", "Column C", "Ref 3"]);
}

#[test]
fn further_sheets_have_names_that_fit_a_tab() {
    assert_eq!(numbered("By agency", 2), "By agency (2)");
    let long = numbered("A name that is as long as a tab", 12);
    assert_eq!(long, "A name that is as long as (12)");
    assert!(long.len() <= 31);
}

fn page() -> Page {
    Page {
        name: "Kids' money".into(),
        title: "Money for children".into(),
        description: "Every payment.".into(),
        strap: "A Board".into(),
        board: "A Board".into(),
        marking: "OFFICIAL".into(),
        table: "tblMoney".into(),
        cuts: super::super::cuts::Cuts::default(),
    }
}

#[test]
fn a_table_too_long_for_a_sheet_goes_on_in_the_next_with_totals_over_both() {
    const MORE: u32 = 20;
    let mut book = Workbook::new();
    let styles = Arc::new(Styles::new(&crate::schema::Schema::default()));
    let columns = vec![Column::new("Ref", Look::Whole), Column::new("Paid", Look::Money).totalled()];
    let mut list = List::new(&mut book, page(), &styles, columns, None).unwrap();
    let first = list.next_row();
    let rows = ROOM_IN_TESTS - first + MORE;
    for number in 0..rows {
        let items = [Item::Whole(number.into()), Item::Number(Decimal::new(i64::from(number), 2))];
        list.push(&mut book, &items).unwrap();
    }
    list.close().unwrap();
    for sheet in list.finish().unwrap() {
        book.push_worksheet(sheet);
    }
    let bytes = book.save_to_buffer().unwrap();
    let mut seen: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    assert_eq!(seen.sheet_names(), ["Kids' money", "Kids' money (2)"]);
    let [one, two] = ["Kids' money", "Kids' money (2)"].map(|name| seen.worksheet_range(name).unwrap());
    let shown = |sheet: &Range<Data>, row: u32, column| {
        sheet.get_value((row, column)).map_or_else(String::new, ToString::to_string)
    };
    assert_eq!(
        (shown(&one, 0, 0), shown(&two, 0, 0)),
        ("Money for children".into(), "Money for children (2)".into())
    );
    for sheet in [&one, &two] {
        assert_eq!((shown(sheet, first - 1, 0), shown(sheet, first - 1, 1)), ("Ref".into(), "Paid".into()));
        assert_eq!(shown(sheet, 2, 0), "Every payment.");
    }
    // Every row once, in order, and nothing under the first sheet's rows.
    let numbers = |sheet: &Range<Data>, last: u32| -> Vec<String> {
        (first..=last).map(|row| shown(sheet, row, 0)).collect()
    };
    let mut all = numbers(&one, ROOM_IN_TESTS - 1);
    assert_eq!(one.end().map(|(row, _)| row), Some(ROOM_IN_TESTS - 1));
    all.extend(numbers(&two, first + MORE - 1));
    assert_eq!(all, (0..rows).map(|number| number.to_string()).collect::<Vec<_>>());
    // The total stands under the second sheet's rows and counts both sheets.
    let total = first + MORE;
    let sum = Decimal::new(i64::from(rows) * i64::from(rows - 1) / 2, 2);
    assert_eq!((shown(&two, total, 0), shown(&two, total, 1)), ("Total".into(), sum.normalize().to_string()));
    let formulas = seen.worksheet_formula("Kids' money (2)").unwrap();
    let formula = formulas.get_value((total, 1)).unwrap();
    assert_eq!(
        *formula,
        format!("SUM('Kids'' money'!B{}:B{ROOM_IN_TESTS},B{}:B{total})", first + 1, first + 1)
    );
    assert!(
        seen.worksheet_formula("Kids' money").unwrap().used_cells().next().is_none(),
        "no total in between"
    );
}

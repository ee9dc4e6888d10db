//! Sound workbooks that are built so that a careless check would look at everything once for each of everything.

use crate::cases::{Cases, Expect};
use crate::forge::{Book, SHEET, STYLES, sheet};
use std::fmt::Write as _;

const HEADINGS: [&str; 7] =
    ["Ref", "Action", "Lead agency", "Status", "RAG", "Target date", "Progress this quarter"];
const ROWS: usize = 20_000;

/// A filled plan; `row` gives more attributes for a row's tag.
fn plan(row: impl Fn(usize) -> &'static str) -> String {
    let mut rows = String::new();
    let text = |rows: &mut String, at: String, text: &str| {
        let _ = write!(rows, r#"<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>"#);
    };
    rows.push_str(r#"<row r="1">"#);
    for (column, heading) in ('A'..).zip(HEADINGS) {
        text(&mut rows, format!("{column}1"), heading);
    }
    rows.push_str("</row>");
    for number in 2..ROWS {
        let _ = write!(rows, r#"<row r="{number}"{}>"#, row(number));
        text(&mut rows, format!("A{number}"), &format!("1.{number}"));
        for (column, words) in [('B', "Train staff"), ('C', "NHS"), ('D', "In progress"), ('E', "Green")] {
            text(&mut rows, format!("{column}{number}"), words);
        }
        let _ = write!(rows, r#"<c r="F{number}"><v>41729</v></c></row>"#);
    }
    rows
}

/// The plan with something behind its cells.
fn with_behind(behind: &str) -> Vec<u8> {
    let text = sheet(&plan(|_| "")).replace("</sheetData>", &format!("</sheetData>{behind}"));
    Book::new().with(SHEET, text.as_bytes()).bytes()
}

pub(crate) fn add(cases: &mut Cases) {
    let mut add =
        |name: &str, bytes: fn() -> Vec<u8>| cases.add(format!("heavy-{name}.xlsx"), bytes, Expect::Safe);
    add("merged", || {
        let areas: String = (1..20_000).map(|row| format!(r#"<mergeCell ref="J{row}:K{row}"/>"#)).collect();
        with_behind(&format!("<mergeCells>{areas}</mergeCells>"))
    });
    add("merged-all-over", || {
        let area = r#"<mergeCell ref="A1:XFD1048576"/>"#;
        with_behind(&format!("<mergeCells>{}</mergeCells>", area.repeat(20_000)))
    });
    add("merged-down", || {
        let area = r#"<mergeCell ref="C2:C1048576"/>"#;
        with_behind(&format!("<mergeCells>{}</mergeCells>", area.repeat(20_000)))
    });
    add("rules", || {
        let areas = ["E2:E1048576"; 10].join(" ");
        let rules: String = (0..1_990)
            .map(|number| {
                format!(r#"<conditionalFormatting sqref="{areas}"><cfRule type="containsText" priority="{number}" text="x{number}" dxfId="0"/></conditionalFormatting>"#)
            })
            .collect();
        with_behind(&rules)
    });
    add("hidden", || {
        let rows = plan(|number| if number % 2 == 0 { r#" hidden="1""# } else { "" });
        Book::of(&rows).bytes()
    });
    add("no-format", || {
        let stray: String = (1..=1_000)
            .map(|row| format!(r#"<row r="{row}"><c r="A{row}" s="9"><v>1</v></c></row>"#))
            .collect();
        let rest: String = (2_000..400_000)
            .map(|row| format!(r#"<row r="{row}"><c r="B{row}"><v>1</v></c></row>"#))
            .collect();
        Book::of(&(stray + &rest)).with(STYLES, b"<styleSheet><cellXfs><xf/></cellXfs></styleSheet>").bytes()
    });
    add("filled", || {
        let styles = br#"<styleSheet><fills><fill/><fill><patternFill patternType="solid"><fgColor rgb="FFC00000"/></patternFill></fill></fills><fonts><font/><font><strike/></font></fonts><cellXfs><xf/><xf fillId="1" fontId="1"/></cellXfs></styleSheet>"#;
        let rows =
            plan(|_| "").replace("<c r=\"E", "<c s=\"1\" r=\"E").replace("<c r=\"B", "<c s=\"1\" r=\"B");
        Book::of(&rows).with(STYLES, styles).bytes()
    });
    add("headings", || {
        let mut rows = String::new();
        for row in 1..10_000 {
            let _ = write!(rows, r#"<row r="{row}">"#);
            for (column, heading) in ('A'..).zip(HEADINGS) {
                let _ = write!(rows, r#"<c r="{column}{row}" t="inlineStr"><is><t>{heading}</t></is></c>"#);
            }
            rows.push_str("</row>");
        }
        Book::of(&rows).bytes()
    });
    add("wide", || {
        let cells: String = (0..16_000)
            .map(|column| format!(r#"<c t="inlineStr"><is><t>Ref {column}</t></is></c>"#))
            .collect();
        let rows: String = (1..=40).map(|row| format!(r#"<row r="{row}">{cells}</row>"#)).collect();
        Book::of(&rows).bytes()
    });
}

//! Web pages: their tables, their letters, and what is told of them.

use super::{open, value};
use quarterday::model::{CellRef, FileId, FileKind, Oddity, Raw, Refusal, Workbook};
use quarterday::read;

fn page(text: &str) -> Workbook {
    open("page.html", text.as_bytes())
}

#[test]
fn a_web_page_is_read_table_by_table() {
    let workbook = page(concat!(
        "<!DOCTYPE html><html><head><title>Out</title><style>td{}</style></head><body>\n",
        "<table><thead><tr><th>Ref<th rowspan=2>Money<th colspan=\"2\">Both</tr></thead>\n",
        "<tr><td>4.10</td><td x:num=\"41729\">31/03/2014</td><td x:num='1234.5'>&pound;1,235</td></tr>\n",
        "<tr style='display: none'><td>a<br>b &amp; c</td><td>&nbsp;</td><td>in <table><tr><td>inner</table> out",
        "</table><script>'<table><td>'</script></body></html>",
    ));
    assert_eq!(workbook.kind, FileKind::Html);
    assert_eq!(workbook.oddities, [Oddity::WebPage { tables: 2, words_outside: false }]);
    let names: Vec<&str> = workbook.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    assert_eq!(names, ["Table 1", "Table 2"]);
    for (at, text) in [
        ("A1", "Ref"),
        ("B1", "Money"),
        ("C1", "Both"),
        ("A2", "4.10"),
        ("C2", "31/03/2014"),
        ("A3", "a\nb & c"),
        ("C3", "in out"),
    ] {
        assert_eq!(value(&workbook, 0, at), Some(Raw::Text(text)), "{at}");
    }
    assert_eq!(value(&workbook, 0, "D2"), Some(Raw::Number(1234.5)));
    assert_eq!(value(&workbook, 0, "B3"), None);
    assert_eq!(value(&workbook, 1, "A1"), Some(Raw::Text("inner")));
    let cell = |at| CellRef::parse(at).unwrap();
    assert_eq!(workbook.sheets[0].merged, [(cell("B1"), cell("B2")), (cell("C1"), cell("D1"))]);
    assert_eq!(workbook.sheets[0].facts.hidden_rows, [(2, 2)]);
}

#[test]
fn a_web_page_is_read_in_its_own_letters() {
    let text = "<table><tr><td>Café £5</td></tr></table>";
    let utf16: Vec<u8> = format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let windows = |head: &str| [head.as_bytes(), b"<table><tr><td>Caf\xe9 \xa35</td></tr></table>"].concat();
    let stated = "<html><meta http-equiv=Content-Type content=\"text/html; charset=windows-1252\">";
    for (bytes, told) in [
        (text.as_bytes().to_vec(), None),
        (utf16, None),
        (windows(stated), None),
        (windows("<html>"), Some(Oddity::Encoding("Windows-1252"))),
    ] {
        let workbook = open("return.xls", &bytes);
        assert_eq!(value(&workbook, 0, "A1"), Some(Raw::Text("Café £5")));
        let named = Oddity::WrongExtension { named: "xls".into(), kind: FileKind::Html };
        let page = Oddity::WebPage { tables: 1, words_outside: false };
        let expected: Vec<Oddity> = [named, page].into_iter().chain(told).collect();
        assert_eq!(workbook.oddities, expected);
    }
}

#[test]
fn words_outside_tables_and_a_cut_page_are_told() {
    let workbook = page("<html><body><h1>Quarter 4</h1><table><tr><td>1</td></tr></table></body></html>");
    assert_eq!(workbook.oddities, [Oddity::WebPage { tables: 1, words_outside: true }]);
    let refused = |text: &str| read::workbook(FileId(0), "a.xls", text.as_bytes(), &|_| true).unwrap_err();
    let why = "its last table has no end, so it may have been cut off".to_owned();
    assert_eq!(refused("<html><table><tr><td>1</td><td"), Refusal::Damaged(why));
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { failure_persistence: None, ..Default::default() })]

    /// Pieces of pages in any order never stop the program, and no cell lies under another.
    #[test]
    fn any_page_can_be_read(
        pieces in proptest::collection::vec(proptest::sample::select(vec![
            "<table>", "</table>", "<tr>", "</tr>", "<td>", "</td>", "<th colspan=3>", "<td rowspan='2'>",
            "<td colspan=99999 rowspan=2>", "<td x:num=5>", "<td x:num=1e999>", "<!--", "-->", "<br", ">", "<", "&amp",
            "&#x41;", "\"", "'", "words é ", "<col span=9 hidden>", "<script>", "</script>", "</body>", "=", "\u{a0}",
        ]), 0..60),
    ) {
        let text = format!("<html>{}</html>", pieces.concat());
        if let Ok(workbook) = read::workbook(FileId(0), "a.html", text.as_bytes(), &|_| true) {
            for sheet in &workbook.sheets {
                let places: Vec<CellRef> = sheet.cells().iter().map(|cell| cell.at).collect();
                assert!(places.is_sorted_by(|a, b| a < b));
                for (first, last) in &sheet.merged {
                    let inside = |at: &CellRef| {
                        (first.row..=last.row).contains(&at.row) && (first.column..=last.column).contains(&at.column)
                    };
                    assert!(places.iter().all(|at| at == first || !inside(at)));
                }
            }
        }
    }
}

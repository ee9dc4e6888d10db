//! Web pages: their tables, their letters, and what is told of them.

use super::{open, value};
use quarterday::model::{CellRef, FileId, FileKind, Oddity, Raw, Refusal, Unseen, Visibility, Workbook};
use quarterday::read;

fn page(text: &str) -> Workbook {
    open("page.html", text.as_bytes())
}

#[test]
fn a_web_page_is_read_table_by_table() {
    let workbook = page(concat!(
        "<!DOCTYPE html><html><head><title>Out</title><style>td{}</style></head><body>\n",
        "<table><tr><th>Ref<th rowspan=2>Money<th colspan=\"2\">Both</tr>\n",
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
        ([windows(stated), b"</html>".to_vec()].concat(), None),
        ([windows("<html>"), b"</html>".to_vec()].concat(), Some(Oddity::Encoding("Windows-1252"))),
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
    let refused = |text: &str| match read::workbook(FileId(0), "a.xls", text.as_bytes(), &|_| true) {
        Err(Refusal::Damaged(why)) => why,
        other => panic!("{text}: {other:?}"),
    };
    assert_eq!(
        refused("<html><table><tr><td>1</td><td"),
        "its last table has no end, so it may have been cut off"
    );
    let table = "<table><tr><td>1</td></tr></table>";
    for page in [
        format!("<html><body>{table}<p>next"),
        format!("<html><head></head>{table}"),
        format!("{table}<body>"),
        format!("<html>{table}<!-- {table}</body></html>"),
        format!("<html>{table}<noscript>{table}</body></html>"),
        format!("{table}<!-- "),
        format!("{table}<script>{table}"),
        format!("{table}<tab"),
    ] {
        assert!(refused(&page).contains("it may have been cut off"), "{page}: {}", refused(&page));
    }
    for page in [
        format!("{table}<p>next"),
        format!("<body>{table}</body>"),
        format!("<html>{table}</html><!-- made by a program"),
        format!("<html><title/><script src='x'/>{table}<!-- x --!></html>"),
    ] {
        assert_eq!(self::page(&page).sheets.len(), 1, "{page}");
    }
}

/// What the first cell of a page holds, and what was told beside that it is a page.
fn cell(page_text: &str) -> (Option<String>, Vec<String>) {
    let workbook = page(&format!("<table><tr>{page_text}</tr></table>"));
    let shown = value(&workbook, 0, "A1").map(|raw| match raw {
        Raw::Text(text) => text.to_owned(),
        Raw::Number(number) => format!("={number}"),
        other => panic!("{other:?}"),
    });
    let unseen = workbook.facts.unseen.iter().map(|unseen| format!("{unseen:?}"));
    let odd = workbook.oddities.iter().skip(1).map(|odd| format!("{odd:?}"));
    (shown, unseen.chain(odd).collect())
}

#[test]
fn words_that_people_see_apart_are_never_one_figure() {
    for (written, read) in [
        ("<td><s>4612</s>5000", "4612 5000"),
        ("<td>1<del>2</del><ins>3</ins>", "1 2 3"),
        ("<td>4,612<sup>1</sup>", "4,612 1"),
        ("<td x:num=46121>4,612<sup>1</sup>", "4,612 1"),
        ("<td><STRIKE>12</STRIKE><b>500</b>", "12 500"),
        ("<td>1<sub>2</sub>3", "1 2 3"),
        ("<td>31<sup>st</sup> March", "31st March"),
        ("<td><div>12</div>34", "12\n34"),
        ("<td>12<p>34</p>56<br>78", "12\n34\n56\n78"),
        ("<td><option>12<option>34", "12\n34"),
        ("<td>4<b>61</b>2", "4612"),
    ] {
        assert_eq!(cell(written).0.as_deref(), Some(read), "{written}");
    }
    let workbook = page("<table><tr><td><s>5 <b>x</b></s><td>5 <del>6</del></table>");
    let at = |cell| CellRef::parse(cell).unwrap();
    assert!(workbook.sheets[0].look(at("A1")).struck && !workbook.sheets[0].look(at("B1")).struck);
    let told = "words that are crossed out inside the text of B1 on the sheet Table 1";
    assert_eq!(workbook.facts.unseen, [Unseen::Part(told.into())]);
}

#[test]
fn hidden_words_are_left_out_and_told() {
    let told = r#"Part("words that the page hides in A1 on the sheet Table 1")"#;
    for (written, read) in [
        (r#"<td><span style="display:none">4612</span>4612"#, Some("4612")),
        ("<td>46<span hidden>99</span>12", Some("46 12")),
        ("<td>46<i style='DISPLAY :\tnone'>9<i>9</i>9</i> <b>12</b>", Some("46 12")),
        ("<td>5<span style='visibility:hidden'>x<br>y</span>", Some("5")),
        ("<td hidden>4612</td>", None),
        ("<td style=display:none x:num=4612>4,612</td>", None),
        ("<td><p hidden>a<p>b", None),
    ] {
        assert_eq!(cell(written), (read.map(str::to_owned), vec![told.to_owned()]), "{written}");
    }
    for (written, read) in [
        ("<td>5<span hidden> </span> 6", "5 6"),
        ("<td>5<input hidden>6", "56"),
        ("<td>5<span hidden/>6", "56"),
        ("<td>5</span>6", "56"),
    ] {
        assert_eq!(cell(written), (Some(read.to_owned()), vec![]), "{written}");
    }
    // Excel hides the end of a text where the next cell is filled. It never does so to a figure.
    let excel = r#"<html xmlns:x="urn:schemas-microsoft-com:office:excel">"#;
    let clipped = page(&format!(
        "{excel}<table><tr><td>Zero-velocit<span style='display:none'>y, all</span></td><td>46<span style='display:none'>12</span></table></html>"
    ));
    assert_eq!(value(&clipped, 0, "A1"), Some(Raw::Text("Zero-velocity, all")));
    assert_eq!(value(&clipped, 0, "B1"), Some(Raw::Text("46")));
    assert_eq!(clipped.facts.unseen.len(), 1);
}

#[test]
fn hidden_rows_columns_and_tables_are_marked_as_those_of_a_workbook() {
    let workbook = page(concat!(
        "<table><col><col style='display:none'><thead><tr><td>a<td style='display:none'>b</thead>",
        "<tbody hidden><tr><td>c<tr><td>d</tbody><tbody><tr><td>e</tbody></table>",
        "<div style='display:none'><table><tr><td>f<table><tr><td>g</table></table></div><table><tr><td>h</table>",
    ));
    assert_eq!(workbook.facts.unseen, []);
    let facts = &workbook.sheets[0].facts;
    assert_eq!((&facts.hidden_rows[..], &facts.hidden_columns[..]), (&[(1, 2)][..], &[(1, 1)][..]));
    assert_eq!(value(&workbook, 0, "B1"), Some(Raw::Text("b")));
    assert_eq!(value(&workbook, 0, "A3"), Some(Raw::Text("d")));
    let shown: Vec<bool> =
        workbook.sheets.iter().map(|sheet| sheet.visibility == Visibility::Visible).collect();
    assert_eq!(shown, [true, false, false, true]);
}

#[test]
fn cells_reach_no_further_than_their_group_of_rows() {
    let workbook = page(concat!(
        "<table><thead><tr><th rowspan=3>a<th>b</thead>",
        "<tbody><tr><td rowspan=0>c<td>d<tr><td>e<tbody><tr><td rowspan=2>f<td>g<tfoot><tr><td>h<td rowspan=0>i</table>",
    ));
    for (at, text) in
        [("A1", "a"), ("A2", "c"), ("B3", "e"), ("A4", "f"), ("B4", "g"), ("A5", "h"), ("B5", "i")]
    {
        assert_eq!(value(&workbook, 0, at), Some(Raw::Text(text)), "{at}");
    }
    let cell = |at| CellRef::parse(at).unwrap();
    assert_eq!(workbook.sheets[0].merged, [(cell("A2"), cell("A3"))]);
}

#[test]
fn a_number_behind_the_words_is_used_where_they_show_it() {
    for (written, read) in [
        ("<td x:num='41729'>2014", "2014"),
        ("<td x:num='1234567'>1,235", "1,235"),
        ("<td x:num='4612.4'>4,612", "=4612.4"),
        ("<td x:num='-4612'>(4,612)", "=-4612"),
        ("<td x:num=''>5", "5"),
        ("<td x:num='1e999'>5", "5"),
    ] {
        assert_eq!(cell(written), (Some(read.to_owned()), vec![]), "{written}");
    }
    let (shown, told) = cell("<td x:num='4612'>&nbsp;");
    assert_eq!(shown, None);
    assert!(matches!(&told[..], [told] if told.contains("the number “4612” stands behind it")), "{told:?}");
}

#[test]
fn merged_cells_beyond_those_kept_are_told() {
    let rows = "<tr><td colspan=2>a".repeat(20_000);
    assert_eq!(page(&format!("<table>{rows}</table>")).facts.unseen, []);
    let workbook = page(&format!("<table>{rows}<tr><td colspan=2>a</table><table><tr><td>1</table>"));
    let told = "some of the merged cells of the sheet Table 1";
    assert_eq!(workbook.facts.unseen, [Unseen::Part(told.into())]);
}

#[test]
fn pages_are_known_however_far_their_first_table_stands() {
    let table = "<table\t><tr><td>1,2</td></tr></table>";
    let long = "x".repeat(9_000);
    for text in [
        format!("<style>{long}</style>{table}"),
        format!("<h2>{long}</h2>{table}"),
        format!("<!-- {long} -->{table}"),
        format!("<meta name=a>{table}"),
        format!("<b>{long}</b><html>{table}</html>"),
    ] {
        assert_eq!(page(&text).kind, FileKind::Html);
        let wide: Vec<u8> = format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(open("page.html", &wide).kind, FileKind::Html);
    }
    let text = format!("<5,{long}\n1,2\n<tables>,3\n");
    assert_eq!(open("a.csv", text.as_bytes()).kind, FileKind::Csv);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { failure_persistence: None, ..Default::default() })]

    /// Pieces of pages in any order never stop the program, and no cell lies under another.
    #[test]
    fn any_page_can_be_read(
        pieces in proptest::collection::vec(proptest::sample::select(vec![
            "<table>", "</table>", "<tr>", "</tr>", "<td>", "</td>", "<th colspan=3>", "<td rowspan='2'>",
            "<td colspan=99999 rowspan=2>", "<td x:num=5>", "<td x:num=1e999>", "<!--", "-->", "<br", ">", "<", "&amp",
            "&#x41;", "\"", "'", "<s>", "</s>", "<sup>", "<span hidden>", "</span>", "<p>", "<tbody hidden>", "<td rowspan=0>", "<title/>", "--!>", "é", "<div style=display:none>", "</div>", "words é ", "<col span=9 hidden>", "<script>", "</script>", "</body>", "=", "\u{a0}",
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

//! What stands beside the cells of real workbooks: looks, hidden parts, rules, comments, boxes, names, links, properties.

mod support;

use quarterday::model::{CellRef, FileId, Icon, Raw, Rgb, Sheet, Shown, SymbolFont, Workbook};
use quarterday::read;
use std::fmt::Write as _;
use std::io::{Cursor, Read as _, Write as _};
use support::{grids, notation, workbooks};

fn sample(name: &str) -> Workbook {
    let path = format!("samples/2013-14-q4-messy/returns/{name}");
    let bytes = std::fs::read(&path).expect("the sample is there");
    read::workbook(FileId(0), name, &bytes, &|_| true).expect("it can be read")
}

fn sheet<'a>(workbook: &'a Workbook, name: &str) -> &'a Sheet {
    workbook.sheets.iter().find(|sheet| sheet.name == name).expect("the sheet is there")
}

fn at(address: &str) -> CellRef {
    CellRef::parse(address).expect("an address")
}

#[test]
fn ratings_by_fill_are_seen() {
    let workbook = sample("HSCB BP Monitoring 2013-14 Q4 - Herefordshire Council v3 FINAL.xlsx");
    let sheet = sheet(&workbook, "BP Monitoring");
    for cell in ["V9", "V10", "V11", "V13", "V14", "V16", "V17", "V20"] {
        assert!(sheet.look(at(cell)).fill.is_some(), "{cell}");
        assert_eq!(sheet.value(at(cell)), None, "{cell}");
    }
    assert_eq!(
        workbook.facts.about.saved_by.as_deref().map(|program| program.starts_with("Microsoft Excel")),
        Some(true)
    );
}

#[test]
fn symbol_fonts_and_hidden_rows_are_seen() {
    let workbook = sample("West Mercia Police HSCB return.xlsm");
    let plan = sheet(&workbook, "Monitoring sheet");
    assert_eq!(plan.look(at("J9")).symbols, Some(SymbolFont::Wingdings3));
    assert!(sheet(&workbook, "Contributions").facts.is_row_hidden(13));
    assert!(!sheet(&workbook, "Contributions").facts.is_row_hidden(12));
}

#[test]
fn icons_are_seen() {
    let workbook = sample("YOS Q4.xlsx");
    let plan = sheet(&workbook, "Plan");
    let icon = |number| plan.facts.icon(at("W6"), number, |_| Some((1.0, 3.0)));
    assert_eq!([1.0, 2.0, 3.0].map(icon), [Some(Icon::Red), Some(Icon::Amber), Some(Icon::Green)]);
}

const PAGE: &str = r#"
## All marks

```sheet Plan
A1: Ref | Rating | Due
A2: 1.1 | Red | 2014-03-15
A3: 1.2 | 2 | 2014-10-01
fill B2:B4 C00000
fill D2 0070C0
format C2 d-mmm
format C3 mmm-yy
format D3 0%
font A3 Wingdings 3
strike A2
hide row 3:4
hide column E:F
filter A1:C4
comment B3: see page 2 & 3
text box D1: look <here>
icons B3:B9 2 3
paint A1:A9 "1.2" 00B050
protected
```
"#;

#[test]
fn a_workbook_shows_what_its_grid_says() {
    let case = notation::parse(PAGE).expect("the page is sound").cases.remove(0);
    let grid = grids::workbook(&case.files[0], FileId(0)).expect("it is not refused");
    let bytes = workbooks::xlsx(&case.files[0]);
    let real = read::workbook(FileId(0), "return.xlsx", &bytes, &|_| true).expect("it can be read");
    let (grid, real) = (&grid.sheets[0].facts, &real.sheets[0].facts);
    for row in 0..10 {
        for column in 0..8 {
            let at = CellRef::new(row, column);
            let (mut wanted, seen) = (grid.looks.get(at), real.looks.get(at));
            // A whole date is no remarkable format.
            if wanted.shown == Shown::Date {
                wanted.shown = Shown::General;
            }
            assert_eq!(wanted, seen, "{at}");
        }
    }
    assert_eq!(real.looks.get(at("B4")).fill, Some(Rgb::new(0xC0_00_00)));
    assert_eq!(grid.hidden_rows, real.hidden_rows);
    assert_eq!(grid.hidden_columns, real.hidden_columns);
    assert_eq!(grid.filter, real.filter);
    assert_eq!(grid.comments, real.comments);
    assert_eq!(grid.text_boxes, real.text_boxes);
    assert_eq!(grid.protected, real.protected);
    for (cell, value) in [("A3", Raw::Text("1.2")), ("A2", Raw::Text("1.1"))] {
        assert_eq!(grid.shown_fill(at(cell), Some(value)), real.shown_fill(at(cell), Some(value)), "{cell}");
    }
    assert_eq!(real.icon(at("B3"), 2.0, |_| None), Some(Icon::Amber));
}

/// A part's name, and how its text is changed.
type Changed<'c> = (&'c str, &'c dyn Fn(&str) -> String);

/// A workbook with some of its parts replaced or added.
fn patched(changes: &[Changed<'_>]) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let painted = rust_xlsxwriter::Format::new().set_background_color(0xC0_00_00);
    sheet.write_with_format(0, 0, "Red", &painted).expect("it fits");
    sheet.write(1, 0, 5).expect("it fits");
    sheet.insert_note(1, 0, &rust_xlsxwriter::Note::new("a note").add_author_prefix(false)).expect("it fits");
    book.define_name("Total", "=Sheet1!$A$2").expect("a sound name");
    let bytes = book.save_to_buffer().expect("it is sound");
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a package");
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut left: Vec<&str> = changes.iter().map(|(name, _)| *name).collect();
    let options = zip::write::SimpleFileOptions::default();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).expect("listed");
        let name = part.name().expect("ASCII").into_owned();
        let mut content = String::new();
        part.read_to_string(&mut content).expect("text");
        if let Some((_, change)) = changes.iter().find(|(changed, _)| *changed == name) {
            left.retain(|other| *other != name);
            content = change(&content);
        }
        out.start_file(name, options).expect("new");
        out.write_all(content.as_bytes()).expect("memory takes it");
    }
    for (name, change) in changes.iter().filter(|(name, _)| left.contains(name)) {
        out.start_file(*name, options).expect("new");
        out.write_all(change("").as_bytes()).expect("memory takes it");
    }
    out.finish().expect("memory takes it").into_inner()
}

fn read_patched(changes: &[Changed<'_>]) -> Workbook {
    read::workbook(FileId(0), "a.xlsx", &patched(changes), &|_| true).expect("it can be read")
}

#[test]
fn conversations_links_and_names_are_seen() {
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let sheet_links = |text: &str| {
        text.replace(
            "</Relationships>",
            r#"<Relationship Id="rT" Type="http://schemas.microsoft.com/office/2017/10/relationships/threadedComment" Target="../threadedComments/t1.xml"/></Relationships>"#,
        )
    };
    let thread = |_: &str| {
        r#"<ThreadedComments><threadedComment ref="A2" id="x"><text>Is this &amp; that right?</text></threadedComment></ThreadedComments>"#.to_owned()
    };
    let book = |text: &str| {
        text.replace(
            "<definedNames>",
            r#"<externalReferences><externalReference r:id="rX"/></externalReferences><definedNames>"#,
        )
    };
    let book_links = |text: &str| {
        text.replace(
            "</Relationships>",
            &format!(r#"<Relationship Id="rX" Type="{OFFICE}/externalLink" Target="externalLinks/externalLink1.xml"/></Relationships>"#),
        )
    };
    let link = |_: &str| "<externalLink/>".to_owned();
    let link_target = |_: &str| {
        format!(
            r#"<Relationships><Relationship Id="rId1" Type="{OFFICE}/externalLinkPath" Target="file:///S:\Finance\Last%20year.xlsx" TargetMode="External"/></Relationships>"#
        )
    };
    let workbook = read_patched(&[
        ("xl/worksheets/_rels/sheet1.xml.rels", &sheet_links),
        ("xl/threadedComments/t1.xml", &thread),
        ("xl/workbook.xml", &book),
        ("xl/_rels/workbook.xml.rels", &book_links),
        ("xl/externalLinks/externalLink1.xml", &link),
        ("xl/externalLinks/_rels/externalLink1.xml.rels", &link_target),
    ]);
    let comments = &workbook.sheets[0].facts.comments;
    assert_eq!(comments.len(), 1, "the note in place of the conversation does not count: {comments:?}");
    assert_eq!(comments[0].text, "Is this & that right?");
    assert_eq!(workbook.facts.links, ["Last year.xlsx"]);
    assert_eq!(workbook.facts.names[0].refers_to, "Sheet1!$A$2");
    assert!(workbook.facts.unseen.is_empty(), "{:?}", workbook.facts.unseen);
}

#[test]
fn damage_beside_the_cells_is_told_and_stops_nothing() {
    let broken = |_: &str| "<comments><comment ref=\"A2\"><text <".to_owned();
    let workbook = read_patched(&[("xl/comments1.xml", &broken), ("docProps/core.xml", &broken)]);
    assert_eq!(workbook.sheets[0].value(at("A2")), Some(Raw::Number(5.0)));
    assert_eq!(workbook.facts.unseen.len(), 2, "{:?}", workbook.facts.unseen);
    let declared = |_: &str| "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><comments/>".to_owned();
    let workbook = read_patched(&[("xl/comments1.xml", &declared)]);
    assert_eq!(workbook.facts.unseen.len(), 1);
}

#[test]
fn a_format_that_is_missing_is_told() {
    let stray = |text: &str| text.replace("<c r=\"A2\"", "<c r=\"A2\" s=\"4000\"");
    let workbook = read_patched(&[("xl/worksheets/sheet1.xml", &stray)]);
    assert_eq!(workbook.oddities.len(), 1, "{:?}", workbook.oddities);
}

#[test]
fn cells_without_addresses_and_other_dialects_have_looks_too() {
    let bare = |text: &str| text.replace(" r=\"A1\"", "").replace("<row r=\"1\"", "<row");
    let prefixed = |text: &str| {
        let text = text
            .replace("<worksheet xmlns=", "<worksheet xmlns:x=")
            .replace("</", "</x:")
            .replace('<', "<x:");
        text.replace("<x:/x:", "</x:").replace("<x:?", "<?")
    };
    for change in [&bare as &dyn Fn(&str) -> String, &prefixed] {
        let workbook = read_patched(&[("xl/worksheets/sheet1.xml", change)]);
        assert_eq!(workbook.sheets[0].look(at("A1")).fill, Some(Rgb::new(0xC0_00_00)));
    }
}

#[test]
fn a_million_empty_cells_that_look_alike_cost_no_memory() {
    let mut rows = String::from("<sheetData>");
    for row in 1..=20_000 {
        let _ = write!(rows, "<row r=\"{row}\">");
        for column in ["A", "B", "C", "D", "E", "F", "G", "H", "I", "J"] {
            let _ = write!(rows, "<c r=\"{column}{row}\" s=\"1\"/>");
        }
        rows.push_str("</row>");
    }
    rows.push_str("</sheetData>");
    let many = move |text: &str| {
        let (before, rest) = text.split_once("<sheetData>").expect("it has cells");
        let (_, after) = rest.split_once("</sheetData>").expect("they end");
        format!("{before}{rows}{after}")
    };
    let workbook = read_patched(&[("xl/worksheets/sheet1.xml", &many)]);
    assert_eq!(workbook.sheets[0].cells().len(), 0);
    assert_eq!(workbook.sheets[0].facts.looks.runs().count(), 10);
}

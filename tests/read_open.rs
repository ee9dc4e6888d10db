//! What stands beside the cells of `OpenDocument` spreadsheets: a real one, and some that are written out here.

mod support;

use quarterday::model::{CellRef, FileId, Icon, Oddity, Raw, Rgb, Shown, SymbolFont, Unseen, Workbook};
use quarterday::read;
use std::io::{Cursor, Write as _};
use support::{grids, notation};

/// What `tests/excel/beside.ods` was made from.
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

fn at(address: &str) -> CellRef {
    CellRef::parse(address).expect("an address")
}

/// Writes the workbook from which the stored one is made: `QUARTERDAY_OUT=beside.xlsx cargo test --test read_open -- --ignored`.
#[test]
#[ignore = "makes a file"]
fn make() {
    let case = notation::parse(PAGE).expect("the page is sound").cases.remove(0);
    let path = std::env::var("QUARTERDAY_OUT").expect("where to");
    std::fs::write(path, support::workbooks::xlsx(&case.files[0])).expect("it can be written");
}

#[test]
fn a_real_spreadsheet_shows_what_its_grid_says() {
    let case = notation::parse(PAGE).expect("the page is sound").cases.remove(0);
    let grid = grids::workbook(&case.files[0], FileId(0)).expect("it is not refused");
    let bytes = std::fs::read("tests/excel/beside.ods").expect("it is there");
    let real = read::workbook(FileId(0), "beside.ods", &bytes, &|_| true).expect("it can be read");
    assert_eq!(real.facts.unseen, []);
    assert!(
        real.facts.about.saved_by.as_deref().is_some_and(|program| program.starts_with("LibreOffice 7."))
    );
    let (grid, real) = (&grid.sheets[0].facts, &real.sheets[0].facts);
    for row in 0..10 {
        for column in 0..8 {
            let at = CellRef::new(row, column);
            let (mut wanted, seen) = (grid.looks.get(at), real.looks.get(at));
            if wanted.shown == Shown::Date {
                wanted.shown = Shown::General;
            }
            assert_eq!(wanted, seen, "{at}");
        }
    }
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

/// A spreadsheet of these styles and this body, with more parts.
fn package(styles: &str, body: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let content = format!(
        "<office:document-content><office:font-face-decls><style:font-face style:name=\"F1\" svg:font-family=\"Webdings\"/></office:font-face-decls><office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>"
    );
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    let fixed = [
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", "<manifest:manifest/>"),
        ("content.xml", content.as_str()),
    ];
    for (name, text) in fixed.iter().chain(more) {
        out.start_file(*name, options).expect("new");
        out.write_all(text.as_bytes()).expect("memory takes it");
    }
    out.finish().expect("memory takes it").into_inner()
}

fn open(styles: &str, body: &str, more: &[(&str, &str)]) -> Workbook {
    read::workbook(FileId(0), "a.ods", &package(styles, body, more), &|_| true).expect("it can be read")
}

fn text(inner: &str) -> String {
    format!("<table:table-cell office:value-type=\"string\"><text:p>{inner}</text:p></table:table-cell>")
}

#[test]
fn page_headers_and_footers_are_read() {
    let pages = r#"<office:document-styles><office:automatic-styles><style:page-layout style:name="pm1"><style:header-style/></style:page-layout></office:automatic-styles>
        <office:master-styles><style:master-page style:name="Default"><style:header><style:region-left><text:p>Left &amp; right</text:p></style:region-left><style:region-right><text:p>999<text:s/>000<text:s/>0018</text:p></style:region-right></style:header>
        <style:footer><text:p>Page <text:page-number>1</text:page-number></text:p></style:footer><style:footer-left/></style:master-page></office:master-styles></office:document-styles>"#;
    let body = format!(
        "<table:table table:name=\"Plan\"><table:table-row>{}</table:table-row></table:table>",
        text("x")
    );
    let workbook = open("", &body, &[("styles.xml", pages)]);
    assert_eq!(workbook.sheets[0].facts.header_footer, ["Left & right\n\n999 000 0018", "Page 1"]);
}

#[test]
fn looks_come_from_cell_row_and_column_and_from_parents() {
    let shared = r##"<office:styles><style:style style:name="Bad" style:family="table-cell"><style:table-cell-properties fo:background-color="#c00000"/></style:style>
        <number:date-style style:name="N1"><number:day/><number:text>-</number:text><number:month number:textual="true"/></number:date-style>
        <number:number-style style:name="N2"><number:number number:decimal-places="0" number:display-factor="1000"/></number:number-style></office:styles>
        <office:automatic-styles><style:style style:name="own" style:family="table-cell"><style:table-cell-properties fo:background-color="#0000ff"/></style:style></office:automatic-styles>"##;
    let shared = format!("<office:document-styles>{shared}</office:document-styles>");
    let styles = r#"<style:style style:name="own" style:family="table-cell" style:parent-style-name="Bad"><style:text-properties style:font-name="F1" style:text-line-through-style="solid"/></style:style>
        <style:style style:name="clear" style:family="table-cell" style:parent-style-name="own" style:data-style-name="N1"><style:table-cell-properties fo:background-color="transparent"/><style:text-properties style:text-line-through-type="none" style:font-name="Arial"/></style:style>
        <style:style style:name="k" style:family="table-cell" style:data-style-name="N2"/>"#;
    let body = format!(
        r#"<table:table table:name="Plan"><table:table-column table:number-columns-repeated="2"/><table:table-column table:default-cell-style-name="k"/>
        <table:table-row><table:table-cell table:style-name="own" table:number-columns-repeated="2"/>{word}<table:table-cell table:style-name="own" table:number-columns-repeated="16000"/></table:table-row>
        <table:table-row table:number-rows-repeated="3" table:default-cell-style-name="clear">{word}</table:table-row>
        <table:table-row table:number-rows-repeated="1000000"><table:table-cell table:style-name="own"/></table:table-row></table:table>"#,
        word = text("x")
    );
    let workbook = open(styles, &body, &[("styles.xml", &shared)]);
    let look = |cell: &str| workbook.sheets[0].look(at(cell));
    assert_eq!(
        (look("B1").fill, look("B1").symbols, look("B1").struck),
        (Some(Rgb::new(0xC0_00_00)), Some(SymbolFont::Webdings), true)
    );
    assert_eq!(look("C1").shown, Shown::Thousands);
    let clear = look("A4");
    assert_eq!((clear.fill, clear.symbols, clear.struck, clear.shown), (None, None, false, Shown::DayMonth));
    assert_eq!(
        (look("D1").fill, look("A5").fill),
        (None, None),
        "what is left of a row or a sheet is not kept"
    );
    assert_eq!(workbook.facts.unseen, []);
}

#[test]
fn hidden_parts_comments_and_boxes_are_seen() {
    let styles = r#"<style:style style:name="t" style:family="table"><style:table-properties table:display="false"/></style:style>"#;
    let body = format!(
        r#"<table:table table:name="Plan" table:protected="true"><table:shapes><draw:frame table:end-cell-address="Plan.D9"><draw:text-box><text:p>Note <text:span>one</text:span></text:p><text:p>two</text:p></draw:text-box></draw:frame><draw:frame><draw:object><text:p>no</text:p></draw:object></draw:frame></table:shapes>
        <table:table-column table:visibility="collapse" table:number-columns-repeated="2"/><table:table-column-group table:display="false"><table:table-column/></table:table-column-group><table:table-column table:number-columns-repeated="4000000000" table:visibility="collapse"/>
        <table:table-row>{}</table:table-row><table:table-row-group table:display="false"><table:table-row table:number-rows-repeated="2"/></table:table-row-group><table:table-row table:visibility="filter"/>
        <table:table-row><table:table-cell/><table:table-cell><office:annotation><dc:creator>A. Clerk</dc:creator><dc:date>2014</dc:date><text:p>see &amp; ask</text:p></office:annotation><text:p>x</text:p></table:table-cell></table:table-row></table:table>
        <table:table table:name="Lists" table:style-name="t"><table:table-row>{}</table:table-row></table:table>"#,
        text("a"),
        text("b")
    );
    let workbook = open(styles, &body, &[]);
    let facts = &workbook.sheets[0].facts;
    assert_eq!(facts.hidden_columns, [(0, 16_383)]);
    assert_eq!(facts.hidden_rows, [(1, 3)]);
    assert!(facts.protected && !workbook.sheets[1].facts.protected);
    assert_eq!(facts.text_boxes.len(), 1, "{:?}", facts.text_boxes);
    assert_eq!((facts.text_boxes[0].near, facts.text_boxes[0].text.as_str()), (at("D9"), "Note one\ntwo"));
    assert_eq!((facts.comments[0].at, facts.comments[0].text.as_str()), (at("B5"), "see & ask"));
    assert_eq!(workbook.sheets[0].value(at("B5")), Some(Raw::Text("x")));
    assert_eq!(workbook.sheets[1].visibility, quarterday::model::Visibility::Hidden);
}

#[test]
fn words_that_are_crossed_out_count_if_they_are_all() {
    let styles = r#"<style:style style:name="T1" style:family="text"><style:text-properties style:text-line-through-style="solid"/></style:style>"#;
    let body = format!(
        r#"<table:table table:name="Plan"><table:table-row>{}{}{}</table:table-row></table:table>"#,
        text("<text:span text:style-name=\"T1\">old <text:span>and</text:span> gone</text:span>"),
        text("<text:span text:style-name=\"T1\">old</text:span> new"),
        text("new")
    );
    let workbook = open(styles, &body, &[]);
    let struck = ["A1", "B1", "C1"].map(|cell| workbook.sheets[0].look(at(cell)).struck);
    assert_eq!(struck, [true, false, false]);
    let told = "words that are crossed out inside the text of B1 on the sheet Plan".to_owned();
    assert_eq!(workbook.facts.unseen, [Unseen::Part(told)]);
}

#[test]
fn rules_of_styles_paint_too() {
    let styles = r##"<style:style style:name="red" style:family="table-cell"><style:table-cell-properties fo:background-color="#c00000"/></style:style>
        <style:style style:name="ce1" style:family="table-cell"><style:map style:condition="cell-content()=&quot;Red&quot;" style:apply-style-name="red"/></style:style>"##;
    let cell = text("Red").replace("<table:table-cell", "<table:table-cell table:style-name=\"ce1\"");
    let row = format!("<table:table-row>{cell}</table:table-row>");
    let body = format!("<table:table table:name=\"Plan\">{row}{row}</table:table>");
    let facts = &open(styles, &body, &[]).sheets[0].facts;
    assert_eq!(facts.rules.len(), 1);
    assert_eq!(facts.shown_fill(at("A2"), Some(Raw::Text("red"))), Some(Rgb::new(0xC0_00_00)));
    assert_eq!(facts.shown_fill(at("A2"), Some(Raw::Text("Green"))), None);
    assert_eq!(facts.shown_fill(at("A3"), Some(Raw::Text("red"))), None);
}

#[test]
fn names_links_filters_and_properties_are_seen() {
    let formula = text("x").replace(
        "<table:table-cell",
        "<table:table-cell table:formula=\"of:=['file:///S:/Finance/Last%20year.ods'#$Plan.A1]\"",
    );
    let body = format!(
        r#"<table:table table:name="It's">
        <table:table-row>{formula}</table:table-row><table:named-expressions><table:named-expression table:name="Half" table:expression="0.5"/></table:named-expressions></table:table>
        <table:table table:name="'file:///S:/Finance/Other.ods'#Plan"><table:table-row>{formula}</table:table-row></table:table>
        <table:named-expressions><table:named-range table:name="Total" table:cell-range-address="$Plan.$A$1:.$B$2"/></table:named-expressions>
        <table:database-ranges><table:database-range table:target-range-address="'It''s'.A1:'It''s'.C9" table:display-filter-buttons="true"><table:filter><table:filter-condition/></table:filter></table:database-range><table:database-range table:target-range-address="Plan.A1:Plan.C9"/></table:database-ranges>"#
    );
    let meta = "<office:document-meta><office:meta><meta:generator>MicrosoftOffice/15.0 MicrosoftExcel/CalculationVersion-4</meta:generator><dc:creator>A. Clerk</dc:creator><dc:title>Q4 &amp; end</dc:title><meta:user-defined meta:name=\"Board\">HSCB</meta:user-defined></office:meta></office:document-meta>";
    let settings = "<config:config-item config:name=\"AutoCalculate\">false</config:config-item>";
    let workbook = open("", &body, &[("meta.xml", meta), ("settings.xml", settings)]);
    let facts = &workbook.facts;
    assert_eq!(workbook.sheets.len(), 1, "copies of other workbooks are no sheets");
    assert_eq!(facts.links, ["Last year.ods", "Other.ods"]);
    let names: Vec<_> =
        facts.names.iter().map(|n| (n.name.as_str(), n.sheet.as_deref(), n.refers_to.as_str())).collect();
    assert_eq!(names, [("Half", Some("It's"), "0.5"), ("Total", None, "Plan!$A$1:$B$2")]);
    let filter = workbook.sheets[0].facts.filter.expect("a filter");
    assert!(filter.active && filter.area == (at("A1"), at("C9")));
    assert_eq!(facts.about.saved_by.as_deref(), Some("MicrosoftOffice 15.0"));
    assert_eq!(facts.about.title.as_deref(), Some("Q4 & end"));
    assert_eq!(facts.about.others, [("Board".to_owned(), "HSCB".to_owned())]);
    assert!(facts.manual_calculation);
}

#[test]
fn damage_beside_the_cells_is_told_and_stops_nothing() {
    let body = format!(
        "<table:table table:name=\"Plan\"><table:table-row>{}</table:table-row></table:table>",
        text("x")
    );
    let workbook =
        open("", &body, &[("styles.xml", "<a <"), ("meta.xml", "<!DOCTYPE a><a/>"), ("settings.xml", "<<")]);
    assert_eq!(workbook.sheets[0].value(at("A1")), Some(Raw::Text("x")));
    assert_eq!(workbook.facts.unseen.len(), 4, "{:?}", workbook.facts.unseen);
}

/// A cell outside of a row has no place, and one inside another has two: the sheet is refused aloud.
#[test]
fn cells_out_of_place_are_not_guessed_at() {
    let cell = text("x");
    for body in [
        format!("{cell}<table:table-row>{cell}</table:table-row>"),
        format!("<table:table-row><table:table-row>{cell}</table:table-row></table:table-row>"),
        format!("<table:table-row><table:table-cell>{cell}</table:table-cell></table:table-row>"),
    ] {
        let body = format!("<table:table table:name=\"Plan\">{body}</table:table>");
        let workbook = open("", &body, &[]);
        assert!(workbook.sheets[0].cells().is_empty());
        assert!(matches!(workbook.oddities[..], [Oddity::UnreadableSheet { .. }]), "{:?}", workbook.oddities);
    }
}

#[test]
fn formats_of_cells_that_are_not_there_cost_no_time() {
    let styles = r##"<style:style style:name="a" style:family="table-cell"><style:table-cell-properties fo:background-color="#c00000"/></style:style>"##;
    let cell = r#"<table:table-cell table:style-name="a" table:number-columns-repeated="1024"/>"#;
    let row = format!("<table:table-row>{}</table:table-row>", cell.repeat(16));
    let body = format!("<table:table table:name=\"Plan\">{}</table:table>", row.repeat(1_300));
    let start = std::time::Instant::now();
    let workbook = open(styles, &body, &[]);
    assert!(start.elapsed().as_secs() < 20);
    assert_eq!(workbook.sheets[0].facts.looks.runs().count(), 16_384);
    assert_eq!(workbook.facts.unseen.len(), 1, "{:?}", workbook.facts.unseen);
}

/// What the first cell of a sheet with these attributes and this text holds, and what is wrong with it.
fn cell(attributes: &str, shown: &str) -> (Option<String>, Option<String>) {
    let body = format!(
        r#"<table:table table:name="Plan"><table:table-row><table:table-cell {attributes}><text:p>{shown}</text:p></table:table-cell></table:table-row></table:table>"#
    );
    let workbook = open("", &body, &[]);
    let held = workbook.sheets[0].value(at("A1")).map(|raw| format!("{raw:?}"));
    let why = workbook
        .oddities
        .iter()
        .find_map(|odd| if let Oddity::UnreadableCell { why, .. } = odd { Some(why.clone()) } else { None });
    (held, why)
}

#[test]
fn the_value_of_a_cell_is_the_one_that_its_type_says() {
    let all = r#"office:value="5" office:boolean-value="true" office:date-value="2014-03-15" office:time-value="PT1H" office:string-value="x""#;
    for (kind, held) in [
        ("float", "Number(5.0)"),
        ("date", "IsoDate(\"2014-03-15\")"),
        ("boolean", "Boolean(true)"),
        ("string", "Text(\"x\")"),
    ] {
        let read = cell(&format!(r#"office:value-type="{kind}" {all}"#), "shown");
        assert_eq!(read, (Some(held.to_owned()), None), "{kind}");
    }
    assert_eq!(cell(r#"office:value-type="string" office:value="5""#, "x").0.as_deref(), Some("Text(\"x\")"));
    assert_eq!(cell(r#"office:value-type="string" office:string-value="""#, ""), (None, None));
}

#[test]
fn a_cell_without_the_value_of_its_type_is_not_blank() {
    for (attributes, why) in [
        (r#"office:value-type="boolean""#, "it is stored as yes or no and holds nothing"),
        (
            r#"office:value-type="boolean" office:boolean-value="maybe""#,
            "it is stored as yes or no and holds “maybe”",
        ),
        (
            r#"office:value-type="float" office:date-value="2014-03-15""#,
            "it is stored as a number and holds nothing",
        ),
        (r#"office:value-type="float" office:value="5,0""#, "it is stored as a number and holds “5,0”"),
        (r#"office:value-type="date" office:date-value="""#, "it is stored as a date and holds nothing"),
        (
            r#"office:value-type="time" office:time-value="soon""#,
            "it is stored as a length of time and holds “soon”",
        ),
        (r#"office:value="5""#, "it holds “5” and does not say what that is"),
        (r#"office:value-type="string" office:value="5""#, "it holds “5” and does not say what that is"),
        (r#"calcext:value-type="error""#, "it shows “”"),
    ] {
        let read = cell(attributes, "");
        assert_eq!(read, (Some("Error(Other)".to_owned()), Some(why.to_owned())), "{attributes}");
    }
    let (_, why) = cell(r#"office:value-type="string" calcext:value-type="error""#, "Err:540");
    assert_eq!(why.as_deref(), Some("it shows “Err:540”"));
}

fn untold(styles: &str, body: &str) -> Vec<Unseen> {
    open(styles, body, &[]).facts.unseen
}

#[test]
fn what_is_dropped_beyond_a_cap_is_told() {
    let part = |what: &str| vec![Unseen::Part(format!("{what} of the sheet Plan"))];
    let sheet = |inner: &str| format!("<table:table table:name=\"Plan\">{inner}</table:table>");
    let rows =
        |count: usize, row: &str| sheet(&format!("<table:table-row>{row}</table:table-row>").repeat(count));
    // Hidden rows, each alone.
    let hidden = |count: usize| {
        sheet(&r#"<table:table-row table:visibility="collapse"/><table:table-row/>"#.repeat(count))
    };
    assert_eq!(untold("", &hidden(100_000)), []);
    assert_eq!(untold("", &hidden(100_001)), part("some of the hidden rows or columns"));
    // Merged cells.
    let merged = r#"<table:table-cell table:number-columns-spanned="2"/>"#;
    assert_eq!(untold("", &rows(20_000, merged)), []);
    assert_eq!(untold("", &rows(20_001, merged)), part("some of the merged cells"));
    // Conditions of a style that is used.
    let style = |count: usize| {
        let map = r#"<style:map style:condition="cell-content()&gt;3" style:apply-style-name="x"/>"#;
        format!(
            r#"<style:style style:name="c" style:family="table-cell">{}</style:style>"#,
            map.repeat(count)
        )
    };
    let painted = rows(1, r#"<table:table-cell table:style-name="c"/>"#);
    assert_eq!(untold(&style(32), &painted), []);
    assert_eq!(untold(&style(33), &painted), part("colour rules"));
    assert_eq!(untold(&style(33), &rows(1, "")), []);
    // Filters.
    let filters = |count: usize| {
        let filter = r#"<table:database-range table:target-range-address="Plan.A1:Plan.C9" table:display-filter-buttons="true"/>"#;
        rows(1, "") + "<table:database-ranges>" + &filter.repeat(count) + "</table:database-ranges>"
    };
    assert_eq!(untold("", &filters(2_000)), []);
    assert_eq!(untold("", &filters(2_001)), [Unseen::Part("some of the filters of the workbook".into())]);
}

#[test]
fn rows_after_deeply_folded_groups_are_as_hidden_as_they_say() {
    let open_group = |shown: bool| format!(r#"<table:table-row-group table:display="{shown}">"#);
    let close = "</table:table-row-group>";
    let deep = open_group(false) + &open_group(true).repeat(100) + &close.repeat(100);
    let body = format!(
        "<table:table table:name=\"Plan\"><table:table-row/>{deep}<table:table-row/>{close}<table:table-row/></table:table>"
    );
    assert_eq!(open("", &body, &[]).sheets[0].facts.hidden_rows, [(1, 1)]);
}

/// Ratings by icons, and dates that show no year, come out of such a file as they do of an Excel workbook.
#[test]
fn what_cells_show_is_told_as_of_an_excel_workbook() {
    const ROUND: &str = "samples/2013-14-q4-messy";
    let told = |path: &str, name: &str| {
        let run = assert_cmd::Command::new(env!("CARGO_BIN_EXE_quarterday"))
            .args(["check", "--round", ROUND, "--format", "json", path])
            .output()
            .expect("it runs");
        let text = String::from_utf8(run.stdout).expect("text").replace(name, "the file");
        let rest: Vec<String> =
            text.lines().filter(|line| line.starts_with("{\"check\"")).map(str::to_owned).collect();
        assert!(rest.iter().any(|line| line.contains("icon-rating")), "{text}");
        rest
    };
    let excel = told(&format!("{ROUND}/returns/YOS Q4.xlsx"), "YOS Q4.xlsx");
    assert_eq!(told("tests/excel/icons.ods", "icons.ods"), excel);
}

/// The same workbook in the format of Excel 97, which cannot hold icons.
#[test]
fn a_real_workbook_of_the_old_format_shows_what_its_grid_says() {
    let case = notation::parse(PAGE).expect("the page is sound").cases.remove(0);
    let grid = grids::workbook(&case.files[0], FileId(0)).expect("it is not refused");
    let bytes = std::fs::read("tests/excel/beside.xls").expect("it is there");
    let real = read::workbook(FileId(0), "beside.xls", &bytes, &|_| true).expect("it can be read");
    let (grid, real) = (&grid.sheets[0].facts, &real.sheets[0].facts);
    assert_eq!(grid.hidden_rows, real.hidden_rows);
    assert_eq!(grid.hidden_columns, real.hidden_columns);
    assert_eq!(grid.filter, real.filter);
    assert_eq!(grid.comments, real.comments);
    assert_eq!(grid.text_boxes, real.text_boxes);
    assert_eq!(grid.protected, real.protected);
    for cell in ["B2", "B4", "D2"] {
        assert_eq!(grid.looks.get(at(cell)).fill, real.looks.get(at(cell)).fill, "{cell}");
    }
    for (cell, value) in [("A3", Raw::Text("1.2")), ("A2", Raw::Text("1.1"))] {
        assert_eq!(grid.shown_fill(at(cell), Some(value)), real.shown_fill(at(cell), Some(value)), "{cell}");
    }
}

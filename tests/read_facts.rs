//! What stands beside the cells of real workbooks: looks, hidden parts, rules, comments, boxes, names, links, properties.

mod support;

use quarterday::model::{CellRef, FileId, Icon, Raw, Rgb, Sheet, Shown, SymbolFont, Unseen, Workbook};
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
fn the_old_format_shows_them_too() {
    let workbook = sample("NHS Herefordshire Q4.xls");
    let plan = sheet(&workbook, "Plan");
    assert_eq!(plan.look(at("E12")).shown, Shown::DayMonth);
    assert_eq!(plan.facts.hidden_columns, [(8, 8)]);
}

#[test]
fn an_open_spreadsheet_leaves_nothing_unseen() {
    let bytes = std::fs::read("tests/excel/returns.ods").expect("it is there");
    let workbook = read::workbook(FileId(0), "returns.ods", &bytes, &|_| true).expect("it can be read");
    assert_eq!(workbook.facts.unseen, []);
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
fn fills_that_run_from_one_colour_to_another_are_seen_or_told() {
    let gradient = |stops: [&str; 2]| {
        let change = move |text: &str| {
            let (before, rest) = text.split_once("<patternFill patternType=\"solid\">").expect("a fill");
            let (_, after) = rest.split_once("</patternFill>").expect("its end");
            let stops =
                stops.map(|colour| format!("<stop position=\"0\"><color rgb=\"FF{colour}\"/></stop>"));
            format!("{before}<gradientFill>{}</gradientFill>{after}", stops.concat())
        };
        let workbook = read_patched(&[("xl/styles.xml", &change)]);
        (workbook.sheets[0].look(at("A1")).fill, workbook.facts.unseen.len())
    };
    assert_eq!(gradient(["FFFFFF", "00B050"]), (Some(Rgb::new(0x00_B0_50)), 0));
    assert_eq!(gradient(["C00000", "FF0000"]), (Some(Rgb::new(0xC0_00_00)), 0));
    assert_eq!(gradient(["C00000", "00B050"]), (None, 1));
}

#[test]
fn a_format_that_is_missing_is_told() {
    let stray = |text: &str| text.replace("<c r=\"A2\"", "<c r=\"A2\" s=\"4000\"");
    let workbook = read_patched(&[("xl/worksheets/sheet1.xml", &stray)]);
    assert_eq!(workbook.oddities.len(), 1, "{:?}", workbook.oddities);
}

#[test]
fn words_crossed_out_inside_a_text_are_told() {
    let rich = "<si><r><rPr><strike/></rPr><t>Red</t></r><r><t xml:space=\"preserve\"> Amber</t></r></si>";
    let shared = |text: &str| text.replace("<si><t>Red</t></si>", rich);
    let inline = rich.replace("<si>", "<c r=\"C7\" t=\"inlineStr\"><is>").replace("</si>", "</is></c>");
    let inside =
        |text: &str| text.replace("</sheetData>", &format!("<row r=\"7\">{inline}</row></sheetData>"));
    for (part, change, cell) in [
        ("xl/sharedStrings.xml", &shared as &dyn Fn(&str) -> String, "A1"),
        ("xl/worksheets/sheet1.xml", &inside, "C7"),
    ] {
        let workbook = read_patched(&[(part, change)]);
        let told = format!("words that are crossed out inside the text of {cell} on the sheet Sheet1");
        assert_eq!(workbook.facts.unseen, [Unseen::Part(told)]);
    }
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

/// A sheet with something put behind its cells.
fn behind(more: &str) -> impl Fn(&str) -> String + '_ {
    move |text: &str| text.replace("</sheetData>", &format!("</sheetData>{more}"))
}

#[test]
fn colours_come_from_theme_palette_and_opacity() {
    const SOLID: &str = r#"<fgColor rgb="FFC00000"/>"#;
    for (written, seen) in [
        (r#"<fgColor theme="4"/>"#, Some(0x4F_81_BD)),
        (r#"<fgColor theme="0"/>"#, None),
        (r#"<fgColor theme="99"/>"#, None),
        (r#"<fgColor indexed="10"/>"#, Some(0xFF_00_00)),
        (r#"<fgColor indexed="64"/>"#, None),
        (r#"<fgColor rgb="00C00000"/>"#, Some(0xC0_00_00)),
        (r#"<fgColor rgb="red"/>"#, None),
        (r#"<fgColor theme="-1" tint="x"/>"#, None),
        ("", None),
    ] {
        let styles = |text: &str| {
            assert!(text.contains(SOLID), "{text}");
            text.replace(SOLID, written)
        };
        let workbook = read_patched(&[("xl/styles.xml", &styles)]);
        assert_eq!(workbook.sheets[0].look(at("A1")).fill, seen.map(Rgb::new), "{written}");
    }
    let pattern = |text: &str| text.replace("patternType=\"solid\"", "patternType=\"lightUp\"");
    assert_eq!(read_patched(&[("xl/styles.xml", &pattern)]).sheets[0].look(at("A1")).fill, None);
    let palette = |text: &str| {
        let own = "<colors><indexedColors><rgbColor rgb=\"00000000\"/><rgbColor rgb=\"0000B050\"/></indexedColors></colors>";
        text.replace(SOLID, "<fgColor indexed=\"1\"/>")
            .replace("</styleSheet>", &format!("{own}</styleSheet>"))
    };
    let workbook = read_patched(&[("xl/styles.xml", &palette)]);
    assert_eq!(workbook.sheets[0].look(at("A1")).fill, Some(Rgb::new(0x00_B0_50)));
}

#[test]
fn a_theme_that_is_damaged_is_told_if_it_is_needed() {
    let broken = |_: &str| "<a:theme <".to_owned();
    let themed = |text: &str| text.replace(r#"<fgColor rgb="FFC00000"/>"#, r#"<fgColor theme="4"/>"#);
    assert!(read_patched(&[("xl/theme/theme1.xml", &broken)]).facts.unseen.is_empty());
    let declared = |_: &str| "<!DOCTYPE x><a:theme/>".to_owned();
    let workbook = read_patched(&[("xl/theme/theme1.xml", &declared), ("xl/styles.xml", &themed)]);
    assert_eq!(workbook.facts.unseen.len(), 1, "{:?}", workbook.facts.unseen);
}

#[test]
fn a_table_that_is_filtered_counts_as_a_filter() {
    const KIND: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/table";
    let links = |text: &str| {
        let table = format!(
            "<Relationship Id=\"rQ\" Type=\"{KIND}\" Target=\"../tables/table1.xml\"/></Relationships>"
        );
        text.replace("</Relationships>", &table)
    };
    for (condition, active) in [("", None), ("<filterColumn colId=\"0\"/>", Some(true))] {
        let table = |_: &str| format!("<table><autoFilter ref=\"A1:B9\">{condition}</autoFilter></table>");
        let workbook = read_patched(&[
            ("xl/worksheets/_rels/sheet1.xml.rels", &links),
            ("xl/tables/table1.xml", &table),
        ]);
        let filter = workbook.sheets[0].facts.filter;
        assert_eq!(filter.map(|filter| filter.active), active);
        assert!(filter.is_none_or(|filter| filter.area == (at("A1"), at("B9"))));
    }
}

#[test]
fn properties_and_the_way_of_calculating_are_seen() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let about = rust_xlsxwriter::DocProperties::new()
        .set_title("Quarter 4 return")
        .set_author("A. Clerk")
        .set_company("Herefordshire & partners")
        .set_custom_property("Board", "HSCB");
    book.set_properties(&about);
    let sheet = book.add_worksheet();
    sheet.write(0, 0, 1).expect("it fits").protect();
    sheet.set_header("&CDraft & not final").set_column_hidden(2).expect("a column");
    sheet.set_row_hidden(4).expect("a row").set_row_hidden(5).expect("a row");
    sheet.insert_shape(2, 3, &rust_xlsxwriter::Shape::textbox().set_text("See\nnotes")).expect("it fits");
    let bytes = book.save_to_buffer().expect("it is sound");
    let workbook = read::workbook(FileId(0), "a.xlsx", &bytes, &|_| true).expect("it can be read");
    let about = &workbook.facts.about;
    assert_eq!(about.title.as_deref(), Some("Quarter 4 return"));
    assert_eq!(about.creator.as_deref(), Some("A. Clerk"));
    assert_eq!(about.company.as_deref(), Some("Herefordshire & partners"));
    assert!(about.others.contains(&("Board".to_owned(), "HSCB".to_owned())), "{:?}", about.others);
    let facts = &workbook.sheets[0].facts;
    assert!(facts.protected && facts.is_column_hidden(2) && !facts.is_column_hidden(3));
    assert_eq!(facts.hidden_rows, [(4, 5)]);
    assert_eq!(facts.header_footer, ["&CDraft & not final"]);
    assert_eq!((facts.text_boxes[0].near, facts.text_boxes[0].text.as_str()), (at("D3"), "See\nnotes"));
    let manual = |text: &str| text.replace("<calcPr ", "<calcPr calcMode=\"manual\" ");
    assert!(read_patched(&[("xl/workbook.xml", &manual)]).facts.manual_calculation);
}

#[test]
fn rules_of_every_plain_kind_are_seen() {
    use rust_xlsxwriter::{
        ConditionalFormatCell, ConditionalFormatCellRule as Cell, ConditionalFormatIconSet,
        ConditionalFormatIconType as Set, ConditionalFormatText, ConditionalFormatTextRule as Text, Format,
    };
    let colour = |number: u32| Format::new().set_background_color(number);
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let texts = [
        (0, Text::Contains("red".into())),
        (1, Text::DoesNotContain("red".into())),
        (2, Text::BeginsWith("red".into())),
        (3, Text::EndsWith("red".into())),
    ];
    for (column, rule) in texts {
        let rule = ConditionalFormatText::new().set_rule(rule).set_format(colour(0xC0_00_00));
        sheet.add_conditional_format(0, column, 9, column, &rule).expect("it fits");
    }
    let rule = ConditionalFormatCell::new().set_rule(Cell::Between(2, 4)).set_format(colour(0x00_B0_50));
    sheet.add_conditional_format(0, 4, 9, 4, &rule).expect("it fits");
    let rule = ConditionalFormatCell::new().set_rule(Cell::EqualTo("Red")).set_format(colour(0x00_B0_50));
    sheet.add_conditional_format(0, 5, 9, 5, &rule).expect("it fits");
    for (column, set, reverse) in [(6, Set::ThreeArrows, false), (7, Set::ThreeTrafficLights, true)] {
        let rule = ConditionalFormatIconSet::new().set_icon_type(set).reverse_icons(reverse);
        sheet.add_conditional_format(0, column, 9, column, &rule).expect("it fits");
    }
    let bytes = book.save_to_buffer().expect("it is sound");
    let workbook = read::workbook(FileId(0), "a.xlsx", &bytes, &|_| true).expect("it can be read");
    let facts = &workbook.sheets[0].facts;
    for (cell, text, painted) in [
        ("A1", "It is Red now", true),
        ("A1", "Green", false),
        ("B1", "Green", true),
        ("B1", "Red", false),
        ("C1", "Reduced", true),
        ("C1", "It is red", false),
        ("D1", "It is red", true),
        ("D1", "Reduced", false),
        ("F1", "RED", true),
        ("F1", "Reduced", false),
    ] {
        assert_eq!(facts.shown_fill(at(cell), Some(Raw::Text(text))).is_some(), painted, "{cell} {text}");
    }
    for (number, painted) in [(1.9, false), (2.0, true), (4.0, true), (4.1, false)] {
        assert_eq!(facts.shown_fill(at("E1"), Some(Raw::Number(number))).is_some(), painted, "{number}");
    }
    let icon = |cell, number| facts.icon(at(cell), number, |_| Some((0.0, 100.0)));
    assert_eq!(
        [0.0, 40.0, 100.0].map(|number| icon("G1", number)),
        [Some(Icon::Down), Some(Icon::Level), Some(Icon::Up)]
    );
    assert_eq!([0.0, 100.0].map(|number| icon("H1", number)), [Some(Icon::Green), Some(Icon::Red)]);
}

#[test]
fn what_is_too_much_is_told_and_stops_nothing() {
    use std::fmt::Write as _;
    let mut rules = String::from("<conditionalFormatting sqref=\"A1:A9\">");
    for priority in 0..3_000 {
        write!(rules, "<cfRule type=\"expression\" priority=\"{priority}\"><formula>A1</formula></cfRule>")
            .expect("memory takes it");
    }
    rules.push_str("</conditionalFormatting>");
    let mut areas = String::from("A1");
    for row in 2..1_900 {
        write!(areas, " A{row}").expect("memory takes it");
    }
    let rule = "<cfRule type=\"cellIs\" operator=\"equal\" priority=\"1\"><formula>1</formula></cfRule>";
    let spread =
        format!("<conditionalFormatting sqref=\"{areas}\">{}</conditionalFormatting>", rule.repeat(20));
    for more in [rules, spread] {
        let workbook = read_patched(&[("xl/worksheets/sheet1.xml", &behind(&more))]);
        assert_eq!(workbook.sheets[0].value(at("A2")), Some(Raw::Number(5.0)));
        assert_eq!(workbook.facts.unseen.len(), 1, "{:?}", workbook.facts.unseen);
        assert!(workbook.sheets[0].facts.rules.len() <= 2_000);
    }
}

#[test]
fn bad_parts_of_every_kind_stop_nothing() {
    let bad: [&dyn Fn(&str) -> String; 6] = [
        &|_| String::new(),
        &|_| "<".to_owned(),
        &|_| "\u{0}\u{1}".to_owned(),
        &|_| "<a><b ref='' r=\"".to_owned(),
        &|_| "<!DOCTYPE a><a/>".to_owned(),
        &|text| text.chars().take(text.chars().count() / 2).collect(),
    ];
    for part in [
        "xl/comments1.xml",
        "xl/theme/theme1.xml",
        "xl/worksheets/_rels/sheet1.xml.rels",
        "docProps/core.xml",
        "docProps/app.xml",
        "docProps/custom.xml",
    ] {
        for change in bad {
            let workbook = read_patched(&[(part, change)]);
            assert_eq!(workbook.sheets[0].value(at("A2")), Some(Raw::Number(5.0)), "{part}");
        }
    }
    let workbook = read_patched(&[("xl/worksheets/_rels/sheet1.xml.rels", &bad[1])]);
    assert_eq!(workbook.facts.unseen.len(), 1, "{:?}", workbook.facts.unseen);
    for more in [
        "<autoFilter/>",
        "<autoFilter ref=\"x\"><filterColumn/></autoFilter>",
        "<cfRule/>",
        "<conditionalFormatting sqref=\"A1:ZZZZZ9\"><cfRule type=\"iconSet\"><iconSet><cfvo/></iconSet></cfRule></conditionalFormatting>",
        "<sheetProtection sheet=\"0\"/>",
    ] {
        let workbook = read_patched(&[("xl/worksheets/sheet1.xml", &behind(more))]);
        assert!(!workbook.sheets[0].facts.protected);
        assert_eq!(workbook.sheets[0].value(at("A2")), Some(Raw::Number(5.0)), "{more}");
    }
}

//! The binary format, from records made here: no writing library makes such files.
#![allow(clippy::unwrap_used, clippy::float_arithmetic)]

use quarterday::model::{
    CellRef, ErrorValue, FileId, FileKind, Oddity, Raw, Rgb, Shown, SymbolFont, Unseen, Visibility,
};
use quarterday::read;
use std::io::{Cursor, Write};

fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    let mut bytes = if kind < 0x80 {
        vec![u8::try_from(kind).unwrap()]
    } else {
        vec![u8::try_from(kind & 0x7F | 0x80).unwrap(), u8::try_from(kind >> 7).unwrap()]
    };
    let mut length = data.len();
    while length >= 0x80 {
        bytes.push(u8::try_from(length & 0x7F | 0x80).unwrap());
        length >>= 7;
    }
    bytes.push(u8::try_from(length).unwrap());
    bytes.extend_from_slice(data);
    bytes
}

fn wide(text: &str) -> Vec<u8> {
    let letters: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    [u32::try_from(letters.len() / 2).unwrap().to_le_bytes().as_slice(), &letters].concat()
}

/// A cell of some kind in a column, with style 0.
fn cell(kind: u16, column: u8, data: &[u8]) -> Vec<u8> {
    record(kind, &[&[column, 0, 0, 0, 0, 0, 0, 0], data].concat())
}

fn row(number: u32) -> Vec<u8> {
    record(0, &[number.to_le_bytes().as_slice(), &[0; 13]].concat())
}

fn relation(id: &str, kind: &str, target: &str) -> String {
    format!(r#"<Relationship Id="{id}" Type="http://x/relationships/{kind}" Target="{target}"/>"#)
}

fn workbook(cells: &[Vec<u8>]) -> Vec<u8> {
    package(
        &[],
        &[record(0x91, &[]), cells.concat(), record(0x92, &[]), record(0xB0, &[0; 16])].concat(),
        &[],
    )
}

/// A workbook with these records behind its list of sheets, these of its first sheet, and these parts beside.
fn package(more: &[u8], first: &[u8], extra: &[(&str, &[u8])]) -> Vec<u8> {
    let tab = |state: u32, id: &str, name: &str| {
        record(0x9C, &[&state.to_le_bytes(), &[1, 0, 0, 0], wide(id).as_slice(), &wide(name)].concat())
    };
    let book = [record(0x99, &[0; 8]), tab(0, "r1", "Plan"), tab(1, "r2", "Lists"), record(0x90, &[])];
    let book = [&book.concat(), more].concat();
    let strings =
        [record(0x9F, &[1, 0, 0, 0, 1, 0, 0, 0]), record(0x13, &[&[0], wide("NHS").as_slice()].concat())];
    let sheet = |records: &[u8]| {
        let start = [record(0x81, &[]), record(0x94, &[0; 16])].concat();
        [&start, records, &record(0x82, &[])].concat()
    };
    let second = [record(0x91, &[]), row(0), cell(7, 0, &[0; 4]), record(0x92, &[])].concat();
    let types = br#"<Types><Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>"#;
    let root =
        format!("<Relationships>{}</Relationships>", relation("r1", "officeDocument", "xl/workbook.bin"));
    let mut relations = [
        relation("r1", "worksheet", "worksheets/sheet1.bin"),
        relation("r2", "worksheet", "worksheets/sheet2.bin"),
        relation("r3", "sharedStrings", "sharedStrings.bin"),
        relation("rX", "externalLink", "externalLinks/externalLink1.bin"),
    ]
    .concat();
    if extra.iter().any(|(name, _)| *name == "xl/styles.bin") {
        relations += &relation("r4", "styles", "styles.bin");
    }
    let relations = format!("<Relationships>{relations}</Relationships>");
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let parts: [(&str, &[u8]); 7] = [
        ("[Content_Types].xml", types.as_slice()),
        ("_rels/.rels", root.as_bytes()),
        ("xl/workbook.bin", &book),
        ("xl/_rels/workbook.bin.rels", relations.as_bytes()),
        ("xl/sharedStrings.bin", &strings.concat()),
        ("xl/worksheets/sheet1.bin", &sheet(first)),
        ("xl/worksheets/sheet2.bin", &sheet(&second)),
    ];
    for (name, bytes) in parts.iter().chain(extra) {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn cells_and_the_error_values_that_calamine_leaves_out_are_read() {
    let cells = [
        row(1),
        cell(7, 0, &[0; 4]),
        cell(5, 1, &1234.5f64.to_le_bytes()),
        cell(0x0B, 2, &[0x17, 0, 0, 0, 0, 0, 0]),
        row(4),
        cell(3, 0, &[0x07]),
        cell(3, 1, &[0x99]),
        cell(4, 2, &[1]),
    ];
    let workbook = read::workbook(FileId(0), "a.xlsb", &workbook(&cells), &|_| true).unwrap();
    assert_eq!(workbook.kind, FileKind::Xlsb);
    let plan = &workbook.sheets[0];
    let found: Vec<_> = plan.cells().iter().map(|cell| (cell.at.to_string(), plan.raw(cell))).collect();
    let expected = [
        ("A2", Raw::Text("NHS")),
        ("B2", Raw::Number(1234.5)),
        ("C2", Raw::Error(ErrorValue::Reference)),
        ("A5", Raw::Error(ErrorValue::DivideByZero)),
        ("B5", Raw::Error(ErrorValue::Other)),
        ("C5", Raw::Boolean(true)),
    ];
    assert_eq!(found, expected.map(|(at, value)| (at.to_owned(), value)));
    assert_eq!(plan.merged, [(CellRef::new(0, 0), CellRef::new(0, 0))]);
    let at = plan.origin(CellRef::new(4, 1));
    assert!(matches!(&workbook.oddities[..], [Oddity::UnreadableCell { at: found, .. }] if *found == at));
    assert_eq!(
        (workbook.sheets[1].name.as_str(), workbook.sheets[1].visibility),
        ("Lists", Visibility::Hidden)
    );
    assert_eq!(workbook.sheets[1].cells().len(), 1);
}

#[test]
fn a_row_outside_the_sheet_is_not_the_end_of_it() {
    let cells = [row(0), cell(5, 0, &1f64.to_le_bytes()), row(0x0020_0000), cell(5, 0, &2f64.to_le_bytes())];
    let workbook = read::workbook(FileId(0), "a.xlsb", &workbook(&cells), &|_| true).unwrap();
    assert!(workbook.sheets[0].cells().is_empty());
    assert!(matches!(&workbook.oddities[..], [Oddity::UnreadableSheet { sheet, .. }] if sheet == "Plan"));
}

/// A number of four bytes.
fn word(number: u32) -> [u8; 4] {
    number.to_le_bytes()
}

fn styled(kind: u16, column: u32, style: u32, data: &[u8]) -> Vec<u8> {
    record(kind, &[&word(column), &word(style), data].concat())
}

fn area(rows: (u32, u32), columns: (u32, u32)) -> Vec<u8> {
    [word(rows.0), word(rows.1), word(columns.0), word(columns.1)].concat()
}

/// Four fonts, four fills, a number format; formats: plain, red, crossed out, d-mmm, from white to green, the theme's.
fn styles() -> Vec<u8> {
    let font = |flags: u8, name: &str| {
        let start = [220, 0, flags, 0, 0x90, 1, 0, 0, 0, 2, 0, 0];
        record(0x2B, &[&start, [0; 8].as_slice(), &[0], &wide(name)].concat())
    };
    let rgb = |colour: [u8; 3]| [&[5, 0xFF, 0, 0], colour.as_slice(), &[0xFF]].concat();
    let none = [0u8; 8];
    let fill = |pattern: u32, fore: &[u8]| record(0x2D, &[&word(pattern), fore, &none, &[0; 48]].concat());
    let theme = [7, 4, 0, 0, 0, 0, 0, 0xFF];
    let stop = |colour: [u8; 3]| [rgb(colour).as_slice(), &[0; 8]].concat();
    let gradient = [&word(40), none.as_slice(), &none, &[0; 44], &word(2)].concat();
    let gradient = record(0x2D, &[gradient, stop([0xFF; 3]), stop([0, 0xB0, 0x50])].concat());
    let xf = |format: u8, font: u8, fill: u8| {
        record(0x2F, &[&[0, 0, format, 0, font, 0, fill, 0], [0; 8].as_slice()].concat())
    };
    let red = [&[2, 0, 12, 0], rgb([0xC0, 0, 0]).as_slice()].concat();
    let rule = record(0x1FB, &[&[0, 0, 0, 0, 1, 0], red.as_slice()].concat());
    [
        record(0x267, &word(1)),
        record(0x2C, &[&[164, 0], wide("d-mmm").as_slice()].concat()),
        font(0, "Arial"),
        font(8, "Wingdings 3"),
        fill(0, &none),
        fill(1, &rgb([0xC0, 0, 0])),
        fill(1, &theme),
        gradient,
        record(0x272, &[]),
        xf(0, 1, 1),
        record(0x273, &[]),
        record(0x269, &word(6)),
        xf(0, 0, 0),
        xf(0, 0, 1),
        xf(0, 1, 0),
        xf(164, 0, 0),
        xf(0, 0, 3),
        xf(0, 0, 2),
        record(0x26A, &[]),
        record(0x1F9, &[]),
        rule,
    ]
    .concat()
}

/// A rule that paints cells of an area red if they compare so with a constant.
fn rule(operator: u32, tokens: &[u8]) -> Vec<u8> {
    let start = [1, 0, 0, 7, operator, 0, 0].map(word).concat();
    let length = word(u32::try_from(tokens.len()).unwrap());
    let formula = [&length, tokens, &word(0)].concat();
    let sizes = [word(u32::try_from(formula.len()).unwrap()), word(0), word(0)].concat();
    record(0x1CF, &[&start, [0; 2].as_slice(), &sizes, &word(u32::MAX), &formula].concat())
}

#[test]
#[expect(clippy::too_many_lines, reason = "the records of one workbook, one after the other")]
fn looks_hidden_parts_rules_and_comments_are_read() {
    let sheet = [
        record(0x3C, &[&word(5), &word(6), &word(0), &word(0), [1, 0].as_slice()].concat()),
        record(0x91, &[]),
        row(1),
        styled(1, 0, 1, &[]),
        styled(7, 1, 2, &word(0)),
        styled(5, 2, 3, &41_713f64.to_le_bytes()),
        styled(1, 3, 4, &[]),
        styled(1, 4, 5, &[]),
        styled(5, 5, 0, &3f64.to_le_bytes()),
        record(0, &[&word(2), [0; 7].as_slice(), &[0x10], &[0; 5]].concat()),
        styled(9, 0, 0x0100_0001, &[0; 16]),
        record(0x92, &[]),
        record(0x217, &[&[0, 0], word(1).as_slice(), &[0; 60]].concat()),
        record(0xA1, &area((0, 8), (0, 3))),
        record(0xA3, &[0; 8]),
        record(0x1CD, &[&word(1), &word(0), &word(1), area((1, 9), (5, 5)).as_slice()].concat()),
        rule(5, &[0x1E, 2, 0]),
        record(0x1CD, &[&word(1), &word(0), &word(1), area((1, 9), (6, 6)).as_slice()].concat()),
        rule(3, &[[0x17, 3, 0].as_slice(), &wide("Red")[4..]].concat()),
    ];
    let comment = [&word(0), area((1, 1), (0, 0)).as_slice(), &[0; 16]].concat();
    let comments =
        [record(0x27B, &comment), record(0x27D, &[&[0], wide("as agreed on 3 March").as_slice()].concat())];
    let sheet_relations =
        format!("<Relationships>{}</Relationships>", relation("r1", "comments", "../comments1.bin"));
    let other = record(0x163, &wide("rX"));
    let name = [&word(0), [0].as_slice(), &word(1), &wide("Total"), &word(0)].concat();
    let book = [record(0x27, &name), other, record(0x9D, &[word(0), word(0)].concat())].concat();
    let target = r#"<Relationships><Relationship Id="r" Target="file:///S:\Last%20year.xlsx" TargetMode="External"/></Relationships>"#;
    let app =
        "<Properties><Application>Microsoft Excel</Application><AppVersion>16.0</AppVersion></Properties>";
    let file = package(
        &book,
        &sheet.concat(),
        &[
            ("xl/styles.bin", &styles()),
            ("xl/worksheets/_rels/sheet1.bin.rels", sheet_relations.as_bytes()),
            ("xl/comments1.bin", &comments.concat()),
            ("xl/externalLinks/externalLink1.bin", &[]),
            ("xl/externalLinks/_rels/externalLink1.bin.rels", target.as_bytes()),
            ("docProps/app.xml", app.as_bytes()),
        ],
    );
    let workbook = read::workbook(FileId(0), "a.xlsb", &file, &|_| true).unwrap();
    let plan = &workbook.sheets[0];
    let at = |address: &str| CellRef::parse(address).unwrap();
    let painted = |address: &str| plan.look(at(address)).fill;
    assert_eq!(painted("A2"), Some(Rgb::new(0xC0_00_00)));
    assert_eq!(painted("A3"), Some(Rgb::new(0xC0_00_00)));
    assert_eq!(painted("D2"), Some(Rgb::new(0x00_B0_50)));
    assert_eq!(painted("E2"), None, "there is no theme");
    let struck = plan.look(at("B2"));
    assert!(struck.struck && struck.symbols == Some(SymbolFont::Wingdings3));
    assert_eq!(plan.look(at("C2")).shown, Shown::DayMonth);
    let facts = &plan.facts;
    assert_eq!(facts.hidden_rows, [(2, 2)]);
    assert_eq!(facts.hidden_columns, [(5, 6)]);
    assert!(facts.protected && facts.filter.is_some_and(|filter| filter.active && filter.area.1 == at("D9")));
    assert_eq!(facts.shown_fill(at("F2"), plan.value(at("F2"))), Some(Rgb::new(0xC0_00_00)));
    assert_eq!(facts.shown_fill(at("F2"), Some(Raw::Number(2.0))), None);
    assert_eq!(facts.shown_fill(at("G2"), Some(Raw::Text("red"))), Some(Rgb::new(0xC0_00_00)));
    assert_eq!(facts.comments.len(), 1);
    assert_eq!((facts.comments[0].at, facts.comments[0].text.as_str()), (at("A2"), "as agreed on 3 March"));
    let book = &workbook.facts;
    assert_eq!((book.names[0].name.as_str(), book.names[0].sheet.as_deref()), ("Total", Some("Lists")));
    assert_eq!(book.links, ["Last year.xlsx"]);
    assert!(book.manual_calculation);
    assert_eq!(book.about.saved_by.as_deref(), Some("Microsoft Excel 16.0"));
    let unseen = [
        Unseen::Kind("what defined names stand for"),
        Unseen::Part("colours of the theme".to_owned()),
        Unseen::Part("formulas of the sheet Plan".to_owned()),
    ];
    assert_eq!(book.unseen, unseen);
}

#[test]
fn damage_beside_the_cells_is_told_and_stops_nothing() {
    let cells = [record(0x91, &[]), row(0), cell(5, 0, &1f64.to_le_bytes()), record(0x92, &[])].concat();
    let links = format!("<Relationships>{}</Relationships>", relation("r1", "comments", "../comments1.bin"));
    let cut = [0xFB, 0x04, 90];
    let extra: [(&str, &[u8]); 3] = [
        ("xl/worksheets/_rels/sheet1.bin.rels", links.as_bytes()),
        ("xl/comments1.bin", &cut),
        ("docProps/app.xml", b"<a <"),
    ];
    let workbook = read::workbook(FileId(0), "a.xlsb", &package(&[], &cells, &extra), &|_| true).unwrap();
    assert_eq!(workbook.sheets[0].cells().len(), 1);
    assert_eq!(workbook.facts.unseen.len(), 2, "{:?}", workbook.facts.unseen);
}

proptest::proptest! {
    /// Whatever the records of looks and rules hold, they end.
    #[test]
    fn damaged_records_stop_nothing(at in 0usize..600, byte: u8, styles_too: bool) {
        let mut sheet = [
            record(0x91, &[]), row(0), styled(1, 0, 1, &[]), record(0x92, &[]),
            record(0x1CD, &[&word(1), &word(0), &word(1), area((1, 9), (5, 5)).as_slice()].concat()),
            rule(5, &[0x1E, 2, 0]),
            record(0x1DF, &[&[0, 0], wide("Draft").as_slice(), &word(u32::MAX)].concat()),
        ].concat();
        let mut styles = styles();
        let place = if styles_too { styles.get_mut(at) } else { sheet.get_mut(at % 200) };
        if let Some(place) = place {
            *place = byte;
        }
        let _ = read::workbook(FileId(0), "a.xlsb", &package(&[], &sheet, &[("xl/styles.bin", &styles)]), &|_| true);
    }
}

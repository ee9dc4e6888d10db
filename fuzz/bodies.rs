//! What each target does with the bytes that it is given. The targets include this file, and so does the test that replays
//! the corpus in the main crate.
#![allow(dead_code, unreachable_pub, clippy::missing_panics_doc)]

#[path = "records.rs"]
pub mod records;

use quarterday::feedback::{self, Additions, Entry, List, Mark};
use quarterday::model::{
    CellRef, ErrorValue, FileId, FileInfo, FileKind, Limits, Partner, Period, Places, Raw, Sheet, SheetId,
    Table, Workbook,
};
use quarterday::round::{self, Round};
use quarterday::schema::{self, Schema};
use quarterday::{checks, locate, parse, pipeline, privacy, read, reconcile};
use records::{binary_record, compound, wide};
use std::io::{Cursor, Read as _};
use std::path::Path;
use std::sync::OnceLock;

/// A target by its name.
pub type Target = (&'static str, fn(&[u8]));

/// Every target.
pub const ALL: [Target; 14] = [
    ("package", package),
    ("part", part),
    ("records", records),
    ("page", page),
    ("handed_back", handed_back),
    ("whole", whole),
    ("schema", schema),
    ("number", number),
    ("money", money),
    ("date", date),
    ("choice", choice),
    ("agency", agency),
    ("text", text),
    ("person", person),
];

/// The reader catches failures of the libraries under it, which is no find; the hook that the fuzzer sets would end the
/// process at each. A failure that nobody catches still ends it.
pub fn tell_failures_only() {
    std::panic::set_hook(Box::new(|_| {}));
}

/// Endings of names, by the first byte of an input.
const ENDINGS: [&str; 8] = ["xlsx", "xlsm", "xlsb", "xls", "ods", "csv", "txt", "pdf"];

/// Any bytes under any name. The first byte picks the name.
pub fn package(data: &[u8]) {
    let Some((first, bytes)) = data.split_first() else { return };
    let ending = ENDINGS[usize::from(*first) % ENDINGS.len()];
    let _ = read::is_risky(bytes, &Limits::default());
    if let Ok(workbook) = read::workbook(FileId(0), &format!("return.{ending}"), bytes, &|_| true) {
        sound(&workbook);
    }
}

/// One part of a package that is sound otherwise, so that no checksum stands in the way. The first byte picks the part.
pub fn part(data: &[u8]) {
    let Some((first, bytes)) = data.split_first() else { return };
    let name = PARTS[usize::from(*first) % PARTS.len()].0;
    let whole = zip(&PARTS.map(|(part, usual)| (part, if part == name { bytes } else { usual.as_bytes() })));
    if let Ok(workbook) = read::workbook(FileId(0), "return.xlsx", &whole, &|_| true) {
        sound(&workbook);
    }
    let open =
        [("mimetype", b"application/vnd.oasis.opendocument.spreadsheet".as_slice()), ("content.xml", bytes)];
    if let Ok(workbook) = read::workbook(FileId(0), "return.ods", &zip(&open), &|_| true) {
        sound(&workbook);
    }
}

/// The records of a sheet: of the old format after the first byte if it is even, else of one part of an `.xlsb`.
pub fn records(data: &[u8]) {
    let Some((first, bytes)) = data.split_first() else { return };
    if first % 2 == 0 {
        let bytes = compound(&[("Workbook", bytes)]);
        if let Ok(workbook) = read::workbook(FileId(0), "return.xls", &bytes, &|_| true) {
            sound(&workbook);
        }
        return;
    }
    let mut parts = binary_parts();
    let place = usize::from(first / 2) % parts.len();
    parts[place].1 = bytes.to_vec();
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, bytes)| (*name, bytes.as_slice())).collect();
    if let Ok(workbook) = read::workbook(FileId(0), "return.xlsb", &zip(&parts), &|_| true) {
        sound(&workbook);
    }
}

/// A web page that is named like a workbook.
pub fn page(data: &[u8]) {
    let bytes = [b"<html><table><tr><td>".as_slice(), data].concat();
    if let Ok(workbook) = read::workbook(FileId(0), "return.xls", &bytes, &|_| true) {
        sound(&workbook);
    }
}

/// One part of a real workbook with notes, which is then given back marked. The first byte picks the part. What was read
/// of it before must be read of it after.
pub fn handed_back(data: &[u8]) {
    let Some((first, bytes)) = data.split_first() else { return };
    let mut parts = real_parts();
    let place = usize::from(*first) % parts.len();
    parts[place].1 = bytes.to_vec();
    let parts: Vec<(&str, &[u8])> =
        parts.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let whole = zip(&parts);
    let Ok(before) = read::workbook(FileId(0), "return.xlsx", &whole, &|_| true) else { return };
    sound(&before);
    let marks = (0..4).map(|place| Mark {
        sheet: SheetId(0),
        cell: CellRef::new(place * 3, 1),
        note: format!("Please fix, no. {place}. This must be a date."),
    });
    let entry =
        Entry { place: "Plan, B4".to_owned(), what: "It is not a date.".to_owned(), ..Entry::default() };
    let list = List { title: "Please fix".to_owned(), entries: vec![entry], ..List::default() };
    let additions = Additions { list, marks: marks.collect(), earlier: None };
    let mut out = Cursor::new(Vec::new());
    if feedback::write(&whole, &Limits::default(), &additions, &mut out).is_err() {
        return;
    }
    let after =
        read::workbook(FileId(0), "return.xlsx", out.get_ref(), &|_| true).expect("it can still be read");
    let values = |workbook: &Workbook, skip: usize| {
        let sheets = workbook.sheets.iter().skip(skip);
        let cell = |sheet: &Sheet, cell| format!("{} {:?}", sheet.name, sheet.raw(cell));
        sheets
            .flat_map(|sheet| sheet.cells().iter().map(move |one| (one.at, cell(sheet, one))))
            .collect::<Vec<_>>()
    };
    assert_eq!(values(&before, 0), values(&after, 1), "nothing is lost or changed");
}

/// A text in which a person may be named.
pub fn person(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let rules = privacy::Rules::default();
    let found = privacy::look(&text, &rules);
    assert!(found.is_sorted_by_key(|suspect| std::cmp::Reverse(suspect.sure)), "the surest first");
    for (place, suspect) in found.iter().enumerate() {
        assert!(found[..place].iter().all(|other| other.kind != suspect.kind), "each kind once");
    }
    let _ = privacy::name(&text, &rules);
}

/// What must hold of every workbook that was read.
fn sound(workbook: &Workbook) {
    for sheet in &workbook.sheets {
        let cells = sheet.cells();
        assert!(cells.is_sorted_by(|a, b| a.at < b.at), "each cell once, in order");
        for cell in cells {
            match sheet.raw(cell) {
                Raw::Text(text) => assert!(!text.is_empty() && !text.contains('\0')),
                Raw::Number(number) | Raw::Date(number) | Raw::Duration(number) => {
                    assert!(number.is_finite());
                }
                _ => {}
            }
        }
    }
}

/// A text file through reading, locating, typing, the checks and the controls.
pub fn whole(data: &[u8]) {
    let _ = whole_tables(data);
}

/// The same; gives how many tables were found.
pub fn whole_tables(data: &[u8]) -> usize {
    static ROUND: OnceLock<Round> = OnceLock::new();
    let round = ROUND.get_or_init(|| {
        let text = include_str!("../schemas/monitoring-return.toml");
        round::for_schema(loaded("monitoring-return.toml", text))
    });
    let Ok(mut workbook) = read::workbook(FileId(0), "plan.csv", data, &|_| true) else {
        return 0;
    };
    // A text file has one sheet; its first letter says as which it is to be taken.
    let names =
        ["Cover", "Business plan monitoring sheet", "Contributions", "Risk register", "Learning plan"];
    let name = names[usize::from(data.first().copied().unwrap_or(0)) % names.len()];
    for sheet in &mut workbook.sheets {
        name.clone_into(&mut sheet.name);
    }
    workbook.kind = FileKind::Xlsx;
    let submission = pipeline::submission(round, "plan.xlsx", workbook);
    let sheets = vec![name.to_owned()];
    let places =
        Places { files: vec![FileInfo { name: "plan.xlsx".to_owned(), sheets, ..FileInfo::default() }] };
    let findings = checks::submission(&checks::Context::new(round, &places), &submission);
    for finding in &findings {
        assert!(!finding.message.trim().is_empty(), "{}", finding.code.as_str());
    }
    let _ = reconcile::within(round, &submission);
    submission.tables.len()
}

/// A schema.
pub fn schema(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    match schema::load(Path::new("schema.toml"), text, &|_| Err(std::io::ErrorKind::NotFound.into())) {
        Ok(schema) => {
            let _ = schema::frictionless(&schema);
        }
        Err(mistakes) => {
            assert!(!mistakes.is_empty());
            for mistake in &mistakes {
                assert!(!mistake.message.trim().is_empty());
                assert!(mistake.span.start <= mistake.span.end && mistake.span.end <= mistake.source.len());
            }
        }
    }
}

/// A number.
pub fn number(data: &[u8]) {
    value(data, &["number", "integer", "percent"]);
}

/// An amount.
pub fn money(data: &[u8]) {
    value(data, &["money"]);
}

/// A date, a quarter.
pub fn date(data: &[u8]) {
    value(data, &["date", "period"]);
}

/// A word of a list, yes or no.
pub fn choice(data: &[u8]) {
    value(data, &["code", "boolean"]);
}

/// A partner.
pub fn agency(data: &[u8]) {
    value(data, &["agency"]);
}

/// A text.
pub fn text(data: &[u8]) {
    value(data, &["string"]);
}

/// One value under a heading of each of these types. The first byte picks how the cell holds it.
fn value(data: &[u8], kinds: &[&str]) {
    let _ = values(data, kinds);
}

/// The same; gives how many cells came to a value, that of the reference beside it included.
pub fn values(data: &[u8], kinds: &[&str]) -> usize {
    static SCHEMA: OnceLock<Schema> = OnceLock::new();
    let schema = SCHEMA.get_or_init(|| loaded("schema.toml", include_str!("values.toml")));
    let Some((first, bytes)) = data.split_first() else { return 0 };
    let stored = String::from_utf8_lossy(bytes);
    let number = || {
        let mut eight = [0; 8];
        eight.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
        f64::from_le_bytes(eight)
    };
    // The reader lets no number without end pass.
    let raw = match first % 8 {
        1 if number().is_finite() => Raw::Number(number()),
        2 if number().is_finite() => Raw::Date(number()),
        3 if number().is_finite() => Raw::Duration(number()),
        4 => Raw::IsoDate(&stored),
        5 => Raw::Boolean(bytes.len() % 2 == 0),
        6 => Raw::Error(ErrorValue::Reference),
        7 => Raw::Uncached,
        _ => Raw::Text(&stored),
    };
    let mut sheet = Sheet::new(FileId(0), SheetId(0), "Values");
    sheet.dates_from_1904 = first & 0x80 != 0;
    for (column, field) in (0..).zip(&schema.tables[0].fields) {
        sheet.push(CellRef::new(0, column), Raw::Text(&field.title));
    }
    sheet.push(CellRef::new(1, 0), Raw::Text("1.1"));
    for (column, field) in (0..).zip(&schema.tables[0].fields) {
        if kinds.contains(&field.name.as_str()) {
            sheet.push(CellRef::new(1, column), raw);
        }
    }
    sheet.finish();
    let mut workbook = Workbook::new(FileId(0), FileKind::Xlsx);
    workbook.sheets.push(sheet);
    let mut count = 0;
    for table in tables(&workbook, schema) {
        for cell in table.records.iter().flat_map(|record| &record.cells) {
            if let Some(read) = cell.value() {
                count += 1;
                let field = schema.tables[0].fields.iter().find(|field| kinds.contains(&field.name.as_str()));
                let _ = field.map(|field| schema::show_value(read, field, schema, &partners()).into_owned());
            }
        }
    }
    count
}

fn tables(workbook: &Workbook, schema: &Schema) -> Vec<Table> {
    let partners = partners();
    let period = Some(Period { year: 2013, quarter: Some(4) });
    let cx = parse::Context { schema, partners: &partners, bodies: &[], period, unit: 0, rounded: false };
    let layouts = locate::tables(workbook, schema).into_iter();
    layouts.map(|layout| parse::table(&workbook.sheets[0], layout, &cx)).collect()
}

fn partners() -> Vec<Partner> {
    let partner = |code: &str, name: &str| Partner {
        code: code.to_owned(),
        name: name.to_owned(),
        aliases: vec![format!("{name} Council")],
        abbreviations: vec![code.to_owned()],
        formerly: Vec::new(),
        note: None,
        contact: None,
        email: None,
        sends: true,
    };
    vec![partner("AA", "Alder"), partner("BB", "Birch"), partner("NHS", "NHS Cedar")]
}

fn loaded(name: &str, text: &str) -> Schema {
    schema::load(Path::new(name), text, &|_| Err(std::io::ErrorKind::NotFound.into()))
        .expect("a sound schema")
}

/// The parts of a small workbook.
const PARTS: [(&str, &str); 7] = [
    (
        "xl/worksheets/sheet1.xml",
        r#"<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>41729</v></c></row></sheetData></worksheet>"#,
    ),
    ("xl/sharedStrings.xml", "<sst><si><t>zero</t></si></sst>"),
    ("xl/styles.xml", r#"<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#),
    (
        "xl/workbook.xml",
        r#"<workbook><sheets><sheet name="Plan" sheetId="1" r:id="r1"/></sheets></workbook>"#,
    ),
    (
        "xl/_rels/workbook.xml.rels",
        r#"<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="x/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="r3" Type="x/styles" Target="styles.xml"/></Relationships>"#,
    ),
    (
        "_rels/.rels",
        r#"<Relationships><Relationship Id="r1" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
    ),
    (
        "[Content_Types].xml",
        r#"<Types><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"#,
    ),
];

/// The parts of a small `.xlsb`.
fn binary_parts() -> [(&'static str, Vec<u8>); 6] {
    let sheet = [
        binary_record(0x81, &[]),
        binary_record(0x91, &[]),
        binary_record(0, &[0; 17]),
        binary_record(5, &[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x14, 0x40]),
        binary_record(0x92, &[]),
        binary_record(0x82, &[]),
    ];
    let list = binary_record(0x9C, &[&[0; 8], wide("r1").as_slice(), &wide("Plan")].concat());
    let book = [binary_record(0x99, &[0; 8]), list, binary_record(0x90, &[])];
    let string = binary_record(0x13, &[&[0], wide("NHS").as_slice()].concat());
    let strings = [binary_record(0x9F, &[1, 0, 0, 0, 1, 0, 0, 0]), string];
    [
        ("xl/worksheets/sheet1.bin", sheet.concat()),
        ("xl/workbook.bin", book.concat()),
        ("xl/sharedStrings.bin", strings.concat()),
        ("xl/styles.bin", binary_record(0x0269, &[0; 4])),
        (
            "xl/_rels/workbook.bin.rels",
            br#"<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.bin"/><Relationship Id="r2" Type="x/sharedStrings" Target="sharedStrings.bin"/><Relationship Id="r3" Type="x/styles" Target="styles.bin"/></Relationships>"#.to_vec(),
        ),
        (
            "_rels/.rels",
            br#"<Relationships><Relationship Id="r1" Type="x/officeDocument" Target="xl/workbook.bin"/></Relationships>"#.to_vec(),
        ),
    ]
}

/// The parts of a workbook with notes.
fn real_parts() -> Vec<(String, Vec<u8>)> {
    static REAL: OnceLock<Vec<(String, Vec<u8>)>> = OnceLock::new();
    REAL.get_or_init(|| {
        let bytes = include_bytes!("../tests/excel/feedback/sheetjs-notes.xlsx");
        let mut package = ::zip::ZipArchive::new(Cursor::new(bytes)).expect("a package");
        let mut parts = Vec::new();
        for place in 0..package.len() {
            let mut part = package.by_index(place).expect("a part");
            let mut content = Vec::new();
            part.read_to_end(&mut content).expect("it is whole");
            parts.push((part.name().expect("a name").into_owned(), content));
        }
        parts.sort();
        parts
    })
    .clone()
}

/// A package of these parts, not packed.
fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let narrow = |length: usize| u32::try_from(length).unwrap_or(u32::MAX).to_le_bytes();
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for (name, content) in parts {
        let at = narrow(bytes.len());
        let mut shared = vec![20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0];
        shared.extend_from_slice(&checksum(content).to_le_bytes());
        shared.extend_from_slice(&narrow(content.len()));
        shared.extend_from_slice(&narrow(content.len()));
        shared.extend_from_slice(&narrow(name.len())[..2]);
        bytes.extend_from_slice(b"PK\x03\x04");
        bytes.extend_from_slice(&[shared.as_slice(), &[0; 2], name.as_bytes(), content].concat());
        directory.extend_from_slice(b"PK\x01\x02\x14\x00");
        directory.extend_from_slice(&[shared.as_slice(), &[0; 12], &at, name.as_bytes()].concat());
    }
    let (at, size, count) = (narrow(bytes.len()), narrow(directory.len()), &narrow(parts.len())[..2]);
    bytes.extend(directory);
    bytes.extend_from_slice(&[b"PK\x05\x06\0\0\0\0".as_slice(), count, count, &size, &at, &[0, 0]].concat());
    bytes
}

/// The checksum of zip files, bit by bit.
fn checksum(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |sum: u32, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| (sum >> 1) ^ (0xEDB8_8320 & (sum & 1).wrapping_neg()))
    })
}

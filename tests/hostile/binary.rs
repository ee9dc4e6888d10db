//! Hostile binary workbooks.

use crate::cases::{Cases, Expect};
use crate::forge::{Part, zip};
pub(crate) use crate::records::{binary_record as record, binary_record_of as record_of, wide};

const ROW: u16 = 0x00;
const RK: u16 = 0x02;
const ERROR: u16 = 0x03;
const NUMBER: u16 = 0x05;
const TEXT: u16 = 0x06;
const SHARED: u16 = 0x07;
const FORMULA_NUMBER: u16 = 0x09;
const FORMULA_ERROR: u16 = 0x0B;
const MERGED: u16 = 0xB0;

pub(crate) fn row(number: u32) -> Vec<u8> {
    record(ROW, &[number.to_le_bytes().as_slice(), &[0; 13]].concat())
}

pub(crate) fn cell(kind: u16, column: u32, data: &[u8]) -> Vec<u8> {
    record(kind, &[&column.to_le_bytes()[..], &[0; 4], data].concat())
}

pub(crate) fn number(value: f64) -> Vec<u8> {
    cell(NUMBER, 0, &value.to_le_bytes())
}

/// A formula whose stored value is an error.
pub(crate) fn formula_error(column: u32, code: u8) -> Vec<u8> {
    cell(FORMULA_ERROR, column, &[code, 0, 0, 0, 0, 0, 0])
}

/// What can be put otherwise in a workbook.
struct Pieces {
    cells: Vec<u8>,
    strings: Vec<u8>,
    before: Vec<u8>,
    list: Vec<u8>,
}

impl Pieces {
    fn new(cells: &[Vec<u8>]) -> Self {
        let list = record(0x9C, &[&[0; 8], wide("r1").as_slice(), &wide("Plan")].concat());
        let text = record(0x13, &[&[0], wide("NHS").as_slice()].concat());
        Self {
            cells: cells.concat(),
            strings: [record(0x9F, &[1, 0, 0, 0, 1, 0, 0, 0]), text].concat(),
            before: record(0x94, &[0; 16]),
            list,
        }
    }

    fn bytes(&self) -> Vec<u8> {
        let types = br#"<Types><Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>"#;
        let relation = |id: &str, kind: &str, target: &str| {
            format!(r#"<Relationship Id="{id}" Type="http://x/relationships/{kind}" Target="{target}"/>"#)
        };
        let root =
            format!("<Relationships>{}</Relationships>", relation("r1", "officeDocument", "xl/workbook.bin"));
        let to = format!(
            "<Relationships>{}{}</Relationships>",
            relation("r1", "worksheet", "worksheets/sheet1.bin"),
            relation("r2", "sharedStrings", "sharedStrings.bin")
        );
        let book = [record(0x99, &[0; 8]), self.list.clone(), record(0x90, &[])].concat();
        let start = [record(0x81, &[]), self.before.clone(), record(0x91, &[])].concat();
        let sheet = [start, self.cells.clone(), record(0x92, &[]), record(0x82, &[])].concat();
        zip(&[
            Part::new("[Content_Types].xml", types),
            Part::new("_rels/.rels", root.as_bytes()),
            Part::new("xl/workbook.bin", &book),
            Part::new("xl/_rels/workbook.bin.rels", to.as_bytes()),
            Part::new("xl/sharedStrings.bin", &self.strings),
            Part::new("xl/worksheets/sheet1.bin", &sheet),
        ])
    }
}

/// A workbook with the sheet `Plan` of these records.
pub(crate) fn book(cells: &[Vec<u8>]) -> Vec<u8> {
    Pieces::new(cells).bytes()
}

pub(crate) fn add(cases: &mut Cases) {
    let five = || number(5.0);
    let mut add = |name: &str, cells: Vec<Vec<u8>>, expect| {
        cases.add(format!("binary-{name}.xlsb"), move || book(&cells), expect);
    };
    let read = || Expect::prints(&[r#"0,0,"number",5"#]);
    let flagged = || Expect::prints(&[r#"0,0,"error","unreadable""#]);
    add("plain", vec![row(0), five()], read());
    add("row-beyond", vec![row(0), five(), row(0x0010_0000), five()], Expect::Unreadable("outside"));
    add("row-far-beyond", vec![row(0), five(), row(u32::MAX), five()], Expect::Unreadable("outside"));
    add("row-twice", vec![row(0), five(), row(0), five()], Expect::Safe);
    add(
        "row-backwards",
        vec![row(9), five(), row(0), five()],
        Expect::prints(&[r#"0,0,"number",5"#, r#"9,0,"number",5"#]),
    );
    add("row-none", vec![five()], Expect::Safe);
    add("row-short", vec![record(ROW, &[1]), five()], Expect::Unreadable(""));
    add(
        "column-beyond",
        vec![row(0), cell(NUMBER, 16_384, &5f64.to_le_bytes())],
        Expect::Unreadable("outside"),
    );
    add(
        "column-far-beyond",
        vec![row(0), cell(NUMBER, u32::MAX, &5f64.to_le_bytes())],
        Expect::Unreadable("outside"),
    );
    for (name, code, shown) in
        [("reference", 0x17, "#REF!"), ("division", 0x07, "#DIV/0!"), ("name", 0x1D, "#NAME?")]
    {
        let line = format!(r#"0,0,"error","{shown}""#);
        add(&format!("formula-{name}"), vec![row(0), formula_error(0, code)], Expect::prints(&[&line]));
        add(&format!("error-{name}"), vec![row(0), cell(ERROR, 0, &[code])], Expect::prints(&[&line]));
    }
    add("formula-unknown-error", vec![row(0), formula_error(0, 0x99)], flagged());
    add("error-unknown", vec![row(0), cell(ERROR, 0, &[0x99])], flagged());
    add("error-cut", vec![row(0), cell(ERROR, 0, &[])], Expect::Unreadable(""));
    add("number-nan", vec![row(0), number(f64::NAN)], flagged());
    add("number-infinite", vec![row(0), number(f64::INFINITY)], flagged());
    add("number-cut", vec![row(0), cell(NUMBER, 0, &[1, 2])], Expect::Safe);
    add("number-small-cut", vec![row(0), cell(RK, 0, &[1])], Expect::Safe);
    add("text-lies", vec![row(0), cell(TEXT, 0, &[0xFF, 0xFF, 0xFF, 0x7F, b'a', 0])], Expect::Safe);
    add("text-nul", vec![row(0), cell(TEXT, 0, &[2, 0, 0, 0, b'a', 0, 0, 0])], Expect::Safe);
    add("text-half-letter", vec![row(0), cell(TEXT, 0, &[1, 0, 0, 0, 0, 0xD8])], Expect::Safe);
    add("string-outside", vec![row(0), cell(SHARED, 0, &9u32.to_le_bytes()), five()], Expect::Safe);
    add("string-far-outside", vec![row(0), cell(SHARED, 0, &u32::MAX.to_le_bytes())], Expect::Safe);
    add("string", vec![row(0), cell(SHARED, 0, &[0; 4])], Expect::prints(&[r#"0,0,"text","NHS""#]));
    add("formula-cut", vec![row(0), cell(FORMULA_NUMBER, 0, &[0; 3])], Expect::Safe);
    add(
        "formula-number",
        vec![
            row(0),
            cell(FORMULA_NUMBER, 0, &[&5f64.to_le_bytes()[..], &[0, 0, 0, 0, 0, 0, 0, 0, 0, 0]].concat()),
        ],
        read(),
    );
    add("length-lies", vec![row(0), five(), record_of(NUMBER, 1 << 27, &[0; 9])], Expect::Unreadable(""));
    add("length-over", vec![row(0), five(), vec![5, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]], Expect::Unreadable(""));
    add("merged-beyond", vec![row(0), five(), record(MERGED, &[0xFF; 16])], Expect::Safe);
    add("merged-short", vec![row(0), five(), record(MERGED, &[0; 3])], Expect::Safe);
    add("unknown-records", vec![record(0x3FFF, &[1; 90]), row(0), five()], read());
    let mut whole = |name: &str, change: fn(&mut Pieces), expect| {
        let bytes = move || {
            let mut pieces = Pieces::new(&[row(0), number(5.0)]);
            change(&mut pieces);
            pieces.bytes()
        };
        cases.add(format!("binary-{name}.xlsb"), bytes, expect);
    };
    whole("texts-claim-many", |p| p.strings = record(0x9F, &[0xFF; 8]), Expect::Safe);
    whole(
        "texts-claim-a-billion",
        |p| p.strings = record(0x9F, &[0, 0, 0, 0x40, 0, 0, 0, 0x40]),
        Expect::Safe,
    );
    whole("texts-cut", |p| p.strings.truncate(14), Expect::Safe);
    whole("texts-none", |p| p.strings.clear(), Expect::Safe);
    whole("extent-huge", |p| p.before = record(0x94, &[0xFF; 16]), Expect::Safe);
    whole("extent-none", |p| p.before.clear(), Expect::Safe);
    whole("list-none", |p| p.list.clear(), Expect::Refused("no worksheet"));
    whole("list-cut", |p| p.list.truncate(9), Expect::Refused(""));
    whole("list-twice", |p| p.list = p.list.repeat(2), Expect::Refused("two of its sheets"));
    whole(
        "list-many",
        |p| {
            let tab = |index: u32| {
                record(0x9C, &[&[0; 8], wide("r1").as_slice(), &wide(&format!("S{index}"))].concat())
            };
            p.list = (0..3_000).flat_map(tab).collect();
        },
        Expect::Refused("1,000 sheets"),
    );
    whole("name-lies", |p| p.list = record(0x9C, &[&[0; 8][..], &[0xFF; 40]].concat()), Expect::Refused(""));
    cases.add("binary-called.xlsx", || book(&[row(0), number(5.0)]), read());
}

//! Hostile compound files and workbooks of the old format.

use crate::cases::{Cases, Expect};

use crate::records::{END, number};
pub(crate) use crate::records::{compound, record};

/// A cell's record: its place, a plain format, and its value.
pub(crate) fn cell(kind: u16, row: u16, column: u16, value: &[u8]) -> Vec<u8> {
    record(kind, &[&row.to_le_bytes()[..], &column.to_le_bytes(), &[0, 0], value].concat())
}

const BOF_GLOBALS: [u8; 16] = [0, 6, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
const BOF_SHEET: [u8; 16] = [0, 6, 0x10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

/// The stream of a workbook with the sheet `Plan` of these records.
pub(crate) fn stream(globals: &[Vec<u8>], cells: &[Vec<u8>]) -> Vec<u8> {
    let start = record(0x0809, &BOF_GLOBALS);
    let bound = |at: u32| record(0x0085, &[&at.to_le_bytes()[..], &[0, 0, 4, 0], b"Plan"].concat());
    let end = record(0x000A, &[]);
    let before = [start, globals.concat()].concat();
    let at = before.len() + bound(0).len() + end.len();
    [before, bound(number(at)), end.clone(), record(0x0809, &BOF_SHEET), cells.concat(), end].concat()
}

/// A workbook with the sheet `Plan` of these records.
pub(crate) fn book(cells: &[Vec<u8>]) -> Vec<u8> {
    compound(&[("Workbook", &stream(&[], cells))])
}

fn five() -> Vec<u8> {
    cell(0x0203, 0, 0, &5f64.to_le_bytes())
}

const FIVE: &str = r#"0,0,"number",5"#;

pub(crate) fn add(cases: &mut Cases) {
    records(cases);
    containers(cases);
    kinds(cases);
}

fn records(cases: &mut Cases) {
    let mut add = |name: &str, cells: Vec<Vec<u8>>, expect| {
        cases.add(format!("old-{name}.xls"), move || book(&cells), expect);
    };
    let extent = |rows: u32, columns: u16| {
        record(
            0x0200,
            &[&0u32.to_le_bytes()[..], &rows.to_le_bytes(), &[0, 0], &columns.to_le_bytes(), &[0, 0]]
                .concat(),
        )
    };
    let read = || Expect::prints(&[FIVE]);
    add("plain", vec![extent(1, 1), five()], read());
    add("extent-nought", vec![extent(0, 0), five()], read());
    add("extent-huge", vec![extent(u32::MAX, u16::MAX), five()], read());
    add("extent-short", vec![record(0x0200, &[0; 3]), five()], read());
    add("extent-twice", vec![extent(1, 1), extent(u32::MAX, 255), five()], read());
    let two = |text: &str| {
        [
            &u16::try_from(2 * text.len()).expect("short").to_le_bytes()[..],
            &text.bytes().flat_map(|byte| [byte, 0]).collect::<Vec<u8>>(),
        ]
        .concat()
    };
    add(
        "label-plain",
        vec![cell(0x0204, 0, 0, b"\x03\x00\x00abc")],
        Expect::prints(&[r#"0,0,"text","abc""#]),
    );
    add(
        "label-two-bytes",
        vec![cell(0x0204, 0, 0, &[&[8, 0, 0][..], &two("John")[2..]].concat())],
        Expect::prints(&[r#"0,0,"text","John""#]),
    );
    add("label-short", vec![cell(0x0204, 0, 0, b"\xff\xff\x00ab"), five()], Expect::Safe);
    add("label-empty", vec![cell(0x0204, 0, 0, b""), five()], Expect::Safe);
    add("string-outside", vec![cell(0x00FD, 0, 0, &9u32.to_le_bytes()), five()], Expect::Safe);
    add("column-outside", vec![cell(0x0203, 0, 300, &5f64.to_le_bytes())], Expect::Unreadable("outside"));
    add(
        "far-apart",
        vec![five(), cell(0x0203, 65_535, 255, &6f64.to_le_bytes())],
        Expect::Unreadable("too far apart"),
    );
    add(
        "number-nan",
        vec![cell(0x0203, 0, 0, &f64::NAN.to_le_bytes())],
        Expect::prints(&[r#"0,0,"error","unreadable""#]),
    );
    add(
        "number-infinite",
        vec![cell(0x0203, 0, 0, &f64::INFINITY.to_le_bytes())],
        Expect::prints(&[r#"0,0,"error","unreadable""#]),
    );
    add("number-short", vec![cell(0x0203, 0, 0, &[1, 2])], Expect::Safe);
    add("cell-short", vec![record(0x0203, &[1])], Expect::Unreadable("cut off"));
    add("error-known", vec![cell(0x0205, 0, 0, &[0x17, 1])], Expect::prints(&[r##"0,0,"error","#REF!""##]));
    add(
        "error-unknown",
        vec![cell(0x0205, 0, 0, &[0x99, 1]), cell(0x0203, 1, 0, &5f64.to_le_bytes())],
        Expect::prints(&[r#"0,0,"error","unreadable""#, r#"1,0,"number",5"#]),
    );
    add("several-short", vec![record(0x00BD, &[0, 0, 0, 0, 0]), five()], Expect::Safe);
    add(
        "several-turned",
        vec![record(0x00BD, &[0, 0, 9, 0, 0, 0, 1, 0, 0, 0, 2, 0]), five()],
        Expect::Unreadable("outside"),
    );
    add("formula-short", vec![cell(0x0006, 0, 0, &[0; 3]), five()], Expect::Safe);
    let formula = |value: [u8; 8], tokens: &[u8]| {
        let length = u16::try_from(tokens.len()).expect("short").to_le_bytes();
        cell(0x0006, 0, 0, &[&value[..], &[0; 6], &length, tokens].concat())
    };
    add(
        "formula-error",
        vec![formula([2, 0, 0x07, 0, 0, 0, 0xFF, 0xFF], &[0x1E, 1, 0])],
        Expect::prints(&[r##"0,0,"error","#DIV/0!""##]),
    );
    add("formula-odd-tokens", vec![formula(5f64.to_le_bytes(), &[0xFF; 40])], Expect::Safe);
    add("formula-deep", vec![formula(5f64.to_le_bytes(), &[0x15; 8_000])], Expect::Safe);
    add("formula-names-nothing", vec![formula(5f64.to_le_bytes(), &[0x23, 0xFF, 0xFF, 0, 0])], Expect::Safe);
    add("nested-sheets", vec![record(0x0809, &BOF_SHEET).repeat(50_000)], Expect::Unreadable(""));
    add("merged-short", vec![five(), record(0x00E5, &[0xFF, 0xFF, 0])], Expect::Safe);
    add("merged-outside", vec![five(), record(0x00E5, &[1, 0, 0, 0, 0xFF, 0xFF, 0, 0, 0xFF, 0xFF])], read());
    add("no-cells", vec![], Expect::prints(&[]));
    add("record-empty", vec![record(0x0203, &[]), five()], Expect::Unreadable("cut off"));
    for (name, kind, data) in [
        ("texts-lie", 0x00FC_u16, vec![0xFF; 8]),
        ("texts-cut", 0x00FC, [&2u32.to_le_bytes()[..], &2u32.to_le_bytes(), &[9, 0, 0, b'a']].concat()),
        ("formats-odd", 0x041E, vec![0xFF; 5]),
        ("styles-short", 0x00E0, vec![0; 2]),
        ("names-odd", 0x0018, vec![0xFF; 20]),
        ("sheets-outside", 0x0017, vec![0xFF; 8]),
        ("password", 0x002F, vec![0; 6]),
        ("dates-short", 0x0022, vec![1]),
        ("code-page-unknown", 0x0042, vec![0xE7, 0x03]),
    ] {
        let expect = if name == "password" { Expect::Refused("password") } else { Expect::Safe };
        cases.add(
            format!("old-{name}.xls"),
            move || compound(&[("Workbook", &stream(&[record(kind, &data)], &[five()]))]),
            expect,
        );
    }
    for (name, at) in [("outside", u32::MAX), ("itself", 0), ("inside", 7)] {
        cases.add(
            format!("old-sheet-{name}.xls"),
            move || {
                let mut stream = stream(&[], &[five()]);
                stream[24..28].copy_from_slice(&at.to_le_bytes());
                compound(&[("Workbook", &stream)])
            },
            Expect::Unreadable(""),
        );
    }
}

fn put(file: &mut [u8], at: usize, value: u32) {
    file[at..at + 4].copy_from_slice(&value.to_le_bytes());
}

fn containers(cases: &mut Cases) {
    let mut add = |name: &str, change: fn(&mut Vec<u8>), expect| {
        let bytes = move || {
            let mut file = book(&[five()]);
            change(&mut file);
            file
        };
        cases.add(format!("compound-{name}.xls"), bytes, expect);
    };
    let refused = || Expect::Refused("");
    add("chain-to-itself", |file| put(file, 512 + 8, 2), Expect::Safe);
    add("chain-back", |file| put(file, 512 + 4 * 9, 2), Expect::Safe);
    add("chain-outside", |file| put(file, 512 + 8, 0x00FF_FFFF), refused());
    add("chain-cut", |file| put(file, 512 + 8, END), refused());
    add("directory-to-itself", |file| put(file, 512 + 4, 1), refused());
    add("directory-outside", |file| put(file, 48, 0x0FFF_FFFF), refused());
    add("directory-is-table", |file| put(file, 48, 0), refused());
    add("table-claims-many", |file| put(file, 44, u32::MAX), Expect::prints(&[FIVE]));
    add("table-chain-to-itself", |file| put(file, 68, 0), Expect::Safe);
    let short: fn(&mut Vec<u8>) = |file| {
        // The chain of tables points to the file's last sector, which is four bytes long and names itself.
        file.truncate(1024);
        file.extend_from_slice(&1u32.to_le_bytes());
        put(file, 68, 1);
    };
    add("table-chain-short", short, refused());
    let many: fn(&mut Vec<u8>) = |file| {
        // Large sectors, a hundred and nine times the same table, and a directory that follows itself through all of it.
        *file = [file[..512].to_vec(), vec![0; 4096 - 512]].concat();
        file[30] = 12;
        (0..109).for_each(|entry| put(file, 76 + 4 * entry, 0));
        put(file, 44, 109);
        put(file, 48, 1);
        let table: Vec<u8> = (0..1_024).flat_map(|_| 1u32.to_le_bytes()).collect();
        file.extend(table);
        file.resize(4096 * 112, 0);
    };
    add("directory-large-loop", many, refused());
    add("table-outside", |file| put(file, 76, 0x0FFF_FFFF), refused());
    add("small-claims-many", |file| put(file, 64, u32::MAX), Expect::Safe);
    add(
        "small-loops",
        |file| {
            put(file, 60, 0);
            put(file, 64, 1);
        },
        Expect::Safe,
    );
    add("sectors-odd", |file| file[30] = 3, refused());
    add("sectors-huge", |file| file[30] = 31, refused());
    add("cutoff-huge", |file| put(file, 56, u32::MAX), Expect::Safe);
    add("length-huge", |file| put(file, 1024 + 128 + 120, u32::MAX), refused());
    add("start-outside", |file| put(file, 1024 + 128 + 116, 0x0FFF_FFFF), refused());
    add("siblings-loop", |file| put(file, 1024 + 128 + 68, 1), Expect::prints(&[FIVE]));
    add("name-long", |file| file[1024 + 128 + 64] = 0xFF, Expect::Safe);
    add("header-only", |file| file.truncate(512), refused());
    add("header-half", |file| file.truncate(60), refused());
    add("signature-only", |file| file.truncate(8), refused());
    add(
        "cut",
        |file| {
            let half = file.len() / 2;
            file.truncate(half);
        },
        refused(),
    );
    add("version-two", |file| file[1024 + 512 + 4] = 2, Expect::Safe);
}

fn kinds(cases: &mut Cases) {
    let locked = || compound(&[("EncryptionInfo", &[0; 40]), ("EncryptedPackage", &[7; 5000])]);
    for name in
        ["locked.xlsx", "locked.xls", "locked.xlsb", "locked.ods", "locked.csv", "locked.docx", "locked"]
    {
        cases.add(name, locked, Expect::Refused("password"));
    }
    for (name, stream, words) in [
        ("word.xls", "WordDocument", "a Word document"),
        ("slides.xls", "PowerPoint Document", "a PowerPoint presentation"),
        ("drawing.xls", "VisioDocument", "a Visio drawing"),
        ("outlook.xls", "__substg1.0_001A001E", "an e-mail"),
        ("other.xls", "Something", "no spreadsheet"),
    ] {
        cases.add(name, move || compound(&[(stream, &[0; 100])]), Expect::Refused(words));
    }
    cases.add("old-called.xlsx", || book(&[five()]), Expect::prints(&[FIVE]));
    cases.add("old-called.csv", || book(&[five()]), Expect::prints(&[FIVE]));
    cases.add(
        "old-both-streams.xls",
        || {
            let six = stream(&[], &[cell(0x0203, 0, 0, &6f64.to_le_bytes())]);
            compound(&[("Workbook", &stream(&[], &[five()])), ("Book", &six)])
        },
        Expect::Safe,
    );
    cases.add("old-empty-stream.xls", || compound(&[("Workbook", &[])]), Expect::Refused(""));
}

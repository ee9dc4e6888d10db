//! Damaged files: cut off anywhere, changed anywhere. Nothing stops the program, and a package never reads with other
//! values unless it says so.
#![allow(clippy::unwrap_used, clippy::float_arithmetic)]

use quarterday::model::{FileId, Oddity, Workbook};
use quarterday::read;
use std::path::Path;

fn stored(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/excel").join(name)).unwrap()
}

fn made() -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let date = rust_xlsxwriter::Format::new().set_num_format("dd/mm/yyyy");
    let sheet = book.add_worksheet().set_name("Finance").unwrap();
    for row in 0..40 {
        sheet.write(row, 0, format!("BP{row}")).unwrap();
        sheet.write(row, 1, f64::from(row) * 7.25).unwrap();
        sheet.write_with_format(row, 2, 41_000 + row, &date).unwrap();
    }
    book.add_worksheet().write(0, 0, "On track").unwrap();
    book.save_to_buffer().unwrap()
}

/// Every value with its place, as text.
fn content(workbook: &Workbook) -> Vec<String> {
    let sheets = workbook.sheets.iter();
    sheets
        .flat_map(|sheet| {
            sheet.cells().iter().map(|cell| format!("{} {} {:?}", sheet.name, cell.at, sheet.raw(cell)))
        })
        .collect()
}

fn quietly(test: impl Fn()) {
    std::panic::set_hook(Box::new(|_| {}));
    test();
    let _ = std::panic::take_hook();
}

fn read_all(bytes: &[u8]) -> Option<Workbook> {
    let read = std::panic::catch_unwind(|| read::workbook(FileId(0), "a", bytes, &|_| true));
    read.expect("reading must not panic").ok()
}

/// Numbers that look random and are the same in every run.
fn numbers(mut state: u64) -> impl FnMut(usize) -> usize {
    move |below| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % below
    }
}

fn flips_of(bytes: &[u8], times: usize, mut check: impl FnMut(usize, Option<Workbook>)) {
    let mut random = numbers(2014);
    for _ in 0..times {
        let mut changed = bytes.to_vec();
        let at = random(bytes.len());
        changed[at] ^= u8::try_from(1 + random(255)).unwrap();
        check(at, read_all(&changed));
    }
}

#[test]
fn a_damaged_package_never_reads_with_other_values_in_silence() {
    quietly(|| {
        for bytes in [made(), stored("returns.ods")] {
            let whole = content(&read_all(&bytes).unwrap());
            assert!(whole.len() > 10);
            for length in (0..bytes.len()).step_by(13) {
                assert!(read_all(&bytes[..length]).is_none(), "cut to {length}");
            }
            let mut told = 0;
            flips_of(&bytes, 1_500, |at, workbook| match workbook {
                None => told += 1,
                Some(workbook) => {
                    let marked = workbook.oddities.iter().any(|oddity| {
                        matches!(oddity, Oddity::UnreadableSheet { .. } | Oddity::UnreadableCell { .. })
                    });
                    assert!(marked || content(&workbook) == whole, "byte {at}");
                }
            });
            assert!(told > 100, "damage is noticed");
        }
    });
}

#[test]
fn a_damaged_old_workbook_stops_nothing() {
    quietly(|| {
        let bytes = stored("returns.xls");
        for length in (0..bytes.len()).step_by(7) {
            read_all(&bytes[..length]);
        }
        flips_of(&bytes, 3_000, |_, _| {});
    });
}

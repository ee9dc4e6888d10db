//! What reading costs over a bare pass of calamine's stream, guards and keeping of cells included.
// A program that measures: it prints, divides and stops at the first fault.
#![allow(clippy::pedantic, clippy::unwrap_used, clippy::float_arithmetic, clippy::print_stdout, missing_docs)]

use calamine::{DataRef, Reader, Xlsx};
use quarterday::model::FileId;
use quarterday::read;
use std::io::Cursor;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

fn returns(rows: u32, inline: bool) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let added = if inline { book.add_worksheet_with_constant_memory() } else { Ok(book.add_worksheet()) };
    let sheet = added.unwrap();
    for row in 0..rows {
        sheet.write(row, 0, format!("BP{:03}.{}", row % 500, row / 500)).unwrap();
        for (column, word) in (1..).zip(["NHS", "Green", "On track for the end of the quarter"]) {
            sheet.write(row, column, word).unwrap();
        }
        for column in 4..9 {
            let pence = f64::from((row * 7919 + u32::from(column) * 104_729) % 10_000_000);
            sheet.write(row, column, pence / 100.0).unwrap();
        }
        sheet.write(row, 9, format!("Update {row}: work goes on & the next step is agreed")).unwrap();
    }
    book.save_to_buffer().unwrap()
}

/// Time of this thread on a processor where the system tells it, which other work does not disturb; else time on the wall.
fn now() -> Duration {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|text| text.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| START.elapsed(), Duration::from_nanos)
}

fn bare(bytes: &[u8]) -> (Duration, u64) {
    let start = now();
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    let name = book.sheet_names()[0].clone();
    let mut reader = book.worksheet_cells_reader(&name).unwrap();
    let mut cells = 0;
    while let Some(cell) = reader.next_cell().unwrap() {
        cells += u64::from(!matches!(cell.get_value(), DataRef::Empty));
    }
    (now().saturating_sub(start), cells)
}

fn ours(bytes: &[u8]) -> (Duration, u64) {
    let start = now();
    let workbook = read::workbook(FileId(0), "a.xlsx", bytes, &|_| true).unwrap();
    (now().saturating_sub(start), workbook.sheets[0].cells().len() as u64)
}

fn main() {
    for inline in [false, true] {
        let bytes = returns(100_000, inline);
        let (mut best_bare, mut best_ours) = (Duration::MAX, Duration::MAX);
        for _ in 0..7 {
            let (bare, expected) = bare(&bytes);
            let (ours, cells) = ours(&bytes);
            assert_eq!(cells, expected);
            best_bare = best_bare.min(bare);
            best_ours = best_ours.min(ours);
        }
        let ratio = best_ours.as_secs_f64() / best_bare.as_secs_f64();
        let text = if inline { "inline" } else { "shared" };
        println!("{text} text: {ratio:.2} of a bare pass ({best_ours:.2?} against {best_bare:.2?})");
    }
}

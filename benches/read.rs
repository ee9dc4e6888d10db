//! What reading costs over a bare pass of calamine's stream, guards and keeping of cells included; what the guards, and what
//! is picked up beside the cells, cost by themselves, over a pass that keeps the same cells and guards nothing; and what empty
//! cells with a format cost in memory.
// A program that measures: it prints, divides and stops at the first fault.
#![allow(clippy::pedantic, clippy::unwrap_used, clippy::float_arithmetic, clippy::print_stdout, missing_docs)]

use calamine::{DataRef, Reader, Xlsx};
use quarterday::model::{CellRef, FileId, Raw, Sheet, SheetId, TextRef};
use quarterday::read;
use rust_xlsxwriter::Format;
use std::io::Cursor;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

/// How the cells of a made-up return look.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Looks {
    /// Plain, with shared texts.
    Shared,
    /// Plain, with texts in the cells.
    Inline,
    /// Every cell has a format, as in returns that people lay out: one fill a column, and amounts without decimals.
    Styled,
    /// The same, and the fill changes with every row.
    Striped,
}

fn returns(rows: u32, looks: Looks) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let inline = looks == Looks::Inline;
    let added = if inline { book.add_worksheet_with_constant_memory() } else { Ok(book.add_worksheet()) };
    let sheet = added.unwrap();
    let formats: Vec<Format> = (0..20u32)
        .map(|number| match looks {
            Looks::Shared | Looks::Inline => Format::new(),
            _ => Format::new().set_background_color(0x00_40_80 + 9 * number).set_num_format("#,##0"),
        })
        .collect();
    for row in 0..rows {
        let format = |column: u16| {
            let stripe = if looks == Looks::Striped { row % 2 * 10 } else { 0 };
            &formats[usize::from(column) + stripe as usize]
        };
        sheet.write_with_format(row, 0, format!("BP{:03}.{}", row % 500, row / 500), format(0)).unwrap();
        for (column, word) in (1..).zip(["NHS", "Green", "On track for the end of the quarter"]) {
            sheet.write_with_format(row, column, word, format(column)).unwrap();
        }
        for column in 4..9 {
            let pence = f64::from((row * 7919 + u32::from(column) * 104_729) % 10_000_000);
            sheet.write_with_format(row, column, pence / 100.0, format(column)).unwrap();
        }
        let text = format!("Update {row}: work goes on & the next step is agreed");
        sheet.write_with_format(row, 9, text, format(9)).unwrap();
    }
    book.save_to_buffer().unwrap()
}

/// A sheet of one filled cell and so many empty ones that are painted.
fn empties(count: u32) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet_with_constant_memory().unwrap();
    let painted = Format::new().set_background_color(0x00_B0_50);
    for row in 0..count / 10 {
        for column in 0..10 {
            sheet.write_blank(row, column, &painted).unwrap();
        }
    }
    sheet.write(count / 10, 0, "The end").unwrap();
    book.save_to_buffer().unwrap()
}

/// The most memory this process had so far, in KiB, where the system tells it.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().split(' ').next()?.parse().ok())
}

/// Reads a file in a process of its own and prints how far its memory grew by that.
fn grow(path: &str) {
    let bytes = std::fs::read(path).unwrap();
    let before = peak();
    let workbook = read::workbook(FileId(0), "a.xlsx", &bytes, &|_| true).unwrap();
    assert_eq!(workbook.sheets[0].cells().len(), 1);
    if let (Some(before), Some(after)) = (before, peak()) {
        print!("{} KiB", after - before);
    }
}

fn memory() {
    let program = std::env::current_exe().unwrap();
    for count in [0, 10_000, 100_000, 1_000_000] {
        let path =
            std::env::temp_dir().join(format!("quarterday-empties-{}-{count}.xlsx", std::process::id()));
        std::fs::write(&path, empties(count)).unwrap();
        let done = std::process::Command::new(&program).arg("--grow").arg(&path).output().unwrap();
        std::fs::remove_file(&path).unwrap();
        assert!(done.status.success());
        println!("{count} empty painted cells: memory grows by {}", String::from_utf8_lossy(&done.stdout));
    }
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

/// The same pass with formulas, its cells kept as the product keeps them: a shared text once.
fn kept(bytes: &[u8]) -> (Duration, u64) {
    let start = now();
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    let name = book.sheet_names()[0].clone();
    let mut reader = book.worksheet_cells_reader(&name).unwrap();
    let mut sheet = Sheet::new(FileId(0), SheetId(0), name);
    let mut recent: Vec<(usize, Option<TextRef>)> = vec![(0, None); 1 << 10];
    while let Some(record) = reader.next_cell_with_formula_metadata().unwrap() {
        let at = CellRef::new(record.pos.0, u16::try_from(record.pos.1).unwrap());
        match record.value {
            DataRef::SharedString(text) => {
                let address = text.as_ptr().addr();
                let slot = &mut recent[(address >> 4) % (1 << 10)];
                match slot {
                    (known, Some(kept)) if *known == address => sheet.push_again(at, *kept),
                    _ => *slot = (address, Some(sheet.push_text(at, text))),
                }
            }
            DataRef::String(text) => sheet.push(at, Raw::Text(&text)),
            DataRef::Float(number) => sheet.push(at, Raw::Number(number)),
            DataRef::Empty => {}
            other => panic!("the workbooks made here hold no {other:?}"),
        }
    }
    sheet.finish();
    (now().saturating_sub(start), sheet.cells().len() as u64)
}

fn ours(bytes: &[u8]) -> (Duration, u64) {
    let start = now();
    let workbook = read::workbook(FileId(0), "a.xlsx", bytes, &|_| true).unwrap();
    (now().saturating_sub(start), workbook.sheets[0].cells().len() as u64)
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let Some(path) = arguments.iter().position(|argument| argument == "--grow") {
        return grow(&arguments[path + 1]);
    }
    let cases = [
        ("shared text", returns(100_000, Looks::Shared)),
        ("inline text", returns(100_000, Looks::Inline)),
        ("every cell painted", returns(100_000, Looks::Styled)),
        ("every cell painted, in stripes", returns(100_000, Looks::Striped)),
        ("a million empty painted cells", empties(1_000_000)),
    ];
    for (name, bytes) in cases {
        let (mut best_bare, mut best_kept, mut best_ours) = (Duration::MAX, Duration::MAX, Duration::MAX);
        for _ in 0..7 {
            let (bare, expected) = bare(&bytes);
            let (kept, same) = kept(&bytes);
            let (ours, cells) = ours(&bytes);
            assert_eq!((cells, same), (expected, expected));
            best_bare = best_bare.min(bare);
            best_kept = best_kept.min(kept);
            best_ours = best_ours.min(ours);
        }
        let ratio = best_ours.as_secs_f64() / best_bare.as_secs_f64();
        let guards = best_ours.as_secs_f64() / best_kept.as_secs_f64() * 100.0 - 100.0;
        println!(
            "{name}: {ratio:.2} of a bare pass ({best_ours:.2?} against {best_bare:.2?}); guards and looks {guards:+.1}% \
             over the same cells kept without ({best_kept:.2?})"
        );
    }
    memory();
}

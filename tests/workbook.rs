//! The consolidated workbook, read back.

#[path = "workbook/demo.rs"]
mod demo;
#[path = "workbook/look.rs"]
mod look;

use demo::{consolidated, round, rows};
use look::Book as Seen;
use quarterday::finding::Finding;
use quarterday::model::{Consolidated, PartnerId, Record, Sink as _};
use quarterday::round::Round;
use quarterday::write::{Book, LongText};
use std::io::Cursor;

type Rows = Vec<(usize, PartnerId, Record)>;

fn make(round: &Round, rows: &Rows, merged: &Consolidated, findings: &[Finding]) -> (Vec<u8>, Vec<LongText>) {
    let scratch = tempfile::tempdir().unwrap();
    let mut book = Book::new(round, scratch.path()).unwrap();
    for (id, info) in (0u32..).zip(&merged.places.files) {
        book.file(quarterday::model::FileId(id), info).unwrap();
    }
    let mut ordinals = vec![0u32; round.schema.tables.len()];
    for (table, partner, record) in rows {
        book.merged(*table, ordinals[*table], *partner, record).unwrap();
        ordinals[*table] += 1;
    }
    let taken: Vec<u32> = book.taken().iter().map(|(rows, _)| *rows).collect();
    assert_eq!(taken, ordinals);
    let mut out = Cursor::new(Vec::new());
    let long = book.finish(merged, findings, &mut out).unwrap();
    (out.into_inner(), long)
}

fn demo_book() -> (Seen, Vec<u8>) {
    let round = round();
    let rows = rows();
    let (bytes, _) = make(&round, &rows, &consolidated(&round, &rows), &[]);
    if let Ok(path) = std::env::var("QUARTERDAY_KEEP_WORKBOOK") {
        std::fs::write(path, &bytes).unwrap();
    }
    (Seen::open(&bytes), bytes)
}

#[test]
fn sheets_come_in_the_declared_order_and_the_first_opens() {
    let (seen, _) = demo_book();
    let declared: Vec<String> = round().schema.outputs.into_iter().map(|output| output.sheet).collect();
    assert_eq!(seen.sheets(), declared);
}

#[test]
fn dump() {
    let (seen, _) = demo_book();
    for sheet in seen.sheets() {
        println!("=== {sheet}\n{}", seen.text(&sheet));
    }
}

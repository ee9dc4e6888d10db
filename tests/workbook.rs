//! The consolidated workbook, read back.

#![allow(
    clippy::unwrap_used,
    clippy::float_arithmetic,
    reason = "a test may stop; ratios of times are no money"
)]

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
use std::collections::BTreeSet;
use std::io::Cursor;

/// What a text that is cut ends in.
const MARK: &str = " … [cut here; the whole text is in the list of long texts beside this workbook]";

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
fn every_sheet_reads_back() {
    let (seen, _) = demo_book();
    let sheets: Vec<String> =
        seen.sheets().iter().map(|sheet| format!("=== {sheet}\n{}\n", seen.text(sheet))).collect();
    let text =
        sheets.join("\n").replace(concat!("quarterday ", env!("CARGO_PKG_VERSION")), "quarterday ‹version›");
    insta::assert_snapshot!(text);
}

#[test]
fn the_same_round_gives_the_same_bytes() {
    let (_, first) = demo_book();
    std::thread::sleep(std::time::Duration::from_millis(1100));
    let (_, second) = demo_book();
    assert!(first == second, "a second run gave other bytes");
}

#[test]
fn nothing_is_hidden_in_the_package() {
    let (_, bytes) = demo_book();
    let parts = look::parts(&bytes);
    for (name, text) in &parts {
        for part in
            ["external", "vba", "pivot", "comments", "threaded", "embeddings", "connections", "customXml"]
        {
            assert!(!name.to_lowercase().contains(part), "{name}");
        }
        for mark in
            ["hidden=\"1\"", "hidden=\"true\"", "veryHidden", "state=\"hidden\"", "TargetMode=\"External\""]
        {
            assert!(!text.contains(mark), "{mark} in {name}");
        }
    }
    let names = parts["xl/workbook.xml"].matches("<definedName ").count();
    let titles = parts["xl/workbook.xml"].matches("_xlnm.Print_Titles").count();
    assert_eq!(names, titles, "no defined names but those of repeated headings");
    assert!(parts["docProps/core.xml"].contains("<dc:creator>Example Board &amp; Co</dc:creator>"));
    assert!(parts["docProps/core.xml"].contains("2014-03-31T00:00:00Z"));
    assert!(parts["docProps/app.xml"].contains("<Company>Example Board &amp; Co</Company>"));
}

#[test]
fn every_sheet_is_set_up_for_printing() {
    let (seen, bytes) = demo_book();
    let parts = look::parts(&bytes);
    for place in 1..=seen.sheets().len() {
        let sheet = &parts[&format!("xl/worksheets/sheet{place}.xml")];
        for mark in [
            "orientation=\"landscape\"",
            "paperSize=\"9\"",
            "<pageSetUpPr fitToPage=\"1\"/>",
            "&amp;R&amp;10&amp;\"Arial,Bold\"OFFICIAL-SENSITIVE</oddHeader>",
            "&amp;C&amp;10&amp;\"Arial,Bold\"OFFICIAL-SENSITIVE&amp;R",
            "page &amp;P of &amp;N",
        ] {
            assert!(sheet.contains(mark), "{mark} is not in sheet {place}");
        }
        // The first sheet is one page, and so is a short table of money with its chart; the others are as many as they need.
        let one_page = place == 1 || seen.sheets()[place - 1] == "Contributions";
        assert_eq!(sheet.contains("fitToHeight=\"0\""), !one_page, "sheet {place}");
        assert!(place == 1 || sheet.contains("state=\"frozen\""), "sheet {place}");
        assert!(!sheet.contains("<mergeCell"), "sheet {place}");
        let name = &seen.sheets()[place - 1];
        let (title, strap) = (seen.value(name, 0, 0).to_string(), seen.value(name, 1, 0).to_string());
        let printed = format!("&amp;L&amp;8&amp;\"Arial,Regular\"{}&amp;R", title.replace('&', "&amp;&amp;"));
        assert!(sheet.contains(&printed), "the printed title of {name} is that of the sheet");
        assert!(strap.starts_with("OFFICIAL-SENSITIVE · Example Board & Co · "), "{strap}");
    }
    assert!(parts["docProps/core.xml"].contains("<cp:category>OFFICIAL-SENSITIVE</cp:category>"));
    assert!(parts["docProps/custom.xml"].contains("<vt:lpwstr>OFFICIAL-SENSITIVE</vt:lpwstr>"));
}

#[test]
fn text_from_a_partner_is_never_a_formula() {
    let (seen, _) = demo_book();
    assert_eq!(seen.value("By agency", 5, 4).to_string(), "=1+1 is text, not a formula");
    assert_eq!(seen.formula("By agency", 5, 4), None);
}

/// The formats of a package's cells: what stands in `<xf …>` of each, and of each cell of a sheet its format and look.
fn formats(styles: &str) -> Vec<String> {
    let cells = styles.split("<cellXfs").nth(1).unwrap().split("</cellXfs>").next().unwrap();
    cells.split("<xf ").skip(1).map(|xf| xf.split("</xf>").next().unwrap().to_owned()).collect()
}

fn style_of(sheet: &str, cell: &str) -> usize {
    let tag = sheet.split(&format!("<c r=\"{cell}\"")).nth(1).unwrap().split('>').next().unwrap();
    tag.split("s=\"").nth(1).unwrap().split('"').next().unwrap().parse().unwrap()
}

/// Whoever presses F2 and Enter in such a cell still has the text.
#[test]
fn a_text_that_looks_like_a_formula_is_quoted_and_keeps_its_look() {
    for count in [5, 20_500] {
        let (round, mut rows) = many(count);
        let typed = ["=1+1", "+7 days", "- one", "@home", "\tindented", "plain"];
        for (row, text) in rows.iter_mut().zip(typed) {
            row.2.cells[4].reading =
                quarterday::model::Reading::Value(quarterday::model::Value::Text(text.into()));
        }
        rows.push((0, PartnerId(0), demo::plan_row(0, 6 + count, "1.1", 0, "plain", "0.10")));
        let merged = Consolidated { register: Vec::new(), ..consolidated(&round, &Vec::new()) };
        let (bytes, _) = make(&round, &rows, &merged, &[]);
        let parts = look::parts(&bytes);
        let (sheet, formats) = (&parts["xl/worksheets/sheet1.xml"], formats(&parts["xl/styles.xml"]));
        let plain = || {
            let column = sheet.split("<col ").skip(1).find(|one| one.starts_with("min=\"5\"")).unwrap();
            column.split("style=\"").nth(1).unwrap().split('"').next().unwrap().parse().unwrap()
        };
        let last = style_if_any(sheet, &format!("E{}", 6 + count)).unwrap_or_else(plain);
        for row in 6..11 {
            let quoted = &formats[style_of(sheet, &format!("E{row}"))];
            assert!(quoted.contains("quotePrefix=\"1\""), "E{row}: {quoted}");
            assert_eq!(quoted.replace(" quotePrefix=\"1\"", ""), formats[last], "E{row} of {count}");
        }
        assert!(!formats[last].contains("quotePrefix"), "{}", formats[last]);
    }
}

fn style_if_any(sheet: &str, cell: &str) -> Option<usize> {
    let tag = sheet.split(&format!("<c r=\"{cell}\"")).nth(1)?.split('>').next()?;
    tag.contains("s=\"").then(|| style_of(sheet, cell))
}

#[test]
fn links_lead_to_sheets_that_exist() {
    let (seen, bytes) = demo_book();
    let mut links = 0;
    for text in look::parts(&bytes).values() {
        for piece in text.split("<hyperlink ").skip(1) {
            let target = piece.split("location=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
            let sheet = target.rsplit_once('!').unwrap().0.trim_matches('\'').replace("&amp;", "&");
            assert!(seen.sheets().contains(&sheet), "{target}");
            links += 1;
        }
    }
    assert!(links > 20, "{links}");
}

/// A round of one table with many rows.
fn many(rows: u32) -> (Round, Rows) {
    let mut round = round();
    let wanted = |name: &str| ["By agency", "Definitions"].contains(&name);
    round.schema.outputs.retain(|output| wanted(&output.sheet));
    let row = |number: u32| (0, PartnerId(0), demo::plan_row(0, number, "1.1", 0, "Not begun", "0.10"));
    (round, (6..6 + rows).map(row).collect())
}

#[test]
fn a_long_table_leaves_memory_and_keeps_filters_and_totals() {
    let (round, rows) = many(20_500);
    let merged = Consolidated { register: Vec::new(), ..consolidated(&round, &Vec::new()) };
    let (bytes, _) = make(&round, &rows, &merged, &[]);
    let parts = look::parts(&bytes);
    let sheet = &parts["xl/worksheets/sheet1.xml"];
    assert!(!sheet.contains("<tablePart"), "a long table is no Excel table");
    assert!(sheet.contains("<autoFilter ref=\"A5:N20505\""));
    assert!(sheet.contains("<conditionalFormatting"), "ratings are coloured by rule");
    assert!(!parts["xl/sharedStrings.xml"].contains("Not begun"), "texts stand in their cells");
    let seen = Seen::open(&bytes);
    assert_eq!(seen.formula("By agency", 20_505, 6).as_deref(), Some("SUM(G6:G20505)"));
    assert_eq!(seen.value("By agency", 20_505, 6).to_string(), "2050");
    let last = seen.text("By agency").lines().nth(3 + 20_499).unwrap().to_owned();
    assert!(last.ends_with("Alpha | alpha.xlsx | Plan & money | 20506"), "{last}");
}

#[test]
fn a_text_too_long_for_a_cell_is_cut_and_kept_whole() {
    let (round, mut rows) = many(2);
    let long = "word ".repeat(8_000);
    rows[1].2.cells[4].reading =
        quarterday::model::Reading::Value(quarterday::model::Value::Text(long.as_str().into()));
    let merged = Consolidated { register: Vec::new(), ..consolidated(&round, &Vec::new()) };
    let (bytes, texts) = make(&round, &rows, &merged, &[]);
    assert_eq!(texts.len(), 1);
    assert_eq!(texts[0].text, long);
    assert_eq!(
        (texts[0].shown.as_str(), texts[0].place.as_str(), texts[0].field.as_str()),
        ("By agency!E7", "alpha.xlsx › Plan & money!E8", "Update")
    );
    let shown = Seen::open(&bytes).value("By agency", 6, 4).to_string();
    assert!(shown.encode_utf16().count() <= 32_767);
    assert!(shown.ends_with(MARK));
}

/// Whatever cell of the workbook ends in the mark, the whole of its text is in the list.
#[test]
fn every_text_that_is_cut_is_kept_whole() {
    use quarterday::model::{Misread, Reading, Unreadable};
    let (round, mut rows) = (round(), rows());
    let unread = "=who knows ".repeat(3_000);
    rows[0].2.cells[3].reading =
        Reading::Unreadable(Box::new(Unreadable { raw: unread.clone(), why: Misread::NotThis }));
    let mut merged = consolidated(&round, &rows);
    let parts = ["a ".repeat(10_000), "b ".repeat(10_000)];
    merged.held[0].cells = parts.to_vec();
    merged.held[0].why = "why ".repeat(9_000);
    merged.skipped[0].why = "passed over ".repeat(9_000);
    let (bytes, texts) = make(&round, &rows, &merged, &[]);
    let seen = Seen::open(&bytes);
    let (mut marked, mut listed) = (BTreeSet::new(), BTreeSet::new());
    for sheet in seen.sheets() {
        for (row, column) in seen.cells(&sheet) {
            if let Some(start) = seen.value(&sheet, row, column).to_string().strip_suffix(MARK) {
                let place = format!(
                    "{sheet}!{}",
                    quarterday::model::CellRef::new(row, u16::try_from(column).unwrap())
                );
                assert!(
                    texts.iter().any(|text| text.text.starts_with(start) && text.shown.contains(&place)),
                    "{place}"
                );
                marked.insert(place);
            }
        }
    }
    for text in &texts {
        listed.extend(text.shown.split("; ").map(str::to_owned));
    }
    assert_eq!(marked, listed, "cells with the mark against cells that the list names");
    let about = |start: &str| texts.iter().find(|text| text.text.starts_with(start)).unwrap();
    let whole = about("=who knows");
    assert_eq!((whole.place.as_str(), &whole.text), ("alpha.xlsx › Plan & money!D7", &unread));
    assert!(whole.shown.contains("By agency!"), "{}", whole.shown);
    let row = about("Ref: a a ");
    assert!(row.text.contains(&parts[0]) && row.text.ends_with(&parts[1]));
    assert_eq!(row.place, "alpha.xlsx › Plan & money!A10");
    assert_eq!(about("why ").text, merged.held[0].why);
    assert_eq!(about("passed over ").text, merged.skipped[0].why);
}

#[test]
fn money_is_counted_to_the_penny_as_it_is_taken() {
    let round = round();
    let scratch = tempfile::tempdir().unwrap();
    let mut book = Book::new(&round, scratch.path()).unwrap();
    for (ordinal, (table, partner, record)) in (0u32..).zip(rows()) {
        book.merged(table, ordinal, partner, &record).unwrap();
    }
    let taken: Vec<(u32, String)> =
        book.taken().into_iter().map(|(rows, pounds)| (rows, pounds.normalize().to_string())).collect();
    let expected = [(4, "41"), (2, "1545"), (2, "421.5"), (3, "0")];
    assert_eq!(taken, expected.map(|(rows, pounds)| (rows, pounds.to_owned())));
}

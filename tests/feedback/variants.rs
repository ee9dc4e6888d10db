//! A workbook with notes, a table, a filter and names, written in ways that are allowed and seldom, and in ways that are not
//! touched.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Note, Table, Workbook};
use std::io::{Cursor, Read as _, Write as _};

fn base() -> Vec<u8> {
    let mut book = Workbook::new();
    let made = ExcelDateTime::from_ymd(2014, 4, 1).unwrap();
    book.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let bold = Format::new().set_bold();
    let sheet = book.add_worksheet().set_name("Rob's & co").unwrap();
    for (column, heading) in (0..).zip(["Ref", "Budget", "Actual"]) {
        sheet.write_with_format(0, column, heading, &bold).unwrap();
    }
    for row in 1..6_u32 {
        sheet.write(row, 0, format!("1.{row}")).unwrap();
        sheet.write(row, 1, row * 100).unwrap();
        sheet.write_formula(row, 2, format!("=B{}*2", row + 1).as_str()).unwrap();
    }
    sheet.insert_note(2, 1, &Note::new("Theirs").set_author("A. Officer")).unwrap();
    sheet.add_table(0, 0, 5, 2, &Table::new()).unwrap();
    sheet.set_column_format(7, &Format::new().set_background_color("FF0000")).unwrap();
    let other = book.add_worksheet().set_name("Second").unwrap();
    other.write(0, 0, "x").unwrap();
    other.set_active(true);
    book.define_name("Second!Local", "=Second!$A$1").unwrap();
    book.save_to_buffer().unwrap()
}

/// The workbook with the text of each part changed; parts for which nothing is given are left out.
pub(crate) fn changed(bytes: &[u8], change: impl Fn(&str, String) -> Option<String>) -> Vec<u8> {
    let mut from = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for place in 0..from.len() {
        let mut file = from.by_index(place).unwrap();
        let name = file.name().unwrap().into_owned();
        let mut text = String::new();
        file.read_to_string(&mut text).unwrap();
        if let Some(text) = change(&name, text) {
            to.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            to.write_all(text.as_bytes()).unwrap();
        }
    }
    to.finish().unwrap().into_inner()
}

fn in_part(part: &str, change: impl Fn(String) -> String) -> Vec<u8> {
    changed(&base(), |name, text| Some(if name == part { change(text) } else { text }))
}

const SHEET: &str = "xl/worksheets/sheet1.xml";
const BOOK: &str = "xl/workbook.xml";

/// Every name in the language of sheets with a prefix.
fn prefixed(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        let (before, after) = rest.split_at(at + 1);
        out.push_str(before);
        rest = after;
        let slash = if let Some(after) = rest.strip_prefix('/') {
            rest = after;
            "/"
        } else {
            ""
        };
        let name: String = rest.chars().take_while(|c| !c.is_whitespace() && !"/>".contains(*c)).collect();
        let plain = !name.starts_with(['?', '!']) && !name.contains(':');
        out += slash;
        out += if plain { "x:" } else { "" };
    }
    out += rest;
    out.replacen("xmlns=", "xmlns:x=", 1)
}

fn strict(text: &str) -> String {
    text.replace(
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
    )
    .replace(
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "http://purl.oclc.org/ooxml/officeDocument/relationships",
    )
}

/// Without the attribute that says where rows and cells are.
fn without_places(text: &str) -> String {
    let mut out = String::new();
    for piece in text.split_inclusive('>') {
        let begins = piece.trim_start_matches(|c| c != '<');
        let named = begins.starts_with("<row ") || begins.starts_with("<c ");
        match piece.find(" r=\"").filter(|_| named) {
            Some(at) => {
                let end = at + 4 + piece[at + 4..].find('"').unwrap() + 1;
                out += &piece[..at];
                out += &piece[end..];
            }
            None => out += piece,
        }
    }
    out
}

#[expect(clippy::too_many_lines, reason = "a list")]
pub(crate) fn all() -> Vec<(&'static str, Vec<u8>)> {
    let sheets =
        |name: &str| name.starts_with("xl/worksheets/sheet") || name == "xl/styles.xml" || name == BOOK;
    vec![
        ("as it is", base()),
        ("strict", changed(&base(), |_, text| Some(strict(&text)))),
        (
            "prefixed",
            changed(&base(), |name, text| {
                Some(if sheets(name) || name.contains("comments") { prefixed(&text) } else { text })
            }),
        ),
        (
            "absolute",
            changed(&base(), |name, text| {
                let text = if name.ends_with("workbook.xml.rels") {
                    text.replace("Target=\"", "Target=\"/xl/")
                } else {
                    text
                };
                Some(text.replace("Target=\"../", "Target=\"/xl/"))
            }),
        ),
        ("places not stated", in_part(SHEET, |text| without_places(&text))),
        (
            "marks of order and line ends",
            changed(&base(), |name, text| {
                Some(if sheets(name) {
                    format!("\u{feff}{}", text.replacen("?>\n", "?>\r\n", 1))
                } else {
                    text
                })
            }),
        ),
        (
            "single quotation marks",
            in_part(SHEET, |text| text.replace("\" s=\"1\"", "\" s='1'").replace("r=\"A2\"", "r = 'A2'")),
        ),
        (
            "comments between",
            in_part(SHEET, |text| {
                text.replace("<sheetData>", "<!-- <row r=\"9\"> --><sheetData>\n<!-- x -->")
            }),
        ),
        (
            "choices behind the notes",
            in_part(SHEET, |text| {
                text.replace(
                    "<tableParts",
                    "<mc:AlternateContent xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\"><mc:Fallback/></mc:AlternateContent><tableParts",
                )
            }),
        ),
        (
            "empty sheet data",
            in_part("xl/worksheets/sheet2.xml", |text| {
                let (start, rest) = text.split_once("<sheetData>").unwrap();
                format!("{start}<sheetData/>{}", rest.split_once("</sheetData>").unwrap().1)
            }),
        ),
        (
            "a list of that name",
            in_part(BOOK, |text| {
                text.replace("name=\"Second\"", "name=\"please FIX\"").replace("Second!", "'please FIX'!")
            }),
        ),
        (
            "sheet protection",
            in_part("xl/worksheets/sheet2.xml", |text| {
                text.replace("</sheetData>", "</sheetData><sheetProtection sheet=\"1\"/>")
            }),
        ),
        (
            "no formats",
            changed(&base(), |name, text| match name {
                "xl/styles.xml" => None,
                "[Content_Types].xml" => Some(without_tag(&text, "/xl/styles.xml")),
                "xl/_rels/workbook.xml.rels" => Some(without_tag(&text, "styles.xml")),
                SHEET => {
                    Some(text.replace(" s=\"1\"", "").replace(" s=\"2\"", "").replace(" style=\"2\"", ""))
                }
                _ => Some(text),
            }),
        ),
    ]
}

/// Without the first tag that holds these words.
fn without_tag(text: &str, words: &str) -> String {
    let at = text.find(words).unwrap();
    let (start, end) = (text[..at].rfind('<').unwrap(), at + text[at..].find('>').unwrap() + 1);
    [&text[..start], &text[end..]].concat()
}

pub(crate) fn unfit() -> Vec<(&'static str, Vec<u8>)> {
    let signed = changed(&base(), |name, text| {
        let tie = "<Relationship Id=\"rIdS\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin\" Target=\"_xmlsignatures/origin.sigs\"/></Relationships>";
        Some(if name == "_rels/.rels" { text.replace("</Relationships>", tie) } else { text })
    });
    let shared = in_part("xl/_rels/workbook.xml.rels", |text| {
        let tie = "<Relationship Id=\"rIdNoSuch\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/revisionHeaders\" Target=\"revisions/revisionHeaders.xml\"/></Relationships>";
        text.replace("</Relationships>", tie)
    });
    vec![
        ("text", b"a,b\n1,2\n".to_vec()),
        ("signed", signed),
        ("shared", shared),
        (
            "pattern",
            in_part("[Content_Types].xml", |text| text.replace("sheet.main+xml", "template.main+xml")),
        ),
        ("rows out of order", in_part(SHEET, |text| text.replace("<row r=\"3\"", "<row r=\"1\""))),
        ("cells out of order", in_part(SHEET, |text| text.replace("r=\"B1\"", "r=\"A1\""))),
        ("tags that do not fit", in_part("xl/styles.xml", |text| text.replace("</fills>", ""))),
        (
            "a format that is not there",
            in_part(SHEET, |text| text.replacen("<c r=\"A1\" t", "<c r=\"A1\" s=\"999\" t", 1)),
        ),
        ("another alphabet", in_part(BOOK, |text| text.replace("UTF-8", "windows-1252"))),
        (
            "another language",
            in_part(BOOK, |text| text.replace("spreadsheetml/2006/main", "spreadsheetml/2099/main")),
        ),
        ("a document type", in_part("xl/styles.xml", |text| text.replacen("?>", "?><!DOCTYPE a>", 1))),
    ]
}

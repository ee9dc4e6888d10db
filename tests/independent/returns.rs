//! The files of a case: the base return with the case's own cells laid over it, as real workbooks.

use crate::support::cells::Cell;
use crate::support::notation::{Case, File, SheetText};
use crate::support::workbooks;
use std::fs;
use std::io::{Cursor, Read as _, Write as _};

/// What the only file of a case is called if the case gives it no name.
pub(crate) const USUAL: &str = "NHS Herefordshire Q4.xlsx";

/// The names and bytes of a case's files.
pub(crate) fn of(case: &Case, base: &File) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<File> = case.files.iter().map(|file| laid_over(base, file)).collect();
    for (info, _) in &case.blocks {
        if let Some(name) = info.strip_prefix("made ")
            && files.iter().all(|file| file.name != name)
        {
            files.push(File { name: name.to_owned(), ..base.clone() });
        }
    }
    let raw: Vec<_> = case.blocks.iter().filter(|(info, _)| info.starts_with("bytes ")).collect();
    if files.is_empty() && raw.is_empty() {
        files.push(File { name: USUAL.to_owned(), ..base.clone() });
    }
    let mut all: Vec<(String, Vec<u8>)> = files
        .into_iter()
        .map(|mut file| {
            let how: Vec<&str> = case
                .blocks
                .iter()
                .filter(|(info, _)| info.strip_prefix("made ") == Some(file.name.as_str()))
                .flat_map(|(_, text)| text.lines())
                .collect();
            if how.contains(&"mac dates") {
                count_from_1904(&mut file);
            }
            let bytes = workbooks::xlsx(&file);
            (file.name, how.iter().fold(bytes, |bytes, how| made(&bytes, how)))
        })
        .collect();
    for (info, text) in raw {
        all.push((info["bytes ".len()..].to_owned(), text.trim_end().as_bytes().to_vec()));
    }
    all
}

/// The base return with the sheets of a file over its own.
///
/// A sheet called as one of the base changes cells of it; `NAME (own)` stands in its place, `NAME (for OTHER)` in the
/// place of `OTHER`, `NAME (none)` takes it out; any other is added. A cell of `""` is emptied.
fn laid_over(base: &File, own: &File) -> File {
    let name = if own.name == "return.xlsx" { USUAL } else { &own.name };
    let mut file = File { name: name.to_owned(), sheets: base.sheets.clone(), ..own.clone() };
    for sheet in &own.sheets {
        let marked = sheet.name.strip_suffix(')').and_then(|text| text.rsplit_once(" ("));
        let known = |(_, what): &(&str, &str)| ["own", "none"].contains(what) || what.starts_with("for ");
        let (called, what) = marked.filter(known).unwrap_or((sheet.name.as_str(), ""));
        let target = what.strip_prefix("for ").unwrap_or(called);
        let place = file.sheets.iter().position(|there| there.name == target);
        let whole = SheetText { name: called.to_owned(), ..sheet.clone() };
        match (what, place) {
            ("none", Some(place)) => drop(file.sheets.remove(place)),
            ("", Some(place)) => change(&mut file.sheets[place], sheet),
            ("", None) => file.sheets.push(whole),
            (_, Some(place)) => file.sheets[place] = whole,
            (_, None) => panic!("{}: the base has no sheet {target}", own.name),
        }
    }
    file
}

/// Lays a sheet over another.
pub(crate) fn change(there: &mut SheetText, own: &SheetText) {
    there.cells.retain(|(at, _)| own.cells.iter().all(|(other, _)| other != at));
    let filled = |cell: &Cell| !matches!(cell, Cell::Text(text) if text.is_empty());
    there.cells.extend(own.cells.iter().filter(|(_, cell)| filled(cell)).cloned());
    there.merged.extend(&own.merged);
    there.marks.extend(own.marks.iter().cloned());
    there.hidden |= own.hidden;
}

/// Moves every date so that it is the same day in a workbook that counts from 1904.
pub(crate) fn count_from_1904(file: &mut File) {
    for (_, cell) in file.sheets.iter_mut().flat_map(|sheet| &mut sheet.cells) {
        if let Cell::Date(date) = cell {
            *date = date.checked_sub(jiff::Span::new().days(1462)).expect("a day of the calendar");
        }
    }
}

/// A workbook changed in a way that the writer has no word for.
pub(crate) fn made(bytes: &[u8], how: &str) -> Vec<u8> {
    match how {
        "half" => bytes[..bytes.len() / 2].to_vec(),
        "empty" => Vec::new(),
        "password" => fs::read("tests/excel/password.xlsx").expect("it is there"),
        "old format" => {
            fs::read("samples/2013-14-q4-messy/returns/NHS Herefordshire Q4.xls").expect("it is there")
        }
        "mac dates" => rewritten(bytes, &[], |name, text| {
            if name == "xl/workbook.xml" {
                text.replace("<workbookPr ", "<workbookPr date1904=\"1\" ")
            } else {
                text
            }
        }),
        "macros" => rewritten(bytes, &[("xl/vbaProject.bin", "not a real project")], |name, text| {
            match name {
            "[Content_Types].xml" => text
                .replace("officedocument.spreadsheetml.sheet.main", "MACRO")
                .replace("vnd.openxmlformats-MACRO", "vnd.ms-excel.sheet.macroEnabled.main")
                .replace("<Override ", "<Default Extension=\"bin\" ContentType=\"application/vnd.ms-office.vbaProject\"/><Override "),
            "xl/_rels/workbook.xml.rels" => text.replace(
                "</Relationships>",
                "<Relationship Id=\"rId90\" Type=\"http://schemas.microsoft.com/office/2006/relationships/vbaProject\" Target=\"vbaProject.bin\"/></Relationships>",
            ),
            _ => text,
        }
        }),
        "links" => linked(bytes),
        other => panic!("nothing is made so: {other}"),
    }
}

/// Gives the workbook a link to another one, which formulas name as `[1]`.
fn linked(bytes: &[u8]) -> Vec<u8> {
    const LINK: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><externalBook r:id="rId1"><sheetNames><sheetName val="Budget"/></sheetNames></externalBook></externalLink>"#;
    const TARGET: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLinkPath" Target="Partnership%20budget%202013-14.xlsx" TargetMode="External"/></Relationships>"#;
    let parts = [
        ("xl/externalLinks/externalLink1.xml", LINK),
        ("xl/externalLinks/_rels/externalLink1.xml.rels", TARGET),
    ];
    rewritten(bytes, &parts, |name, text| {
        match name {
        "[Content_Types].xml" => text.replace("</Types>", "<Override PartName=\"/xl/externalLinks/externalLink1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.externalLink+xml\"/></Types>"),
        "xl/_rels/workbook.xml.rels" => text.replace("</Relationships>", "<Relationship Id=\"rId91\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLink\" Target=\"externalLinks/externalLink1.xml\"/></Relationships>"),
        "xl/workbook.xml" => text.replace("</sheets>", "</sheets><externalReferences><externalReference r:id=\"rId91\"/></externalReferences>"),
        _ => text,
    }
    })
}

/// The package with its parts of text changed and others added.
fn rewritten(bytes: &[u8], more: &[(&str, &str)], change: impl Fn(&str, String) -> String) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("the writer makes a package");
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).expect("the part is listed");
        let name = part.name().expect("the writer names parts in ASCII").into_owned();
        let mut content = Vec::new();
        part.read_to_end(&mut content).expect("the part is whole");
        content = match String::from_utf8(content) {
            Ok(text) => change(&name, text).into_bytes(),
            Err(other) => other.into_bytes(),
        };
        out.start_file(name, options).expect("the name is new");
        out.write_all(&content).expect("memory takes it");
    }
    for (name, text) in more {
        out.start_file(*name, options).expect("the name is new");
        out.write_all(text.as_bytes()).expect("memory takes it");
    }
    out.finish().expect("memory takes it").into_inner()
}

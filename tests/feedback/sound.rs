//! What Excel objects to when it opens a workbook, as far as it is known.

use super::package::{Package, Piece, Tag, pieces, tags};
use std::collections::BTreeSet;

/// The children of a worksheet in the order of the standard (ECMA-376 part 1, `CT_Worksheet`).
const ORDER: &str = "sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges \
    scenarios autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr conditionalFormatting \
    dataValidations hyperlinks printOptions pageMargins pageSetup headerFooter rowBreaks colBreaks customProperties \
    cellWatches ignoredErrors smartTags drawing legacyDrawing legacyDrawingHF drawingHF picture oleObjects controls \
    webPublishItems tableParts extLst";

pub(crate) fn check(name: &str, package: &Package) {
    types(name, package);
    for (part, content) in &package.parts {
        if part.ends_with(".xml") || part.ends_with(".rels") {
            balanced(&format!("{name}: {part}"), &content.text());
        }
        if part.ends_with(".rels") {
            unique(name, part, tags(&content.text()).filter_map(|tag| tag.get("Id").map(str::to_owned)));
        }
    }
    let document = package.document();
    let book = package.text(&document);
    let sheets: Vec<Tag> = tags(&book).filter(|tag| tag.name() == "sheet").collect();
    for attribute in ["name", "sheetId", "id"] {
        unique(name, attribute, sheets.iter().map(|tag| tag.local(attribute).unwrap().to_lowercase()));
    }
    for tag in tags(&book).filter(|tag| tag.name() == "definedName") {
        if let Some(sheet) = tag.get("localSheetId") {
            assert!(sheet.parse::<usize>().unwrap() < sheets.len(), "{name}: {tag:?}");
        }
    }
    let formats = styles(name, package, &document);
    let mut selected = 0;
    for sheet in package.sheets() {
        selected += usize::from(worksheet(&format!("{name}: {sheet}"), package, &sheet, formats));
    }
    assert!(
        selected <= 1,
        "{name}: {selected} sheets are selected, so that what is typed goes into all of them"
    );
}

fn unique(name: &str, what: &str, all: impl Iterator<Item = String>) {
    let mut seen = BTreeSet::new();
    for one in all {
        assert!(seen.insert(one.clone()), "{name}: {what} {one} twice");
    }
}

fn balanced(name: &str, text: &str) {
    let mut open = Vec::new();
    for piece in pieces(text) {
        match piece {
            Piece::Open(tag) => {
                unique(name, "attribute", tag.attributes.iter().map(|(name, _)| name.clone()));
                open.push(tag.full_name().to_owned());
            }
            Piece::Close(closed) => assert_eq!(open.pop().as_deref(), Some(closed.as_str()), "{name}"),
            Piece::Text(_) => {}
        }
    }
    assert!(open.is_empty(), "{name}: {open:?} is not closed");
}

/// Every part has one type, and everything that is pointed to is there.
fn types(name: &str, package: &Package) {
    let list: Vec<Tag> = tags(&package.text("[Content_Types].xml")).collect();
    let of = |kind: &str, attribute: &str| {
        let all = list.iter().filter(|tag| tag.name() == kind);
        all.map(|tag| tag.get(attribute).unwrap().to_lowercase()).collect::<Vec<_>>()
    };
    let (endings, named) = (of("Default", "Extension"), of("Override", "PartName"));
    unique(name, "ending", endings.iter().cloned());
    unique(name, "type of", named.iter().cloned());
    for part in package.parts.keys().filter(|part| *part != "[Content_Types].xml") {
        let ending = part.rsplit('.').next().unwrap().to_lowercase();
        assert!(
            endings.contains(&ending) || named.contains(&format!("/{}", part.to_lowercase())),
            "{name}: {part} has no type"
        );
    }
    for part in package.parts.keys().filter(|part| !part.ends_with(".rels")) {
        for (id, _, target) in package.relations(part) {
            let there = package.parts.keys().any(|part| part.eq_ignore_ascii_case(&target));
            assert!(there || id.starts_with("rIdNoSuch"), "{name}: {part} points to {target}");
        }
    }
}

/// Counts agree with what is counted. Gives how many formats of cells there are.
fn styles(name: &str, package: &Package, document: &str) -> usize {
    let relations = package.relations(document);
    let (_, _, part) = relations.iter().find(|(_, kind, _)| kind.ends_with("/styles")).unwrap();
    let mut path: Vec<Tag> = Vec::new();
    let mut counts: Vec<(String, Option<usize>, usize)> = Vec::new();
    for piece in pieces(&package.text(part)) {
        match piece {
            Piece::Open(tag) => {
                if path.len() == 1 {
                    let stated = tag.get("count").map(|count| count.parse().unwrap());
                    counts.push((tag.name().to_owned(), stated, 0));
                }
                if path.len() == 2 {
                    counts.last_mut().unwrap().2 += 1;
                }
                path.push(tag);
            }
            Piece::Close(_) => drop(path.pop()),
            Piece::Text(_) => {}
        }
    }
    let count = |list: &str| counts.iter().find(|(own, _, _)| own == list).map_or(0, |(_, _, count)| *count);
    for (list, stated, count) in &counts {
        assert!(
            stated.is_none_or(|stated| stated == *count),
            "{name}: {list} has {count}, and says {stated:?}"
        );
    }
    let text = package.text(part);
    let formats = text.split_once("cellXfs").unwrap().1.split("cellXfs").next().unwrap();
    for tag in
        tags(&format!("<a {}</a>", formats.rsplit_once('<').unwrap().0)).filter(|tag| tag.name() == "xf")
    {
        for (id, list) in [("fontId", "fonts"), ("fillId", "fills"), ("borderId", "borders")] {
            let number = tag.get(id).map_or(0, |id| id.parse().unwrap());
            assert!(number < count(list), "{name}: {tag:?}");
        }
    }
    count("cellXfs")
}

/// True if the sheet is selected.
fn worksheet(name: &str, package: &Package, part: &str, formats: usize) -> bool {
    let order: Vec<&str> = ORDER.split_ascii_whitespace().collect();
    let (mut depth, mut last, mut row, mut column) = (0, 0, 0, 0);
    let mut selected = false;
    let mut ties = Vec::new();
    for piece in pieces(&package.text(part)) {
        let tag = match piece {
            Piece::Open(tag) => tag,
            Piece::Close(_) => {
                depth -= 1;
                continue;
            }
            Piece::Text(_) => continue,
        };
        depth += 1;
        match (depth, tag.name()) {
            (2, "AlternateContent") => {}
            (2, child) => {
                let place = order.iter().position(|known| *known == child);
                let place = place.unwrap_or_else(|| panic!("{name}: {child}"));
                assert!(
                    place > last || place == 0 || child == "conditionalFormatting",
                    "{name}: {child} is out of order"
                );
                last = place;
                if child == "legacyDrawing" {
                    ties.push(tag.local("id").unwrap().to_owned());
                }
            }
            (3, "sheetView") => selected |= matches!(tag.get("tabSelected"), Some("1" | "true")),
            (3, "row") => {
                let number = tag.get("r").map_or(row + 1, |row| row.parse::<u32>().unwrap());
                assert!(number > row, "{name}: row {number}");
                (row, column) = (number, 0);
            }
            (4, "c") => {
                let at = tag.get("r").and_then(quarterday::model::CellRef::parse);
                let number = at.map_or(column + 1, |at| u32::from(at.column) + 1);
                assert!(
                    number > column && at.is_none_or(|at| at.row + 1 == row),
                    "{name}: {tag:?} in row {row}"
                );
                column = number;
                assert!(
                    tag.get("s").is_none_or(|style| style.parse::<usize>().unwrap() < formats),
                    "{name}: {tag:?}"
                );
            }
            _ => {}
        }
    }
    notes(name, package, part, &ties);
    selected
}

/// Each note has one box, each box a number of its own in the drawing's block.
fn notes(name: &str, package: &Package, part: &str, ties: &[String]) {
    let relations = package.relations(part);
    assert!(ties.len() <= 1, "{name}");
    let Some((_, _, comments)) = relations.iter().find(|(_, kind, _)| kind.ends_with("/comments")) else {
        return;
    };
    let text = package.text(comments);
    let authors = tags(&text).filter(|tag| tag.name() == "author").count();
    let all: Vec<Tag> = tags(&text).filter(|tag| tag.name() == "comment").collect();
    unique(name, "note", all.iter().map(|tag| tag.get("ref").unwrap().to_owned()));
    assert!(all.iter().all(|tag| tag.get("authorId").unwrap().parse::<usize>().unwrap() < authors), "{name}");
    let Some(tie) = ties.first() else { panic!("{name}: notes without a drawing") };
    let (_, kind, drawing) = relations.iter().find(|(id, _, _)| id == tie).unwrap();
    assert!(kind.ends_with("/vmlDrawing"), "{name}");
    let drawing = package.text(drawing);
    balanced(name, &drawing);
    let shapes: Vec<Tag> = tags(&drawing).filter(|tag| tag.name() == "shape").collect();
    // LibreOffice gives all its own boxes the same name.
    let numbered = shapes.iter().filter_map(|tag| tag.get("id")).filter(|id| id.starts_with("_x0000_s"));
    unique(name, "box", numbered.map(str::to_owned));
    // LibreOffice repeats the kind of box for each.
    assert!(tags(&drawing).any(|tag| tag.get("id") == Some("_x0000_t202")), "{name}");
    assert_eq!(drawing.matches("ObjectType=\"Note\"").count(), all.len(), "{name}: notes and boxes");
}

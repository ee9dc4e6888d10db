//! Two packages held against each other: what was not touched is the same to the byte, what was touched differs only by
//! what was added.

use super::package::{Package, Piece, pieces};
use quarterday::feedback::Additions;
use quarterday::model::SheetId;
use std::collections::BTreeSet;

/// Elements that may be added, by the part.
const ADDED: [(&str, &[&str]); 7] = [
    ("[Content_Types].xml", &["Override", "Default"]),
    (".rels", &["Relationship"]),
    ("workbook.xml", &["sheet"]),
    ("styles.xml", &["font", "fill", "border", "xf"]),
    ("comments", &["author", "comment"]),
    ("vmlDrawing", &["shape", "shapetype"]),
    ("sheet", &["row", "c", "legacyDrawing"]),
];

/// Holds a workbook against what was made of it. Gives how many parts were copied as they were.
pub(crate) fn compare(
    name: &str,
    before: &Package,
    after: &Package,
    additions: &Additions,
    sheets: &[String],
) -> usize {
    let mut copied = 0;
    for (part, old) in &before.parts {
        let new = after.parts.get(part).unwrap_or_else(|| panic!("{name}: {part} is lost"));
        if old.packed == new.packed {
            copied += 1;
            continue;
        }
        assert_ne!(old.plain, new.plain, "{name}: {part} was packed again for nothing");
        let kind = ADDED.iter().find(|(kind, _)| part.contains(kind)).map(|(_, added)| *added);
        let added = kind.unwrap_or_else(|| panic!("{name}: {part} is touched"));
        let marked = sheets.iter().position(|sheet| sheet == part).map(|sheet| {
            let own =
                |mark: &&quarterday::feedback::Mark| mark.sheet == SheetId(u16::try_from(sheet).unwrap());
            additions.marks.iter().filter(own).map(|mark| mark.cell.to_string()).collect::<BTreeSet<_>>()
        });
        only_added(
            &format!("{name}: {part}"),
            part,
            (&old.text(), &new.text()),
            added,
            &marked.unwrap_or_default(),
        );
    }
    copied
}

/// Goes through both texts: whatever is not in the old one must be ours.
fn only_added(name: &str, part: &str, (old, new): (&str, &str), added: &[&str], marked: &BTreeSet<String>) {
    let (old, new) = (pieces(old), pieces(new));
    let mut at = 0;
    // Inside an element that was added.
    let mut depth = 0;
    for (place, piece) in new.iter().enumerate() {
        if depth == 0 && old.get(at).is_some_and(|old| same(part, old, piece, marked, &new[..place])) {
            at += 1;
            continue;
        }
        match piece {
            Piece::Open(tag) => {
                assert!(
                    depth > 0 || added.contains(&tag.name()),
                    "{name}: {tag:?} is added, before it {:?}",
                    old.get(at)
                );
                depth += 1;
            }
            Piece::Close(_) if depth > 0 => depth -= 1,
            Piece::Text(_) if depth > 0 => {}
            other => panic!("{name}: {other:?} instead of {:?}", old.get(at)),
        }
    }
    assert_eq!(at, old.len(), "{name}: lost from {:?}", old.get(at));
}

/// True if two pieces are the same but for what may change in place.
fn same(part: &str, old: &Piece, new: &Piece, marked: &BTreeSet<String>, before: &[Piece]) -> bool {
    if old == new {
        return true;
    }
    let (Piece::Open(old), Piece::Open(new)) = (old, new) else { return false };
    let may: &[&str] = match (part, new.name()) {
        (part, "fonts" | "fills" | "borders" | "cellXfs") if part.contains("styles") => &["count"],
        (part, "workbookView") if part.contains("workbook") => &["activeTab", "firstSheet"],
        (part, "definedName") if part.contains("workbook") => &["localSheetId"],
        (_, "sheetView") => &["tabSelected"],
        // Where its first and last cell are.
        (_, "row") => &["spans"],
        (_, "c") if marked.contains(&address(new, before)) => &["s"],
        _ => return false,
    };
    if new.name() == "definedName" {
        let id = |tag: &super::package::Tag| tag.get("localSheetId").and_then(|id| id.parse::<u32>().ok());
        assert_eq!(id(old).map(|id| id + 1), id(new));
    }
    old.without(may) == new.without(may)
}

/// Where a cell stands, also one that does not say so.
fn address(tag: &super::package::Tag, before: &[Piece]) -> String {
    if let Some(at) = tag.get("r") {
        return at.to_owned();
    }
    let opens = |name: &str| {
        before.iter().filter(|piece| matches!(piece, Piece::Open(tag) if tag.name() == name)).count()
    };
    let row =
        before.iter().rposition(|piece| matches!(piece, Piece::Open(tag) if tag.name() == "row")).unwrap();
    let column =
        before[row..].iter().filter(|piece| matches!(piece, Piece::Open(tag) if tag.name() == "c")).count();
    quarterday::model::CellRef::new(u32::try_from(opens("row") - 1).unwrap(), u16::try_from(column).unwrap())
        .to_string()
}

//! Partners' own workbooks given back: on files of many programs, what is not touched stays the same to the byte, what is
//! touched differs only by what was added, and the same values are read.
#![allow(clippy::unwrap_used)]
// Names of parts are written as they are compared.
#![allow(clippy::case_sensitive_file_extension_comparisons)]

#[path = "template/office.rs"]
#[expect(dead_code, unreachable_pub, reason = "formulas are no matter here")]
mod office;
#[path = "feedback/package.rs"]
mod package;
#[path = "feedback/same.rs"]
mod same;
#[path = "feedback/sound.rs"]
mod sound;
#[path = "feedback/variants.rs"]
mod variants;

use package::Package;
use quarterday::feedback::{self, Additions, Entry, List, Mark, Unfit};
use quarterday::model::{
    CellRef, FileId, HIGHLIGHT, Limits, MARKER, Rgb, Sheet, SheetFacts, SheetId, Workbook,
};
use quarterday::read;
use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};

fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            // What a merge of a sample has left there.
            if path.file_name().is_none_or(|name| name != "out") {
                collect(&path, found);
            }
        } else if path.extension().is_some_and(|ending| ending == "xlsx" || ending == "xlsm") {
            found.push(path);
        }
    }
}

/// Every workbook of these folders that can be opened without a password.
fn workbooks(folders: &[&str]) -> Vec<(String, Vec<u8>)> {
    let mut paths = Vec::new();
    for folder in folders {
        collect(Path::new(folder), &mut paths);
    }
    paths.sort();
    let named = |path: PathBuf| (path.to_string_lossy().into_owned(), fs::read(&path).unwrap());
    paths.into_iter().map(named).filter(|(_, bytes)| bytes.starts_with(b"PK")).collect()
}

fn read(name: &str, bytes: &[u8]) -> Workbook {
    read::workbook(FileId(0), name, bytes, &|_| true).unwrap_or_else(|why| panic!("{name}: {why:?}"))
}

/// Marks on cells that are there, that are not there, and in rows that are not there.
fn additions(workbook: &Workbook) -> Additions {
    let mut marks = Vec::new();
    let mut entries = Vec::new();
    for sheet in &workbook.sheets {
        let cells = sheet.cells();
        let there = [0, 1, cells.len() / 2, cells.len().saturating_sub(1)];
        let there = there.iter().filter_map(|place| cells.get(*place)).map(|cell| cell.at);
        let last = cells.last().map_or(0, |cell| cell.at.row);
        let others = [(0, 25), (1, 5), (last, 30), (last + 1, 0), (last + 3, 2), (last + 3, 1)];
        for cell in there.chain(others.map(|(row, column)| CellRef::new(row, column))) {
            let note = format!("\u{201c}{cell}\u{201d} <is> wrong & \u{1}must be \"mended\".\nIt says =1+1.");
            marks.push(Mark { sheet: sheet.id(), cell, note: note.clone() });
            entries.push(Entry {
                place: format!("{}, {cell}", sheet.name),
                link: Some((sheet.id(), cell)),
                what: note,
                how: "_x0041_ Correct it.".to_owned(),
                time: "1 minute".to_owned(),
            });
        }
    }
    let list = List {
        title: "Please fix: 2 things".to_owned(),
        mark: Some("OFFICIAL".to_owned()),
        opening: vec!["Your file & yours.".to_owned()],
        entries,
        closing: vec!["Send it back.".to_owned()],
    };
    Additions { list, marks, earlier: None }
}

fn marked(name: &str, bytes: &[u8], additions: &Additions) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    feedback::write(bytes, &Limits::default(), additions, &mut out)
        .unwrap_or_else(|why| panic!("{name}: {why:?}"));
    out.into_inner()
}

/// What the program reads of a sheet, cell by cell, and what stands beside the cells.
fn content(sheet: &Sheet) -> (Vec<String>, SheetFacts) {
    let cell = |cell: &quarterday::model::RawCell| {
        format!("{} {:?} {:?}", cell.at, sheet.raw(cell), sheet.look(cell.at))
    };
    let mut lines: Vec<String> = sheet.cells().iter().map(cell).collect();
    lines.extend(sheet.formulas().iter().map(|(at, formula)| format!("{at} ={formula}")));
    lines.extend(sheet.merged.iter().map(|(first, last)| format!("{first}:{last}")));
    lines.push(format!("{} {:?} {}", sheet.name, sheet.visibility, sheet.dates_from_1904));
    // Looks of cells without values differ where cells were put in, and notes of ours are told from others.
    let comments = sheet.facts.comments.iter().filter(|comment| !comment.ours).cloned().collect();
    (lines, SheetFacts { looks: quarterday::model::Looks::default(), comments, ..sheet.facts.clone() })
}

fn reads_the_same(name: &str, before: &Workbook, after: &Workbook, more: usize) {
    assert_eq!(before.sheets.len() + more, after.sheets.len(), "{name}");
    for (old, new) in before.sheets.iter().zip(&after.sheets[more..]) {
        let ((old_cells, old_facts), (new_cells, new_facts)) = (content(old), content(new));
        assert_eq!(old_cells, new_cells, "{name}: {}", old.name);
        assert_eq!(old_facts, new_facts, "{name}: {}", old.name);
    }
    assert_eq!(format!("{:?}", before.facts), format!("{:?}", after.facts), "{name}");
    let told = |book: &Workbook| {
        book.oddities.iter().map(|oddity| format!("{oddity:?}").replace("SheetId", "")).count()
    };
    assert_eq!(told(before), told(after), "{name}");
}

/// Keeps a marked workbook in the folder named by `QUARTERDAY_KEEP`, to be opened in a spreadsheet program.
fn keep(name: &str, bytes: &[u8]) {
    let Some(folder) = std::env::var_os("QUARTERDAY_KEEP") else { return };
    let plain: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || c == '.' { c } else { '-' }).collect();
    let ending = if plain.ends_with(".xlsm") || plain.ends_with(".xlsx") { "" } else { ".xlsx" };
    fs::write(Path::new(&folder).join(plain + ending), bytes).unwrap();
}

/// Marks a workbook and holds it against what it was.
fn try_one(name: &str, bytes: &[u8]) {
    let before = read(name, bytes);
    let additions = additions(&before);
    let out = marked(name, bytes, &additions);
    assert_eq!(out, marked(name, bytes, &additions), "{name}: not the same bytes again");
    keep(name, &out);
    let (old, new) = (Package::open(bytes), Package::open(&out));
    same::compare(name, &old, &new, &additions, &old.sheets());
    sound::check(name, &new);
    let after = read(name, &out);
    assert_eq!(after.sheets[0].cells().len(), 0, "{name}: our own list is read");
    assert!(after.sheets[0].name.starts_with("Please fix"));
    reads_the_same(name, &before, &after, 1);
    again(name, &out, &after);
}

/// A marked workbook that comes back is marked anew, with one list and one set of notes.
fn again(name: &str, bytes: &[u8], before: &Workbook) {
    let mut additions = additions(before);
    additions.earlier = Some(SheetId(0));
    additions.marks.retain(|mark| mark.sheet != SheetId(0) && mark.cell.row % 2 == 0);
    let out = marked(name, bytes, &additions);
    let package = Package::open(&out);
    sound::check(name, &package);
    reads_the_same(name, before, &read(name, &out), 0);
    let ours: usize = package.sheets().iter().map(|sheet| notes_of_ours(&package, sheet)).sum();
    assert!(ours <= additions.marks.len(), "{name}: notes of before are left");
}

fn notes_of_ours(package: &Package, sheet: &str) -> usize {
    let relations = package.relations(sheet);
    let Some((_, _, part)) = relations.iter().find(|(_, kind, _)| kind.ends_with("/comments")) else {
        return 0;
    };
    let text = package.text(part);
    text.matches("must be &quot;mended&quot;").count()
}

/// A workbook marked with notes as a merge words them, on a cell of its own and beside a note that is the partner's.
fn with_our_notes() -> (Additions, Vec<u8>) {
    let (_, base) = variants::all().swap_remove(0);
    let mut additions = additions(&read("base.xlsx", &base));
    for (number, mark) in (1..).zip(&mut additions.marks) {
        mark.note = quarterday::model::note(number, "It is \"wrong\".", "Mend it.");
    }
    additions.list.opening = vec![MARKER.to_owned()];
    let bytes = marked("base.xlsx", &base, &additions);
    (additions, bytes)
}

/// A marked workbook that another program saved: its notes are known as ours, and none of them stays when it is marked anew.
fn notes_are_known(name: &str, bytes: &[u8], mut additions: Additions) {
    let comments = |book: &Workbook, ours: bool| -> Vec<String> {
        let all = book.sheets.iter().flat_map(|sheet| &sheet.facts.comments);
        all.filter(|comment| comment.ours == ours).map(|comment| comment.text.clone()).collect()
    };
    let book = read(name, bytes);
    assert!(comments(&book, true).len() > 5, "{name}");
    assert_eq!(comments(&book, false), ["A. Officer:\nTheirs"], "{name}");
    additions.earlier = Some(SheetId(0));
    additions.marks.truncate(1);
    additions.marks[0].sheet = SheetId(1);
    additions.marks[0].note = quarterday::model::note(1, "It is new.", "Mend it.");
    let again = read(name, &marked(name, bytes, &additions));
    let new = comments(&again, true);
    assert!(new.iter().all(|note| note.contains("It is new.")) && new.len() == 1, "{name}: {new:?}");
    assert_eq!(comments(&again, false), ["A. Officer:\nTheirs"], "{name}");
    sound::check(name, &Package::open(&marked(name, bytes, &additions)));
}

#[test]
fn our_notes_are_known_by_their_words_where_their_author_is_lost() {
    let (additions, bytes) = with_our_notes();
    let lost = variants::changed(&bytes, |name, text| {
        let author = "<author>quarterday</author>";
        assert!(!name.starts_with("xl/comments") || text.contains(author), "{name}");
        let text = text.replace(author, "<author> </author>");
        // In runs, as other programs write them, the first of which ends within our words.
        let run = "<r><rPr><sz val=\"9\"/></rPr><t xml:space=\"preserve\">Please </t></r><r><t>fix, no. ";
        let text = text.replace("<t xml:space=\"preserve\">Please fix, no. ", run);
        Some(if name.starts_with("xl/comments") {
            text.replace("Mend it.</t>", "Mend it.</t></r>")
        } else {
            text
        })
    });
    notes_are_known("lost.xlsx", &lost, additions);
}

#[test]
#[ignore = "takes LibreOffice"]
fn our_notes_are_known_in_what_libreoffice_saved() {
    let Some(office) = office::office() else { return };
    let scratch = tempfile::tempdir().unwrap();
    let (additions, bytes) = with_our_notes();
    let file = scratch.path().join("marked.xlsx");
    fs::write(&file, bytes).unwrap();
    for format in ["xlsx:Calc MS Excel 2007 XML", "ods", "xls"] {
        let copy = office::saved(office, std::slice::from_ref(&file), format, scratch.path()).remove(0);
        let saved = fs::read(&copy).unwrap();
        if format.len() == 3 {
            let name = format!("marked.{format}");
            let book = read(&name, &saved);
            // Our colour says nothing of a cell, whichever program saved it.
            let near = |fill: Rgb| HIGHLIGHT.distance(fill).is_some_and(|far| far < 15.0);
            let lilac =
                |sheet: &Sheet| sheet.facts.looks.runs().any(|(.., look)| look.fill.is_some_and(near));
            assert!(!book.sheets.iter().any(lilac), "{name}");
            let all: Vec<bool> =
                book.sheets.iter().flat_map(|sheet| &sheet.facts.comments).map(|one| one.ours).collect();
            assert_eq!(all.iter().filter(|ours| !**ours).count(), 1);
            assert!(all.len() > 5);
        } else {
            notes_are_known("marked.xlsx", &saved, additions.clone());
        }
    }
}

#[test]
fn workbooks_of_the_samples() {
    let all = workbooks(&["samples"]);
    assert!(all.len() > 20);
    for (name, bytes) in &all {
        try_one(name, bytes);
    }
}

#[test]
fn workbooks_of_other_programs() {
    let all = workbooks(&["tests/excel"]);
    assert!(all.len() >= 40, "{}", all.len());
    for (name, bytes) in &all {
        try_one(name, bytes);
    }
}

#[test]
fn workbooks_written_in_unusual_ways() {
    for (name, bytes) in variants::all() {
        try_one(name, &bytes);
    }
}

#[test]
fn what_might_break_is_left_alone() {
    for (name, bytes) in variants::unfit() {
        let additions = Additions {
            marks: vec![Mark { sheet: SheetId(0), cell: CellRef::new(0, 0), note: "x".to_owned() }],
            ..Additions::default()
        };
        let outcome = feedback::write(&bytes, &Limits::default(), &additions, &mut Cursor::new(Vec::new()));
        let why = outcome.err().unwrap_or_else(|| panic!("{name} was written"));
        let right = match why {
            Unfit::Signed => name == "signed",
            Unfit::OtherKind => name == "text",
            Unfit::Output(_) => false,
            Unfit::Unusual(_) | Unfit::Unread(_) => true,
        };
        assert!(right, "{name}: {why:?}");
    }
}

#[test]
fn damaged_workbooks_never_bring_the_program_down() {
    let (_, sound) = variants::all().into_iter().next().unwrap();
    let additions = additions(&read("sound.xlsx", &sound));
    let mut seed = 7_u64;
    for _ in 0..400 {
        let mut bytes = sound.clone();
        for _ in 0..3 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let place = usize::try_from(seed >> 33).unwrap() % bytes.len();
            bytes[place] ^= 1 << (seed % 8);
        }
        let cut = if seed.is_multiple_of(5) { bytes.len() / 2 } else { bytes.len() };
        let outcome =
            feedback::write(&bytes[..cut], &Limits::default(), &additions, &mut Cursor::new(Vec::new()));
        // What is written in spite of a changed byte is a sound package all the same.
        if outcome.is_ok() {
            let mut out = Cursor::new(Vec::new());
            feedback::write(&bytes[..cut], &Limits::default(), &additions, &mut out).unwrap();
            let again = read::Parts::open(out.get_ref(), &Limits::default());
            assert!(matches!(again, Ok(Some(_))), "{seed}: {:?}", again.err());
        }
    }
}

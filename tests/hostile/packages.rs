//! Hostile packages: directories that lie, parts that are not what they say.

use crate::cases::{Cases, Expect};
use crate::forge::{Book, End, LIST, Part, SHEET, STRINGS, STYLES, sheet, usual_parts, zip, zip_ending};

const FIVE: &str = r#"0,0,"number",5"#;

pub(crate) fn add(cases: &mut Cases) {
    directory(cases);
    names(cases);
    bombs(cases);
    cut_and_joined(cases);
    let read = || Expect::prints(&[FIVE]);
    cases.add("plain.xlsx", || Book::new().bytes(), read());
    for (name, _) in usual_parts() {
        let file = |what: &str| format!("{what}-{}.xlsx", name.replace(['/', '[', ']', '.'], "_"));
        // What no cell's value hangs on may be damaged without harm.
        let matters = !name.contains("theme");
        let expect = |words: &'static str| match name {
            SHEET => Expect::Unreadable(words),
            _ if matters => Expect::Refused(words),
            _ => Expect::Safe,
        };
        let changed = move |change: fn(Part) -> Part| move || Book::new().change(name, change).bytes();
        cases.add(file("crc"), changed(|part| part.declaring_crc(7)), expect("damaged"));
        cases.add(file("locked"), changed(|part| part.with_flags(1)), expect("password"));
        cases.add(file("method"), changed(|part| part.with_method(12)), expect("packed in a way"));
        cases.add(file("spoilt"), changed(|part| part.spoilt(|bytes| bytes.fill(0xFF))), expect(""));
        cases.add(file("longer"), changed(|part| part.declaring_size(1 << 20)), expect("cut off"));
        cases.add(file("shorter"), changed(|part| part.declaring_size(9)), expect("more than it declares"));
        cases.add(
            file("twice"),
            move || Book::new().and(Part::new(name, b"<other/>")).bytes(),
            Expect::Refused("same name"),
        );
        cases.add(
            file("twice-folded"),
            move || Book::new().and(Part::new(&name.to_uppercase(), b"<other/>")).bytes(),
            Expect::Refused("same name"),
        );
        cases.add(file("missing"), move || Book::new().without(name).bytes(), missing(name));
    }
}

fn missing(name: &str) -> Expect {
    match name {
        SHEET | "xl/_rels/workbook.xml.rels" => Expect::Unreadable("does not hold it"),
        "_rels/.rels" => Expect::Refused("zip"),
        // Without it the main document's name tells what it is.
        "[Content_Types].xml" => Expect::prints(&[FIVE]),
        name if name.contains("theme") => Expect::prints(&[FIVE]),
        _ => Expect::Refused("missing"),
    }
}

fn directory(cases: &mut Cases) {
    let whole = || Book::new().0;
    for (name, end) in [
        ("count-more", End { count: Some(9), ..End::default() }),
        ("count-less", End { count: Some(3), ..End::default() }),
        ("count-none", End { count: Some(0), ..End::default() }),
        ("count-most", End { count: Some(u16::MAX), ..End::default() }),
        ("size-nought", End { size: Some(0), ..End::default() }),
        ("size-huge", End { size: Some(u32::MAX - 1), ..End::default() }),
        ("size-wide", End { size: Some(u32::MAX), ..End::default() }),
        ("offset-huge", End { offset: Some(u32::MAX - 1), ..End::default() }),
        ("offset-wide", End { offset: Some(u32::MAX), ..End::default() }),
    ] {
        cases.add(format!("directory-{name}.xlsx"), move || zip_ending(&whole(), end), Expect::Refused(""));
    }
    cases.add(
        "places-shared.xlsx",
        || Book::new().and(Part::new("xl/a.xml", b"<a/>").in_the_place_of(4)).bytes(),
        Expect::Refused("same place"),
    );
    cases.add("places-overlap.xlsx", overlapping, Expect::Refused("same place"));
    cases.add(
        "entries-20000.xlsx",
        || {
            let many = (0..20_000).map(|index| Part::new(&format!("a/{index}"), b""));
            zip(&Book::new().0.into_iter().chain(many).collect::<Vec<_>>())
        },
        Expect::Refused("inner parts"),
    );
    cases.add(
        "entries-9000.xlsx",
        || {
            let many = (0..9_000).map(|index| Part::new(&format!("a/{index}"), b""));
            zip(&Book::new().0.into_iter().chain(many).collect::<Vec<_>>())
        },
        Expect::prints(&[FIVE]),
    );
    cases.add("entries-none.xlsx", || zip(&[]), Expect::Refused("zip"));
    cases.add(
        "stored.xlsx",
        || {
            let parts = usual_parts();
            zip(&parts.iter().map(|(name, text)| Part::stored(name, text.as_bytes())).collect::<Vec<_>>())
        },
        Expect::prints(&[FIVE]),
    );
}

/// A package whose second part begins inside the first.
fn overlapping() -> Vec<u8> {
    let inner = zip(&[Part::stored("xl/inner.xml", b"<inner/>")]);
    let mut bytes = Book::new().and(Part::stored("xl/outer.bin", &inner)).bytes();
    let find = |bytes: &[u8], what: &[u8], from: usize| {
        from + bytes[from..].windows(what.len()).position(|window| window == what).expect("it is there")
    };
    let at = find(&bytes, b"xl/inner.xml", 0) - 30;
    // The theme's entry is made to point into the outer part.
    let directory = find(&bytes, b"PK\x01\x02", 0);
    let entry = find(&bytes, b"xl/theme/theme1.xml", directory) - 46;
    bytes[entry + 42..entry + 46].copy_from_slice(&u32::try_from(at).expect("small").to_le_bytes());
    bytes
}

fn names(cases: &mut Cases) {
    for (name, path) in [
        ("up", "../../../etc/passwd"),
        ("root", "/etc/passwd"),
        ("windows", "C:\\windows\\win.ini"),
        ("backslash", "..\\..\\a.txt"),
        ("control", "xl/a\u{1b}[31m.xml"),
        ("turned", "xl/\u{202e}lmx.a"),
        ("device", "CON"),
        ("long", &"a/".repeat(3_000)),
        ("empty", ""),
        ("letters", "xl/worksheets/\u{0130}\u{00df}.xml"),
    ] {
        let path = path.to_owned();
        cases.add(
            format!("path-{name}.xlsx"),
            move || Book::new().and(Part::new(&path, b"x")).bytes(),
            Expect::prints(&[FIVE]),
        );
    }
    for (name, target) in [
        ("up", "../../../../etc/passwd"),
        ("root", "/etc/passwd"),
        ("file", "file:///etc/passwd"),
        ("share", r"\\server\share\book.xml"),
        ("itself", "/xl/workbook.xml"),
    ] {
        cases.add(
            format!("target-{name}.xlsx"),
            move || {
                let part = "xl/_rels/workbook.xml.rels";
                Book::new().replacing(part, "worksheets/sheet1.xml", target).bytes()
            },
            Expect::Unreadable(""),
        );
    }
    cases.add(
        "target-external.xlsx",
        || {
            let old = r#"Target="worksheets/sheet1.xml""#;
            let new = r#"TargetMode="External" Target="http://example.org/sheet1.xml""#;
            Book::new().replacing("xl/_rels/workbook.xml.rels", old, new).bytes()
        },
        Expect::Unreadable("does not hold it"),
    );
}

fn bombs(cases: &mut Cases) {
    let (start, end) = (r"<worksheet><sheetData>", r"</sheetData></worksheet>");
    let part = move |piece: &'static str, times| {
        move || {
            let sheet = Part::repeated(SHEET, start.as_bytes(), piece.as_bytes(), times, end.as_bytes());
            Book::new().put(sheet).bytes()
        }
    };
    let nothing = || Expect::prints(&[]);
    cases.add("rows-a-million.xlsx", part("<row/>", 1_048_576), nothing());
    cases.add("rows-three-million.xlsx", part("<row/>", 3_000_000), nothing());
    cases.add("cells-blank-two-million.xlsx", part(r#"<c r="A1"/>"#, 2_000_000), nothing());
    cases.add("cells-same-place.xlsx", part(r#"<c r="A1"><v>1</v></c>"#, 1_000_000), Expect::Safe);
    cases.add("spaces-300-mb.xlsx", part("          ", 30 << 20), Expect::Safe);
    cases.add("bomb-600-mb.xlsx", part("          ", 60 << 20), Expect::Refused("MB"));
    cases.add("nested-rows.xlsx", part("<row>", 1_000_000), Expect::Safe);
    cases.add("nested-unknown.xlsx", part("<a>", 1_000_000), Expect::Safe);
    cases.add("nested-cells.xlsx", part(r#"<c r="A1">"#, 500_000), Expect::Safe);
    cases.add("nested-text.xlsx", part(r#"<c r="A1" t="inlineStr"><is>"#, 200_000), Expect::Safe);
    cases.add("comments-a-million.xlsx", part("<!---->", 1_000_000), Expect::Safe);
    cases.add("formats-runs.xlsx", part(r#"<c r="A1" s="1"/><c r="A3" s="0"/>"#, 1_000_000), Expect::Safe);
    let sized =
        |name: &'static str, open: &'static str, piece: &'static str, close: &'static str, size: usize| {
            move || {
                let start = format!("{start}{open}");
                let end = format!("{close}{end}");
                let usual = name.replace("strings", STRINGS).replace("sheet", SHEET);
                let part = Part::repeated(&usual, start.as_bytes(), piece.as_bytes(), size, end.as_bytes());
                Book::new().put(part).bytes()
            }
        };
    let long = |name, open, piece, close| sized(name, open, piece, close, 250 << 20);
    let too_long = || Expect::Refused("a piece of text of more than");
    cases.add("text-250-mb.xlsx", long("sheet", r#"<c r="A1" t="str"><v>"#, "x", "</v></c>"), too_long());
    cases.add("comment-250-mb.xlsx", long("sheet", "<!--", "<", "-->"), too_long());
    cases.add("cdata-250-mb.xlsx", long("sheet", "<c r=\"A1\"><v><![CDATA[", ">", "]]></v></c>"), too_long());
    cases.add("attribute-250-mb.xlsx", long("sheet", "<c r=\"A1\" x=\"", ">", "\"/>"), too_long());
    cases.add("tag-250-mb.xlsx", long("sheet", "<c", " ", "/>"), too_long());
    // Just short of the size from which pieces are measured: what one of these costs is the bound.
    let short = |name, open, piece, close| sized(name, open, piece, close, 95 << 20);
    cases.add("text-95-mb.xlsx", short("sheet", r#"<c r="A1" t="str"><v>"#, "x", "</v></c>"), Expect::Safe);
    cases.add(
        "inline-95-mb.xlsx",
        short("sheet", r#"<c r="A1" t="inlineStr"><is><t>"#, "x", "</t></is></c>"),
        Expect::Safe,
    );
    cases.add("attribute-95-mb.xlsx", short("sheet", "<c r=\"A1\" x=\"", ">", "\"/>"), Expect::Safe);
    cases.add("string-95-mb.xlsx", short("strings", "<si><t>", "x", "</t></si>"), Expect::Safe);
    cases.add("string-250-mb.xlsx", long("strings", "<si><t>", "x", "</t></si>"), Expect::Refused(""));
    for (name, piece, times) in [("empty", "<si/>", 3_000_000), ("short", "<si><t>a</t></si>", 4_000_000)] {
        cases.add(
            format!("strings-{name}.xlsx"),
            move || {
                let strings = Part::repeated(STRINGS, b"<sst>", piece.as_bytes(), times, b"</sst>");
                Book::new().put(strings).bytes()
            },
            Expect::Refused("texts"),
        );
    }
    cases.add(
        "styles-ten-million.xlsx",
        || {
            let start = b"<styleSheet><cellXfs>";
            Book::new()
                .put(Part::repeated(STYLES, start, b"<xf/>", 10_000_000, b"</cellXfs></styleSheet>"))
                .bytes()
        },
        Expect::Safe,
    );
    cases.add(
        "list-90-mb.xlsx",
        || Book::new().put(Part::repeated(LIST, b"<workbook>", b"<a/>    ", 90 << 17, b"")).bytes(),
        Expect::Refused("MB"),
    );
    cases.add(
        "quine-like.xlsx",
        || {
            let inner = Book::new().bytes();
            Book::new().and(Part::new("xl/embeddings/book.xlsx", &inner)).bytes()
        },
        Expect::prints(&[FIVE]),
    );
}

fn cut_and_joined(cases: &mut Cases) {
    for tenth in 1..10 {
        let cut = move || {
            let bytes = Book::new().bytes();
            bytes[..bytes.len() * tenth / 10].to_vec()
        };
        cases.add(format!("cut-{tenth}0-percent.xlsx"), cut, Expect::Refused("cut off"));
    }
    cases.add("cut-one-byte.xlsx", || drop_last(Book::new().bytes()), Expect::Refused("cut off"));
    cases.add(
        "front.xlsx",
        || [b"MZ program in front of it\0\0".as_slice(), &Book::new().bytes()].concat(),
        Expect::Refused("program"),
    );
    cases.add(
        "front-of-records.xlsx",
        || [b"PK\x03\x04 something in front".as_slice(), &Book::new().bytes()].concat(),
        Expect::prints(&[FIVE]),
    );
    cases.add("behind.xlsx", || [Book::new().bytes(), b"something behind".to_vec()].concat(), Expect::Safe);
    cases.add(
        "two-packages.xlsx",
        || {
            let other = Book::of(r#"<row r="1"><c r="A1"><v>6</v></c></row>"#);
            [Book::new().bytes(), other.bytes()].concat()
        },
        Expect::Safe,
    );
    cases.add("sheet-empty.xlsx", || Book::new().with(SHEET, b"").bytes(), Expect::Unreadable(""));
    cases.add(
        "sheet-in-two-bytes-a-letter.xlsx",
        || {
            let text = sheet(r#"<row r="1"><c r="A1"><v>5</v></c></row>"#).replace("UTF-8", "UTF-16");
            let letters = text.encode_utf16().flat_map(u16::to_le_bytes);
            Book::new().with(SHEET, &[0xFF, 0xFE].into_iter().chain(letters).collect::<Vec<u8>>()).bytes()
        },
        Expect::Unreadable(""),
    );
}

fn drop_last(mut bytes: Vec<u8>) -> Vec<u8> {
    bytes.pop();
    bytes
}

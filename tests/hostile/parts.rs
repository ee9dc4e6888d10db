//! Hostile parts of an Excel workbook: declarations of documents, claims of size, lists of sheets, styles.

use crate::cases::{Cases, Expect};
use crate::forge::{Book, LIST, Part, SHEET, STRINGS, STYLES, sheet, usual_parts};

const FIVE: &str = r#"0,0,"number",5"#;
const RELATIONS: &str = "xl/_rels/workbook.xml.rels";

pub(crate) fn add(cases: &mut Cases) {
    declarations(cases);
    counts(cases);
    lists(cases);
    formats(cases);
    extents(cases);
}

/// A document type, with an entity of its own, one from outside, or a great many, in each part.
fn declarations(cases: &mut Cases) {
    let laughs: String = (1..10)
        .map(|level| format!(r#"<!ENTITY l{level} "{}">"#, format!("&l{};", level - 1).repeat(10)))
        .collect();
    for (kind, declared) in [
        ("plain", "<!DOCTYPE x>".to_owned()),
        ("outside", r#"<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>"#.to_owned()),
        ("laughs", format!(r#"<!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]>"#)),
        ("far", format!("<!--{}--><!DOCTYPE x>", "-".repeat(300_000).replace("--", "- "))),
    ] {
        for (name, content) in usual_parts() {
            let (_, body) = content.split_once("?>").expect("a declaration of XML");
            let content = format!(r#"<?xml version="1.0" encoding="UTF-8"?>{declared}{body}"#);
            let expect = match name {
                SHEET => Expect::Unreadable("document type"),
                name if name.contains("theme") => Expect::Safe,
                _ => Expect::Refused("document type"),
            };
            let file = name.replace(['/', '[', ']', '.'], "_");
            let bytes = move || Book::new().with(name, content.as_bytes()).bytes();
            cases.add(format!("doctype-{kind}-{file}.xlsx"), bytes, expect);
        }
    }
}

/// Numbers that claim more than there is.
fn counts(cases: &mut Cases) {
    let strings = |count: &str| format!("<sst {count}><si><t>zero</t></si></sst>");
    for (name, count) in [
        ("over-a-fifth", r#"count="1" uniqueCount="12""#),
        ("million", r#"uniqueCount="1000000""#),
        ("billion", r#"uniqueCount="4294967295""#),
        ("most", r#"uniqueCount="18446744073709551615""#),
        ("beyond", r#"uniqueCount="99999999999999999999999""#),
        ("single-marks", "uniqueCount='999999999'"),
        ("spaced", "uniqueCount = \"999999999\""),
        ("second", r#"x:uniqueCount="1" uniqueCount="999999999""#),
    ] {
        let text = strings(count);
        let bytes = move || Book::new().with(STRINGS, text.as_bytes()).bytes();
        cases.add(format!("unique-{name}.xlsx"), bytes, Expect::Refused("texts"));
    }
    let far = format!("<!--{}--><sst uniqueCount=\"999999999\"><si/></sst>", " ".repeat(200_000));
    cases.add(
        "unique-far.xlsx",
        move || Book::new().with(STRINGS, far.as_bytes()).bytes(),
        Expect::Refused("texts"),
    );
    for (name, count) in [
        ("none", ""),
        ("nought", r#"uniqueCount="0""#),
        ("minus", r#"uniqueCount="-1""#),
        ("by-number", r#"uniqueCount="&#57;99999999""#),
        ("fits", r#"uniqueCount="1""#),
    ] {
        let text = strings(count);
        let bytes = move || Book::new().with(STRINGS, text.as_bytes()).bytes();
        cases.add(format!("unique-{name}.xlsx"), bytes, Expect::prints(&[FIVE]));
    }
    for index in ["0", "7", "4294967295", "18446744073709551615", "-1", "x", ""] {
        let shared = format!(
            r#"<row r="1"><c r="A1"><f t="shared" ref="A1:A3" si="{index}">B1+1</f><v>5</v></c></row><row r="2"><c r="A2"><f t="shared" si="{index}"/><v>6</v></c></row>"#
        );
        let bytes = move || Book::of(&shared).bytes();
        let expect = match index {
            "-1" | "x" | "" => Expect::Safe,
            _ => Expect::prints(&[FIVE, r#"1,0,"number",6"#]),
        };
        cases.add(
            format!("shared-formula-{}.xlsx", if index.is_empty() { "empty" } else { index }),
            bytes,
            expect,
        );
    }
    for (name, area) in [("whole", "A1:XFD1048576"), ("turned", "C3:A1"), ("none", ""), ("odd", "A0:ZZZZ9")] {
        let shared = format!(
            r#"<row r="1"><c r="A1"><f t="shared" ref="{area}" si="0">B1</f><v>5</v></c></row><row r="1048576"><c r="XFD1048576"><f t="shared" si="0"/><v>6</v></c></row>"#
        );
        // The others, which no program writes, cannot be taken.
        let expect = match name {
            "whole" => Expect::prints(&[FIVE, r#"1048575,16383,"number",6"#]),
            _ => Expect::Unreadable(""),
        };
        cases.add(format!("shared-area-{name}.xlsx"), move || Book::of(&shared).bytes(), expect);
    }
    let deep = format!(
        r#"<row r="1"><c r="A1"><f>{}1{}</f><v>5</v></c></row>"#,
        "(".repeat(100_000),
        ")".repeat(100_000)
    );
    cases.add("formula-deep.xlsx", move || Book::of(&deep).bytes(), Expect::prints(&[FIVE]));
}

fn lists(cases: &mut Cases) {
    let tabs = |names: &[String]| {
        let tabs = names
            .iter()
            .enumerate()
            .map(|(index, name)| format!(r#"<sheet name="{name}" sheetId="{}" r:id="r1"/>"#, index + 1));
        format!("<workbook><sheets>{}</sheets></workbook>", tabs.collect::<String>())
    };
    let mut add = |name: &str, names: Vec<String>, expect| {
        let list = tabs(&names);
        cases.add(
            format!("tabs-{name}.xlsx"),
            move || Book::new().with(LIST, list.as_bytes()).bytes(),
            expect,
        );
    };
    let named = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
    add("none", Vec::new(), Expect::Refused("no worksheet"));
    add("many", (0..5_000).map(|index| format!("S{index}")).collect(), Expect::Refused("1,000 sheets"));
    add("same-name", named(&["Plan", "Plan"]), Expect::Refused("two of its sheets"));
    add("same-name-folded", named(&["Plan", "PLAN"]), Expect::Refused("two of its sheets"));
    add("same-name-hidden-letters", named(&["Plan", "Pl\u{202e}an"]), Expect::Refused("two of its sheets"));
    add("same-part-twice", named(&["Plan", "Finance"]), Expect::Safe);
    add("name-controls", named(&["&#27;[31mPlan&#7;"]), Expect::Safe);
    add("name-turned", named(&["\u{202e}nalP\u{2066}"]), Expect::Safe);
    add("name-long", vec!["P".repeat(100_000)], Expect::Safe);
    add("name-empty", named(&[""]), Expect::Safe);
    add("name-path", named(&["../../etc/passwd"]), Expect::Safe);
    for (name, kind) in [("chart", "chartsheet"), ("dialog", "dialogsheet"), ("macro", "xlMacrosheet")] {
        let bytes = move || Book::new().replacing(RELATIONS, "/worksheet\"", &format!("/{kind}\"")).bytes();
        cases.add(format!("only-{name}-sheet.xlsx"), bytes, Expect::Refused("no worksheet"));
    }
    cases.add(
        "relation-of-nothing.xlsx",
        || Book::new().replacing(LIST, "r:id=\"r1\"", "r:id=\"r99\"").bytes(),
        Expect::Unreadable("does not hold it"),
    );
    cases.add(
        "relations-in-thousands.xlsx",
        || {
            let piece = br#"<Relationship Id="x" Type="a" Target="b"/>"#;
            Book::new().put(Part::repeated(RELATIONS, b"<Relationships>", piece, 200_000, b"")).bytes()
        },
        Expect::Unreadable("does not hold it"),
    );
}

fn formats(cases: &mut Cases) {
    let dated = |style: &str| format!(r#"<row r="1"><c r="A1" s="{style}"><v>41729</v></c></row>"#);
    let mut add = |name: &str, rows: String, expect| {
        cases.add(format!("style-{name}.xlsx"), move || Book::of(&rows).bytes(), expect);
    };
    add("date", dated("1"), Expect::prints(&[r#"0,0,"date","2014-03-31""#]));
    let flagged = || Expect::prints(&[r#"0,0,"error","unreadable""#]);
    add("out-of-table", dated("2"), flagged());
    add("far-out-of-table", dated("4294967295"), flagged());
    add("farther-out-of-table", dated("18446744073709551616"), flagged());
    add("minus", dated("-1"), flagged());
    add("word", dated("x"), flagged());
    add("empty", dated(""), flagged());
    add("padded", dated("01"), Expect::prints(&[r#"0,0,"date","2014-03-31""#]));
    add("spaced", dated(" 1 "), Expect::Safe);
    cases.add(
        "style-none-in-table.xlsx",
        move || Book::of(&dated("1")).with(STYLES, b"<styleSheet><cellXfs/></styleSheet>").bytes(),
        flagged(),
    );
    cases.add(
        "style-format-lost.xlsx",
        move || Book::of(&dated("1")).replacing(STYLES, "numFmtId=\"14\"", "numFmtId=\"9999\"").bytes(),
        Expect::Safe,
    );
    let code = |code: &str| {
        format!(
            r#"<styleSheet><numFmts><numFmt numFmtId="164" formatCode="{code}"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>"#
        )
    };
    for (name, text) in
        [("long", "y".repeat(1 << 20)), ("brackets", "[".repeat(100_000)), ("marks", "&quot;".repeat(50_001))]
    {
        let styles = code(&text);
        cases.add(
            format!("format-code-{name}.xlsx"),
            move || Book::of(&dated("1")).with(STYLES, styles.as_bytes()).bytes(),
            Expect::Safe,
        );
    }
}

fn extents(cases: &mut Cases) {
    for (name, area) in [
        ("whole", "A1:XFD1048576"),
        ("beyond", "A1:ZZZ9999999"),
        ("most", "A1:FXSHRXX4294967295"),
        ("turned", "XFD1048576:A1"),
        ("word", "everything"),
    ] {
        let text = sheet(r#"<row r="1"><c r="A1"><v>5</v></c></row>"#)
            .replace("<sheetData>", &format!(r#"<dimension ref="{area}"/><sheetData>"#));
        let expect = if matches!(name, "whole") { Expect::prints(&[FIVE]) } else { Expect::Safe };
        cases.add(
            format!("dimension-{name}.xlsx"),
            move || Book::new().with(SHEET, text.as_bytes()).bytes(),
            expect,
        );
    }
    let mut add = |name: &str, rows: &str, expect| {
        let rows = rows.to_owned();
        cases.add(format!("place-{name}.xlsx"), move || Book::of(&rows).bytes(), expect);
    };
    let corner =
        r#"<row r="1"><c r="A1"><v>5</v></c></row><row r="1048576"><c r="XFD1048576"><v>6</v></c></row>"#;
    add("corner", corner, Expect::prints(&[FIVE, r#"1048575,16383,"number",6"#]));
    let outside = || Expect::Unreadable("");
    add("column-beyond", r#"<row r="1"><c r="XFE1"><v>5</v></c></row>"#, outside());
    add("row-beyond", r#"<row r="1"><c r="A1048577"><v>5</v></c></row>"#, outside());
    add("row-most", r#"<row r="1"><c r="A4294967295"><v>5</v></c></row>"#, outside());
    add("row-overflow", r#"<row r="1"><c r="A99999999999999999999"><v>5</v></c></row>"#, outside());
    add("column-overflow", r#"<row r="1"><c r="AAAAAAAAAAAAAA1"><v>5</v></c></row>"#, outside());
    add("row-nought", r#"<row r="1"><c r="A0"><v>5</v></c></row>"#, outside());
    add("word", r#"<row r="1"><c r="here"><v>5</v></c></row>"#, outside());
    add("implied", r"<row><c><v>5</v></c></row>", Expect::prints(&[FIVE]));
    add("row-number-huge", r#"<row r="4294967295"><c><v>5</v></c></row>"#, Expect::Safe);
    add("row-number-word", r#"<row r="x"><c><v>5</v></c></row>"#, Expect::Safe);
    add(
        "backwards",
        r#"<row r="9"><c r="A9"><v>6</v></c></row><row r="1"><c r="A1"><v>5</v></c></row>"#,
        Expect::prints(&[FIVE, r#"8,0,"number",6"#]),
    );
    let bare = format!(r#"<row r="1048576">{}</row>"#, "<c><v>1</v></c>".repeat(20_000));
    add("columns-implied-20000", &bare, outside());
    for (name, area) in
        [("whole", "A1:XFD1048576"), ("beyond", "A1:ZZZZ99999999"), ("turned", "C3:A1"), ("word", "x")]
    {
        let text = sheet(r#"<row r="1"><c r="A1"><v>5</v></c></row>"#).replace(
            "</sheetData>",
            &format!(r#"</sheetData><mergeCells><mergeCell ref="{area}"/></mergeCells>"#),
        );
        cases.add(
            format!("merged-{name}.xlsx"),
            move || Book::new().with(SHEET, text.as_bytes()).bytes(),
            Expect::prints(&[FIVE]),
        );
    }
    let many: String = (1..100_000).map(|row| format!(r#"<mergeCell ref="A{row}:B{row}"/>"#)).collect();
    let text = sheet(r#"<row r="1"><c r="A1"><v>5</v></c></row>"#)
        .replace("</sheetData>", &format!("</sheetData><mergeCells>{many}</mergeCells>"));
    cases.add(
        "merged-100000.xlsx",
        move || Book::new().with(SHEET, text.as_bytes()).bytes(),
        Expect::prints(&[FIVE]),
    );
}

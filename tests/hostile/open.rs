//! Hostile `OpenDocument` spreadsheets.

use crate::cases::{Cases, Expect};
use crate::forge::{Part, zip};

const KIND: &str = "application/vnd.oasis.opendocument.spreadsheet";

/// A spreadsheet with this content.
fn package(content: &[u8]) -> Vec<u8> {
    parts(Part::new("content.xml", content), b"<manifest:manifest/>")
}

fn parts(content: Part, manifest: &[u8]) -> Vec<u8> {
    zip(&[Part::stored("mimetype", KIND.as_bytes()), Part::new("META-INF/manifest.xml", manifest), content])
}

/// The content of a spreadsheet with the sheet `Plan` of these rows.
fn content(rows: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><office:document-content><office:body><office:spreadsheet><table:table table:name="Plan">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"#
    )
}

const CELL: &str =
    r#"<table:table-cell office:value-type="float" office:value="5"><text:p>5</text:p></table:table-cell>"#;

pub(crate) fn add(cases: &mut Cases) {
    rows(cases);
    values(cases);
    packages(cases);
}

fn rows(cases: &mut Cases) {
    let mut add = |name: &str, rows: String, expect| {
        cases.add(format!("open-{name}.ods"), move || package(content(&rows).as_bytes()), expect);
    };
    let five = || Expect::prints(&[r#"0,0,"number",5"#]);
    let row = |inner: &str| format!("<table:table-row>{inner}</table:table-row>");
    add("plain", row(CELL), five());
    let blank = |count: &str| format!(r#"<table:table-cell table:number-columns-repeated="{count}"/>"#);
    add("columns-blank-billion", row(&format!("{CELL}{}", blank("4000000000"))), five());
    add(
        "columns-blank-then-value",
        row(&format!("{}{CELL}", blank("4000000000"))),
        Expect::Unreadable("outside"),
    );
    add(
        "columns-blank-overflow",
        row(&format!("{CELL}{}{}", blank("4000000000"), blank("4000000000"))),
        five(),
    );
    let many = |count: &str| {
        CELL.replace("office:value=", &format!(r#"table:number-columns-repeated="{count}" office:value="#))
    };
    add("columns-billion", row(&many("4000000000")), Expect::Unreadable("outside"));
    add("columns-whole", row(&many("16384")), Expect::Safe);
    add("columns-overflow", row(&many("99999999999999")), Expect::Safe);
    add("columns-minus", row(&many("-5")), five());
    add("columns-word", row(&many("many")), five());
    let down = |count: &str, inner: &str| {
        format!(r#"<table:table-row table:number-rows-repeated="{count}">{inner}</table:table-row>"#)
    };
    add("rows-blank-billion", format!("{}{}", row(CELL), down("4000000000", "<table:table-cell/>")), five());
    add("rows-billion", down("4000000000", CELL), Expect::Unreadable(""));
    add("rows-and-columns", down("1048576", &many("16384")), Expect::Refused("cells"));
    add(
        "rows-blank-then-value",
        format!("{}{}", down("4000000000", ""), row(CELL)),
        Expect::Unreadable("outside"),
    );
    let long = format!(
        r#"<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>"#,
        "x".repeat(100_000)
    );
    add("rows-of-long-text", down("1000000", &long), Expect::Refused("MB of text"));
    let span = |rows: &str, columns: &str| {
        CELL.replace(
            "office:value=",
            &format!(
                r#"table:number-rows-spanned="{rows}" table:number-columns-spanned="{columns}" office:value="#
            ),
        )
    };
    add("spans-whole", row(&span("1048576", "16384")), five());
    add("spans-beyond", row(&span("4294967295", "4294967295")), five());
    add(
        "nested-tables",
        format!("<table:table>{}</table:table>", "<table:table>".repeat(100_000)),
        Expect::Refused("cut off"),
    );
    add("nested-cells", row(&"<table:table-cell>".repeat(200_000)), Expect::Safe);
    add("nested-text", row(&format!("<table:table-cell>{}", "<text:p>".repeat(200_000))), Expect::Safe);
    add(
        "spaces-billion",
        row(
            r#"<table:table-cell office:value-type="string"><text:p>a<text:s text:c="4000000000"/>b</text:p></table:table-cell>"#,
        ),
        Expect::Safe,
    );
}

fn values(cases: &mut Cases) {
    for (name, kind, value) in [
        ("number-nan", "float", "NaN"),
        ("number-infinite", "float", "inf"),
        ("number-word", "float", "five"),
        ("number-too-large", "float", "1e999"),
        ("money-word", "currency", "five"),
        ("share-none", "percentage", ""),
    ] {
        // What cannot be made out is shown as it stands, where something stands.
        let shown = if value == "five" { value } else { "unreadable" };
        let cell = format!(
            r#"<table:table-row><table:table-cell office:value-type="{kind}" office:value="{value}"><text:p>5</text:p></table:table-cell></table:table-row>"#
        );
        cases.add(
            format!("open-{name}.ods"),
            move || package(content(&cell).as_bytes()),
            Expect::prints(&[&format!(r#"0,0,"error","{shown}""#)]),
        );
    }
    for (name, inner) in [
        ("date-word", r#"office:value-type="date" office:date-value="yesterday""#),
        ("date-none", r#"office:value-type="date""#),
        ("time-huge", r#"office:value-type="time" office:time-value="PT1e308H""#),
        ("truth-word", r#"office:value-type="boolean" office:boolean-value="maybe""#),
        ("kind-unknown", r#"office:value-type="zz" office:value="5""#),
        ("formula-none", r#"table:formula="of:=SUM([.A1:.A9])""#),
        ("formula-odd", r#"table:formula="[[[[:::...]" office:value-type="float" office:value="5""#),
        ("steering", r#"office:value-type="string" office:string-value="a&#27;[31m&#x202e;b""#),
    ] {
        let cell = format!(
            "<table:table-row><table:table-cell {inner}><text:p>x</text:p></table:table-cell></table:table-row>"
        );
        cases.add(format!("open-{name}.ods"), move || package(content(&cell).as_bytes()), Expect::Safe);
    }
}

fn packages(cases: &mut Cases) {
    let five = || content(&format!("<table:table-row>{CELL}</table:table-row>"));
    let locked = br#"<manifest:manifest><manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry></manifest:manifest>"#;
    for name in ["open-locked.ods", "open-locked.xlsx", "open-locked.csv"] {
        cases.add(
            name,
            move || parts(Part::new("content.xml", b"\x01\x02unreadable"), locked),
            Expect::Refused("password"),
        );
    }
    cases.add(
        "open-locked-whole.ods",
        || zip(&[Part::stored("mimetype", KIND.as_bytes()), Part::new("encrypted-package", &[7; 900])]),
        Expect::Refused("password"),
    );
    cases.add(
        "open-no-content.ods",
        || zip(&[Part::stored("mimetype", KIND.as_bytes())]),
        Expect::Refused("missing"),
    );
    cases.add(
        "open-no-sheet.ods",
        || package(b"<office:document-content/>"),
        Expect::Refused("no worksheet"),
    );
    cases.add("open-empty.ods", || package(b""), Expect::Refused(""));
    cases.add(
        "open-crc.ods",
        move || parts(Part::new("content.xml", five().as_bytes()).declaring_crc(1), b""),
        Expect::Refused("damaged"),
    );
    cases.add(
        "open-cut-inside.ods",
        move || {
            let text = five();
            package(&text.as_bytes()[..text.len() * 2 / 3])
        },
        Expect::Refused("cut off"),
    );
    for (name, declared) in
        [("plain", "<!DOCTYPE x>"), ("outside", r#"<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>"#)]
    {
        cases.add(
            format!("open-doctype-{name}.ods"),
            move || package(five().replace("?>", &format!("?>{declared}")).as_bytes()),
            Expect::Refused("document type"),
        );
    }
    cases.add(
        "open-entity-unknown.ods",
        move || package(five().replace("<text:p>5", "<text:p>&e;").as_bytes()),
        Expect::Refused(""),
    );
    let twice = r#"<table:table table:name="Plan"></table:table><table:table table:name="PLAN">"#;
    cases.add(
        "open-same-name.ods",
        move || package(content("").replace(r#"<table:table table:name="Plan">"#, twice).as_bytes()),
        Expect::Refused("two of its sheets"),
    );
    let many: String =
        (0..2_000).map(|index| format!(r#"<table:table table:name="S{index}"></table:table>"#)).collect();
    cases.add(
        "open-many-sheets.ods",
        move || package(format!("<office:spreadsheet>{many}</office:spreadsheet>").as_bytes()),
        Expect::Refused("1,000 sheets"),
    );
    cases.add(
        "open-bomb.ods",
        || parts(Part::repeated("content.xml", b"<office:spreadsheet>", b"          ", 60 << 20, b""), b""),
        Expect::Refused("MB"),
    );
    cases.add(
        "open-text-250-mb.ods",
        || {
            let (before, behind) = (content("\u{1}"), ());
            let () = behind;
            let (start, end) = before.split_once('\u{1}').expect("it is there");
            let start =
                format!(r#"{start}<table:table-row><table:table-cell office:value-type="string"><text:p>"#);
            let end = format!("</text:p></table:table-cell></table:table-row>{end}");
            parts(Part::repeated("content.xml", start.as_bytes(), b"x", 250 << 20, end.as_bytes()), b"")
        },
        Expect::Refused("a piece of text of more than"),
    );
    for (name, kind, words) in [
        ("text.odt", "text", "a text document"),
        ("slides.odp", "presentation", "a presentation"),
        ("chart.odc", "chart", "no spreadsheet"),
    ] {
        let kind = format!("application/vnd.oasis.opendocument.{kind}");
        cases.add(name, move || zip(&[Part::stored("mimetype", kind.as_bytes())]), Expect::Refused(words));
    }
}

//! Hostile values: numbers that are written so that a reader stops half way, indices into nowhere, dates out of range.

use crate::cases::{Cases, Expect};
use crate::forge::{Book, STRINGS, sheet};

/// What stands in B2 beside the texts on either side of it.
fn beside(value: &str) -> Expect {
    let value = format!("1,1,{value}");
    let all = [r#"1,0,"text","one""#, value.as_str(), r#"1,2,"text","two""#];
    Expect::prints(&all)
}

fn flagged() -> Expect {
    beside(r#""error","unreadable""#)
}

pub(crate) fn add(cases: &mut Cases) {
    numbers(cases);
    texts(cases);
    errors(cases);
    dates(cases);
    formulas(cases);
    dialects(cases);
}

fn put(cases: &mut Cases, name: impl Into<String>, cell: String, expect: Expect) {
    cases.add(format!("{}.xlsx", name.into()), move || Book::around(&cell).bytes(), expect);
}

fn numbers(cases: &mut Cases) {
    for (name, value) in [
        ("comment", "12<!-- -->34"),
        ("comment-first", "<!-- -->1234"),
        ("comment-last", "1234<!-- -->"),
        ("reference", "1&#50;3"),
        ("reference-hex", "1&#x32;3"),
        ("reference-first", "&#49;23"),
        ("cdata", "<![CDATA[1234]]>"),
        ("cdata-inside", "1<![CDATA[2]]>3"),
        ("instruction", "12<?x y?>34"),
        ("element", "12<b/>34"),
        ("entity", "1&amp;2"),
        ("nan", "NaN"),
        ("infinity", "inf"),
        ("minus-infinity", "-Infinity"),
        ("too-large", "1e400"),
        ("hexadecimal", "0x10"),
        ("two", "1 2"),
        ("comma", "1,5"),
        ("pound", "£5"),
        ("letters", "five"),
        ("other-digits", "١٢٣"),
        ("long", &"9".repeat(400)),
    ] {
        for kind in ["", r#" t="n""#] {
            let cell = format!(r#"<c r="B2"{kind}><v>{value}</v></c>"#);
            let file = format!("number-{name}{}", if kind.is_empty() { "" } else { "-stated" });
            // Without a stated type calamine takes what is no number for a text, which loses nothing.
            let expect = match (name, kind) {
                ("element", _) => Expect::Safe,
                ("hexadecimal" | "two" | "comma" | "pound" | "letters" | "other-digits" | "entity", "") => {
                    Expect::Safe
                }
                _ => flagged(),
            };
            put(cases, file, cell, expect);
        }
    }
    for (name, value, shown) in [
        ("plain", "1234.5", "1234.5"),
        ("exponent", "-1.5E3", "-1500"),
        ("spaces", " 5 ", "5"),
        ("lines", "\n5\n", "5"),
        ("plus", "+5", "5"),
        ("small", "1e-400", "0"),
        ("zero", "-0", "-0.0"),
    ] {
        let cell = format!(r#"<c r="B2"><v>{value}</v></c>"#);
        put(cases, format!("number-{name}"), cell, beside(&format!(r#""number",{shown}"#)));
    }
    let twice = r#"<c r="B2"><v>1</v></c><c r="B2"><v>2</v></c>"#.to_owned();
    put(cases, "cell-twice".to_owned(), twice, Expect::Safe);
    let values = r#"<c r="B2"><v>1</v><v>2</v></c>"#.to_owned();
    put(cases, "value-twice".to_owned(), values, Expect::Safe);
}

fn texts(cases: &mut Cases) {
    for (name, index) in [
        ("spaced", " 2 "),
        ("indented", "\n      2\n    "),
        ("plus", "+2"),
        ("minus", "-1"),
        ("word", "x"),
        ("fraction", "1.5"),
        ("exponent", "1e0"),
        ("outside", "3"),
        ("far-outside", "4294967295"),
        ("overflow", "99999999999999999999"),
        ("comment", "1<!-- -->0"),
        ("reference", "&#49;"),
        ("cdata", "<![CDATA[1]]>"),
    ] {
        let cell = format!(r#"<c r="B2" t="s"><v>{index}</v></c>"#);
        put(cases, format!("index-{name}"), cell, flagged());
    }
    let good = r#"<c r="B2" t="s"><v>0</v></c>"#.to_owned();
    put(cases, "index-first".to_owned(), good, beside(r#""text","zero""#));
    let padded = r#"<c r="B2" t="s"><v>000</v></c>"#.to_owned();
    put(cases, "index-padded".to_owned(), padded, beside(r#""text","zero""#));
    for (name, kind, inner) in [
        ("kind-unknown", "zz", "<v>5</v>"),
        ("kind-empty", "", "<v>5</v>"),
        ("truth-seven", "b", "<v>7</v>"),
        ("truth-word", "b", "<v>maybe</v>"),
    ] {
        put(cases, name.to_owned(), format!(r#"<c r="B2" t="{kind}">{inner}</c>"#), Expect::Safe);
    }
    let steering = "<c r=\"B2\" t=\"str\"><v>a_x001B_[31m\u{9b}\u{202e}b</v></c>".to_owned();
    put(cases, "text-steering".to_owned(), steering, Expect::Safe);
    let nul = r#"<c r="B2" t="str"><v>a&#0;b</v></c>"#.to_owned();
    put(cases, "text-nul".to_owned(), nul, Expect::Safe);
    let long = format!(r#"<c r="B2" t="str"><v>{}</v></c>"#, "x".repeat(2 << 20));
    put(cases, "text-two-million".to_owned(), long, Expect::Safe);
    let formula = r#"<c r="B2" t="str"><v>=cmd|' /C calc'!A0</v></c>"#.to_owned();
    put(cases, "text-formula".to_owned(), formula, beside(r#""text","=cmd|' /C calc'!A0""#));
    cases.add(
        "strings-none.xlsx",
        || Book::around(r#"<c r="B2" t="s"><v>0</v></c>"#).with(STRINGS, b"<sst/>").bytes(),
        Expect::prints(&[
            r#"1,0,"error","unreadable""#,
            r#"1,1,"error","unreadable""#,
            r#"1,2,"error","unreadable""#,
        ]),
    );
    cases.add(
        "strings-nested.xlsx",
        || {
            let deep = format!("<sst>{}", "<si><r>".repeat(100_000));
            Book::new().with(STRINGS, deep.as_bytes()).bytes()
        },
        Expect::Safe,
    );
}

fn errors(cases: &mut Cases) {
    for known in ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"] {
        let cell = format!(r#"<c r="B2" t="e"><v>{known}</v></c>"#);
        let file = format!("error-{}", known.trim_matches(['#', '!', '?']).replace('/', "_"));
        put(cases, file, cell, beside(&format!(r#""error","{known}""#)));
    }
    for newer in ["#SPILL!", "#CALC!", "#GETTING_DATA", "#FIELD!", "#BLOCKED!"] {
        let cell = format!(r#"<c r="B2" t="e"><v>{newer}</v></c>"#);
        put(
            cases,
            format!("error-{}", newer.trim_matches(['#', '!'])),
            cell,
            beside(&format!(r#""error","{newer}""#)),
        );
    }
    for odd in ["#ERROR!", "Loading...", "42", "", "\u{1b}[2J", "#REF! "] {
        let cell = format!(r#"<c r="B2" t="e"><v>{odd}</v></c>"#);
        let name: String = odd.chars().filter(char::is_ascii_alphanumeric).collect();
        put(cases, format!("error-odd-{name}{}", odd.len()), cell, Expect::Safe);
    }
}

fn dates(cases: &mut Cases) {
    for (name, value, shown) in [
        ("first", "1", r#""date","1900-01-01""#),
        ("leap-day", "60", r#""date","1900-02-29""#),
        ("last", "2958465", r#""date","9999-12-31""#),
        ("beyond", "2958466", r#""number",2958466"#),
        ("far-beyond", "1e300", r#""number",1e+300"#),
        ("minus", "-1", r#""number",-1"#),
        ("nought", "0", r#""time","00:00:00""#),
        ("hair-before-april", "41729.99999999", r#""date","2014-04-01""#),
        ("nan", "NaN", r#""error","unreadable""#),
    ] {
        let cell = format!(r#"<c r="B2" s="1"><v>{value}</v></c>"#);
        put(cases, format!("date-{name}"), cell, beside(shown));
    }
    for (name, value) in [
        ("thirtieth", "2014-02-30"),
        ("year-nought", "0000-01-01"),
        ("far", "99999-01-01"),
        ("word", "yesterday"),
        ("empty", ""),
        ("hair", "2014-03-31T23:59:59.9999"),
    ] {
        let cell = format!(r#"<c r="B2" t="d"><v>{value}</v></c>"#);
        put(cases, format!("iso-{name}"), cell, Expect::Safe);
    }
}

fn formulas(cases: &mut Cases) {
    let uncached = || beside(r#""error","uncached""#);
    for (name, cell) in [
        ("none", r#"<c r="B2"><f>SUM(C1:C9)</f></c>"#),
        ("empty", r#"<c r="B2"><f>SUM(C1:C9)</f><v></v></c>"#),
        ("closed", r#"<c r="B2"><f>SUM(C1:C9)</f><v/></c>"#),
        ("shared", r#"<c r="B2"><f t="shared" ref="B2:B9" si="0">SUM(C1:C9)</f></c>"#),
        ("array", r#"<c r="B2"><f t="array" ref="B2">SUM(C1:C9)</f></c>"#),
    ] {
        put(cases, format!("formula-value-{name}"), cell.to_owned(), uncached());
    }
    for (name, cell) in [
        ("table", r#"<c r="B2"><f t="dataTable" ref="B2:B9" r1="A1"/><v>5</v></c>"#),
        ("unknown", r#"<c r="B2"><f t="zz">1</f><v>5</v></c>"#),
        ("behind", r#"<c r="B2"><v>5</v><f>1+4</f></c>"#),
    ] {
        put(cases, format!("formula-{name}"), cell.to_owned(), beside(r#""number",5"#));
    }
    let error = r#"<c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c>"#.to_owned();
    put(cases, "formula-error".to_owned(), error, beside(r##""error","#DIV/0!""##));
}

/// Sound files in other dialects, which must not be misread either.
fn dialects(cases: &mut Cases) {
    let prefixed = sheet(r#"<row r="1"><c r="A1"><v>5</v></c><c r="B1" t="s"><v>1</v></c></row>"#)
        .replace("xmlns=", "xmlns:x=")
        .replace("</", "</x:")
        .replace('<', "<x:")
        .replace("<x:/x:", "</x:")
        .replace("<x:?xml", "<?xml");
    cases.add(
        "dialect-prefix.xlsx",
        move || Book::new().with(crate::forge::SHEET, prefixed.as_bytes()).bytes(),
        Expect::prints(&[r#"0,0,"number",5"#, r#"0,1,"text","one""#]),
    );
    let single = sheet("<row r='1'><c r='A1'><v>5</v></c><c r='B1' t='s'><v>1</v></c></row>");
    cases.add(
        "dialect-single-marks.xlsx",
        move || Book::new().with(crate::forge::SHEET, single.as_bytes()).bytes(),
        Expect::prints(&[r#"0,0,"number",5"#, r#"0,1,"text","one""#]),
    );
    let inline =
        r#"<row r="1"><c r="A1" t="inlineStr"><is><r><t>R&amp;</t></r><r><t>D &#33;</t></r></is></c></row>"#;
    cases.add(
        "dialect-inline.xlsx",
        move || Book::of(inline).bytes(),
        Expect::prints(&[r#"0,0,"text","R&D !""#]),
    );
}

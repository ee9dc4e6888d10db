//! Hostile text files, and files of every other kind under a spreadsheet's name.

use crate::cases::{Cases, Expect};
use crate::forge::{Book, Part, zip};

/// Lines of a sheet, each as `row,column,type,value`.
fn prints(sheet: &str, lines: &[&str]) -> Expect {
    Expect::Prints(lines.iter().map(|line| format!("[\"{sheet}\",{line}]")).collect())
}

pub(crate) fn add(cases: &mut Cases) {
    others(cases);
    pages(cases);
    encodings(cases);
    records(cases);
}

fn others(cases: &mut Cases) {
    for ending in ["xlsx", "xls", "csv"] {
        let mut add = |name: &str, bytes: &[u8], words| {
            let bytes = bytes.to_vec();
            cases.add(format!("{name}.{ending}"), move || bytes.clone(), Expect::Refused(words));
        };
        add("empty", b"", "empty");
        add("nul", b"\0", "no letters");
        add("nuls", &[0; 10_000], "not known");
        add("pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", "a PDF document");
        add("html", b"\xef\xbb\xbf\r\n\r\n  <HTML><body>5</BODY></HTML>", "a web page without a table");
        add("html-cut", b"\xef\xbb\xbf\r\n\r\n  <HTML><body>5", "no </html> at its end");
        add("mail", b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "a web page or an e-mail");
        add("xml", b"<?xml version=\"1.0\"?><a/>", "an XML file");
        add(
            "xml-2003",
            b"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"/>",
            "2003",
        );
        add("png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a picture");
        add("jpeg", b"\xff\xd8\xff\xe0\0\x10JFIF", "a picture");
        add("bitmap", b"BM\x36\0\0\0\0\0", "a picture");
        add("rtf", b"{\\rtf1\\ansi five}", "Rich Text");
        add("program", b"MZ\x90\0\x03\0\0\0", "a program");
        add("gzip", b"\x1f\x8b\x08\0\0\0\0\0", "a compressed file");
        add("seven-zip", b"7z\xbc\xaf\x27\x1c", "a compressed folder");
        add("access", b"\x00\x01\x00\x00Standard Jet DB\0", "an Access database");
        add("parquet", b"PAR1\0\0\0\0", "Parquet");
        add(
            "noise",
            &(0..4_000u32)
                .map(|n| (n.wrapping_mul(2_654_435_761) >> 24).to_le_bytes()[0])
                .collect::<Vec<_>>(),
            "not known",
        );
        add("folder", &zip(&[Part::new("a.txt", b"x")]), "a compressed (zip) folder");
        add("numbers", &zip(&[Part::new("Index/Document.iwa", b"x")]), "Apple Numbers");
        add("java", &zip(&[Part::new("META-INF/MANIFEST.MF", b"x")]), "a program");
    }
    let word = Book::new().replacing("[Content_Types].xml", "spreadsheetml", "wordprocessingml").bytes();
    cases.add("word.xlsx", move || word.clone(), Expect::Refused("a Word document"));
    cases.add("one-byte.xlsx", || b"x".to_vec(), prints("one-byte", &[r#"0,0,"text","x""#]));
    cases.add("one-line-end.csv", || b"\n".to_vec(), prints("one-line-end", &[]));
    cases.add("mark-only.csv", || b"\xef\xbb\xbf".to_vec(), Expect::Safe);
    cases.add("half-mark.csv", || b"\xff\xfe".to_vec(), Expect::Safe);
    cases.add(
        "text-called.xlsx",
        || b"a,b\n1,2\n".to_vec(),
        prints(
            "text-called",
            &[r#"0,0,"text","a""#, r#"0,1,"text","b""#, r#"1,0,"text","1""#, r#"1,1,"text","2""#],
        ),
    );
    cases.add("workbook-called.csv", || Book::new().bytes(), Expect::prints(&[r#"0,0,"number",5"#]));
    cases.add("workbook-called.txt", || Book::new().bytes(), Expect::prints(&[r#"0,0,"number",5"#]));
}

fn pages(cases: &mut Cases) {
    let mut add = |name: &str, bytes: Vec<u8>, expect| {
        cases.add(format!("page-{name}.xls"), move || bytes.clone(), expect);
    };
    let five = || prints("Table 1", &[r#"0,0,"text","5""#]);
    add("plain", b"<table><tr><td>5</td></tr></table>".to_vec(), five());
    add(
        "doctype",
        b"<!DOCTYPE html>\n<html><body><table><tr><td>5</td></tr></table></body></html>".to_vec(),
        five(),
    );
    add("unclosed", b"<html><table><tr><td>5</body></html>".to_vec(), five());
    add("cut", b"<html><body><table><tr><td>5".to_vec(), Expect::Refused("cut off"));
    add("many-tables", b"<table><td>".repeat(100_000), Expect::Refused("1,000 sheets"));
    add(
        "nested-tags",
        [b"<table><tr><td>".as_slice(), &b"<b><div>".repeat(1 << 20), b"5</table>"].concat(),
        five(),
    );
    add(
        "quote-open",
        [b"<table><tr><td>5</table>".as_slice(), &b"<td a=\"".repeat(100_000)].concat(),
        Expect::Safe,
    );
    add(
        "comment-open",
        [b"<table><tr><td>5</table>".as_slice(), &b"<!--".repeat(1 << 20)].concat(),
        Expect::Refused("ends inside a tag or a comment"),
    );
    let wide = b"<table><tr><td colspan=99999999999999999999 rowspan=99999999999999999999>5</table>";
    add("wide", wide.to_vec(), five());
    let rows =
        [b"<table>".as_slice(), &b"<tr><td colspan=16384 rowspan=1048576>x".repeat(3_000), b"</table>"];
    add("wide-rows", rows.concat(), Expect::Safe);
    let steps = [
        b"<table><tr><td colspan=16383 rowspan=1048576>x".as_slice(),
        &b"<tr><td>y".repeat(3_000),
        b"</table>",
    ];
    add("steps", steps.concat(), Expect::Refused("20,000,000 cells"));
    let noise: Vec<u8> = (0..=255).cycle().take(3_000).collect();
    add("noise", [b"<html><table>".as_slice(), &noise].concat(), Expect::Refused("not known"));
}

fn encodings(cases: &mut Cases) {
    let cafe = |name: &str| prints(name, &[r#"0,0,"text","Café""#, r#"0,1,"text","£5""#]);
    for (name, bytes) in [
        ("utf-8", "Café,£5\n".as_bytes().to_vec()),
        ("utf-8-mark", "\u{feff}Café,£5\n".as_bytes().to_vec()),
        ("windows", b"Caf\xe9,\xa35\n".to_vec()),
        ("windows-mark", b"\xef\xbb\xbfCaf\xe9,\xa35\n".to_vec()),
        ("utf-16-little", "\u{feff}Café,£5\n".encode_utf16().flat_map(u16::to_le_bytes).collect()),
        ("utf-16-big", "\u{feff}Café,£5\n".encode_utf16().flat_map(u16::to_be_bytes).collect()),
        ("utf-16-little-bare", "Café,£5\n".encode_utf16().flat_map(u16::to_le_bytes).collect()),
        ("utf-16-big-bare", "Café,£5\n".encode_utf16().flat_map(u16::to_be_bytes).collect()),
    ] {
        cases.add(format!("{name}.csv"), move || bytes.clone(), cafe(name));
    }
    for (name, bytes, expect) in [
        ("nul-inside", b"a,b\n1,\x002\n".to_vec(), Expect::Refused("not known")),
        (
            "utf-16-nul",
            [b"\xff\xfe".as_slice(), &[b'a', 0, 0, 0, b'b', 0]].concat(),
            Expect::Refused("no letters"),
        ),
        ("utf-16-odd", b"\xff\xfea\0,\0b".to_vec(), Expect::Safe),
        ("utf-16-half", b"\xff\xfea\0\x00\xd8".to_vec(), Expect::Refused("no letters")),
        ("binary", (0..=255).cycle().take(3_000).collect(), Expect::Refused("not known")),
        ("steering", b"a\x1b[31m,\xc2\x9bb,\xe2\x80\xaec\x07".to_vec(), Expect::Safe),
        ("steering-long", [b"a,b\n".repeat(400), b"\x1b[2J,\xe2\x80\xae\n".to_vec()].concat(), Expect::Safe),
    ] {
        cases.add(format!("{name}.csv"), move || bytes.clone(), expect);
    }
}

fn records(cases: &mut Cases) {
    let mut add =
        |name: &str, bytes: fn() -> Vec<u8>, expect| cases.add(format!("{name}.csv"), bytes, expect);
    add("quote-open", || b"a,b\n\"1,2\n3,4\n".to_vec(), Expect::Told("never closed"));
    add(
        "quote-open-long",
        || [b"a,\"b\n".as_slice(), &b"1,2\n".repeat(200_000)].concat(),
        Expect::Told("never closed"),
    );
    add(
        "quote-inside",
        || b"a\"b\"c,d\n".to_vec(),
        prints("quote-inside", &[r#"0,0,"text","a\"b\"c""#, r#"0,1,"text","d""#]),
    );
    add(
        "quote-doubled",
        || b"\"a\"\"b\",c\n".to_vec(),
        prints("quote-doubled", &[r#"0,0,"text","a\"b""#, r#"0,1,"text","c""#]),
    );
    add(
        "quote-behind",
        || b"\"a\"b,c\n".to_vec(),
        prints("quote-behind", &[r#"0,0,"text","ab""#, r#"0,1,"text","c""#]),
    );
    let refused = || Expect::Refused("16 MB");
    add("record-17-mb", || [b"a,b\n\"".as_slice(), &vec![b'x'; 17 << 20]].concat(), refused());
    add(
        "record-17-mb-closed",
        || [b"a,b\n\"".as_slice(), &vec![b'x'; 17 << 20], b"\"\n"].concat(),
        refused(),
    );
    add(
        "record-17-mb-plain",
        || [b"a,b\n".as_slice(), &vec![b'x'; 17 << 20], b"\n1,2\n"].concat(),
        refused(),
    );
    add("record-90-mb", || [b"a,b\n\"".as_slice(), &vec![b'\n'; 90 << 20]].concat(), refused());
    add("record-90-mb-of-quotes", || [b"a,b\n\"".as_slice(), &vec![b'"'; 90 << 20]].concat(), refused());
    add("record-15-mb", || [b"a,b\n\"".as_slice(), &vec![b'x'; 15 << 20], b"\",1\n"].concat(), Expect::Safe);
    add("columns-20000", || [b"a,".repeat(20_000), b"\n".to_vec()].concat(), Expect::Refused("more values"));
    add("columns-16384", || [b"a,".repeat(16_383), b"b\n".to_vec()].concat(), Expect::Safe);
    add("rows-two-million", || b"1\n".repeat(2_000_000), Expect::Refused("rows"));
    add(
        "lines-blank-two-million",
        || [b"\n".repeat(2_000_000), b"1".to_vec()].concat(),
        Expect::Refused("rows"),
    );
    add("lines-blank-million", || b"\n".repeat(1_000_000), prints("lines-blank-million", &[]));
    add("separators-only", || b",".repeat(16_000), prints("separators-only", &[]));
    add(
        "separators-80-mb",
        || [b",".repeat(9_999), b"\n".to_vec()].concat().repeat(8_000),
        Expect::Refused("20,000,000 cells"),
    );
    add(
        "line-ends-mixed",
        || b"a\r\nb\rc\nd".to_vec(),
        prints(
            "line-ends-mixed",
            &[r#"0,0,"text","a""#, r#"1,0,"text","b""#, r#"2,0,"text","c""#, r#"3,0,"text","d""#],
        ),
    );
    add("separator-stated-odd", || b"sep=\"\na\"b\n".to_vec(), Expect::Safe);
    add("separator-stated-line-end", || b"sep=\n\na\n".to_vec(), Expect::Safe);
    add("separator-stated-letter", || b"sep=x\naxb\n".to_vec(), Expect::Safe);
    add("ragged", || b"a,b\n1\n1,2,3\n".to_vec(), Expect::Safe);
    add("formulas", || b"=1+1,@SUM(A1),+5,-5\n".to_vec(), Expect::Safe);
}

//! Every limit can be set, holds at what it is set to, and names its setting.

use super::{STRINGS, crafted, package, sample};
use quarterday::model::{FileId, Limited, Limits, Oddity, Refusal, Workbook};
use quarterday::read::{self, Portion};

fn within(limited: Limited, limit: u64, name: &str, bytes: &[u8]) -> Result<Workbook, Refusal> {
    let mut limits = Limits::default();
    limits.set(limited, limit);
    read::within(&limits, FileId(0), name, bytes, &|_| Portion::Whole)
}

fn past(limited: Limited, limit: u64, found: Option<u64>) -> Result<Workbook, Refusal> {
    Err(Refusal::PastLimit { limited, limit, found })
}

/// Sheet data with so many cells of this kind.
fn rows(count: usize, cell: &str) -> String {
    format!("<row>{cell}</row>").repeat(count)
}

/// The refusals are compared; workbooks cannot be.
fn told(read: Result<Workbook, Refusal>) -> Option<Refusal> {
    read.err()
}

#[test]
fn a_file_that_passes_a_limit_is_refused_and_read_within_a_higher_one() {
    let numbers = crafted(&rows(60_000, "<c><v>1</v></c>"));
    let long = [b"a,b\n\"".as_slice(), &vec![b'x'; 1_200_000], b"\",1\n"].concat();
    let lines = b"a,b\n".repeat(300_000);
    let sheets = sample();
    let cases = [
        (Limited::File, 1, 2, Some(2), "a.csv", lines.as_slice()),
        (Limited::Cells, 599_999, 600_000, None, "a.csv", lines.as_slice()),
        (Limited::Record, 1, 2, None, "a.csv", &long),
        (Limited::Parts, 5, 6, Some(6), "a.xlsx", &numbers),
        (Limited::Part, 1, 2, Some(2), "a.xlsx", &numbers),
        (Limited::Unpacked, 1, 2, Some(2), "a.xlsx", &numbers),
        (Limited::Cells, 59_999, 60_000, None, "a.xlsx", &numbers),
        (Limited::Sheets, 2, 3, None, "a.xlsx", &sheets),
    ];
    for (limited, limit, enough, found, name, bytes) in cases {
        assert_eq!(
            told(within(limited, limit, name, bytes)),
            told(past(limited, limit, found)),
            "{limited:?}"
        );
        let read = within(limited, enough, name, bytes).unwrap_or_else(|why| panic!("{limited:?}: {why:?}"));
        assert!(read.sheets.iter().any(|sheet| !sheet.cells().is_empty()), "{limited:?}");
        assert!(
            !read.oddities.iter().any(|odd| matches!(odd, Oddity::UnreadableSheet { .. })),
            "{limited:?}"
        );
    }
}

#[test]
fn too_many_texts_are_not_read() {
    let Err(Refusal::Damaged(why)) = within(Limited::Texts, 2, "a.xlsx", &crafted("")) else {
        panic!("it has three")
    };
    assert_eq!(why, "it has more than 2 different texts (QUARTERDAY_MAX_TEXTS sets another limit)");
    assert!(within(Limited::Texts, 3, "a.xlsx", &crafted("")).is_ok());
}

#[test]
fn a_sheet_with_too_much_text_is_named_with_the_setting() {
    let text = "x".repeat(600_000);
    let own = format!(r#"<c t="inlineStr"><is><t>{text}</t></is></c>"#);
    let written_out = crafted(&rows(2, &own));
    let strings = String::from_utf8_lossy(STRINGS).replace("zero", &text);
    let sheet =
        format!("<worksheet><sheetData>{}</sheetData></worksheet>", rows(2, r#"<c t="s"><v>0</v></c>"#));
    let shared = package(&[
        ("xl/sharedStrings.xml", strings.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ]);
    for (limited, bytes, says) in [
        (
            Limited::SheetText,
            &written_out,
            "it has a sheet with more than 1 MB of text (QUARTERDAY_MAX_SHEET_TEXT_MB",
        ),
        (Limited::Text, &written_out, "it has more than 1 MB of text in its cells (QUARTERDAY_MAX_TEXT_MB"),
        (Limited::Text, &shared, "it has more than 1 MB of text in its cells (QUARTERDAY_MAX_TEXT_MB"),
    ] {
        let read = within(limited, 1, "a.xlsx", bytes).unwrap();
        let [Oddity::UnreadableSheet { why, .. }] = read.oddities.as_slice() else {
            panic!("{limited:?}: {:?}", read.oddities)
        };
        assert!(why.starts_with(says), "{why}");
        assert_eq!(within(limited, 2, "a.xlsx", bytes).unwrap().oddities, []);
    }
}

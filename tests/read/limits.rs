//! Every limit can be set, holds at what it is set to, and names its setting.

use super::{STRINGS, crafted, package, sample};
use quarterday::model::{FileId, Limited, Limits, Oddity, Refusal, Unseen, Workbook};
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
    let read = within(Limited::Texts, 2, "a.xlsx", &crafted(""));
    assert_eq!(told(read), told(past(Limited::Texts, 2, None)), "it has three");
    assert!(within(Limited::Texts, 3, "a.xlsx", &crafted("")).is_ok());
}

#[test]
fn a_workbook_of_which_one_sheet_has_too_much_text_is_refused_whole() {
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
    let page = format!("<table><tr><td>{text}<td>{text}</table><table><tr><td>1</table>").into_bytes();
    for (limited, name, bytes) in [
        (Limited::SheetText, "a.xlsx", &written_out),
        (Limited::Text, "a.xlsx", &written_out),
        (Limited::Text, "a.xlsx", &shared),
        (Limited::SheetText, "a.html", &page),
        (Limited::Text, "a.html", &page),
    ] {
        assert_eq!(told(within(limited, 1, name, bytes)), told(past(limited, 1, None)), "{limited:?}");
        let read = within(limited, 2, name, bytes).unwrap();
        assert!(!read.oddities.iter().any(|odd| matches!(odd, Oddity::UnreadableSheet { .. })), "{name}");
    }
}

#[test]
fn a_page_that_passes_a_limit_inside_a_table_is_told_of_that_limit() {
    let tables = "<table><tr><td>1<td>2<td>3</table>".repeat(4).into_bytes();
    let open = "<table><tr><td>1<td>2<td>3</tr>".repeat(4) + "</table>";
    for page in [&tables, open.as_bytes()] {
        for (limited, limit) in [(Limited::Cells, 5), (Limited::Sheets, 3)] {
            assert_eq!(told(within(limited, limit, "a.html", page)), told(past(limited, limit, None)));
        }
        assert!(within(Limited::Sheets, 4, "a.html", page).is_ok());
    }
}

#[test]
fn merged_cells_beyond_those_kept_are_told_of_a_workbook_too() {
    let read = |count: usize| {
        let merged = r#"<mergeCell ref="A1:B1"/>"#.repeat(count);
        let sheet = format!(
            "<worksheet><sheetData><row><c><v>1</v></c></row></sheetData><mergeCells>{merged}</mergeCells></worksheet>"
        );
        let bytes =
            package(&[("xl/sharedStrings.xml", STRINGS), ("xl/worksheets/sheet1.xml", sheet.as_bytes())]);
        let workbook = within(Limited::Sheets, 9, "a.xlsx", &bytes).unwrap();
        let told: Vec<Unseen> = workbook
            .facts
            .unseen
            .iter()
            .filter(|unseen| format!("{unseen:?}").contains("merged"))
            .cloned()
            .collect();
        (workbook.sheets[0].merged.len(), told.len())
    };
    assert_eq!(read(20_000), (20_000, 0));
    assert_eq!(read(20_001), (20_000, 1));
}

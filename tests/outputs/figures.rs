//! One word for one figure: the sheets of the workbook and the page say the same of the same round, and lead to each other.

use super::desk::{CLEAN, Desk, MESSY};
use super::look::{Book, parts};
use quarterday::model::CellRef;
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::fs;

const COMPOUND: &str = "samples/2013-14-q4-compound";
const GRANT: &str = "samples/grant-2024-25-q2";

fn merged(round: &str) -> (Book, String) {
    let desk = Desk::new();
    desk.run(&["merge", round]);
    let out = desk.path(round).join("out");
    let book = Book::open(&fs::read(out.join("consolidated.xlsx")).expect("the workbook"));
    (book, fs::read_to_string(out.join("report.html")).expect("the page"))
}

/// The row whose first cell says this, as text by column.
fn row(book: &Book, sheet: &str, first: &str) -> Vec<String> {
    let rows = book.cells(sheet).into_iter().map(|(row, _)| row);
    let found = rows.into_iter().find(|row| book.value(sheet, *row, 0) == first);
    let row = found.unwrap_or_else(|| panic!("{sheet} has no line {first}:\n{}", book.text(sheet)));
    (0..30).map(|column| book.value(sheet, row, column).to_string()).collect()
}

fn column(headings: &[String], title: &str) -> usize {
    headings.iter().position(|one| one == title).unwrap_or_else(|| panic!("no {title} in {headings:?}"))
}

#[test]
fn returned_is_one_figure_and_what_is_used_is_another() {
    let (book, page) = merged(MESSY);
    let headings = row(&book, "Contributions", "Partner");
    let at = |title: &str| column(&headings, title);
    let total = row(&book, "Contributions", "Total");
    let held = row(&book, "Contributions", "On Reconciliation");
    for (title, figure) in [
        ("Ledger", "208191"),
        ("Returned", "225122"),
        ("Difference", "16931"),
        ("Used", "229089"),
        ("Returned less used", "-3967"),
    ] {
        assert_eq!(total[at(title)], figure, "{title}");
        assert_eq!(held[at(title)], figure, "{title}");
    }
    assert_eq!(held[at("Share of used")], "agrees");
    // Two returns of one partner, and a minus that is held: why they are not used is said beside them.
    let youth = row(&book, "Contributions", "Youth Offending Service");
    assert_eq!(
        [&youth[at("Returned")], &youth[at("Used")], &youth[at("Returned less used")]],
        ["1290", "645", "645"]
    );
    assert!(youth[at("From, and to know")].contains("YOS Q4.xlsx"), "{youth:?}");
    let probation = row(&book, "Contributions", "West Mercia Probation");
    assert_eq!([&probation[at("Returned")], &probation[at("Difference")]], ["-4612", "-9224"]);
    assert!(probation[at("From, and to know")].contains("Held because of a minus"), "{probation:?}");
    // The same figures under the same words on the first sheet, the reconciliation and the page.
    let whole = row(&book, "Reconciliation", "In all");
    let all = row(&book, "Reconciliation", "differs");
    assert_eq!(all[column(&whole, "Returned")], "225122");
    assert_eq!(all[column(&whole, "Used")], "229089");
    for said in ["<dt>Returned</dt><dd>£225,122.00</dd>", "<dt>Used in the workbook</dt><dd>£229,089.00</dd>"]
    {
        assert!(page.contains(said), "{said}");
    }
}

#[test]
fn every_round_comes_to_the_same_on_both_sheets() {
    for round in [CLEAN, MESSY, COMPOUND, GRANT] {
        let (book, _) = merged(round);
        let mut bridges = 0;
        for sheet in book.sheets() {
            let words = book.text(&sheet);
            if let Some(line) = words.lines().find(|line| line.contains(": On Reconciliation | ")) {
                assert!(line.ends_with("-> agrees"), "{round}, {sheet}: {line}");
                bridges += 1;
            }
        }
        assert!(bridges > 0, "{round}");
    }
}

#[test]
fn no_two_columns_of_the_contributions_have_one_name() {
    let (book, _) = merged(MESSY);
    let headings = row(&book, "Contributions", "Partner");
    let agreed: Vec<&String> = headings.iter().filter(|title| title.starts_with("Agreed")).collect();
    assert_eq!(agreed, ["Agreed, in the ledger", "Agreed amount, as returned"]);
    // Last year's hidden row has no amount of this year: it stands below what is drawn.
    let text = book.text("Contributions");
    let lines: Vec<&str> = text.lines().collect();
    let total = lines.iter().position(|line| line.contains(": Total | ")).expect("a total");
    assert!(lines[total - 1].contains("West Mercia Police HSCB return.xlsm › Contributions!L14"), "{text}");
}

#[test]
fn areas_say_how_they_moved_or_that_nobody_can_tell() {
    let (book, page) = merged(MESSY);
    let headings = row(&book, "Areas", "Action area");
    assert!(headings.contains(&"In 2013-14 Q3".to_owned()) && headings.contains(&"Direction".to_owned()));
    assert!(headings.contains(&"Actions".to_owned()) && !headings.contains(&"Entries".to_owned()));
    for (sheet, words) in [("Areas", &book.text("Areas")), ("the page", &page)] {
        assert!(words.contains("In 2013-14 Q3"), "{sheet}");
        assert!(
            ["↑ better", "→ same", "↓ worse"].iter().any(|said| words.contains(said)),
            "{sheet}: {words}"
        );
    }
    assert!(book.text("Summary").contains("Areas since 2013-14 Q3: "), "{}", book.text("Summary"));
    let (book, page) = merged(CLEAN);
    let none = "No earlier round is given, so there is no direction of travel.";
    for words in [&book.text("Areas"), &book.text("Summary"), &page] {
        assert!(words.contains(none), "{words}");
    }
    assert!(!book.text("Areas").contains("Direction"));
}

#[test]
fn the_first_sheet_says_how_much_more_there_is_and_where() {
    let (book, page) = merged(MESSY);
    // Lines are broken to fit the page.
    let lines: Vec<String> = (0..120).map(|row| book.value("Summary", row, 0).to_string()).collect();
    let words =
        lines.iter().map(|line| line.trim()).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ");
    for said in [
        "is £9,224 below the ledger (wrong sign).",
        "is £20,000 above the ledger (“of which Adults and Health Wellbeing: £20,000”).",
        "The same for 1 smaller difference of £27.",
        "… and 2 more errors.",
        "(West Mercia Police HSCB return.xlsm › Monitoring sheet!G14)",
        "17 queries wait for an answer.",
    ] {
        assert!(words.contains(said), "{said}\n{words}");
    }
    // Where each is told in full stands beside it, in words and as a link.
    let text = book.text("Summary");
    for said in ["Reconciliation, row ", "Queries, no 1", " | Areas", " | Queries"] {
        assert!(text.contains(said), "{said}\n{text}");
    }
    assert!(page.contains("difference of £27 (<a href=\"#differences\">What does not add up</a>)."));
    // Every area with a red is named, and what two returns count twice is not to be decided: what is used of them agrees.
    let reds = book.value("Summary", 8, 4).to_string();
    let from = words.find("areas with a red: ").expect("the areas");
    let named = words[from..].split(". ").next().unwrap_or_default();
    assert_eq!(named.split("; ").count().to_string(), reds, "{named}");
    assert!(!named.contains(" more") && !words.contains("Youth Offending Service: accept"), "{words}");
}

/// Amounts of a column between its heading and its total, as an officer adds them up by eye.
fn cast(book: &Book, sheet: &str, title: &str) -> Decimal {
    let headings = row(book, sheet, "Partner");
    let at = u32::try_from(column(&headings, title)).expect("a column");
    let last = (6..200).find(|row| book.value(sheet, *row, 0) == "Total").expect("a total");
    (5..last).filter_map(|row| book.value(sheet, row, at).to_string().parse::<Decimal>().ok()).sum()
}

#[test]
fn quarters_that_do_not_come_to_what_is_used_say_so_in_the_pack_and_in_the_extract() {
    let off = |book: &Book, sheet: &str| {
        let headings = row(book, sheet, "Partner");
        let check = row(book, sheet, "Quarters less used");
        (check[column(&headings, "Q1")].clone(), check[column(&headings, "Q2")].clone())
    };
    for (round, less, partner, said) in [
        (
            COMPOUND,
            "67804.5",
            "NHS Herefordshire",
            "Q1 to Q4 come to £113,007.50, £67,804.50 more than what is used. They look like running totals.",
        ),
        (MESSY, "-27", "NHS Herefordshire", "Q1 to Q4 come to £45,203, £27 less than what is used."),
    ] {
        let desk = Desk::new();
        desk.run(&["merge", round]);
        let out = desk.path(round).join("out");
        let book = Book::open(&fs::read(out.join("consolidated.xlsx")).expect("the workbook"));
        assert_eq!(off(&book, "Contributions"), (less.to_owned(), "differs".to_owned()), "{round}");
        let headings = row(&book, "Contributions", "Partner");
        let line = row(&book, "Contributions", partner);
        assert!(line[column(&headings, "From, and to know")].ends_with(said), "{line:?}");
        let quarters: Decimal =
            ["Q1", "Q2", "Q3", "Q4"].iter().map(|title| cast(&book, "Contributions", title)).sum();
        let used = cast(&book, "Contributions", "Used");
        assert_eq!((quarters - used).normalize().to_string(), less, "{round}");
        assert_eq!(used.to_string(), row(&book, "Contributions", "Total")[column(&headings, "Used")]);
    }
    let desk = Desk::new();
    desk.run(&["merge", COMPOUND, "--extract"]);
    let extract = Book::open(&fs::read(desk.path(COMPOUND).join("out/extract.xlsx")).expect("the extract"));
    let text = extract.text("Contributions");
    assert!(text.contains("NHS Herefordshire: Q1 to Q4 come to £113,007.50"), "{text}");
    let (clean, _) = merged(CLEAN);
    assert_eq!(off(&clean, "Contributions"), ("3".to_owned(), "within rounding".to_owned()));
    assert!(!clean.text("Contributions").contains("what is used."));
}

#[test]
fn what_is_held_stands_in_no_column_of_what_is_used() {
    let (book, _) = merged(MESSY);
    let headings = row(&book, "Contributions", "Partner");
    let line = row(&book, "Contributions", "West Mercia Probation");
    for title in ["Used", "Q1", "Q2", "Q3", "Q4"] {
        assert_eq!(line[column(&headings, title)], "held", "{title}");
    }
    let know = &line[column(&headings, "From, and to know")];
    assert!(know.ends_with("Counted as typed in Returned, not in Used."), "{know}");
}

#[test]
fn figures_of_the_ledger_lead_to_the_ledger_s_column_of_their_line() {
    let desk = Desk::new();
    desk.run(&["merge", MESSY]);
    let bytes = fs::read(desk.path(MESSY).join("out/consolidated.xlsx")).expect("the workbook");
    let book = Book::open(&bytes);
    let number = book.sheets().iter().position(|name| name == "Reconciliation").expect("the sheet") + 1;
    let xml = &parts(&bytes)[&format!("xl/worksheets/sheet{number}.xml")];
    let links: BTreeMap<&str, &str> = xml
        .split("<hyperlink ")
        .skip(1)
        .filter_map(|link| {
            let of = |name: &str| link.split(name).nth(1)?.split('"').next();
            Some((of("ref=\"")?, of("location=\"")?))
        })
        .collect();
    let mut followed = 0;
    for row in 0..60 {
        let compared = book.value("Reconciliation", row, 3).to_string();
        if !compared.contains("ledger.csv, line ") || !compared.contains("annual total") {
            continue;
        }
        let to = links.get(format!("F{}", row + 1).as_str()).unwrap_or_else(|| panic!("no link: {compared}"));
        let (sheet, cell) = to.rsplit_once('!').expect("a cell of a sheet");
        let at = CellRef::parse(cell).expect("an address");
        assert_eq!(
            book.value(sheet.trim_matches('\''), at.row, u32::from(at.column)),
            book.value("Reconciliation", row, 5),
            "{compared}: {to}"
        );
        let headings = self::row(&book, sheet.trim_matches('\''), "Partner");
        assert_eq!(headings[usize::from(at.column)], "Ledger");
        followed += 1;
    }
    assert!(followed >= 6, "{followed} figures of the ledger were followed");
}

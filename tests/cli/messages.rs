//! What a message to one partner holds of the others and of the Business Unit's own figures: nothing.

use super::answers::answered;
use super::desk::{Desk, MESSY, texts};
use std::fs;

const ROUND: &str = r#"
[round]
board = "Wyevale Safeguarding Children Board"
code = "WSCB"
period = "2013-14 Q4"
schema = "schema.toml"

[[partner]]
code = "WMP"
name = "West Mercia Police"
contact = "Lead"

[[partner]]
code = "PCC"
name = "West Mercia Police and Crime Commissioner"
contact = "Lead"

[[partner]]
code = "HC"
name = "Wyevale Council"
contact = "Lead"
"#;
const LEDGER: &str = "\
table,agency,share,agreed,actual
contributions,WMP,60,610,600
contributions,PCC,40,400,300
";
const HEADINGS: &str = "Budget line,Q1,Q2,Paid,Comment";

fn round(returns: &[(&str, &str)]) -> Desk {
    round_with(LEDGER, returns)
}

fn round_with(ledger: &str, returns: &[(&str, &str)]) -> Desk {
    let desk = Desk::new();
    fs::create_dir_all(desk.path("r/returns")).expect("a folder");
    let schema = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cli/said/schema.toml");
    fs::copy(schema, desk.path("r/schema.toml")).expect("a copy");
    fs::write(desk.path("r/round.toml"), ROUND).expect("a file");
    fs::write(desk.path("r/ledger.csv"), ledger).expect("a file");
    for (name, row) in returns {
        let text = format!("{HEADINGS}\n{row}\n");
        fs::write(desk.path(&format!("r/returns/{name}.csv")), text).expect("a file");
    }
    desk
}

fn said(desk: &Desk, partner: &str) -> String {
    let text = fs::read_to_string(desk.path(&format!("r/out/messages/{partner}.txt"))).expect("a message");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn no_figure_of_another_partner_or_of_the_business_unit_is_told() {
    let desk = round(&[
        ("West Mercia Police", "Grant,300,300,600,"),
        (
            "West Mercia Police and Crime Commissioner",
            "Grant,500,400,900,West Mercia Police paid £99000 in July.",
        ),
    ]);
    desk.run(&["merge", "r"]);
    let found = fs::read_to_string(desk.path("r/out/findings.csv")).expect("findings");
    assert!(found.contains("£99,000 is said of a partner for whom the ledger has £610"), "{found}");
    assert!(found.contains("the share comes to £404"), "{found}");
    let pcc = said(&desk, "PCC");
    let own = "of the form (in your file: West Mercia Police and Crime Commissioner,";
    let paid = format!("cell D8 {own} D2): West Mercia Police and Crime Commissioner, Paid: £900");
    assert!(pcc.contains(&paid), "{pcc}");
    assert!(
        pcc.contains(&format!("cell E8 {own} E2): we have a question about it; please ask us.")),
        "{pcc}"
    );
    assert!(pcc.contains("2 things to answer"), "{pcc}");
    for other in ["£99,000", "£610", "£404", "equals West Mercia Police", "is agreed"] {
        assert!(!pcc.contains(other), "{other}: {pcc}");
    }
    // Its own return is right; that what was agreed is not its share is not its matter.
    let police = said(&desk, "WMP");
    assert!(police.contains("Nothing is left for you to do."), "{police}");
    let council = said(&desk, "HC");
    assert!(council.contains("We have not received your return") && !council.contains("Ask "), "{council}");
    let chasing = fs::read_to_string(desk.path("r/out/chasing.csv")).expect("the list");
    assert!(
        chasing.contains("West Mercia Police,Lead,,received,West Mercia Police.csv,,,,0,0,0,0,"),
        "{chasing}"
    );
}

#[test]
fn two_returns_hide_no_other_difference_of_the_cell() {
    let desk = round(&[
        ("West Mercia Police", "Grant,300,290,600,"),
        ("West Mercia Police v2", "Grant,300,290,600,new"),
        ("West Mercia Police and Crime Commissioner", "Grant,200,100,300,"),
    ]);
    desk.run(&["merge", "r"]);
    let police = said(&desk, "WMP");
    assert!(police.contains("£600 is stated, and the figures across add to £590."), "{police}");
    // That it came twice is asked once, with what comes of it.
    assert!(police.contains("2 things to answer") && !police.contains("You also sent"), "{police}");
    let twice = "We have two returns from West Mercia Police";
    let (before, after) = police.split_once(twice).expect("it is asked");
    assert!(!before.contains("£1,200") && after.contains("From this follows:"), "{police}");
    assert!(after.contains("£1,200 is stated, and the ledger has £600."), "{police}");
    let chasing = fs::read_to_string(desk.path("r/out/chasing.csv")).expect("the list");
    let line = "West Mercia Police v2.csv,West Mercia Police.csv,,,0,0,2,0,";
    assert!(chasing.contains(line), "{chasing}");
}

/// What is found by a rule is its own cause, percentages are percentages, and sums stay live with a line of nobody's.
#[test]
fn the_sheet_asks_for_causes_only_where_they_are_looked_for() {
    use calamine::{Data, Reader as _, Xlsx};
    let ledger = "\
table,agency,share,agreed,actual
contributions,WMP,60,610,600
contributions,PCC,39,400,300
contributions,,,0,7
";
    let desk = round_with(
        ledger,
        &[
            ("West Mercia Police", "Grant,300,263,563,"),
            ("West Mercia Police and Crime Commissioner", "Grant,900,-600,300,"),
        ],
    );
    desk.run(&["merge", "r"]);
    let to_fill = fs::read_to_string(desk.path("r/out/answers-to-fill.csv")).expect("the answers");
    assert!(to_fill.contains("All shares, percent: returned 99%, should be 100%"), "{to_fill}");
    let bytes = fs::read(desk.path("r/out/consolidated.xlsx")).expect("the workbook");
    let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(bytes)).expect("a workbook");
    let range = book.worksheet_range("Reconciliation").expect("the sheet");
    let row = |control: &str, what: &str| {
        let mut rows = range.rows().filter(|row| matches!(&row[2], Data::String(text) if text == control));
        rows.find(|row| row[3].to_string().starts_with(what)).unwrap_or_else(|| panic!("{control}: {what}"))
    };
    let coupled = row("No amount is that of two partners", "Grant");
    assert_eq!((coupled[0].to_string().as_str(), coupled[8].to_string().as_str()), ("differs", ""));
    assert_eq!(coupled[9], Data::Empty);
    let shares = row("Agreed amounts follow from their shares", "All shares");
    assert_eq!((&shares[9], shares[8].to_string().as_str()), (&Data::Empty, ""));
    let police = row("Against the ledger", "Paid");
    assert_eq!(
        (police[8].to_string().as_str(), &police[9]),
        ("No simple explanation found.", &Data::Float(37.0))
    );
    let total = row("Against the ledger", "Control total");
    assert_eq!(total[9], Data::Empty);
    // Gross and unexplained of the ledger control, over the partners' lines and the line of nobody.
    let formulas = book.worksheet_formula("Reconciliation").expect("the formulas");
    let live: Vec<&String> =
        formulas.used_cells().map(|cell| cell.2).filter(|f| f.contains("SUMPRODUCT")).collect();
    assert_eq!(live.len(), 2, "{live:?}");
    for formula in live {
        assert!(formula.contains("=\"Control total · paid\"))*ABS("), "{formula}");
    }
    let all = range
        .rows()
        .find(|row| matches!(&row[1], Data::String(text) if text == "Whole round"))
        .expect("the ledger's own row");
    assert_eq!(all[7], Data::Float(44.0));
}

fn message(desk: &Desk, partner: &str) -> String {
    let path = desk.path(&format!("{MESSY}/out/messages/{partner}.txt"));
    let text = fs::read_to_string(path).expect("a message");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What the Business Unit has cleared for its pack still stands in the partner's file.
#[test]
fn an_answer_for_the_pack_takes_nothing_out_of_a_partners_file() {
    let desk = Desk::new();
    let (_, answers) = answered(&desk, "personal-data-suspected");
    assert_eq!(answers, 1);
    let asked = message(&desk, "WMP");
    assert!(asked.contains("appears to contain an NHS number. Remove it"), "{asked}");
    desk.run(&["merge", MESSY]);
    let cleared = message(&desk, "WMP");
    let says = "Please take this out of your own file, if it still stands there; nothing more is asked about it. \
                Monitoring sheet, cell G14 appears to contain an NHS number.";
    assert!(cleared.contains(says), "{cleared}");
    assert!(!cleared.contains("000 0018"), "{cleared}");
    assert!(cleared.contains("received, 4 things to answer"), "{cleared}");
}

/// A form that goes in place of a partner's own file has its cells elsewhere, and columns that the file lacks.
#[test]
fn a_message_with_a_form_speaks_of_the_form() {
    let desk = Desk::new();
    desk.run(&["merge", MESSY]);
    let nhs = message(&desk, "NHS");
    assert!(nhs.contains("Contributions, cell L7 of the form (in your file: Contributions, L5):"), "{nhs}");
    assert!(nhs.contains("it is in the format of Excel 2003 and before (.xls)."), "{nhs}");
    let police = message(&desk, "WMP");
    for says in [
        "In your file West Mercia Police HSCB return.xlsm, Monitoring sheet, cell G14 appears to contain",
        "There is no column for Expected impact. The form that we send you has it: fill it in there",
        "Your own file is not sent back: something in it looks as if it could identify a person.",
        "It has all 10 actions that the plan asks you about, but it is not whole. There is no column for Expected impact.",
    ] {
        assert!(police.contains(says), "{says}: {police}");
    }
    // One swapped pair of digits is one question.
    assert!(nhs.contains("received, 3 things to answer"), "{nhs}");
    let shows =
        "Other figures of the return say the same. The same difference shows in L8 of the form (Total ";
    assert!(nhs.contains(shows), "{nhs}");
    // The day by which returns were due is over when a form is sent back.
    for partner in ["NHS", "WMP"] {
        let bytes = fs::read(desk.path(&format!("{MESSY}/out/feedback/{partner}.xlsx"))).expect("a form");
        let words = texts(&bytes);
        assert!(words.contains("send this workbook") && !words.contains("by 18 April 2014"), "{partner}");
    }
    // What the list of whom to chase counts and names is what the message does.
    let chasing = fs::read_to_string(desk.path(&format!("{MESSY}/out/chasing.csv"))).expect("the list");
    let line = chasing.lines().find(|line| line.starts_with("West Mercia Police,")).expect("its line");
    assert!(
        line.contains(",partial,") && line.contains(",There is no column for Expected impact.,"),
        "{line}"
    );
    assert!(line.contains("Monitoring sheet, G14 (personal-data-suspected)"), "{line}");
}

//! Rows that are held, and returns that are replaced: what is not merged is told, and nothing else is left out.

mod support;

use quarterday::finding::{Finding, Location, Severity};
use quarterday::model::{CellRef, HeldReason, HeldRow, MOST_DIFFERENCES, Origin, ReturnState};
use quarterday::pipeline::Run;
use quarterday::round::{Register, Round};
use std::fmt::Write as _;
use support::{notation, rounds, settings};

const SCHEMA: &str = r#"
[schema]
name = "small"
title = "Small"
version = "1"

[[list]]
name = "stream"
title = "Stream"
categories = [{ value = "adults", label = "Adults" }, { value = "children", label = "Children" }]

[[table]]
name = "plan"
title = "Plan"
sheet = ["Plan"]
primaryKey = ["ref"]
register = { key = "ref", title = "action" }

[[table.fields]]
name = "ref"
title = "Ref"
type = "string"

[[table.fields]]
name = "action"
title = "Action"
type = "string"

[[table.fields]]
name = "cost"
title = "Cost"
type = "money"

[[table]]
name = "money"
title = "Money"
sheet = ["Money", "Money 2"]
repeat = true
primaryKey = ["agency", "stream", "day"]

[[table.fields]]
name = "board"
title = "Board"
type = "string"
role = "board"

[[table.fields]]
name = "agency"
title = "Agency"
type = "agency"

[[table.fields]]
name = "stream"
title = "Stream"
type = "code"
list = "stream"
allow = ["not stated"]

[[table.fields]]
name = "day"
title = "Day"
type = "date"

[[table.fields]]
name = "paid"
title = "Paid"
type = "money"
"#;

const PLAN: &str = "ref,action,agencies\n1.1.1,Update procedures,NHS\n1.2.1,Say how,HC";

/// Merges files that stand in the notation of cases, under the schema above.
fn merged(files: &str) -> Run {
    merged_by(files, |_| {})
}

/// The same after a change to the round.
fn merged_by(files: &str, change: impl Fn(&mut Round)) -> Run {
    let text = format!("```schema\n{SCHEMA}\n```\n```plan\n{PLAN}\n```\n## Case\n{files}");
    let page = notation::parse(&text).unwrap_or_else(|mistake| panic!("{mistake}\n{text}"));
    let case = &page.cases[0];
    let mut round = settings::load(&case.settings).expect("the settings are sound");
    change(&mut round);
    rounds::run(&round, case)
}

fn file(name: &str, sheets: &[(&str, &str)]) -> String {
    let mut text = format!("```file {name}\n```\n");
    for (sheet, lines) in sheets {
        writeln!(text, "```sheet {sheet}\n{lines}\n```").expect("a text takes all");
    }
    text
}

const MONEY: &str = "A1: Board | Agency | Stream | Day | Paid\n";
const REFS: &str = "A1: Ref | Action | Cost\n";

fn rows(held: &[HeldRow]) -> Vec<u32> {
    held.iter().map(|row| row.at.cell.row + 1).collect()
}

/// True if somebody must answer about a row; rows for another board are noted, once a table.
fn is_told(findings: &[Finding], row: &HeldRow) -> bool {
    let on_row = |at: Location| match at {
        Location::Cell(at) => {
            (at.file, at.sheet, at.cell.row) == (row.at.file, row.at.sheet, row.at.cell.row)
        }
        _ => false,
    };
    findings.iter().any(|finding| {
        if matches!(row.reason, HeldReason::OtherBoard { .. }) {
            let related = finding.detail.iter().flat_map(|detail| &detail.related);
            return finding.code.as_str() == "other-board"
                && (on_row(finding.at) || related.into_iter().any(|other| on_row(other.at)));
        }
        finding.severity != Severity::Note && on_row(finding.at) && finding.help.is_some()
    })
}

#[test]
fn every_held_row_is_told_where_it_stands() {
    let money = format!(
        "{MONEY}A2: WSB | NHS Wyevale | Adults | 2014-01-31 | 1\n\
         A3: SSB | NHS Wyevale | Adults | 2014-01-31 | 2\n\
         A4: SSB | NHS Wyevale | Children | 2014-01-31 | 2\n\
         A5: WSB | Wyevale Police | Adults | 2014-01-31 | 3\n\
         A6: WSB | NHS Wyevale | Elders | 2014-01-31 | 4\n\
         A7: WSB | NHS Wyevale | Elders | 2014-02-28 | 5\n\
         A8: WSB | Somebody else | Adults | 2014-01-31 | 6\n\
         A9: WSB | NHS Wyevale | Adults | soon | 7\n\
         A10: WSB | NHS Wyevale | Adults | TBC | 8\n\
         A11: WSB | NHS Wyevale | Adults | #REF! | 9\n\
         A12: WSB | NHS Wyevale | Adults | 2014-01-31 | 10\n\
         A13: WSB | | Adults | 2014-01-31 | 11\n\
         A14: wyevale-safeguarding BOARD | | Children | 2014-01-31 | 12"
    );
    let plan = format!(
        "{REFS}A2: 1.1.1 | Update procedures | 1\nA3: | Something | 2\nA4: 1.2.1 | Say how | 3\n\
         A5: 9.9 | New | 4\nA6: 1.1.1 | Update procedures | 5\nA7: #REF! | What | 6"
    );
    let run = merged(&file("nhs.xlsx", &[("Plan", &plan), ("Money", &money)]));
    let held = &run.consolidated.held;
    let (of_plan, of_money): (Vec<_>, Vec<_>) = held.iter().cloned().partition(|row| row.table == 0);
    assert_eq!(rows(&of_plan), [3, 4, 5, 6, 7]);
    assert_eq!(rows(&of_money), [3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
    let untold: Vec<_> = held.iter().filter(|row| !is_told(&run.findings, row)).collect();
    assert!(untold.is_empty(), "{untold:#?}\n{:#?}", run.findings);
    for row in held {
        assert!(row.why.split(". ").count() > 1 && row.why.ends_with('.'), "what to do? {}", row.why);
    }
}

#[test]
fn a_key_with_a_blank_part_repeats_nothing_but_a_blank_agency_is_the_sender() {
    let money = format!(
        "{MONEY}A2: WSB | NHS Wyevale | | 2014-01-31 | 1\n\
         A3: WSB | NHS Wyevale | | 2014-01-31 | 2\n\
         A4: WSB | | Adults | 2014-01-31 | 3\n\
         A5: WSB | NHS Wyevale | Adults | 2014-01-31 | 4"
    );
    let run = merged(&file("nhs.xlsx", &[("Money", &money)]));
    assert_eq!(rows(&run.consolidated.held), [5]);
    let HeldReason::Repeats { first } = run.consolidated.held[0].reason else { panic!("it is a repeat") };
    assert_eq!(first.cell.row, 3);
}

#[test]
fn keys_are_compared_as_values_and_not_by_their_hashes() {
    // The first category and the first word allowed have the same number.
    let money = format!(
        "{MONEY}A2: WSB | NHS Wyevale | Adults | 2014-01-31 | 1\n\
         A3: WSB | NHS Wyevale | not stated | 2014-01-31 | 2\n\
         A4: WSB | NHS Wyevale | not stated | 2014-01-31 | 3"
    );
    let run = merged(&file("nhs.xlsx", &[("Money", &money)]));
    assert_eq!(rows(&run.consolidated.held), [4]);
}

#[test]
fn without_a_plan_no_row_is_held_for_not_being_in_it() {
    let plan = format!("{REFS}A2: 9.9 | New | 1\nA3: | Newer | 2\nA4: 9.9 | New | 3");
    let run = merged_by(&file("nhs.xlsx", &[("Plan", &plan)]), |round| round.plan = Register::default());
    assert_eq!(rows(&run.consolidated.held), [4]);
    assert!(is_told(&run.findings, &run.consolidated.held[0]));
}

#[test]
fn a_date_to_the_month_repeats_its_last_day() {
    let money = format!(
        "{MONEY}A2: WSB | NHS Wyevale | Adults | 2014-01-31 | 1\n\
         A3: WSB | NHS Wyevale | Adults | January 2014 | 2"
    );
    let run = merged(&file("nhs.xlsx", &[("Money", &money)]));
    assert_eq!(rows(&run.consolidated.held), [3]);
    assert!(is_told(&run.findings, &run.consolidated.held[0]), "{:#?}", run.findings);
}

#[test]
fn a_copied_sheet_is_not_merged_twice() {
    let money = format!("{MONEY}A2: WSB | NHS Wyevale | Adults | 2014-01-31 | 100");
    let run = merged(&file("nhs.xlsx", &[("Money", &money), ("Money 2", &money)]));
    assert_eq!(run.consolidated.merged_rows[1], 1);
    let [held] = run.consolidated.held.as_slice() else { panic!("one row is held") };
    assert_eq!(
        held.why,
        "The same entry is already in row 2 of the sheet Money. Delete one of them, or correct its key."
    );
    let told =
        run.findings.iter().find(|finding| finding.code.as_str() == "primary-key").expect("it is told");
    assert!(told.message.contains("as row 2 of the sheet Money: "), "{}", told.message);
    assert!(is_told(&run.findings, held));
}

type Differences = Vec<(Option<Origin>, Option<Origin>)>;

fn replaced(old: &str, new: &str) -> (Differences, String) {
    let files = file("nhs v1.xlsx", &[("Money", old)])
        + &file("nhs v2.xlsx", &[("Money", new), ("Money 2", MONEY_2)]);
    let run = merged(&files);
    let differences = run.consolidated.returns.iter().find_map(|entry| match &entry.state {
        ReturnState::Superseded { differences, .. } => Some(differences.clone()),
        _ => None,
    });
    let told = run.findings.iter().find(|finding| finding.code.as_str() == "superseded-submission");
    (differences.expect("one is replaced"), told.expect("it is told").message.to_string())
}

const MONEY_2: &str = "A1: Board | Agency | Stream | Day | Paid\n\
    A2: WSB | NHS Wyevale | Children | 2014-03-31 | 5";

#[test]
fn returns_differ_in_cells_and_in_rows_that_only_one_has() {
    let old = format!(
        "{MONEY}A2: WSB | NHS Wyevale | Adults | 2014-01-31 | 1\n\
         A3: WSB | NHS Wyevale | Adults | 2014-02-28 | 2\n\
         A4: WSB | NHS Wyevale | Children | 2014-03-31 | 5"
    );
    let new = format!(
        "{MONEY}A2: WSB | NHS Wyevale | Adults | 2014-03-31 | 3\n\
         A3: WSB | NHS Wyevale | Adults | 2014-01-31 | 4"
    );
    let (differences, message) = replaced(&old, &new);
    let cell = |at: Option<Origin>| at.map(|at| at.cell.to_string());
    let shown: Vec<_> = differences.iter().map(|(old, new)| (cell(*old), cell(*new))).collect();
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(shown, [(some("E2"), some("E3")), (some("A3"), None), (None, some("A2"))]);
    assert!(message.contains("They differ in 3 places."), "{message}");
}

#[test]
fn a_list_of_differences_that_is_cut_says_so() {
    let sheet = |paid: usize| {
        let rows = (0..MOST_DIFFERENCES + 20).map(|row| {
            let at = CellRef::new(u32::try_from(row).expect("few rows") + 1, 0);
            let (year, month, day) = (1990 + row / 336, row / 28 % 12 + 1, row % 28 + 1);
            format!("{at}: WSB | NHS Wyevale | Adults | {year}-{month:02}-{day:02} | {paid}\n")
        });
        MONEY.to_owned() + &rows.collect::<String>()
    };
    let (differences, message) = replaced(&sheet(1), &sheet(2));
    assert_eq!(differences.len(), MOST_DIFFERENCES);
    assert!(message.contains("They differ in at least 500 places."), "{message}");
}

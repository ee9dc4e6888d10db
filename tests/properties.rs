//! Rules that hold for every round: no address is ever wrong, no row and no penny is ever lost.

mod support;

use proptest::prelude::*;
use quarterday::finding::{Location, Severity};
use quarterday::model::{CellRef, ReturnState};
use quarterday::pipeline::{self, Input, Run};
use quarterday::round::{self, Round};
use rust_decimal::Decimal;
use rust_xlsxwriter::Workbook;
use std::fmt::Write as _;
use std::path::Path;
use support::memory::{Counter, Memory};

const SCHEMA: &str = r#"
[schema]
name = "small"
title = "Small return"
version = "1"

[[table]]
name = "plan"
title = "Plan"
sheet = ["Plan"]
required = true
primaryKey = ["ref"]
register = { key = "ref", title = "action" }
totals = { field = "ref", matches = ["Total"] }

[[table.fields]]
name = "ref"
title = "Ref"
type = "string"
constraints = { required = true }

[[table.fields]]
name = "action"
title = "What we will do"
type = "string"

[[table.fields]]
name = "due"
title = "By when"
type = "date"

[[table.fields]]
name = "spent"
title = "Amount spent"
type = "money"

[[table.fields]]
name = "people"
title = "People trained"
type = "integer"
"#;

/// A round with three partners that are asked for refs 1.1 to 1.40.
fn small_round() -> Round {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let write =
        |name: &str, text: &str| std::fs::write(folder.path().join(name), text).expect("it can be written");
    write("schema.toml", SCHEMA);
    write(
        "round.toml",
        "[round]\nboard = \"Board\"\ncode = \"B\"\nperiod = \"2013-14 Q4\"\nschema = \"schema.toml\"\n\
         [[partner]]\ncode = \"AA\"\nname = \"Alder\"\n[[partner]]\ncode = \"BB\"\nname = \"Birch\"\n\
         [[partner]]\ncode = \"CC\"\nname = \"Cedar\"\n",
    );
    let mut plan = String::from("ref,action,agencies\n");
    for number in 1..=40 {
        let _ = writeln!(plan, "1.{number},Action {number},all");
    }
    write("plan.csv", &plan);
    write("ledger.csv", "table,agency,actual\n");
    round::load(Path::new(folder.path())).expect("the round is sound")
}

fn run(round: &Round, files: &[Memory], sink: &mut Counter) -> Run {
    let inputs: Vec<&dyn Input> = files.iter().map(|file| file as &dyn Input).collect();
    pipeline::merge(round, &inputs, Vec::new(), sink, &|_| {}).expect("the proof holds")
}

/// What a row of a made-up return holds.
#[derive(Debug, Clone)]
enum Row {
    Data {
        reference: u32,
        pennies: u32,
        text: bool,
    },
    Blank,
    Total,
    Unplanned {
        pennies: u32,
    },
    /// Words that end in a colon and an amount, as under a total.
    Recharge {
        pennies: u32,
    },
    /// Words that end in a colon and nothing else.
    Remark,
}

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let row = prop_oneof![
        6 => (1..41u32, 0..5_000_000u32, any::<bool>()).prop_map(|(reference, pennies, text)| Row::Data { reference, pennies, text }),
        1 => Just(Row::Blank),
        1 => Just(Row::Total),
        1 => (0..5_000_000u32).prop_map(|pennies| Row::Unplanned { pennies }),
        1 => (0..5_000_000u32).prop_map(|pennies| Row::Recharge { pennies }),
        1 => Just(Row::Remark),
    ];
    prop::collection::vec(row, 1..30)
}

#[derive(Debug, Clone)]
struct Shape {
    titles: u32,
    left: u16,
    two_rows: bool,
    rows: Vec<Row>,
}

fn shape() -> impl Strategy<Value = Shape> {
    (0..8u32, 0..5u16, any::<bool>(), rows()).prop_map(|(titles, left, two_rows, rows)| Shape {
        titles,
        left,
        two_rows,
        rows,
    })
}

/// Writes the workbook; gives the row of the first line under the headings.
fn workbook(shape: &Shape, rows: &[[Option<Typed>; 5]]) -> (Vec<u8>, u32) {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Plan").expect("a plain name");
    for row in 0..shape.titles {
        sheet.write(row, shape.left, format!("A title {row}")).expect("it fits");
    }
    let mut at = shape.titles + u32::from(shape.titles > 0);
    if shape.two_rows {
        let plain = rust_xlsxwriter::Format::new();
        sheet.merge_range(at, shape.left, at, shape.left + 1, "The plan", &plain).expect("it fits");
        sheet.merge_range(at, shape.left + 3, at, shape.left + 4, "So far", &plain).expect("it fits");
        at += 1;
    }
    for (column, heading) in
        (shape.left..).zip(["Ref", "What we will do", "By when", "Amount spent", "People trained"])
    {
        sheet.write(at, column, heading).expect("it fits");
    }
    at += 1;
    for (row, cells) in (at..).zip(rows) {
        for (column, cell) in (shape.left..).zip(cells) {
            match cell {
                Some(Typed::Text(text)) => {
                    sheet.write(row, column, text.as_str()).expect("it fits");
                }
                Some(Typed::Number(number)) => {
                    sheet.write(row, column, *number).expect("it fits");
                }
                None => {}
            }
        }
    }
    (book.save_to_buffer().expect("it can be written"), at)
}

enum Typed {
    Text(String),
    Number(f64),
}

/// What Excel stores for so many pennies.
#[allow(clippy::float_arithmetic)]
fn pounds(pennies: u32) -> Typed {
    Typed::Number(f64::from(pennies) / 100.0)
}

fn typed(row: &Row) -> [Option<Typed>; 5] {
    let text = |text: String| Some(Typed::Text(text));
    match row {
        Row::Data { reference, pennies, text: as_text } => {
            let amount = if *as_text {
                text(format!("£{}.{:02}", pennies / 100, pennies % 100))
            } else {
                Some(pounds(*pennies))
            };
            [text(format!("1.{reference}")), text(format!("Action {reference}")), None, amount, None]
        }
        Row::Blank => [None, None, None, None, None],
        Row::Total => [text("Total".to_owned()), None, None, Some(Typed::Number(1.0)), None],
        Row::Remark => [text("Signed by:".to_owned()), None, None, None, None],
        Row::Recharge { pennies } => {
            [text("Less recharge:".to_owned()), None, None, Some(pounds(*pennies)), None]
        }
        Row::Unplanned { pennies } => [
            text("9.9".to_owned()),
            text("Something of our own".to_owned()),
            None,
            Some(pounds(*pennies)),
            None,
        ],
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_row_and_no_penny_is_lost(shapes in prop::collection::vec(shape(), 1..4)) {
        let round = small_round();
        let names = ["Alder.xlsx", "Birch.xlsx", "Cedar.xlsx"];
        let (mut rows, mut pennies) = (0u32, 0u64);
        let files: Vec<Memory> = shapes.iter().zip(names).map(|(shape, name)| {
            for row in &shape.rows {
                rows += u32::from(matches!(row, Row::Data { .. } | Row::Unplanned { .. } | Row::Recharge { .. }));
                if let Row::Data { pennies: more, .. } | Row::Unplanned { pennies: more } | Row::Recharge { pennies: more } = row {
                    pennies += u64::from(*more);
                }
            }
            let cells: Vec<_> = shape.rows.iter().map(typed).collect();
            Memory { name: name.to_owned(), bytes: workbook(shape, &cells).0 }
        }).collect();
        let mut sink = Counter::of(&round);
        let run = run(&round, &files, &mut sink);
        let refused = run.consolidated.returns.iter().filter(|entry| entry.state != ReturnState::Accepted).count();
        // A file in which nothing is filled in is no return.
        let has_rows = |shape: &&Shape| shape.rows.iter().any(|row| !matches!(row, Row::Blank | Row::Total | Row::Remark));
        prop_assert!(refused <= shapes.len() - shapes.iter().filter(has_rows).count());
        let held = u32::try_from(run.consolidated.held.len()).expect("few rows");
        let held_pounds: Decimal = run.consolidated.held.iter().map(|row| row.pounds).sum();
        for row in &run.consolidated.held {
            let told = run.findings.iter().filter(|finding| finding.severity != Severity::Note).any(|finding| {
                matches!(finding.at, Location::Cell(at) if (at.file, at.sheet, at.cell.row)
                    == (row.at.file, row.at.sheet, row.at.cell.row))
            });
            prop_assert!(told, "nothing says that a row is held: {:?}", row);
        }
        // A remark may be data or not, a row with an amount may not: every penny that was typed is merged or held.
        prop_assert!(sink.rows + held >= rows);
        prop_assert_eq!(sink.pounds + held_pounds, Decimal::from(pennies) / Decimal::ONE_HUNDRED);
    }

    #[test]
    fn no_address_is_ever_wrong(mut shape in shape(), line in 0..30usize, column in 2..5u16) {
        let round = small_round();
        shape.rows.retain(|row| !matches!(row, Row::Blank | Row::Total));
        for (index, row) in shape.rows.iter_mut().enumerate() {
            *row = Row::Data { reference: u32::try_from(index).expect("few rows") + 1, pennies: 100, text: false };
        }
        prop_assume!(!shape.rows.is_empty());
        let mut cells: Vec<_> = shape.rows.iter().map(typed).collect();
        let line = line % cells.len();
        cells[line][usize::from(column)] = Some(Typed::Text("quite unreadable".to_owned()));
        let (bytes, first) = workbook(&shape, &cells);
        let planted = CellRef::new(first + u32::try_from(line).expect("few rows"), shape.left + column);
        let files = [Memory { name: "Alder.xlsx".to_owned(), bytes }];
        let run = run(&round, &files, &mut Counter::of(&round));
        let about: Vec<_> = run.findings.iter().filter_map(|finding| match finding.at {
            Location::Cell(at) if finding.message.contains("quite unreadable") => Some(at.cell),
            _ => None,
        }).collect();
        prop_assert_eq!(about, vec![planted]);
    }
}

const WITH_COVER: &str = r#"
[schema]
name = "covered"
title = "Return with a cover"
version = "1"

[identity]
agency = "cover.agency"

[[table]]
name = "cover"
title = "Cover"
sheet = ["Cover"]
layout = "form"

[[table.fields]]
name = "agency"
title = "Agency"
type = "agency"

[[table]]
name = "money"
title = "Money"
sheet = ["Money"]
primaryKey = ["line"]

[[table.fields]]
name = "line"
title = "Budget line"
type = "string"

[[table.fields]]
name = "spent"
title = "Amount spent"
type = "money"
"#;

fn round_with_cover() -> Round {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let write =
        |name: &str, text: &str| std::fs::write(folder.path().join(name), text).expect("it can be written");
    write("schema.toml", WITH_COVER);
    write(
        "round.toml",
        "[round]\nboard = \"Board\"\ncode = \"B\"\nperiod = \"2013-14 Q4\"\nschema = \"schema.toml\"\n\
         [[partner]]\ncode = \"AA\"\nname = \"Alder\"\n[[partner]]\ncode = \"BB\"\nname = \"Birch\"\n",
    );
    round::load(Path::new(folder.path())).expect("the round is sound")
}

fn covered(file: &str, cover_tab: &str, agency: &str, line: &str) -> Memory {
    let mut book = Workbook::new();
    let cover = book.add_worksheet().set_name(cover_tab).expect("a plain name");
    cover.write(0, 0, "Agency").expect("it fits");
    cover.write(0, 1, agency).expect("it fits");
    let money = book.add_worksheet().set_name("Money").expect("a plain name");
    for (row, (line, amount)) in (0u32..).zip([("Budget line", None), (line, Some(100.0))]) {
        money.write(row, 0, line).expect("it fits");
        match amount {
            Some(amount) => money.write(row, 1, amount).expect("it fits"),
            None => money.write(row, 1, "Amount spent").expect("it fits"),
        };
    }
    Memory { name: file.to_owned(), bytes: book.save_to_buffer().expect("it can be written") }
}

#[test]
fn two_returns_of_one_partner_are_never_added_whatever_their_files_are_called() {
    let round = round_with_cover();
    // The file is named after another partner and its cover stands under another name.
    let files = [
        covered("Alder copy.xlsx", "Sheet1", "Birch", "Staff"),
        covered("Birch.xlsx", "Cover", "Birch", "Staff"),
    ];
    let mut sink = Counter::of(&round);
    let run = run(&round, &files, &mut sink);
    let accepted =
        run.consolidated.returns.iter().filter(|entry| entry.state == ReturnState::Accepted).count();
    assert_eq!(accepted, 1, "{:#?}", run.consolidated.returns);
    assert_eq!(sink.pounds, Decimal::ONE_HUNDRED);
    assert_eq!(run.consolidated.missing.len(), 1, "nothing came from Alder");
}

#[test]
fn a_return_that_cannot_be_used_does_not_replace_one_that_can() {
    let round = round_with_cover();
    let mut broken = covered("Birch v3.xlsx", "Cover", "Birch", "Staff");
    broken.bytes.truncate(broken.bytes.len() / 2);
    let files = [
        covered("Birch v1.xlsx", "Cover", "Birch", "Staff"),
        covered("Birch v2.xlsx", "Cover", "Birch", "Training"),
        broken,
    ];
    let mut sink = Counter::of(&round);
    let run = run(&round, &files, &mut sink);
    let states: Vec<_> = run.consolidated.returns.iter().map(|entry| &entry.state).collect();
    assert!(matches!(states[0], ReturnState::Superseded { .. }), "{states:#?}");
    assert_eq!(states[1], &ReturnState::Accepted);
    assert!(matches!(states[2], ReturnState::Refused { .. }));
    assert_eq!(sink.pounds, Decimal::ONE_HUNDRED);
}

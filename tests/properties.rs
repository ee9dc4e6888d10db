//! Rules that hold for every round: no address is ever wrong, no row and no penny is ever lost.

use proptest::prelude::*;
use quarterday::error::Error;
use quarterday::finding::Location;
use quarterday::model::{CellRef, PartnerId, Record, ReturnState, Sink, Value};
use quarterday::pipeline::{self, Input, Run};
use quarterday::round::{self, Round};
use rust_decimal::Decimal;
use rust_xlsxwriter::Workbook;
use std::path::Path;

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

/// A file in memory.
struct Memory {
    name: String,
    bytes: Vec<u8>,
}

impl Input for Memory {
    fn name(&self) -> &str {
        &self.name
    }
    fn size(&self) -> u64 {
        self.bytes.len() as u64
    }
    fn load(&self) -> Result<Vec<u8>, String> {
        Ok(self.bytes.clone())
    }
}

/// Counts on its own what it is given.
#[derive(Default)]
struct Counter {
    rows: u32,
    pounds: Decimal,
    seen: Vec<(PartnerId, CellRef)>,
}

impl Sink for Counter {
    fn merged(&mut self, _: usize, _: u32, partner: PartnerId, record: &Record) -> Result<(), Error> {
        self.rows += 1;
        self.seen.push((partner, record.at.cell));
        for cell in &record.cells {
            if let Some(Value::Money(money)) = cell.value() {
                self.pounds += money.pounds;
            }
        }
        Ok(())
    }
    fn taken(&self) -> Vec<(u32, Decimal)> {
        vec![(self.rows, self.pounds)]
    }
}

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
        plan.push_str(&format!("1.{number},Action {number},all\n"));
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
    Data { reference: u32, pennies: u32, text: bool },
    Blank,
    Total,
    Unplanned { pennies: u32 },
}

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let row = prop_oneof![
        6 => (1..41u32, 0..5_000_000u32, any::<bool>()).prop_map(|(reference, pennies, text)| Row::Data { reference, pennies, text }),
        1 => Just(Row::Blank),
        1 => Just(Row::Total),
        1 => (0..5_000_000u32).prop_map(|pennies| Row::Unplanned { pennies }),
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
                    sheet.write(row, column, text.as_str()).map(|_| ()).expect("it fits")
                }
                Some(Typed::Number(number)) => {
                    sheet.write(row, column, *number).map(|_| ()).expect("it fits")
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

fn typed(row: &Row) -> [Option<Typed>; 5] {
    let text = |text: String| Some(Typed::Text(text));
    match row {
        Row::Data { reference, pennies, text: as_text } => {
            let amount = if *as_text {
                text(format!("£{}.{:02}", pennies / 100, pennies % 100))
            } else {
                Some(Typed::Number(f64::from(*pennies) / 100.0))
            };
            [text(format!("1.{reference}")), text(format!("Action {reference}")), None, amount, None]
        }
        Row::Blank => [None, None, None, None, None],
        Row::Total => [text("Total".to_owned()), None, None, Some(Typed::Number(1.0)), None],
        Row::Unplanned { pennies } => [
            text("9.9".to_owned()),
            text("Something of our own".to_owned()),
            None,
            Some(Typed::Number(f64::from(*pennies) / 100.0)),
            None,
        ],
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_row_and_no_penny_is_lost(shapes in prop::collection::vec(shape(), 1..4)) {
        let round = small_round();
        let names = ["Alder.xlsx", "Birch.xlsx", "Cedar.xlsx"];
        let (mut rows, mut pennies) = (0u32, 0u64);
        let files: Vec<Memory> = shapes.iter().zip(names).map(|(shape, name)| {
            for row in &shape.rows {
                if let Row::Data { pennies: more, .. } | Row::Unplanned { pennies: more } = row {
                    rows += 1;
                    pennies += u64::from(*more);
                }
            }
            let cells: Vec<_> = shape.rows.iter().map(typed).collect();
            Memory { name: name.to_owned(), bytes: workbook(shape, &cells).0 }
        }).collect();
        let mut sink = Counter::default();
        let run = run(&round, &files, &mut sink);
        let refused = run.consolidated.returns.iter().filter(|entry| entry.state != ReturnState::Accepted).count();
        prop_assert_eq!(refused, 0);
        let held = u32::try_from(run.consolidated.held.len()).expect("few rows");
        let held_pounds: Decimal = run.consolidated.held.iter().map(|row| row.pounds).sum();
        prop_assert_eq!(sink.rows + held, rows);
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
        let run = run(&round, &files, &mut Counter::default());
        let about: Vec<_> = run.findings.iter().filter_map(|finding| match finding.at {
            Location::Cell(at) if finding.message.contains("quite unreadable") => Some(at.cell),
            _ => None,
        }).collect();
        prop_assert_eq!(about, vec![planted]);
    }
}

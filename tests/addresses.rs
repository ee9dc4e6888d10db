//! No address is ever wrong: a value is put somewhere on a sheet laid out anyhow, and must be found there.

use proptest::prelude::*;
use quarterday::model::{CellRef, FileId, FileKind, Raw, Sheet, SheetId, Workbook};
use quarterday::schema::{Schema, load};
use quarterday::{locate, parse};
use std::path::Path;
use std::sync::LazyLock;

const SCHEMA: &str = r#"
[schema]
name = "small"
title = "Small"
version = "1"
[[table]]
name = "plan"
title = "Plan"
sheet = ["Plan"]
[[table.fields]]
name = "ref"
title = "Ref"
type = "string"
constraints = { required = true }
[[table.fields]]
name = "action"
title = "Action"
type = "string"
[[table.fields]]
name = "status"
title = "Status"
type = "string"
[[table.fields]]
name = "rating"
title = "RAG rating"
type = "string"
[[table.fields]]
name = "target_date"
title = "Target date"
type = "date"
[[table.fields]]
name = "update"
title = "Update"
type = "string"
"#;

fn schema() -> Schema {
    let nothing = |_: &Path| Err(std::io::Error::other("nothing is included"));
    load(Path::new("small.toml"), SCHEMA, &nothing).expect("the schema is sound")
}

/// A sheet of the default schema's plan, laid out anyhow.
#[derive(Debug, Clone)]
struct Anyhow {
    titles: Vec<Option<&'static str>>,
    left: u16,
    order: Vec<usize>,
    two_rows: bool,
    blanks: Vec<u8>,
    secret: (usize, usize),
}

const HEADINGS: [&str; 6] = ["Ref", "Action", "Status", "RAG rating", "Target date", "Update"];

fn anyhow() -> impl Strategy<Value = Anyhow> {
    let title = prop_oneof![
        Just(None),
        Just(Some("Board return")),
        Just(Some("Action plan: status and update")),
        Just(Some("Ref"))
    ];
    let order = Just((0..HEADINGS.len()).collect::<Vec<_>>()).prop_shuffle();
    (
        proptest::collection::vec(title, 0..30),
        0_u16..30,
        order,
        any::<bool>(),
        proptest::collection::vec(0_u8..4, 1..12),
    )
        .prop_flat_map(|(titles, left, order, two_rows, blanks)| {
            let rows = blanks.len();
            let row = 0..rows;
            (Just((titles, left, order, two_rows, blanks)), (row, prop_oneof![Just(1_usize), Just(5)]))
        })
        .prop_map(|((titles, left, order, two_rows, blanks), secret)| Anyhow {
            titles,
            left,
            order,
            two_rows,
            blanks,
            secret,
        })
}

const SECRET: &str = "Nobody else says this.";

/// The sheet, and where the secret stands on it.
fn lay_out(case: &Anyhow) -> (Sheet, CellRef) {
    let mut sheet = Sheet::new(FileId(7), SheetId(0), "Plan");
    let mut row = 0;
    for title in &case.titles {
        if let Some(title) = title {
            sheet.push(CellRef::new(row, case.left), Raw::Text(title));
        }
        row += 1;
    }
    let column = |field: usize| {
        case.left
            + u16::try_from(case.order.iter().position(|other| *other == field).expect("a field"))
                .expect("few")
    };
    if case.two_rows {
        let (first, last) = (CellRef::new(row, case.left), CellRef::new(row, case.left + 2));
        sheet.push(first, Raw::Text("This quarter"));
        sheet.merged.push((first, last));
        row += 1;
    }
    for (field, heading) in HEADINGS.iter().enumerate() {
        sheet.push(CellRef::new(row, column(field)), Raw::Text(heading));
    }
    let mut at = CellRef::new(0, 0);
    for (index, blanks) in case.blanks.iter().enumerate() {
        row += 1 + u32::from(*blanks);
        sheet.push(CellRef::new(row, column(0)), Raw::Text(&format!("1.{index}")));
        for field in [1, 5] {
            let place = CellRef::new(row, column(field));
            if (index, field) == case.secret {
                at = place;
                sheet.push(place, Raw::Text(SECRET));
            } else {
                sheet.push(place, Raw::Text("Something"));
            }
        }
    }
    assert_eq!(sheet.finish(), []);
    (sheet, at)
}

proptest! {
    /// Whatever stands above, between and around, a value is found, in its field, at its own address.
    #[test]
    fn no_address_is_ever_wrong(case in anyhow()) {
        let (sheet, at) = lay_out(&case);
        let schema = schema();
        let workbook = Workbook { sheets: vec![sheet], ..Workbook::new(FileId(7), FileKind::Xlsx) };
        let layouts = locate::tables(&workbook, &schema);
        let all: Vec<_> = layouts.iter().collect();
        prop_assert_eq!(locate::leftovers(&workbook.sheets[0], &all), Vec::<u32>::new());
        prop_assert_eq!(layouts.len(), 1);
                let cx = parse::Context { schema: &schema, partners: &[], bodies: &[], period: None, unit: 0, rounded: false };
        let table = parse::table(&workbook.sheets[0], layouts[0].clone(), &cx);
        prop_assert_eq!(table.records.len(), case.blanks.len());
        let found: Vec<(usize, usize, CellRef)> = table.records.iter().enumerate().flat_map(|(row, record)| {
            record.cells.iter().enumerate().filter(|(_, cell)| cell.text() == Some(SECRET)).map(move |(field, cell)| (row, field, cell.at.cell))
        }).collect();
        prop_assert_eq!(found, vec![(case.secret.0, case.secret.1, at)]);
        for record in &table.records {
            for cell in &record.cells {
                prop_assert_eq!(cell.at.file, FileId(7));
                if let Some(text) = cell.text() {
                    prop_assert_eq!(workbook.sheets[0].value(cell.at.cell), Some(Raw::Text(text)));
                }
            }
        }
    }
}

/// Words that make a sheet look like something to the stages.
const WORDS: [&str; 30] = [
    "Ref",
    "Action",
    "Status",
    "RAG",
    "Lead agency",
    "Agency",
    "Board",
    "Stream",
    "Q1",
    "Q2",
    "Q3",
    "Q4",
    "Annual total",
    "Total",
    "Sub-total",
    "Amount for the year",
    "Period:",
    "Agency:",
    "DA1: something",
    "1.1.1",
    "£4,612",
    "(500)",
    "31/06/2014",
    "Q3 13/14",
    "Amber/Green",
    "All agencies",
    "Note: see below",
    "_x000D_",
    "\u{a0}",
    "£000",
];

#[derive(Debug, Clone, Copy)]
enum Piece {
    Word(usize),
    Number(f64),
    Date(f64),
    Uncached,
    Boolean(bool),
}

fn piece() -> impl Strategy<Value = Piece> {
    prop_oneof![
        8 => (0..WORDS.len()).prop_map(Piece::Word),
        2 => any::<f64>().prop_map(Piece::Number),
        1 => (0.0..60_000.0).prop_map(Piece::Number),
        1 => any::<f64>().prop_map(Piece::Date),
        1 => Just(Piece::Uncached),
        1 => any::<bool>().prop_map(Piece::Boolean),
    ]
}

static MONITORING: LazyLock<Schema> = LazyLock::new(|| {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/monitoring-return.toml");
    let text = std::fs::read_to_string(&path).expect("the schema can be read");
    load(&path, &text, &|path: &Path| std::fs::read_to_string(path)).expect("the schema is sound")
});

proptest! {
    #![proptest_config(ProptestConfig { cases: 80, ..ProptestConfig::default() })]

    /// Any grid at all is read without a panic, and every filled row of a sheet with a table has exactly one role.
    #[test]
    fn no_row_vanishes(
        cells in proptest::collection::btree_map((0_u32..40, 0_u16..14), piece(), 0..260),
        merged in proptest::collection::vec((0_u32..40, 0_u16..14, 0_u32..4, 0_u16..4), 0..6),
        name in prop_oneof![Just("Plan"), Just("Contributions"), Just("Cover"), Just("Expenditure"), Just("Sheet1")],
    ) {
        let schema: &Schema = &MONITORING;
        let mut sheet = Sheet::new(FileId(0), SheetId(0), name);
        for ((row, column), piece) in &cells {
            let raw = match piece {
                Piece::Word(index) => Raw::Text(WORDS[*index]),
                Piece::Number(number) => Raw::Number(*number),
                Piece::Date(serial) => Raw::Date(*serial),
                Piece::Uncached => Raw::Uncached,
                Piece::Boolean(value) => Raw::Boolean(*value),
            };
            sheet.push(CellRef::new(*row, *column), raw);
        }
        sheet.merged = merged
            .iter()
            .map(|(row, column, down, across)| (CellRef::new(*row, *column), CellRef::new(row + down, column + across)))
            .collect();
        sheet.finish();
        let workbook = Workbook { sheets: vec![sheet], ..Workbook::new(FileId(0), FileKind::Xlsx) };
        let sheet = &workbook.sheets[0];
        let layouts = locate::tables(&workbook, schema);
        let all: Vec<_> = layouts.iter().collect();
        if !all.is_empty() {
            prop_assert_eq!(locate::leftovers(sheet, &all), Vec::<u32>::new());
        }
        let mut rows: Vec<u32> = layouts.iter().flat_map(|layout| layout.rows.iter().map(|(row, _)| *row)).collect();
        let count = rows.len();
        rows.sort_unstable();
        rows.dedup();
        prop_assert_eq!(rows.len(), count, "a row has two roles");
        let cx = parse::Context { schema, partners: &[], bodies: &[], period: None, unit: 0, rounded: false };
        let tables: Vec<_> = layouts.into_iter().map(|layout| parse::table(sheet, layout, &cx)).collect();
        for table in &tables {
            let data = table.layout.rows.iter().filter(|(_, role)| *role == quarterday::model::RowRole::Data).count();
            let rows = schema.tables[table.table].layout == quarterday::schema::LayoutKind::Rows;
            prop_assert_eq!(table.records.len(), if rows { data } else { 1 });
        }
        let _ = parse::identity(&tables, "West Mercia Police Q4.xlsx", &cx);
    }
}

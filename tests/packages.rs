//! The data package of random rounds: every value comes back as it was merged, nothing runs, and what the descriptor
//! promises holds.

#![allow(unreachable_pub, dead_code, reason = "parts of one test program")]

mod support;

#[path = "mutants/dice.rs"]
mod dice;

use dice::Dice;
use quarterday::error::Error;
use quarterday::model::{ChangeKind, FileId, FileInfo, PartnerId, Precision, Reading, Record, Sink, Value};
use quarterday::pipeline::{self, Input};
use quarterday::report::{Names, Package, Whole, Written, unguarded};
use quarterday::round::Round;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;
use support::notation::Settings;
use support::settings;

/// Rounds that are made.
const ROUNDS: u64 = 40;

const SCHEMA: &str = include_str!("data/schema.toml");
const ROUND: &str = r#"
[round]
board = "=Board, of \"Wye\""
code = "WSB"
period = "2013-14 Q4"
deadline = 2014-04-18

[[partner]]
code = "-A"
name = "Alder"

[[partner]]
code = "B"
name = "@Birch"

[[partner]]
code = "C|c"
name = "Cedar"
"#;
const PARTNERS: [&str; 3] = ["Alder", "@Birch", "Cedar"];

/// Texts that are hard on files of comma-separated values.
const TEXTS: [&str; 16] = [
    "",
    "plain",
    "=1+1",
    "-see note",
    "+44",
    "@x",
    "'tis",
    "''",
    "a,b",
    "say \"so\"",
    "two\nlines",
    "\u{ff1d}1",
    "  =1",
    "naïve – £5",
    "\u{feff}=2",
    "x;y|z",
];

struct Bytes(String, Vec<u8>);

impl Input for Bytes {
    fn name(&self) -> &str {
        &self.0
    }

    fn size(&self) -> u64 {
        self.1.len() as u64
    }

    fn load(&self) -> Result<Vec<u8>, String> {
        Ok(self.1.clone())
    }
}

/// A return with one list, as comma-separated text.
fn returned(dice: &mut Dice, partner: usize) -> Bytes {
    let mut csv = csv::Writer::from_writer(Vec::new());
    csv.write_record([
        "Ref", "Words", "Amount", "Share", "Count", "Number", "Day", "Yes", "Code", "Codes", "Who", "Whom",
        "When",
    ])
    .expect("memory");
    for row in 0..dice.below(12) {
        let ref_ =
            if dice.one_in(8) { dice.word(&TEXTS).to_owned() } else { format!("{}.{row}", dice.below(4)) };
        let amount = match dice.below(9) {
            0 => "not stated".to_owned(),
            1 => String::new(),
            2 => "see e-mail".to_owned(),
            3 => format!("(£{}.50)", dice.below(9_999)),
            4 => format!("{}.{:03}", dice.below(99), dice.below(1_000)),
            5 => format!("-{}", dice.below(1_000_000)),
            _ => format!("{}.{:02}", dice.below(1_000_000), dice.below(100)),
        };
        let day = dice.word(&[
            "2014-03-31",
            "1/4/2014",
            "Mar 2014",
            "Q3 2013-14",
            "Ongoing",
            "",
            "31/06/2014",
            "TBC",
        ]);
        let cells = [
            ref_,
            dice.word(&TEXTS).to_owned(),
            amount,
            dice.word(&["12%", "0.5", "61.01%", "", "much"]).to_owned(),
            dice.word(&["1", "-7", "1,000", "", "1.5"]).to_owned(),
            dice.word(&["-0.125", "3", "", "1e3", "n/a"]).to_owned(),
            day.to_owned(),
            dice.word(&["Yes", "no", "", "perhaps"]).to_owned(),
            dice.word(&["Red", "-none", "a", "", "purple"]).to_owned(),
            dice.word(&["Red; -none", "Amber", "", "Red; purple"]).to_owned(),
            dice.word(&["Alder", "Birch", "Cedar", "", "nobody"]).to_owned(),
            dice.word(&["Alder; Cedar", "All", "", "Cedar"]).to_owned(),
            dice.word(&["2013-14 Q4", "2013-14", "", "later"]).to_owned(),
        ];
        csv.write_record(&cells).expect("memory");
    }
    let hard = dice.word(&["", "=x, \"y\" ", "'"]);
    Bytes(
        format!("{hard}{}.csv", PARTNERS[partner].trim_start_matches('@')),
        csv.into_inner().expect("memory"),
    )
}

/// Keeps what the package is given.
struct Beside<'a> {
    package: Package<'a, Vec<u8>>,
    files: BTreeMap<FileId, FileInfo>,
    rows: Vec<(usize, PartnerId, Record)>,
}

impl Sink for Beside<'_> {
    fn file(&mut self, file: FileId, info: &FileInfo) -> Result<(), Error> {
        self.files.insert(file, info.clone());
        self.package.file(file, info)
    }

    fn merged(
        &mut self,
        table: usize,
        ordinal: u32,
        partner: PartnerId,
        record: &Record,
    ) -> Result<(), Error> {
        self.rows.push((table, partner, record.clone()));
        self.package.merged(table, ordinal, partner, record)
    }

    fn taken(&self) -> Vec<(u32, Decimal)> {
        self.package.taken()
    }
}

type Rows = Vec<BTreeMap<String, String>>;

fn table(written: &Written<Vec<u8>>, name: &str) -> Rows {
    let file = written.files.iter().find(|(file, _)| file == &format!("{name}.csv"));
    let mut reader = csv::Reader::from_reader(file.expect("the table").1.as_slice());
    let headings = reader.headers().expect("headings").clone();
    let rows = reader.records().map(|row| row.expect("a row"));
    rows.map(|row| headings.iter().map(str::to_owned).zip(row.iter().map(str::to_owned)).collect()).collect()
}

/// A merged cell as its table and the table of cells must have it: the value, and what else there is to say.
fn wanted(
    reading: &Reading,
    field: &quarterday::schema::Field,
    round: &Round,
) -> (String, Option<(&'static str, String)>) {
    let blank = String::new;
    let value = match reading {
        Reading::Blank => return (blank(), None),
        Reading::Unreadable(unread) => return (blank(), Some(("unreadable", unread.raw.clone()))),
        Reading::Value(value) => value,
    };
    let list = field.list.map(|list| &round.schema.lists[list].categories);
    let code = |code: &u16| list.expect("a list")[usize::from(*code)].value.clone();
    let partner = |id: &PartnerId| round.partners[usize::from(id.0)].code.clone();
    let shown = match value {
        Value::Text(text) => text.to_string(),
        Value::Code(one) => code(one),
        Value::Codes(all) => all.iter().map(code).collect::<Vec<_>>().join(";"),
        Value::Agency(one) => partner(one),
        Value::Agencies(all) => all.iter().map(partner).collect::<Vec<_>>().join(";"),
        Value::Date(date) => {
            let beside = match date.precision {
                Precision::Day => None,
                Precision::Month => Some(("to-the-month", date.date.strftime("%B %Y").to_string())),
                Precision::Quarter => Some(("to-the-quarter", "2013-14 Q3".to_owned())),
            };
            return (date.date.to_string(), beside);
        }
        Value::Period(period) => period.to_string(),
        Value::Integer(number) => number.to_string(),
        Value::Money(money) => {
            let pounds = money.pounds.normalize();
            format!("{pounds:.*}", pounds.scale().max(2) as usize)
        }
        Value::Number(number) | Value::Percent(number) => number.normalize().to_string(),
        Value::Boolean(yes) => yes.to_string(),
        Value::Word(word) => return (blank(), Some(("word", field.allow[usize::from(*word)].clone()))),
    };
    (shown, None)
}

fn package<'a>(round: &'a Round, inputs: &[&dyn Input], seed: u64) -> (Beside<'a>, pipeline::Run) {
    let package = Package::new(round, Path::new("data"), &|_| Ok(Vec::new())).expect("memory");
    let mut sink = Beside { package, files: BTreeMap::new(), rows: Vec::new() };
    let run = pipeline::merge(round, inputs, Vec::new(), &mut sink, &|_| {})
        .unwrap_or_else(|error| panic!("{seed}: {error}"));
    (sink, run)
}

fn judge(round: &Round, seed: u64, written: &Written<Vec<u8>>, merged: &Beside<'_>) {
    let tables: Vec<Rows> = round.schema.tables.iter().map(|schema| table(written, &schema.name)).collect();
    let mut beside = BTreeMap::new();
    for row in table(written, "run-cells") {
        let key = [row["table"].clone(), row["id"].clone(), row["field"].clone()];
        assert_eq!(
            beside.insert(key, (row["kind"].clone(), unguarded(&row["typed"]).to_owned())),
            None,
            "{seed}"
        );
    }
    let mut next = vec![0; tables.len()];
    for (index, partner, record) in &merged.rows {
        let (schema, row) = (&round.schema.tables[*index], &tables[*index][next[*index]]);
        next[*index] += 1;
        let id = next[*index].to_string();
        assert_eq!(row["_id"], id);
        let info = &merged.files[&record.at.file];
        let code = &round.partners[usize::from(partner.0)].code;
        let from = [code, &info.name, &info.sheets[usize::from(record.at.sheet.0)]];
        for (column, wanted) in ["_partner", "_file", "_sheet"].iter().zip(from) {
            assert_eq!(unguarded(&row[*column]), wanted, "{seed}");
        }
        assert_eq!(row["_row"], (record.at.cell.row + 1).to_string());
        assert_eq!(row["_cell"], record.at.cell.to_string());
        for (field, cell) in schema.fields.iter().zip(&record.cells) {
            let (value, more) = wanted(&cell.reading, field, round);
            let more = more.or_else(|| {
                let change = cell.change.as_ref()?;
                let kind = match change.kind {
                    _ if cell.is_blank() => "read-as-blank",
                    ChangeKind::TimeLeftOut => "time-left-out",
                    ChangeKind::WhiteSpace => "white-space",
                    _ => return None,
                };
                Some((kind, change.typed.clone()))
            });
            let there = &row[&field.name];
            let is_number = there.parse::<Decimal>().is_ok();
            assert!(is_number || !there.trim_start().starts_with(['=', '+', '-', '@']), "{seed}: {there}");
            assert_eq!(if is_number { there } else { unguarded(there) }, value, "{seed}: {}", field.name);
            let key = [schema.name.clone(), id.clone(), field.name.clone()];
            let more = more.map(|(kind, typed)| (kind.to_owned(), typed));
            assert_eq!(beside.remove(&key), more, "{seed}: {key:?}");
        }
    }
    assert!(beside.is_empty(), "{seed}: {beside:?}");
    assert_eq!(next, tables.iter().map(Vec::len).collect::<Vec<_>>(), "{seed}");
    let keys =
        tables[0].iter().filter(|row| !row["ref"].is_empty()).map(|row| (&row["_partner"], &row["ref"]));
    let keys: Vec<_> = keys.collect();
    assert_eq!(keys.iter().collect::<BTreeSet<_>>().len(), keys.len(), "{seed}: a key stands twice");
}

#[test]
fn every_value_of_random_rounds_comes_back() {
    let settings =
        Settings { schema: Some(SCHEMA.to_owned()), round: Some(ROUND.to_owned()), ..Settings::default() };
    let round = settings::load(&settings).unwrap_or_else(|why| panic!("{why}"));
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (mut places, mut kinds) = (Vec::new(), BTreeMap::new());
    for seed in 0..ROUNDS {
        let mut dice = Dice::new(seed);
        let files: Vec<Bytes> = (0..PARTNERS.len()).map(|partner| returned(&mut dice, partner)).collect();
        let inputs: Vec<&dyn Input> = files.iter().map(|file| file as &dyn Input).collect();
        let (mut merged, run) = package(&round, &inputs, seed);
        let fresh = Package::new(&round, Path::new("data"), &|_| Ok(Vec::new())).expect("memory");
        let made = std::mem::replace(&mut merged.package, fresh);
        let names = Names { places: &run.consolidated.places, partners: &round.partners };
        let whole = Whole { consolidated: &run.consolidated, findings: &run.findings, names };
        let written = made.finish(whole, &|_| Ok(Vec::new())).expect("memory");
        judge(&round, seed, &written, &merged);
        for row in table(&written, "run-cells") {
            *kinds.entry(row["kind"].clone()).or_insert(0) += 1;
        }
        let place = folder.path().join(seed.to_string());
        std::fs::create_dir(&place).expect("a folder");
        for (name, bytes) in &written.files {
            std::fs::write(place.join(name), bytes).expect("written");
        }
        std::fs::write(place.join("datapackage.json"), written.descriptor.to_string()).expect("written");
        #[cfg(feature = "parquet")]
        for ((name, bytes), shape) in written.files.iter().zip(&written.shapes) {
            let file = std::fs::File::create(place.join(name.replace(".csv", ".parquet"))).expect("a file");
            shape
                .parquet(&|| Ok(bytes.as_slice()), file)
                .unwrap_or_else(|error| panic!("{seed}: {name}: {error}"));
        }
        places.push(place);
    }
    let seen = kinds.keys().map(String::as_str).collect::<Vec<_>>();
    let all = ["read-as-blank", "to-the-month", "to-the-quarter", "unreadable", "white-space", "word"];
    assert_eq!(seen, all, "{kinds:?}");
    let Ok(python) = std::env::var("QUARTERDAY_PYTHON") else {
        eprintln!("Not held against frictionless: QUARTERDAY_PYTHON does not name a Python with it.");
        return;
    };
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/check.py");
    let done = Command::new(python).arg(script).arg("package").args(&places).output().expect("Python runs");
    let mut said = String::from_utf8_lossy(&done.stderr).into_owned();
    let _ = write!(said, "{}", String::from_utf8_lossy(&done.stdout));
    assert!(done.status.success(), "{said}");
}

/// A value that is another than its cell, without a finding, says so among the cells.
#[test]
fn a_time_and_white_space_that_are_left_out_stand_among_the_cells() {
    let settings =
        Settings { schema: Some(SCHEMA.to_owned()), round: Some(ROUND.to_owned()), ..Settings::default() };
    let round = settings::load(&settings).unwrap_or_else(|why| panic!("{why}"));
    let mut book = rust_xlsxwriter::Workbook::new();
    let moment = rust_xlsxwriter::Format::new().set_num_format("dd/mm/yyyy hh:mm");
    let sheet = book.add_worksheet().set_name("Cells").expect("a name");
    let texts = ["It is\r\ndone", "one\ttwo", " On track\u{a0}", "two\nlines", "plain"];
    let days = [41_729.604_166_666_7, 41_729.0, 41_730.75, 41_731.0, 41_732.5];
    for (column, heading) in (0..).zip(["Ref", "Words", "Day"]) {
        sheet.write_string(0, column, heading).expect("memory");
    }
    for (row, (text, day)) in (1..).zip(texts.iter().zip(days)) {
        sheet.write_string(row, 0, format!("1.{row}")).expect("memory");
        sheet.write_string(row, 1, *text).expect("memory");
        sheet.write_number_with_format(row, 2, day, &moment).expect("memory");
    }
    let name = format!("{}.xlsx", PARTNERS[0].trim_start_matches('@'));
    let file = Bytes(name, book.save_to_buffer().expect("memory"));
    let (merged, run) = package(&round, &[&file as &dyn Input], 0);
    let Beside { package, rows, .. } = merged;
    assert_eq!(rows.len(), texts.len());
    let names = Names { places: &run.consolidated.places, partners: &round.partners };
    let whole = Whole { consolidated: &run.consolidated, findings: &run.findings, names };
    let written = package.finish(whole, &|_| Ok(Vec::new())).expect("memory");
    let cells = table(&written, "run-cells");
    let told: Vec<(&str, &str, &str)> = cells
        .iter()
        .map(|row| (row["cell"].as_str(), row["kind"].as_str(), unguarded(&row["typed"])))
        .collect();
    assert_eq!(
        told,
        [
            ("B2", "white-space", texts[0]),
            ("C2", "time-left-out", "31/03/2014 14:30"),
            ("B3", "white-space", texts[1]),
            ("B4", "white-space", texts[2]),
            ("C4", "time-left-out", "01/04/2014 18:00"),
            ("C6", "time-left-out", "03/04/2014 12:00"),
        ]
    );
}

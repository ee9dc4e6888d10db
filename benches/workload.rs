//! A round of any size from a seed: returns with a plan sheet and a finance sheet of ten columns, 2% of cells dirty.

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// How large a round is.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    /// Its name.
    pub name: &'static str,
    /// Returns, one a partner.
    pub returns: usize,
    /// Rows of each of a return's two sheets.
    pub rows: usize,
    /// The most memory that the job may take, MiB.
    pub most_mib: Option<u64>,
}

/// The sizes that are reported.
pub const SIZES: [Size; 3] = [
    Size { name: "small", returns: 12, rows: 60, most_mib: None },
    Size { name: "medium", returns: 300, rows: 200, most_mib: Some(128) },
    Size { name: "large", returns: 40, rows: 25_000, most_mib: Some(500) },
];

/// A small generator of numbers (xorshift), the same everywhere.
pub struct Numbers(u64);

impl Numbers {
    /// Starts from a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// The next number below `limit`.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit.max(1) as u64) as usize
    }

    fn dirty(&mut self) -> bool {
        self.below(50) == 0
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }
}

const SCHEMA: &str = include_str!("workload.toml");
const CATEGORIES: [&str; 5] = ["Staff", "Training", "Reviews", "Premises", "Other costs"];
const STATUSES: [&str; 3] = ["In progress", "Not started", "Complete"];
const RATINGS: [&str; 3] = ["Red", "Amber", "Green"];
const WORDS: [&str; 24] = [
    "training",
    "delivered",
    "audit",
    "quarter",
    "agencies",
    "group",
    "review",
    "practice",
    "learning",
    "shared",
    "protocol",
    "launch",
    "meeting",
    "agreed",
    "evidence",
    "survey",
    "report",
    "planned",
    "partners",
    "board",
    "data",
    "pathway",
    "early",
    "help",
];

/// Makes the round under `folder` unless it is there already; gives its path.
pub fn make(folder: &Path, size: Size) -> PathBuf {
    let round = folder.join(format!("{}-{}x{}", size.name, size.returns, size.rows));
    if round.join("complete").exists() {
        return round;
    }
    let returns = round.join("returns");
    fs::create_dir_all(&returns).expect("the target folder can be written to");
    fs::write(round.join("schema.toml"), SCHEMA).expect("the round's folder was just made");
    let mut settings = String::from(
        "[round]\nboard = \"Workload Board\"\ncode = \"WB\"\nperiod = \"2013-14 Q4\"\nschema = \"schema.toml\"\nmarking = \"OFFICIAL\"\n",
    );
    let mut ledger = String::from("table,agency,category,actual\n");
    for index in 0..size.returns {
        let name = format!("Partner {index:03}");
        let _ = write!(settings, "\n[[partner]]\ncode = \"P{index:03}\"\nname = \"{name}\"\n");
        let path = returns.join(format!("{name} Q4.xlsx"));
        let totals = one_return(&path, size, index).expect("a workbook can be written");
        for (category, pennies) in CATEGORIES.iter().zip(totals) {
            let _ = writeln!(ledger, "finance,P{index:03},{category},{}.{:02}", pennies / 100, pennies % 100);
        }
    }
    let mut plan = String::from("ref,action,area,agencies\n");
    for row in 0..size.rows {
        let _ = writeln!(plan, "{},{},Area {},all", reference(row), action(row), row % 40);
    }
    fs::write(round.join("round.toml"), settings).expect("the round's folder was just made");
    fs::write(round.join("plan.csv"), plan).expect("the round's folder was just made");
    fs::write(round.join("ledger.csv"), ledger).expect("the round's folder was just made");
    fs::write(round.join("complete"), "").expect("the round's folder was just made");
    round
}

fn reference(row: usize) -> String {
    format!("{}.{}.{}", row / 400 + 1, row / 20 % 20 + 1, row % 20 + 1)
}

fn action(row: usize) -> String {
    format!("Carry out step {} of the plan for safer practice", row + 1)
}

fn sentence(numbers: &mut Numbers, words: usize) -> String {
    let mut text = String::new();
    for _ in 0..words {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(WORDS[numbers.below(WORDS.len())]);
    }
    text
}

/// Writes one return; gives what the ledger holds for each category, in pennies.
fn one_return(path: &Path, size: Size, index: usize) -> Result<[u64; 5], XlsxError> {
    let mut numbers = Numbers::new(index as u64 + 1);
    let mut workbook = Workbook::new();
    let date = Format::new().set_num_format("dd/mm/yyyy");
    let sheet = workbook.add_worksheet_with_low_memory()?.set_name("Plan")?;
    title(sheet, "Monitoring return")?;
    plan(sheet, &date, size.rows, &mut numbers, index)?;
    let sheet = workbook.add_worksheet_with_low_memory()?.set_name("Finance")?;
    title(sheet, "Finance return")?;
    let totals = finance(sheet, &date, size.rows, &mut numbers)?;
    workbook.save(path)?;
    Ok(totals)
}

fn title(sheet: &mut Worksheet, text: &str) -> Result<(), XlsxError> {
    sheet.write(0, 0, text)?;
    sheet.write(1, 0, "2013-14 Q4")?;
    Ok(())
}

const FIRST: u32 = 4;

fn plan(
    sheet: &mut Worksheet,
    date: &Format,
    rows: usize,
    numbers: &mut Numbers,
    partner: usize,
) -> Result<(), XlsxError> {
    let headings = [
        "Ref",
        "Action",
        "Lead agency",
        "Status",
        "RAG rating",
        "Target date",
        "Progress",
        "Evidence",
        "Barriers",
        "Percent complete",
    ];
    for (column, heading) in (0u16..).zip(headings) {
        sheet.write(FIRST - 1, column, heading)?;
    }
    let name = format!("Partner {partner:03}");
    for (row, index) in (FIRST..).zip(0..rows) {
        sheet.write(row, 0, reference(index))?;
        sheet.write(row, 1, action(index))?;
        sheet.write(row, 2, if numbers.dirty() { name.to_uppercase() } else { name.clone() })?;
        let status = numbers.below(3);
        let text = if numbers.dirty() {
            numbers.one(&["in progress ", "COMPLETE", "on-going"])
        } else {
            STATUSES[status]
        };
        sheet.write(row, 3, text)?;
        let rating = RATINGS[numbers.below(3)];
        sheet.write(
            row,
            4,
            if numbers.dirty() { numbers.one(&["g", "R ", "Amber/Green", "blue", ""]) } else { rating },
        )?;
        if numbers.dirty() {
            sheet.write(
                row,
                5,
                numbers.one(&["by Oct 14", "TBC", "31/06/2014", "31 March 2014", "03/28/2014"]),
            )?;
        } else {
            let day = ExcelDateTime::from_serial_datetime(41_730.0 + numbers.below(300) as f64)?;
            sheet.write_with_format(row, 5, &day, date)?;
        }
        let words = 8 + numbers.below(12);
        sheet.write(row, 6, sentence(numbers, words))?;
        sheet.write(row, 7, format!("Report {index} of {partner}"))?;
        sheet.write(row, 8, if numbers.dirty() { "\u{a0}none known " } else { "None known" })?;
        let percent = numbers.below(101) as f64;
        if numbers.dirty() {
            sheet.write(row, 9, format!("{percent}%"))?;
        } else {
            sheet.write(row, 9, percent)?;
        }
    }
    Ok(())
}

fn finance(
    sheet: &mut Worksheet,
    date: &Format,
    rows: usize,
    numbers: &mut Numbers,
) -> Result<[u64; 5], XlsxError> {
    let headings = ["Line", "Category", "Budget", "Q1", "Q2", "Q3", "Q4", "Year", "Paid on", "Comment"];
    for (column, heading) in (0u16..).zip(headings) {
        sheet.write(FIRST - 1, column, heading)?;
    }
    let mut totals = [0u64; 5];
    for (row, index) in (FIRST..).zip(0..rows) {
        sheet.write(row, 0, format!("L{:05}", index + 1))?;
        let category = numbers.below(5);
        sheet.write(
            row,
            1,
            if numbers.dirty() {
                CATEGORIES[category].to_uppercase()
            } else {
                CATEGORIES[category].to_owned()
            },
        )?;
        let mut year = 0u64;
        let mut quarters = [0u64; 4];
        for quarter in &mut quarters {
            *quarter = numbers.below(500_000) as u64;
            year += *quarter;
        }
        totals[category] += year;
        money(sheet, row, 2, year + year / 10, numbers)?;
        for (column, quarter) in (3u16..).zip(quarters) {
            money(sheet, row, column, quarter, numbers)?;
        }
        money(sheet, row, 7, year, numbers)?;
        if numbers.dirty() {
            sheet.write(row, 8, "1/4/14")?;
        } else {
            let day = ExcelDateTime::from_serial_datetime(41_365.0 + numbers.below(360) as f64)?;
            sheet.write_with_format(row, 8, &day, date)?;
        }
        let words = 4 + numbers.below(6);
        sheet.write(row, 9, sentence(numbers, words))?;
    }
    Ok(totals)
}

fn money(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    pennies: u64,
    numbers: &mut Numbers,
) -> Result<(), XlsxError> {
    if numbers.dirty() {
        let (pounds, rest) = (pennies / 100, pennies % 100);
        match numbers.below(4) {
            0 => sheet.write(row, column, format!("£{pounds}.{rest:02}"))?,
            1 => sheet.write(row, column, format!("{pounds}.{rest:02} "))?,
            2 => sheet.write(row, column, "tbc")?,
            _ => sheet.write(row, column, format!("{pounds}.{rest:02} CR"))?,
        };
    } else {
        sheet.write(row, column, pennies as f64 / 100.0)?;
    }
    Ok(())
}

//! A clean return on another form altogether: a form and three tables under one another, and a sheet a project. Every
//! word and amount in it is illustrative.

use super::clean::{Kind, Return, Role, day, number, text};
use crate::support::cells::Cell;
use std::fmt::Write as _;

pub const ROUND: &str = r#"
[round]
board = "Example Community Fund"
code = "ECF"
period = "2024-25 Q2"
deadline = 2024-10-18
status = "provisional"
marking = "OFFICIAL"
asAt = 2024-09-30

[[partner]]
code = "ECT"
name = "Example Community Trust"
aliases = ["Community Trust"]

[[partner]]
code = "EFC"
name = "Example Family Centre"
aliases = ["Family Centre"]
"#;

/// Cost group, line, budget for the year, budget to date, two quarters.
const LINES: [(&str, &str, [f64; 4]); 6] = [
    ("Staff costs", "Project manager", [24_000.0, 12_000.0, 6000.0, 6000.0]),
    ("Staff costs", "Sessional workers", [15_600.0, 7800.0, 3800.5, 3999.5]),
    ("Delivery costs", "Room hire", [4800.0, 2400.0, 1200.0, 1200.0]),
    ("Delivery costs", "Materials", [3600.0, 1800.0, 0.0, 1800.0]),
    ("Delivery costs", "Travel", [1400.0, 700.0, 340.25, 359.75]),
    ("Overheads", "Management and audit", [5060.0, 2530.0, 1265.0, 1265.0]),
];

const PAID: [(&str, f64, (i8, i8)); 2] = [("First", 18_000.0, (4, 29)), ("Second", 15_250.0, (7, 30))];

pub fn ledger() -> String {
    let mut text = String::from("table,agency,instalment,line,agreed,actual,note\n");
    for code in ["ECT", "EFC"] {
        for (name, amount, _) in PAID {
            let _ = writeln!(text, "instalments,{code},{name},,,{amount}.00,");
        }
        for (_, line, [budget, ..]) in LINES {
            let _ = writeln!(text, "budget,{code},,{line},{budget}.00,,");
        }
    }
    text
}

/// The clean return of a grantee.
pub fn clean(code: &'static str, name: &str) -> Return {
    let mut whole = Return::new(code, &format!("{name} - monitoring Q2.xlsx"));
    let sheet = whole.sheet("Monitoring");
    let lines = vec![
        ("grantee", "Grantee", Kind::Other, text(name)),
        ("period", "Period", Kind::Other, text("2024-25 Q2")),
        ("version", "Form version", Kind::Other, text("2")),
        ("completed_on", "Completed on", Kind::Date, day(2024, 10, 9)),
    ];
    whole.form(sheet, "form", &["Example Community Fund: grant monitoring form"], lines);
    received(&mut whole, sheet, code);
    spending(&mut whole, sheet);
    delivered(&mut whole, sheet);
    for project in ["Stay and play", "Holiday club"] {
        milestones(&mut whole, project);
    }
    for block in &mut whole.sheets[0].blocks {
        block.gap = u32::from(block.form);
    }
    whole
}

#[allow(clippy::unnecessary_wraps, reason = "a cell of a row may be blank")]
fn some(words: &str) -> Option<Cell> {
    Some(text(words))
}

#[allow(clippy::float_arithmetic, reason = "a workbook holds its amounts so")]
fn received(whole: &mut Return, sheet: usize, code: &str) {
    let columns = [
        ("instalment", "Instalment", Kind::Other, true),
        ("received_on", "Date received", Kind::Date, true),
        ("amount", "Amount", Kind::Other, true),
        ("reference", "Bank reference", Kind::Text, false),
    ];
    let mut rows: Vec<_> = PAID
        .iter()
        .map(|(name, amount, (month, last))| {
            let cells = vec![
                some(name),
                Some(day(2024, *month, *last)),
                Some(number(*amount)),
                some(&format!("Fund {code} {name}")),
            ];
            (Role::Data, cells)
        })
        .collect();
    let sum: f64 = PAID.iter().map(|(_, amount, _)| amount).sum();
    rows.push((Role::Total, vec![some("Total"), None, Some(number(sum))]));
    whole.table(sheet, "received", &["1. Grant received"], &columns, rows);
}

#[allow(clippy::float_arithmetic, reason = "a workbook holds its amounts so")]
fn spending(whole: &mut Return, sheet: usize) {
    let money = |field, title| (field, title, Kind::Money, true);
    let columns = [
        ("group", "Cost group", Kind::Code, false),
        ("line", "Budget line", Kind::Other, true),
        ("budget_year", "Budget for the year", Kind::Other, true),
        money("budget_to_date", "Budget to date"),
        money("q1", "Actual Q1"),
        money("q2", "Actual Q2"),
        ("actual_to_date", "Actual to date", Kind::Other, true),
        ("reason", "Reason for a difference", Kind::Text, false),
    ];
    let sums = |label: &str, of: &dyn Fn(&str) -> bool| {
        let mut sums = [0.0; 5];
        for (group, _, [year, date, q1, q2]) in LINES {
            if of(group) {
                for (sum, amount) in sums.iter_mut().zip([year, date, q1, q2, q1 + q2]) {
                    *sum += amount;
                }
            }
        }
        let mut cells = vec![None, some(label)];
        cells.extend(sums.map(|sum| Some(number(sum))));
        cells
    };
    let mut rows = Vec::new();
    for group in LINES.chunk_by(|a, b| a.0 == b.0) {
        for (name, line, [year, date, q1, q2]) in group {
            let mut cells = vec![some(name), some(line)];
            cells.extend([*year, *date, *q1, *q2, q1 + q2].map(|amount| Some(number(amount))));
            cells.push(some("As planned"));
            rows.push((Role::Data, cells));
        }
        rows.push((Role::Subtotal, sums("Sub-total", &|name| name == group[0].0)));
    }
    rows.push((Role::Total, sums("Total", &|_| true)));
    whole.table(sheet, "spending", &["2. Spending against budget"], &columns, rows);
}

fn delivered(whole: &mut Return, sheet: usize) {
    let count = |field, title| (field, title, Kind::Integer, true);
    let columns = [
        ("indicator", "Indicator", Kind::Other, true),
        count("target", "Target for the year"),
        count("q1", "Delivered Q1"),
        count("q2", "Delivered Q2"),
        count("to_date", "Delivered to date"),
        ("share", "Share of target", Kind::Other, false),
    ];
    let lines = [
        ("Sessions held", [80.0, 20.0, 22.0, 42.0]),
        ("Families welcomed", [150.0, 36.0, 41.0, 77.0]),
        ("Volunteers trained", [24.0, 6.0, 8.0, 14.0]),
    ];
    let rows = lines.iter().map(|(name, figures)| {
        let mut cells = vec![some(name)];
        cells.extend(figures.map(|figure| Some(number(figure))));
        (Role::Data, cells)
    });
    whole.table(sheet, "outputs", &["3. What was delivered"], &columns, rows.collect());
}

fn milestones(whole: &mut Return, project: &str) {
    let sheet = whole.sheet(project);
    let columns = [
        ("milestone", "Milestone", Kind::Other, true),
        ("due", "Due", Kind::Date, true),
        ("status", "Where it stands", Kind::Code, true),
        ("reached_on", "Reached on", Kind::Other, false),
        ("comment", "Comment", Kind::Text, false),
    ];
    let line = |name: &str, due: Cell, status: &str, on: Option<Cell>| {
        (Role::Data, vec![some(name), Some(due), some(status), on, some("No change to the plan")])
    };
    let rows = vec![
        line("Rooms booked", day(2024, 5, 31), "Reached", Some(day(2024, 5, 28))),
        line("First session held", day(2024, 6, 30), "Reached", Some(day(2024, 6, 27))),
        line("Half-year survey", day(2024, 10, 31), "On track", None),
        line("Families asked what they want next", day(2025, 1, 31), "To come", None),
    ];
    whole.table(sheet, "milestones", &["Milestones of a project"], &columns, rows);
}

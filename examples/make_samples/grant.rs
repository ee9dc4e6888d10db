//! A grant monitoring round of another shape: tables under one another, sub-totals, a sheet a project.
//!
//! Grantees, amounts and texts are all illustrative.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook, Worksheet};

use super::grant_data::{GRANTEES, Grantee, Line, Project};
use super::kit::{self, Col, Kind, Made, Outcome, Row, V, col, text};

pub(crate) const FOLDER: &str = "grant-2024-25-q2";

/// Every file of the round.
pub(crate) fn files() -> Outcome<Vec<Made>> {
    let mut made = vec![
        (format!("{FOLDER}/round.toml"), ROUND.as_bytes().to_vec()),
        (format!("{FOLDER}/ledger.csv"), ledger_csv()?),
    ];
    for grantee in &GRANTEES {
        made.push((format!("{FOLDER}/returns/{}", grantee.file), form(grantee)?));
    }
    Ok(made)
}

const ROUND: &str = r#"# Grants of a community fund, 2024-25, first half. Grantees and amounts are illustrative.

[round]
board = "Example Community Fund"
code = "ECF"
period = "2024-25 Q2"
schema = "../../schemas/grant-monitoring.toml"
deadline = 2024-10-18
status = "provisional"
marking = "OFFICIAL"

[[partner]]
code = "ECT"
name = "Example Community Trust"
aliases = ["Community Trust"]

[[partner]]
code = "EFC"
name = "Example Family Centre"
aliases = ["Family Centre"]

[[partner]]
code = "EYP"
name = "Example Youth Project"
aliases = ["Youth Project"]
"#;

fn ledger_csv() -> Outcome<Vec<u8>> {
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record(["table", "agency", "instalment", "line", "agreed", "actual", "note"])?;
    for grantee in &GRANTEES {
        for (name, _, paid, _) in &grantee.instalments {
            out.write_record(["instalments", grantee.code, name, "", "", &format!("{paid}.00"), ""])?;
        }
        for line in grantee.groups.iter().flat_map(|group| group.lines) {
            out.write_record([
                "budget",
                grantee.code,
                "",
                line.name,
                &format!("{}.00", line.budget),
                "",
                "",
            ])?;
        }
    }
    Ok(out.into_inner()?)
}

fn form(grantee: &Grantee) -> Outcome<Vec<u8>> {
    let mut book = kit::workbook("Grant monitoring form", "Example Community Fund")?;
    monitoring(&mut book, grantee)?;
    for project in grantee.projects {
        milestones(&mut book, project)?;
    }
    Ok(book.save_to_buffer()?)
}

fn monitoring(book: &mut Workbook, grantee: &Grantee) -> Outcome<()> {
    let sheet = book.add_worksheet().set_name("Monitoring")?;
    kit::banner(
        sheet,
        "Example Community Fund: grant monitoring form",
        "Fill in the white cells and send the form back by the date in your letter",
    )?;
    let about = [
        ("Grantee", text(grantee.name)),
        ("Period", text("2024-25 Q2")),
        ("Form version", text("2")),
        ("Completed on", V::Date((2024, 10, 9))),
    ];
    for (row, (label, value)) in (3..).zip(&about) {
        kit::put(sheet, row, 0, &text(*label), &kit::plain(Kind::Locked).set_bold())?;
        let kind = if matches!(value, V::Date(_)) { Kind::Date } else { Kind::Text };
        kit::put(sheet, row, 1, value, &kit::plain(kind))?;
    }
    let next = received(sheet, 8, grantee)?;
    let next = spending(sheet, next + 1, grantee)?;
    delivered(sheet, next + 1, grantee)?;
    for (column, width) in [28.0, 26.0, 16.0, 16.0, 14.0, 14.0, 42.0].into_iter().enumerate() {
        sheet.set_column_width(u16::try_from(column)?, width)?;
    }
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    Ok(())
}

fn section(sheet: &mut Worksheet, row: u32, words: &str) -> Outcome<()> {
    sheet.write_with_format(
        row,
        0,
        words,
        &Format::new().set_bold().set_font_size(12).set_font_color(kit::HEAD),
    )?;
    Ok(())
}

/// Table 1. Gives the row after it.
fn received(sheet: &mut Worksheet, top: u32, grantee: &Grantee) -> Outcome<u32> {
    section(sheet, top, "1. Grant received")?;
    let columns = [
        col("instalment", "Instalment", 28.0, Kind::Locked),
        col("received_on", "Date received", 26.0, Kind::Date),
        col("amount", "Amount", 16.0, Kind::Money),
        col("reference", "Bank reference", 16.0, Kind::Text),
    ];
    kit::headings(sheet, top + 1, 0, &columns)?;
    let mut at = top + 2;
    for (name, day, _, typed) in &grantee.instalments {
        let row = Row::from([
            ("instalment", text(*name)),
            ("received_on", V::Date(*day)),
            ("amount", V::Pence(typed * 100)),
            ("reference", text(format!("ECF-{}-{}", grantee.code, name))),
        ]);
        kit::line(sheet, at, 0, &columns, &row)?;
        at += 1;
    }
    let sum: i64 = grantee.instalments.iter().map(|one| one.3).sum();
    let total = Row::from([
        ("instalment", text("Total")),
        ("amount", V::Formula(format!("=SUM({{amount}}{}:{{amount}}{})", top + 3, at), sum as f64)),
    ]);
    kit::total_line(sheet, at, 0, &columns, &total)?;
    Ok(at + 1)
}

const SUMS: [&str; 5] = ["budget_year", "budget_to_date", "q1", "q2", "actual_to_date"];

fn spending_columns() -> [Col; 7] {
    [
        col("line", "Budget line", 28.0, Kind::Locked),
        col("budget_year", "Year", 26.0, Kind::Money),
        col("budget_to_date", "To date", 16.0, Kind::Money),
        col("q1", "Q1", 16.0, Kind::Money),
        col("q2", "Q2", 14.0, Kind::Money),
        col("actual_to_date", "To date", 14.0, Kind::Money),
        col("reason", "Reason for a difference", 42.0, Kind::Text),
    ]
}

/// What a line comes to in each summed column, in pounds.
fn amounts(line: &Line) -> [i64; 5] {
    let [q1, q2] = line.quarters;
    [line.budget, line.budget / 2, q1, q2, q1 + q2]
}

/// Table 2, with headings over two rows and a sub-total after each group. Gives the row after it.
fn spending(sheet: &mut Worksheet, top: u32, grantee: &Grantee) -> Outcome<u32> {
    section(sheet, top, "2. Spending against budget")?;
    let columns = spending_columns();
    let head = kit::head().set_align(FormatAlign::Center);
    kit::headings(sheet, top + 2, 0, &columns)?;
    sheet.merge_range(top + 1, 0, top + 2, 0, "Budget line", &head)?;
    sheet.merge_range(top + 1, 1, top + 1, 2, "Budget", &head)?;
    sheet.merge_range(top + 1, 3, top + 1, 5, "Actual", &head)?;
    sheet.merge_range(top + 1, 6, top + 2, 6, "Reason for a difference", &head)?;

    let bar = Format::new().set_bold().set_background_color(kit::BAND).set_border(FormatBorder::Thin);
    let mut at = top + 3;
    let mut subtotals: Vec<u32> = Vec::new();
    let mut grand = [0; 5];
    for group in grantee.groups {
        sheet.merge_range(at, 0, at, 6, group.name, &bar)?;
        at += 1;
        let first = at + 1;
        let mut sums = [0; 5];
        for line in group.lines {
            let mut row = Row::from([("line", text(line.name)), ("reason", text(line.reason))]);
            for (field, (sum, pounds)) in SUMS.into_iter().zip(sums.iter_mut().zip(amounts(line))) {
                *sum += pounds;
                row.insert(field, V::Pence(pounds * 100));
            }
            row.insert("actual_to_date", V::Formula("={q1}{r}+{q2}{r}".into(), amounts(line)[4] as f64));
            kit::line(sheet, at, 0, &columns, &row)?;
            at += 1;
        }
        let mut row = Row::from([("line", text(format!("Sub-total {}", group.name.to_lowercase())))]);
        for ((field, sum), all) in SUMS.into_iter().zip(sums).zip(&mut grand) {
            *all += sum;
            row.insert(field, V::Formula(format!("=SUM({{{field}}}{first}:{{{field}}}{at})"), sum as f64));
        }
        kit::total_line(sheet, at, 0, &columns, &row)?;
        subtotals.push(at + 1);
        at += 1;
    }
    let mut row = Row::from([("line", text("Total"))]);
    for (field, sum) in SUMS.into_iter().zip(grand) {
        let parts: Vec<String> = subtotals.iter().map(|row| format!("{{{field}}}{row}")).collect();
        row.insert(field, V::Formula(format!("={}", parts.join("+")), sum as f64));
    }
    kit::total_line(sheet, at, 0, &columns, &row)?;
    Ok(at + 1)
}

/// Table 3.
fn delivered(sheet: &mut Worksheet, top: u32, grantee: &Grantee) -> Outcome<()> {
    section(sheet, top, "3. What was delivered")?;
    let columns = [
        col("indicator", "Indicator", 28.0, Kind::Locked),
        col("target", "Target for the year", 26.0, Kind::Number),
        col("q1", "Delivered Q1", 16.0, Kind::Number),
        col("q2", "Delivered Q2", 16.0, Kind::Number),
        col("to_date", "Delivered to date", 14.0, Kind::Number),
        col("share", "Share of target", 14.0, Kind::Percent),
    ];
    kit::headings(sheet, top + 1, 0, &columns)?;
    for (at, (indicator, target, q1, q2)) in (top + 2..).zip(grantee.outputs) {
        let row = Row::from([
            ("indicator", text(*indicator)),
            ("target", V::Int(*target)),
            ("q1", V::Int(*q1)),
            ("q2", V::Int(*q2)),
            ("to_date", V::Formula("={q1}{r}+{q2}{r}".into(), (q1 + q2) as f64)),
            ("share", V::Formula("={to_date}{r}/{target}{r}".into(), (q1 + q2) as f64 / *target as f64)),
        ]);
        kit::line(sheet, at, 0, &columns, &row)?;
    }
    Ok(())
}

fn milestones(book: &mut Workbook, project: &Project) -> Outcome<()> {
    let sheet = book.add_worksheet().set_name(project.name)?;
    kit::banner(
        sheet,
        &format!("Project: {}", project.name),
        "One line a milestone; add lines as you need them",
    )?;
    let columns = [
        col("milestone", "Milestone", 30.0, Kind::Text),
        col("due", "Due", 12.0, Kind::Date),
        col("status", "Where it stands", 16.0, Kind::Text),
        col("reached_on", "Reached on", 12.0, Kind::Date),
        col("comment", "Comment", 44.0, Kind::Text),
    ];
    kit::headings(sheet, 3, 0, &columns)?;
    for (at, one) in (4..).zip(project.milestones) {
        let row = Row::from([
            ("milestone", text(one.name)),
            ("due", V::Date(one.due)),
            ("status", text(one.status)),
            ("reached_on", one.reached.map_or(V::Blank, V::Date)),
            ("comment", text(one.comment)),
        ]);
        kit::line(sheet, at, 0, &columns, &row)?;
    }
    kit::printed(sheet, 3)?;
    Ok(())
}

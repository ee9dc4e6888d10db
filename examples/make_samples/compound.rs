//! Pack C: several things wrong at once in one return.

use std::io::{Cursor, Write};

use rust_xlsxwriter::Workbook;
use zip::write::SimpleFileOptions;
use zip::{DateTime, ZipWriter};

use super::board::{self, Partner};
use super::kit::{self, Made, Outcome, Row, V, shown_as, text};
use super::returns::{self, Units};
use super::{clean, money, registers, rounds};

pub(crate) const FOLDER: &str = "2013-14-q4-compound";

/// Every file of the round.
pub(crate) fn files() -> Outcome<Vec<Made>> {
    let about = "Pack C: several things wrong at once in one return.";
    let returned = |name: &str| format!("{FOLDER}/returns/{name}");
    Ok(vec![
        (format!("{FOLDER}/round.toml"), rounds::round_toml_after(about, "../2012-13-q4")),
        (format!("{FOLDER}/plan.csv"), rounds::plan_csv()?),
        (format!("{FOLDER}/ledger.csv"), rounds::ledger_csv()?),
        (returned("Herefordshire Council Q4.xlsx"), council()?),
        (returned("NHS Herefordshire Q4 2013-14.xlsx"), health()?),
        (returned("West Mercia Police - four boards.xlsx"), police()?),
        (returned("YOS return Q4.xlsx"), youth()?),
        (returned("Probation 2012-13 template.xlsx"), probation()?),
        (returned("Cafcass update Q4.docx"), court()?),
        (returned("Business Unit Q4.xlsx"), clean::partner_return(board::partner("BU"))?),
    ])
}

/// The total of what was spent skips a row, and one of the cells that it does count is text.
fn council() -> Outcome<Vec<u8>> {
    let who = board::partner("HC");
    let mut book = kit::workbook("HSCB Q4 return", who.name)?;
    clean::cover(who).write(&mut book)?;
    returns::plan(&mut book, who, &clean::plan_rows(who))?;
    money::contributions(&mut book, who, Units::Pence)?;
    money::streams(&mut book)?;
    council_expenditure(&mut book)?;
    money::fund(&mut book, text("Not stated"))?;
    registers::voice(&mut book, who)?;
    Ok(book.save_to_buffer()?)
}

fn council_expenditure(book: &mut Workbook) -> Outcome<()> {
    let columns = money::expenditure_columns();
    let mut rows = money::expenditure_rows();
    rows[2].insert("actual_to_date", text("21,901"));
    let sheet = book.add_worksheet().set_name("Expenditure")?;
    kit::banner(sheet, "HSCB expenditure 2013-14", "Herefordshire Council, for the Board")?;
    kit::headings(sheet, 3, 0, &columns)?;
    for (at, row) in (4..).zip(&rows) {
        kit::line(sheet, at, 0, &columns, row)?;
    }
    let mut sums = Row::from([("category", text("Total"))]);
    for field in money::EXPENDITURE_SUMS.iter().chain(&["variance"]) {
        let (last, counted) = if *field == "actual_to_date" { (8, 4) } else { (9, 5) };
        let cast = rows.iter().take(counted).map(|row| money::number(&row[field])).sum();
        sums.insert(field, V::Formula(format!("=SUM({{{field}}}5:{{{field}}}{last})"), cast));
    }
    kit::total_line(sheet, 9, 0, &columns, &sums)?;
    Ok(())
}

/// Running totals stand where each quarter by itself is asked for.
fn health() -> Outcome<Vec<u8>> {
    let who = board::partner("NHS");
    let mut row = money::contribution_row(who, Units::Pence);
    for (field, pence) in [("q1", 1_130_075), ("q2", 2_260_150), ("q3", 3_390_225), ("q4", 4_520_300)] {
        row.insert(field, V::Pence(pence));
    }
    for field in ["year_to_date", "annual_total"] {
        row.insert(field, V::Pence(4_520_300));
    }
    with_contributions(who, &clean::plan_rows(who), &[row], |cover| {
        cover.set("Units", text("Pounds and pence"));
    })
}

/// One file for the four boards that the force serves. The other boards' amounts are illustrative.
fn police() -> Outcome<Vec<u8>> {
    let who = board::partner("WMP");
    let ours = money::contribution_row(who, Units::Pence);
    let other = |board: &str, quarter: i64| {
        let mut row = ours.clone();
        row.insert("board", text(board));
        row.insert("agreed_amount", V::Pence(quarter * 4));
        for field in ["q1", "q2", "q3", "q4"] {
            row.insert(field, V::Pence(quarter));
        }
        for field in ["year_to_date", "annual_total"] {
            row.insert(field, V::Formula("=SUM({q1}{r}:{q4}{r})".into(), kit::pounds(quarter * 4)));
        }
        row.insert("formula_share", V::Blank);
        row.insert("invoice_ref", V::Blank);
        row
    };
    let rows = [
        ours.clone(),
        other("Shropshire Safeguarding Children Board", 902_500),
        other("Telford & Wrekin Safeguarding Children Board", 655_000),
        other("Worcestershire Safeguarding Children Board", 1_480_000),
    ];
    with_contributions(who, &clean::plan_rows(who), &rows, |_| ())
}

/// A ref has become a date, and a row of another quarter is pasted underneath.
fn youth() -> Outcome<Vec<u8>> {
    let who = board::partner("YOS");
    let mut rows = clean::plan_rows(who);
    let at = |rows: &[Row], key: &str| {
        rows.iter()
            .position(|row| matches!(&row["ref"], V::Text(one) if one == key))
            .expect("the row is theirs")
    };
    let mut pasted = rows[at(&rows, "4.1.1")].clone();
    pasted.insert("progress", text("Position at the end of Q3: members have not yet begun the course."));
    pasted.insert("status", text("In progress"));
    pasted.insert("confidence", text("Red"));
    pasted.insert("evidence", V::Blank);
    pasted.insert("barriers", text("Log-ins were not issued."));
    let changed = at(&rows, "4.2.1");
    rows[changed].insert("ref", shown_as(V::Date((2001, 2, 4)), "dd/mm/yyyy"));
    rows.push(pasted);
    with_contributions(who, &rows, &[money::contribution_row(who, Units::Pence)], |_| ())
}

/// The template and the figures of the year before; those figures are illustrative.
fn probation() -> Outcome<Vec<u8>> {
    let who = board::partner("PROB");
    let mut row = money::contribution_row(who, Units::Pence);
    last_year(&mut row);
    row.insert("comment", text("As agreed."));
    let mut rows = clean::plan_rows(who);
    for one in &mut rows {
        one.remove("expected_impact");
    }
    let mut book = kit::workbook("HSCB return", who.name)?;
    let mut cover = clean::cover(who);
    cover.set("Template version", text("2012-13.1"));
    cover.write(&mut book)?;
    old_plan(&mut book, &rows)?;
    contributions(&mut book, who, &[row], "2013-14")?;
    registers::voice(&mut book, who)?;
    Ok(book.save_to_buffer()?)
}

/// What probation paid the year before; illustrative.
pub(crate) fn last_year(row: &mut Row) {
    for field in ["q1", "q2", "q3", "q4"] {
        row.insert(field, V::Pence(112_850));
    }
    for field in ["year_to_date", "annual_total"] {
        row.insert(field, V::Formula("=SUM({q1}{r}:{q4}{r})".into(), 4_514.0));
    }
}

/// Last year's monitoring sheet, which did not ask for impact.
fn old_plan(book: &mut Workbook, rows: &[Row]) -> Outcome<()> {
    let mut columns = returns::plan_columns();
    columns.retain(|one| !matches!(one.field, "expected_impact" | "impact_measured_on" | "impact_result"));
    let sheet = book.add_worksheet().set_name("Plan")?;
    kit::banner(sheet, "HSCB Business Plan Monitoring Sheet", "West Mercia Probation · quarter 4")?;
    kit::headings(sheet, 3, 0, &columns)?;
    for (at, row) in (4..).zip(rows) {
        kit::line(sheet, at, 0, &columns, row)?;
    }
    Ok(())
}

/// A return with these plan rows and these contributions; the cover may be changed.
fn with_contributions(
    who: &Partner,
    plan: &[Row],
    paid: &[Row],
    change: impl Fn(&mut returns::Cover),
) -> Outcome<Vec<u8>> {
    let mut book = kit::workbook("HSCB return", who.name)?;
    let mut cover = clean::cover(who);
    change(&mut cover);
    cover.write(&mut book)?;
    returns::plan(&mut book, who, plan)?;
    contributions(&mut book, who, paid, "2013-14")?;
    registers::voice(&mut book, who)?;
    Ok(book.save_to_buffer()?)
}

/// The contributions of a year with their total row.
pub(crate) fn contributions(book: &mut Workbook, who: &Partner, rows: &[Row], year: &str) -> Outcome<()> {
    let columns = money::contribution_columns(Units::Pence);
    let sheet = book.add_worksheet().set_name("Contributions")?;
    kit::banner(sheet, &format!("Contributions {year}"), who.name)?;
    kit::headings(sheet, 3, 0, &columns)?;
    for (at, row) in (4..).zip(rows) {
        kit::line(sheet, at, 0, &columns, row)?;
    }
    let last = 4 + rows.len();
    let mut sums = Row::from([("board", text("Total"))]);
    for field in ["agreed_amount", "q1", "q2", "q3", "q4", "year_to_date", "annual_total"] {
        let cast = rows.iter().map(|row| money::number(&row[field])).sum();
        sums.insert(field, V::Formula(format!("=SUM({{{field}}}5:{{{field}}}{last})"), cast));
    }
    kit::total_line(sheet, u32::try_from(last)?, 0, &columns, &sums)?;
    Ok(())
}

/// A letter in place of a workbook.
fn court() -> Outcome<Vec<u8>> {
    let who = board::partner("CAF");
    let mut paragraphs = vec![
        "CAFCASS update for the Herefordshire Safeguarding Children Board, 2013-14 quarter 4".to_owned(),
    ];
    paragraphs.extend(
        board::expected_of(who.code)
            .iter()
            .map(|key| format!("{key}: {}", board::update(who.code, key).progress)),
    );
    paragraphs.push("Contribution for the year: £550.".to_owned());
    let lines: Vec<String> =
        paragraphs.iter().map(|words| format!("<w:p><w:r><w:t>{words}</w:t></w:r></w:p>")).collect();
    let body = lines.concat();
    let document = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}</w:body></w:document>"
    );
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().last_modified_time(DateTime::default());
    for (name, part) in [
        ("[Content_Types].xml", CONTENT_TYPES),
        ("_rels/.rels", RELATIONSHIPS),
        ("word/document.xml", &document),
    ] {
        zip.start_file(name, options)?;
        zip.write_all(part.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}

const CONTENT_TYPES: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";

const RELATIONSHIPS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>";

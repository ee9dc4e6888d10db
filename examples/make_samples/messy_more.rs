//! Pack B, continued: the police, the youth offending service and probation.

use rust_xlsxwriter::{ConditionalFormatIconSet, ConditionalFormatIconType, Workbook};

use super::board::{self, Partner};
use super::kit::{self, Kind, Outcome, Row, V, pick, shown_as, symbol, text};
use super::messy::set;
use super::returns::{self, Units};
use super::{clean, money, registers, vba};

// West Mercia Police --------------------------------------------------------------------------

const POLICE_MACROS: &str = "\nPublic Sub PrintReturn()\n    ActiveWorkbook.PrintOut\nEnd Sub\n";

pub(crate) fn police() -> Outcome<Vec<u8>> {
    let who = board::partner("WMP");
    let mut book = kit::workbook("HSCB return", who.name)?;
    let mut cover = clean::cover(who);
    cover.set("Agency", text("West Mercia Constabulary"));
    cover.set("VAT basis", text("Gross"));
    cover.write(&mut book)?;
    police_plan(&mut book, who)?;
    police_contributions(&mut book, who)?;
    registers::voice(&mut book, who)?;

    let folder = tempfile::tempdir()?;
    let macros = folder.path().join("vbaProject.bin");
    std::fs::write(&macros, vba::project(4, "Printing", POLICE_MACROS))?;
    book.add_vba_project(&macros)?;
    Ok(book.save_to_buffer()?)
}

fn police_plan(book: &mut Workbook, who: &Partner) -> Outcome<()> {
    let mut all = returns::plan_columns();
    "SPOC".clone_into(&mut kit::column(&mut all, "lead_post").heading);
    all.retain(|one| !matches!(one.field, "expected_impact" | "impact_measured_on" | "impact_result"));
    let mut order = vec![
        "ref",
        "action",
        "lead_agency",
        "lead_post",
        "target_date",
        "status",
        "progress",
        "confidence",
        "evidence",
        "direction",
        "barriers",
    ];
    let rest: Vec<&str> = all.iter().map(|one| one.field).filter(|field| !order.contains(field)).collect();
    order.extend(rest);
    let columns = pick(&all, &order);

    let mut rows = clean::plan_rows(who);
    for row in &mut rows {
        row.insert("lead_agency", text("W Mercia Police"));
        let arrow = match &row["direction"] {
            V::Text(word) if word == "Better" => "h",
            V::Text(word) if word == "Worse" => "i",
            _ => "g",
        };
        row.insert("direction", symbol(arrow, "Wingdings 3"));
    }
    set(&mut rows, "3.1.2", "lead_agency", text("Police/NHS"));
    set(
        &mut rows,
        "3.3.1",
        "progress",
        text(
            "A regional drafting group has a first text. Example looked at: NHS no 999 000 0018, DOB on file.",
        ),
    );

    let sheet = book.add_worksheet().set_name("Monitoring sheet")?;
    kit::banner(
        sheet,
        "West Mercia Police",
        "Protecting Vulnerable People · return to Herefordshire Safeguarding Children Board",
    )?;
    sheet.write_with_format(3, 0, "2013-14 quarter 4", &kit::subtitle())?;
    sheet.write_with_format(4, 0, "Arrows: up improving, level no change, down worse", &kit::subtitle())?;
    kit::headings(sheet, 6, 0, &columns)?;
    for (at, row) in (7..).zip(&rows) {
        kit::line(sheet, at, 0, &columns, row)?;
    }
    kit::printed(sheet, 6)?;
    Ok(())
}

/// Every amount includes VAT; last year's agreed amount is left in a hidden row that the total counts.
fn police_contributions(book: &mut Workbook, who: &Partner) -> Outcome<()> {
    let columns = money::contribution_columns(Units::Pence);
    let mut row = money::contribution_row(who, Units::Pence);
    for field in ["q1", "q2", "q3", "q4"] {
        row.insert(field, V::Pence(904_950));
    }
    for field in ["year_to_date", "annual_total"] {
        row.insert(field, V::Formula("=SUM({q1}{r}:{q4}{r})".into(), 36_198.0));
    }
    row.insert("vat_included", text("Yes"));
    row.insert("comment", text("Invoiced with VAT."));
    let mut last_year = row.clone();
    last_year.insert("plan_year", text("2012-13"));
    last_year.insert("agreed_amount", V::Pence(2_957_400));
    for field in ["q1", "q2", "q3", "q4", "annual_total"] {
        last_year.insert(field, V::Pence(0));
    }
    for field in ["year_to_date", "invoice_ref", "paid_on", "payment_status", "formula_share"] {
        last_year.insert(field, V::Blank);
    }
    last_year.insert("comment", text("Last year, for comparison."));
    let sheet = book.add_worksheet().set_name("Contributions")?;
    kit::banner(
        sheet,
        "West Mercia Police",
        "Contribution to Herefordshire Safeguarding Children Board, 2013-14",
    )?;
    for (row, words) in [
        (3, "Finance Department"),
        (4, "Purchase order held by the force"),
        (6, "Quarter by quarter, not cumulative"),
        (8, "Queries to the Partnership Support Officer"),
    ] {
        sheet.write_with_format(row, 0, words, &kit::subtitle())?;
    }
    kit::headings(sheet, 11, 0, &columns)?;
    kit::line(sheet, 12, 0, &columns, &row)?;
    kit::line(sheet, 13, 0, &columns, &last_year)?;
    sheet.set_row_hidden(13)?;
    let mut sums = Row::from([("board", text("Total"))]);
    for field in ["agreed_amount", "q1", "q2", "q3", "q4", "year_to_date", "annual_total"] {
        let cast = money::number(&row[field]) + money::number(&last_year[field]);
        sums.insert(field, V::Formula(format!("=SUM({{{field}}}13:{{{field}}}14)"), cast));
    }
    kit::total_line(sheet, 14, 0, &columns, &sums)?;
    kit::printed(sheet, 11)?;
    Ok(())
}

// Youth Offending Service ---------------------------------------------------------------------

pub(crate) fn youth(second: bool) -> Outcome<Vec<u8>> {
    let who = board::partner("YOS");
    let mut book = kit::workbook("YOS Q4", who.name)?;
    let mut cover = clean::cover(who);
    if second {
        cover.set("Units", text("£000"));
        cover.set("Completed on", V::Date((2014, 4, 15)));
        cover.set("Approved on", V::Date((2014, 4, 16)));
    }
    cover.write(&mut book)?;
    youth_plan(&mut book, who, second)?;
    youth_contributions(&mut book, who, second)?;
    registers::voice(&mut book, who)?;
    Ok(book.save_to_buffer()?)
}

fn youth_plan(book: &mut Workbook, who: &Partner, second: bool) -> Outcome<()> {
    let mut columns = returns::plan_columns();
    kit::column(&mut columns, "confidence").kind = Kind::Number;
    let mut rows = clean::plan_rows(who);
    for row in &mut rows {
        let icon = match &row["confidence"] {
            V::Text(word) if word == "Red" => 1,
            V::Text(word) if word == "Amber" => 2,
            _ => 3,
        };
        row.insert("confidence", V::Int(icon));
    }
    if !second {
        set(&mut rows, "1.2.2", "confidence", V::Int(1));
        set(&mut rows, "1.2.2", "barriers", text("Few questionnaires had come back."));
    }
    set(
        &mut rows,
        "1.2.1",
        "progress",
        text("The forum met in February and 2 young people spoke about their experience."),
    );
    let sheet = book.add_worksheet().set_name("Plan")?;
    kit::banner(sheet, "HSCB Business Plan Monitoring Sheet", "Youth Offending Service · quarter 4")?;
    kit::headings(sheet, 3, 0, &columns)?;
    for (at, row) in (4..).zip(&rows) {
        kit::line(sheet, at, 0, &columns, row)?;
    }
    let icons = ConditionalFormatIconSet::new().set_icon_type(ConditionalFormatIconType::ThreeTrafficLights);
    sheet.add_conditional_format(4, 22, 10, 22, &icons)?;
    kit::printed(sheet, 3)?;
    Ok(())
}

fn youth_contributions(book: &mut Workbook, who: &Partner, second: bool) -> Outcome<()> {
    let mut columns = money::contribution_columns(Units::Pence);
    let mut row = money::contribution_row(who, Units::Pence);
    let sheet_note = if second { "All amounts in £000" } else { "All amounts in pounds" };
    if second {
        for field in ["q1", "q2", "q3", "q4"] {
            row.insert(field, shown_as(V::Num(0.161_25), "0.00000"));
        }
        for field in ["agreed_amount", "year_to_date", "annual_total"] {
            row.insert(field, shown_as(V::Num(0.645), "0.000"));
        }
        for one in columns.iter_mut().filter(|one| one.kind == Kind::Money) {
            one.kind = Kind::Text;
        }
    }
    let sheet = book.add_worksheet().set_name("Contributions")?;
    kit::banner(sheet, "HSCB contributions 2013-14", &format!("{} · {sheet_note}", who.name))?;
    kit::headings(sheet, 3, 0, &columns)?;
    kit::line(sheet, 4, 0, &columns, &row)?;
    kit::printed(sheet, 3)?;
    Ok(())
}

// West Mercia Probation -----------------------------------------------------------------------

pub(crate) fn probation() -> Outcome<Vec<u8>> {
    let who = board::partner("PROB");
    let mut book = kit::workbook("Probation HSCB Q4", who.name)?;
    clean::cover(who).write(&mut book)?;
    probation_plan(&mut book, who)?;
    probation_contributions(&mut book, who)?;
    registers::voice(&mut book, who)?;
    Ok(book.save_to_buffer()?)
}

fn probation_plan(book: &mut Workbook, who: &Partner) -> Outcome<()> {
    let columns = returns::plan_columns();
    let mut rows = clean::plan_rows(who);
    set(&mut rows, "1.1.2", "confidence", text("g"));
    set(&mut rows, "1.2.1", "confidence", text("g"));
    set(&mut rows, "4.1.1", "confidence", text("Red/Amber"));
    set(&mut rows, "4.1.1", "barriers", text("The member changes post in June."));
    set(&mut rows, "4.2.1", "confidence", text("R "));
    set(&mut rows, "4.2.1", "barriers", text("Audits in Ledbury and Ross were not done."));
    set(&mut rows, "4.3.1", "confidence", V::Blank);
    set(
        &mut rows,
        "1.2.2",
        "progress",
        text("The first summary\u{a0}of what families said\r\nis\u{a0}in draft."),
    );
    rows.reverse();
    let sheet = book.add_worksheet().set_name("Plan")?;
    kit::banner(sheet, "HSCB Business Plan Monitoring Sheet", "West Mercia Probation · quarter 4")?;
    kit::headings(sheet, 3, 0, &columns)?;
    for (at, row) in (4..).zip(&rows) {
        kit::line(sheet, at, 0, &columns, row)?;
    }
    sheet.protect();
    kit::printed(sheet, 3)?;
    Ok(())
}

/// The contribution is a minus, as the ledger shows income; below it a line for two partners.
fn probation_contributions(book: &mut Workbook, who: &Partner) -> Outcome<()> {
    let columns = money::contribution_columns(Units::Pence);
    let brackets = "#,##0.00;(#,##0.00)";
    let mut row = money::contribution_row(who, Units::Pence);
    row.insert("agreed_amount", text("£4,612 "));
    for field in ["q1", "q2", "q3", "q4"] {
        row.insert(field, shown_as(V::Pence(-115_300), brackets));
    }
    for field in ["year_to_date", "annual_total"] {
        row.insert(field, shown_as(V::Formula("=SUM({q1}{r}:{q4}{r})".into(), -4_612.0), brackets));
    }
    row.insert("comment", text("From the ledger."));
    let coupled = Row::from([
        ("board", text("HSCB")),
        ("plan_year", text(returns::YEAR)),
        ("stream", text("Partner contribution")),
        ("agency", text("West Mercia Probation £4,612 CAFCASS £550")),
    ]);
    let sheet = book.add_worksheet().set_name("Contributions")?;
    kit::banner(sheet, "HSCB contributions 2013-14", "West Mercia Probation")?;
    kit::headings(sheet, 3, 0, &columns)?;
    kit::line(sheet, 4, 0, &columns, &row)?;
    kit::line(sheet, 5, 0, &columns, &coupled)?;
    kit::printed(sheet, 3)?;
    Ok(())
}

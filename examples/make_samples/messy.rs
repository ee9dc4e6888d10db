//! Pack B: one money error a partner, and the layout mess of real returns.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Image, Workbook, XlsxError};

use super::board::{self, Partner};
use super::kit::{self, Col, Kind, Made, Outcome, Row, V, col, filled, pick, shown_as, text};
use super::logo;
use super::returns::{self, Units};
use super::{clean, messy_more, money, registers, rounds};

pub(crate) const FOLDER: &str = "2013-14-q4-messy";

/// Every file of the round that Rust can make.
pub(crate) fn files() -> Outcome<Vec<Made>> {
    let about = "Pack B: one money error for each partner, and the layout mess of real returns.";
    let returned = |name: &str| format!("{FOLDER}/returns/{name}");
    Ok(vec![
        (format!("{FOLDER}/round.toml"), rounds::round_toml_after(about, "../2013-14-q3")),
        (format!("{FOLDER}/plan.csv"), rounds::plan_csv()?),
        (format!("{FOLDER}/ledger.csv"), rounds::ledger_csv()?),
        (returned("HSCB BP Monitoring 2013-14 Q4 - Herefordshire Council v3 FINAL.xlsx"), council()?),
        (returned("West Mercia Police HSCB return.xlsm"), messy_more::police()?),
        (returned("YOS Q4.xlsx"), messy_more::youth(false)?),
        (returned("YOS Q4 (2).xlsx"), messy_more::youth(true)?),
        (returned("Probation_HSCB_Q4_final.xlsx"), messy_more::probation()?),
        (returned("Business Unit Q4.xlsx"), clean::partner_return(board::partner("BU"))?),
    ])
}

/// The workbooks that become an old-format and an encrypted file.
pub(crate) fn sources() -> Outcome<Vec<Made>> {
    Ok(vec![
        ("NHS Herefordshire Q4.xlsx".to_owned(), health()?),
        ("Cafcass.xlsx".to_owned(), clean::partner_return(board::partner("CAF"))?),
    ])
}

pub(crate) fn set(rows: &mut [Row], key: &str, field: &'static str, value: V) {
    let wanted = text(key);
    let row = rows
        .iter_mut()
        .find(|row| matches!((row.get("ref"), &wanted), (Some(V::Text(one)), V::Text(two)) if one == two))
        .expect("the row is one of the partner's");
    row.insert(field, value);
}

// Herefordshire Council -----------------------------------------------------------------------

const COUNCIL_ADDRESS: &str = "Children's Wellbeing Directorate, Plough Lane, Hereford HR4 0LE";

fn council() -> Outcome<Vec<u8>> {
    let who = board::partner("HC");
    let mut book = kit::workbook("HSCB BP Monitoring 2013-14 Q4", who.name)?;
    clean::cover(who).write(&mut book)?;
    council_plan(&mut book, who)?;
    council_contributions(&mut book, who)?;
    money::streams(&mut book)?;
    council_expenditure(&mut book)?;
    money::fund(&mut book, text("Not stated"))?;
    registers::voice(&mut book, who)?;
    Ok(book.save_to_buffer()?)
}

/// Ratings as the council shows them: a fill and no word, one fill taken from the theme.
fn council_rows(who: &Partner) -> Vec<Row> {
    let mut rows = clean::plan_rows(who);
    let theme_red = Color::Theme(5, 3);
    for (key, fill) in [
        ("1.1.2", kit::GREEN),
        ("1.2.1", kit::GREEN),
        ("1.2.2", kit::RED),
        ("2.1.1", kit::AMBER),
        ("2.2.1", theme_red),
        ("3.3.2", kit::RED),
        ("3.4.1", kit::RED),
        ("4.1.1", kit::AMBER),
    ] {
        set(&mut rows, key, "confidence", filled(V::Blank, fill));
    }
    let two = "1) Conferences are held in time more often than last year.\n2) Repeat planning is steady; the joint audit is not finished.";
    set(&mut rows, "2.1.1", "progress", text(two));
    let at = rows
        .iter()
        .position(|row| matches!(&row["ref"], V::Text(key) if key == "3.4.1"))
        .expect("3.4.1 is theirs");
    rows.insert(at + 1, private_fostering(who));
    rows
}

/// A row that belongs to next year's plan, where 3.4 is another action.
fn private_fostering(who: &Partner) -> Row {
    Row::from([
        ("ref", text("3.4")),
        ("strategic_priority", text("Particular risks")),
        ("action_area", text("Private fostering")),
        ("objective", text("Privately fostered children are known to the council")),
        ("action", text("Private fostering: raise awareness of the duty to notify")),
        ("source", text("Ofsted")),
        ("lead_agency", text(who.name)),
        ("lead_post", text(who.lead_post)),
        ("start_date", V::Date((2014, 4, 1))),
        ("target_date", V::Date((2014, 12, 31))),
        ("success_measure", text("More notifications than last year")),
        ("expected_impact", text("Arrangements are checked sooner")),
        ("progress", text("To start in the new plan year.")),
        ("status", text("Not started")),
    ])
}

fn council_plan(book: &mut Workbook, who: &Partner) -> Outcome<()> {
    let mut columns = returns::plan_columns();
    columns.retain(|one| one.field != "development_area");
    let groups = [("Timescale", "start_date", "revised_date"), ("Progress", "progress", "direction")];
    for (field, short) in [
        ("start_date", "Start"),
        ("target_date", "Target"),
        ("revised_date", "Revised"),
        ("progress", "Update"),
        ("direction", "Direction"),
    ] {
        short.clone_into(&mut kit::column(&mut columns, field).heading);
    }
    let sheet = book.add_worksheet().set_name("BP Monitoring")?;
    sheet.insert_image(0, 0, &Image::new_from_buffer(&logo::png())?)?;
    sheet.write_with_format(0, 3, "HSCB Business Plan Monitoring Sheet 2013-14", &kit::title())?;
    sheet.write_with_format(1, 3, "Quarter 4 · Herefordshire Council", &kit::subtitle())?;
    sheet.write_with_format(2, 3, COUNCIL_ADDRESS, &kit::subtitle())?;
    sheet.write_with_format(
        3,
        3,
        "Green: implemented   Amber: partly   Red: not implemented as planned",
        &kit::subtitle(),
    )?;
    two_row_headings(sheet, 5, &columns, &groups)?;

    let bar = Format::new().set_bold().set_background_color(kit::BAND).set_border(FormatBorder::Thin);
    let mut at = 7;
    let mut area = String::new();
    for row in council_rows(who) {
        let V::Text(key) = &row["ref"] else { continue };
        let next = format!("DA{}", &key[..1]);
        if next != area {
            sheet.write_with_format(at, 0, sub_heading(&next), &bar)?;
            area = next;
            at += 1;
        }
        kit::line(sheet, at, 0, &columns, &row)?;
        at += 1;
    }
    sheet.set_freeze_panes(7, 1)?;
    kit::printed(sheet, 6)?;
    Ok(())
}

fn sub_heading(area: &str) -> &'static str {
    match area {
        "DA1" => {
            "DA1 Improving the experience of children, young people and families supported in safeguarding systems"
        }
        "DA2" => "DA2 Improving multi-agency case work",
        "DA3" => "DA3 Tackling particular risks",
        _ => "DA4 An effective Board",
    }
}

/// Headings over two rows: a group merged across its columns, every other heading merged downwards.
fn two_row_headings(
    sheet: &mut rust_xlsxwriter::Worksheet,
    top: u32,
    columns: &[Col],
    groups: &[(&str, &str, &str)],
) -> Result<(), XlsxError> {
    let at = |field: &str| columns.iter().position(|one| one.field == field).expect("a column of the table");
    let head = kit::head().set_align(FormatAlign::Center);
    for (column, one) in (0_u16..).zip(columns) {
        sheet.set_column_width(column, one.width)?;
        let here = usize::from(column);
        if groups.iter().any(|(_, first, last)| (at(first)..=at(last)).contains(&here)) {
            sheet.write_with_format(top + 1, column, &one.heading, &head)?;
        } else {
            sheet.merge_range(top, column, top + 1, column, &one.heading, &head)?;
        }
    }
    for (name, first, last) in groups {
        let (first, last) =
            (u16::try_from(at(first)).expect("few columns"), u16::try_from(at(last)).expect("few columns"));
        sheet.merge_range(top, first, top, last, name, &head)?;
    }
    Ok(())
}

/// The council adds the adults' £20,000 to its contribution and says so beside it.
fn council_contributions(book: &mut Workbook, who: &Partner) -> Outcome<()> {
    let columns = money::contribution_columns(Units::Pence);
    let mut row = money::contribution_row(who, Units::Pence);
    for field in ["q1", "q2", "q3", "q4"] {
        row.insert(field, V::Pence(3_675_400));
    }
    for field in ["year_to_date", "annual_total"] {
        row.insert(field, V::Formula("=SUM({q1}{r}:{q4}{r})".into(), 147_016.0));
    }
    row.insert("comment", text("inc £20k A&HW"));
    let sheet = book.add_worksheet().set_name("Contributions")?;
    kit::banner(sheet, "HSCB contributions 2013-14", "Herefordshire Council")?;
    sheet.write_with_format(2, 0, COUNCIL_ADDRESS, &kit::subtitle())?;
    sheet.write_with_format(4, 0, "All figures in pounds", &kit::subtitle())?;
    kit::headings(sheet, 6, 0, &columns)?;
    kit::line(sheet, 7, 0, &columns, &row)?;
    let memo = kit::plain(Kind::Text).set_italic();
    sheet.merge_range(8, 2, 8, 4, "of which Adults and Health Wellbeing: £20,000", &memo)?;
    let mut sums = Row::from([("board", text("Total"))]);
    for field in ["agreed_amount", "q1", "q2", "q3", "q4", "year_to_date", "annual_total"] {
        sums.insert(
            field,
            V::Formula(format!("=SUM({{{field}}}8:{{{field}}}9)"), money::number(&row[field])),
        );
    }
    kit::total_line(sheet, 9, 0, &columns, &sums)?;
    kit::printed(sheet, 6)?;
    Ok(())
}

/// The total of what was spent leaves out the row just below its range.
fn council_expenditure(book: &mut Workbook) -> Outcome<()> {
    let order = [
        "category",
        "budget_current",
        "actual_to_date",
        "q1",
        "q2",
        "q3",
        "q4",
        "budget_original",
        "virement",
        "budget_to_date",
        "committed",
        "forecast",
        "variance",
        "adverse_favourable",
        "explanation",
        "recharge_party",
        "recharge_direction",
        "board_share",
        "data_status",
    ];
    let columns = pick(&money::expenditure_columns(), &order);
    let rows = money::expenditure_rows();
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
    kit::printed(sheet, 3)?;
    Ok(())
}

// NHS Herefordshire ---------------------------------------------------------------------------

fn health() -> Outcome<Vec<u8>> {
    let who = board::partner("NHS");
    let mut book = kit::workbook("HSCB Q4 return", who.name)?;
    let mut cover = clean::cover(who);
    cover.set("Agency", text("Herefordshire CCG"));
    cover.set("Units", text("Pounds and pence"));
    cover.write(&mut book)?;
    health_plan(&mut book, who)?;
    health_contributions(&mut book, who)?;
    registers::voice(&mut book, who)?;
    Ok(book.save_to_buffer()?)
}

fn health_plan(book: &mut Workbook, who: &Partner) -> Outcome<()> {
    let mut all = returns::plan_columns();
    all.push(col("last_year", "Comments 2012-13", 30.0, Kind::Text));
    all.push(col("ccg", "CCG comments", 30.0, Kind::Text));
    let mut order = vec![
        "ref",
        "action",
        "lead_agency",
        "lead_post",
        "target_date",
        "progress",
        "status",
        "confidence",
        "last_year",
        "ccg",
    ];
    let rest: Vec<&str> = all.iter().map(|one| one.field).filter(|field| !order.contains(field)).collect();
    order.extend(rest);
    let columns = pick(&all, &order);

    let mut rows = clean::plan_rows(who);
    for row in &mut rows {
        if matches!(&row["lead_agency"], V::Text(name) if name == who.name) {
            row.insert("lead_agency", text("NHS H'fordshire"));
        }
        row.insert("last_year", text("Position carried over from the 2012-13 return."));
    }
    set(&mut rows, "1.2.2", "confidence", text("Amber/Green"));
    set(&mut rows, "4.2.1", "confidence", text("A/G"));
    set(&mut rows, "1.1.2", "target_date", text("Q3"));
    set(&mut rows, "1.2.2", "target_date", text("Ongoing"));
    set(&mut rows, "2.2.1", "target_date", text("by Oct 14"));
    set(&mut rows, "4.3.1", "target_date", shown_as(V::Int(41_713), "d-mmm"));
    set(&mut rows, "4.1.1", "expected_impact", text("n/a"));
    set(&mut rows, "2.2.1", "ccg", text("For the next quality meeting."));

    let sheet = book.add_worksheet().set_name("Plan")?;
    kit::banner(sheet, "HSCB Business Plan: health return, quarter 4", "Herefordshire CCG")?;
    kit::headings(sheet, 4, 0, &columns)?;
    for (at, row) in (5..).zip(&rows) {
        kit::line(sheet, at, 0, &columns, row)?;
    }
    sheet.set_column_hidden(8)?;
    kit::printed(sheet, 4)?;
    Ok(())
}

/// The year has two digits swapped; the quarters are right.
fn health_contributions(book: &mut Workbook, who: &Partner) -> Outcome<()> {
    let columns = money::contribution_columns(Units::Pence);
    let mut row = money::contribution_row(who, Units::Pence);
    row.insert("annual_total", V::Pence(4_523_000));
    row.insert("comment", text("As invoiced."));
    one_row_contributions(book, who, &columns, &row)
}

fn one_row_contributions(book: &mut Workbook, who: &Partner, columns: &[Col], row: &Row) -> Outcome<()> {
    let sheet = book.add_worksheet().set_name("Contributions")?;
    kit::banner(sheet, "HSCB contributions 2013-14", who.name)?;
    kit::headings(sheet, 3, 0, columns)?;
    kit::line(sheet, 4, 0, columns, row)?;
    let mut sums = Row::from([("board", text("Total"))]);
    for field in ["q1", "q2", "q3", "q4", "year_to_date", "annual_total"] {
        sums.insert(
            field,
            V::Formula(format!("=SUM({{{field}}}5:{{{field}}}5)"), money::number(&row[field])),
        );
    }
    kit::total_line(sheet, 5, 0, columns, &sums)?;
    kit::printed(sheet, 3)?;
    Ok(())
}

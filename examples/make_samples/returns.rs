//! The sheets of the quarterly return as the template has them.

use rust_xlsxwriter::{DataValidation, Workbook, XlsxError};

use super::board::{self, Action, Day, Partner, Update};
use super::kit::{self, Col, Kind, Row, V, col, text};

pub(crate) const BOARD: &str = "Herefordshire Safeguarding Children Board";
pub(crate) const PERIOD: &str = "2013-14 Q4";
pub(crate) const YEAR: &str = "2013-14";

/// How a partner gives its amounts.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Units {
    Pence,
    WholePounds,
}

impl Units {
    fn label(self) -> &'static str {
        match self {
            Units::Pence => "Pounds and pence",
            Units::WholePounds => "Whole pounds",
        }
    }
}

/// The cover: one label and one value a row.
pub(crate) struct Cover {
    pub(crate) lines: Vec<(&'static str, V)>,
}

impl Cover {
    pub(crate) fn new(who: &Partner, units: Units, completed: Day, approved: Day) -> Cover {
        Cover {
            lines: vec![
                ("Board", text("HSCB")),
                ("Plan year", text(YEAR)),
                ("Period", text(PERIOD)),
                ("Agency", text(who.name)),
                ("Template version", text("2013-14.2")),
                ("Colour key", text("Year-end")),
                ("Sign convention", text("Contributions plus")),
                ("Units", text(units.label())),
                ("VAT basis", text("Outside scope")),
                ("Accounting basis", text("Accruals")),
                ("Data status", text("Provisional")),
                ("Completed by", text(who.completed_by)),
                ("Completed on", V::Date(completed)),
                ("Approved by", text(who.approved_by)),
                ("Approved on", V::Date(approved)),
                ("No child can be identified from this return", text("Yes")),
                ("Marking", text("OFFICIAL-SENSITIVE")),
            ],
        }
    }

    /// Puts another value beside a label.
    pub(crate) fn set(&mut self, label: &str, value: V) {
        let line = self.lines.iter_mut().find(|line| line.0 == label).expect("the label is on the cover");
        line.1 = value;
    }

    pub(crate) fn write(&self, book: &mut Workbook) -> Result<(), XlsxError> {
        let sheet = book.add_worksheet().set_name("Cover")?;
        kit::banner(
            sheet,
            BOARD,
            "Quarterly monitoring return: fill in the white cells. Amounts by quarter, references and updates in this sample are illustrative.",
        )?;
        sheet.set_paper_size(9).set_print_fit_to_pages(1, 0);
        sheet.set_column_width(0, 44)?;
        sheet.set_column_width(1, 44)?;
        for (row, (label, value)) in (3..).zip(&self.lines) {
            kit::put(sheet, row, 0, &text(*label), &kit::plain(Kind::Locked).set_bold())?;
            let kind = if matches!(value, V::Date(_)) { Kind::Date } else { Kind::Text };
            kit::put(sheet, row, 1, value, &kit::plain(kind))?;
        }
        Ok(())
    }
}

/// Columns of the business plan monitoring sheet, in the template's order.
pub(crate) fn plan_columns() -> Vec<Col> {
    use Kind::{Date, Locked, Rating, Text};
    vec![
        col("ref", "Ref", 7.0, Locked),
        col("development_area", "Development area", 12.0, Locked),
        col("strategic_priority", "Strategic priority", 18.0, Locked),
        col("action_area", "Action area", 24.0, Locked),
        col("objective", "Objective", 28.0, Locked),
        col("action", "Action", 36.0, Locked),
        col("source", "Source", 14.0, Locked),
        col("source_ref", "Source reference", 20.0, Locked),
        col("lead_agency", "Lead agency", 20.0, Locked),
        col("contributing", "Contributing agencies", 24.0, Locked),
        col("lead_post", "Lead officer (post)", 22.0, Text),
        col("start_date", "Start date", 11.0, Date),
        col("target_date", "Target date", 11.0, Date),
        col("revised_date", "Revised date", 11.0, Date),
        col("revised_by", "Revised by", 16.0, Text),
        col("revised_reason", "Reason for revision", 26.0, Text),
        col("success_measure", "Success measure", 30.0, Locked),
        col("expected_impact", "Expected impact", 30.0, Locked),
        col("impact_measured_on", "Impact measured on", 12.0, Date),
        col("impact_result", "Impact result", 26.0, Text),
        col("progress", "Progress this quarter", 48.0, Text),
        col("status", "Status", 13.0, Text),
        col("confidence", "RAG", 9.0, Rating),
        col("direction", "Direction of travel", 11.0, Text),
        col("completion_condition", "Completion condition", 20.0, Text),
        col("evidence", "Evidence", 20.0, Text),
        col("barriers", "Barriers", 34.0, Text),
        col("risk_ref", "Risk ref", 9.0, Text),
        col("voice_of_child", "Voice of the child?", 10.0, Text),
        col("eia", "Equality impact assessment", 14.0, Text),
        col("eia_date", "EIA date", 11.0, Date),
        col("reg5_function", "Regulation 5 function", 12.0, Locked),
        col("carry_forward", "Carry forward", 13.0, Text),
        col("next_ref", "2014-15 ref", 9.0, Text),
        col("board_view", "Board's own rating", 10.0, Text),
    ]
}

/// The row of one partner for one action, as the template is filled in properly.
pub(crate) fn plan_row(who: &Partner, key: &str) -> Row {
    let action = board::action(key);
    let update = board::update(who.code, key);
    let mut row = locked_cells(who, action);
    row.extend(reported_cells(who, action, update));
    row
}

fn locked_cells(who: &Partner, action: &Action) -> Row {
    let area = board::area(action.area_ref);
    let lead = if action.lead == "ALL" { who.name } else { board::partner(action.lead).name };
    let with: Vec<&str> = action.with.iter().map(|code| board::partner(code).name).collect();
    Row::from([
        ("ref", text(action.key)),
        ("development_area", text(action.development_area())),
        ("strategic_priority", text(area.2)),
        ("action_area", text(area.3)),
        ("objective", text(area.4)),
        ("action", text(action.wording)),
        ("source", text(action.source)),
        ("source_ref", text(action.source_ref)),
        ("lead_agency", text(lead)),
        ("contributing", text(with.join("; "))),
        ("start_date", V::Date(action.start)),
        ("target_date", V::Date(action.target)),
        ("success_measure", text(action.measure)),
        ("expected_impact", text(action.impact)),
        ("completion_condition", text(action.condition)),
        ("reg5_function", text(action.function)),
        ("carry_forward", text(action.carry)),
        ("next_ref", text(action.next)),
    ])
}

fn reported_cells(who: &Partner, action: &Action, update: &Update) -> Row {
    let moved = action.key == "3.4.1";
    let measured = matches!(action.key, "1.1.1" | "3.2.1");
    let (status, rating) = match update.rating {
        _ if moved => ("Re-scheduled", "Red"),
        'G' => ("Complete", ""),
        'A' => ("In progress", "Amber"),
        _ => ("In progress", "Red"),
    };
    let risk = match action.key {
        "2.1.2" => "R02",
        "3.3.1" | "3.3.2" | "3.4.1" => "R03",
        "4.1.1" | "4.3.1" => "R04",
        _ => "",
    };
    let voice = if action.area_ref == "1.2" { "Yes" } else { "No" };
    let assessed = matches!(action.key, "1.1.1" | "2.2.1" | "3.3.2");
    let mut row = Row::from([
        ("lead_post", text(who.lead_post)),
        ("progress", text(update.progress)),
        ("status", text(status)),
        ("confidence", text(rating)),
        ("direction", text(update.direction)),
        ("evidence", text(update.evidence)),
        ("barriers", text(update.barriers)),
        ("risk_ref", text(if who.code == "BU" { risk } else { "" })),
        ("voice_of_child", text(voice)),
        ("eia", text(if assessed { "Done" } else { "Not needed" })),
    ]);
    if assessed {
        row.insert("eia_date", V::Date((2013, 11, 15)));
    }
    if moved {
        row.insert("revised_date", V::Date((2014, 10, 31)));
        row.insert("revised_by", text("Strategic Board"));
        row.insert("revised_reason", text("Launch is held back to fit the regional missing protocol."));
    }
    if measured {
        row.insert("impact_measured_on", V::Date((2014, 3, 14)));
        row.insert(
            "impact_result",
            text("Survey of practitioners: most knew where to look and whom to tell."),
        );
    } else if update.rating != 'R' {
        row.insert("impact_measured_on", V::Date((2014, 9, 30)));
    }
    row
}

/// The business plan monitoring sheet.
pub(crate) fn plan(book: &mut Workbook, who: &Partner, rows: &[Row]) -> Result<(), XlsxError> {
    let columns = plan_columns();
    let sheet = book.add_worksheet().set_name("Plan")?;
    kit::banner(
        sheet,
        &format!("{BOARD}: Business Plan Monitoring Sheet"),
        &format!(
            "{} · {PERIOD} · red, amber and green mean: not, partly and fully implemented as planned",
            who.name
        ),
    )?;
    kit::headings(sheet, 3, 0, &columns)?;
    for (at, row) in (4..).zip(rows) {
        kit::line(sheet, at, 0, &columns, row)?;
    }
    let last = 3 + u32::try_from(rows.len()).expect("a plan fits a sheet");
    let status = ["Not started", "In progress", "Complete", "Re-scheduled", "Suspended", "Withdrawn"];
    sheet.add_data_validation(4, 21, last, 21, &DataValidation::new().allow_list_strings(&status)?)?;
    let rating = ["Red", "Amber", "Green"];
    sheet.add_data_validation(4, 22, last, 22, &DataValidation::new().allow_list_strings(&rating)?)?;
    sheet.set_freeze_panes(4, 1)?;
    kit::printed(sheet, 3)
}

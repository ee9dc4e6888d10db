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

/// Columns of the contributions sheet.
pub(crate) fn contribution_columns(units: Units) -> Vec<Col> {
    use Kind::{Date, Locked, Money, Percent, Pounds, Text};
    let amount = if units == Units::Pence { Money } else { Pounds };
    vec![
        col("board", "Board", 8.0, Locked),
        col("plan_year", "Plan year", 9.0, Locked),
        col("stream", "Stream", 22.0, Locked),
        col("agency", "Agency", 24.0, Locked),
        col("basis", "Basis", 9.0, Text),
        col("agreed_amount", "Agreed amount", 13.0, Money),
        col("q1", "Q1", 12.0, amount),
        col("q2", "Q2", 12.0, amount),
        col("q3", "Q3", 12.0, amount),
        col("q4", "Q4", 12.0, amount),
        col("year_to_date", "Year to date", 13.0, amount),
        col("annual_total", "Annual total", 13.0, amount),
        col("invoice_ref", "Invoice ref", 14.0, Text),
        col("paid_on", "Paid on", 11.0, Date),
        col("payment_status", "Payment status", 11.0, Text),
        col("vat_included", "VAT included?", 9.0, Text),
        col("comment", "Comment", 30.0, Text),
        col("formula_share", "Share in the agreed formula", 11.0, Percent),
    ]
}

/// The contribution of one partner; whole pounds round each quarter and keep the year.
pub(crate) fn contribution_row(who: &Partner, units: Units) -> Row {
    let (_, stream, quarter, year, share) =
        board::CONTRIBUTIONS.iter().find(|one| one.0 == who.code).expect("the partner pays");
    let typed = match units {
        Units::Pence => *quarter,
        Units::WholePounds => (quarter + 50) / 100 * 100,
    };
    let sum = |to: &str| V::Formula(format!("=SUM({{q1}}{{r}}:{{{to}}}{{r}})"), kit::pounds(*year));
    let (to_date, annual) = match units {
        Units::Pence => (sum("q4"), sum("q4")),
        Units::WholePounds => (V::Pence(*year), V::Pence(*year)),
    };
    Row::from([
        ("board", text("HSCB")),
        ("plan_year", text(YEAR)),
        ("stream", text(*stream)),
        ("agency", text(who.name)),
        ("basis", text("Cash")),
        ("agreed_amount", V::Pence(*year)),
        ("q1", V::Pence(typed)),
        ("q2", V::Pence(typed)),
        ("q3", V::Pence(typed)),
        ("q4", V::Pence(typed)),
        ("year_to_date", to_date),
        ("annual_total", annual),
        ("invoice_ref", text(format!("HSCB-1314-{}", who.code))),
        ("paid_on", V::Date((2014, 3, 21))),
        ("payment_status", text("Paid")),
        ("vat_included", text("No")),
        (
            "comment",
            if units == Units::WholePounds {
                text("Quarters are shown to the nearest pound.")
            } else {
                V::Blank
            },
        ),
        ("formula_share", V::Share(*share)),
    ])
}

/// The contributions sheet with its total row.
pub(crate) fn contributions(book: &mut Workbook, who: &Partner, units: Units) -> Result<(), XlsxError> {
    let columns = contribution_columns(units);
    let row = contribution_row(who, units);
    let sheet = book.add_worksheet().set_name("Contributions")?;
    kit::banner(
        sheet,
        &format!("{BOARD}: contributions {YEAR}"),
        &format!("{} · give the amount of each quarter by itself, not the running total", who.name),
    )?;
    kit::headings(sheet, 3, 0, &columns)?;
    kit::line(sheet, 4, 0, &columns, &row)?;
    let mut sums = Row::from([("board", text("Total"))]);
    for field in ["agreed_amount", "q1", "q2", "q3", "q4", "year_to_date", "annual_total"] {
        sums.insert(field, V::Formula(format!("=SUM({{{field}}}5:{{{field}}}5)"), number(&row[field])));
    }
    kit::total_line(sheet, 5, 0, &columns, &sums)?;
    sheet.set_freeze_panes(4, 0)?;
    kit::printed(sheet, 3)
}

/// What a money cell holds, in pounds.
pub(crate) fn number(value: &V) -> f64 {
    match value {
        V::Pence(pence) => kit::pounds(*pence),
        V::Formula(_, result) | V::Num(result) => *result,
        V::As(inner, _) => number(inner),
        _ => 0.0,
    }
}

/// The council's streams to both boards, which the two boards' sums never mix.
pub(crate) fn streams(book: &mut Workbook) -> Result<(), XlsxError> {
    use Kind::{Locked, Money, Text};
    let columns = [
        col("agency", "Agency", 26.0, Locked),
        col("stream", "Stream", 30.0, Locked),
        col("board", "Board", 10.0, Locked),
        col("amount", "Amount for the year", 18.0, Money),
        col("comment", "Comment", 40.0, Text),
    ];
    let lines = [
        ("Children's Wellbeing", "HSCB", V::Pence(12_701_600), ""),
        (
            "Adults and Health Wellbeing",
            "HSAB",
            V::Pence(2_000_000),
            "Belongs to the adults' board and is not part of the sum for this board.",
        ),
        ("All streams", "Both", V::Formula("=SUM({amount}5:{amount}6)".into(), 147_016.0), ""),
    ];
    let sheet = book.add_worksheet().set_name("Streams")?;
    kit::banner(
        sheet,
        &format!("Herefordshire Council: contributions to both boards, {YEAR}"),
        "Shown so that the two boards' money is never mixed",
    )?;
    kit::headings(sheet, 3, 0, &columns)?;
    for (at, (stream, board, amount, comment)) in (4..).zip(lines) {
        let row = Row::from([
            ("agency", text("Herefordshire Council")),
            ("stream", text(stream)),
            ("board", text(board)),
            ("amount", amount),
            ("comment", text(comment)),
        ]);
        kit::line(sheet, at, 0, &columns, &row)?;
    }
    kit::printed(sheet, 3)
}

/// Columns of the expenditure sheet.
pub(crate) fn expenditure_columns() -> Vec<Col> {
    use Kind::{Locked, Money, Percent, Text};
    vec![
        col("category", "Cost heading", 34.0, Locked),
        col("budget_original", "Original budget", 13.0, Money),
        col("virement", "Virement", 12.0, Money),
        col("budget_current", "Current budget", 13.0, Money),
        col("budget_to_date", "Budget to date", 13.0, Money),
        col("q1", "Q1", 12.0, Money),
        col("q2", "Q2", 12.0, Money),
        col("q3", "Q3", 12.0, Money),
        col("q4", "Q4", 12.0, Money),
        col("actual_to_date", "Actual to date", 13.0, Money),
        col("committed", "Committed", 12.0, Money),
        col("forecast", "Forecast", 13.0, Money),
        col("variance", "Variance", 12.0, Money),
        col("adverse_favourable", "Adverse or favourable", 13.0, Text),
        col("explanation", "Explanation", 44.0, Text),
        col("recharge_party", "Recharge with", 14.0, Text),
        col("recharge_direction", "Recharge direction", 11.0, Text),
        col("board_share", "Board's share", 9.0, Percent),
        col("data_status", "Data status", 12.0, Text),
    ]
}

/// The five rows of expenditure.
pub(crate) fn expenditure_rows() -> Vec<Row> {
    board::EXPENDITURE
        .iter()
        .map(|(category, quarters, budget, virement, explanation)| {
            let actual: i64 = quarters.iter().sum();
            let variance = actual - budget - virement;
            let word = match variance {
                0 => "On budget",
                1.. => "Adverse",
                _ => "Favourable",
            };
            Row::from([
                ("category", text(*category)),
                ("budget_original", V::Pence(budget * 100)),
                ("virement", V::Pence(virement * 100)),
                (
                    "budget_current",
                    V::Formula("={budget_original}{r}+{virement}{r}".into(), (budget + virement) as f64),
                ),
                ("budget_to_date", V::Pence((budget + virement) * 100)),
                ("q1", V::Pence(quarters[0] * 100)),
                ("q2", V::Pence(quarters[1] * 100)),
                ("q3", V::Pence(quarters[2] * 100)),
                ("q4", V::Pence(quarters[3] * 100)),
                ("actual_to_date", V::Formula("=SUM({q1}{r}:{q4}{r})".into(), actual as f64)),
                ("committed", V::Pence(0)),
                ("forecast", V::Pence(actual * 100)),
                ("variance", V::Formula("={forecast}{r}-{budget_current}{r}".into(), variance as f64)),
                ("adverse_favourable", text(word)),
                ("explanation", text(*explanation)),
                ("board_share", V::Share(1.0)),
                ("data_status", text("Provisional")),
            ])
        })
        .collect()
}

pub(crate) const EXPENDITURE_SUMS: [&str; 11] = [
    "budget_original",
    "virement",
    "budget_current",
    "budget_to_date",
    "q1",
    "q2",
    "q3",
    "q4",
    "actual_to_date",
    "committed",
    "forecast",
];

/// The expenditure sheet with its total row.
pub(crate) fn expenditure(book: &mut Workbook) -> Result<(), XlsxError> {
    let columns = expenditure_columns();
    let rows = expenditure_rows();
    let sheet = book.add_worksheet().set_name("Expenditure")?;
    kit::banner(
        sheet,
        &format!("{BOARD}: expenditure {YEAR}"),
        "Held in the council's ledger for the Board · each quarter by itself · budgets are illustrative",
    )?;
    kit::headings(sheet, 3, 0, &columns)?;
    for (at, row) in (4..).zip(&rows) {
        kit::line(sheet, at, 0, &columns, row)?;
    }
    let mut sums = Row::from([("category", text("Total"))]);
    for field in EXPENDITURE_SUMS.iter().chain(&["variance"]) {
        let cast = rows.iter().map(|row| number(&row[field])).sum();
        sums.insert(field, V::Formula(format!("=SUM({{{field}}}5:{{{field}}}9)"), cast));
    }
    kit::total_line(sheet, 9, 0, &columns, &sums)?;
    sheet.set_freeze_panes(4, 1)?;
    kit::printed(sheet, 3)
}

/// The fund balance: opening and closing are not stated in the board's report.
pub(crate) fn fund(book: &mut Workbook, closing: V) -> Result<(), XlsxError> {
    use Kind::{Locked, Money, Text};
    let columns = [
        col("board", "Board", 10.0, Locked),
        col("plan_year", "Plan year", 10.0, Locked),
        col("opening_balance", "Opening balance", 16.0, Money),
        col("contributions", "Contributions", 16.0, Money),
        col("other_income", "Other income", 14.0, Money),
        col("expenditure", "Expenditure", 16.0, Money),
        col("closing_balance", "Closing balance", 16.0, Money),
        col("carried_forward_to", "Carried forward to", 14.0, Text),
        col("earmarked_for", "Earmarked for", 36.0, Text),
    ];
    let row = Row::from([
        ("board", text("HSCB")),
        ("plan_year", text(YEAR)),
        ("opening_balance", text("Not stated")),
        ("contributions", V::Pence(20_819_100)),
        ("other_income", V::Pence(0)),
        ("expenditure", V::Pence(19_243_300)),
        ("closing_balance", closing),
        ("carried_forward_to", text("2014-15")),
        ("earmarked_for", text("")),
    ]);
    let sheet = book.add_worksheet().set_name("Fund balance")?;
    kit::banner(
        sheet,
        &format!("{BOARD}: fund balance {YEAR}"),
        "Write Not stated where a balance has not been published; never 0 in its place",
    )?;
    kit::headings(sheet, 3, 0, &columns)?;
    kit::line(sheet, 4, 0, &columns, &row)?;
    kit::printed(sheet, 3)
}

/// The risk register, kept by the Business Unit.
pub(crate) fn risks(book: &mut Workbook) -> Result<(), XlsxError> {
    use Kind::{Date, Locked, Number, Text};
    let columns = [
        col("risk_ref", "Risk ref", 9.0, Locked),
        col("description", "Risk (cause, event, effect)", 48.0, Text),
        col("linked_refs", "Linked actions", 14.0, Text),
        col("owner_post", "Owner (post)", 20.0, Text),
        col("owner_agency", "Owner (agency)", 22.0, Text),
        col("likelihood_before", "Likelihood before", 10.0, Number),
        col("impact_before", "Impact before", 10.0, Number),
        col("score_before", "Score before", 10.0, Number),
        col("controls", "Controls in place", 36.0, Text),
        col("likelihood_now", "Likelihood now", 10.0, Number),
        col("impact_now", "Impact now", 10.0, Number),
        col("score_now", "Score now", 10.0, Number),
        col("target_score", "Target score", 10.0, Number),
        col("further_action", "Further action", 34.0, Text),
        col("due", "Due", 11.0, Date),
        col("response", "Response", 11.0, Text),
        col("direction", "Direction", 10.0, Text),
        col("status", "Status", 10.0, Text),
        col("closed_reason", "Reason for closing", 20.0, Text),
        col("last_reviewed", "Last reviewed", 11.0, Date),
    ];
    let lines: [(&str, &str, &str, &str, &str, i64, i64, &str, i64, i64, i64, &str, Option<Day>, &str, &str);
        5] = [
        (
            "R01",
            "Because the Board is weak in challenge, poor practice goes unnoticed, so that children are left at more risk of harm",
            "4.1.1; 4.2.1",
            "Independent Chair",
            "Business Unit",
            4,
            5,
            "Independent Chair; annual self-assessment; Improvement Board",
            3,
            5,
            8,
            "Finish the leadership course; hold a challenge event",
            Some((2014, 9, 30)),
            "Treat",
            "Better",
        ),
        (
            "R02",
            "Because auditors cannot be released, joint audits are late, so that the Board cannot confirm what the data shows",
            "2.1.1; 2.1.2",
            "Business Manager",
            "Business Unit",
            4,
            4,
            "Audit timetable agreed by the Steering Group",
            4,
            4,
            6,
            "Members to release named posts for each audit",
            Some((2014, 7, 31)),
            "Treat",
            "Same",
        ),
        (
            "R03",
            "Because guidance changed in January 2014, the regional protocol is late, so that the response to missing episodes differs by area",
            "3.3.1; 3.3.2; 3.4.1",
            "Protecting Vulnerable People Lead",
            "West Mercia Police",
            4,
            4,
            "Existing local procedure remains in force",
            3,
            4,
            6,
            "Regional drafting group to agree a text",
            Some((2014, 10, 31)),
            "Treat",
            "Same",
        ),
        (
            "R04",
            "Because the needs analysis is partial, training misses parts of the workforce, so that staff are not ready for their work",
            "4.3.1; 4.3.2",
            "Business Manager",
            "Business Unit",
            3,
            3,
            "Programme reviewed every term",
            3,
            2,
            4,
            "",
            None,
            "Treat",
            "Better",
        ),
        (
            "R05",
            "Because partners reorganise, contributions fall, so that the Business Unit cannot do its work",
            "",
            "Director for Children's Wellbeing Services",
            "Herefordshire Council",
            4,
            4,
            "Agreed formula; early budget letters",
            2,
            4,
            6,
            "",
            None,
            "Tolerate",
            "Same",
        ),
    ];
    let sheet = book.add_worksheet().set_name("Risk register")?;
    kit::banner(
        sheet,
        &format!("{BOARD}: risk register"),
        &format!("Position at the end of {PERIOD} · likelihood and impact from 1 to 5"),
    )?;
    kit::headings(sheet, 3, 0, &columns)?;
    for (at, one) in (4..).zip(lines) {
        let row = Row::from([
            ("risk_ref", text(one.0)),
            ("description", text(one.1)),
            ("linked_refs", text(one.2)),
            ("owner_post", text(one.3)),
            ("owner_agency", text(one.4)),
            ("likelihood_before", V::Int(one.5)),
            ("impact_before", V::Int(one.6)),
            (
                "score_before",
                V::Formula("={likelihood_before}{r}*{impact_before}{r}".into(), (one.5 * one.6) as f64),
            ),
            ("controls", text(one.7)),
            ("likelihood_now", V::Int(one.8)),
            ("impact_now", V::Int(one.9)),
            ("score_now", V::Formula("={likelihood_now}{r}*{impact_now}{r}".into(), (one.8 * one.9) as f64)),
            ("target_score", V::Int(one.10)),
            ("further_action", text(one.11)),
            ("due", one.12.map_or(V::Blank, V::Date)),
            ("response", text(one.13)),
            ("direction", text(one.14)),
            ("status", text("Open")),
            ("last_reviewed", V::Date((2014, 3, 18))),
        ]);
        kit::line(sheet, at, 0, &columns, &row)?;
    }
    sheet.set_freeze_panes(4, 1)?;
    kit::printed(sheet, 3)
}

/// The learning and improvement action plan, kept by the Business Unit.
pub(crate) fn learning(book: &mut Workbook) -> Result<(), XlsxError> {
    use Kind::{Date, Locked, Rating, Text};
    let columns = [
        col("learning_ref", "Learning ref", 10.0, Locked),
        col("source", "Source", 18.0, Text),
        col("review_code", "Review", 16.0, Text),
        col("learning_point", "Learning point", 36.0, Text),
        col("recommendation", "Recommendation", 36.0, Text),
        col("action", "Action", 36.0, Text),
        col("agencies", "Agencies", 26.0, Text),
        col("lead_agency", "Lead agency", 22.0, Text),
        col("lead_post", "Lead officer (post)", 22.0, Text),
        col("due", "Due", 11.0, Date),
        col("revised", "Revised", 11.0, Date),
        col("status", "Status", 12.0, Text),
        col("confidence", "RAG", 9.0, Rating),
        col("evidence_of_change", "Evidence of change", 30.0, Text),
        col("tested_by", "Tested by", 12.0, Text),
        col("retest_on", "Retest on", 11.0, Date),
        col("shared_on", "Shared on", 11.0, Date),
        col("shared_how", "How shared", 18.0, Text),
        col("plan_ref", "Plan ref", 9.0, Text),
    ];
    let lines: [(&str, &str, &str, [&str; 3], &str, &str, &str, Day, &str, &str, &str, &str); 5] = [
        (
            "L01",
            "Serious case review",
            "Review 2013/A",
            [
                "Records of contact were kept in several places",
                "Keep one chronology for each family",
                "Introduce a shared chronology form",
            ],
            "Herefordshire Council; NHS Herefordshire",
            "Herefordshire Council",
            "Head of Safeguarding and Review",
            (2014, 6, 30),
            "In progress",
            "Amber",
            "",
            "2.2.1",
        ),
        (
            "L02",
            "Serious case review",
            "Review 2013/A",
            [
                "Fathers and partners were not asked about",
                "Ask about every adult in the home",
                "Add the question to all assessment forms",
            ],
            "Herefordshire Council; NHS Herefordshire; West Mercia Probation",
            "NHS Herefordshire",
            "Designated Nurse",
            (2013, 12, 31),
            "Complete",
            "",
            "File audit found the question answered in nearly all assessments",
            "",
        ),
        (
            "L03",
            "SILP",
            "Review 2013/B",
            [
                "Escalation was thought of as complaint",
                "Make escalation an ordinary step",
                "Rewrite the escalation procedure and brief managers",
            ],
            "Herefordshire Council; West Mercia Police",
            "Business Unit",
            "Business Manager",
            (2014, 3, 31),
            "In progress",
            "Amber",
            "",
            "4.1.1",
        ),
        (
            "L04",
            "Audit",
            "Audit 2013/3",
            [
                "Strategy discussions were held without health",
                "Health to take part in every discussion",
                "Set up a rota for health colleagues",
            ],
            "West Mercia Police; NHS Herefordshire",
            "West Mercia Police",
            "Protecting Vulnerable People Lead",
            (2014, 9, 30),
            "In progress",
            "Amber",
            "",
            "4.2.1",
        ),
        (
            "L05",
            "Training evaluation",
            "Evaluation 2013",
            [
                "Staff valued joint courses most",
                "Keep courses open to all agencies",
                "Reserve places by agency in the new programme",
            ],
            "Business Unit",
            "Business Unit",
            "Business Manager",
            (2014, 3, 31),
            "Complete",
            "",
            "Places by agency are visible in the booking data",
            "4.3.2",
        ),
    ];
    let sheet = book.add_worksheet().set_name("Learning plan")?;
    kit::banner(
        sheet,
        &format!("{BOARD}: Learning and Improvement Action Plan"),
        "Neutral review codes only; no detail of any case",
    )?;
    kit::headings(sheet, 3, 0, &columns)?;
    for (at, one) in (4..).zip(lines) {
        let mut row = Row::from([
            ("learning_ref", text(one.0)),
            ("source", text(one.1)),
            ("review_code", text(one.2)),
            ("learning_point", text(one.3[0])),
            ("recommendation", text(one.3[1])),
            ("action", text(one.3[2])),
            ("agencies", text(one.4)),
            ("lead_agency", text(one.5)),
            ("lead_post", text(one.6)),
            ("due", V::Date(one.7)),
            ("status", text(one.8)),
            ("confidence", text(one.9)),
            ("evidence_of_change", text(one.10)),
            ("plan_ref", text(one.11)),
        ]);
        if one.8 == "Complete" {
            row.insert("tested_by", text("Audit"));
            row.insert("retest_on", V::Date((2014, 11, 28)));
            row.insert("shared_on", V::Date((2014, 2, 12)));
            row.insert("shared_how", text("Learning event"));
        }
        kit::line(sheet, at, 0, &columns, &row)?;
    }
    sheet.set_freeze_panes(4, 1)?;
    kit::printed(sheet, 3)
}

/// What a partner says about hearing children and families.
pub(crate) fn voice_row(who: &Partner) -> Row {
    let (method, process, heard, themes, changed, next, status, rating) = match who.code {
        "HC" => (
            "Advocacy; Survey",
            "In use",
            "21–50",
            "Want fewer changes of worker and plain words in reports",
            "Report template rewritten in plain words",
            "Draw the findings of all teams together",
            "In progress",
            "Red",
        ),
        "NHS" => (
            "Survey",
            "In use",
            "21–50",
            "Want to be spoken to as well as their parents",
            "Ward leaflets rewritten",
            "Extend the survey to community clinics",
            "In progress",
            "Amber",
        ),
        "WMP" => (
            "Case audit",
            "Developing",
            "6–20",
            "Want to know what happens after they speak to an officer",
            "No change yet",
            "Add a follow-up call to the interview process",
            "In progress",
            "Amber",
        ),
        "YOS" => (
            "Group; Survey",
            "In use",
            "6–20",
            "Appointments clash with school",
            "Later appointment times on school days",
            "Ask again after the summer term",
            "In progress",
            "Amber",
        ),
        "PROB" => (
            "Other",
            "Developing",
            "Fewer than 6",
            "Worry about what happens to the family home",
            "No change yet",
            "Finish the first summary",
            "In progress",
            "Amber",
        ),
        _ => (
            "Case audit",
            "In use",
            "Over 50",
            "Want the court to see their own words",
            "Letters from young people are attached to reports",
            "Ask for findings by county",
            "In progress",
            "Red",
        ),
    };
    Row::from([
        ("agency", text(who.name)),
        ("method", text(method)),
        ("process_in_place", text(process)),
        ("children_heard", text(heard)),
        ("themes", text(themes)),
        ("what_changed", text(changed)),
        ("next_step", text(next)),
        ("due", V::Date((2014, 9, 30))),
        ("status", text(status)),
        ("confidence", text(rating)),
    ])
}

/// The voice of the child sheet: one row.
pub(crate) fn voice(book: &mut Workbook, who: &Partner) -> Result<(), XlsxError> {
    use Kind::{Date, Locked, Rating, Text};
    let columns = [
        col("agency", "Agency", 24.0, Locked),
        col("method", "How views are gathered", 20.0, Text),
        col("process_in_place", "Process in place", 14.0, Text),
        col("children_heard", "Children heard (band)", 14.0, Text),
        col("themes", "What children said", 40.0, Text),
        col("what_changed", "What changed", 34.0, Text),
        col("next_step", "Next step", 34.0, Text),
        col("due", "Due", 11.0, Date),
        col("status", "Status", 12.0, Text),
        col("confidence", "RAG", 9.0, Rating),
    ];
    let sheet = book.add_worksheet().set_name("Voice of the child")?;
    kit::banner(
        sheet,
        &format!("{BOARD}: voice of the child"),
        &format!("{} · {PERIOD} · give a band, never a small exact number", who.name),
    )?;
    kit::headings(sheet, 3, 0, &columns)?;
    kit::line(sheet, 4, 0, &columns, &voice_row(who))?;
    kit::printed(sheet, 3)
}

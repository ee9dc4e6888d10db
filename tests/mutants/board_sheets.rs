//! The sheets of a clean monitoring return.

use super::board::{Partner, SPENT, Size, actions, stands};
use super::clean::{Kind, Return, Role, day, number, text};
use crate::support::cells::Cell;

/// A partner's clean return.
pub fn clean(partner: Partner, size: Size, asked: usize) -> Return {
    let (code, name, quarters) = partner;
    let mut whole = Return::new(code, &format!("HSCB 2013-14 Q4 - {name}.xlsx"));
    cover(&mut whole, name);
    plan(&mut whole, name, size, asked);
    contributions(&mut whole, partner);
    if code == "HC" {
        streams(&mut whole, name, quarters.iter().sum());
        expenditure(&mut whole);
        fund(&mut whole);
    }
    voice(&mut whole, name);
    whole
}

fn cover(whole: &mut Return, name: &str) {
    let sheet = whole.sheet("Cover");
    let code = Kind::Code;
    let lines = vec![
        ("board", "Board", code, text("HSCB")),
        ("plan_year", "Plan year", Kind::Other, text("2013-14")),
        ("period", "Period", Kind::Other, text("2013-14 Q4")),
        ("agency", "Agency", Kind::Other, text(name)),
        ("template_version", "Template version", Kind::Other, text("2013-14.2")),
        ("colour_key", "Colour key", code, text("Year-end")),
        ("sign_convention", "Sign convention", code, text("Contributions plus")),
        ("units", "Units", code, text("Pounds and pence")),
        ("vat_basis", "VAT basis", code, text("Outside scope")),
        ("accounting_basis", "Accounting basis", code, text("Accruals")),
        ("data_status", "Data status", code, text("Provisional")),
        ("completed_by", "Completed by", Kind::Post, text("Partnership Officer")),
        ("completed_on", "Completed on", Kind::Date, day(2014, 4, 9)),
        ("approved_by", "Approved by", Kind::Post, text("Head of Service")),
        ("approved_on", "Approved on", Kind::Date, day(2014, 4, 11)),
        ("personal_data_statement", "No child can be identified from this return", Kind::Other, text("Yes")),
        ("marking", "Marking", code, text("OFFICIAL-SENSITIVE")),
    ];
    whole.form(sheet, "cover", &["Herefordshire Safeguarding Children Board"], lines);
}

type ColumnWords = (&'static str, &'static str, Kind, bool);

const PLAN: [ColumnWords; 35] = [
    ("ref", "Ref", Kind::Ref, true),
    ("development_area", "Development area", Kind::Code, true),
    ("strategic_priority", "Strategic priority", Kind::Code, false),
    ("action_area", "Action area", Kind::Other, false),
    ("objective", "Objective", Kind::Text, false),
    ("action", "Action", Kind::Title, true),
    ("source", "Source", Kind::Code, false),
    ("source_ref", "Source reference", Kind::Text, false),
    ("lead_agency", "Lead agency", Kind::Agency, true),
    ("contributing", "Contributing agencies", Kind::Agencies, false),
    ("lead_post", "Lead officer (post)", Kind::Post, false),
    ("start_date", "Start date", Kind::Date, false),
    ("target_date", "Target date", Kind::Target, true),
    ("revised_date", "Revised date", Kind::Other, false),
    ("revised_by", "Revised by", Kind::Other, false),
    ("revised_reason", "Reason for revision", Kind::Other, false),
    ("success_measure", "Success measure", Kind::Text, true),
    ("expected_impact", "Expected impact", Kind::Text, true),
    ("impact_measured_on", "Impact measured on", Kind::Other, false),
    ("impact_result", "Impact result", Kind::Other, false),
    ("progress", "Progress this quarter", Kind::Update, true),
    ("status", "Status", Kind::Status, true),
    ("confidence", "RAG", Kind::Rating, false),
    ("direction", "Direction of travel", Kind::Direction, false),
    ("completion_condition", "Completion condition", Kind::Text, false),
    ("evidence", "Evidence", Kind::Text, false),
    ("barriers", "Barriers", Kind::Text, false),
    ("risk_ref", "Risk ref", Kind::Other, false),
    ("voice_of_child", "Voice of the child?", Kind::Other, false),
    ("eia", "Equality impact assessment", Kind::Code, false),
    ("eia_date", "EIA date", Kind::Other, false),
    ("reg5_function", "Regulation 5 function", Kind::Other, false),
    ("carry_forward", "Carry forward", Kind::Code, false),
    ("next_ref", "2014-15 ref", Kind::Other, false),
    ("board_view", "Board's own rating", Kind::Other, false),
];

fn plan(whole: &mut Return, name: &str, size: Size, asked: usize) {
    let sheet = whole.sheet("Plan");
    let rows = actions(size.0, size.1).into_iter().take(asked).enumerate().map(|(index, action)| {
        let some = |words: &str| Some(text(words));
        // Green needs evidence, red a barrier, and what is complete must be green.
        let (status, rating) = stands(index);
        let (evidence, barriers) = match index % 4 {
            0 => (some("Minutes of the Steering Group"), None),
            1 => (None, None),
            2 => (None, some("Vacant posts in two teams")),
            _ => (some("Audit summary lodged with the Business Unit"), None),
        };
        let subject = action.subject;
        let cells = vec![
            some(&action.reference),
            some(action.area),
            some("Better case work"),
            some(subject),
            some("Families get help in good time"),
            some(&action.words),
            some("Ofsted"),
            some("Ofsted paragraph seventeen"),
            some(name),
            some("Herefordshire Council; West Mercia Police"),
            some(["Head of Safeguarding", "Training Manager"][index / 3 % 2]),
            Some(day(2013, 4, 1)),
            Some(action.target),
            None,
            None,
            None,
            some(&format!("Figures on {subject} improve over the year")),
            some(&format!("Families see a difference in {subject}")),
            None,
            None,
            some(&format!("Work on {subject} went on in all teams as agreed with the Steering Group")),
            some(status),
            some(rating),
            some(["Better", "Same", "Worse"][index % 3]),
            some("Quality assurance confirms the change"),
            evidence,
            barriers,
            None,
            some(if index % 2 == 0 { "Yes" } else { "No" }),
            some("Not needed"),
            None,
            some("c"),
            some("Continue"),
            None,
            None,
        ];
        (Role::Data, cells)
    });
    let above = ["Business plan monitoring sheet", "Return for the fourth quarter"];
    whole.table(sheet, "plan", &above, &PLAN, rows.collect());
}

#[allow(clippy::float_arithmetic, reason = "a workbook holds its amounts so")]
fn contributions(whole: &mut Return, (code, name, quarters): Partner) {
    let sheet = whole.sheet("Contributions");
    let plus = |field, title| (field, title, Kind::Plus, true);
    let columns = [
        ("board", "Board", Kind::Other, true),
        ("plan_year", "Plan year", Kind::Other, true),
        ("stream", "Stream", Kind::Other, true),
        ("agency", "Agency", Kind::Other, true),
        ("basis", "Basis", Kind::Code, true),
        ("agreed_amount", "Agreed amount", Kind::Other, true),
        plus("q1", "Q1"),
        plus("q2", "Q2"),
        plus("q3", "Q3"),
        plus("q4", "Q4"),
        ("year_to_date", "Year to date", Kind::Other, false),
        ("annual_total", "Annual total", Kind::Other, true),
        ("invoice_ref", "Invoice ref", Kind::Text, false),
        ("paid_on", "Paid on", Kind::Date, false),
        ("payment_status", "Payment status", Kind::Code, false),
        ("vat_included", "VAT included?", Kind::Code, false),
        ("comment", "Comment", Kind::Text, false),
        ("formula_share", "Share in the agreed formula", Kind::Other, false),
    ];
    let year: f64 = quarters.iter().sum();
    let stream = if code == "HC" { "Children's Wellbeing" } else { "Partner contribution" };
    let [q1, q2, q3, q4] = quarters.map(|quarter| Some(number(quarter)));
    let (whole_year, some) = (Some(number(year)), |words: &str| Some(text(words)));
    let row = vec![
        some("HSCB"),
        some("2013-14"),
        some(stream),
        some(name),
        some("Cash"),
        whole_year.clone(),
        q1.clone(),
        q2.clone(),
        q3.clone(),
        q4.clone(),
        whole_year.clone(),
        whole_year.clone(),
        some("Invoice in April"),
        Some(day(2013, 7, 31)),
        some("Paid"),
        some("No"),
        some("As agreed"),
        None,
    ];
    let mut total = vec![some("Total"), None, None, None, None, whole_year.clone()];
    total.extend([q1, q2, q3, q4, whole_year.clone(), whole_year]);
    whole.table(
        sheet,
        "contributions",
        &["Contributions to the Board"],
        &columns,
        vec![(Role::Data, row), (Role::Total, total)],
    );
}

#[allow(clippy::float_arithmetic, reason = "a workbook holds its amounts so")]
fn streams(whole: &mut Return, name: &str, income: f64) {
    let some = |words: &str| Some(text(words));
    let sheet = whole.sheet("Streams");
    let columns = [
        ("agency", "Agency", Kind::Other, true),
        ("stream", "Stream", Kind::Other, true),
        ("board", "Board", Kind::Other, true),
        ("amount", "Amount for the year", Kind::Other, true),
        ("comment", "Comment", Kind::Text, false),
    ];
    let line = |stream: &str, board: &str, amount: f64| {
        let cells = vec![some(name), some(stream), some(board), Some(number(amount)), some("As agreed")];
        (Role::Data, cells)
    };
    let rows = vec![
        line("Children's Wellbeing", "HSCB", income),
        line("Adults and Health Wellbeing", "HSAB", 20_000.0),
        line("All streams", "Both", income + 20_000.0),
    ];
    whole.table(sheet, "streams", &["Contributions to both boards"], &columns, rows);
}

#[allow(clippy::float_arithmetic, reason = "a workbook holds its amounts so")]
fn expenditure(whole: &mut Return) {
    let some = |words: &str| Some(text(words));
    let sheet = whole.sheet("Expenditure");
    let money = |field, title, required| (field, title, Kind::Money, required);
    let other = |field, title, required| (field, title, Kind::Other, required);
    let columns = [
        other("category", "Cost heading", true),
        money("budget_original", "Original budget", true),
        money("virement", "Virement", true),
        money("budget_current", "Current budget", false),
        money("budget_to_date", "Budget to date", true),
        money("q1", "Q1", true),
        money("q2", "Q2", true),
        money("q3", "Q3", true),
        money("q4", "Q4", true),
        other("actual_to_date", "Actual to date", false),
        money("committed", "Committed", false),
        other("forecast", "Forecast", true),
        other("variance", "Variance", false),
        other("adverse_favourable", "Adverse or favourable", false),
        ("explanation", "Explanation", Kind::Text, false),
        other("recharge_party", "Recharge with", false),
        other("recharge_direction", "Recharge direction", false),
        other("board_share", "Board's share", false),
        ("data_status", "Data status", Kind::Code, true),
    ];
    let cells = |heading: &str, quarters: [f64; 4]| {
        let year: f64 = quarters.iter().sum();
        let mut cells = vec![some(heading)];
        cells.extend([year, 0.0, year, year].map(|amount| Some(number(amount))));
        cells.extend(quarters.map(|amount| Some(number(amount))));
        cells.extend([year, 0.0, year, 0.0].map(|amount| Some(number(amount))));
        cells
    };
    let mut rows = Vec::new();
    let mut sums = [0.0; 4];
    for (heading, quarters) in SPENT {
        let mut line = cells(heading, quarters);
        line.extend([some("On budget"), some("As planned"), None, None, None, some("Provisional")]);
        rows.push((Role::Data, line));
        for (sum, quarter) in sums.iter_mut().zip(quarters) {
            *sum += quarter;
        }
    }
    rows.push((Role::Total, cells("Total", sums)));
    whole.table(sheet, "expenditure", &["Expenditure of the Board"], &columns, rows);
}

#[allow(clippy::float_arithmetic, reason = "a workbook holds its amounts so")]
fn fund(whole: &mut Return) {
    let some = |words: &str| Some(text(words));
    let other = |field, title, required| (field, title, Kind::Other, required);
    let spent: f64 = SPENT.iter().flat_map(|(_, quarters)| quarters).sum();
    let sheet = whole.sheet("Fund balance");
    let columns = [
        other("board", "Board", true),
        other("plan_year", "Plan year", true),
        other("opening_balance", "Opening balance", true),
        other("contributions", "Contributions", true),
        other("other_income", "Other income", true),
        other("expenditure", "Expenditure", true),
        other("closing_balance", "Closing balance", false),
        ("carried_forward_to", "Carried forward to", Kind::Text, false),
        ("earmarked_for", "Earmarked for", Kind::Text, false),
    ];
    let mut row = vec![some("HSCB"), some("2013-14")];
    let amounts = [5000.0, 250_000.0, 0.0, spent, 5000.0 + 250_000.0 - spent];
    row.extend(amounts.map(|amount| Some(number(amount))));
    row.extend([some("Next year"), some("Case reviews")]);
    whole.table(sheet, "fund", &["Fund balance"], &columns, vec![(Role::Data, row)]);
}

fn voice(whole: &mut Return, name: &str) {
    let sheet = whole.sheet("Voice of the child");
    let columns = [
        ("agency", "Agency", Kind::Other, true),
        ("method", "How views are gathered", Kind::Other, true),
        ("process_in_place", "Process in place", Kind::Code, true),
        ("children_heard", "Children heard (band)", Kind::Other, true),
        ("themes", "What children said", Kind::Text, true),
        ("what_changed", "What changed", Kind::Text, false),
        ("next_step", "Next step", Kind::Text, true),
        ("due", "Due", Kind::Date, true),
        ("status", "Status", Kind::Other, true),
        ("confidence", "RAG", Kind::Other, false),
    ];
    let words = [
        name,
        "Survey",
        "In use",
        "21–50",
        "They want to be told what happens next",
        "Letters say who to call",
        "Ask again after the summer",
    ];
    let mut row: Vec<Option<Cell>> = words.iter().map(|words| Some(text(words))).collect();
    row.extend([Some(day(2014, 9, 30)), Some(text("In progress")), Some(text("Amber"))]);
    whole.table(sheet, "voice", &["Voice of the child"], &columns, vec![(Role::Data, row)]);
}

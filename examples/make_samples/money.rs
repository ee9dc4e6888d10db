//! The money sheets of the quarterly return: contributions, streams, expenditure, fund balance.

use rust_xlsxwriter::{Workbook, XlsxError};

use super::board::{self, Partner};
use super::kit::{self, Col, Kind, Row, V, col, text};
use super::returns::{BOARD, Units, YEAR};

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

//! The quarter before pack B, and the year before pack C: what probation said then. Nothing else of those rounds is needed.

use super::board;
use super::kit::{self, Made, Outcome, V, text};
use super::messy::set;
use super::returns::Units;
use super::{clean, compound, money, returns, rounds};

const FOLDER: &str = "2013-14-q3";
const YEAR_BEFORE: &str = "2012-13-q4";
const NO_FIGURES: &[u8] = b"table,agency,stream,category,agreed,actual,q1,q2,q3,q4,closing_last_year,note\n";

/// The round folders with one return each.
pub(crate) fn files() -> Outcome<Vec<Made>> {
    let year_before = vec![
        (format!("{YEAR_BEFORE}/round.toml"), rounds::year_before_toml()),
        (format!("{YEAR_BEFORE}/plan.csv"), rounds::plan_of_year_before_csv()?),
        (format!("{YEAR_BEFORE}/ledger.csv"), NO_FIGURES.to_vec()),
        (format!("{YEAR_BEFORE}/returns/HSCB 2012-13 Q4 - West Mercia Probation.xlsx"), paid_then()?),
    ];
    let quarter_before = vec![
        (format!("{FOLDER}/round.toml"), rounds::earlier_toml()),
        (format!("{FOLDER}/plan.csv"), rounds::plan_csv()?),
        // The figures of that quarter are not needed.
        (format!("{FOLDER}/ledger.csv"), NO_FIGURES.to_vec()),
        (format!("{FOLDER}/returns/HSCB 2013-14 Q3 - West Mercia Probation.xlsx"), probation()?),
    ];
    Ok(quarter_before.into_iter().chain(year_before).collect())
}

/// The contribution of the year before, as it stands once more in pack C; illustrative.
fn paid_then() -> Outcome<Vec<u8>> {
    let who = board::partner("PROB");
    let mut book = kit::workbook("Quarterly monitoring return 2012-13 Q4", who.name)?;
    let mut cover = clean::cover(who);
    cover.set("Template version", text("2012-13.1"));
    cover.set("Period", text("2012-13 Q4"));
    cover.set("Completed on", V::Date((2013, 4, 10)));
    cover.set("Approved on", V::Date((2013, 4, 12)));
    cover.write(&mut book)?;
    let mut row = money::contribution_row(who, Units::Pence);
    compound::last_year(&mut row);
    row.insert("plan_year", text("2012-13"));
    row.insert("agreed_amount", V::Pence(451_400));
    row.insert("invoice_ref", text("HSCB-1213-PROB"));
    row.insert("paid_on", V::Date((2013, 3, 22)));
    compound::contributions(&mut book, who, &[row], "2012-13")?;
    Ok(book.save_to_buffer()?)
}

/// The action list of the quarter before: the same words on 4.2.1, others on the rest.
fn probation() -> Outcome<Vec<u8>> {
    let who = board::partner("PROB");
    let mut book = kit::workbook("Quarterly monitoring return 2013-14 Q3", who.name)?;
    let mut cover = clean::cover(who);
    cover.set("Period", text("2013-14 Q3"));
    cover.set("Completed on", V::Date((2014, 1, 10)));
    cover.set("Approved on", V::Date((2014, 1, 13)));
    cover.write(&mut book)?;
    let mut rows = clean::plan_rows(who);
    for key in board::expected_of(who.code).into_iter().filter(|key| *key != "4.2.1") {
        set(&mut rows, key, "progress", text(format!("Work on {key} has begun.")));
    }
    // It was red then too: in pack B it is red, and called the same.
    set(&mut rows, "4.2.1", "confidence", text("Red"));
    returns::plan(&mut book, who, &rows)?;
    Ok(book.save_to_buffer()?)
}

//! The quarter before pack B: what probation said then. Nothing else of that round is needed.

use super::board;
use super::kit::{self, Made, Outcome, V, text};
use super::messy::set;
use super::{clean, returns, rounds};

const FOLDER: &str = "2013-14-q3";

/// The round folder with its one return.
pub(crate) fn files() -> Outcome<Vec<Made>> {
    Ok(vec![
        (format!("{FOLDER}/round.toml"), rounds::earlier_toml()),
        (format!("{FOLDER}/plan.csv"), rounds::plan_csv()?),
        // The figures of that quarter are not needed.
        (
            format!("{FOLDER}/ledger.csv"),
            b"table,agency,stream,category,agreed,actual,q1,q2,q3,q4,closing_last_year,note\n".to_vec(),
        ),
        (format!("{FOLDER}/returns/HSCB 2013-14 Q3 - West Mercia Probation.xlsx"), probation()?),
    ])
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

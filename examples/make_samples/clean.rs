//! Pack A: the template filled in as it should be.

use rust_xlsxwriter::Workbook;

use super::board::{self, Partner};
use super::kit::{self, Made, Outcome, Row, V};
use super::returns::{self, Cover, Units};
use super::{money, registers, rounds};

pub(crate) const FOLDER: &str = "2013-14-q4";

/// Every file of the round.
pub(crate) fn files() -> Outcome<Vec<Made>> {
    let mut made = vec![
        (
            format!("{FOLDER}/round.toml"),
            rounds::round_toml("Pack A: seven returns on the template; everything agrees or is rounding."),
        ),
        (format!("{FOLDER}/plan.csv"), rounds::plan_csv()?),
        (format!("{FOLDER}/ledger.csv"), rounds::ledger_csv()?),
        (format!("{FOLDER}/recommendations.csv"), rounds::recommendations_csv()?),
    ];
    for who in &board::PARTNERS {
        made.push((format!("{FOLDER}/returns/HSCB 2013-14 Q4 - {}.xlsx", who.name), partner_return(who)?));
    }
    Ok(made)
}

/// The NHS and CAFCASS give whole pounds, the others pounds and pence.
pub(crate) fn units(who: &Partner) -> Units {
    if matches!(who.code, "NHS" | "CAF") { Units::WholePounds } else { Units::Pence }
}

/// The cover of a partner's return, signed in the weeks after the quarter's end.
pub(crate) fn cover(who: &Partner) -> Cover {
    let at = board::PARTNERS.iter().position(|one| one.code == who.code).expect("the partner is on the list");
    let day = 7 + u8::try_from(at).expect("seven partners");
    Cover::new(who, units(who), (2014, 4, day), (2014, 4, day + 1))
}

/// Rows of the plan on which this partner reports.
pub(crate) fn plan_rows(who: &Partner) -> Vec<Row> {
    board::expected_of(who.code).into_iter().map(|key| returns::plan_row(who, key)).collect()
}

/// Adds the sheets after the plan and the contributions, as the template gives them to this partner.
pub(crate) fn closing_sheets(book: &mut Workbook, who: &Partner) -> Outcome<()> {
    match who.code {
        "BU" => {
            registers::risks(book)?;
            registers::learning(book)?;
        }
        _ => registers::voice(book, who)?,
    }
    Ok(())
}

/// A whole return, as bytes.
pub(crate) fn partner_return(who: &Partner) -> Outcome<Vec<u8>> {
    let mut book = kit::workbook("Quarterly monitoring return 2013-14 Q4", who.name)?;
    cover(who).write(&mut book)?;
    returns::plan(&mut book, who, &plan_rows(who))?;
    if who.code != "BU" {
        money::contributions(&mut book, who, units(who))?;
    }
    if who.code == "HC" {
        money::streams(&mut book)?;
        money::expenditure(&mut book)?;
        money::fund(&mut book, V::Text("Not stated".into()))?;
    }
    closing_sheets(&mut book, who)?;
    Ok(book.save_to_buffer()?)
}

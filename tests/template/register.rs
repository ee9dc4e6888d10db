//! A plan and a ledger of chance.

use super::super::dice::Dice;
use super::{AREAS, FUNDERS, HEADINGS, PRIORITIES, SOURCES, Sums, day, pence, prose};
use jiff::civil::date;
use std::fmt::Write as _;

fn csv(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

pub(super) fn plan(dice: &mut Dice) -> String {
    let mut text = String::from(
        "ref,action,development_area,strategic_priority,action_area,objective,source,source_ref,lead,start_date,target_date,revised_date,success_measure,expected_impact,carry_forward,next_ref,agencies\n",
    );
    for number in 0..6 + dice.below(8) {
        let (area, place) = (number % 4, number / 4);
        let start = day(dice, date(2013, 4, 1), 90);
        let target = day(dice, date(2013, 9, 1), 200);
        let mut asked: Vec<&str> =
            FUNDERS.iter().copied().chain(["BU"]).filter(|_| !dice.one_in(3)).collect();
        if asked.is_empty() {
            asked.push("BU");
        }
        let lead = dice.word(&["Herefordshire Council", "Business Unit", "All six"]);
        let cells = [
            format!("{}.{}", area + 1, place + 9),
            csv(&format!("Action {} about {}", letters(number), prose(dice, 6).replace('\n', " "))),
            AREAS[area].to_owned(),
            PRIORITIES[area].to_owned(),
            csv(&prose(dice, 3).replace('\n', " ")),
            csv(&prose(dice, 5).replace('\n', " ")),
            dice.word(&SOURCES).to_owned(),
            String::new(),
            lead.to_owned(),
            start.to_string(),
            target.to_string(),
            String::new(),
            csv(&prose(dice, 5).replace('\n', " ")),
            csv(&prose(dice, 5).replace('\n', " ")),
            dice.word(&["", "Continue", "Next stage"]).to_owned(),
            String::new(),
            asked.join(";"),
        ];
        writeln!(text, "{}", cells.join(",")).unwrap();
    }
    text
}

fn letters(number: usize) -> String {
    [
        "alder", "beech", "cedar", "dogwood", "elm", "fir", "gorse", "hazel", "ivy", "juniper", "larch",
        "maple", "oak", "pine",
    ][number]
        .to_owned()
}

pub(super) fn ledger(dice: &mut Dice, sums: &Sums) -> String {
    let mut text = String::from("table,agency,stream,category,agreed,actual,closing_last_year,note\n");
    for (code, amount) in &sums.agreed {
        let stream = if code == "HC" { "Children's Wellbeing" } else { "Partner contribution" };
        writeln!(text, "contributions,{code},{stream},,{amount},{amount},,").unwrap();
    }
    for (heading, amount) in HEADINGS.iter().zip(&sums.spent) {
        writeln!(text, "expenditure,,,{heading},,{amount},,").unwrap();
    }
    writeln!(text, "fund,,,,,,{},", pence(dice, 9_000)).unwrap();
    text
}

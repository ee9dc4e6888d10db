//! Rounds of chance, and what partners fill in at random within the rules of the quarterly return.

use super::dice::Dice;
use jiff::civil::{Date, date};
use quarterday::model::PartnerId;
use quarterday::round::{self, Round};
use quarterday::schema::TableSchema;
use quarterday::template::{Content, Entry, Filled};
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

#[path = "register.rs"]
mod register;
use register::{ledger, plan};

pub(crate) const FUNDERS: [&str; 6] = ["HC", "NHS", "WMP", "YOS", "PROB", "CAF"];
const HEADINGS: [&str; 5] = [
    "Independent Chair",
    "Support staff",
    "Training and workforce development",
    "Serious and significant case reviews",
    "Additional costs",
];
const AREAS: [&str; 4] = ["DA1", "DA2", "DA3", "DA4"];
const PRIORITIES: [&str; 4] =
    ["Early and effective help", "Better case work", "Particular risks", "An effective Board"];
const SOURCES: [&str; 4] = ["Strategic plan", "Ofsted", "Statute", "Peer review"];

/// Words of monitoring prose without numbers.
const WORDS: [&str; 30] = [
    "training",
    "delivered",
    "to",
    "staff",
    "the",
    "protocol",
    "was",
    "agreed",
    "by",
    "partners",
    "and",
    "circulated",
    "résumé",
    "“quoted”",
    "it’s",
    "–",
    "=SUM(A1)",
    "+44",
    "@board",
    "(draft)",
    "50%",
    "£",
    "naïve",
    "policy;",
    "reviewed,",
    "evidence",
    "panel",
    "Żółw",
    "日本",
    "next/step",
];

/// A text of a few words that stays as it is when it is read.
pub(crate) fn prose(dice: &mut Dice, most: usize) -> String {
    let mut text = String::new();
    for place in 0..=dice.below(most) {
        if place > 0 {
            text.push_str(if dice.one_in(9) { "\n" } else { " " });
        }
        text.push_str(dice.word(&WORDS));
    }
    // A text of this very length is asked about: old programs cut texts there.
    if text.encode_utf16().count() == 255 {
        text.push_str(" yet");
    }
    if text.trim().chars().filter(|letter| letter.is_alphabetic()).count() < 4 {
        text.push_str(" training");
    }
    text
}

fn pence(dice: &mut Dice, below: usize) -> Decimal {
    Decimal::new(i64::try_from(dice.below(below * 100)).unwrap(), 2)
}

fn day(dice: &mut Dice, from: Date, days: usize) -> Date {
    from.checked_add(jiff::Span::new().days(i64::try_from(dice.below(days)).unwrap())).unwrap()
}

/// The four quarters of an amount.
fn quarters(dice: &mut Dice, whole: Decimal) -> [Decimal; 4] {
    let part = |dice: &mut Dice| {
        let share = Decimal::from(20 + dice.below(8));
        (whole * share / Decimal::ONE_HUNDRED).round_dp(2)
    };
    let (one, two, three) = (part(dice), part(dice), part(dice));
    [one, two, three, whole - one - two - three]
}

/// Amounts of one round by which its returns must agree.
pub(crate) struct Sums {
    pub(crate) agreed: BTreeMap<String, Decimal>,
    pub(crate) spent: Vec<Decimal>,
}

/// Writes a round into a folder and loads it: the partners of the sample, a plan and a ledger of chance.
pub(crate) fn round(dice: &mut Dice, folder: &Path) -> (Round, Sums) {
    let settings = fs::read_to_string("samples/2013-14-q4/round.toml").unwrap();
    let schema = fs::canonicalize("schemas/monitoring-return.toml").unwrap();
    let settings = settings.replace("../../schemas/monitoring-return.toml", &schema.display().to_string());
    fs::write(folder.join("round.toml"), settings).unwrap();
    fs::write(folder.join("plan.csv"), plan(dice)).unwrap();
    let agreed: BTreeMap<String, Decimal> =
        FUNDERS.iter().map(|code| ((*code).to_owned(), pence(dice, 50_000) + Decimal::from(1_000))).collect();
    let spent: Vec<Decimal> = HEADINGS.iter().map(|_| pence(dice, 30_000) + Decimal::from(500)).collect();
    let sums = Sums { agreed, spent };
    fs::write(folder.join("ledger.csv"), ledger(dice, &sums)).unwrap();
    let round = round::load(folder).unwrap_or_else(|error| panic!("{error}"));
    (round, sums)
}

type Given = BTreeMap<&'static str, Entry>;

/// Fills what a partner is sent with things of chance that keep the schema's rules.
pub(crate) fn fill(dice: &mut Dice, content: &mut Content<'_>, sums: &Sums) {
    let round = content.round;
    let code = round.partner(content.partner).code.clone();
    for filled in &mut content.tables {
        let schema = &round.schema.tables[filled.table];
        let count = match schema.name.as_str() {
            "streams" => 3,
            "risks" => 1 + dice.below(5),
            "learning" => 1 + dice.below(3),
            _ => filled.rows.len(),
        };
        while filled.rows.len() < count {
            filled.rows.push(quarterday::template::Row::open(schema.fields.len()));
            filled.spare -= 1;
        }
        let mut streams = Decimal::ZERO;
        for row in 0..filled.rows.len() {
            let given = match schema.name.as_str() {
                "cover" => cover(dice),
                "plan" => action(dice, target(schema, filled, row)),
                "contributions" => {
                    contribution(dice, code == "HC", sums.agreed[&code], sums.agreed.values().sum())
                }
                "streams" => stream(dice, row, &mut streams),
                "expenditure" => spending(dice, sums.spent[row]),
                "fund" => fund(dice),
                "risks" => risk(dice, row),
                "learning" => learning(dice, row),
                "voice" => voice(dice),
                other => panic!("nothing is known of the table {other}"),
            };
            put(schema, filled, row, &given);
        }
    }
}

fn put(schema: &TableSchema, filled: &mut Filled, row: usize, given: &Given) {
    for (name, entry) in given {
        let field = schema.field(name).unwrap_or_else(|| panic!("{} has no field {name}", schema.name));
        let slot = &mut filled.rows[row].slots[field];
        assert!(!slot.locked, "{name} of {} is filled in already", schema.name);
        slot.entry = Some(entry.clone());
    }
}

fn target(schema: &TableSchema, filled: &Filled, row: usize) -> Date {
    match filled.rows[row].slots[schema.field("target_date").unwrap()].entry {
        Some(Entry::Date(day)) => day,
        ref other => panic!("an action without a target date: {other:?}"),
    }
}

fn text(words: impl Into<String>) -> Entry {
    Entry::Text(words.into())
}

fn cover(dice: &mut Dice) -> Given {
    let done = day(dice, date(2014, 4, 1), 10);
    Given::from([
        ("colour_key", text("Year-end")),
        ("sign_convention", text("Contributions plus")),
        ("units", text("Pounds and pence")),
        ("vat_basis", text(dice.word(&["Net", "Outside scope", "Not known"]))),
        ("accounting_basis", text(dice.word(&["Accruals", "Cash"]))),
        ("data_status", text(dice.word(&["Provisional", "Final"]))),
        ("completed_by", text(dice.word(&["Performance Officer", "Support Officer"]))),
        ("completed_on", Entry::Date(done)),
        ("approved_by", text(dice.word(&["Head of Service", "Designated Nurse"]))),
        ("approved_on", Entry::Date(day(dice, done, 5))),
        ("personal_data_statement", text("Yes")),
    ])
}

fn action(dice: &mut Dice, target: Date) -> Given {
    let status =
        dice.word(&["Not started", "In progress", "Complete", "Re-scheduled", "Suspended", "Withdrawn"]);
    let rating = match status {
        "Complete" => "Green",
        "In progress" => dice.word(&["Red", "Amber", "Green"]),
        "Not started" => dice.word(&["Red", "Amber", ""]),
        _ => dice.word(&["Red", "Amber", "Green", ""]),
    };
    let mut given = Given::from([("status", text(status)), ("progress", text(prose(dice, 60)))]);
    if !rating.is_empty() {
        given.insert("confidence", text(rating));
    }
    if status == "Complete" || rating == "Green" || dice.one_in(4) {
        given.insert("evidence", text(prose(dice, 6)));
    }
    if rating == "Red" || dice.one_in(4) {
        given.insert("barriers", text(prose(dice, 12)));
    }
    if status == "Re-scheduled" {
        let later = target.checked_add(jiff::Span::new().days(1)).unwrap();
        given.insert("revised_date", Entry::Date(day(dice, later, 300)));
        given.insert("revised_by", text(dice.word(&["Strategic Board", "Steering Group"])));
        given.insert("revised_reason", text(prose(dice, 8)));
    }
    if dice.one_in(3) {
        given.insert("impact_measured_on", Entry::Date(day(dice, date(2014, 1, 1), 80)));
        given.insert("impact_result", text(prose(dice, 8)));
    }
    if dice.one_in(3) {
        given.insert("eia", text("Done"));
        given.insert("eia_date", Entry::Date(day(dice, date(2013, 5, 1), 200)));
    }
    for (name, words) in [
        ("direction", &["Better", "Same", "Worse", "New"][..]),
        ("voice_of_child", &["Yes", "No"]),
        ("carry_forward", &["Continue", "Next stage", "Replaced", "Dropped"]),
        ("board_view", &["Red", "Amber", "Green"]),
        ("lead_post", &["Head of Safeguarding", "Service Manager"]),
        ("next_ref", &["1.10", "2.20", "4.1.10"]),
        ("reg5_function", &["a(i)", "b; c", "a(vi); e"]),
        ("completion_condition", &["quality assurance confirms it"]),
    ] {
        if dice.one_in(2) {
            given.insert(name, text(dice.word(words)));
        }
    }
    given
}

fn contribution(dice: &mut Dice, paid: bool, agreed: Decimal, all: Decimal) -> Given {
    let [q1, q2, q3, q4] = quarters(dice, agreed);
    let mut given = Given::from([
        ("basis", text("Cash")),
        ("q1", Entry::Number(q1)),
        ("q2", Entry::Number(q2)),
        ("q3", Entry::Number(q3)),
        ("q4", Entry::Number(q4)),
        ("annual_total", Entry::Number(agreed)),
        ("formula_share", Entry::Number((agreed * Decimal::ONE_HUNDRED / all).round_dp(2))),
    ]);
    if paid || dice.one_in(2) {
        given.insert("payment_status", text("Paid"));
        given.insert("paid_on", Entry::Date(day(dice, date(2013, 5, 1), 300)));
        given.insert("invoice_ref", text(dice.word(&["000417", "INV 12/7", "1.10", "3-4"])));
    }
    if dice.one_in(2) {
        given.insert("vat_included", text("No"));
    }
    given
}

fn stream(dice: &mut Dice, row: usize, sum: &mut Decimal) -> Given {
    let (stream, board) =
        [("Children's Wellbeing", "HSCB"), ("Adults and Health Wellbeing", "HSAB"), ("All streams", "Both")]
            [row];
    let amount = if row == 2 { *sum } else { pence(dice, 90_000) };
    *sum += amount;
    Given::from([
        ("agency", text("Herefordshire Council")),
        ("stream", text(stream)),
        ("board", text(board)),
        ("amount", Entry::Number(amount)),
    ])
}

fn spending(dice: &mut Dice, spent: Decimal) -> Given {
    let [q1, q2, q3, q4] = quarters(dice, spent);
    let moved = pence(dice, 100) - Decimal::from(50);
    let budget = spent + pence(dice, 200);
    Given::from([
        ("budget_original", Entry::Number(budget)),
        ("virement", Entry::Number(moved)),
        ("budget_to_date", Entry::Number(budget)),
        ("q1", Entry::Number(q1)),
        ("q2", Entry::Number(q2)),
        ("q3", Entry::Number(q3)),
        ("q4", Entry::Number(q4)),
        ("forecast", Entry::Number(spent)),
        ("explanation", text("Agreed with the treasurer")),
        ("data_status", text("Final")),
        ("board_share", Entry::Number(Decimal::new(i64::try_from(dice.below(10_001)).unwrap(), 2))),
    ])
}

fn fund(dice: &mut Dice) -> Given {
    Given::from([
        ("contributions", Entry::Number(pence(dice, 90_000))),
        ("other_income", Entry::Number(pence(dice, 900))),
        ("expenditure", Entry::Number(pence(dice, 90_000))),
        ("carried_forward_to", text("2014-15")),
        ("earmarked_for", text(prose(dice, 4))),
    ])
}

fn number(number: usize) -> Entry {
    Entry::Number(Decimal::from(number))
}

fn risk(dice: &mut Dice, row: usize) -> Given {
    let (before, now) = (3 + dice.below(3), 1 + dice.below(3));
    let closed = dice.one_in(4);
    let mut given = Given::from([
        ("risk_ref", text(format!("R{:02}", row + 1))),
        ("description", text(prose(dice, 20))),
        ("owner_post", text("Board Manager")),
        ("owner_agency", text(dice.word(&["West Mercia Police", "CAFCASS"]))),
        ("likelihood_before", number(before)),
        ("impact_before", number(before)),
        ("controls", text(prose(dice, 9))),
        ("likelihood_now", number(now)),
        ("impact_now", number(before)),
        ("target_score", number(1 + dice.below(25))),
        ("further_action", text(prose(dice, 9))),
        ("due", Entry::Date(day(dice, date(2014, 4, 1), 100))),
        ("response", text(dice.word(&["Treat", "Tolerate", "Transfer", "Terminate"]))),
        ("status", text(if closed { "Closed" } else { "Open" })),
        ("last_reviewed", Entry::Date(day(dice, date(2014, 1, 1), 80))),
    ]);
    if closed {
        given.insert("closed_reason", text(prose(dice, 5)));
    }
    given
}

fn learning(dice: &mut Dice, row: usize) -> Given {
    let due = day(dice, date(2014, 1, 1), 200);
    Given::from([
        ("learning_ref", text(format!("L{:02}", row + 1))),
        ("source", text(dice.word(&["Audit", "Ofsted", "Child death review"]))),
        ("review_code", text("Review 2013/A")),
        ("learning_point", text(prose(dice, 9))),
        ("recommendation", text(prose(dice, 9))),
        ("action", text(prose(dice, 9))),
        ("agencies", text(dice.word(&["CAFCASS", "West Mercia Police; Youth Offending Service"]))),
        ("lead_agency", text("CAFCASS")),
        ("lead_post", text("Service Manager")),
        ("due", Entry::Date(due)),
        ("status", text("Complete")),
        ("confidence", text("Green")),
        ("evidence_of_change", text(prose(dice, 9))),
        ("tested_by", text(dice.word(&["Audit", "Survey"]))),
        ("retest_on", Entry::Date(day(dice, date(2014, 6, 1), 90))),
    ])
}

fn voice(dice: &mut Dice) -> Given {
    Given::from([
        ("method", text(dice.word(&["Survey", "Survey; Group", "Advocacy; Case audit; Other"]))),
        ("process_in_place", text(dice.word(&["Not yet", "Developing", "In use", "Reviewed"]))),
        ("children_heard", text(dice.word(&["0", "Fewer than 6", "6–20", "21–50", "Over 50"]))),
        ("themes", text(prose(dice, 20))),
        ("what_changed", text(prose(dice, 9))),
        ("next_step", text(prose(dice, 9))),
        ("due", Entry::Date(day(dice, date(2014, 5, 1), 90))),
        ("status", text("In progress")),
        ("confidence", text(dice.word(&["Red", "Amber", "Green"]))),
    ])
}

/// Everybody who sends a return.
pub(crate) fn senders(round: &Round) -> Vec<PartnerId> {
    round.partners().filter(|(_, partner)| partner.sends).map(|(id, _)| id).collect()
}

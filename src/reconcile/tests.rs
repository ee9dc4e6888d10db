//! The worked examples of the rules, by hand.

use super::fixture::{World, decimal, pennies};
use super::{Reconciler, within};
use crate::model::{Comparison, Consolidated, Outcome};
use crate::schema::{ControlKind, Tolerance};
use proptest::prelude::*;
use rust_decimal::Decimal;

const QUARTERS: &str =
    "agency:agency stream:stream q1:money! q2:money! q3:money q4:money annual_total:money!";

fn across(tolerance: Tolerance) -> World {
    let mut world = World::new(QUARTERS, &[("NHS", "NHS Herefordshire")]);
    let kind = ControlKind::CrossFooting { sums: world.all("q1 q2 q3 q4"), total: world.at("annual_total") };
    world.control(kind, tolerance);
    world
}

fn outcomes(world: &World, rows: &str) -> Vec<(String, &'static str, Option<Decimal>)> {
    let done = world.reconcile(&[world.submission(0, "NHS", rows)], &[]);
    done.comparisons.iter().map(|c| (c.line.clone(), c.outcome.word(), c.outcome.difference())).collect()
}

fn only(world: &World, row: &str) -> Comparison {
    let done = world.reconcile(&[world.submission(0, "NHS", row)], &[]);
    assert_eq!(done.comparisons.len(), 1, "{:?}", done.comparisons);
    done.comparisons[0].clone()
}

#[test]
fn whole_pound_quarters_may_miss_the_year_by_half_a_pound_each() {
    let world = across(Tolerance::Interval);
    let row = world.submission(
        0,
        "NHS",
        "NHS | Partner contribution | 11301~0 | 11301~0 | 11301~0 | 11301~0 | 45203~0\n\
         NHS | Partner contribution | 138~0 | 138~0 | 138~0 | 138~0 | 550~0\n\
         NHS | Partner contribution | 11302~0 | 11302~0 | 11302~0 | 11300~0 | 45203~0",
    );
    let done = world.reconcile(&[row], &[]);
    let found: Vec<_> = done.comparisons.iter().map(|c| c.outcome.clone()).collect();
    let allowed = decimal("2.5");
    assert_eq!(
        found,
        [
            Outcome::WithinRounding { difference: decimal("-1"), allowed },
            Outcome::WithinRounding { difference: decimal("-2"), allowed },
            Outcome::Differs { difference: decimal("-3") },
        ]
    );
    assert_eq!(done.tallies[0], [0, 2, 1, 0]);
}

#[test]
fn rounding_is_for_figures_coarser_than_a_penny_only() {
    let world = across(Tolerance::Interval);
    let pennies = "NHS | contribution | 11301 | 11301 | 11301 | 11301 | 45203";
    assert_eq!(only(&world, pennies).outcome.word(), "differs");
    // Quarters in whole pounds against a year in pennies.
    let coarser = pennies.replace("11301", "11301~0");
    assert_eq!(
        only(&world, &coarser).outcome,
        Outcome::WithinRounding { difference: decimal("-1"), allowed: decimal("2") }
    );
    // £20k stands for 19,500 to 20,500.
    let thousands = "NHS | contribution | 5000 | 5000 | 5000 | 4500 | 20000~3";
    assert_eq!(
        only(&world, thousands).outcome,
        Outcome::WithinRounding { difference: decimal("500"), allowed: decimal("500") }
    );
    assert_eq!(only(&world, &thousands.replace("4500", "4499.99")).outcome.word(), "differs");
    // Without the interval rule nothing is rounding.
    assert_eq!(only(&across(Tolerance::Within(Decimal::ZERO)), &coarser).outcome.word(), "differs");
}

#[test]
fn a_hole_is_never_a_difference() {
    let world = across(Tolerance::Interval);
    let found = outcomes(
        &world,
        "NHS | contribution | ? | 1 | 1 | 1 | 4\n\
         NHS | contribution | 1 |  | 1 | 1 | 4\n\
         NHS | contribution | 1 | not stated | 1 | 1 | 4\n\
         NHS | contribution | 1 | 1 | 1 | 1 | not stated\n\
         NHS | contribution | 1 | 1 | 1 | 1 |\n",
    );
    assert!(found.iter().all(|(_, word, difference)| *word == "could not test" && difference.is_none()));
    assert_eq!(found.len(), 5);
    let blank = only(&world, "NHS | contribution | 1 | not stated | 1 | 1 | 4");
    assert!(matches!(&blank.outcome, Outcome::Untestable { blocked_by, why }
        if blocked_by.len() == 1 && why == "Q2 (D2) is given as \u{201c}not stated\u{201d}."));
    assert_eq!(blank.line, "Partner contribution · annual total");
}

#[test]
fn a_blank_that_may_be_blank_counts_as_nothing() {
    let world = across(Tolerance::Interval);
    let done = world.reconcile(
        &[world.submission(
            0,
            "NHS",
            "NHS | contribution | 1 | 1 | | | 2\nNHS | contribution | 0 | 0 | | | 0",
        )],
        &[],
    );
    assert_eq!(done.comparisons, []);
    assert_eq!(done.tallies[0], [2, 0, 0, 0]);
}

#[test]
fn a_missing_column_is_said_once() {
    let world = across(Tolerance::Interval);
    let mut submission =
        world.submission(0, "NHS", "NHS | contribution | 1 | | 1 | 1 | 4\nNHS | adults | 1 | | 1 | 1 | 4");
    submission.tables[0].layout.columns[world.at("q2")] = None;
    let done = world.reconcile(&[submission], &[]);
    assert_eq!(done.comparisons.len(), 1);
    assert!(matches!(&done.comparisons[0].outcome,
        Outcome::Untestable { why, .. } if why == "There is no column Q2."));
}

#[test]
fn year_to_date_stops_at_the_round_s_quarter() {
    let mut world =
        World::new("stream:stream q1:money q2:money q3:money q4:money so_far:money", &[("NHS", "NHS")]);
    world.round.period.quarter = Some(2);
    let kind = ControlKind::YearToDate { quarters: world.all("q1 q2 q3 q4"), to_date: world.at("so_far") };
    world.control(kind, Tolerance::Interval);
    let found = outcomes(&world, "adults | 5 | 6 | 99 | | 11\nadults | 5 | 6 | | | 12\nadults | 5 | 6 | | |");
    assert_eq!(found, [("Adults and Health Wellbeing · so far".to_owned(), "differs", Some(Decimal::ONE))]);
}

#[test]
fn totals_and_subtotals_are_cast_over_what_they_cover() {
    let mut world = World::new("stream:stream q1:money! q2:money!", &[("NHS", "NHS")]);
    let kind = ControlKind::Footing { sums: world.all("q1 q2") };
    world.control(kind, Tolerance::Interval);
    let found = outcomes(
        &world,
        "adults | 1 | 10\ncontribution | 2 | ?\nSub-total | 3 | 10\nall | 4 | 1\nSub-total | 5 | 1\nTotal | 7 | ",
    );
    let words: Vec<_> = found.iter().map(|(line, word, _)| (line.as_str(), *word)).collect();
    assert_eq!(
        words,
        [
            ("Sub-total · Q1", "agrees"),
            ("Sub-total · Q2", "could not test"),
            ("Sub-total · Q1", "differs"),
            ("Sub-total · Q2", "agrees"),
            ("Total · Q1", "agrees"),
        ]
    );
}

#[test]
fn a_total_row_adds_across_as_well() {
    let mut world = World::new("stream:stream q1:money! q2:money! year:money!", &[("NHS", "NHS")]);
    let kind = ControlKind::CrossCast { sums: world.all("q1 q2"), total: world.at("year") };
    world.control(kind, Tolerance::Interval);
    let found = outcomes(&world, "adults | 1 | 1 | 2\nTotal | 1 | 1 | 3\nTotal | 1 | | 1\nTotal | | | 1");
    assert_eq!(
        found,
        [
            ("Total · year".to_owned(), "differs", Some(Decimal::ONE)),
            ("Total · year".to_owned(), "could not test", None),
        ]
    );
}

#[test]
fn cumulative_figures_do_not_fall_without_a_reason() {
    let mut world = World::new("stream:stream q1:money q2:money q3:money why:text", &[("NHS", "NHS")]);
    let kind = ControlKind::NeverFalls { columns: world.all("q1 q2 q3"), explained: Some(world.at("why")) };
    world.control(kind, Tolerance::Within(Decimal::ZERO));
    let submission = world.submission(
        0,
        "NHS",
        "adults | 1 | 2 | 3 |\nadults | 5 | 4 | 3 |\nadults | 5 | 4 | 3 | a credit\nadults | 5 | ? | 6 |\nadults | 5 | | 4 |",
    );
    let done = world.reconcile(&[submission], &[]);
    assert_eq!(done.tallies[0], [2, 0, 2, 1]);
    assert_eq!(done.comparisons[0].line, "Adults and Health Wellbeing · Q2 after Q1");
    assert_eq!(done.comparisons[0].outcome, Outcome::Differs { difference: decimal("-1") });
    assert_eq!(done.comparisons[2].line, "Adults and Health Wellbeing · Q3 after Q1");
}

#[test]
fn an_opening_balance_that_is_not_stated_is_not_nought() {
    let mut world = World::new(
        "year:text opening:money! income:money! spending:money! closing:money",
        &[("HC", "Council")],
    );
    let opening = ControlKind::Opening {
        opening: world.at("opening"),
        ledger: "money".into(),
        column: "closed".into(),
    };
    world.control(opening, Tolerance::Within(Decimal::ZERO));
    let forward = ControlKind::RollForward {
        opening: world.at("opening"),
        add: world.all("income"),
        less: world.all("spending"),
        closing: world.at("closing"),
    };
    world.control(forward, Tolerance::Within(Decimal::ZERO));
    world.ledger("", "year=2013-14;closed=100");
    let row = "2013-14 | not stated | 208191 | 192433 | not stated";
    let done = world.reconcile(&[world.submission(0, "HC", row)], &[]);
    let words: Vec<_> = done.comparisons.iter().map(|c| c.outcome.word()).collect();
    assert_eq!(words, ["could not test", "could not test"]);
    assert!(matches!(&done.comparisons[1].outcome, Outcome::Untestable { blocked_by, why }
        if blocked_by.len() == 2 && why.starts_with("Opening (B2) is given as \u{201c}not stated\u{201d}.")));
    let row = "2013-14 | 100 | 208191 | 192433 | 15858";
    let done = world.reconcile(&[world.submission(0, "HC", row)], &[]);
    assert!(done.comparisons.iter().all(|c| c.outcome == Outcome::Agrees), "{:?}", done.comparisons);
    assert_eq!(done.comparisons.len(), 2);
    let row = "2013-14 | 99 | 208191 | 192433 | 15858";
    let done = world.reconcile(&[world.submission(0, "HC", row)], &[]);
    let differences: Vec<_> = done.comparisons.iter().filter_map(|c| c.outcome.difference()).collect();
    assert_eq!(differences, [decimal("-1"), decimal("1")]);
}

#[test]
fn streams_add_to_their_agency() {
    let mut world =
        World::new("agency:agency stream:stream amount:money!", &[("HC", "Council"), ("NHS", "NHS")]);
    let kind = ControlKind::RollUp {
        amount: world.at("amount"),
        by: world.all("agency"),
        part: world.at("stream"),
        total: "All streams".to_owned(),
    };
    world.control(kind, Tolerance::Within(Decimal::ZERO));
    let rows = " | Children's Wellbeing | 127016\nHC | adults | 20000\nHC | all | 147016\nNHS | all | 5";
    let done = world.reconcile(&[world.submission(0, "HC", rows)], &[]);
    assert_eq!(done.tallies[0], [1, 0, 0, 1]);
    assert_eq!(done.comparisons[0].line, "All streams · amount");
    assert_eq!(done.comparisons[0].addends.len(), 2);
}

#[test]
fn shares_follow_from_the_ledger_s_total() {
    let mut world = World::new(
        "agency:agency stream:stream amount:money! share:percent",
        &[("HC", "Council"), ("NHS", "NHS")],
    );
    world.ledger_control("amount");
    let kind = ControlKind::Shares { share: world.at("share"), amount: world.at("amount") };
    world.control(kind, Tolerance::Within(decimal("0.05")));
    world.ledger("HC", "actual=127016");
    world.ledger("NHS", "actual=81175");
    let row = |share: &str| {
        let returns = [world.submission(0, "HC", &format!("HC | Children's Wellbeing | 127016 | {share}"))];
        let done = world.reconcile(&returns, &[]);
        done.comparisons.iter().filter(|c| c.control == 1).map(|c| c.outcome.word()).collect::<Vec<_>>()
    };
    assert_eq!(row("61.01"), ["agrees"]);
    assert_eq!(row("61.0"), ["agrees"]);
    assert_eq!(row("61.05"), ["rounding"]);
    assert_eq!(row("61.5"), ["differs"]);
    assert_eq!(row(""), Vec::<&str>::new());
}

#[test]
fn a_check_of_single_returns_tests_nothing_across_them() {
    let mut world = World::new(QUARTERS, &[("NHS", "NHS")]);
    world.ledger_control("annual_total");
    let kind = ControlKind::CrossFooting { sums: world.all("q1 q2 q3 q4"), total: world.at("annual_total") };
    world.control(kind, Tolerance::Interval);
    world.ledger("NHS", "actual=9");
    let submission = world.submission(0, "NHS", "NHS | contribution | 1 | 1 | 1 | 1 | 5");
    let mut consolidated = Consolidated::default();
    let mut reconciler = Reconciler::new(&world.round);
    reconciler.take(&submission, within(&world.round, &submission), true);
    reconciler.finish_alone(&mut consolidated);
    assert_eq!(consolidated.tallies, [[0; 4], [0, 0, 1, 0]]);
    assert_eq!(consolidated.ledgered, []);
}

#[test]
fn long_lists_are_cut_and_say_so() {
    let world = across(Tolerance::Interval);
    let rows = "NHS | contribution | 1 | 1 | 1 | 1 | 5\n".repeat(2_010);
    let done = world.reconcile(&[world.submission(0, "NHS", &rows)], &[]);
    assert_eq!(done.tallies[0], [0, 0, 2_010, 0]);
    assert_eq!(done.comparisons.len(), 2_000);
    let note = done.comparisons.last().and_then(|last| last.note.as_deref());
    assert_eq!(note, Some("10 more of this return are counted but not listed."));
}

proptest! {
    #[test]
    fn a_difference_is_stated_less_expected(quarters in prop::collection::vec(pennies(), 4), year in pennies()) {
        let world = across(Tolerance::Interval);
        let row: Vec<String> = quarters.iter().chain([&year]).map(ToString::to_string).collect();
        let done = world.reconcile(&[world.submission(0, "NHS", &format!("NHS | adults | {}", row.join(" | ")))], &[]);
        let sum: Decimal = quarters.iter().sum();
        match done.comparisons.as_slice() {
            [] => prop_assert_eq!(sum, year),
            [one] => {
                prop_assert_eq!(one.expected.amount, Some(sum));
                prop_assert_eq!(one.stated.amount, Some(year));
                prop_assert_eq!(one.outcome.clone(), Outcome::Differs { difference: year - sum });
            }
            more => prop_assert!(false, "{:?}", more),
        }
    }

    #[test]
    fn rounding_allows_as_much_above_as_below(unit in 0i8..4, off in 0i64..4_000) {
        let world = across(Tolerance::Interval);
        let outcome = |off: i64| {
            let row = format!("NHS | adults | 5000~{unit} | 5000~{unit} | 5000~{unit} | 5000~{unit} | {}", 20_000 + off);
            let done = world.reconcile(&[world.submission(0, "NHS", &row)], &[]);
            done.comparisons.first().map_or("agrees", |c| c.outcome.word())
        };
        prop_assert_eq!(outcome(off), outcome(-off));
        let allowed = Decimal::from(4 * 10i64.pow(unit.unsigned_abs().into())) / Decimal::TWO;
        let expected = match off {
            0 => "agrees",
            _ if Decimal::from(off) <= allowed => "rounding",
            _ => "differs",
        };
        prop_assert_eq!(outcome(off), expected);
    }
}

//! Partners against the ledger.

mod unreadable;

use crate::model::{Consolidated, FileInfo, HeldReason, HeldRow, Outcome, ReturnState, Scope};
use crate::reconcile::fixture::{World, decimal, pennies, returned};
use crate::reconcile::{Reconciler, within};
use crate::schema::{ControlKind, Role, Tolerance};
use proptest::prelude::*;
use rust_decimal::Decimal;

/// The ledger of the board's report, and the returns of the messy pack as they were typed.
fn messy() -> (World, Consolidated) {
    let mut world = World::new(
        "agency:agency stream:stream annual_total:money!",
        &[
            ("HC", "Herefordshire Council"),
            ("NHS", "NHS Herefordshire"),
            ("WMP", "West Mercia Police"),
            ("YOS", "Youth Offending Service"),
            ("PROB", "West Mercia Probation"),
            ("CAF", "CAFCASS"),
        ],
    );
    world.ledger_control("annual_total");
    world.ledger("HC", "stream=Children\u{2019}s wellbeing;actual=127016.00");
    for (code, amount) in
        [("NHS", "45203"), ("WMP", "30165"), ("YOS", "645"), ("PROB", "4612"), ("CAF", "550")]
    {
        world.ledger(code, &format!("stream=Partner contribution;actual={amount}.00"));
    }
    let returns = [
        world.submission(0, "HC", "HC | Children's Wellbeing | 147016"),
        world.submission(1, "NHS", "NHS | contribution | 45230"),
        world.submission(2, "PROB", "PROB | contribution | 4612-\nPROB £4,612 CAF £550 | contribution | ?"),
        world.submission(3, "WMP", "WMP | contribution | 36198"),
        world.submission(4, "YOS", "YOS | contribution | 645"),
        world.submission(5, "YOS", "YOS | contribution | 645~0"),
    ];
    let done = world.reconcile(&returns, &[4]);
    (world, done)
}

#[test]
fn every_penny_of_the_messy_pack_is_accounted_for() {
    let (_, done) = messy();
    let lines: Vec<_> = done
        .comparisons
        .iter()
        .map(|c| {
            let pounds =
                |amount: Option<Decimal>| amount.map_or("-".to_owned(), |a| a.normalize().to_string());
            let difference = pounds(c.outcome.difference());
            (c.line.as_str(), pounds(c.stated.amount), pounds(c.expected.amount), difference)
        })
        .collect();
    let line = |name: &'static str, typed: &str, ledger: &str, difference: &str| {
        (name, typed.to_owned(), ledger.to_owned(), difference.to_owned())
    };
    assert_eq!(
        lines,
        [
            line("Children's Wellbeing · annual total", "147016", "127016", "20000"),
            line("Partner contribution · annual total", "45230", "45203", "27"),
            line("Partner contribution · annual total", "36198", "30165", "6033"),
            line("Partner contribution · annual total", "1290", "645", "645"),
            line("Partner contribution · annual total", "-4612", "4612", "-9224"),
            line("Partner contribution · annual total", "-", "550", "-550"),
            line("Control total · annual total", "225122", "208191", "16931"),
        ]
    );
    let ledgered = &done.ledgered[0];
    assert_eq!(ledgered.typed, decimal("225122.00"));
    assert_eq!(ledgered.ledger, decimal("208191.00"));
    assert_eq!(ledgered.net, decimal("16931.00"));
    assert_eq!(ledgered.gross, decimal("36479.00"));
    // No words of that return name the council's other stream.
    assert_eq!(ledgered.unexplained, decimal("20000.00"));
    // 147,016 + 45,230 + 36,198 + 645: one return of two, and no amount that is held.
    assert_eq!(ledgered.merged, decimal("229089.00"));
    assert_eq!(done.tallies[0], [0, 0, 7, 0]);
}

#[test]
fn a_ledger_line_names_what_stands_behind_it() {
    let (world, done) = messy();
    let of = |code: &str| {
        let partner = world.partner(code).expect("a partner");
        done.comparisons.iter().find(|c| c.scope == Scope::Partner(partner)).expect("its line")
    };
    assert_eq!(of("NHS").stated.at.map(|at| at.cell.to_string()), Some("C2".to_owned()));
    assert_eq!(of("NHS").expected.ledger_line, Some(3));
    assert_eq!(of("NHS").note, None);
    assert_eq!(of("YOS").addends.len(), 2);
    assert_eq!(of("YOS").stated.at, None);
    assert_eq!(of("YOS").note.as_deref(), Some("£645 of it is in return 4.xlsx, which was superseded."));
    let probation = of("PROB").note.as_deref().expect("a note");
    assert!(probation.contains(
        "Held because of a minus: return 2.xlsx › Finance!C2. Counted as typed in Returned, not in Used."
    ));
    assert!(probation.contains("Not counted, because the row cannot be placed: return 2.xlsx › Finance!C3."));
    assert_eq!(of("CAF").stated.amount, None);
    assert_eq!(of("CAF").note.as_deref(), Some("No return of CAFCASS has come."));
}

#[test]
fn amounts_on_lines_that_the_ledger_lacks_are_differences_of_whoever_typed_them() {
    let mut world =
        World::new("agency:agency stream:stream amount:money!", &[("HC", "Council"), ("NHS", "NHS")]);
    world.ledger_control("amount");
    world.ledger("HC", "stream=CWB;actual=100");
    world.ledger("NHS", "stream=Core;actual=50");
    let returns = [
        world.submission(
            0,
            "HC",
            "HC | Children's Wellbeing | 100\nHC | adults | 20\nNHS | contribution | 7",
        ),
        world.submission(1, "NHS", " |  | 50"),
    ];
    let done = world.reconcile(&returns, &[]);
    let found: Vec<_> = done
        .comparisons
        .iter()
        .map(|c| (c.scope, c.line.as_str(), c.outcome.difference().expect("tested").normalize().to_string()))
        .collect();
    let (council, nhs) = (world.partner("HC").expect("one"), world.partner("NHS").expect("one"));
    let zero = || "0".to_owned();
    assert_eq!(
        found,
        [
            (Scope::Partner(council), "Children's Wellbeing · amount", zero()),
            (Scope::Partner(council), "Adults and Health Wellbeing · amount", "20".to_owned()),
            (Scope::Partner(council), "NHS · Partner contribution · amount", "7".to_owned()),
            (Scope::Partner(nhs), "Partner contribution · amount", zero()),
            (Scope::Round, "Control total · amount", "27".to_owned()),
        ]
    );
    assert_eq!(done.comparisons[1].note.as_deref(), Some("There is no such line in the ledger."));
    assert_eq!(done.comparisons[1].expected.amount, None);
    assert_eq!(done.ledgered[0].merged, decimal("177"));
}

#[test]
fn differences_that_cancel_out_are_flagged() {
    let mut world =
        World::new("agency:agency stream:stream amount:money!", &[("HC", "Council"), ("NHS", "NHS")]);
    world.ledger_control("amount");
    world.ledger("HC", "actual=100");
    world.ledger("NHS", "actual=50");
    let returns =
        [world.submission(0, "HC", "HC | adults | 110"), world.submission(1, "NHS", "NHS | adults | 40")];
    let done = world.reconcile(&returns, &[]);
    assert!(done.ledgered[0].compensates());
    let total = done.comparisons.last().expect("a total");
    assert_eq!(total.outcome, Outcome::Agrees);
    assert_eq!(
        total.note.as_deref(),
        Some("Differences cancel each other out: £0 in all, but £20 without their signs.")
    );
}

#[test]
fn held_rows_are_typed_but_not_merged() {
    let mut world = World::new("agency:agency stream:stream amount:money!", &[("HC", "Council")]);
    world.ledger_control("amount");
    world.ledger("HC", "actual=120");
    let submission = world.submission(0, "HC", "HC | adults | 100\nHC | adults | 20");
    let held = HeldRow {
        table: 0,
        partner: world.partner("HC"),
        at: submission.tables[0].records[1].at,
        reason: HeldReason::Repeats { first: submission.tables[0].records[0].at },
        why: "The same entry is already in row 2.".to_owned(),
        cells: Vec::new(),
        pounds: decimal("20"),
        amounts: vec![(2, decimal("20"))],
    };
    let mut consolidated = Consolidated { held: vec![held], ..Consolidated::default() };
    consolidated.returns.push(returned(&submission, ReturnState::Accepted));
    let mut reconciler = Reconciler::new(&world.round);
    reconciler.take(&submission, within(&world.round, &submission), true);
    reconciler.finish(&mut consolidated);
    assert_eq!(consolidated.ledgered[0].typed, decimal("120"));
    assert_eq!(consolidated.ledgered[0].merged, decimal("100"));
}

#[test]
fn a_return_that_could_not_be_opened_is_named() {
    let mut world = World::new("agency:agency stream:stream amount:money!", &[("CAF", "CAFCASS")]);
    world.ledger_control("amount");
    world.ledger("CAF", "actual=550");
    let submission = world.submission(0, "CAF", "");
    let why = "It is protected by a password.".to_owned();
    let mut consolidated = Consolidated::default();
    consolidated.places.files.push(FileInfo { name: "Cafcass.xlsx".to_owned(), ..FileInfo::default() });
    consolidated.returns.push(returned(&submission, ReturnState::Refused { why }));
    Reconciler::new(&world.round).finish(&mut consolidated);
    let line = &consolidated.comparisons[0];
    assert_eq!(line.outcome, Outcome::Differs { difference: decimal("-550") });
    assert_eq!(
        line.note.as_deref(),
        Some("The return of CAFCASS (Cafcass.xlsx) could not be used. It is protected by a password.")
    );
}

#[test]
fn rows_for_another_board_are_in_no_sum_of_this_one() {
    let mut world = World::new("agency:agency stream:stream board:text amount:money!", &[("HC", "Council")]);
    world.round.schema.tables[0].fields[2].role = Some(Role::Board);
    world.ledger_control("amount");
    world.ledger("HC", "stream=CWB;actual=100");
    let rows = "HC | Children's Wellbeing | b | 100\nHC | adults | Adults' board | 20\nHC | adults | | 3";
    let done = world.reconcile(&[world.submission(0, "HC", rows)], &[]);
    assert_eq!(done.ledgered[0].typed, decimal("103"));
}

#[test]
fn a_row_that_sums_other_rows_is_not_counted_again() {
    let mut world = World::new("agency:agency stream:stream amount:money!", &[("HC", "Council")]);
    world.ledger_control("amount");
    let kind = ControlKind::RollUp {
        amount: world.at("amount"),
        by: world.all("agency"),
        part: world.at("stream"),
        total: "All streams".to_owned(),
    };
    world.control(kind, Tolerance::Within(Decimal::ZERO));
    world.ledger("HC", "stream=CWB;actual=100");
    world.ledger("HC", "stream=AHW;actual=20");
    let rows = "HC | Children's Wellbeing | 100\nHC | adults | 20\nHC | all | 120";
    let done = world.reconcile(&[world.submission(0, "HC", rows)], &[]);
    assert_eq!(done.ledgered[0].typed, decimal("120"));
    assert!(done.comparisons.iter().all(|c| c.outcome == Outcome::Agrees));
}

#[test]
fn lines_without_a_partner_are_whoever_s_that_typed_them() {
    let mut world = World::new("category:text amount:money!", &[("HC", "Council"), ("NHS", "NHS")]);
    let kind = ControlKind::Ledger {
        amount: world.at("amount"),
        by: world.all("category"),
        ledger: "money".to_owned(),
        column: "actual".to_owned(),
        agreed: None,
        complete: true,
    };
    world.control(kind, Tolerance::Within(Decimal::ZERO));
    for line in ["category=Staff;actual=60", "category=staff;actual=40", "category=Training;actual=5"] {
        world.ledger("", line);
    }
    world.ledger("", "category=Chair;actual=7");
    let returns = [
        world.submission(0, "HC", "Support | 1\nSTAFF | 100\nTraining | 3"),
        world.submission(1, "NHS", "Training | 2"),
    ];
    let done = world.reconcile(&returns, &[]);
    let council = Scope::Partner(world.partner("HC").expect("one"));
    let found: Vec<_> = done
        .comparisons
        .iter()
        .map(|c| (c.scope, c.line.as_str(), c.outcome.difference().expect("tested")))
        .collect();
    assert_eq!(
        found,
        [
            (council, "Staff · amount", Decimal::ZERO),
            (council, "Support · amount", Decimal::ONE),
            (Scope::Round, "Training · amount", Decimal::ZERO),
            (Scope::Round, "Chair · amount", decimal("-7")),
            (Scope::Round, "Control total · amount", decimal("-6")),
        ]
    );
}

proptest! {
    #[test]
    fn the_partners_differences_add_to_the_net(typed in prop::collection::vec(
        (0usize..3, 0usize..4, prop::option::of(pennies())), 0..12), kept in any::<bool>())
    {
        let codes = ["HC", "NHS", "WMP"];
        let streams = ["Children's Wellbeing", "adults", "contribution", ""];
        let mut world = World::new("agency:agency stream:stream amount:money!",
            &[("HC", "Council"), ("NHS", "NHS"), ("WMP", "Police")]);
        world.ledger_control("amount");
        world.ledger("HC", "stream=CWB;actual=100");
        world.ledger("HC", "stream=AHW;actual=1.5");
        world.ledger("NHS", "actual=50");
        let returns: Vec<_> = typed.iter().zip(0u32..).map(|((partner, stream, amount), file)| {
            let amount = amount.map_or("?".to_owned(), |amount| amount.to_string());
            world.submission(file, codes[*partner], &format!(" | {} | {amount}", streams[*stream]))
        }).collect();
        let done = world.reconcile(&returns, if kept { &[] } else { &[0] });
        let (total, lines) = done.comparisons.split_last().expect("a control total");
        let net: Decimal = lines.iter().filter_map(|c| c.outcome.difference()).sum();
        let gross: Decimal = lines.iter().filter_map(|c| c.outcome.difference()).map(|d| d.abs()).sum();
        let ledgered = &done.ledgered[0];
        prop_assert_eq!(ledgered.net, net);
        prop_assert_eq!(ledgered.gross, gross);
        if let Some(difference) = total.outcome.difference() {
            prop_assert_eq!(difference, net);
        }
        let blocked = lines.iter().filter(|c| matches!(c.outcome, Outcome::Untestable { .. })).count();
        prop_assert_eq!(ledgered.untested as usize, blocked);
        if blocked == 0 {
            let all: Decimal = typed.iter().filter_map(|(_, _, amount)| *amount).sum();
            prop_assert_eq!(ledgered.typed, all);
        }
        for line in lines.iter().filter(|c| c.outcome.difference().is_some()) {
            let amount = |side: Option<Decimal>| side.unwrap_or_default();
            prop_assert_eq!(
                line.outcome.difference(), Some(amount(line.stated.amount) - amount(line.expected.amount)));
        }
    }
}

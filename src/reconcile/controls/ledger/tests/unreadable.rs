//! Amounts that cannot be read, rows that cannot be placed, and what is merged in spite of them.

use crate::model::{Consolidated, HeldReason, HeldRow, Outcome, ReturnState};
use crate::reconcile::fixture::{World, decimal, returned};
use crate::reconcile::{Reconciler, within};
use crate::schema::Role;
use rust_decimal::Decimal;

/// A council with a readable and an unreadable amount on one line, and a police force that is £6 over.
fn unreadable() -> (World, Consolidated) {
    let mut world =
        World::new("agency:agency stream:stream amount:money!", &[("HC", "Council"), ("WMP", "Police")]);
    world.ledger_control("amount");
    world.ledger("HC", "stream=CWB;actual=45203");
    world.ledger("WMP", "stream=AHW;actual=100");
    let returns = [
        world.submission(0, "HC", "HC | Children's Wellbeing | 40000\nHC | Children's Wellbeing | ?"),
        world.submission(1, "WMP", "WMP | adults | 106"),
    ];
    let done = world.reconcile(&returns, &[]);
    (world, done)
}

#[test]
fn a_line_with_an_amount_that_cannot_be_read_is_not_tested() {
    let (_, done) = unreadable();
    let line = &done.comparisons[0];
    let Outcome::Untestable { blocked_by, why } = &line.outcome else { panic!("{:?}", line.outcome) };
    let cells: Vec<_> = blocked_by.iter().map(|at| at.cell.to_string()).collect();
    assert_eq!(cells, ["C3"]);
    assert_eq!(why, "Amount (C3) could not be read.");
    assert_eq!((line.stated.amount, line.expected.amount), (None, Some(decimal("45203"))));
    assert_eq!(
        line.note.as_deref(),
        Some("Without a figure: return 0.xlsx › Finance!C3. The amounts that could be read come to £40,000.")
    );
    assert_eq!(done.tallies[0], [0, 0, 2, 1]);
}

#[test]
fn the_round_s_total_compares_what_could_be_read_and_says_what_it_leaves_out() {
    let (_, done) = unreadable();
    let ledgered = &done.ledgered[0];
    assert_eq!((ledgered.typed, ledgered.ledger), (decimal("106"), decimal("100")));
    assert_eq!((ledgered.net, ledgered.gross), (decimal("6"), decimal("6")));
    assert_eq!((ledgered.untested, ledgered.merged), (1, decimal("40106")));
    let total = done.comparisons.last().expect("a total");
    assert_eq!(total.outcome, Outcome::Differs { difference: decimal("6") });
    assert_eq!(
        total.note.as_deref(),
        Some(
            "Left out on both sides, because it could not be tested: Council, Children's Wellbeing · amount \
             (£45,203 in the ledger)."
        )
    );
}

#[test]
fn a_round_of_which_nothing_could_be_read_agrees_with_nothing() {
    let mut world = World::new("agency:agency stream:stream amount:money!", &[("HC", "Council")]);
    world.ledger_control("amount");
    world.ledger("HC", "actual=100");
    let done = world.reconcile(&[world.submission(0, "HC", "HC | adults | ?")], &[]);
    assert_eq!(done.comparisons[0].stated.at.map(|at| at.cell.to_string()), Some("C2".to_owned()));
    let total = done.comparisons.last().expect("a total");
    assert!(matches!(&total.outcome, Outcome::Untestable { blocked_by, .. } if blocked_by.len() == 1));
    assert_eq!((total.stated.amount, total.expected.amount), (None, None));
}

#[test]
fn what_a_superseded_return_has_unreadable_stands_in_nobody_s_way() {
    let mut world = World::new("agency:agency stream:stream amount:money!", &[("HC", "Council")]);
    world.ledger_control("amount");
    world.ledger("HC", "actual=100");
    let returns =
        [world.submission(0, "HC", "HC | adults | ?"), world.submission(1, "HC", "HC | adults | 100")];
    let done = world.reconcile(&returns, &[0]);
    assert_eq!(done.comparisons[0].outcome, Outcome::Agrees);
    let note = done.comparisons[0].note.as_deref().expect("a note");
    assert!(note.contains("superseded, counted as nothing: return 0.xlsx › Finance!C2."), "{note}");
}

#[test]
fn rows_that_cannot_be_placed_are_not_counted_and_block_nothing() {
    let mut world = World::new("agency:agency stream:stream amount:money!", &[("HC", "Council")]);
    world.ledger_control("amount");
    world.ledger("HC", "actual=100");
    let rows = "HC | adults | 100\nHC £100 NHS £5 | adults | ?\nHC £100 NHS £5 | adults | 7";
    let done = world.reconcile(&[world.submission(0, "HC", rows)], &[]);
    assert_eq!(done.comparisons[0].outcome, Outcome::Agrees);
    assert_eq!(done.ledgered[0].typed, decimal("100"));
}

#[test]
fn what_is_merged_is_exact_beyond_what_a_comparison_lists() {
    let mut world = World::new("agency:agency stream:stream board:text amount:money!", &[("HC", "Council")]);
    world.round.schema.tables[0].fields[2].role = Some(Role::Board);
    world.ledger_control("amount");
    world.ledger("HC", "actual=100");
    let mut rows: Vec<String> = (0..300).map(|row| format!("HC | adults | | {row}.01")).collect();
    rows.push("HC | adults | | 9-".to_owned());
    rows.push("HC | adults | Adults' board | 1000".to_owned());
    rows.push("HC and NHS | adults | | 50".to_owned());
    let submission = world.submission(0, "HC", &rows.join("\n"));
    // Rows 200 and 250, the minus, the one for the other board and the one that cannot be placed are held.
    let held =
        [(200, Some("200.01")), (250, Some("250.01")), (300, None), (301, Some("1000")), (302, Some("50"))];
    let held = held.map(|(row, pounds)| HeldRow {
        table: 0,
        partner: world.partner("HC"),
        at: submission.tables[0].records[row].at,
        reason: HeldReason::UnreadableKey { field: 0 },
        why: String::new(),
        cells: ["HC", "adults", "", "no number"].map(str::to_owned).to_vec(),
        pounds: Decimal::ZERO,
        amounts: pounds.map(|pounds| (3, decimal(pounds))).into_iter().collect(),
    });
    let mut consolidated = Consolidated { held: held.to_vec(), ..Consolidated::default() };
    consolidated.returns.push(returned(&submission, ReturnState::Accepted));
    let mut reconciler = Reconciler::new(&world.round);
    reconciler.take(&submission, within(&world.round, &submission), true);
    reconciler.finish(&mut consolidated);
    // 0 to 299 and three hundred pennies, without 200.01 and 250.01.
    assert_eq!(consolidated.ledgered[0].merged, decimal("44402.98"));
    assert_eq!(consolidated.ledgered[0].typed, decimal("44844.00"));
}

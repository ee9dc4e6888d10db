//! Controls that look across returns; those against what partners typed are tested beside them.

use crate::model::{Conservation, Consolidated, FileId, Outcome, SheetId};
use crate::reconcile::Reconciler;
use crate::reconcile::fixture::{World, decimal};
use crate::schema::{ControlKind, Tolerance};
use rust_decimal::Decimal;

#[test]
fn the_ledger_is_held_against_what_was_agreed() {
    let mut world = World::new("stream:stream amount:money!", &[("HC", "Council"), ("NHS", "NHS")]);
    let kind = ControlKind::Agreed {
        ledger: "money".to_owned(),
        column: "paid".to_owned(),
        agreed: "promised".to_owned(),
    };
    world.control(kind, Tolerance::Interval);
    world.ledger("HC", "stream=cwb;promised=100;paid=100");
    world.ledger("NHS", "stream=Something else;promised=50;paid=49.5");
    world.ledger("NHS", "promised=50");
    world.ledger("NHS", "paid=50;agreed=1;actual=2");
    let done = world.reconcile(&[], &[]);
    let found: Vec<_> = done.comparisons.iter().map(|c| (c.line.as_str(), c.outcome.clone())).collect();
    let why = "Line 4 of the ledger has no paid amount.".to_owned();
    assert_eq!(
        found,
        [
            ("Children's Wellbeing · paid against promised", Outcome::Agrees),
            ("Something else · paid against promised", Outcome::Differs { difference: decimal("-0.5") }),
            ("Paid against promised", Outcome::Untestable { blocked_by: vec![], why }),
        ]
    );
    assert_eq!(done.comparisons[0].stated.ledger_line, Some(2));
}

#[test]
fn one_return_of_each_partner_is_used() {
    let mut world =
        World::new("stream:stream amount:money!", &[("HC", "Council"), ("NHS", "NHS"), ("BU", "Unit")]);
    world.round.partners[2].sends = false;
    world.control(ControlKind::OneReturn, Tolerance::Within(Decimal::ZERO));
    let row = "adults | 1";
    let returns = [world.submission(0, "HC", row), world.submission(1, "HC", row)];
    let done = world.reconcile(&returns, &[0]);
    assert_eq!(done.comparisons[0].outcome, Outcome::Agrees);
    assert_eq!(done.comparisons[0].note.as_deref(), Some("return 1.xlsx replaces return 0.xlsx."));
    assert!(matches!(&done.comparisons[1].outcome,
        Outcome::Untestable { why, .. } if why == "No return of NHS has come."));
    assert_eq!(done.comparisons.len(), 2);
    let done = world.reconcile(&returns, &[]);
    assert_eq!(done.comparisons[0].outcome, Outcome::Differs { difference: Decimal::ONE });
}

#[test]
fn the_proof_is_two_lines_and_every_sheet_on_which_it_fails() {
    let mut world = World::new("stream:stream amount:money!", &[("HC", "Council")]);
    world.control(ControlKind::Conservation, Tolerance::Within(Decimal::ZERO));
    let sheet = Conservation {
        file: FileId(0),
        sheet: SheetId(0),
        filled: 10,
        merged: 5,
        held: 1,
        set_aside: 0,
        not_data: 4,
        unused: 0,
        pounds_read: decimal("5.50"),
        pounds_merged: decimal("5"),
        pounds_held: decimal("0.5"),
        pounds_set_aside: Decimal::ZERO,
    };
    let prove = |proof: &[Conservation]| {
        let mut consolidated = Consolidated { conservation: proof.to_vec(), ..Consolidated::default() };
        Reconciler::new(&world.round).finish(&mut consolidated);
        consolidated.comparisons.into_iter().map(|c| (c.line, c.outcome)).collect::<Vec<_>>()
    };
    assert_eq!(
        prove(&[sheet.clone(), sheet.clone()]),
        [
            ("Rows accounted for".to_owned(), Outcome::Agrees),
            ("Money accounted for".to_owned(), Outcome::Agrees)
        ]
    );
    let lost = Conservation { held: 0, ..sheet };
    let short = Outcome::Differs { difference: decimal("-1") };
    assert_eq!(
        prove(&[lost]),
        [
            (" ›  · rows accounted for".to_owned(), short.clone()),
            (" ›  · money accounted for".to_owned(), Outcome::Agrees),
            ("Rows accounted for".to_owned(), short),
            ("Money accounted for".to_owned(), Outcome::Agrees),
        ]
    );
}

#[test]
fn every_kind_that_is_known_by_its_name_has_one_test() {
    let typed = crate::schema::kinds_of_control().take_while(|kind| *kind != "apportionment").count();
    let named: std::collections::BTreeSet<&str> = crate::schema::kinds_of_control().skip(typed).collect();
    let inside = super::INSIDE.iter().map(|(kind, _)| *kind);
    let tested: Vec<&str> = inside.chain(super::ACROSS.iter().map(|(kind, _)| *kind)).collect();
    assert_eq!(tested.len(), named.len(), "a kind is tested twice, or not at all");
    assert_eq!(tested.into_iter().collect::<std::collections::BTreeSet<_>>(), named);
}

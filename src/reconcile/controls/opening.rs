//! R10: the opening balance is last year's closing balance.

use super::ledger::names_a_line;
use crate::model::{Money, Outcome, Record, Side};
use crate::reconcile::figure::{Figure, figure, judge, why_blocked};
use crate::reconcile::part::Part;
use crate::reconcile::scene::{Results, Scene};
use crate::round::LedgerLine;
use rust_decimal::Decimal;

/// Tests every row against its line of the ledger, to the penny.
pub(super) fn test(scene: &Scene<'_>, opening: usize, ledger: &str, column: &str, results: &mut Results) {
    for record in scene.tables().flat_map(|table| &table.records) {
        let Some(cell) = record.cells.get(opening) else { continue };
        let closing = ledger_line(scene, record, ledger, column);
        let expected = Side {
            amount: closing.map(|(_, amount)| amount),
            at: None,
            ledger_line: closing.map(|(line, _)| line.line),
        };
        let mut stated = Side { amount: None, at: Some(cell.at), ledger_line: None };
        let none = "The ledger has no closing balance of last year.";
        let outcome = match (figure(cell), closing) {
            (Figure::Amount(Money { pounds, .. }), Some((_, amount))) => {
                stated.amount = Some(pounds);
                judge(pounds, amount, scene.control.tolerance, Decimal::ZERO)
            }
            (Figure::Amount(money), None) => {
                stated.amount = Some(money.pounds);
                Outcome::Untestable { blocked_by: Vec::new(), why: none.to_owned() }
            }
            (Figure::Blank | Figure::Blocked, closing) => {
                let mut why = why_blocked(cell, scene.field(opening));
                if closing.is_none() {
                    why = format!("{why} {none}");
                }
                Outcome::Untestable { blocked_by: vec![cell.at], why }
            }
        };
        results.list(scene.comparison(scene.line(record, opening), stated, expected, Vec::new(), outcome));
    }
}

/// The only line of the ledger that has this figure and fits the record: its partner is the sender or not named, and
/// none of its other names contradicts the record.
fn ledger_line<'a>(
    scene: &Scene<'a>,
    record: &Record,
    ledger: &str,
    column: &str,
) -> Option<(&'a LedgerLine, Decimal)> {
    let fits = |line: &&LedgerLine| {
        line.names.iter().all(|(heading, name)| !contradicts(scene, record, heading, name))
    };
    let ledger_of = |partner| scene.round.ledger.of(ledger, partner).map(|(_, line)| line);
    let own = scene.sender().into_iter().flat_map(|sender| ledger_of(Some(sender)));
    let mut lines = own.chain(ledger_of(None)).filter(fits).filter_map(|line| {
        let amount = line.amounts.get(column)?;
        Some((line, *amount))
    });
    lines.next().filter(|_| lines.next().is_none())
}

fn contradicts(scene: &Scene<'_>, record: &Record, heading: &str, name: &str) -> bool {
    let Some(field) = scene.schema.field(heading) else { return false };
    let part = Part::of(record.cells.get(field));
    // Who sent it is told by the line's partner, comments name nothing.
    !name.trim().is_empty()
        && names_a_line(scene.field(field).kind)
        && heading != "note"
        && !part.is_unnamed()
        && !part.is(name, scene.field(field), scene.round)
}

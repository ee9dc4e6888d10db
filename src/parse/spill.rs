//! One cell that says what belongs in two: the second part goes into the field that is there for it, if that is blank.
//!
//! `Sept 13 (revised Dec 13)` is a first date and a new one (catalogue item C22); `NHS/Police` is a lead and a contributor
//! (C09). The cell that was typed carries the note for both.

use super::date;
use super::plan::{Kind, Plan};
use crate::model::{Cell, ChangeKind, Reading, Value};
use crate::schema::Role;

/// Spreads the cells of a row that say two things.
pub(super) fn spread(plan: &Plan<'_>, typed: &mut [Cell]) {
    // Hardly any row has one.
    let Some(at) = typed.iter().position(says_two) else { return };
    for index in at..typed.len() {
        let Some(change) = typed[index].change.as_ref().filter(|_| says_two(&typed[index])) else { continue };
        let words = change.typed.clone();
        match change.kind {
            ChangeKind::RevisedDate => dates(plan, typed, index, &words),
            _ => agencies(plan, typed, index, &words),
        }
    }
}

/// True if nothing was typed: a word for *no date* is something.
fn is_free(cell: &Cell) -> bool {
    cell.is_blank() && cell.change.is_none()
}

fn says_two(cell: &Cell) -> bool {
    let kind = cell.change.as_ref().map(|change| change.kind);
    matches!(kind, Some(ChangeKind::RevisedDate | ChangeKind::FirstOfSeveral))
}

fn dates(plan: &Plan<'_>, typed: &mut [Cell], index: usize, words: &str) {
    let has = |role| move |field: &super::plan::FieldPlan<'_>| field.field.role == Some(role);
    if !plan.fields.get(index).is_some_and(has(Role::TargetDate)) {
        return;
    }
    let Some(revised) = plan.fields.iter().position(has(Role::RevisedDate)) else { return };
    let Some((first, second)) = date::first_and_revised(words, plan.dates) else { return };
    if typed.get(revised).is_some_and(is_free) {
        typed[index].reading = Reading::Value(Value::Date(first));
        typed[revised].reading = Reading::Value(Value::Date(second));
    }
}

fn agencies(plan: &Plan<'_>, typed: &mut [Cell], index: usize, words: &str) {
    let Some(Value::Agency(lead)) = typed[index].value() else { return };
    let many = |field: &super::plan::FieldPlan<'_>| matches!(field.kind, Kind::Agency) && field.field.many;
    let Some(others) = plan.fields.iter().position(many) else { return };
    let named = plan.agencies.within(words).into_iter().filter(|agency| agency != lead);
    let named: Vec<_> = named.collect();
    if !named.is_empty() && typed.get(others).is_some_and(is_free) {
        typed[others].reading = Reading::Value(Value::Agencies(named.into()));
    }
}

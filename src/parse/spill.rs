//! One cell that says what belongs in two: the second part goes into the field that is there for it, if that is blank.
//!
//! `Sept 13 (revised Dec 13)` is a first date and a new one (catalogue item C22); `NHS/Police` is a lead and a contributor
//! (C09). The cell that was typed carries the note for both.

use super::date;
use super::plan::{FieldPlan, Kind, Plan};
use crate::model::{Cell, ChangeKind, Reading, Value};
use crate::schema::Role;

/// Spreads the cells of a row that say two things.
pub(super) fn spread(plan: &Plan<'_>, typed: &mut [Cell]) {
    for index in 0..typed.len() {
        // Hardly any row has one.
        let Some(change) = &typed[index].change else { continue };
        let done = match change.kind {
            ChangeKind::RevisedDate => dates(plan, typed, index),
            ChangeKind::FirstOfSeveral => agencies(plan, typed, index),
            _ => None,
        };
        if let (Some(kind), Some(change)) = (done, &mut typed[index].change) {
            change.kind = kind;
        }
    }
}

fn dates(plan: &Plan<'_>, typed: &mut [Cell], index: usize) -> Option<ChangeKind> {
    let role = |field: &FieldPlan<'_>| field.field.role;
    plan.fields.get(index).filter(|field| role(field) == Some(Role::TargetDate))?;
    let revised = plan.fields.iter().position(|field| role(field) == Some(Role::RevisedDate))?;
    let words = typed[index].change.as_ref()?.typed.as_str();
    let (first, second) = date::first_and_revised(words, plan.dates)?;
    let place = typed.get_mut(revised).filter(|cell| is_free(cell))?;
    place.reading = Reading::Value(Value::Date(second));
    typed[index].reading = Reading::Value(Value::Date(first));
    Some(ChangeKind::FirstAndRevised)
}

fn agencies(plan: &Plan<'_>, typed: &mut [Cell], index: usize) -> Option<ChangeKind> {
    let Some(Value::Agency(lead)) = typed[index].value() else { return None };
    let words = typed[index].change.as_ref()?.typed.as_str();
    let named: Vec<_> = plan.agencies.within(words).into_iter().filter(|agency| agency != lead).collect();
    let many = |field: &FieldPlan<'_>| matches!(field.kind, Kind::Agency) && field.field.many;
    let others = plan.fields.iter().position(many)?;
    let place = typed.get_mut(others).filter(|cell| is_free(cell) && !named.is_empty())?;
    place.reading = Reading::Value(Value::Agencies(named.into()));
    Some(ChangeKind::LeadAndOthers)
}

/// True if nothing was typed: a word for *no date* is something.
fn is_free(cell: &Cell) -> bool {
    cell.is_blank() && cell.change.is_none()
}

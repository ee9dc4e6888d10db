//! What must be known to read a ledger line: why a figure is missing, what was left out of it, what it contains.

use super::typed::Total;
use crate::model::{Ledgered, Origin, PartnerId, Places, ReturnState, pounds};
use crate::reconcile::controls::Across;
use crate::round::LedgerLine;

/// Most cells that a note names.
const MOST_NAMED: usize = 3;

/// The note on a line of the ledger.
pub(super) fn of_line(
    across: &Across<'_>,
    line: &LedgerLine,
    no_figure: bool,
    partner: Option<PartnerId>,
    total: &Total,
) -> Option<String> {
    let mut notes = Vec::new();
    if total.figures() == 0 && !total.has_unusable() {
        notes.extend(partner.map_or_else(
            || Some("No return has an amount on this line.".to_owned()),
            |partner| {
                why_nothing(across, partner).or_else(|| {
                    let name = &across.round.partner(partner).name;
                    Some(format!("The return of {name} has no amount on this line."))
                })
            },
        ));
    }
    if no_figure {
        notes.push(format!("Line {} of the ledger has no figure.", line.line));
    }
    of_figures(across, total, &mut notes);
    joined(&notes)
}

/// The note on a line that the ledger does not have.
pub(super) fn of_stray(across: &Across<'_>, total: &Total) -> Option<String> {
    let mut notes = vec!["There is no such line in the ledger.".to_owned()];
    of_figures(across, total, &mut notes);
    joined(&notes)
}

/// The note on the control total: differences that cancel each other out (R42).
pub(super) fn of_total(ledgered: &Ledgered) -> Option<String> {
    ledgered.compensates().then(|| {
        format!(
            "Differences cancel each other out: {} in all, but {} without their signs.",
            pounds(ledgered.net),
            pounds(ledgered.gross)
        )
    })
}

/// Why a partner has nothing in the round, if no return of it is used.
pub(in crate::reconcile::controls) fn why_nothing(across: &Across<'_>, partner: PartnerId) -> Option<String> {
    let returns =
        || across.consolidated.returns.iter().filter(|entry| entry.identity.partner == Some(partner));
    if returns().any(|entry| !matches!(entry.state, ReturnState::Refused { .. })) {
        return None;
    }
    let name = &across.round.partner(partner).name;
    let refused = returns().find_map(|entry| match &entry.state {
        ReturnState::Refused { why } => Some((across.consolidated.places.file(entry.file), why)),
        _ => None,
    });
    Some(match refused {
        Some((file, why)) if why.contains(file) => format!("The return of {name} could not be used. {why}"),
        Some((file, why)) => format!("The return of {name} ({file}) could not be used. {why}"),
        None => format!("No return of {name} has come."),
    })
}

fn of_figures(across: &Across<'_>, total: &Total, notes: &mut Vec<String>) {
    let places = &across.consolidated.places;
    for (file, amount) in &total.superseded {
        notes.push(format!("{} of it is in {}, which was superseded.", pounds(*amount), places.file(*file)));
    }
    let held: Vec<Origin> = total.addends().filter(|addend| addend.held).map(|addend| addend.at).collect();
    if !held.is_empty() {
        notes.push(format!("Held because of a minus, counted as typed: {}.", cells(places, &held)));
    }
    if total.has_unusable() {
        notes.push(format!("Not readable, counted as nothing: {}.", cells(places, &total.unusable)));
    }
    if !total.unnamed.is_empty() {
        let cells = cells(places, &total.unnamed);
        notes.push(format!("Counted here although the row does not say for which line it is: {cells}."));
    }
}

fn cells(places: &Places, cells: &[Origin]) -> String {
    let mut shown: Vec<String> = cells.iter().take(MOST_NAMED).map(|at| places.show(*at)).collect();
    if cells.len() > MOST_NAMED {
        shown.push(format!("{} more", cells.len() - MOST_NAMED));
    }
    shown.join(", ")
}

fn joined(notes: &[String]) -> Option<String> {
    (!notes.is_empty()).then(|| notes.join(" "))
}

//! What must be known to read a ledger line: why a figure is missing, what was left out of it, what it contains.

use super::typed::Total;
use crate::model::{Comparison, Ledgered, Origin, Outcome, PartnerId, Places, ReturnState, Scope, pounds};
use crate::reconcile::controls::Across;
use crate::reconcile::explain::LineFacts;
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
    if !total.came() && total.why_blocked().is_none() && total.unplaced.is_empty() {
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

/// What causes of a difference on a line have to know.
pub(super) fn facts(
    across: &Across<'_>,
    lines: Vec<usize>,
    comparison: &Comparison,
    total: &Total,
) -> LineFacts {
    let nothing = match comparison.scope {
        Scope::Partner(partner) if !total.came() => why_nothing(across, partner),
        _ => None,
    };
    LineFacts { lines, superseded: total.superseded.clone(), nothing }
}

/// The note on a line that the ledger does not have.
pub(super) fn of_stray(across: &Across<'_>, total: &Total) -> Option<String> {
    let mut notes = vec!["There is no such line in the ledger.".to_owned()];
    of_figures(across, total, &mut notes);
    joined(&notes)
}

/// The note on the control total: differences that cancel each other out (R42), and lines that it leaves out.
pub(super) fn of_total(across: &Across<'_>, ledgered: &Ledgered, lines: &[Comparison]) -> Option<String> {
    let mut notes = Vec::new();
    if ledgered.compensates() {
        notes.push(format!(
            "Differences cancel each other out: {} in all, but {} without their signs.",
            pounds(ledgered.net),
            pounds(ledgered.gross)
        ));
    }
    let mut left_out: Vec<String> =
        lines.iter().filter(|line| is_blocked(line)).map(|line| left_out(across, line)).collect();
    if left_out.len() > MOST_NAMED {
        let more = left_out.split_off(MOST_NAMED).len();
        left_out.push(format!("{more} more"));
    }
    if !left_out.is_empty() {
        notes.push(format!(
            "Left out on both sides, because it could not be tested: {}.",
            left_out.join("; ")
        ));
    }
    joined(&notes)
}

/// True if cells that could not be read stand in the way of a line.
pub(super) fn is_blocked(line: &Comparison) -> bool {
    matches!(&line.outcome, Outcome::Untestable { blocked_by, .. } if !blocked_by.is_empty())
}

fn left_out(across: &Across<'_>, line: &Comparison) -> String {
    let name = match line.scope {
        Scope::Partner(partner) => format!("{}, {}", across.round.partner(partner).name, line.line),
        Scope::Round => line.line.clone(),
    };
    match line.expected.amount {
        Some(amount) => format!("{name} ({} in the ledger)", pounds(amount)),
        None => name,
    }
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
        let cells = cells(places, &held);
        notes.push(format!("Held because of a minus: {cells}. Counted as typed in Returned, not in Used."));
    }
    if total.why_blocked().is_some() {
        if !total.unusable.is_empty() {
            notes.push(format!("Without a figure: {}.", cells(places, &total.unusable)));
        }
        if let Some(readable) = total.readable() {
            notes.push(format!("The amounts that could be read come to {}.", pounds(readable)));
        }
    }
    if !total.unread.is_empty() {
        let cells = cells(places, &total.unread);
        notes.push(format!("Not readable in a return that was superseded, counted as nothing: {cells}."));
    }
    if !total.unplaced.is_empty() {
        let cells = cells(places, &total.unplaced);
        notes.push(format!("Not counted, because the row cannot be placed: {cells}."));
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

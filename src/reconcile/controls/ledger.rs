//! R04, R05, R15, R24 and R42: what partners typed against the ledger, line by line and in all.
//!
//! A line's stated figure is everything that a partner typed on it in all its returns, superseded ones included: that is
//! what adding the files up gives, and every penny of it has to be explained. A return that a file with our list replaces does
//! not come here. A line with an amount that cannot be read
//! cannot be tested, and the sums over all lines leave it out on both sides; a minus counts as a minus; a row whose key
//! cannot be read is nobody's and is not counted. The ledger is compared exactly: rounding excuses nothing here.

mod lines;
mod notes;
mod typed;
mod used;

#[cfg(test)]
mod tests;

pub(in crate::reconcile) use lines::Line;
pub(in crate::reconcile) use lines::line_in_words;
pub(super) use lines::names_a_line;
pub(super) use notes::why_nothing;
pub(super) use typed::typed;
pub(in crate::reconcile) use typed::{Total, Typed};
pub(super) use used::used_on;

use super::{Across, Gathered};
use crate::model::{Comparison, FileId, Ledgered, Origin, Outcome, PartnerId, ReturnState, Scope, Side};
use crate::reconcile::explain::LineFacts;
use crate::reconcile::figure::{MOST_LISTED, Sum, judge};
use crate::reconcile::words::lower_first;
use crate::round::LedgerLine;
use rust_decimal::Decimal;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// What a ledger control asks for.
pub(super) struct Wanted<'a> {
    pub(super) amount: usize,
    pub(super) by: &'a [usize],
    pub(super) ledger: &'a str,
    pub(super) column: &'a str,
    pub(super) agreed: Option<&'a str>,
    pub(super) complete: bool,
}

impl Gathered {
    /// Adds what one return typed under a ledger control.
    pub(in crate::reconcile) fn add(
        &mut self,
        control: usize,
        file: FileId,
        sender: Option<PartnerId>,
        accepted: bool,
        typed: &Typed,
    ) {
        for (line, sums) in &typed.lines {
            self.typed.entry((control, line.clone())).or_default().add(file, sender, accepted, sums);
        }
        if accepted {
            let rows = typed.uncounted.iter().map(|&(sheet, row)| (file, sheet, row));
            self.uncounted.entry(control).or_default().extend(rows);
        }
    }
}

/// One line of the ledger; lines of the same name are one.
struct Entry<'a> {
    first: &'a LedgerLine,
    /// Pounds; `None` if the ledger has no figure.
    amount: Option<Decimal>,
    /// Places among the ledger's lines.
    members: Vec<usize>,
}

/// Compares every line of the ledger, then the lines that the ledger does not have, then the control total.
pub(super) fn test(across: &Across<'_>, wanted: &Wanted<'_>) -> (Vec<Comparison>, Ledgered, Vec<LineFacts>) {
    let mut comparisons: Vec<Comparison> = Vec::new();
    let mut facts = Vec::new();
    for entry in entries(across, wanted) {
        let total = together(across, &entry.members);
        let Some(comparison) = against_ledger(across, wanted, &entry, &total) else { continue };
        facts.push(notes::facts(across, entry.members, &comparison, &total));
        comparisons.push(comparison);
    }
    for (line, total) in typed_by_line(across) {
        if let Line::Stray { partner, words } = line
            && (total.came() || total.why_blocked().is_some())
        {
            let comparison = stray(across, wanted, *partner, words, total);
            facts.push(notes::facts(across, Vec::new(), &comparison, total));
            comparisons.push(comparison);
        }
    }
    let ledgered = totals(across, wanted, &comparisons);
    if wanted.complete {
        let total = control_total(across, wanted, &ledgered, &comparisons);
        comparisons.push(total);
    }
    (comparisons, ledgered, facts)
}

fn typed_by_line<'a>(across: &Across<'a>) -> impl Iterator<Item = (&'a Line, &'a Total)> + use<'a> {
    let (index, from) = (across.index, (across.index, Line::Ledger(0)));
    let lines = across.gathered.typed.range(from..).take_while(move |((control, _), _)| *control == index);
    lines.map(|((_, line), total)| (line, total))
}

/// What was typed on any of some lines.
fn together<'a>(across: &Across<'a>, members: &[usize]) -> Cow<'a, Total> {
    let of = |&member: &usize| across.gathered.typed.get(&(across.index, Line::Ledger(member)));
    let mut found = members.iter().filter_map(of);
    let first = found.next().map(Cow::Borrowed).unwrap_or_default();
    found.fold(first, |sum, more| Cow::Owned(sum.into_owned().joined(more.clone())))
}

/// The lines of a ledger, in its order. Two lines with the same names are one line with two amounts.
fn entries<'a>(across: &Across<'a>, wanted: &Wanted<'_>) -> Vec<Entry<'a>> {
    let mut entries: Vec<Entry<'a>> = Vec::new();
    let mut places: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    let schema = &across.round.schema.tables[across.control.table];
    for (place, line) in across.round.ledger.lines.iter().enumerate() {
        if line.table != wanted.ledger {
            continue;
        }
        let amount = line.amounts.get(wanted.column).copied();
        let alike = places.entry(lines::name_hash(schema, wanted.by, line)).or_default();
        let is_known = |known: &&usize| lines::are_one(schema, wanted.by, entries[**known].first, line);
        let known = alike.iter().find(is_known).copied().unwrap_or_else(|| {
            alike.push(entries.len());
            entries.push(Entry { first: line, amount: None, members: Vec::new() });
            entries.len() - 1
        });
        let entry = &mut entries[known];
        entry.members.push(place);
        entry.amount = match (entry.amount, amount) {
            (Some(sum), Some(more)) => Some(sum.saturating_add(more)),
            (sum, more) => sum.or(more),
        };
    }
    entries
}

fn against_ledger(
    across: &Across<'_>,
    wanted: &Wanted<'_>,
    entry: &Entry<'_>,
    total: &Total,
) -> Option<Comparison> {
    let (came, blocked) = (total.came(), total.why_blocked().is_some());
    let agreed = wanted.agreed.and_then(|column| entry.first.amounts.get(column));
    let agreed = agreed.is_some_and(|agreed| !agreed.is_zero());
    match entry.amount {
        None if !(came || blocked || wanted.complete && agreed) => return None,
        Some(_) if !came && !blocked && !wanted.complete => return None,
        _ => {}
    }
    let partner = entry.first.partner.or_else(|| owner(across, total));
    let expected = Side { amount: entry.amount, at: None, ledger_line: Some(entry.first.line) };
    let stated = total.stated();
    let outcome = if entry.amount.is_none() && !came && !blocked {
        let why = format!("Line {} of the ledger has no figure, and no return has one.", entry.first.line);
        Outcome::Untestable { blocked_by: Vec::new(), why }
    } else {
        judged(across, total, &stated, &expected)
    };
    let column = &across.round.schema.tables[across.control.table].fields[wanted.amount].title;
    let line = match line_in_words(across.round, across.control.table, entry.first) {
        name if name.is_empty() => column.clone(),
        name => format!("{name} · {}", lower_first(column)),
    };
    let note = notes::of_line(across, entry.first, entry.amount.is_none(), partner, total);
    Some(comparison(across, partner, line, stated, expected, total, note, outcome))
}

fn stray(
    across: &Across<'_>,
    wanted: &Wanted<'_>,
    partner: Option<PartnerId>,
    words: &str,
    total: &Total,
) -> Comparison {
    let column = &across.round.schema.tables[across.control.table].fields[wanted.amount].title;
    let line = format!("{words} · {}", lower_first(column));
    let (stated, expected) = (total.stated(), Side::default());
    let outcome = judged(across, total, &stated, &expected);
    let note = notes::of_stray(across, total);
    comparison(across, partner, line, stated, expected, total, note, outcome)
}

#[expect(clippy::too_many_arguments, reason = "one for each part of a comparison")]
fn comparison(
    across: &Across<'_>,
    partner: Option<PartnerId>,
    line: String,
    stated: Side,
    expected: Side,
    total: &Total,
    note: Option<String>,
    outcome: Outcome,
) -> Comparison {
    let scope = partner.map_or(Scope::Round, Scope::Partner);
    let addends = if stated.at.is_some() { Vec::new() } else { total.cells() };
    Comparison {
        control: across.index,
        scope,
        line,
        stated,
        expected,
        addends,
        note,
        outcome,
        explanations: Vec::new(),
        limit: None,
    }
}

/// A line whose amounts could all be read against the ledger.
fn judged(across: &Across<'_>, total: &Total, stated: &Side, expected: &Side) -> Outcome {
    let Some(why) = total.why_blocked() else { return exactly(across, stated, expected) };
    let blocked_by = if total.unusable.is_empty() { total.cells() } else { total.unusable.clone() };
    Outcome::Untestable { blocked_by, why: why.to_owned() }
}

/// A side without a figure counts as nothing. Only a tolerance that the schema or the round gives in pounds allows for
/// more than agreement to the penny.
fn exactly(across: &Across<'_>, stated: &Side, expected: &Side) -> Outcome {
    let amount = |side: &Side| side.amount.unwrap_or_default();
    judge(amount(stated), amount(expected), across.control.tolerance, Decimal::ZERO)
}

/// Who answers for a line that names no partner: whoever typed it, else the only one asked for the table.
fn owner(across: &Across<'_>, total: &Total) -> Option<PartnerId> {
    if total.shared {
        return None;
    }
    total.by.or_else(|| {
        let [code] = across.round.schema.tables[across.control.table].from.as_slice() else { return None };
        across.round.partners().find(|(_, partner)| partner.code == *code).map(|(id, _)| id)
    })
}

/// The sums over the lines that could be tested.
fn totals(across: &Across<'_>, wanted: &Wanted<'_>, comparisons: &[Comparison]) -> Ledgered {
    let tested = || comparisons.iter().filter(|line| !notes::is_blocked(line));
    let sum =
        |figures: &mut dyn Iterator<Item = Decimal>| figures.fold(Decimal::ZERO, Decimal::saturating_add);
    let typed = sum(&mut tested().filter_map(|line| line.stated.amount));
    let ledger = sum(&mut tested().filter_map(|line| line.expected.amount));
    let gross = sum(&mut tested().filter_map(|line| line.outcome.difference()).map(|off| off.abs()));
    Ledgered {
        control: across.index,
        typed,
        merged: merged(across, wanted).unwrap_or(Decimal::MAX),
        ledger,
        net: typed.saturating_sub(ledger),
        gross,
        unexplained: gross,
        untested: u32::try_from(comparisons.len() - tested().count()).unwrap_or(u32::MAX),
    }
}

/// What is in the merged table: amounts of the returns that are used, without the rows that are held. `None` if it is too
/// large.
fn merged(across: &Across<'_>, wanted: &Wanted<'_>) -> Option<Decimal> {
    let mut merged = Sum::default();
    for (_, total) in typed_by_line(across) {
        merged.join(total.used)?;
    }
    let accepted: BTreeSet<FileId> = across
        .consolidated
        .returns
        .iter()
        .filter(|entry| entry.state == ReturnState::Accepted)
        .map(|entry| entry.file)
        .collect();
    let uncounted = across.gathered.uncounted.get(&across.index);
    for held in across.consolidated.held.iter().filter(|row| row.table == across.control.table) {
        let row = (held.at.file, held.at.sheet, held.at.cell.row);
        if accepted.contains(&held.at.file) && !uncounted.is_some_and(|rows| rows.contains(&row)) {
            let amounts = held.amounts.iter().filter(|(field, _)| *field == wanted.amount);
            amounts.map(|(_, pounds)| *pounds).try_for_each(|pounds| merged.subtract(pounds))?;
        }
    }
    merged.pounds()
}

/// R05, with R42 in its note.
fn control_total(
    across: &Across<'_>,
    wanted: &Wanted<'_>,
    ledgered: &Ledgered,
    lines: &[Comparison],
) -> Comparison {
    let column = &across.round.schema.tables[across.control.table].fields[wanted.amount].title;
    let blocked: Vec<Origin> = lines.iter().flat_map(blocked_by).copied().take(MOST_LISTED).collect();
    let none = !blocked.is_empty() && lines.iter().all(notes::is_blocked);
    let side = |amount| Side { amount: Some(amount).filter(|_| !none), ..Side::default() };
    let (stated, expected) = (side(ledgered.typed), side(ledgered.ledger));
    let outcome = if none {
        Outcome::Untestable { blocked_by: blocked, why: "No line could be tested.".to_owned() }
    } else {
        exactly(across, &stated, &expected)
    };
    Comparison {
        explanations: Vec::new(),
        limit: None,
        control: across.index,
        scope: Scope::Round,
        line: format!("Control total · {}", lower_first(column)),
        stated,
        expected,
        addends: Vec::new(),
        note: notes::of_total(across, ledgered, lines),
        outcome,
    }
}

fn blocked_by(line: &Comparison) -> &[Origin] {
    match &line.outcome {
        Outcome::Untestable { blocked_by, .. } => blocked_by,
        _ => &[],
    }
}

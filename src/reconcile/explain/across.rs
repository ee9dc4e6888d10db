//! All differences of a round, each with the figures of its own return first.

use super::case::{Book, Case, LedgerRows, Other, Others, Side};
use super::workings::Workings;
use super::{Demands, Said, explain};
use crate::model::{Comparison, Evidence, Explanation, FileId, Origin, Outcome, Places, Scope};
use crate::reconcile::figure::MOST_LISTED;
use crate::round::{LedgerLine, Round};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// Most differences of a round for which causes are looked for; the rest say that none was.
const MOST_DIFFERENCES: usize = 20_000;
/// Most cells that are named where changes found elsewhere explain a difference together.
const MOST_NAMED: usize = 10;

/// What is known of a comparison with a line of the ledger.
#[derive(Debug, Clone)]
pub(in crate::reconcile) struct LineFacts {
    /// The places of its lines in the ledger, if it has it: several of the same name are one.
    pub(in crate::reconcile) lines: Vec<usize>,
    /// Amounts on it in returns that were superseded, pounds.
    pub(in crate::reconcile) superseded: Vec<(FileId, Decimal)>,
    /// Why nothing came, if no return of the partner is used.
    pub(in crate::reconcile) nothing: Option<String>,
}

/// Tests the causes of every difference and keeps what fits with its comparison. `facts` are those of comparisons with a
/// line of the ledger, by their place.
pub(in crate::reconcile) fn explain_all(
    round: &Round,
    places: &Places,
    workings: &[Workings],
    facts: &BTreeMap<usize, LineFacts>,
    comparisons: &mut [Comparison],
) {
    if !comparisons.iter().any(|comparison| matches!(comparison.outcome, Outcome::Differs { .. })) {
        return;
    }
    let mut by_file: BTreeMap<FileId, Vec<&Workings>> = BTreeMap::new();
    for own in workings {
        by_file.entry(own.file).or_default().push(own);
    }
    let ledgers = ledgers(round, facts, comparisons);
    let rows = ledger_rows(facts, comparisons);
    let mut limits: Vec<(usize, String)> = Vec::new();
    let mut cases: Vec<(usize, Case<'_>)> = Vec::new();
    for (place, comparison) in comparisons.iter().enumerate() {
        if !matches!(comparison.outcome, Outcome::Differs { .. }) {
            continue;
        }
        if cases.len() == MOST_DIFFERENCES {
            limits.push((place, TOO_MANY.to_owned()));
            continue;
        }
        let book =
            facts.get(&place).zip(ledgers.get(&comparison.control)).map(|(facts, (others, places))| Book {
                lines: lines_of(round, &facts.lines),
                superseded: facts.superseded.clone(),
                nothing: facts.nothing.clone(),
                others,
                own: places
                    .binary_search_by_key(&place, |(place, _)| *place)
                    .map_or(usize::MAX, |found| places[found].1),
            });
        let own = workings_of(comparison, &by_file, workings);
        limits.extend(limit(comparison, &own).map(|limit| (place, limit)));
        cases.extend(Case::new(round, places, comparison, own, book, &rows).map(|case| (place, case)));
    }
    let demands = demands(&cases);
    let mut found: Vec<Said> = cases.iter().map(|(_, case)| explain(case, &demands)).collect();
    together(&cases, &mut found);
    for ((place, case), said) in cases.iter().zip(&found) {
        let alike = case.book.as_ref().is_some_and(|book| book.passes_over(case.difference));
        limits.extend(alike.then(|| (*place, ALIKE.to_owned())));
        limits.extend((said.more > 0).then(|| (*place, more(said.more))));
    }
    let found: Vec<(usize, Vec<Explanation>)> =
        cases.iter().map(|(place, _)| *place).zip(found.into_iter().map(|said| said.explanations)).collect();
    drop(cases);
    for (place, limit) in limits {
        if let Some(comparison) = comparisons.get_mut(place) {
            let before = comparison.limit.take().map(|before| before + " ").unwrap_or_default();
            comparison.limit = Some(before + &limit);
        }
    }
    for (place, explanations) in found {
        if let Some(comparison) = comparisons.get_mut(place) {
            comparison.explanations = explanations;
        }
    }
}

/// What is said where a round has more differences than are looked into.
const TOO_MANY: &str = "No cause was looked for: the round has more than 20,000 differences.";
/// What is said of a long return.
const CUT: &str = "The return has more than 2,000 rows: causes were looked for among the first 2,000 only.";
/// What is said of a sum of many figures.
const LONG: &str = "Causes were looked for among the first 100 of the figures that are added up.";

/// What is said where more lines of the ledger have an amount than are looked at.
const ALIKE: &str =
    "More than 20 lines of the ledger come to the same amount: only the first 20 were looked at.";

/// What is said of causes that fit and are not kept.
fn more(count: usize) -> String {
    format!("{count} more of what would explain it {} left out.", if count == 1 { "is" } else { "are" })
}

/// Where causes are not looked for in everything, what is said of it.
fn limit(comparison: &Comparison, own: &[&Workings]) -> Option<String> {
    let long = (comparison.addends.len() >= MOST_LISTED).then_some(LONG);
    own.iter().find(|own| own.cut).map(|_| CUT).or(long).map(str::to_owned)
}

fn lines_of<'a>(round: &'a Round, places: &[usize]) -> Vec<&'a LedgerLine> {
    places.iter().filter_map(|place| round.ledger.lines.get(*place)).collect()
}

/// The rows that are the only ones on a line of the ledger.
fn ledger_rows<'a>(facts: &'a BTreeMap<usize, LineFacts>, comparisons: &[Comparison]) -> LedgerRows<'a> {
    let held = facts.iter().filter_map(|(place, about)| {
        let comparison = comparisons.get(*place)?;
        let at = comparison.stated.at.filter(|_| !about.lines.is_empty())?;
        Some(((at.file, at.sheet, at.cell.row), comparison.control, about.lines.as_slice()))
    });
    LedgerRows::new(held.collect())
}

/// The figures of the returns that a difference is in: of the one that its cells stand in, or of several that have amounts
/// on one line of the ledger.
fn workings_of<'a>(
    comparison: &Comparison,
    by_file: &BTreeMap<FileId, Vec<&'a Workings>>,
    all: &'a [Workings],
) -> Vec<&'a Workings> {
    let cells: Vec<Origin> = comparison.stated.at.iter().chain(&comparison.addends).copied().collect();
    let mut found: Vec<&'a Workings> = Vec::new();
    for at in &cells {
        if found.iter().any(|own| own.at(*at).is_some()) {
            continue;
        }
        // A file may hold the returns of several partners.
        let of_file = by_file.get(&at.file).map_or(&[] as &[&Workings], Vec::as_slice);
        let by_cell = of_file.iter().find(|own| own.at(*at).is_some());
        let own = by_cell.or(of_file.first().filter(|_| found.is_empty())).copied();
        found.extend(own.filter(|own| !found.iter().any(|known| std::ptr::eq(*known, *own))));
    }
    if let (Scope::Partner(partner), true) = (comparison.scope, cells.is_empty()) {
        found.extend(all.iter().find(|own| own.partner == Some(partner)));
    }
    found
}

/// The place of a comparison, and that of its line among those of its ledger; in order.
type LinePlaces = Vec<(usize, usize)>;

/// The lines of every ledger control, and the place of each comparison among them.
fn ledgers(
    round: &Round,
    facts: &BTreeMap<usize, LineFacts>,
    comparisons: &[Comparison],
) -> BTreeMap<usize, (Others, LinePlaces)> {
    let mut found: BTreeMap<usize, (Vec<Other>, LinePlaces)> = BTreeMap::new();
    for (&place, about) in facts {
        let Some(comparison) = comparisons.get(place) else { continue };
        let (others, places) = found.entry(comparison.control).or_default();
        let line = about.lines.first().and_then(|first| Some((*first, round.ledger.lines.get(*first)?)));
        let (Some((first, line)), Some(amount)) = (line, comparison.expected.amount) else { continue };
        places.push((place, others.len()));
        let difference = comparison.outcome.difference();
        // A line that names no partner is whoever's answers for it.
        let partner = line.partner.or(match comparison.scope {
            Scope::Partner(partner) => Some(partner),
            Scope::Round => None,
        });
        others.push(Other { line: first, partner, amount, difference });
    }
    found.into_iter().map(|(control, (lines, places))| (control, (Others::new(lines), places))).collect()
}

/// What figures would have to become, by how many differences of their return ask for it.
fn demands(cases: &[(usize, Case<'_>)]) -> Demands {
    let mut demands = Demands::new();
    for (_, case) in cases {
        let asked: BTreeSet<(Origin, Decimal)> = case
            .terms
            .iter()
            .filter_map(|term| Some((term.figure.at, term.would_be(case.difference)?)))
            .collect();
        for one in asked {
            *demands.entry(one).or_default() += 1;
        }
    }
    demands
}

/// What would change in a figure, pounds, why, and in which difference that was found.
type Changes = BTreeMap<Origin, (Decimal, &'static str, usize)>;

/// Differences that nothing explains by itself, but that the changes found in others explain together: a column with two
/// wrong figures, each of which its own row tells.
fn together(cases: &[(usize, Case<'_>)], found: &mut [Said]) {
    let mut changes = Changes::new();
    for (number, ((_, case), said)) in cases.iter().zip(found.iter()).enumerate() {
        let Some((first, (at, would_be))) = said.explanations.first().zip(said.change) else { continue };
        if let Some(term) = case.terms.iter().find(|term| term.figure.at == at) {
            let change = term.figure.pounds.saturating_sub(would_be);
            changes.entry(at).or_insert((change, first.cause, number));
        }
    }
    for (number, ((_, case), said)) in cases.iter().zip(found.iter_mut()).enumerate() {
        let closed = |one: &Explanation| one.remains.is_zero() && one.evidence != Evidence::Possible;
        if !said.explanations.iter().any(closed)
            && let Some(explanation) = following(case, number, &changes)
        {
            said.explanations.insert(0, explanation);
        }
    }
}

/// What follows for a difference from the changes of its figures that other differences ask for: all of them together, for
/// some of many would fit by chance.
fn following(case: &Case<'_>, number: usize, changes: &Changes) -> Option<Explanation> {
    let mut cells: Vec<Origin> = Vec::new();
    let mut sum = Decimal::ZERO;
    let mut why = None;
    for term in &case.terms {
        let Some((change, name, of)) = changes.get(&term.figure.at) else { continue };
        if *of == number || cells.contains(&term.figure.at) {
            continue;
        }
        sum = sum.checked_add(if term.side == Side::Adds { *change } else { -*change })?;
        why = why.or(Some(*name));
        cells.push(term.figure.at);
    }
    if sum != case.difference {
        return None;
    }
    let mut named: Vec<String> = cells.iter().take(MOST_NAMED).map(|at| case.cell(*at)).collect();
    if cells.len() > MOST_NAMED {
        named.push(format!("{} more cells", cells.len() - MOST_NAMED));
    }
    let why = why?;
    Some(Explanation {
        cause: why,
        page: super::CAUSES.iter().find(|cause| cause.name == why).map_or("", |cause| cause.source),
        evidence: Evidence::Confirmed,
        explains: case.difference,
        remains: Decimal::ZERO,
        words: format!("It follows from what is said of {}.", named.join(" and ")),
        cells,
    })
}

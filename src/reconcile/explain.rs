//! Why figures differ: causes that are tested before they are said.
//!
//! One cause a file. A cause looks at one figure of a difference, with what it would have to be for the difference to be
//! gone (two digits swapped, a sign, a unit), or at the difference as a whole (a return counted twice, a stream beside it).
//! What is put forward closes the gap to the penny or says what is left. All that fit are kept, those that the files show
//! before those that arithmetic alone suggests; none of them is said to be *the* cause. Source: the order in which
//! accountants look for a difference, and the measured chance of a false hit of each sign.

mod across;
mod another_figure;
mod case;
mod causes;
mod committed;
mod counted_twice;
mod cumulative;
mod digits_swapped;
mod figures;
mod formula;
mod hidden_row;
mod instalment;
mod left_out;
mod no_return;
mod one_sided;
mod other_stream;
mod outside_year;
mod prior_year;
mod replaced_return;
mod rounding;
mod subtotal;
mod sum_of_items;
mod text_in_total;
mod two_partners;
mod vat;
mod workings;
mod wrong_line;
mod wrong_sign;
mod wrong_unit;

pub(in crate::reconcile) use across::{LineFacts, explain_all};
pub use causes::{CAUSES, Cause};
pub(in crate::reconcile) use workings::Workings;

use crate::model::{Evidence, Explanation, Origin};
use case::{Case, Term};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// Most explanations that are kept of one difference.
const MOST_KEPT: usize = 6;

/// What a cause says of a difference.
#[derive(Debug, Clone)]
struct Claim {
    evidence: Evidence,
    /// The part of the difference that it accounts for, pounds.
    explains: Decimal,
    cells: Vec<Origin>,
    words: String,
    /// Another line of the ledger that it names.
    line: Option<String>,
    /// The figure that would have to change, and to what.
    change: Option<(Origin, Decimal)>,
}

/// One hypothesis.
trait Hypothesis: Sync {
    /// Its name and documentation.
    fn cause(&self) -> &'static Cause;

    /// Says whether a figure could have become what it is from what it would have to be. Pounds.
    fn figure(&self, case: &Case<'_>, term: &Term<'_>, would_be: Decimal) -> Option<Claim> {
        let _ = (case, term, would_be);
        None
    }

    /// Looks at a difference (or what is left of it, pounds) as a whole.
    fn whole(&self, case: &Case<'_>, off: Decimal, claims: &mut Vec<Claim>) {
        let _ = (case, off, claims);
    }
}

/// In how many differences of a return a figure would have to change to the same amount.
type Demands = BTreeMap<(Origin, Decimal), u32>;

/// A claim with what it is ranked by.
struct Ranked {
    order: usize,
    contradicted: bool,
    cause: &'static Cause,
    claim: Claim,
}

/// What is said of a difference, the likeliest first, and what that would change: the figure and its amount, pounds.
#[derive(Debug, Default)]
struct Said {
    explanations: Vec<Explanation>,
    /// How many more would explain it.
    more: usize,
    change: Option<(Origin, Decimal)>,
}

/// Tests every cause against a difference.
fn explain(case: &Case<'_>, demands: &Demands) -> Said {
    let mut ranked = claims(case, demands, case.difference);
    ranked.sort_by_key(|one| key(one, case.difference));
    let closes = |one: &Ranked| one.claim.explains == case.difference;
    let mut kept: Vec<Explanation> = Vec::new();
    let mut more = 0;
    let first = ranked.iter().find(|one| closes(one) && one.claim.evidence < Evidence::Possible);
    let mut change = first.and_then(|one| one.claim.change);
    let mut whole = first.is_some();
    if !whole {
        // What the files show goes first although it leaves something, and then what explains the rest.
        kept.extend(in_two_steps(case, demands, &ranked));
        whole = !kept.is_empty();
    }
    if whole && !case.is_ledger() {
        // Where no one figure would change, the total itself is what would be another.
        let total = case.stated().and_then(|term| Some((term.figure.at, term.would_be(case.difference)?)));
        change = change.or(total);
    }
    for one in ranked.into_iter().filter(|one| closes(one) || one.claim.evidence == Evidence::Shown) {
        let explanation = said(&one, case.difference);
        // A cause is said of its cells once, and of every other line that it names.
        let same = |other: &Explanation| {
            other.cause == explanation.cause
                && other.cells == explanation.cells
                && (one.claim.line.is_none() || other.words == explanation.words)
        };
        if kept.iter().any(same) {
            continue;
        }
        if kept.len() < MOST_KEPT {
            kept.push(explanation);
        } else {
            more += 1;
        }
    }
    Said { explanations: kept, more, change }
}

fn key(one: &Ranked, difference: Decimal) -> (bool, bool, Evidence, bool, usize) {
    let closes = one.claim.explains == difference;
    let possible = one.claim.evidence == Evidence::Possible;
    (possible, !closes, one.claim.evidence, one.contradicted, one.order)
}

fn said(one: &Ranked, of: Decimal) -> Explanation {
    let remains = of.saturating_sub(one.claim.explains);
    let mut words = one.claim.words.clone();
    if !remains.is_zero() {
        words = format!("{words} That leaves {}.", crate::model::pounds(remains.abs()));
    }
    Explanation {
        cause: one.cause.name,
        page: one.cause.source,
        evidence: one.claim.evidence,
        explains: one.claim.explains,
        remains,
        cells: one.claim.cells.clone(),
        words,
    }
}

/// Something that the files show and that leaves a rest, with the cause of the rest.
fn in_two_steps(case: &Case<'_>, demands: &Demands, ranked: &[Ranked]) -> Vec<Explanation> {
    for first in ranked.iter().filter(|one| one.claim.evidence == Evidence::Shown) {
        let rest = case.difference.saturating_sub(first.claim.explains);
        if rest.is_zero() || first.claim.explains.is_zero() {
            continue;
        }
        let mut then = claims(case, demands, rest);
        // The same cells cannot be to blame twice; the total itself is in both.
        let total = case.stated().map(|term| term.figure.at);
        let shared = |at: &Origin| Some(*at) != total && first.claim.cells.contains(at);
        then.retain(|one| {
            one.claim.explains == rest
                && one.claim.evidence < Evidence::Possible
                && !one.claim.cells.iter().any(shared)
                && !(one.cause.name == first.cause.name && one.claim.cells == first.claim.cells)
        });
        then.sort_by_key(|one| key(one, rest));
        if let Some(second) = then.first() {
            return vec![said(first, case.difference), said(second, rest)];
        }
    }
    Vec::new()
}

/// Everything that any cause says of a difference (or of what is left of it).
fn claims(case: &Case<'_>, demands: &Demands, difference: Decimal) -> Vec<Ranked> {
    let mut found = Vec::new();
    let would_be = |term| Some((term, Term::would_be(term, difference)?));
    let terms: Vec<(&Term<'_>, Decimal)> = case.terms.iter().filter_map(would_be).collect();
    for (order, hypothesis) in causes::ALL.iter().enumerate() {
        let about = hypothesis.cause();
        for &(term, would_be) in &terms {
            let Some(mut claim) = hypothesis.figure(case, term, would_be) else { continue };
            claim.explains = difference;
            claim.change = Some((term.figure.at, would_be));
            let contradicted = settle(case, demands, term, would_be, &mut claim);
            found.push(Ranked { order, contradicted, cause: about, claim });
        }
        let mut whole = Vec::new();
        hypothesis.whole(case, difference, &mut whole);
        found.extend(whole.into_iter().map(|claim| Ranked {
            order,
            contradicted: false,
            cause: about,
            claim,
        }));
    }
    // What leaves more than there was is no cause of it.
    let left = |one: &Ranked| difference.saturating_sub(one.claim.explains).abs();
    found.retain(|one| left(one) < difference.abs());
    found
}

/// Raises a claim about one figure that other figures confirm; true if others speak against it.
fn settle(case: &Case<'_>, demands: &Demands, term: &Term<'_>, would_be: Decimal, claim: &mut Claim) -> bool {
    let also = demands.get(&(term.figure.at, would_be)).copied().unwrap_or(0);
    let known = if case.is_ledger() {
        term.through.then(|| case.ledger_figure(term.figure.at, term.figure.field)).flatten()
    } else {
        case.known(term.figure.at, term.figure.field)
    };
    let across = case.quarters(term.line, term.grid.table, term.figure.field);
    let sum = across.iter().try_fold(Decimal::ZERO, |sum, part| sum.checked_add(part.pounds));
    let adds_to_it = across.len() > 1 && sum == Some(would_be);
    if also > 1 || known == Some(would_be) || adds_to_it {
        claim.evidence = claim.evidence.min(Evidence::Confirmed);
    }
    // The ledger has another figure for the very quarter, or the quarters add to the figure as it is.
    known.is_some_and(|known| known != would_be)
        || !term.through && across.len() > 1 && sum == Some(term.figure.pounds)
}

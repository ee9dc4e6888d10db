//! R46: the shares that are printed follow from the amounts.

use super::Across;
use crate::model::{Cell, Comparison, Origin, Outcome, Scope, Side, Value};
use crate::reconcile::figure::{Figure, figure, judge, why_blocked};
use crate::reconcile::scene::Scene;
use crate::schema::{Control, ControlKind};
use rust_decimal::{Decimal, RoundingStrategy};

/// Most shares of one return that are tested.
const MOST_SHARES: usize = 2_000;

/// One share that a return states.
#[derive(Debug, Clone)]
struct Share {
    scope: Scope,
    line: String,
    /// Percent.
    stated: Decimal,
    at: Origin,
    /// Pounds and their cell, or why there are none.
    amount: Result<(Decimal, Origin), (Origin, String)>,
    /// The sum of the return's amounts, if its shares are of that.
    whole: Option<Decimal>,
}

/// The shares that returns state, and the sum of the amounts that they are of.
#[derive(Debug, Clone, Default)]
pub(in crate::reconcile) struct Shares {
    list: Vec<Share>,
    /// Pounds, whether or not the row states a share.
    sum: Decimal,
}

impl Shares {
    /// Adds the shares of another return.
    pub(in crate::reconcile) fn extend(&mut self, more: Self) {
        self.list.extend(more.list);
        self.sum = self.sum.saturating_add(more.sum);
    }
}

/// The shares of one return. Shares that add up to a whole are shares of the return's own sum; others are shares of the
/// round's.
pub(super) fn stated(scene: &Scene<'_>, share: usize, amount: usize) -> Shares {
    let mut shares = Vec::new();
    let mut sum = Decimal::ZERO;
    let ours = scene.ours();
    for table in scene.tables() {
        let from = shares.len();
        let (mut hundred, mut whole) = (Decimal::ZERO, Decimal::ZERO);
        for record in table.records.iter().filter(|record| ours(record)) {
            let Some(base) = record.cells.get(amount) else { continue };
            let pounds = figure(base);
            if let Figure::Amount(money) = pounds {
                whole = whole.saturating_add(money.pounds);
            }
            let Some((at, stated)) = record.cells.get(share).and_then(percent) else { continue };
            hundred = hundred.saturating_add(stated);
            if shares.len() < MOST_SHARES {
                shares.push(Share {
                    scope: scene.scope(),
                    line: scene.line(record, share),
                    stated,
                    at,
                    amount: match pounds {
                        Figure::Amount(money) => Ok((money.pounds, base.at)),
                        _ => Err((base.at, why_blocked(base, scene.field(amount)))),
                    },
                    whole: None,
                });
            }
        }
        let own = shares.len() > from + 1 && (hundred - Decimal::ONE_HUNDRED).abs() <= Decimal::ONE;
        for share in &mut shares[from..] {
            share.whole = own.then_some(whole);
        }
        sum = sum.saturating_add(whole);
    }
    Shares { list: shares, sum }
}

/// Tests every share. Shares of the round are of the ledger's sum where the ledger has such a column; without one, they
/// can be tested only when all returns are in.
pub(super) fn test(across: &Across<'_>, amount: usize) -> Vec<Comparison> {
    let Some(shares) = across.gathered.shares.get(&across.index) else { return Vec::new() };
    let all_in = across.consolidated.missing.is_empty();
    let round = ledger_sum(across, amount).or(all_in.then_some(shares.sum));
    shares.list.iter().map(|share| compare(across, share, share.whole.or(round))).collect()
}

fn compare(across: &Across<'_>, share: &Share, whole: Option<Decimal>) -> Comparison {
    let mut expected = Side::default();
    let mut addends = Vec::new();
    let outcome = match &share.amount {
        Err((at, why)) => Outcome::Untestable { blocked_by: vec![*at], why: why.clone() },
        Ok((pounds, at)) => {
            addends.push(*at);
            expected.amount = whole.and_then(|whole| percentage(*pounds, whole, share.stated.scale()));
            expected.amount.map_or_else(no_total, |percentage| {
                judge(share.stated, percentage, across.control.tolerance, Decimal::ZERO)
            })
        }
    };
    Comparison {
        explanations: Vec::new(),
        limit: None,
        control: across.index,
        scope: share.scope,
        line: share.line.clone(),
        stated: Side { amount: Some(share.stated), at: Some(share.at), ledger_line: None },
        expected,
        addends,
        note: None,
        outcome,
    }
}

fn no_total() -> Outcome {
    let why = "It is not known what it is a share of: not all returns are in.".to_owned();
    Outcome::Untestable { blocked_by: Vec::new(), why }
}

/// A part in percent of its whole, to as many decimal places as the share was stated to, at least one.
fn percentage(part: Decimal, whole: Decimal, places: u32) -> Option<Decimal> {
    let exact = part.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole)?;
    Some(exact.round_dp_with_strategy(places.max(1), RoundingStrategy::MidpointAwayFromZero))
}

fn percent(cell: &Cell) -> Option<(Origin, Decimal)> {
    match cell.value() {
        Some(Value::Percent(share) | Value::Number(share)) => Some((cell.at, *share)),
        _ => None,
    }
}

/// The sum of the ledger's column for a field: the one that a ledger control of the table gives it, else the one that is
/// called like the field or like the beginning of its name (`agreed` for `agreed_amount`).
fn ledger_sum(across: &Across<'_>, field: usize) -> Option<Decimal> {
    let of_table = |control: &&Control| control.table == across.control.table;
    let controls = || across.round.schema.controls.iter().filter(of_table);
    let lines = |name: &str| {
        let name = name.to_owned();
        across.round.ledger.lines.iter().filter(move |line| line.table == name)
    };
    let declared = controls().find_map(|control| match &control.kind {
        ControlKind::Ledger { amount, ledger, column, .. } if *amount == field => {
            Some((ledger, column.as_str()))
        }
        _ => None,
    });
    let name = &across.round.schema.tables[across.control.table].fields[field].name;
    let called = |column: &&String| {
        name.strip_prefix(column.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(['_', '-']))
    };
    let (ledger, column) = declared.or_else(|| {
        controls().find_map(|control| match &control.kind {
            ControlKind::Ledger { ledger, .. } | ControlKind::Agreed { ledger, .. } => lines(ledger)
                .find_map(|line| line.amounts.keys().find(called))
                .map(|column| (ledger, column.as_str())),
            _ => None,
        })
    })?;
    let sum = lines(ledger)
        .filter_map(|line| line.amounts.get(column))
        .fold(Decimal::ZERO, |sum, amount| sum.saturating_add(*amount));
    (!sum.is_zero()).then_some(sum)
}

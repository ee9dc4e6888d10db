//! One fault of each kind, planted in a clean workbook.

use super::clean::{BUDGET, Made, Q1, Q4, SUMMED, VARIANCE, YEAR, amount};
use super::dice::Dice;
use super::sheets::{At, Cell, Formula, Page, pounds};
use quarterday::model::FormulaFaultKind as Kind;

/// What must be found: kind, cell and what the fault is worth where that is known.
pub type Wanted = Vec<(Kind, At, Option<i64>)>;

/// Plants a fault; `None` if this workbook has no place for it.
pub fn plant(kind: Kind, made: &mut Made, dice: &mut Dice) -> Option<Wanted> {
    match kind {
        Kind::RangeTooShort => short(made, dice),
        Kind::IncludesSubtotal => subtotal(made, dice),
        Kind::TypedTotal => typed(made, dice),
        Kind::OddOneOut => odd(made, dice),
        Kind::HiddenInSum => hidden(made, dice),
        Kind::TextInSum => text(made, dice),
        Kind::ErrorInRange => error(made, dice),
        Kind::StaleResult => stale(made, dice),
    }
}

fn sums_flat(made: &Made) -> bool {
    made.subtotals.is_empty()
}

fn short(made: &mut Made, dice: &mut Dice) -> Option<Wanted> {
    let rows = made.rows();
    let page = &mut made.page;
    let worth = |page: &Page, cells: &[At]| -> i64 { cells.iter().map(|at| page.worth(*at).unwrap()).sum() };
    match dice.below(4) {
        // The rows at the end, in every column.
        0 if made.subtotals.is_empty() && made.opening.is_none() => {
            let out = 1 + dice.below(2);
            let last = rows[rows.len() - 1 - out];
            let mut wanted = Vec::new();
            for column in SUMMED {
                page.formula(
                    (made.total, column),
                    Formula::Sum(vec![((rows[0], column), (last, column))], 0),
                );
                let cells: Vec<At> = rows[rows.len() - out..].iter().map(|row| (*row, column)).collect();
                let left = worth(page, &cells);
                if cells.iter().any(|at| page.worth(*at) != Some(0)) {
                    wanted.push((Kind::RangeTooShort, (made.total, column), Some(-left)));
                }
            }
            Some(wanted)
        }
        // One column, at either end.
        1 | 0 => {
            let column = SUMMED[dice.below(4)];
            let (block, at) = match made.subtotals.first() {
                Some(row) => (made.blocks[0].clone(), *row),
                None => (rows.clone(), made.total),
            };
            let (first, last) = (block[0], block[block.len() - 1]);
            let (from, to, left) =
                if dice.one_in(2) { (first, last - 1, last) } else { (first + 1, last, first) };
            if page.worth((left, column)) == Some(0) {
                return None;
            }
            let range = ((from, column), (to, column));
            let is_function =
                matches!(page.cells.get(&(at, column)), Some(Cell::Formula(Formula::Subtotal(..))));
            let formula =
                if is_function { Formula::Subtotal(range.0, range.1) } else { Formula::Sum(vec![range], 0) };
            page.formula((at, column), formula);
            Some(vec![(Kind::RangeTooShort, (at, column), Some(-worth(page, &[(left, column)])))])
        }
        // One row's year leaves a quarter out.
        2 => {
            let row = rows[dice.below(rows.len())];
            let column = if dice.one_in(2) { Q1 } else { Q4 };
            page.worth((row, column)).filter(|worth| *worth != 0)?;
            let range = if column == Q1 { ((row, Q1 + 1), (row, Q4)) } else { ((row, Q1), (row, Q4 - 1)) };
            page.formula((row, YEAR), Formula::Sum(vec![range], 0));
            Some(vec![(Kind::RangeTooShort, (row, YEAR), Some(-worth(page, &[(row, column)])))])
        }
        // Every row's year leaves the last quarter out.
        _ => {
            let mut wanted = Vec::new();
            for row in rows {
                page.formula((row, YEAR), Formula::Sum(vec![((row, Q1), (row, Q4 - 1))], 0));
                let left = page.worth((row, Q4)).filter(|worth| *worth != 0)?;
                wanted.push((Kind::RangeTooShort, (row, YEAR), Some(-left)));
            }
            Some(wanted)
        }
    }
}

fn subtotal(made: &mut Made, dice: &mut Dice) -> Option<Wanted> {
    let rows = made.rows();
    let by_function = made.subtotals.iter().any(|row| {
        matches!(made.page.cells.get(&(*row, BUDGET)), Some(Cell::Formula(Formula::Subtotal(..))))
    });
    if sums_flat(made) || (by_function && dice.one_in(2)) {
        return None;
    }
    let every = dice.one_in(2);
    let chosen = SUMMED[dice.below(SUMMED.len())];
    let mut wanted = Vec::new();
    for column in SUMMED.into_iter().filter(|column| every || *column == chosen) {
        let range = ((rows[0], column), (made.total - 1, column));
        made.page.formula((made.total, column), Formula::Sum(vec![range], 0));
        let twice = made.subtotals.iter().map(|row| made.page.worth((*row, column)).unwrap()).sum();
        if twice != 0 {
            wanted.push((Kind::IncludesSubtotal, (made.total, column), Some(twice)));
        }
    }
    (!wanted.is_empty()).then_some(wanted)
}

fn typed(made: &mut Made, dice: &mut Dice) -> Option<Wanted> {
    let rows = made.rows();
    let off = if dice.one_in(2) { 0 } else { amount(dice) };
    let at = match dice.below(3) {
        0 => (rows[dice.below(rows.len())], YEAR),
        1 => (rows[dice.below(rows.len())], VARIANCE),
        _ => {
            let row = made.subtotals.first().copied().unwrap_or(made.total);
            (row, SUMMED[dice.below(SUMMED.len())])
        }
    };
    let before = made.page.worth(at)?;
    // Where nothing was spent there is nothing to add up.
    if before == 0 {
        return None;
    }
    let nested = matches!(made.page.cells.get(&at), Some(Cell::Formula(Formula::Subtotal(..))));
    made.page.set(at, Cell::Pence(before + off));
    let mut wanted = vec![(Kind::TypedTotal, at, Some(off))];
    if off == 0 && nested && at.0 != made.total {
        // SUBTOTAL passes over a sub-total only while it is a formula.
        wanted.push((Kind::IncludesSubtotal, (made.total, at.1), Some(before)));
    }
    Some(wanted)
}

fn odd(made: &mut Made, dice: &mut Dice) -> Option<Wanted> {
    let rows = made.rows();
    let inner = rows[1 + dice.below(rows.len() - 2)];
    let (at, formula) = match dice.below(5) {
        0 => ((inner, VARIANCE), Formula::Less((inner - 1, BUDGET), (inner, YEAR))),
        1 => ((inner, VARIANCE), Formula::Less((inner, YEAR), (inner, BUDGET))),
        2 => ((inner, VARIANCE), Formula::Plus(vec![(inner, BUDGET), (inner, YEAR)])),
        3 => ((inner, YEAR), Formula::Sum(vec![((inner, BUDGET), (inner, Q4))], 0)),
        _ => {
            let at = (made.subtotals.first().copied().unwrap_or(made.total), SUMMED[1 + dice.below(4)]);
            let Some(Cell::Formula(Formula::Sum(ranges, _))) = made.page.cells.get(&at).cloned() else {
                return None;
            };
            (at, Formula::Sum(ranges, amount(dice)))
        }
    };
    let before = made.page.worth(at)?;
    made.page.formula(at, formula);
    // The rows beside it must be alike: where another way of writing stands there, there is no pattern to break.
    let effect = made.page.worth(at)? - before;
    (effect != 0).then(|| vec![(Kind::OddOneOut, at, Some(effect))])
}

fn hidden(made: &mut Made, dice: &mut Dice) -> Option<Wanted> {
    if !sums_flat(made) {
        return None;
    }
    let rows = made.rows();
    let row = rows[dice.below(rows.len())];
    made.page.hidden.push(row);
    let wanted = SUMMED.into_iter().filter_map(|column| {
        let worth = made.page.worth((row, column)).filter(|worth| *worth != 0)?;
        Some((Kind::HiddenInSum, (made.total, column), Some(worth)))
    });
    Some(wanted.collect())
}

fn text(made: &mut Made, dice: &mut Dice) -> Option<Wanted> {
    let row = made.blocks[0][dice.below(made.blocks[0].len())];
    let column = Q1 + u16::try_from(dice.below(4)).unwrap();
    let Some(Cell::Pence(pence)) = made.page.cells.get(&(row, column)).cloned() else { return None };
    let plain = pounds(pence);
    let typed = match dice.below(4) {
        0 => plain,
        1 => format!("£{plain}"),
        2 => format!(" {plain}\u{a0}"),
        _ => format!("'{plain}"),
    };
    made.page.words((row, column), &typed);
    // The row's year written with plus signs takes text for a number.
    let mut wanted = Vec::new();
    match made.page.cells.get(&(row, YEAR)) {
        Some(Cell::Formula(Formula::Plus(_))) => return None,
        _ => wanted.push((Kind::TextInSum, (row, YEAR), Some(-pence))),
    }
    for at in [made.subtotals.first().copied(), Some(made.total)].into_iter().flatten() {
        if matches!(
            made.page.cells.get(&(at, column)),
            Some(Cell::Formula(Formula::Sum(..) | Formula::Subtotal(..)))
        ) {
            wanted.push((Kind::TextInSum, (at, column), Some(-pence)));
        }
    }
    Some(wanted)
}

fn error(made: &mut Made, dice: &mut Dice) -> Option<Wanted> {
    let row = made.blocks[0][dice.below(made.blocks[0].len())];
    let column = Q1 + u16::try_from(dice.below(4)).unwrap();
    made.page.set((row, column), Cell::Error);
    let under = made.subtotals.first().copied().unwrap_or(made.total);
    Some(vec![(Kind::ErrorInRange, (row, YEAR), None), (Kind::ErrorInRange, (under, column), None)])
}

fn stale(made: &mut Made, dice: &mut Dice) -> Option<Wanted> {
    let rows = made.rows();
    let at = match dice.below(2) {
        0 => (made.total, SUMMED[dice.below(SUMMED.len())]),
        _ => (rows[dice.below(rows.len())], if dice.one_in(2) { YEAR } else { VARIANCE }),
    };
    let off = amount(dice);
    let Some(Cell::Formula(formula)) = made.page.cells.get(&at).cloned() else { return None };
    let stored = made.page.result(&formula)? + off;
    made.page.set(at, Cell::Stale(formula, stored));
    Some(vec![(Kind::StaleResult, at, Some(off))])
}

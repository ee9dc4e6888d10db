//! The table of operators, and how a mutant is made of them.

use super::bases;
use super::dice::Dice;
use super::mutant::{Mutant, Spot};
use super::{dates, entries, files, layout, lines, money, ratings, words};

/// One way to spoil a return.
#[derive(Clone, Copy)]
pub struct Operator {
    /// The item of the catalogue.
    pub code: &'static str,
    pub name: &'static str,
    /// Applies it; `None` if there is no place for it, or another operator has that place.
    pub apply: fn(&mut Mutant<'_>, &mut Dice) -> Option<()>,
}

/// Every operator.
pub fn all() -> Vec<Operator> {
    [
        files::OPERATORS,
        layout::OPERATORS,
        lines::OPERATORS,
        entries::OPERATORS,
        ratings::OPERATORS,
        dates::OPERATORS,
        words::OPERATORS,
        money::OPERATORS,
    ]
    .concat()
}

/// Items of the catalogue that no operator plants, with the reason.
pub const LEFT_OUT: [(&str, &str); 2] = [
    ("F01", "nothing here writes the older format; tests/excel and tests/checks/old-format.md have it"),
    (
        "F05",
        "text has one sheet and no cover; tests/checks/csv-format.md has it, tests/read.rs the other formats",
    ),
];

/// Findings about totals that follow when a whole row of money, or a whole return, does not come.
pub fn money_consequences(m: &mut Mutant<'_>) {
    for check in [
        "control-total-mismatch",
        "missing-amount",
        "untested-control",
        "compensating-differences",
        "unused-control",
    ] {
        m.aside(check, Spot::Any);
    }
}

/// The mutant of a seed: one to five operators on a base.
pub fn mutant(seed: u64) -> Mutant<'static> {
    let operators = all();
    let mut dice = Dice::new(seed);
    let bases = bases::all();
    // Every operator is the first of some mutants, so that none is crowded out.
    let place = usize::try_from(seed).expect("a small seed");
    let first = operators[place % operators.len()];
    for attempt in 0..20 {
        let base = &bases[(place / operators.len() + attempt) % bases.len()];
        let mut mutant = Mutant::new(base);
        mutant.begin(first.code);
        if (first.apply)(&mut mutant, &mut dice).is_none() {
            continue;
        }
        mutant.applied.push((first.code, first.name));
        more(&mut mutant, &mut dice, &operators);
        return mutant;
    }
    panic!("seed {seed}: {} {} has no place on any base", first.code, first.name);
}

/// Applies up to four more.
fn more(mutant: &mut Mutant<'_>, dice: &mut Dice, operators: &[Operator]) {
    let wanted = 1 + dice.below(5);
    for _ in 0..30 {
        if mutant.applied.len() >= wanted || mutant.is_claimed("alone") {
            return;
        }
        let Some(operator) = dice.pick(operators) else { return };
        if mutant.applied.contains(&(operator.code, operator.name)) {
            continue;
        }
        // An operator that gives up leaves nothing behind.
        let mut tried = mutant.clone();
        tried.begin(operator.code);
        if (operator.apply)(&mut tried, dice).is_some() {
            tried.applied.push((operator.code, operator.name));
            *mutant = tried;
        }
    }
}

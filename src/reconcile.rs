//! Control totals → comparisons, agreeing or not.
//!
//! Each control of the schema holds a stated figure against the figure that it must equal. What can be tested inside one
//! return is tested beside the other returns ([`within`]); what looks across returns is tested when all are there
//! ([`Reconciler::finish`]). A cell that is missing or could not be read makes a comparison untestable, never wrong. A
//! blank amount counts as nothing, unless its field must be filled; a word such as *not stated* is never nought.

mod controls;
mod explain;
mod figure;
mod formulas;
mod part;
mod scene;
mod words;

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod tests;

pub use formulas::{Audit, audit};

use crate::model::{Comparison, Consolidated, FormulaFault, Outcome, Submission};
use crate::round::Round;
use controls::{Across, Charges, Gathered, Shares, Typed};
pub use explain::{CAUSES, Cause};
use explain::{LineFacts, Workings};
use rust_decimal::Decimal;
use scene::Scene;
use std::collections::BTreeMap;

/// What one return says on every control: worked out beside other returns, then taken in file order.
#[derive(Debug, Clone, Default)]
pub struct Within {
    /// Comparisons inside the return; row-level ones only where they do not agree.
    pub comparisons: Vec<Comparison>,
    /// Outcomes by control: agrees, rounding, differs, could not test.
    pub tallies: Vec<[u32; 4]>,
    /// Sums by ledger line, by control.
    typed: Vec<(usize, Typed)>,
    /// Shares stated, by control.
    shares: Vec<(usize, Shares)>,
    /// What is wrong with the return's formulas.
    formula_faults: Vec<FormulaFault>,
    /// Recharges, by control.
    charges: Vec<(usize, Charges)>,
    /// The return's figures, where a difference in them has to be explained.
    workings: Option<Workings>,
}

/// Applies the controls that look inside one return, and adds up what the ledger controls need.
#[must_use]
pub fn within(round: &Round, submission: &Submission) -> Within {
    let mut within = Within { formula_faults: submission.formula_faults.clone(), ..Within::default() };
    for (index, control) in round.schema.controls.iter().enumerate() {
        let Some(schema) = round.schema.tables.get(control.table) else {
            within.tallies.push([0; 4]);
            continue;
        };
        let scene = Scene { round, submission, index, control, schema };
        let results = controls::within(&scene);
        within.comparisons.extend(results.comparisons);
        within.tallies.push(results.tally);
        within.typed.extend(controls::typed(&scene).map(|typed| (index, typed)));
        within.shares.extend(controls::shares(&scene).map(|shares| (index, shares)));
        within.charges.extend(controls::charges(&scene).map(|charges| (index, charges)));
    }
    let differs = |one: &Comparison| matches!(one.outcome, Outcome::Differs { .. });
    if within.comparisons.iter().any(differs) || within.typed.iter().any(|(_, typed)| typed.may_differ) {
        within.workings = Some(Workings::of(round, submission));
    }
    within
}

/// Collects the returns of a round.
#[derive(Debug)]
pub struct Reconciler<'a> {
    round: &'a Round,
    comparisons: Vec<Comparison>,
    tallies: Vec<[u32; 4]>,
    gathered: Gathered,
    formula_faults: Vec<FormulaFault>,
    workings: Vec<Workings>,
}

impl<'a> Reconciler<'a> {
    /// Starts with no returns.
    #[must_use]
    pub fn new(round: &'a Round) -> Self {
        Self {
            round,
            comparisons: Vec::new(),
            tallies: vec![[0; 4]; round.schema.controls.len()],
            gathered: Gathered::default(),
            workings: Vec::new(),
            formula_faults: Vec::new(),
        }
    }

    /// Takes a return. One that was superseded (`accepted` false) counts as typed but not as merged, and its inner
    /// comparisons are left out.
    pub fn take(&mut self, submission: &Submission, within: Within, accepted: bool) {
        let sender = submission.identity.partner;
        for (control, typed) in &within.typed {
            self.gathered.add(*control, submission.file, sender, accepted, typed);
        }
        if !accepted {
            return;
        }
        for (control, shares) in within.shares {
            self.gathered.shares.entry(control).or_default().extend(shares);
        }
        for (control, charges) in within.charges {
            controls::extend(self.gathered.charges.entry(control).or_default(), charges);
        }
        self.workings.extend(within.workings);
        self.comparisons.extend(within.comparisons);
        self.formula_faults.extend(within.formula_faults);
        for (tally, more) in self.tallies.iter_mut().zip(&within.tallies) {
            for (count, more) in tally.iter_mut().zip(more) {
                *count = count.saturating_add(*more);
            }
        }
    }

    /// Gives the comparisons inside the returns only, for a check of single returns: nothing across them is tested.
    pub fn finish_alone(self, consolidated: &mut Consolidated) {
        self.close(&BTreeMap::new(), consolidated);
    }

    /// Explains what differs and hands the comparisons over. `facts` by the place of their comparison.
    fn close(mut self, facts: &BTreeMap<usize, LineFacts>, consolidated: &mut Consolidated) {
        let (round, places) = (self.round, &consolidated.places);
        explain::explain_all(round, places, &self.workings, facts, &mut self.comparisons);
        for ledgered in &mut consolidated.ledgered {
            let lines = facts.keys().filter_map(|place| self.comparisons.get(*place));
            let lines = lines.filter(|line| line.control == ledgered.control);
            let left = lines.map(Comparison::unexplained).fold(Decimal::ZERO, Decimal::saturating_add);
            ledgered.unexplained = left;
        }
        // Controls in the schema's order, partners in the round's, what is about the whole round last.
        self.comparisons.sort_by_key(|comparison| (comparison.control, scene::order(comparison.scope)));
        consolidated.comparisons = self.comparisons;
        consolidated.tallies = self.tallies;
        self.formula_faults.sort_by_key(|fault| (fault.at, fault.kind));
        consolidated.formula_faults = self.formula_faults;
    }

    /// Applies the controls that look across returns and fills `comparisons`, `tallies` and `ledgered`. The
    /// conservation proof of `consolidated` is already there and is reported as control totals too.
    pub fn finish(mut self, consolidated: &mut Consolidated) {
        let mut facts = BTreeMap::new();
        for (index, control) in self.round.schema.controls.iter().enumerate() {
            let across = Across { round: self.round, index, control, gathered: &self.gathered, consolidated };
            let (comparisons, ledgered, of_lines) = controls::across(&across);
            let first = self.comparisons.len();
            facts.extend((first..).zip(of_lines));
            for comparison in &comparisons {
                let count = &mut self.tallies[index][scene::place(&comparison.outcome)];
                *count = count.saturating_add(1);
            }
            self.comparisons.extend(comparisons);
            consolidated.ledgered.extend(ledgered);
        }
        self.close(&facts, consolidated);
    }
}

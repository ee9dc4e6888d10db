//! Control totals → comparisons, agreeing or not.

use crate::model::{Comparison, Conservation, Consolidated, Ledgered, Submission};
use crate::round::Round;

/// What one return says on every control: worked out beside other returns, then taken in file order.
#[derive(Debug, Clone, Default)]
pub struct Within {
    /// Comparisons inside the return; row-level ones only where they do not agree.
    pub comparisons: Vec<Comparison>,
    /// Outcomes by control: agrees, rounding, differs, could not test.
    pub tallies: Vec<[u32; 4]>,
    // Sums by ledger line go here.
}

/// Applies the controls that look inside one return, and adds up what the ledger controls need.
#[must_use]
pub fn within(round: &Round, submission: &Submission) -> Within {
    let _ = (round, submission);
    todo!()
}

/// Collects the returns of a round.
#[derive(Debug)]
pub struct Reconciler<'a> {
    round: &'a Round,
}

impl<'a> Reconciler<'a> {
    /// Starts with no returns.
    #[must_use]
    pub fn new(round: &'a Round) -> Self {
        Self { round }
    }

    /// Takes a return. One that was superseded (`accepted` false) counts as typed but not as merged, and its inner
    /// comparisons are left out.
    pub fn take(&mut self, submission: &Submission, within: Within, accepted: bool) {
        let _ = (submission, within, accepted, self.round);
        todo!()
    }

    /// Gives the comparisons inside the returns only, for a check of single returns: nothing across them is tested.
    pub fn finish_alone(self, consolidated: &mut Consolidated) {
        let _ = consolidated;
        todo!()
    }

    /// Applies the controls that look across returns and fills `comparisons`, `tallies` and `ledgered`. The
    /// conservation proof of `consolidated` is already there and is reported as control totals too.
    pub fn finish(self, consolidated: &mut Consolidated) {
        let _: (&[Conservation], &[Ledgered], &[Comparison]) =
            (&consolidated.conservation, &consolidated.ledgered, &consolidated.comparisons);
        todo!()
    }
}

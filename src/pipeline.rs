//! The only place where stages are put together; no file access.
//!
//! A round is gone through twice. The first look only asks which returns each file holds and who sent them (cover sheets and
//! file names), so that of two returns of one partner one is chosen before any row is merged. The second reads, checks and
//! merges each return, several at a time, and hands its rows on in a fixed order, so that they can leave memory.

mod ahead;
mod apart;
mod beside;
mod earlier;
mod gather;
mod grids;
mod identify;
mod persons;
mod plan;
mod process;
mod prove;
mod returned;
mod split;
mod titles;

pub use earlier::earlier;
pub use persons::{read_held, rules};
pub use process::submission;

use crate::checks;
use crate::error::Error;
use crate::finding::Finding;
use crate::model::{Consolidated, Limited, Limits, Refusal, ReturnState, Sink, SkippedFile, Suspect};
use crate::reconcile::Reconciler;
use crate::round::Round;
use gather::Gather;
use grids::Grids;
use plan::Planned;
use process::process;
use prove::prove;

/// A file that may be a return. The pipeline does not know where it lies.
pub trait Input: Sync {
    /// Its name without folders.
    fn name(&self) -> &str;
    /// Why its name is not its own, if something in that identifies a person.
    fn held(&self) -> Option<Suspect> {
        None
    }
    /// Size in bytes.
    fn size(&self) -> u64;
    /// Its bytes.
    ///
    /// # Errors
    ///
    /// Why it could not be taken, in a plain sentence.
    fn load(&self) -> Result<Vec<u8>, String>;
    /// The limits within which it is read.
    fn limits(&self) -> Limits {
        Limits::default()
    }
    /// Tries out elsewhere whether its bytes can be read without harm; here nothing is tried.
    ///
    /// # Errors
    ///
    /// Why they are not to be read.
    fn try_out(&self, bytes: &[u8]) -> Result<(), Refusal> {
        let _ = bytes;
        Ok(())
    }
}

/// The bytes of a file that is not larger than it may be.
///
/// # Errors
///
/// If it is larger, or cannot be taken.
pub fn bytes_of(input: &dyn Input) -> Result<Vec<u8>, Refusal> {
    let limits = input.limits();
    if input.size() > limits.bytes(Limited::File) {
        return Err(Refusal::too_large(&limits, Limited::File, input.size()));
    }
    input.load().map_err(Refusal::Unavailable)
}

/// What a run found.
#[derive(Debug, Default)]
pub struct Run {
    /// Everything that is not streamed.
    pub consolidated: Consolidated,
    /// All findings, in the order of their places.
    pub findings: Vec<Finding>,
}

/// Merges a round. `inputs` are in name order; `progress` is told how many files are done, from any thread.
///
/// # Errors
///
/// If the sink cannot take a row, or the proof that nothing was lost fails.
pub fn merge(
    round: &Round,
    inputs: &[&dyn Input],
    skipped: Vec<SkippedFile>,
    sink: &mut dyn Sink,
    progress: &(dyn Fn(usize) + Sync),
) -> Result<Run, Error> {
    let grids = Grids::default();
    let plan = plan::plan(round, inputs, &grids);
    let mut gather = Gather::new(round, inputs);
    let mut done = 0;
    // Returns of each file that are still to come.
    let mut left = vec![0_usize; inputs.len()];
    for planned in &plan {
        left[planned.key.0] += 1;
    }
    ahead::in_order(
        plan.len(),
        |number| process(round, inputs, &plan[number], &grids),
        |number, processed| {
            gather.take(&plan[number], processed, sink)?;
            let left = &mut left[plan[number].key.0];
            *left -= 1;
            if *left == 0 {
                done += 1;
                progress(done);
            }
            Ok(())
        },
    )?;
    gather.finish(skipped, sink)
}

/// Checks returns without merging them.
#[must_use]
pub fn check(round: &Round, inputs: &[&dyn Input]) -> Run {
    let mut gather = Gather::new(round, inputs);
    let mut reconciled = Reconciler::new(round);
    let grids = Grids::default();
    // The consumer cannot fail, so neither can this.
    let _: Result<(), Error> = ahead::in_order(
        inputs.len(),
        |place| process(round, inputs, &Planned::whole(place), &grids),
        |place, processed| {
            gather.note_file(place, &processed);
            for outcome in processed.returns {
                let (_, state) = gather.note(place, None, &outcome);
                let Ok(done) = outcome else { continue };
                gather.likely.join(done.likely);
                let blank = gather.is_blank(place);
                gather.findings.extend(if blank {
                    checks::persons_alone(done.findings)
                } else {
                    done.findings
                });
                if state == ReturnState::Accepted {
                    reconciled.take(&done.submission, done.within, true);
                }
            }
            Ok(())
        },
    );
    let mut consolidated = gather.consolidated();
    reconciled.finish_alone(&mut consolidated);
    let mut findings = gather.findings;
    findings.extend(checks::round(&checks::Context::new(round, &consolidated.places), &consolidated));
    gather.likely.cover(round, &mut findings);
    sort(&mut findings);
    Run { consolidated, findings }
}

fn sort(findings: &mut [Finding]) {
    findings.sort_by(|a, b| (a.at, a.code, &a.message).cmp(&(b.at, b.code, &b.message)));
}

//! What all rounds came to, fault by fault, and the bars they have to reach.

use crate::judge::{Fate, Judged};
use std::collections::BTreeMap;
use std::fmt;

/// Counts: planted, detected, first, among the first three.
type Counts = [usize; 4];

/// What rounds came to.
#[derive(Debug, Default)]
pub struct Tally {
    kinds: BTreeMap<&'static str, Counts>,
    /// By whether a round has one fault.
    alone: [Counts; 2],
    rounds: usize,
    applied: usize,
    wrong: Vec<String>,
    told: Vec<String>,
}

fn count(counts: &mut Counts, fate: Fate) {
    let more = [true, fate.detected, fate.first, fate.among];
    for (count, more) in counts.iter_mut().zip(more) {
        *count += usize::from(more);
    }
}

impl Tally {
    /// Takes a round.
    pub fn take(&mut self, seed: u64, faults: usize, judged: Judged) {
        self.rounds += 1;
        self.applied += judged.applied;
        for (kind, fate) in judged.fates {
            count(self.kinds.entry(kind).or_default(), fate);
            count(&mut self.alone[usize::from(faults > 1)], fate);
        }
        self.wrong.extend(judged.wrong.into_iter().map(|words| format!("{seed}: {words}")));
        self.told.extend(judged.told.into_iter().map(|words| format!("{seed}: {words}")));
    }

    /// Takes what another came to.
    pub fn join(&mut self, other: Self) {
        self.rounds += other.rounds;
        self.applied += other.applied;
        for (kind, more) in other.kinds {
            add(self.kinds.entry(kind).or_default(), more);
        }
        for (counts, more) in self.alone.iter_mut().zip(other.alone) {
            add(counts, more);
        }
        self.wrong.extend(other.wrong);
        self.told.extend(other.told);
        self.told.sort();
        self.wrong.sort();
    }

    /// Holds the counts against the bars.
    pub fn assert_sound(&self) {
        let [one, several] = self.alone;
        let mut all = one;
        add(&mut all, several);
        let bars = [
            ("detected", all[1], all[0], 995),
            ("first, one fault", one[2], one[0], 900),
            ("first, up to three", several[2], several[0], 750),
            ("among the first three", all[3], all[0], 970),
        ];
        let missed: Vec<String> = bars
            .iter()
            .filter(|(_, reached, of, bar)| reached * 1_000 < of * bar)
            .map(|(what, reached, of, bar)| format!("{what}: {reached} of {of}, the bar is {bar} in 1,000"))
            .collect();
        assert!(
            missed.is_empty() && self.wrong.is_empty(),
            "{}\nwrong claims:\n{}\nnot first:\n{}\n{self}",
            missed.join("\n"),
            self.wrong.join("\n"),
            self.told.join("\n")
        );
        assert!(self.applied > 0, "no claim was applied");
    }
}

fn add(counts: &mut Counts, more: Counts) {
    for (count, more) in counts.iter_mut().zip(more) {
        *count += more;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} rounds, {} claims applied, {} wrong", self.rounds, self.applied, self.wrong.len())?;
        writeln!(f, "{:30} planted detected first three", "fault")?;
        let mut line = |name: &str, [planted, detected, first, three]: Counts| {
            writeln!(f, "{name:30} {planted:7} {detected:8} {first:5} {three:5}")
        };
        for (kind, counts) in &self.kinds {
            line(kind, *counts)?;
        }
        line("one fault a round", self.alone[0])?;
        line("two or three a round", self.alone[1])?;
        self.told.iter().take(40).try_for_each(|told| writeln!(f, "not first: {told}"))
    }
}

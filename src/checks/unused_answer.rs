//! An answer belongs to no finding.
//!
//! ## What it does
//!
//! Notes every line of `answers.csv` for which there is no finding: what it answers was put right, or the line does not
//! name a finding as `answers-to-fill.csv` does.
//!
//! ## Why it matters
//!
//! An answer that is printed nowhere may be one that somebody relies on.
//!
//! ## Example
//!
//! ```answers
//! finding,cell,value,text,post,date
//! missing-submission,Wyevale Police,No return has come.,It will come on Monday,Head of public protection,14/04/2014
//! ```
//! ```findings
//! ! partner NHS missing-submission
//! ! answer 2 unused-answer: This line answers “missing-submission” at a place where nothing of the kind was found. The answer was “It will come on Monday”, by Head of public protection.
//! ```
//!
//! ## How to fix
//!
//! If it was put right, take the line out. Else copy the first three cells of the finding from `answers-to-fill.csv`.
//!
//! ## Settings
//!
//! `answers.csv` in the round folder.

use super::{Check, Context, Findings, Last, Meta};
use crate::finding::{Effort, Location, Severity};
use crate::round::answers::Fate;

pub(super) struct UnusedAnswer;

const META: Meta = Meta {
    name: "unused-answer",
    severity: Severity::Note,
    effort: Effort::LookUp,
    source: include_str!("unused_answer.rs"),
};

impl Check for UnusedAnswer {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn last(&self, cx: &Context<'_>, last: &Last<'_>, out: &mut Findings<'_>) {
        let lines = cx.round.answers.iter().zip(last.fates);
        for (line, _) in lines.filter(|(_, fate)| **fate == Fate::Unused) {
            let answer = &line.answer;
            let message = format!(
                "This line answers “{}” at a place where nothing of the kind was found. The answer was “{}”, by {}.",
                line.finding, answer.text, answer.post
            );
            out.add(Location::Answer(answer.line), message)
                .field(&line.cell)
                .typed(&line.value)
                .help("If it was put right, take the line out; else copy its first three cells from answers-to-fill.csv.");
        }
    }
}

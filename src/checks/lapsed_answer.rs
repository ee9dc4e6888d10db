//! An answer was given for another value than the one found now.
//!
//! ## What it does
//!
//! Notes every line of `answers.csv` whose finding is still there, but for another value: what was typed has changed, or
//! one of the two figures of a comparison. The answer is then not printed beside the finding.
//!
//! ## Why it matters
//!
//! An answer explains one figure. Beside another it would explain what nobody has looked at.
//!
//! ## Example
//!
//! ```answers
//! finding,cell,value,text,post,date
//! missing-submission,NHS Wyevale,No return has come from NHS Wyevale. It was due on 11 April 2014.,It will come on Monday,Safeguarding lead,14/04/2014
//! ```
//! ```findings
//! ! partner NHS missing-submission: No return has come from NHS Wyevale. It was due on 18 April 2014.
//! ! partner NHS lapsed-answer: The answer on line 2 of answers.csv was given for “No return has come from NHS Wyevale. It was due on 11 April 2014.”. It is now “No return has come from NHS Wyevale. It was due on 18 April 2014.”, so the answer no longer applies. It was “It will come on Monday”, by Safeguarding lead.
//! ```
//!
//! ## How to fix
//!
//! Answer the finding again, or take the line out of `answers.csv`. The line to fill in is in `answers-to-fill.csv`.
//!
//! ## Settings
//!
//! `answers.csv` in the round folder.

use super::{Check, Context, Findings, Last, Meta};
use crate::finding::{Effort, Severity};
use crate::round::answers::{self, Fate};

pub(super) struct LapsedAnswer;

const META: Meta = Meta {
    name: "lapsed-answer",
    severity: Severity::Note,
    effort: Effort::LookUp,
    source: include_str!("lapsed_answer.rs"),
};

impl Check for LapsedAnswer {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn last(&self, cx: &Context<'_>, last: &Last<'_>, out: &mut Findings<'_>) {
        for (line, fate) in cx.round.answers.iter().zip(last.fates) {
            let Fate::Lapsed(index) = *fate else { continue };
            let Some(finding) = last.findings.get(index) else { continue };
            let bare = |text: &str| text.trim_matches(['“', '”', '"']).to_owned();
            let (before, now) = (bare(&line.value), bare(&answers::value(finding)));
            let (number, answer) = (line.answer.line, &line.answer);
            let message = format!(
                "The answer on line {number} of answers.csv was given for “{before}”. It is now “{now}”, so the answer no \
                 longer applies. It was “{}”, by {}.",
                answer.text, answer.post
            );
            out.add(finding.at, message)
                .partner(finding.partner)
                .change(&before, &now)
                .rule(finding.code.as_str())
                .help(
                    "Answer it again, or take the line out; the line to fill in is in answers-to-fill.csv.",
                );
        }
    }
}

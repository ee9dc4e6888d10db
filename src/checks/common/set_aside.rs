//! What may identify a person in a return of which nothing is used: it stands in the folder and in the partner's own file
//! all the same.

use crate::finding::{Code, Finding, Severity};

/// What a partner is asked to do about a return that is used.
const AGAIN: &str = " and send the return again";
/// What the Business Unit does about one that is not.
const HELP: &str =
    "Do not forward the file. Take it out of the folder of returns and run again, or answer this.";

/// Of what was found in a return that is not used, what may identify a person and somebody must answer.
#[must_use]
pub fn persons_alone(findings: Vec<Finding>) -> Vec<Finding> {
    let asks = |finding: &Finding| finding.code == Code::PERSONS && finding.severity > Severity::Note;
    findings.into_iter().filter(asks).collect()
}

/// The same for a return in whose place another is used: that file is to be mended, and not to be sent again.
#[must_use]
pub fn persons_in_replaced(findings: Vec<Finding>, old: &str, used: &str) -> Vec<Finding> {
    let mut kept = persons_alone(findings);
    for finding in &mut kept {
        let from = format!(" from {old}, in whose place we use {used}");
        finding.message = finding.message.replace(AGAIN, &from).into();
        finding.help = Some(HELP.into());
    }
    kept
}

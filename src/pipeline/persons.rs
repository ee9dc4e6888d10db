//! Where files are read: what identifies a person is taken out before anything else sees them.

use super::Input;
use crate::model::{FileId, Refusal, Workbook};
use crate::privacy::{self, Rules};
use crate::read::{self, Portion};
use crate::round::Round;
use jiff::civil::Date;

/// What finding persons depends on in a round.
#[must_use]
pub fn rules(round: &Round) -> Rules<'_> {
    Rules {
        report: Some(round.as_at).filter(|day| *day != Date::MIN),
        offices: [&round.offices, &round.schema.offices],
        board: &round.board,
        partners: &round.partners,
        bodies: &round.bodies,
    }
}

/// Reads a file and takes out of it what identifies a person.
///
/// # Errors
///
/// If nothing of it can be used.
pub fn read_held(
    rules: &Rules<'_>,
    input: &dyn Input,
    file: FileId,
    bytes: &[u8],
    portion: &dyn Fn(&str) -> Portion,
) -> Result<Workbook, Refusal> {
    let read = read::within(&input.limits(), file, input.name(), bytes, portion);
    let mut workbook = read.map_err(without_persons)?;
    privacy::hold(&mut workbook, rules);
    Ok(workbook)
}

/// A refusal that repeats nothing of a name that identifies a person, such as that of a sheet.
fn without_persons(refusal: Refusal) -> Refusal {
    let hold = |words: String| match privacy::name(&words, &Rules::default()) {
        Some(suspect) => suspect.kind.in_its_place(),
        None => words,
    };
    match refusal {
        Refusal::Damaged(words) => Refusal::Damaged(hold(words)),
        Refusal::Suspicious(words) => Refusal::Suspicious(hold(words)),
        Refusal::SeveralSenders(names) => Refusal::SeveralSenders(names.into_iter().map(hold).collect()),
        Refusal::Untried(words) => Refusal::Untried(hold(words)),
        Refusal::Unavailable(words) => Refusal::Unavailable(hold(words)),
        other => other,
    }
}

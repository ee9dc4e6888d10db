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
    let mut workbook = read::within(&input.limits(), file, input.name(), bytes, portion)?;
    privacy::hold(&mut workbook, rules);
    Ok(workbook)
}

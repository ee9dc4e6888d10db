//! Every sample file, in memory, and what is still to be converted.

use super::kit::{Made, Outcome};
use super::{clean, compound, earlier, grant, messy};

/// The files that this program makes, each the same to the byte whenever it runs.
pub(crate) fn all() -> Outcome<Vec<Made>> {
    let mut made = clean::files()?;
    made.extend(earlier::files()?);
    made.extend(messy::files()?);
    made.extend(compound::files()?);
    made.extend(grant::files()?);
    Ok(made)
}

/// Workbooks from which `convert.sh` makes the kinds that need another program.
pub(crate) fn sources() -> Outcome<Vec<Made>> {
    messy::sources()
}
